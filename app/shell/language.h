/* The language of everything that is read: the desktop's, or another. */
#ifndef PW_LANGUAGE_H
#define PW_LANGUAGE_H

#include <glib.h>

/* The languages there are, with their own names, after "system"; ends with a
 * NULL code. */
typedef struct {
  const char *code, *name;
} PwLanguage;
const PwLanguage *pw_languages (void);

/* Texts that are looked up from now on are in a language; "system" is what the
 * desktop says. What was made before stays as it is. */
void pw_language_apply (const char *code);

#endif
