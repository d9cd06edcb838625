/* Reclaim and swap: pages leave memory and come back with the same bytes, and
 * a policy chooses in the machine as it does in a pool. */
#include "support.h"

#include <inttypes.h>
#include <stdlib.h>

#include "mm/entries.h"
#include "mm/lru.h"
#include "mm/reclaim.h"
#include "mm/resident_set.h"
#include "mm/swap.h"
#include "policy/string.h"
#include "process/oom.h"
#include "process/process.h"

#define BASE UINT64_C (0x10000000)

static struct vm_machine *
new_machine (const char *machine)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", machine);
  return m;
}

static void
write_page (struct vm_machine *m, const char *process, uint64_t page,
            uint64_t value)
{
  const struct vm_result *r = run (
      m, "access process=%s va=%" PRIu64 " width=8 kind=write value=%" PRIu64,
      process, BASE + page * VM_PAGE_SIZE, value);
  g_assert_true (r->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
}

static const struct vm_result *
read_page (struct vm_machine *m, const char *process, uint64_t page,
           uint64_t value)
{
  const struct vm_result *r = run (m,
                                   "access process=%s va=%" PRIu64 " width=8",
                                   process, BASE + page * VM_PAGE_SIZE);
  g_assert_true (r->translation.ok);
  g_assert_cmpuint (r->translation.value, ==, value);
  assert_holds (m, VM_CHECK_ALL);
  return r;
}

static struct vm_entry
entry_of (const struct vm_machine *m, uint32_t process, uint64_t page)
{
  return vm_entry_of (vm_machine_state (m), process,
                      vm_vaddr_of (BASE + page * VM_PAGE_SIZE));
}

/* Twice as many pages as there are frames, under every way of choosing. */
static void
test_contents (void)
{
  static const char *const ways[] = {"linux",
                                     "fifo scope=global",
                                     "lru",
                                     "mru",
                                     "clock-set",
                                     "clock-clear",
                                     "second-chance",
                                     "nru",
                                     "aging",
                                     "lfu",
                                     "lfu-aging",
                                     "random",
                                     "two-list",
                                     "2q",
                                     "arc",
                                     "sieve",
                                     "s3-fifo",
                                     "lru scope=local resident=20",
                                     "two-list scope=local resident=9"};

  for (size_t way = 0; way < G_N_ELEMENTS (ways); way++) {
    g_autofree char *machine = g_strdup_printf (
        "machine geometry=x86-64 memory=256K reclaim=%s", ways[way]);
    struct vm_machine *m = new_machine (machine);
    run (m, "swapon size=1M");
    run (m, "process name=A");
    run (m, "mmap process=A va=%" PRIu64 " length=480K fixed=on", BASE);
    for (uint64_t page = 0; page < 120; page++)
      write_page (m, "A", page, 1000 + page);
    for (uint64_t page = 0; page < 120; page++)
      read_page (m, "A", page, 1000 + page);
    const struct vm_counters *c = &vm_machine_state (m)->counters;
    g_assert_cmpuint (c->swap_out, >, 50);
    g_assert_cmpuint (c->swap_in, >, 50);
    g_assert_cmpuint (c->disk_reads, ==, c->swap_in);
    if (strstr (ways[way], "local") == NULL)
      g_assert_cmpuint (c->kswapd_runs, >, 0);
    run (m, "swapoff");
    run (m, "exit process=A");
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

/* The entry of a page in swap, bit by bit: area 0, slot 1. */
static void
test_format (void)
{
  static const struct {
    const char *geometry;
    uint64_t raw;
  } formats[] = {
      {"x86-64", ((UINT64_C (1) << 50) - 2) << 9},
      {"x86-64-la57", ((UINT64_C (1) << 50) - 2) << 9},
      {"x86-pae", ((UINT64_C (1) << 50) - 2) << 9},
      {"x86-32", 1 << 9},
      {"sv32", 1 << 12},
      {"sv39", 1 << 12},
      {"sv48", 1 << 12},
      {"aarch64", 1 << 8},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *machine = g_strdup_printf ("machine geometry=%s memory=1M",
                                                formats[i].geometry);
    struct vm_machine *m = new_machine (machine);
    run (m, "swapon size=64K");
    run (m, "process name=A");
    run (m, "mmap process=A va=%" PRIu64 " length=16K fixed=on", BASE);
    write_page (m, "A", 0, 77);
    run (m, "madvise process=A va=%" PRIu64 " length=4K advice=pageout", BASE);
    assert_holds (m, VM_CHECK_ALL);
    struct vm_entry entry = entry_of (m, 0, 0);
    uint32_t width = vm_machine_geometry (m)->entry_bytes;
    g_assert_cmphex (vm_memory_read (vm_machine_state (m), entry.pa, width), ==,
                     formats[i].raw);
    g_assert_cmpuint (vm_machine_state (m)->mms[0].swapped, ==, 1);
    g_assert_cmpuint (read_page (m, "A", 0, 77)->faults[0].major, ==, 1);
    vm_machine_free (m);
  }
}

static struct vm_machine *
new_pair (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");

  run (m, "swapon size=64K");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=%" PRIu64 " length=64K fixed=on", BASE);
  for (uint64_t page = 0; page < 4; page++)
    write_page (m, "A", page, 10 + page);
  return m;
}

static void
page_out (struct vm_machine *m, const char *process)
{
  run (m, "madvise process=%s va=%" PRIu64 " length=16K advice=pageout",
       process, BASE);
  assert_holds (m, VM_CHECK_ALL);
}

/* A page that was read back keeps its slot, and goes again unwritten; one that
 * is written gives it up. */
static void
test_cache (void)
{
  struct vm_machine *m = new_pair ();
  const struct vm_state *s = vm_machine_state (m);

  page_out (m, "A");
  g_assert_cmpuint (s->counters.swap_out, ==, 4);
  g_assert_cmpuint (s->areas[0].used, ==, 4);
  run (m, "madvise process=A va=%" PRIu64 " length=8K advice=willneed", BASE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->counters.swap_in, ==, 2);
  g_assert_cmpuint (s->mms[0].swapped, ==, 4);
  const struct vm_result *r = read_page (m, "A", 0, 10);
  g_assert_cmpuint (r->faults[0].action, ==, VM_DID_SWAP_IN);
  g_assert_cmpuint (r->faults[0].major, ==, 0);
  g_assert_cmpuint (read_page (m, "A", 2, 12)->faults[0].major, ==, 1);
  g_assert_cmpuint (s->areas[0].used, ==, 4);
  page_out (m, "A");
  g_assert_cmpuint (s->counters.swap_out, ==, 4);
  write_page (m, "A", 3, 33);
  g_assert_cmpuint (s->areas[0].used, ==, 3);
  /* Read first, then written, without another fault: it keeps the slot, and
     must be written there again. */
  read_page (m, "A", 1, 11);
  g_assert_cmpuint (s->areas[0].used, ==, 3);
  write_page (m, "A", 1, 111);
  g_assert_cmpuint (s->areas[0].used, ==, 3);
  page_out (m, "A");
  g_assert_cmpuint (s->counters.swap_out, ==, 6);
  read_page (m, "A", 1, 111);
  read_page (m, "A", 3, 33);
  run (m, "munmap process=A va=%" PRIu64 " length=64K", BASE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->areas[0].used, ==, 0);
  vm_machine_free (m);
}

/* fork copies entries that name slots, and copies on write go on. */
static void
test_fork (void)
{
  struct vm_machine *m = new_pair ();
  const struct vm_state *s = vm_machine_state (m);

  page_out (m, "A");
  run (m, "fork process=A name=B");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->slots[1].count, ==, 2);
  g_assert_cmpuint (s->mms[1].swapped, ==, 4);
  write_page (m, "B", 0, 99);
  read_page (m, "A", 0, 10);
  read_page (m, "B", 0, 99);
  /* Both have the page of the swap cache; each writes its own. */
  read_page (m, "A", 1, 11);
  g_assert_cmpuint (read_page (m, "B", 1, 11)->faults[0].major, ==, 0);
  write_page (m, "A", 1, 21);
  read_page (m, "B", 1, 11);
  write_page (m, "B", 1, 31);
  read_page (m, "A", 1, 21);
  page_out (m, "A");
  page_out (m, "B");
  read_page (m, "A", 1, 21);
  read_page (m, "B", 1, 31);
  read_page (m, "A", 3, 13);
  run (m, "exit process=A");
  assert_holds (m, VM_CHECK_ALL);
  read_page (m, "B", 2, 12);
  read_page (m, "B", 3, 13);
  run (m, "exit process=B");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->areas[0].used, ==, 0);
  vm_machine_free (m);
}

/* A write to swap that fails loses nothing. */
static void
test_write_fails (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");

  run (m, "swapon size=64K fails=2");
  run (m, "process name=A");
  run (m, "mmap process=A va=%" PRIu64 " length=64K fixed=on", BASE);
  for (uint64_t page = 0; page < 4; page++)
    write_page (m, "A", page, 10 + page);
  page_out (m, "A");
  g_assert_cmpuint (vm_machine_state (m)->counters.swap_out, ==, 3);
  g_assert_cmpuint (read_page (m, "A", 1, 11)->faults[0].major, ==, 0);
  g_assert_cmpuint (read_page (m, "A", 0, 10)->faults[0].major, ==, 1);
  vm_machine_free (m);
}

/* Each write in turn, while memory is far too small: nothing is lost, and
 * nobody is killed for it. */
static void
test_every_write_fails (void)
{
  for (uint32_t fails = 1; fails <= 60; fails += 3) {
    struct vm_machine *m
        = new_machine (fails % 2 == 0 ? "machine geometry=x86-64 memory=256K"
                                      : "machine geometry=x86-64 memory=256K "
                                        "reclaim=lru scope=local resident=12");
    run (m, "swapon size=1M fails=%u", fails);
    run (m, "process name=A");
    run (m, "mmap process=A va=%" PRIu64 " length=480K fixed=on", BASE);
    for (uint64_t page = 0; page < 90; page++)
      write_page (m, "A", page, 500 + page);
    for (uint64_t page = 0; page < 90; page++)
      read_page (m, "A", page, 500 + page);
    g_assert_cmpuint (vm_machine_state (m)->areas[0].writes, >, fails);
    vm_machine_free (m);
  }
}

/* Locked and pinned pages stay. */
static void
test_locked (void)
{
  struct vm_machine *m = new_pair ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "mlock process=A va=%" PRIu64 " length=8K", BASE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->mms[0].locked_vm, ==, 2);
  g_assert_cmpuint (s->lists[VM_LRU_UNEVICTABLE].size, ==, 2);
  g_assert_cmpuint (
      run (m, "madvise process=A va=%" PRIu64 " length=8K advice=pageout", BASE)
          ->refused,
      ==, VM_EINVAL);
  run (m, "pin process=A va=%" PRIu64 " length=4K", BASE + 2 * VM_PAGE_SIZE);
  g_assert_cmpuint (s->mms[0].pinned_vm, ==, 1);
  run (m, "madvise process=A va=%" PRIu64 " length=8K advice=pageout",
       BASE + 2 * VM_PAGE_SIZE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->counters.swap_out, ==, 1);
  run (m, "unpin process=A va=%" PRIu64 " length=4K", BASE + 2 * VM_PAGE_SIZE);
  run (m, "munlock process=A va=%" PRIu64 " length=8K", BASE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->lists[VM_LRU_UNEVICTABLE].size, ==, 0);
  page_out (m, "A");
  g_assert_cmpuint (s->counters.swap_out, ==, 4);
  vm_machine_free (m);
}

