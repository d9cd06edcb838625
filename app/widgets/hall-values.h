/* The operations of a beat, to be done with other values. */
#ifndef PW_HALL_VALUES_H
#define PW_HALL_VALUES_H

#include <gtk/gtk.h>

#include "run.h"

#define PW_TYPE_HALL_VALUES (pw_hall_values_get_type ())
G_DECLARE_FINAL_TYPE (PwHallValues, pw_hall_values, PW, HALL_VALUES, GtkWidget)

/* Those of the beat at a cursor, or of the next one where none has begun; and
 * those of the machine that have a seed. Signals: "changed" (const char *beat,
 * NULL for the machine; guint index; const char *line), when Return was pressed
 * in a line; "left": by Escape. */
GtkWidget *pw_hall_values_new (const LessonPlay *play, guint64 cursor);

/* Puts the focus into the first line, its address chosen. */
void pw_hall_values_focus (PwHallValues *values);

/* Says what is wrong with what was entered. */
void pw_hall_values_refuse (PwHallValues *values, const char *why);

#endif
