/* The language of everything that is read. */

#include "language.h"

#include <libintl.h>
#include <locale.h>

static const PwLanguage languages[] = {
    {"en", "English"},
    {"zh_CN", "简体中文"},
    {NULL, NULL},
};

const PwLanguage *
pw_languages (void)
{
  return languages;
}

static gboolean
is_known (const char *code)
{
  for (const PwLanguage *language = languages; language->code != NULL;
       language++)
    if (g_strcmp0 (language->code, code) == 0)
      return TRUE;
  return FALSE;
}

/* As it was when the program started. */
static const char *
desktop_language (void)
{
  static gsize looked;
  static char *language;

  if (g_once_init_enter (&looked)) {
    language = g_strdup (g_getenv ("LANGUAGE"));
    g_once_init_leave (&looked, 1);
  }
  return language;
}

void
pw_language_apply (const char *code)
{
  const char *desktop = desktop_language ();

  if (is_known (code)) {
    g_setenv ("LANGUAGE", code, TRUE);
    /* In the plain C locale nothing is translated, whatever LANGUAGE says. */
    if (g_strcmp0 (setlocale (LC_MESSAGES, NULL), "C") == 0)
      setlocale (LC_MESSAGES, "C.UTF-8");
  } else if (desktop != NULL) {
    g_setenv ("LANGUAGE", desktop, TRUE);
  } else {
    g_unsetenv ("LANGUAGE");
  }
  /* Makes gettext forget what it has looked up. */
  textdomain (textdomain (NULL));
}
