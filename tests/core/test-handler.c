/* The page-fault handler: every way that its decisions can take, by the rules
 * of Linux 6.x. */
#include "support.h"

#include "mm/account.h"
#include "mm/entries.h"
#include "mm/files.h"
#include "mm/layout.h"
#include "mm/mmap.h"
#include "mm/region_tree.h"

static struct vm_machine *
new_machine (const char *machine)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", machine);
  run (m, "process name=A layout=linux");
  return m;
}

/* An access that must end in a signal. */
static void
assert_signal (struct vm_machine *m, enum vm_signal signal,
               enum vm_signal_code code, const char *access)
{
  const struct vm_result *result = run (m, "access process=A %s", access);

  g_assert_false (result->translation.ok);
  if (result->signal != signal || result->signal_code != code)
    g_error ("%s: signal %u, code %u", access, result->signal,
             result->signal_code);
  assert_holds (m, VM_CHECK_ALL);
}

/* An access that is answered in one way. */
static void
assert_done (struct vm_machine *m, enum vm_action action, const char *access)
{
  const struct vm_result *result = run (m, "access %s", access);

  g_assert_true (result->translation.ok);
  g_assert_cmpuint (result->handled, ==, 1);
  if (result->faults[0].action != action)
    g_error ("%s: action %u instead of %u", access, result->faults[0].action,
             action);
  assert_holds (m, VM_CHECK_ALL);
}

static void
test_signals (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=4M smap=on");

  run (m, "mmap process=A va=0x10000000 length=4K fixed=on prot=r");
  run (m, "mmap process=A va=0x10001000 length=4K fixed=on prot=none");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, "va=0x20000000");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, "va=0");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, "va=0xffff800000000000");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, "va=0x7ffffffff000");
  assert_signal (m, VM_SIGSEGV, VM_CODE_KERNEL, "va=0x800000000000");
  assert_signal (m, VM_SIGSEGV, VM_CODE_ACCERR, "va=0x10000000 kind=write");
  assert_signal (m, VM_SIGSEGV, VM_CODE_ACCERR, "va=0x10001000");
  assert_signal (m, VM_SIGSEGV, VM_CODE_ACCERR, "va=0x10001000 kind=write");
  assert_signal (m, VM_SIGSEGV, VM_CODE_ACCERR, "va=0x10001000 kind=fetch");
  /* The kernel, where it does not reckon with a bad pointer. */
  assert_signal (m, VM_SIGSEGV, VM_CODE_KERNEL, "va=0x20000000 mode=kernel");
  assert_signal (m, VM_SIGSEGV, VM_CODE_KERNEL,
                 "va=0xffff800000000000 mode=kernel");
  assert_signal (m, VM_SIGSEGV, VM_CODE_KERNEL,
                 "va=0x10001000 mode=kernel kind=write");
  g_assert_cmpuint (vm_machine_state (m)->processes[0].minor_faults, ==, 0);
  /* Nothing is answered where it is not to be. */
  g_assert_false (
      run (m, "access process=A va=0x10000000 handle=no")->translation.ok);
  g_assert_cmpuint (vm_machine_state (m)->processes[0].minor_faults, ==, 0);
  vm_machine_free (m);
}

/* A fetch from a page that is missing brings it on an x86; then NX refuses, if
 * there is such a thing. Others refuse at once. */
