/* The contents of a section: prose, beats, questions, exercises. */
#ifndef LESSON_BLOCKS_H
#define LESSON_BLOCKS_H

#include "loader.h"

/* Loads the section's blocks. Never NULL; of LessonBlock. A section without
 * any is reported. */
GPtrArray *lesson_blocks_load (LessonLoader *loader, xmlNode *section);

/* Loads every <do> among an element's children; of LessonDo. */
GPtrArray *lesson_dos_load (LessonLoader *loader, const xmlNode *element);

/* The same for another element that holds an operation. */
GPtrArray *lesson_operations_load (LessonLoader *loader, const xmlNode *element,
                                   const char *name);

/* Loads the only child of that name; NULL if there is none. */
LessonText *lesson_child_text (LessonLoader *loader, const xmlNode *element,
                               const char *name);

/* Loads all children of that name; of LessonText. */
GPtrArray *lesson_child_texts (LessonLoader *loader, const xmlNode *element,
                               const char *name);

/* All text of an element that must hold nothing else; to be freed. */
char *lesson_raw_text (LessonLoader *loader, const xmlNode *element);

/* Loads <code> into a block. */
void lesson_listing_load (LessonLoader *loader, xmlNode *element,
                          LessonBlock *block);

/* What a section may hold. */
extern const LessonChildRule lesson_section_children[];

#endif
