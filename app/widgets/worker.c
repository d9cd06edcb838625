/* A worker: one long computation in a thread of its own. */

#include "worker.h"

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/* Progress is an integer, so that it is read and written at once. */
#define WHOLE 1000000

/* The least change that a bar shows. */
#define LEAST_CHANGE 0.004

/* Of the thread; the window's is 0. */
#define NICE 5

/* Lives as long as the thread or the worker, and ends in the main thread. */
struct _PwProgress {
  PwJob job;
  gpointer data;
  GDestroyNotify free_data;
  int done, cancelled; /* atomic */
  gboolean completed;
  GWeakRef worker;
};

struct _PwWorker {
  GObject parent_instance;
  PwProgress *progress;
  gboolean running;
};

enum { FINISHED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwWorker, pw_worker, G_TYPE_OBJECT)

static void
progress_clear (gpointer memory)
{
  PwProgress *progress = memory;

  if (progress->free_data != NULL)
    progress->free_data (progress->data);
  g_weak_ref_clear (&progress->worker);
}

static void
progress_release (PwProgress *progress)
{
  g_atomic_rc_box_release_full (progress, progress_clear);
}

/* In the main thread: the job has returned. */
static gboolean
on_ended (gpointer memory)
{
  PwProgress *progress = memory;
  g_autoptr (PwWorker) worker = g_weak_ref_get (&progress->worker);

  if (worker == NULL)
    return G_SOURCE_REMOVE;
  worker->running = FALSE;
  g_signal_emit (worker, signals[FINISHED], 0, progress->completed);
  return G_SOURCE_REMOVE;
}

/* A frame of the window goes before any number of records. */
static void
give_way (void)
{
#ifdef __linux__
  setpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid), NICE);
#endif
}

static gpointer
run (gpointer memory)
{
  PwProgress *progress = memory;

  give_way ();
  progress->completed = progress->job (progress, progress->data);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_ended, progress,
                   (GDestroyNotify) progress_release);
  return NULL;
}

static void
pw_worker_dispose (GObject *object)
{
  PwWorker *worker = PW_WORKER (object);

  if (worker->progress != NULL)
    g_atomic_int_set (&worker->progress->cancelled, TRUE);
  g_clear_pointer (&worker->progress, progress_release);
  G_OBJECT_CLASS (pw_worker_parent_class)->dispose (object);
}

static void
pw_worker_class_init (PwWorkerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = pw_worker_dispose;
  signals[FINISHED] = g_signal_new ("finished", PW_TYPE_WORKER,
                                    G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
pw_worker_init (PwWorker *worker)
{
  worker->progress = g_atomic_rc_box_new0 (PwProgress);
  g_weak_ref_init (&worker->progress->worker, worker);
}

/* The bar may be gone before the job has ended, or the other way round. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PwWorker *worker = data;
  GtkProgressBar *bar = GTK_PROGRESS_BAR (widget);
  double shown = gtk_progress_bar_get_fraction (bar);
  double done = pw_worker_get_progress (worker);

  if (done < shown || done - shown >= LEAST_CHANGE || done >= 1)
    gtk_progress_bar_set_fraction (bar, done);
  return worker->running ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

gboolean
pw_progress_report (PwProgress *progress, double done)
{
  g_atomic_int_set (&progress->done, (int) (CLAMP (done, 0, 1) * WHOLE));
  return !g_atomic_int_get (&progress->cancelled);
}

PwWorker *
pw_worker_new (PwJob job, gpointer data, GDestroyNotify free_data,
               GError **error)
{
  g_autoptr (PwWorker) worker = g_object_new (PW_TYPE_WORKER, NULL);
  PwProgress *progress = worker->progress;
  GThread *thread;

  progress->job = job;
  progress->data = data;
  progress->free_data = free_data;
  thread = g_thread_try_new ("pagewalk-worker", run,
                             g_atomic_rc_box_acquire (progress), error);
  if (thread == NULL) {
    progress_release (progress);
    return NULL;
  }
  g_thread_unref (thread);
  worker->running = TRUE;
  return g_steal_pointer (&worker);
}

double
pw_worker_get_progress (PwWorker *worker)
{
  return (double) g_atomic_int_get (&worker->progress->done) / WHOLE;
}

gboolean
pw_worker_is_running (PwWorker *worker)
{
  return worker->running;
}

void
pw_worker_cancel (PwWorker *worker)
{
  g_atomic_int_set (&worker->progress->cancelled, TRUE);
}

void
pw_worker_show (PwWorker *worker, GtkProgressBar *bar)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (bar), on_tick,
                                g_object_ref (worker), g_object_unref);
}
