/* What can be done while presenting: the actions "present.…". */

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "presentation-private.h"
#include "sections.h"
#include "zoom.h"

/* Whoever steps on a blank screen wants to see it again first. */
static gboolean
unblank (PwPresentation *p)
{
  if (p->blank == PW_BLANK_NONE)
    return FALSE;
  p->blank = PW_BLANK_NONE;
  pw_audience_set_blank (p->audience, p->blank);
  pw_presentation_update (p);
  return TRUE;
}

static void
forget_digits (PwPresentation *p)
{
  p->typed[0] = '\0';
}

static void
step_by (PwPresentation *p, int by)
{
  guint step = pw_playhead_get_step (p->head);

  forget_digits (p);
  if (unblank (p)
      || (by > 0 ? pw_presentation_asks (p) : pw_presentation_takes_back (p))
      || (by < 0 && step == 0)
      || (by > 0 && step == pw_playhead_get_count (p->head)))
    return;
  if (by > 0)
    pw_playhead_next (p->head);
  else
    pw_playhead_previous (p->head);
}

static void
go_to_cursor (PwPresentation *p, guint64 cursor)
{
  forget_digits (p);
  unblank (p);
  pw_presentation_go (p, (guint) (cursor - p->play->first_step));
}

static guint64
cursor_of (PwPresentation *p)
{
  return p->play->first_step + pw_playhead_get_step (p->head);
}

static void
next (PwPresentation *p)
{
  step_by (p, 1);
}

static void
previous (PwPresentation *p)
{
  step_by (p, -1);
}

static void
next_section (PwPresentation *p)
{
  go_to_cursor (p, pw_sections_next (p->play, cursor_of (p)));
}

static void
previous_section (PwPresentation *p)
{
  go_to_cursor (p, pw_sections_previous (p->play, cursor_of (p)));
}

static void
first (PwPresentation *p)
{
  go_to_cursor (p, p->play->first_step);
}

static void
last (PwPresentation *p)
{
  go_to_cursor (p, p->play->end_step);
}

/* Typing a step -------------------------------------------------------------
 */

static void
tell_digits (PwPresentation *p)
{
  g_autofree char *text = NULL;

  if (p->typed[0] == '\0')
    return;
  /* Translators: while a number is typed: of hands, or of a step. */
  text = g_strdup_printf (p->poll != NULL && !p->poll->revealed
                              ? _ ("%s hands")
                              : _ ("Go to step %s"),
                          p->typed);
  pw_presentation_tell (p, text);
}

static void
digit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PwPresentation *p = data;
  size_t length = strlen (p->typed);

  if (length == PW_MOST_DIGITS)
    return;
  p->typed[length] = (char) ('0' + g_variant_get_int32 (parameter) % 10);
  p->typed[length + 1] = '\0';
  tell_digits (p);
}

static void
go (PwPresentation *p)
{
  guint step = (guint) strtoul (p->typed, NULL, 10);

  if (p->typed[0] == '\0') {
    pw_presentation_tell (p, _ ("Type the number of a step, then g"));
    return;
  }
  forget_digits (p);
  unblank (p);
  pw_presentation_go (p, step);
}

/* Return is a clicker's "next", too; while hands are counted, a number is
 * theirs. */
static void
enter (PwPresentation *p)
{
  guint typed = (guint) strtoul (p->typed, NULL, 10);

  if (p->typed[0] == '\0')
    next (p);
  else if (pw_presentation_counts (p, typed))
    forget_digits (p);
  else
    go (p);
}

static void
erase (PwPresentation *p)
{
  size_t length = strlen (p->typed);

  if (length == 0) {
    previous (p);
    return;
  }
  p->typed[length - 1] = '\0';
  tell_digits (p);
}

/* What the hall sees --------------------------------------------------------
 */

static void
toggle_blank (PwPresentation *p, PwBlank blank)
{
  p->blank = p->blank == blank ? PW_BLANK_NONE : blank;
  pw_audience_set_blank (p->audience, p->blank);
  pw_presentation_update (p);
}

static void
black (PwPresentation *p)
{
  toggle_blank (p, PW_BLANK_BLACK);
}

static void
white (PwPresentation *p)
{
  toggle_blank (p, PW_BLANK_WHITE);
}

static void
freeze (PwPresentation *p)
{
  pw_presentation_set_frozen (p, !p->frozen);
  pw_presentation_tell (p, p->frozen ? _ ("Frozen") : _ ("No longer frozen"));
}

static void
ask (PwPresentation *p)
{
  pw_presentation_set_asking (p, !p->asking);
  pw_presentation_tell (p, p->asking ? _ ("Questions are asked")
                                     : _ ("Questions are passed over"));
}

static void
toggle_spot (PwPresentation *p, PwSpotKind spot)
{
  p->spot = p->spot == spot ? PW_SPOT_NONE : spot;
  pw_audience_set_spot (p->audience, p->spot);
  pw_presentation_update (p);
}

static void
pointer (PwPresentation *p)
{
  toggle_spot (p, PW_SPOT_POINTER);
}

static void
spotlight (PwPresentation *p)
{
  toggle_spot (p, PW_SPOT_LIGHT);
}

static void
zoom_by (PwPresentation *p, int steps)
{
  p->zoom = steps == 0 ? 1 : pw_zoom_step (p->zoom, steps);
  pw_audience_set_zoom (p->audience, p->zoom);
}

