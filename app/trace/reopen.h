/* From a curve to a step: the operations that bring a machine, which narrates
 * all it does, to where a replay stands, and on from there.
 *
 *   replay  ......................|  access 7,120,345
 *                                 |
 *   machine    machine, process, map map map, access ... | access, unmap, map
 *              what memory and TLBs hold just then        narrated
 *
 * A replay of millions of accesses is never a tape. What lies in memory and in
 * the TLBs when it is stopped can be brought about by a few operations a page,
 * so that the machine can do all that one of a lesson can: go back, be cloned,
 * be changed by hand. Its counters begin at that point; with a TLB of two
 * levels the second may hold a few entries more or less. */
#ifndef TRACE_REOPEN_H
#define TRACE_REOPEN_H

#include <glib.h>

#include "replay/replay.h"

/* The operations, one a line, to be given to a machine that is new. An array
 * of char *; free with g_ptr_array_unref. */
GPtrArray *trace_reopen_setup (const struct vm_replay *replay);

/* Lets the replay make its next access. Returns the operations that the
 * machine makes meanwhile, the kernel's among them; NULL and *error if the
 * access cannot be made. next is for OPT: which access is the next to the page;
 * else VM_FUTURE_NEVER. */
GPtrArray *trace_reopen_next (struct vm_replay *replay, vm_record record,
                              guint32 next, struct vm_error *error);

#endif
