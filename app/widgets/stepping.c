/* The ways to step through a lesson, by name. */

#include "stepping.h"

typedef void (*Way) (LessonPlay *play, PwPlayhead *head);

static void
go_by (PwPlayhead *head, int by)
{
  guint step = pw_playhead_get_step (head);

  if (by < 0 && step == 0)
    return;
  pw_playhead_go (head, step + (guint) by);
}

static void
go_to (LessonPlay *play, PwPlayhead *head, guint64 cursor)
{
  guint64 within = CLAMP (cursor, play->first_step, play->end_step);

  pw_playhead_go (head, (guint) (within - play->first_step));
}

static guint64
cursor_of (LessonPlay *play, PwPlayhead *head)
{
  return play->first_step + pw_playhead_get_step (head);
}

static void
first (LessonPlay *play, PwPlayhead *head)
{
  pw_playhead_go (head, 0);
}

static void
back (LessonPlay *play, PwPlayhead *head)
{
  pw_playhead_previous (head);
}

static void
play_or_pause (LessonPlay *play, PwPlayhead *head)
{
  if (pw_playhead_get_playing (head))
    pw_playhead_pause (head);
  else
    pw_playhead_play (head);
}

static void
step_on (LessonPlay *play, PwPlayhead *head)
{
  pw_playhead_next (head);
}

static void
one (LessonPlay *play, PwPlayhead *head)
{
  go_by (head, 1);
}

static void
one_back (LessonPlay *play, PwPlayhead *head)
{
  go_by (head, -1);
}

static void
last (LessonPlay *play, PwPlayhead *head)
{
  pw_playhead_go (head, G_MAXUINT);
}

static void
over (LessonPlay *play, PwPlayhead *head)
{
  go_to (play, head,
         vm_tape_step_over (vm_machine_tape (play->machine),
                            cursor_of (play, head)));
}

static void
out (LessonPlay *play, PwPlayhead *head)
{
  go_to (play, head,
         vm_tape_step_out (vm_machine_tape (play->machine),
                           cursor_of (play, head)));
}

/* Depth of the step after a cursor; at the end, of an operation. */
static guint
depth_at (LessonPlay *play, guint64 cursor)
{
  const struct vm_step *step = vm_machine_step (play->machine, cursor);

  return step != NULL && cursor < play->end_step ? step->depth : 0;
}

/* Back to the nearest place from which "over" comes here or beyond. */
static void
over_back (LessonPlay *play, PwPlayhead *head)
{
  guint64 cursor = cursor_of (play, head);
  guint depth = depth_at (play, cursor);

  while (cursor > play->first_step) {
    cursor--;
    if (depth_at (play, cursor) <= depth)
      break;
  }
  go_to (play, head, cursor);
}

static void
faster (LessonPlay *play, PwPlayhead *head)
{
  pw_playhead_set_speed (head, pw_playhead_get_speed (head) * 2);
}

static void
slower (LessonPlay *play, PwPlayhead *head)
{
  pw_playhead_set_speed (head, pw_playhead_get_speed (head) / 2);
}

static const char *const names[]
    = {"first",     "back",   "play",   "step", "last",     "over", "out",
       "over-back", "faster", "slower", "one",  "one-back", NULL};

static const Way ways[] = {first,  back,   play_or_pause, step_on,
                           last,   over,   out,           over_back,
                           faster, slower, one,           one_back};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == G_N_ELEMENTS (ways) + 1);

const char *const *
pw_stepping_names (void)
{
  return names;
}

void
pw_stepping_do (const char *name, LessonPlay *play, PwPlayhead *head)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      ways[i](play, head);
}
