/* The page-fault handler where it is narrow: its questions as a list. */
#include <glib/gi18n-lib.h>

#include "figures/fault_chart.h"
#include "figures/fault_words.h"

/* One line of the list holds a question, its numbers and its answer. */
static double
line_height (const SceneBuild *b)
{
  return MAX (scene_line (b, SCENE_TEXT_SMALL),
              scene_line (b, SCENE_TEXT_MONO_SMALL))
         + scene_em (b, 0.25);
}

static double
line_gap (const SceneBuild *b)
{
  return scene_em (b, 0.12);
}

static double
column_gap (const SceneBuild *b)
{
  return scene_em (b, 0.8);
}

static double
word_gap (const SceneBuild *b)
{
  return scene_em (b, 0.35);
}

static double
answer_width (const SceneBuild *b)
{
  return MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("yes")),
              scene_width (b, SCENE_TEXT_SMALL, _ ("no")));
}

static guint
columns_for (const SceneBuild *b, double width)
{
  double least = scene_fault_list_least (b) + column_gap (b);

  return (guint) CLAMP ((width + column_gap (b) + 0.01) / least, 1, 3);
}

static guint
lines_for (const SceneBuild *b, double width)
{
  guint columns = columns_for (b, width);

  return (scene_fault_node_count + columns - 1) / columns;
}

static SceneItem *
add_word (SceneBuild *b, guint part, guint node, SceneTextStyle style,
          SceneAlign align, SceneRect rect, const char *text)
{
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_HANDLER, part, node), style, align,
      scene_middle (rect, scene_line (b, style)), text);

  item->emphasis = SCENE_STRONG;
  return item;
}

static void
add_question (SceneBuild *b, const SceneFaultRun *run, guint node,
              SceneRect rect)
{
  SceneFaultBox box = scene_fault_node_box (b, run, node);
  SceneItem *item = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_HANDLER, SCENE_FAULT_BOX, node), rect, box.role,
      box.emphasis);

  item->name = box.name;
  rect = scene_inset (rect, scene_em (b, 0.4), 0);
  if (box.answer != NULL)
    add_word (b, SCENE_FAULT_ANSWER, node, SCENE_TEXT_SMALL, SCENE_ALIGN_END,
              scene_cut_right (&rect, answer_width (b), word_gap (b)),
              box.answer)
        ->role
        = SCENE_ROLE_ACCENT;
  double width = scene_width (b, SCENE_TEXT_SMALL, box.upper);
  item = add_word (
      b, SCENE_FAULT_QUESTION, node, SCENE_TEXT_SMALL, SCENE_ALIGN_START,
      scene_cut_left (&rect, MIN (width, rect.width), word_gap (b)), box.upper);
  item->role = box.role;
  item->emphasis = MIN (box.emphasis, SCENE_STRONG);
  if (box.lower != NULL && rect.width > 0)
    add_word (b, SCENE_FAULT_NUMBERS, node, SCENE_TEXT_MONO_SMALL,
              SCENE_ALIGN_END, rect, box.lower);
}

static double
least_line (const SceneBuild *b)
{
  double width = 0;

  for (guint i = 0; i < scene_fault_node_count; i++) {
    const SceneFaultNode *n = &scene_fault_nodes[i];
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL,
                                     scene_fault_question (n->question))
                            + scene_fault_numbers_width (b, i));
  }
  return width + answer_width (b) + 2 * word_gap (b) + scene_em (b, 0.8);
}

double
scene_fault_list_least (const SceneBuild *build)
{
  return MAX (least_line (build),
              scene_fault_lines_width (build) + scene_em (build, 0.8));
}

double
scene_fault_list_height (const SceneBuild *build, double width)
{
  guint cards = columns_for (build, width) > 1 ? 1 : 2;
  double card = scene_fault_box_height (build) + scene_em (build, 0.4);

  return cards * card
         + lines_for (build, width) * (line_height (build) + line_gap (build))
         - line_gap (build);
}

/* The fault stands above the questions; what it came to beside it, or, in a
 * single column, below them. */
void
scene_add_fault_list (SceneBuild *build, const SceneFaultRun *run,
                      SceneRect rect)
{
  guint columns = columns_for (build, rect.width);
  guint lines = lines_for (build, rect.width);
  double height = scene_fault_box_height (build), gap = scene_em (build, 0.4);
  SceneFaultBox fault = scene_fault_card_box (build, run, 0);
  SceneFaultBox outcome = scene_fault_card_box (build, run, 1);
  SceneRect card = scene_cut_top (&rect, height, gap);

  scene_add_fault_box (
      build, &fault,
      columns > 1 ? scene_column (card, 0, 2, column_gap (build)) : card);
  SceneRect below = {rect.x,
                     rect.y + lines * (line_height (build) + line_gap (build))
                         - line_gap (build) + gap,
                     rect.width, height};
  scene_add_fault_box (
      build, &outcome,
      columns > 1 ? scene_column (card, 1, 2, column_gap (build)) : below);
  for (guint i = 0; i < scene_fault_node_count; i++) {
    SceneRect column
        = scene_column (rect, i / lines, columns, column_gap (build));
    column.y += i % lines * (line_height (build) + line_gap (build));
    column.height = line_height (build);
    add_question (build, run, i, column);
  }
}
