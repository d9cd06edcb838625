/* The card that asks: a question of any kind, or an exercise.
 *
 * It never blocks the way: whatever the reader answers, or if they do not, all
 * steps stay within reach. The simulation marks. */
#ifndef PW_QUESTION_CARD_H
#define PW_QUESTION_CARD_H

#include <gtk/gtk.h>

#include "exercise.h"
#include "question.h"

#define PW_TYPE_QUESTION (pw_question_get_type ())
G_DECLARE_FINAL_TYPE (PwQuestion, pw_question, PW, QUESTION, GtkWidget)

/* Signals: "answered" (int mark, a LessonMark) after each answer; before it,
 * and before the mark is shown, "marked" (const char *answer, NULL for "not
 * sure"; const LessonVerdict *verdict, valid during the call), for those who
 * keep answers; and "show-step": the reader wants to see what truly happens. */

/* A card for a question of a lesson; play and place must live longer. */
GtkWidget *pw_question_new (LessonPlay *play, const LessonQuestionPlace *place);

/* A card for an exercise, which must live longer. */
GtkWidget *pw_question_new_exercise (const LessonExercise *exercise);

/* Its place in the lesson; NULL for an exercise. */
const LessonQuestionPlace *pw_question_get_place (PwQuestion *question);

/* True once it was answered rightly, or shown. */
gboolean pw_question_is_settled (PwQuestion *question);

/* Whether it is being asked at the present step: it then stands out. */
void pw_question_set_due (PwQuestion *question, gboolean due);

/* Answers with a text as typed, or the number of a choice from 1; NULL is
 * "not sure". */
void pw_question_answer (PwQuestion *question, const char *answer);

/* Shows an answer that was given earlier, and marks it once more, without
 * telling anybody. NULL was "not sure". */
void pw_question_restore (PwQuestion *question, const char *answer);

/* An answer that was begun, and is neither right nor shown; to be freed. NULL
 * if there is none. */
char *pw_question_get_draft (PwQuestion *question);

/* Puts such an answer where it was, to go on from; it is not marked. */
void pw_question_set_draft (PwQuestion *question, const char *draft);

/* The exercise, or NULL for a question of a lesson; and the seed of the numbers
 * that it shows. Another seed shows others, not yet answered. */
const LessonExercise *pw_question_get_exercise (PwQuestion *question);
guint64 pw_question_get_seed (PwQuestion *question);
void pw_question_set_seed (PwQuestion *question, guint64 seed);

#endif
