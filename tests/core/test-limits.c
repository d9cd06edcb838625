/* What the simulation has limits for: each is told by its own error, and what
 * was refused has changed nothing. */
#include "support.h"

#include "mm/mmap.h"
#include "mm/region_tree.h"

static struct vm_machine *
new_machine (const char *machine)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", machine);
  return m;
}

/* What the operation "machine" refuses. */
static void
test_machine (void)
{
  struct vm_machine *m = vm_machine_new ();

  refused (m, VM_ERROR_OUT_OF_RANGE, "machine geometry=x86-64 memory=5G");
  refused (m, VM_ERROR_OUT_OF_RANGE, "machine geometry=x86-64 cpus=9");
  refused (m, VM_ERROR_OUT_OF_RANGE,
           "machine geometry=x86-64 tlb-sets=1024 tlb-ways=8");
  run (m, "machine geometry=x86-64 memory=4G cpus=8 tlb-sets=1024 tlb-ways=4");
  assert_holds (m, VM_CHECK_LINKS);
  vm_machine_free (m);
}

/* 1,024 processes; for fork it is the errno that Linux has for it. */
static void
test_processes (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=16M");

  for (int i = 0; i < VM_MAX_PROCESSES; i++)
    run (m, "process name=P%d", i);
  struct vm_error error = refused (m, VM_ERROR_TOO_MANY, "process name=Q");
  g_assert_cmpstr (error.subject, ==, "process");
  g_assert_cmpuint (error.high, ==, VM_MAX_PROCESSES);
  g_assert_cmpuint (run (m, "fork process=P0 name=Q")->refused, ==, VM_EAGAIN);
  g_assert_cmpuint (run (m, "vfork process=P0 name=Q")->refused, ==, VM_EAGAIN);
  g_assert_cmpuint (run (m, "clone process=P0 name=Q")->refused, ==, VM_EAGAIN);
  g_assert_cmpuint (run (m, "kthread name=Q")->refused, ==, VM_EAGAIN);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "exit process=P700");
  g_assert_cmpuint (run (m, "fork process=P0 name=Q")->made, ==, 700);
  vm_machine_free (m);
}

/* 65,536 slots of swap, those of an area in a row, and four areas. */
static void
test_swap (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");

  run (m, "swapon size=96M");
  run (m, "swapon size=96M");
  struct vm_error error = refused (m, VM_ERROR_TOO_MANY, "swapon size=96M");
  g_assert_cmpstr (error.subject, ==, "swap slots");
  run (m, "swapoff area=0");
  refused (m, VM_ERROR_TOO_MANY, "swapon size=100M");
  run (m, "swapon size=96M");
  run (m, "swapon size=32M");
  run (m, "swapon size=32M");
  refused (m, VM_ERROR_TOO_MANY, "swapon size=8K");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* 255 areas of vmalloc. */
static void
test_vmallocs (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=64M");

  run (m, "kernel");
  uint64_t first = run (m, "vmalloc bytes=1")->value;
  for (int i = 2; i < VM_MAX_VMALLOCS; i++)
    g_assert_cmpuint (run (m, "vmalloc bytes=1")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "vmalloc bytes=1")->refused, ==, VM_ENOMEM);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "vfree va=%" G_GUINT64_FORMAT, first);
  g_assert_cmpuint (run (m, "vmalloc bytes=1")->value, ==, first);
  vm_machine_free (m);
}

