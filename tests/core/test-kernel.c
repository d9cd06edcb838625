/* The kernel's half as real page tables: direct map, vmalloc, windows. */
#include "mm/kernel.h"

#include <inttypes.h>

#include "mm/kmap.h"
#include "mm/vmalloc.h"
#include "support.h"

static uint64_t
walk (struct vm_machine *m, uint64_t va)
{
  vm_paddr pa = {0};

  return vm_kernel_walk (vm_machine_state (m), vm_vaddr_of (va), &pa)
             ? pa.v
             : UINT64_MAX;
}

/* Machines of all kinds of processors, with what their kernel's half leads to.
 */
static const struct {
  const char *machine, *kernel;
  uint64_t offset, memory; /* PAGE_OFFSET; bytes of the direct map */
} builds[] = {
    {"machine geometry=x86-32 memory=1G zones=on", "kernel", 0xc0000000,
     896 << 20},
    {"machine geometry=x86-32 memory=100M", "kernel", 0xc0000000, 100 << 20},
    {"machine geometry=x86-pae memory=2G zones=on", "kernel", 0xc0000000,
     896 << 20},
    {"machine geometry=x86-64 memory=2G", "kernel", 0xffff888000000000,
     UINT64_C (2) << 30},
    {"machine geometry=x86-64 memory=2G", "kernel version=4.15",
     0xffff880000000000, UINT64_C (2) << 30},
    {"machine geometry=x86-64 memory=20M", "kernel version=3.16 direct=4K",
     0xffff880000000000, 20 << 20},
    {"machine geometry=x86-64 memory=1G kpti=on pcid=on cpus=2", "kernel",
     0xffff888000000000, 1 << 30},
    {"machine geometry=x86-64-la57 memory=300M kpti=on", "kernel direct=2M",
     0xff11000000000000, 300 << 20},
    {"machine geometry=x86-64-la57 memory=128M", "kernel", 0xff11000000000000,
     128 << 20},
    {"machine geometry=sv39 memory=3G", "kernel", 0xffffffd600000000,
     UINT64_C (3) << 30},
    {"machine geometry=sv48 memory=64M", "kernel", 0xffffaf8000000000,
     64 << 20},
    {"machine geometry=sv57 memory=64M", "kernel", 0xff60000000000000,
     64 << 20},
    {"machine geometry=aarch64 memory=1G", "kernel", 0xffff000000000000,
     1 << 30},
};

/* The direct map leads every byte of memory where the layout says, in all
 * processes, and `check` holds; going back takes everything away again. */
