/* The buddy system: splits, merges, zones, reserves; and a naive model that
 * knows only which frames are free. */
#include "support.h"

#include "mm/buddy.h"
#include "mm/frames.h"
#include "mm/gfp.h"

#define SMALL "machine geometry=x86-64 memory=16M buddy=on"

static struct vm_machine *
new_machine (const char *line)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", line);
  assert_holds (m, VM_CHECK_ALL);
  return m;
}

static uint32_t
blocks (const struct vm_machine *m, enum vm_zone zone, uint32_t order)
{
  return vm_buddy_list_of (vm_machine_state (m), zone, order)->blocks;
}

static const struct vm_buddy_counts *
counts (const struct vm_machine *m)
{
  return &vm_machine_state (m)->buddy_counts;
}

/* Steps of a kind that the latest operation took. */
static uint32_t
told (const struct vm_machine *m, const struct vm_result *result,
      enum vm_step_kind kind)
{
  uint32_t count = 0;

  for (uint64_t n = result->first_step; n < result->end_step; n++)
    count += vm_machine_step (m, n)->kind == kind;
  return count;
}

/* 4,096 frames, of which frame 0 is the kernel's: one block of each order, and
 * three of the highest. */
static void
test_begin (void)
{
  struct vm_machine *m = new_machine (SMALL);

  for (uint32_t order = 0; order < VM_BUDDY_MOST; order++)
    g_assert_cmpuint (blocks (m, VM_ZONE_DMA, order), ==, 1);
  g_assert_cmpuint (blocks (m, VM_ZONE_DMA, VM_BUDDY_MOST), ==, 3);
  g_assert_cmpuint (blocks (m, VM_ZONE_DMA32, 0), ==, 0);
  vm_machine_free (m);
}

/* Zones of a large machine, and how little of the host it touches at first. */
static void
test_large (void)
{
  struct vm_machine *small = new_machine (SMALL);
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=4G buddy=on");
  const struct vm_state *s = vm_machine_state (m);

  g_assert_cmpuint (s->free_count, ==, (1 << 20) - 1);
  g_assert_cmpuint (blocks (m, VM_ZONE_DMA, VM_BUDDY_MOST), ==, 3);
  g_assert_cmpuint (blocks (m, VM_ZONE_DMA32, VM_BUDDY_MOST), ==, 1020);
  g_assert_cmpuint (vm_machine_bytes (m), <,
                    vm_machine_bytes (small) + (256 << 10));
  vm_machine_free (small);
  vm_machine_free (m);
}

