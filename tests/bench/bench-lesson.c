/* The application with a lesson open: its start, its frames while it steps, the
 * same with a replay beside it, and that it rests. bench-window starts it. */
#include <adwaita.h>
#include <stdlib.h>

#include "application.h"
#include "compat.h"
#include "lesson-page.h"
#include "replay/replay.h"
#include "stage-view.h"
#include "watch.h"
#include "worker.h"

#define SETTLE_MS 1000
#define IDLE_MS 1500

/* Of the replay: a loop over more pages than there are frames. */
#define RECORDS (1 << 16)
#define PIECE (1 << 12)
#define PAGES 600
#define FRAMES 512

typedef struct {
  const char *mode;
  Watch watch;
  PwPlayhead *head;
  PwWorker *worker;
  double progress;  /* of the worker when it was cancelled */
  gint64 cancelled; /* when */
  guint idle_frames;
} Bench;

static gboolean
is_mode (const Bench *bench, const char *mode)
{
  return g_str_equal (bench->mode, mode);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* Texts that the stage shows now. */
static guint
count_labels (const Bench *bench)
{
  PwStage *stage = PW_STAGE (find (bench->watch.window, PW_TYPE_STAGE));
  const SceneStill *still = pw_stage_get_still (stage);
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++)
    count += g_array_index (still->items, SceneItem, i).text != NULL;
  return count;
}

/* The replay --------------------------------------------------------------- */

static GArray *
make_records (void)
{
  GArray *records
      = g_array_sized_new (FALSE, FALSE, sizeof (vm_record), RECORDS);

  for (guint i = 0; i < RECORDS; i++) {
    vm_record record
        = vm_record_of (vm_vaddr_of ((guint64) (i / 16 * 7919 % PAGES) << 12),
                        i % 5 == 0 ? VM_WRITE : VM_READ);
    g_array_append_val (records, record);
  }
  return records;
}

/* Goes over the records until it is cancelled. */
static gboolean
replay (PwProgress *progress, gpointer data)
{
  const GArray *records = data;
  const struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                          .tlb_sets = 16,
                                          .tlb_ways = 4,
                                          .frames = FRAMES};
  struct vm_error error;
  struct vm_replay *object = vm_replay_new (&config, &error);
  guint64 done = 0;

  if (object == NULL)
    return FALSE;
  while (pw_progress_report (progress, (double) done / 1e9)) {
    const vm_record *piece
        = &g_array_index (records, vm_record, done % RECORDS);
    if (!vm_replay_run (object, piece, PIECE, &error))
      break;
    done += PIECE;
  }
  vm_replay_free (object);
  return FALSE;
}

static void
on_finished (PwWorker *worker, gboolean completed, Bench *bench)
{
  gint64 waited = g_get_monotonic_time () - bench->cancelled;

  /* A replay that did nothing would be easy to bear. */
  if (bench->progress <= 0)
    exit (1);
  watch_report (watch_median (&bench->watch), watch_worst (&bench->watch),
                (double) waited);
}

static void
cancel_replay (Bench *bench)
{
  bench->progress = pw_worker_get_progress (bench->worker);
  bench->cancelled = g_get_monotonic_time ();
  g_signal_connect (bench->worker, "finished", G_CALLBACK (on_finished), bench);
  pw_worker_cancel (bench->worker);
}

static void
start_replay (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  bench->worker = pw_worker_new (replay, make_records (),
                                 (GDestroyNotify) g_array_unref, &error);
  if (bench->worker == NULL)
    g_error ("%s", error->message);
}

/* The window --------------------------------------------------------------- */

static void
on_enough (gpointer data)
{
  Bench *bench = data;

  if (bench->worker != NULL)
    cancel_replay (bench);
  else
    watch_report (watch_median (&bench->watch), watch_worst (&bench->watch),
                  count_labels (bench));
}

/* Steps on and on, from the beginning again after the end. */
static gboolean
keep_stepping (gpointer data)
{
  Bench *bench = data;
  guint count = pw_playhead_get_count (bench->head);

  if (!pw_playhead_get_moving (bench->head))
    pw_playhead_show (bench->head,
                      pw_playhead_get_step (bench->head) % count + 1);
  return G_SOURCE_CONTINUE;
}

static void
count_frame (GdkFrameClock *clock, Bench *bench)
{
  bench->idle_frames++;
}

static gboolean
report_idle (gpointer data)
{
  watch_report (((Bench *) data)->idle_frames, 0, 0);
}

/* The window has come to rest: what was asked for begins. */
static gboolean
begin (gpointer data)
{
  Bench *bench = data;
  GtkWidget *page = find (bench->watch.window, PW_TYPE_LESSON_PAGE);

  if (is_mode (bench, "idle")) {
    g_signal_connect (gtk_widget_get_frame_clock (bench->watch.window),
                      "after-paint", G_CALLBACK (count_frame), bench);
    g_timeout_add (IDLE_MS, report_idle, bench);
    return G_SOURCE_REMOVE;
  }
  if (is_mode (bench, "replay"))
    start_replay (bench);
  bench->head = pw_lesson_page_get_playhead (PW_LESSON_PAGE (page));
  watch_frames (&bench->watch, on_enough, bench);
  g_timeout_add (4, keep_stepping, bench);
  return G_SOURCE_REMOVE;
}

static void
on_window_added (Bench *bench, GtkWindow *window)
{
  if (is_mode (bench, "start")) {
    watch_start (&bench->watch, GTK_WIDGET (window));
    return;
  }
  bench->watch.window = GTK_WIDGET (window);
  gtk_window_set_default_size (window, bench->watch.width, bench->watch.height);
  g_timeout_add (SETTLE_MS, begin, bench);
}

/* Arguments: MODE STARTED WIDTH HEIGHT FRAMES LESSON. */
int
main (int argc, char **argv)
{
  Bench bench = {0};
  char name[] = "pagewalk";
  char *arguments[] = {name, NULL, NULL};
  g_autoptr (PwApplication) application = NULL;

  if (argc < 7)
    return 2;
  pw_compat_choose_renderer (); /* as the application's main does */
  bench.mode = argv[1];
  watch_init (&bench.watch, argv);
  arguments[1] = argv[6];
  application = pw_application_new ();
  g_signal_connect_swapped (application, "window-added",
                            G_CALLBACK (on_window_added), &bench);
  return g_application_run (G_APPLICATION (application), 2, arguments);
}
