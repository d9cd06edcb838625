/* The accesses of a trace, kept so that each can be had again at once.
 *
 *   | batch | batch | batch | batch | batch |    coded: about two bytes an
 * access
 *
 * Replays that stood on the way are kept by trails (trail.h). */
#ifndef TRACE_SHELF_H
#define TRACE_SHELF_H

#include <glib.h>

#include "replay/record.h"

typedef struct _TraceShelf TraceShelf;

/* An empty shelf that takes at most so many bytes. */
TraceShelf *trace_shelf_new (guint64 limit);
void trace_shelf_free (TraceShelf *shelf);

/* Keeps records of a process, at most TRACE_BATCH. FALSE, now and ever after,
 * if they are too many: then nothing is kept any more. */
gboolean trace_shelf_add (TraceShelf *shelf, guint32 process,
                          const vm_record *records, gsize count);

/* Accesses that are kept; 0 once there were too many. */
guint64 trace_shelf_accesses (const TraceShelf *shelf);
gboolean trace_shelf_is_full (const TraceShelf *shelf);

/* Bytes that it takes. */
guint64 trace_shelf_bytes (const TraceShelf *shelf);

/* The accesses from number position on, from 0, that lie together: *count of
 * *process. Valid until the next call; NULL if position was not kept. */
const vm_record *trace_shelf_get (TraceShelf *shelf, guint64 position,
                                  guint32 *process, gsize *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceShelf, trace_shelf_free)

#endif
