/* The window measured against the plainest windows: start, memory, frames.
 *
 * Run without arguments it starts itself several times, in turn as a window
 * with one label, a window of one colour, and the application with the lesson
 * open, and compares medians. All run on the same display and renderer; a frame
 * counts until the display server has it. */
#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "application.h"
#include "compat.h"
#include "lesson-page.h"

#define RUNS 7
#define WIDTH 1920
#define HEIGHT 1080
#define FRAMES 90
#define WARM_UP_FRAMES 15
#define SETTLE_MS 1200
#define IDLE_MS 1500
#define LESSON "two-level-walk"

/* The child ---------------------------------------------------------------- */

static gint64 started;

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

typedef struct {
  const char *mode;
  GtkWidget *window;
  PwPlayhead *head; /* of the lesson, when it is open */
  gint64 begun;
  guint frames;
  double times[FRAMES];
} Child;

static gboolean
is_mode (const Child *child, const char *mode)
{
  return g_str_equal (child->mode, mode);
}

G_GNUC_NORETURN static void
report (double a, double b)
{
  printf ("%.1f %.1f\n", a, b);
  fflush (stdout);
  exit (0);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The mean, and what 95 of 100 frames stay below. */
static void
report_frames (Child *child)
{
  double sum = 0;

  qsort (child->times, FRAMES, sizeof child->times[0], compare);
  for (guint i = 0; i < FRAMES; i++)
    sum += child->times[i];
  report (sum / FRAMES, child->times[FRAMES * 95 / 100]);
}

static void
on_first_frame (GdkFrameClock *clock, Child *child)
{
  gdk_display_sync (gtk_widget_get_display (child->window));
  report ((double) (g_get_monotonic_time () - started), resident ());
}

static void
on_before_paint (GdkFrameClock *clock, Child *child)
{
  child->begun = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, Child *child)
{
  gdk_display_sync (gtk_widget_get_display (child->window));
  if (child->frames >= WARM_UP_FRAMES)
    child->times[child->frames - WARM_UP_FRAMES]
        = (double) (g_get_monotonic_time () - child->begun);
  if (++child->frames == FRAMES + WARM_UP_FRAMES)
    report_frames (child);
}

static void
count_frame (GdkFrameClock *clock, Child *child)
{
  child->frames++;
}

static gboolean
report_idle (gpointer data)
{
  report (((Child *) data)->frames, 0);
}

/* Steps on and on, from the beginning again after the end. */
static gboolean
keep_stepping (gpointer data)
{
  Child *child = data;
  guint count = pw_playhead_get_count (child->head);

  if (!pw_playhead_get_moving (child->head))
    pw_playhead_show (child->head,
                      pw_playhead_get_step (child->head) % count + 1);
  return G_SOURCE_CONTINUE;
}

static PwLessonPage *
find_page (GtkWidget *widget)
{
  PwLessonPage *found = NULL;

  if (PW_IS_LESSON_PAGE (widget))
    return PW_LESSON_PAGE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child);
  return found;
}

/* The window has come to rest: what was asked for begins. */
static gboolean
begin (gpointer data)
{
  Child *child = data;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (child->window);

  if (is_mode (child, "lesson-idle")) {
    g_signal_connect (clock, "after-paint", G_CALLBACK (count_frame), child);
    g_timeout_add (IDLE_MS, report_idle, child);
    return G_SOURCE_REMOVE;
  }
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), child);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), child);
  if (is_mode (child, "lesson-frames")) {
    child->head = pw_lesson_page_get_playhead (find_page (child->window));
    g_timeout_add (4, keep_stepping, child);
  }
  return G_SOURCE_REMOVE;
}

static void
on_realize (Child *child)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (child->window);

  if (g_str_has_suffix (child->mode, "-start"))
    g_signal_connect (clock, "after-paint", G_CALLBACK (on_first_frame), child);
  else
    g_timeout_add (SETTLE_MS, begin, child);
}

static void
on_window_added (Child *child, GtkWindow *window)
{
  child->window = GTK_WIDGET (window);
  if (!g_str_has_suffix (child->mode, "-start"))
    gtk_window_set_default_size (window, WIDTH, HEIGHT);
  g_signal_connect_swapped (window, "realize", G_CALLBACK (on_realize), child);
}

