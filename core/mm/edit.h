/* What follows when bytes of memory change that nobody asked the kernel about:
 * a poke of the reader's, or a program's store into a page table.
 *
 *   bytes change -> entries of a table?  -> fields, one by one
 *                                        -> references of frames move along
 *                -> registers, TLBs, upper entries: still right? else owed
 *
 * Rules. The processor reads entries and follows them wherever they lead; the
 * kernel's books go by frames that it made tables of, at the level for which it
 * did so:
 * - Each entry of such a frame that is present refers to the frames it names,
 *   whatever those hold: to all frames of the page it maps, or to the one frame
 *   in which it expects a table.
 * - A frame that an entry names as a table does not become one: it stays what
 *   it was made for, and what it holds is not counted. This is so for data, for
 *   a table of another level, for the table itself, and for frames that are not
 *   managed, which have no record.
 * - A page that nothing names any more is free. A table that nothing names
 * stays the kernel's, with all its entries: putting the pointer back makes all
 * as it was.
 * - Mapping a page below an entry that does not lead to a table of the kernel's
 *   at the right level is refused. */
#ifndef VM_EDIT_H
#define VM_EDIT_H

#include "mm/frames.h"
#include "mmu/geometry.h"

/* True if an entry of that level may be followed by the kernel: its frame is a
 * table that it made for the level below. */
static inline bool
vm_edit_leads_to_table (const struct vm_state *s, uint32_t level,
                        uint64_t frame)
{
  return level > 1 && frame < s->config.frames
         && s->frames[frame].role == VM_FRAME_TABLE
         && s->frames[frame].level + 1u == level;
}

/* How many entries of a page table the bytes [pa, pa + width) touch; 0 outside
 * of tables. */
uint32_t vm_edit_entries (const struct vm_state *s, vm_paddr pa,
                          uint32_t width);

/* After width (1 to 8) bytes at pa, within one frame, were replaced, which were
 * before, little-endian: brings references into line, and says what is owed. */
void vm_edit_settle (struct vm_tape *t, const struct vm_state *s, vm_paddr pa,
                     uint32_t width, uint64_t before);

/* Replaces them, and does that. False if there is no room for the bytes: the
 * tape has failed. */
bool vm_edit_poke (struct vm_tape *t, const struct vm_state *s, vm_paddr pa,
                   uint32_t width, uint64_t value);

#endif
