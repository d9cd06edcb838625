/* The tape: nesting, deltas, both directions, and what happens when it is
 * full. */
#include "support.h"

#include "tape/memory.h"

/* Any kind will do. */
#define KIND VM_STEP_DUMP

static void
begin (struct bench *b, uint64_t value)
{
  vm_step_begin (&b->tape, KIND, (uint64_t[VM_STEP_VALUES]){value});
}

static void
leaf (struct bench *b, uint64_t value)
{
  vm_step_leaf (&b->tape, KIND, (uint64_t[VM_STEP_VALUES]){value});
}

static void
end (struct bench *b)
{
  vm_step_end (&b->tape);
}

static void
setup (struct bench *b, gconstpointer unused)
{
  bench_init (b);
}

static void
teardown (struct bench *b, gconstpointer unused)
{
  bench_done (b);
}

/* A number of the state that may be anything. */
static uint64_t *
number (struct bench *b, uint64_t i)
{
  return (uint64_t *) (void *) &b->state->frames[i];
}

static const struct {
  uint32_t depth;
  uint64_t parent, over, out;
} nested[] = {
    {0, 0, 7, 7}, /* 0 begin          */
    {1, 0, 2, 7}, /* 1   leaf         */
    {1, 0, 5, 7}, /* 2   begin        */
    {2, 2, 4, 5}, /* 3     leaf       */
    {2, 2, 5, 5}, /* 4     leaf       */
    {1, 0, 7, 7}, /* 5   begin        */
    {2, 5, 7, 7}, /* 6     leaf       */
    {0, 7, 8, 8}, /* 7 leaf, the next operation */
};

static void
record_nested (struct bench *b)
{
  vm_tape_open_operation (&b->tape);
  begin (b, 0);
  leaf (b, 1);
  begin (b, 2);
  leaf (b, 3);
  leaf (b, 4);
  end (b);
  begin (b, 5);
  leaf (b, 6);
  end (b);
  end (b);
  vm_tape_open_operation (&b->tape);
  leaf (b, 7);
}

static void
test_nesting (struct bench *b, gconstpointer unused)
{
  b->tape.cpu = 3;
  record_nested (b);
  g_assert_cmpuint (b->tape.end_step, ==, G_N_ELEMENTS (nested));
  for (uint64_t n = 0; n < G_N_ELEMENTS (nested); n++) {
    const struct vm_step *step = vm_tape_step (&b->tape, n);
    g_assert_cmpuint (step->depth, ==, nested[n].depth);
    g_assert_cmpuint (step->parent, ==, nested[n].parent);
    g_assert_cmpuint (step->values[0], ==, n);
    g_assert_cmpuint (step->kind, ==, KIND);
    g_assert_cmpuint (step->cpu, ==, 3);
    g_assert_cmpuint (vm_tape_step_over (&b->tape, n), ==, nested[n].over);
    g_assert_cmpuint (vm_tape_step_out (&b->tape, n), ==, nested[n].out);
  }
  g_assert_null (vm_tape_step (&b->tape, 8));
  g_assert_cmpuint (vm_tape_step_over (&b->tape, 8), ==, 8);
  g_assert_cmpuint (vm_tape_step_out (&b->tape, 99), ==, 8);
}

/* The first step behind n that is at most as deep as that. */
static uint64_t
next_at (const struct bench *b, uint64_t n, uint32_t depth)
{
  while (++n < b->tape.end_step)
    if (vm_tape_step (&b->tape, n)->depth <= depth)
      return n;
  return b->tape.end_step;
}

