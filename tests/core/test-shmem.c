/* Shared memory in swap, read-ahead of swap, and areas with priorities. */
#include "support.h"

#include <inttypes.h>

#include "mm/entries.h"
#include "mm/files.h"
#include "mm/shmem.h"

#define BASE UINT64_C (0x10000000)
#define OTHER UINT64_C (0x20000000)
#define PAGES 16

static const struct vm_result *
touch (struct vm_machine *m, const char *process, uint64_t va)
{
  const struct vm_result *r
      = run (m, "access process=%s va=%" PRIu64 " width=8", process, va);

  g_assert_true (r->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  return r;
}

static bool
is_major (struct vm_machine *m, const char *process, uint64_t page)
{
  const struct vm_result *r = touch (m, process, BASE + page * VM_PAGE_SIZE);

  return r->handled > 0 && r->faults[0].major;
}

static void
put (struct vm_machine *m, const char *process, uint64_t va, uint64_t value)
{
  run (m, "access process=%s va=%" PRIu64 " width=8 kind=write value=%" PRIu64,
       process, va, value);
  assert_holds (m, VM_CHECK_ALL);
}

static void
page_out (struct vm_machine *m, const char *process, uint64_t va,
          uint64_t pages)
{
  run (m, "madvise process=%s va=%" PRIu64 " length=%" PRIu64 " advice=pageout",
       process, va, pages * VM_PAGE_SIZE);
  assert_holds (m, VM_CHECK_ALL);
}

/* A and B share the memory S, 16 pages of it. */
static struct vm_machine *
new_sharing (const char *more, const char *swap)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=1M %s", more);
  run (m, "swapon %s", swap);
  run (m, "process name=A layout=linux");
  run (m, "process name=B layout=linux");
  run (m, "shm name=S size=64K");
  run (m,
       "mmap process=A va=%" PRIu64 " length=64K fixed=on type=shared file=S",
       BASE);
  run (m,
       "mmap process=B va=%" PRIu64 " length=64K fixed=on type=shared file=S",
       OTHER);
  return m;
}

/* The entries become empty, the file knows the slot; whoever comes first reads
 * it, for all. */
static void
test_out_and_in (void)
{
  struct vm_machine *m = new_sharing ("", "size=128K");
  const struct vm_state *s = vm_machine_state (m);
  uint32_t file = 1;

  for (uint64_t page = 0; page < 3; page++)
    put (m, "A", BASE + page * VM_PAGE_SIZE, 100 + page);
  touch (m, "A", BASE + 3 * VM_PAGE_SIZE);
  page_out (m, "A", BASE, 4);
  /* What was never written is zeros, and needs no slot. */
  g_assert_cmpuint (s->counters.swap_out, ==, 3);
  g_assert_cmpuint (s->files[file].swapped, ==, 3);
  g_assert_cmpuint (s->files[file].pages, ==, 0);
  g_assert_cmpuint (s->mms[0].swapped, ==, 0);
  g_assert_cmpuint (s->mms[0].rss_shmem, ==, 0);
  struct vm_entry entry = vm_entry_of (s, 0, vm_vaddr_of (BASE));
  g_assert_true (vm_entry_is_empty (&entry));
  g_assert_cmpuint (vm_shmem_slot (s, file, 1), ==, 2);
  g_assert_cmpuint (vm_shmem_slot (s, file, 3), ==, 0);

  const struct vm_result *r = touch (m, "B", OTHER + VM_PAGE_SIZE);
  g_assert_cmpuint (r->translation.value, ==, 101);
  g_assert_true (r->faults[0].major);
  g_assert_cmpuint (s->files[file].swapped, ==, 2);
  g_assert_cmpuint (s->areas[0].used, ==, 2);
  r = touch (m, "A", BASE + VM_PAGE_SIZE);
  g_assert_false (r->faults[0].major);
  g_assert_cmpuint (touch (m, "A", BASE + 3 * VM_PAGE_SIZE)->translation.value,
                    ==, 0);
  /* It is dirty again, and goes to a slot again. */
  run (m, "munmap process=B va=%" PRIu64 " length=64K", OTHER);
  page_out (m, "A", BASE, 4);
  g_assert_cmpuint (s->counters.swap_out, ==, 4);
  g_assert_cmpuint (touch (m, "A", BASE + VM_PAGE_SIZE)->translation.value, ==,
                    101);
  vm_machine_free (m);
}

