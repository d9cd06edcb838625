/* A result file: what a student hands in, and what can be marked again.
 *
 *   [result]                      who, and the seed that follows from who
 *   version=1
 *   student=20261234
 *   seed=1311768467463790320
 *   made=2026-11-21T09:30:00Z
 *   digest=...                    of all the rest, keyed with the class's salt
 *
 *   [answer 1]                    one a question that was answered, in order
 *   lesson=two-level-walk
 *   hash=...                      SHA-256 of the lesson that it was given to
 *   question=which-directory-entry
 *   answer=68
 *   mark=right
 *   ...
 *
 * The digest shows a file that was altered by somebody who does not know the
 * salt. Exercises have numbers that follow from the student's id and the salt,
 * so another student's answers to them do not fit. What neither shows: answers
 * to a lesson's fixed questions that were copied by typing them again, a
 * student who used another's id, and help from outside. */
#ifndef PROGRESS_RESULT_H
#define PROGRESS_RESULT_H

#include "store.h"

typedef struct {
  char *student;
  guint64 seed;
  gint64 made;
  gboolean sound;     /* the digest fits the contents and the salt */
  GPtrArray *answers; /* of ProgressAnswer, in order */
} ProgressResult;

/* The seed of a student: the first eight bytes of SHA-256 over id and salt
 * (NULL: none). The n-th set of numbers of an exercise has the seed
 * progress_exercise_seed (seed, lesson, exercise) + n, n below
 * PROGRESS_MOST_SETS. */
#define PROGRESS_MOST_SETS 10000
guint64 progress_student_seed (const char *student, const char *salt);
guint64 progress_exercise_seed (guint64 student_seed, const char *lesson,
                                const char *exercise);

/* SHA-256 of a lesson's file, in hex, to be freed with g_free; NULL if it
 * cannot be read. */
char *progress_hash (const LessonDocument *document);

/* The text of a result file, to be freed with g_free. */
char *progress_result_text (const char *student, const char *salt,
                            const GPtrArray *answers);

/* Writes it, whole or not at all. */
gboolean progress_result_write (const char *path, const char *student,
                                const char *salt, const GPtrArray *answers,
                                GError **error);

/* Reads a file of anybody's making: at most 4 MiB and 20,000 answers. NULL and
 * *error if it is no result file. Free with progress_result_free. */
ProgressResult *progress_result_read (const char *path, const char *salt,
                                      GError **error);

/* The same from bytes. */
ProgressResult *progress_result_parse (const char *data, gsize length,
                                       const char *salt, GError **error);
void progress_result_free (ProgressResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProgressResult, progress_result_free)

#endif