static void
test_build (gconstpointer data)
{
  size_t i = GPOINTER_TO_UINT (data);
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "%s", builds[i].machine);
  uint64_t before = vm_machine_step_count (m);
  run (m, "%s", builds[i].kernel);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "process name=A");
  run (m, "process name=B");
  for (uint64_t pa = 0; pa < builds[i].memory; pa += builds[i].memory / 37)
    g_assert_cmphex (walk (m, builds[i].offset + pa), ==, pa);
  g_assert_cmphex (walk (m, builds[i].offset + builds[i].memory), ==,
                   UINT64_MAX);
  struct vm_translation at
      = run (m, "access process=B va=0x%" PRIx64 " mode=kernel",
             builds[i].offset + 0x654321)
            ->translation;
  g_assert_true (at.ok);
  g_assert_cmphex (at.pa.v, ==, 0x654321);
  g_assert_false (run (m, "access process=B va=0x%" PRIx64 " mode=user",
                       builds[i].offset + 0x654321)
                      ->translation.ok);
  run (m, "exit process=A");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_true (vm_machine_seek (m, before));
  g_assert_false (s->kernel.on);
  g_assert_cmpuint (s->config.kernel_root, ==,
                    s->config.geometry == VM_GEOMETRY_AARCH64 ? 1 : 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Leaves are as large as they can be: of 2 GiB the first large page in small
 * ones, then 2 MiB, then 1 GiB. */
static void
test_leaves (void)
{
  struct vm_machine *m = vm_machine_new ();
  uint64_t entries[31] = {0};

  run (m, "machine geometry=x86-64 memory=2G");
  const struct vm_result *result = run (m, "kernel");
  for (uint64_t n = result->first_step; n < result->end_step; n++) {
    const struct vm_step *step = vm_machine_step (m, n);
    if (step->kind == VM_STEP_KERNEL_MAPS
        && step->values[VM_V_KERNEL_MAPS_AREA] == VM_AREA_DIRECT)
      entries[g_bit_nth_lsf (step->values[VM_V_KERNEL_MAPS_SIZE], -1)]
          += step->values[VM_V_KERNEL_MAPS_COUNT];
  }
  g_assert_cmpuint (entries[12], ==, 512);
  g_assert_cmpuint (entries[21], ==, 511);
  g_assert_cmpuint (entries[30], ==, 1);
  vm_machine_free (m);
}

/* With KPTI user mode's root leads to the cpu_entry_area and a page of text,
 * and nowhere else in that half. */
static void
test_user_root (gconstpointer geometry)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_kernel_layout l;

  run (m, "machine geometry=%s memory=256M kpti=on", (const char *) geometry);
  run (m, "kernel");
  run (m, "process name=A");
  g_assert_true (vm_kernel_layout_of (vm_machine_state (m), &l));
  const uint64_t seen[] = {l.cpu_entry, l.text},
                 hidden[]
                 = {l.page_offset, l.vmemmap, l.text + l.image_bytes / 2};
  for (size_t i = 0; i < G_N_ELEMENTS (seen); i++) {
    struct vm_fault fault
        = run (m, "access process=A va=0x%" PRIx64, seen[i])->translation.fault;
    g_assert_cmpuint (fault.kind, ==, VM_FAULT_PROTECTION);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (hidden); i++) {
    struct vm_fault fault = run (m, "access process=A va=0x%" PRIx64, hidden[i])
                                ->translation.fault;
    g_assert_cmpuint (fault.kind, ==, VM_FAULT_NOT_PRESENT);
    g_assert_true (
        run (m, "access process=A va=0x%" PRIx64 " mode=kernel", hidden[i])
            ->translation.ok);
  }
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A million bytes are 245 pages and a guard; a second area lies behind it, and
 * what is freed is filled again. */
static void
test_vmalloc (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-32 memory=1G zones=on");
  run (m, "kernel");
  run (m, "process name=A");
  uint32_t free = s->free_count;
  uint64_t first = run (m, "vmalloc bytes=1000000 module=pagemem")->value;
  g_assert_cmphex (first, ==, 0xf8800000);
  g_assert_cmpuint (s->vmallocs[s->kernel.vmalloc_first].pages, ==, 245);
  /* 245 pages and one table. */
  g_assert_cmpuint (s->free_count, ==, free - 246);
  /* High memory is taken first. */
  g_assert_cmphex (walk (m, first), >=, 896 << 20);
  g_assert_cmphex (walk (m, first + 245 * 4096), ==, UINT64_MAX);
  uint64_t second = run (m, "vmalloc bytes=1")->value;
  g_assert_cmphex (second, ==, first + 246 * 4096);
  assert_holds (m, VM_CHECK_ALL);

  /* Until 5.8 a root learns of a table when it needs it. */
  g_assert_cmpuint (s->kernel.synced, ==, 0);
  run (m, "access process=A va=0x%" PRIx64 " mode=kernel kind=write value=9",
       first);
  g_assert_cmpuint (s->kernel.synced, ==, 1);
  g_assert_true (run (m, "access process=A va=0x%" PRIx64 " mode=kernel", first)
                     ->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_false (run (m, "access process=A va=0x%" PRIx64 " mode=kernel",
                       first + 245 * 4096)
                      ->translation.ok);

  run (m, "vfree va=0x%" PRIx64, first);
  g_assert_cmpuint (s->free_count, ==,
                    free - 2); /* the second, and the table */
  g_assert_false (
      run (m, "access process=A va=0x%" PRIx64 " mode=kernel", first)
          ->translation.ok);
  g_assert_cmpuint (run (m, "vfree va=0x%" PRIx64, first)->refused, ==,
                    VM_EINVAL);
  g_assert_cmpuint (run (m, "vfree va=0")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmphex (run (m, "vmalloc bytes=8192")->value, ==, first);
  g_assert_cmpuint (run (m, "vmalloc bytes=1G")->refused, ==, VM_ENOMEM);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Since 5.8 all roots know at once. */
static void
test_at_once (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-64 memory=64M");
  run (m, "kernel");
  run (m, "process name=A");
  uint64_t va = run (m, "vmalloc bytes=4097")->value;
  g_assert_cmphex (va, ==, 0xffffc90000000000);
  g_assert_true (
      run (m, "access process=A va=0x%" PRIx64 " mode=kernel", va + 4096)
          ->translation.ok);
  g_assert_cmpuint (s->kernel.synced, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Windows of kmap go round; those that nobody uses are cleared together. */
static void
test_pkmap (gconstpointer geometry)
{
  uint32_t slots = g_str_equal (geometry, "x86-pae") ? 512 : 1024;
  uint64_t base = slots == 512 ? 0xffc00000 : 0xff800000;
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=%s memory=1G zones=on", (const char *) geometry);
  run (m, "kernel");
  run (m, "process name=A");
  g_assert_cmphex (run (m, "kmap frame=0x1000")->value, ==, 0xc1000000);
  g_assert_cmphex (run (m, "kmap frame=0x38000")->value, ==, base + 4096);
  g_assert_cmphex (run (m, "kmap frame=0x38000")->value, ==, base + 4096);
  g_assert_cmpuint (s->pkmaps[1].count, ==, 3);
  run (m, "access process=A va=0x%" PRIx64 " mode=kernel", base + 4096);
  run (m, "kunmap va=0x%" PRIx64, base + 4096);
  run (m, "kunmap va=0x%" PRIx64, base + 4096);
  g_assert_cmpuint (run (m, "kunmap va=0x%" PRIx64, base + 4096)->refused, ==,
                    VM_EINVAL);
  /* It is still open, for whoever comes back soon. */
  g_assert_cmphex (walk (m, base + 4096), ==, 0x38000000);
  for (uint32_t i = 2; i < slots; i++)
    run (m, "kmap frame=0x%x", 0x38000 + i);
  g_assert_cmpuint (s->kernel.pkmap_flushes, ==, 0);
  g_assert_cmphex (run (m, "kmap frame=0x39000")->value, ==, base);
  g_assert_cmpuint (s->kernel.pkmap_flushes, ==, 1);
  g_assert_cmphex (walk (m, base + 4096), ==, UINT64_MAX);
  g_assert_cmphex (run (m, "kmap frame=0x39001")->value, ==, base + 4096);
  g_assert_cmpuint (run (m, "kmap frame=0x39002")->refused, ==, VM_EAGAIN);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A processor's windows close in the order opposite to that of opening. */
static void
test_local (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=1G zones=on cpus=2");
  run (m, "kernel");
  run (m, "process name=A");
  uint64_t a = run (m, "kmap frame=0x38000 kind=local cpu=1")->value;
  uint64_t b = run (m, "kmap frame=0x38001 kind=local cpu=1")->value;
  g_assert_cmphex (a, ==, 0xfffff000 - (16 + 16 + 1) * 4096);
  g_assert_cmphex (b, ==, a - 4096);
  run (m, "access process=A va=0x%" PRIx64 " mode=kernel cpu=1", b);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (run (m, "kunmap va=0x%" PRIx64 " cpu=1", a)->refused, ==,
                    VM_EINVAL);
  g_assert_cmpuint (run (m, "kunmap va=0x%" PRIx64 " cpu=0", b)->refused, ==,
                    VM_EINVAL);
  g_assert_cmpuint (run (m, "kunmap va=0x%" PRIx64 " cpu=1", b)->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "kunmap va=0x%" PRIx64 " cpu=1", a)->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_false (
      run (m, "access process=A va=0x%" PRIx64 " mode=kernel cpu=1", b)
          ->translation.ok);
  for (int i = 0; i < VM_KMAP_DEPTH; i++)
    run (m, "kmap frame=0x38002 kind=local");
  g_assert_cmpuint (run (m, "kmap frame=0x38002 kind=local")->refused, ==,
                    VM_EAGAIN);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The kernel writes into a highmem page of a process that does not run. */
static void
test_write (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=1G zones=on");
  run (m, "kernel");
  run (m, "process name=A layout=linux");
  run (m, "process name=B layout=linux");
  uint64_t va = run (m, "mmap process=A length=8K")->value;
  run (m, "access process=A va=0x%" PRIx64 " kind=write value=1", va);
  run (m, "switch process=B");
  const struct vm_result *written
      = run (m, "kwrite process=A va=0x%" PRIx64 " value=0x42", va + 5);
  g_assert_true (written->translation.ok);
  g_assert_cmphex (written->value, ==, 0xfffff000 - 17 * 4096 + 5);
  g_assert_cmphex (written->translation.pa.v, >=, 896 << 20);
  g_assert_cmphex (
      run (m, "access process=A va=0x%" PRIx64, va + 5)->translation.value, ==,
      0x42);
  /* The second page was never touched; the first one may become read-only. */
  g_assert_cmpuint (
      run (m, "kwrite process=A va=0x%" PRIx64 " value=1", va + 4096)->refused,
      ==, VM_EFAULT);
  run (m, "mprotect process=A va=0x%" PRIx64 " length=4K prot=r", va);
  g_assert_cmpuint (
      run (m, "kwrite process=A va=0x%" PRIx64 " value=1", va)->refused, ==,
      VM_EFAULT);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What an address is: of the direct map, of a process, or of a hole. */
static void
test_show_address (void)
{
  static const struct {
    uint64_t va, pa;
    enum vm_kernel_rule rule;
    bool mapped;
  } cases[] = {
      {UINT64_C (0xffff888000123456), 0x123456, VM_RULE_LINEAR, true},
      {0x400000, 0, VM_RULE_PROCESS, false},
      {UINT64_C (0x800000000000), 0, VM_RULE_NO_ADDRESS, false},
  };
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=64M");
  run (m, "kernel");
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const struct vm_result *result
        = run (m, "show what=address va=0x%" PRIx64, cases[i].va);
    const struct vm_step *step = vm_machine_step (m, result->end_step - 1);
    g_assert_cmpuint (step->kind, ==, VM_STEP_KERNEL_ADDRESS);
    g_assert_cmpuint (step->values[VM_V_KERNEL_ADDRESS_RULE], ==,
                      cases[i].rule);
    g_assert_cmphex (step->values[VM_V_KERNEL_ADDRESS_PA], ==, cases[i].pa);
    g_assert_cmpuint (step->values[VM_V_KERNEL_ADDRESS_MAPPED], ==,
                      cases[i].mapped);
  }
  vm_machine_free (m);
}

/* A processor on which nobody runs begins to; a window is given for the page of
 * a process as for its frame. */
static void
test_page_window (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=1G zones=on cpus=2");
  run (m, "kernel");
  run (m, "process name=A layout=linux");
  uint64_t va = run (m, "mmap process=A length=8K")->value;
  uint64_t frame = run (m, "access process=A va=0x%" PRIx64 " kind=write", va)
                       ->translation.pa.v
                   >> 12;
  uint64_t window = run (m, "kmap process=A va=0x%" PRIx64, va)->value;
  g_assert_cmphex (walk (m, window), ==, frame << 12);
  g_assert_cmphex (run (m, "kmap frame=%" PRIu64, frame)->value, ==, window);
  g_assert_cmpuint (run (m, "kmap process=A va=0x%" PRIx64, va + 4096)->refused,
                    ==, VM_EFAULT);
  run (m, "kwrite process=A va=0x%" PRIx64 " value=0x1234 width=2 cpu=1",
       va + 4094);
  g_assert_cmpuint (vm_machine_state (m)->cpus[1].process, ==, 0);
  g_assert_cmphex (
      run (m, "access process=A va=0x%" PRIx64 " width=2", va + 4094)
          ->translation.value,
      ==, 0x1234);
  for (int i = 0; i < 16; i++)
    run (m, "kmap frame=0x39000 kind=local");
  g_assert_cmpuint (
      run (m, "kwrite process=A va=0x%" PRIx64 " value=1", va)->refused, ==,
      VM_EAGAIN);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What cannot be is refused by name. */
static void
test_refused (void)
{
  static const struct {
    const char *lines[4];
    enum vm_error_code code;
  } cases[] = {
      {{"machine geometry=sv32 memory=64M", "kernel"}, VM_ERROR_NO_LAYOUT},
      {{"machine geometry=x86-64 memory=8M", "kernel"}, VM_ERROR_OUT_OF_RANGE},
      {{"machine geometry=x86-64 memory=64M", "kernel", "kernel"},
       VM_ERROR_TOO_LATE},
      {{"machine geometry=x86-64 memory=64M", "process name=A", "kernel"},
       VM_ERROR_TOO_LATE},
      {{"machine geometry=x86-64 memory=64M", "kernel direct=8K"},
       VM_ERROR_NO_SUCH_SIZE},
      {{"machine geometry=x86-32 memory=64M translation=none", "kernel"},
       VM_ERROR_NEEDS_PAGING},
      {{"machine geometry=x86-64 memory=64M", "vmalloc bytes=1"},
       VM_ERROR_NO_KERNEL},
      {{"machine geometry=x86-64 memory=64M", "kernel", "process name=A",
        "map process=A va=0xffff888000000000 frame=1 flags=r"},
       VM_ERROR_IN_USE},
      {{"machine geometry=x86-64 memory=64M", "kernel", "process name=A",
        "unmap process=A va=0xffff888000000000"},
       VM_ERROR_IN_USE},
      {{"machine geometry=x86-64 memory=64M", "kernel", "kmap"},
       VM_ERROR_MISSING_PARAMETER},
      {{"machine geometry=x86-64 memory=64M", "kernel", "kmap frame=0x4000"},
       VM_ERROR_OUT_OF_RANGE},
      {{"machine geometry=x86-64 memory=64M", "kernel",
        "vmalloc bytes=1 cpu=3"},
       VM_ERROR_OUT_OF_RANGE},
      {{"machine geometry=x86-64 memory=64M", "show what=address"},
       VM_ERROR_MISSING_PARAMETER},
      {{"machine geometry=x86-64 memory=64M", "show what=maps"},
       VM_ERROR_MISSING_PARAMETER},
      {{"machine geometry=sv32 memory=64M", "show what=address va=0"},
       VM_ERROR_NO_LAYOUT},
      {{"machine geometry=x86-32 memory=64M",
        "show what=address va=0x100000000"},
       VM_ERROR_NOT_AN_ADDRESS},
      {{"machine geometry=x86-64 memory=64M", "kernel", "process name=A",
        "kmap process=A va=0x800000000000"},
       VM_ERROR_NOT_AN_ADDRESS},
      {{"machine geometry=x86-64 memory=64M", "kernel",
        "kmap process=A va=0x800000"},
       VM_ERROR_UNKNOWN_PROCESS},
      {{"machine geometry=x86-64 memory=64M", "kernel", "process name=A",
        "kwrite process=A va=0x800000000000 value=1"},
       VM_ERROR_NOT_AN_ADDRESS},
      {{"machine geometry=x86-64 memory=64M", "kernel", "process name=A",
        "kwrite process=A va=0x1000 value=1 width=3"},
       VM_ERROR_OUT_OF_RANGE},
      {{"machine geometry=x86-64 memory=64M", "kernel", "process name=A",
        "kwrite process=A va=0x1fff value=1 width=2"},
       VM_ERROR_CROSSES_PAGE},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct vm_machine *m = vm_machine_new ();
    struct vm_error error = {VM_OK};
    int line = 0;
    for (; line < 3 && cases[i].lines[line + 1] != NULL; line++)
      run (m, "%s", cases[i].lines[line]);
    g_assert_false (vm_machine_do_line (m, cases[i].lines[line], &error));
    g_assert_cmpuint (error.code, ==, cases[i].code);
    vm_machine_free (m);
  }
}

/* Random areas and windows, each step of which can be undone. */
static void
test_many (void)
{
  struct vm_machine *m = vm_machine_new ();
  GRand *random = g_rand_new_with_seed (7);
  GArray *areas = g_array_new (FALSE, FALSE, sizeof (uint64_t));

  run (m, "machine geometry=x86-32 memory=1G zones=on");
  run (m, "kernel");
  run (m, "process name=A");
  for (int i = 0; i < 300; i++) {
    bool take = areas->len == 0 || g_rand_int_range (random, 0, 5) < 3;
    if (take) {
      uint64_t va
          = run (m, "vmalloc bytes=%d", g_rand_int_range (random, 1, 40000))
                ->value;
      g_array_append_val (areas, va);
    } else {
      guint n = (guint) g_rand_int_range (random, 0, (gint32) areas->len);
      run (m, "vfree va=0x%" PRIx64, g_array_index (areas, uint64_t, n));
      g_array_remove_index_fast (areas, n);
    }
    if (i % 50 == 0)
      assert_holds (m, VM_CHECK_ALL);
  }
  assert_holds (m, VM_CHECK_ALL);
  g_array_unref (areas);
  g_rand_free (random);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (builds); i++) {
    g_autofree char *name = g_strdup_printf ("/kernel/build/%u", i);
    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_build);
  }
  g_test_add_func ("/kernel/leaves", test_leaves);
  g_test_add_data_func ("/kernel/user-root/x86-64", "x86-64", test_user_root);
  g_test_add_data_func ("/kernel/user-root/x86-64-la57", "x86-64-la57",
                        test_user_root);
  g_test_add_func ("/kernel/vmalloc", test_vmalloc);
  g_test_add_func ("/kernel/at-once", test_at_once);
  g_test_add_data_func ("/kernel/pkmap/x86-32", "x86-32", test_pkmap);
  g_test_add_data_func ("/kernel/pkmap/x86-pae", "x86-pae", test_pkmap);
  g_test_add_func ("/kernel/local", test_local);
  g_test_add_func ("/kernel/write", test_write);
  g_test_add_func ("/kernel/show-address", test_show_address);
  g_test_add_func ("/kernel/page-window", test_page_window);
  g_test_add_func ("/kernel/refused", test_refused);
  g_test_add_func ("/kernel/many", test_many);
  return g_test_run ();
}
