/* Curves: the faults of a trace over the number of frames, for several
 * policies at once, from one reading.
 *
 * LRU has all sizes from one pass, and OPT, too, once the whole trace is known;
 * every other policy is run once for each size. All of them share the
 * processors. */
#ifndef TRACE_CURVE_H
#define TRACE_CURVE_H

#include "play.h"

typedef struct _TraceCurve TraceCurve;

/* An empty curve over these sizes (of guint32, ascending, from 1). policies is
 * of enum vm_policy. geometry says which addresses there are and how large
 * pages are. All are copied. NULL if there is no memory. */
TraceCurve *trace_curve_new (const GArray *policies, const GArray *sizes,
                             const struct vm_geometry *geometry, guint64 seed);
void trace_curve_free (TraceCurve *curve);

/* What OPT may take to know the whole trace; without a call 1 GiB. */
void trace_curve_limit (TraceCurve *curve, guint64 bytes);

/* Somebody else keeps what OPT must know: nothing is kept here. To be called
 * before the first records. */
void trace_curve_leave (TraceCurve *curve);

/* It is known now: to be called before the end, and to outlive it. NULL if it
 * was too much. */
void trace_curve_lend (TraceCurve *curve, const struct vm_future *future);

/* Adds records of a process. FALSE and *error if an address does not fit the
 * geometry, at the access whose number is put into *at, or there is no memory.
 */
gboolean trace_curve_records (TraceCurve *curve, guint32 process,
                              const vm_record *records, gsize count,
                              struct vm_error *error, guint64 *at);

/* Does what can be done only now. FALSE if tick says so. */
gboolean trace_curve_finish (TraceCurve *curve, TraceTick tick, gpointer data);

/* Bytes that OPT needs, if that is more than it may take; else 0. */
guint64 trace_curve_refused (const TraceCurve *curve);

/* Whether OPT's faults are known: it was finished, and not refused. */
gboolean trace_curve_knows_opt (const TraceCurve *curve);

guint64 trace_curve_accesses (const TraceCurve *curve);
guint32 trace_curve_pages (const TraceCurve *curve);

/* Faults of policy i with the frames of size s. */
guint64 trace_curve_faults (const TraceCurve *curve, guint i, guint s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceCurve, trace_curve_free)

#endif
