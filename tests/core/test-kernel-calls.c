/* What the kernel's own operations refuse, and what they come to at the edges:
 * no room, wrong addresses, entries that somebody changed by hand. */
#include "support.h"

#include <inttypes.h>

#include "mm/entries.h"
#include "mm/gfp.h"
#include "mm/kernel.h"
#include "mm/slab.h"
#include "mm/vmalloc.h"

#define WIDE "machine geometry=x86-64 memory=64M"
#define NARROW "machine geometry=x86-32 memory=1G zones=on"

/* Lines, the last of which is refused. */
static void
test_refused (void)
{
  static const struct {
    const char *lines[5];
    enum vm_error_code code;
  } cases[] = {
      {{WIDE, "kernel direct=12288"}, VM_ERROR_NO_SUCH_SIZE},
      {{WIDE, "kernel direct=4M"}, VM_ERROR_NO_SUCH_SIZE},
      {{WIDE, "process name=A", "kernel"}, VM_ERROR_TOO_LATE},
      {{WIDE, "kernel", "process name=A", "kmap process=A"},
       VM_ERROR_MISSING_PARAMETER},
      {{WIDE, "kernel", "kmap va=0x1000"}, VM_ERROR_MISSING_PARAMETER},
      {{WIDE, "kernel", "kmap process=Z va=0x1000"}, VM_ERROR_UNKNOWN_PROCESS},
      {{WIDE, "kernel", "kwrite process=Z va=0x1000 value=1"},
       VM_ERROR_UNKNOWN_PROCESS},
      {{WIDE, "kernel", "show what=address"}, VM_ERROR_MISSING_PARAMETER},
      {{"machine geometry=x86-32 memory=64M", "show what=address "
                                              "va=0x100000000"},
       VM_ERROR_NOT_AN_ADDRESS},
      {{"machine geometry=sv32 memory=64M", "show what=address va=0x1000"},
       VM_ERROR_NO_LAYOUT},
      {{WIDE, "kernel", "show what=maps process=Z"}, VM_ERROR_UNKNOWN_PROCESS},
      {{WIDE, "show what=tables"}, VM_ERROR_MISSING_PARAMETER},
      {{WIDE " buddy=on", "free_pages order=2"}, VM_ERROR_MISSING_PARAMETER},
      /* A device has the place of the image. */
      {{"machine geometry=x86-64 memory=64M windows=pc",
        "window name=card kind=device start=0x1000000 size=0x3000", "kernel"},
       VM_ERROR_IN_USE},
      {{NARROW, "process name=A", "kthread name=k", "switch process=k",
        "access process=k va=0xc0001000 mode=kernel"},
       VM_ERROR_KERNEL_THREAD},
      {{WIDE " cpus=2", "kthread name=k", "switch process=k",
        "switch process=k cpu=1"},
       VM_ERROR_RUNS_ELSEWHERE},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct vm_machine *m = vm_machine_new ();
    int line = 0;
    for (; line < 4 && cases[i].lines[line + 1] != NULL; line++)
      run (m, "%s", cases[i].lines[line]);
    refused (m, cases[i].code, "%s", cases[i].lines[line]);
    vm_machine_free (m);
  }
}

/* The kernel writes for a process only what that could write itself. */
static void
test_not_written (void)
{
  static const struct {
    const char *setting; /* what stands at 0x1000 */
    bool written;
  } cases[] = {
      {"map process=A va=0x1000 frame=0x2b00 flags=rwu", true},
      {"map process=A va=0x1000 frame=0x2b00 flags=ru", false},
      {"map process=A va=0x1000 frame=0x2b00 flags=rw", false},
      {"map process=A va=0x1000 frame=0x90000 flags=rwu", false},
      {"map process=A va=0x2000 frame=0x2b00 flags=rwu", false},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct vm_machine *m = vm_machine_new ();
    run (m, WIDE);
    run (m, "kernel");
    run (m, "process name=A");
    run (m, "%s", cases[i].setting);
    enum vm_errno got = (enum vm_errno) run (
                            m, "kwrite process=A va=0x1004 value=0x77 width=1")
                            ->refused;
    g_assert_cmpuint (got, ==, cases[i].written ? VM_ERRNO_NONE : VM_EFAULT);
    if (cases[i].written)
      g_assert_cmphex (run (m, "access process=A va=0x1004")->translation.value,
                       ==, 0x77);
    vm_machine_free (m);
  }
}

