/* The application with a lesson open: its start, its frames while it steps, the
 * same with a replay beside it, and that it rests. bench-window starts it. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "application.h"
#include "compat.h"
#include "lesson-page.h"
#include "replay/binary.h"
#include "session.h"
#include "stage-view.h"
#include "watch.h"
#include "worker.h"

#define SETTLE_MS 1000
#define IDLE_MS 1500

/* Of the replay: a loop over more pages than there are frames, so often. */
#define RECORDS 2048
#define ROUNDS 50000
#define PAGES 120
#define FRAMES 100

typedef struct {
  const char *mode;
  Watch watch;
  PwPlayhead *head;
  PwWorker *worker;
  char *trace;      /* what is replayed */
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

/* Local accesses, the same again and again. */
static void
make_records (vm_record *records)
{
  for (guint i = 0; i < RECORDS; i++)
    records[i]
        = vm_record_of (vm_vaddr_of ((guint64) (i / 16 * 7919 % PAGES) << 12),
                        i % 5 == 0 ? VM_WRITE : VM_READ);
}

/* A trace that is longer than anybody measures; compressed, for what repeats
 * itself so takes little room. */
static char *
write_trace (void)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file
      = g_file_new_tmp ("pagewalk-bench-XXXXXX.pwt.gz", &stream, NULL);
  g_autoptr (GConverter) packer
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (
      g_io_stream_get_output_stream (G_IO_STREAM (stream)), packer);
  guint8 header[VM_BINARY_HEADER];
  vm_record records[RECORDS];
  struct vm_binary_writer writer;

  make_records (records);
  vm_binary_begin (&writer, VM_BINARY_PLAIN, (guint64) RECORDS * ROUNDS,
                   header);
  gboolean written = g_output_stream_write_all (out, header, sizeof header,
                                                NULL, NULL, NULL);
  for (guint i = 0; i < ROUNDS && written; i++)
    written = g_output_stream_write_all (out, records, sizeof records, NULL,
                                         NULL, NULL);
  if (!written || !g_output_stream_close (out, NULL, NULL))
    exit (1);
  return g_file_get_path (file);
}

/* What the page of traces does: several policies, curves, and a trail of each.
 */
static TraceSession *
make_session (const char *path)
{
  static const enum vm_policy compared[]
      = {VM_POLICY_LRU, VM_POLICY_FIFO, VM_POLICY_CLOCK_SET, VM_POLICY_OPT};
  const struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                          .tlb_sets = 16,
                                          .tlb_ways = 4,
                                          .frames = FRAMES};
  g_autoptr (GArray) policies
      = g_array_new (FALSE, FALSE, sizeof (enum vm_policy));
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_append_vals (policies, compared, G_N_ELEMENTS (compared));
  for (guint32 size = 8; size <= 1024; size *= 2)
    g_array_append_val (sizes, size);
  return trace_session_new (path, &config, policies, sizes);
}

static gboolean
on_tick (guint64 accesses, double fraction, gpointer progress)
{
  return pw_progress_report (progress, fraction);
}

static gboolean
replay (PwProgress *progress, gpointer session)
{
  return trace_session_run (session, on_tick, progress);
}

static void
on_finished (PwWorker *worker, gboolean completed, Bench *bench)
{
  gint64 waited = g_get_monotonic_time () - bench->cancelled;

  g_unlink (bench->trace);
  /* A replay that did nothing, or had ended, would be easy to bear. */
  if (bench->progress <= 0 || completed)
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

  bench->worker = pw_worker_new (replay, make_session (bench->trace),
                                 (GDestroyNotify) trace_session_free, &error);
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
  if (is_mode (&bench, "replay"))
    bench.trace = write_trace ();
  watch_init (&bench.watch, argv);
  arguments[1] = argv[6];
  application = pw_application_new ();
  g_signal_connect_swapped (application, "window-added",
                            G_CALLBACK (on_window_added), &bench);
  return g_application_run (G_APPLICATION (application), 2, arguments);
}
