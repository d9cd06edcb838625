/* A lesson that is presented with values of the hall's own. */

#include <glib/gi18n-lib.h>

#include "presentation-private.h"

static void
on_changed (PwPresentation *p, const char *beat, guint index, const char *line)
{
  g_autoptr (PwHallValues) values = g_object_ref (p->values);
  g_autofree char *at = g_strdup (beat);
  g_autofree char *why = NULL;
  guint64 cursor;

  g_ptr_array_add (p->variations, lesson_variation_new (beat, index, line));
  p->varying = TRUE;
  why = p->hooks.vary (p->variations, p->hooks.data);
  p->varying = FALSE;
  if (why != NULL) {
    g_ptr_array_set_size (p->variations, (int) p->variations->len - 1);
    pw_hall_values_refuse (values, why);
    return;
  }
  pw_presentation_set_values (p, FALSE);
  cursor = p->play->first_step;
  if (at != NULL)
    lesson_play_find_anchor (p->play, at, &cursor);
  pw_presentation_go (p, (guint) (cursor - p->play->first_step));
  pw_presentation_update (p);
}

static void
on_left (PwPresentation *p)
{
  pw_presentation_set_values (p, FALSE);
}

void
pw_presentation_set_values (PwPresentation *p, gboolean shown)
{
  guint64 cursor;

  if (shown == (p->values != NULL))
    return;
  if (!shown) {
    pw_presentation_uncover (p, GTK_WIDGET (p->values));
    p->values = NULL;
    gtk_window_set_focus (pw_presentation_desk (p), NULL);
    return;
  }
  /* There is room for one cover. */
  pw_presentation_set_overview (p, FALSE);
  cursor = p->play->first_step + pw_playhead_get_step (p->head);
  p->values = PW_HALL_VALUES (pw_hall_values_new (p->play, cursor));
  gtk_widget_set_valign (GTK_WIDGET (p->values), GTK_ALIGN_END);
  g_signal_connect_swapped (p->values, "changed", G_CALLBACK (on_changed), p);
  g_signal_connect_swapped (p->values, "left", G_CALLBACK (on_left), p);
  pw_presentation_cover (p, GTK_WIDGET (p->values));
  pw_hall_values_focus (p->values);
}