/* Pages of a file are not written that way; an anonymous one becomes dirty, and
 * is so already the second time. */
static void
test_written (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-64 memory=64M reclaim=linux cpus=2");
  run (m, "kernel");
  run (m, "file name=F size=8K");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x40000000 length=8K fixed=on type=shared file=F");
  run (m, "access process=A va=0x40000000 kind=write");
  g_assert_cmpuint (run (m, "kwrite process=A va=0x40000000 value=1")->refused,
                    ==, VM_EFAULT);
  run (m, "mmap process=A va=0x50000000 length=4K fixed=on");
  run (m, "access process=A va=0x50000000 kind=write value=5");
  struct vm_entry entry = vm_entry_of (s, 0, vm_vaddr_of (0x50000000));
  uint16_t *flags = &writable (m)->frames[entry.pte.frame].flags;
  *flags &= (uint16_t) ~VM_PAGE_DIRTY;
  /* Nobody runs on that processor: it loads A's root first. */
  run (m, "kwrite process=A va=0x50000000 value=6 cpu=1");
  g_assert_true (*flags & VM_PAGE_DIRTY);
  g_assert_cmpuint (s->cpus[1].process, ==, 0);
  run (m, "kwrite process=A va=0x50000000 value=7 cpu=1");
  g_assert_true (*flags & VM_PAGE_DIRTY);
  g_assert_cmphex (run (m, "access process=A va=0x50000000")->translation.value,
                   ==, 7);
  vm_machine_free (m);
}

/* A root that the processor refuses to load: the write faults, and nobody
 * runs. */
static void
test_root_refused (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-pae memory=64M cpus=2");
  run (m, "kernel");
  run (m, "process name=A");
  run (m, "map process=A va=0x1000 frame=0x2b00 flags=rwu");
  run (m, "poke pa=%#" PRIx64 " value=0x1e7 width=8",
       ((uint64_t) s->mms[0].root << 12) + 8);
  const struct vm_result *result
      = run (m, "kwrite process=A va=0x1000 value=1 cpu=1");
  g_assert_false (result->translation.ok);
  g_assert_cmpuint (s->cpus[1].process, ==, VM_NONE);
  vm_machine_free (m);
}

/* kmap of a page of a process: of a frame that is not memory there is none. */
static void
test_kmap_page (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, WIDE);
  run (m, "kernel");
  run (m, "process name=A");
  run (m, "map process=A va=0x1000 frame=0x2b00 flags=rwu");
  run (m, "map process=A va=0x2000 frame=0x90000 flags=rwu");
  g_assert_cmphex (run (m, "kmap process=A va=0x1234")->value, ==,
                   0xffff888002b00000);
  g_assert_cmpuint (run (m, "kmap process=A va=0x2000")->refused, ==,
                    VM_EFAULT);
  g_assert_cmpuint (run (m, "kmap process=A va=0x3000")->refused, ==,
                    VM_EFAULT);
  refused (m, VM_ERROR_NOT_AN_ADDRESS, "kmap process=A va=0x800000000000");
  /* What was never opened, with windows and without. */
  g_assert_cmpuint (run (m, "kunmap va=0x1234")->refused, ==, VM_EINVAL);
  vm_machine_free (m);
  m = vm_machine_new ();
  run (m, NARROW);
  run (m, "kernel");
  g_assert_cmpuint (run (m, "kunmap va=0x1000")->refused, ==, VM_EINVAL);
  g_assert_cmpuint (run (m, "kunmap va=0xff801000")->refused, ==, VM_EINVAL);
  g_assert_cmpuint (run (m, "kunmap va=0xfffe0000")->refused, ==, VM_EINVAL);
  vm_machine_free (m);
}

