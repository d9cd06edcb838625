/* The stills of a lesson, one a step, made when asked for and kept a while. */

#include "stills.h"

#include "hall-cast.h"
#include "stage.h"

/* A still of a walk is some 600 items, about 100 KiB. */
#define KEPT 48

struct _PwStills {
  LessonPlay *play;
  SceneStage *stage;
  const SceneMetrics *metrics;
  double width, height;
  guint latest;     /* step asked for last: it is still in use */
  GHashTable *kept; /* step to SceneStill */
  PwHallCast *hall; /* NULL: all figures are shown */
};

static SceneStill *
make (PwStills *stills, guint step, const SceneMetrics *metrics, double width,
      double height)
{
  struct vm_machine *machine = stills->play->machine;
  guint64 cursor = vm_machine_cursor (machine);
  guint64 at = stills->play->first_step + step;
  SceneStill *still;

  if (at > stills->play->end_step || !vm_machine_seek (machine, at))
    return NULL;
  still = scene_stage_still (stills->stage, machine, metrics, width, height);
  vm_machine_seek (machine, cursor);
  return still;
}

/* Drops the still furthest from a step, but not the latest. */
static void
drop_furthest (PwStills *stills, guint step)
{
  GHashTableIter iter;
  gpointer key;
  guint furthest = step, distance = 0;

  g_hash_table_iter_init (&iter, stills->kept);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    guint other = GPOINTER_TO_UINT (key);
    guint away = other > step ? other - step : step - other;

    if (away < distance || other == stills->latest)
      continue;
    furthest = other;
    distance = away;
  }
  g_hash_table_remove (stills->kept, GUINT_TO_POINTER (furthest));
}

PwStills *
pw_stills_new (LessonPlay *play)
{
  PwStills *stills = g_new0 (PwStills, 1);

  stills->play = play;
  stills->stage = scene_stage_new (play->document);
  scene_stage_set_start (stills->stage, play->first_step);
  stills->kept = g_hash_table_new_full (NULL, NULL, NULL,
                                        (GDestroyNotify) scene_still_free);
  return stills;
}

void
pw_stills_free (PwStills *stills)
{
  if (stills == NULL)
    return;
  g_hash_table_unref (stills->kept);
  pw_hall_cast_free (stills->hall);
  scene_stage_free (stills->stage);
  g_free (stills);
}

gboolean
pw_stills_set_layout (PwStills *stills, const SceneMetrics *metrics,
                      double width, double height)
{
  if (stills->metrics == metrics && stills->width == width
      && stills->height == height)
    return FALSE;
  stills->metrics = metrics;
  stills->width = width;
  stills->height = height;
  if (stills->hall != NULL)
    pw_hall_cast_forget (stills->hall);
  pw_stills_forget (stills);
  return TRUE;
}

void
pw_stills_set_hall (PwStills *stills)
{
  if (stills->hall == NULL)
    stills->hall = pw_hall_cast_new (stills->play, stills->stage);
  pw_stills_forget (stills);
}

void
pw_stills_forget (PwStills *stills)
{
  g_hash_table_remove_all (stills->kept);
}

void
pw_stills_scroll (PwStills *stills, SceneId window, guint64 first)
{
  scene_stage_scroll (stills->stage, window, first);
  pw_stills_forget (stills);
}

gboolean
pw_stills_unscroll (PwStills *stills)
{
  if (!scene_stage_unscroll (stills->stage))
    return FALSE;
  pw_stills_forget (stills);
  return TRUE;
}

const SceneStill *
pw_stills_get (PwStills *stills, guint step)
{
  SceneStill *still;

  if (stills->metrics == NULL)
    return NULL;
  still = g_hash_table_lookup (stills->kept, GUINT_TO_POINTER (step));
  if (still == NULL) {
    if (stills->hall != NULL)
      scene_stage_set_cast (
          stills->stage, pw_hall_cast_at (stills->hall, step, stills->metrics,
                                          stills->width, stills->height));
    still = make (stills, step, stills->metrics, stills->width, stills->height);
    if (still == NULL)
      return NULL;
    if (g_hash_table_size (stills->kept) >= KEPT)
      drop_furthest (stills, step);
    g_hash_table_insert (stills->kept, GUINT_TO_POINTER (step), still);
  }
  stills->latest = step;
  return still;
}

double
pw_stills_least_height (PwStills *stills, guint step,
                        const SceneMetrics *metrics, double width)
{
  g_autoptr (SceneStill) still = NULL;

  if (stills->hall != NULL)
    scene_stage_set_cast (stills->stage,
                          pw_hall_cast_least (stills->hall, step));
  still = make (stills, step, metrics, width, 1.0);

  return still != NULL ? still->height : 0.0;
}
