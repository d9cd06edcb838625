/* The processors as lanes in time: who changes a mapping, who is interrupted,
 * who waits.
 *
 *   Processor 0  [PT 1][drop][IPI → 1][wait] . . . . . . . . ------
 *                                |                       ^
 *   Processor 1  ----------------v--------[stop][drop][done]-------
 */
#include <glib/gi18n-lib.h>

#include "describe.h"
#include "figures/kit.h"
#include "figures/moments.h"
#include "subject.h"

enum {
  PART_STEP = SCENE_PART, /* number: the step's own, as below */
  PART_ARROW,
  PART_TIME,  /* number: step << 8 | lane << 1 | half */
  PART_CPU,   /* number: lane, as below */
  PART_STATE, /* what the processor does at the cursor */
  PART_PROCESS,
  PART_RULE,
  PART_LEFT,
  PART_COSTS /* number: line */
};

/* A box grows by so much of its least width to fill the room. */
#define MOST_GROWTH 1.5

/* Most letters of a process's name that are counted on, in ems. */
#define PROCESS 2.6

typedef struct {
  SceneRect time; /* right of the labels */
  double lane, box, width, gap;
  guint cpus;
} Ground;

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

static double
lane_middle (const Ground *g, guint lane)
{
  return g->time.y + (lane + 0.5) * g->lane;
}

static SceneRect
box_of (const Ground *g, guint slot, guint lane)
{
  return (SceneRect){g->time.x + slot * (g->width + g->gap),
                     lane_middle (g, lane) - g->box / 2, g->width, g->box};
}

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_SHOOTDOWN, part, number);
}

static void
add_process (SceneBuild *b, guint cpu, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_cpu *state = &c->state->cpus[cpu];
  SceneSubject subject = {.machine = c->machine};

  if (state->process == VM_NONE)
    return;
  const char *name = scene_subject_process (&subject, state->process);
  SceneItem *item = scene_add_chip (b, id_of (PART_PROCESS, cpu), rect,
                                    scene_process_role (state->process), name);
  item->name = scene_still_printf (b->still, _ ("Processor %u runs process %s"),
                                   cpu, name);
  scene_item_shows (b, item, &state->process, sizeof state->process);
}

static void
add_label (SceneBuild *b, const Ground *g, guint cpu, SceneCpuState state,
           guint awaited, SceneRect labels)
{
  double line = scene_line (b, SCENE_TEXT_SMALL);
  g_autofree char *text = scene_cpu_state_text (state, awaited);
  SceneRect top = {labels.x, lane_middle (g, cpu) - line, labels.width, line};
  SceneRect below = {top.x, top.y + line, top.width, line};
  const char *title = scene_still_printf (b->still, _ ("Processor %u"), cpu);

  if (cpu > 0)
    scene_still_add (b->still, id_of (PART_RULE, cpu), b->parent, SCENE_RULE,
                     (SceneRect){labels.x, g->time.y + cpu * g->lane,
                                 g->time.x + g->time.width - labels.x, 0})
        ->emphasis
        = SCENE_FAINT;
  SceneRect name = scene_cut_left (
      &top, scene_width (b, SCENE_TEXT_SMALL, title), scene_em (b, 0.3));
  scene_add_text (b, id_of (PART_CPU, cpu), SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  name, title);
  add_process (b, cpu, top);
  SceneItem *item = scene_add_text (b, id_of (PART_STATE, cpu),
                                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, below,
                                    text);
  item->role = scene_cpu_state_role (state);
  item->emphasis = item->role == SCENE_ROLE_NEUTRAL ? SCENE_FAINT
                                                    : SCENE_STRONG;
  item->name = scene_still_printf (b->still, "%s: %s", title, text);
}

/* Half a moment of a processor that does nothing to be told. */
static void
add_time (SceneBuild *b, const Ground *g, const SceneMoment *m, guint lane,
          guint half, SceneCpuState state, double from, double to)
{
  double y = lane_middle (g, lane);

  if (state == SCENE_CPU_IDLE || to - from < 0.5)
    return;
  SceneItem *line = scene_still_add (
      b->still, id_of (PART_TIME, m->number << 8 | lane << 1 | half), b->parent,
      SCENE_LINE, (SceneRect){from, y, to - from, 0});
  line->role = scene_cpu_state_role (state);
  line->stroke = state == SCENE_CPU_WAITS ? SCENE_STROKE_DOTTED
                                          : SCENE_STROKE_SOLID;
  line->emphasis = state == SCENE_CPU_RUNS ? SCENE_FAINT : SCENE_STRONG;
  scene_still_add_point (b->still, line, from, y);
  scene_still_add_point (b->still, line, to, y);
}

