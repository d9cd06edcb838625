/* Inline text: what translators see, and the runs that the reader sees. */
#ifndef LESSON_TEXT_H
#define LESSON_TEXT_H

#include "loader.h"

/* Loads the inline text of an element, in the reader's language if it was
 * translated. Never NULL; what is wrong is reported. Free with
 * lesson_text_free. */
LessonText *lesson_text_load (LessonLoader *loader, xmlNode *element);
void lesson_text_free (LessonText *text);

/* The runs of a translation of msgid, or NULL if it cannot stand for it: it
 * cannot be read, or does not hold the same inline elements with the same
 * queries. */
GPtrArray *lesson_text_translate (const char *msgid, const char *msgstr,
                                  LessonPlace place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonText, lesson_text_free)

#endif
