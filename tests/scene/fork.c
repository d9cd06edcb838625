/* Processes that the kernel doubles: regions, entries, frames and the lines
 * between them are held against the machine's state, at every step, going
 * forward and back. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "figures/kit.h"
#include "figures/parts.h"
#include "figures/sharing.h"
#include "mm/entries.h"
#include "mm/frames.h"
#include "mm/region_tree.h"
#include "process/process.h"
#include "scenario.h"

#define FIGURE SCENE_FIGURE_PROCESSES
#define PROCESSES 3
#define WIDTH 1300

/* Lower bits of the numbers of pages, in ids. */
#define PAGE_MASK ((G_GUINT64_CONSTANT (1) << 45) - 1)

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

static const char *
text_of (const SceneStill *still, guint part, guint64 number)
{
  const SceneItem *item = find (still, part, number);

  return item == NULL ? NULL : item->text;
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

static guint
count_part (const SceneStill *still, guint part)
{
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++)
    count += is_part (&g_array_index (still->items, SceneItem, i), part);
  return count;
}

/* The state -----------------------------------------------------------------
 */

static gboolean
lives (const struct vm_state *s, guint32 process)
{
  return process < s->process_count
         && s->processes[process].state == VM_PROCESS_RUNNING;
}

/* The entry of a page, if it is present. */
static gboolean
entry_of (const struct vm_state *s, guint32 process, guint64 va,
          struct vm_entry *entry)
{
  if (!lives (s, process))
    return FALSE;
  *entry = vm_entry_of (s, process, vm_vaddr_of (va));
  return entry->pte.present;
}

static const struct vm_region *
region_of (const struct vm_state *s, guint32 process, guint64 va)
{
  return vm_region_at (s, vm_tree_holder (s, s->processes[process].mm, va));
}

/* What is drawn -------------------------------------------------------------
 */

/* As many regions as the process has: all have room here. */
static void
check_regions (const struct vm_state *s, const SceneStill *still)
{
  guint regions = 0;

  for (guint32 p = 0; p < PROCESSES; p++) {
    guint32 n = lives (s, p) ? vm_tree_first (s, s->processes[p].mm) : 0;
    for (; n != 0; n = vm_tree_next (s, n)) {
      const struct vm_region *r = vm_region_at (s, n);
      guint64 number = scene_space_number (p, r->start);
      const char *flags = text_of (still, SCENE_SHARING_FLAGS, number);
      g_assert_nonnull (flags);
      g_assert_cmpint (flags[0] == 'r', ==, (r->flags & VM_REGION_READ) != 0);
      g_assert_cmpint (flags[1] == 'w', ==, (r->flags & VM_REGION_WRITE) != 0);
      g_assert_cmpint (flags[3] == 's', ==, (r->flags & VM_REGION_SHARED) != 0);
      regions++;
    }
  }
  g_assert_cmpuint (count_part (still, SCENE_SHARING_REGION), ==, regions);
}

/* A row says what the tables say, and what the region says. */
static void
check_row (const struct vm_state *s, const SceneStill *still,
           const SceneItem *row)
{
  guint64 number = number_of (row);
  guint32 process = (guint32) (number >> 45);
  guint64 va = (number & PAGE_MASK) << VM_PAGE_SHIFT;
  const char *target = text_of (still, SCENE_SHARING_TARGET, number);
  const char *allowed = text_of (still, SCENE_SHARING_ALLOWED, number);
  const SceneItem *rights = find (still, SCENE_SHARING_RIGHTS, number);
  struct vm_entry entry;

  if (!entry_of (s, process, va, &entry)) {
    g_assert_cmpstr (target, ==, "none");
    g_assert_null (rights);
    return;
  }
  gboolean may = (region_of (s, process, va)->flags & VM_REGION_WRITE) != 0;
  g_assert_cmpuint (strtoull (target, NULL, 16), ==, entry.pte.frame);
  g_assert_cmpstr (rights->text, ==, entry.pte.writable ? "RW" : "R");
  if (rights->role != SCENE_ROLE_FAULT)
    g_assert_cmpint (rights->role == SCENE_ROLE_MISS, ==,
                     may && !entry.pte.writable);
  g_assert_cmpint (allowed[1] == 'w', ==, may);
}