/* vmalloc runs out of addresses, of frames, of numbers. */
static void
test_vmalloc_room (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, NARROW);
  run (m, "kernel version=4.0");
  for (int i = 0; i < 2; i++)
    g_assert_cmpuint (run (m, "vmalloc bytes=50M")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "vmalloc bytes=50M")->refused, ==, VM_ENOMEM);
  g_assert_cmphex (run (m, "vmalloc bytes=1M")->value, >, 0xf7bfe000);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);

  m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);
  run (m, WIDE);
  run (m, "kernel");
  g_assert_cmpuint (run (m, "vmalloc bytes=65M")->refused, ==, VM_ENOMEM);
  g_assert_cmpuint (run (m, "vmalloc bytes=63M")->refused, ==, VM_ENOMEM);
  uint32_t free = s->free_count;
  for (int i = 1; i < VM_MAX_VMALLOCS; i++)
    g_assert_cmpuint (run (m, "vmalloc bytes=1")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "vmalloc bytes=1")->refused, ==, VM_ENOMEM);
  g_assert_cmpuint (s->free_count, <=, free - (VM_MAX_VMALLOCS - 1));
  /* An address inside an area is not one that vmalloc gave. */
  g_assert_cmpuint (run (m, "vfree va=0xffffc90000000010")->refused, ==,
                    VM_EINVAL);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Where memory is short, vmalloc has the kernel free some first. */
static void
test_vmalloc_reclaims (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-64 memory=32M reclaim=linux");
  run (m, "kernel");
  run (m, "swapon size=32M");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x40000000 length=26M fixed=on populate=on");
  g_assert_cmpuint (run (m, "vmalloc bytes=8M")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpuint (s->counters.swap_out, >, 0);
  g_assert_cmpuint (run (m, "vmalloc bytes=31M")->refused, ==, VM_ENOMEM);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Somebody cleared the entry of a page of vmalloc's: vfree passes it over. */
static void
test_vfree_edited (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);
  uint32_t index;
  vm_frame table;

  run (m, WIDE);
  run (m, "kernel");
  uint64_t va = run (m, "vmalloc bytes=12K")->value;
  uint32_t free = s->free_count;
  g_assert_true (vm_kernel_entry (s, vm_vaddr_of (va + 4096), &table, &index));
  run (m, "poke pa=%#" PRIx64 " value=0 width=8", (table.v << 12) + index * 8);
  g_assert_cmpuint (run (m, "vfree va=%#" PRIx64, va)->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (s->free_count, ==, free + 3);
  g_assert_cmpuint (s->kernel.vmallocs, ==, 0);
  vm_machine_free (m);
}

/* Somebody cleared the entry that names the table of windows: no window leads
 * anywhere, and nothing else is written. */
static void
test_window_edited (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);
  vm_paddr pa;

  run (m, NARROW);
  run (m, "kernel");
  run (m, "poke pa=%#" PRIx64 " value=0 width=4",
       ((uint64_t) s->config.kernel_root << 12) + 1022 * 4);
  uint64_t va = run (m, "kmap frame=0x38000")->value;
  g_assert_cmphex (va, ==, 0xff801000);
  g_assert_false (vm_kernel_walk (s, vm_vaddr_of (va), &pa));
  g_assert_cmpuint (run (m, "kunmap va=%#" PRIx64, va)->refused, ==,
                    VM_ERRNO_NONE);
  vm_machine_free (m);
}

/* Until 5.8 a root learns of vmalloc's tables when it needs them: only of
 * those, only for the kernel, and only if there is one. */
static void
test_sync (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-32 memory=64M");
  run (m, "kernel");
  run (m, "process name=A");
  run (m, "vmalloc bytes=4K");
  const char *const lines[] = {
      "access process=A va=0xc4800000",             /* user mode */
      "access process=A va=0xc4000000 mode=kernel", /* before the area */
      "access process=A va=0xff800000 mode=kernel", /* behind it */
      "access process=A va=0xe0000000 mode=kernel", /* no table there */
  };
  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_false (run (m, "%s", lines[i])->translation.ok);
  g_assert_cmpuint (s->kernel.synced, ==, 0);
  g_assert_true (
      run (m, "access process=A va=0xc4800000 mode=kernel")->translation.ok);
  g_assert_cmpuint (s->kernel.synced, ==, 1);
  /* The root has the table; the page behind is the guard. */
  g_assert_false (
      run (m, "access process=A va=0xc4801000 mode=kernel")->translation.ok);
  g_assert_cmpuint (s->kernel.synced, ==, 1);
  vm_machine_free (m);
}

/* Addresses of a machine whose kernel was not built: the layout's rule, and no
 * table. */
static void
test_not_built (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, WIDE);
  const struct vm_result *result
      = run (m, "show what=address va=0xffff888000001000");
  const struct vm_step *step = vm_machine_step (m, result->first_step);
  g_assert_cmpuint (step->values[VM_V_KERNEL_ADDRESS_RULE], ==, VM_RULE_LINEAR);
  g_assert_cmpuint (step->values[VM_V_KERNEL_ADDRESS_MAPPED], ==, 0);
  vm_machine_free (m);
}

