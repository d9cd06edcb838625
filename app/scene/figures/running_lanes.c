/* The lanes of what processors run over time. */
#include "figures/running_lanes.h"

#include <glib/gi18n-lib.h>

#include "describe.h"
#include "subject.h"

typedef gboolean (*Same) (const SceneRunning *one, const SceneRunning *other);

double
scene_running_row (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.15);
}

char *
scene_running_switches (guint count)
{
  return g_strdup_printf (ngettext ("%u switch", "%u switches", count), count);
}

/* What stood at a place at the moment: others may have it later. */
static const char *
name_of (const SceneBuild *b, const SceneRunningMoment *moment, guint32 process)
{
  SceneSubject subject = {.machine = b->context->machine, .step = moment->step};

  return scene_subject_process (&subject, process);
}

static const SceneRunningMoment *
moment_at (const SceneRunningGround *g, guint i)
{
  return &g_array_index (g->moments, SceneRunningMoment, i);
}

static double
slot_x (const SceneRunningGround *g, guint i)
{
  return g->time.x + (i - g->first) * (g->width + g->gap);
}

static double
lane_y (const SceneBuild *b, const SceneRunningGround *g, guint lane)
{
  return g->time.y + lane * g->lane + (g->lane - 2 * scene_running_row (b)) / 2;
}

/* An interrupt goes through the lanes between: they make way. What a lazy
 * processor is spared is told beside it. */
static gboolean
is_cut (const SceneRunningMoment *m, guint lane)
{
  if (m->spared)
    return m->step->cpu == lane;
  return m->to < VM_MAX_CPUS && lane > MIN (m->from, m->to)
         && lane < MAX (m->from, m->to);
}

/* Does what a lane shows in a moment go on from the one before? */
static gboolean
goes_on (const SceneRunningGround *g, guint i, guint lane, Same same)
{
  return i > 0 && !is_cut (moment_at (g, i), lane)
         && same (&moment_at (g, i)->after[lane],
                  &moment_at (g, i - 1)->after[lane]);
}

static void
add_task (SceneBuild *b, guint64 id, guint lane, const SceneRunningMoment *m,
          SceneRect rect, SceneEmphasis emphasis)
{
  const SceneRunning *r = &m->after[lane];
  gboolean thread = r->mm == VM_NONE || r->borrowed;
  SceneItem *item = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_TASK, id), rect,
      thread ? SCENE_ROLE_KERNEL : SCENE_ROLE_NEUTRAL, emphasis);

  item->style = SCENE_TEXT_SMALL;
  item->text = scene_still_text (b->still, name_of (b, m, r->task));
  /* Translators: number of a processor, a task. */
  item->name = scene_still_printf (b->still, _ ("Processor %u runs task %s"),
                                   lane, name_of (b, m, r->task));
}

static void
add_memory (SceneBuild *b, guint64 id, guint lane, const SceneRunningMoment *m,
            SceneRect rect, SceneEmphasis emphasis)
{
  const SceneRunning *r = &m->after[lane];
  gboolean none = r->mm == VM_NONE;
  SceneItem *item = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_MEMORY, id), rect,
      none ? SCENE_ROLE_KERNEL : scene_process_role (r->mm),
      r->borrowed ? SCENE_FAINT : emphasis);
  const char *name = none ? NULL : name_of (b, m, r->mm);

  item->style = SCENE_TEXT_SMALL;
  item->text = scene_still_text (b->still, none ? "–" : name);
  if (none)
    item->name = scene_still_printf (
        b->still, _ ("Processor %u has no process's memory loaded"), lane);
  else if (r->borrowed)
    item->name = scene_still_printf (
        /* Translators: number of a processor, a task. */
        b->still, _ ("Processor %u keeps the memory of %s, borrowed"), lane,
        name);
  else
    item->name = scene_still_printf (
        b->still, _ ("Processor %u has the memory of %s loaded"), lane, name);
}

/* The border of what is borrowed. */
static void
add_dots (SceneBuild *b, guint64 id, const SceneRunning *r, SceneRect rect)
{
  for (guint i = 0; i < 2; i++) {
    double y = rect.y + i * rect.height;
    SceneItem *line = scene_still_add (
        b->still,
        SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_BORROWED, id << 1 | i),
        b->parent, SCENE_LINE, (SceneRect){rect.x, y, rect.width, 0});
    line->role = scene_process_role (r->mm);
    line->stroke = SCENE_STROKE_DOTTED;
    line->emphasis = SCENE_STRONG;
    scene_still_add_point (b->still, line, rect.x, y);
    scene_still_add_point (b->still, line, rect.x + rect.width, y);
  }
}

