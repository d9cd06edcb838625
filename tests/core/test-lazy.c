/* What switches and changes of mappings cost, worked out by hand, and how long
 * a borrowed address space lives. */
#include "support.h"

/* All that processors count, added up. */
struct costs {
  uint64_t switches, roots, same, lazy, flushes, avoided;
  uint64_t interrupts, skipped, late, left;
};

struct scenario {
  const char *name, *machine;
  const char *lines[14];
  struct costs costs;
};

/* Two processors, two processes with a region each, a thread T of A's, two
 * kernel threads. Nobody runs yet. */
static const char *const setting[] = {
    "process name=A",
    "mmap process=A length=16K prot=rw va=0x40000000 fixed=on",
    "process name=B",
    "mmap process=B length=16K prot=rw va=0x40000000 fixed=on",
    "clone process=A name=T flags=vm,fs,files,sighand,thread",
    "kthread name=k",
    "kthread name=l",
};

/* A write to a page that is not there maps it: not present to present is a
 * change that no TLB can have kept, so no flush comes of it. In the order of
 * struct costs. */
static const struct scenario scenarios[] = {
    /* Other memory, no numbers: a root write each, which empties the TLB (SDM
       4.10.4.1). */
    {"two processes",
     "",
     {"switch process=A", "switch process=B"},
     {2, 2, 0, 0, 2, 0, 0, 0, 0, 0}},
    /* The same with PCIDs: bit 63 of the new CR3 keeps all entries. */
    {"two processes, numbered",
     "pcid=on",
     {"switch process=A", "switch process=B", "switch process=A"},
     {3, 3, 0, 0, 0, 3, 0, 0, 0, 0}},
    /* real_prev == next in switch_mm_irqs_off, and not lazy: nothing. */
    {"two threads",
     "",
     {"switch process=A", "switch process=T", "switch process=A"},
     {3, 1, 2, 0, 1, 2, 0, 0, 0, 0}},
    /* A kernel thread between: enter_lazy_tlb, and back with an equal
       generation. Only the first switch wrote CR3. */
    {"there and back",
     "",
     {"switch process=A", "switch process=k", "switch process=A"},
     {3, 1, 0, 1, 1, 2, 0, 0, 0, 0}},
    /* Both processors use the memory: the other one is interrupted, and drops
       the page. */
    {"a change, both at work",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "access process=T va=0x40000000 cpu=1",
      "mprotect process=A va=0x40000000 length=4K prot=r"},
     {2, 2, 0, 0, 2, 0, 1, 0, 0, 0}},
    /* The other one is lazy: no interrupt (should_flush_tlb); its generation is
       1 of 2, or rather 0 of 1: it flushes when it goes back. */
    {"a change, one lazy",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "access process=T va=0x40000000 cpu=1", "switch process=k cpu=1",
      "mprotect process=A va=0x40000000 length=4K prot=r",
      "switch process=T cpu=1"},
     {4, 3, 0, 1, 3, 1, 0, 1, 1, 0}},
    /* Two changes are two interrupts spared, and one flush later on. */
    {"two changes, one lazy",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "switch process=k cpu=1",
      "mprotect process=A va=0x40000000 length=4K prot=r",
      "mprotect process=A va=0x40000000 length=4K prot=none",
      "switch process=T cpu=1"},
     {4, 3, 0, 1, 3, 1, 0, 2, 1, 0}},
    /* On to another process instead: its root empties the TLB anyway. Back to T
       is a switch like any other, and nothing is owed any more. */
    {"a change, and on to another",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "switch process=k cpu=1",
      "mprotect process=A va=0x40000000 length=4K prot=r",
      "switch process=B cpu=1", "switch process=T cpu=1"},
     {5, 4, 0, 1, 4, 1, 0, 1, 0, 0}},
    /* With numbers T's entries outlive B: what was put off is still owed, and
       comes with T's root (choose_new_asid: need_flush). */
    {"a change, and on to another, numbered",
     "pcid=on",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "access process=T va=0x40000000 cpu=1", "switch process=k cpu=1",
      "mprotect process=A va=0x40000000 length=4K prot=r",
      "switch process=B cpu=1", "switch process=T cpu=1"},
     {5, 4, 0, 1, 1, 4, 0, 1, 0, 0}},
    /* Nobody is interrupted for a process that no longer runs there. */
    {"a change, nobody there",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=B cpu=1",
      "mprotect process=A va=0x40000000 length=4K prot=r"},
     {2, 2, 0, 0, 2, 0, 0, 0, 0, 0}},
    /* munmap of all that a table maps frees the table: freed_tables, so the
       lazy one is interrupted, and goes over to init_mm. The page itself was
       dropped before, which it was spared; the kernel does both at once. Back
       to T is a root write again. */
    {"tables freed, one lazy",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "switch process=k cpu=1", "munmap process=A va=0x40000000 length=16K",
      "switch process=T cpu=1"},
     {4, 3, 0, 1, 3, 1, 1, 1, 0, 1}},
    /* munmap of one page of several frees no table: only spared. */
    {"no table freed, one lazy",
     "",
     {"access process=A va=0x40000000 kind=write",
      "access process=A va=0x40001000 kind=write", "switch process=T cpu=1",
      "switch process=k cpu=1", "munmap process=A va=0x40000000 length=4K",
      "switch process=T cpu=1"},
     {4, 3, 0, 1, 3, 1, 0, 1, 1, 0}},
    /* One kernel thread after the other: the reference goes on, CR3 stays. */
    {"two kernel threads",
     "",
     {"switch process=A", "switch process=k", "switch process=l",
      "switch process=A"},
     {4, 1, 0, 2, 1, 3, 0, 0, 0, 0}},
    /* The whole group ends: its tables go, and the lazy one is told. */
    {"the end, one lazy",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "switch process=k cpu=1", "exit process=A group=on"},
     {3, 2, 0, 1, 2, 1, 1, 0, 0, 1}},
    /* Nothing was ever mapped: there is no table to free but the root, which
       the reference keeps. Nobody is told. */
    {"the end of an empty space",
     "",
     {"switch process=T cpu=1", "switch process=k cpu=1",
      "exit process=A group=on"},
     {2, 1, 0, 1, 1, 1, 0, 0, 0, 0}},
    /* fork makes what A may write read-only: one flush of it all, and the other
       processor is interrupted once (flush_tlb_mm), or spared once. */
    {"fork, both at work",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "fork process=A name=C"},
     {2, 2, 0, 0, 2, 0, 1, 0, 0, 0}},
    {"fork, one lazy",
     "",
     {"access process=A va=0x40000000 kind=write", "switch process=T cpu=1",
      "switch process=k cpu=1", "fork process=A name=C",
      "switch process=T cpu=1"},
     {4, 3, 0, 1, 3, 1, 0, 1, 1, 0}},
    /* The kernel's half is every processor's, lazy or not
       (flush_tlb_kernel_range). */
    {"a kernel page, one lazy",
     "kernel-half=shared",
     {"switch process=A", "switch process=T cpu=1", "switch process=k cpu=1",
      "map process=A va=0xffffc00000000000 frame=0x800 flags=rw",
      "map process=A va=0xffffc00000000000 frame=0x801 flags=rw"},
     {3, 2, 0, 1, 2, 1, 1, 0, 0, 0}},
};