static void
test_fetch (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "mmap process=A va=0x10000000 length=8K fixed=on");
  assert_signal (m, VM_SIGSEGV, VM_CODE_ACCERR, "va=0x10000000 kind=fetch");
  g_assert_cmpuint (vm_machine_state (m)->processes[0].minor_faults, ==, 1);
  assert_signal (m, VM_SIGSEGV, VM_CODE_ACCERR, "va=0x10000000 kind=fetch");
  g_assert_cmpuint (vm_machine_state (m)->processes[0].minor_faults, ==, 1);
  run (m, "mprotect process=A va=0x10000000 length=8K prot=rx");
  g_assert_true (
      run (m, "access process=A va=0x10000000 kind=fetch")->translation.ok);
  vm_machine_free (m);

  m = new_machine ("machine geometry=x86-pae memory=4M nx=off");
  run (m, "mmap process=A va=0x10000000 length=8K fixed=on");
  assert_done (m, VM_DID_ZERO, "process=A va=0x10000000 kind=fetch");
  vm_machine_free (m);

  m = new_machine ("machine geometry=sv39 memory=4M");
  run (m, "mmap process=A va=0x10000000 length=8K fixed=on");
  assert_signal (m, VM_SIGSEGV, VM_CODE_ACCERR, "va=0x10000000 kind=fetch");
  g_assert_cmpuint (vm_machine_state (m)->processes[0].minor_faults, ==, 0);
  vm_machine_free (m);
}

/* A stack grows to its limit and no further. */
static void
test_stack_limit (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  const struct vm_state *s = vm_machine_state (m);
  uint64_t top = s->mms[0].start_stack;

  run (m, "limit process=A stack=1M");
  run (m, "access process=A va=0x%" G_GINT64_MODIFIER "x kind=write",
       top - (1 << 20));
  const struct vm_region *stack = &s->regions[vm_tree_holder (s, 0, top - 1)];
  g_assert_cmpuint (vm_region_pages (stack), ==, 256);
  g_assert_cmpuint (s->mms[0].stack_vm, ==, 256);
  g_assert_cmpuint (s->mms[0].committed, ==, 256);
  g_autofree char *below = g_strdup_printf (
      "va=0x%" G_GINT64_MODIFIER "x kind=write", top - (1 << 20) - 1);
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, below);
  run (m, "limit process=A stack=2M memory=1M");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, below);
  run (m, "limit process=A memory=1028K");
  assert_done (m, VM_DID_ANONYMOUS, below);
  run (m, "limit process=A memory=1G");
  run (m, "overcommit mode=2 ratio=25");
  run (m, "mmap process=A length=4K prot=none");
  g_autofree char *lower = g_strdup_printf (
      "va=0x%" G_GINT64_MODIFIER "x kind=write", top - (1 << 20) - 8192);
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, lower);
  vm_machine_free (m);
}

/* It keeps 256 pages away from what lies below, if that can be touched. */
static void
test_guard_gap (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=8M");

  run (m, "mmap process=A va=0x20000000 length=4K fixed=on growsdown=on");
  run (m, "mmap process=A va=0x1fe00000 length=4K fixed=on prot=r");
  assert_done (m, VM_DID_ANONYMOUS, "process=A va=0x1ff01000 kind=write");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, "va=0x1ff00fff kind=write");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, "va=0x1fe01000 kind=write");
  run (m, "mprotect process=A va=0x1fe00000 length=4K prot=none");
  assert_done (m, VM_DID_ANONYMOUS, "process=A va=0x1ff00fff kind=write");
  run (m, "mmap process=A va=0x1fe00000 length=4K fixed=on growsdown=on");
  assert_done (m, VM_DID_ANONYMOUS, "process=A va=0x1fe01000 kind=write");

  /* Nor does one grow below the lowest address. */
  run (m, "mmap process=A va=0x11000 length=4K fixed=on growsdown=on");
  assert_done (m, VM_DID_ANONYMOUS, "process=A va=0x10000 kind=write");
  assert_signal (m, VM_SIGSEGV, VM_CODE_MAPERR, "va=0xfff0 kind=write");
  vm_machine_free (m);
}

