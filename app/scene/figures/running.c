/* What the processors run over time, and whose memory they have loaded.
 *
 *   Processor 0  [ A         ] [ T          ]    tasks
 *   2 switches   [ A                        ]    memory: threads share it
 *                                  |             an interrupt
 *                                  v
 *   Processor 1  [ B    ] [ k               ]    a kernel thread
 *   2 switches   [ B                        ]    borrows it: dotted
 */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/running_lanes.h"
#include "figures/window.h"

/* Ems of a name that is never cut, and that a moment takes at least. */
#define LEAST_STEP 2.6
#define MOST_GROWTH 1.6

static guint
cpu_count (const SceneBuild *b)
{
  return b->context->state->config.cpus;
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.7);
}

/* Two rows, and the way for interrupts between two lanes. */
static double
lane_height (const SceneBuild *b)
{
  return 2 * scene_running_row (b) + scene_em (b, 1.2);
}

static const char *
legend (void)
{
  return _ ("below: whose memory is loaded; dotted: borrowed");
}

static char *
costs_text (guint switches, guint roots, guint spared)
{
  return g_strdup_printf (
      _ ("switches %u · roots loaded %u · interrupts spared %u"), switches,
      roots, spared);
}

static double
labels_width (const SceneBuild *b)
{
  g_autofree char *title = g_strdup_printf (_ ("Processor %u"), 8);
  g_autofree char *count = scene_running_switches (888);

  return MAX (scene_width (b, SCENE_TEXT_SMALL, title),
              scene_width (b, SCENE_TEXT_SMALL, count))
         + scene_em (b, 1.0);
}

static double
least_step (const SceneBuild *b)
{
  return scene_em (b, LEAST_STEP) + gap (b);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  g_autofree char *costs = costs_text (88, 88, 88);
  double fixed = labels_width (b) + 2 * scene_padding (b);
  double foot = MAX (scene_width (b, SCENE_TEXT_SMALL, legend ()),
                     scene_width (b, SCENE_TEXT_SMALL, costs));

  (void) width;
  size->min_width
      = MAX (fixed + 3 * least_step (b), foot + 2 * scene_padding (b));
  size->width = fixed + 14 * least_step (b);
  size->height = scene_header (b) + 2 * scene_padding (b)
                 + cpu_count (b) * lane_height (b)
                 + 2 * scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.2);
  size->min_height = size->max_height = size->height;
}

static void
add_foot (SceneBuild *b, SceneRect *rest)
{
  double line = scene_line (b, SCENE_TEXT_SMALL);
  guint64 switches = 0, roots = 0, spared = 0;

  for (guint cpu = 0; cpu < cpu_count (b); cpu++) {
    const struct vm_cpu_run *run = &b->context->state->runs[cpu];
    switches += run->switches;
    roots += run->root_writes;
    spared += run->skipped;
  }
  g_autofree char *costs
      = costs_text ((guint) switches, (guint) roots, (guint) spared);
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_COSTS, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_cut_bottom (rest, line, 0), costs);
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_LEGEND, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_cut_bottom (rest, line, scene_em (b, 0.2)), legend ())
      ->emphasis
      = SCENE_FAINT;
}

/* What the figure does not show of what was before. */
static char *
earlier_text (const SceneRunningEarlier *earlier)
{
  if (earlier->lost)
    return g_strdup (_ ("earlier moments are left out"));
  if (earlier->count == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u earlier moment is left out",
                                    "%u earlier moments are left out",
                                    earlier->count),
                          earlier->count);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneRunningEarlier earlier;
  g_autoptr (GArray) moments = scene_running_past (b->context, &earlier);
  g_autofree char *left_out = earlier_text (&earlier);
  SceneRect rest = scene_add_panel (b, SCENE_FIGURE_RUNNING, 0, rect,
                                    _ ("What runs, in whose memory"), left_out);

  add_foot (b, &rest);
  SceneRect labels = scene_cut_left (&rest, labels_width (b), 0);
  labels.width -= scene_em (b, 0.75); /* room for a mark before the first */
  guint slots = (guint) MAX (1, (rest.width + gap (b) + 0.01) / least_step (b));
  SceneRunningGround g = {.moments = moments,
                          .time = rest,
                          .lane = rest.height / cpu_count (b),
                          .gap = gap (b)};
  g.width = MIN ((rest.width + g.gap) / slots - g.gap,
                 scene_em (b, LEAST_STEP) * MOST_GROWTH);
  guint64 newest = scene_first_shown (moments->len, slots);
  g.first = (guint) scene_add_window_across (b, rest, newest + slots, slots,
                                             newest);
  g.end = MIN (moments->len, g.first + slots);
  for (guint cpu = 0; cpu < cpu_count (b); cpu++) {
    scene_running_add_lane (b, &g, cpu, labels);
  }
  scene_running_add_interrupts (b, &g);
}

const SceneFigure scene_figure_running
    = {.id = SCENE_FIGURE_RUNNING,
       .kind = "running",
       .title = N_ ("What runs, in whose memory"),
       .stance = SCENE_STANCE_BAND,
       .measure = measure,
       .build = build};