/* An entry of Sv39's last level that names a table, written by hand, leads
 * nowhere further. */
static void
test_wrong_level (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);
  uint32_t index;
  vm_frame table;

  run (m, "machine geometry=sv39 memory=64M");
  run (m, "kernel");
  uint64_t va = run (m, "vmalloc bytes=4K")->value;
  g_assert_true (vm_kernel_entry (s, vm_vaddr_of (va), &table, &index));
  run (m, "poke pa=%#" PRIx64 " value=0x401 width=8",
       (table.v << 12) + index * 8);
  g_assert_true (vm_kernel_entry (s, vm_vaddr_of (va), &table, &index));
  run (m, "show what=address va=%#" PRIx64, va);
  vm_machine_free (m);
}

/* free_pages: by address or by frame, and what it was not given. */
static void
test_free_pages (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-32 memory=1G buddy=on");
  uint32_t free = s->free_count;
  uint64_t va = run (m, "get_pages order=2")->value;
  uint64_t pa = run (m, "get_pages gfp=GFP_HIGHUSER")->translation.pa.v;
  g_assert_cmpuint (run (m, "free_pages va=0 order=2")->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "free_pages va=%#" PRIx64, va + 8)->refused, ==,
                    VM_EINVAL);
  g_assert_cmpuint (run (m, "free_pages va=0xfff00000")->refused, ==,
                    VM_EINVAL);
  g_assert_cmpuint (run (m, "free_pages va=%#" PRIx64 " order=1", va)->refused,
                    ==, VM_EINVAL);
  g_assert_cmpuint (s->free_count, ==, free - 5);
  g_assert_cmpuint (run (m, "free_pages frame=%" PRIu64, pa >> 12)->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "free_pages va=%#" PRIx64 " order=2", va)->refused,
                    ==, VM_ERRNO_NONE);
  g_assert_cmpuint (s->free_count, ==, free);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Records of what was given, and of slabs, run out: refused, and nothing has
 * changed. */
static void
test_records (void)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_state *s = writable (m);

  run (m, "machine geometry=x86-64 memory=64M buddy=on");
  s->grant_end = VM_MAX_GRANTS - 1;
  refused (m, VM_ERROR_TOO_MANY, "get_pages");
  refused (m, VM_ERROR_TOO_MANY, "kmalloc size=100");
  s->grant_end = 0;
  run (m, "kmalloc size=100");
  s->slab_end = VM_MAX_SLABS - 1;
  refused (m, VM_ERROR_TOO_MANY, "kmalloc size=1000");
  vm_machine_free (m);
}

/* A module leaves what it had: high frames have no address, and what another
 * module has is not its; the second time nothing is left. */
