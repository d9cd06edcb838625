/* Frames with their counts, and who names one: held against the tables of all
 * processes, read entry by entry, at every step, going forward and back. */
#include <stdlib.h>
#include <string.h>

#include "figures/kit.h"
#include "figures/parts.h"
#include "mm/entries.h"
#include "mm/frames.h"
#include "process/process.h"
#include "scenario.h"

#define FIGURE SCENE_FIGURE_FRAMES
#define TOP G_GUINT64_CONSTANT (0xc0000000)

typedef struct {
  struct vm_machine *machine;
  SceneStage *stage;
  guint64 first;
} Fixture;

static void
fixture_init (Fixture *f)
{
  guint number = 0;

  while (strcmp (scenarios[number].name, "fork") != 0)
    number++;
  f->machine = scenario_machine (&scenarios[number], &f->first);
  f->stage = scenario_stage (G_GUINT64_CONSTANT (1) << FIGURE);
}

static void
fixture_clear (Fixture *f)
{
  scene_stage_free (f->stage);
  vm_machine_free (f->machine);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static SceneStill *
still_at (const Fixture *f, guint64 cursor, double width)
{
  g_assert_true (vm_machine_seek (f->machine, cursor));
  return scene_stage_still (f->stage, f->machine, scene_metrics_fixed (), width,
                            0);
}

static const SceneItem *
find (const SceneStill *still, guint part, guint64 number)
{
  return scene_still_find (still, SCENE_ID (FIGURE, part, number));
}

static gboolean
is_part (const SceneItem *item, guint part)
{
  return item->id >> 48 == SCENE_ID (FIGURE, part, 0) >> 48;
}

static guint64
number_of (const SceneItem *item)
{
  return item->id & G_GUINT64_CONSTANT (0xffffffffffff);
}

/* Entries of all processes that name a frame. */
static guint
count_names (const struct vm_state *s, guint64 frame)
{
  guint count = 0;

  for (guint32 p = 0; p < s->process_count; p++) {
    struct vm_entry entry;
    gboolean lives = s->processes[p].state == VM_PROCESS_RUNNING;
    for (guint64 va = 0; lives && vm_entry_next (s, p, va, TOP, &entry);
         va = entry.va.v + VM_PAGE_SIZE)
      count += entry.pte.present && entry.pte.frame == frame;
  }
  return count;
}

static gboolean
ends_operation (const struct vm_machine *machine)
{
  guint64 cursor = vm_machine_cursor (machine);
  guint64 op = vm_machine_op_of_step (machine, cursor - 1);

  return vm_machine_result (machine, op)->end_step == cursor;
}

/* Between the end of an entry and that of its reference the counts differ; at
 * the end of an operation they do not. */
static void
check_cell (const struct vm_machine *machine, const SceneStill *still,
            guint64 frame)
{
  const struct vm_state *s = vm_machine_state (machine);
  const SceneItem *counts = find (still, SCENE_FRAMES_COUNTS, frame);
  const SceneItem *letters = find (still, SCENE_FRAMES_LETTERS, frame);
  guint flags = s->frames[frame].flags;

  g_assert_cmpint (counts == NULL, ==, s->frames[frame].role == VM_FRAME_FREE);
  if (counts == NULL)
    return;
  const char *maps = strstr (counts->text, "maps ");
  g_assert_cmpuint (strtoul (counts->text + strlen ("refs "), NULL, 10), ==,
                    s->frames[frame].refs);
  if (maps != NULL && ends_operation (machine))
    g_assert_cmpuint (strtoul (maps + strlen ("maps "), NULL, 10), ==,
                      count_names (s, frame));
  g_assert_cmpstr (letters == NULL ? "" : letters->text, ==,
                   flags & VM_PAGE_WRITEBACK ? "FW"
                   : flags & VM_PAGE_DIRTY   ? "FD"
                   : flags & VM_PAGE_FILE    ? "F"
                   : flags & VM_PAGE_ZERO    ? "Z"
                   : flags & VM_PAGE_ANON    ? "A"
                                             : "");
}

/* A row says whether the entry of its page names the frame. */
static gboolean
check_name (const struct vm_state *s, const SceneStill *still,
            const SceneItem *row, guint64 frame)
{
  guint32 process = (guint32) (number_of (row) >> 38);
  guint64 page = number_of (row) & ((G_GUINT64_CONSTANT (1) << 38) - 1);
  const SceneItem *says = find (still, SCENE_FRAMES_RIGHTS, number_of (row));
  struct vm_entry entry
      = vm_entry_of (s, process, vm_vaddr_of (page << VM_PAGE_SHIFT));
  gboolean names = entry.pte.present && entry.pte.frame == frame;

  g_assert_cmpint (says->kind == SCENE_CHIP, ==, names);
  if (names)
    g_assert_cmpstr (says->text, ==, entry.pte.writable ? "RW" : "R");
  else if (entry.pte.present)
    g_assert_cmpuint (strtoull (says->text, NULL, 16), ==, entry.pte.frame);
  else
    g_assert_cmpstr (says->text, ==, "none");
  return names;
}

/* The list has every entry that names the frame. */
static void
check_list (const struct vm_state *s, const SceneStill *still)
{
  const SceneItem *title = find (still, SCENE_PART_TITLE, 1);
  const char *number = strstr (title->text, "0x");
  guint names = 0;

  if (number == NULL)
    return;
  guint64 frame = strtoull (number, NULL, 16);
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (is_part (item, SCENE_FRAMES_ENTRY))
      names += check_name (s, still, item, frame);
  }
  g_assert_cmpuint (names, ==, count_names (s, frame));
}