/* Memory without a name, shared by parent and child. */
static void
test_nameless (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=sv39 memory=256K");
  run (m, "swapon size=1M");
  run (m, "process name=A");
  run (m, "mmap process=A va=%" PRIu64 " length=400K fixed=on type=shared",
       BASE);
  run (m, "fork process=A name=B");
  for (uint64_t page = 0; page < 100; page++)
    put (m, page % 2 == 0 ? "A" : "B", BASE + page * VM_PAGE_SIZE, 7000 + page);
  g_assert_cmpuint (s->counters.kswapd_runs + s->counters.direct_runs, >, 0);
  g_assert_cmpuint (s->files[1].swapped, >, 40);
  for (uint64_t page = 0; page < 100; page++)
    g_assert_cmpuint (
        touch (m, page % 2 == 0 ? "B" : "A", BASE + page * VM_PAGE_SIZE)
            ->translation.value,
        ==, 7000 + page);
  g_assert_cmpuint (s->counters.oom_kills, ==, 0);
  run (m, "exit process=A");
  g_assert_cmpuint (s->files[1].swapped, >, 0);
  /* With its last user memory and slots are free. */
  run (m, "exit process=B");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->areas[0].used, ==, 0);
  vm_machine_free (m);
}

/* The disk fails at each write in turn: the page stays where it is. */
static void
test_write_fails (void)
{
  for (uint32_t fails = 1; fails <= 4; fails++) {
    g_autofree char *swap = g_strdup_printf ("size=128K fails=%u", fails);
    struct vm_machine *m = new_sharing ("", swap);
    const struct vm_state *s = vm_machine_state (m);
    for (uint64_t page = 0; page < 4; page++)
      put (m, "A", BASE + page * VM_PAGE_SIZE, 50 + page);
    page_out (m, "A", BASE, 4);
    g_assert_cmpuint (s->counters.swap_out, ==, 3);
    g_assert_cmpuint (s->files[1].swapped, ==, 3);
    g_assert_cmpuint (s->files[1].pages, ==, 1);
    g_assert_cmpuint (s->files[1].dirty, ==, 1);
    g_assert_cmpuint (s->areas[0].used, ==, 3);
    for (uint64_t page = 0; page < 4; page++) {
      const struct vm_result *r = touch (m, "A", BASE + page * VM_PAGE_SIZE);
      g_assert_cmpuint (r->translation.value, ==, 50 + page);
      g_assert_cmpint (r->faults[0].major, ==, page + 1 != fails);
    }
    vm_machine_free (m);
  }
}

