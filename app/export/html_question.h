/* Questions in a page: the form to answer in, and what marking says about each
 * answer, so that the page can mark without a machine. */
#ifndef EXPORT_HTML_QUESTION_H
#define EXPORT_HTML_QUESTION_H

#include "exercise.h"
#include "question.h"

typedef struct {
  LessonPlay *play; /* that of the lesson, or of the exercise */
  const LessonQuestionPlace *place;
  const char *id;                 /* of its element; unique in the page */
  const LessonExercise *exercise; /* NULL: a question of the lesson itself */
  guint64 first_step;             /* of the lesson that is read */
} ExportQuestion;

/* The card: what is asked, where to answer, hints, and the answer, folded away,
 * for those whose browser runs no scripts. */
void export_question_html (const ExportQuestion *question, GString *out);

/* What marking needs, as an object of JSON. */
void export_question_json (const ExportQuestion *question, GString *out);

/* `["mark","feedback"]`: what marking says of one answer; NULL: not sure. */
void export_mark_json (const ExportQuestion *question, const char *answer,
                       GString *out);

/* `["…",…]`: so many of `total` parts are right, from none on. */
void export_partly_json (guint total, GString *out);

#endif