/* What a device writes reaches the parent, even after a fork. */
static void
test_pinned_fork (void)
{
  struct vm_machine *m = new_pair ();
  const struct vm_state *s = vm_machine_state (m);
  uint64_t frame = entry_of (m, 0, 0).pte.frame;

  run (m, "pin process=A va=%" PRIu64 " length=4K", BASE);
  run (m, "fork process=A name=B");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (entry_of (m, 1, 0).pte.frame, !=, frame);
  g_assert_cmpuint (entry_of (m, 1, 1).pte.frame, ==,
                    entry_of (m, 0, 1).pte.frame);
  write_page (m, "A", 0, 55);
  g_assert_cmpuint (entry_of (m, 0, 0).pte.frame, ==, frame);
  read_page (m, "B", 0, 10);
  run (m, "exit process=A");
  g_assert_cmpuint (s->links[frame].pins, ==, 0);
  read_page (m, "B", 0, 10);
  vm_machine_free (m);
}

static const struct vm_result *
assert_refused (struct vm_machine *m, enum vm_errno refused, const char *line)
{
  const struct vm_result *r = run (m, "%s", line);

  if (r->refused != refused)
    g_error ("%s: %s", line, vm_errno_name ((enum vm_errno) r->refused));
  assert_holds (m, VM_CHECK_ALL);
  return r;
}

