/* What is wrong with a lesson, in the window: each problem with its place. */
#ifndef PW_PROBLEM_PAGE_H
#define PW_PROBLEM_PAGE_H

#include <adwaita.h>

#include "problem.h"

#define PW_TYPE_PROBLEM_PAGE (pw_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (PwProblemPage, pw_problem_page, PW, PROBLEM_PAGE, AdwBin)

GtkWidget *pw_problem_page_new (void);

/* Shows problems under a title. */
void pw_problem_page_set (PwProblemPage *page, const char *title,
                          const LessonProblems *problems);

#endif
