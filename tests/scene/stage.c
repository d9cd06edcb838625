/* The stage at every step, in many widths: nothing overlaps, nothing is cut,
 * connectors keep to the gutters, ids are unique, nothing jumps. */
#include "stage.h"

#include <math.h>
#include <string.h>

#include "figures/kit.h"
#include "glyphs.h"
#include "paint.h"
#include "scenario.h"

/* Rounding that is no fault. */
#define SLACK 0.6

/* After so many the picture is clear. */
#define MOST_FAULTS 12

static const double widths[] = {360, 411,  480,  519,  560,  640,  768,  833,
                                900, 1000, 1150, 1280, 1470, 1920, 2560, 3840};

typedef struct {
  const SceneStill *still;
  const SceneMetrics *metrics;
  char *where; /* scenario, step and width, for messages */
} Check;

static const SceneItem *
item_at (const SceneStill *still, guint i)
{
  return &g_array_index (still->items, SceneItem, i);
}

/* Says what is wrong with an item, and goes on. */
static void
fail (const Check *c, const SceneItem *item, const char *what,
      const SceneItem *other)
{
  static guint faults;
  const SceneRect *r = &item->rect;
  const SceneRect none = {0}, *o = other != NULL ? &other->rect : &none;

  g_test_fail ();
  if (faults++ >= MOST_FAULTS)
    return;
  g_test_message ("%s: item %" G_GINT64_MODIFIER
                  "x \"%s\" (%s) at %.1f,%.1f %.1fx%.1f %s \"%s\" (%s) at "
                  "%.1f,%.1f %.1fx%.1f",
                  c->where, item->id, item->text, item->name, r->x, r->y,
                  r->width, r->height, what, other != NULL ? other->text : "",
                  other != NULL ? other->name : "", o->x, o->y, o->width,
                  o->height);
}

static gboolean
inside (const SceneRect *a, const SceneRect *b)
{
  return a->x >= b->x - SLACK && a->y >= b->y - SLACK
         && a->x + a->width <= b->x + b->width + SLACK
         && a->y + a->height <= b->y + b->height + SLACK;
}

static gboolean
overlap (const SceneRect *a, const SceneRect *b)
{
  return a->x + a->width > b->x + SLACK && b->x + b->width > a->x + SLACK
         && a->y + a->height > b->y + SLACK && b->y + b->height > a->y + SLACK;
}

static void
check_ids (const Check *c)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    if (!g_hash_table_add (seen, (gpointer) &item->id))
      fail (c, item, "has the id of another item", NULL);
  }
}

static void
check_text (const Check *c, const SceneItem *item)
{
  if (item->text == NULL || item->kind == SCENE_MARKER)
    return;

  double width = c->metrics->measure (c->metrics, item->style, item->text);
  if (width > item->rect.width + SLACK)
    fail (c, item, "is wider than its room", NULL);
  if (c->metrics->line[item->style] > item->rect.height + SLACK)
    fail (c, item, "is higher than its room", NULL);
}

static void
check_place (const Check *c, const SceneItem *item)
{
  SceneRect whole = {0, 0, c->still->width, c->still->height};

  if (!inside (&item->rect, &whole))
    fail (c, item, "leaves the stage", NULL);
  if (item->rect.width < 0 || item->rect.height < 0)
    fail (c, item, "is inside out", NULL);
  if (item->parent == 0)
    return;
  const SceneItem *parent = scene_still_find (c->still, item->parent);
  if (parent == NULL)
    fail (c, item, "has no parent", NULL);
  if (item->kind != SCENE_RULE && !inside (&item->rect, &parent->rect))
    fail (c, item, "leaves its parent", NULL);
}

/* A point of a plot stands where its numbers say: also on the edge of a bar,
 * or on another point, but on no text. */
static gboolean
is_point (const SceneItem *item)
{
  return item->kind == SCENE_MARKER && scene_glyph_is_open (item->text);
}