static struct costs
add_up (const struct vm_state *s)
{
  struct costs sum = {.interrupts = s->counters.interrupts};

  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    const struct vm_cpu_run *run = &s->runs[cpu];
    sum.switches += run->switches;
    sum.roots += run->root_writes;
    sum.same += run->same_space;
    sum.lazy += run->lazy_switches;
    sum.flushes += run->flushes;
    sum.avoided += run->avoided;
    sum.skipped += run->skipped;
    sum.late += run->late;
    sum.left += run->left;
  }
  return sum;
}

static struct vm_machine *
set (const char *options)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=16M cpus=2 dtlb=2x4 %s", options);
  for (uint32_t i = 0; i < G_N_ELEMENTS (setting); i++)
    run (m, "%s", setting[i]);
  return m;
}

static void
test_costs (gconstpointer data)
{
  const struct scenario *scenario = data;
  struct vm_machine *m = set (scenario->machine);

  for (uint32_t i = 0; scenario->lines[i] != NULL; i++) {
    run (m, "%s", scenario->lines[i]);
    assert_holds (m, VM_CHECK_ALL);
  }
  struct costs is = add_up (vm_machine_state (m));
  const uint64_t *want = (const uint64_t *) &scenario->costs;
  const uint64_t *have = (const uint64_t *) &is;
  for (uint32_t i = 0; i < sizeof is / sizeof *want; i++)
    if (have[i] != want[i])
      g_error ("%s: count %u is %u, by hand %u", scenario->name, i,
               (uint32_t) have[i], (uint32_t) want[i]);
  vm_machine_free (m);
}

