/* Where the reader stands in a lesson, as one number. */

#include "playhead.h"

#include <math.h>

/* Time to read a caption before the next step plays, at speed 1. */
#define DWELL_MS 1500.0

struct _PwPlayhead {
  GObject parent_instance;
  guint count, step;
  double position, speed;
  gboolean playing, moving, motion, every_step;
  GArray *halts, *stops;
  guint dwell;
};

enum {
  PROP_STEP = 1,
  PROP_COUNT,
  PROP_POSITION,
  PROP_SPEED,
  PROP_PLAYING,
  PROP_MOVING,
  PROP_EVERY_STEP,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PwPlayhead, pw_playhead, G_TYPE_OBJECT)

static void arrive (PwPlayhead *head);

static void
set_step (PwPlayhead *head, guint step)
{
  if (head->step == step)
    return;
  head->step = step;
  g_object_notify_by_pspec (G_OBJECT (head), props[PROP_STEP]);
}

static void
set_position (PwPlayhead *head, double position)
{
  if (head->position == position)
    return;
  head->position = position;
  g_object_notify_by_pspec (G_OBJECT (head), props[PROP_POSITION]);
}

static void
set_moving (PwPlayhead *head, gboolean moving)
{
  if (head->moving == moving)
    return;
  head->moving = moving;
  g_object_notify_by_pspec (G_OBJECT (head), props[PROP_MOVING]);
}

static void
set_playing (PwPlayhead *head, gboolean playing)
{
  g_clear_handle_id (&head->dwell, g_source_remove);
  if (head->playing == playing)
    return;
  head->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (head), props[PROP_PLAYING]);
}

/* Both numbers change before either is told of: a listener to the step must
 * not see the old position. */
static void
cut (PwPlayhead *head, guint step)
{
  g_object_freeze_notify (G_OBJECT (head));
  set_moving (head, FALSE);
  set_position (head, step);
  set_step (head, step);
  g_object_thaw_notify (G_OBJECT (head));
}

/* Moves to step through the one transition that leads there. */
static void
move (PwPlayhead *head, guint step)
{
  if (!head->motion || head->position == step) {
    cut (head, step);
    return;
  }

  g_object_freeze_notify (G_OBJECT (head));
  set_position (head, CLAMP (head->position, step - 1.0, step + 1.0));
  set_step (head, step);
  set_moving (head, TRUE);
  g_object_thaw_notify (G_OBJECT (head));
}

static gboolean
is_stop (PwPlayhead *head, guint step)
{
  for (guint i = 0; i < head->stops->len; i++)
    if (g_array_index (head->stops, guint, i) == step)
      return TRUE;
  return FALSE;
}

/* The halt after a step; behind the last one, and without any, every step is
 * one. */
static guint
next_halt (PwPlayhead *head, guint step)
{
  if (head->every_step)
    return step + 1;
  for (guint i = 0; i < head->halts->len; i++)
    if (g_array_index (head->halts, guint, i) > step)
      return g_array_index (head->halts, guint, i);
  return step + 1;
}

static guint
previous_halt (PwPlayhead *head, guint step)
{
  if (head->every_step)
    return step - 1;
  for (guint i = head->halts->len; i > 0; i--)
    if (g_array_index (head->halts, guint, i - 1) < step)
      return g_array_index (head->halts, guint, i - 1);
  return step - 1;
}

static gboolean
is_near (PwPlayhead *head, guint step)
{
  if (step == head->step || step == next_halt (head, head->step)
      || step == head->step + 1 || step + 1 == head->step)
    return TRUE;
  return head->step > 0 && step == previous_halt (head, head->step);
}

static void
play_next (PwPlayhead *head)
{
  move (head, next_halt (head, head->step));
  if (!head->moving)
    arrive (head);
}

static gboolean
on_dwelt (gpointer data)
{
  PwPlayhead *head = data;

  head->dwell = 0;
  play_next (head);
  return G_SOURCE_REMOVE;
}

/* The number has come to rest on its step. */
static void
arrive (PwPlayhead *head)
{
  if (!head->playing)
    return;
  if (head->step >= head->count || is_stop (head, head->step)) {
    set_playing (head, FALSE);
    return;
  }
  head->dwell
      = g_timeout_add ((guint) (DWELL_MS / head->speed), on_dwelt, head);
}

