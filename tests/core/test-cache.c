/* The page cache: read-ahead, fault-around, dirty pages, writeback, truncate,
 * open files and shared memory, by the rules of Linux 6.16 and later. */
#include "support.h"

#include "mm/blocks.h"
#include "mm/files.h"
#include "mm/streams.h"
#include "mm/writeback.h"

#define MACHINE "machine geometry=x86-64 memory=16M"

static struct vm_machine *
new_machine (const char *machine)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", machine);
  run (m, "process name=A layout=linux");
  return m;
}

static uint32_t
cached (const struct vm_machine *m)
{
  return vm_machine_state (m)->files[1].pages;
}

/* Faults that an access took: minor ones, plus 100 for each major one. */
static uint64_t
faults_of (struct vm_machine *m, const char *process, uint64_t va,
           const char *more)
{
  const struct vm_result *result = run (
      m, "access process=%s va=%" G_GUINT64_FORMAT " %s", process, va, more);
  uint64_t faults = 0;

  g_assert_true (result->translation.ok);
  for (uint32_t i = 0; i < result->handled; i++)
    faults += result->faults[i].major ? 100 : 1;
  assert_holds (m, VM_CHECK_ALL);
  return faults;
}

static uint64_t
load (struct vm_machine *m, uint64_t va)
{
  return run (m, "access process=A va=%" G_GUINT64_FORMAT " width=8", va)
      ->translation.value;
}

/* What the disk would give for the first eight bytes of a page. */
static uint64_t
on_disk (const struct vm_machine *m, uint64_t page)
{
  uint8_t bytes[VM_PAGE_SIZE];
  uint64_t value;

  vm_files_load (NULL, vm_machine_state (m), 1, page, bytes);
  memcpy (&value, bytes, 8);
  return value;
}

/* Whoever reads page by page finds ever larger windows; each marked page has
 * the next one read. */
static void
test_sequential (void)
{
  static const struct {
    uint64_t page;
    uint32_t cached;
  } reads[] = {{0, 4},    {1, 12},   {2, 12},   {3, 12},  {4, 28},
               {5, 28},   {12, 60},  {13, 60},  {28, 92}, {59, 92},
               {60, 124}, {92, 128}, {127, 128}};
  struct vm_machine *m = new_machine (MACHINE);

  run (m, "mmap process=A length=4K va=0x20000000 fixed=on");
  run (m, "file name=f size=512K cached=off");
  for (uint64_t page = 0; page < 128; page++) {
    run (m,
         "read process=A file=f va=0x20000000 length=4K "
         "offset=%" G_GUINT64_FORMAT,
         page << 12);
    g_assert_cmpuint (load (m, 0x20000000), ==, on_disk (m, page));
    for (size_t i = 0; i < G_N_ELEMENTS (reads); i++)
      if (reads[i].page == page)
        g_assert_cmpuint (cached (m), ==, reads[i].cached);
  }
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (vm_machine_state (m)->counters.disk_reads, ==, 128);
  g_assert_cmpuint (vm_machine_state (m)->counters.readaheads, ==, 127);
  g_assert_cmpuint (vm_machine_state (m)->counters.copies, ==, 128);
  vm_machine_free (m);
}

