/* Who leaves memory and who stays: what reclaim begins with, what makes pages
 * active, when kswapd gives up, and who is killed. */
#include "support.h"

#include <inttypes.h>

#include "mm/lru.h"
#include "mm/rmap.h"
#include "process/process.h"

#define BASE UINT64_C (0x10000000)
#define FILE_BASE UINT64_C (0x20000000)

static struct vm_machine *
new_machine (const char *machine)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", machine);
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=%" PRIu64 " length=256K fixed=on noreserve=on",
       BASE);
  return m;
}

static const struct vm_result *
put (struct vm_machine *m, const char *process, uint64_t page, uint64_t value)
{
  const struct vm_result *r = run (
      m, "access process=%s va=%" PRIu64 " width=8 kind=write value=%" PRIu64,
      process, BASE + page * VM_PAGE_SIZE, value);

  assert_holds (m, VM_CHECK_ALL);
  return r;
}

static uint32_t
frame_at (const struct vm_machine *m, uint64_t va)
{
  return (uint32_t) vm_entry_of (vm_machine_state (m), 0, vm_vaddr_of (va))
      .pte.frame;
}

static enum vm_lru
list_at (const struct vm_machine *m, uint64_t va)
{
  return vm_lru_of (vm_machine_state (m), frame_at (m, va));
}

static void
advise (struct vm_machine *m, uint64_t va, uint64_t pages, const char *advice,
        enum vm_errno refused)
{
  const struct vm_result *r
      = run (m, "madvise process=A va=%" PRIu64 " length=%" PRIu64 " advice=%s",
             va, pages * VM_PAGE_SIZE, advice);

  g_assert_cmpuint (r->refused, ==, refused);
  assert_holds (m, VM_CHECK_ALL);
}

/* Pages that were there before swap was join the lists, locked ones theirs. */
static void
test_late (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=F size=8K");
  run (m, "mmap process=A va=%" PRIu64 " length=8K fixed=on file=F", FILE_BASE);
  run (m, "access process=A va=%" PRIu64, FILE_BASE);
  put (m, "A", 0, 1);
  put (m, "A", 1, 2);
  run (m, "mlock process=A va=%" PRIu64 " length=4K", BASE);
  g_assert_cmpuint (list_at (m, BASE), ==, VM_LRU_NONE);
  run (m, "swapon size=64K");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (list_at (m, BASE), ==, VM_LRU_UNEVICTABLE);
  g_assert_cmpuint (list_at (m, BASE + VM_PAGE_SIZE), ==, VM_LRU_INACTIVE_ANON);
  g_assert_cmpuint (list_at (m, FILE_BASE), ==, VM_LRU_INACTIVE_FILE);
  g_assert_cmpuint (s->lists[VM_LRU_INACTIVE_FILE].size, ==, 2);
  vm_machine_free (m);
}

/* Touches new pages until reclaim has looked at a frame; what it thought. */
static enum vm_fate
press (struct vm_machine *m, uint64_t first, uint32_t frame)
{
  uint64_t seen = vm_machine_step_count (m);

  for (uint64_t page = first; page < 64; page++) {
    put (m, "A", page, page);
    for (; seen < vm_machine_step_count (m); seen++) {
      const struct vm_step *step = vm_machine_step (m, seen);
      if (step->kind == VM_STEP_LRU_LOOK
          && step->values[VM_V_LRU_FRAME] == frame)
        return (enum vm_fate) step->values[VM_V_LRU_FATE];
    }
  }
  return VM_FATES;
}

/* A program's code is active after one use, other pages of files after two. */
static void
test_code (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=192K read-ahead=0");

  run (m, "swapon size=256K");
  run (m, "file name=F size=8K cached=off");
  run (m, "mmap process=A va=%" PRIu64 " length=4K fixed=on file=F prot=rx",
       FILE_BASE);
  run (m,
       "mmap process=A va=%" PRIu64
       " length=4K fixed=on file=F prot=r offset=4K",
       FILE_BASE + 16 * VM_PAGE_SIZE);
  run (m, "access process=A va=%" PRIu64 " kind=fetch", FILE_BASE);
  run (m, "access process=A va=%" PRIu64, FILE_BASE + 16 * VM_PAGE_SIZE);
  uint32_t code = frame_at (m, FILE_BASE);
  uint32_t data = frame_at (m, FILE_BASE + 16 * VM_PAGE_SIZE);
  g_assert_cmpuint (press (m, 0, code), ==, VM_FATE_ACTIVATE);
  g_assert_cmpuint (press (m, 40, data), ==, VM_FATE_KEEP);
  vm_machine_free (m);
}