static void
test_lock_limits (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "process name=A");
  run (m, "mmap process=A va=0x10000000 length=64K fixed=on");
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on");
  run (m, "limit process=A memlock=32K");
  assert_refused (m, VM_ENOMEM, "mlock process=A va=0x10000000 length=36K");
  assert_refused (m, VM_ERRNO_NONE, "mlock process=A va=0x10000800 length=8K");
  g_assert_cmpuint (s->mms[0].locked_vm, ==, 3);
  g_assert_cmpuint (s->mms[0].rss_anon, ==, 3);
  assert_refused (m, VM_ERRNO_NONE, "mlock process=A va=0x10000000 length=32K");
  g_assert_cmpuint (s->mms[0].locked_vm, ==, 8);
  assert_refused (m, VM_ENOMEM, "mlock process=A va=0x20000000 length=4K");
  assert_refused (m, VM_ENOMEM, "mlockall process=A");
  assert_refused (m, VM_EAGAIN, "mmap process=A length=4K locked=on");
  assert_refused (m, VM_ERRNO_NONE, "munlockall process=A");
  g_assert_cmpuint (s->mms[0].locked_vm, ==, 0);
  assert_refused (m, VM_ENOMEM, "mlock process=A va=0x1000f000 length=8K");
  assert_refused (m, VM_EINVAL, "mlockall process=A current=off");
  assert_refused (m, VM_ERRNO_NONE, "mlockall process=A current=off future=on");
  assert_refused (m, VM_ERRNO_NONE, "mmap process=A length=8K");
  g_assert_cmpuint (s->mms[0].locked_vm, ==, 3);
  assert_refused (m, VM_EAGAIN, "mmap process=A length=64K");
  run (m, "limit process=A memlock=0");
  assert_refused (m, VM_EPERM, "mlock process=A va=0x10000000 length=4K");
  assert_refused (m, VM_EPERM, "mlockall process=A");
  run (m, "fork process=A name=B");
  g_assert_cmpuint (s->mms[1].locked_vm, ==, 0);
  vm_machine_free (m);
}

