/* The list of operations stays small, and gives back what was put in. */
#include "support.h"

#include "machine/history.h"

#define COUNT 6000

/* What was appended, as it was. */
struct model {
  struct vm_op ops[COUNT];
  struct vm_result results[COUNT];
  uint64_t count, step;
  uint64_t seed;
};

static struct vm_op
random_op (uint64_t *seed)
{
  struct vm_op op
      = {.kind = (enum vm_op_kind) (1 + random_below (seed, VM_OP_KINDS - 1)),
         .given = random_next (seed) & random_next (seed)};
  uint64_t used = (vm_op_size (op.kind) - offsetof (struct vm_op, values)) / 8;

  for (uint64_t i = 0; i < used; i++)
    op.values[i] = random_next (seed) >> random_below (seed, 64);
  return op;
}

static struct vm_result
random_result (uint64_t *seed, uint64_t step)
{
  return (struct vm_result){
      .process = (uint32_t) random_below (seed, 3),
      .made = random_chance (seed, 90) ? VM_NONE : 7,
      .translation = {.ok = random_chance (seed, 50)},
      .va.v = random_next (seed) >> random_below (seed, 64),
      .value = random_chance (seed, 50) ? 0 : random_next (seed),
      .handled = (uint8_t) random_below (seed, 3),
      .first_step = step,
      .end_step = step + random_below (seed, 4),
  };
}

static void
append (struct vm_history *h, struct model *model)
{
  struct vm_op op = random_op (&model->seed);
  struct vm_result result = random_result (&model->seed, model->step);

  g_assert_true (vm_history_reserve (h, h->count));
  vm_history_append (h, &op, &result);
  model->ops[model->count] = op;
  model->results[model->count++] = result;
  model->step = result.end_step;
}

static void
truncate_to (struct vm_history *h, struct model *model, uint64_t next)
{
  g_assert_true (vm_history_reserve (h, next));
  vm_history_truncate (h, next);
  model->step = next == 0 ? 0 : model->results[next - 1].end_step;
  model->count = next;
}

static void
assert_same (const struct vm_history *h, const struct model *model, uint64_t i)
{
  const struct vm_op *op = vm_history_op (h, i);
  const struct vm_result *result = vm_history_result (h, i);

  g_assert_cmpmem (op, vm_op_size (op->kind), &model->ops[i],
                   vm_op_size (model->ops[i].kind));
  g_assert_cmpmem (result, sizeof *result, &model->results[i], sizeof *result);
}

/* The operation that a step belongs to, found one by one. */
static uint64_t
naive_of_step (const struct model *model, uint64_t n)
{
  uint64_t i = 0;

  while (i < model->count && model->results[i].end_step <= n)
    i++;
  return i;
}

/* The latest that may make a process, found one by one. */
static uint64_t
naive_maker (const struct model *model, uint64_t end)
{
  for (uint64_t i = MIN (end, model->count); i-- > 0;) {
    enum vm_op_kind kind = model->ops[i].kind;
    if (kind == VM_OP_PROCESS || kind == VM_OP_FORK || kind == VM_OP_VFORK
        || kind == VM_OP_IOMMU || kind == VM_OP_CLONE || kind == VM_OP_KTHREAD)
      return i;
  }
  return UINT64_MAX;
}

static void
test_model (gconstpointer limit)
{
  struct model *model = g_new0 (struct model, 1);
  struct vm_history h;

  model->seed = 3;
  vm_history_init (&h);
  h.plain_limit = GPOINTER_TO_SIZE (limit) * sizeof (struct vm_history_page);
  g_assert_null (vm_history_op (&h, 0));
  g_assert_cmpuint (vm_history_of_step (&h, 0), ==, 0);
  for (int round = 0; round < 40; round++) {
    uint64_t more = random_below (&model->seed, 900);
    while (more-- > 0 && model->count < COUNT)
      append (&h, model);
    for (int i = 0; i < 60 && model->count > 0; i++) {
      assert_same (&h, model, random_below (&model->seed, model->count));
      uint64_t n = random_below (&model->seed, model->step + 2);
      g_assert_cmpuint (vm_history_of_step (&h, n), ==,
                        naive_of_step (model, n));
      uint64_t end = random_below (&model->seed, model->count + 2);
      g_assert_cmpuint (vm_history_maker (&h, end), ==,
                        naive_maker (model, end));
    }
    g_assert_cmpuint (h.count, ==, model->count);
    g_assert_null (vm_history_result (&h, model->count));
    if (random_chance (&model->seed, 40))
      truncate_to (&h, model, random_below (&model->seed, model->count + 1));
    /* An operation that was refused leaves its room behind. */
    g_assert_true (
        vm_history_reserve (&h, random_below (&model->seed, model->count + 1)));
  }
  for (uint64_t i = 0; i < model->count; i++)
    assert_same (&h, model, i);
  vm_history_done (&h);
  g_free (model);
}

/* Half a million accesses: what they fill, and old ones as they were. */
static void
test_long (void)
{
  struct vm_machine *m = vm_machine_new ();
  uint64_t seed = 5;

  run (m, "machine geometry=x86-64 memory=16M tlb-sets=16 tlb-ways=4");
  run (m, "process name=A");
  for (uint32_t i = 0; i < 64; i++)
    run (m, "map process=A va=0x%x frame=0x%x flags=rwu", 0x400000 + i * 4096,
         0x300 + i);
  uint64_t set_up = vm_machine_op_count (m);
  struct vm_op op;
  g_assert_true (
      vm_machine_parse (m, "access process=A va=0x400000", &op, NULL));
  uint64_t before = vm_machine_bytes (m);
  uint32_t place = 0;
  while (op.values[place] != 0x400000)
    place++;
  for (uint64_t i = 0; i < 500000; i++) {
    op.values[place] = 0x400000 + (i * 0x9e37 & 0x3ffff);
    g_assert_true (vm_machine_do (m, &op, NULL));
  }
  /* Without the tape, and what lies as it is, below 32 bytes each. */
  g_assert_cmpuint (vm_machine_bytes (m) - before, <,
                    (uint64_t) (64 << 20) + VM_HISTORY_PLAIN + 500000 * 32);
  for (int i = 0; i < 500; i++) {
    uint64_t n = random_below (&seed, 500000);
    const struct vm_result *result = vm_machine_result (m, set_up + n);
    uint64_t va = 0x400000 + (n * 0x9e37 & 0x3ffff);
    g_assert_cmphex (vm_machine_op (m, set_up + n)->values[place], ==, va);
    g_assert_cmphex (result->translation.pa.v, ==, va - 0x100000);
    g_assert_cmpuint (vm_machine_op_of_step (m, result->first_step), ==,
                      set_up + n);
  }
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/history/model/packed", GSIZE_TO_POINTER (1),
                        test_model);
  g_test_add_data_func ("/history/model/some", GSIZE_TO_POINTER (4),
                        test_model);
  g_test_add_data_func ("/history/model/plain", GSIZE_TO_POINTER (100),
                        test_model);
  g_test_add_func ("/history/long", test_long);
  return g_test_run ();
}
