/* malloc and free, list by list: which chunk is given, by the rules of glibc
 * 2.36, and what a heap does that cannot grow, or is damaged. */
#include "support.h"

#include "process/arena.h"

struct heap {
  struct vm_machine *m;
  const struct vm_state *s;
};

static struct heap
new_heap (const char *machine)
{
  struct heap heap = {.m = vm_machine_new ()};

  heap.s = vm_machine_state (heap.m);
  run (heap.m, "%s", machine);
  run (heap.m, "process name=A layout=linux");
  run (heap.m, "overcommit mode=1");
  return heap;
}

static void
end_heap (struct heap *heap)
{
  assert_holds (heap->m, VM_CHECK_ALL);
  vm_machine_free (heap->m);
}

static uint64_t
take (struct heap *heap, uint64_t bytes)
{
  return run (heap->m, "malloc process=A bytes=%" G_GUINT64_FORMAT, bytes)
      ->value;
}

static enum vm_errno
give (struct heap *heap, uint64_t address)
{
  return (enum vm_errno) run (
             heap->m, "free process=A va=0x%" G_GINT64_MODIFIER "x", address)
      ->refused;
}

static void
give_well (struct heap *heap, uint64_t address)
{
  g_assert_cmpint (give (heap, address), ==, VM_ERRNO_NONE);
}

static void
store (struct heap *heap, uint64_t va, uint64_t value)
{
  run (heap->m,
       "access process=A va=0x%" G_GINT64_MODIFIER
       "x kind=write width=8 value=0x%" G_GINT64_MODIFIER "x",
       va, value);
}

/* Seven of a size lie in the cache, last in, first out; the others in a fast
 * bin, which fills the cache when it serves. */
static void
test_fast (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=4M");
  uint64_t blocks[10];

  for (int i = 0; i < 10; i++)
    blocks[i] = take (&heap, 24);
  for (int i = 0; i < 10; i++)
    give_well (&heap, blocks[i]);
  g_assert_cmpint (give (&heap, blocks[9]), ==, VM_EINVAL);
  g_assert_cmpint (give (&heap, blocks[2]), ==, VM_EINVAL);
  g_assert_cmpuint (heap.s->heaps[0].has_fast, ==, 1);
  for (int i = 6; i >= 0; i--)
    g_assert_cmphex (take (&heap, 24), ==, blocks[i]);
  g_assert_cmphex (take (&heap, 20), ==, blocks[9]);
  g_assert_cmphex (take (&heap, 20), ==, blocks[7]);
  g_assert_cmphex (take (&heap, 20), ==, blocks[8]);
  end_heap (&heap);
}

/* More than the cache and itself: it takes seven, the eighth stays. */
static void
test_fast_over (void)
{
  struct heap heap = new_heap ("machine geometry=x86-32 memory=4M");
  uint64_t blocks[17];

  for (int i = 0; i < 17; i++)
    blocks[i] = take (&heap, 12);
  for (int i = 0; i < 17; i++)
    give_well (&heap, blocks[i]);
  for (int i = 0; i < 7; i++)
    take (&heap, 12);
  g_assert_cmphex (take (&heap, 12), ==, blocks[16]);
  g_assert_cmphex (take (&heap, 12), ==, blocks[9]);
  for (int i = 10; i < 16; i++)
    g_assert_cmphex (take (&heap, 12), ==, blocks[i]);
  g_assert_cmphex (take (&heap, 12), ==, blocks[8]);
  g_assert_cmphex (take (&heap, 12), ==, blocks[7]);
  /* A large request has the fast bins joined, here with the top. */
  for (int i = 0; i < 17; i++)
    give_well (&heap, blocks[i]);
  g_assert_cmphex (take (&heap, 2000), ==, blocks[7]);
  g_assert_cmpuint (heap.s->heaps[0].has_fast, ==, 0);
  end_heap (&heap);
}

/* A small bin serves the oldest and fills the cache likewise. */
static void
test_small (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=4M");
  uint64_t blocks[20];

  for (int i = 0; i < 20; i++) {
    blocks[i] = take (&heap, 200);
    take (&heap, 24);
  }
  for (int i = 0; i < 20; i++)
    give_well (&heap, blocks[i]);
  take (&heap, 3000); /* sorts */
  for (int i = 6; i >= 0; i--)
    g_assert_cmphex (take (&heap, 200), ==, blocks[i]);
  g_assert_cmphex (take (&heap, 200), ==, blocks[7]);
  for (int i = 14; i > 7; i--)
    g_assert_cmphex (take (&heap, 200), ==, blocks[i]);
  g_assert_cmphex (take (&heap, 200), ==, blocks[15]);
  end_heap (&heap);
}

