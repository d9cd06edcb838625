/* Marks result files again, for a whole class.
 *
 * Every answer is given to the simulation once more, as the lesson is on this
 * machine; what the file says of its mark is only compared. */
#ifndef PROGRESS_GRADE_H
#define PROGRESS_GRADE_H

#include "catalog.h"
#include "result.h"

typedef struct _ProgressGrader ProgressGrader;

/* What came of one file. */
typedef struct {
  char *file, *student;
  guint answers;      /* attempts in the file */
  guint questions;    /* different ones, exercises included */
  guint right, first; /* answered rightly at last; at the first attempt */
  double seconds;
  GPtrArray *flags; /* of char *, translated: what does not fit */
} ProgressGrade;

/* How a class fared with a question. */
typedef struct {
  char *lesson, *question;
  guint students, right, first;
} ProgressDifficulty;

/* A grader for the lessons of a catalog, which must live longer. salt NULL:
 * none. Free with progress_grader_free. */
ProgressGrader *progress_grader_new (const LessonCatalog *catalog,
                                     const char *salt);
void progress_grader_free (ProgressGrader *grader);

/* Marks one file. NULL and *error if it cannot be read; then it counts for
 * nothing. Free with progress_grade_free. */
ProgressGrade *progress_grader_mark (ProgressGrader *grader, const char *path,
                                     GError **error);
void progress_grade_free (ProgressGrade *grade);

/* The questions of all files marked so far, hardest first: the smallest share
 * of students who were right at the first attempt. Of ProgressDifficulty; free
 * with g_ptr_array_unref. */
GPtrArray *progress_grader_hardest (const ProgressGrader *grader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProgressGrader, progress_grader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProgressGrade, progress_grade_free)

#endif