/* A window of one colour, another one each frame. */
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

  gtk_snapshot_append_color (snapshot, &fill,
                             &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
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
on_activate (GtkApplication *application, Child *child)
{
  GtkWidget *window = gtk_application_window_new (application);

  gtk_window_set_child (GTK_WINDOW (window),
                        is_mode (child, "hello-start")
                            ? gtk_label_new ("Hello, world")
                            : g_object_new (bench_colour_get_type (), NULL));
  gtk_window_present (GTK_WINDOW (window));
}

static int
run_child (const char *mode)
{
  Child child = {.mode = mode};
  gboolean lesson = g_str_has_prefix (mode, "lesson");
  char name[] = "pagewalk", identity[] = LESSON;
  char *arguments[] = {name, identity, NULL};
  g_autoptr (GApplication) application = NULL;

  if (lesson)
    pw_compat_choose_renderer (); /* as main does */
  application
      = lesson ? G_APPLICATION (pw_application_new ())
               : G_APPLICATION (gtk_application_new (
                   "io.github.pagewalk.Bench", G_APPLICATION_DEFAULT_FLAGS));
  g_signal_connect_swapped (application, "window-added",
                            G_CALLBACK (on_window_added), &child);
  if (lesson)
    return g_application_run (application, 2, arguments);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &child);
  return g_application_run (application, 1, arguments);
}

/* The parent --------------------------------------------------------------- */

typedef struct {
  double first, second; /* what a child has reported */
} Result;

static Result
spawn (const char *self, const char *mode)
{
  g_autofree char *now
      = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *arguments[] = {self, mode, now, NULL};
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  Result result = {0};

  if (!g_spawn_sync (NULL, (char **) arguments, NULL,
                     G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                     NULL, &error)
      || sscanf (output, "%lf %lf", &result.first, &result.second) != 2) {
    printf ("Bail out! %s: %s\n", mode,
            error != NULL ? error->message : "it said nothing");
    exit (1);
  }
  return result;
}

static double
median (double *values, guint count)
{
  qsort (values, count, sizeof values[0], compare);
  return values[count / 2];
}

/* Two modes in turn, so that both meet the same machine. */
static void
compare_modes (const char *self, const char *plain, const char *ours,
               Result *plain_median, Result *our_median)
{
  double values[4][RUNS];

  for (guint i = 0; i < RUNS; i++) {
    Result a = spawn (self, plain), b = spawn (self, ours);

    values[0][i] = a.first;
    values[1][i] = a.second;
    values[2][i] = b.first;
    values[3][i] = b.second;
  }
  *plain_median = (Result){median (values[0], RUNS), median (values[1], RUNS)};
  *our_median = (Result){median (values[2], RUNS), median (values[3], RUNS)};
}

static gboolean
claim (int number, gboolean met, const char *text)
{
  printf ("%s %d - %s\n", met ? "ok" : "not ok", number, text);
  return met;
}

static int
run_parent (const char *self)
{
  Result hello, lesson, colour, frames, idle;
  gboolean met;

  compare_modes (self, "hello-start", "lesson-start", &hello, &lesson);
  compare_modes (self, "colour-frames", "lesson-frames", &colour, &frames);
  idle = spawn (self, "lesson-idle");

  printf ("# start to first frame: %.0f ms, with the lesson %.0f ms: ratio "
          "%.2f\n",
          hello.first / 1000, lesson.first / 1000, lesson.first / hello.first);
  printf ("# memory: %.0f MiB, with the lesson %.0f MiB: ratio %.2f\n",
          hello.second / 1024, lesson.second / 1024,
          lesson.second / hello.second);
  printf ("# a frame at %d x %d: one colour %.2f ms, a step %.2f ms: ratio "
          "%.2f; 95 of 100 below %.2f and %.2f ms\n",
          WIDTH, HEIGHT, colour.first / 1000, frames.first / 1000,
          frames.first / colour.first, colour.second / 1000,
          frames.second / 1000);
  printf ("# frames while nothing moves: %.0f\n", idle.first);

  met = claim (1, lesson.first <= 2 * hello.first,
               "first frame within twice a plain window's");
  met &= claim (2, lesson.second <= 1.5 * hello.second,
                "memory within 1.5 times a plain window's");
  met &= claim (3, frames.first <= 0.5 * colour.first,
                "a step's frame within half of a one-colour frame");
  met &= claim (4, frames.second <= 1e6 / 60,
                "95 of 100 frames in time for 60 a second");
  met &= claim (5, idle.first == 0, "nothing painted when nothing moves");
  printf ("1..5\n");
  return met ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 1) {
    /* A plain window is one as anybody's: with the driver that GTK loads. */
    g_unsetenv ("GDK_DEBUG");
    return run_parent (argv[0]);
  }
  started = g_ascii_strtoll (argv[2], NULL, 10);
  return run_child (argv[1]);
}
