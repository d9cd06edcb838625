/* Two algorithms on the tape: a red-black tree, and pages that are swapped; and
 * the snapshots and digests that tell states apart. */
#include "support.h"

#include "tape/memory.h"

/* A red-black tree whose nodes are plain numbers in an array of the state:
 *
 *   slot_of   | root | ... | key left right parent red | key left ... |
 *               0             8 = node 1                  16 = node 2
 */
enum { KEY, LEFT, RIGHT, PARENT, RED, STRIDE = 8 };

#define NIL 0u

static const uint32_t *
field (const struct bench *b, uint32_t node, uint32_t which)
{
  return &b->state->slot_of[node * STRIDE + which];
}

static uint32_t
get (const struct bench *b, uint32_t node, uint32_t which)
{
  return *field (b, node, which);
}

static void
set (struct bench *b, uint32_t node, uint32_t which, uint32_t value)
{
  vm_step_leaf (&b->tape, VM_STEP_ENTRY_WRITE,
                (uint64_t[VM_STEP_VALUES]){node, which, value});
  vm_put_u32 (&b->tape, field (b, node, which), value);
}

static uint32_t
root_of (const struct bench *b)
{
  return b->state->slot_of[0];
}

/* Hangs child where node hung. */
static void
replace (struct bench *b, uint32_t node, uint32_t child)
{
  uint32_t parent = get (b, node, PARENT);

  set (b, child, PARENT, parent);
  if (parent == NIL)
    vm_put_u32 (&b->tape, &b->state->slot_of[0], child);
  else
    set (b, parent, get (b, parent, LEFT) == node ? LEFT : RIGHT, child);
}

/* Turns node down to the given side; its other child comes up. */
static void
rotate (struct bench *b, uint32_t node, uint32_t side)
{
  uint32_t other = side == LEFT ? RIGHT : LEFT;
  uint32_t child = get (b, node, other);
  uint32_t inner = get (b, child, side);

  vm_step_begin (&b->tape, VM_STEP_MAP, (uint64_t[VM_STEP_VALUES]){node, side});
  set (b, node, other, inner);
  if (inner != NIL)
    set (b, inner, PARENT, node);
  replace (b, node, child);
  set (b, child, side, node);
  set (b, node, PARENT, child);
  vm_step_end (&b->tape);
}

/* A red node under a red one: colours move up, or rotations end it. */
static void
repair (struct bench *b, uint32_t node)
{
  while (get (b, node, PARENT) != NIL && get (b, get (b, node, PARENT), RED)) {
    uint32_t parent = get (b, node, PARENT);
    uint32_t above = get (b, parent, PARENT);
    uint32_t side = get (b, above, LEFT) == parent ? LEFT : RIGHT;
    uint32_t uncle = get (b, above, side == LEFT ? RIGHT : LEFT);

    if (uncle != NIL && get (b, uncle, RED)) {
      set (b, parent, RED, 0);
      set (b, uncle, RED, 0);
      set (b, above, RED, 1);
      node = above;
      continue;
    }
    if (get (b, parent, side) != node) {
      rotate (b, parent, side);
      parent = node;
    }
    set (b, parent, RED, 0);
    set (b, above, RED, 1);
    rotate (b, above, side == LEFT ? RIGHT : LEFT);
    break;
  }
  if (get (b, root_of (b), RED))
    set (b, root_of (b), RED, 0);
}

static void
insert (struct bench *b, uint32_t node, uint32_t key)
{
  uint32_t parent = NIL, side = LEFT;

  vm_tape_open_operation (&b->tape);
  vm_step_begin (&b->tape, VM_STEP_MAP, (uint64_t[VM_STEP_VALUES]){node, key});
  for (uint32_t at = root_of (b); at != NIL; at = get (b, at, side)) {
    parent = at;
    side = key < get (b, at, KEY) ? LEFT : RIGHT;
  }
  set (b, node, KEY, key);
  set (b, node, RED, 1);
  if (parent == NIL) {
    vm_put_u32 (&b->tape, &b->state->slot_of[0], node);
  } else {
    set (b, node, PARENT, parent);
    set (b, parent, side, node);
  }
  repair (b, node);
  vm_step_end (&b->tape);
}

/* Checks the part of the tree under node, whose keys must lie in [low, high].
 * Returns its height in black nodes; adds its nodes to *count. */
static uint32_t
check_tree (const struct bench *b, uint32_t node, uint32_t low, uint32_t high,
            uint32_t *count)
{
  if (node == NIL)
    return 1;

  uint32_t key = get (b, node, KEY), red = get (b, node, RED);
  uint32_t left = get (b, node, LEFT), right = get (b, node, RIGHT);
  ++*count;
  g_assert_cmpuint (key, >=, low);
  g_assert_cmpuint (key, <=, high);
  if (left != NIL)
    g_assert_cmpuint (get (b, left, PARENT), ==, node);
  if (right != NIL)
    g_assert_cmpuint (get (b, right, PARENT), ==, node);
  if (red) {
    g_assert_true (left == NIL || !get (b, left, RED));
    g_assert_true (right == NIL || !get (b, right, RED));
  }

  uint32_t height = check_tree (b, left, low, key, count);
  g_assert_cmpuint (check_tree (b, right, key, high, count), ==, height);
  return height + !red;
}

