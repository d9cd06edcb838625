/* Who refers to an item, against what the operations say; and the fields of
 * its record. */
#include "referrers.h"

#include <string.h>

#include "record.h"
#include "tape/memory.h"

typedef struct vm_machine Machine;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, vm_machine_free)

static Machine *
run (const char *const *lines)
{
  Machine *machine = vm_machine_new ();

  for (; *lines != NULL; lines++) {
    struct vm_error error;
    if (!vm_machine_do_line (machine, *lines, &error))
      g_error ("%s: error %d", *lines, error.code);
  }
  return machine;
}

/* Frame 0x123 is a page of A and of B; A has been there. */
static Machine *
shared (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4",
         "process name=A",
         "process name=B",
         "map process=A va=0x11223000 frame=0x123 flags=rwu",
         "map process=B va=0x40005000 frame=0x123 flags=ru",
         "access process=A va=0x11223344 kind=read mode=user width=4",
         NULL};

  return run (lines);
}

static SceneItem
meaning (SceneMeaning meaning, guint64 number)
{
  return (SceneItem){
      .place = SCENE_NO_PLACE, .meaning = meaning, .meant = number};
}

static SceneItem
place (const Machine *machine, gconstpointer address, gsize width)
{
  return (SceneItem){
      .place = vm_tape_place (vm_machine_tape (machine), address),
      .place_width = (guint32) width};
}

static char *
joined (GPtrArray *texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) strings = NULL;

  g_assert_nonnull (texts);
  for (guint i = 0; i < texts->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (texts, i));
  strings = g_strv_builder_end (builder);
  return g_strjoinv ("\n", strings);
}

static void
check (const Machine *machine, const SceneItem *item, guint most,
       const char *expected)
{
  g_autoptr (GPtrArray) texts = scene_referrers (machine, item, 0, most);
  g_autofree char *text = joined (texts);

  g_assert_cmpstr (text, ==, expected);
}

static guint64
root_of (const Machine *machine, guint process)
{
  return vm_mm_of (vm_machine_state (machine), process)->root;
}

/* The frame that an entry of a table names. */
static guint64
below (const Machine *machine, guint64 table, guint index)
{
  return vm_memory_read (vm_machine_state (machine),
                         vm_paddr_of ((table << VM_PAGE_SHIFT) + index * 4), 4)
         >> VM_PAGE_SHIFT;
}

static void
test_frame (void)
{
  g_autoptr (Machine) machine = shared ();
  SceneItem item = meaning (SCENE_MEANS_FRAME, 0x123);
  g_autofree char *all = g_strdup_printf (
      "Frame 0x00123 is named by:\n"
      "Entry 547 of the page table in frame 0x%05x: page 0x11223 of A\n"
      "Entry 5 of the page table in frame 0x%05x: page 0x40005 of B\n"
      "TLB set 0, way 0: page 0x11223",
      (guint) below (machine, root_of (machine, 0), 68),
      (guint) below (machine, root_of (machine, 1), 256));

  check (machine, &item, 6, all);
  item.meant = 0x124;
  check (machine, &item, 6, "Nothing names frame 0x00124.");
}

/* The top table is named by a register, and by its process. */
static void
test_root (void)
{
  g_autoptr (Machine) machine = shared ();
  guint64 root = root_of (machine, 0);
  SceneItem item = meaning (SCENE_MEANS_FRAME, root);
  g_autofree char *all = g_strdup_printf ("Frame 0x%05x is named by:\n"
                                          "CR3 of CPU 0, which runs A\n"
                                          "Process A: it is its top table",
                                          (guint) root);

  check (machine, &item, 6, all);
  /* Before the access no CR3 was loaded. */
  g_assert_true (
      vm_machine_seek (machine, vm_machine_result (machine, 3)->end_step));
  g_autofree char *before = g_strdup_printf (
      "Frame 0x%05x is named by:\nProcess A: it is its top table",
      (guint) root);
  check (machine, &item, 6, before);
}