static void
pw_playhead_get_property (GObject *object, guint id, GValue *value,
                          GParamSpec *pspec)
{
  PwPlayhead *head = PW_PLAYHEAD (object);

  switch (id) {
  case PROP_STEP:
    g_value_set_uint (value, head->step);
    break;
  case PROP_COUNT:
    g_value_set_uint (value, head->count);
    break;
  case PROP_POSITION:
    g_value_set_double (value, head->position);
    break;
  case PROP_SPEED:
    g_value_set_double (value, head->speed);
    break;
  case PROP_PLAYING:
    g_value_set_boolean (value, head->playing);
    break;
  case PROP_MOVING:
    g_value_set_boolean (value, head->moving);
    break;
  case PROP_EVERY_STEP:
    g_value_set_boolean (value, head->every_step);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
pw_playhead_finalize (GObject *object)
{
  PwPlayhead *head = PW_PLAYHEAD (object);

  g_clear_handle_id (&head->dwell, g_source_remove);
  g_array_unref (head->halts);
  g_array_unref (head->stops);
  G_OBJECT_CLASS (pw_playhead_parent_class)->finalize (object);
}

static void
pw_playhead_class_init (PwPlayheadClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pw_playhead_get_property;
  object_class->finalize = pw_playhead_finalize;

  props[PROP_STEP]
      = g_param_spec_uint ("step", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_COUNT]
      = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, 0.0,
                                              G_MAXDOUBLE, 0.0, flags);
  props[PROP_SPEED]
      = g_param_spec_double ("speed", NULL, NULL, 0.25, 4.0, 1.0, flags);
  props[PROP_PLAYING]
      = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  props[PROP_MOVING]
      = g_param_spec_boolean ("moving", NULL, NULL, FALSE, flags);
  props[PROP_EVERY_STEP]
      = g_param_spec_boolean ("every-step", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pw_playhead_init (PwPlayhead *head)
{
  head->speed = 1.0;
  head->motion = TRUE;
  head->halts = g_array_new (FALSE, FALSE, sizeof (guint));
  head->stops = g_array_new (FALSE, FALSE, sizeof (guint));
}

PwPlayhead *
pw_playhead_new (guint count)
{
  PwPlayhead *head = g_object_new (PW_TYPE_PLAYHEAD, NULL);

  head->count = count;
  return head;
}

guint
pw_playhead_get_count (PwPlayhead *head)
{
  return head->count;
}

guint
pw_playhead_get_step (PwPlayhead *head)
{
  return head->step;
}

double
pw_playhead_get_position (PwPlayhead *head)
{
  return head->position;
}

gboolean
pw_playhead_get_playing (PwPlayhead *head)
{
  return head->playing;
}

gboolean
pw_playhead_get_moving (PwPlayhead *head)
{
  return head->moving;
}

double
pw_playhead_get_speed (PwPlayhead *head)
{
  return head->speed;
}

void
pw_playhead_set_speed (PwPlayhead *head, double speed)
{
  speed = CLAMP (speed, 0.25, 4.0);
  if (head->speed == speed)
    return;
  head->speed = speed;
  g_object_notify_by_pspec (G_OBJECT (head), props[PROP_SPEED]);
}

void
pw_playhead_set_halts (PwPlayhead *head, const guint *steps, guint n)
{
  g_array_set_size (head->halts, 0);
  g_array_append_vals (head->halts, steps, n);
}

void
pw_playhead_share_halts (PwPlayhead *head, const PwPlayhead *other)
{
  pw_playhead_set_halts (head,
                         (const guint *) (gconstpointer) other->halts->data,
                         other->halts->len);
  pw_playhead_set_every_step (head, other->every_step);
}

void
pw_playhead_set_every_step (PwPlayhead *head, gboolean every)
{
  if (head->every_step == every)
    return;
  head->every_step = every;
  g_object_notify_by_pspec (G_OBJECT (head), props[PROP_EVERY_STEP]);
}

gboolean
pw_playhead_get_every_step (PwPlayhead *head)
{
  return head->every_step;
}

guint
pw_playhead_get_first (PwPlayhead *head)
{
  if (head->step == 0 || next_halt (head, head->step - 1) != head->step)
    return head->step;
  return previous_halt (head, head->step) + 1;
}

guint
pw_playhead_peek_next (PwPlayhead *head)
{
  return MIN (next_halt (head, head->step), head->count);
}

void
pw_playhead_next (PwPlayhead *head)
{
  set_playing (head, FALSE);
  move (head, pw_playhead_peek_next (head));
}

void
pw_playhead_previous (PwPlayhead *head)
{
  set_playing (head, FALSE);
  if (head->step > 0)
    move (head, previous_halt (head, head->step));
}

void
pw_playhead_set_motion (PwPlayhead *head, gboolean motion)
{
  head->motion = motion;
  if (!motion && head->moving)
    cut (head, head->step);
}

void
pw_playhead_go (PwPlayhead *head, guint step)
{
  guint target = MIN (step, head->count);

  set_playing (head, FALSE);
  if (is_near (head, target))
    move (head, target);
  else
    cut (head, target);
}

void
pw_playhead_show (PwPlayhead *head, guint step)
{
  guint target = MIN (step, head->count);

  set_playing (head, FALSE);
  if (target > 0)
    cut (head, target - 1);
  move (head, target);
}

void
pw_playhead_scrub (PwPlayhead *head, double position)
{
  double target = CLAMP (position, 0.0, (double) head->count);

  g_object_freeze_notify (G_OBJECT (head));
  set_playing (head, FALSE);
  set_moving (head, FALSE);
  set_position (head, head->motion ? target : round (target));
  set_step (head, (guint) round (target));
  g_object_thaw_notify (G_OBJECT (head));
}

void
pw_playhead_settle (PwPlayhead *head)
{
  move (head, head->step);
}

void
pw_playhead_play (PwPlayhead *head)
{
  if (head->count == 0)
    return;
  if (head->step >= head->count)
    cut (head, 0);
  set_playing (head, TRUE);
  play_next (head);
}

void
pw_playhead_pause (PwPlayhead *head)
{
  set_playing (head, FALSE);
}

void
pw_playhead_set_stops (PwPlayhead *head, const guint *steps, guint n)
{
  g_array_set_size (head->stops, 0);
  g_array_append_vals (head->stops, steps, n);
}

void
pw_playhead_advance (PwPlayhead *head, double elapsed, double duration)
{
  double target = head->step;
  double way;

  if (!head->moving)
    return;

  way = elapsed * head->speed / MAX (duration, 1.0);
  if (fabs (target - head->position) > way) {
    set_position (head,
                  head->position + copysign (way, target - head->position));
    return;
  }
  cut (head, head->step);
  arrive (head);
}
