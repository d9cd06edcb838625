/* Figures that show more than one step: what they show is computed once more,
 * at every step of every scenario. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figures/turns.h"
#include "figures/kit.h"
#include "figures/plot.h"
#include "figures/plot_frame.h"
#include "figures/running_past.h"
#include "scenario.h"

/* Parts of the figures' ids, as their files count them. */
enum {
  CELL = SCENE_PART,
  CELL_TEXT,
  CELL_MARK,
  COLUMN,
  FOOT,
  STEP = SCENE_PART,
  REACH,
  LINE,
  HAND
};

typedef void (*Check) (struct vm_machine *machine, const SceneStill *still);

/* Calls check at every step, with a still of the figure alone. */
static void
at_every_step (SceneFigureId figure, double width, Check check)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << figure);

  for (guint i = 0; i < scenario_count; i++) {
    guint64 first;
    struct vm_machine *machine = scenario_machine (&scenarios[i], &first);
    for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
      g_assert_true (vm_machine_seek (machine, n));
      g_autoptr (SceneStill) still = scene_stage_still (
          stage, machine, scene_metrics_fixed (), width, 0);
      check (machine, still);
    }
    vm_machine_free (machine);
  }
}

static const SceneItem *
find (const SceneStill *still, SceneFigureId figure, guint part, guint64 number)
{
  return scene_still_find (still, SCENE_ID (figure, part, number));
}

/* The number behind the colon of an item's name. */
static double
told (const SceneItem *item)
{
  g_assert_nonnull (item);
  return strtod (strrchr (item->name, ':') + 1, NULL);
}

/* The counters at another step; the machine is left where it was. */
static struct vm_counters
counters_at (struct vm_machine *machine, guint64 n)
{
  guint64 cursor = vm_machine_cursor (machine);

  g_assert_true (vm_machine_seek (machine, n));
  struct vm_counters counters = vm_machine_state (machine)->counters;
  g_assert_true (vm_machine_seek (machine, cursor));
  return counters;
}

/* The bar of an access is as high as the machine counted, and the mean behind
 * it is what it counted for all so far. */
static void
check_cost (struct vm_machine *machine, const SceneStill *still, guint number,
            const struct vm_result *result)
{
  guint64 cursor = vm_machine_cursor (machine);
  gboolean done = result->end_step <= cursor;
  guint64 from = counters_at (machine, result->first_step).memory_accesses;
  guint64 to
      = counters_at (machine, MIN (cursor, result->end_step)).memory_accesses;
  const SceneItem *bar
      = find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT, number);
  const SceneItem *mean = find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT,
                                G_GUINT64_CONSTANT (1) << 32 | number);

  g_assert_cmpfloat (told (bar), ==, to - from);
  g_assert_cmpint (mean != NULL, ==, done);
  if (done)
    g_assert_cmpfloat (fabs (told (mean) - (double) to / number), <, 0.006);
}

static void
check_trend (struct vm_machine *machine, const SceneStill *still)
{
  guint number = 0;

  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_result *result = vm_machine_result (machine, i);
    if (vm_machine_op (machine, i)->kind != VM_OP_ACCESS)
      continue;
    number++;
    if (result->first_step < vm_machine_cursor (machine))
      check_cost (machine, still, number, result);
    else /* nothing to come is shown */
      g_assert_null (
          find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT, number));
  }
}

static void
test_trend (void)
{
  at_every_step (SCENE_FIGURE_TREND, 700, check_trend);
}

/* Of many accesses the latest are shown, and the mean is still of all. */
static void
test_trend_window (void)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_TREND);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);
  struct vm_error error;

  for (guint i = 0; i < 50; i++)
    g_assert_true (vm_machine_do_line (
        machine, "access va=0x11223344 kind=read mode=user width=4", &error));
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 700, 0);
  const struct vm_counters *counters = &vm_machine_state (machine)->counters;
  const SceneItem *mean = find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT,
                                G_GUINT64_CONSTANT (1) << 32 | counters->tick);

  g_assert_null (find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT, 1));
  g_assert_cmpfloat (
      fabs (told (mean) - (double) counters->memory_accesses / counters->tick),
      <, 0.006);
  vm_machine_free (machine);
}

