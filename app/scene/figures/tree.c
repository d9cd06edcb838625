/* A tree: parents centred over their children, or an outline of lines. */
#include "figures/tree.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/tree_places.h"

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
  const SceneTreePlaces *places;
} Draft;

static const SceneTwig *
twig_at (const Draft *d, guint i)
{
  return &g_array_index (d->places->twigs, SceneTwig, i);
}

/* From below the parent: down, across and down again, or, in an outline, down
 * and across. */
static void
add_branch (const Draft *d, guint i)
{
  const SceneTwig *t = twig_at (d, i);
  const SceneTreeNode *node = &d->nodes[t->node];
  const SceneRect *from = &d->places->rects[t->above],
                  *to = &d->places->rects[i];
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
  if (d->places->outline) {
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
  SceneRect lower = scene_inset (rect, scene_tree_padding (b), 0),
            upper = lower;
  SceneAlign align = d->places->outline ? SCENE_ALIGN_START
                                        : SCENE_ALIGN_CENTER;
  double line = scene_line (b, SCENE_TEXT_MONO_SMALL);

  if (d->places->outline) {
    double width = MIN (upper.width,
                        scene_width (b, SCENE_TEXT_MONO_SMALL, node->label));
    upper = scene_middle (
        scene_cut_left (&lower, width, scene_tree_padding (b)), line);
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
  if (node->sublabel != NULL
      && 2 * lower.width > scene_width (b, SCENE_TEXT_SMALL, node->sublabel))
    scene_add_text (b, SCENE_ID (d->figure, PART_SUBLABEL, node->number),
                    SCENE_TEXT_SMALL,
                    d->places->outline ? SCENE_ALIGN_END : SCENE_ALIGN_CENTER,
                    lower, node->sublabel);
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
      SCENE_TEXT_SMALL,
      d->places->outline ? SCENE_ALIGN_START : SCENE_ALIGN_CENTER,
      scene_inset (rect, scene_em (d->b, 0.2), 0), text);

  item->emphasis = SCENE_FAINT;
  item->name = scene_still_text (d->b->still, text);
}

/* Branches that matter come last, for they cover the others. */
static void
add_branches (const Draft *d)
{
  for (SceneEmphasis e = SCENE_FAINT; e <= SCENE_ACTIVE; e++)
    for (guint i = 1; i < d->places->twigs->len; i++) {
      const SceneTwig *t = twig_at (d, i);
      if ((t->more > 0 ? SCENE_FAINT : d->nodes[t->node].emphasis) == e)
        add_branch (d, i);
    }
}

void
scene_add_tree (SceneBuild *build, SceneFigureId figure,
                const SceneTreeShape *shape, const SceneTreeNode *nodes,
                guint count, SceneRect rect)
{
  g_auto (SceneTreePlaces) places
      = scene_tree_places (build, shape, nodes, count, rect);
  Draft d = {build, figure, nodes, &places};

  add_branches (&d);
  for (guint i = 0; i < places.twigs->len; i++) {
    const SceneTwig *t = twig_at (&d, i);
    if (t->more > 0)
      add_more (&d, t, places.rects[i]);
    else
      add_node (&d, &nodes[t->node], places.rects[i]);
  }
}
