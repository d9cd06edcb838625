/* Every figure, alone and with the others, from a telephone to a wall, in small
 * and in large type: nothing overlaps, and nothing that matters is shortened.
 * LANGUAGE says in which language. With `-m slow` in every width, otherwise in
 * a sample of them. */
#include <string.h>

#include "check.h"
#include "figures/figure.h"
#include "paint.h"
#include "scenario.h"
#include "stage.h"

static const double scales[] = {1, 1.5, 2};
static const double widths[] = {360,  400,  480,  560,  640,  720,
                                830,  960,  1100, 1280, 1440, 1680,
                                1920, 2240, 2560, 3200, 3840};

/* What may be shortened: a panel's title, for what is in it says the same; its
 * subtitle; and the sentence of the step, which the window has as a label. A
 * lone ellipsis is a sign: more stands there. */
static gboolean
may_be_short (const SceneItem *item)
{
  guint part = (guint) (item->id >> 48 & 0xff);

  return part == 1 || part == 2
         || SCENE_ID_FIGURE (item->id) == SCENE_FIGURE_CAPTION
         || strcmp (item->text, "…") == 0;
}

static void
check_texts (const SceneStill *still, const char *where)
{
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->text == NULL || !g_str_has_suffix (item->text, "…")
        || may_be_short (item))
      continue;
    g_test_message ("%s: \"%s\" is shortened", where, item->text);
    g_test_fail ();
  }
}

/* A reader's type in all the sizes that the window makes of it. */
#define MOST_TENTHS 20

typedef struct {
  ScenePainter *painter[MOST_TENTHS + 1]; /* by tenths of the usual size */
  const ScenarioState *state;
  struct vm_machine *machine;
  double scale;
} Look;

/* As large as the reader wants, or as the width has room for. */
static const SceneMetrics *
metrics_for (Look *look, double width)
{
  const SceneMetrics *wanted = NULL;
  guint tenths = (guint) (look->scale * 10);

  for (;;) {
    if (look->painter[tenths] == NULL)
      look->painter[tenths] = scene_painter_new (NULL, tenths / 10.0);
    if (wanted != NULL)
      return scene_painter_metrics (look->painter[tenths]);
    wanted = scene_painter_metrics (look->painter[tenths]);
    double most = look->scale * scene_stage_most_scale (wanted, width);
    tenths = MIN (tenths, (guint) (most * 10));
  }
}

static void
check_set (Look *look, guint64 set, double width, double height)
{
  const SceneMetrics *metrics = metrics_for (look, width);
  g_autoptr (SceneStage) stage = scenario_stage (set);
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, look->machine, metrics, width, height);
  g_autofree char *where
      = g_strdup_printf ("%s, set %" G_GINT64_MODIFIER "x, scale %g, %gx%g",
                         look->state->name, set, look->scale, width, height);

  check_still (still, metrics, where, NULL);
  check_texts (still, where);
}

/* Alone, each with one other, and all of them. */
static void
check_state (Look *look, guint turn)
{
  const guint64 one = 1;
  guint every = g_test_slow () ? 1 : 7;

  for (guint i = turn % every; i < G_N_ELEMENTS (widths); i += every) {
    double width = widths[i];
    for (guint a = 1; a < SCENE_FIGURES; a++) {
      guint b = 1 + (a + turn + i) % (SCENE_FIGURES - 1);
      check_set (look, one << a, width, 0);
      check_set (look, one << a | one << b, width, i % 2 * width * 0.6);
    }
    check_set (look, scenario_all_figures (), width, 0);
  }
}

static void
test_scale (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Look look = {.scale = scales[i]};
  guint every = g_test_slow () ? 1 : 3;

  for (guint s = i % every; s < scenario_state_count; s += every) {
    look.state = &scenario_states[s];
    look.machine = scenario_state_machine (look.state);
    check_state (&look, s + i);
    vm_machine_free (look.machine);
  }
  for (guint t = 0; t <= MOST_TENTHS; t++)
    scene_painter_free (look.painter[t]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  scenario_set_up_language ();
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++) {
    g_autofree char *path = g_strdup_printf ("/widths/scale-%g", scales[i]);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_scale);
  }
  return g_test_run ();
}
