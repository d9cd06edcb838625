/* A tree: parents centred over their children, or, where it is narrow, an
 * outline of lines. What has no room is gathered: "… 12 more". */
#ifndef SCENE_TREE_H
#define SCENE_TREE_H

#include "figures/figure.h"

/* Deepest node that is drawn; the root has depth 0. */
#define SCENE_TREE_DEPTH 24

#define SCENE_TREE_NO_PARENT G_MAXUINT

typedef struct {
  guint parent;         /* its position, which is before this one's */
  guint64 number;       /* in the id, 48 bits: what it is, as long as it is */
  const char *label;    /* translated, short */
  const char *sublabel; /* below or beside it; or NULL */
  const char *name;     /* for the screen reader */
  SceneRole role;
  SceneEmphasis emphasis; /* of the node, and of the line to its parent */
  gboolean wanted;        /* always shown, and so are the nodes above it */
  guint more;             /* children that are not in the list */
  gconstpointer shows;    /* bytes of the machine's state, or NULL */
  gsize shows_width;
} SceneTreeNode;

/* What never changes while stepping, so that nothing jumps. */
typedef struct {
  guint depth; /* levels of nodes, at least 1 */
  double node; /* width of the widest label, and of the widest sublabel */
} SceneTreeShape;

/* Widths of words as nodes hold them: the widest goes into the shape. */
double scene_tree_label_width (const SceneBuild *build, const char *text);
double scene_tree_sublabel_width (const SceneBuild *build, const char *text);

/* Widths: the least; that from which it is no longer an outline. */
double scene_tree_least (const SceneBuild *build, const SceneTreeShape *shape);
double scene_tree_width (const SceneBuild *build, const SceneTreeShape *shape);
double scene_tree_height (const SceneBuild *build, const SceneTreeShape *shape,
                          double width);

/* Adds the tree below build->parent: nodes in the order of a walk from the
 * root, each before its children, and those in their order. Ids are of the
 * figure, with parts from SCENE_PART on and the nodes' numbers. */
void scene_add_tree (SceneBuild *build, SceneFigureId figure,
                     const SceneTreeShape *shape, const SceneTreeNode *nodes,
                     guint count, SceneRect rect);

#endif
