/* The checker's rules about blocks, slabs, the direct map, lists of frames and
 * books of policies, broken where the place has to be looked for. */
#include "support.h"

#include "machine/check_buddy.h"
#include "machine/check_kernel.h"
#include "machine/check_swap.h"
#include "mm/buddy.h"
#include "mm/entries.h"
#include "mm/frames.h"
#include "mm/kernel.h"
#include "mm/kmalloc.h"
#include "mm/lru.h"
#include "mm/resident_set.h"
#include "mm/slab.h"

static const char *const blocks[]
    = {"machine geometry=x86-64 memory=20484K buddy=on", "get_pages order=0",
       "get_pages order=2", NULL};
static const char *const slabs[]
    = {"machine geometry=x86-64 memory=16M buddy=on cpus=2",
       "kmalloc size=2000",
       "kmalloc size=2000",
       "kmalloc size=100",
       "get_pages order=1",
       "kmalloc size=4096",
       "kmalloc size=4096",
       "kmalloc size=4096",
       "kmalloc size=4096",
       "kmalloc size=4096",
       "kmalloc size=4096",
       "kmalloc size=4096",
       "kmalloc size=4096",
       "kmalloc size=4096",
       NULL};
static const char *const half[] = {"machine geometry=x86-32 memory=1G buddy=on",
                                   "kernel version=4.0", "vmalloc bytes=9000",
                                   "kmap frame=0x38000", NULL};
static const char *const lists[]
    = {"machine geometry=x86-64 memory=1M reclaim=linux",
       "swapon size=64K",
       "file name=F size=16K cached=on",
       "process name=A layout=linux",
       "mmap process=A va=0x40000000 length=32K fixed=on populate=on",
       "mlock process=A va=0x40006000 length=4K",
       NULL};
static const char *const one_set[]
    = {"machine geometry=x86-64 memory=1M reclaim=lru", "swapon size=64K",
       "process name=A layout=linux",
       "mmap process=A va=0x40000000 length=32K fixed=on populate=on", NULL};
static const char *const sets[]
    = {"machine geometry=x86-64 memory=1M reclaim=lru scope=local resident=4",
       "swapon size=64K", "process name=A layout=linux",
       "mmap process=A va=0x40000000 length=32K fixed=on populate=on", NULL};

/* The first block of an order of the highest zone of those machines. */
static uint32_t
first_block (const struct vm_state *s, enum vm_zone zone, uint32_t order)
{
  uint32_t f = vm_buddy_list_of (s, zone, order)->first;

  g_assert_cmpuint (f, !=, 0);
  return f;
}

static struct vm_buddy_list *
list (struct vm_state *s, enum vm_zone zone, uint32_t order)
{
  return (struct vm_buddy_list *) (uintptr_t) vm_buddy_list_of (s, zone, order);
}

static struct vm_buddy_block *
block (struct vm_state *s, uint32_t frame, uint32_t order)
{
  return (struct vm_buddy_block *) (uintptr_t) vm_buddy_block_at (s, frame,
                                                                  order);
}

/* Frames 1024 to 5120 are DMA32's, and none is at 1024 beyond those. */
static void
before_zone (struct vm_state *s)
{
  list (s, VM_ZONE_DMA32, 10)->first = 1024;
}

static void
behind_zone (struct vm_state *s)
{
  list (s, VM_ZONE_DMA, 10)->first = 4096;
}

static void
behind_memory (struct vm_state *s)
{
  list (s, VM_ZONE_DMA32, 10)->first = 5120;
}

static void
too_many_blocks (struct vm_state *s)
{
  list (s, VM_ZONE_DMA, 10)->blocks--;
}

static void
block_not_free (struct vm_state *s)
{
  block (s, first_block (s, VM_ZONE_DMA, 10), 10)->free = 0;
}

static void
block_previous (struct vm_state *s)
{
  block (s, first_block (s, VM_ZONE_DMA, 10), 10)->previous = 9;
}

