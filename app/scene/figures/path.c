/* A decision path: questions in a row of boxes, each with its answer, joined
 * by short lines. */
#include "figures/path.h"

#include "figures/kit.h"

enum {
  PART_BOX = SCENE_PART, /* number: position, as below */
  PART_QUESTION,
  PART_ANSWER,
  PART_MARK,
  PART_LINE
};

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.7);
}

static double
mark_side (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) * 0.75;
}

static double
box_height (const SceneBuild *b)
{
  return 2 * scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.7);
}

/* Boxes side by side: as many as fit, in rows that are about equal. */
static guint
columns_for (const SceneBuild *b, const ScenePathShape *shape, double width)
{
  guint fit = (guint) MAX (1, (width + gap (b) + 0.01)
                                  / (scene_path_least (b, shape) + gap (b)));
  guint rows = (shape->count + MIN (fit, shape->count) - 1)
               / MIN (fit, shape->count);

  return (shape->count + rows - 1) / rows;
}

static SceneRole
role_of (const ScenePathNode *node)
{
  switch (node->state) {
  case SCENE_PATH_AHEAD:
  case SCENE_PATH_SKIPPED:
    break;
  case SCENE_PATH_PASSED:
  case SCENE_PATH_GRANTS:
    return SCENE_ROLE_HIT;
  case SCENE_PATH_REFUSES:
    return SCENE_ROLE_FAULT;
  }
  return SCENE_ROLE_NEUTRAL;
}

static SceneEmphasis
emphasis_of (const ScenePathNode *node)
{
  if (node->now)
    return SCENE_ACTIVE;
  switch (node->state) {
  case SCENE_PATH_AHEAD:
  case SCENE_PATH_SKIPPED:
    return SCENE_FAINT;
  case SCENE_PATH_PASSED:
    return SCENE_NORMAL;
  case SCENE_PATH_GRANTS:
  case SCENE_PATH_REFUSES:
    break;
  }
  return SCENE_STRONG;
}

/* Boxes that only lead on stay quiet: the answer alone has the colour. */
static SceneRole
box_role (const ScenePathNode *node)
{
  gboolean decides = node->state == SCENE_PATH_GRANTS
                     || node->state == SCENE_PATH_REFUSES;

  return decides || node->now ? role_of (node) : SCENE_ROLE_NEUTRAL;
}

static void
add_answer (SceneBuild *b, SceneFigureId figure, guint i,
            const ScenePathNode *node, SceneRect line)
{
  gboolean marked = role_of (node) != SCENE_ROLE_NEUTRAL;
  SceneItem *item;

  if (marked) {
    SceneRect place = scene_middle (
        scene_cut_left (&line, mark_side (b), scene_em (b, 0.25)),
        mark_side (b));
    item = scene_still_add (b->still, SCENE_ID (figure, PART_MARK, i),
                            b->parent, SCENE_MARKER, place);
    item->text = scene_still_text (
        b->still, node->state == SCENE_PATH_REFUSES ? "cross" : "tick");
    item->role = role_of (node);
    item->emphasis = emphasis_of (node);
  }
  item = scene_add_text (b, SCENE_ID (figure, PART_ANSWER, i), SCENE_TEXT_SMALL,
                         SCENE_ALIGN_START, line, node->answer);
  item->role = role_of (node);
  item->emphasis = emphasis_of (node);
}

static void
add_node (SceneBuild *b, SceneFigureId figure, guint i,
          const ScenePathNode *node, SceneRect rect)
{
  SceneItem *item = scene_add_box (b, SCENE_ID (figure, PART_BOX, i), rect,
                                   box_role (node), emphasis_of (node));
  item->name
      = scene_still_printf (b->still, "%s %s", node->question, node->answer);
  if (node->width > 0)
    scene_item_shows_memory (b, item, node->pa, node->width);

  rect = scene_middle (scene_inset (rect, scene_em (b, 0.4), 0),
                       2 * scene_line (b, SCENE_TEXT_SMALL));
  item = scene_add_text (
      b, SCENE_ID (figure, PART_QUESTION, i), SCENE_TEXT_SMALL,
      SCENE_ALIGN_START,
      scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0),
      node->question);
  item->emphasis = emphasis_of (node) == SCENE_FAINT ? SCENE_FAINT
                                                     : SCENE_STRONG;
  add_answer (b, figure, i, node, rect);
}

