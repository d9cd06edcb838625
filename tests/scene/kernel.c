/* The figures of address spaces: what they show of page faults is held against
 * the machine, at every step, forwards and backwards. */
#include <string.h>

#include "check.h"
#include "figures/fault_chart.h"
#include "scenario.h"

typedef void (*Check) (struct vm_machine *machine, const SceneStill *still);

static const SceneItem *
find (const SceneStill *still, SceneFigureId figure, guint part, guint64 number)
{
  return scene_still_find (still, SCENE_ID (figure, part, number));
}

static void
check_at (struct vm_machine *machine, SceneStage *stage, double width,
          guint64 cursor, Check check)
{
  g_assert_true (vm_machine_seek (machine, cursor));
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), width, 0);
  check_still (still, scene_metrics_fixed (), "faults", NULL);
  check (machine, still);
}

/* Every step of the scenario, there and back. */
static void
at_every_step (SceneFigureId figure, double width, Check check)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << figure);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenario_faults, &first);
  guint64 last = vm_machine_step_count (machine);

  for (guint64 n = first; n <= last; n++)
    check_at (machine, stage, width, n, check);
  for (guint64 n = last; n >= first; n--)
    check_at (machine, stage, width, n, check);
  vm_machine_free (machine);
}

/* The steps that the handler's last run took in the operation of the cursor: of
 * the kinds that it is told in. */
static GPtrArray *
last_run (struct vm_machine *machine)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_result *result = vm_machine_result (
      machine, vm_machine_op_of_step (machine, cursor - 1));
  GPtrArray *run = g_ptr_array_new ();

  for (guint64 n = result->first_step; n < cursor; n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    if (step->kind == VM_STEP_HANDLER)
      g_ptr_array_set_size (run, 0);
    if (step->kind == VM_STEP_HANDLER || step->kind == VM_STEP_DECIDE
        || step->kind == VM_STEP_HANDLED || step->kind == VM_STEP_SIGNAL)
      g_ptr_array_add (run, (gpointer) step);
  }
  return run;
}

/* The box that shows a question: the first one of that question from a node
 * on, if it is lit. Returns its node. */
static guint
check_question (const SceneStill *still, const struct vm_step *step, guint from,
                gboolean now)
{
  gboolean yes = step->values[VM_V_DECIDE_ANSWER] != 0;

  for (guint i = from; i < scene_fault_node_count; i++) {
    const SceneItem *box
        = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_BOX, i);
    const SceneItem *answer
        = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_ANSWER, i);
    if (box->emphasis == SCENE_FAINT)
      continue;
    g_assert_cmpint (scene_fault_nodes[i].question, ==,
                     step->values[VM_V_DECIDE_QUESTION]);
    g_assert_cmpstr (answer->text, ==, yes ? "yes" : "no");
    g_assert_cmpint (box->emphasis, ==, now ? SCENE_ACTIVE : SCENE_STRONG);
    return i;
  }
  g_error ("no box is lit for question %d",
           (int) step->values[VM_V_DECIDE_QUESTION]);
}

static guint
lit_questions (const SceneStill *still)
{
  guint count = 0;

  for (guint i = 0; i < scene_fault_node_count; i++)
    count += find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_BOX, i)->emphasis
             != SCENE_FAINT;
  return count;
}

/* The one exit that is lit and no remark; NULL: none is. */
static const SceneFaultExit *
lit_exit (const SceneStill *still)
{
  const SceneFaultExit *lit = NULL;

  for (guint i = 0; i < scene_fault_exit_count; i++) {
    const SceneItem *item
        = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_EXIT, i);
    if (item->emphasis == SCENE_FAINT
        || scene_fault_exits[i].end == SCENE_FAULT_GOES_ON)
      continue;
    g_assert_null (lit);
    lit = &scene_fault_exits[i];
  }
  return lit;
}

/* It ends where the machine says, by an answer to the question asked last. */
static void
check_exit (const SceneStill *still, const struct vm_step *end,
            const struct vm_step *asked)
{
  const SceneFaultExit *exit = lit_exit (still);

  if (end == NULL) {
    g_assert_null (exit);
    return;
  }
  g_assert_nonnull (exit);
  g_assert_cmpint (scene_fault_nodes[exit->node].question, ==,
                   asked->values[VM_V_DECIDE_QUESTION]);
  g_assert_cmpint (exit->answer, ==, asked->values[VM_V_DECIDE_ANSWER]);
  if (end->kind == VM_STEP_HANDLED) {
    g_assert_cmpint (exit->end, ==, SCENE_FAULT_ACTION);
    g_assert_cmpuint (exit->value, ==, end->values[VM_V_HANDLED_ACTION]);
  } else {
    g_assert_cmpint (exit->end, ==, SCENE_FAULT_SIGNAL);
    g_assert_cmpuint (exit->value, ==, end->values[VM_V_SIGNAL_CODE]);
  }
}

