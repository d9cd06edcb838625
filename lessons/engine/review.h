/* What a lesson should not do although nothing in it is false. */
#ifndef LESSON_REVIEW_H
#define LESSON_REVIEW_H

#include "run.h"
#include "texts.h"

/* The most that a text may be long, 0 for no limit, counted in columns: a
 * Chinese character is two, most others one. */
guint lesson_role_limit (LessonRole role);

/* How many columns a text takes. */
guint lesson_text_columns (const LessonText *text);

/* Reports texts that are too long for their place, beats in which nothing
 * happens, and points that no reader can reach. A lesson can be read all the
 * same. */
void lesson_review (const LessonPlay *play, LessonProblems *problems);

/* Reports every text that is not in the reader's language. Only makes sense
 * for a lesson that is to be translated, in another language than English. */
void lesson_review_translation (const LessonDocument *document,
                                const char *language, LessonProblems *problems);

#endif