/* read, write, truncate, swapoff and unlink know of pages in swap. */
static void
test_calls (void)
{
  struct vm_machine *m = new_sharing ("", "size=128K");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "mmap process=B va=0x30000000 length=16K fixed=on");
  for (uint64_t page = 0; page < PAGES; page++)
    put (m, "A", BASE + page * VM_PAGE_SIZE, 900 + page);
  page_out (m, "A", BASE, PAGES);
  run (m, "read process=B file=S va=0x30000000 length=8K offset=8K");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (touch (m, "B", 0x30001000)->translation.value, ==, 903);
  g_assert_cmpuint (s->files[1].swapped, ==, PAGES - 2);
  put (m, "B", 0x30000000, 5);
  run (m, "write process=B file=S va=0x30000000 length=8 offset=4104");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (touch (m, "A", BASE + VM_PAGE_SIZE)->translation.value, ==,
                    901);
  g_assert_cmpuint (touch (m, "A", BASE + VM_PAGE_SIZE + 8)->translation.value,
                    ==, 5);
  /* A whole page is written over what is in swap. */
  run (m, "write process=B file=S va=0x30000000 length=4K offset=20K");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (vm_shmem_slot (s, 1, 5), ==, 0);
  /* The last page that stays is cleared behind the end, in swap or not. */
  run (m, "truncate process=A file=S size=%u", 7 * VM_PAGE_SIZE + 4);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->files[1].swapped, ==, 3);
  run (m, "truncate process=A file=S size=64K");
  g_assert_cmpuint (touch (m, "A", BASE + 7 * VM_PAGE_SIZE)->translation.value,
                    ==, 907);
  g_assert_cmpuint (touch (m, "A", BASE + 8 * VM_PAGE_SIZE)->translation.value,
                    ==, 0);
  run (m, "swapoff");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->files[1].swapped, ==, 0);
  g_assert_cmpuint (touch (m, "B", OTHER + 4 * VM_PAGE_SIZE)->translation.value,
                    ==, 904);
  run (m, "swapon size=64K");
  run (m, "munmap process=B va=%" PRIu64 " length=64K", OTHER);
  for (uint64_t page = 0; page < 8; page++)
    touch (m, "A", BASE + page * VM_PAGE_SIZE);
  page_out (m, "A", BASE, PAGES);
  g_assert_cmpuint (s->areas[0].used, ==, 8);
  run (m, "unlink name=S");
  g_assert_cmpuint (s->areas[0].used, ==, 8);
  run (m, "munmap process=A va=%" PRIu64 " length=64K", BASE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->areas[0].used, ==, 0);
  vm_machine_free (m);
}

/* MADV_WILLNEED reads it into the swap cache: then it is a minor fault. Without
 * room it cannot leave. */
static void
test_advice (void)
{
  struct vm_machine *m = new_sharing ("", "size=16K");
  const struct vm_state *s = vm_machine_state (m);

  for (uint64_t page = 0; page < 4; page++)
    put (m, "A", BASE + page * VM_PAGE_SIZE, page);
  page_out (m, "A", BASE, 4);
  g_assert_cmpuint (s->files[1].swapped, ==, 3);
  g_assert_cmpuint (s->files[1].pages, ==, 1);
  run (m, "madvise process=A va=%" PRIu64 " length=64K advice=willneed", BASE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->counters.swap_in, ==, 3);
  g_assert_cmpuint (s->areas[0].used, ==, 3);
  g_assert_false (is_major (m, "A", 1));
  g_assert_cmpuint (s->areas[0].used, ==, 2);
  g_assert_cmpuint (s->counters.swap_in, ==, 3);
  g_assert_false (is_major (m, "A", 3));
  run (m, "truncate process=A file=S size=0");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->areas[0].used, ==, 0);
  g_assert_cmpuint (s->lists[VM_LRU_INACTIVE_ANON].size
                        + s->lists[VM_LRU_ACTIVE_ANON].size,
                    ==, 0);
  vm_machine_free (m);
}

static uint64_t
ahead_so_far (struct vm_machine *m)
{
  return vm_machine_state (m)->counters.swap_ra;
}

/* What Linux's swapin_nr_pages says: 8 slots at first; then as many as were
 * used, at least half as many as before; two for neighbours, else one. */
