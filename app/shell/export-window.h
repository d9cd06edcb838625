/* The window that asks what of a lesson to take away, and shows how far that
 * is. */
#ifndef PW_EXPORT_WINDOW_H
#define PW_EXPORT_WINDOW_H

#include <adwaita.h>

#include "run.h" /* of the lesson engine */

#define PW_TYPE_EXPORT_WINDOW (pw_export_window_get_type ())
G_DECLARE_FINAL_TYPE (PwExportWindow, pw_export_window, PW, EXPORT_WINDOW,
                      AdwWindow)

/* Signals: "saved" (string: the path), after which it closes; "print" (string:
 * the steps, boolean: with answers): the reader wants the handout on paper. */

/* For the lesson of that play, shown at a step; the lesson is only looked at
 * now. */
GtkWidget *pw_export_window_new (GtkWindow *parent, const LessonPlay *play,
                                 guint step);

/* Begins to write to a path, as if it had been chosen. */
void pw_export_window_begin (PwExportWindow *window, const char *path);

#endif
