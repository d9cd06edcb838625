/* Gives touched memory, and the disk, a slot, and writes into it. */
#include "tape/memory.h"

/* The slot of 4 KiB of memory, given now if they have none; 0 if there is none
 * left. */
static uint32_t
slot_for (struct vm_tape *tape, const struct vm_state *state, uint64_t place)
{
  uint32_t slot = state->slot_of[place];
  if (slot != 0)
    return slot;

  /* Slot 0 is the zeros that all untouched memory shares. */
  slot = state->slot_count == 0 ? 1 : state->slot_count;
  if (slot + state->content_pages >= VM_MAX_SLOTS) {
    vm_tape_fail (tape, VM_ERROR_OUT_OF_MEMORY);
    return 0;
  }

  vm_put_u32 (tape, &state->slot_count, slot + 1);
  vm_put_u32 (tape, &state->slot_frame[slot], (uint32_t) place);
  vm_put_u32 (tape, &state->slot_of[place], slot);
  return vm_tape_failed (tape) ? 0 : slot;
}

/* Makes bytes of a slot what others are: all of them at once, or, of a part,
 * only those that differ. */
static void
put_run (struct vm_tape *tape, const uint8_t *to, const uint8_t *from,
         uint64_t length)
{
  if (length == VM_SLOT_SIZE) {
    vm_put_page (tape, to, from);
    return;
  }
  for (uint64_t i = 0; i < length; i += 8) {
    uint64_t value;
    memcpy (&value, from + i, 8);
    if (memcmp (to + i, from + i, 8) != 0)
      vm_put_bytes (tape, to + i, 8, value);
  }
}

bool
vm_memory_write_anywhere (struct vm_tape *tape, const struct vm_state *state,
                          vm_paddr pa, uint32_t width, uint64_t value)
{
  uint64_t place = pa.v >> VM_SLOT_SHIFT;
  if (place >= VM_ADDRESSABLE_SLOTS)
    return false;

  uint32_t slot = slot_for (tape, state, place);
  if (slot == 0)
    return false;

  vm_put_bytes (tape, &state->bytes[slot][pa.v % VM_SLOT_SIZE], width, value);
  return !vm_tape_failed (tape);
}

void
vm_memory_zero (struct vm_tape *tape, const struct vm_state *state,
                vm_paddr start, uint64_t length)
{
  uint64_t run = length < VM_SLOT_SIZE ? length : VM_SLOT_SIZE;

  for (uint64_t done = 0; done < length; done += run) {
    const uint8_t *bytes
        = vm_memory_bytes (state, vm_paddr_of (start.v + done));
    if (vm_memory_touched (state, vm_paddr_of (start.v + done)))
      put_run (tape, bytes, state->bytes[0], run);
  }
}

/* Gives a slot, by its place, other contents: nothing where they are what it
 * holds. */
static void
put_contents (struct vm_tape *tape, const struct vm_state *state,
              uint64_t place, const uint8_t *contents)
{
  if (memcmp (state->bytes[state->slot_of[place]], contents, VM_SLOT_SIZE) == 0)
    return;
  uint32_t slot = slot_for (tape, state, place);
  if (slot != 0)
    vm_put_page (tape, state->bytes[slot], contents);
}

/* How much of a run lies in the slot where it begins. */
static uint32_t
first_part (vm_paddr pa, uint64_t size)
{
  uint32_t rest = VM_SLOT_SIZE - (uint32_t) (pa.v % VM_SLOT_SIZE);

  return size < rest ? (uint32_t) size : rest;
}

void
vm_memory_load (const struct vm_state *state, vm_paddr pa, uint64_t size,
                uint8_t *bytes)
{
  while (size > 0) {
    uint32_t part = first_part (pa, size);
    memcpy (bytes, vm_memory_bytes (state, pa), part);
    bytes += part;
    size -= part;
    pa.v += part;
  }
}

void
vm_memory_store (struct vm_tape *tape, const struct vm_state *state,
                 vm_paddr pa, uint64_t size, const uint8_t *bytes)
{
  uint8_t slot[VM_SLOT_SIZE];

  while (size > 0 && !vm_tape_failed (tape)
         && pa.v >> VM_SLOT_SHIFT < VM_ADDRESSABLE_SLOTS) {
    uint32_t part = first_part (pa, size);
    memcpy (slot,
            vm_memory_bytes (
                state, vm_paddr_of (pa.v & ~(uint64_t) (VM_SLOT_SIZE - 1))),
            VM_SLOT_SIZE);
    memcpy (slot + pa.v % VM_SLOT_SIZE, bytes, part);
    put_contents (tape, state, pa.v >> VM_SLOT_SHIFT, slot);
    bytes += part;
    size -= part;
    pa.v += part;
  }
}

const uint8_t *
vm_disk_block (const struct vm_state *state, uint32_t block)
{
  return state->bytes[state->slot_of[VM_ADDRESSABLE_SLOTS + block]];
}

void
vm_disk_put (struct vm_tape *tape, const struct vm_state *state, uint32_t block,
             const uint8_t *contents)
{
  put_contents (tape, state, VM_ADDRESSABLE_SLOTS + block, contents);
}

void
vm_memory_copy (struct vm_tape *tape, const struct vm_state *state, vm_paddr to,
                vm_paddr from, uint64_t length)
{
  uint64_t run = length < VM_SLOT_SIZE ? length : VM_SLOT_SIZE;

  for (uint64_t done = 0; done < length; done += run) {
    uint64_t place = (to.v + done) >> VM_SLOT_SHIFT;
    uint32_t slot = place < VM_ADDRESSABLE_SLOTS ? slot_for (tape, state, place)
                                                 : 0;
    if (slot != 0)
      put_run (tape, &state->bytes[slot][(to.v + done) % VM_SLOT_SIZE],
               vm_memory_bytes (state, vm_paddr_of (from.v + done)), run);
  }
}
