/* A crew: the same work on many things, on as many threads as there are
 * processors. */
#ifndef TRACE_CREW_H
#define TRACE_CREW_H

#include <glib.h>

typedef struct _TraceCrew TraceCrew;

/* Does the work on thing i. Called from several threads, with another i each.
 */
typedef void (*TraceWork) (guint i, gpointer data);

/* A crew for work on things that are independent of each other. */
TraceCrew *trace_crew_new (TraceWork work, gpointer data);
void trace_crew_free (TraceCrew *crew);

/* Does the work on things 0 ... count - 1, and waits for all. */
void trace_crew_do (TraceCrew *crew, guint count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceCrew, trace_crew_free)

#endif
