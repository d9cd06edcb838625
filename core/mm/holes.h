/* The holes of bare memory: runs of free frames, and which of them to take. */
#ifndef VM_HOLES_H
#define VM_HOLES_H

#include "tape/state.h"
#include "tape/steps.h"

/* A run of free frames, in bytes. */
struct vm_hole {
  uint64_t base, size;
};

/* The free memory as it is cut up. */
struct vm_holes {
  uint64_t free, largest; /* bytes */
  uint32_t count;
};

/* The first hole that begins at or behind an address. False if none does. */
bool vm_hole_next (const struct vm_state *s, uint64_t from,
                   struct vm_hole *hole);

/* The hole that a program of so many bytes gets: the first that is large
 * enough, the smallest, or the largest; of equals the lowest. False if none is
 * large enough. */
bool vm_hole_find (const struct vm_state *s, uint64_t size, enum vm_fit fit,
                   struct vm_hole *hole);

struct vm_holes vm_holes_count (const struct vm_state *s);

#endif
