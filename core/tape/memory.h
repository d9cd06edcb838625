/* Simulated physical memory and the disk: sparse, in slots of 4 KiB.
 *
 *   physical address   | place (24 bits) | offset (12 bits) |
 *                               |                 |
 *                       slot_of[place] -> slot    |
 *                                    bytes[slot][offset]
 *
 * Numbers are little-endian. Memory that was never written has no slot and
 * reads as zeros. What lies beyond the addressable 64 GiB (an entry can name
 * it) reads as zeros, too, and swallows what is written, as an absent device
 * does. Slots are how bytes are kept; how large a machine's frames are does not
 * matter here. Blocks of the disk are kept the same way; no address leads to
 * them. */
#ifndef VM_MEMORY_H
#define VM_MEMORY_H

#include "tape/tape.h"

/* The byte at an address and those behind it, up to the end of its slot:
 * aligned memory of up to 4 KiB never crosses one. Read-only, never NULL. */
static inline const uint8_t *
vm_memory_bytes (const struct vm_state *state, vm_paddr pa)
{
  uint64_t place = pa.v >> VM_SLOT_SHIFT;
  uint32_t slot = place < VM_ADDRESSABLE_SLOTS ? state->slot_of[place] : 0;

  return &state->bytes[slot][pa.v % VM_SLOT_SIZE];
}

/* True if memory there has a slot of its own: it was written once. */
static inline bool
vm_memory_touched (const struct vm_state *state, vm_paddr pa)
{
  uint64_t place = pa.v >> VM_SLOT_SHIFT;

  return place < VM_ADDRESSABLE_SLOTS && state->slot_of[place] != 0;
}

/* Reads width (1, 2, 4 or 8) bytes that do not cross a slot. */
static inline uint64_t
vm_memory_read (const struct vm_state *state, vm_paddr pa, uint32_t width)
{
  const uint8_t *bytes = vm_memory_bytes (state, pa);
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

/* What vm_memory_write does where it is not done at once. */
bool vm_memory_write_anywhere (struct vm_tape *tape,
                               const struct vm_state *state, vm_paddr pa,
                               uint32_t width, uint64_t value);

/* Writes width (1, 2, 4 or 8) bytes that do not cross a slot. When the host
 * limit of touched slots is reached the tape fails with
 * VM_ERROR_OUT_OF_MEMORY. Returns false if nothing was stored. */
VM_ALWAYS_INLINE bool
vm_memory_write (struct vm_tape *tape, const struct vm_state *state,
                 vm_paddr pa, uint32_t width, uint64_t value)
{
  /* An entry of a page table that nobody watches is a single store. */
  if (tape != NULL || width != 8 || !vm_memory_touched (state, pa))
    return vm_memory_write_anywhere (tape, state, pa, width, value);
  const uint8_t *bytes = vm_memory_bytes (state, pa);
  memcpy ((void *) (uintptr_t) bytes, &value, 8);
  return true;
}

/* Makes length bytes zero, a power of two of at least 8, aligned to itself or,
 * beyond 4 KiB, to 4 KiB. What was never touched costs nothing; a whole slot is
 * one page-swap delta. */
void vm_memory_zero (struct vm_tape *tape, const struct vm_state *state,
                     vm_paddr start, uint64_t length);

/* Reads or writes any number of bytes; of a slot all at once, or nothing where
 * they are what it holds. */
void vm_memory_load (const struct vm_state *state, vm_paddr pa, uint64_t size,
                     uint8_t *bytes);
void vm_memory_store (struct vm_tape *tape, const struct vm_state *state,
                      vm_paddr pa, uint64_t size, const uint8_t *bytes);

/* The VM_SLOT_SIZE bytes of a block of the disk, block < VM_DISK_BLOCKS +
 * VM_FILE_BLOCKS; never NULL. And gives it others. */
const uint8_t *vm_disk_block (const struct vm_state *state, uint32_t block);
void vm_disk_put (struct vm_tape *tape, const struct vm_state *state,
                  uint32_t block, const uint8_t *contents);

/* Copies length bytes, bounded and recorded like vm_memory_zero's. */
void vm_memory_copy (struct vm_tape *tape, const struct vm_state *state,
                     vm_paddr to, vm_paddr from, uint64_t length);

#endif