static void
free_count (struct vm_state *s)
{
  s->free_count++;
}

/* A block leaves its list, and nobody has its frames. */
static void
frames_lost (struct vm_state *s)
{
  uint32_t f = first_block (s, VM_ZONE_DMA, 10);

  vm_buddy_remove (NULL, s, f, 1024);
  s->free_count -= 1024;
}

static void
frame_in_block (struct vm_state *s)
{
  s->frames[first_block (s, VM_ZONE_DMA, 10) + 7].role = VM_FRAME_DATA;
}

static void
block_begins_in_use (struct vm_state *s)
{
  s->frames[first_block (s, VM_ZONE_DMA, 10)].role = VM_FRAME_DATA;
}

static void
buddies_apart (struct vm_state *s)
{
  vm_buddy_open (NULL, s, first_block (s, VM_ZONE_DMA, 10), 512);
}

/* A slab that is no processor's, with a free object. */
static uint32_t
slab_of_class (const struct vm_state *s, uint32_t size)
{
  for (uint32_t i = 1; i <= s->slab_end; i++)
    if (s->caches[s->slabs[i].cache].size == size)
      return i;
  g_assert_not_reached ();
}

/* Its list of free objects goes in a circle. */
static void
circle (struct vm_state *s)
{
  const struct vm_slab_record *slab = &s->slabs[slab_of_class (s, 128)];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];
  uint64_t offset = slab->free - UINT64_C (0xffff888000000000);

  vm_memory_write (NULL, s, vm_paddr_of (offset + cache->size / 2), 8,
                   slab->free);
}

/* A full slab gets an object back: it is the only one in its list. */
static uint32_t
make_partial (struct vm_state *s)
{
  uint32_t first = slab_of_class (s, 4096);

  g_assert_cmpint (vm_slab_state_of (s, first), ==, VM_SLAB_FULL);
  g_assert_true (vm_kfree (NULL, s,
                           ((uint64_t) s->slabs[first].frame << VM_PAGE_SHIFT)
                               + UINT64_C (0xffff888000000000)));
  g_assert_true (s->slabs[first].listed);
  return first;
}

static void
partial_previous (struct vm_state *s)
{
  s->slabs[make_partial (s)].previous = 77;
}

static void
partial_listed (struct vm_state *s)
{
  s->slabs[make_partial (s)].listed = 0;
}

/* The list of partial slabs goes in a circle. */
static void
partial_circle (struct vm_state *s)
{
  uint32_t first = make_partial (s);

  s->slabs[first].next = first;
  s->slabs[first].previous = first;
}

static void
grant_vanishes (struct vm_state *s)
{
  uint32_t cache = 0;

  while (s->caches[cache].used != 1)
    cache++;
  for (uint32_t i = 1; i <= s->grant_end; i++) {
    struct vm_grant *grant = &s->grants[i];
    if (grant->kind == VM_GRANT_OBJECT
        && s->slabs[grant->order].cache == cache) {
      s->caches[cache].asked -= grant->asked;
      grant->kind = VM_GRANT_NONE;
      return;
    }
  }
  g_assert_not_reached ();
}

static void
grant_outside (struct vm_state *s)
{
  for (uint32_t i = 1; i <= s->grant_end; i++)
    if (s->grants[i].kind == VM_GRANT_PAGES)
      s->grants[i].address = UINT64_C (1) << 30;
}

/* Writes a small entry of the kernel's half; frame 0: clears it. */
static void
put_entry (struct vm_state *s, uint64_t va, uint32_t frame)
{
  struct vm_pte pte = {.raw = 0};
  uint32_t index;
  vm_frame table;

  if (frame != 0)
    pte = vm_kernel_leaf (s, vm_frame_of (frame), true, false);
  g_assert_true (vm_kernel_entry (s, vm_vaddr_of (va), &table, &index));
  vm_kernel_put_entry (NULL, s, table, index, &pte);
}

