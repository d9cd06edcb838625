/* Takes pages out of memory. */
#include "mm/evict.h"

#include "mm/files.h"
#include "mm/mlock.h"
#include "mm/region.h"
#include "mm/resident.h"
#include "mm/shmem.h"
#include "mm/swap.h"
#include "mm/writeback.h"

/* One page that is to go. */
struct eviction {
  struct vm_tape *t;
  const struct vm_state *s;
  uint32_t frame;
  uint32_t mm; /* from whom; VM_NONE: from all */
};

static const struct vm_frame_record *
record_of (const struct eviction *e)
{
  return &e->s->frames[e->frame];
}

static bool
is_anonymous (const struct eviction *e)
{
  return record_of (e)->flags & VM_PAGE_ANON;
}

/* Somebody does I/O to it, or names it whom reverse mapping does not find. */
static bool
is_held (const struct eviction *e)
{
  struct vm_rmap_place place = {.region = 0};
  uint32_t mapped = vm_frames_mapped (e->s, vm_frame_of (e->frame));

  while (vm_rmap_next (e->s, vm_frame_of (e->frame), &place))
    mapped -= place.found;
  return e->s->links[e->frame].pins > 0 || mapped != 0;
}

/* Nobody needs the contents, and nobody has written since. */
static bool
is_lazy (const struct eviction *e)
{
  struct vm_rmap_place place = {.region = 0};

  if (!(record_of (e)->flags & VM_PAGE_LAZY))
    return false;
  while (vm_rmap_next (e->s, vm_frame_of (e->frame), &place))
    if (place.found && place.entry.pte.dirty)
      return false;
  return true;
}

/* Written after MADV_FREE: it is memory as any other. */
static void
keep_lazy (const struct eviction *e)
{
  const struct vm_frame_record *record = record_of (e);

  if (record->flags & VM_PAGE_LAZY)
    vm_put_u16 (e->t, &record->flags,
                (uint16_t) (record->flags & ~VM_PAGE_LAZY));
}

/* It is of a file that is on no disk. */
static bool
is_shared_memory (const struct eviction *e)
{
  const struct vm_frame_record *record = record_of (e);

  return (record->flags & VM_PAGE_FILE)
         && e->s->files[record->mapping].kind != VM_FILE_DISK;
}

/* Swap has room for it, and it is not the kernel's own. */
static bool
has_room (const struct eviction *e)
{
  return e->s->files[record_of (e)->mapping].kind != VM_FILE_KERNEL
         && vm_swap_free (e->s) > 0;
}

/* What can be said before anything is touched. */
static enum vm_fate
prepare (const struct eviction *e, bool lazy)
{
  const struct vm_frame_record *record = record_of (e);

  if (is_held (e))
    return VM_FATE_PINNED;
  if (vm_mlock_holds (e->s, e->frame))
    return VM_FATE_LOCKED;
  if (is_shared_memory (e))
    return has_room (e) ? VM_FATE_EVICT : VM_FATE_NO_SLOT;
  if (!is_anonymous (e) || lazy)
    return VM_FATE_EVICT;
  keep_lazy (e);
  if (!(record->flags & VM_PAGE_SWAP) && !vm_swap_take (e->t, e->s, e->frame))
    return VM_FATE_NO_SLOT;
  return VM_FATE_EVICT;
}

/* The entry names the slot, or nothing. */
static void
clear_entry (const struct eviction *e, struct vm_rmap_place *place, bool lazy)
{
  uint32_t slot = e->s->links[e->frame].slot;
  uint64_t start = place->entry.va.v;
  bool present = place->entry.pte.present;

  vm_pages_clear (e->t, e->s, place->process, &place->entry);
  if (is_anonymous (e) && !lazy)
    vm_pages_swap (e->t, e->s, place->process, &place->entry, slot);
  if (present)
    vm_pages_flush (e->t, e->s, place->process, start, start + VM_PAGE_SIZE);
  vm_frames_put (e->t, e->s, vm_frame_of (e->frame), 1);
}

/* Takes it out of the entries that name it. False if a large page stays for
 * want of a table to take it apart with. */
static bool
unmap (const struct eviction *e, bool lazy)
{
  struct vm_rmap_place place = {.region = 0};

  while (!vm_tape_failed (e->t)
         && vm_rmap_next (e->s, vm_frame_of (e->frame), &place)) {
    uint32_t mm = vm_region_at (e->s, place.region)->mm;
    if (!place.found || (e->mm != VM_NONE && mm != e->mm))
      continue;
    if (place.entry.level > 1
        && !vm_pages_split (e->t, e->s, place.process, place.entry.va))
      return false;
    place.entry = vm_entry_of (e->s, place.process, vm_vaddr_of (place.va));
    clear_entry (e, &place, lazy);
    if (e->s->frames[e->frame].role != VM_FRAME_DATA)
      return true;
  }
  return true;
}

