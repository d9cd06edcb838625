/* Loading questions: what the loaders of the kinds share. */
#ifndef LESSON_QUESTION_LOAD_H
#define LESSON_QUESTION_LOAD_H

#include "loader.h"

/* Never NULL; what is wrong is reported. */
LessonQuestion *lesson_question_load (LessonLoader *loader, xmlNode *element);
void lesson_question_free (LessonQuestion *question);

/* Loads <misconceptions>; of LessonMisconception. */
GPtrArray *lesson_misconceptions_load (LessonLoader *loader, xmlNode *element);

/* Reports what questions refer to and the lesson does not have: beats and
 * misconceptions. */
void lesson_questions_link (LessonLoader *loader,
                            const LessonDocument *document);

/* Of the loaders of the kinds ------------------------------------------- */

/* Loads is="QUERY", the only attribute. */
char *lesson_question_is (LessonLoader *loader, xmlNode *element,
                          LessonPlace *place);

/* Loads <mistake>; of LessonMistake. */
LessonMistake *lesson_mistake_load (LessonLoader *loader, xmlNode *element);
void lesson_mistake_free (gpointer mistake);

/* Loads an element that has a query and a text. */
LessonChoice *lesson_choice_load (LessonLoader *loader, xmlNode *element);

/* Loads <row>; of a table of so many columns. */
LessonRow *lesson_row_load (LessonLoader *loader, xmlNode *element,
                            guint columns);
void lesson_row_free (gpointer row);

/* Loads <entry> of a question that has one to edit, and <map> of one that has
 * tables to build. */
void lesson_entry_load (LessonLoader *loader, xmlNode *element,
                        LessonQuestion *question);
LessonMapping *lesson_mapping_load (LessonLoader *loader, xmlNode *element);
void lesson_mapping_free (gpointer mapping);

#endif
