/* The numbers of an exercise: what a seed has rolled, by name. */
#ifndef LESSON_EXERCISE_NUMBERS_H
#define LESSON_EXERCISE_NUMBERS_H

#include "query.h"

typedef enum {
  LESSON_NUMBER_DECIMAL,
  LESSON_NUMBER_HEX,
  LESSON_NUMBER_BINARY
} LessonNumberFormat;

typedef struct {
  char *name;
  char *word;    /* what it is instead of a number, such as "sv39"; or NULL */
  guint64 value; /* of a word: its place among those it was chosen from, from
                    0 */
  LessonNumberFormat format;
} LessonNumber;

typedef struct _LessonNumbers LessonNumbers;

LessonNumbers *lesson_numbers_new (void);
LessonNumbers *lesson_numbers_copy (const LessonNumbers *numbers);
void lesson_numbers_free (LessonNumbers *numbers);

/* Adds a number, or replaces the one of that name. Takes the word. */
void lesson_numbers_set (LessonNumbers *numbers, const char *name, char *word,
                         guint64 value, LessonNumberFormat format);
void lesson_numbers_clear (LessonNumbers *numbers);

/* The number of that name, or NULL. */
const LessonNumber *lesson_numbers_find (const LessonNumbers *numbers,
                                         const char *name, gsize length);

/* The i-th of them, in the order in which they were rolled; NULL behind the
 * last. */
const LessonNumber *lesson_numbers_at (const LessonNumbers *numbers, guint i);

/* A number as it stands in a text: "0x1f", "31", "0b11111", "sv39"; to be
 * freed. The same in every locale. */
char *lesson_number_text (const LessonNumber *number);

/* The text with every {name}, {name:hex} and {name + 1} replaced by what it is
 * now; to be freed. What stands between braces is a name, or a query that
 * knows the numbers by their names, then perhaps a format: hex, dec, bin, or
 * of a word its place in its list, nth. NULL and *fault (to be cleared) if
 * that cannot be done. */
char *lesson_numbers_fill (const LessonNumbers *numbers, const char *text,
                           LessonQueryFault *fault);

/* Answers a query that asks no machine, braces filled first. */
gboolean lesson_numbers_ask (const LessonNumbers *numbers, const char *query,
                             LessonValue *value, LessonQueryFault *fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonNumbers, lesson_numbers_free)

#endif
