/* Which nodes of a tree to show where not all fit, and where they stand. */
#ifndef SCENE_FOLD_H
#define SCENE_FOLD_H

#include "figures/tree.h"

/* A node as it is shown; or, in place of children that are not, their
 * number. */
typedef struct {
  guint node;  /* in the list; of gathered ones: their parent */
  guint more;  /* 0, or how many are gathered here */
  guint depth; /* 0: the root */
  guint above; /* position in this list of the one it hangs from */
  double x;    /* of its middle, in columns, from 0 on */
} SceneTwig;

/* How much of a tree is shown: of each node that many children, and below
 * those that nobody wants, so many levels. */
typedef struct {
  guint children, reach;
} SceneFold;

/* The twigs of a tree (of SceneTwig), parents before children, from left to
 * right, folded until it is at most `columns` wide and `lines` long (0: no
 * matter). Free with g_array_unref. */
GArray *scene_fold (const SceneTreeNode *nodes, guint count, double columns,
                    guint lines);

#endif
