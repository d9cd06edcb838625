/* Where the sections of a lesson begin, as steps of its machine. */

#include "sections.h"

static const LessonBeatRange *
beat_of (const LessonPlay *play, guint i)
{
  return &g_array_index (play->beats, LessonBeatRange, i);
}

static gboolean
begins_section (const LessonPlay *play, guint i)
{
  return i == 0 || beat_of (play, i)->section != beat_of (play, i - 1)->section;
}

const LessonSection *
pw_sections_at (const LessonPlay *play, guint64 cursor)
{
  const LessonSection *at = play->document->sections->pdata[0];

  for (guint i = 0; i < play->beats->len; i++)
    if (i == 0 || beat_of (play, i)->first_step <= cursor)
      at = beat_of (play, i)->section;
  return at;
}

guint64
pw_sections_next (const LessonPlay *play, guint64 cursor)
{
  for (guint i = 0; i < play->beats->len; i++)
    if (begins_section (play, i) && beat_of (play, i)->first_step > cursor)
      return beat_of (play, i)->first_step;
  return play->end_step;
}

guint64
pw_sections_previous (const LessonPlay *play, guint64 cursor)
{
  guint64 found = play->first_step;

  for (guint i = 0; i < play->beats->len; i++)
    if (begins_section (play, i) && beat_of (play, i)->first_step < cursor)
      found = beat_of (play, i)->first_step;
  return found;
}