/* Pages shown and pages left out are all pages there are. */
static void
check_rows (const struct vm_state *s, const SceneStill *still)
{
  guint shown[PROCESSES] = {0}, all[PROCESSES] = {0};

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (!is_part (item, SCENE_SHARING_MAPPING))
      continue;
    check_row (s, still, item);
    shown[number_of (item) >> 45]
        += find (still, SCENE_SHARING_RIGHTS, number_of (item)) != NULL;
  }
  for (guint32 p = 0; p < PROCESSES; p++) {
    struct vm_entry entry;
    for (guint64 va = 0;
         lives (s, p) && vm_entry_next (s, p, va, 0xc0000000, &entry);
         va = entry.va.v + VM_PAGE_SIZE)
      all[p] += entry.pte.present;
    const char *more
        = text_of (still, SCENE_SHARING_LEFT, scene_space_number (p, 0));
    guint hidden
        = more == NULL ? 0 : (guint) strtoul (more + strlen ("… "), NULL, 10);
    g_assert_cmpuint (shown[p] + hidden, ==, all[p]);
  }
}

/* How many entries of a process name a frame. */
static guint
count_names (const struct vm_state *s, guint32 process, guint64 frame)
{
  struct vm_entry entry;
  guint count = 0;

  for (guint64 va = 0;
       lives (s, process) && vm_entry_next (s, process, va, 0xc0000000, &entry);
       va = entry.va.v + VM_PAGE_SIZE)
    count += entry.pte.present && entry.pte.frame == frame;
  return count;
}

static void
check_counts (const struct vm_state *s, const SceneStill *still, guint64 frame)
{
  const char *text = text_of (still, SCENE_SHARING_REFS, frame);
  const char *refs = strstr (text, "refs "), *maps = strstr (text, "maps ");
  guint names = 0;

  for (guint32 p = 0; p < PROCESSES; p++)
    names += count_names (s, p, frame);
  g_assert_cmpuint (strtoul (refs + 5, NULL, 10), ==, s->frames[frame].refs);
  if (maps != NULL)
    g_assert_cmpuint (strtoul (maps + 5, NULL, 10), ==, names);
}

/* A frame has the sign of each process that names it, and of no other. */
static void
check_frames (const struct vm_state *s, const SceneStill *still)
{
  guint frames = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (!is_part (item, SCENE_SHARING_FRAME))
      continue;
    guint64 frame = number_of (item);
    for (guint32 p = 0; p < PROCESSES; p++)
      g_assert_cmpint (
          find (still, SCENE_SHARING_OWNER, scene_space_number (p, 0) + frame)
              != NULL,
          ==, count_names (s, p, frame) > 0);
    check_counts (s, still, frame);
    frames++;
  }
  g_assert_cmpuint (frames, >, 0);
}

/* From each entry shown an arrow leads to its frame, if that is shown. */
static void
check_arrows (const SceneStill *still)
{
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *row = &g_array_index (still->items, SceneItem, i);
    if (!is_part (row, SCENE_SHARING_MAPPING)
        || find (still, SCENE_SHARING_RIGHTS, number_of (row)) == NULL)
      continue;
    guint64 frame = strtoull (
        text_of (still, SCENE_SHARING_TARGET, number_of (row)), NULL, 16);
    const SceneItem *to = find (still, SCENE_SHARING_FRAME, frame);
    const SceneItem *arrow = find (still, SCENE_SHARING_LEADS, number_of (row));
    g_assert_cmpint (arrow != NULL, ==, to != NULL);
    if (arrow == NULL)
      continue;
    const ScenePoint *end = &g_array_index (
        still->points, ScenePoint, arrow->first_point + arrow->point_count - 1);
    g_assert_cmpfloat (end->y, >, to->rect.y);
    g_assert_cmpfloat (end->y, <, to->rect.y + to->rect.height);
  }
}

