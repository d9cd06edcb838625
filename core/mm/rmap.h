/* From a frame back to the entries that map it (reverse mapping).
 *
 *   frame -> its anon_vma, or its file -> regions that may map it
 *         -> the address that its page would have there -> that entry: does
 *            it name the frame?
 *
 * Rule: rmap_walk of mm/rmap.c of Linux 6.x. */
#ifndef VM_RMAP_H
#define VM_RMAP_H

#include "mm/entries.h"

/* A region that may map a frame. */
struct vm_rmap_place {
  uint32_t region;
  uint32_t process; /* one that has the region's address space */
  uint64_t va;      /* of the page that the frame would be */
  bool found;       /* its entry names the frame */
  struct vm_entry entry;
};

/* Anybody who has an address space; VM_NONE: nobody. */
uint32_t vm_rmap_process (const struct vm_state *s, uint32_t mm);

/* The next place after one (region 0: the first) in which a frame may be
 * mapped. False if there is none: a frame without a mapping has none. */
bool vm_rmap_next (const struct vm_state *s, vm_frame frame,
                   struct vm_rmap_place *place);

/* The same as steps; returns how many entries name the frame. */
uint32_t vm_rmap_tell (struct vm_tape *t, const struct vm_state *s,
                       vm_frame frame);

#endif
