/* Processes and the frames between them: what is shown is computed once more
 * from the operations; a builder's list of any kind keeps its order, its copies
 * and what matters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "figures/kit.h"
#include "figures/parts.h"
#include "figures/sharing.h"
#include "scenario.h"

#define FIGURE SCENE_FIGURE_PROCESSES
#define PROCESSES 3

/* Wide enough for every form. */
static const double widths[] = {360, 640, 860, 1300};

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

/* What the operations say -------------------------------------------------- */

/* A page as it was mapped, by an operation that lies before the cursor. */
typedef struct {
  guint process;
  guint64 va, frame;
} Mapped;

static GArray *
mapped_before (const struct vm_machine *machine, guint64 cursor)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Mapped));

  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_op *op = vm_machine_op (machine, i);
    const struct vm_result *result = vm_machine_result (machine, i);
    Mapped mapped = {result->process, op->values[VM_P_MAP_VA],
                     op->values[VM_P_MAP_FRAME]};
    if (op->kind == VM_OP_MAP && result->end_step <= cursor)
      g_array_append_val (all, mapped);
  }
  return all;
}

/* The process that stands in a place, by its name. */
static guint
process_in (const struct vm_machine *machine, const SceneStill *still,
            guint place)
{
  const SceneItem *sign
      = find (still, SCENE_SHARING_SIGN, scene_space_panel (place));

  return vm_machine_process_named (machine, sign->text);
}

static gboolean
maps (const GArray *all, guint process, guint64 frame)
{
  for (guint i = 0; i < all->len; i++) {
    const Mapped *m = &g_array_index (all, Mapped, i);
    if (m->process == process && m->frame == frame)
      return TRUE;
  }
  return FALSE;
}

static guint
count_names (const GArray *all, guint64 frame)
{
  guint count = 0;

  for (guint i = 0; i < all->len; i++)
    count += g_array_index (all, Mapped, i).frame == frame;
  return count;
}

/* A frame has the colour and the sign of each process that maps it, and as many
 * references as there are pages in it. */
static void
check_frame (const struct vm_machine *machine, const SceneStill *still,
             const GArray *all, const SceneItem *box)
{
  guint64 frame = number_of (box);
  guint shares = 0;

  for (guint place = 0; place < PROCESSES; place++) {
    const SceneItem *sign = find (still, SCENE_SHARING_OWNER,
                                  scene_space_number (place, 0) + frame);
    guint process = process_in (machine, still, place);
    g_assert_cmpint (sign != NULL, ==, maps (all, process, frame));
    if (sign == NULL)
      continue;
    g_assert_cmpint (sign->role, ==, SCENE_ROLE_PROCESS_A + place);
    g_assert_cmpint (scene_item_share (box, shares), ==, sign->role);
    shares++;
  }
  g_assert_cmpuint (scene_item_shares (box), ==, MAX (1, shares));
  const char *refs = find (still, SCENE_SHARING_REFS, frame)->text;
  g_assert_cmpuint (strtoull (strchr (refs, ' '), NULL, 10), ==,
                    count_names (all, frame));
}

static void
check_mapping (const struct vm_machine *machine, const SceneStill *still,
               const GArray *all, const SceneItem *row)
{
  guint place = (guint) (number_of (row) >> 45);
  guint64 page = number_of (row) & ((G_GUINT64_CONSTANT (1) << 45) - 1);
  const char *target
      = find (still, SCENE_SHARING_TARGET, number_of (row))->text;
  guint process = process_in (machine, still, place);
  const Mapped *mapped = NULL;

  for (guint i = 0; i < all->len; i++) {
    const Mapped *m = &g_array_index (all, Mapped, i);
    if (m->process == process && m->va >> VM_PAGE_SHIFT == page)
      mapped = m;
  }
  g_assert_cmpint (g_str_has_prefix (target, "0x"), ==, mapped != NULL);
  if (mapped != NULL)
    g_assert_cmpuint (strtoull (target, NULL, 16), ==, mapped->frame);
}

static void
check_end_of_operation (const struct vm_machine *machine,
                        const SceneStill *still)
{
  g_autoptr (GArray) all = mapped_before (machine, still->cursor);
  guint frames = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (is_part (item, SCENE_SHARING_FRAME))
      check_frame (machine, still, all, item);
    if (is_part (item, SCENE_SHARING_MAPPING))
      check_mapping (machine, still, all, item);
    frames += is_part (item, SCENE_SHARING_FRAME);
  }
  g_assert_cmpuint (frames, >, 0);
}

static void
test_operations (void)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << FIGURE);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[2], &first);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    for (guint64 op = 4; op < vm_machine_op_count (machine); op++) {
      guint64 end = vm_machine_result (machine, op)->end_step;
      g_assert_true (vm_machine_seek (machine, end));
      g_autoptr (SceneStill) still = scene_stage_still (
          stage, machine, scene_metrics_fixed (), widths[i], 0);
      check_end_of_operation (machine, still);
    }
  vm_machine_free (machine);
}

