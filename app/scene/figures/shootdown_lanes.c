/* The lanes of the processors in time. */
#include "figures/shootdown_lanes.h"

#include <glib/gi18n-lib.h>

#include "describe.h"
#include "subject.h"

static double
lane_middle (const SceneShootdownGround *g, guint lane)
{
  return g->time.y + (lane + 0.5) * g->lane;
}

static SceneRect
box_of (const SceneShootdownGround *g, guint slot, guint lane)
{
  return (SceneRect){g->time.x + slot * (g->width + g->gap),
                     lane_middle (g, lane) - g->box / 2, g->width, g->box};
}

SceneId
scene_shootdown_id (guint part, guint64 number)
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
  SceneItem *item
      = scene_add_chip (b, scene_shootdown_id (SCENE_SHOOTDOWN_PROCESS, cpu),
                        rect, scene_process_role (state->process), name);
  item->name = scene_still_printf (b->still, _ ("Processor %u runs process %s"),
                                   cpu, name);
  scene_item_shows (b, item, &state->process, sizeof state->process);
}

void
scene_shootdown_add_label (SceneBuild *b, const SceneShootdownGround *g,
                           guint cpu, SceneCpuState state, guint awaited,
                           SceneRect labels)
{
  double line = scene_line (b, SCENE_TEXT_SMALL);
  g_autofree char *text = scene_cpu_state_text (state, awaited);
  SceneRect top = {labels.x, lane_middle (g, cpu) - line, labels.width, line};
  SceneRect below = {top.x, top.y + line, top.width, line};
  const char *title = scene_still_printf (b->still, _ ("Processor %u"), cpu);

  if (cpu > 0)
    scene_still_add (b->still, scene_shootdown_id (SCENE_SHOOTDOWN_RULE, cpu),
                     b->parent, SCENE_RULE,
                     (SceneRect){labels.x, g->time.y + cpu * g->lane,
                                 g->time.x + g->time.width - labels.x, 0})
        ->emphasis
        = SCENE_FAINT;
  SceneRect name = scene_cut_left (
      &top, scene_width (b, SCENE_TEXT_SMALL, title), scene_em (b, 0.3));
  scene_add_text (b, scene_shootdown_id (SCENE_SHOOTDOWN_CPU, cpu),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, name, title);
  add_process (b, cpu, top);
  SceneItem *item
      = scene_add_text (b, scene_shootdown_id (SCENE_SHOOTDOWN_STATE, cpu),
                        SCENE_TEXT_SMALL, SCENE_ALIGN_START, below, text);
  item->role = scene_cpu_state_role (state);
  item->emphasis = item->role == SCENE_ROLE_NEUTRAL ? SCENE_FAINT
                                                    : SCENE_STRONG;
  item->name = scene_still_printf (b->still, "%s: %s", title, text);
}

/* Half a moment of a processor that does nothing to be told. */
static void
add_time (SceneBuild *b, const SceneShootdownGround *g, const SceneMoment *m,
          guint lane, guint half, SceneCpuState state, double from, double to)
{
  double y = lane_middle (g, lane);

  if (state == SCENE_CPU_IDLE || to - from < 0.5)
    return;
  SceneItem *line = scene_still_add (
      b->still,
      scene_shootdown_id (SCENE_SHOOTDOWN_TIME,
                          m->number << 8 | lane << 1 | half),
      b->parent, SCENE_LINE, (SceneRect){from, y, to - from, 0});
  line->role = scene_cpu_state_role (state);
  line->stroke = state == SCENE_CPU_WAITS ? SCENE_STROKE_DOTTED
                                          : SCENE_STROKE_SOLID;
  line->emphasis = state == SCENE_CPU_RUNS ? SCENE_FAINT : SCENE_STRONG;
  scene_still_add_point (b->still, line, from, y);
  scene_still_add_point (b->still, line, to, y);
}

static void
add_lane (SceneBuild *b, const SceneShootdownGround *g, guint slot,
          const SceneMoment *m, guint lane)
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
add_arrow (SceneBuild *b, const SceneShootdownGround *g, const SceneMoment *m,
           SceneRect box, SceneEmphasis emphasis)
{
  gboolean sent = m->step->kind == VM_STEP_IPI_SEND;
  guint other = (guint) m->step->values[VM_V_IPI_OTHER];

  if ((!sent && m->step->kind != VM_STEP_IPI_ACK) || other >= g->cpus)
    return;
  gboolean down = other > m->step->cpu;
  double x = box.x + box.width / 2, away = scene_em (b, 0.25);
  SceneItem *item = scene_still_add (
      b->still, scene_shootdown_id (SCENE_SHOOTDOWN_ARROW, m->number),
      b->parent, SCENE_CONNECTOR, box);

  item->role = sent ? SCENE_ROLE_FAULT : SCENE_ROLE_HIT;
  item->emphasis = MAX (emphasis, SCENE_STRONG);
  scene_still_add_point (b->still, item, x, down ? box.y + box.height : box.y);
  scene_still_add_point (b->still, item, x,
                         lane_middle (g, other) + (down ? -away : away));
}

void
scene_shootdown_add_moment (SceneBuild *b, const SceneShootdownGround *g,
                            guint slot, const SceneMoment *m, gboolean last)
{
  SceneRect rect = box_of (g, slot, m->step->cpu);
  gboolean now = m->number + 1 == b->context->cursor;
  SceneEmphasis emphasis = now    ? SCENE_ACTIVE
                           : last ? SCENE_STRONG
                                  : SCENE_NORMAL;
  g_autofree char *sentence = scene_describe (b->context->machine, m->step);
  SceneItem *box
      = scene_add_box (b, scene_shootdown_id (SCENE_SHOOTDOWN_STEP, m->number),
                       rect, scene_moment_role (m), emphasis);

  box->style = SCENE_TEXT_SMALL;
  box->text = scene_still_text (b->still, m->text);
  box->name = scene_still_text (b->still, sentence);
  add_arrow (b, g, m, rect, emphasis);
  for (guint lane = 0; lane < g->cpus; lane++)
    add_lane (b, g, slot, m, lane);
}