/* What the TLB held at another step. */
static struct vm_tlb_entry
entry_at (struct vm_machine *machine, guint64 n, guint index)
{
  guint64 cursor = vm_machine_cursor (machine);

  g_assert_true (vm_machine_seek (machine, n));
  struct vm_tlb_entry entry = vm_machine_state (machine)->tlb[index];
  g_assert_true (vm_machine_seek (machine, cursor));
  return entry;
}

static void
check_cell (struct vm_machine *machine, const SceneStill *still, guint number,
            guint64 step, guint index)
{
  guint64 id = (guint64) number << 24 | index;
  const SceneItem *cell = find (still, SCENE_FIGURE_HISTORY, CELL, id);
  const SceneItem *text = find (still, SCENE_FIGURE_HISTORY, CELL_TEXT, id);
  struct vm_tlb_entry entry = entry_at (machine, step, index);

  if (cell == NULL)
    return; /* a large TLB is shown in part */
  g_assert_cmpint (cell->place != SCENE_NO_PLACE, ==,
                   step == vm_machine_cursor (machine));
  g_assert_cmpint (text != NULL, ==, entry.valid);
  if (text != NULL)
    g_assert_cmpuint (strtoull (text->text, NULL, 16), ==, entry.page);
}

/* How many cells of a column there are. */
static guint
cells_of (const SceneStill *still, guint number)
{
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++) {
    guint64 first
        = SCENE_ID (SCENE_FIGURE_HISTORY, CELL, (guint64) number << 24);
    SceneId id = g_array_index (still->items, SceneItem, i).id;
    count += id >> 24 == first >> 24;
  }
  return count;
}

/* How many cells of a column bear a mark. */
static guint
marks_of (const SceneStill *still, guint number, const char *mark)
{
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    guint64 first
        = SCENE_ID (SCENE_FIGURE_HISTORY, CELL_MARK, (guint64) number << 24);
    count += item->id >> 24 == first >> 24 && strcmp (item->text, mark) == 0;
  }
  return count;
}

/* Each column holds what the TLB held, and says hit where a hit was counted:
 * then one cell bears a tick. */
static void
check_column (struct vm_machine *machine, const SceneStill *still, guint number,
              const struct vm_result *result)
{
  guint64 end = MIN (vm_machine_cursor (machine), result->end_step);
  const struct vm_config *config = &vm_machine_state (machine)->config;
  struct vm_counters from = counters_at (machine, result->first_step);
  struct vm_counters to = counters_at (machine, end);
  const SceneItem *foot = find (still, SCENE_FIGURE_HISTORY, FOOT, number);
  gboolean hit = to.tlb_hits > from.tlb_hits;

  for (guint i = 0; i < config->tlb_sets * config->tlb_ways; i++)
    check_cell (machine, still, number, end, i);
  /* The cell with the tick may be one that a large TLB does not show; and a hit
     that is refused loses its entry before the fault is counted. */
  if (hit && end == result->end_step
      && cells_of (still, number) == config->tlb_sets * config->tlb_ways)
    g_assert_cmpuint (marks_of (still, number, "tick"), ==,
                      to.faults == from.faults);
  else if (hit)
    g_assert_cmpuint (marks_of (still, number, "tick"), <=,
                      to.faults == from.faults);
  else
    g_assert_cmpuint (marks_of (still, number, "tick"), ==, 0);
  if (foot == NULL || strcmp (foot->text, "fault") == 0)
    return; /* the counter is a step ahead of the word */
  if (hit && to.tlb_misses > from.tlb_misses)
    return; /* it was tried again, and the word is the last try's */
  g_assert_cmpstr (foot->text, ==, hit ? "hit" : "miss");
  g_assert_cmpint (hit, !=, to.tlb_misses > from.tlb_misses);
}

