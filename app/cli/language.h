/* Looking at lessons in other languages than the user's. */
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include <glib.h>

/* The languages that texts are translated into, such as "zh_CN", in order;
 * NULL-terminated, to be freed with g_strfreev. */
char **cli_languages (void);

/* From now on lessons are loaded in a language; NULL goes back to the user's.
 * False if its translations cannot be found. It changes the environment, so
 * no other thread may run. */
gboolean cli_language_set (const char *language);

#endif
