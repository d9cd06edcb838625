/* One thing that is wrong with a lesson: where, what, and what would be right.
 */
#ifndef PW_PROBLEM_ROW_H
#define PW_PROBLEM_ROW_H

#include <gtk/gtk.h>

#include "problem.h"

/* A row for a list box, with a button that copies the place for an editor. */
GtkWidget *pw_problem_row_new (const LessonProblem *problem);

/* Puts problems into a list box, in place of those that are in it. */
void pw_problem_rows_set (GtkListBox *list, const LessonProblems *problems);

#endif