/* Random trees of steps; the depth is counted here, too. */
static void
test_random_nesting (struct bench *b, gconstpointer unused)
{
  uint64_t seed = 21, open[64];
  uint32_t depth = 0;

  for (uint32_t operation = 0; operation < 200; operation++) {
    vm_tape_open_operation (&b->tape);
    open[depth++] = b->tape.end_step;
    begin (b, 0);
    for (uint32_t i = 0; i < 40 || depth > 0; i++) {
      bool close = i >= 40 || (depth > 1 && random_chance (&seed, 40));
      if (close) {
        end (b);
        depth--;
        continue;
      }
      const struct vm_step *step = vm_tape_step (&b->tape, b->tape.end_step);
      g_assert_null (step);
      open[depth++] = b->tape.end_step;
      begin (b, i);
      step = vm_tape_step (&b->tape, b->tape.end_step - 1);
      g_assert_cmpuint (step->depth, ==, depth - 1);
      g_assert_cmpuint (step->parent, ==, open[depth - 2]);
    }
  }
  for (uint64_t n = 0; n < b->tape.end_step; n++) {
    uint32_t own = vm_tape_step (&b->tape, n)->depth;
    g_assert_cmpuint (vm_tape_step_over (&b->tape, n), ==, next_at (b, n, own));
    g_assert_cmpuint (vm_tape_step_out (&b->tape, n), ==,
                      next_at (b, n, own == 0 ? 0 : own - 1));
  }
}

static void
check_delta (const struct bench *b, uint64_t n, uint64_t i,
             struct vm_delta expected)
{
  const struct vm_delta *delta = vm_tape_delta (&b->tape, n, i);

  g_assert_nonnull (delta);
  g_assert_cmpuint (delta->place, ==, expected.place);
  g_assert_cmpuint (delta->width, ==, expected.width);
  g_assert_cmphex (delta->before, ==, expected.before);
  g_assert_cmphex (delta->after, ==, expected.after);
}

static void
test_deltas (struct bench *b, gconstpointer unused)
{
  struct vm_state *s = b->state;

  vm_tape_open_operation (&b->tape);
  begin (b, 0);
  vm_put_u8 (&b->tape, &s->config.nx, 0xff);
  vm_put_u16 (&b->tape, &s->frames[3].flags, 0xabcd);
  leaf (b, 1);
  leaf (b, 2);
  vm_put_u32 (&b->tape, &s->free_hint, 7);
  vm_put_u32 (&b->tape, &s->free_hint, 8);
  vm_put_u64 (&b->tape, &s->cpus[1].cr3, UINT64_MAX);
  end (b);

  g_assert_cmpuint (vm_tape_delta_count (&b->tape, 0), ==, 2);
  g_assert_cmpuint (vm_tape_delta_count (&b->tape, 1), ==, 0);
  g_assert_cmpuint (vm_tape_delta_count (&b->tape, 2), ==, 3);
  g_assert_cmpuint (vm_tape_delta_count (&b->tape, 3), ==, 0);
  check_delta (
      b, 0, 0,
      (struct vm_delta){offsetof (struct vm_state, config.nx), 1, 0, 0xff});
  check_delta (b, 0, 1,
               (struct vm_delta){offsetof (struct vm_state, frames[3].flags),
                                 2, 0, 0xabcd});
  check_delta (
      b, 2, 1,
      (struct vm_delta){offsetof (struct vm_state, free_hint), 4, 7, 8});
  check_delta (b, 2, 2,
               (struct vm_delta){offsetof (struct vm_state, cpus[1].cr3), 8, 0,
                                 UINT64_MAX});
  g_assert_null (vm_tape_delta (&b->tape, 1, 0));
  g_assert_null (vm_tape_delta (&b->tape, 2, 3));

  g_assert_true (vm_tape_seek (&b->tape, 2));
  g_assert_cmpuint (s->free_hint, ==, 0);
  g_assert_cmpuint (s->config.nx, ==, 0xff);
  g_assert_true (vm_tape_seek (&b->tape, 0));
  g_assert_cmpuint (s->config.nx, ==, 0);
  g_assert_true (vm_tape_seek (&b->tape, 3));
  g_assert_cmpuint (s->free_hint, ==, 8);
  g_assert_false (vm_tape_seek (&b->tape, 4));
  g_assert_cmpuint (b->tape.cursor_step, ==, 3);
}