/* The root of a space without users stays until its last borrower has gone on,
 * and is then a free frame. */
static void
test_outlives (gconstpointer data)
{
  struct vm_machine *m = set (data);
  const struct vm_state *s = vm_machine_state (m);

  run (m, "switch process=T cpu=1");
  run (m, "switch process=k cpu=1");
  uint32_t root = s->mms[0].root, free = s->free_count;
  g_assert_cmpuint (s->mm_uses[0].borrowers, ==, 1);
  run (m, "exit process=A group=on");
  g_assert_cmpuint (s->mms[0].users, ==, 0);
  g_assert_true (vm_mm_lives (s, 0));
  g_assert_cmpuint (s->mms[0].root, ==, root);
  g_assert_cmpint (s->frames[root].role, ==, VM_FRAME_TABLE);
  assert_holds (m, VM_CHECK_ALL);

  /* Its place is not given away meanwhile. */
  run (m, "process name=C");
  g_assert_cmpuint (s->processes[0].state, ==, VM_PROCESS_FREE);
  run (m, "switch process=l cpu=1");
  g_assert_true (vm_mm_lives (s, 0));
  run (m, "switch process=B cpu=1");
  g_assert_false (vm_mm_lives (s, 0));
  g_assert_cmpint (s->frames[root].role, ==, VM_FRAME_FREE);
  g_assert_cmpuint (s->free_count, >=, free);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "process name=D");
  g_assert_cmpuint (s->processes[0].state, ==, VM_PROCESS_RUNNING);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A kernel thread ends while it borrows; where it ran, nobody runs. */
static void
test_stopped (void)
{
  struct vm_machine *m = set ("");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "access process=A va=0x40000000 kind=write");
  run (m, "switch process=k");
  g_assert_cmpuint (s->runs[0].lazy, ==, 1);
  run (m, "exit process=k");
  g_assert_cmpuint (s->cpus[0].process, ==, VM_NONE);
  g_assert_cmpuint (s->runs[0].lazy, ==, 0);
  g_assert_cmpuint (s->mm_uses[0].borrowers, ==, 0);
  g_assert_cmpuint (s->kernel_threads, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  refused (m, VM_ERROR_UNKNOWN_PROCESS, "switch process=k");
  vm_machine_free (m);
}

/* What a kernel thread may do: run on one processor, and touch the kernel's
 * half where that is loaded. */
