/* Where a reader stands in a lesson that was changed meanwhile. */
#include "resume.h"

#include "steps.h"

static const LessonBeatRange *
range_at (const LessonPlay *play, guint index)
{
  return &g_array_index (play->beats, LessonBeatRange, index);
}

static const LessonBeatRange *
range_of_id (const LessonPlay *play, const char *id)
{
  for (guint i = 0; i < play->beats->len; i++)
    if (g_strcmp0 (range_at (play, i)->beat->id, id) == 0)
      return range_at (play, i);
  return NULL;
}

/* A beat that was renamed stands where it stood, under an id that is new. */
static const LessonBeatRange *
renamed (const LessonPlay *from, guint index, const LessonPlay *to)
{
  if (from->beats->len != to->beats->len)
    return NULL;
  const LessonBeatRange *range = range_at (to, index);
  return range_of_id (from, range->beat->id) == NULL ? range : NULL;
}

static gboolean
same_point (const LessonPoint *a, const LessonPoint *b)
{
  return g_strcmp0 (a->step, b->step) == 0
         && g_strcmp0 (a->where, b->where) == 0 && a->nth == b->nth;
}

/* The cursor of the point in `to` that the reader stands at; 0 if they stand at
 * none, or it is gone. */
static guint64
cursor_of_point (const LessonBeatRange *from, guint64 cursor,
                 const LessonBeatRange *to)
{
  const GPtrArray *old = from->beat->points, *new = to->beat->points;

  for (guint i = 0; i < old->len; i++) {
    if (from->point_steps[i] != cursor)
      continue;
    for (guint j = 0; j < new->len; j++)
      if (same_point (old->pdata[i], new->pdata[j]))
        return to->point_steps[j];
  }
  return 0;
}

static gboolean
same_step (const struct vm_step *step, const LessonStepFilter *filter)
{
  if (step->kind != filter->kind)
    return FALSE;
  for (guint i = 0; i < filter->count; i++)
    if (step->values[i] != filter->equals[i])
      return FALSE;
  return TRUE;
}

/* The step before the cursor, as the n-th of its kind in its beat, or (exact)
 * the n-th of its kind with its values. */
static LessonStepFilter
filter_of (LessonPlay *play, const LessonBeatRange *range, guint64 cursor,
           gboolean exact)
{
  const struct vm_step *step = lesson_step_at (play->machine, cursor - 1);
  LessonStepFilter filter = {.kind = (enum vm_step_kind) step->kind,
                             .count = exact ? VM_STEP_VALUES : 0};

  for (guint i = 0; i < filter.count; i++) {
    filter.value[i] = i;
    filter.equals[i] = step->values[i];
  }
  for (guint64 n = range->first_step; n < cursor; n++)
    if (same_step (lesson_step_at (play->machine, n), &filter))
      filter.nth++;
  return filter;
}

static guint64
cursor_in_beat (LessonPlay *from, const LessonBeatRange *old, guint64 cursor,
                LessonPlay *to, const LessonBeatRange *new)
{
  guint64 found = cursor_of_point (old, cursor, new);

  if (found != 0 || cursor <= old->first_step)
    return found != 0 ? found : new->first_step;
  for (int exact = 1; exact >= 0; exact--) {
    LessonStepFilter filter = filter_of (from, old, cursor, exact != 0);
    if (lesson_find_step (to->machine, new->first_step, new->end_step, &filter,
                          &found))
      return found + 1;
  }
  return MIN (new->first_step + (cursor - old->first_step), new->end_step);
}

guint64
lesson_play_resume (LessonPlay *from, guint64 cursor, LessonPlay *to)
{
  int index = lesson_play_beat_at (from, cursor);

  if (index < 0)
    return to->first_step;
  const LessonBeatRange *old = range_at (from, (guint) index);
  const LessonBeatRange *new = range_of_id (to, old->beat->id);
  if (new == NULL)
    new = renamed (from, (guint) index, to);
  if (new != NULL)
    return cursor_in_beat (from, old, cursor, to, new);

  while (--index >= 0) {
    new = range_of_id (to, range_at (from, (guint) index)->beat->id);
    if (new != NULL)
      return new->end_step;
  }
  return to->first_step;
}
