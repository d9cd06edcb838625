/* Reclaim: frames become free because pages leave memory.
 *
 *   free frames
 *   |................................................ high   kswapd stops
 *   |............................ low     kswapd is woken: it works at the end
 *   |                                     of the operation that went below
 *   |............ min     whoever needs a frame must free some himself first
 *   +------------ 0
 *
 *   which page?   Linux's lists: the oldest inactive one, of anonymous memory
 *                 and of files in turn; found used, it is spared once, and
 *                 becomes active when found used again
 *                 or a policy: among all frames, or among the process's own
 *
 * Nothing here kills anybody or waits: what cannot be had is an outcome, and
 * the page-fault handler tells it to whoever tries the access again (oom.h).
 * Rules: mm/vmscan.c, mm/page_alloc.c (__setup_per_zone_wmarks) of Linux 6.x.
 * What is left out: zones (the marks are of all memory), batches of 32 (pages
 * are looked at one by one), generations (MGLRU). */
#ifndef VM_RECLAIM_H
#define VM_RECLAIM_H

#include "tape/tape.h"

/* Runs of kswapd in a row that may free nothing before it gives up
 * (MAX_RECLAIM_RETRIES). */
#define VM_RECLAIM_RETRIES 16u
#define VM_SWAPPINESS 60u /* of 200 */

/* Free frames at which reclaim begins and ends. */
struct vm_watermarks {
  uint32_t min, low, high;
};

/* What Linux would choose for so many frames: min is 4 times the square root
 * of memory, both in KiB, but here at most an eighth of it; low and high are a
 * quarter of min above, or a thousandth of memory. */
struct vm_watermarks vm_reclaim_watermarks (uint32_t frames);

/* From now on pages leave memory when it is full; frames that have pages
 * already join the books. */
void vm_reclaim_begin (struct vm_tape *t, const struct vm_state *s,
                       enum vm_reclaim how);

/* A process is about to need frames, at most so many: where that would leave
 * less than min, some are freed first. False if that cannot be done: then
 * nothing should be begun. */
bool vm_reclaim_prepare (struct vm_tape *t, const struct vm_state *s,
                         uint32_t process, uint32_t need);

/* A page is about to come to an address of a process: if the process has as
 * many as it may, one of its own goes. False if none can. */
bool vm_reclaim_make_room (struct vm_tape *t, const struct vm_state *s,
                           uint32_t process, uint64_t va);

/* What kswapd does at the end of an operation that left less than low. */
void vm_reclaim_background (struct vm_tape *t, const struct vm_state *s);

/* A page that reclaim took came back: had memory been larger by no more than
 * there are inactive pages, it would have stayed. Then it begins as an active
 * one (workingset_refault). */
void vm_reclaim_refault (struct vm_tape *t, const struct vm_state *s,
                         uint32_t frame, uint32_t shadow);

#endif