/* A narrow put leaves its neighbours alone. */
static void
test_widths (struct bench *b, gconstpointer unused)
{
  static const uint32_t widths[] = {1, 2, 4, 8};
  uint8_t *bytes = b->state->bytes[1];

  vm_tape_open_operation (&b->tape);
  leaf (b, 0);
  memset (bytes, 0xee, 64);
  for (uint32_t i = 0; i < G_N_ELEMENTS (widths); i++) {
    uint32_t at = 3 + 13 * i, width = widths[i];
    vm_put_bytes (&b->tape, bytes + at, width, UINT64_C (0x1122334455667788));
    g_assert_cmphex (bytes[at - 1], ==, 0xee);
    g_assert_cmphex (bytes[at], ==, 0x88);
    g_assert_cmphex (bytes[at + width], ==, 0xee);
  }
  vm_tape_roll_back (&b->tape);
  for (uint32_t i = 0; i < 64; i++)
    g_assert_cmphex (bytes[i], ==, 0xee);
}

/* Fills frames, pages and fields at random, within the open operation. */
static void
scribble (struct bench *b, uint64_t *seed, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    vm_frame frame = vm_frame_of (random_below (seed, 5));
    vm_frame other = vm_frame_of (random_below (seed, 5));
    leaf (b, i);
    vm_put_u64 (&b->tape, number (b, random_below (seed, 100)),
                random_next (seed));
    vm_memory_write (&b->tape, b->state, vm_frame_start (frame, VM_SLOT_SHIFT),
                     8, random_next (seed));
    if (i % 4 == 0)
      vm_memory_copy (&b->tape, b->state, vm_frame_start (frame, VM_SLOT_SHIFT),
                      vm_frame_start (other, VM_SLOT_SHIFT), VM_SLOT_SIZE);
    if (i % 7 == 0)
      vm_memory_zero (&b->tape, b->state, vm_frame_start (other, VM_SLOT_SHIFT),
                      VM_SLOT_SIZE);
  }
}

static void
test_roll_back (struct bench *b, gconstpointer unused)
{
  uint64_t seed = 22;

  for (uint32_t i = 0; i < 50; i++) {
    struct vm_snapshot before;
    vm_tape_open_operation (&b->tape);
    scribble (b, &seed, 10);

    uint64_t steps = b->tape.end_step, bytes = vm_tape_bytes (&b->tape);
    g_assert_true (vm_snapshot_take (&before, &b->tape));
    vm_tape_open_operation (&b->tape);
    begin (b, 1);
    scribble (b, &seed, 30);
    vm_tape_roll_back (&b->tape);
    assert_same_state (&b->tape, &before);
    g_assert_cmpuint (b->tape.end_step, ==, steps);
    g_assert_cmpuint (b->tape.cursor_step, ==, steps);
    g_assert_cmpuint (vm_tape_bytes (&b->tape), ==, bytes);
    g_assert_cmpuint (b->tape.depth, ==, 0);
    vm_snapshot_done (&before);
  }
}

/* After a failure nothing is stored; the way back leads to where it began. */
static void
check_failed (struct bench *b, enum vm_error_code failure, uint64_t hash)
{
  uint64_t steps = b->tape.end_step, deltas = b->tape.end_delta;
  uint64_t value = *number (b, 9);

  g_assert_cmpint (b->tape.failure, ==, failure);
  g_assert_true (vm_tape_failed (&b->tape));
  vm_put_u64 (&b->tape, number (b, 9), value + 1);
  g_assert_cmpuint (*number (b, 9), ==, value);
  begin (b, 0);
  leaf (b, 0);
  end (b);
  vm_put_page (&b->tape, b->state->bytes[1], b->state->bytes[2]);
  g_assert_cmpuint (b->tape.end_step, ==, steps);
  g_assert_cmpuint (b->tape.end_delta, ==, deltas);

  vm_tape_roll_back (&b->tape);
  g_assert_cmphex (vm_state_hash (&b->tape), ==, hash);
  g_assert_false (vm_tape_failed (&b->tape));
  vm_tape_open_operation (&b->tape);
  leaf (b, 0);
  vm_put_u64 (&b->tape, number (b, 9), value + 1);
  g_assert_cmpuint (*number (b, 9), ==, value + 1);
}

