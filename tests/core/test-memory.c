/* Simulated physical memory: sparse, zero where untouched, in all widths. */
#include "support.h"

#include "tape/memory.h"

static const uint32_t widths[] = {1, 2, 4, 8};

static void
setup (struct bench *b, gconstpointer unused)
{
  bench_init (b);
  vm_tape_open_operation (&b->tape);
  vm_step_leaf (&b->tape, VM_STEP_DUMP, (uint64_t[VM_STEP_VALUES]){0});
}

static void
teardown (struct bench *b, gconstpointer unused)
{
  bench_done (b);
}

static vm_paddr
at (uint64_t frame, uint32_t offset)
{
  return vm_paddr_of (frame << VM_PAGE_SHIFT | offset);
}

static void
test_absent (struct bench *b, gconstpointer unused)
{
  uint64_t seed = 2;

  for (int i = 0; i < 10000; i++) {
    uint64_t frame = random_below (&seed, UINT64_C (1) << 40);
    uint32_t offset = (uint32_t) random_below (&seed, VM_PAGE_SIZE - 7);
    g_assert_cmphex (vm_memory_read (b->state, at (frame, offset), 8), ==, 0);
  }
  g_assert_cmpuint (b->state->slot_count, ==, 0);
}

/* Little-endian: the lowest byte has the lowest address. */
static void
test_byte_order (struct bench *b, gconstpointer unused)
{
  vm_memory_write (&b->tape, b->state, at (9, 3), 8,
                   UINT64_C (0x8877665544332211));
  for (uint32_t i = 0; i < 8; i++)
    g_assert_cmphex (vm_memory_read (b->state, at (9, 3 + i), 1), ==,
                     0x11 * (i + 1));
  g_assert_cmphex (vm_memory_read (b->state, at (9, 4), 4), ==, 0x55443322);
  g_assert_cmphex (vm_memory_read (b->state, at (9, 9), 2), ==, 0x8877);
}

/* Frames with slots of their own, from both ends of what has bytes. */
static const uint64_t frames[]
    = {0, 1, 2, 0x44332, 0xfffff, 0x100000, 0xffffff};

struct mirror {
  uint8_t bytes[G_N_ELEMENTS (frames)][VM_PAGE_SIZE];
};

static void
write_both (struct bench *b, struct mirror *mirror, uint64_t *seed)
{
  uint32_t which = (uint32_t) random_below (seed, G_N_ELEMENTS (frames));
  uint32_t width = widths[random_below (seed, 4)];
  uint32_t offset = (uint32_t) random_below (seed, VM_PAGE_SIZE - width + 1);
  uint64_t value = random_next (seed);

  g_assert_true (vm_memory_write (&b->tape, b->state,
                                  at (frames[which], offset), width, value));
  for (uint32_t i = 0; i < width; i++)
    mirror->bytes[which][offset + i] = (uint8_t) (value >> 8 * i);
}

static void
read_both (struct bench *b, const struct mirror *mirror, uint64_t *seed)
{
  uint32_t which = (uint32_t) random_below (seed, G_N_ELEMENTS (frames));
  uint32_t width = widths[random_below (seed, 4)];
  uint32_t offset = (uint32_t) random_below (seed, VM_PAGE_SIZE - width + 1);
  uint64_t value = 0;

  for (uint32_t i = width; i-- > 0;)
    value = value << 8 | mirror->bytes[which][offset + i];
  g_assert_cmphex (vm_memory_read (b->state, at (frames[which], offset), width),
                   ==, value);
}

/* Against plain arrays; afterwards everything is undone and redone. */
static void
test_random (struct bench *b, gconstpointer unused)
{
  g_autofree struct mirror *mirror = g_new0 (struct mirror, 1);
  uint64_t seed = 3;

  for (int i = 0; i < 20000; i++) {
    write_both (b, mirror, &seed);
    read_both (b, mirror, &seed);
  }
  for (uint32_t i = 0; i < G_N_ELEMENTS (frames); i++)
    g_assert_cmpmem (vm_memory_bytes (b->state, at (frames[i], 0)),
                     VM_PAGE_SIZE, mirror->bytes[i], VM_PAGE_SIZE);
  g_assert_cmpuint (b->state->slot_count, ==, 1 + G_N_ELEMENTS (frames));

  g_assert_true (vm_tape_seek (&b->tape, 0));
  g_assert_cmpuint (vm_state_hash (&b->tape), ==, 0);
  g_assert_true (vm_tape_seek (&b->tape, 1));
  for (int i = 0; i < 1000; i++)
    read_both (b, mirror, &seed);
}

/* Beyond 64 GiB nothing is kept and nothing is recorded. */
static void
test_beyond (struct bench *b, gconstpointer unused)
{
  uint64_t beyond = VM_ADDRESSABLE_SLOTS;

  g_assert_false (
      vm_memory_write (&b->tape, b->state, at (beyond, 0), 8, UINT64_MAX));
  vm_memory_zero (&b->tape, b->state, at (beyond, 0), VM_SLOT_SIZE);
  vm_memory_copy (&b->tape, b->state, at (beyond, 0), at (1, 0), VM_SLOT_SIZE);
  g_assert_false (vm_tape_failed (&b->tape));
  g_assert_cmpuint (b->tape.end_delta, ==, 0);
  g_assert_cmphex (vm_memory_read (b->state, at (beyond, 0), 8), ==, 0);
  g_assert_cmphex (
      vm_memory_read (b->state, at (UINT64_C (0xffffffffff), 0xff8), 8), ==, 0);
}