static void
check_step (const struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_state *s = vm_machine_state (machine);

  check_regions (s, still);
  check_rows (s, still);
  check_frames (s, still);
  check_arrows (still);
}

/* At every step, and the same again on the way back. */
static void
test_every_step (void)
{
  g_auto (Fixture) f;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  fixture_init (&f);
  guint64 last = vm_machine_step_count (f.machine);
  for (guint64 n = f.first; n <= last; n++) {
    g_autoptr (SceneStill) still = still_at (&f, n, WIDTH);
    check_step (f.machine, still);
    g_ptr_array_add (texts, scene_still_to_text (still));
  }
  for (guint64 n = last; n >= f.first; n--) {
    g_autoptr (SceneStill) still = still_at (&f, n, WIDTH);
    g_autofree char *text = scene_still_to_text (still);
    g_assert_cmpstr (text, ==, g_ptr_array_index (texts, n - f.first));
  }
}

/* The story -----------------------------------------------------------------
 */

/* The cursor behind the n-th step of a kind in an operation. */
static guint64
behind (const Fixture *f, guint64 operation, enum vm_step_kind kind, guint n)
{
  const struct vm_result *result = vm_machine_result (f->machine, operation);

  for (guint64 i = result->first_step; i < result->end_step; i++)
    if (vm_machine_step (f->machine, i)->kind == kind && n-- == 0)
      return i + 1;
  g_assert_not_reached ();
}

static SceneStill *
at_end (const Fixture *f, guint64 operation)
{
  return still_at (f, vm_machine_result (f->machine, operation)->end_step,
                   WIDTH);
}

static guint64
page_number (guint process, guint64 va)
{
  return scene_space_number (process, va);
}

/* Entries are shared one by one: the parent's is protected first, then the
 * child has one; its number travels from the one to the other. */
static void
test_fork (void)
{
  g_auto (Fixture) f;
  const guint64 va = 0x0804a000;

  fixture_init (&f);
  guint64 at = behind (&f, 11, VM_STEP_FORK_ENTRY, 0);
  g_autoptr (SceneStill) told = still_at (&f, at, WIDTH);
  g_autoptr (SceneStill) protected = still_at (&f, at + 1, WIDTH);
  g_autoptr (SceneStill) shared = still_at (&f, at + 2, WIDTH);

  g_assert_cmpstr (text_of (told, SCENE_SHARING_RIGHTS, page_number (0, va)),
                   ==, "RW");
  g_assert_cmpstr (
      text_of (protected, SCENE_SHARING_RIGHTS, page_number (0, va)), ==, "R");
  g_assert_cmpstr (
      text_of (protected, SCENE_SHARING_TARGET, page_number (1, va)), ==,
      "none");
  g_assert_cmpstr (text_of (shared, SCENE_SHARING_RIGHTS, page_number (1, va)),
                   ==, "R");
  g_assert_cmpuint (shared->flights->len, ==, 1);
  const SceneFlight *flight = &g_array_index (shared->flights, SceneFlight, 0);
  g_assert_cmphex (
      flight->from, ==,
      SCENE_ID (FIGURE, SCENE_SHARING_TARGET, page_number (0, va)));
  g_assert_cmphex (
      flight->to, ==,
      SCENE_ID (FIGURE, SCENE_SHARING_TARGET, page_number (1, va)));
}

/* The child writes: a copy below the frame, with the same bytes; then its arrow
 * moves, and the count drops. */
