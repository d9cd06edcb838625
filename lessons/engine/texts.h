/* All texts of a lesson, in reading order. */
#ifndef LESSON_TEXTS_H
#define LESSON_TEXTS_H

#include "document.h"

/* What a text is for. */
typedef enum {
  LESSON_ROLE_TITLE, /* of the lesson */
  LESSON_ROLE_SUMMARY,
  LESSON_ROLE_OBJECTIVE,
  LESSON_ROLE_HEADING, /* of a section */
  LESSON_ROLE_PRESENTER,
  LESSON_ROLE_PARAGRAPH,
  LESSON_ROLE_ITEM,
  LESSON_ROLE_CAPTION, /* of a table or a figure */
  LESSON_ROLE_CELL,
  LESSON_ROLE_ALT,   /* what a figure shows, in words */
  LESSON_ROLE_LABEL, /* of an axis, a category, a series */
  LESSON_ROLE_CALLOUT,
  LESSON_ROLE_BEAT,
  LESSON_ROLE_POINT,
  LESSON_ROLE_ASK,
  LESSON_ROLE_CHOICE,
  LESSON_ROLE_ANSWER, /* what is said about an answer: mistakes, hints, why */
  LESSON_ROLE_DEFINITION,
  LESSON_ROLE_NOTE,
  LESSON_ROLE_SOURCE,
  LESSON_ROLES
} LessonRole;

typedef void (*LessonTextFunc) (const LessonText *text, LessonRole role,
                                gpointer data);

/* Calls the function with every text that the lesson has. */
void lesson_document_each_text (const LessonDocument *document,
                                LessonTextFunc function, gpointer data);

/* A role's name, such as "title"; for messages about it, translated. */
const char *lesson_role_name (LessonRole role);

#endif
