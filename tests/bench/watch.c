/* A window watched from inside: when it is first seen, how long frames take. */
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define WARM_UP_FRAMES 15
#define SETTLE_MS 700

/* Resident memory in KiB. */
static long
resident (void)
{
  long size = 0, pages = 0;
  FILE *file = fopen ("/proc/self/statm", "r");

  if (file == NULL || fscanf (file, "%ld %ld", &size, &pages) != 2)
    pages = 0;
  if (file != NULL)
    fclose (file);
  return pages * (sysconf (_SC_PAGESIZE) / 1024);
}

/* Memory counts once everything is there, icons and all. */
static gboolean
report_start (gpointer data)
{
  Watch *watch = data;

  watch_report ((double) (watch->begun - watch->started), (double) resident (),
                0);
}

static void
on_first_frame (GdkFrameClock *clock, Watch *watch)
{
  gdk_display_sync (gtk_widget_get_display (watch->window));
  watch->begun = g_get_monotonic_time ();
  g_signal_handlers_disconnect_by_data (clock, watch);
  g_timeout_add (SETTLE_MS, report_start, watch);
}

static void
on_realize (Watch *watch)
{
  g_signal_connect (gtk_widget_get_frame_clock (watch->window), "after-paint",
                    G_CALLBACK (on_first_frame), watch);
}

static void
on_before_paint (GdkFrameClock *clock, Watch *watch)
{
  watch->begun = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, Watch *watch)
{
  gdk_display_sync (gtk_widget_get_display (watch->window));
  if (watch->frames >= WARM_UP_FRAMES)
    watch->times[watch->frames - WARM_UP_FRAMES]
        = (double) (g_get_monotonic_time () - watch->begun);
  if (++watch->frames < watch->wanted + WARM_UP_FRAMES)
    return;
  g_signal_handlers_disconnect_by_data (clock, watch);
  qsort (watch->times, watch->wanted, sizeof watch->times[0], watch_compare);
  watch->enough (watch->data);
}

int
watch_compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

void
watch_init (Watch *watch, char **arguments)
{
  *watch = (Watch){.started = g_ascii_strtoll (arguments[2], NULL, 10),
                   .width = atoi (arguments[3]),
                   .height = atoi (arguments[4]),
                   .wanted = (guint) atoi (arguments[5])};
  watch->times = g_new0 (double, MAX (watch->wanted, 1));
}

void
watch_start (Watch *watch, GtkWidget *window)
{
  watch->window = window;
  if (gtk_widget_get_realized (window))
    on_realize (watch);
  else
    g_signal_connect_swapped (window, "realize", G_CALLBACK (on_realize),
                              watch);
}

void
watch_frames (Watch *watch, void (*enough) (gpointer data), gpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (watch->window);

  watch->enough = enough;
  watch->data = data;
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), watch);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), watch);
}

double
watch_median (Watch *watch)
{
  return watch->times[watch->wanted / 2];
}

double
watch_worst (Watch *watch)
{
  return watch->times[(watch->wanted - 1) * 99 / 100];
}

void
watch_report (double a, double b, double c)
{
  printf ("%.1f %.1f %.1f\n", a, b, c);
  fflush (stdout);
  exit (0);
}
