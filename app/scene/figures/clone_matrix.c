/* What the tasks that were cloned share: a column for each, a row for each
 * flag. A tick: it was asked for; the text: whose it is now.
 *
 *   flag     |  T  |  B  |
 *   vm       |v A  |  B  |
 *   files    |v A  |  B  |
 *   thread   |v A  |  B  |
 */
#include <glib/gi18n-lib.h>

#include "figures/cells.h"
#include "figures/kit.h"
#include "figures/window.h"
#include "machine/makers.h"
#include "process/task.h"
#include "subject.h"

#define MOST_TASKS 6
#define FEW_TASKS 2
#define PART_NOTE (SCENE_PART + 7) /* behind those of cells.h */

/* Ems of a name that keeps its room. */
#define LEAST_CELL 2.2

static const char *
flag_name (guint bit)
{
  return vm_clone_flag_name (bit);
}

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  double head = scene_width (b, SCENE_TEXT_SMALL, _ ("flags"));
  const char *const words[] = {_ ("cleared"), _ ("kept")};
  double cell = scene_em (b, LEAST_CELL);

  for (guint bit = 0; bit < VM_CLONE_FLAGS; bit++)
    head = MAX (head, scene_width (b, SCENE_TEXT_MONO, flag_name (bit)));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    cell = MAX (cell, scene_width (b, SCENE_TEXT_MONO_SMALL, words[i]));
  return (SceneCellsShape){.cell = cell, .head = head, .marks = TRUE};
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCellsShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);

  (void) width;
  size->min_width = scene_cells_width (b, &shape, FEW_TASKS) + padding;
  size->width = scene_cells_width (b, &shape, MOST_TASKS) + padding;
  size->height = scene_header (b) + padding
                 + scene_cells_height (b, &shape, VM_CLONE_FLAGS)
                 + 2 * scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.3);
  size->min_height = size->max_height = size->height;
}

/* Tasks that have a parent, or what they got by flags; not a kernel's. */
static GArray *
find_tasks (const struct vm_state *s)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < s->process_count; i++) {
    guint state = s->processes[i].state;
    gboolean living = state == VM_PROCESS_RUNNING
                      || state == VM_PROCESS_WAITING;
    if (living && (s->tasks[i].flags != 0 || s->processes[i].parent != VM_NONE))
      g_array_append_val (found, i);
  }
  return found;
}

/* Whose a thing is, as far as a flag is about one; else VM_NONE. */
static guint32
holder_of (const struct vm_state *s, guint bit, guint32 task)
{
  switch ((enum vm_clone_flag) (1u << bit)) {
  case VM_CLONE_VM:
    return s->processes[task].mm;
  case VM_CLONE_FS:
    return vm_task_fs (s, task);
  case VM_CLONE_FILES:
    return vm_task_files (s, task);
  case VM_CLONE_SIGHAND:
    return vm_task_sighand (s, task);
  case VM_CLONE_THREAD:
    return vm_task_leader (s, task);
  case VM_CLONE_VFORK:
    return s->tasks[task].waiter == 0 ? VM_NONE : s->tasks[task].waiter - 1;
  case VM_CLONE_PARENT:
    return s->processes[task].parent;
  case VM_CLONE_CLEAR_SIGHAND:
    break;
  }
  return VM_NONE;
}

/* In words: what the flag's row says of a task. */
static const char *
sentence_of (const SceneBuild *b, guint bit, const char *task,
             const char *holder, gboolean own)
{
  if (1u << bit == VM_CLONE_VFORK)
    return holder == NULL
               ? scene_still_printf (b->still, _ ("%s: nobody waits for it"),
                                     task)
               /* Translators: two tasks. */
               : scene_still_printf (b->still, _ ("%s: %s waits for it"), task,
                                     holder);
  if (1u << bit == VM_CLONE_PARENT)
    return holder == NULL
               ? scene_still_printf (b->still, _ ("%s: has no parent"), task)
               /* Translators: two tasks. */
               : scene_still_printf (b->still, _ ("%s: its parent is %s"), task,
                                     holder);
  if (own || holder == NULL)
    /* Translators: a task, a flag of clone. */
    return scene_still_printf (b->still, _ ("%s: %s of its own"), task,
                               flag_name (bit));
  /* Translators: a task, a flag of clone, another task. */
  return scene_still_printf (b->still, _ ("%s: %s as %s has it"), task,
                             flag_name (bit), holder);
}

static SceneCellsCell
cell_of (const SceneBuild *b, guint bit, guint32 task)
{
  const struct vm_state *s = b->context->state;
  SceneSubject subject
      = {.machine = b->context->machine, .step = b->context->step};
  gboolean asked = s->tasks[task].flags >> bit & 1;
  guint32 holder = holder_of (s, bit, task);
  const char *name = scene_subject_process (&subject, task);
  const char *whose
      = holder == VM_NONE ? NULL : scene_subject_process (&subject, holder);
  SceneCellsCell cell = {.mark = asked ? "tick" : NULL,
                         .emphasis = asked ? SCENE_NORMAL : SCENE_FAINT,
                         .state = &s->tasks[task],
                         .bytes = sizeof s->tasks[task]};

  if (1u << bit == VM_CLONE_CLEAR_SIGHAND) {
    cell.text = scene_still_text (b->still, asked ? _ ("cleared") : _ ("kept"));
    /* Translators: a task; what became of its signal handlers. */
    cell.name
        = scene_still_printf (b->still, _ ("%s: handlers %s"), name, cell.text);
    return cell;
  }
  cell.text = scene_still_text (b->still, whose == NULL ? "–" : whose);
  cell.name = sentence_of (b, bit, name, whose, holder == task);
  if (holder != VM_NONE)
    cell.role = scene_process_role (holder);
  return cell;
}