static void
direct_elsewhere (struct vm_state *s)
{
  put_entry (s, 0xc0200000, 0x333);
}

static void
direct_shorter (struct vm_state *s)
{
  put_entry (s, 0xf73fd000, 0);
}

static void
direct_longer (struct vm_state *s)
{
  put_entry (s, 0xf73fe000, 0x373fe);
}

static void
layout_unknown (struct vm_state *s)
{
  s->kernel.version = VM_KERNEL (99, 0);
}

static uint32_t
oldest (const struct vm_state *s)
{
  for (uint32_t i = 0; i < VM_LRU_NONE; i++)
    if (s->lists[i].oldest != 0)
      return s->lists[i].oldest;
  g_assert_not_reached ();
}

static void
listed_outside (struct vm_state *s)
{
  s->links[oldest (s)].newer = s->config.frames;
}

static void
listed_role (struct vm_state *s)
{
  s->frames[oldest (s)].role = VM_FRAME_KERNEL;
}

static void
listed_nothing (struct vm_state *s)
{
  s->frames[s->lists[VM_LRU_INACTIVE_FILE].oldest].flags &= ~VM_PAGE_FILE;
}

/* A frame that is on no list becomes one that may go. */
static void
not_listed (struct vm_state *s)
{
  s->frames[s->mms[0].root].role = VM_FRAME_DATA;
  s->frames[s->mms[0].root].flags |= VM_PAGE_ANON;
}

static void
unlocked (struct vm_state *s)
{
  s->frames[s->lists[VM_LRU_UNEVICTABLE].oldest].mapping = 0;
}

static struct vm_pool_record *
policy (struct vm_state *s)
{
  return (struct vm_pool_record *) (uintptr_t) vm_set_of (s, 0).record;
}

static void
policy_pages (struct vm_state *s)
{
  policy (s)->used++;
}

static void
policy_books (struct vm_state *s)
{
  policy (s)->lists[0].oldest = policy (s)->lists[0].newest;
}

static bool
buddy_links (const struct vm_state *s, uint32_t *refs,
             struct vm_check_report *report)
{
  return vm_check_buddy_links (s, report);
}

/* Nothing is in swap. */
static bool
swap_counts (const struct vm_state *s, uint32_t *refs,
             struct vm_check_report *report)
{
  g_autofree uint32_t *slots = g_new0 (uint32_t, VM_SWAP_SLOTS);
  g_autofree uint64_t *mms = g_new0 (uint64_t, 2 * VM_MAX_PROCESSES);
  const struct vm_check_swapped found = {slots, mms, mms + VM_MAX_PROCESSES};

  return vm_check_swap_counts (s, &found, report);
}

static bool
whole (const struct vm_state *s, uint32_t *refs, struct vm_check_report *report)
{
  return true;
}

/* What breaks, and which part of the checker is asked: whole stands for all of
 * it, for some rules are about what others would name first. */