static void
test_refused (void)
{
  struct vm_machine *m = set ("kernel-half=shared");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "map process=A va=0xffffc00000000000 frame=0x800 flags=rw");
  run (m, "switch process=A");
  run (m, "switch process=k");
  refused (m, VM_ERROR_RUNS_ELSEWHERE, "switch process=k cpu=1");
  refused (m, VM_ERROR_KERNEL_THREAD, "munmap process=k va=0 length=4K");
  refused (m, VM_ERROR_KERNEL_THREAD, "fork process=k name=C");
  refused (m, VM_ERROR_KERNEL_THREAD, "clone process=k name=C flags=vm");
  refused (m, VM_ERROR_KERNEL_THREAD, "show process=k");
  refused (m, VM_ERROR_KERNEL_THREAD,
           "access process=k va=0x40000000 mode=kernel");
  refused (m, VM_ERROR_KERNEL_THREAD,
           "access process=k va=0xffffc00000000000 mode=user");
  refused (m, VM_ERROR_KERNEL_THREAD,
           "access process=l va=0xffffc00000000000 mode=kernel");
  g_assert_true (
      run (m, "access va=0xffffc00000000000 mode=kernel")->translation.ok);
  run (m, "switch process=l cpu=1");
  g_assert_cmpuint (s->runs[1].lazy, ==, 0);
  g_assert_true (run (m, "access va=0xffffc00000000000 mode=kernel cpu=1")
                     ->translation.ok);
  refused (m, VM_ERROR_PROCESS_EXISTS, "kthread name=k");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A machine may not say that a lazy processor has what it lost. */
static void
test_broken (void)
{
  struct vm_machine *m = set ("");
  struct vm_check_report report;
  struct vm_state *s = writable (m);

  run (m, "access process=A va=0x40000000 kind=write");
  run (m, "switch process=T cpu=1");
  run (m, "access process=T va=0x40000000 cpu=1");
  run (m, "switch process=k cpu=1");
  run (m, "mprotect process=A va=0x40000000 length=4K prot=r");
  assert_holds (m, VM_CHECK_ALL);

  const struct {
    uint32_t *place;
    uint32_t value;
    const char *rule;
  } broken[] = {
      {&s->runs[1].lazy, 0, "a processor is lazy while it borrows"},
      {&s->runs[0].lazy, 1, "a processor is lazy while it borrows"},
      {&s->mms[0].users, 1, "an address space counts its users"},
      {&s->mm_uses[0].borrowers, 2, "an address space counts its borrowers"},
      {&s->shares[0].files, 3, "descriptors count their users"},
      {&s->shares[0].fs, 3, "a folder counts its users"},
      {&s->shares[0].sighand, 3, "signal handlers count their users"},
      {&s->tasks[0].threads, 0, "a leader counts its threads"},
      {&s->kernel_threads, 1, "kernel threads are counted"},
      {&s->mms[0].behind, 1, "a processor owes no flush of what it runs"},
  };
  for (uint32_t i = 0; i < G_N_ELEMENTS (broken); i++) {
    uint32_t before = *broken[i].place;
    *broken[i].place = broken[i].value;
    g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
    g_assert_cmpstr (report.rule, ==, broken[i].rule);
    *broken[i].place = before;
  }
  s->mm_uses[0].generation++;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==, "a processor has heard of what it runs");
  s->mm_uses[0].generation--;
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (uint32_t i = 0; i < G_N_ELEMENTS (scenarios); i++) {
    g_autofree char *path
        = g_strdup_printf ("/lazy/%02u %s", i + 1, scenarios[i].name);
    g_test_add_data_func (path, &scenarios[i], test_costs);
  }
  g_test_add_data_func ("/lazy/outlives", "", test_outlives);
  g_test_add_data_func ("/lazy/outlives, numbered", "pcid=on", test_outlives);
  g_test_add_data_func ("/lazy/outlives, kpti", "kpti=on pcid=on psc=on",
                        test_outlives);
  g_test_add_data_func ("/lazy/outlives, kernel half", "kernel-half=shared",
                        test_outlives);
  g_test_add_func ("/lazy/stopped", test_stopped);
  g_test_add_func ("/lazy/refused", test_refused);
  g_test_add_func ("/lazy/broken", test_broken);
  return g_test_run ();
}
