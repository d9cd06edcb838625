/* What a reader has done: steps seen, answers given, time spent.
 *
 *   $XDG_DATA_HOME/pagewalk/progress.db        one SQLite file
 *   $XDG_DATA_HOME/pagewalk/progress.db.bak    as it was a day ago or more
 *
 * SQLite with a rollback journal, not WAL, since a home may lie on NFS, and
 * with full synchronisation: when progress_store_answer has returned TRUE the
 * answer survives a crash of the program or of the machine. Two programs may
 * have the file open at once; each waits for the other.
 *
 * Progress never stops a lesson. A file that is no database, or damaged, is
 * set aside under another name and the backup, if there is one, takes its
 * place; where nothing can be written progress is kept in memory. What
 * happened is said in a notice. */
#ifndef PROGRESS_STORE_H
#define PROGRESS_STORE_H

#include "question.h"

typedef struct _ProgressStore ProgressStore;

/* What a reader answered, once. */
typedef struct {
  const char *lesson;        /* id */
  const char *hash;          /* of the lesson, progress_hash; or NULL */
  const char *question;      /* id of the question or of the exercise */
  const char *generator;     /* kind of the exercise; NULL: a question */
  guint64 seed;              /* of the exercise */
  const char *answer;        /* in the form of question.h; NULL: not sure */
  LessonMark mark;           /* what it came to */
  guint right, total;        /* parts */
  const char *misconception; /* id, or NULL */
  double seconds;            /* from the question to the answer */
  gint64 time;               /* microseconds since 1970, UTC; 0: now */
} ProgressAnswer;

/* How far a reader is in a lesson. */
typedef struct {
  char *lesson;
  guint step, steps;     /* where it was left, of how many */
  guint seen;            /* different steps that were looked at */
  gboolean ended;        /* the last one is among them */
  guint asked, answered; /* questions of the lesson; those answered, exercises
                            left aside */
  guint right;           /* of those: answered rightly at some time */
  guint attempts;        /* answers in all, exercises included */
  double seconds;        /* spent in it */
  gint64 opened, last;   /* first and last time, microseconds UTC */
} ProgressLesson;

/* Opens the file at path (NULL: the reader's own, its folder is made). Never
 * fails: *notice, if not NULL, gets a translated sentence, to be freed, about
 * what went wrong and what was done about it, or NULL. Free with
 * progress_store_free. */
ProgressStore *progress_store_open (const char *path, char **notice);
void progress_store_free (ProgressStore *store);

/* The file, or NULL while progress is kept in memory only. */
const char *progress_store_path (const ProgressStore *store);

/* Remembers that steps [first, last] of a lesson of so many steps and
 * questions were seen, that it stands at `last`, and adds the seconds. FALSE
 * and *error if it could not be written; what was written before is safe. */
gboolean progress_store_see (ProgressStore *store, const char *lesson,
                             guint first, guint last, guint steps,
                             guint questions, double seconds, GError **error);

/* Writes an answer down. TRUE: it is on the disk. */
gboolean progress_store_answer (ProgressStore *store,
                                const ProgressAnswer *answer, GError **error);

/* How far a lesson is; FALSE, and all 0, if it was never opened. The strings
 * are to be freed with progress_lesson_clear. */
gboolean progress_store_lesson (ProgressStore *store, const char *lesson,
                                ProgressLesson *progress);

/* All lessons that were opened, the latest first; of ProgressLesson. Free with
 * g_ptr_array_unref. */
GPtrArray *progress_store_lessons (ProgressStore *store);

/* All answers in the order in which they were given; of ProgressAnswer, whose
 * strings belong to the array. lesson NULL: of all. Free with
 * g_ptr_array_unref. */
GPtrArray *progress_store_answers (ProgressStore *store, const char *lesson);

/* The latest answer to a question, or NULL; to be freed with
 * progress_answer_free. */
ProgressAnswer *progress_store_latest (ProgressStore *store, const char *lesson,
                                       const char *question);

/* Forgets a lesson, or everything with NULL. A copy is kept beside the file
 * first, under a name with the time. */
gboolean progress_store_reset (ProgressStore *store, const char *lesson,
                               GError **error);

void progress_lesson_clear (ProgressLesson *progress);
void progress_answer_free (gpointer answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProgressStore, progress_store_free)

#endif