static void
check_step (const struct vm_machine *machine, const SceneStill *still)
{
  guint cells = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (!is_part (item, SCENE_FRAMES_FRAME))
      continue;
    check_cell (machine, still, number_of (item));
    cells++;
  }
  g_assert_cmpuint (cells, >, 0);
  check_list (vm_machine_state (machine), still);
}

static void
test_every_step (void)
{
  static const double widths[] = {360, 1150};
  g_auto (Fixture) f;

  fixture_init (&f);
  guint64 last = vm_machine_step_count (f.machine);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
    for (guint64 n = f.first; n <= last; n++) {
      g_autoptr (SceneStill) still = still_at (&f, n, widths[i]);
      check_step (f.machine, still);
      g_ptr_array_add (texts, scene_still_to_text (still));
    }
    for (guint64 n = last; n >= f.first; n--) {
      g_autoptr (SceneStill) still = still_at (&f, n, widths[i]);
      g_autofree char *text = scene_still_to_text (still);
      g_assert_cmpstr (text, ==, g_ptr_array_index (texts, n - f.first));
    }
  }
}

/* The frame that a step is about is the one that stands out, and the one whose
 * names are listed. */
static void
check_target (const Fixture *f, guint64 operation, enum vm_step_kind kind,
              guint value)
{
  const struct vm_result *result = vm_machine_result (f->machine, operation);
  guint64 n = result->first_step;

  while (vm_machine_step (f->machine, n)->kind != kind)
    n++;
  guint64 frame = vm_machine_step (f->machine, n)->values[value];
  g_autoptr (SceneStill) still = still_at (f, n + 1, 1150);
  g_autofree char *title
      = g_strdup_printf ("Who names frame 0x%05" G_GINT64_MODIFIER "x", frame);
  g_assert_cmpstr (find (still, SCENE_PART_TITLE, 1)->text, ==, title);
  g_assert_cmpint (find (still, SCENE_FRAMES_FRAME, frame)->emphasis, ==,
                   SCENE_ACTIVE);
}

static void
test_target (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  check_target (&f, 6, VM_STEP_FRAME_TAKE, VM_V_TAKE_FRAME);
  check_target (&f, 11, VM_STEP_FORK_ENTRY, VM_V_SHARE_FRAME);
  check_target (&f, 12, VM_STEP_COPY, VM_V_COPY_TO);
  check_target (&f, 12, VM_STEP_HANDLED, VM_V_HANDLED_FRAME);
  check_target (&f, 13, VM_STEP_HANDLED, VM_V_HANDLED_FRAME);
  check_target (&f, 18, VM_STEP_FRAME_FREE, VM_V_FREE_FRAME);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frames/every-step", test_every_step);
  g_test_add_func ("/frames/target", test_target);
  return g_test_run ();
}