static void
test_ahead (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=2M page-cluster=3");
  run (m, "swapon size=512K");
  run (m, "process name=A");
  run (m, "mmap process=A va=%" PRIu64 " length=400K fixed=on", BASE);
  for (uint64_t page = 0; page < 100; page++)
    put (m, "A", BASE + page * VM_PAGE_SIZE, page);
  page_out (m, "A", BASE, 100);
  /* Page n is in slot n + 1: slots 8 to 15 are a window. */
  g_assert_true (is_major (m, "A", 9));
  g_assert_cmpuint (ahead_so_far (m), ==, 7);
  for (uint64_t page = 7; page < 15; page++)
    g_assert_false (is_major (m, "A", page));
  g_assert_cmpuint (vm_machine_state (m)->counters.swap_ra_hits, ==, 7);
  /* 7 hits: 8 again, none of which is used. */
  g_assert_true (is_major (m, "A", 31));
  g_assert_cmpuint (ahead_so_far (m), ==, 14);
  g_assert_true (is_major (m, "A", 47));
  g_assert_cmpuint (ahead_so_far (m), ==, 17);
  g_assert_true (is_major (m, "A", 55));
  g_assert_cmpuint (ahead_so_far (m), ==, 18);
  g_assert_true (is_major (m, "A", 63));
  g_assert_cmpuint (ahead_so_far (m), ==, 18);
  /* The next slot: 65 is beside 64, where 64 and 65 are a window. */
  g_assert_true (is_major (m, "A", 64));
  g_assert_cmpuint (ahead_so_far (m), ==, 18);
  g_assert_true (is_major (m, "A", 65));
  g_assert_cmpuint (ahead_so_far (m), ==, 19);
  g_assert_false (is_major (m, "A", 66));
  /* Pages that were read ahead leave again without being written. */
  uint64_t written = vm_machine_state (m)->counters.swap_out;
  run (m, "exit process=A");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (vm_machine_state (m)->counters.swap_out, ==, written);
  g_assert_cmpuint (vm_machine_state (m)->areas[0].used, ==, 0);
  vm_machine_free (m);
}

/* Pages without an address leave first; and a child may get them. */
static void
test_ahead_scarce (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-64 memory=256K page-cluster=4");
  run (m, "swapon size=1M");
  run (m, "process name=A");
  run (m, "mmap process=A va=%" PRIu64 " length=480K fixed=on", BASE);
  for (uint64_t page = 0; page < 60; page++)
    put (m, "A", BASE + page * VM_PAGE_SIZE, page);
  run (m, "fork process=A name=B");
  for (uint64_t round = 0; round < 120; round++) {
    uint64_t page = round % 60;
    g_assert_cmpuint (
        touch (m, round % 2 == 0 ? "B" : "A", BASE + page * VM_PAGE_SIZE)
            ->translation.value,
        ==, page);
  }
  g_assert_cmpuint (s->counters.swap_ra, >, 20);
  g_assert_cmpuint (s->counters.swap_ra_hits, >, 0);
  g_assert_cmpuint (s->counters.swap_ra_hits, <, s->counters.swap_ra);
  vm_machine_free (m);
}

/* Where a policy chooses, nothing is read ahead. */
static void
test_ahead_policy (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=1M page-cluster=3 reclaim=lru");
  run (m, "swapon size=64K");
  run (m, "process name=A");
  run (m, "mmap process=A va=%" PRIu64 " length=64K fixed=on", BASE);
  put (m, "A", BASE, 1);
  put (m, "A", BASE + VM_PAGE_SIZE, 2);
  page_out (m, "A", BASE, 2);
  g_assert_true (is_major (m, "A", 0));
  g_assert_true (is_major (m, "A", 1));
  g_assert_cmpuint (ahead_so_far (m), ==, 0);
  vm_machine_free (m);
}

/* In which areas the pages of A are, in the order in which they went. */
static void
assert_areas (struct vm_machine *m, uint64_t pages, const char *areas)
{
  const struct vm_state *s = vm_machine_state (m);
  g_autoptr (GString) found = g_string_new (NULL);

  for (uint64_t page = 0; page < pages; page++)
    put (m, "A", BASE + page * VM_PAGE_SIZE, page);
  page_out (m, "A", BASE, pages);
  for (uint64_t page = 0; page < pages; page++) {
    uint32_t slot
        = vm_entry_of (s, 0, vm_vaddr_of (BASE + page * VM_PAGE_SIZE)).swapped;
    g_string_append_printf (found, "%u", vm_swap_area_of (s, slot));
  }
  g_assert_cmpstr (found->str, ==, areas);
}

