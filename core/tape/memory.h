/* Simulated physical memory: sparse, little-endian, in frames of 4 KiB.
 *
 *   physical address   | frame number (24 bits) | offset (12 bits) |
 *                               |                      |
 *                       slot_of[frame] -> slot         |
 *                                          bytes[slot][offset]
 *
 * A frame that was never written has no slot and reads as zeros. A frame
 * beyond the addressable 64 GiB (an entry can name one) reads as zeros, too,
 * and swallows what is written, as an absent device does. */
#ifndef VM_MEMORY_H
#define VM_MEMORY_H

#include "tape/tape.h"

/* The 4096 bytes of a frame, read-only. Never NULL. */
static inline const uint8_t *
vm_memory_page (const struct vm_state *state, vm_frame frame)
{
  if (frame.v >= VM_ADDRESSABLE_FRAMES)
    return state->bytes[0];
  return state->bytes[state->slot_of[frame.v]];
}

/* Reads width (1, 2, 4 or 8) bytes that do not cross a frame. */
static inline uint64_t
vm_memory_read (const struct vm_state *state, vm_paddr pa, uint32_t width)
{
  const uint8_t *bytes = vm_memory_page (state, vm_paddr_frame (pa))
                         + pa.v % VM_PAGE_SIZE;
  uint64_t value = 0;

  /* Constant widths make each branch a single load. */
  if (width == 8)
    memcpy (&value, bytes, 8);
  else if (width == 4)
    memcpy (&value, bytes, 4);
  else
    memcpy (&value, bytes, width);
  return value;
}

/* Writes width (1, 2, 4 or 8) bytes that do not cross a frame. When the host
 * limit of touched frames is reached the tape fails with
 * VM_ERROR_OUT_OF_MEMORY. Returns false if nothing was stored. */
bool vm_memory_write (struct vm_tape *tape, const struct vm_state *state,
                      vm_paddr pa, uint32_t width, uint64_t value);

/* Makes all bytes of a frame zero: nothing if it was never touched, one
 * page-swap delta otherwise. */
void vm_memory_zero (struct vm_tape *tape, const struct vm_state *state,
                     vm_frame frame);

/* Copies a whole frame: one page-swap delta. */
void vm_memory_copy (struct vm_tape *tape, const struct vm_state *state,
                     vm_frame to, vm_frame from);

#endif
