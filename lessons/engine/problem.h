/* What is wrong with a lesson, and where: file:line:column. */
#ifndef LESSON_PROBLEM_H
#define LESSON_PROBLEM_H

#include <glib.h>

#include "error.h"

typedef struct {
  char *file;       /* as the reader named it */
  int line, column; /* 1-based; 0 where unknown */
  char *what;       /* translated: what is wrong, what would be right */
} LessonProblem;

/* A list of problems; the first LESSON_MAX_PROBLEMS are kept. */
#define LESSON_MAX_PROBLEMS 50

typedef struct {
  GPtrArray *list; /* of LessonProblem, owned */
  guint dropped;   /* problems beyond the limit */
} LessonProblems;

LessonProblems *lesson_problems_new (void);
void lesson_problems_free (LessonProblems *problems);
void lesson_problems_add (LessonProblems *problems, const char *file, int line,
                          int column, const char *format, ...)
    G_GNUC_PRINTF (5, 6);
guint lesson_problems_count (const LessonProblems *problems);

/* "file:line:column: what", to be freed with g_free. */
char *lesson_problem_to_string (const LessonProblem *problem);

/* The sentence that explains an error of the simulation, translated, to be
 * freed with g_free. */
char *lesson_error_text (const struct vm_error *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonProblems, lesson_problems_free)

#endif
