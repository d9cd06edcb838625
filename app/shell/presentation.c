/* A lesson presented to a hall: its windows, on its screens. */

#include "presentation-private.h"

#include <glib/gi18n-lib.h>

#include "keys.h"

static GtkApplication *
application_of (PwPresentation *p)
{
  return gtk_window_get_application (p->window);
}

GtkWindow *
pw_presentation_desk (PwPresentation *p)
{
  return p->presenter != NULL ? GTK_WINDOW (p->presenter)
                              : GTK_WINDOW (p->audience);
}

void
pw_presentation_tell (PwPresentation *p, const char *text)
{
  if (p->presenter != NULL)
    pw_presenter_tell (p->presenter, text);
  else
    pw_audience_tell (p->audience, text);
}

/* Steps ---------------------------------------------------------------------
 */

static void
follow (PwPresentation *p)
{
  guint step = pw_playhead_get_step (p->head);

  if (!p->frozen && pw_playhead_get_step (p->shown) != step)
    pw_playhead_go (p->shown, step);
}

static void
on_step (PwPresentation *p)
{
  pw_presentation_hide_question (p);
  pw_presentation_set_values (p, FALSE);
  follow (p);
  pw_presentation_update (p);
}

void
pw_presentation_go (PwPresentation *p, guint step)
{
  pw_playhead_go (p->head, step);
}

void
pw_presentation_set_frozen (PwPresentation *p, gboolean frozen)
{
  p->frozen = frozen;
  follow (p);
  pw_presentation_update (p);
}

static gboolean
on_pace (gpointer data)
{
  PwPresentation *p = data;
  guint step = pw_playhead_get_step (p->head);
  guint count = pw_playhead_get_count (p->head);

  if (pw_presentation_asks (p))
    return FALSE;
  if (step < count)
    pw_playhead_next (p->head);
  return pw_playhead_get_step (p->head) < count;
}

/* The latest one is enough to know that it is not the lesson's own. */
static void
show_variation (PwPresentation *p)
{
  const LessonVariation *latest;
  g_autofree char *value = NULL;

  if (pw_presentation_is_varied (p)) {
    latest = p->variations->pdata[p->variations->len - 1];
    value = lesson_variation_value (latest->line);
  }
  pw_audience_set_varied (p->audience, value);
}

void
pw_presentation_update (PwPresentation *p)
{
  guint step = pw_playhead_get_step (p->head);
  guint shown = pw_playhead_get_step (p->shown);
  gboolean ahead = p->frozen && step != shown;

  show_variation (p);
  /* The hall is told only where the presenter has no other place to look. */
  pw_audience_set_ahead (p->audience,
                         ahead && p->presenter == NULL ? (int) step : -1);
  if (p->presenter != NULL) {
    pw_presenter_set_frozen (p->presenter, p->frozen ? (int) shown : -1);
    pw_presenter_show_time (p->presenter);
  }
  pw_presentation_actions_update (p);
}

/* The overview ---------------------------------------------------------------
 */

void
pw_presentation_cover (PwPresentation *p, GtkWidget *widget)
{
  if (p->presenter != NULL)
    pw_presenter_cover (p->presenter, widget);
  else
    pw_audience_add_cover (p->audience, widget);
}

void
pw_presentation_uncover (PwPresentation *p, GtkWidget *widget)
{
  if (p->presenter != NULL)
    pw_presenter_cover (p->presenter, NULL);
  else
    pw_audience_remove_cover (p->audience, widget);
}

static void
on_left (PwPresentation *p)
{
  pw_presentation_set_overview (p, FALSE);
}

static void
on_chosen (PwPresentation *p, guint step)
{
  pw_presentation_set_overview (p, FALSE);
  pw_presentation_go (p, step);
}

void
pw_presentation_set_overview (PwPresentation *p, gboolean shown)
{
  if (shown == (p->overview != NULL))
    return;
  if (!shown) {
    pw_presentation_uncover (p, GTK_WIDGET (p->overview));
    p->overview = NULL;
    gtk_window_set_focus (pw_presentation_desk (p), NULL);
  } else {
    pw_presentation_set_values (p, FALSE);
    p->overview = PW_OVERVIEW (pw_overview_new (
        PW_STAGE (pw_audience_get_stage (p->audience)), p->play));
    g_signal_connect_swapped (p->overview, "chosen", G_CALLBACK (on_chosen), p);
    g_signal_connect_swapped (p->overview, "left", G_CALLBACK (on_left), p);
    pw_presentation_cover (p, GTK_WIDGET (p->overview));
    pw_overview_focus (p->overview, pw_playhead_get_step (p->head));
  }
  pw_presentation_update (p);
}

/* Leaving -------------------------------------------------------------------
 */

