/* Exercises: questions with new numbers each time, marked by a machine.
 *
 * A kind of exercise is a file, lessons/exercises/KIND.xml, in the language of
 * lessons; see lessons/schema/README.md. Readers' own lie in
 * $XDG_DATA_HOME/pagewalk/exercises. A kind, a level from 1 to 3 and a seed
 * decide everything. */
#ifndef LESSON_EXERCISE_H
#define LESSON_EXERCISE_H

#include "exercise-numbers.h"
#include "question.h"

#define LESSON_EXERCISE_LEVELS 3u

/* One exercise: a small lesson of its own, with one question. */
typedef struct {
  char *kind;
  guint level;
  guint64 seed;
  LessonNumbers *numbers; /* what was rolled */
  LessonDocument *document;
  LessonPlay *play;                 /* built and run: the proof of the key */
  const LessonQuestionPlace *place; /* of the question, in the play */
} LessonExerciseSheet;

/* Makes the exercise of a kind, a level and a seed; the same three give the
 * same one everywhere. NULL if there is no such kind, or its file is damaged.
 * Free with lesson_exercise_free. */
LessonExerciseSheet *lesson_exercise_new (const char *kind, guint level,
                                          guint64 seed);

/* The same from a file, with what is wrong with it; path may be NULL, problems
 * not. */
LessonExerciseSheet *lesson_exercise_load (const char *path, guint level,
                                           guint64 seed,
                                           LessonProblems *problems);

/* The same from bytes; `file` is what problems call them. */
LessonExerciseSheet *lesson_exercise_parse (const char *data, gsize length,
                                            const char *file, guint level,
                                            guint64 seed,
                                            LessonProblems *problems);
void lesson_exercise_free (LessonExerciseSheet *sheet);

/* The file of a kind, or NULL; to be freed. */
char *lesson_exercise_path (const char *kind);
gboolean lesson_exercise_kind_known (const char *kind);

/* The names of all kinds in alphabetical order; free with g_strfreev. */
char **lesson_exercise_kinds (void);

/* True if the file's root says that it is a kind of exercise. */
gboolean lesson_exercise_is_one (const char *path);

/* True if the file is one of the book's kinds, not a reader's own. */
gboolean lesson_exercise_is_of_book (const char *path);

/* The seed of the n-th exercise of a worksheet, from 0: the first has the
 * worksheet's own. Short enough to be typed. */
guint64 lesson_exercise_seed (guint64 worksheet, guint n);

/* Makes exercises of every level and of so many seeds, marks their keys, and
 * reports what is wrong. True if nothing is. */
gboolean lesson_exercise_check (const char *path, guint seeds,
                                LessonProblems *problems);

/* Marks an answer, in the form of question.h; NULL: not sure. To be cleared
 * with lesson_verdict_clear before the sheet goes. */
LessonVerdict lesson_exercise_mark (const LessonExerciseSheet *sheet,
                                    const char *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonExerciseSheet, lesson_exercise_free)

#endif