static void
test_zero (struct bench *b, gconstpointer unused)
{
  vm_memory_zero (&b->tape, b->state, at (5, 0), VM_SLOT_SIZE);
  g_assert_cmpuint (b->tape.end_delta, ==, 0);

  vm_memory_write (&b->tape, b->state, at (5, 100), 4, 0xdeadbeef);
  uint64_t deltas = b->tape.end_delta;
  vm_memory_zero (&b->tape, b->state, at (5, 0), VM_SLOT_SIZE);
  g_assert_cmpuint (b->tape.end_delta, ==, deltas + 1);
  g_assert_cmpuint (b->tape.end_blob, ==, 1);
  g_assert_cmpmem (vm_memory_bytes (b->state, at (5, 0)), VM_PAGE_SIZE,
                   b->state->bytes[0], VM_PAGE_SIZE);
}

static void
test_copy (struct bench *b, gconstpointer unused)
{
  vm_memory_write (&b->tape, b->state, at (6, 0xffc), 4, 0x01020304);
  vm_memory_copy (&b->tape, b->state, at (0xabcdef, 0), at (6, 0),
                  VM_SLOT_SIZE);
  g_assert_cmphex (vm_memory_read (b->state, at (0xabcdef, 0xffc), 4), ==,
                   0x01020304);
  vm_memory_write (&b->tape, b->state, at (6, 0xffc), 4, 5);
  g_assert_cmphex (vm_memory_read (b->state, at (0xabcdef, 0xffc), 4), ==,
                   0x01020304);

  /* From nowhere come zeros. */
  vm_memory_copy (&b->tape, b->state, at (6, 0),
                  at (VM_ADDRESSABLE_SLOTS + 3, 0), VM_SLOT_SIZE);
  g_assert_cmphex (vm_memory_read (b->state, at (6, 0xffc), 4), ==, 0);
}

/* One frame may still be touched; the next one may not, and the shared page of
 * zeros stays what it is. */
static void
test_slot_limit (struct bench *b, gconstpointer unused)
{
  vm_put_u32 (&b->tape, &b->state->slot_count, VM_MAX_SLOTS - 1);
  g_assert_true (vm_memory_write (&b->tape, b->state, at (1, 0), 1, 1));
  g_assert_cmpuint (b->state->slot_count, ==, VM_MAX_SLOTS);
  g_assert_cmpuint (b->state->slot_of[1], ==, VM_MAX_SLOTS - 1);

  g_assert_false (vm_memory_write (&b->tape, b->state, at (2, 0), 1, 1));
  g_assert_cmpint (b->tape.failure, ==, VM_ERROR_OUT_OF_MEMORY);
  g_assert_cmphex (vm_memory_read (b->state, at (2, 0), 1), ==, 0);
  g_assert_cmpuint (b->state->slot_of[2], ==, 0);
  vm_tape_roll_back (&b->tape);
  g_assert_cmpuint (vm_state_hash (&b->tape), ==, 0);
}

/* The same limit, met by an access: an error that changes nothing. */
static void
test_slot_limit_in_machine (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32");
  run (m, "process name=A");
  run (m, "map process=A va=0x1000 frame=0x44332 flags=rwu");
  run (m, "access va=0x1000 kind=write");
  uint32_t count = writable (m)->slot_count;
  writable (m)->slot_count = VM_MAX_SLOTS;
  refused (m, VM_ERROR_OUT_OF_MEMORY, "access va=0x1000 kind=write value=7");
  run (m, "access va=0x1000");
  writable (m)->slot_count = count;
  run (m, "access va=0x1000 kind=write value=7");
  g_assert_cmpuint (run (m, "access va=0x1000")->translation.value, ==, 7);
  vm_machine_free (m);
}

static void
test_without_tape (struct bench *b, gconstpointer unused)
{
  g_assert_true (vm_memory_write (NULL, b->state, at (3, 1), 4, 0x12345678));
  vm_memory_copy (NULL, b->state, at (4, 0), at (3, 0), VM_SLOT_SIZE);
  g_assert_cmphex (vm_memory_read (b->state, at (4, 2), 2), ==, 0x3456);
  vm_memory_zero (NULL, b->state, at (3, 0), VM_SLOT_SIZE);
  g_assert_cmphex (vm_memory_read (b->state, at (3, 1), 4), ==, 0);
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
  add ("/memory/absent", test_absent);
  add ("/memory/byte-order", test_byte_order);
  add ("/memory/random", test_random);
  add ("/memory/beyond", test_beyond);
  add ("/memory/zero", test_zero);
  add ("/memory/copy", test_copy);
  add ("/memory/slot-limit", test_slot_limit);
  g_test_add_func ("/memory/slot-limit-in-machine", test_slot_limit_in_machine);
  add ("/memory/without-tape", test_without_tape);
  return g_test_run ();
}