static void
check_whole_tree (const struct bench *b, uint32_t expected)
{
  uint32_t count = 0;

  if (root_of (b) != NIL)
    g_assert_false (get (b, root_of (b), RED));
  check_tree (b, root_of (b), 0, UINT32_MAX, &count);
  g_assert_cmpuint (count, ==, expected);
}

#define INSERTS 600

/* The digest after each step, written down on the way forward. */
static void
record_hashes (struct bench *b, GArray *hashes)
{
  uint64_t end = b->tape.end_step;

  for (uint64_t n = hashes->len; n <= end; n++) {
    g_assert_true (vm_tape_seek (&b->tape, n));
    uint64_t hash = vm_state_hash (&b->tape);
    g_array_append_val (hashes, hash);
  }
}

static void
test_tree (void)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  g_autofree uint64_t *ends = g_new0 (uint64_t, INSERTS + 1);
  struct bench b;
  uint64_t seed = 31;

  bench_init (&b);
  for (uint32_t i = 1; i <= INSERTS; i++) {
    /* Rising keys first: without repair the tree would be a list. */
    insert (&b, i, i < 100 ? i : (uint32_t) random_below (&seed, 1000));
    check_whole_tree (&b, i);
    uint64_t hash = vm_state_hash (&b.tape);
    record_hashes (&b, hashes);
    g_assert_cmphex (g_array_index (hashes, uint64_t, hashes->len - 1), ==,
                     hash);
    ends[i] = b.tape.end_step;
  }
  for (uint32_t i = 0; i < 5000; i++) {
    uint64_t n = random_below (&seed, hashes->len);
    g_assert_true (vm_tape_seek (&b.tape, n));
    g_assert_cmphex (vm_state_hash (&b.tape), ==,
                     g_array_index (hashes, uint64_t, n));
  }
  for (uint32_t i = 0; i <= INSERTS; i++) {
    uint32_t inserts = (uint32_t) random_below (&seed, INSERTS + 1);
    g_assert_true (vm_tape_seek (&b.tape, ends[inserts]));
    check_whole_tree (&b, inserts);
  }
  bench_done (&b);
}

#define FRAMES 6
#define SWAPS 300

struct memory {
  uint8_t bytes[FRAMES][VM_PAGE_SIZE];
};

/* Changes a page in the machine and in the plain copy. */
static void
change_page (struct bench *b, struct memory *plain, uint64_t *seed)
{
  uint32_t to = (uint32_t) random_below (seed, FRAMES);
  uint32_t from = (uint32_t) random_below (seed, FRAMES);
  uint32_t at = (uint32_t) random_below (seed, VM_PAGE_SIZE / 8) * 8;
  uint64_t value = random_next (seed);

  switch (random_below (seed, 4)) {
  case 0:
    vm_memory_zero (&b->tape, b->state,
                    vm_frame_start (vm_frame_of (to), VM_SLOT_SHIFT),
                    VM_SLOT_SIZE);
    memset (plain->bytes[to], 0, VM_PAGE_SIZE);
    return;
  case 1:
    vm_memory_copy (
        &b->tape, b->state, vm_frame_start (vm_frame_of (to), VM_SLOT_SHIFT),
        vm_frame_start (vm_frame_of (from), VM_SLOT_SHIFT), VM_SLOT_SIZE);
    memmove (plain->bytes[to], plain->bytes[from], VM_PAGE_SIZE);
    return;
  case 2:
    for (uint32_t i = 0; i < VM_PAGE_SIZE; i++)
      plain->bytes[to][i] = (uint8_t) (value >> i % 57);
    vm_memory_write (&b->tape, b->state,
                     vm_frame_start (vm_frame_of (to), VM_SLOT_SHIFT), 1, 1);
    vm_put_page (&b->tape,
                 vm_memory_bytes (b->state, vm_frame_start (vm_frame_of (to),
                                                            VM_SLOT_SHIFT)),
                 plain->bytes[to]);
    return;
  default:
    vm_memory_write (&b->tape, b->state,
                     vm_paddr_of ((uint64_t) to << VM_PAGE_SHIFT | at), 8,
                     value);
    memcpy (plain->bytes[to] + at, &value, 8);
  }
}

static void
compare_memory (const struct bench *b, const struct memory *plain)
{
  for (uint32_t i = 0; i < FRAMES; i++)
    g_assert_cmpmem (vm_memory_bytes (b->state, vm_frame_start (vm_frame_of (i),
                                                                VM_SLOT_SHIFT)),
                     VM_PAGE_SIZE, plain->bytes[i], VM_PAGE_SIZE);
}

