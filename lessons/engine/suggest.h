/* Helping with a word that is not known. */
#ifndef LESSON_SUGGEST_H
#define LESSON_SUGGEST_H

#include <glib.h>

/* "did you mean “x”?", or "allowed here: a, b, c" if nothing is near; to be
 * freed with g_free. words is NULL-terminated. */
char *lesson_suggest (const char *word, const char *const *words);

/* The same, but NULL if nothing is near. */
char *lesson_suggest_near (const char *word, const char *const *words);

#endif
