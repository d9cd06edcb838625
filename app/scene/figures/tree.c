/* A tree: parents centred over their children, or an outline of lines. */
#include "figures/tree.h"

#include <glib/gi18n-lib.h>

#include "figures/fold.h"
#include "figures/kit.h"

enum {
  PART_NODE = SCENE_PART, /* number: the node's, as below */
  PART_LABEL,
  PART_SUBLABEL,
  PART_BRANCH,
  PART_MORE, /* number: of the node whose children are gathered */
  PART_MORE_BRANCH
};

/* A tree on its way. */
typedef struct {
  SceneBuild *b;
  SceneFigureId figure;
  const SceneTreeNode *nodes;
  GArray *twigs;
  SceneRect *places; /* one a twig */
  gboolean outline;
} Draft;

static double
padding (const SceneBuild *b)
{
  return scene_em (b, 0.45);
}

static double
column_gap (const SceneBuild *b)
{
  return scene_em (b, 0.7);
}

static double
node_width (const SceneBuild *b, const SceneTreeShape *shape)
{
  return shape->node + 2 * padding (b);
}

static double
node_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL)
         + scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.3);
}

static double
row_height (const SceneBuild *b)
{
  return MAX (scene_line (b, SCENE_TEXT_MONO_SMALL),
              scene_line (b, SCENE_TEXT_SMALL))
         + scene_em (b, 0.3);
}

static double
row_gap (const SceneBuild *b)
{
  return scene_em (b, 0.25);
}

/* Lines of an outline: the way to what is wanted, what is gathered beside it,
 * and some more. */
static guint
outline_lines (const SceneTreeShape *shape)
{
  return 2 * shape->depth + 3;
}

static const SceneTwig *
twig_at (const Draft *d, guint i)
{
  return &g_array_index (d->twigs, SceneTwig, i);
}

/* Lines of an outline keep left; each depth is set in. */
static void
place_lines (Draft *d, const SceneTreeShape *shape, SceneRect rect)
{
  SceneBuild *b = d->b;
  double width = 2 * shape->node + 3 * padding (b);
  double spare = rect.width - node_width (b, shape);
  double indent
      = MIN (scene_em (b, 1.4), MAX (0, spare) / MAX (1, shape->depth - 1));

  for (guint i = 0; i < d->twigs->len; i++) {
    double in = twig_at (d, i)->depth * indent;
    SceneRect line = scene_cut_top (&rect, row_height (b), row_gap (b));
    d->places[i] = (SceneRect){line.x + in, line.y,
                               MIN (width, line.width - in), line.height};
  }
}

static void
place_nodes (Draft *d, const SceneTreeShape *shape, SceneRect rect)
{
  SceneBuild *b = d->b;
  double width = node_width (b, shape), height = node_height (b), most = 0;
  double fall = shape->depth < 2 ? 0
                                 : (rect.height - shape->depth * height)
                                       / (shape->depth - 1);

  fall = CLAMP (fall, scene_em (b, 0.9), scene_em (b, 2.2));
  for (guint i = 0; i < d->twigs->len; i++)
    most = MAX (most, twig_at (d, i)->x);
  double column = MIN (most > 0 ? (rect.width - width) / most : 0,
                       1.5 * (width + column_gap (b)));
  double left = rect.x + (rect.width - width - most * column) / 2;
  for (guint i = 0; i < d->twigs->len; i++) {
    const SceneTwig *t = twig_at (d, i);
    d->places[i] = (SceneRect){left + t->x * column,
                               rect.y + t->depth * (height + fall), width,
                               height};
  }
}

/* From below the parent: down, across and down again, or, in an outline, down
 * and across. */
static void
add_branch (const Draft *d, guint i)
{
  const SceneTwig *t = twig_at (d, i);
  const SceneTreeNode *node = &d->nodes[t->node];
  const SceneRect *from = &d->places[t->above], *to = &d->places[i];
  SceneStill *still = d->b->still;
  SceneItem *item = scene_still_add (
      still,
      SCENE_ID (d->figure, t->more > 0 ? PART_MORE_BRANCH : PART_BRANCH,
                node->number),
      d->b->parent, SCENE_LINE, *to);

  if (t->more == 0 && node->emphasis >= SCENE_STRONG)
    item->role = node->role;
  item->emphasis = t->more > 0 ? SCENE_FAINT : node->emphasis;
  if (t->more > 0)
    item->stroke = SCENE_STROKE_DOTTED;
  if (d->outline) {
    double x = from->x + scene_em (d->b, 0.5);
    scene_still_add_point (still, item, x, from->y + from->height);
    scene_still_add_point (still, item, x, to->y + to->height / 2);
    scene_still_add_point (still, item, to->x, to->y + to->height / 2);
    return;
  }
  double bottom = from->y + from->height, middle = (bottom + to->y) / 2;
  scene_still_add_point (still, item, from->x + from->width / 2, bottom);
  scene_still_add_point (still, item, from->x + from->width / 2, middle);
  scene_still_add_point (still, item, to->x + to->width / 2, middle);
  scene_still_add_point (still, item, to->x + to->width / 2, to->y);
}

