/* Address spaces: calls whose outcome is known, by measurement or by rule. */
#include "mm/account.h"
#include "support.h"

/* What a call changes before it says anything is undone with its first step. */
static void
test_before_first_step (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64");
  run (m, "process name=A");
  uint64_t end = vm_machine_step_count (m);
  run (m, "mmap process=A length=4K");
  g_assert_true (vm_machine_seek (m, end));
  g_assert_cmpuint (vm_machine_state (m)->mms[0].managed, ==, 0);
  g_assert_true (vm_machine_seek (m, end + 1));
  g_assert_cmpuint (vm_machine_state (m)->mms[0].managed, ==, 1);
  vm_machine_free (m);
}

/* The measured table: 64 pages of 4 KiB, no large pages. */
static void
test_measured (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=64M");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x10000000 length=256K fixed=on");
  for (int i = 0; i < 64; i++)
    run (m, "access process=A va=%#x", 0x10000000 + i * 4096);
  const struct vm_process *a = &vm_machine_state (m)->processes[0];
  const struct vm_mm *mm = vm_mm_of (vm_machine_state (m), 0);
  g_assert_cmpuint (a->minor_faults, ==, 64);
  g_assert_cmpuint (a->zero_maps, ==, 64);
  g_assert_cmpuint (vm_account_rss (mm), ==, 0);
  for (int i = 0; i < 64; i++)
    run (m, "access process=A va=%#x kind=write", 0x10000000 + i * 4096);
  g_assert_cmpuint (a->minor_faults, ==, 128);
  g_assert_cmpuint (vm_account_rss (mm), ==, 64);

  run (m, "fork process=A name=B");
  const struct vm_process *b = &vm_machine_state (m)->processes[1];
  for (int i = 0; i < 64; i++)
    run (m, "access process=B va=%#x", 0x10000000 + i * 4096);
  g_assert_cmpuint (b->minor_faults, ==, 0);
  for (int i = 0; i < 64; i++)
    run (m, "access process=B va=%#x kind=write", 0x10000000 + i * 4096);
  for (int i = 0; i < 64; i++)
    run (m, "access process=A va=%#x kind=write", 0x10000000 + i * 4096);
  g_assert_cmpuint (b->cow_copies, ==, 64);
  g_assert_cmpuint (b->minor_faults, ==, 64);
  g_assert_cmpuint (a->cow_copies, ==, 0);
  g_assert_cmpuint (a->cow_reuses, ==, 64);
  g_assert_cmpuint (a->minor_faults, ==, 192);
  vm_machine_free (m);
}

/* A large page comes at once where it was asked for, and is taken apart when
 * somebody else has it, too, or part of it goes. */
static void
test_huge (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=64M");
  run (m, "process name=A");
  run (m, "mmap process=A va=0x10000000 length=4M fixed=on");
  run (m, "madvise process=A va=0x10000000 length=4M advice=hugepage");
  const struct vm_result *result
      = run (m, "access process=A va=0x10123456 kind=write value=7");
  g_assert_cmpint (result->faults[0].action, ==, VM_DID_HUGE);
  g_assert_cmpuint (result->translation.page_shift, ==, 21);
  const struct vm_mm *mm = vm_mm_of (vm_machine_state (m), 0);
  g_assert_cmpuint (vm_account_rss (mm), ==, 512);

  run (m, "fork process=A name=B");
  result = run (m, "access process=B va=0x10123456 kind=write value=8");
  g_assert_cmpint (result->faults[0].action, ==, VM_DID_COPY);
  g_assert_cmpuint (result->translation.page_shift, ==, 12);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "munmap process=A va=0x10001000 length=4K");
  g_assert_cmpuint (vm_account_rss (mm), ==, 511);
  assert_holds (m, VM_CHECK_ALL);
  result = run (m, "access process=A va=0x10123456 width=1");
  g_assert_cmpuint (result->translation.value, ==, 7);
  vm_machine_free (m);
}