/* What two processes use is active at once. */
static void
test_shared_use (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=256K swappiness=200");

  run (m, "swapon size=256K");
  put (m, "A", 0, 9);
  run (m, "fork process=A name=B");
  run (m, "access process=B va=%" PRIu64, BASE);
  run (m, "access process=A va=%" PRIu64, BASE);
  uint32_t frame = frame_at (m, BASE);
  g_assert_cmpuint (press (m, 1, frame), ==, VM_FATE_ACTIVATE);
  g_assert_cmpuint (vm_rmap_process (vm_machine_state (m), VM_MAX_PROCESSES),
                    ==, VM_NONE);
  vm_machine_free (m);
}

/* Linux lets more of a larger memory be active: from 1 GiB on the root of ten
 * times as many. */
static void
test_ratio (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  struct vm_state *s = writable (m);
  struct vm_lru_list *small = &s->lists[VM_LRU_INACTIVE_ANON];
  struct vm_lru_list *large = &s->lists[VM_LRU_ACTIVE_ANON];

  small->size = 10;
  large->size = 10;
  g_assert_false (vm_lru_is_low (s, VM_LRU_INACTIVE_ANON));
  large->size = 11;
  g_assert_true (vm_lru_is_low (s, VM_LRU_INACTIVE_ANON));
  small->size = 100000;
  large->size = 300000; /* 1.5 GiB: up to 3 to 1 */
  g_assert_false (vm_lru_is_low (s, VM_LRU_INACTIVE_ANON));
  large->size = 300001;
  g_assert_true (vm_lru_is_low (s, VM_LRU_INACTIVE_ANON));
  small->size = large->size = 0;
  g_assert_cmpuint (vm_lru_beside (VM_LRU_UNEVICTABLE), ==, VM_LRU_UNEVICTABLE);
  vm_machine_free (m);
}

/* kswapd gives up after 16 runs for nothing, and begins again once something
 * could go. */
static void
test_hopeless (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=256K reclaim=linux");
  const struct vm_state *s = vm_machine_state (m);
  uint64_t page = 0;

  while (s->counters.kswapd_runs == 0)
    put (m, "A", page++, 1);
  for (uint32_t i = 0; i < 30; i++)
    put (m, "A", 0, i);
  g_assert_cmpuint (s->counters.kswapd_runs, ==, 16);
  g_assert_cmpuint (s->reclaim.failures, ==, 16);
  run (m, "swapon size=128K");
  while (s->counters.direct_runs == 0)
    put (m, "A", page++, 1);
  g_assert_cmpuint (s->reclaim.failures, ==, 0);
  g_assert_cmpuint (s->counters.swap_out, >, 0);
  vm_machine_free (m);
}

/* Nobody may be killed: whoever needs memory gets the signal himself. */
static void
test_nobody (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=192K reclaim=linux");
  const struct vm_state *s = vm_machine_state (m);
  const struct vm_result *r;
  uint64_t page = 0;

  run (m, "oom-adjust process=A lower=1000");
  do
    r = put (m, "A", page++, 1);
  while (r->translation.ok);
  g_assert_cmpuint (r->signal, ==, VM_SIGKILL);
  g_assert_cmpuint (s->counters.oom_kills, ==, 0);
  vm_machine_free (m);
}