static uint64_t
one_operation (struct bench *b)
{
  uint64_t seed = 23;

  vm_tape_open_operation (&b->tape);
  scribble (b, &seed, 10);
  return vm_state_hash (&b->tape);
}

static void
test_step_budget (struct bench *b, gconstpointer unused)
{
  uint64_t hash = one_operation (b);

  vm_tape_open_operation (&b->tape);
  begin (b, 0);
  for (uint32_t i = 1; i < VM_STEP_BUDGET; i++) {
    leaf (b, i);
    vm_put_u64 (&b->tape, number (b, i % 50), i);
  }
  g_assert_false (vm_tape_failed (&b->tape));
  leaf (b, 0);
  end (b);
  check_failed (b, VM_ERROR_STEP_BUDGET, hash);
}

static void
test_full_of_deltas (struct bench *b, gconstpointer unused)
{
  uint64_t hash = one_operation (b);

  vm_tape_open_operation (&b->tape);
  leaf (b, 0);
  for (uint32_t i = 0; i < VM_TAPE_DELTAS; i++)
    vm_put_u64 (&b->tape, number (b, i % 50), i);
  g_assert_false (vm_tape_failed (&b->tape));
  vm_put_u64 (&b->tape, number (b, 0), 0);
  check_failed (b, VM_ERROR_TAPE_FULL, hash);
}

static void
test_full_of_pages (struct bench *b, gconstpointer unused)
{
  uint64_t hash = one_operation (b);

  vm_tape_open_operation (&b->tape);
  leaf (b, 0);
  for (uint32_t i = 0; i < VM_TAPE_BLOBS; i++)
    vm_put_page (&b->tape, b->state->bytes[i % 3 + 1],
                 b->state->bytes[(i + 1) % 3 + 1]);
  g_assert_false (vm_tape_failed (&b->tape));
  vm_put_page (&b->tape, b->state->bytes[1], b->state->bytes[2]);
  check_failed (b, VM_ERROR_TAPE_FULL, hash);
}

/* The first failure is the one that is told. */
static void
test_first_failure (struct bench *b, gconstpointer unused)
{
  vm_tape_open_operation (&b->tape);
  vm_tape_fail (&b->tape, VM_ERROR_OUT_OF_MEMORY);
  vm_tape_fail (&b->tape, VM_ERROR_TAPE_FULL);
  g_assert_cmpint (b->tape.failure, ==, VM_ERROR_OUT_OF_MEMORY);
  vm_tape_fail (NULL, VM_ERROR_TAPE_FULL);
}

/* What one operation has much of, and which ring that fills. */
static const struct load {
  const char *ring;
  uint32_t operations, steps, deltas,
      pages; /* each of the three an operation */
} loads[] = {
    {"steps", 300, 1000, 10, 0},
    {"deltas", 150, 5, 20000, 0},
    {"pages", 150, 5, 5, 100},
    {"operations", 70000, 1, 1, 0},
};

static void
do_load (struct bench *b, const struct load *load, uint64_t *seed)
{
  vm_tape_open_operation (&b->tape);
  for (uint32_t i = 0; i < load->steps; i++)
    leaf (b, i);
  for (uint32_t i = 0; i < load->deltas; i++)
    vm_put_u64 (&b->tape, number (b, i % 200), random_next (seed));
  for (uint32_t i = 0; i < load->pages; i++)
    vm_put_page (&b->tape, b->state->bytes[1 + i % 3],
                 b->state->bytes[1 + (i + 1) % 3]);
}

static void
check_bounds (const struct bench *b)
{
  const struct vm_tape *t = &b->tape;

  g_assert_cmpuint (t->end_step - t->first_step, <=, VM_TAPE_STEPS);
  g_assert_cmpuint (t->end_delta - t->first_delta, <=, VM_TAPE_DELTAS);
  g_assert_cmpuint (t->end_blob - t->first_blob, <=, VM_TAPE_BLOBS);
  g_assert_cmpuint (t->end_operation - t->first_operation, <=,
                    VM_TAPE_OPERATIONS);
  g_assert_cmpuint (vm_tape_bytes (t), <, 64 << 20);
  g_assert_cmpuint (t->cursor_step, ==, t->end_step);
}

