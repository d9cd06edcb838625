/* Walks from frames to the entries that map them. */
#include "mm/rmap.h"

#include "mm/files.h"
#include "mm/region.h"

static uint32_t
first_region (const struct vm_state *s, const struct vm_frame_record *record)
{
  if (record->role != VM_FRAME_DATA)
    return 0;
  if (record->flags & VM_PAGE_ANON)
    return s->anons[record->mapping].first;
  return record->flags & VM_PAGE_FILE ? s->files[record->mapping].first : 0;
}

static uint32_t
next_region (const struct vm_state *s, const struct vm_frame_record *record,
             uint32_t region)
{
  const struct vm_region *r = vm_region_at (s, region);

  return record->flags & VM_PAGE_ANON ? r->anon_next : r->file_next;
}

/* Where the frame's page lies in a region; false if outside. */
static bool
place_in (const struct vm_region *r, uint64_t offset, uint64_t *va)
{
  uint64_t pages = (r->end - r->start) >> VM_PAGE_SHIFT;

  if (offset < r->offset || offset - r->offset >= pages)
    return false;
  *va = r->start + ((offset - r->offset) << VM_PAGE_SHIFT);
  return true;
}

static bool
names (const struct vm_state *s, const struct vm_entry *entry, vm_frame frame)
{
  uint64_t frames = vm_entry_size (s, entry) >> VM_PAGE_SHIFT;

  return (entry->kept || (entry->pte.present && entry->pte.leaf))
         && frame.v >= entry->pte.frame && frame.v < entry->pte.frame + frames;
}

uint32_t
vm_rmap_process (const struct vm_state *s, uint32_t mm)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].mm == mm && vm_process_has_space (&s->processes[i]))
      return i;
  return VM_NONE;
}

bool
vm_rmap_next (const struct vm_state *s, vm_frame frame,
              struct vm_rmap_place *place)
{
  const struct vm_frame_record *record = &s->frames[frame.v];
  uint32_t region = place->region == 0 ? first_region (s, record)
                                       : next_region (s, record, place->region);

  while (region != 0
         && !place_in (vm_region_at (s, region), record->offset, &place->va))
    region = next_region (s, record, region);
  place->region = region;
  if (region == 0)
    return false;
  place->process = vm_rmap_process (s, vm_region_at (s, region)->mm);
  place->entry = vm_entry_of (s, place->process, vm_vaddr_of (place->va));
  place->found = names (s, &place->entry, frame);
  return true;
}

uint32_t
vm_rmap_tell (struct vm_tape *t, const struct vm_state *s, vm_frame frame)
{
  const struct vm_frame_record *record = &s->frames[frame.v];
  struct vm_rmap_place place = {.region = 0};
  uint64_t regions = 0;
  uint32_t found = 0;

  while (vm_rmap_next (s, frame, &place)) {
    regions++;
    found += place.found;
  }
  vm_step_begin (t, VM_STEP_RMAP,
                 (uint64_t[VM_STEP_VALUES]){frame.v, record->flags,
                                            record->mapping, regions, found});
  while (vm_rmap_next (s, frame, &place) && !vm_tape_failed (t))
    vm_step_leaf (
        t, VM_STEP_RMAP_LOOK,
        (uint64_t[VM_STEP_VALUES]){place.process, place.region, place.va,
                                   place.found, place.entry.pa.v,
                                   place.found && place.entry.pte.writable});
  vm_step_end (t);
  return found;
}