static void
larger (PwPresentation *p)
{
  zoom_by (p, 1);
}

static void
smaller (PwPresentation *p)
{
  zoom_by (p, -1);
}

/* Time ----------------------------------------------------------------------
 */

static void
tell_timer (PwPresentation *p)
{
  g_autofree char *time = pw_hall_timer_text (
      pw_hall_timer_seconds (&p->timer, g_get_monotonic_time ()));
  g_autofree char *text = g_strdup_printf (
      p->timer.running ? _ ("Timer: %s") : _ ("Timer halted: %s"), time);

  pw_presentation_tell (p, text);
  pw_presentation_update (p);
}

static void
timer_pause (PwPresentation *p)
{
  pw_hall_timer_toggle (&p->timer, g_get_monotonic_time ());
  tell_timer (p);
}

static void
timer_reset (PwPresentation *p)
{
  pw_hall_timer_reset (&p->timer, g_get_monotonic_time ());
  tell_timer (p);
}

static void
timer_down (PwPresentation *p)
{
  p->timer.down = !p->timer.down;
  tell_timer (p);
}

static void
tell_pace (PwPresentation *p)
{
  guint seconds = pw_pace_get_seconds (p->pace);
  g_autofree char *text = g_strdup_printf (
      ngettext ("A step every second", "A step every %u seconds", seconds),
      seconds);

  pw_presentation_tell (p, pw_pace_get_playing (p->pace)
                               ? text
                               : _ ("No longer stepping by itself"));
  pw_presentation_update (p);
}

static void
play (PwPresentation *p)
{
  pw_pace_set_playing (p->pace, !pw_pace_get_playing (p->pace));
  tell_pace (p);
}

static void
faster (PwPresentation *p)
{
  pw_pace_change (p->pace, -1);
  tell_pace (p);
}

static void
slower (PwPresentation *p)
{
  pw_pace_change (p->pace, 1);
  tell_pace (p);
}

/* Windows -------------------------------------------------------------------
 */

static void
overview (PwPresentation *p)
{
  pw_presentation_set_overview (p, p->overview == NULL);
}

static void
values (PwPresentation *p)
{
  pw_presentation_set_values (p, p->values == NULL);
}

static void
help (PwPresentation *p)
{
  pw_keys_show_hall (pw_presentation_desk (p));
}

static void
leave (PwPresentation *p)
{
  if (p->values != NULL)
    pw_presentation_set_values (p, FALSE);
  else if (p->overview != NULL)
    pw_presentation_set_overview (p, FALSE);
  else if (p->typed[0] == '\0')
    pw_presentation_leave (p);
  forget_digits (p);
}

typedef struct {
  const char *name;
  void (*act) (PwPresentation *p);
  gboolean toggles;
} Act;

static const Act acts[] = {
    {"next", next, FALSE},
    {"previous", previous, FALSE},
    {"next-section", next_section, FALSE},
    {"previous-section", previous_section, FALSE},
    {"first", first, FALSE},
    {"last", last, FALSE},
    {"enter", enter, FALSE},
    {"erase", erase, FALSE},
    {"go", go, FALSE},
    {"black", black, TRUE},
    {"white", white, TRUE},
    {"freeze", freeze, TRUE},
    {"ask", ask, TRUE},
    {"pointer", pointer, TRUE},
    {"spotlight", spotlight, TRUE},
    {"larger", larger, FALSE},
    {"smaller", smaller, FALSE},
    {"timer-pause", timer_pause, TRUE},
    {"timer-reset", timer_reset, FALSE},
    {"timer-down", timer_down, TRUE},
    {"play", play, TRUE},
    {"faster", faster, FALSE},
    {"slower", slower, FALSE},
    {"overview", overview, TRUE},
    {"values", values, FALSE},
    {"swap", pw_presentation_swap, FALSE},
    {"help", help, FALSE},
    {"leave", leave, FALSE},
};

static void
on_act (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name)) {
      acts[i].act (data);
      return;
    }
}

GSimpleActionGroup *
pw_presentation_actions_new (PwPresentation *p)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) typing
      = g_simple_action_new ("digit", G_VARIANT_TYPE_INT32);

  g_signal_connect (typing, "activate", G_CALLBACK (digit), p);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (typing));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autoptr (GSimpleAction) action
        = acts[i].toggles ? g_simple_action_new_stateful (
              acts[i].name, NULL, g_variant_new_boolean (FALSE))
                          : g_simple_action_new (acts[i].name, NULL);

    g_signal_connect (action, "activate", G_CALLBACK (on_act), p);
    g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  }
  return group;
}

static void
set_state (PwPresentation *p, const char *name, gboolean state)
{
  GAction *action
      = g_action_map_lookup_action (G_ACTION_MAP (p->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (state));
}

void
pw_presentation_actions_update (PwPresentation *p)
{
  set_state (p, "black", p->blank == PW_BLANK_BLACK);
  set_state (p, "white", p->blank == PW_BLANK_WHITE);
  set_state (p, "freeze", p->frozen);
  set_state (p, "ask", p->asking);
  set_state (p, "pointer", p->spot == PW_SPOT_POINTER);
  set_state (p, "spotlight", p->spot == PW_SPOT_LIGHT);
  set_state (p, "timer-pause", !p->timer.running);
  set_state (p, "timer-down", p->timer.down);
  set_state (p, "overview", p->overview != NULL);
  set_state (p, "play", pw_pace_get_playing (p->pace));
}
