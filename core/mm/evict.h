/* Taking one page out of memory.
 *
 *   frame --> held by anybody? locked? -> stays
 *     | no
 *   anonymous, without a slot? -> gets one (no room: stays)
 *     |
 *   reverse mapping: every entry that names the frame
 *     anonymous  -> names the slot instead      each is dropped from the TLBs
 *     of a file, or shared -> is empty again
 *     |
 *   dirty? -> written to its slot (shared memory gets one now), or to its
 *     |         file (fails: the frame keeps it)
 *     |
 *   the frame is free
 *
 * What was written back once, and not changed since, goes without being
 * written again: that is what the swap cache is for. Rules: shrink_folio_list,
 * pageout and __remove_mapping of mm/vmscan.c, try_to_unmap of mm/rmap.c,
 * Linux 6.x. */
#ifndef VM_EVICT_H
#define VM_EVICT_H

#include "mm/rmap.h"

/* Takes the page in a frame away from everybody who has it. The result is
 * VM_FATE_FREED or VM_FATE_DROPPED if the frame is free now, else why not. */
enum vm_fate vm_evict (struct vm_tape *t, const struct vm_state *s,
                       uint32_t frame);

/* Takes the page at an address away from one process; the frame goes with its
 * last user. VM_FATE_SHARED: somebody else still has it. */
enum vm_fate vm_evict_at (struct vm_tape *t, const struct vm_state *s,
                          uint32_t process, uint64_t va);

/* True if the page of that fate has left memory, or the process. */
static inline bool
vm_evict_worked (enum vm_fate fate)
{
  return fate == VM_FATE_FREED || fate == VM_FATE_DROPPED
         || fate == VM_FATE_SHARED;
}

/* Entries with the accessed bit that name a frame; clears it in all of them
 * (folio_referenced). The kernel of an x86 leaves the TLBs alone then; here
 * the page is dropped from them, as on other processors, so that the next use
 * is seen. */
uint32_t vm_evict_used (struct vm_tape *t, const struct vm_state *s,
                        uint32_t frame);

#endif
