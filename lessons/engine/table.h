/* Tables in the prose. */
#ifndef LESSON_TABLE_H
#define LESSON_TABLE_H

#include "loader.h"

/* Never NULL; what is wrong is reported. */
LessonTable *lesson_table_load (LessonLoader *loader, xmlNode *element);
void lesson_table_free (LessonTable *table);

#endif
