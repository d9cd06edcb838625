/* The hints of a question: they come one by one, each below the one before;
 * then all go. */
#ifndef PW_HINTS_H
#define PW_HINTS_H

#include <gtk/gtk.h>

typedef struct {
  GtkWidget *box;    /* where they stand */
  GtkWidget *button; /* that asks for the next */
  guint shown;
} PwHints;

/* The hints that there are, of LessonText; NULL for none. None is shown. */
void pw_hints_set (PwHints *hints, const GPtrArray *texts);

/* Shows one more, or hides all after the last. */
void pw_hints_next (PwHints *hints);

#endif