static SceneEmphasis
line_emphasis (const ScenePathNode *node)
{
  return node->state == SCENE_PATH_AHEAD ? SCENE_FAINT : SCENE_STRONG;
}

/* From the last box of a row to the first of the next: down, back through the
 * gap between the rows, and down again. */
static void
add_return (SceneBuild *b, SceneFigureId figure, guint i, guint columns,
            const ScenePathNode *node, SceneRect box)
{
  double left = box.x + box.width / 2;
  double right = left + (columns - 1) * (box.width + gap (b));
  double top = box.y - gap (b), middle = box.y - gap (b) / 2;
  SceneItem *item = scene_still_add (
      b->still, SCENE_ID (figure, PART_LINE, i), b->parent, SCENE_LINE,
      (SceneRect){left, top, right - left, gap (b)});

  item->role = SCENE_ROLE_NEUTRAL;
  item->emphasis = MIN (line_emphasis (node), SCENE_NORMAL);
  scene_still_add_point (b->still, item, right, top);
  scene_still_add_point (b->still, item, right, middle);
  scene_still_add_point (b->still, item, left, middle);
  scene_still_add_point (b->still, item, left, box.y);
}

/* The line that leads to a box: from its left, or from above where boxes
 * stand in one column. */
static void
add_line (SceneBuild *b, SceneFigureId figure, guint i, guint columns,
          const ScenePathNode *node, SceneRect box)
{
  SceneRect line = {box.x - gap (b), box.y + box.height / 2, gap (b), 0};

  if (i == 0)
    return;
  if (columns > 1 && i % columns == 0) {
    add_return (b, figure, i, columns, node, box);
    return;
  }
  if (columns == 1)
    line = (SceneRect){box.x + scene_em (b, 0.8), box.y - gap (b) / 2, 0,
                       gap (b) / 2};
  SceneItem *item = scene_still_add (b->still, SCENE_ID (figure, PART_LINE, i),
                                     b->parent, SCENE_RULE, line);
  item->role = SCENE_ROLE_NEUTRAL;
  item->emphasis = line_emphasis (node);
}

double
scene_path_question_width (const SceneBuild *build, const char *text)
{
  return scene_width (build, SCENE_TEXT_SMALL, text);
}

double
scene_path_answer_width (const SceneBuild *build, const char *text)
{
  return scene_width (build, SCENE_TEXT_SMALL, text) + mark_side (build)
         + scene_em (build, 0.25);
}

double
scene_path_least (const SceneBuild *build, const ScenePathShape *shape)
{
  return shape->text + scene_em (build, 0.8);
}

double
scene_path_width (const SceneBuild *build, const ScenePathShape *shape)
{
  return shape->count * (scene_path_least (build, shape) + gap (build))
         - gap (build);
}

/* In one column the lines between boxes are half as long. */
static double
row_gap (const SceneBuild *b, guint columns)
{
  return columns == 1 ? gap (b) / 2 : gap (b);
}

double
scene_path_height (const SceneBuild *build, const ScenePathShape *shape,
                   double width)
{
  guint columns = columns_for (build, shape, width);
  guint rows = (shape->count + columns - 1) / columns;
  double between = row_gap (build, columns);

  return rows * (box_height (build) + between) - between;
}

void
scene_add_path (SceneBuild *build, SceneFigureId figure,
                const ScenePathShape *shape, const ScenePathNode *nodes,
                SceneRect rect)
{
  guint columns = columns_for (build, shape, rect.width);
  guint rows = (shape->count + columns - 1) / columns;

  for (guint i = 0; i < shape->count; i++) {
    SceneRect row
        = scene_row (rect, i / columns, rows, row_gap (build, columns));
    SceneRect box = scene_column (row, i % columns, columns, gap (build));
    add_line (build, figure, i, columns, &nodes[i], box);
    add_node (build, figure, i, &nodes[i], box);
  }
}