static void
add_words (const Draft *d, const SceneTreeNode *node, SceneRect rect)
{
  SceneBuild *b = d->b;
  SceneRect lower = scene_inset (rect, padding (b), 0), upper = lower;
  SceneAlign align = d->outline ? SCENE_ALIGN_START : SCENE_ALIGN_CENTER;
  double line = scene_line (b, SCENE_TEXT_MONO_SMALL);

  if (d->outline) {
    double width = MIN (upper.width,
                        scene_width (b, SCENE_TEXT_MONO_SMALL, node->label));
    upper = scene_middle (scene_cut_left (&lower, width, padding (b)), line);
    lower = scene_middle (lower, scene_line (b, SCENE_TEXT_SMALL));
  } else {
    lower.y += scene_em (b, 0.15);
    upper = scene_cut_top (&lower, line, 0);
    lower.height = scene_line (b, SCENE_TEXT_SMALL);
  }
  SceneItem *item
      = scene_add_text (b, SCENE_ID (d->figure, PART_LABEL, node->number),
                        SCENE_TEXT_MONO_SMALL, align, upper, node->label);
  item->role = node->role;
  item->emphasis = MAX (node->emphasis, SCENE_NORMAL);
  if (node->sublabel != NULL && lower.width > 0)
    scene_add_text (b, SCENE_ID (d->figure, PART_SUBLABEL, node->number),
                    SCENE_TEXT_SMALL,
                    d->outline ? SCENE_ALIGN_END : SCENE_ALIGN_CENTER, lower,
                    node->sublabel);
}

static void
add_node (const Draft *d, const SceneTreeNode *node, SceneRect rect)
{
  SceneItem *item
      = scene_add_box (d->b, SCENE_ID (d->figure, PART_NODE, node->number),
                       rect, node->role, node->emphasis);

  item->name = scene_still_text (d->b->still, node->name);
  if (node->shows != NULL)
    scene_item_shows (d->b, item, node->shows, node->shows_width);
  add_words (d, node, rect);
}

static void
add_more (const Draft *d, const SceneTwig *t, SceneRect rect)
{
  const char *text = scene_still_printf (
      d->b->still, ngettext ("… %u more", "… %u more", t->more), t->more);
  SceneItem *item = scene_add_text (
      d->b, SCENE_ID (d->figure, PART_MORE, d->nodes[t->node].number),
      SCENE_TEXT_SMALL, d->outline ? SCENE_ALIGN_START : SCENE_ALIGN_CENTER,
      scene_inset (rect, scene_em (d->b, 0.2), 0), text);

  item->emphasis = SCENE_FAINT;
  item->name = scene_still_text (d->b->still, text);
}

/* Branches that matter come last, for they cover the others. */
static void
add_branches (const Draft *d)
{
  for (SceneEmphasis e = SCENE_FAINT; e <= SCENE_ACTIVE; e++)
    for (guint i = 1; i < d->twigs->len; i++) {
      const SceneTwig *t = twig_at (d, i);
      if ((t->more > 0 ? SCENE_FAINT : d->nodes[t->node].emphasis) == e)
        add_branch (d, i);
    }
}

double
scene_tree_label_width (const SceneBuild *build, const char *text)
{
  return scene_width (build, SCENE_TEXT_MONO_SMALL, text);
}

double
scene_tree_sublabel_width (const SceneBuild *build, const char *text)
{
  return scene_width (build, SCENE_TEXT_SMALL, text);
}

double
scene_tree_least (const SceneBuild *build, const SceneTreeShape *shape)
{
  return node_width (build, shape) + scene_em (build, 0.5) * shape->depth;
}

double
scene_tree_width (const SceneBuild *build, const SceneTreeShape *shape)
{
  return (shape->depth + 1) * (node_width (build, shape) + column_gap (build))
         - column_gap (build);
}

double
scene_tree_height (const SceneBuild *build, const SceneTreeShape *shape,
                   double width)
{
  if (width < scene_tree_width (build, shape))
    return outline_lines (shape) * (row_height (build) + row_gap (build))
           - row_gap (build);
  return shape->depth * (node_height (build) + scene_em (build, 0.9))
         - scene_em (build, 0.9);
}

void
scene_add_tree (SceneBuild *build, SceneFigureId figure,
                const SceneTreeShape *shape, const SceneTreeNode *nodes,
                guint count, SceneRect rect)
{
  gboolean outline = rect.width < scene_tree_width (build, shape);
  double column = node_width (build, shape) + column_gap (build);
  guint lines = (guint) ((rect.height + row_gap (build) + 0.01)
                         / (row_height (build) + row_gap (build)));
  g_autoptr (GArray) twigs
      = outline ? scene_fold (nodes, count, 0, lines)
                : scene_fold (nodes, count,
                              (rect.width + column_gap (build)) / column, 0);
  g_autofree SceneRect *places = g_new0 (SceneRect, MAX (1, twigs->len));
  Draft d = {build, figure, nodes, twigs, places, outline};

  if (outline)
    place_lines (&d, shape, rect);
  else
    place_nodes (&d, shape, rect);
  add_branches (&d);
  for (guint i = 0; i < twigs->len; i++) {
    const SceneTwig *t = twig_at (&d, i);
    if (t->more > 0)
      add_more (&d, t, places[i]);
    else
      add_node (&d, &nodes[t->node], places[i]);
  }
}