static void
check_history (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_config *config = &vm_machine_state (machine)->config;
  guint number = 0, shown = 0, begun = 0;

  /* Of several TLBs it shows the one that was asked last. */
  if (config->cpus > 1 || config->itlb_sets != 0)
    return;
  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_result *result = vm_machine_result (machine, i);
    if (vm_machine_op (machine, i)->kind != VM_OP_ACCESS)
      continue;
    number++;
    gboolean there = find (still, SCENE_FIGURE_HISTORY, COLUMN, number) != NULL;
    shown = there ? number : shown;
    if (result->first_step >= vm_machine_cursor (machine)) {
      g_assert_false (there); /* nothing to come is shown */
      continue;
    }
    begun = number;
    if (there)
      check_column (machine, still, number, result);
  }
  g_assert_cmpuint (shown, ==, begun);
}

static void
test_history (void)
{
  at_every_step (SCENE_FIGURE_HISTORY, 1150, check_history);
  at_every_step (SCENE_FIGURE_HISTORY, 360, check_history);
}

/* Of a large TLB the set that was asked last is shown. */
static void
test_history_window (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-32 memory=16M tlb-sets=16 tlb-ways=2",
         "process name=A",
         "map process=A va=0x0000d000 frame=0x40 flags=rwu",
         "map process=A va=0x00002000 frame=0x41 flags=rwu",
         "access va=0x0000d000 kind=read mode=user width=4",
         "access va=0x00002000 kind=read mode=user width=4"};
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_HISTORY);
  struct vm_machine *machine = vm_machine_new ();
  struct vm_error error;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_true (vm_machine_do_line (machine, lines[i], &error));
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 700, 0);
  check_history (machine, still);
  g_assert_nonnull (
      find (still, SCENE_FIGURE_HISTORY, CELL_MARK, (guint64) 2 << 24 | 2 * 2));
  g_assert_null (
      find (still, SCENE_FIGURE_HISTORY, CELL, (guint64) 2 << 24 | 0xd * 2));
  vm_machine_free (machine);
}

static gboolean
on_border (const SceneRect *r, const ScenePoint *p)
{
  gboolean across = p->x > r->x - 0.01 && p->x < r->x + r->width + 0.01;
  gboolean along = p->y > r->y - 0.01 && p->y < r->y + r->height + 0.01;

  return across && along
         && (fabs (p->x - r->x) < 0.01 || fabs (p->x - r->x - r->width) < 0.01
             || fabs (p->y - r->y) < 0.01
             || fabs (p->y - r->y - r->height) < 0.01);
}

/* Work goes on from the box of the step before. */
static void
check_hand (const SceneStill *still, guint64 n)
{
  const SceneItem *box = find (still, SCENE_FIGURE_ACTORS, STEP, n);
  const SceneItem *before = find (still, SCENE_FIGURE_ACTORS, STEP, n - 1);
  const SceneItem *hand = find (still, SCENE_FIGURE_ACTORS, HAND, n);

  g_assert_cmpint (hand != NULL, ==, before != NULL);
  if (hand == NULL)
    return;
  const ScenePoint *p
      = &g_array_index (still->points, ScenePoint, hand->first_point);
  g_assert_true (on_border (&before->rect, &p[0]));
  g_assert_true (on_border (&box->rect, &p[hand->point_count - 1]));
  g_assert_cmpfloat (box->rect.x, >, before->rect.x + before->rect.width);
}

/* All steps of the operation up to the cursor, and none behind it; the memory
 * accesses are numbered as the machine counts them. */
static void
check_actors (struct vm_machine *machine, const SceneStill *still)
{
  guint64 cursor = vm_machine_cursor (machine), n = cursor;
  const struct vm_result *result = vm_machine_result (
      machine, vm_machine_op_of_step (machine, cursor - 1));
  guint64 base = counters_at (machine, result->first_step).memory_accesses;
  const SceneItem *now = find (still, SCENE_FIGURE_ACTORS, STEP, cursor - 1);

  g_assert_cmpint (now->emphasis, ==, SCENE_ACTIVE);
  for (guint64 i = cursor; i < vm_machine_step_count (machine); i++)
    g_assert_null (find (still, SCENE_FIGURE_ACTORS, STEP, i));
  while (n > result->first_step
         && find (still, SCENE_FIGURE_ACTORS, STEP, n - 1) != NULL) {
    const SceneItem *reach = find (still, SCENE_FIGURE_ACTORS, REACH, n - 1);
    guint64 before = counters_at (machine, n - 1).memory_accesses;
    guint64 after = counters_at (machine, n).memory_accesses;
    if (after > before)
      g_assert_cmpuint (strtoull (reach->text, NULL, 10), ==, after - base);
    check_hand (still, n - 1);
    n--;
  }
  if (n > result->first_step) /* the rest is marked as left out */
    g_assert_cmpuint (
        strtoull (find (still, SCENE_FIGURE_ACTORS, HAND + 3, 0)->name, NULL,
                  10),
        ==, n - result->first_step);
}

