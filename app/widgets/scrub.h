/* The scrub bar: the whole lesson as a line, with a knob where the reader is.
 *
 *      ⚑   ◆ |   |  ?  ▶        marks, one shape and colour a kind of event
 *   ==============O--------     drag the knob, click the line or a mark
 *
 * To assistive technology it is a slider whose value is read as a sentence. */
#ifndef PW_SCRUB_H
#define PW_SCRUB_H

#include <gtk/gtk.h>

#include "mark.h"
#include "playhead.h"

#define PW_TYPE_SCRUB (pw_scrub_get_type ())
G_DECLARE_FINAL_TYPE (PwScrub, pw_scrub, PW, SCRUB, GtkWidget)

GtkWidget *pw_scrub_new (void);

/* What it shows and moves; NULL for nothing. */
void pw_scrub_set_playhead (PwScrub *scrub, PwPlayhead *head);

/* Takes a reference of the marks (of PwMark); NULL for none. */
void pw_scrub_set_marks (PwScrub *scrub, GPtrArray *marks);
void pw_scrub_set_palette (PwScrub *scrub, const ScenePalette *palette);

/* What is read out for the present step. */
void pw_scrub_set_sentence (PwScrub *scrub, const char *sentence);

/* The mark within reach of a place in the widget, or NULL. Marks that would run
 * into a weightier one are not shown. */
const PwMark *pw_scrub_mark_at (PwScrub *scrub, double x, double y);

#endif
