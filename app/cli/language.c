/* Looks at lessons in other languages than the user's. */
#include "language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
cli_languages (void)
{
  const char *root = bindtextdomain (GETTEXT_PACKAGE, NULL);
  g_autoptr (GDir) dir = root != NULL ? g_dir_open (root, 0, NULL) : NULL;
  GPtrArray *names = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (root, name, "LC_MESSAGES",
                                              GETTEXT_PACKAGE ".mo", NULL);
    if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* The C library keeps what it has found until it is told of a change, for
 * which this is the way. */
static void
forget_found (void)
{
  textdomain (textdomain (NULL));
}

/* The header of the translation in use says which language it is. */
static gboolean
is_in_use (const char *language)
{
  g_autofree char *line = g_strdup_printf ("Language: %s\n", language);

  return strstr (dgettext (GETTEXT_PACKAGE, ""), line) != NULL;
}

gboolean
cli_language_set (const char *language)
{
  static char *own_language, *own_locale;

  if (language == NULL) {
    if (own_language != NULL)
      g_setenv ("LANGUAGE", own_language, TRUE);
    else
      g_unsetenv ("LANGUAGE");
    setlocale (LC_MESSAGES, own_locale);
    forget_found ();
    return TRUE;
  }

  if (own_locale == NULL) {
    own_language = g_strdup (g_getenv ("LANGUAGE"));
    own_locale = g_strdup (setlocale (LC_MESSAGES, NULL));
  }
  g_setenv ("LANGUAGE", language, TRUE);
  forget_found ();
  if (is_in_use (language))
    return TRUE;
  /* In the plain C locale nothing is ever translated. */
  setlocale (LC_MESSAGES, "C.UTF-8");
  return is_in_use (language);
}