static gboolean
on_leaving (gpointer data)
{
  PwPresentation *p = data;

  p->leaving = 0;
  p->hooks.leave (p->hooks.data);
  return G_SOURCE_REMOVE;
}

void
pw_presentation_leave (PwPresentation *p)
{
  if (p->leaving == 0)
    p->leaving = g_idle_add_full (G_PRIORITY_DEFAULT, on_leaving, p, NULL);
}

static gboolean
on_close (PwPresentation *p)
{
  pw_presentation_leave (p);
  return TRUE;
}

/* A window of the presentation knows its keys and what they do. */
static void
equip (PwPresentation *p, GtkWidget *window)
{
  gtk_widget_insert_action_group (window, "present",
                                  G_ACTION_GROUP (p->actions));
  pw_keys_install_hall (window);
  g_signal_connect_swapped (window, "close-request", G_CALLBACK (on_close), p);
}

/* Screens -------------------------------------------------------------------
 */

static PwScreen *
screen_at (PwPresentation *p, guint i)
{
  return g_list_model_get_item (p->screens, i);
}

/* The screen of that name, or -1. */
static int
screen_named (PwPresentation *p, const char *name)
{
  guint n = g_list_model_get_n_items (p->screens);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PwScreen) screen = screen_at (p, i);

    if (g_strcmp0 (pw_screen_get_name (screen), name) == 0)
      return (int) i;
  }
  return -1;
}

/* The first on which the window is not, for the presenter sits before that
 * one. */
static int
screen_before_all (PwPresentation *p)
{
  guint n = g_list_model_get_n_items (p->screens);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PwScreen) screen = screen_at (p, i);

    if (!pw_screen_holds (screen, p->window))
      return (int) i;
  }
  return (int) n - 1;
}

/* The screen that was chosen; the one that the hall has had; or else one before
 * which the presenter does not sit. */
static guint
hall_screen (PwPresentation *p)
{
  int found = screen_named (p, p->memory->screen);

  if (g_list_model_get_n_items (p->screens) < 2)
    return 0;
  if (found < 0)
    found = screen_named (p, p->hall_screen);
  return (guint) (found < 0 ? screen_before_all (p) : found);
}

/* As long as there is but one it shows everything: that is no choice. */
static void
keep_screen (PwPresentation *p, PwScreen *screen)
{
  if (g_list_model_get_n_items (p->screens) < 2)
    return;
  g_free (p->hall_screen);
  p->hall_screen = g_strdup (pw_screen_get_name (screen));
}

static void
on_pointed (PwPresentation *p, double x, double y)
{
  pw_audience_point (p->audience, x, y);
}

static void
add_presenter (PwPresentation *p)
{
  p->presenter = PW_PRESENTER (pw_presenter_new (
      application_of (p), PW_STAGE (pw_audience_get_stage (p->audience)),
      &p->timer));
  equip (p, GTK_WIDGET (p->presenter));
  g_signal_connect_swapped (p->presenter, "pointed", G_CALLBACK (on_pointed),
                            p);
  if (p->play != NULL)
    pw_presenter_set_lesson (p->presenter, p->play, p->head);
}

