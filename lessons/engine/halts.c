/* The halts of a lesson: the steps of its machine at which a reader is led to
 * stop. */

#include "halts.h"

static void
add (GArray *halts, const LessonPlay *play, guint64 cursor)
{
  guint step = (guint) (cursor - play->first_step);

  g_array_append_val (halts, step);
}

static void
add_beat (GArray *halts, const LessonPlay *play, const LessonBeatRange *range)
{
  guint points = range->beat->points->len;

  for (guint i = 0; i < points; i++)
    add (halts, play, range->point_steps[i]);
  if (points == 0)
    for (guint64 at = range->first_step + 1; at < range->end_step; at++)
      add (halts, play, at);
  add (halts, play, range->end_step);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const guint *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

static void
drop_doubles (GArray *halts)
{
  guint kept = 1;

  for (guint i = 1; i < halts->len; i++) {
    guint step = g_array_index (halts, guint, i);

    if (step != g_array_index (halts, guint, kept - 1))
      g_array_index (halts, guint, kept++) = step;
  }
  g_array_set_size (halts, kept);
}

GArray *
lesson_halts_new (const LessonPlay *play)
{
  GArray *halts = g_array_new (FALSE, FALSE, sizeof (guint));

  add (halts, play, play->first_step);
  for (guint i = 0; i < play->beats->len; i++)
    add_beat (halts, play, &g_array_index (play->beats, LessonBeatRange, i));
  for (guint i = 0; i < play->questions->len; i++)
    add (halts, play,
         g_array_index (play->questions, LessonQuestionPlace, i).ask_at);
  g_array_sort (halts, compare);
  drop_doubles (halts);
  return halts;
}

static gboolean
is_asked (const LessonPlay *play, guint step)
{
  for (guint i = 0; i < play->questions->len; i++)
    if (g_array_index (play->questions, LessonQuestionPlace, i).ask_at
        == play->first_step + step)
      return TRUE;
  return FALSE;
}

guint
lesson_halts_watched (const LessonPlay *play, const GArray *halts, guint *last)
{
  guint most = 0, watched = 0;

  for (guint i = 1; i < halts->len; i++) {
    guint step = g_array_index (halts, guint, i);

    watched = is_asked (play, step) ? 0 : watched + 1;
    if (watched <= most)
      continue;
    most = watched;
    if (last != NULL)
      *last = step;
  }
  return most;
}
