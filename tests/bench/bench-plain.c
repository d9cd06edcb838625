/* The plainest windows, as anybody's: with one label, or of one colour that
 * changes with each frame. bench-window starts it and compares. */
#include "watch.h"

#define SETTLE_MS 600

G_DECLARE_FINAL_TYPE (BenchColour, bench_colour, BENCH, COLOUR, GtkWidget)

struct _BenchColour {
  GtkWidget parent_instance;
  guint frame;
};

G_DEFINE_FINAL_TYPE (BenchColour, bench_colour, GTK_TYPE_WIDGET)

static void
bench_colour_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BenchColour *colour = BENCH_COLOUR (widget);
  GdkRGBA fill = {(float) (colour->frame++ % 64) / 64, 0.5f, 0.5f, 1};

  gtk_snapshot_append_color (
      snapshot, &fill,
      &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                           (float) gtk_widget_get_height (widget)));
}

static gboolean
on_colour_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
bench_colour_class_init (BenchColourClass *class)
{
  GTK_WIDGET_CLASS (class)->snapshot = bench_colour_snapshot;
}

static void
bench_colour_init (BenchColour *colour)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (colour), on_colour_tick, NULL,
                                NULL);
}

static void
report_frames (gpointer data)
{
  watch_report (watch_median (data), watch_worst (data), 0);
}

static gboolean
begin (gpointer data)
{
  watch_frames (data, report_frames, data);
  return G_SOURCE_REMOVE;
}

static void
show_label (GtkApplication *application, Watch *watch)
{
  GtkWidget *window = gtk_application_window_new (application);

  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("Hello, world"));
  watch_start (watch, window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_colour (GtkApplication *application, Watch *watch)
{
  watch->window = gtk_application_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (watch->window), watch->width,
                               watch->height);
  gtk_window_set_child (GTK_WINDOW (watch->window),
                        g_object_new (bench_colour_get_type (), NULL));
  gtk_window_present (GTK_WINDOW (watch->window));
  g_timeout_add (SETTLE_MS, begin, watch);
}

int
main (int argc, char **argv)
{
  Watch watch;
  g_autoptr (GtkApplication) application = gtk_application_new (
      "io.github.pagewalk.Bench", G_APPLICATION_DEFAULT_FLAGS);

  if (argc < 6)
    return 2;
  watch_init (&watch, argv);
  g_signal_connect (application, "activate",
                    g_str_equal (argv[1], "start") ? G_CALLBACK (show_label)
                                                   : G_CALLBACK (show_colour),
                    &watch);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
