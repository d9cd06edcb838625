/* Gives touched frames a slot, and writes into it. */
#include "tape/memory.h"

/* The slot of a frame, given now if it has none; 0 if there is none left. */
static uint32_t
slot_for (struct vm_tape *tape, const struct vm_state *state, vm_frame frame)
{
  uint32_t slot = state->slot_of[frame.v];
  if (slot != 0)
    return slot;

  /* Slot 0 is the page of zeros that absent frames share. */
  slot = state->slot_count == 0 ? 1 : state->slot_count;
  if (slot >= VM_MAX_SLOTS) {
    vm_tape_fail (tape, VM_ERROR_OUT_OF_MEMORY);
    return 0;
  }

  vm_put_u32 (tape, &state->slot_count, slot + 1);
  vm_put_u32 (tape, &state->slot_frame[slot], (uint32_t) frame.v);
  vm_put_u32 (tape, &state->slot_of[frame.v], slot);
  return vm_tape_failed (tape) ? 0 : slot;
}

bool
vm_memory_write (struct vm_tape *tape, const struct vm_state *state,
                 vm_paddr pa, uint32_t width, uint64_t value)
{
  vm_frame frame = vm_paddr_frame (pa);
  if (frame.v >= VM_ADDRESSABLE_FRAMES)
    return false;

  uint32_t slot = slot_for (tape, state, frame);
  if (slot == 0)
    return false;

  vm_put_bytes (tape, &state->bytes[slot][pa.v % VM_PAGE_SIZE], width, value);
  return !vm_tape_failed (tape);
}

void
vm_memory_zero (struct vm_tape *tape, const struct vm_state *state,
                vm_frame frame)
{
  if (frame.v >= VM_ADDRESSABLE_FRAMES || state->slot_of[frame.v] == 0)
    return;
  vm_put_page (tape, state->bytes[state->slot_of[frame.v]], state->bytes[0]);
}

void
vm_memory_copy (struct vm_tape *tape, const struct vm_state *state, vm_frame to,
                vm_frame from)
{
  if (to.v >= VM_ADDRESSABLE_FRAMES)
    return;

  uint32_t slot = slot_for (tape, state, to);
  if (slot != 0)
    vm_put_page (tape, state->bytes[slot], vm_memory_page (state, from));
}
