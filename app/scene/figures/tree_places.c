/* How large a tree is, and where its nodes stand. */
#include "figures/tree_places.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"

static double
column_gap (const SceneBuild *b)
{
  return scene_em (b, 0.7);
}

/* "… 8888 more": what is gathered is as wide as a node at least, and never cut.
 */
static double
more_width (const SceneBuild *b)
{
  g_autofree char *text
      = g_strdup_printf (ngettext ("… %u more", "… %u more", 8888), 8888u);

  return scene_width (b, SCENE_TEXT_SMALL, text) + scene_em (b, 0.5);
}

static double
node_width (const SceneBuild *b, const SceneTreeShape *shape)
{
  return MAX (shape->node + 2 * scene_tree_padding (b), more_width (b));
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
twig_at (const SceneTreePlaces *p, guint i)
{
  return &g_array_index (p->twigs, SceneTwig, i);
}

/* Lines of an outline keep left; each depth is set in. */
static void
place_lines (const SceneBuild *b, SceneTreePlaces *p,
             const SceneTreeShape *shape, SceneRect rect)
{
  double width = 2 * shape->node + 3 * scene_tree_padding (b);
  double spare = rect.width - node_width (b, shape);
  double indent
      = MIN (scene_em (b, 1.4), MAX (0, spare) / MAX (1, shape->depth - 1));

  for (guint i = 0; i < p->twigs->len; i++) {
    double in = twig_at (p, i)->depth * indent;
    SceneRect line = scene_cut_top (&rect, row_height (b), row_gap (b));
    p->rects[i] = (SceneRect){line.x + in, line.y, MIN (width, line.width - in),
                              line.height};
  }
}

static void
place_nodes (const SceneBuild *b, SceneTreePlaces *p,
             const SceneTreeShape *shape, SceneRect rect)
{
  double width = node_width (b, shape), height = node_height (b), most = 0;
  double fall = shape->depth < 2 ? 0
                                 : (rect.height - shape->depth * height)
                                       / (shape->depth - 1);

  fall = CLAMP (fall, scene_em (b, 0.9), scene_em (b, 2.2));
  for (guint i = 0; i < p->twigs->len; i++)
    most = MAX (most, twig_at (p, i)->x);
  double column = MIN (most > 0 ? (rect.width - width) / most : 0,
                       1.5 * (width + column_gap (b)));
  double left = rect.x + (rect.width - width - most * column) / 2;
  for (guint i = 0; i < p->twigs->len; i++) {
    const SceneTwig *t = twig_at (p, i);
    p->rects[i] = (SceneRect){left + t->x * column,
                              rect.y + t->depth * (height + fall), width,
                              height};
  }
}

double
scene_tree_padding (const SceneBuild *build)
{
  return scene_em (build, 0.45);
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

SceneTreePlaces
scene_tree_places (const SceneBuild *build, const SceneTreeShape *shape,
                   const SceneTreeNode *nodes, guint count, SceneRect rect)
{
  gboolean outline = rect.width < scene_tree_width (build, shape);
  double column = node_width (build, shape) + column_gap (build);
  double line = row_height (build) + row_gap (build);
  SceneTreePlaces p = {.outline = outline};

  if (outline)
    p.twigs
        = scene_fold (nodes, count, 0,
                      (guint) ((rect.height + row_gap (build) + 0.01) / line));
  else
    p.twigs = scene_fold (nodes, count,
                          (rect.width + column_gap (build)) / column, 0);
  p.rects = g_new0 (SceneRect, MAX (1, p.twigs->len));
  if (outline)
    place_lines (build, &p, shape, rect);
  else
    place_nodes (build, &p, shape, rect);
  return p;
}

void
scene_tree_places_clear (SceneTreePlaces *places)
{
  g_clear_pointer (&places->twigs, g_array_unref);
  g_clear_pointer (&places->rects, g_free);
}