/* Takes chunks of those sizes, each followed by two that keep them apart. */
static void
take_apart (struct heap *heap, const uint64_t *sizes, int count,
            uint64_t *blocks, uint64_t *between)
{
  for (int i = 0; i < count; i++) {
    blocks[i] = take (heap, sizes[i] - 8);
    between[i] = take (heap, 1192);
    take (heap, 1192);
  }
}

/* Large bins are in order of size; the best fit serves, and of equals one that
 * is not the first. */
static void
test_large (void)
{
  static const uint64_t sizes[] = {2016, 2016, 2032, 1984, 2000, 4000, 4000};
  struct heap heap = new_heap ("machine geometry=x86-64 memory=4M");
  uint64_t blocks[7], between[7];

  take_apart (&heap, sizes, 7, blocks, between);
  for (int i = 0; i < 7; i++)
    give_well (&heap, blocks[i]);
  g_assert_cmpint (give (&heap, blocks[3]), ==, VM_EINVAL);
  take (&heap, 6000);
  g_assert_cmphex (take (&heap, 1990), ==, blocks[4]);
  g_assert_cmphex (take (&heap, 2000), ==, blocks[1]);
  give_well (&heap, blocks[1]);
  take (&heap, 6000);
  /* The first of its size goes because its neighbour is joined to it. */
  give_well (&heap, between[0]);
  g_assert_cmphex (take (&heap, 2000), ==, blocks[1]);
  give_well (&heap, between[5]);
  g_assert_cmphex (take (&heap, 3992), ==, blocks[6]);
  g_assert_cmphex (take (&heap, 2024), ==, blocks[2]);
  g_assert_cmphex (take (&heap, 1970), ==, blocks[3]);
  g_assert_cmphex (take (&heap, 5000), ==, blocks[5]);
  end_heap (&heap);
}

/* The largest sizes have a bin of their own. */
static void
test_largest (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=4M");

  give_well (&heap, take (&heap, 2 << 20));
  g_assert_cmpuint (heap.s->heaps[0].mmap_threshold, ==, (2 << 20) + 4096);
  uint64_t first = take (&heap, 900000);
  take (&heap, 24);
  uint64_t second = take (&heap, 1200000);
  take (&heap, 24);
  give_well (&heap, first);
  give_well (&heap, second);
  take (&heap, 1300000);
  g_assert_cmphex (take (&heap, 800000), ==, first);
  g_assert_cmphex (take (&heap, 1199000), ==, second);
  end_heap (&heap);
}

/* A region of its own: with words of 4 bytes its memory is aligned, too. What
 * is freed does not raise the threshold above its limit. */
static void
test_mapped (void)
{
  struct heap heap = new_heap ("machine geometry=x86-32 memory=4M");
  uint32_t regions = heap.s->mms[0].regions;
  uint64_t block = take (&heap, 600000);

  g_assert_cmphex (block % 4096, ==, 16);
  g_assert_cmpuint (heap.s->mms[0].regions, ==, regions + 2);
  give_well (&heap, block);
  g_assert_cmpuint (heap.s->mms[0].regions, ==, regions + 1);
  g_assert_cmpuint (heap.s->heaps[0].mmap_threshold, ==, VM_MMAP_THRESHOLD);
  give_well (&heap, take (&heap, 300000));
  uint64_t threshold = heap.s->heaps[0].mmap_threshold;
  g_assert_cmpuint (threshold, >, 300000);
  writable (heap.m)->heaps[0].mmaps = 65536;
  uint64_t end = heap.s->mms[0].brk;
  take (&heap, 500000);
  g_assert_cmpuint (heap.s->mms[0].brk, >, end);
  end_heap (&heap);

  heap = new_heap ("machine geometry=x86-64 memory=4M");
  give_well (&heap, take (&heap, UINT64_C (33) << 20));
  g_assert_cmpuint (heap.s->heaps[0].mmap_threshold, ==, VM_MMAP_THRESHOLD);
  block = take (&heap, 200000);
  g_assert_cmpuint (take (&heap, UINT64_C (1) << 46), !=, 0);
  g_assert_cmpuint (take (&heap, UINT64_C (1) << 47), ==, 0);
  g_assert_cmpuint (take (&heap, (UINT64_C (1) << 63) - 1), ==, 0);
  end_heap (&heap);
}

/* Somebody else moves the end of the heap: the old top is closed, and what was
 * left of it is free; from then on the new one grows. */
