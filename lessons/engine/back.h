/* What stands behind a lesson's sections. */
#ifndef LESSON_BACK_H
#define LESSON_BACK_H

#include "loader.h"

/* Loads <glossary>; of LessonDefinition. */
GPtrArray *lesson_definitions_load (LessonLoader *loader, xmlNode *element);

/* Loads <notes> into notes and wrongs of the document. */
void lesson_notes_load (LessonLoader *loader, xmlNode *element,
                        LessonDocument *document);

#endif
