/* Working sets and page-fault frequency over time: how many different pages
 * the latest accesses of each process went to, and how many of them faulted. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/plot.h"

#define WINDOW 10 /* accesses of a process */
#define MOST_PROCESSES 2
#define MOST_POINTS 48
#define SERIES (2 * MOST_PROCESSES)

/* An access that is done. */
typedef struct {
  guint64 number; /* the machine's first is 1 */
  guint64 page;
  guint32 space; /* number in Spaces, or VM_NONE */
  gboolean faulted;
} Access;

/* The first processes that have memory of their own. A thread's accesses are
 * those of whom it shares memory with; a kernel thread has none. */
typedef struct {
  guint count;
  guint32 of_task[VM_MAX_PROCESSES]; /* number of one, or VM_NONE */
  guint32 task[MOST_PROCESSES];      /* its place */
  const char *name[MOST_PROCESSES];
} Spaces;

typedef struct {
  guint64 first; /* access on the left */
  Spaces spaces;
  GArray *points[SERIES]; /* of ScenePlotPoint */
  ScenePlotSeries series[SERIES];
  ScenePlot plot;
} Course;

/* An operation makes a task: the places of those that went are given again. */
static void
note_maker (const struct vm_machine *machine, const struct vm_op *op,
            const struct vm_result *r, Spaces *spaces)
{
  gboolean clones = op->kind == VM_OP_CLONE;
  gboolean shares = clones && (op->values[VM_P_CLONE_FLAGS] & VM_CLONE_VM) != 0;
  gboolean makes = clones || op->kind == VM_OP_PROCESS || op->kind == VM_OP_FORK
                   || op->kind == VM_OP_VFORK;

  if (r->made >= VM_MAX_PROCESSES)
    return;
  spaces->of_task[r->made] = shares && r->process < VM_MAX_PROCESSES
                                 ? spaces->of_task[r->process]
                                 : VM_NONE;
  if (!makes || shares || spaces->count == MOST_PROCESSES)
    return;
  guint name = op->kind == VM_OP_PROCESS ? VM_P_PROCESS_NAME : VM_P_FORK_NAME;
  spaces->task[spaces->count] = r->made;
  spaces->name[spaces->count]
      = vm_machine_name (machine, (guint32) op->values[name]);
  spaces->of_task[r->made] = spaces->count++;
}

static void
begin_spaces (Spaces *spaces)
{
  *spaces = (Spaces){0};
  for (guint i = 0; i < VM_MAX_PROCESSES; i++)
    spaces->of_task[i] = VM_NONE;
}

static GArray *
read_accesses (const SceneContext *c)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Access));
  guint shift = c->geometry->page_shift;
  guint64 end = c->cursor == 0
                    ? 0
                    : vm_machine_op_of_step (c->machine, c->cursor - 1) + 1;
  Spaces spaces;

  begin_spaces (&spaces);
  for (guint64 i = 0; i < end; i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    const struct vm_result *r = vm_machine_result (c->machine, i);
    note_maker (c->machine, op, r, &spaces);
    if (op->kind != VM_OP_ACCESS || r->end_step > c->cursor)
      continue;
    Access access = {.number = all->len + 1,
                     .page = op->values[VM_P_ACCESS_VA] >> shift,
                     .space = r->process < VM_MAX_PROCESSES
                                  ? spaces.of_task[r->process]
                                  : VM_NONE,
                     .faulted = r->handled > 0 || !r->translation.ok};
    g_array_append_val (all, access);
  }
  return all;
}

/* Processes that the list of operations makes; and accesses. */
static guint64
count_ops (const SceneContext *c, Spaces *spaces)
{
  guint64 accesses = 0;

  begin_spaces (spaces);
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    note_maker (c->machine, op, vm_machine_result (c->machine, i), spaces);
    accesses += op->kind == VM_OP_ACCESS;
  }
  if (spaces->count == 0)
    spaces->name[spaces->count++] = "?";
  return accesses;
}

static gboolean
is_known (const Access *list, guint count, guint64 page)
{
  for (guint i = 0; i < count; i++)
    if (list[i].page == page)
      return TRUE;
  return FALSE;
}

/* Looks back from an access through the latest ones of its process. */
static void
look_back (const GArray *all, guint from, guint *pages, guint *faults)
{
  const Access *now = &g_array_index (all, Access, from);
  Access seen[WINDOW];
  guint count = 0;

  *pages = *faults = 0;
  for (guint i = from + 1; i > 0 && count < WINDOW; i--) {
    const Access *a = &g_array_index (all, Access, i - 1);
    if (a->space != now->space)
      continue;
    *pages += !is_known (seen, count, a->page);
    *faults += a->faulted;
    seen[count++] = *a;
  }
}

