/* What can be looked for in a replay: "the 100th conflict miss". */
#ifndef TRACE_EVENT_H
#define TRACE_EVENT_H

#include <glib.h>

#include "replay/replay.h"

typedef enum {
  TRACE_EVENT_ACCESS,
  TRACE_EVENT_FAULT,
  TRACE_EVENT_MAJOR,
  TRACE_EVENT_EVICTION,
  TRACE_EVENT_WRITEBACK,
  TRACE_EVENT_MISS,     /* in the TLB, whatever the cause */
  TRACE_EVENT_CAPACITY, /* of its causes; the replay must be asked for them */
  TRACE_EVENT_CONFLICT,
  TRACE_EVENTS
} TraceEvent;

/* Its name, as it is typed. */
const char *trace_event_name (TraceEvent event);

/* Understands "7120345", "eviction", "conflict:100", and as people say it:
 * "next eviction", "100th conflict miss". Sets *event, and *number: which of
 * them, from 1. FALSE if it means nothing. */
gboolean trace_event_parse (const char *text, TraceEvent *event,
                            guint64 *number);

/* Does a replay that counts it have to know the causes of misses? */
gboolean trace_event_needs_causes (TraceEvent event);

/* How many of them a replay has seen. */
guint64 trace_event_count (const struct vm_replay *replay, TraceEvent event);

#endif
