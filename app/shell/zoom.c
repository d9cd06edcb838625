/* How large everything in a window is: what suits its size, times what the
 * reader has chosen. */

#include "zoom.h"

#include <math.h>

#define USUAL_WIDTH 1920.0
#define USUAL_HEIGHT 1080.0
#define STEP 1.1
#define LEAST -6 /* steps: about a half */
#define MOST 11  /* not quite three times */

/* Of GtkSettings: dots per inch, times 1024. */
#define USUAL_DPI (96.0 * 1024.0)

double
pw_zoom_for_size (int width, int height)
{
  double room = MIN (width / USUAL_WIDTH, height / USUAL_HEIGHT);

  return MAX (floor (room * 4) / 4, 1);
}

double
pw_zoom_step (double own, int steps)
{
  double at = round (log (own) / log (STEP));

  return pow (STEP, CLAMP (at + steps, LEAST, MOST));
}

double
pw_zoom_of_desktop (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / USUAL_DPI : 1;
}

static void
zoom (GtkEventController *controller, gboolean larger)
{
  gtk_widget_activate_action (gtk_event_controller_get_widget (controller),
                              larger ? "win.text-larger" : "win.text-smaller",
                              NULL);
}

static gboolean
on_scroll (GtkEventController *scroll, double dx, double dy, gpointer data)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (scroll);

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  if (dy != 0)
    zoom (scroll, dy < 0);
  return TRUE;
}

/* A pinch has zoomed so far by `done`: an entry of the gesture's own. */
static void
on_pinch_begin (GtkGesture *pinch, GdkEventSequence *sequence, double *done)
{
  *done = 1;
}

static void
on_pinch (GtkGesture *pinch, double scale, double *done)
{
  gboolean larger = scale >= *done * STEP;

  if (!larger && scale > *done / STEP)
    return;
  *done = larger ? *done * STEP : *done / STEP;
  zoom (GTK_EVENT_CONTROLLER (pinch), larger);
}

static void
free_done (gpointer done, GClosure *closure)
{
  g_free (done);
}

void
pw_zoom_listen (GtkWidget *window)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL
      | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  double *done = g_new (double, 1);

  *done = 1;
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), NULL);
  gtk_widget_add_controller (window, scroll);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), done);
  g_signal_connect_data (pinch, "scale-changed", G_CALLBACK (on_pinch), done,
                         free_done, 0);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (pinch));
}
