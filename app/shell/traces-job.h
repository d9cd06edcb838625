/* A session with a trace as the job of a worker. */
#ifndef PW_TRACES_JOB_H
#define PW_TRACES_JOB_H

#include "session.h"
#include "worker.h"

typedef struct {
  TraceSession *session; /* the thread's while it runs */
  PwProgress *progress;
  gint thousands; /* of accesses; atomic */
  guint phase;    /* reading, OPT's replay, OPT's curve */
  double last;    /* fraction of the phase */
} PwTracesJob;

/* Takes the session. */
PwTracesJob *pw_traces_job_new (TraceSession *session);

/* For pw_worker_new. */
gboolean pw_traces_job_run (PwProgress *progress, gpointer job);
void pw_traces_job_free (gpointer job);

/* Accesses that were read so far, about; at any time. */
guint64 pw_traces_job_accesses (PwTracesJob *job);

#endif
