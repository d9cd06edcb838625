/* A lesson that begins where a replay stands: its machine holds what memory and
 * TLBs held, and its beats are the accesses that come next.
 *
 * What can be done with a lesson can so be done with any access of a trace: it
 * is stepped through, back and forth, and every figure shows it. */
#ifndef TRACE_STORY_H
#define TRACE_STORY_H

#include "trail.h"

/* The lesson's text, as lessons/schema describes it, in the reader's language:
 * `count` accesses from number position on, from 0, of a trace called name. To
 * be freed. NULL and *error if they cannot be opened. */
char *trace_story_new (TraceTrail *trail, guint64 position, guint count,
                       const char *name, struct vm_error *error);

#endif