/* A growing region only read has the zero frame; its neighbours stay. */
static void
test_growth_reads (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-32 memory=4M");

  run (m, "mmap process=A va=0x20000000 length=8K fixed=on growsdown=on");
  assert_done (m, VM_DID_ZERO, "process=A va=0x1fffc000");
  const struct vm_state *s = vm_machine_state (m);
  const struct vm_region *r = &s->regions[vm_tree_holder (s, 0, 0x1fffc000)];
  g_assert_cmphex (r->start, ==, 0x1fffc000);
  g_assert_cmpuint (r->offset, ==, 0x1fffc);
  assert_done (m, VM_DID_REPLACE_ZERO, "process=A va=0x1fffc000 kind=write");
  vm_machine_free (m);
}

/* Pages of a file: read, written, private and shared, beyond the end. */
static void
test_files (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=F size=9000 cached=off");
  run (m, "file name=T size=9000 fs=tmpfs");
  run (m, "mmap process=A va=0x10000000 length=16K fixed=on file=F");
  run (m, "mmap process=A va=0x20000000 length=16K fixed=on file=F "
          "type=shared");
  run (m, "mmap process=A va=0x30000000 length=16K fixed=on file=T "
          "type=shared");
  assert_signal (m, VM_SIGBUS, VM_CODE_ADRERR, "va=0x10003000");
  assert_signal (m, VM_SIGBUS, VM_CODE_ADRERR, "va=0x20003000 kind=write");
  assert_done (m, VM_DID_FILE_COPY, "process=A va=0x10001000 kind=write");
  g_assert_cmpuint (s->processes[0].major_faults, ==, 1);
  /* The pages around it have been read, too. */
  assert_done (m, VM_DID_FILE, "process=A va=0x10000000");
  assert_done (m, VM_DID_COPY, "process=A va=0x10000000 kind=write");
  g_assert_cmpuint (s->processes[0].major_faults, ==, 1);
  /* ext4 is told of the first write, tmpfs is not. */
  assert_done (m, VM_DID_FILE, "process=A va=0x20002000");
  assert_done (m, VM_DID_NOTIFY, "process=A va=0x20002000 kind=write value=3");
  assert_done (m, VM_DID_FILE, "process=A va=0x30002000");
  g_assert_true (run (m, "access process=A va=0x30002000 kind=write value=3")
                     ->translation.ok);
  g_assert_cmpuint (vm_mm_of (s, 0)->rss_anon, ==, 2);
  /* A private page keeps its own bytes when the file is written. */
  run (m, "access process=A va=0x10001000 kind=write value=7");
  run (m, "access process=A va=0x20001000 kind=write value=9");
  g_assert_cmpuint (
      run (m, "access process=A va=0x10001000 width=1")->translation.value, ==,
      7);
  /* What is protected and allowed again is as it was. */
  run (m, "mprotect process=A va=0x20000000 length=16K prot=none");
  run (m, "mprotect process=A va=0x30000000 length=16K prot=r");
  run (m, "mprotect process=A va=0x20000000 length=16K prot=rw");
  run (m, "mprotect process=A va=0x30000000 length=16K prot=rw");
  g_assert_cmpuint (
      run (m, "access process=A va=0x30002000 kind=write")->handled, ==, 0);
  g_assert_cmpuint (
      run (m, "access process=A va=0x20002000 kind=write")->handled, ==, 0);
  run (m, "munmap process=A va=0x20000000 length=16K");
  uint32_t frame = vm_files_cached (s, 1, 2);
  g_assert_true (s->frames[frame].flags & VM_PAGE_DIRTY);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A fault on a cached page maps its cached neighbours, 16 pages at a multiple
 * of 64 KiB, but not beyond the region, nor over what is there. */
static void
test_around (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  const struct vm_mm *mm = vm_mm_of (vm_machine_state (m), 0);

  run (m, "file name=F size=256K");
  run (m, "mmap process=A va=0x10000000 length=256K fixed=on file=F");
  assert_done (m, VM_DID_FILE, "process=A va=0x10014000");
  g_assert_cmpuint (mm->rss_file, ==, 16);
  assert_done (m, VM_DID_FILE_COPY, "process=A va=0x10024000 kind=write");
  g_assert_cmpuint (mm->rss_file, ==, 16);
  assert_done (m, VM_DID_FILE, "process=A va=0x10025000");
  g_assert_cmpuint (mm->rss_file, ==, 31);
  g_assert_cmpuint (mm->rss_anon, ==, 1);
  run (m, "mmap process=A va=0x20003000 length=16K fixed=on file=F");
  assert_done (m, VM_DID_FILE, "process=A va=0x20004000");
  g_assert_cmpuint (mm->rss_file, ==, 35);
  vm_machine_free (m);
}

/* Software that sets the accessed and dirty flags does so in a fault. */
static void
test_flags (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=sv39 memory=4M flags=software");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "mmap process=A va=0x10000000 length=64K fixed=on populate=on");
  run (m, "fork process=A name=B");
  assert_done (m, VM_DID_NOTHING, "process=B va=0x10000000");
  assert_done (m, VM_DID_COPY, "process=B va=0x10001000 kind=write");
  run (m, "mprotect process=A va=0x10000000 length=64K prot=r");
  run (m, "mprotect process=A va=0x10000000 length=64K prot=rw");
  struct vm_entry entry = vm_entry_of (s, 1, vm_vaddr_of (0x10000000));
  g_assert_true (entry.pte.accessed);
  vm_machine_free (m);
}

/* Who is alone with a frame gets it back writable, others a copy. */
static void
test_reuse (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "mmap process=A va=0x10000000 length=8K fixed=on populate=on");
  run (m, "mmap process=A va=0x20000000 length=8K fixed=on type=shared");
  run (m, "access process=A va=0x20000000 kind=write value=4");
  run (m, "fork process=A name=B");
  assert_done (m, VM_DID_COPY, "process=A va=0x10000000 kind=write");
  assert_done (m, VM_DID_REUSE, "process=B va=0x10000000 kind=write");
  assert_done (m, VM_DID_COPY, "process=B va=0x10001000 kind=write");
  run (m, "mprotect process=A va=0x10001000 length=4K prot=r");
  run (m, "mprotect process=A va=0x10001000 length=4K prot=rw");
  /* Nobody else has it by now: mprotect itself made it writable. */
  g_assert_cmpuint (
      run (m, "access process=A va=0x10001000 kind=write")->handled, ==, 0);
  assert_done (m, VM_DID_FILE, "process=B va=0x20000000 width=1");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A page that somebody mapped by hand to a frame that nobody manages. */
static void
test_unmanaged (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "mmap process=A va=0x10000000 length=16K fixed=on");
  run (m, "map process=A va=0x10000000 frame=0x50000 flags=ru");
  run (m, "map process=A va=0x10001000 frame=0x300 flags=ru");
  run (m, "access process=A va=0x10000000 kind=write");
  run (m, "access process=A va=0x10001000 kind=write");
  run (m, "map process=A va=0x10002000 frame=0x50002 flags=ru");
  run (m, "mprotect process=A va=0x10002000 length=4K prot=r");
  run (m, "mprotect process=A va=0x10002000 length=4K prot=rw");
  run (m, "fork process=A name=B");
  run (m, "munmap process=A va=0x10000000 length=16K");
  run (m, "exit process=A");
  run (m, "exit process=B");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/handler/signals", test_signals);
  g_test_add_func ("/handler/fetch", test_fetch);
  g_test_add_func ("/handler/stack-limit", test_stack_limit);
  g_test_add_func ("/handler/guard-gap", test_guard_gap);
  g_test_add_func ("/handler/growth-reads", test_growth_reads);
  g_test_add_func ("/handler/files", test_files);
  g_test_add_func ("/handler/around", test_around);
  g_test_add_func ("/handler/flags", test_flags);
  g_test_add_func ("/handler/reuse", test_reuse);
  g_test_add_func ("/handler/unmanaged", test_unmanaged);
  return g_test_run ();
}