static void
test_foreign_brk (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=4M");
  const struct vm_mm *mm = &heap.s->mms[0];

  uint64_t first = take (&heap, 100);
  uint64_t end = run (heap.m, "brk process=A grow=4K")->value;
  uint64_t other = take (&heap, 130000);
  g_assert_cmphex (other, >, first);
  other = take (&heap, 60000);
  g_assert_cmphex (other, ==, end + 16);
  g_assert_cmphex (mm->brk % 4096, ==, 0);
  uint64_t rest = take (&heap, 4000);
  g_assert_cmphex (rest, <, end);
  /* So little is left of a top that nothing of it is free. */
  uint64_t left = mm->brk - heap.s->heaps[0].top;
  take (&heap, left - 48 - 8);
  run (heap.m, "brk process=A grow=4K");
  end = mm->brk;
  g_assert_cmphex (take (&heap, 120000), ==, end + 16);
  /* A chunk behind the top is not trimmed with it. */
  end = run (heap.m, "brk process=A grow=4K")->value;
  for (int i = 0; i < 3; i++)
    give_well (&heap, take (&heap, 60000));
  g_assert_cmphex (mm->brk, >=, end);
  end_heap (&heap);
}

/* Where brk is refused, mmap gives a megabyte, and again; a heap in pieces is
 * not trimmed. */
static void
test_brk_refused (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=8M");
  const struct vm_mm *mm = &heap.s->mms[0];
  uint64_t blocks[40];

  take (&heap, 100);
  run (heap.m, "mmap process=A va=0x%" G_GINT64_MODIFIER "x length=4K fixed=on",
       mm->brk + 4096);
  uint64_t end = mm->brk;
  for (int i = 0; i < 40; i++)
    blocks[i] = take (&heap, 100000);
  g_assert_cmpuint (heap.s->heaps[0].scattered, ==, 1);
  g_assert_cmphex (blocks[0], <, end);
  g_assert_cmphex (blocks[1], >, end);
  assert_holds (heap.m, VM_CHECK_ALL);
  for (int i = 39; i >= 0; i--)
    give_well (&heap, blocks[i]);
  g_assert_cmphex (mm->brk, ==, end);
  /* brk works again: the heap goes on there. */
  run (heap.m, "munmap process=A va=0x%" G_GINT64_MODIFIER "x length=4K",
       end + 4096);
  for (int i = 0; i < 40; i++)
    blocks[i] = take (&heap, 120000);
  g_assert_cmphex (mm->brk, >, end);
  end_heap (&heap);
}

/* RLIMIT_AS: neither gives anything. */
static void
test_no_memory (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=8M");

  run (heap.m, "limit process=A memory=200K");
  g_assert_cmpuint (run (heap.m, "malloc process=A bytes=100")->refused, ==,
                    VM_ENOMEM);
  run (heap.m, "limit process=A memory=300K");
  uint64_t block = take (&heap, 100);
  g_assert_cmpuint (block, !=, 0);
  g_assert_cmpuint (run (heap.m, "malloc process=A bytes=150000")->refused, ==,
                    VM_ENOMEM);
  for (int i = 0; i < 8; i++)
    give_well (&heap, take (&heap, 24));
  g_assert_cmpuint (take (&heap, 100000), !=, 0);
  g_assert_cmpuint (take (&heap, 100000), ==, 0);
  give_well (&heap, block);
  end_heap (&heap);
}

/* free gives the end of the heap back when 128 KiB are free there, but for as
 * many that it keeps. */
static void
test_trim (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=8M");
  const struct vm_mm *mm = &heap.s->mms[0];
  uint64_t blocks[6];

  take (&heap, 3432);
  give_well (&heap, take (&heap, 70000));
  g_assert_cmpuint (mm->brk - heap.s->heaps[0].top, ==, 131072);
  for (int i = 0; i < 6; i++)
    blocks[i] = take (&heap, 120000);
  uint64_t end = mm->brk;
  for (int i = 5; i >= 0; i--)
    give_well (&heap, blocks[i]);
  g_assert_cmphex (mm->brk, <, end);
  uint64_t spare = mm->brk - heap.s->heaps[0].top;
  g_assert_cmpuint (spare, >=, VM_TOP_PAD);
  g_assert_cmpuint (spare, <, VM_TOP_PAD + 2 * 4096);
  end_heap (&heap);
}

