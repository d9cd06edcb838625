/* Puts pages into entries, and takes them out. */
#include "mm/resident.h"

#include "mm/lru.h"
#include "mm/mlock.h"
#include "mm/resident_set.h"
#include "mm/swap.h"
#include "mmu/shootdown.h"

/* Entries that are cleared before TLBs and frames hear of it. */
#define BATCH 64

struct batch {
  uint64_t start, end; /* addresses that were mapped */
  uint32_t count;
  bool present;
  struct {
    vm_frame frame;
    uint64_t pages;
  } freed[BATCH];
};

bool
vm_pages_kind (const struct vm_state *s, vm_frame frame, enum vm_rss_kind *kind)
{
  if (!vm_frames_managed (s, frame))
    return false;

  const struct vm_frame_record *record = &s->frames[frame.v];
  *kind = VM_RSS_ANON;
  if (record->flags & VM_PAGE_FILE)
    *kind = s->files[record->mapping].kind == VM_FILE_DISK ? VM_RSS_FILE
                                                           : VM_RSS_SHARED;
  return record->flags & (VM_PAGE_ANON | VM_PAGE_FILE);
}

struct vm_pte
vm_pages_entry_of (const struct vm_state *s, const struct vm_region *region,
                   vm_frame frame, bool writable, bool dirty)
{
  return (struct vm_pte){
      .frame = frame.v,
      .present = (region->flags & VM_REGION_ACCESS) != 0,
      .leaf = 1,
      .readable = 1,
      .writable = writable,
      .user = 1,
      .no_execute = s->config.nx && !(region->flags & VM_REGION_EXEC),
      .kernel_no_execute = s->config.nx && !(region->flags & VM_REGION_EXEC),
      .accessed = 1,
      .dirty = dirty,
  };
}

static uint64_t
small_pages (const struct vm_state *s, const struct vm_entry *entry)
{
  return vm_entry_size (s, entry) >> VM_PAGE_SHIFT;
}

static void
account (struct vm_tape *t, const struct vm_state *s, uint32_t process,
         const struct vm_entry *entry, int sign)
{
  enum vm_rss_kind kind;

  if (vm_pages_kind (s, vm_frame_of (entry->pte.frame), &kind))
    vm_account_page (t, s, s->processes[process].mm, kind,
                     sign * (int64_t) small_pages (s, entry));
}

/* Only the swap cache has the frame, and no entry names its slot: nobody can
 * come back for it (free_swap_cache). */
static bool
is_left_behind (const struct vm_state *s, vm_frame frame)
{
  const struct vm_frame_record *record = &s->frames[frame.v];

  return record->refs == 1 && (record->flags & VM_PAGE_SWAP)
         && s->slots[s->links[frame.v].slot].count == 0;
}

/* An entry that named a slot of swap names it no more. */
static void
leave_slot (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            uint32_t slot)
{
  const struct vm_mm *mm = vm_mm_of (s, process);

  vm_put_u64 (t, &mm->swapped, mm->swapped - 1);
  vm_swap_release (t, s, slot);
}

/* Flushes, and frees, what was gathered. */
static void
finish (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        struct batch *batch)
{
  if (batch->present)
    vm_pages_flush (t, s, process, batch->start, batch->end);
  for (uint32_t i = 0; i < batch->count && !vm_tape_failed (t); i++)
    vm_pages_let_go (t, s, batch->freed[i].frame, batch->freed[i].pages);
  *batch = (struct batch){.count = 0};
}

static void
gather (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        struct batch *batch, struct vm_entry *entry)
{
  if (batch->count == 0)
    batch->start = entry->va.v;
  batch->end = entry->va.v + vm_entry_size (s, entry);
  batch->present |= entry->pte.present;
  batch->freed[batch->count].frame = vm_frame_of (entry->pte.frame);
  batch->freed[batch->count].pages = small_pages (s, entry);
  batch->count++;
  vm_pages_clear (t, s, process, entry);
}

/* An entry that names a slot becomes empty: nothing need be flushed. */
static void
clear_swapped (struct vm_tape *t, const struct vm_state *s, uint32_t process,
               struct vm_entry *entry)
{
  uint32_t slot = entry->swapped;

  entry->swapped = 0;
  vm_entry_write (t, s, entry);
  leave_slot (t, s, process, slot);
}

