/* What is wrong with the file that was saved, above the lesson as it was. */
#ifndef PW_PROBLEM_BAR_H
#define PW_PROBLEM_BAR_H

#include <adwaita.h>

#include "problem.h"

#define PW_TYPE_PROBLEM_BAR (pw_problem_bar_get_type ())
G_DECLARE_FINAL_TYPE (PwProblemBar, pw_problem_bar, PW, PROBLEM_BAR, AdwBin)

GtkWidget *pw_problem_bar_new (void);

/* Shows problems; NULL, or none, hides the bar. */
void pw_problem_bar_set (PwProblemBar *bar, const LessonProblems *problems);

#endif
