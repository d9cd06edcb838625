/* What each process has paid for its page faults: how many were minor, how many
 * major, and what its writes to shared pages cost. */
#include <glib/gi18n-lib.h>

#include "figures/counters.h"
#include "figures/kit.h"
#include "subject.h"

#define MOST_PROCESSES 3
#define EACH 4
#define COUNTERS (MOST_PROCESSES * EACH)

/* Those there are or will be: the list of operations knows them at every
 * step. */
static guint
count_processes (const SceneContext *c)
{
  guint count = 0;

  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    enum vm_op_kind kind = vm_machine_op (c->machine, i)->kind;
    count += kind == VM_OP_PROCESS || kind == VM_OP_FORK || kind == VM_OP_VFORK
             || kind == VM_OP_CLONE;
  }
  return CLAMP (count, 1, MOST_PROCESSES);
}

static SceneCounter
counter (const SceneBuild *b, const char *label, const char *process,
         const guint64 *value, SceneRole role)
{
  return (SceneCounter){
      scene_still_printf (b->still, "%s · %s", process, label), value, role};
}

static guint
list (const SceneBuild *b, SceneCounter counters[COUNTERS])
{
  SceneSubject subject = {.machine = b->context->machine};
  guint processes = count_processes (b->context), count = 0;

  for (guint i = 0; i < processes; i++) {
    const struct vm_process *p = &b->context->state->processes[i];
    const char *name
        = scene_still_text (b->still, scene_subject_process (&subject, i));
    counters[count++] = counter (b, _ ("minor faults"), name, &p->minor_faults,
                                 SCENE_ROLE_MISS);
    counters[count++] = counter (b, _ ("major faults"), name, &p->major_faults,
                                 SCENE_ROLE_FAULT);
    counters[count++] = counter (b, _ ("pages copied"), name, &p->cow_copies,
                                 SCENE_ROLE_ACCENT);
    counters[count++]
        = counter (b, _ ("frames kept"), name, &p->cow_reuses, SCENE_ROLE_HIT);
  }
  return count;
}

static double
padding_x (const SceneBuild *b)
{
  return scene_em (b, 1);
}

static double
padding_y (const SceneBuild *b)
{
  return scene_em (b, 0.6);
}

/* The width in which so many of the counters stand in a row: as wide as the
 * widest of all. */
static double
width_of (const SceneBuild *b, const SceneCounter *counters, guint count,
          guint columns)
{
  return columns * scene_counters_width (b, counters, count) / count;
}

/* Four numbers a row, or two: each row then is about one process. */
static double
aligned (const SceneBuild *b, const SceneCounter *counters, guint count,
         double width)
{
  return width >= width_of (b, counters, count, EACH)
             ? width
             : MIN (width, width_of (b, counters, count, EACH / 2));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCounter counters[COUNTERS];
  double padding = 2 * padding_x (b);
  guint count = list (b, counters);

  size->min_width = scene_counters_least (b, counters, count) + padding;
  size->width = width_of (b, counters, count, EACH) + padding;
  size->min_height
      = scene_counters_height (b, counters, count,
                               aligned (b, counters, count, width - padding))
        + 2 * padding_y (b);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.5);
}

/* Labels and numbers say what they are: the panel has no header. */
static void
build (SceneBuild *b, SceneRect rect)
{
  SceneCounter counters[COUNTERS];
  guint count = list (b, counters);
  SceneRect inside = scene_inset (rect, padding_x (b), padding_y (b));

  inside.width = aligned (b, counters, count, inside.width);
  b->parent = scene_id_panel (SCENE_FIGURE_FAULT_BILLS);
  scene_still_add (b->still, b->parent, 0, SCENE_PANEL, rect)->name
      = scene_still_text (b->still, _ ("Faults of each process"));
  scene_add_counters (b, SCENE_FIGURE_FAULT_BILLS, counters, count, inside);
}

const SceneFigure scene_figure_fault_bills
    = {.id = SCENE_FIGURE_FAULT_BILLS,
       .kind = "faults",
       .title = N_ ("Faults of each process"),
       .stance = SCENE_STANCE_PART,
       .measure = measure,
       .build = build};
