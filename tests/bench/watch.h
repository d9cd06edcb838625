/* A window watched from inside: when it is first seen, how long frames take.
 *
 * A frame counts until the display server has it. Results are printed as one
 * line of three numbers, and the process ends. */
#ifndef BENCH_WATCH_H
#define BENCH_WATCH_H

#include <gtk/gtk.h>

typedef struct {
  gint64 started; /* monotonic time at which the process was asked for */
  int width, height;
  guint wanted; /* frames to measure */
  GtkWidget *window;
  gint64 begun;
  guint frames;
  double *times;                  /* microseconds */
  void (*enough) (gpointer data); /* called when all were measured */
  gpointer data;
} Watch;

/* A watch after the arguments MODE STARTED WIDTH HEIGHT FRAMES. */
void watch_init (Watch *watch, char **arguments);

/* Prints what became of the first frame: microseconds, KiB of memory. */
void watch_start (Watch *watch, GtkWidget *window);

/* Measures frames, after some to warm up, then calls enough. The window must
 * be shown. */
void watch_frames (Watch *watch, void (*enough) (gpointer data), gpointer data);

/* The median of the frames, and what 99 of 100 stay below; microseconds. */
double watch_median (Watch *watch);
double watch_worst (Watch *watch);

/* Prints the numbers and ends the process. */
void watch_report (double a, double b, double c) G_GNUC_NORETURN;

int watch_compare (gconstpointer a, gconstpointer b);

#endif