static gboolean
is_written (const SceneItem *item)
{
  return item->text != NULL && item->kind != SCENE_MARKER;
}

/* Text on a box is meant; a box on a box, and a text on a text, are not. */
static gboolean
may_overlap (const SceneItem *a, const SceneItem *b)
{
  if (is_point (a) || is_point (b))
    return !is_written (a) && !is_written (b);
  if (a->kind == SCENE_RULE || b->kind == SCENE_RULE || a->kind == SCENE_EDGE
      || b->kind == SCENE_EDGE)
    return TRUE;
  if (a->kind == SCENE_BOX && b->kind == SCENE_BOX)
    return FALSE;
  /* A box holds the texts that lie inside it altogether; so does what is only
   * pointed at and read out. */
  if (a->text == NULL)
    return inside (&b->rect, &a->rect);
  if (b->text == NULL)
    return inside (&a->rect, &b->rect);
  return FALSE;
}

static void
check_siblings (const Check *c)
{
  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *a = item_at (c->still, i);
    if (scene_kind_is_stroke (a->kind))
      continue;
    for (guint j = i + 1; j < c->still->items->len; j++) {
      const SceneItem *b = item_at (c->still, j);
      if (!scene_kind_is_stroke (b->kind) && a->parent == b->parent
          && overlap (&a->rect, &b->rect) && !may_overlap (a, b))
        fail (c, b, "overlaps", a);
    }
  }
}

static SceneRect
segment_rect (const ScenePoint *a, const ScenePoint *b)
{
  return (SceneRect){MIN (a->x, b->x), MIN (a->y, b->y), fabs (a->x - b->x),
                     fabs (a->y - b->y)};
}

/* True if a segment runs through a rectangle, not just along its edge. */
static gboolean
runs_through (const SceneRect *segment, const SceneRect *rect)
{
  SceneRect core = {rect->x + SLACK, rect->y + SLACK, rect->width - 2 * SLACK,
                    rect->height - 2 * SLACK};

  return segment->x <= core.x + core.width
         && core.x <= segment->x + segment->width
         && segment->y <= core.y + core.height
         && core.y <= segment->y + segment->height;
}

/* Where a connector enters a panel it must be an end of it, and even there it
 * must not run over a text or a box. */
static void
check_segment (const Check *c, const SceneItem *item, const SceneRect *segment,
               gboolean end)
{
  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *other = item_at (c->still, i);
    gboolean solid = other->kind == SCENE_BOX || other->kind == SCENE_CHIP
                     || (other->kind == SCENE_TEXT && other->text != NULL);
    if (solid && runs_through (segment, &other->rect))
      fail (c, item, "runs over", other);
    if (other->kind == SCENE_PANEL && !end
        && runs_through (segment, &other->rect))
      fail (c, item, "crosses the panel", other);
  }
}

static void
check_connector (const Check *c, const SceneItem *item)
{
  const ScenePoint *points
      = &g_array_index (c->still->points, ScenePoint, item->first_point);

  g_assert_cmpuint (item->point_count, >=, 2);
  for (guint i = 0; i + 1 < item->point_count; i++) {
    const ScenePoint *a = &points[i], *b = &points[i + 1];
    SceneRect segment = segment_rect (a, b);
    gboolean end = i == 0 || i + 2 == item->point_count;
    if (segment.width > SLACK && segment.height > SLACK)
      fail (c, item, "is not right-angled", NULL);
    check_segment (c, item, &segment, end);
  }
}

static void
check_connectors (const Check *c)
{
  for (guint i = 0; i < c->still->items->len; i++)
    if (item_at (c->still, i)->kind == SCENE_CONNECTOR)
      check_connector (c, item_at (c->still, i));
}