/* The page leaves its cache; its slot remembers when. */
static enum vm_fate
drop (const struct eviction *e, bool written)
{
  const struct vm_state *s = e->s;
  uint32_t slot = s->links[e->frame].slot;

  if (is_anonymous (e)) {
    vm_put_u64 (e->t, &s->reclaim.evictions, s->reclaim.evictions + 1);
    vm_put_u32 (e->t, &s->slots[slot].shadow, (uint32_t) s->reclaim.evictions);
    vm_swap_forget (e->t, s, e->frame);
  } else
    vm_files_forget (e->t, s, e->frame);
  return written ? VM_FATE_FREED : VM_FATE_DROPPED;
}

/* Nobody maps it any more: writes it, if it must be, and frees the frame. What
 * was never written of shared memory is zeros, and need not be kept. */
static enum vm_fate
let_out (const struct eviction *e)
{
  const struct vm_frame_record *record = record_of (e);
  bool dirty = record->flags & VM_PAGE_DIRTY;

  if (!(record->flags & (VM_PAGE_SWAP | VM_PAGE_FILE)))
    return VM_FATE_DROPPED;
  if (dirty && is_shared_memory (e))
    return vm_shmem_out (e->t, e->s, e->frame) ? VM_FATE_FREED
                                               : VM_FATE_NO_WRITE;
  if (dirty && !is_anonymous (e))
    return vm_writeback_page (e->t, e->s, e->frame) ? drop (e, true)
                                                    : VM_FATE_NO_WRITE;
  if (dirty && !vm_swap_write (e->t, e->s, e->frame))
    return VM_FATE_NO_WRITE;
  return drop (e, dirty);
}

static enum vm_fate
take_away (const struct eviction *e)
{
  bool lazy = is_lazy (e);
  enum vm_fate fate = prepare (e, lazy);

  if (fate != VM_FATE_EVICT)
    return fate;
  bool done = unmap (e, lazy);
  if (e->s->frames[e->frame].role != VM_FRAME_DATA)
    return VM_FATE_DROPPED;
  if (!done)
    return VM_FATE_NO_TABLE;
  if (vm_frames_mapped (e->s, vm_frame_of (e->frame)) > 0)
    return VM_FATE_SHARED;
  return let_out (e);
}

static enum vm_fate
evict (const struct eviction *e, uint32_t process)
{
  const struct vm_frame_record *record = record_of (e);
  const struct vm_counters *c = &e->s->counters;

  vm_step_begin (e->t, VM_STEP_EVICT,
                 (uint64_t[VM_STEP_VALUES]){
                     e->frame, record->flags, record->mapping, record->offset,
                     vm_frames_mapped (e->s, vm_frame_of (e->frame)), process});
  enum vm_fate fate = take_away (e);
  vm_step_leaf (e->t, VM_STEP_EVICTED,
                (uint64_t[VM_STEP_VALUES]){e->frame, fate});
  if (vm_evict_worked (fate))
    vm_put_u64 (e->t, &c->reclaimed, c->reclaimed + 1);
  vm_step_end (e->t);
  return fate;
}

enum vm_fate
vm_evict (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  return evict (&(struct eviction){t, s, frame, VM_NONE}, VM_NONE);
}

/* The zero frame, or one that the kernel does not look after: only the entry
 * goes. */
static enum vm_fate
forget_entry (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              uint64_t va)
{
  vm_pages_unmap (t, s, process, va, va + VM_PAGE_SIZE);
  return VM_FATE_DROPPED;
}

enum vm_fate
vm_evict_at (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t va)
{
  struct vm_entry entry = vm_entry_of (s, process, vm_vaddr_of (va));
  enum vm_rss_kind kind;

  if (!vm_entry_has_page (&entry))
    return VM_FATE_DROPPED;
  uint64_t frame = entry.pte.frame + ((va - entry.va.v) >> VM_PAGE_SHIFT);
  if (!vm_pages_kind (s, vm_frame_of (frame), &kind))
    return forget_entry (t, s, process, va);
  return evict (
      &(struct eviction){t, s, (uint32_t) frame, s->processes[process].mm},
      process);
}

uint32_t
vm_evict_used (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  struct vm_rmap_place place = {.region = 0};
  uint32_t used = 0;

  while (vm_rmap_next (s, vm_frame_of (frame), &place) && !vm_tape_failed (t)) {
    struct vm_entry *entry = &place.entry;
    if (!place.found || !entry->pte.present || !entry->pte.accessed)
      continue;
    used++;
    entry->pte.accessed = 0;
    vm_entry_write (t, s, entry);
    vm_pages_flush (t, s, place.process, entry->va.v,
                    entry->va.v + vm_entry_size (s, entry));
  }
  return used;
}
