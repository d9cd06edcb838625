/* Which figures a hall sees: type that is read from the last row leaves room
 * for a few of them only. */

#include "hall-cast.h"

/* Steps of a beat that are looked at together: some 50 milliseconds. */
#define TOGETHER 24

struct _PwHallCast {
  LessonPlay *play;
  SceneStage *stage;
  /* The room that is spoken of; NULL: none yet. */
  const SceneMetrics *metrics;
  double width, height;
  GHashTable *casts; /* cursor to SceneCast, both guint64 */
};

/* A room, with the machine somewhere in the lesson. */
static gboolean
fits (PwHallCast *hall, SceneCast cast)
{
  return scene_stage_least_height (hall->stage, hall->play->machine, cast,
                                   hall->metrics, hall->width)
         <= hall->height;
}

/* As many of them as fit, beside those that are there, in the lesson's order;
 * one of them in any case. */
static SceneCast
add_fitting (PwHallCast *hall, SceneCast there, SceneCast more)
{
  for (guint i = 0; i < scene_stage_count (hall->stage); i++) {
    SceneCast one = (SceneCast) 1 << i;

    if ((more & one) != 0 && (there & one) == 0
        && (there == 0 || fits (hall, there | one)))
      there |= one;
  }
  return there;
}

static SceneCast
concerned_at (PwHallCast *hall, guint64 cursor, SceneCast *landing)
{
  vm_machine_seek (hall->play->machine, cursor);
  return scene_stage_concerned (hall->stage, hall->play->machine, landing);
}

static void
set_casts (PwHallCast *hall, guint64 from, guint64 to, SceneCast cast)
{
  for (guint64 cursor = from; cursor < to; cursor++)
    g_hash_table_insert (hall->casts, g_memdup2 (&cursor, sizeof cursor),
                         g_memdup2 (&cast, sizeof cast));
}

/* The cursors around one that are looked at together: [*from, *to). The
 * lesson's beginning belongs to its first beat. */
static void
find_stretch (PwHallCast *hall, guint64 cursor, guint64 *from, guint64 *to)
{
  const LessonPlay *play = hall->play;
  int beat = lesson_play_beat_at (play, cursor);
  guint64 begin = play->first_step, end = play->end_step + 1;

  if (play->beats->len > 0) {
    const LessonBeatRange *range
        = &g_array_index (play->beats, LessonBeatRange, MAX (beat, 0));
    begin = beat > 0 ? range->first_step + 1 : play->first_step;
    end = range->end_step + 1;
  }
  *from = begin + (cursor - begin) / TOGETHER * TOGETHER;
  *to = MIN (*from + TOGETHER, end);
}

static void
look_at (PwHallCast *hall, guint64 from, guint64 to)
{
  SceneCast cast = 0, before = 0, filled;
  guint64 begin = from;

  for (guint64 cursor = from; cursor < to; cursor++) {
    SceneCast landing, about = concerned_at (hall, cursor, &landing);

    if (cast == 0 || about == 0 || fits (hall, cast | about)) {
      cast = add_fitting (hall, add_fitting (hall, cast, landing), about);
      continue;
    }
    filled
        = add_fitting (hall, add_fitting (hall, cast, before), SCENE_CAST_ALL);
    set_casts (hall, begin, cursor, filled);
    before = filled;
    begin = cursor;
    cast = add_fitting (hall, add_fitting (hall, 0, landing), about);
  }
  filled = add_fitting (hall, add_fitting (hall, cast, before), SCENE_CAST_ALL);
  set_casts (hall, begin, to, filled);
}

PwHallCast *
pw_hall_cast_new (LessonPlay *play, SceneStage *stage)
{
  PwHallCast *hall = g_new0 (PwHallCast, 1);

  hall->play = play;
  hall->stage = stage;
  hall->casts
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return hall;
}

void
pw_hall_cast_free (PwHallCast *hall)
{
  if (hall == NULL)
    return;
  g_hash_table_unref (hall->casts);
  g_free (hall);
}

void
pw_hall_cast_forget (PwHallCast *hall)
{
  hall->metrics = NULL;
  g_hash_table_remove_all (hall->casts);
}

static void
set_room (PwHallCast *hall, const SceneMetrics *metrics, double width,
          double height)
{
  if (hall->metrics == metrics && hall->width == width
      && hall->height == height)
    return;
  hall->metrics = metrics;
  hall->width = width;
  hall->height = height;
  g_hash_table_remove_all (hall->casts);
}

SceneCast
pw_hall_cast_at (PwHallCast *hall, guint step, const SceneMetrics *metrics,
                 double width, double height)
{
  struct vm_machine *machine = hall->play->machine;
  guint64 here = vm_machine_cursor (machine), from, to;
  guint64 cursor = MIN (hall->play->first_step + step, hall->play->end_step);
  const SceneCast *cast;

  set_room (hall, metrics, width, height);
  cast = g_hash_table_lookup (hall->casts, &cursor);
  if (cast == NULL) {
    find_stretch (hall, cursor, &from, &to);
    look_at (hall, from, to);
    vm_machine_seek (machine, here);
    cast = g_hash_table_lookup (hall->casts, &cursor);
  }
  return cast != NULL ? *cast : SCENE_CAST_ALL;
}

SceneCast
pw_hall_cast_least (PwHallCast *hall, guint step)
{
  struct vm_machine *machine = hall->play->machine;
  guint64 here = vm_machine_cursor (machine);
  SceneCast about = concerned_at (hall, hall->play->first_step + step, NULL);

  vm_machine_seek (machine, here);
  return about != 0 ? about & (~about + 1) : 1;
}
