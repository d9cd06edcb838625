/* The main window: library, lesson or problems, one at a time. */
#ifndef PW_WINDOW_H
#define PW_WINDOW_H

#include <adwaita.h>

#define PW_TYPE_WINDOW (pw_window_get_type ())
G_DECLARE_FINAL_TYPE (PwWindow, pw_window, PW, WINDOW, AdwApplicationWindow)

GtkWidget *pw_window_new (GtkApplication *application);

/* Shows the library, unless something is shown already. */
void pw_window_show_something (PwWindow *window);

/* Shows the library. */
void pw_window_show_library (PwWindow *window);

/* Opens a lesson by its identity, or from a folder or file; or a course, or a
 * recorded trace. What is wrong with it is shown in the window. */
void pw_window_open (PwWindow *window, const char *lesson);

#endif
