/* Which steps are wanted: "12", "3,8-11", "all", "beats", "points", "none". */
#include "chosen.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* In order, each once. */
static void
arrange (GArray *steps)
{
  guint kept = 0;

  g_array_sort (steps, compare);
  for (guint i = 0; i < steps->len; i++) {
    guint64 step = g_array_index (steps, guint64, i);
    if (kept == 0 || g_array_index (steps, guint64, kept - 1) != step)
      g_array_index (steps, guint64, kept++) = step;
  }
  g_array_set_size (steps, kept);
}

static void
add (GArray *steps, guint64 step)
{
  g_array_append_val (steps, step);
}

static void
add_beats (GArray *steps, const LessonPlay *play, gboolean points)
{
  for (guint i = 0; i < play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (play->beats, LessonBeatRange, i);
    if (!points)
      add (steps, range->end_step - play->first_step);
    for (guint p = 0; points && p < range->beat->points->len; p++)
      add (steps, range->point_steps[p] - play->first_step);
  }
}

/* Reads "8" or "8-11". */
static gboolean
read_range (const char *word, guint64 *from, guint64 *to)
{
  g_auto (GStrv) ends = g_strsplit (word, "-", 2);

  if (ends[0] == NULL
      || !g_ascii_string_to_unsigned (ends[0], 10, 0, G_MAXUINT64, from, NULL))
    return FALSE;
  *to = *from;
  return ends[1] == NULL
         || (g_ascii_string_to_unsigned (ends[1], 10, *from, G_MAXUINT64, to,
                                         NULL));
}

static gboolean
is_name (const char *word)
{
  static const char *const names[] = {"all", "beats", "points", "none", NULL};

  return g_strv_contains (names, word);
}

gboolean
export_chosen_is_good (const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, ",", -1);
  guint64 from, to;

  for (guint i = 0; list[i] != NULL; i++)
    if (!is_name (g_strstrip (list[i])) && !read_range (list[i], &from, &to))
      return FALSE;
  return list[0] != NULL;
}

static gboolean
add_range (GArray *steps, const LessonPlay *play, const char *word,
           GError **error)
{
  guint64 last = export_last_step (play), from = 0, to = 0;

  if (!read_range (word, &from, &to)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is no step and no range of steps such as 3-12"),
                 word);
    return FALSE;
  }
  if (to > last) {
    g_autofree char *number = g_strdup_printf ("%" PRIu64, last);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("The last step of this lesson is %s"), number);
    return FALSE;
  }
  for (guint64 step = from; step <= to; step++)
    add (steps, step);
  return TRUE;
}

GArray *
export_chosen (const LessonPlay *play, const char *words, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_auto (GStrv) list = g_strsplit (words, ",", -1);

  for (guint i = 0; list[i] != NULL; i++) {
    const char *word = g_strstrip (list[i]);
    if (strcmp (word, "beats") == 0 || strcmp (word, "points") == 0)
      add_beats (steps, play, word[0] == 'p');
    else if (strcmp (word, "all") == 0)
      for (guint64 step = 0; step <= export_last_step (play); step++)
        add (steps, step);
    else if (strcmp (word, "none") != 0
             && !add_range (steps, play, word, error))
      return NULL;
  }
  arrange (steps);
  return g_steal_pointer (&steps);
}