/* Old operations go as a whole; the kept ones can all be reached, and more than
 * half of what a ring holds is kept. */
static void
test_forgetting (gconstpointer data)
{
  const struct load *load = data;
  struct bench b;
  uint64_t seed = 24;
  g_autofree uint64_t *hashes = g_new0 (uint64_t, load->operations + 1);

  bench_init (&b);
  for (uint32_t i = 0; i < load->operations; i++) {
    do_load (&b, load, &seed);
    hashes[i + 1] = vm_state_hash (&b.tape);
    check_bounds (&b);
  }

  uint64_t first = b.tape.first_step;
  g_assert_cmpuint (first, >, 0);
  g_assert_cmpuint (first % load->steps, ==, 0);
  g_assert_cmpuint (first / load->steps, ==, b.tape.first_operation);
  g_assert_cmpuint (b.tape.first_operation, <, load->operations * 3 / 4);
  g_assert_false (vm_tape_seek (&b.tape, first - 1));
  g_assert_null (vm_tape_step (&b.tape, first - 1));
  g_assert_cmpuint (vm_tape_delta_count (&b.tape, first - 1), ==, 0);
  for (uint32_t i = 0; i < 200; i++) {
    uint64_t operation
        = b.tape.first_operation
          + random_below (&seed, load->operations - b.tape.first_operation + 1);
    g_assert_true (vm_tape_seek (&b.tape, operation * load->steps));
    g_assert_cmphex (vm_state_hash (&b.tape), ==, hashes[operation]);
  }
  bench_done (&b);
}

/* One recorded change, kept here as well. */
struct change {
  uint64_t step;
  uint32_t place, width;
};

static bool
touches (const struct change *change, uint32_t place, uint32_t width)
{
  for (uint32_t i = 0; i < change->width; i++)
    if (change->place + i >= place && change->place + i < place + width)
      return true;
  return false;
}

static void
check_changes (const struct bench *b, const GArray *changes, uint64_t n,
               uint32_t place, uint32_t width)
{
  uint64_t last = UINT64_MAX, next = UINT64_MAX, found;

  for (uint32_t i = 0; i < changes->len; i++) {
    const struct change *change = &g_array_index (changes, struct change, i);
    if (!touches (change, place, width))
      continue;
    if (change->step < n)
      last = change->step;
    else if (next == UINT64_MAX)
      next = change->step;
  }
  g_assert_true (vm_tape_last_change (&b->tape, n, place, width, &found)
                 == (last != UINT64_MAX));
  if (last != UINT64_MAX)
    g_assert_cmpuint (found, ==, last);
  g_assert_true (vm_tape_next_change (&b->tape, n, place, width, &found)
                 == (next != UINT64_MAX));
  if (next != UINT64_MAX)
    g_assert_cmpuint (found, ==, next);
}

/* Who changed this last, and who will next, against a plain scan. */
static void
test_changes (struct bench *b, gconstpointer unused)
{
  static const uint32_t widths[] = {1, 2, 4, 8};
  g_autoptr (GArray) changes
      = g_array_new (FALSE, FALSE, sizeof (struct change));
  uint8_t *bytes = b->state->bytes[3];
  uint32_t base = vm_tape_place (&b->tape, bytes);
  uint64_t seed = 25;

  for (uint32_t n = 0; n < 400; n++) {
    if (n % 5 == 0)
      vm_tape_open_operation (&b->tape);
    leaf (b, n);
    for (uint64_t i = random_below (&seed, 3); i > 0; i--) {
      uint32_t at = (uint32_t) random_below (&seed, 600);
      struct change change = {n, base + at, widths[random_below (&seed, 4)]};
      vm_put_bytes (&b->tape, bytes + at, change.width, n);
      g_array_append_val (changes, change);
    }
    if (n % 100 != 50)
      continue;
    struct change change = {n, base, VM_PAGE_SIZE};
    vm_put_page (&b->tape, bytes, b->state->bytes[0]);
    g_array_append_val (changes, change);
  }
  for (uint32_t i = 0; i < 2000; i++)
    check_changes (b, changes, random_below (&seed, 402),
                   base + (uint32_t) random_below (&seed, 610),
                   widths[random_below (&seed, 4)]);
}

