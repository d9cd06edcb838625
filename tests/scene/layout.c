/* Where figures stand: by themselves, and where a lesson says so. The places in
 * a few widths are kept in golden/layout.txt; PAGEWALK_UPDATE_GOLDEN=1 writes
 * it anew. */
#include <math.h>

#include "check.h"
#include "figures/figure.h"
#include "scenario.h"
#include "stage.h"

static const LessonFigure usual[] = {{.kind = (char *) "cpu"},
                                     {.kind = (char *) "address"},
                                     {.kind = (char *) "tlb"},
                                     {.kind = (char *) "tables"},
                                     {.kind = (char *) "entry"},
                                     {.kind = (char *) "physical"},
                                     {.kind = (char *) "memory"},
                                     {.kind = (char *) "space"},
                                     {.kind = NULL}};
/* No walk, and not in the order of their numbers. */
static const LessonFigure others[] = {{.kind = (char *) "decision"},
                                      {.kind = (char *) "bytes"},
                                      {.kind = (char *) "cost"},
                                      {.kind = (char *) "counters"},
                                      {.kind = NULL}};
/* As a lesson would arrange them. */
static const LessonFigure told[]
    = {{.kind = (char *) "space", .row = 1, .cell = 0, .share = 1},
       {.kind = (char *) "memory", .row = 2, .cell = 0, .share = 1},
       {.kind = (char *) "tables", .row = 2, .cell = 1, .share = 3},
       {.kind = (char *) "entry", .row = 2, .cell = 1, .share = 3},
       {.kind = (char *) "counters", .row = 3, .cell = 0, .share = 2},
       {.kind = (char *) "cost", .row = 3, .cell = 1, .share = 1},
       {.kind = NULL}};

static const double widths[] = {360, 700, 1150, 1920};

static SceneStage *
stage_of (const LessonFigure *figures)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  LessonDocument document = {.figures = list};

  for (; figures->kind != NULL; figures++)
    g_ptr_array_add (list, (gpointer) figures);
  return scene_stage_new (&document);
}

static SceneStill *
still_of (SceneStage *stage, double width, double height)
{
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);
  SceneStill *still;

  g_assert_true (vm_machine_seek (machine, 35));
  still = scene_stage_still (stage, machine, scene_metrics_fixed (), width,
                             height);
  vm_machine_free (machine);
  return still;
}

/* What the panels of a figure take together. */
static SceneRect
place_of (const SceneStill *still, const char *kind)
{
  guint figure = scene_figure_named (kind)->id;
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = 0, bottom = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    const SceneRect *r = &item->rect;
    if (SCENE_ID_FIGURE (item->id) != figure || item->kind != SCENE_PANEL)
      continue;
    left = MIN (left, r->x);
    top = MIN (top, r->y);
    right = MAX (right, r->x + r->width);
    bottom = MAX (bottom, r->y + r->height);
  }
  g_assert_cmpfloat (right, >, 0);
  return (SceneRect){left, top, right - left, bottom - top};
}

static void
append_places (GString *text, const char *name, const LessonFigure *figures)
{
  g_autoptr (SceneStage) stage = stage_of (figures);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    double height = i < 2 ? 0 : widths[i] * 0.62;
    g_autoptr (SceneStill) still = still_of (stage, widths[i], height);
    g_string_append_printf (text, "# %s, %.0f x %.0f\n", name, still->width,
                            still->height);
    for (const LessonFigure *f = figures; f->kind != NULL; f++) {
      SceneRect r = place_of (still, f->kind);
      g_string_append_printf (text, "%s: %.0f,%.0f %.0f x %.0f\n", f->kind, r.x,
                              r.y, r.width, r.height);
    }
  }
}

