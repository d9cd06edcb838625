/* Printing a lesson: a handout on whatever paper the printer has. */
#ifndef PW_PRINTING_H
#define PW_PRINTING_H

#include <gtk/gtk.h>

#include "run.h" /* of the lesson engine */

/* Told what went wrong, in a sentence. */
typedef void (*PwPrintingTell) (const char *message, gpointer data);

/* Lets the system's dialog ask how to print; in a sandbox that is the
 * portal's. steps are those with a picture, in the words of chosen.h; with
 * `key`, pages with the answers follow. What goes wrong is told in a sentence.
 * A copy of the lesson is printed, for the file may be saved anew while the
 * dialog asks.
 *
 * With a path nobody is asked, and the pages are written there as PDF: that is
 * how a test prints. */
void pw_print (GtkWindow *parent, const LessonDocument *document,
               const char *steps, gboolean key, const char *path,
               PwPrintingTell tell, gpointer data);

#endif
