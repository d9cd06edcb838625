/* All that is found out about a trace from one reading: what each of several
 * policies comes to, their curves, and a shelf from which any access opens.
 *
 *   file -> batches -> | replays | curves | shelf |
 *
 * It is run in a thread of its own, and read when it has ended. */
#ifndef TRACE_SESSION_H
#define TRACE_SESSION_H

#include <gio/gio.h>

#include "event.h"
#include "play.h"

typedef struct _TraceSession TraceSession;

/* A session that reads a file. config: how each replay is made; policies (of
 * enum vm_policy). sizes (of guint32, ascending) are those of the curves. All
 * are copied. */
TraceSession *trace_session_new (const char *path,
                                 const struct vm_replay_config *config,
                                 const GArray *policies, const GArray *sizes);
void trace_session_free (TraceSession *session);

/* Does it all. tick is called every few milliseconds, and FALSE stops it. TRUE
 * if it came to the end of the trace; else what there is up to then can be
 * read, but for OPT's part. */
gboolean trace_session_run (TraceSession *session, TraceTick tick,
                            gpointer data);

/* What was wrong with the trace, or with the computer, as a sentence; NULL:
 * nothing. */
const char *trace_session_problem (const TraceSession *session);

guint64 trace_session_accesses (const TraceSession *session);
guint32 trace_session_pages (const TraceSession *session);

/* What policy i came to. FALSE if it was not played: OPT, of a trace that was
 * too long, or stopped. */
gboolean trace_session_result (const TraceSession *session, guint i,
                               struct vm_replay_stats *stats);

/* Faults of policy i with size s; FALSE as above. */
gboolean trace_session_curve (const TraceSession *session, guint i, guint s,
                              guint64 *faults);

/* A lesson that tells some accesses from one on as policy i has it. The access
 * is named as event.h says, in the reader's language; to be freed. NULL and
 * *problem, a sentence to be freed, if there is none such. */
char *trace_session_story (TraceSession *session, guint i, const char *where,
                           char **problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceSession, trace_session_free)

#endif
