/* The boxes of the page-fault handler's chart: questions, and the cards of the
 * fault and its outcome. */
#include <glib/gi18n-lib.h>

#include "figures/fault_chart.h"
#include "figures/fault_words.h"

static double
padding (const SceneBuild *b)
{
  return scene_em (b, 0.4);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.5);
}

static double
answer_width (const SceneBuild *b)
{
  return MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("yes")),
              scene_width (b, SCENE_TEXT_SMALL, _ ("no")));
}

double
scene_fault_box_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_SMALL)
         + scene_line (build, SCENE_TEXT_MONO_SMALL) + scene_em (build, 0.35);
}

double
scene_fault_box_width (const SceneBuild *build, gboolean trunk)
{
  double width = 0;

  for (guint i = 0; i < scene_fault_node_count; i++) {
    const SceneFaultNode *n = &scene_fault_nodes[i];
    if ((n->column == 0) != trunk)
      continue;
    width = MAX (width, scene_width (build, SCENE_TEXT_SMALL,
                                     scene_fault_question (n->question))
                            + gap (build) + answer_width (build));
    width = MAX (width, scene_fault_numbers_width (build, i));
  }
  for (guint i = 0; i < scene_fault_exit_count && !trunk; i++)
    width = MAX (width, scene_width (build, SCENE_TEXT_SMALL,
                                     _ (scene_fault_exits[i].text)));
  return width + 2 * padding (build);
}

/* The parts of a box's texts. */
static guint
upper_part (const SceneFaultBox *box)
{
  return box->part == SCENE_FAULT_BOX ? SCENE_FAULT_QUESTION
                                      : SCENE_FAULT_CARD_UPPER;
}

static guint
lower_part (const SceneFaultBox *box)
{
  return box->part == SCENE_FAULT_BOX ? SCENE_FAULT_NUMBERS
                                      : SCENE_FAULT_CARD_LOWER;
}

static void
add_upper (SceneBuild *b, const SceneFaultBox *box, SceneRect line)
{
  SceneItem *item;

  if (box->answer != NULL) {
    double width = scene_width (b, SCENE_TEXT_SMALL, box->answer);
    item = scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_HANDLER, SCENE_FAULT_ANSWER, box->number),
        SCENE_TEXT_SMALL, SCENE_ALIGN_END,
        scene_cut_right (&line, MIN (width, line.width), gap (b)), box->answer);
    item->role = SCENE_ROLE_ACCENT;
    item->emphasis = SCENE_STRONG;
  }
  item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_HANDLER, upper_part (box), box->number),
      SCENE_TEXT_SMALL, SCENE_ALIGN_START, line, box->upper);
  item->role = box->role;
  item->emphasis = MIN (box->emphasis, SCENE_STRONG);
}

void
scene_add_fault_box (SceneBuild *build, const SceneFaultBox *box,
                     SceneRect rect)
{
  double upper = scene_line (build, SCENE_TEXT_SMALL);
  double lower = scene_line (build, SCENE_TEXT_MONO_SMALL);
  SceneItem *item = scene_add_box (
      build, SCENE_ID (SCENE_FIGURE_HANDLER, box->part, box->number), rect,
      box->role, box->emphasis);

  item->name = scene_still_text (build->still, box->name);
  rect = scene_inset (rect, padding (build), 0);
  /* A question that stays quiet stands in the middle. */
  rect = scene_middle (rect, box->lower == NULL ? upper : upper + lower);
  add_upper (build, box, scene_cut_top (&rect, upper, 0));
  if (box->lower == NULL)
    return;
  item = scene_add_text (
      build, SCENE_ID (SCENE_FIGURE_HANDLER, lower_part (box), box->number),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, scene_cut_top (&rect, lower, 0),
      box->lower);
  item->emphasis = SCENE_STRONG;
}

SceneFaultBox
scene_fault_node_box (const SceneBuild *build, const SceneFaultRun *run,
                      guint node)
{
  const struct vm_step *step = run->asked[node];
  SceneFaultBox box
      = {.part = SCENE_FAULT_BOX,
         .number = node,
         .upper = scene_fault_question (scene_fault_nodes[node].question)};

  box.name = box.upper;
  if (step == NULL)
    return box;
  box.answer = step->values[VM_V_DECIDE_ANSWER] != 0 ? _ ("yes") : _ ("no");
  box.lower = scene_fault_numbers (build, run, node);
  box.emphasis = SCENE_STRONG;
  if (step == build->context->step) {
    box.role = SCENE_ROLE_ACCENT;
    box.emphasis = SCENE_ACTIVE;
  }
  box.name = scene_still_printf (build->still, "%s %s %s", box.upper,
                                 box.answer,
                                 box.lower == NULL ? "" : box.lower);
  return box;
}

/* A call that fails is neither a page nor a signal. */
static SceneRole
outcome_role (const SceneFaultRun *run)
{
  if (run->end == NULL || run->end->kind == VM_STEP_DECIDE)
    return SCENE_ROLE_MISS;
  return run->end->kind == VM_STEP_SIGNAL ? SCENE_ROLE_FAULT : SCENE_ROLE_HIT;
}

SceneFaultBox
scene_fault_card_box (const SceneBuild *build, const SceneFaultRun *run,
                      guint card)
{
  SceneFaultBox box = {.part = SCENE_FAULT_CARD, .number = card};
  const struct vm_step *step = card == 0 ? run->begin : run->end;

  box.upper = card == 0 ? scene_fault_who (build, run)
                        : scene_fault_outcome (build, run);
  box.lower = card == 0 ? scene_fault_where (build, run)
                        : scene_fault_result (build, run);
  box.role = card == 0 ? SCENE_ROLE_MISS : outcome_role (run);
  if (step != NULL)
    box.emphasis = step == build->context->step ? SCENE_ACTIVE : SCENE_STRONG;
  if (box.upper == NULL)
    box.upper = _ ("not decided yet");
  if (box.emphasis == SCENE_FAINT)
    box.role = SCENE_ROLE_NEUTRAL;
  box.name = box.lower == NULL ? box.upper
                               : scene_still_printf (build->still, "%s, %s",
                                                     box.upper, box.lower);
  return box;
}

double
scene_fault_token_side (const SceneBuild *build)
{
  return scene_em (build, 0.55);
}

void
scene_add_fault_token (SceneBuild *build, double x, double y)
{
  double side = scene_fault_token_side (build);
  SceneItem *item = scene_still_add (
      build->still, SCENE_ID (SCENE_FIGURE_HANDLER, SCENE_FAULT_TOKEN, 0),
      build->parent, SCENE_MARKER,
      (SceneRect){x - side / 2, y - side / 2, side, side});

  item->text = scene_still_text (build->still, "diamond");
  item->role = SCENE_ROLE_ACCENT;
  item->emphasis = SCENE_ACTIVE;
}