/* Lines -------------------------------------------------------------------- */

static gboolean
on_side (const SceneRect *rect, ScenePoint p)
{
  return (fabs (p.x - rect->x) < 0.5
          || fabs (p.x - rect->x - rect->width) < 0.5)
         && p.y > rect->y && p.y < rect->y + rect->height;
}

/* Each line ends at the page and the frame that it joins; where there is one
 * column only, there are none. */
static guint
check_lines (const SceneStill *still)
{
  guint lines = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (!is_part (item, SCENE_SHARING_LEADS))
      continue;
    const ScenePoint *points
        = &g_array_index (still->points, ScenePoint, item->first_point);
    const SceneItem *from
        = find (still, SCENE_SHARING_MAPPING, number_of (item));
    const char *frame
        = find (still, SCENE_SHARING_TARGET, number_of (item))->text;
    const SceneItem *to
        = find (still, SCENE_SHARING_FRAME, strtoull (frame, NULL, 16));
    g_assert_true (on_side (&from->rect, points[0]));
    g_assert_true (on_side (&to->rect, points[item->point_count - 1]));
    g_assert_cmpint (item->emphasis, ==, from->emphasis);
    lines++;
  }
  return lines;
}

static void
test_lines (void)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << FIGURE);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[2], &first);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    guint lines = 0;
    for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
      g_assert_true (vm_machine_seek (machine, n));
      g_autoptr (SceneStill) still = scene_stage_still (
          stage, machine, scene_metrics_fixed (), widths[i], 0);
      lines += check_lines (still);
    }
    g_assert_cmpint (lines > 0, ==, widths[i] > 400);
  }
  vm_machine_free (machine);
}

/* Any list ----------------------------------------------------------------- */

#define MANY 40

typedef struct {
  SceneContext context;
  SceneBuild build;
  SceneSharingShape shape;
  SceneSharing sharing;
  SceneRegion regions[MANY];
  SceneOwnedFrame frames[MANY];
  SceneMapping mapping;
  const GArray *scrolls;
} Fixture;

/* Two spaces with far more regions and frames than there is room for; one of
 * each matters. */
static void
fixture_init (Fixture *f)
{
  *f = (Fixture){.context = {.geometry = vm_geometry_of (VM_GEOMETRY_X86_32)},
                 .shape = {.spaces = 2,
                           .title = 60,
                           .label = 60,
                           .text = 80,
                           .flags = "rwx",
                           .rows = 3,
                           .copies = 1},
                 .mapping = {.va = 0x1000,
                             .shift = 12,
                             .present = TRUE,
                             .frame = 7,
                             .rights = "R",
                             .role = SCENE_ROLE_PROCESS_A,
                             .emphasis = SCENE_ACTIVE,
                             .name = "mapping"}};
  for (guint i = 0; i < MANY; i++) {
    f->regions[i] = (SceneRegion){.first = 0x1000 + 0x4000 * i,
                                  .last = 0x1fff + 0x4000 * i,
                                  .label = "region",
                                  .flags = "rw-",
                                  .name = "region",
                                  .emphasis = SCENE_NORMAL};
    f->frames[i] = (SceneOwnedFrame){.number = i,
                                     .count = 1,
                                     .owners = 1,
                                     .label = "frame",
                                     .name = "frame",
                                     .refs = 1,
                                     .mapped = 1,
                                     .managed = TRUE,
                                     .emphasis = SCENE_NORMAL};
  }
  f->regions[31].emphasis = SCENE_STRONG;
  f->frames[33].emphasis = SCENE_STRONG;
  f->frames[35].owners = 3;
  f->sharing = (SceneSharing){
      .spaces
      = {{"Parent",
          "empty",
          {"P", SCENE_ROLE_PROCESS_A},
          f->regions,
          MANY,
          &f->mapping,
          1},
         {"Child", "empty", {"C", SCENE_ROLE_PROCESS_B}, NULL, 0, NULL, 0}},
      .frames = f->frames,
      .frame_count = MANY};
}

static SceneStill *
fixture_still (Fixture *f, double width)
{
  SceneStill *still = scene_still_new ();
  SceneFigureSize size;

  f->build = (SceneBuild){.context = &f->context,
                          .metrics = scene_metrics_fixed (),
                          .scrolls = f->scrolls};
  scene_sharing_measure (&f->build, &f->shape, width, &size);
  f->build.still = still;
  scene_add_sharing (&f->build, FIGURE, &f->shape, &f->sharing,
                     (SceneRect){0, 0, width, size.height});
  still->width = width;
  still->height = size.height;
  return still;
}

