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

double
scene_fault_card_height (const SceneBuild *build)
{
  return MAX (scene_line (build, SCENE_TEXT_SMALL),
              scene_line (build, SCENE_TEXT_MONO_SMALL))
         + scene_em (build, 0.45);
}

/* The numbers: below the words, or at the right of them. */
static void
add_lower (SceneBuild *b, const SceneFaultBox *box, SceneAlign align,
           SceneRect rect)
{
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_HANDLER, lower_part (box), box->number),
      SCENE_TEXT_MONO_SMALL, align,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_SMALL)), box->lower);

  item->emphasis = SCENE_STRONG;
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
  if (box->lower != NULL && rect.height < upper + lower) {
    add_lower (
        build, box, SCENE_ALIGN_END,
        scene_cut_right (&rect,
                         scene_width (build, SCENE_TEXT_MONO_SMALL, box->lower),
                         gap (build)));
    add_upper (build, box, scene_middle (rect, upper));
    return;
  }
  /* A question that stays quiet stands in the middle. */
  rect = scene_middle (rect, box->lower == NULL ? upper : upper + lower);
  add_upper (build, box, scene_cut_top (&rect, upper, 0));
  if (box->lower != NULL)
    add_lower (build, box, SCENE_ALIGN_START, rect);
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
  if (run->end == NULL && node == run->last) {
    box.role = SCENE_ROLE_ACCENT;
    box.emphasis = SCENE_ACTIVE;
  }
  box.name = scene_still_printf (build->still, "%s %s %s", box.upper,
                                 box.answer,
                                 box.lower == NULL ? "" : box.lower);
  return box;
}

/* Before the handler begins the fault is the access that is being made. */
static const struct vm_step *
card_step (const SceneFaultRun *run, guint card)
{
  if (card != 0)
    return run->end;
  return scene_fault_pending (run)
             ? (run->fault != NULL ? run->fault : run->access)
             : run->begin;
}

/* Until the first question the fault itself is where things happen; in the end,
 * what it came to. */
static gboolean
card_is_now (const SceneFaultRun *run, guint card)
{
  return card != 0 || scene_fault_pending (run)
         || (run->last == SCENE_FAULT_NONE && run->end == NULL);
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
  const struct vm_step *step = card_step (run, card);

  box.upper = card == 0 ? scene_fault_who (build, run)
                        : scene_fault_outcome (build, run);
  box.lower = card == 0 ? scene_fault_where (build, run)
                        : scene_fault_result (build, run);
  box.role = card != 0                             ? outcome_role (run)
             : step != NULL && step == run->access ? SCENE_ROLE_ACCENT
                                                   : SCENE_ROLE_MISS;
  if (step != NULL)
    box.emphasis = card_is_now (run, card) ? SCENE_ACTIVE : SCENE_STRONG;
  if (box.upper == NULL)
    box.upper = card_step (run, 0) == NULL && run->last == SCENE_FAULT_NONE
                    ? _ ("nothing to decide")
                    : _ ("not decided yet");
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