/* Many names are counted, not listed: here 40 pages, one frame. */
static void
test_bounded (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-64 memory=16M tlb-sets=1 tlb-ways=4",
         "process name=A", NULL};
  g_autoptr (Machine) machine = run (lines);
  SceneItem item = meaning (SCENE_MEANS_FRAME, 0x123);

  for (guint i = 0; i < 40; i++) {
    g_autofree char *line
        = g_strdup_printf ("map process=A va=0xffff8000000%02x000 frame=0x123 "
                           "flags=rw",
                           i);
    struct vm_error error;
    g_assert_true (vm_machine_do_line (machine, line, &error));
  }
  g_autoptr (GPtrArray) texts = scene_referrers (machine, &item, 0, 6);
  g_assert_cmpuint (texts->len, ==, 8);
  g_assert_cmpstr (g_ptr_array_index (texts, 7), ==, "and 34 more");
  g_assert_nonnull (
      strstr (g_ptr_array_index (texts, 1), "page 0xffff800000000 of A"));
}

/* An entry: what it translates, who was filled from it, what leads there. */
static void
test_entry (void)
{
  g_autoptr (Machine) machine = shared ();
  const struct vm_state *state = vm_machine_state (machine);
  guint64 root = root_of (machine, 0), table = below (machine, root, 68);
  const guint8 *page = vm_memory_bytes (
      state, vm_frame_start (vm_frame_of (table), VM_PAGE_SHIFT));
  SceneItem item = place (machine, page + 547 * 4, 4);
  g_autofree char *all = g_strdup_printf (
      "Entry 547 of the page table in frame 0x%05x:\n"
      "It translates page 0x11223 of A\n"
      "TLB set 0, way 0 was filled from it\n"
      "Entry 68 of the page directory in frame 0x%05x leads to its table",
      (guint) table, (guint) root);

  check (machine, &item, 6, all);
  /* A byte of it is not an entry. */
  item.place_width = 1;
  g_assert_null (scene_referrers (machine, &item, 0, 6));
}

/* A TLB way: where it came from, and that memory has moved on meanwhile. */
static void
test_way (void)
{
  g_autoptr (Machine) machine = shared ();
  const struct vm_state *state = vm_machine_state (machine);
  guint64 table = below (machine, root_of (machine, 0), 68);
  SceneItem item = place (machine, &state->tlb[0], sizeof state->tlb[0]);
  SceneItem empty = place (machine, &state->tlb[1], sizeof state->tlb[1]);
  g_autofree char *all = g_strdup_printf (
      "Filled from entry 547 of the page table in frame 0x%05x.",
      (guint) table);

  check (machine, &item, 6, all);
  g_assert_null (scene_referrers (machine, &empty, 0, 6));

  g_autoptr (GPtrArray) fields = scene_record_fields (machine, &item);
  g_autofree char *text = joined (fields);
  g_autofree char *expected
      = g_strdup_printf ("page\n0x11223\nframe\n0x00123\nused\n1\nentry\n"
                         "0x%08x\nshift\n12\nlevel\n1\nasid\n0\nflags\nvalid "
                         "readable writable user",
                         (guint) (table << VM_PAGE_SHIFT) + 547 * 4);
  g_assert_cmpstr (text, ==, expected);
  item.place_width = 8;
  g_assert_null (scene_record_fields (machine, &item));
}

/* A field of the address: the step that used it, once it has. */
static void
test_field (void)
{
  g_autoptr (Machine) machine = shared ();
  SceneItem item
      = meaning (SCENE_MEANS_INDEX, G_GUINT64_CONSTANT (1) << 32 | 547);
  guint64 first = vm_machine_result (machine, 5)->first_step, n = first;

  while (vm_machine_step (machine, n)->kind != VM_STEP_ENTRY_READ
         || vm_machine_step (machine, n)->values[VM_V_ENTRY_LEVEL] != 1)
    n++;
  g_autoptr (GPtrArray) after = scene_referrers (machine, &item, first, 6);
  g_autofree char *start
      = g_strdup_printf ("Used by step %u: ", (guint) (n + 1 - first));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (after, 0), start));

  g_assert_true (vm_machine_seek (machine, n));
  check (machine, &item, 6, "No step of this operation has used it so far.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/referrers/frame", test_frame);
  g_test_add_func ("/referrers/root", test_root);
  g_test_add_func ("/referrers/bounded", test_bounded);
  g_test_add_func ("/referrers/entry", test_entry);
  g_test_add_func ("/referrers/way", test_way);
  g_test_add_func ("/referrers/field", test_field);
  return g_test_run ();
}
