/* Says to a screen reader what a step is, once the reader rests at it. */

#include "announcer.h"

#include "compat.h"

/* Milliseconds that a step rests before it is said. */
#define REST 700

struct _PwAnnouncer {
  GtkWidget *widget;
  char *sentence;
  guint step, said;
  gboolean any; /* `said` was said */
  guint timer;
};

static gboolean
on_rest (gpointer data)
{
  PwAnnouncer *announcer = data;

  announcer->timer = 0;
  announcer->said = announcer->step;
  announcer->any = TRUE;
  pw_compat_announce (announcer->widget, announcer->sentence);
  return G_SOURCE_REMOVE;
}

PwAnnouncer *
pw_announcer_new (GtkWidget *widget)
{
  PwAnnouncer *announcer = g_new0 (PwAnnouncer, 1);

  announcer->widget = widget;
  return announcer;
}

void
pw_announcer_free (PwAnnouncer *announcer)
{
  if (announcer == NULL)
    return;
  pw_announcer_forget (announcer);
  g_free (announcer->sentence);
  g_free (announcer);
}

void
pw_announcer_tell (PwAnnouncer *announcer, guint step, const char *sentence)
{
  g_clear_handle_id (&announcer->timer, g_source_remove);
  if (announcer->any && announcer->said == step)
    return;
  g_free (announcer->sentence);
  announcer->sentence = g_strdup (sentence);
  announcer->step = step;
  announcer->timer = g_timeout_add (REST, on_rest, announcer);
}

void
pw_announcer_forget (PwAnnouncer *announcer)
{
  g_clear_handle_id (&announcer->timer, g_source_remove);
  announcer->any = FALSE;
}