static void
test_priorities (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-64 memory=1M");
  run (m, "swapon size=12K");
  run (m, "swapon size=12K");
  run (m, "swapon size=16K priority=7");
  run (m, "swapon size=24K priority=7");
  run (m, "process name=A");
  run (m, "mmap process=A va=%" PRIu64 " length=64K fixed=on", BASE);
  g_assert_cmpint (vm_swap_priority (&s->areas[0]), ==, -2);
  g_assert_cmpint (vm_swap_priority (&s->areas[1]), ==, -3);
  assert_areas (m, 12, "232323330011");
  run (m, "munmap process=A va=%" PRIu64 " length=64K", BASE);
  run (m, "swapoff area=0");
  g_assert_cmpint (vm_swap_priority (&s->areas[1]), ==, -2);
  g_assert_cmpint (vm_swap_priority (&s->areas[2]), ==, 7);
  /* Its place is free again; the new area comes behind all others. */
  run (m, "swapon size=12K");
  g_assert_cmpint (vm_swap_priority (&s->areas[0]), ==, -3);
  run (m, "swapoff area=2");
  run (m, "swapoff area=3");
  run (m, "mmap process=A va=%" PRIu64 " length=64K fixed=on", BASE);
  assert_areas (m, 4, "1100");
  refused (m, VM_ERROR_OUT_OF_RANGE, "swapon size=12K priority=32768");
  vm_machine_free (m);
}

/* mmap by a descriptor is mmap of its file; of none, EBADF. */
static void
test_descriptor (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-64 memory=1M");
  run (m, "file name=F size=16K");
  run (m, "process name=A layout=linux");
  g_assert_cmpuint (run (m, "mmap process=A length=4K fd=3")->refused, ==,
                    VM_EBADF);
  g_assert_cmpuint (run (m, "open process=A file=F")->value, ==, 3);
  const struct vm_result *r
      = run (m, "mmap process=A length=16K fd=3 type=shared");
  g_assert_cmpuint (r->refused, ==, VM_ERRNO_NONE);
  uint64_t va = r->value;
  run (m, "close process=A fd=3");
  g_assert_cmpuint (s->files[1].regions, ==, 1);
  put (m, "A", va, 3);
  g_assert_cmpuint (s->files[1].dirty, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A number of the state that is one too large must be seen. */
static void
test_rules (void)
{
  struct vm_machine *m = new_sharing ("", "size=128K");
  struct vm_state *s = writable (m);
  struct vm_check_report report;

  put (m, "A", BASE, 1);
  page_out (m, "A", BASE, 1);
  s->files[1].swapped++;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==, "a file counts its pages in swap");
  s->files[1].swapped--;
  s->slots[1].page++;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==,
                   "a slot holds a page of shared memory alone");
  s->slots[1].page--;
  s->slots[1].count++;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==, "a slot counts the entries that name it");
  s->slots[1].count--;
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/shmem/out-and-in", test_out_and_in);
  g_test_add_func ("/core/shmem/nameless", test_nameless);
  g_test_add_func ("/core/shmem/write-fails", test_write_fails);
  g_test_add_func ("/core/shmem/calls", test_calls);
  g_test_add_func ("/core/shmem/advice", test_advice);
  g_test_add_func ("/core/shmem/ahead", test_ahead);
  g_test_add_func ("/core/shmem/ahead-scarce", test_ahead_scarce);
  g_test_add_func ("/core/shmem/ahead-policy", test_ahead_policy);
  g_test_add_func ("/core/shmem/priorities", test_priorities);
  g_test_add_func ("/core/shmem/descriptor", test_descriptor);
  g_test_add_func ("/core/shmem/rules", test_rules);
  return g_test_run ();
}