/* Whole pages, exchanged forward and back, byte for byte. */
static void
test_pages (void)
{
  g_autofree struct memory *plain = g_new0 (struct memory, SWAPS + 1);
  struct bench b;
  uint64_t seed = 32;

  bench_init (&b);
  for (uint32_t i = 1; i <= SWAPS; i++) {
    plain[i] = plain[i - 1];
    if (i % 10 == 1)
      vm_tape_open_operation (&b.tape);
    vm_step_leaf (&b.tape, VM_STEP_DATA, (uint64_t[VM_STEP_VALUES]){i});
    change_page (&b, &plain[i], &seed);
    compare_memory (&b, &plain[i]);
  }
  for (uint32_t i = 0; i < 3000; i++) {
    uint64_t n = random_below (&seed, SWAPS + 1);
    g_assert_true (vm_tape_seek (&b.tape, n));
    compare_memory (&b, &plain[n]);
  }
  bench_done (&b);
}

/* Digests see each byte, wherever it lies, and both ends of a store that
 * straddles two pages of the block. */
static void
test_hash (void)
{
  struct bench b;
  uint64_t seed = 33;

  bench_init (&b);
  vm_tape_open_operation (&b.tape);
  vm_step_leaf (&b.tape, VM_STEP_DATA, (uint64_t[VM_STEP_VALUES]){0});
  g_assert_cmphex (vm_state_hash (&b.tape), ==, 0);
  for (uint32_t i = 0; i < 300; i++) {
    uint64_t before = vm_state_hash (&b.tape);
    size_t at = random_below (&seed, sizeof (struct vm_state) - 8);
    if (i % 2)
      at = (at | (VM_PAGE_SIZE - 1)) - random_below (&seed, 8);
    at = MIN (at, sizeof (struct vm_state) - 8);
    const uint8_t *place = (const uint8_t *) b.state + at;
    uint8_t byte = i % 2 ? 7 : 0;
    vm_put_bytes (&b.tape, place, 8, UINT64_C (1) << 8 * byte);
    g_assert_cmphex (vm_state_hash (&b.tape), !=, before);
    vm_put_bytes (&b.tape, place, 8, 0);
    g_assert_cmphex (vm_state_hash (&b.tape), ==, before);
    if (i % 16 == 0)
      vm_put_bytes (&b.tape, place, 8, random_next (&seed));
  }
  bench_done (&b);
}

/* A page that straddles two pages of the block is kept as a whole. */
static void
test_touched (void)
{
  struct bench a, b;
  uint8_t page[VM_PAGE_SIZE];

  bench_init (&a);
  bench_init (&b);
  vm_tape_open_operation (&a.tape);
  vm_step_leaf (&a.tape, VM_STEP_DATA, (uint64_t[VM_STEP_VALUES]){0});
  for (uint32_t end = 0; end < 2; end++) {
    memset (page, 0, sizeof page);
    page[end == 0 ? 0 : VM_PAGE_SIZE - 1] = 1;
    vm_put_page (&a.tape, a.state->bytes[7], page);
    g_assert_false (vm_state_equal (&a.tape, &b.tape));
    g_assert_false (vm_state_equal (&b.tape, &a.tape));
    g_assert_cmphex (vm_state_hash (&a.tape), !=, 0);
  }
  memset (page, 0, sizeof page);
  vm_put_page (&a.tape, a.state->bytes[7], page);
  g_assert_true (vm_state_equal (&a.tape, &b.tape));
  g_assert_cmphex (vm_state_hash (&a.tape), ==, 0);
  bench_done (&b);
  bench_done (&a);
}

/* A snapshot brings the bytes back and goes on counting where it was taken. */
static void
test_snapshot (void)
{
  struct vm_snapshot kept;
  struct bench b;

  bench_init (&b);
  insert (&b, 1, 10);
  insert (&b, 2, 20);
  uint64_t hash = vm_state_hash (&b.tape), step = b.tape.end_step;
  g_assert_true (vm_snapshot_take (&kept, &b.tape));
  g_assert_cmpuint (vm_snapshot_bytes (&kept), <, 16 << 10);

  insert (&b, 3, 30);
  vm_memory_write (&b.tape, b.state, vm_paddr_of (0xfffffff), 1, 7);
  g_assert_cmphex (vm_state_hash (&b.tape), !=, hash);
  vm_snapshot_restore (&kept, &b.tape);
  g_assert_cmphex (vm_state_hash (&b.tape), ==, hash);
  assert_same_state (&b.tape, &kept);
  g_assert_cmpuint (b.tape.first_step, ==, step);
  g_assert_cmpuint (b.tape.end_step, ==, step);
  g_assert_cmpuint (b.tape.end_operation, ==, 2);
  g_assert_false (vm_tape_seek (&b.tape, step - 1));

  insert (&b, 3, 30);
  check_whole_tree (&b, 3);
  g_assert_true (vm_tape_seek (&b.tape, step));
  g_assert_cmphex (vm_state_hash (&b.tape), ==, hash);
  vm_snapshot_done (&kept);
  bench_done (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rewind/tree", test_tree);
  g_test_add_func ("/rewind/pages", test_pages);
  g_test_add_func ("/rewind/hash", test_hash);
  g_test_add_func ("/rewind/touched", test_touched);
  g_test_add_func ("/rewind/snapshot", test_snapshot);
  return g_test_run ();
}
