/* The fonts that a stage is laid out with: at the reader's text size, and
 * enlarged to fill its room.
 *
 * A large window, or a projector, is to be filled with larger figures and not
 * with empty ones. */
#ifndef PW_STAGE_FONTS_H
#define PW_STAGE_FONTS_H

#include <gtk/gtk.h>

#include "paint.h"

typedef struct _PwStageFonts PwStageFonts;

/* Fonts after those of a widget, which must live longer. Free with
 * pw_stage_fonts_free. */
PwStageFonts *pw_stage_fonts_new (GtkWidget *widget);
void pw_stage_fonts_free (PwStageFonts *fonts);

/* Forgets all that was made. pw_stage_fonts_differ says whether the widget's
 * own font has changed since: styles change for many reasons, such as the
 * window going to the back. */
void pw_stage_fonts_forget (PwStageFonts *fonts);
gboolean pw_stage_fonts_differ (PwStageFonts *fonts);

/* How much larger than suits its room the reader wants it; 1 is usual. */
void pw_stage_fonts_set_zoom (PwStageFonts *fonts, double zoom);
double pw_stage_fonts_get_zoom (PwStageFonts *fonts);

/* What to lay out a size with; owned by the fonts, until they are forgotten or
 * a size needs others. */
ScenePainter *pw_stage_fonts_for (PwStageFonts *fonts, int width, int height);

/* Whether a size would need others than the last. */
gboolean pw_stage_fonts_change (PwStageFonts *fonts, int width, int height);

/* What to measure the least height in a width with. The stage is measured in
 * widths that it never gets: what it is laid out with stays. */
ScenePainter *pw_stage_fonts_least (PwStageFonts *fonts, int width);

/* What was last laid out with, to paint with; NULL for none. */
ScenePainter *pw_stage_fonts_now (PwStageFonts *fonts);

#endif