static void
test_actors (void)
{
  at_every_step (SCENE_FIGURE_ACTORS, 1150, check_actors);
  at_every_step (SCENE_FIGURE_ACTORS, 360, check_actors);
}

/* Each kind of step is somebody's, in words that have room. */
static void
test_turns (void)
{
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[1], &first);
  SceneContext context;

  scene_context_read (&context, machine);
  for (guint kind = 0; kind < VM_STEP_KINDS; kind++) {
    struct vm_step step = {.kind = (uint16_t) kind};
    SceneTurn turn;
    scene_turn_of (&turn, &context, &step);
    g_assert_cmpint (turn.actor, <, SCENE_ACTORS);
    g_assert_cmpuint (strlen (turn.text), >, 0);
    g_assert_cmpuint (strlen (turn.text), <, sizeof turn.text - 1);
    g_assert_cmpint (turn.touches || !turn.counts, ==, TRUE);
  }
  vm_machine_free (machine);
}

/* What a processor ran after so many steps; the machine is left where it was.
 */
static SceneRunning
running_at (struct vm_machine *machine, guint64 n, guint cpu)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_state *s = vm_machine_state (machine);

  g_assert_true (vm_machine_seek (machine, n));
  SceneRunning running = {.task = s->cpus[cpu].process, .mm = VM_NONE};
  if (running.task != VM_NONE) {
    const struct vm_process *process = &s->processes[running.task];
    running.borrowed = s->runs[cpu].lazy != 0;
    if (process->state != VM_PROCESS_KERNEL || running.borrowed)
      running.mm = process->mm;
  }
  g_assert_true (vm_machine_seek (machine, cursor));
  return running;
}

static guint
count_sent (struct vm_machine *machine, guint64 first, guint64 end)
{
  guint count = 0;

  for (guint64 n = first; n < end; n++)
    count += vm_machine_step (machine, n)->kind == VM_STEP_IPI_SEND;
  return count;
}

/* Moments say what the machine's state says after them, and nothing changes
 * between them. */
static void
check_running (struct vm_machine *machine, const GArray *moments, guint64 n)
{
  const SceneRunningMoment *m = NULL;
  guint sent = 0;

  for (guint i = 0; i < moments->len; i++) {
    m = &g_array_index (moments, SceneRunningMoment, i);
    sent += m->step->kind == VM_STEP_IPI_SEND;
    if (i > 0)
      g_assert_cmpuint (m->number, >, m[-1].number);
  }
  g_assert_true (m == NULL || m->number < n);
  if (moments->len < SCENE_MOST_RUNNING)
    g_assert_cmpuint (sent, ==, count_sent (machine, 0, n));
  for (guint cpu = 0; cpu < VM_MAX_CPUS && m != NULL; cpu++) {
    SceneRunning now = running_at (machine, n, cpu);
    g_assert_cmpuint (m->after[cpu].task, ==, now.task);
    g_assert_cmpuint (m->after[cpu].mm, ==, now.mm);
    g_assert_cmpint (m->after[cpu].borrowed, ==, now.borrowed);
  }
}

/* At every step: the last moment is the state; and a moment at the end of a
 * scenario is what it was when it came. */
