/* A session with a trace as the job of a worker. */

#include "traces-job.h"

PwTracesJob *
pw_traces_job_new (TraceSession *session)
{
  PwTracesJob *job = g_new0 (PwTracesJob, 1);

  job->session = session;
  return job;
}

void
pw_traces_job_free (gpointer memory)
{
  PwTracesJob *job = memory;

  trace_session_free (job->session);
  g_free (job);
}

/* The reading is most of it; what OPT does then begins at 0 again, twice. Of a
 * pipe nobody knows how much is left. */
static gboolean
on_tick (guint64 accesses, double fraction, gpointer data)
{
  static const double begins[] = {0, 0.7, 0.85, 1};
  PwTracesJob *job = data;

  if (fraction < 0)
    fraction = job->last;
  if (fraction < job->last - 0.5 && job->phase + 2 < G_N_ELEMENTS (begins))
    job->phase++;
  job->last = fraction;
  if (job->phase == 0)
    g_atomic_int_set (&job->thousands, (gint) (accesses / 1000));
  double from = begins[job->phase], to = begins[job->phase + 1];
  return pw_progress_report (job->progress, from + (to - from) * fraction);
}

gboolean
pw_traces_job_run (PwProgress *progress, gpointer memory)
{
  PwTracesJob *job = memory;

  job->progress = progress;
  return trace_session_run (job->session, on_tick, job);
}

guint64
pw_traces_job_accesses (PwTracesJob *job)
{
  return (guint64) g_atomic_int_get (&job->thousands) * 1000;
}