static void
test_leaks (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-32 memory=1G buddy=on");
  run (m, "kernel");
  run (m, "get_pages gfp=GFP_HIGHUSER module=a");
  run (m, "get_pages module=b");
  run (m, "vmalloc bytes=100 module=a");
  run (m, "vmalloc bytes=100 module=b");
  run (m, "kmalloc size=100 module=a");
  run (m, "rmmod module=a");
  g_assert_cmpuint (s->buddy_counts.leaked, ==, 3);
  run (m, "rmmod module=a");
  g_assert_cmpuint (s->buddy_counts.leaked, ==, 3);
  run (m, "rmmod module=b");
  g_assert_cmpuint (s->buddy_counts.leaked, ==, 5);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A long row that the zones do not have: who can wait has pages reclaimed for
 * it, and gets it or not; who cannot wait has not. */
static void
test_row_reclaims (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);
  uint32_t got = 0;

  run (m, "machine geometry=x86-64 memory=4M buddy=on reclaim=linux");
  run (m, "swapon size=8M");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x40000000 length=3600K fixed=on populate=on");
  while (run (m, "get_pages order=6 gfp=GFP_ATOMIC")->refused == VM_ERRNO_NONE)
    ;
  uint64_t out = s->counters.swap_out;
  for (int i = 0; i < 12; i++)
    got += run (m, "get_pages order=6")->refused == VM_ERRNO_NONE;
  g_assert_cmpuint (s->counters.swap_out, >, out);
  g_assert_cmpuint (got, <, 12);
  assert_holds (m, VM_CHECK_ALL);
  /* Nothing may go any more. */
  run (m, "mlockall process=A current=on");
  for (int i = 0; i < 400 && got > 0; i++)
    got = run (m, "get_pages order=4")->refused == VM_ERRNO_NONE;
  g_assert_cmpuint (got, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A kernel thread reaches the kernel's half alone, while it runs. */
static void
test_thread_reaches (gconstpointer geometry)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_kernel_layout l;

  run (m, "machine geometry=%s memory=64M", (const char *) geometry);
  run (m, "kernel");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x40000000 length=4K fixed=on populate=on");
  run (m, "kthread name=k");
  g_assert_true (vm_kernel_layout_of (vm_machine_state (m), &l));
  refused (m, VM_ERROR_KERNEL_THREAD,
           "access process=k va=%#" PRIx64 " mode=kernel", l.page_offset);
  run (m, "switch process=A");
  run (m, "switch process=k");
  struct vm_translation at
      = run (m, "access process=k va=%#" PRIx64 " mode=kernel",
             l.page_offset + 0x2345)
            ->translation;
  g_assert_true (at.ok);
  g_assert_cmphex (at.pa.v, ==, 0x2345);
  refused (m, VM_ERROR_KERNEL_THREAD, "access process=k va=%#" PRIx64,
           l.page_offset);
  refused (m, VM_ERROR_KERNEL_THREAD,
           "access process=k va=0x40000000 mode=kernel");
  vm_machine_free (m);
}

/* The leader ended with a status of its own; then a thread ends the group: its
 * status is that of all. */
static void
test_status (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, WIDE);
  run (m, "process name=P layout=linux");
  run (m, "fork process=P name=A");
  run (m, "clone process=A name=T flags=vm,fs,files,sighand,thread");
  run (m, "clone process=A name=U flags=vm,fs,files,sighand,thread");
  run (m, "exit process=A status=1");
  g_assert_cmpuint (s->processes[1].state, ==, VM_PROCESS_ZOMBIE);
  run (m, "exit process=T status=7 group=on");
  g_assert_cmpuint (s->processes[1].status, ==, 7);
  run (m, "wait process=P");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  static const char *const geometries[]
      = {"x86-32", "x86-pae", "x86-64", "sv39", "aarch64"};

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel-calls/refused", test_refused);
  g_test_add_func ("/kernel-calls/not-written", test_not_written);
  g_test_add_func ("/kernel-calls/written", test_written);
  g_test_add_func ("/kernel-calls/root-refused", test_root_refused);
  g_test_add_func ("/kernel-calls/kmap-page", test_kmap_page);
  g_test_add_func ("/kernel-calls/vmalloc-room", test_vmalloc_room);
  g_test_add_func ("/kernel-calls/vmalloc-reclaims", test_vmalloc_reclaims);
  g_test_add_func ("/kernel-calls/vfree-edited", test_vfree_edited);
  g_test_add_func ("/kernel-calls/window-edited", test_window_edited);
  g_test_add_func ("/kernel-calls/sync", test_sync);
  g_test_add_func ("/kernel-calls/not-built", test_not_built);
  g_test_add_func ("/kernel-calls/wrong-level", test_wrong_level);
  g_test_add_func ("/kernel-calls/free-pages", test_free_pages);
  g_test_add_func ("/kernel-calls/records", test_records);
  g_test_add_func ("/kernel-calls/leaks", test_leaks);
  g_test_add_func ("/kernel-calls/row-reclaims", test_row_reclaims);
  for (size_t i = 0; i < G_N_ELEMENTS (geometries); i++) {
    g_autofree char *path
        = g_strconcat ("/kernel-calls/thread/", geometries[i], NULL);
    g_test_add_data_func (path, geometries[i], test_thread_reaches);
  }
  g_test_add_func ("/kernel-calls/status", test_status);
  return g_test_run ();
}
