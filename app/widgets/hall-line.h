/* How far a presentation has come: a thin line with a ring on it. */
#ifndef PW_HALL_LINE_H
#define PW_HALL_LINE_H

#include <gtk/gtk.h>

#include "palette.h"
#include "playhead.h"

#define PW_TYPE_HALL_LINE (pw_hall_line_get_type ())
G_DECLARE_FINAL_TYPE (PwHallLine, pw_hall_line, PW, HALL_LINE, GtkWidget)

GtkWidget *pw_hall_line_new (void);

/* What it follows; NULL for nothing. */
void pw_hall_line_set_playhead (PwHallLine *line, PwPlayhead *head);
void pw_hall_line_set_palette (PwHallLine *line, const ScenePalette *palette);

#endif
