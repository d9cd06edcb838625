/* Workers: a replay in a thread, its progress, its end before its time. */
#include "worker.h"

#include "check.h"
#include "replay/replay.h"

#define RECORDS 40000
#define PIECE 4096

/* Long enough for any test: it is cancelled. */
#define FOR_EVER 100000

typedef struct {
  guint rounds;
  GArray *records; /* of vm_record */
  struct vm_replay_stats stats;
  int *freed;
} Trace;

static void
trace_free (gpointer memory)
{
  Trace *trace = memory;

  g_array_unref (trace->records);
  if (trace->freed != NULL)
    (*trace->freed)++;
  g_free (trace);
}

/* A loop over pages that do not all fit, with stores among the loads. */
static Trace *
trace_new (guint rounds, int *freed)
{
  Trace *trace = g_new0 (Trace, 1);

  trace->rounds = rounds;
  trace->freed = freed;
  trace->records
      = g_array_sized_new (FALSE, FALSE, sizeof (vm_record), RECORDS);
  for (guint i = 0; i < RECORDS; i++) {
    vm_record record = vm_record_of (vm_vaddr_of ((i * 7919ull % 96) << 12),
                                     i % 5 == 0 ? VM_WRITE : VM_READ);
    g_array_append_val (trace->records, record);
  }
  return trace;
}

static struct vm_replay *
replay_new (void)
{
  const struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                          .tlb_sets = 16,
                                          .tlb_ways = 4,
                                          .frames = 64};
  struct vm_error error;
  struct vm_replay *replay = vm_replay_new (&config, &error);

  g_assert_nonnull (replay);
  return replay;
}

static gboolean
replay_pieces (PwProgress *progress, Trace *trace, struct vm_replay *replay)
{
  const vm_record *records
      = (const vm_record *) (gpointer) trace->records->data;
  double whole = (double) trace->rounds * RECORDS;
  struct vm_error error;

  for (guint round = 0; round < trace->rounds; round++)
    for (guint i = 0; i < RECORDS; i += PIECE) {
      guint count = MIN (PIECE, RECORDS - i);
      g_assert_true (vm_replay_run (replay, records + i, count, &error));
      if (!pw_progress_report (progress,
                               ((double) round * RECORDS + i + count) / whole))
        return FALSE;
    }
  return TRUE;
}

static gboolean
replay_job (PwProgress *progress, gpointer data)
{
  Trace *trace = data;
  struct vm_replay *replay = replay_new ();
  gboolean completed = replay_pieces (progress, trace, replay);

  vm_replay_stats (replay, &trace->stats);
  vm_replay_free (replay);
  return completed;
}

static void
on_finished (PwWorker *worker, gboolean completed, int *outcome)
{
  *outcome = completed ? 1 : 0;
}

static PwWorker *
start (Trace *trace, int *outcome)
{
  g_autoptr (GError) error = NULL;
  PwWorker *worker = pw_worker_new (replay_job, trace, trace_free, &error);

  g_assert_no_error (error);
  *outcome = -1;
  g_signal_connect (worker, "finished", G_CALLBACK (on_finished), outcome);
  return worker;
}

/* Two threads count what one counts: they share nothing. */
static void
test_same_counts (void)
{
  Trace *traces[] = {trace_new (2, NULL), trace_new (2, NULL)};
  int outcomes[2];
  g_autoptr (PwWorker) first = start (traces[0], &outcomes[0]);
  g_autoptr (PwWorker) second = start (traces[1], &outcomes[1]);
  struct vm_replay *plain = replay_new ();
  struct vm_replay_stats stats;
  struct vm_error error;

  g_assert_true (pw_worker_is_running (first));
  check_wait (outcomes[0] >= 0 && outcomes[1] >= 0);
  g_assert_cmpint (outcomes[0], ==, 1);
  g_assert_cmpint (outcomes[1], ==, 1);
  g_assert_false (pw_worker_is_running (first));
  g_assert_cmpfloat (pw_worker_get_progress (first), ==, 1);

  for (guint round = 0; round < 2; round++)
    g_assert_true (vm_replay_run (
        plain, (const vm_record *) (gpointer) traces[0]->records->data, RECORDS,
        &error));
  vm_replay_stats (plain, &stats);
  vm_replay_free (plain);
  g_assert_cmpuint (stats.accesses, ==, 2 * RECORDS);
  g_assert_cmpuint (stats.faults, >, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpmem (&traces[i]->stats, sizeof stats, &stats, sizeof stats);
}

/* The job gives up in the middle, and says so. */
static void
test_cancel (void)
{
  Trace *trace = trace_new (FOR_EVER, NULL);
  int outcome;
  g_autoptr (PwWorker) worker = start (trace, &outcome);

  check_wait (pw_worker_get_progress (worker) > 0);
  pw_worker_cancel (worker);
  g_assert_cmpint (outcome, ==, -1);
  check_wait (outcome >= 0);
  g_assert_cmpint (outcome, ==, 0);
  g_assert_cmpfloat (pw_worker_get_progress (worker), <, 1);
  g_assert_cmpuint (trace->stats.accesses, >, 0);
}

/* A window that closes lets its worker go: the thread ends by itself, the data
 * is freed once, and nobody is told. */
static void
test_let_go (void)
{
  int freed = 0, outcome;
  PwWorker *worker = start (trace_new (FOR_EVER, &freed), &outcome);

  check_wait (pw_worker_get_progress (worker) > 0);
  g_object_unref (worker);
  check_wait (freed > 0);
  check_settle ();
  g_assert_cmpint (freed, ==, 1);
  g_assert_cmpint (outcome, ==, -1);
}

/* The data outlives the job as long as the worker is held. */
static void
test_data_kept (void)
{
  int freed = 0, outcome;
  PwWorker *worker = start (trace_new (1, &freed), &outcome);

  check_wait (outcome >= 0);
  g_assert_cmpint (freed, ==, 0);
  g_object_unref (worker);
  g_assert_cmpint (freed, ==, 1);
}

/* A bar follows to the end, and then asks for no frame. */
static void
test_bar (void)
{
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *window = check_show (bar, 200, 40);
  int outcome;
  g_autoptr (PwWorker) worker = start (trace_new (20, NULL), &outcome);

  pw_worker_show (worker, GTK_PROGRESS_BAR (bar));
  check_wait (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)) > 0);
  check_wait (outcome == 1);
  check_wait (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)) >= 1);
  check_close (window);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/worker/same-counts", test_same_counts);
  g_test_add_func ("/worker/cancel", test_cancel);
  g_test_add_func ("/worker/let-go", test_let_go);
  g_test_add_func ("/worker/data-kept", test_data_kept);
  g_test_add_func ("/worker/bar", test_bar);
  return g_test_run ();
}