/* The process with the highest score dies, and the access goes on. */
static void
test_oom (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=256K reclaim=linux");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "process name=A");
  run (m, "process name=B");
  run (m, "process name=C");
  run (m, "mmap process=A va=%" PRIu64 " length=256K fixed=on", BASE);
  run (m, "mmap process=B va=%" PRIu64 " length=256K fixed=on", BASE);
  run (m, "mmap process=C va=%" PRIu64 " length=256K fixed=on", BASE);
  for (uint64_t page = 0; page < 18; page++)
    write_page (m, "A", page, page);
  for (uint64_t page = 0; page < 10; page++)
    write_page (m, "B", page, page);
  run (m, "oom-adjust process=B lower=1000");
  uint64_t page = 0;
  while (s->counters.oom_kills == 0)
    write_page (m, "C", page++, 7);
  g_assert_cmpuint (page, >, 5);
  g_assert_cmpuint (vm_machine_process_named (m, "A"), ==, VM_NONE);
  for (uint64_t i = 0; i < 10; i++)
    read_page (m, "B", i, i);
  const struct vm_result *r = NULL;
  do
    r = run (m, "access process=C va=%" PRIu64 " kind=write value=1",
             BASE + page++ * VM_PAGE_SIZE);
  while (r->translation.ok);
  g_assert_cmpuint (r->signal, ==, VM_SIGKILL);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->counters.oom_kills, ==, 2);
  g_assert_cmpuint (vm_machine_process_named (m, "C"), ==, VM_NONE);
  vm_machine_free (m);
}

/* A string of references, made in a pool and by a process that may have as
 * many pages: the same faults and the same victims. */
