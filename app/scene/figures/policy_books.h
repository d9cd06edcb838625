/* The books of a replacement policy that reclaim goes by: the pages of a
 * process that may have so many, or all frames; what the policy keeps of each,
 * and where its hand stands.
 *
 *     slot    |   0    |   1    |   2    |
 *   A · page  | 0x10000|>0x10003| 0x10001|    > the hand
 *       bit   |   1    |   0    |   1    |
 */
#ifndef SCENE_POLICY_BOOKS_H
#define SCENE_POLICY_BOOKS_H

#include "figures/figure.h"
#include "policy/policy.h"

/* Does the list of operations make a machine that goes by a policy? */
gboolean scene_books_are_kept (const SceneContext *context);

/* Widths of so many columns; the height. */
double scene_books_width (const SceneBuild *build, guint columns);
double scene_books_height (const SceneBuild *build);

/* The policy by which such a machine goes; and whether that has a hand, which a
 * mark shows. */
enum vm_policy scene_books_policy (const SceneContext *context);
gboolean scene_books_have_hand (const SceneContext *context);

/* Adds the grid below build->parent. Ids are of the figure, with the parts of
 * cells.h. */
void scene_add_books (SceneBuild *build, SceneFigureId figure, SceneRect rect);

#endif
