/* What rolling the numbers of an exercise and putting them in have in common.
 * For generator.c and generator-roll.c. */
#ifndef LESSON_GENERATOR_ROLL_H
#define LESSON_GENERATOR_ROLL_H

#include "generator.h"

gboolean lesson_generator_named (const xmlNode *node, const char *name);
xmlAttr *lesson_generator_attribute (const xmlNode *element, const char *name);

/* A name that may stand between braces, to be freed; NULL, and a problem, if
 * it cannot be one. Without an attribute: NULL. */
char *lesson_generator_name (LessonLoader *loader, const xmlAttr *attribute);

/* Asks the numbers alone; a problem if they have no answer. */
gboolean lesson_generator_ask (LessonLoader *loader,
                               const LessonNumbers *numbers,
                               const xmlAttr *attribute, LessonValue *value);

/* Whether an element is there at this level, with these numbers: what its
 * “for” and “only” say. */
gboolean lesson_generator_is_there (LessonLoader *loader,
                                    const xmlNode *element, guint level,
                                    const LessonNumbers *numbers);

#endif
