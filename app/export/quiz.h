/* Questions as items of a quiz, for learning platforms. */
#ifndef EXPORT_QUIZ_H
#define EXPORT_QUIZ_H

#include "exercise.h"
#include "question.h"

typedef enum {
  EXPORT_QUIZ_SHORT,   /* a text; the case of letters does not matter */
  EXPORT_QUIZ_NUMBER,  /* a decimal number */
  EXPORT_QUIZ_ONE,     /* one of the choices */
  EXPORT_QUIZ_SEVERAL, /* all that hold */
  EXPORT_QUIZ_PAIRS,   /* what belongs together */
  EXPORT_QUIZ_ESSAY    /* a person marks it */
} ExportQuizKind;

/* What may be answered, and what it is worth. */
typedef struct {
  char *text;     /* plain; of choices and pairs HTML */
  char *other;    /* of a pair: what belongs to it, plain */
  double percent; /* 100: right */
  char *feedback; /* HTML, "" for none */
} ExportQuizAnswer;

typedef struct {
  ExportQuizKind kind;
  char *name, *html;
  GPtrArray *answers; /* of ExportQuizAnswer */
  char *general;      /* said in the end, HTML; an essay's key is in it */
  GPtrArray *hints;   /* of char *, HTML */
} ExportQuizItem;

/* No items yet; free with g_ptr_array_unref. */
GPtrArray *export_quiz_new (void);

/* Adds the items of a question: one, or one for each blank cell of a table.
 * What is right, and what is said of what is wrong, the machine says. */
void export_quiz_add (GPtrArray *items, LessonPlay *play,
                      const LessonQuestionPlace *place, const char *name);

/* All questions of a lesson, its exercises among them. */
void export_quiz_add_lesson (GPtrArray *items, LessonPlay *play);

/* As a file of a category with that title: Moodle's GIFT, and its XML. */
GBytes *export_quiz_gift (const GPtrArray *items, const char *title);
GBytes *export_quiz_moodle (const GPtrArray *items, const char *title);

#endif