void
vm_pages_flush (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                uint64_t start, uint64_t end)
{
  struct vm_changed changed = {
      .cpu = vm_space_cpu_of (s, process),
      .process = process,
      .va = vm_vaddr_of (start),
      .pages = (end - start) >> VM_PAGE_SHIFT,
  };

  vm_shootdown (t, s, &changed);
}

void
vm_pages_let_go (struct vm_tape *t, const struct vm_state *s, vm_frame frame,
                 uint64_t pages)
{
  bool managed = vm_frames_managed (s, frame);

  if (managed && s->frames[frame.v].refs == 1)
    vm_step_leaf (t, VM_STEP_FRAME_FREE,
                  (uint64_t[VM_STEP_VALUES]){frame.v, VM_FRAME_DATA});
  vm_frames_put (t, s, frame, pages);
  if (!managed || vm_tape_failed (t))
    return;
  if (is_left_behind (s, frame))
    vm_swap_forget (t, s, (uint32_t) frame.v);
  else if (vm_lru_of (s, (uint32_t) frame.v) == VM_LRU_UNEVICTABLE)
    vm_mlock_settle (t, s, (uint32_t) frame.v);
}

void
vm_pages_keep_dirty (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_entry *entry)
{
  vm_frame frame = vm_frame_of (entry->pte.frame);

  if (!entry->pte.dirty || !vm_frames_managed (s, frame))
    return;
  const struct vm_frame_record *record = &s->frames[frame.v];
  vm_files_set_dirty (t, s, (uint32_t) frame.v);
  if ((record->flags & VM_PAGE_SWAP) && !(record->flags & VM_PAGE_DIRTY))
    vm_put_u16 (t, &record->flags, record->flags | VM_PAGE_DIRTY);
}

void
vm_pages_clear (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                struct vm_entry *entry)
{
  account (t, s, process, entry, -1);
  vm_pages_keep_dirty (t, s, entry);
  vm_set_went (t, s, s->processes[process].mm, entry->va.v);
  entry->pte.present = 0;
  entry->kept = false;
  vm_entry_write (t, s, entry);
}

void
vm_pages_swap (struct vm_tape *t, const struct vm_state *s, uint32_t process,
               struct vm_entry *entry, uint32_t slot)
{
  const struct vm_mm *mm = vm_mm_of (s, process);

  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_swap_slot place = vm_swap_place (s, slot);

  entry->swapped = slot;
  vm_put_u64 (t, &mm->swapped, mm->swapped + 1);
  vm_step_leaf (
      t, VM_STEP_SWAP_ENTRY,
      (uint64_t[VM_STEP_VALUES]){process, entry->va.v, place.type, place.offset,
                                 vm_pte_encode_swap (g, place), entry->pa.v});
  vm_entry_write (t, s, entry);
  vm_swap_hold (t, s, slot);
}

void
vm_pages_put (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              const struct vm_region *region, struct vm_entry *entry,
              const struct vm_pte *pte, bool own)
{
  struct vm_entry old = *entry;
  bool there = vm_entry_has_page (&old);
  bool replaces = there && old.pte.frame != pte->frame;

  if (there)
    account (t, s, process, &old, -1);
  entry->pte = *pte;
  entry->kept = !pte->present && !(region->flags & VM_REGION_ACCESS);
  entry->swapped = 0;
  if (!own)
    vm_frames_get (t, s, vm_frame_of (pte->frame), small_pages (s, entry),
                   process);
  vm_entry_write (t, s, entry);
  account (t, s, process, entry, 1);
  if (!there)
    vm_set_came (t, s, process, entry->va.v, pte->dirty);
  if (old.swapped != 0)
    leave_slot (t, s, process, old.swapped);
  if (region->flags & VM_REGION_LOCKED)
    vm_mlock_settle (t, s, (uint32_t) pte->frame);
  if (old.pte.present)
    vm_pages_flush (t, s, process, old.va.v,
                    old.va.v + vm_entry_size (s, &old));
  if (!replaces)
    return;
  vm_pages_keep_dirty (t, s, &old);
  vm_pages_let_go (t, s, vm_frame_of (old.pte.frame), small_pages (s, &old));
}

