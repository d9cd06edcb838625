/* The kernel's half of the address space: every process has a root of its own,
 * and below it the same tables. */
#include "mm/frames.h"
#include "mm/space.h"
#include "support.h"

/* Geometries with a page of the kernel's, and a larger one next to it. */
static const struct {
  const char *geometry, *page, *large, *size;
} cases[] = {
    {"x86-32", "0xc0001000", "0xc0800000", "4M"},
    {"x86-pae", "0xc0001000", "0xc0800000", "2M"},
    {"x86-64", "0xffff888000001000", "0xffff888000200000", "2M"},
    {"x86-64-la57", "0xff11000000001000", "0xff11000000200000", "2M"},
    {"sv32", "0xc0001000", "0xc0800000", "4M"},
    {"sv39", "0xffffffd800001000", "0xffffffd840000000", "1G"},
};

static struct vm_translation
read_at (struct vm_machine *m, const char *process, const char *va)
{
  return run (m, "access process=%s va=%s mode=kernel", process, va)
      ->translation;
}

/* Whoever maps a page there, all have it: those that are, and those to come. */
static void
test_shared (gconstpointer data)
{
  size_t i = (size_t) GPOINTER_TO_UINT (data);
  const char *page = cases[i].page, *large = cases[i].large;
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=%s memory=1M kernel-half=shared cpus=2",
       cases[i].geometry);
  run (m, "process name=A");
  run (m, "process name=B");
  g_assert_false (read_at (m, "B", page).ok);
  run (m, "map process=A va=%s frame=0x2b flags=rw", page);
  g_assert_cmphex (read_at (m, "A", page).pa.v, ==, 0x2b000);
  g_assert_cmphex (read_at (m, "B", page).pa.v, ==, 0x2b000);
  run (m, "process name=C layout=linux");
  g_assert_cmphex (read_at (m, "C", page).pa.v, ==, 0x2b000);
  run (m, "fork process=C name=D");
  g_assert_cmphex (read_at (m, "D", page).pa.v, ==, 0x2b000);
  g_assert_cmpuint (s->mms[0].root, !=, s->mms[1].root);
  assert_holds (m, VM_CHECK_ALL);

  run (m, "map process=B va=%s frame=0x40000 flags=rw size=%s", large,
       cases[i].size);
  g_assert_cmphex (read_at (m, "A", large).pa.v, ==, 0x40000000);
  g_assert_cmphex (read_at (m, "D", large).pa.v, ==, 0x40000000);
  assert_holds (m, VM_CHECK_ALL);

  /* Who goes takes nothing along; who unmaps does, from all. */
  run (m, "exit process=A");
  g_assert_cmphex (read_at (m, "B", page).pa.v, ==, 0x2b000);
  run (m, "unmap process=D va=%s", page);
  run (m, "unmap process=C va=%s", large);
  g_assert_false (read_at (m, "B", page).ok);
  g_assert_false (read_at (m, "B", large).ok);
  g_assert_false (read_at (m, "D", large).ok);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Below the kernel's half nothing is shared, and its tables outlive everybody;
 * going back is exact. */
static void
test_own (gconstpointer data)
{
  size_t i = (size_t) GPOINTER_TO_UINT (data);
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=%s memory=1M kernel-half=shared",
       cases[i].geometry);
  uint32_t free = s->free_count;
  run (m, "process name=A");
  run (m, "process name=B");
  run (m, "map process=A va=0x40001000 frame=0x2b flags=rwu");
  g_assert_false (read_at (m, "B", "0x40001000").ok);
  run (m, "map process=A va=%s frame=0x2c flags=rw", cases[i].page);
  uint64_t middle = vm_machine_step_count (m);
  uint64_t hash = vm_state_hash (vm_machine_tape (m));
  uint32_t tables = s->free_count;
  run (m, "exit process=A");
  run (m, "exit process=B");
  run (m, "process name=C");
  g_assert_cmphex (read_at (m, "C", cases[i].page).pa.v, ==, 0x2c000);
  run (m, "exit process=C");
  g_assert_cmpuint (s->free_count, <, free);
  g_assert_cmpuint (s->free_count, >, tables);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_true (vm_machine_seek (m, middle));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
  vm_machine_free (m);
}

/* A check of everything notices a root that differs. */
static void
test_noticed (void)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_check_report report;

  run (m, "machine geometry=x86-32 memory=1M kernel-half=shared");
  run (m, "process name=A");
  run (m, "process name=B");
  run (m, "map process=A va=0xc0001000 frame=0x2b flags=rw");
  struct vm_state *s = writable (m);
  vm_paddr entry = vm_paddr_of (
      vm_frame_start (vm_frame_of (s->mms[1].root), VM_PAGE_SHIFT).v + 768 * 4);
  vm_memory_write (NULL, s, entry, 4, 0);
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==, "all roots share the kernel's half");
  vm_machine_free (m);
}

static void
test_refusals (void)
{
  struct vm_machine *m = vm_machine_new ();

  refused (m, VM_ERROR_NOT_HERE,
           "machine geometry=x86-64 kernel-half=shared kpti=on");
  refused (m, VM_ERROR_NOT_HERE,
           "machine geometry=toy:va=14,pa=12,page=64 kernel-half=shared");
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shared
        = g_strconcat ("/kernel-half/shared/", cases[i].geometry, NULL);
    g_autofree char *own
        = g_strconcat ("/kernel-half/own/", cases[i].geometry, NULL);
    g_test_add_data_func (shared, GUINT_TO_POINTER (i), test_shared);
    g_test_add_data_func (own, GUINT_TO_POINTER (i), test_own);
  }
  g_test_add_func ("/kernel-half/noticed", test_noticed);
  g_test_add_func ("/kernel-half/refusals", test_refusals);
  return g_test_run ();
}