/* One frame out of a block of eight: three splits; back: three merges. */
static void
test_split_and_merge (void)
{
  struct vm_machine *m = new_machine (SMALL);
  const struct vm_result *result;

  /* Orders 0, 1 and 2 are used up first. */
  for (uint32_t order = 0; order < 3; order++) {
    result = run (m, "get_pages order=%u", order);
    g_assert_cmpuint (told (m, result, VM_STEP_BLOCK_SPLIT), ==, 0);
    g_assert_cmphex (result->translation.pa.v, ==, UINT64_C (0x1000) << order);
  }
  result = run (m, "get_pages");
  g_assert_cmphex (result->translation.pa.v, ==, 0x8000);
  g_assert_cmphex (result->value, ==, UINT64_C (0xffff888000008000));
  g_assert_cmpuint (told (m, result, VM_STEP_BLOCK_SPLIT), ==, 3);
  for (uint32_t order = 0; order < 3; order++)
    g_assert_cmpuint (blocks (m, VM_ZONE_DMA, order), ==, 1);
  g_assert_cmpuint (blocks (m, VM_ZONE_DMA, 3), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  result = run (m, "free_pages va=0xffff888000008000");
  g_assert_cmpuint (told (m, result, VM_STEP_BLOCK_MERGE), ==, 3);
  g_assert_cmpuint (blocks (m, VM_ZONE_DMA, 3), ==, 1);
  g_assert_cmpuint (counts (m)->splits, ==, 3);
  g_assert_cmpuint (counts (m)->merges, ==, 3);
  g_assert_cmpuint (counts (m)->taken[0], ==, 2);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Every step of a split is a state that can be stood in. */
static void
test_every_step (void)
{
  struct vm_machine *m = new_machine (SMALL);

  run (m, "process name=A layout=linux");
  run (m, "mmap process=A length=64K populate=on");
  run (m, "kmalloc size=100");
  run (m, "exit process=A");
  for (uint64_t n = 0; n <= vm_machine_step_count (m); n++) {
    g_assert_true (vm_machine_seek (m, n));
    assert_holds (m, VM_CHECK_LINKS);
  }
  vm_machine_free (m);
}

/* Whoever names a frame gets just that one out of its block. */
static void
test_named (void)
{
  struct vm_machine *m = new_machine (SMALL);
  const struct vm_result *result;
  uint32_t order;

  run (m, "process name=A");
  result = run (m, "map process=A va=0x400000 frame=0x805 flags=rw");
  g_assert_cmpuint (told (m, result, VM_STEP_BLOCK_SPLIT), >=, 10);
  g_assert_cmpuint (vm_buddy_holder (vm_machine_state (m), 0x804, &order), ==,
                    0x804);
  g_assert_cmpuint (order, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  result = run (m, "unmap process=A va=0x400000");
  g_assert_cmpuint (told (m, result, VM_STEP_BLOCK_MERGE), ==, 10);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* mm/vmstat.c, by hand: frames 0, 2, 4 ... of 64 are free, each alone. */
static void
test_fragmentation (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=256K buddy=on");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "process name=A");
  run (m, "map process=A va=0 frame=1 flags=r");
  g_assert_cmpint (vm_buddy_fragmentation (s, VM_ZONE_DMA, 5), ==, -1000);
  for (uint32_t f = 3; f < 64; f += 2)
    if (s->frames[f].role == VM_FRAME_FREE)
      run (m, "map process=A va=%u frame=%u flags=r", f << 12, f);
  uint32_t free = s->free_count;
  g_assert_cmpuint (blocks (m, VM_ZONE_DMA, 0), ==, free);
  /* requested 2: 1000 - (1000 + free * 1000 / 2) / free */
  g_assert_cmpint (vm_buddy_fragmentation (s, VM_ZONE_DMA, 1), ==,
                   1000 - (int32_t) ((1000 + free * 500) / free));
  g_assert_cmpint (vm_buddy_fragmentation (s, VM_ZONE_DMA, 0), ==, -1000);
  g_assert_cmpint (vm_buddy_fragmentation (s, VM_ZONE_NORMAL, 0), ==, 0);
  g_assert_cmpuint (vm_buddy_unusable (s, VM_ZONE_DMA, 1), ==, 1000);
  g_assert_cmpuint (vm_buddy_unusable (s, VM_ZONE_DMA, 0), ==, 0);
  g_assert_cmpuint (vm_buddy_unusable (s, VM_ZONE_NORMAL, 0), ==, 1000);
  g_assert_cmpint (run (m, "get_pages order=1")->refused, ==, VM_ENOMEM);
  g_assert_cmpuint (counts (m)->refused, ==, 1);
  vm_machine_free (m);
}

/* Where each flag leads, and where it may fall back to. */
static void
test_zones (void)
{
  static const struct {
    const char *machine, *gfp;
    enum vm_zone zone;
  } cases[] = {
      {"geometry=x86-32 memory=1G", "GFP_KERNEL", VM_ZONE_NORMAL},
      {"geometry=x86-32 memory=1G", "GFP_ATOMIC", VM_ZONE_NORMAL},
      {"geometry=x86-32 memory=1G", "GFP_DMA", VM_ZONE_DMA},
      {"geometry=x86-32 memory=1G", "GFP_DMA32", VM_ZONE_NORMAL},
      {"geometry=x86-32 memory=1G", "GFP_HIGHUSER", VM_ZONE_HIGHMEM},
      {"geometry=x86-32 memory=512M", "GFP_HIGHUSER", VM_ZONE_NORMAL},
      {"geometry=x86-64 memory=64M", "GFP_KERNEL", VM_ZONE_DMA32},
      {"geometry=x86-64 memory=64M", "GFP_DMA32", VM_ZONE_DMA32},
      {"geometry=x86-64 memory=64M", "GFP_HIGHUSER", VM_ZONE_DMA32},
      {"geometry=x86-64 memory=8M", "GFP_KERNEL", VM_ZONE_DMA},
      {"geometry=sv39 memory=64M", "GFP_DMA", VM_ZONE_DMA32},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line
        = g_strdup_printf ("machine %s buddy=on", cases[i].machine);
    struct vm_machine *m = new_machine (line);
    const struct vm_result *result = run (m, "get_pages gfp=%s", cases[i].gfp);
    uint64_t frame = result->translation.pa.v >> 12;
    g_assert_cmpuint (vm_zone_of (vm_machine_state (m), frame), ==,
                      cases[i].zone);
    g_assert_cmpint (result->value == 0, ==, cases[i].zone == VM_ZONE_HIGHMEM);
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

/* Fills a zone until GFP_KERNEL gets no more, then GFP_ATOMIC. */
static void
test_reserve (void)
{
  struct vm_machine *m = new_machine (
      "machine geometry=x86-64 memory=16M buddy=on watermark-min=64");
  const struct vm_state *s = vm_machine_state (m);

  while (run (m, "get_pages gfp=GFP_KERNEL")->refused == 0)
    ;
  g_assert_cmpuint (s->free_count, ==, 64);
  const struct vm_result *result = run (m, "get_pages gfp=GFP_ATOMIC");
  g_assert_cmpint (result->refused, ==, 0);
  const struct vm_step *last = vm_machine_step (m, result->first_step + 2);
  g_assert_cmpint (last->kind, ==, VM_STEP_ZONE_TRY);
  g_assert_cmpuint (last->values[VM_V_TRY_VERDICT], ==, VM_ZONE_TAKES_MIN);
  while (run (m, "get_pages gfp=GFP_ATOMIC")->refused == 0)
    ;
  /* 64 less half, less a quarter of what is left. */
  g_assert_cmpuint (s->free_count, ==, 24);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What could come from a higher zone leaves memory for old devices alone: of
 * 64 MiB a 256th part of what lies above. */
static void
test_fallback (void)
{
  struct vm_machine *m = new_machine (
      "machine geometry=x86-64 memory=64M buddy=on watermark-min=64");
  const struct vm_state *s = vm_machine_state (m);

  while (run (m, "get_pages")->refused == 0)
    ;
  g_assert_cmpuint (counts (m)->fallbacks, >, 0);
  g_assert_cmpuint (vm_zone_reserve (s, VM_ZONE_DMA, VM_ZONE_NORMAL), ==,
                    12288 / 256);
  g_assert_cmpuint (vm_buddy_free (s, VM_ZONE_DMA32), ==, 48);
  g_assert_cmpuint (vm_buddy_free (s, VM_ZONE_DMA), ==, 16 + 12288 / 256);
  g_assert_cmpint (run (m, "get_pages gfp=GFP_DMA")->refused, ==, 0);
  vm_machine_free (m);
}

/* A page of a process falls back, too, when its zone is empty. */
static void
test_fallback_of_pages (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-32 memory=900M buddy=on");

  run (m, "process name=A layout=linux");
  const struct vm_result *result
      = run (m, "mmap process=A length=8M populate=on");
  g_assert_cmpuint (result->refused, ==, 0);
  g_assert_cmpuint (vm_buddy_free (vm_machine_state (m), VM_ZONE_HIGHMEM), ==,
                    0);
  g_assert_cmpuint (told (m, result, VM_STEP_ZONE_TRY), ==, 1024);
  g_assert_cmpuint (counts (m)->fallbacks, ==, 1024);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Who may wait has pages of processes go to swap. */
static void
test_reclaim (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=2M buddy=on reclaim=linux "
                     "watermark-min=16 watermark-low=24 watermark-high=32");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "swapon size=4M");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A length=1600K populate=on");
  assert_holds (m, VM_CHECK_ALL);
  for (uint32_t i = 0; i < 100; i++) {
    g_assert_cmpint (run (m, "get_pages")->refused, ==, 0);
    assert_holds (m, VM_CHECK_ALL);
  }
  g_assert_cmpuint (s->counters.swap_out, >, 0);
  vm_machine_free (m);
}

/* A window of a device among the frames: the blocks follow. */
static void
test_windows (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=16M buddy=on windows=pc");

  run (m, "window name=card kind=device start=0x800000 size=0x3000");
  assert_holds (m, VM_CHECK_ALL);
  run (m, "window name=card2 kind=ram start=0x801000 size=0x1000");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The free frames of a machine, and what was given. */
struct model {
  struct vm_tape *t; /* none: nothing is recorded */
  const struct vm_state *s;
  GArray *live;
  uint8_t *used;
  uint32_t frames;
};

struct piece {
  uint32_t first, count;
};

static void
model_give (struct model *m, uint64_t *seed)
{
  struct piece p = {.count = 1u << random_below (seed, 6)};
  struct vm_frame_use use
      = {.role = random_chance (seed, 50) ? VM_FRAME_DATA : VM_FRAME_KERNEL,
         .owner = VM_NONE,
         .count = p.count};
  vm_frame frame;

  if (random_chance (seed, 20))
    use.count = p.count = 1 + (uint32_t) random_below (seed, 40);
  if (!vm_frames_take (m->t, m->s, &use, &frame))
    return;
  p.first = (uint32_t) frame.v;
  for (uint32_t f = p.first; f < p.first + p.count; f++) {
    g_assert_cmpuint (f, <, m->frames);
    g_assert_cmpuint (m->used[f], ==, 0);
    m->used[f] = 1;
  }
  g_array_append_val (m->live, p);
}

static void
model_take_back (struct model *m, guint index)
{
  struct piece p = g_array_index (m->live, struct piece, index);

  vm_frames_put (m->t, m->s, vm_frame_of (p.first), p.count);
  memset (m->used + p.first, 0, p.count);
  g_array_remove_index_fast (m->live, index);
}

/* The blocks hold just the frames that nobody has. */
static void
model_compare (const struct model *m)
{
  for (uint32_t f = 0; f < m->frames; f++) {
    uint32_t order;
    bool free = vm_buddy_holder (m->s, f, &order) != VM_NONE;
    g_assert_cmpint (free, ==, m->used[f] == 0);
  }
}

/* Random requests of one to 40 frames and their return; in the end all is one
 * row of large blocks again. */
static void
random_requests (const char *machine, uint32_t operations, uint64_t seed)
{
  struct vm_machine *machine_of = new_machine (machine);
  const struct vm_state *s = vm_machine_state (machine_of);
  struct model m = {NULL, s, g_array_new (FALSE, FALSE, sizeof (struct piece)),
                    g_malloc0 (s->config.frames), s->config.frames};
  struct vm_buddy_list *before
      = g_memdup2 (s->buddy_lists, sizeof s->buddy_lists);

  for (uint32_t f = 0; f < m.frames; f++)
    m.used[f] = s->frames[f].role != VM_FRAME_FREE;
  for (uint32_t i = 0; i < operations; i++) {
    /* Now mostly more, then mostly less. */
    if (m.live->len == 0 || random_chance (&seed, i / 1000 % 2 ? 65 : 40))
      model_give (&m, &seed);
    else
      model_take_back (&m, (guint) random_below (&seed, m.live->len));
    if (i % (operations / 20) == 0) {
      model_compare (&m);
      assert_holds (machine_of, VM_CHECK_LINKS);
    }
  }
  while (m.live->len > 0)
    model_take_back (&m, m.live->len - 1);
  model_compare (&m);
  for (uint32_t i = 0; i < VM_BUDDY_ZONES * VM_BUDDY_ORDERS; i++)
    g_assert_cmpuint (s->buddy_lists[i].blocks, ==, before[i].blocks);
  assert_holds (machine_of, VM_CHECK_ALL);
  g_array_unref (m.live);
  g_free (m.used);
  g_free (before);
  vm_machine_free (machine_of);
}

/* As many as the environment says; usually a few. */
static void
test_random (void)
{
  const char *many = g_getenv ("PAGEWALK_OPERATIONS");
  uint32_t operations
      = many == NULL ? 20000 : (uint32_t) g_ascii_strtoull (many, NULL, 10);

  random_requests ("machine geometry=x86-64 memory=8M buddy=on", operations, 1);
  random_requests ("machine geometry=x86-32 memory=920M buddy=on", operations,
                   2);
}

/* Processes of all kinds on blocks: nothing else changes. */
static void
test_rewind (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=8M buddy=on");
  struct vm_snapshot kept = {0};

  run (m, "process name=A layout=linux");
  g_assert_true (vm_snapshot_take (&kept, vm_machine_tape (m)));
  uint64_t at = vm_machine_step_count (m);
  run (m, "mmap process=A length=128K populate=on");
  run (m, "fork process=A name=B");
  run (m, "kmalloc size=3000");
  run (m, "exit process=A");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_true (vm_machine_seek (m, at));
  assert_same_state (vm_machine_tape (m), &kept);
  vm_snapshot_done (&kept);
  vm_machine_free (m);
}

/* A large page is split where a part of it is protected, and where a part is
 * written that others have, too. */
static void
test_huge (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=32M buddy=on");
  const struct vm_result *result;

  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x40000000 length=4M fixed=on");
  run (m, "madvise process=A va=0x40000000 length=4M advice=hugepage");
  run (m, "access process=A va=0x40000000 kind=write");
  run (m, "access process=A va=0x40200000 kind=write");
  g_assert_cmpuint (counts (m)->taken[9], ==, 2);
  g_assert_cmpuint (counts (m)->huge_splits, ==, 0);
  result = run (m, "mprotect process=A va=0x40001000 length=4K prot=r");
  g_assert_cmpuint (told (m, result, VM_STEP_HUGE_SPLIT), ==, 1);
  run (m, "fork process=A name=B");
  g_assert_cmpuint (counts (m)->huge_splits, ==, 1);
  result = run (m, "access process=B va=0x40200000 kind=write");
  g_assert_true (result->translation.ok);
  g_assert_cmpuint (told (m, result, VM_STEP_HUGE_SPLIT), ==, 1);
  g_assert_cmpuint (counts (m)->huge_splits, ==, 2);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "exit process=A");
  run (m, "exit process=B");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/buddy/begin", test_begin);
  g_test_add_func ("/buddy/large", test_large);
  g_test_add_func ("/buddy/split-and-merge", test_split_and_merge);
  g_test_add_func ("/buddy/every-step", test_every_step);
  g_test_add_func ("/buddy/named", test_named);
  g_test_add_func ("/buddy/fragmentation", test_fragmentation);
  g_test_add_func ("/buddy/zones", test_zones);
  g_test_add_func ("/buddy/reserve", test_reserve);
  g_test_add_func ("/buddy/fallback", test_fallback);
  g_test_add_func ("/buddy/fallback-of-pages", test_fallback_of_pages);
  g_test_add_func ("/buddy/reclaim", test_reclaim);
  g_test_add_func ("/buddy/windows", test_windows);
  g_test_add_func ("/buddy/huge", test_huge);
  g_test_add_func ("/buddy/random", test_random);
  g_test_add_func ("/buddy/rewind", test_rewind);
  return g_test_run ();
}