/* What fits to no order is read alone; what others left behind is an order. */
static void
test_random (void)
{
  struct vm_machine *m = new_machine (MACHINE);

  run (m, "mmap process=A length=256K va=0x20000000 fixed=on");
  run (m, "file name=f size=1M cached=off");
  run (m, "read process=A file=f va=0x20000000 length=4K offset=200K");
  g_assert_cmpuint (cached (m), ==, 1);
  run (m, "read process=A file=f va=0x20000000 length=12K offset=400K");
  g_assert_cmpuint (cached (m), ==, 4);
  /* The next one in order begins anew: 2 pages, a first window of 4 of them. */
  run (m, "read process=A file=f va=0x20000000 length=8K offset=412K");
  g_assert_cmpuint (cached (m), ==, 8);
  /* Far more than a window at once. */
  run (m, "read process=A file=f va=0x20000000 length=256K offset=512K");
  g_assert_cmpuint (cached (m), >=, 8 + 64);
  run (m, "drop-caches file=f");
  g_assert_cmpuint (cached (m), ==, 0);
  /* Three pages are cached before the fourth: somebody came this way. */
  run (m, "open process=A file=f");
  run (m, "read process=A file=f va=0x20000000 length=12K offset=600K");
  run (m, "read process=A fd=3 va=0x20000000 length=4K offset=612K");
  g_assert_cmpuint (cached (m), ==, 3 + 4);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A marker that no window of this reader knows. */
static void
test_resumed (void)
{
  struct vm_machine *m = new_machine (MACHINE);

  run (m, "mmap process=A length=4K va=0x20000000 fixed=on");
  run (m, "file name=f size=1M cached=off");
  run (m, "open process=A file=f");
  run (m, "read process=A file=f va=0x20000000 length=4K");
  g_assert_cmpuint (cached (m), ==, 4);
  run (m, "read process=A fd=3 va=0x20000000 length=4K offset=4K");
  /* Cached up to page 3: 3 pages and 1, taken four-fold at this size. */
  g_assert_cmpuint (cached (m), ==, 4 + 8);
  run (m, "drop-caches");
  run (m, "read process=A file=f va=0x20000000 length=4K");
  for (uint32_t page = 2; page < 60; page++)
    run (m, "read process=A file=f va=0x20000000 length=4K offset=%u",
         page << 12);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The faults and the cached pages of a sequence as they were measured. */
static void
test_around (void)
{
  static const struct {
    uint64_t page, faults;
    uint32_t cached;
  } touches[] = {{0, 100, 32}, {1, 0, 32},   {15, 0, 32}, {16, 1, 32},
                 {17, 0, 32},  {23, 1, 32},  {24, 1, 64}, {25, 0, 64},
                 {31, 0, 64},  {32, 1, 96},  {33, 0, 96}, {40, 1, 96},
                 {48, 0, 96},  {56, 1, 96},  {57, 0, 96}, {63, 0, 96},
                 {64, 1, 128}, {65, 0, 128}, {80, 1, 128}};
  struct vm_machine *m = new_machine (MACHINE);

  run (m, "file name=f size=1M cached=off");
  run (m, "mmap process=A va=0x10009000 length=1M fixed=on type=shared file=f "
          "prot=r");
  for (size_t i = 0; i < G_N_ELEMENTS (touches); i++) {
    g_assert_cmpuint (
        faults_of (m, "A", 0x10009000 + (touches[i].page << 12), ""), ==,
        touches[i].faults);
    g_assert_cmpuint (cached (m), ==, touches[i].cached);
  }
  vm_machine_free (m);
}

static void
test_advice (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=1M cached=off");
  run (m, "mmap process=A va=0x10000000 length=1M fixed=on type=shared file=f");
  run (m, "madvise process=A va=0x10000000 length=1M advice=random");
  for (uint32_t page = 0; page < 3; page++)
    g_assert_cmpuint (faults_of (m, "A", 0x10000000 + page * 0x1000, ""), ==,
                      100);
  g_assert_cmpuint (cached (m), ==, 3);
  run (m, "madvise process=A va=0x10000000 length=1M advice=dontneed");
  run (m, "drop-caches");
  run (m, "madvise process=A va=0x10000000 length=1M advice=sequential");
  g_assert_cmpuint (faults_of (m, "A", 0x10000000, ""), ==, 100);
  g_assert_cmpuint (cached (m), ==, 32);
  g_assert_cmpuint (faults_of (m, "A", 0x10010000, ""), ==, 1);
  g_assert_cmpuint (cached (m), ==, 64);
  run (m, "madvise process=A va=0x10000000 length=1M advice=normal");
  g_assert_cmpuint (s->mms[0].regions, ==, 2);
  run (m, "madvise process=A va=0x10080000 length=64K advice=willneed");
  g_assert_cmpuint (cached (m), ==, 64 + 16);
  run (m, "madvise process=A va=0x100a0000 length=256K advice=willneed");
  g_assert_cmpuint (cached (m), ==, 64 + 16 + 32);
  /* Nothing is read ahead of memory without a disk. */
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on type=shared");
  run (m, "madvise process=A va=0x20000000 length=64K advice=willneed");
  g_assert_cmpuint (faults_of (m, "A", 0x20000000, ""), ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Too many faults that the cache could not answer, and it is given up. Writes
 * map nothing around, which would count for it. */
static void
test_misses (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=64M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64M cached=off");
  run (m, "mmap process=A va=0x10000000 length=64M fixed=on file=f");
  for (uint32_t i = 0; i < 101; i++)
    run (m, "access process=A va=0x%x kind=write", 0x10000000 + i * 0x80000);
  g_assert_cmpuint (s->streams[1].misses, ==, 101);
  g_assert_cmpuint (cached (m), ==, 100 * 32 + 1);
  run (m, "access process=A va=0x10020000 kind=write");
  g_assert_cmpuint (cached (m), ==, 100 * 32 + 2);
  vm_machine_free (m);
  m = new_machine (MACHINE " read-ahead=0");
  run (m, "file name=f size=64K cached=off");
  run (m,
       "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f");
  g_assert_cmpuint (faults_of (m, "A", 0x10000000, ""), ==, 100);
  g_assert_cmpuint (faults_of (m, "A", 0x10001000, ""), ==, 100);
  run (m, "madvise process=A va=0x10000000 length=64K advice=willneed");
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on");
  run (m, "read process=A file=f va=0x20000000 length=12K");
  g_assert_cmpuint (cached (m), ==, 3);
  vm_machine_free (m);
}

/* A store is told of once; after writeback, again. The disk then has it. */
static void
test_notify (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K");
  run (m,
       "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f");
  run (m, "fork process=A name=B");
  g_assert_cmpuint (faults_of (m, "A", 0x10000000, "kind=write value=7"), ==,
                    1);
  g_assert_cmpuint (faults_of (m, "A", 0x10000000, "kind=write value=8"), ==,
                    0);
  g_assert_cmpuint (faults_of (m, "B", 0x10000000, "kind=write value=9"), ==,
                    1);
  g_assert_cmpuint (s->dirty_pages, ==, 1);
  run (m, "msync process=A va=0x10000000 length=64K mode=async");
  run (m, "msync process=A va=0x10000000 length=64K mode=invalidate");
  g_assert_cmpuint (s->dirty_pages, ==, 1);
  run (m, "msync process=A va=0x10001000 length=4K");
  g_assert_cmpuint (s->dirty_pages, ==, 1);
  run (m, "msync process=A va=0x10000000 length=1");
  g_assert_cmpuint (s->dirty_pages, ==, 0);
  g_assert_cmpuint (s->counters.writebacks, ==, 1);
  g_assert_cmpuint (on_disk (m, 0) & 0xff, ==, 9);
  g_assert_cmpuint (s->files[1].blocks, ==, 1);
  g_assert_cmpuint (faults_of (m, "B", 0x10000000, "kind=write value=1"), ==,
                    1);
  g_assert_cmpuint (faults_of (m, "A", 0x10000000, "kind=write value=2"), ==,
                    1);
  run (m, "sync");
  g_assert_cmpuint (on_disk (m, 0) & 0xff, ==, 2);
  g_assert_cmpuint (s->files[1].blocks, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A page that may be written, and is not known to be dirty, is a fault of the
 * kernel's: the checker finds it. */
static void
test_unnoticed (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  struct vm_state *s = writable (m);
  struct vm_check_report report;

  run (m, "file name=f size=64K");
  run (m,
       "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f");
  run (m, "access process=A va=0x10003000 kind=write");
  s->frames[vm_files_cached (s, 1, 3)].flags ^= VM_PAGE_DIRTY;
  s->files[1].dirty--;
  s->dirty_pages--;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==, "a page that may be written is dirty");
  vm_machine_free (m);
}

/* Memory without a disk is told of nothing, and is dirty once it is unmapped.
 */
static void
test_tmpfs (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K fs=tmpfs cached=off");
  run (m,
       "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f");
  g_assert_cmpuint (faults_of (m, "A", 0x10000000, ""), ==, 1);
  g_assert_cmpuint (faults_of (m, "A", 0x10000000, "kind=write value=7"), ==,
                    0);
  g_assert_cmpuint (s->files[1].dirty, ==, 0);
  run (m, "munmap process=A va=0x10000000 length=64K");
  g_assert_cmpuint (s->files[1].dirty, ==, 1);
  g_assert_cmpuint (s->dirty_pages, ==, 0);
  run (m, "fsync process=A file=f");
  run (m, "sync");
  run (m, "drop-caches");
  g_assert_cmpuint (cached (m), ==, 1);
  /* A hole is read without a page, a page that is there is cleared. */
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on");
  run (m, "read process=A file=f va=0x20000000 length=64K");
  g_assert_cmpuint (cached (m), ==, 1);
  g_assert_cmpuint (load (m, 0x20000000), ==, 7);
  g_assert_cmpuint (load (m, 0x20001000), ==, 0);
  run (m, "truncate process=A file=f size=0");
  g_assert_cmpuint (cached (m), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Beyond the new end nothing is mapped any more, private copies included; the
 * rest of the last page is zero, and stays it when the file grows again. */
static void
test_truncate (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K");
  run (m,
       "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f");
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on file=f");
  run (m, "mmap process=A va=0x30000000 length=8K fixed=on file=f offset=60K");
  run (m, "access process=A va=0x10005000 kind=write value=7");
  run (m, "access process=A va=0x20005000 kind=write value=8");
  run (m, "access process=A va=0x20001000 kind=write value=8");
  run (m, "access process=A va=0x10001800 kind=write value=9");
  run (m, "access process=A va=0x30000000");
  run (m, "sync");
  g_assert_cmpuint (s->files[1].blocks, ==, 2);
  run (m, "truncate process=A file=f size=5000");
  g_assert_cmpuint (cached (m), ==, 2);
  g_assert_cmpuint (s->files[1].blocks, ==, 1);
  g_assert_cmpuint (s->dirty_pages, ==, 1);
  g_assert_cmpuint (s->mms[0].rss_anon, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (load (m, 0x10001800), ==, 0);
  g_assert_cmpuint (load (m, 0x20001000) & 0xff, ==, 8);
  g_assert_cmpuint (run (m, "access process=A va=0x10005000")->signal, ==,
                    VM_SIGBUS);
  g_assert_cmpuint (run (m, "access process=A va=0x20005000")->signal, ==,
                    VM_SIGBUS);
  g_assert_cmpuint (run (m, "access process=A va=0x30000000")->signal, ==,
                    VM_SIGBUS);
  run (m, "sync");
  run (m, "truncate process=A file=f size=64K");
  g_assert_cmpuint (load (m, 0x10001800), ==, 0);
  /* A page that nobody ever wrote counts as read all the same. */
  g_assert_cmpuint (faults_of (m, "A", 0x10005000, ""), ==, 100);
  g_assert_cmpuint (load (m, 0x10005000), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The rest of a page that is not cached is read to be cleared. */
static void
test_truncate_uncached (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K cached=off");
  run (m, "truncate process=A file=f size=5000");
  g_assert_cmpuint (cached (m), ==, 1);
  g_assert_cmpuint (s->dirty_pages, ==, 1);
  run (m, "truncate process=A file=f size=4K");
  g_assert_cmpuint (cached (m), ==, 0);
  g_assert_cmpuint (s->dirty_pages, ==, 0);
  run (m, "truncate process=A file=f size=4K");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What was written comes back after it left memory. */
static void
test_dropped (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K cached=off");
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on");
  run (m, "access process=A va=0x20000000 kind=write value=77");
  run (m, "write process=A file=f va=0x20000000 length=4K offset=8K");
  /* A whole page: nothing was read. */
  g_assert_cmpuint (s->counters.disk_reads, ==, 0);
  run (m, "write process=A file=f va=0x20000000 length=1 offset=16K");
  g_assert_cmpuint (s->counters.disk_reads, ==, 1);
  g_assert_cmpuint (run (m, "drop-caches")->value, ==, 0);
  g_assert_cmpuint (cached (m), ==, 2);
  run (m, "fsync process=A file=f");
  g_assert_cmpuint (run (m, "drop-caches file=f")->value, ==, 2);
  run (m, "read process=A file=f va=0x20000000 length=64K");
  g_assert_cmpuint (load (m, 0x20002000), ==, 77);
  g_assert_cmpuint (load (m, 0x20004000) & 0xff, ==, 77);
  g_assert_cmpuint (load (m, 0x20003000), ==, on_disk (m, 3));
  refused (m, VM_ERROR_UNKNOWN_FILE, "drop-caches file=g");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The end of the file's last page belongs to nobody, and reaches no disk. */
static void
test_tail (void)
{
  struct vm_machine *m = new_machine (MACHINE);

  run (m, "file name=f size=5000");
  run (m, "mmap process=A va=0x10000000 length=8K fixed=on type=shared file=f");
  run (m, "access process=A va=0x10001800 kind=write value=5");
  g_assert_cmpuint (load (m, 0x10001800), ==, 5);
  run (m, "msync process=A va=0x10000000 length=8K");
  g_assert_cmpuint (load (m, 0x10001800), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The disk fails at its second write: each open file hears of it, once; the
 * page is clean, and still there. */
static void
test_failing (void)
{
  struct vm_machine *m = new_machine (MACHINE " failing-write=2");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K");
  run (m, "open process=A file=f");
  run (m,
       "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f");
  run (m, "access process=A va=0x10000000 kind=write value=1");
  run (m, "access process=A va=0x10001000 kind=write value=2");
  run (m, "access process=A va=0x10002000 kind=write value=3");
  g_assert_cmpuint (
      run (m, "msync process=A va=0x10000000 length=64K")->refused, ==, VM_EIO);
  g_assert_cmpuint (s->counters.write_errors, ==, 1);
  g_assert_cmpuint (s->counters.writebacks, ==, 2);
  g_assert_cmpuint (s->dirty_pages, ==, 0);
  g_assert_cmpuint (on_disk (m, 1) & 0xff, !=, 2);
  g_assert_cmpuint (load (m, 0x10001000) & 0xff, ==, 2);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (run (m, "fsync process=A file=f")->refused, ==,
                    VM_ERRNO_NONE);
  /* Who opens it now need not hear of what is known. */
  run (m, "open process=A file=f");
  g_assert_cmpuint (run (m, "fsync process=A fd=4")->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "fsync process=A fd=3")->refused, ==, VM_EIO);
  g_assert_cmpuint (run (m, "fsync process=A fd=3")->refused, ==,
                    VM_ERRNO_NONE);
  /* Written once more it is safe. */
  run (m, "access process=A va=0x10001000 kind=write value=4");
  run (m, "fsync process=A fd=3");
  g_assert_cmpuint (on_disk (m, 1) & 0xff, ==, 4);
  vm_machine_free (m);
}

static void
test_flusher (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=512K cached=off");
  run (m, "mmap process=A va=0x10000000 length=512K fixed=on type=shared "
          "file=f");
  run (m, "access process=A va=0x10000000 kind=write value=1");
  run (m, "tick n=29");
  g_assert_cmpuint (s->dirty_pages, ==, 1);
  run (m, "tick");
  g_assert_cmpuint (s->dirty_pages, ==, 0);
  g_assert_cmpuint (s->seconds, ==, 30);
  /* Ten per cent wake the flusher, twenty hold up whoever writes. */
  uint64_t background = vm_writeback_limit (s, VM_DIRTY_BACKGROUND);
  for (uint64_t page = 0; page <= background; page++) {
    run (m, "access process=A va=0x%" G_GINT64_MODIFIER "x kind=write value=1",
         0x10000000 + (page << 12));
    g_assert_cmpuint (s->dirty_pages, <=,
                      vm_writeback_limit (s, VM_DIRTY_BACKGROUND));
  }
  run (m, "mmap process=A va=0x20000000 length=256K fixed=on populate=on");
  run (m, "write process=A file=f va=0x20000000 length=256K");
  g_assert_cmpuint (s->dirty_pages, <=,
                    vm_writeback_limit (s, VM_DIRTY_BACKGROUND));
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_descriptors (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K");
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on");
  g_assert_cmpuint (run (m, "open process=A file=f")->value, ==, 3);
  g_assert_cmpuint (run (m, "open process=A file=f")->value, ==, 4);
  g_assert_cmpuint (
      run (m, "read process=A fd=3 va=0x20000000 length=5000")->value, ==,
      5000);
  run (m, "fork process=A name=B");
  /* A child goes on where its parent is; a second open of its own is its own.
   */
  run (m, "mmap process=B va=0x30000000 length=64K fixed=on");
  run (m, "read process=B fd=3 va=0x30000000 length=3192");
  g_assert_cmpuint (s->streams[VM_MAX_FILES].position, ==, 8192);
  g_assert_cmpuint (s->streams[VM_MAX_FILES + 1].position, ==, 0);
  run (m, "read process=A fd=3 va=0x20000000 length=8");
  g_assert_cmpuint (load (m, 0x20000000), ==, on_disk (m, 2));
  run (m, "read process=A fd=3 va=0x20000000 length=8 offset=0");
  g_assert_cmpuint (s->streams[VM_MAX_FILES].position, ==, 8200);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (run (m, "close process=A fd=3")->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "close process=A fd=3")->refused, ==, VM_EBADF);
  g_assert_cmpuint (run (m, "fsync process=A fd=3")->refused, ==, VM_EBADF);
  g_assert_cmpuint (
      run (m, "read process=A fd=3 va=0x20000000 length=8")->refused, ==,
      VM_EBADF);
  run (m, "unlink name=f");
  refused (m, VM_ERROR_UNKNOWN_FILE, "open process=A file=f");
  run (m, "write process=B fd=3 va=0x30000000 length=8");
  run (m, "vfork process=B name=C");
  run (m, "exit process=C");
  run (m, "exit process=B");
  g_assert_cmpuint (s->files[1].kind, ==, VM_FILE_DISK);
  run (m, "close process=A fd=4");
  g_assert_cmpuint (s->files[1].kind, ==, VM_FILE_FREE);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "file name=f size=4K");
  for (uint32_t i = 0; i < VM_MAX_FDS; i++)
    run (m, "open process=A file=f");
  g_assert_cmpuint (run (m, "open process=A file=f")->refused, ==, VM_EMFILE);
  refused (m, VM_ERROR_MISSING_PARAMETER,
           "read process=A va=0x20000000 length=8");
  refused (m, VM_ERROR_MISSING_PARAMETER, "fsync process=A");
  refused (m, VM_ERROR_UNKNOWN_FILE, "truncate process=A file=g size=0");
  vm_machine_free (m);
}

/* All open files of the machine are in use. */
static void
test_many_opens (void)
{
  struct vm_machine *m = new_machine (MACHINE);

  run (m, "file name=f size=4K");
  for (uint32_t i = 0; i < VM_MAX_OPENS; i++) {
    if (i % VM_MAX_FDS == 0)
      run (m, "process name=P%u layout=linux", i);
    run (m, "open process=P%u file=f", i - i % VM_MAX_FDS);
  }
  g_assert_cmpuint (run (m, "open process=A file=f")->refused, ==, VM_EMFILE);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Two processes that share by a name; the memory goes with its last user. */
static void
test_shared (void)
{
  static const char *const kinds[] = {"posix", "memfd", "sysv"};

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
    struct vm_machine *m = new_machine (MACHINE);
    const struct vm_state *s = vm_machine_state (m);
    run (m, "process name=B layout=linux");
    run (m, "shm name=x size=16K kind=%s", kinds[i]);
    refused (m, VM_ERROR_FILE_EXISTS, "shm name=x size=16K");
    run (m, "mmap process=A va=0x10000000 length=16K fixed=on type=shared "
            "file=x");
    run (m, "mmap process=B va=0x20000000 length=16K fixed=on type=shared "
            "file=x");
    run (m, "access process=B va=0x20003000 kind=write value=5");
    g_assert_cmpuint (load (m, 0x10003000), ==, 5);
    g_assert_cmpuint (s->mms[0].rss_shmem, ==, 1);
    run (m, "unlink name=x");
    run (m, "exit process=B");
    g_assert_cmpuint (load (m, 0x10003000), ==, 5);
    run (m, "munmap process=A va=0x10000000 length=16K");
    g_assert_cmpuint (s->files[1].kind, ==, VM_FILE_FREE);
    g_assert_cmpuint (s->files[1].pages, ==, 0);
    assert_holds (m, VM_CHECK_ALL);
    refused (m, VM_ERROR_UNKNOWN_FILE, "unlink name=x");
    vm_machine_free (m);
  }
}

/* Without a frame nothing is half done. */
static void
test_no_frames (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=64K");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K cached=off");
  run (m, "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f "
          "prot=r");
  run (m, "access process=A va=0x10000000");
  g_assert_cmpuint (s->free_count, ==, 0);
  run (m, "access process=A va=0x1000f000");
  assert_holds (m, VM_CHECK_ALL);
  run (m, "truncate process=A file=f size=60000");
  run (m, "madvise process=A va=0x10000000 length=64K advice=willneed");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What msync refuses, and what it does before. */
static void
test_msync (void)
{
  static const struct {
    const char *line;
    enum vm_errno refused;
  } calls[] = {
      {"msync process=A va=0x10000001 length=4K", VM_EINVAL},
      {"msync process=A va=0x10000000 length=0", VM_ERRNO_NONE},
      {"msync process=A va=0x10000000 length=0xffffffffffffe000", VM_ENOMEM},
      {"msync process=A va=0x10000000 length=32K", VM_ENOMEM},
      {"msync process=A va=0x0ffff000 length=8K", VM_ENOMEM},
      {"msync process=A va=0x20000000 length=4K", VM_ERRNO_NONE},
      {"msync process=A va=0x10008000 length=4K", VM_ENOMEM},
      {"msync process=A va=0x10000000 length=16K mode=invalidate", VM_EBUSY},
      {"msync process=A va=0x30000000 length=4K", VM_ERRNO_NONE},
  };
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=64K");
  run (m,
       "mmap process=A va=0x10000000 length=16K fixed=on type=shared file=f");
  run (m, "mmap process=A va=0x20000000 length=16K fixed=on file=f");
  run (m, "mmap process=A va=0x30000000 length=16K fixed=on");
  run (m, "access process=A va=0x10003000 kind=write");
  run (m, "mlock process=A va=0x10000000 length=16K");
  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    if (run (m, "%s", calls[i].line)->refused != calls[i].refused)
      g_error ("%s", calls[i].line);
  /* The part before the hole was written. */
  g_assert_cmpuint (s->counters.writebacks, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* No block of the disk is left. */
static void
test_full_disk (void)
{
  struct vm_machine *m = new_machine (MACHINE);

  run (m, "file name=f size=64K");
  run (m,
       "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f");
  run (m, "access process=A va=0x10003000 kind=write");
  run (m, "sync");
  writable (m)->block_end = VM_FILE_BLOCKS;
  run (m, "access process=A va=0x10004000 kind=write");
  run (m, "access process=A va=0x10003000 kind=write");
  g_assert_cmpuint (run (m, "fsync process=A file=f")->refused, ==, VM_EIO);
  g_assert_cmpuint (vm_machine_state (m)->counters.write_errors, ==, 1);
  /* A block that is given back is used again. */
  run (m, "truncate process=A file=f size=0");
  run (m, "truncate process=A file=f size=64K");
  run (m, "access process=A va=0x10005000 kind=write");
  g_assert_cmpuint (run (m, "fsync process=A file=f")->refused, ==,
                    VM_ERRNO_NONE);
  vm_machine_free (m);
}

/* A file that is far longer than memory. */
static void
test_long (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=f size=1T cached=off");
  run (m, "mmap process=A va=0x100000000 length=1T fixed=on type=shared "
          "file=f");
  run (m, "access process=A va=0x8000003000 kind=write value=3");
  run (m, "access process=A va=0x100000000 kind=write value=4");
  run (m, "fsync process=A file=f");
  g_assert_cmpuint (s->counters.writebacks, ==, 2);
  run (m, "munmap process=A va=0x100000000 length=1T");
  run (m, "drop-caches");
  g_assert_cmpuint (cached (m), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "unlink name=f");
  g_assert_cmpuint (s->file_blocks, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A file needs pages of 4 KiB. */
static void
test_toy (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=toy:va=14,pa=12,page=64,levels=1,entry=4");
  refused (m, VM_ERROR_NOT_HERE, "file name=f size=64");
  refused (m, VM_ERROR_NOT_HERE, "shm name=f size=64");
  vm_machine_free (m);
}

/* Rewinding across all of it gives the same bytes. */
static void
test_rewind (void)
{
  static const char *const lines[]
      = {"file name=f size=64K cached=off",
         "mmap process=A va=0x10000000 length=64K fixed=on type=shared file=f",
         "access process=A va=0x10000000 kind=write value=1",
         "access process=A va=0x10008000",
         "msync process=A va=0x10000000 length=64K",
         "access process=A va=0x10000000 kind=write value=2",
         "truncate process=A file=f size=5000",
         "tick n=60",
         "munmap process=A va=0x10000000 length=64K",
         "drop-caches",
         "open process=A file=f",
         "unlink name=f",
         "close process=A fd=3"};
  struct vm_machine *m = new_machine (MACHINE);
  uint64_t begin = vm_machine_tape (m)->end_step;
  uint64_t before = vm_state_hash (vm_machine_tape (m));

  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++)
    run (m, "%s", lines[i]);
  uint64_t end = vm_machine_tape (m)->end_step;
  uint64_t after = vm_state_hash (vm_machine_tape (m));
  for (uint64_t n = begin; n <= end; n++) {
    g_assert_true (vm_machine_seek (m, n));
    assert_holds (m, VM_CHECK_LINKS);
  }
  g_assert_true (vm_machine_seek (m, begin));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, before);
  g_assert_true (vm_machine_seek (m, end));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, after);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cache/sequential", test_sequential);
  g_test_add_func ("/cache/random", test_random);
  g_test_add_func ("/cache/resumed", test_resumed);
  g_test_add_func ("/cache/around", test_around);
  g_test_add_func ("/cache/advice", test_advice);
  g_test_add_func ("/cache/misses", test_misses);
  g_test_add_func ("/cache/notify", test_notify);
  g_test_add_func ("/cache/unnoticed", test_unnoticed);
  g_test_add_func ("/cache/tmpfs", test_tmpfs);
  g_test_add_func ("/cache/truncate", test_truncate);
  g_test_add_func ("/cache/truncate-uncached", test_truncate_uncached);
  g_test_add_func ("/cache/dropped", test_dropped);
  g_test_add_func ("/cache/tail", test_tail);
  g_test_add_func ("/cache/failing", test_failing);
  g_test_add_func ("/cache/flusher", test_flusher);
  g_test_add_func ("/cache/descriptors", test_descriptors);
  g_test_add_func ("/cache/many-opens", test_many_opens);
  g_test_add_func ("/cache/shared", test_shared);
  g_test_add_func ("/cache/no-frames", test_no_frames);
  g_test_add_func ("/cache/msync", test_msync);
  g_test_add_func ("/cache/full-disk", test_full_disk);
  g_test_add_func ("/cache/long", test_long);
  g_test_add_func ("/cache/toy", test_toy);
  g_test_add_func ("/cache/rewind", test_rewind);
  return g_test_run ();
}