static const struct breakage {
  const char *path;
  const char *const *lines;
  void (*destroy) (struct vm_state *s);
  bool (*check) (const struct vm_state *s, uint32_t *refs,
                 struct vm_check_report *report);
  const char *rule;
} breakages[] = {
    {"block/before-zone", blocks, before_zone, buddy_links,
     "a block lies in its zone, aligned"},
    {"block/behind-zone", blocks, behind_zone, buddy_links,
     "a block lies in its zone, aligned"},
    {"block/behind-memory", blocks, behind_memory, buddy_links,
     "a block lies in its zone, aligned"},
    {"block/too-many", blocks, too_many_blocks, buddy_links,
     "a block lies in its zone, aligned"},
    {"block/not-free", blocks, block_not_free, buddy_links,
     "blocks of a list name each other"},
    {"block/previous", blocks, block_previous, buddy_links,
     "blocks of a list name each other"},
    {"block/free-count", blocks, free_count, buddy_links,
     "blocks hold all free frames"},
    {"block/lost", blocks, frames_lost, buddy_links,
     "a free frame is in a block"},
    {"block/in-use", blocks, frame_in_block, buddy_links,
     "all frames of a block are free"},
    {"block/begins-in-use", blocks, block_begins_in_use, buddy_links,
     "a frame in use is in no block"},
    {"block/apart", blocks, buddies_apart, whole,
     "no two free buddies are apart"},
    {"slab/circle", slabs, circle, whole, "a slab's objects are given or free"},
    {"slab/partial", slabs, partial_previous, whole,
     "partial slabs name each other"},
    {"slab/listed", slabs, partial_listed, whole,
     "partial slabs are in their list"},
    {"slab/partial-circle", slabs, partial_circle, whole,
     "partial slabs name each other"},
    {"slab/grant", slabs, grant_vanishes, vm_check_buddy_counts,
     "a cache counts what was given"},
    {"slab/outside", slabs, grant_outside, whole,
     "a frame's count is what refers to it"},
    {"half/elsewhere", half, direct_elsewhere, vm_check_kernel_frames,
     "the direct map is linear"},
    {"half/shorter", half, direct_shorter, vm_check_kernel_frames,
     "the direct map ends with memory"},
    {"half/longer", half, direct_longer, vm_check_kernel_frames,
     "the direct map ends with memory"},
    {"half/unknown", half, layout_unknown, vm_check_kernel_frames,
     "the kernel's layout is known"},
    {"list/outside", lists, listed_outside, whole,
     "a list goes through its frames once"},
    {"list/role", lists, listed_role, swap_counts,
     "only pages that may go are on a list"},
    {"list/nothing", lists, listed_nothing, swap_counts,
     "only pages that may go are on a list"},
    {"list/none", lists, not_listed, swap_counts,
     "pages that may go are on a list"},
    {"list/unlocked", lists, unlocked, whole,
     "only locked pages are unevictable"},
    {"set/pages", one_set, policy_pages, whole,
     "a policy has the pages that are in memory"},
    {"set/books", one_set, policy_books, whole,
     "a list goes through its frames once"},
    {"sets/pages", sets, policy_pages, whole,
     "a policy has the pages that are in memory"},
    {"sets/books", sets, policy_books, whole,
     "a list goes through its frames once"},
};

static void
test_broken (gconstpointer data)
{
  const struct breakage *b = data;
  struct vm_machine *m = vm_machine_new ();
  struct vm_check_report report = {.rule = NULL};

  for (const char *const *line = b->lines; *line != NULL; line++)
    run (m, "%s", *line);
  assert_holds (m, VM_CHECK_ALL);
  b->destroy (writable (m));
  if (b->check == whole)
    g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  else {
    const struct vm_state *s = vm_machine_state (m);
    g_autofree uint32_t *refs = g_new0 (uint32_t, s->config.frames);
    g_assert_false (b->check (s, refs, &report));
  }
  g_assert_cmpstr (report.rule, ==, b->rule);
  vm_machine_free (m);
}

/* Whoever changed entries by hand is answerable for what they say. */
static void
test_edited (void)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_check_report report = {.rule = NULL};

  for (const char *const *line = half; *line != NULL; line++)
    run (m, "%s", *line);
  const struct vm_state *s = vm_machine_state (m);
  g_autofree uint32_t *refs = g_new0 (uint32_t, s->config.frames);
  direct_elsewhere (writable (m));
  writable (m)->config.edited = 1;
  g_assert_true (vm_check_kernel_frames (s, refs, &report));
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (breakages); i++) {
    g_autofree char *path
        = g_strdup_printf ("/check-kernel/%s", breakages[i].path);
    g_test_add_data_func (path, &breakages[i], test_broken);
  }
  g_test_add_func ("/check-kernel/edited", test_edited);
  return g_test_run ();
}
