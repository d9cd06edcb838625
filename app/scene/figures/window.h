/* A window over rows that are more than there is room for.
 *
 *   row 0                            the figure
 *   ...                              +----------------+ +
 *   first   ---------------------->  | first          | |  the scroll mark:
 *   ...                              | ...            | #  where the window is,
 *   focus, the datum of the step     | focus          | #  and how much of all
 *   ...                              | ...            | |  rows it shows
 *   first + visible  ------------->  +----------------+ +
 *   ...
 *   row total - 1
 *
 * Which rows a figure shows by itself is its own choice: mostly the datum in
 * the middle (scene_window_around). The reader may scroll the figure with
 * wheel, finger or arrow keys; then it shows other rows until the next step
 * brings the datum back. A figure need not know who scrolls it:
 *
 *   guint visible = MIN (total, (guint) (rect.height / row_height));
 *   guint64 first = scene_add_window (
 *       b, rect, total, visible, scene_window_around (total, visible, focus),
 *       NULL);
 *   for (guint i = 0; i < visible; i++)
 *     add_row (b, first + i, scene_cut_top (&rect, row_height, 0));
 */
#ifndef SCENE_FIGURES_WINDOW_H
#define SCENE_FIGURES_WINDOW_H

#include "figures/figure.h"

/* There is no row in question: the window stands at the first. */
#define SCENE_NO_FOCUS G_MAXUINT64

/* The first of `visible` rows with the focus in the middle, as far as the ends
 * allow. */
guint64 scene_window_around (guint64 total, guint visible, guint64 focus);

/* Tells the stage that the rows in rect can be scrolled, and adds the mark for
 * it at the right border of the panel build->parent, which has one window at
 * most. `visible` is how many rows rect holds, `first` the one shown on top
 * while nobody scrolls. Returns the one to show on top now. Where all rows have
 * room it adds nothing and returns 0.
 *
 * *scrolled (may be NULL) says if the reader chose: a figure that leaves out
 * dull rows by itself shows all, one after the other, when it is TRUE. */
guint64 scene_add_window (SceneBuild *build, SceneRect rect, guint64 total,
                          guint visible, guint64 first, gboolean *scrolled);

/* The same for columns beside each other, such as moments in time: the mark
 * lies along the lower border of the panel. */
guint64 scene_add_window_across (SceneBuild *build, SceneRect rect,
                                 guint64 total, guint visible, guint64 first);

#endif