/* Not all has room: what matters is there, and the rest is counted. */
static void
test_many (void)
{
  Fixture f;

  fixture_init (&f);
  for (double width = 340; width < 2000; width += 83) {
    g_autoptr (SceneStill) still = fixture_still (&f, width);
    guint shown = 0;
    check_still (still, scene_metrics_fixed (), "a list", NULL);
    for (guint i = 0; i < MANY; i++)
      shown += find (still, SCENE_SHARING_FRAME, i) != NULL;
    g_assert_nonnull (find (still, SCENE_SHARING_FRAME, 33));
    g_assert_nonnull (find (still, SCENE_SHARING_FRAME, 35));
    g_assert_nonnull (
        scene_still_find (still, scene_id_region (FIGURE, 0, 0x7d000)));
    g_autofree char *more = g_strdup_printf ("… %u more frames", MANY - shown);
    g_assert_cmpstr (
        find (still, SCENE_SHARING_MORE, scene_space_number (SCENE_OWNERS, 0))
            ->text,
        ==, more);
  }
}

/* What the reader has scrolled to is shown row by row: regions from the highest
 * addresses down, frames from the lowest up. */
static void
test_scrolled (void)
{
  Fixture f;
  SceneScroll to[] = {{SCENE_ID (FIGURE, SCENE_PART_PANEL, 0), 5},
                      {SCENE_ID (FIGURE, SCENE_PART_PANEL, 1), 2}};
  g_autoptr (GArray) scrolls = g_array_new (FALSE, FALSE, sizeof to[0]);

  fixture_init (&f);
  g_array_append_vals (scrolls, to, 2);
  f.scrolls = scrolls;
  g_autoptr (SceneStill) still = fixture_still (&f, 900);
  check_still (still, scene_metrics_fixed (), "scrolled", NULL);
  g_assert_cmpuint (still->windows->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const SceneWindow *w = &g_array_index (still->windows, SceneWindow, i);
    guint seen = 0;
    for (guint n = 0; n < MANY; n++) {
      guint row = w->id == to[0].window ? n : MANY - 1 - n;
      const SceneItem *item
          = w->id == to[0].window
                ? find (still, SCENE_SHARING_FRAME, n)
                : scene_still_find (
                    still, scene_id_region (FIGURE, 0, f.regions[n].first));
      g_assert_cmpint (item != NULL, ==,
                       row >= w->first && row < w->first + w->visible);
      seen += item != NULL;
    }
    g_assert_cmpuint (seen, ==, w->visible);
    g_assert_cmpuint (w->first, ==, w->id == to[0].window ? 5 : 2);
  }
}

/* A copy stands right below what it was copied from, whatever their numbers,
 * with an arrow from the one to the other. */
static void
test_copy (void)
{
  Fixture f;

  fixture_init (&f);
  f.sharing.frame_count = 5;
  f.frames[4].word = "copied";
  f.frames[4].copy_of = 1;
  f.frames[4].is_new = TRUE;
  f.frames[4].refs = f.frames[4].mapped = 0;
  f.frames[4].emphasis = SCENE_ACTIVE;
  for (double width = 340; width < 2000; width += 83) {
    g_autoptr (SceneStill) still = fixture_still (&f, width);
    const SceneRect *from = &find (still, SCENE_SHARING_FRAME, 1)->rect;
    const SceneRect *to = &find (still, SCENE_SHARING_FRAME, 4)->rect;
    const SceneItem *arrow = find (still, SCENE_SHARING_COPY, 4);
    const ScenePoint *points
        = &g_array_index (still->points, ScenePoint, arrow->first_point);
    check_still (still, scene_metrics_fixed (), "a list", NULL);
    g_assert_cmpfloat_with_epsilon (points[0].y, from->y + from->height, 0.5);
    g_assert_cmpfloat_with_epsilon (points[1].y, to->y, 0.5);
    g_assert_cmpfloat (find (still, SCENE_SHARING_FRAME, 2)->rect.y, >, to->y);
    g_assert_cmpstr (find (still, SCENE_SHARING_WORD, 4)->text, ==, "copied");
    g_assert_cmpstr (find (still, SCENE_SHARING_REFS, 4)->text, ==,
                     "new, refs 0");
  }
}

/* What is not there says so. */
static void
test_empty (void)
{
  Fixture f;

  fixture_init (&f);
  f.sharing.frame_count = 0;
  g_autoptr (SceneStill) still = fixture_still (&f, 900);
  g_assert_cmpstr (
      find (still, SCENE_SHARING_EMPTY, scene_space_panel (1))->text, ==,
      "empty");
  g_assert_nonnull (find (still, SCENE_SHARING_EMPTY, 0));
  g_assert_null (find (still, SCENE_SHARING_LEADS, scene_space_number (0, 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sharing/operations", test_operations);
  g_test_add_func ("/sharing/lines", test_lines);
  g_test_add_func ("/sharing/many", test_many);
  g_test_add_func ("/sharing/scrolled", test_scrolled);
  g_test_add_func ("/sharing/copy", test_copy);
  g_test_add_func ("/sharing/empty", test_empty);
  return g_test_run ();
}
