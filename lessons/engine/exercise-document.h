/* Loads an exercise as the lesson that it is. */
#ifndef LESSON_EXERCISE_DOCUMENT_H
#define LESSON_EXERCISE_DOCUMENT_H

#include "document.h"
#include "loader.h"

/* Loads the tree of a generator once numbers have been put in; NULL after
 * problems. Free with lesson_document_free. */
LessonDocument *lesson_document_of_exercise (LessonLoader *loader,
                                             xmlNode *root);

#endif