/* Whether a segment enters a rectangle, by cutting it at each side. */
static gboolean
crosses (const ScenePoint *a, const ScenePoint *b, const SceneRect *r)
{
  double from = 0, to = 1;
  double start[2] = {a->x, a->y}, way[2] = {b->x - a->x, b->y - a->y};
  double low[2] = {r->x + SLACK, r->y + SLACK};
  double high[2] = {r->x + r->width - SLACK, r->y + r->height - SLACK};

  for (guint i = 0; i < 2; i++) {
    if (way[i] == 0) {
      if (start[i] <= low[i] || start[i] >= high[i])
        return FALSE;
      continue;
    }
    double t = (low[i] - start[i]) / way[i];
    double u = (high[i] - start[i]) / way[i];
    from = MAX (from, MIN (t, u));
    to = MIN (to, MAX (t, u));
  }
  return from < to;
}

/* A line may cross grounds and grid lines, but no text. */
static void
check_line (const Check *c, const SceneItem *line)
{
  const ScenePoint *p
      = &g_array_index (c->still->points, ScenePoint, line->first_point);

  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    if (item->text == NULL || scene_kind_is_stroke (item->kind)
        || item->kind == SCENE_MARKER)
      continue;
    for (guint j = 1; j < line->point_count; j++)
      if (crosses (&p[j - 1], &p[j], &item->rect))
        fail (c, line, "crosses", item);
  }
}

static void
check_lines (const Check *c)
{
  for (guint i = 0; i < c->still->items->len; i++)
    if (item_at (c->still, i)->kind == SCENE_LINE)
      check_line (c, item_at (c->still, i));
}

static void
check_flights (const Check *c)
{
  for (guint i = 0; i < c->still->flights->len; i++) {
    const SceneFlight *flight
        = &g_array_index (c->still->flights, SceneFlight, i);
    g_assert_nonnull (scene_still_find (c->still, flight->from));
    g_assert_nonnull (scene_still_find (c->still, flight->to));
    g_assert_cmpfloat (flight->start, <, flight->end);
    if (i > 0)
      g_assert_cmpfloat (
          flight->start, >=,
          g_array_index (c->still->flights, SceneFlight, i - 1).end);
  }
}

/* Panels stand where they stood at the step before. */
static void
check_panels (const Check *c, const SceneStill *before)
{
  if (before == NULL)
    return;
  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    const SceneItem *old = scene_still_find (before, item->id);
    if (item->kind != SCENE_PANEL)
      continue;
    g_assert_nonnull (old);
    if (memcmp (&old->rect, &item->rect, sizeof item->rect) != 0)
      fail (c, item, "has moved", NULL);
  }
}

/* A connector keeps its corners while its ends stay. */
static void
check_ways (const Check *c, const SceneStill *before)
{
  for (guint i = 0; before != NULL && i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    const SceneItem *old = scene_still_find (before, item->id);
    if (item->kind != SCENE_CONNECTOR || old == NULL)
      continue;
    const ScenePoint *a
        = &g_array_index (c->still->points, ScenePoint, item->first_point);
    const ScenePoint *b
        = &g_array_index (before->points, ScenePoint, old->first_point);
    if (memcmp (&a[0], &b[0], sizeof a[0]) != 0
        || memcmp (&a[item->point_count - 1], &b[old->point_count - 1],
                   sizeof a[0])
               != 0)
      continue;
    if (item->point_count != old->point_count
        || memcmp (a, b, item->point_count * sizeof a[0]) != 0)
      fail (c, item, "goes another way than before", NULL);
  }
}

static void
check_still (const Check *c, const SceneStill *before)
{
  check_ids (c);
  for (guint i = 0; i < c->still->items->len; i++) {
    check_text (c, item_at (c->still, i));
    check_place (c, item_at (c->still, i));
  }
  check_siblings (c);
  check_lines (c);
  check_connectors (c);
  check_flights (c);
  check_panels (c, before);
  check_ways (c, before);
}