static void
test_truncate (struct bench *b, gconstpointer unused)
{
  uint64_t seed = 26, hashes[11] = {0}, ends[11] = {0};

  for (uint32_t i = 0; i < 10; i++) {
    vm_tape_open_operation (&b->tape);
    scribble (b, &seed, 5 + i);
    ends[i + 1] = b->tape.end_step;
    hashes[i + 1] = vm_state_hash (&b->tape);
  }
  vm_tape_truncate (&b->tape, 10);
  g_assert_cmpuint (b->tape.end_step, ==, ends[10]);

  g_assert_true (vm_tape_seek (&b->tape, ends[6]));
  vm_tape_truncate (&b->tape, 6);
  g_assert_cmpuint (b->tape.end_step, ==, ends[6]);
  g_assert_false (vm_tape_seek (&b->tape, ends[6] + 1));
  vm_tape_open_operation (&b->tape);
  scribble (b, &seed, 8);
  uint64_t hash = vm_state_hash (&b->tape);
  for (uint32_t i = 0; i <= 6; i++) {
    g_assert_true (vm_tape_seek (&b->tape, ends[i]));
    g_assert_cmphex (vm_state_hash (&b->tape), ==, hashes[i]);
  }
  g_assert_true (vm_tape_seek (&b->tape, ends[6] + 8));
  g_assert_cmphex (vm_state_hash (&b->tape), ==, hash);
}

/* Without a tape the same calls store and tell nothing. */
static void
test_no_tape (struct bench *b, gconstpointer unused)
{
  struct vm_state *s = b->state;

  vm_step_begin (NULL, KIND, (uint64_t[VM_STEP_VALUES]){0});
  vm_put_u8 (NULL, &s->config.nx, 1);
  vm_put_u16 (NULL, &s->frames[1].flags, 2);
  vm_put_u32 (NULL, &s->free_hint, 3);
  vm_put_u64 (NULL, &s->cpus[0].cr3, 4);
  vm_put_bytes (NULL, &s->bytes[1][5], 2, 0x605);
  vm_put_page (NULL, s->bytes[2], s->bytes[1]);
  vm_step_leaf (NULL, KIND, (uint64_t[VM_STEP_VALUES]){0});
  vm_step_end (NULL);
  g_assert_false (vm_tape_failed (NULL));

  g_assert_cmpuint (s->config.nx, ==, 1);
  g_assert_cmpuint (s->frames[1].flags, ==, 2);
  g_assert_cmpuint (s->free_hint, ==, 3);
  g_assert_cmpuint (s->cpus[0].cr3, ==, 4);
  g_assert_cmpuint (s->bytes[2][6], ==, 6);
  g_assert_cmpuint (b->tape.end_step, ==, 0);
  g_assert_cmpuint (b->tape.end_delta, ==, 0);
}

static void
add (const char *path, void (*test) (struct bench *, gconstpointer))
{
  g_test_add (path, struct bench, NULL, setup, test, teardown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/tape/nesting", test_nesting);
  add ("/tape/random-nesting", test_random_nesting);
  add ("/tape/deltas", test_deltas);
  add ("/tape/widths", test_widths);
  add ("/tape/roll-back", test_roll_back);
  add ("/tape/step-budget", test_step_budget);
  add ("/tape/full-of-deltas", test_full_of_deltas);
  add ("/tape/full-of-pages", test_full_of_pages);
  add ("/tape/first-failure", test_first_failure);
  for (size_t i = 0; i < G_N_ELEMENTS (loads); i++) {
    g_autofree char *path
        = g_strdup_printf ("/tape/forgetting/%s", loads[i].ring);
    g_test_add_data_func (path, &loads[i], test_forgetting);
  }
  add ("/tape/changes", test_changes);
  add ("/tape/truncate", test_truncate);
  add ("/tape/no-tape", test_no_tape);
  return g_test_run ();
}
