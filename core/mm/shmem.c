/* Keeps pages of shared memory in swap. */
#include "mm/shmem.h"

#include "mm/files.h"
#include "mm/reclaim.h"

static uint32_t
chain_of (uint32_t file, uint64_t page)
{
  uint64_t mixed = page + file * UINT64_C (0x9e3779b97f4a7c15);
  return (uint32_t) ((mixed ^ mixed >> 17) % VM_SLOT_CHAINS);
}

static void
tell (struct vm_tape *t, const struct vm_state *s, uint32_t slot, uint32_t file,
      uint64_t page, bool out)
{
  struct vm_swap_slot place = vm_swap_place (s, slot);

  vm_step_leaf (t, VM_STEP_SLOT_FILE,
                (uint64_t[VM_STEP_VALUES]){place.type, place.offset,
                                           s->files[file].name, page, out});
}

/* The file says in which slot its page is (the swap entry in its mapping). */
static void
enter (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
       uint32_t file, uint64_t page)
{
  const struct vm_swap_record *record = &s->slots[slot];
  const uint32_t *chain = &s->slot_chains[chain_of (file, page)];

  tell (t, s, slot, file, page, true);
  vm_put_u32 (t, &record->file, file);
  vm_put_u64 (t, &record->page, page);
  vm_put_u32 (t, &record->next, *chain);
  vm_put_u32 (t, chain, slot);
  vm_put_u32 (t, &s->files[file].swapped, s->files[file].swapped + 1);
  vm_put_u32 (t, &record->count, record->count + 1);
}

/* It does so no more: unless something else has the slot, it is free. */
static void
leave (struct vm_tape *t, const struct vm_state *s, uint32_t slot)
{
  const struct vm_swap_record *record = &s->slots[slot];
  const struct vm_file *f = &s->files[record->file];
  const uint32_t *link = &s->slot_chains[chain_of (record->file, record->page)];

  tell (t, s, slot, record->file, record->page, false);
  while (*link != slot && *link != 0)
    link = &s->slots[*link].next;
  vm_put_u32 (t, link, record->next);
  vm_put_u32 (t, &f->swapped, f->swapped - 1);
  vm_put_u32 (t, &record->file, 0);
  vm_put_u64 (t, &record->page, 0);
  vm_put_u32 (t, &record->next, 0);
  vm_put_u32 (t, &record->count, record->count - 1);
  vm_swap_settle (t, s, slot);
}

uint32_t
vm_shmem_slot (const struct vm_state *s, uint32_t file, uint64_t page)
{
  if (s->files[file].swapped == 0)
    return 0;
  uint32_t slot = s->slot_chains[chain_of (file, page)];
  while (slot != 0
         && (s->slots[slot].file != file || s->slots[slot].page != page))
    slot = s->slots[slot].next;
  return slot;
}

bool
vm_shmem_out (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  if (!vm_swap_take (t, s, frame))
    return false;
  uint32_t slot = s->links[frame].slot;
  vm_files_set_clean (t, s, frame);
  if (!vm_swap_write (t, s, frame)) {
    vm_swap_forget (t, s, frame);
    vm_files_set_dirty (t, s, frame);
    return false;
  }
  enter (t, s, slot, record->mapping, record->offset);
  vm_put_u64 (t, &s->reclaim.evictions, s->reclaim.evictions + 1);
  vm_put_u32 (t, &s->slots[slot].shadow, (uint32_t) s->reclaim.evictions);
  vm_swap_forget (t, s, frame);
  vm_files_forget (t, s, frame);
  return true;
}

uint32_t
vm_shmem_take_cached (struct vm_tape *t, const struct vm_state *s,
                      uint32_t slot)
{
  uint32_t frame = s->slots[slot].frame;

  if (frame == 0)
    return 0;
  vm_frames_get (t, s, vm_frame_of (frame), 1, s->frames[frame].owner);
  leave (t, s, slot);
  vm_swap_give_up (t, s, frame);
  vm_frames_retire (t, s, vm_frame_of (frame));
  return frame;
}

void
vm_shmem_read (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
               uint32_t frame)
{
  uint32_t shadow = s->slots[slot].shadow;

  vm_swap_read (t, s, slot, frame);
  leave (t, s, slot);
  vm_reclaim_refault (t, s, frame, shadow);
}

void
vm_shmem_drop (struct vm_tape *t, const struct vm_state *s, uint32_t file,
               uint64_t from)
{
  for (uint32_t slot = 1; slot < VM_SWAP_SLOTS && s->files[file].swapped > 0
                          && !vm_tape_failed (t);
       slot++)
    if (s->slots[slot].file == file && s->slots[slot].page >= from)
      leave (t, s, slot);
}

uint32_t
vm_shmem_next (const struct vm_state *s, uint32_t slot, uint32_t end)
{
  while (slot < end && s->slots[slot].file == 0)
    slot++;
  return slot < end ? slot : 0;
}
