/* A worker: one long computation in a thread of its own.
 *
 *   window                          thread
 *   pw_worker_new ----------------> job (progress, data)
 *   pw_worker_get_progress <------- pw_progress_report, now and then
 *   pw_worker_cancel -------------> pw_progress_report says FALSE
 *   "finished" <------------------- the job returns
 *
 * Thread and window share two numbers, and nothing waits for the other: data is
 * the job's while it runs and the window's when it has finished. The thread
 * gives way to the window's where the processors are busy. */
#ifndef PW_WORKER_H
#define PW_WORKER_H

#include <gtk/gtk.h>

#define PW_TYPE_WORKER (pw_worker_get_type ())
G_DECLARE_FINAL_TYPE (PwWorker, pw_worker, PW, WORKER, GObject)

/* The thread's side of a worker. */
typedef struct _PwProgress PwProgress;

/* The computation. True if it came to its end, false if it gave up. */
typedef gboolean (*PwJob) (PwProgress *progress, gpointer data);

/* For the job: so much (0 to 1) is done. False if it is to give up; it should
 * ask at least every 20 milliseconds. */
gboolean pw_progress_report (PwProgress *progress, double done);

/* Starts a job. data is freed with free_data (NULL: not at all), by the main
 * thread, when the job has ended and the worker is let go. A worker that is let
 * go while its job runs cancels it and emits nothing more. NULL and *error if
 * the host gives no thread; then data was freed.
 *
 * Signal "finished" (gboolean completed): the job has returned that; data may
 * be read again. Emitted in the main thread, once. */
PwWorker *pw_worker_new (PwJob job, gpointer data, GDestroyNotify free_data,
                         GError **error);

/* Cheap enough for every frame. Progress is from 0 to 1. */
double pw_worker_get_progress (PwWorker *worker);
gboolean pw_worker_is_running (PwWorker *worker);

/* Asks the job to give up; "finished" follows soon. */
void pw_worker_cancel (PwWorker *worker);

/* Lets a bar show the progress until the job has ended: once a frame at most,
 * and only where it has changed enough to be seen. The bar holds the worker as
 * long as it lives. */
void pw_worker_show (PwWorker *worker, GtkProgressBar *bar);

#endif
