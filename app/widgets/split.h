/* Prose beside the stage, or below it where the window is narrow.
 *
 *   wide                      narrow
 *   +--------+------------+   +---------+
 *   | start  |    end     |   |   end   |
 *   | (prose)|  (stage)   |   +---------+
 *   |        |            |   |  start  |
 *   +--------+------------+   +---------+                                   */
#ifndef PW_SPLIT_H
#define PW_SPLIT_H

#include <gtk/gtk.h>

/* Narrower than this, the stage stands above the prose. */
#define PW_SPLIT_NARROW 720

#define PW_TYPE_SPLIT (pw_split_get_type ())
G_DECLARE_FINAL_TYPE (PwSplit, pw_split, PW, SPLIT, GtkWidget)

/* Takes both children. */
GtkWidget *pw_split_new (GtkWidget *start, GtkWidget *end);

/* How much larger than usual the prose is: it gets as much more room. */
void pw_split_set_zoom (PwSplit *split, double zoom);

/* Whether a width at the usual zoom is shown stacked. */
gboolean pw_split_is_narrow (int width);

#endif
