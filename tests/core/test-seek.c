/* Any step can be reached from any other, and is then what it was. */
#include "scenario.h"

#include <inttypes.h>

/* Together more than 100,000 seeks. */
#define SEEKS 13000
#define OPERATIONS 120
#define SAMPLES 12

static const struct scenario scenarios[] = {
    {"machine geometry=x86-32 memory=64K tlb-sets=1 tlb-ways=2", 101},
    {"machine geometry=x86-32 memory=128K tlb-sets=4 tlb-ways=1", 102},
    {"machine geometry=x86-32 memory=256K tlb-sets=3 tlb-ways=3 wp=off", 103},
    {"machine geometry=x86-32 memory=128K tlb-sets=2 tlb-ways=2 smap=on", 104},
    {"machine geometry=x86-64 memory=64K tlb-sets=1 tlb-ways=1", 105},
    {"machine geometry=x86-64 memory=256K tlb-sets=2 tlb-ways=2 nx=off", 106},
    {"machine geometry=x86-64 memory=256K tlb-sets=1 tlb-ways=4 smep=on", 107},
    {"machine geometry=x86-64 memory=512K tlb-sets=4 tlb-ways=2", 108},
};

static uint64_t
hash_now (struct vm_machine *m)
{
  return vm_state_hash (vm_machine_tape (m));
}

/* Appends the hashes of the steps that the latest operation took. The last one
 * is taken before anything is undone, the first one is known. */
static void
record_operation (struct vm_machine *m, GArray *hashes)
{
  uint64_t end = vm_machine_step_count (m);
  uint64_t first = hashes->len - 1;
  uint64_t last = hash_now (m);

  assert_holds (m, VM_CHECK_ALL);
  g_assert_true (vm_machine_seek (m, first));
  g_assert_cmphex (hash_now (m), ==, g_array_index (hashes, uint64_t, first));
  for (uint64_t n = first + 1; n <= end; n++) {
    g_assert_true (vm_machine_seek (m, n));
    assert_holds (m, VM_CHECK_LINKS);
    uint64_t hash = hash_now (m);
    g_array_append_val (hashes, hash);
  }
  g_assert_cmphex (g_array_index (hashes, uint64_t, end), ==, last);
}

static GArray *
run_forward (struct scenario scenario, struct vm_machine *m)
{
  GArray *hashes = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  uint64_t nothing = 0;
  uint32_t refused = 0;

  g_array_append_val (hashes, nothing);
  for (uint32_t i = 0; i < OPERATIONS; i++) {
    if (scenario_step (&scenario, m))
      record_operation (m, hashes);
    else
      refused++;
    g_assert_cmphex (hash_now (m), ==,
                     g_array_index (hashes, uint64_t, hashes->len - 1));
  }
  /* Not all is refused, or little would be tested. */
  g_assert_cmpuint (refused, <, OPERATIONS / 3);
  return hashes;
}

/* The step before the cursor left its "after" behind, the one at the cursor
 * finds its "before". */
static void
check_deltas (const struct vm_machine *m)
{
  const struct vm_tape *tape = vm_machine_tape (m);
  uint64_t n = vm_machine_cursor (m);
  const struct vm_delta *delta
      = n == 0 ? NULL
               : vm_tape_delta (tape, n - 1,
                                vm_tape_delta_count (tape, n - 1) - 1);

  if (delta != NULL && delta->width <= 8)
    g_assert_cmpmem ((uint8_t *) tape->state + delta->place, delta->width,
                     &delta->after, delta->width);
  delta = vm_tape_delta (tape, n, 0);
  if (delta != NULL && delta->width <= 8)
    g_assert_cmpmem ((uint8_t *) tape->state + delta->place, delta->width,
                     &delta->before, delta->width);
}

/* A machine that does the same operations anew, up to the one around step n. */
static struct vm_machine *
do_again (const struct vm_machine *m, struct scenario scenario, uint64_t n)
{
  struct vm_machine *again = vm_machine_new ();

  while (vm_machine_step_count (again) < n)
    scenario_step (&scenario, again);
  g_assert_true (vm_machine_seek (again, n));
  return again;
}