static void
test_running (void)
{
  guint64 first;
  guint i = scenario_count;

  while (strcmp (scenarios[--i].name, "tasks") != 0)
    g_assert_cmpuint (i, >, 0);
  struct vm_machine *machine = scenario_machine (&scenarios[i], &first);
  guint64 last = vm_machine_step_count (machine);
  for (guint64 n = first; n <= last; n++) {
    SceneContext context;
    g_assert_true (vm_machine_seek (machine, n));
    scene_context_read (&context, machine);
    SceneRunningEarlier earlier;
    g_autoptr (GArray) moments = scene_running_past (&context, &earlier);
    g_assert_cmpuint (earlier.count, ==, 0);
    check_running (machine, moments, n);
    for (guint k = 0; k < moments->len && n == last; k++) {
      const SceneRunningMoment *m
          = &g_array_index (moments, SceneRunningMoment, k);
      for (guint cpu = 0; cpu < 3; cpu++) {
        SceneRunning then = running_at (machine, m->number + 1, cpu);
        g_assert_true (scene_running_same_task (&m->after[cpu], &then));
        g_assert_true (scene_running_same_memory (&m->after[cpu], &then));
      }
    }
    g_assert_cmpuint (moments->len, >, 0);
  }
  vm_machine_free (machine);
}

static struct vm_machine *
new_machine (const char *const *lines)
{
  struct vm_machine *machine = vm_machine_new ();

  for (; *lines != NULL; lines++)
    g_assert_true (vm_machine_do_line (machine, *lines, NULL));
  return machine;
}

/* Items of a figure that say just that. */
static guint
count_text (struct vm_machine *machine, SceneFigureId figure, const char *text)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << figure);
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 0);
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    count += item->text != NULL && strcmp (item->text, text) == 0;
  }
  return count;
}

/* Moments that there is no room for are counted. */
static void
test_running_earlier (void)
{
  static const char *const lines[] = {"machine geometry=x86-64 memory=1M",
                                      "process name=A", "process name=B", NULL};
  struct vm_machine *machine = new_machine (lines);
  guint last = 0, each = 0;

  for (guint i = 0; i < 100; i++) {
    g_assert_true (vm_machine_do_line (
        machine, i % 2 == 0 ? "switch process=A" : "switch process=B", NULL));
    SceneContext context;
    SceneRunningEarlier earlier;
    scene_context_read (&context, machine);
    g_autoptr (GArray) moments = scene_running_past (&context, &earlier);
    g_assert_false (earlier.lost);
    g_assert_true (earlier.count == 0 || moments->len == SCENE_MOST_RUNNING);
    guint told = moments->len + earlier.count;
    each = i == 1 ? told - last : each;
    g_assert_cmpuint (told, ==, i == 0 ? told : last + each);
    last = told;
  }
  g_assert_cmpuint (each, >, 0);
  g_autofree char *text = g_strdup_printf ("%u earlier moments are left out",
                                           last - SCENE_MOST_RUNNING);
  g_assert_cmpuint (count_text (machine, SCENE_FIGURE_RUNNING, text), ==, 1);
  vm_machine_free (machine);
}

/* A place is given again: who stood there before keeps his name, and is told to
 * be gone. */
static void
test_places (void)
{
  static const char *const lines[] = {"machine geometry=x86-64 memory=1M",
                                      "process name=A layout=linux",
                                      "fork process=A name=B",
                                      "switch process=B",
                                      "exit process=B",
                                      "wait process=A",
                                      "clone process=A name=C flags=fs",
                                      "switch process=C",
                                      NULL};
  struct vm_machine *machine = new_machine (lines);

  g_assert_cmpuint (vm_machine_state (machine)->process_count, ==, 2);
  g_assert_cmpuint (count_text (machine, SCENE_FIGURE_RUNNING, "B"), ==, 2);
  g_assert_cmpuint (count_text (machine, SCENE_FIGURE_RUNNING, "C"), ==, 2);
  g_assert_cmpuint (count_text (machine, SCENE_FIGURE_CLONE, "gone: B"), ==, 1);
  g_assert_true (vm_machine_do_line (machine, "exit process=C", NULL));
  g_assert_cmpuint (count_text (machine, SCENE_FIGURE_CLONE, "gone: B, C"), ==,
                    1);
  g_assert_true (
      vm_machine_seek (machine, vm_machine_result (machine, 2)->end_step));
  g_assert_cmpuint (count_text (machine, SCENE_FIGURE_CLONE, "gone: B"), ==, 0);
  vm_machine_free (machine);
}