static void
compare_string (enum vm_policy policy, uint64_t number)
{
  uint64_t seed = number * 31 + policy + 1;
  uint32_t frames = 2 + (uint32_t) random_below (&seed, 12);
  uint32_t pages = frames + 1 + (uint32_t) random_below (&seed, 12);
  uint64_t count = 60 + random_below (&seed, 60);
  struct vm_reference references[120];
  struct vm_string string;
  struct vm_run teaching;
  GString *declared = g_string_new ("string references=");

  for (uint64_t i = 0; i < count; i++) {
    references[i] = (struct vm_reference){
        .page = (BASE >> VM_PAGE_SHIFT) + random_below (&seed, pages),
        .write = random_chance (&seed, 30),
    };
    g_string_append_printf (declared, "%s%" PRIu64 "%s", i == 0 ? "" : ",",
                            references[i].page, references[i].write ? "w" : "");
  }
  g_autofree char *machine = g_strdup_printf (
      "machine geometry=x86-64 memory=1M reclaim=%s scope=local resident=%u "
      "seed=%" PRIu64,
      vm_policy_info_of (policy)->name, frames, 5 + number);
  struct vm_machine *m = new_machine (machine);
  const struct vm_state *s = vm_machine_state (m);
  struct vm_pool_config config
      = {.policy = policy, .frames = frames, .seed = 5 + number};
  g_assert_true (vm_string_init (&string, references, count));
  g_assert_true (vm_run_init (&teaching, &string, &config));
  run (m, "swapon size=1M");
  run (m, "process name=A");
  run (m, "%s", declared->str);
  run (m, "mmap process=A va=%" PRIu64 " length=128K fixed=on", BASE);
  for (uint64_t i = 0; i < count; i++) {
    struct vm_run_event event = vm_run_next (&teaching);
    run (m, "access process=A va=%" PRIu64 "%s",
         references[i].page << VM_PAGE_SHIFT,
         references[i].write ? " kind=write" : "");
    struct vm_entry gone = vm_entry_of (
        s, 0, vm_vaddr_of (string.page_of[event.victim.page] << VM_PAGE_SHIFT));
    if (event.victim.evicted && vm_entry_has_page (&gone))
      g_error ("%s: reference %" PRIu64 ": the victim is another one",
               vm_policy_info_of (policy)->name, i);
    if (s->set_courses[0].faults != teaching.faults
        || s->set_courses[0].hits != teaching.hits)
      g_error ("%s, string %" PRIu64 ", reference %" PRIu64 ": %" PRIu64
               " faults instead of %" PRIu64,
               vm_policy_info_of (policy)->name, number, i,
               s->set_courses[0].faults, teaching.faults);
  }
  assert_holds (m, VM_CHECK_ALL);
  vm_run_done (&teaching);
  vm_string_done (&string);
  vm_machine_free (m);
  g_string_free (declared, TRUE);
}

/* 20 strings for each policy; more if the environment says so. */
static void
test_policies (void)
{
  const char *wanted = g_getenv ("PAGEWALK_STRINGS");
  uint64_t strings = wanted == NULL ? 20 : strtoull (wanted, NULL, 10);

  for (uint32_t policy = 0; policy < VM_POLICIES; policy++)
    for (uint64_t number = 0; number < strings; number++)
      compare_string ((enum vm_policy) policy, number);
}

/* A number of the state that is one too large must be seen. */
static void
assert_seen (struct vm_machine *m, uint32_t *number, const char *rule)
{
  struct vm_check_report report = {.rule = NULL};

  (*number)++;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==, rule);
  (*number)--;
  assert_holds (m, VM_CHECK_ALL);
}