/* 20 pools, and 2,048 references. */
static void
test_pools (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");

  for (int i = 0; i < VM_MAX_POOLS; i++)
    run (m, "pool name=P%d policy=fifo frames=2", i);
  refused (m, VM_ERROR_TOO_MANY, "pool name=Q policy=fifo frames=2");
  for (int i = 0; i < VM_MAX_REFERENCES / 8; i++)
    run (m, "string references=1,2,3,4,5,6,7,8");
  refused (m, VM_ERROR_TOO_MANY, "string references=1");
  for (int i = 0; i < VM_MAX_REFERENCES / 64; i++)
    run (m, "reference count=64");
  refused (m, VM_ERROR_TOO_MANY, "reference page=1");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* 255 files; shared memory is one, too. */
static void
test_files (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");

  run (m, "process name=A");
  for (int i = 1; i < VM_MAX_FILES; i++)
    run (m, "file name=F%d size=10 cached=off", i);
  struct vm_error error = refused (m, VM_ERROR_TOO_MANY, "file name=G size=10");
  g_assert_cmpstr (error.subject, ==, "file");
  g_assert_cmpuint (run (m, "mmap process=A length=4K type=shared")->refused,
                    ==, VM_ENOMEM);
  refused (m, VM_ERROR_FILE_EXISTS, "file name=F7 size=10");
  refused (m, VM_ERROR_OUT_OF_RANGE, "file name=G size=0x10000000001");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* 65,535 regions in all: the kernel has no memory for more. */
static void
test_regions (void)
{
  static const char *const calls[] = {
      "munmap process=A va=0x10001000 length=4K",
      "mprotect process=A va=0x10001000 length=4K prot=r",
      "madvise process=A va=0x10001000 length=8K advice=hugepage",
      "madvise process=A va=0x10000000 length=4K advice=hugepage",
      "mremap process=A va=0x10000000 old-length=4K new-length=8K",
      "mmap process=A length=4K",
      "mmap process=A length=4K type=shared",
      "fork process=A name=B",
      "fork process=A name=B",
  };
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  struct vm_state *s = writable (m);

  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x10000000 length=16K fixed=on");
  run (m, "access process=A va=0x10001000 kind=write value=5");
  uint32_t end = s->region_end, free = s->region_free;
  s->region_end = VM_MAX_REGIONS;
  s->region_free = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_assert_cmpuint (run (m, "%s", calls[i])->refused, ==, VM_ENOMEM);
    g_assert_cmpuint (
        vm_region_pages (&s->regions[vm_tree_holder (s, 0, 0x10001000)]), ==,
        4);
    assert_holds (m, VM_CHECK_ALL);
  }
  struct vm_error error
      = refused (m, VM_ERROR_TOO_MANY, "process name=C layout=linux");
  g_assert_cmpstr (error.subject, ==, "region");
  s->region_end = end;
  s->region_free = free;
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* 65,535 anon_vmas: a page cannot come. */
static void
test_anon_vmas (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  struct vm_state *s = writable (m);

  run (m, "process name=A");
  run (m, "file name=F size=8K");
  run (m, "mmap process=A va=0x10000000 length=16K fixed=on");
  run (m, "mmap process=A va=0x20000000 length=8K fixed=on file=F");
  s->anon_end = VM_MAX_ANON_VMAS;
  const struct vm_result *result
      = run (m, "access process=A va=0x10000000 kind=write");
  g_assert_cmpuint (result->signal, ==, VM_SIGKILL);
  g_assert_cmpuint (result->signal_code, ==, VM_CODE_NO_MEMORY);
  result = run (m, "access process=A va=0x20000000 kind=write");
  g_assert_cmpuint (result->signal, ==, VM_SIGKILL);
  s->anon_end = 0;
  g_assert_true (
      run (m, "access process=A va=0x10000000 kind=write")->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* An operation takes 100,000 steps at most. */
static void
test_steps (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=512M");

  run (m, "process name=A");
  struct vm_error error = refused (m, VM_ERROR_STEP_BUDGET,
                                   "mmap process=A length=256M populate=on");
  g_assert_cmpuint (error.high, ==, VM_STEP_BUDGET);
  vm_machine_free (m);
}

/* An operation exchanges 4,096 pages at most, whatever was done before it. */
static void
test_pages (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=64M");

  for (int i = 0; i < 20; i++)
    run (m, "tlb");
  refused (m, VM_ERROR_TAPE_FULL, "file name=F size=32M");
  uint64_t before = vm_machine_step_count (m);
  uint64_t hash = vm_state_hash (vm_machine_tape (m));
  run (m, "file name=F size=16M");
  g_assert_true (vm_machine_seek (m, before));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
  vm_machine_free (m);
}

/* 32,767 frames can have been written, which is 128 MiB. */
static void
test_slots (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=512M");

  for (int i = 0; i < 7; i++)
    run (m, "file name=F%d size=16M", i);
  refused (m, VM_ERROR_OUT_OF_MEMORY, "file name=G size=16M");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (vm_machine_bytes (m), <, 240 << 20);
  vm_machine_free (m);
}

/* Names that are there already, or are not, and machines that have no address
 * spaces. */
static void
test_names (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");

  run (m, "process name=A layout=linux");
  refused (m, VM_ERROR_UNKNOWN_PROCESS, "mmap process=B length=4K");
  refused (m, VM_ERROR_UNKNOWN_PROCESS, "show process=B");
  refused (m, VM_ERROR_UNKNOWN_FILE, "mmap process=A length=4K file=F");
  refused (m, VM_ERROR_PROCESS_EXISTS, "fork process=A name=A");
  run (m, "show process=A what=mm");
  run (m, "vfork process=A name=B");
  refused (m, VM_ERROR_NOT_RUNNING, "brk process=A");
  vm_machine_free (m);

  m = new_machine ("machine geometry=toy");
  refused (m, VM_ERROR_NOT_HERE, "process name=A layout=linux");
  run (m, "process name=A");
  refused (m, VM_ERROR_NOT_HERE, "mmap process=A length=4K");
  vm_machine_free (m);

  m = new_machine ("machine geometry=x86-32 memory=1M translation=none");
  refused (m, VM_ERROR_NEEDS_PAGING, "process name=A layout=linux");
  run (m, "process name=A");
  refused (m, VM_ERROR_NEEDS_PAGING, "mmap process=A length=4K");
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/machine", test_machine);
  g_test_add_func ("/limits/processes", test_processes);
  g_test_add_func ("/limits/swap", test_swap);
  g_test_add_func ("/limits/vmallocs", test_vmallocs);
  g_test_add_func ("/limits/pools", test_pools);
  g_test_add_func ("/limits/files", test_files);
  g_test_add_func ("/limits/regions", test_regions);
  g_test_add_func ("/limits/anon-vmas", test_anon_vmas);
  g_test_add_func ("/limits/steps", test_steps);
  g_test_add_func ("/limits/pages", test_pages);
  g_test_add_func ("/limits/slots", test_slots);
  g_test_add_func ("/limits/names", test_names);
  return g_test_run ();
}