static void
compare_bytes (struct vm_machine *m, struct scenario scenario, uint64_t *seed)
{
  uint64_t n = random_below (seed, vm_machine_step_count (m) + 1);
  struct vm_machine *again = do_again (m, scenario, n);

  g_assert_true (vm_machine_seek (m, n));
  g_assert_true (vm_state_equal (vm_machine_tape (m), vm_machine_tape (again)));
  vm_machine_free (again);
}

static void
test_seeks (gconstpointer data)
{
  const struct scenario *scenario = data;
  struct vm_machine *m = vm_machine_new ();
  g_autoptr (GArray) hashes = run_forward (*scenario, m);
  uint64_t seed = scenario->seed;

  for (uint32_t i = 0; i < SEEKS; i++) {
    uint64_t n = random_below (&seed, hashes->len);
    g_assert_true (vm_machine_seek (m, n));
    g_assert_cmphex (hash_now (m), ==, g_array_index (hashes, uint64_t, n));
    check_deltas (m);
  }
  for (uint32_t i = 0; i < SAMPLES; i++)
    compare_bytes (m, *scenario, &seed);
  vm_machine_free (m);
}

/* The state at the cursor does not depend on the way there: each byte is what
 * the deltas up to it say, applied one after the other to nothing. */
static void
test_deltas_alone (void)
{
  struct scenario scenario = scenarios[7];
  struct vm_machine *m = vm_machine_new ();
  const struct vm_tape *tape = vm_machine_tape (m);
  g_autofree uint8_t *bytes = g_malloc0 (offsetof (struct vm_state, frames));

  for (uint32_t i = 0; i < OPERATIONS; i++)
    scenario_step (&scenario, m);
  for (uint64_t n = 0; n < vm_machine_step_count (m); n++) {
    for (uint64_t i = 0; i < vm_tape_delta_count (tape, n); i++) {
      const struct vm_delta *delta = vm_tape_delta (tape, n, i);
      if (delta->place < offsetof (struct vm_state, frames))
        memcpy (bytes + delta->place, &delta->after, delta->width);
    }
    g_assert_true (vm_machine_seek (m, n + 1));
    g_assert_cmpmem (vm_machine_state (m), offsetof (struct vm_state, frames),
                     bytes, offsetof (struct vm_state, frames));
  }
  vm_machine_free (m);
}

/* A machine whose history outgrows the tape, with the hash after every eighth
 * operation. */
struct history {
  struct vm_machine *m;
  GArray *ends; /* of struct end */
};

struct end {
  uint64_t step, hash;
};

/* So long that there are too many snapshots, and half of them go. */
#define LONG_STEPS (5 * VM_TAPE_STEPS)
#define OTHER_STEPS (2 * VM_TAPE_STEPS)

/* Goes on until there are so many steps. */
static void
history_grow (struct history *h, struct scenario scenario, uint64_t steps)
{
  while (vm_machine_step_count (h->m) < steps) {
    if (!scenario_step (&scenario, h->m) || vm_machine_op_count (h->m) % 8 != 0)
      continue;
    struct end end = {vm_machine_step_count (h->m), hash_now (h->m)};
    g_array_append_val (h->ends, end);
  }
}

static void
history_init (struct history *h, uint64_t steps)
{
  /* Many ways, so that there are many steps to an access. */
  struct scenario scenario
      = {"machine geometry=x86-32 memory=256K tlb-sets=1 tlb-ways=64", 109};

  h->m = vm_machine_new ();
  h->ends = g_array_new (FALSE, FALSE, sizeof (struct end));
  history_grow (h, scenario, steps);
}

static void
history_done (struct history *h)
{
  g_array_free (h->ends, TRUE);
  vm_machine_free (h->m);
}

static struct end
some_end (struct history *h, uint64_t *seed)
{
  return g_array_index (h->ends, struct end, random_below (seed, h->ends->len));
}

