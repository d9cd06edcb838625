/* First in, first out: the victim is the page that was loaded longest ago.
 *
 *   frame   0     1     2     3        frames are filled in order, so the
 *         | 7th | 4th | 5th | 6th |    page loaded longest ago always lies
 *                  ^                   where the hand points
 *                 hand
 */
#ifndef VM_FIFO_H
#define VM_FIFO_H

#include "types.h"

struct vm_fifo {
  uint32_t frames, hand;
};

/* The frame that the next page is loaded into: an empty one while there are
 * any, then that of the victim. */
static inline uint32_t
vm_fifo_next (struct vm_fifo *fifo)
{
  uint32_t frame = fifo->hand++;

  if (fifo->hand == fifo->frames)
    fifo->hand = 0;
  return frame;
}

#endif
