/* Swap: where pages are while they are not in memory.
 *
 *   entry of a page table           area 0 on the disk
 *   | type 0 | offset 3 | P=0 |     | header | slot 1 | slot 2 | slot 3 | ...
 *        |         |                                               ^
 *        +---------+-----------------------------------------------+
 *
 *   slots[]:  count   entries that name the slot (swap_map)
 *             frame   that has the same bytes: the swap cache. A page is in it
 *                     from when it gets a slot until it has left memory, and
 *                     again from when it was read until its slot is free
 *
 *   in memory --take--> in memory, and a slot --write, unmap--> swap only
 *        ^                      ^   |                              |
 *        |                      |   +-- clean: no write needed --> |
 *        +-- slot given back ---+-------------- read --------------+
 *
 * A slot's contents lie on the simulated disk: the bytes really come back. Slot
 * 0 is the header, as in Linux, so that an entry that names a slot is never 0.
 * Slots are numbered through all areas here; entries hold area and offset, in
 * the processor's own format (mmu/pte.h). Rules: mm/swapfile.c,
 * mm/swap_state.c, mm/page_io.c of Linux 6.x. What is left out: clusters of
 * slots, and slots that a processor keeps in reserve. */
#ifndef VM_SWAP_H
#define VM_SWAP_H

#include "error.h"
#include "mm/frames.h"
#include "mmu/pte.h"

/* An area that is wished for. */
struct vm_swap_wish {
  uint32_t slots;   /* header included */
  uint32_t fails;   /* number of the write to it that goes wrong; 0: none */
  int32_t priority; /* VM_SWAP_LAST: behind all areas that have none, either */
};
#define VM_SWAP_LAST INT32_MIN

/* Makes a swap area. Pages get slots of the area with the highest priority that
 * has room, and of those with the same in turn (get_swap_pages). False and
 * *error if there are too many areas or slots, or the disk is full. */
bool vm_swap_add (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_swap_wish *wish, struct vm_error *error);

static inline int32_t
vm_swap_priority (const struct vm_swap_area *area)
{
  return (int32_t) area->priority;
}

/* From now on no page gets a slot of an area, or may again. */
void vm_swap_close (struct vm_tape *t, const struct vm_state *s, uint32_t area,
                    bool closed);

/* An area without any page in it goes. */
void vm_swap_remove (struct vm_tape *t, const struct vm_state *s,
                     uint32_t area);

/* Slots that pages can be in, of all areas, and those of them that are free. */
uint32_t vm_swap_total (const struct vm_state *s);
uint32_t vm_swap_free (const struct vm_state *s);

/* True if there is any swap area. */
static inline bool
vm_swap_on (const struct vm_state *s)
{
  return s->areas[0].slots != 0 || s->areas[1].slots != 0
         || s->areas[2].slots != 0 || s->areas[3].slots != 0;
}

/* The area of a slot, and what entries call the slot. */
uint32_t vm_swap_area_of (const struct vm_state *s, uint32_t slot);
struct vm_swap_slot vm_swap_place (const struct vm_state *s, uint32_t slot);

/* The other way: the number of what an entry names; 0 if there is no such
 * slot, or nothing is in it. */
uint32_t vm_swap_number (const struct vm_state *s, struct vm_swap_slot place);

/* Gives a frame a slot, and puts it into the swap cache, which has a reference
 * of its own. The slot's bytes are not the frame's yet: it is dirty. False if
 * no slot is free. */
bool vm_swap_take (struct vm_tape *t, const struct vm_state *s, uint32_t frame);

/* Puts a frame that was read from a slot into the swap cache. */
void vm_swap_keep (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
                   uint32_t frame);

/* Takes a frame out of it. A slot that no entry names is free then; a frame
 * that nothing else has, too. */
void vm_swap_forget (struct vm_tape *t, const struct vm_state *s,
                     uint32_t frame);

/* The same, if no entry names its slot (folio_free_swap). True if the frame is
 * not, or no more, in the swap cache. */
bool vm_swap_give_up (struct vm_tape *t, const struct vm_state *s,
                      uint32_t frame);

/* An entry more, or less, names a slot; with the last one, and out of the swap
 * cache, it is free. */
void vm_swap_hold (struct vm_tape *t, const struct vm_state *s, uint32_t slot);
void vm_swap_release (struct vm_tape *t, const struct vm_state *s,
                      uint32_t slot);

/* Somebody who counts himself names a slot no more. */
void vm_swap_settle (struct vm_tape *t, const struct vm_state *s,
                     uint32_t slot);

/* Writes a frame of the swap cache to its slot. False if that goes wrong: by
 * the area's own fault (fails= of swapon), or the disk's (failing-write= of the
 * machine). */
bool vm_swap_write (struct vm_tape *t, const struct vm_state *s,
                    uint32_t frame);

/* Reads a slot into a frame. */
void vm_swap_read (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
                   uint32_t frame);

/* The bytes of a slot; VM_SLOT_SIZE of them. */
const uint8_t *vm_swap_bytes (const struct vm_state *s, uint32_t slot);

#endif