/* overcommit: what is promised is counted, and refused in time. */
static void
test_overcommit (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=1M");
  run (m, "process name=A");
  g_assert_cmpint (run (m, "mmap process=A length=2M")->refused, ==, VM_ENOMEM);
  run (m, "overcommit mode=1");
  g_assert_cmpint (run (m, "mmap process=A length=2G")->refused, ==,
                   VM_ERRNO_NONE);
  vm_machine_free (m);

  m = vm_machine_new ();
  run (m, "machine geometry=x86-64 memory=1M");
  run (m, "process name=A");
  run (m, "overcommit mode=2 ratio=50");
  g_assert_cmpint (run (m, "mmap process=A length=512K")->refused, ==,
                   VM_ERRNO_NONE);
  g_assert_cmpint (run (m, "mmap process=A length=4K")->refused, ==, VM_ENOMEM);
  g_assert_cmpint (run (m, "mmap process=A length=4K prot=r")->refused, ==,
                   VM_ERRNO_NONE);
  g_assert_cmpint (run (m, "fork process=A name=B")->refused, ==, VM_ENOMEM);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The heap: brk moves its end, page by page, and gives pages back. */
static void
test_heap (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=16M");
  run (m, "process name=A layout=linux");
  uint64_t start = run (m, "brk process=A")->value;
  g_assert_cmphex (run (m, "brk process=A grow=132K")->value, ==,
                   start + 132 * 1024);
  const struct vm_mm *mm = vm_mm_of (vm_machine_state (m), 0);
  g_assert_cmpuint (mm->data_vm, ==, 33);
  g_assert_true (
      run (m, "access process=A va=0x%" G_GINT64_MODIFIER "x kind=write", start)
          ->translation.ok);
  g_assert_cmphex (
      run (m, "brk process=A to=0x%" G_GINT64_MODIFIER "x", start + 1)->value,
      ==, start + 1);
  g_assert_cmpuint (mm->data_vm, ==, 1);
  g_assert_cmphex (
      run (m, "brk process=A to=0x%" G_GINT64_MODIFIER "x", start - 1)->value,
      ==, start + 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static uint32_t
count_steps (struct vm_machine *m, enum vm_step_kind kind, uint32_t cpu)
{
  const struct vm_result *result
      = vm_machine_result (m, vm_machine_op_count (m) - 1);
  uint32_t count = 0;

  for (uint64_t n = result->first_step; n < result->end_step; n++)
    count += vm_machine_step (m, n)->kind == kind
             && vm_machine_step (m, n)->cpu == cpu;
  return count;
}

/* A processor that keeps nothing of a process but what its walker remembers
 * must not go on from there when the tables are gone. */
static void
test_upper_entries (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 cpus=2 dtlb=1x1 pcid=on psc=on");
  for (int i = 0; i < 2; i++) {
    run (m, "process name=%c", 'A' + i);
    run (m, "mmap process=%c va=0x40200000 length=8K fixed=on", 'A' + i);
  }
  run (m, "switch cpu=0 process=A");
  run (m, "access cpu=1 process=A va=0x40200000");
  run (m, "access cpu=1 process=B va=0x40200000");
  run (m, "munmap process=A va=0x40200000 length=8K");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (count_steps (m, VM_STEP_BEHIND, 1), ==, 1);
  run (m, "switch cpu=1 process=A");
  g_assert_cmpuint (count_steps (m, VM_STEP_FLUSH, 1), ==, 1);
  run (m, "access cpu=1 va=0x40201000");
  g_assert_cmpuint (count_steps (m, VM_STEP_PSC_HIT, 1), ==, 0);
  vm_machine_free (m);
}

/* Where nobody is told the flush is owed, also of what the walker remembers. */
static void
test_upper_owed (void)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_check_report report;

  run (m, "machine geometry=x86-64 cpus=2 dtlb=1x1 psc=on shootdown=local");
  run (m, "process name=A");
  run (m, "mmap process=A va=0x40200000 length=8K fixed=on");
  run (m, "mmap process=A va=0x50000000 length=4K fixed=on");
  run (m, "switch cpu=0 process=A");
  run (m, "access cpu=1 process=A va=0x40200000");
  run (m, "access cpu=1 process=A va=0x50000000");
  run (m, "munmap process=A va=0x40200000 length=8K");
  g_assert_cmpuint (count_steps (m, VM_STEP_PSC_OWE, 1), ==, 1);
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 1);
  g_assert_cmpint (report.what, ==, VM_OWED_UPPER);
  run (m, "flush cpu=1 kind=all");
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 0);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calls/upper-entries-only", test_upper_entries);
  g_test_add_func ("/calls/upper-entries-owed", test_upper_owed);
  g_test_add_func ("/calls/before-first-step", test_before_first_step);
  g_test_add_func ("/calls/measured", test_measured);
  g_test_add_func ("/calls/huge", test_huge);
  g_test_add_func ("/calls/overcommit", test_overcommit);
  g_test_add_func ("/calls/heap", test_heap);
  return g_test_run ();
}