/* Steps that the tape forgot are found by running operations again. */
static void
test_beyond_the_tape (void)
{
  struct history h;
  uint64_t seed = 9;

  history_init (&h, LONG_STEPS);
  g_assert_null (vm_machine_step (h.m, 0));
  for (uint32_t i = 0; i < 120; i++) {
    struct end end = some_end (&h, &seed);
    g_assert_true (vm_machine_seek (h.m, end.step));
    g_assert_cmpuint (vm_machine_cursor (h.m), ==, end.step);
    g_assert_cmphex (hash_now (h.m), ==, end.hash);
    assert_holds (h.m, VM_CHECK_ALL);
    g_assert_cmpuint (vm_tape_bytes (vm_machine_tape (h.m)), <, 64 << 20);
    g_assert_cmpuint (vm_machine_bytes (h.m), <, 64 << 20);
  }
  history_done (&h);
}

/* Inside an old operation, too, and its steps can then be looked at. */
static void
test_inside_old_operations (void)
{
  struct history h;
  uint64_t seed = 10;

  history_init (&h, OTHER_STEPS);
  for (uint32_t i = 0; i < 40; i++) {
    uint64_t n = random_below (&seed, OTHER_STEPS);
    g_assert_true (vm_machine_seek (h.m, n));
    const struct vm_step *step = vm_machine_step (h.m, n);
    uint64_t kind = step->kind, hash = hash_now (h.m);
    assert_holds (h.m, VM_CHECK_LINKS);

    struct end end = some_end (&h, &seed);
    g_assert_true (vm_machine_seek (h.m, end.step));
    g_assert_true (vm_machine_seek (h.m, n));
    g_assert_cmphex (hash_now (h.m), ==, hash);
    g_assert_cmpuint (vm_machine_step (h.m, n)->kind, ==, kind);
  }
  history_done (&h);
}

/* Another future, from far back: what lay behind is gone, with all that was
 * kept of it; what lay before is not. */
static void
test_do_far_back (void)
{
  struct history h;
  uint64_t seed = 11;

  history_init (&h, OTHER_STEPS);
  uint32_t middle = h.ends->len / 3;
  struct end end = g_array_index (h.ends, struct end, middle);
  g_assert_true (vm_machine_seek (h.m, end.step));
  refused (h.m, VM_ERROR_CROSSES_PAGE, "access va=0xfff width=8");
  run (h.m, "access va=0x1234 kind=fetch");
  assert_holds (h.m, VM_CHECK_ALL);
  g_assert_cmpuint (vm_machine_op_of_step (h.m, end.step) + 1, ==,
                    vm_machine_op_count (h.m));
  g_assert_false (vm_machine_seek (h.m, OTHER_STEPS));

  g_array_set_size (h.ends, middle + 1);
  struct end new = {vm_machine_step_count (h.m), hash_now (h.m)};
  g_array_append_val (h.ends, new);
  history_grow (&h, (struct scenario){.seed = 110}, OTHER_STEPS);
  for (uint32_t i = 0; i < 80; i++) {
    end = some_end (&h, &seed);
    g_assert_true (vm_machine_seek (h.m, end.step));
    g_assert_cmphex (hash_now (h.m), ==, end.hash);
  }
  history_done (&h);
}

/* A refused operation far back: the future is run again when it is wanted. */
static void
test_refused_far_back (void)
{
  struct history h;
  uint64_t seed = 12;

  history_init (&h, OTHER_STEPS);
  for (uint32_t i = 0; i < 20; i++) {
    struct end end = some_end (&h, &seed);
    g_assert_true (vm_machine_seek (h.m, end.step));
    refused (h.m, VM_ERROR_CROSSES_PAGE, "access va=0xfff width=8");
    end = some_end (&h, &seed);
    g_assert_true (vm_machine_seek (h.m, end.step));
    g_assert_cmphex (hash_now (h.m), ==, end.hash);
  }
  history_done (&h);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (scenarios); i++) {
    g_autofree char *path = g_strdup_printf ("/seek/random/%zu", i);
    g_test_add_data_func (path, &scenarios[i], test_seeks);
  }
  g_test_add_func ("/seek/deltas-alone", test_deltas_alone);
  g_test_add_func ("/seek/beyond-the-tape", test_beyond_the_tape);
  g_test_add_func ("/seek/inside-old-operations", test_inside_old_operations);
  g_test_add_func ("/seek/do-far-back", test_do_far_back);
  g_test_add_func ("/seek/refused-far-back", test_refused_far_back);
  return g_test_run ();
}