/* One row of a lane: what is the same for some time is one box. */
static void
add_row (SceneBuild *b, const SceneRunningGround *g, guint lane,
         gboolean memory)
{
  Same same = memory ? scene_running_same_memory : scene_running_same_task;

  for (guint i = g->first, next; i < g->end; i = next) {
    guint begin = i;
    for (next = i + 1; next < g->end && goes_on (g, next, lane, same);)
      next++;
    while (goes_on (g, begin, lane, same))
      begin--;
    const SceneRunningMoment *m = moment_at (g, i);
    const SceneRunning *r = &m->after[lane];
    guint64 number = moment_at (g, begin)->number, id = number << 4 | lane;
    SceneEmphasis emphasis = number + 1 == b->context->cursor ? SCENE_ACTIVE
                                                              : SCENE_NORMAL;
    SceneRect rect = {
        slot_x (g, i), lane_y (b, g, lane) + memory * scene_running_row (b),
        slot_x (g, next - 1) + g->width - slot_x (g, i), scene_running_row (b)};
    if (r->task == VM_NONE)
      continue;
    rect = scene_inset (rect, 0, scene_em (b, 0.05));
    if (!memory)
      add_task (b, id, lane, m, rect, emphasis);
    else
      add_memory (b, id, lane, m, rect, emphasis);
    if (memory && r->borrowed)
      add_dots (b, id, r, rect);
  }
}

static void
add_interrupt (SceneBuild *b, const SceneRunningGround *g, guint i)
{
  const SceneRunningMoment *m = moment_at (g, i);
  double x = slot_x (g, i) - g->gap / 2, rows = 2 * scene_running_row (b);
  gboolean down = m->to > m->from;

  if (m->to >= b->context->state->config.cpus
      || m->from >= b->context->state->config.cpus || m->to == m->from)
    return;
  g_autofree char *sentence = scene_describe (b->context->machine, m->step);
  SceneItem *item = scene_still_add (
      b->still,
      SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_INTERRUPT, m->number),
      b->parent, SCENE_CONNECTOR, g->time);
  item->role = SCENE_ROLE_FAULT;
  item->emphasis = m->number + 1 == b->context->cursor ? SCENE_ACTIVE
                                                       : SCENE_STRONG;
  item->name = scene_still_text (b->still, sentence);
  scene_still_add_point (b->still, item, x,
                         lane_y (b, g, m->from) + (down ? rows : 0));
  scene_still_add_point (b->still, item, x,
                         lane_y (b, g, m->to) + (down ? 0 : rows));
}

static void
add_spared (SceneBuild *b, const SceneRunningGround *g, guint i)
{
  const SceneRunningMoment *m = moment_at (g, i);
  double size = scene_em (b, 0.6);

  if (!m->spared)
    return;
  g_autofree char *sentence = scene_describe (b->context->machine, m->step);
  SceneItem *item = scene_still_add (
      b->still,
      SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_SPARED, m->number),
      b->parent, SCENE_MARKER,
      (SceneRect){slot_x (g, i) - g->gap / 2 - size / 2,
                  lane_y (b, g, m->step->cpu) + scene_running_row (b)
                      - size / 2,
                  size, size});
  item->role = SCENE_ROLE_HIT;
  item->emphasis = SCENE_STRONG;
  item->text = "ring";
  item->name = scene_still_text (b->still, sentence);
}

static void
add_label (SceneBuild *b, const SceneRunningGround *g, guint cpu,
           SceneRect labels)
{
  const struct vm_cpu_run *run = &b->context->state->runs[cpu];
  const char *title = scene_still_printf (b->still, _ ("Processor %u"), cpu);
  g_autofree char *count = scene_running_switches ((guint) run->switches);
  SceneRect rect
      = {labels.x, lane_y (b, g, cpu), labels.width, scene_running_row (b)};

  if (cpu > 0)
    scene_still_add (b->still,
                     SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_RULE, cpu),
                     b->parent, SCENE_RULE,
                     (SceneRect){labels.x, g->time.y + cpu * g->lane,
                                 g->time.x + g->time.width - labels.x, 0})
        ->emphasis
        = SCENE_FAINT;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_CPU, cpu),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect, title);
  rect.y += rect.height;
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_RUNNING, SCENE_RUNNING_SWITCHES, cpu),
      SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect, count);
  item->emphasis = SCENE_FAINT;
  item->name = scene_still_printf (b->still, "%s: %s", title, count);
  scene_item_shows (b, item, &run->switches, sizeof run->switches);
}

void
scene_running_add_lane (SceneBuild *build, const SceneRunningGround *ground,
                        guint cpu, SceneRect labels)
{
  add_label (build, ground, cpu, labels);
  add_row (build, ground, cpu, FALSE);
  add_row (build, ground, cpu, TRUE);
}

void
scene_running_add_interrupts (SceneBuild *build,
                              const SceneRunningGround *ground)
{
  for (guint i = ground->first; i < ground->end; i++) {
    add_interrupt (build, ground, i);
    add_spared (build, ground, i);
  }
}