/* What the library notices of a wrong address or a damaged header. */
static void
test_damage (void)
{
  struct heap heap = new_heap ("machine geometry=x86-64 memory=8M");
  uint64_t block = take (&heap, 2000), small = take (&heap, 40);

  g_assert_cmpint (give (&heap, 8), ==, VM_EINVAL);
  g_assert_cmpint (give (&heap, block + 8), ==, VM_EINVAL);
  g_assert_cmpint (give (&heap, heap.s->heaps[0].top + 16), ==, VM_EINVAL);
  store (&heap, block - 8, 17);
  g_assert_cmpint (give (&heap, block), ==, VM_EINVAL);
  store (&heap, block - 8, 0x29);
  g_assert_cmpint (give (&heap, block), ==, VM_EINVAL);
  store (&heap, block - 8, UINT64_MAX - 15);
  g_assert_cmpint (give (&heap, block), ==, VM_EINVAL);
  store (&heap, block - 8, 2017);
  /* The mark of the cache by chance: the chunk is looked for, in vain. */
  uint64_t other = take (&heap, 40);
  give_well (&heap, other);
  store (&heap, small + 8, UINT64_C (0x5ca1ab1e0ddba11d));
  give_well (&heap, small);
  g_assert_cmpint (give (&heap, small), ==, VM_EINVAL);
  g_assert_cmpint (give (&heap, other), ==, VM_EINVAL);
  give_well (&heap, block);
  end_heap (&heap);
}

/* A heap with something in every list. */
static struct vm_machine *
rich_heap (uint64_t *blocks)
{
  static const uint64_t sizes[]
      = {2016, 2016, 2032, 1984, 4000, 208, 208, 20000};
  struct heap heap = new_heap ("machine geometry=x86-64 memory=1M");
  uint64_t between[8], small[20];

  take_apart (&heap, sizes, 8, blocks, between);
  for (int i = 0; i < 20; i++)
    small[i] = take (&heap, 24);
  for (int i = 0; i < 18; i++)
    give_well (&heap, small[i]);
  for (int i = 0; i < 5; i++)
    give_well (&heap, blocks[i]);
  take (&heap, 4100);
  give_well (&heap, between[6]);
  blocks[0] = small[19];
  return heap.m;
}

/* One page of the heap is protected, in turn: every call that comes upon it
 * ends the process by a signal, the others do as ever. */
static void
test_protected (gconstpointer rights)
{
  static const char *const calls[]
      = {"malloc process=A bytes=24",    "malloc process=A bytes=200",
         "malloc process=A bytes=1990",  "malloc process=A bytes=5000",
         "malloc process=A bytes=60000", "free",
         "malloc process=A bytes=110000"};
  uint64_t blocks[8];
  struct vm_machine *m = rich_heap (blocks);
  uint64_t start = vm_machine_state (m)->mms[0].start_brk;
  uint32_t hurt = 0;

  for (uint64_t page = start; page < start + 0xc000; page += 4096)
    for (size_t i = 0; i < G_N_ELEMENTS (calls) * 2; i++) {
      struct vm_machine *copy = vm_machine_clone (m);
      const char *call = calls[i % G_N_ELEMENTS (calls)];
      g_autofree char *line
          = strlen (call) > 4
                ? g_strdup (call)
                : g_strdup_printf ("free process=A va=0x%" G_GINT64_MODIFIER
                                   "x",
                                   blocks[i < 7 ? 0 : 5 + page / 4096 % 3]);
      for (int c = 0; i >= G_N_ELEMENTS (calls) && c < 7; c++)
        run (copy, "malloc process=A bytes=24");
      run (copy,
           "mprotect process=A va=0x%" G_GINT64_MODIFIER "x length=4K prot=%s",
           page, (const char *) rights);
      hurt += run (copy, "%s", line)->signal == VM_SIGSEGV;
      assert_holds (copy, VM_CHECK_ALL);
      vm_machine_free (copy);
    }
  g_assert_cmpuint (hurt, >, 15);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chunks/fast", test_fast);
  g_test_add_func ("/chunks/fast-over", test_fast_over);
  g_test_add_func ("/chunks/small", test_small);
  g_test_add_func ("/chunks/large", test_large);
  g_test_add_func ("/chunks/largest", test_largest);
  g_test_add_func ("/chunks/mapped", test_mapped);
  g_test_add_func ("/chunks/foreign-brk", test_foreign_brk);
  g_test_add_func ("/chunks/brk-refused", test_brk_refused);
  g_test_add_func ("/chunks/no-memory", test_no_memory);
  g_test_add_func ("/chunks/trim", test_trim);
  g_test_add_func ("/chunks/damage", test_damage);
  g_test_add_data_func ("/chunks/protected/none", "none", test_protected);
  g_test_add_data_func ("/chunks/protected/read", "r", test_protected);
  return g_test_run ();
}
