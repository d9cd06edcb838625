/* A region as a node of the tree: its colour, its ends, what it allows; and how
 * an address compares with it. */
#ifndef SCENE_VMA_NODE_H
#define SCENE_VMA_NODE_H

#include "figures/kit.h"
#include "figures/vmas.h"

/* Parts of the ids. Number: the region, unless it says something else. */
enum {
  SCENE_VMA_NODE = SCENE_PART,
  SCENE_VMA_BADGE,
  SCENE_VMA_START,
  SCENE_VMA_END,
  SCENE_VMA_WORD,
  SCENE_VMA_LABEL,
  SCENE_VMA_BRANCH,
  SCENE_VMA_TOKEN, /* number: 0 */
  SCENE_VMA_CELL,
  SCENE_VMA_CELL_UPPER,
  SCENE_VMA_CELL_LOWER,
  SCENE_VMA_LINK,
  SCENE_VMA_HEADING, /* number: 0 the list, 1 the maple tree */
  SCENE_VMA_SLOT,    /* number: slot, as below */
  SCENE_VMA_LEAF,    /* number: leaf, as below */
  SCENE_VMA_LEAF_TEXT,
  SCENE_VMA_ROOT,
  SCENE_VMA_EMPTY
};

/* Three lines high; or two, with what it is called at the right. */
typedef enum { SCENE_VMA_TALL, SCENE_VMA_FLAT } SceneVmaForm;

double scene_vma_width (const SceneBuild *build, SceneVmaForm form);
double scene_vma_height (const SceneBuild *build, SceneVmaForm form);
void scene_add_vma (SceneBuild *build, const SceneVma *vma, SceneVmaForm form,
                    SceneRect rect);

/* The line from the parent's place to a region's own; lit where the look-up
 * went that way. Points: of the line. */
void scene_add_vma_branch (SceneBuild *build, const SceneVmas *vmas,
                           const SceneVma *vma, const ScenePoint *points,
                           guint count);

/* The mark of where the look-up is, round a point, and how wide it is. */
double scene_vma_token_side (const SceneBuild *build);
void scene_add_vma_token (SceneBuild *build, double x, double y);

#endif
