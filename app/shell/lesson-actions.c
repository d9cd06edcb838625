/* Steps through a lesson by actions. */

#include "lesson-actions.h"

#include "stepping.h"

struct _PwLessonActions {
  GSimpleActionGroup *group;
  LessonPlay *play;
  PwPlayhead *head;
};

static GSimpleAction *
find (PwLessonActions *actions, const char *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (actions->group), name));
}

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PwLessonActions *actions = data;

  if (actions->play != NULL)
    pw_stepping_do (g_action_get_name (G_ACTION (action)), actions->play,
                    actions->head);
}

static void
on_speed_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PwLessonActions *actions = data;

  if (actions->head != NULL)
    pw_playhead_set_speed (actions->head, g_variant_get_double (parameter));
}

static void
on_every_step_action (GSimpleAction *action, GVariant *state, gpointer data)
{
  PwLessonActions *actions = data;

  if (actions->head != NULL)
    pw_playhead_set_every_step (actions->head, g_variant_get_boolean (state));
}

static void
on_every_step (PwLessonActions *actions)
{
  g_simple_action_set_state (
      find (actions, "every-step"),
      g_variant_new_boolean (pw_playhead_get_every_step (actions->head)));
}

static void
on_speed (PwLessonActions *actions)
{
  g_simple_action_set_state (
      find (actions, "speed"),
      g_variant_new_double (pw_playhead_get_speed (actions->head)));
}

PwLessonActions *
pw_lesson_actions_new (void)
{
  PwLessonActions *actions = g_new0 (PwLessonActions, 1);
  g_autoptr (GSimpleAction) speed = g_simple_action_new_stateful (
      "speed", G_VARIANT_TYPE_DOUBLE, g_variant_new_double (1.0));
  g_autoptr (GSimpleAction) every = g_simple_action_new_stateful (
      "every-step", NULL, g_variant_new_boolean (FALSE));
  const char *const *names = pw_stepping_names ();

  actions->group = g_simple_action_group_new ();
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);

    g_signal_connect (action, "activate", G_CALLBACK (on_action), actions);
    g_action_map_add_action (G_ACTION_MAP (actions->group), G_ACTION (action));
  }
  g_signal_connect (speed, "activate", G_CALLBACK (on_speed_action), actions);
  g_action_map_add_action (G_ACTION_MAP (actions->group), G_ACTION (speed));
  g_signal_connect (every, "change-state", G_CALLBACK (on_every_step_action),
                    actions);
  g_action_map_add_action (G_ACTION_MAP (actions->group), G_ACTION (every));
  return actions;
}

/* The group may outlive it, in a window: it does nothing then. */
static void
disconnect (PwLessonActions *actions)
{
  const char *const *names = pw_stepping_names ();

  for (guint i = 0; names[i] != NULL; i++)
    g_signal_handlers_disconnect_by_data (find (actions, names[i]), actions);
  g_signal_handlers_disconnect_by_data (find (actions, "speed"), actions);
  g_signal_handlers_disconnect_by_data (find (actions, "every-step"), actions);
}

void
pw_lesson_actions_free (PwLessonActions *actions)
{
  if (actions == NULL)
    return;
  pw_lesson_actions_set_lesson (actions, NULL, NULL);
  disconnect (actions);
  g_object_unref (actions->group);
  g_free (actions);
}

void
pw_lesson_actions_set_lesson (PwLessonActions *actions, LessonPlay *play,
                              PwPlayhead *head)
{
  if (actions->head != NULL)
    g_signal_handlers_disconnect_by_data (actions->head, actions);
  actions->play = play;
  actions->head = head;
  if (head == NULL)
    return;
  g_signal_connect_swapped (head, "notify::speed", G_CALLBACK (on_speed),
                            actions);
  g_signal_connect_swapped (head, "notify::every-step",
                            G_CALLBACK (on_every_step), actions);
}

void
pw_lesson_actions_update (PwLessonActions *actions)
{
  const char *const back[] = {"first", "back", "over-back", "one-back"};
  const char *const forward[] = {"step", "last", "over", "out", "one"};
  guint step = pw_playhead_get_step (actions->head);
  guint count = pw_playhead_get_count (actions->head);

  for (guint i = 0; i < G_N_ELEMENTS (back); i++)
    g_simple_action_set_enabled (find (actions, back[i]), step > 0);
  for (guint i = 0; i < G_N_ELEMENTS (forward); i++)
    g_simple_action_set_enabled (find (actions, forward[i]), step < count);
}

GActionGroup *
pw_lesson_actions_get_group (PwLessonActions *actions)
{
  return G_ACTION_GROUP (actions->group);
}