static void
test_golden (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                            "tests", "scene", "golden",
                                            "layout.txt", NULL);
  g_autoptr (GString) places = g_string_new (NULL);
  g_autofree char *golden = NULL;

  append_places (places, "a walk", usual);
  append_places (places, "no walk", others);
  append_places (places, "as the lesson says", told);
  if (g_getenv ("PAGEWALK_UPDATE_GOLDEN") != NULL) {
    g_assert_true (g_file_set_contents (path, places->str, -1, NULL));
    return;
  }
  g_assert_true (g_file_get_contents (path, &golden, NULL, NULL));
  g_assert_cmpstr (places->str, ==, golden);
}

/* Rows from above, cells from the left, what is in one cell below each other,
 * and what is left over shared. */
static void
check_told (const SceneStill *still)
{
  SceneRect space = place_of (still, "space");
  SceneRect tables = place_of (still, "tables");
  SceneRect entry = place_of (still, "entry");
  SceneRect memory = place_of (still, "memory");
  SceneRect counters = place_of (still, "counters");
  SceneRect cost = place_of (still, "cost");

  g_assert_cmpfloat (tables.y, >, space.y + space.height);
  g_assert_cmpfloat (entry.y, >, tables.y + tables.height);
  g_assert_cmpfloat (fabs (entry.x - tables.x), <, 1);
  g_assert_cmpfloat (tables.x, >, memory.x + memory.width);
  g_assert_cmpfloat (fabs (memory.y - tables.y), <, 1);
  g_assert_cmpfloat (memory.y + memory.height, >=, entry.y + entry.height - 1);
  g_assert_cmpfloat (counters.y, >, entry.y + entry.height);
  g_assert_cmpfloat (fabs (counters.y - cost.y), <, 1);
  g_assert_cmpfloat (cost.x, >, counters.x + counters.width);
  g_assert_cmpfloat (fabs (cost.x + cost.width - space.x - space.width), <, 1);
}

/* By itself the stage never puts memory there. */
static gboolean
is_told (const SceneStill *still)
{
  SceneRect memory = place_of (still, "memory");

  return memory.x + memory.width < place_of (still, "tables").x;
}

/* Another 300 pixels go to the cells by their shares. */
static void
check_shares (SceneStage *stage)
{
  g_autoptr (SceneStill) one = still_of (stage, 1300, 0);
  g_autoptr (SceneStill) two = still_of (stage, 1600, 0);
  double counters = place_of (two, "counters").width
                    - place_of (one, "counters").width;
  double cost = place_of (two, "cost").width - place_of (one, "cost").width;

  g_assert_cmpfloat (fabs (counters - 200), <, 1);
  g_assert_cmpfloat (fabs (cost - 100), <, 1);
}

/* In every width nothing overlaps; from some width on the lesson has its way,
 * and below that the stage. */
static void
test_told (void)
{
  g_autoptr (SceneStage) stage = stage_of (told);
  gboolean before = FALSE;

  for (double width = 360; width <= 3840; width += width < 1300 ? 20 : 120) {
    g_autoptr (SceneStill) still = still_of (stage, width, 0);
    g_autofree char *where = g_strdup_printf ("told, width %g", width);
    check_still (still, scene_metrics_fixed (), where, NULL);
    gboolean now = is_told (still);
    g_assert_true (now || !before);
    before = now;
    if (now)
      check_told (still);
  }
  g_assert_true (before);
  check_shares (stage);

  g_autoptr (SceneStill) narrow = still_of (stage, 360, 0);
  g_assert_false (is_told (narrow));
}

/* A caption, which no lesson places, stands below all. */
static void
test_caption (void)
{
  g_autoptr (SceneStage) stage = stage_of (told);

  scene_stage_set_caption (stage, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (SceneStill) still = still_of (stage, widths[i], 0);
    SceneRect caption = place_of (still, "caption");
    g_assert_cmpfloat (caption.y, >, place_of (still, "cost").y);
    check_still (still, scene_metrics_fixed (), "a caption", NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/golden", test_golden);
  g_test_add_func ("/layout/told", test_told);
  g_test_add_func ("/layout/caption", test_caption);
  return g_test_run ();
}