/* A working set is an address space's: a thread's accesses are counted with
 * those of whom it shares with, a kernel thread is none of the first. */
static void
test_spaces (void)
{
  static const char *const lines[] = {"machine geometry=x86-64 memory=1M",
                                      "kthread name=k",
                                      "process name=A layout=linux",
                                      "mmap process=A va=0x400000 "
                                      "length=32K fixed=on",
                                      "clone process=A name=T flags=vm",
                                      "access process=A va=0x400000",
                                      "access process=T va=0x401000",
                                      "access process=A va=0x400000",
                                      NULL};
  struct vm_machine *machine = new_machine (lines);

  g_assert_cmpuint (
      count_text (machine, SCENE_FIGURE_WORKING_SET, "A: working set"), ==, 1);
  g_assert_cmpuint (
      count_text (machine, SCENE_FIGURE_WORKING_SET, "k: working set"), ==, 0);
  g_assert_cmpuint (
      count_text (machine, SCENE_FIGURE_WORKING_SET, "T: working set"), ==, 0);
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_WORKING_SET);
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 0);
  guint found = 0;
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    found += item->name != NULL
             && strstr (item->name, "A, access 3: 2 different pages") != NULL;
  }
  g_assert_cmpuint (found, ==, 1);
  vm_machine_free (machine);
}

/* A tick for each flag that was given; of its own is what the task's record
 * says so of. */
static void
check_cloned (const struct vm_state *s, const SceneStill *still, guint task)
{
  const struct vm_task *t = &s->tasks[task];
  const gboolean own[] = {s->processes[task].mm == task, t->fs == 0,
                          t->files == 0, t->sighand == 0, t->group == 0};

  for (guint bit = 0; bit < VM_CLONE_FLAGS; bit++) {
    guint64 number = (guint64) task << 24 | bit;
    const SceneItem *cell = find (still, SCENE_FIGURE_CLONE, CELL, number);
    const SceneItem *mark = find (still, SCENE_FIGURE_CLONE, CELL_MARK, number);
    g_assert_nonnull (cell);
    g_assert_cmpint (mark != NULL, ==, t->flags >> bit & 1);
    if (bit < G_N_ELEMENTS (own))
      g_assert_cmpint (g_str_has_suffix (cell->name, "of its own"), ==,
                       own[bit]);
  }
}

static void
test_clone (void)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_CLONE);
  guint64 first;
  guint i = scenario_count, checked = 0;

  while (strcmp (scenarios[--i].name, "tasks") != 0)
    g_assert_cmpuint (i, >, 0);
  struct vm_machine *machine = scenario_machine (&scenarios[i], &first);
  const struct vm_state *s = vm_machine_state (machine);
  for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
    g_assert_true (vm_machine_seek (machine, n));
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 0);
    for (guint task = 0; task < s->process_count; task++)
      if ((s->processes[task].state == VM_PROCESS_RUNNING
           || s->processes[task].state == VM_PROCESS_WAITING)
          && s->tasks[task].flags != 0) {
        check_cloned (s, still, task);
        checked++;
      }
  }
  g_assert_cmpuint (checked, >, 100);
  vm_machine_free (machine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overtime/trend", test_trend);
  g_test_add_func ("/overtime/trend-window", test_trend_window);
  g_test_add_func ("/overtime/running", test_running);
  g_test_add_func ("/overtime/running-earlier", test_running_earlier);
  g_test_add_func ("/overtime/places", test_places);
  g_test_add_func ("/overtime/spaces", test_spaces);
  g_test_add_func ("/overtime/clone", test_clone);
  g_test_add_func ("/overtime/history", test_history);
  g_test_add_func ("/overtime/history-window", test_history_window);
  g_test_add_func ("/overtime/actors", test_actors);
  g_test_add_func ("/overtime/turns", test_turns);
  return g_test_run ();
}