static void
check_width (const Scenario *scenario, SceneStage *stage,
             const SceneMetrics *metrics, double width, double height)
{
  guint64 first = 0;
  struct vm_machine *machine = scenario_machine (scenario, &first);
  g_autoptr (SceneStill) before = NULL;

  for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
    g_assert_true (vm_machine_seek (machine, n));
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, metrics, width, height);
    g_autofree char *where
        = g_strdup_printf ("%s, em %.1f, %gx%g, cursor %" G_GUINT64_FORMAT,
                           scenario->name, metrics->em, width, height, n);
    Check check = {still, metrics, where};
    g_assert_cmpuint (vm_machine_cursor (machine), ==, n);
    check_still (&check, before);
    g_clear_pointer (&before, scene_still_free);
    before = g_steal_pointer (&still);
  }
  vm_machine_free (machine);
}

/* Every `every`-th width, as high as it comes and with a wish. */
static void
check_widths (SceneStage *stage, const SceneMetrics *metrics, guint every)
{
  for (guint s = 0; s < scenario_count; s++)
    for (guint i = 0; i < G_N_ELEMENTS (widths); i += every) {
      scene_stage_set_caption (stage, i / every % 2 == 1);
      check_width (&scenarios[s], stage, metrics, widths[i], 0);
      check_width (&scenarios[s], stage, metrics, widths[i], widths[i] * 0.66);
    }
}

static void
test_fixed_metrics (void)
{
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);

  check_widths (stage, scene_metrics_fixed (), 1);
}

/* The same with every figure there is. */
static void
test_all_figures (void)
{
  g_autoptr (SceneStage) stage = scenario_stage (scenario_all_figures ());

  check_widths (stage, scene_metrics_fixed (), 1);
}

static void
test_real_fonts (gconstpointer data)
{
  static const double scales[] = {1, 1.6};
  gboolean all = GPOINTER_TO_INT (data);
  g_autoptr (SceneStage) stage = all ? scenario_stage (scenario_all_figures ())
                                     : scene_stage_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++) {
    g_autoptr (ScenePainter) painter = scene_painter_new (NULL, scales[i]);
    check_widths (stage, scene_painter_metrics (painter), 4);
  }
}

/* Where a wish for height can be met, it is met. */
static void
test_height (void)
{
  static const struct {
    double width, height;
  } sizes[] = {{1150, 760}, {1280, 720}, {1470, 840}, {1920, 1200}};
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, scene_metrics_fixed (),
                             sizes[i].width, sizes[i].height);
    g_assert_cmpfloat (fabs (still->height - sizes[i].height), <, 1);
  }
  vm_machine_free (machine);
}

static void
check_set (struct vm_machine *machine, guint64 set, double width)
{
  g_autoptr (SceneStage) stage = scenario_stage (set);
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), width, 0);
  g_autofree char *where
      = g_strdup_printf ("set %" G_GINT64_MODIFIER "x, width %g", set, width);
  Check check = {still, scene_metrics_fixed (), where};

  check_still (&check, NULL);
}

/* Each figure alone, and with each other. */
static void
test_pairs (void)
{
  guint64 first, one = 1;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  for (guint a = 1; a < SCENE_FIGURES; a++)
    for (guint b = a; b < SCENE_FIGURES; b++)
      for (guint i = 0; i < 4; i++)
        check_set (machine, one << a | one << b, 360 + i * 400);
  vm_machine_free (machine);
}

/* Lessons may leave figures out; those left share the room. */
static void
test_subsets (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  for (guint n = 0; n < 400; n++) {
    guint64 set = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    set &= scenario_all_figures ();
    if (set != 0)
      check_set (machine, set, g_rand_int_range (rand, 360, 1600));
  }
  vm_machine_free (machine);
}

static void
test_no_machine (void)
{
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  struct vm_machine *machine = vm_machine_new ();
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 800, 600);
  Check check = {still, scene_metrics_fixed (), (char *) "no machine"};

  g_assert_cmpuint (still->items->len, >, 0);
  check_still (&check, NULL);
  vm_machine_free (machine);
}