/* Lit is what was asked, in that order, with its answers, and nothing else. */
static void
check_run (struct vm_machine *machine, const SceneStill *still,
           gboolean has_exits)
{
  g_autoptr (GPtrArray) run = last_run (machine);
  const struct vm_step *now
      = vm_machine_step (machine, vm_machine_cursor (machine) - 1);
  const struct vm_step *end = NULL, *asked = NULL;
  guint node = 0, count = 0;

  for (guint i = 0; i < run->len; i++) {
    const struct vm_step *step = run->pdata[i];
    if (step->kind == VM_STEP_HANDLED || step->kind == VM_STEP_SIGNAL)
      end = step;
    if (step->kind != VM_STEP_DECIDE)
      continue;
    asked = step;
    node = check_question (still, step, node, step == now) + 1;
    count++;
  }
  g_assert_cmpuint (lit_questions (still), ==, count);
  if (has_exits)
    check_exit (still, end, asked);
  g_assert_cmpint (
      find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_CARD, 0)->emphasis, ==,
      run->len == 0                  ? SCENE_FAINT
      : now->kind == VM_STEP_HANDLER ? SCENE_ACTIVE
                                     : SCENE_STRONG);
}

static void
check_chart (struct vm_machine *machine, const SceneStill *still)
{
  check_run (machine, still, TRUE);
}

static void
check_list (struct vm_machine *machine, const SceneStill *still)
{
  check_run (machine, still, FALSE);
}

static void
test_handler (void)
{
  at_every_step (SCENE_FIGURE_HANDLER, 1400, check_chart);
  at_every_step (SCENE_FIGURE_HANDLER, 360, check_list);
  at_every_step (SCENE_FIGURE_HANDLER, 700, check_list);
}

static guint
frames_of (const char *text)
{
  return (guint) g_ascii_strtoull (strstr (text, "0x"), NULL, 16);
}

/* The cards say what is handled, and the frame that it came to. */
static void
check_cards (struct vm_machine *machine, const SceneStill *still)
{
  g_autoptr (GPtrArray) run = last_run (machine);
  const struct vm_step *first = run->len > 0 ? run->pdata[0] : NULL;
  const struct vm_step *last = run->len > 0 ? run->pdata[run->len - 1] : NULL;
  const SceneItem *where
      = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_CARD_LOWER, 0);
  const SceneItem *frame
      = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_CARD_LOWER, 1);

  g_assert_cmpint (where != NULL, ==, first != NULL);
  if (first != NULL)
    g_assert_cmpuint (g_ascii_strtoull (where->text, NULL, 16), ==,
                      first->values[VM_V_HANDLER_VA]);
  g_assert_cmpint (frame != NULL, ==,
                   last != NULL && last->kind == VM_STEP_HANDLED);
  if (frame != NULL)
    g_assert_cmpuint (frames_of (frame->text), ==,
                      last->values[VM_V_HANDLED_FRAME]);
}

static void
test_cards (void)
{
  at_every_step (SCENE_FIGURE_HANDLER, 1400, check_cards);
}

/* No exit is forgotten where it belongs: every question that does not lead on
 * with some answer has one for it. */
static void
test_exits (void)
{
  for (guint i = 0; i < scene_fault_node_count; i++) {
    const SceneFaultNode *n = &scene_fault_nodes[i];
    guint exits = 0;
    for (guint e = 0; e < scene_fault_exit_count; e++)
      exits += scene_fault_exits[e].node == i;
    gboolean lane = n->column == 0
                    && scene_fault_at (n->row, 1) != SCENE_FAULT_NONE;
    g_assert_cmpuint (exits + lane, >=, 1);
    g_assert_cmpuint (exits, <=, 2);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/handler", test_handler);
  g_test_add_func ("/kernel/handler-cards", test_cards);
  g_test_add_func ("/kernel/handler-exits", test_exits);
  return g_test_run ();
}
