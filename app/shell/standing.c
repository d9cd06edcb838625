/* How far the reader is, as the library and "My progress" say it. */

#include "standing.h"

#include <glib/gi18n-lib.h>

PwStandings *
pw_standings_new (ProgressStore *store)
{
  PwStandings *standings = g_new0 (PwStandings, 1);

  standings->lessons = progress_store_lessons (store);
  return standings;
}

void
pw_standings_free (PwStandings *standings)
{
  if (standings == NULL)
    return;
  g_ptr_array_unref (standings->lessons);
  g_free (standings);
}

const ProgressLesson *
pw_standings_find (const PwStandings *standings, const char *lesson)
{
  for (guint i = 0; i < standings->lessons->len; i++) {
    const ProgressLesson *one = g_ptr_array_index (standings->lessons, i);

    if (g_strcmp0 (one->lesson, lesson) == 0)
      return one;
  }
  return NULL;
}

const ProgressLesson *
pw_standings_latest (const PwStandings *standings, const LessonCatalog *catalog)
{
  for (guint i = 0; i < standings->lessons->len; i++) {
    const ProgressLesson *one = g_ptr_array_index (standings->lessons, i);
    const LessonEntry *entry = lesson_catalog_find (catalog, one->lesson);

    if (entry != NULL && entry->path != NULL)
      return one;
  }
  return NULL;
}

gboolean
pw_standing_is_done (const ProgressLesson *lesson)
{
  return lesson != NULL && lesson->ended && lesson->answered >= lesson->asked;
}

/* The beginning is something to look at, too: n steps have n + 1 places. */
double
pw_standing_share (const ProgressLesson *lesson)
{
  if (lesson == NULL)
    return 0;
  return MIN (1.0, (double) lesson->seen / (lesson->steps + 1));
}

/* "31 of 78 steps", as the counter below the stage has it: the place before
 * the first step is none of them. */
static char *
text_of (guint seen, guint steps, guint right, guint asked)
{
  g_autofree char *told
      = g_strdup_printf (ngettext ("%u of %u step", "%u of %u steps", steps),
                         MIN (seen, steps), steps);
  g_autofree char *questions = g_strdup_printf (
      ngettext ("%u of %u question right", "%u of %u questions right", asked),
      right, asked);

  if (asked == 0)
    return g_steal_pointer (&told);
  /* Translators: steps seen, and questions answered rightly. */
  return g_strdup_printf (_ ("%s · %s"), told, questions);
}

/* A lesson that has changed may have fewer questions than were answered. */
char *
pw_standing_text (const ProgressLesson *lesson)
{
  return text_of (lesson->seen, lesson->steps,
                  MIN (lesson->right, lesson->asked), lesson->asked);
}

void
pw_sum_add (PwSum *sum, const ProgressLesson *lesson)
{
  sum->lessons++;
  if (lesson == NULL)
    return;
  sum->begun++;
  sum->done += pw_standing_is_done (lesson);
  sum->seen += MIN (lesson->seen, lesson->steps);
  sum->steps += lesson->steps;
  sum->right += MIN (lesson->right, lesson->asked);
  sum->asked += lesson->asked;
  sum->share += pw_standing_share (lesson);
}

char *
pw_sum_text (const PwSum *sum)
{
  return text_of (sum->seen, sum->steps, sum->right, sum->asked);
}

char *
pw_time_text (double seconds)
{
  guint minutes = (guint) (seconds / 60 + 0.5);

  if (seconds > 0 && minutes == 0)
    return g_strdup (_ ("under 1 min"));
  if (minutes < 60)
    /* Translators: a time spent, in minutes. */
    return g_strdup_printf (_ ("%u min"), minutes);
  /* Translators: a time spent, in hours and minutes. */
  return g_strdup_printf (_ ("%u h %u min"), minutes / 60, minutes % 60);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
pw_moment_text (gint64 moment, gint64 now)
{
  g_autoptr (GDateTime) then_utc
      = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now_utc
      = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) then = g_date_time_to_local (then_utc);
  g_autoptr (GDateTime) today = g_date_time_to_local (now_utc);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);

  if (is_same_day (then, today))
    /* Translators: a time of day, as strftime writes it. */
    return g_date_time_format (then, _ ("today, %H:%M"));
  if (is_same_day (then, yesterday))
    return g_date_time_format (then, _ ("yesterday, %H:%M"));
  return g_date_time_format (then, "%Y-%m-%d");
}
