/* Finds the word that was meant. */
#include "suggest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LISTED 16

/* Levenshtein distance, for words of at most 31 bytes. */
static guint
distance (const char *a, const char *b)
{
  gsize length_a = strlen (a), length_b = strlen (b);
  guint row[32];

  if (length_a > 31 || length_b > 31)
    return G_MAXUINT;
  for (guint j = 0; j <= length_b; j++)
    row[j] = j;
  for (guint i = 1; i <= length_a; i++) {
    guint diagonal = row[0];
    row[0] = i;
    for (guint j = 1; j <= length_b; j++) {
      guint change = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = MIN (change, MIN (row[j], row[j - 1]) + 1);
    }
  }
  return row[length_b];
}

char *
lesson_suggest (const char *word, const char *const *words)
{
  char *near = lesson_suggest_near (word, words);

  if (near != NULL)
    return near;
  if (words[0] == NULL)
    return g_strdup (_ ("nothing is allowed here"));
  /* So many help nobody. */
  if (g_strv_length ((char **) words) > MAX_LISTED)
    return g_strdup (_ ("“pagewalk-cli lesson reference” lists what there is"));
  g_autofree char *list = g_strjoinv (", ", (char **) words);
  return g_strdup_printf (_ ("allowed here: %s"), list);
}

char *
lesson_suggest_near (const char *word, const char *const *words)
{
  const char *nearest = NULL;
  guint least = 3;

  for (guint i = 0; words[i] != NULL; i++) {
    guint d = distance (word, words[i]);
    if (d < least && d < strlen (words[i]) && d < strlen (word)) {
      least = d;
      nearest = words[i];
    }
  }
  return nearest != NULL ? g_strdup_printf (_ ("did you mean “%s”?"), nearest)
                         : NULL;
}
