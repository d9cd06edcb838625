/* A label that says something for a moment. */

#include "badge.h"

#define MOMENT_MS 2500

struct _PwBadge {
  GtkWidget *label;
  guint hiding; /* source */
};

PwBadge *
pw_badge_new (GtkWidget *label)
{
  PwBadge *badge = g_new0 (PwBadge, 1);

  badge->label = label;
  return badge;
}

void
pw_badge_free (PwBadge *badge)
{
  if (badge == NULL)
    return;
  g_clear_handle_id (&badge->hiding, g_source_remove);
  g_free (badge);
}

static gboolean
on_over (gpointer data)
{
  PwBadge *badge = data;

  badge->hiding = 0;
  gtk_widget_set_visible (badge->label, FALSE);
  return G_SOURCE_REMOVE;
}

void
pw_badge_tell (PwBadge *badge, const char *text)
{
  g_clear_handle_id (&badge->hiding, g_source_remove);
  gtk_label_set_text (GTK_LABEL (badge->label), text);
  gtk_widget_set_visible (badge->label, TRUE);
  badge->hiding = g_timeout_add (MOMENT_MS, on_over, badge);
}