/* Who shares the victim's address space goes with it. */
static void
test_together (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=192K reclaim=linux");
  const struct vm_state *s = vm_machine_state (m);
  uint64_t page = 0;

  run (m, "vfork process=A name=B");
  while (s->counters.oom_kills == 0)
    put (m, "B", page++, 1);
  g_assert_cmpuint (s->counters.oom_kills, ==, 1);
  for (uint32_t i = 0; i < 2; i++)
    g_assert_cmpuint (s->processes[i].state, !=, VM_PROCESS_RUNNING);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A process whose pages are all locked cannot make room among its own, and is
 * the one that dies. */
static void
test_confined (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=1M reclaim=lru "
                     "scope=local resident=3");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "swapon size=64K");
  run (m, "process name=B");
  run (m, "mmap process=B va=%" PRIu64 " length=64K fixed=on", BASE);
  for (uint64_t page = 0; page < 5; page++)
    put (m, "B", page, page);
  for (uint64_t page = 0; page < 3; page++)
    put (m, "A", page, page);
  run (m, "mlock process=A va=%" PRIu64 " length=12K", BASE);
  const struct vm_result *r = put (m, "A", 3, 3);
  g_assert_false (r->translation.ok);
  g_assert_cmpuint (s->counters.oom_kills, ==, 1);
  g_assert_cmpuint (vm_machine_process_named (m, "A"), ==, VM_NONE);
  g_assert_cmpuint (vm_machine_process_named (m, "B"), !=, VM_NONE);
  vm_machine_free (m);
}

/* Advice about pages that it does not suit changes nothing. */
static void
test_advice (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=1M failing-write=2");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "swapon size=64K");
  run (m, "file name=F size=8K");
  run (m, "mmap process=A va=%" PRIu64 " length=8K fixed=on file=F type=shared",
       FILE_BASE);
  put (m, "A", 0, 7);
  put (m, "A", 1, 8);
  advise (m, FILE_BASE, 1, "free", VM_EINVAL);
  /* Nothing is in swap, or it is back already. */
  advise (m, BASE, 2, "willneed", VM_ERRNO_NONE);
  advise (m, BASE, 1, "pageout", VM_ERRNO_NONE);
  advise (m, BASE, 1, "willneed", VM_ERRNO_NONE);
  advise (m, BASE, 1, "willneed", VM_ERRNO_NONE);
  g_assert_cmpuint (s->counters.swap_in, ==, 1);
  /* Nobody may touch it, so that it is not there for advice. */
  run (m, "mprotect process=A va=%" PRIu64 " length=4K prot=none",
       BASE + VM_PAGE_SIZE);
  advise (m, BASE + VM_PAGE_SIZE, 1, "pageout", VM_ERRNO_NONE);
  g_assert_cmpuint (s->counters.swap_out, ==, 1);
  run (m, "mprotect process=A va=%" PRIu64 " length=4K prot=rw",
       BASE + VM_PAGE_SIZE);
  /* What others have, too, stays with them. */
  run (m, "fork process=A name=B");
  advise (m, BASE + VM_PAGE_SIZE, 1, "pageout", VM_ERRNO_NONE);
  advise (m, BASE + VM_PAGE_SIZE, 1, "cold", VM_ERRNO_NONE);
  advise (m, BASE + VM_PAGE_SIZE, 1, "free", VM_ERRNO_NONE);
  g_assert_cmpuint (s->counters.swap_out, ==, 1);
  run (m, "exit process=B");
  /* The second write of the disk fails: the frame keeps the page, and the file
     owes an EIO. */
  run (m, "access process=A va=%" PRIu64 " kind=write value=5 width=8",
       FILE_BASE);
  advise (m, FILE_BASE, 1, "pageout", VM_ERRNO_NONE);
  g_assert_cmpuint (s->files[1].pages, ==, 2);
  g_assert_cmpuint (s->counters.write_errors, ==, 1);
  const struct vm_result *r
      = run (m, "access process=A va=%" PRIu64 " width=8", FILE_BASE);
  g_assert_cmpuint (r->translation.value, ==, 5);
  g_assert_false (r->faults[0].major);
  vm_machine_free (m);
}