static void
add_lane (SceneBuild *b, const Ground *g, guint slot, const SceneMoment *m,
          guint lane)
{
  SceneRect box = box_of (g, slot, lane);
  gboolean own = m->step->cpu == lane;
  double from = box.x - g->gap / 2, to = box.x + box.width + g->gap / 2;
  double middle = (from + to) / 2;

  add_time (b, g, m, lane, 0, m->before[lane], MAX (from, g->time.x),
            own ? box.x : middle);
  add_time (b, g, m, lane, 1, m->after[lane], own ? box.x + box.width : middle,
            MIN (to, g->time.x + g->time.width));
}

/* The interrupt on its way, and the answer. */
static void
add_arrow (SceneBuild *b, const Ground *g, const SceneMoment *m, SceneRect box,
           SceneEmphasis emphasis)
{
  gboolean sent = m->step->kind == VM_STEP_IPI_SEND;
  guint other = (guint) m->step->values[VM_V_IPI_OTHER];

  if ((!sent && m->step->kind != VM_STEP_IPI_ACK) || other >= g->cpus)
    return;
  gboolean down = other > m->step->cpu;
  double x = box.x + box.width / 2, away = scene_em (b, 0.25);
  SceneItem *item = scene_still_add (b->still, id_of (PART_ARROW, m->number),
                                     b->parent, SCENE_CONNECTOR, box);

  item->role = sent ? SCENE_ROLE_FAULT : SCENE_ROLE_HIT;
  item->emphasis = MAX (emphasis, SCENE_STRONG);
  scene_still_add_point (b->still, item, x, down ? box.y + box.height : box.y);
  scene_still_add_point (b->still, item, x,
                         lane_middle (g, other) + (down ? -away : away));
}

static void
add_moment (SceneBuild *b, const Ground *g, guint slot, const SceneMoment *m,
            gboolean last)
{
  SceneRect rect = box_of (g, slot, m->step->cpu);
  gboolean now = m->number + 1 == b->context->cursor;
  SceneEmphasis emphasis = now    ? SCENE_ACTIVE
                           : last ? SCENE_STRONG
                                  : SCENE_NORMAL;
  g_autofree char *sentence = scene_describe (b->context->machine, m->step);
  SceneItem *box = scene_add_box (b, id_of (PART_STEP, m->number), rect,
                                  scene_moment_role (m), emphasis);

  box->style = SCENE_TEXT_SMALL;
  box->text = scene_still_text (b->still, m->text);
  box->name = scene_still_text (b->still, sentence);
  add_arrow (b, g, m, rect, emphasis);
  for (guint lane = 0; lane < g->cpus; lane++)
    add_lane (b, g, slot, m, lane);
}

/* What it cost, and how many moments there is no room for. */
static double
foot_width (const SceneBuild *b)
{
  g_autofree char *costs = g_strdup_printf (
      _ ("interrupts %u · dropped %u · awaited %u"), 8, 88, 8);

  return scene_width (b, SCENE_TEXT_SMALL, costs) + scene_em (b, 0.4)
         + scene_width (b, SCENE_TEXT_SMALL, "… 88") + 2 * scene_padding (b);
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
  scene_add_text (b, id_of (PART_LEFT, 0), SCENE_TEXT_SMALL, SCENE_ALIGN_END,
                  line, scene_still_printf (b->still, "… %u", (guint) left))
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
  Ground g = {.time = rest,
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
    add_label (b, &g, cpu, state, costs.awaited, labels);
  }
  guint64 left = scene_first_shown (moments->len, slots);
  for (guint i = 0; left + i < moments->len; i++)
    add_moment (b, &g, i, &g_array_index (moments, SceneMoment, left + i),
                left + i + 1 == moments->len);
  add_left (b, left,
            scene_cut_right (&foot, scene_width (b, SCENE_TEXT_SMALL, "… 88"),
                             scene_em (b, 0.4)));
  scene_add_text (b, id_of (PART_COSTS, 0), SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  foot, costs_text (b, &costs));
}

const SceneFigure scene_figure_shootdown = {.id = SCENE_FIGURE_SHOOTDOWN,
                                            .kind = "shootdown",
                                            .title = N_ ("Processors in time"),
                                            .stance = SCENE_STANCE_BAND,
                                            .measure = measure,
                                            .build = build};