static void
add_point (const SceneBuild *b, Course *course, guint series,
           const Access *access, guint value, const char *name)
{
  ScenePlotPoint point = {.number = access->number & 0xffffffff,
                          .x = (double) access->number,
                          .y = value,
                          .name = scene_still_text (b->still, name),
                          .emphasis = SCENE_NORMAL};

  g_array_append_val (course->points[series], point);
}

static void
add_access (const SceneBuild *b, Course *course, const GArray *all, guint at)
{
  const Access *access = &g_array_index (all, Access, at);
  guint pages, faults;

  if (access->space == VM_NONE || access->number < course->first)
    return;
  look_back (all, at, &pages, &faults);
  const char *process = course->spaces.name[access->space];
  g_autofree char *set = g_strdup_printf (
      /* Translators: a process, a number of pages, and how many accesses. */
      _ ("Process %s, access %" PRIu64 ": %u different pages in its latest %u "
         "accesses"),
      process, access->number, pages, WINDOW);
  g_autofree char *often = g_strdup_printf (
      _ ("Process %s, access %" PRIu64 ": %u page faults in its latest %u "
         "accesses"),
      process, access->number, faults, WINDOW);
  add_point (b, course, 2 * access->space, access, pages, set);
  add_point (b, course, 2 * access->space + 1, access, faults, often);
}

/* All that stays while stepping. */
static void
shape (const SceneBuild *b, Course *course)
{
  *course = (Course){.first = 1};
  guint64 accesses = count_ops (b->context, &course->spaces);

  for (guint i = 0; i < 2 * course->spaces.count; i++) {
    const char *name = course->spaces.name[i / 2];
    course->series[i] = (ScenePlotSeries){
        .label = scene_still_printf (
            b->still,
            /* Translators: a process. */
            i % 2 == 0 ? _ ("%s: working set") : _ ("%s: faults"), name),
        .role = scene_process_role (course->spaces.task[i / 2]),
        .stroke = i % 2 == 0 ? SCENE_STROKE_SOLID : SCENE_STROKE_DASHED};
  }
  course->plot = (ScenePlot){
      .x = {.title = _ ("access"),
            .least = 1,
            .most = (double) CLAMP (accesses, 2, MOST_POINTS),
            .whole = TRUE},
      .y = {.title = scene_still_printf (
                b->still, _ ("in a process's latest %u accesses"), WINDOW),
            .most = WINDOW,
            .whole = TRUE},
      .series = course->series,
      .count = 2 * course->spaces.count};
}

static double
padding_y (const SceneBuild *b)
{
  return scene_header (b) + scene_em (b, 0.8);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneBuild own = *b;
  g_autoptr (SceneStill) texts = scene_still_new ();
  Course course;
  double padding = 2 * scene_padding (b), inside = width - padding;

  own.still = texts;
  shape (&own, &course);
  size->min_width = scene_plot_least (b, &course.plot) + padding;
  size->width = scene_plot_width (b, &course.plot) + padding;
  size->min_height = padding_y (b)
                     + scene_plot_height (b, &course.plot, inside);
  size->max_height
      = MAX (size->min_height,
             padding_y (b) + scene_plot_most (b, &course.plot, inside));
  size->height = (size->min_height + size->max_height) / 2;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  Course course;
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_WORKING_SET, 0, rect,
                                      _ ("Working sets and faults"), NULL);
  g_autoptr (GArray) all = read_accesses (b->context);

  shape (b, &course);
  course.first = scene_first_shown (all->len, MOST_POINTS) + 1;
  course.plot.x.most += (double) course.first - 1;
  course.plot.x.least = (double) course.first;
  for (guint i = 0; i < course.plot.count; i++)
    course.points[i] = g_array_new (FALSE, FALSE, sizeof (ScenePlotPoint));
  for (guint i = 0; i < all->len; i++)
    add_access (b, &course, all, i);
  for (guint i = 0; i < course.plot.count; i++) {
    course.series[i].points = (const ScenePlotPoint *) course.points[i]->data;
    course.series[i].count = course.points[i]->len;
  }
  course.plot.summary = scene_still_printf (
      b->still, ngettext ("%u access so far", "%u accesses so far", all->len),
      all->len);
  scene_add_plot (b, SCENE_FIGURE_WORKING_SET, &course.plot, inside);
  for (guint i = 0; i < course.plot.count; i++)
    g_array_unref (course.points[i]);
}

const SceneFigure scene_figure_working_set
    = {.id = SCENE_FIGURE_WORKING_SET,
       .kind = "working-set",
       .title = N_ ("Working sets and faults"),
       .stance = SCENE_STANCE_PART,
       .measure = measure,
       .build = build};