/* The disk's n-th write fails, whatever it is for: nothing is lost. */
static void
test_disk_fails (void)
{
  for (uint32_t n = 1; n <= 4; n++) {
    g_autofree char *line = g_strdup_printf (
        "machine geometry=x86-64 memory=1M failing-write=%u", n);
    struct vm_machine *m = new_machine (line);
    const struct vm_state *s = vm_machine_state (m);
    run (m, "swapon size=64K");
    run (m, "mmap process=A va=%" PRIu64 " length=8K fixed=on type=shared",
         FILE_BASE);
    for (uint64_t page = 0; page < 2; page++) {
      put (m, "A", page, 70 + page);
      put (m, "A", (FILE_BASE - BASE) / VM_PAGE_SIZE + page, 80 + page);
    }
    advise (m, BASE, 2, "pageout", VM_ERRNO_NONE);
    advise (m, FILE_BASE, 2, "pageout", VM_ERRNO_NONE);
    g_assert_cmpuint (s->counters.disk_writes, ==, 4);
    g_assert_cmpuint (s->counters.swap_out, ==, 3);
    for (uint64_t page = 0; page < 4; page++) {
      uint64_t va = (page < 2 ? BASE : FILE_BASE) + page % 2 * VM_PAGE_SIZE;
      const struct vm_result *r
          = run (m, "access process=A va=%" PRIu64 " width=8", va);
      g_assert_cmpuint (r->translation.value, ==,
                        (page < 2 ? 70 : 80) + page % 2);
      g_assert_cmpint (r->faults[0].major, ==, page + 1 != n);
    }
    vm_machine_free (m);
  }
}

/* A page of which nobody needs the contents goes unwritten; written again, it
 * is as any other. */
static void
test_lazy (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "swapon size=64K");
  put (m, "A", 0, 7);
  put (m, "A", 1, 8);
  advise (m, BASE, 2, "free", VM_ERRNO_NONE);
  g_assert_cmpuint (list_at (m, BASE), ==, VM_LRU_INACTIVE_FILE);
  put (m, "A", 1, 9);
  advise (m, BASE, 2, "pageout", VM_ERRNO_NONE);
  g_assert_cmpuint (s->counters.swap_out, ==, 1);
  g_assert_cmpuint (run (m, "access process=A va=%" PRIu64 " width=8", BASE)
                        ->translation.value,
                    ==, 0);
  g_assert_cmpuint (
      run (m, "access process=A va=%" PRIu64 " width=8", BASE + VM_PAGE_SIZE)
          ->translation.value,
      ==, 9);
  vm_machine_free (m);
}

/* Ranges that go round the end of all addresses. */
static void
test_ranges (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");

  g_assert_cmpuint (
      run (m, "mlock process=A va=0xfffffffffffff000 length=8K")->refused, ==,
      VM_EINVAL);
  g_assert_cmpuint (
      run (m, "munlock process=A va=0xfffffffffffff000 length=8K")->refused, ==,
      VM_EINVAL);
  g_assert_cmpuint (run (m, "mlock process=A va=0 length=0")->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (
      run (m, "pin process=A va=%" PRIu64 " length=8K", BASE + 255 * 1024)
          ->refused,
      !=, VM_ERRNO_NONE);
  g_assert_cmpuint (vm_machine_state (m)->mms[0].pinned_vm, ==, 0);
  run (m, "mlockall process=A future=on onfault=on");
  g_assert_cmpuint (
      run (m, "mmap process=A length=8K va=0x40000000 fixed=on")->refused, ==,
      VM_ERRNO_NONE);
  /* The page that was touched to be pinned is there, the new ones are not. */
  g_assert_cmpuint (vm_machine_state (m)->mms[0].rss_anon, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/reclaim/late", test_late);
  g_test_add_func ("/core/reclaim/code", test_code);
  g_test_add_func ("/core/reclaim/shared-use", test_shared_use);
  g_test_add_func ("/core/reclaim/ratio", test_ratio);
  g_test_add_func ("/core/reclaim/hopeless", test_hopeless);
  g_test_add_func ("/core/reclaim/nobody", test_nobody);
  g_test_add_func ("/core/reclaim/together", test_together);
  g_test_add_func ("/core/reclaim/confined", test_confined);
  g_test_add_func ("/core/reclaim/advice", test_advice);
  g_test_add_func ("/core/reclaim/disk-fails", test_disk_fails);
  g_test_add_func ("/core/reclaim/lazy", test_lazy);
  g_test_add_func ("/core/reclaim/ranges", test_ranges);
  return g_test_run ();
}