static gboolean
is_now (const SceneContext *c, guint32 task)
{
  return c->step != NULL && c->step->kind == VM_STEP_CLONE_OBJECT
         && c->step->values[VM_V_CLONE_OBJECT_CHILD] == task;
}

static void
add_grid (SceneBuild *b, const GArray *tasks, SceneRect rect)
{
  SceneCellsShape shape = shape_of (b);
  SceneSubject subject
      = {.machine = b->context->machine, .step = b->context->step};
  SceneCellsHead heads[MOST_TASKS] = {{0}}, rows[VM_CLONE_FLAGS] = {{0}};
  SceneCellsCell cells[MOST_TASKS * VM_CLONE_FLAGS] = {{0}};
  guint slots = MIN (scene_cells_columns (b, &shape, rect.width), MOST_TASKS);
  guint64 newest = tasks->len > slots ? tasks->len - slots : 0;
  guint first = (guint) scene_add_window_across (b, rect, newest + slots, slots,
                                                 newest);
  guint count = MIN (slots, tasks->len - first);

  for (guint i = 0; i < count; i++) {
    guint32 task = g_array_index (tasks, guint32, first + i);
    heads[i] = (SceneCellsHead){
        .number = task,
        .text = scene_subject_process (&subject, task),
        .role = is_now (b->context, task) ? SCENE_ROLE_ACCENT
                                          : SCENE_ROLE_NEUTRAL,
        .emphasis = is_now (b->context, task) ? SCENE_ACTIVE : SCENE_NORMAL};
    heads[i].name = heads[i].text;
  }
  for (guint bit = 0; bit < VM_CLONE_FLAGS; bit++) {
    rows[bit] = (SceneCellsHead){.number = bit,
                                 .text = flag_name (bit),
                                 .name = flag_name (bit),
                                 .emphasis = SCENE_NORMAL};
    for (guint i = 0; i < count; i++)
      cells[bit * count + i]
          = cell_of (b, bit, g_array_index (tasks, guint32, first + i));
  }
  SceneCells grid = {.columns = heads,
                     .rows = rows,
                     .column_count = count,
                     .row_count = VM_CLONE_FLAGS,
                     .slots = slots,
                     .cells = cells,
                     .corner = scene_still_text (b->still, _ ("flags"))};
  scene_add_cells (b, SCENE_FIGURE_CLONE, &shape, &grid, rect);
}

static gboolean
lives (const struct vm_state *s, guint64 name)
{
  for (guint32 i = 0; i < s->process_count; i++)
    if (s->processes[i].name == name
        && (s->processes[i].state == VM_PROCESS_RUNNING
            || s->processes[i].state == VM_PROCESS_WAITING))
      return TRUE;
  return FALSE;
}

/* Tasks that were cloned and have ended, the first one first: "T, U"; NULL:
 * none. */
static char *
find_gone (const SceneContext *c)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint64 i = c->step == NULL
                  ? 0
                  : vm_machine_op_of_step (c->machine, c->cursor - 1) + 1;

  while ((i = vm_machine_maker (c->machine, i)) != UINT64_MAX) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    const struct vm_result *r = vm_machine_result (c->machine, i);
    gboolean cloned = op->kind == VM_OP_CLONE || op->kind == VM_OP_FORK
                      || op->kind == VM_OP_VFORK;
    guint64 name = op->values[VM_P_FORK_NAME];
    if (!cloned || r->end_step > c->cursor || lives (c->state, name))
      continue;
    g_string_prepend (names, names->len > 0 ? ", " : "");
    g_string_prepend (names, vm_machine_name (c->machine, (guint32) name));
  }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

static void
add_gone (SceneBuild *b, SceneRect rect)
{
  g_autofree char *names = find_gone (b->context);

  if (names == NULL)
    return;
  /* Translators: tasks that have ended, with commas between. */
  g_autofree char *text = g_strdup_printf (_ ("gone: %s"), names);
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_CLONE, PART_NOTE, 1),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect, text)
      ->emphasis
      = SCENE_FAINT;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  g_autoptr (GArray) tasks = find_tasks (b->context->state);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_CLONE, 0, rect,
                                      _ ("What clone shares"), NULL);
  SceneRect gone
      = scene_cut_bottom (&inside, scene_line (b, SCENE_TEXT_SMALL), 0);
  SceneRect note = scene_cut_bottom (&inside, scene_line (b, SCENE_TEXT_SMALL),
                                     scene_em (b, 0.3));

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_CLONE, PART_NOTE, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, note,
                  tasks->len > 0 ? _ ("tick: the flag; text: whose it is")
                                 : _ ("No task has been cloned."));
  add_gone (b, gone);
  add_grid (b, tasks, inside);
}

const SceneFigure scene_figure_clone = {.id = SCENE_FIGURE_CLONE,
                                        .kind = "clone",
                                        .title = N_ ("What clone shares"),
                                        .stance = SCENE_STANCE_PART,
                                        .measure = measure,
                                        .build = build};
