/* The few things that GTK 4.8 and its successors do in different ways. */
#ifndef PW_COMPAT_H
#define PW_COMPAT_H

#include <gtk/gtk.h>

/* Lets the reader choose a lesson's file, or in a sandbox its folder; chosen
 * gets its path, and is not called if none was chosen. */
typedef void (*PwChosen) (const char *path, gpointer data);
void pw_compat_open_file (GtkWindow *parent, PwChosen chosen, gpointer data);

/* The same for a recorded trace. */
void pw_compat_open_trace (GtkWindow *parent, PwChosen chosen, gpointer data);

/* The same for a program, and for the folder that has the interpreter and the
 * libraries of programs in its folders lib and usr/lib. */
void pw_compat_open_program (GtkWindow *parent, PwChosen chosen, gpointer data);
void pw_compat_choose_root (GtkWindow *parent, PwChosen chosen, gpointer data);

/* Lets the reader choose where to keep a text, proposing a name. */
void pw_compat_save_file (GtkWindow *parent, const char *title,
                          const char *name, PwChosen chosen, gpointer data);

/* Lets the reader choose a folder to put files into. */
void pw_compat_choose_folder (GtkWindow *parent, const char *title,
                              PwChosen chosen, gpointer data);

/* Has a screen reader say something, from GTK 4.14 on. */
void pw_compat_announce (GtkWidget *widget, const char *text);

/* To be called before GTK starts: draws with cairo, unless GSK_RENDERER says
 * otherwise, and then loads no OpenGL driver.
 *
 * The stage repaints only the small things that move. That costs next to
 * nothing with cairo on any machine, while OpenGL composes the whole window
 * anew: measured without a graphics card at 1920 x 1080, 3 ms a frame against
 * 63, the first frame after 160 ms against 340, and a third of the memory. */
void pw_compat_choose_renderer (void);

#endif