static void
test_copy (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  guint64 at = behind (&f, 12, VM_STEP_COPY, 0);
  g_autoptr (SceneStill) copying = still_at (&f, at, WIDTH);
  const struct vm_step *step = vm_machine_step (f.machine, at - 1);
  guint64 from = step->values[VM_V_COPY_FROM], to = step->values[VM_V_COPY_TO];
  g_assert_cmpstr (text_of (copying, SCENE_SHARING_WORD, to), ==, "copy 4 KiB");
  g_assert_cmpstr (text_of (copying, SCENE_SHARING_REFS, to), ==,
                   "new, refs 1");
  g_assert_cmpstr (text_of (copying, SCENE_SHARING_REFS, from), ==, "refs 2");
  g_assert_cmpstr (text_of (copying, SCENE_SHARING_VALUE, to), ==,
                   text_of (copying, SCENE_SHARING_VALUE, from));
  g_assert_cmpuint (copying->flights->len, ==, 1);

  g_autoptr (SceneStill) done = at_end (&f, 12);
  g_assert_cmpstr (text_of (done, SCENE_SHARING_VALUE, to), ==,
                   "+0x02c = 0x000000c8");
  g_assert_cmpstr (text_of (done, SCENE_SHARING_VALUE, from), ==,
                   "+0x02c = 0x00000064");
  g_assert_cmpstr (text_of (done, SCENE_SHARING_REFS, from), ==, "refs 1");
}

/* The parent writes: nobody else has the frame, and nothing is copied. Shared
 * memory is never protected. What is freed says so. */
static void
test_after (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  g_autoptr (SceneStill) reused = at_end (&f, 14);
  g_assert_cmpstr (
      text_of (reused, SCENE_SHARING_RIGHTS, page_number (0, 0x0804a000)), ==,
      "RW");
  g_assert_cmpuint (count_part (reused, SCENE_SHARING_WORD), ==, 0);

  g_autoptr (SceneStill) shared = at_end (&f, 13);
  for (guint p = 0; p < 2; p++)
    g_assert_cmpstr (
        text_of (shared, SCENE_SHARING_RIGHTS, page_number (p, 0xb7000000)), ==,
        "RW");

  guint64 at = behind (&f, 18, VM_STEP_FRAME_FREE, 0);
  g_autoptr (SceneStill) freed = still_at (&f, at, WIDTH);
  guint64 frame = vm_machine_step (f.machine, at - 1)->values[VM_V_FREE_FRAME];
  g_assert_cmpstr (text_of (freed, SCENE_SHARING_VALUE, frame), ==,
                   "free again");
  g_assert_cmpstr (text_of (freed, SCENE_SHARING_REFS, frame), ==, "refs 0");
  g_autoptr (SceneStill) end = at_end (&f, 18);
  g_assert_null (find (end, SCENE_SHARING_FRAME, frame));
  g_assert_cmpstr (text_of (end, SCENE_SHARING_EMPTY, scene_space_panel (2)),
                   ==, "has ended");
}

/* An entry that was refused and then written anew is not blamed any more. */
static void
test_rewritten (void)
{
  g_auto (Fixture) f = {0};
  guint written = 0;

  fixture_init (&f);
  scene_stage_free (f.stage);
  f.stage = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_ENTRY);
  guint64 steps = vm_machine_step_count (f.machine);
  for (guint64 n = f.first + 1; n <= steps; n++) {
    g_autoptr (SceneStill) still = still_at (&f, n, WIDTH);
    const SceneItem *verdict = scene_still_find (
        still, SCENE_ID (SCENE_FIGURE_ENTRY, SCENE_ENTRY_VERDICT, 0));
    if (vm_machine_step (f.machine, n - 1)->kind != VM_STEP_ENTRY_WRITE)
      continue;
    g_assert_nonnull (verdict);
    g_assert_cmpint (verdict->role, !=, SCENE_ROLE_FAULT);
    written += strcmp (verdict->text, "written by software") == 0;
  }
  g_assert_cmpuint (written, >, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fork/every-step", test_every_step);
  g_test_add_func ("/fork/fork", test_fork);
  g_test_add_func ("/fork/copy", test_copy);
  g_test_add_func ("/fork/after", test_after);
  g_test_add_func ("/fork/rewritten", test_rewritten);
  return g_test_run ();
}