static void
remove_window (PwPresentation *p, GtkWidget *window)
{
  g_signal_handlers_disconnect_by_data (window, p);
  gtk_widget_insert_action_group (window, "present", NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A screen that was plugged in brings the presenter's window, one that is
 * pulled out takes it along: all that it showed is kept here. */
static void
place_presenter (PwPresentation *p, guint hall)
{
  guint n = g_list_model_get_n_items (p->screens);
  g_autoptr (PwScreen) screen = n > 1 ? screen_at (p, hall == 0 ? 1 : 0) : NULL;

  if (screen == NULL) {
    if (p->presenter != NULL)
      remove_window (p, GTK_WIDGET (p->presenter));
    p->presenter = NULL;
    p->desk_question = NULL;
    return;
  }
  if (p->presenter == NULL)
    add_presenter (p);
  pw_screen_fill (screen, GTK_WINDOW (p->presenter));
  gtk_window_present (GTK_WINDOW (p->presenter));
}

void
pw_presentation_place (PwPresentation *p)
{
  guint hall = hall_screen (p);
  g_autoptr (PwScreen) screen = screen_at (p, hall);

  /* With no screen at all the windows wait for one. */
  if (screen == NULL || p->play == NULL)
    return;
  keep_screen (p, screen);
  pw_presentation_set_overview (p, FALSE);
  pw_presentation_set_values (p, FALSE);
  pw_screen_fill (screen, GTK_WINDOW (p->audience));
  gtk_window_present (GTK_WINDOW (p->audience));
  place_presenter (p, hall);
  pw_presentation_show_question (p);
  pw_presentation_update (p);
}

void
pw_presentation_swap (PwPresentation *p)
{
  guint n = g_list_model_get_n_items (p->screens);
  g_autoptr (PwScreen) screen
      = screen_at (p, (hall_screen (p) + 1) % MAX (n, 1));

  if (n < 2)
    return;
  pw_memory_set_screen (p->memory, pw_screen_get_name (screen));
  pw_presentation_place (p);
}

/* Life ----------------------------------------------------------------------
 */

void
pw_presentation_forget_lesson (PwPresentation *p)
{
  if (p->head == NULL)
    return;
  g_signal_handlers_disconnect_by_data (p->head, p);
  pw_presentation_set_overview (p, FALSE);
  pw_presentation_set_values (p, FALSE);
  pw_presentation_hide_question (p);
  g_ptr_array_set_size (p->polls, 0);
  if (p->presenter != NULL)
    pw_presenter_set_lesson (p->presenter, NULL, NULL);
  pw_audience_set_lesson (p->audience, NULL, NULL);
  p->play = NULL;
  /* Its own stage moves again. */
  pw_playhead_set_motion (p->head, TRUE);
  g_clear_object (&p->head);
  g_clear_object (&p->shown);
}

PwPresentation *
pw_presentation_new (GtkWindow *window, PwMemory *memory, PwPresented presented)
{
  PwPresentation *p = g_new0 (PwPresentation, 1);

  p->window = window;
  p->memory = memory;
  p->hooks = presented;
  p->variations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lesson_variation_free);
  p->zoom = 1;
  p->asking = TRUE;
  p->polls = g_ptr_array_new_with_free_func ((GDestroyNotify) pw_poll_free);
  p->pace = pw_pace_new (on_pace, p);
  p->actions = pw_presentation_actions_new (p);
  p->screens = pw_screens_new ();
  p->audience = PW_AUDIENCE (pw_audience_new (application_of (p)));
  equip (p, GTK_WIDGET (p->audience));
  g_signal_connect_swapped (p->screens, "items-changed",
                            G_CALLBACK (pw_presentation_place), p);
  return p;
}

void
pw_presentation_free (PwPresentation *p)
{
  if (p == NULL)
    return;
  g_signal_handlers_disconnect_by_data (p->screens, p);
  g_clear_handle_id (&p->leaving, g_source_remove);
  if (p->inhibited != 0)
    gtk_application_uninhibit (application_of (p), p->inhibited);
  pw_pace_free (p->pace);
  pw_presentation_forget_lesson (p);
  if (p->presenter != NULL)
    remove_window (p, GTK_WIDGET (p->presenter));
  remove_window (p, GTK_WIDGET (p->audience));
  g_ptr_array_unref (p->polls);
  g_ptr_array_unref (p->variations);
  g_object_unref (p->screens);
  g_object_unref (p->actions);
  g_free (p->hall_screen);
  g_free (p);
}

/* The screen stays on while nobody touches the mouse. */
static void
show (PwPresentation *p)
{
  pw_presentation_place (p);
  p->inhibited = gtk_application_inhibit (
      application_of (p), GTK_WINDOW (p->audience),
      GTK_APPLICATION_INHIBIT_IDLE, _ ("A lesson is being presented"));
}

void
pw_presentation_set_lesson (PwPresentation *p, LessonPlay *play,
                            PwPlayhead *head)
{
  gboolean first = p->head == NULL && p->inhibited == 0
                   && !gtk_widget_get_visible (GTK_WIDGET (p->audience));

  pw_presentation_forget_lesson (p);
  if (!p->varying)
    g_ptr_array_set_size (p->variations, 0);
  p->play = play;
  p->head = g_object_ref (head);
  p->shown = pw_playhead_new (pw_playhead_get_count (head));
  pw_playhead_share_halts (p->shown, head);
  /* Only the hall's stage moves. */
  pw_playhead_set_motion (head, FALSE);
  pw_playhead_go (p->shown, pw_playhead_get_step (head));
  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step), p);
  pw_audience_set_lesson (p->audience, play, p->shown);
  if (p->presenter != NULL)
    pw_presenter_set_lesson (p->presenter, play, head);
  if (first) {
    pw_hall_timer_start (&p->timer, (guint) MAX (play->document->minutes, 1),
                         g_get_monotonic_time ());
    show (p);
  }
  pw_presentation_update (p);
}

void
pw_presentation_set_palette (PwPresentation *p, const ScenePalette *palette)
{
  p->palette = palette;
  pw_audience_set_palette (p->audience, palette);
}

gboolean
pw_presentation_is_varied (PwPresentation *p)
{
  return p->variations->len > 0;
}