static void
test_rules (void)
{
  struct vm_machine *m = new_pair ();
  struct vm_state *s = writable (m);

  page_out (m, "A");
  read_page (m, "A", 0, 10);
  run (m, "pin process=A va=%" PRIu64 " length=4K", BASE);
  uint32_t frame = (uint32_t) entry_of (m, 0, 0).pte.frame;
  uint32_t slot = s->links[frame].slot;
  assert_seen (m, &s->slots[2].count, "a slot counts the entries that name it");
  assert_seen (m, &s->areas[0].used, "a swap area counts its slots in use");
  assert_seen (m, &s->slots[slot].frame,
               "a frame of the swap cache and its slot name each other");
  assert_seen (m, &s->links[frame].pins, "pinned pages are counted");
  assert_seen (m, &s->lists[VM_LRU_INACTIVE_ANON].size,
               "a list counts its frames");
  assert_seen (m, &s->links[frame].older,
               "a list goes through its frames once");
  s->config.watermark_low -= s->config.watermark_min;
  struct vm_check_report report;
  g_assert_false (vm_check (m, VM_CHECK_LINKS, &report));
  g_assert_cmpstr (report.rule, ==, "watermarks rise");
  s->config.watermark_low += s->config.watermark_min;
  s->mms[0].swapped++;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==,
                   "an address space counts its pages in swap");
  s->mms[0].swapped--;
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_refusals (void)
{
  struct vm_machine *m = vm_machine_new ();

  refused (m, VM_ERROR_MISSING_PARAMETER,
           "machine geometry=x86-64 scope=local");
  refused (m, VM_ERROR_MISSING_PARAMETER,
           "machine geometry=x86-64 reclaim=linux scope=local");
  refused (m, VM_ERROR_MISSING_PARAMETER,
           "machine geometry=x86-64 reclaim=opt");
  refused (m, VM_ERROR_TOO_MANY,
           "machine geometry=x86-64 memory=1G reclaim=lru");
  refused (m, VM_ERROR_OUT_OF_RANGE,
           "machine geometry=x86-64 watermark-min=9 watermark-low=9");
  refused (m, VM_ERROR_OUT_OF_RANGE,
           "machine geometry=x86-64 memory=1M watermark-high=400");
  run (m, "machine geometry=x86-64 memory=1M");
  refused (m, VM_ERROR_NOT_ALIGNED, "swapon size=10000");
  refused (m, VM_ERROR_OUT_OF_RANGE, "swapoff");
  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++)
    run (m, "swapon size=%uK", i == 0 ? 8 : 16);
  refused (m, VM_ERROR_TOO_MANY, "swapon size=16K");
  /* The first has room for one page, the next take the others. */
  run (m, "process name=A");
  run (m, "mmap process=A va=%" PRIu64 " length=64K fixed=on", BASE);
  for (uint64_t page = 0; page < 4; page++)
    write_page (m, "A", page, 60 + page);
  page_out (m, "A");
  g_assert_cmpuint (vm_machine_state (m)->areas[0].used, ==, 1);
  g_assert_cmpuint (vm_machine_state (m)->areas[1].used, ==, 3);
  run (m, "swapoff area=1");
  assert_holds (m, VM_CHECK_ALL);
  for (uint64_t page = 0; page < 4; page++)
    read_page (m, "A", page, 60 + page);
  refused (m, VM_ERROR_UNKNOWN_PROCESS, "oom-adjust process=B raise=5");
  vm_machine_free (m);
}

/* What Linux computes: 4 * sqrt (KiB), a quarter of it, or a thousandth. */
static void
test_watermarks (void)
{
  struct vm_watermarks small = vm_reclaim_watermarks (64);
  struct vm_watermarks usual = vm_reclaim_watermarks (16384);
  struct vm_watermarks large = vm_reclaim_watermarks (1u << 20);

  g_assert_cmpuint (small.min, ==, 8);
  g_assert_cmpuint (usual.min, ==, 256);
  g_assert_cmpuint (usual.low, ==, 256 + 64);
  g_assert_cmpuint (usual.high, ==, 256 + 128);
  g_assert_cmpuint (large.min, ==, 2048);
  g_assert_cmpuint (large.low, ==, 2048 + 1048);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/swap/contents", test_contents);
  g_test_add_func ("/core/swap/format", test_format);
  g_test_add_func ("/core/swap/cache", test_cache);
  g_test_add_func ("/core/swap/fork", test_fork);
  g_test_add_func ("/core/swap/write-fails", test_write_fails);
  g_test_add_func ("/core/swap/every-write-fails", test_every_write_fails);
  g_test_add_func ("/core/swap/locked", test_locked);
  g_test_add_func ("/core/swap/pinned-fork", test_pinned_fork);
  g_test_add_func ("/core/swap/lock-limits", test_lock_limits);
  g_test_add_func ("/core/swap/oom", test_oom);
  g_test_add_func ("/core/swap/policies", test_policies);
  g_test_add_func ("/core/swap/rules", test_rules);
  g_test_add_func ("/core/swap/refusals", test_refusals);
  g_test_add_func ("/core/swap/watermarks", test_watermarks);
  return g_test_run ();
}
