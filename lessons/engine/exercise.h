/* Exercises with new numbers each time: seeded, marked by a machine. */
#ifndef LESSON_EXERCISE_H
#define LESSON_EXERCISE_H

#include "question.h"

/* One generated exercise: a small lesson of its own, with one question. */
typedef struct {
  guint64 seed;
  char *ask;                  /* translated text, with the numbers in it */
  guint64 key;                /* what its machine answered */
  gboolean hex;               /* the key is an address, not a number */
  char *key_text;             /* the key as it is to be shown */
  GPtrArray *mistakes;        /* of LessonExerciseMistake */
  struct vm_machine *machine; /* built and run: the proof of the key */
} LessonExerciseSheet;

typedef struct {
  guint64 value;
  char *text; /* translated */
} LessonExerciseMistake;

/* Makes the sheet of a kind ("translate-two-level", "split-two-level") and
 * seed; the same seed gives the same sheet everywhere. NULL for an unknown
 * kind. */
LessonExerciseSheet *lesson_exercise_new (const char *kind, guint64 seed);
void lesson_exercise_free (LessonExerciseSheet *sheet);
gboolean lesson_exercise_kind_known (const char *kind);

/* The names of all kinds, NULL-terminated. */
const char *const *lesson_exercise_kinds (void);

/* Marks an answer; *why, if not NULL, gets a text to be freed or NULL. */
LessonMark lesson_exercise_mark (const LessonExerciseSheet *sheet,
                                 const char *answer, char **why);

#endif
