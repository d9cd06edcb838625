/* The processors as lanes in time: who changes a mapping, who is interrupted,
 * who waits.
 *
 *   Processor 0  [PT 1][drop][IPI → 1][wait] . . . . . . . . ------
 *                                |                       ^
 *   Processor 1  ----------------v--------[stop][drop][done]-------
 */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/moments.h"
#include "figures/shootdown_lanes.h"
#include "figures/window.h"

/* A box grows by so much of its least width to fill the room. */
#define MOST_GROWTH 1.5

/* Most letters of a process's name that are counted on, in ems. */
#define PROCESS 2.6

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

static double
box_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.35);
}

static double
lane_height (const SceneBuild *b)
{
  return 2 * scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.9);
}

static double
least_step (const SceneBuild *b)
{
  return scene_moment_width (b->context, b->metrics) + scene_em (b, 0.5);
}

static double
labels_width (const SceneBuild *b)
{
  double width = 0;

  for (guint cpu = 0; cpu < cpu_count (b); cpu++) {
    g_autofree char *title = g_strdup_printf (_ ("Processor %u"), cpu);
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL, title)
                            + scene_em (b, PROCESS + 0.3));
  }
  for (guint state = 0; state <= SCENE_CPU_INTERRUPTED; state++) {
    g_autofree char *text = scene_cpu_state_text ((SceneCpuState) state, 8);
    width = MAX (width, 1.1 * scene_width (b, SCENE_TEXT_SMALL, text));
  }
  return width + scene_em (b, 0.8);
}

/* What it cost, and how many moments there is no room for. */
static double
foot_width (const SceneBuild *b)
{
  g_autofree char *costs = g_strdup_printf (
      _ ("interrupts %u · dropped %u · awaited %u"), 8, 88, 8);

  return scene_width (b, SCENE_TEXT_SMALL, costs) + scene_em (b, 0.4)
         + scene_width (b, SCENE_TEXT_SMALL, "… 888") + 2 * scene_padding (b);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double fixed = labels_width (b) + 2 * scene_padding (b);
  double step = least_step (b) + gap (b);

  (void) width;
  size->min_width = MAX (fixed + 2 * step, foot_width (b));
  size->width = fixed + 10 * step;
  size->min_height = scene_header (b) + scene_em (b, 0.8)
                     + cpu_count (b) * lane_height (b)
                     + scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.3);
  size->height = size->min_height;
  size->max_height = size->height + cpu_count (b) * scene_em (b, 0.4);
}

static const char *
costs_text (const SceneBuild *b, const SceneMomentCosts *costs)
{
  return scene_still_printf (b->still,
                             _ ("interrupts %u · dropped %u · awaited %u"),
                             costs->interrupts, costs->dropped, costs->awaited);
}

static const char *
subtitle (const SceneBuild *b)
{
  guint sent = (guint) b->context->state->counters.interrupts;

  return scene_still_printf (
      b->still, ngettext ("%u interrupt so far", "%u interrupts so far", sent),
      sent);
}

/* How many moments have no room. */
static void
add_left (SceneBuild *b, guint64 left, SceneRect line)
{
  if (left == 0)
    return;
  scene_add_text (b, scene_shootdown_id (SCENE_SHOOTDOWN_LEFT, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_END, line,
                  scene_still_printf (b->still, "… %u", (guint) left))
      ->name
      = scene_still_printf (
          b->still,
          ngettext ("%u step before", "%u steps before", (guint) left),
          (guint) left);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneMomentCosts costs;
  g_autoptr (GArray) moments = scene_moments (b->context, &costs);
  SceneRect rest = scene_add_panel (b, SCENE_FIGURE_SHOOTDOWN, 0, rect,
                                    _ ("Processors in time"), subtitle (b));
  SceneRect foot = scene_cut_bottom (&rest, scene_line (b, SCENE_TEXT_SMALL),
                                     scene_em (b, 0.3));
  SceneRect labels = scene_cut_left (&rest, labels_width (b), 0);
  double least = least_step (b) + gap (b);
  guint slots = (guint) MAX (1, (rest.width + gap (b) + 0.01) / least);
  SceneShootdownGround g = {.time = rest,
                            .lane = rest.height / cpu_count (b),
                            .box = box_height (b),
                            .gap = gap (b),
                            .cpus = cpu_count (b)};

  g.width = MIN ((rest.width + g.gap) / slots - g.gap,
                 (least - g.gap) * MOST_GROWTH);
  labels.width -= scene_em (b, 0.4);
  const SceneMoment *last = moments->len > 0 ? &g_array_index (
                                moments, SceneMoment, moments->len - 1)
                                             : NULL;
  for (guint cpu = 0; cpu < g.cpus; cpu++) {
    gboolean runs = b->context->state->cpus[cpu].process != VM_NONE;
    SceneCpuState state = last != NULL ? last->after[cpu]
                          : runs       ? SCENE_CPU_RUNS
                                       : SCENE_CPU_IDLE;
    scene_shootdown_add_label (b, &g, cpu, state, costs.awaited, labels);
  }
  guint64 newest = scene_first_shown (moments->len, slots);
  guint64 left
      = scene_add_window_across (b, rest, newest + slots, slots, newest);
  guint shown = (guint) MIN (slots, moments->len - left);
  for (guint i = 0; i < shown; i++)
    scene_shootdown_add_moment (b, &g, i,
                                &g_array_index (moments, SceneMoment, left + i),
                                left + i + 1 == moments->len);
  add_left (b, left,
            scene_cut_right (&foot, scene_width (b, SCENE_TEXT_SMALL, "… 888"),
                             scene_em (b, 0.4)));
  scene_add_text (b, scene_shootdown_id (SCENE_SHOOTDOWN_COSTS, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, foot,
                  costs_text (b, &costs));
}

const SceneFigure scene_figure_shootdown = {.id = SCENE_FIGURE_SHOOTDOWN,
                                            .kind = "shootdown",
                                            .title = N_ ("Processors in time"),
                                            .stance = SCENE_STANCE_BAND,
                                            .measure = measure,
                                            .build = build};