/* One state on one screen: every figure alone, then the usual ones and all. */
static void
check_state (const ScenarioState *state, const ScenarioSize *size,
             const SceneMetrics *metrics)
{
  struct vm_machine *machine = scenario_state_machine (state);
  g_autoptr (SceneStage) usual = scene_stage_new (NULL);

  for (guint figure = 0; figure <= SCENE_FIGURES; figure++) {
    guint64 set = figure == SCENE_FIGURES ? scenario_all_figures ()
                                          : G_GUINT64_CONSTANT (1) << figure;
    gboolean alone = figure > 0 && figure < SCENE_FIGURES;
    g_autoptr (SceneStage) stage = scenario_stage (set);
    g_autoptr (SceneStill) still = scene_stage_still (
        figure == 0 ? usual : stage, machine, metrics,
        alone ? size->figure_width : size->width, alone ? 0 : size->height);
    g_autofree char *where
        = g_strdup_printf ("state %s, figure %u of %d, size %s", state->name,
                           figure, (int) SCENE_FIGURES, size->name);
    Check check = {still, metrics, where};
    check_still (&check, NULL);
  }
  vm_machine_free (machine);
}

/* What the gallery paints, without the pictures. */
static void
test_states (void)
{
  for (guint i = 0; i < SCENARIO_SIZES; i++) {
    const ScenarioSize *size = &scenario_sizes[i];
    g_autoptr (ScenePainter) painter = scene_painter_new (NULL, size->scale);
    for (guint s = 0; s < scenario_state_count; s++)
      check_state (&scenario_states[s], size, scene_painter_metrics (painter));
  }
}

static guint
count_active (const SceneStill *still)
{
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++)
    count += g_array_index (still->items, SceneItem, i).emphasis
             == SCENE_ACTIVE;
  return count;
}

/* Before a lesson begins, whatever was set up last is not what it is about;
 * one step on, it is. */
static void
test_start (void)
{
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  vm_machine_seek (machine, first);
  g_autoptr (SceneStill) told
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
  g_assert_cmpuint (count_active (told), >, 0);

  scene_stage_set_start (stage, first);
  g_autoptr (SceneStill) quiet
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
  g_assert_cmpuint (count_active (quiet), ==, 0);
  g_assert_cmpuint (quiet->flights->len, ==, 0);

  vm_machine_seek (machine, first + 1);
  g_autoptr (SceneStill) going
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
  g_assert_cmpuint (count_active (going), >, 0);
  vm_machine_free (machine);
}

/* A large stage may have larger type, a small one never smaller. */
static void
test_scale (void)
{
  const SceneMetrics *metrics = scene_metrics_fixed ();

  g_assert_cmpfloat (scene_stage_scale (metrics, 360, 600), ==, 1);
  g_assert_cmpfloat (scene_stage_scale (metrics, 3840, 600), ==, 1);
  g_assert_cmpfloat (scene_stage_scale (metrics, 3840, 2160), >, 2);
}

static void
test_kinds (void)
{
  g_assert_true (scene_stage_knows ("address"));
  g_assert_true (scene_stage_knows ("caption"));
  g_assert_false (scene_stage_knows ("clock"));
}

int
main (int argc, char **argv)
{
  scenario_set_up_language ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage/states", test_states);
  g_test_add_func ("/stage/fixed-metrics", test_fixed_metrics);
  g_test_add_func ("/stage/all-figures", test_all_figures);
  g_test_add_data_func ("/stage/real-fonts", GINT_TO_POINTER (FALSE),
                        test_real_fonts);
  g_test_add_data_func ("/stage/real-fonts-all", GINT_TO_POINTER (TRUE),
                        test_real_fonts);
  g_test_add_func ("/stage/height", test_height);
  g_test_add_func ("/stage/pairs", test_pairs);
  g_test_add_func ("/stage/subsets", test_subsets);
  g_test_add_func ("/stage/no-machine", test_no_machine);
  g_test_add_func ("/stage/scale", test_scale);
  g_test_add_func ("/stage/kinds", test_kinds);
  g_test_add_func ("/stage/start", test_start);
  return g_test_run ();
}
