/* Marking: what the kinds of questions share. */
#ifndef LESSON_QUESTION_MARK_H
#define LESSON_QUESTION_MARK_H

#include "query.h"
#include "question.h"

/* A question that is being marked. */
typedef struct {
  LessonPlay *play;
  const LessonQuestionPlace *place;
  const LessonQuestion *question;
  const LessonDocument *document;
} LessonMarking;

/* What a written value can mean: where the key is hexadecimal, digits without
 * 0x are read as hexadecimal, too. */
typedef struct {
  guint count;
  guint64 values[2];
} LessonReadings;

/* Each fills the verdict: the key always, the rest if answer is not NULL. */
void lesson_mark_predict (const LessonMarking *m, const char *answer,
                          LessonVerdict *verdict);
void lesson_mark_choose (const LessonMarking *m, const char *answer,
                         LessonVerdict *verdict);
void lesson_mark_several (const LessonMarking *m, const char *answer,
                          LessonVerdict *verdict);
void lesson_mark_order (const LessonMarking *m, const char *answer,
                        LessonVerdict *verdict);
void lesson_mark_match (const LessonMarking *m, const char *answer,
                        LessonVerdict *verdict);
void lesson_mark_fill (const LessonMarking *m, const char *answer,
                       LessonVerdict *verdict);
void lesson_mark_edit (const LessonMarking *m, const char *answer,
                       LessonVerdict *verdict);
void lesson_mark_build (const LessonMarking *m, const char *answer,
                        LessonVerdict *verdict);

/* Asks the machine as it is when the answer is shown; false if it has none. */
gboolean lesson_marking_ask (const LessonMarking *m, const char *query,
                             LessonValue *value);

/* Makes the whole unreadable, and says why (translated). */
void lesson_verdict_refuse (LessonVerdict *verdict, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Adds a part and returns it, to be filled in. */
LessonAnswerPart *lesson_verdict_add (LessonVerdict *verdict, char *id,
                                      char *name, LessonMark mark);

/* Counts the first `total` parts and marks the whole after them. It is right
 * if all are, unreadable if one is, wrong if none is right or `partly` is
 * false. Takes the first misconception, and what is said of it. */
void lesson_verdict_settle (const LessonMarking *m, LessonVerdict *verdict,
                            guint total, gboolean partly);

/* Values ------------------------------------------------------------------ */

LessonReadings lesson_readings_of (const char *text, LessonStyle style,
                                   gboolean hex);
gboolean lesson_readings_mean (const LessonReadings *readings, guint64 value);

/* How a value is printed: hexadecimal, decimal, or as a word. */
char *lesson_key_print (LessonValue key, gboolean hex);

/* The same for people: words are translated. */
char *lesson_key_text (LessonValue key, gboolean hex);

/* Which mistake leads to what was written instead of the key: one of the
 * list, else one of the book's. False if none does. *text may become NULL. */
gboolean lesson_mistake_find (const LessonMarking *m, const GPtrArray *mistakes,
                              const char *query, LessonValue key,
                              const LessonReadings *readings,
                              const char **misconception,
                              const LessonText **text);

/* Letters ----------------------------------------------------------------- */

/* Reads a letter from a on, or a number from 1 on, of `count` things. False if
 * it is none of them. */
gboolean lesson_letter_read (const char *word, guint count, guint *index);

/* "a" for 0; to be freed. */
char *lesson_letter (guint index);

#endif