void
vm_pages_unmap (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                uint64_t start, uint64_t end)
{
  struct batch batch = {.count = 0};
  struct vm_entry entry;
  uint64_t va = start;

  while (vm_entry_next (s, process, va, end, &entry) && !vm_tape_failed (t)) {
    va = entry.va.v + vm_entry_size (s, &entry);
    if (entry.swapped != 0) {
      clear_swapped (t, s, process, &entry);
      continue;
    }
    gather (t, s, process, &batch, &entry);
    if (batch.count == BATCH)
      finish (t, s, process, &batch);
  }
  finish (t, s, process, &batch);
}

/* A private page may be made writable without a fault only if nobody else has
 * it (can_change_pte_writable); a shared one, if nobody wants to be told. */
static bool
may_write_at_once (const struct vm_state *s, const struct vm_region *region,
                   const struct vm_entry *entry)
{
  vm_frame frame = vm_frame_of (entry->pte.frame);

  if (!(region->flags & VM_REGION_WRITE) || !vm_frames_managed (s, frame))
    return false;
  const struct vm_frame_record *record = &s->frames[frame.v];
  if (region->flags & VM_REGION_SHARED)
    return entry->pte.dirty || !vm_files_notifies (s, region->file);
  return (record->flags & VM_PAGE_ANON) && record->refs == 1;
}

void
vm_pages_protect (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                  uint64_t start, uint64_t end, const struct vm_region *region)
{
  struct vm_entry entry;
  uint64_t first = 0, last = 0;

  for (uint64_t va = start;
       vm_entry_next (s, process, va, end, &entry) && !vm_tape_failed (t);
       va = entry.va.v + vm_entry_size (s, &entry)) {
    struct vm_pte was = entry.pte;
    if (entry.swapped != 0)
      continue;
    bool writable = may_write_at_once (s, region, &entry);
    entry.pte = vm_pages_entry_of (s, region, vm_frame_of (was.frame), writable,
                                   was.dirty);
    entry.pte.accessed = was.accessed;
    entry.kept = !entry.pte.present;
    if (was.present && first == 0)
      first = entry.va.v;
    if (was.present)
      last = entry.va.v + vm_entry_size (s, &entry);
    vm_entry_write (t, s, &entry);
  }
  if (last != 0)
    vm_pages_flush (t, s, process, first, last);
}

/* A table of small pages' entries takes the place of a large page's. */
static bool
split_entry (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             const struct vm_entry *large)
{
  struct vm_entry link = *large, small;

  link.pte.present = 0;
  link.kept = false;
  vm_entry_write (t, s, &link);
  if (!vm_entry_make (t, s, process, large->va, large->level - 1, &small))
    return false;

  uint64_t step = vm_entry_size (s, &small);
  for (uint64_t at = 0; at < vm_entry_size (s, large); at += step) {
    struct vm_entry entry;
    if (!vm_entry_make (t, s, process, vm_vaddr_of (large->va.v + at),
                        large->level - 1, &entry))
      return false;
    entry.pte = large->pte;
    entry.pte.frame = large->pte.frame + (at >> VM_PAGE_SHIFT);
    entry.kept = large->kept;
    vm_entry_write (t, s, &entry);
  }
  vm_pages_flush (t, s, process, large->va.v,
                  large->va.v + vm_entry_size (s, large));
  return true;
}

bool
vm_pages_split (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                vm_vaddr va)
{
  struct vm_entry large = vm_entry_of (s, process, va);
  struct vm_frame_use table = {.role = VM_FRAME_TABLE, .count = 1};

  if (!vm_entry_has_page (&large) || large.level == 1)
    return true;
  /* Linux keeps a table aside for this when it maps the large page. */
  if (vm_frames_find (s, &table) == VM_NONE)
    return false;
  vm_step_begin (
      t, VM_STEP_HUGE_SPLIT,
      (uint64_t[VM_STEP_VALUES]){process, large.va.v, large.pte.frame,
                                 vm_entry_size (s, &large) >> VM_PAGE_SHIFT});
  vm_put_u64 (t, &s->buddy_counts.huge_splits, s->buddy_counts.huge_splits + 1);
  bool done = split_entry (t, s, process, &large);
  vm_step_end (t);
  return done;
}

bool
vm_pages_split_at (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process, vm_vaddr va)
{
  struct vm_entry entry = vm_entry_of (s, process, va);

  return entry.va.v == va.v || vm_pages_split (t, s, process, va);
}
