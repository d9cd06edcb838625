/* Writes dirty pages of files back. */
#include "mm/writeback.h"

#include "mm/blocks.h"
#include "mm/region.h"
#include "mm/resident.h"
#include "mm/rmap.h"

/* An entry that may write the page may no more, and forgets that it was
 * written (page_mkclean_one). */
static void
clean_entry (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
             struct vm_rmap_place *place)
{
  const struct vm_frame_record *record = &s->frames[frame];
  struct vm_entry *entry = &place->entry;

  if (!place->found || !(entry->pte.writable || entry->pte.dirty)
      || !(vm_region_at (s, place->region)->flags & VM_REGION_SHARED))
    return;
  vm_step_leaf (t, VM_STEP_CLEAN,
                (uint64_t[VM_STEP_VALUES]){s->files[record->mapping].name,
                                           record->offset, frame,
                                           place->process, place->va});
  entry->pte.writable = 0;
  entry->pte.dirty = 0;
  vm_entry_write (t, s, entry);
  vm_pages_flush (t, s, place->process, place->va, place->va + VM_PAGE_SIZE);
}

static void
clean_entries (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  struct vm_rmap_place place = {.region = 0};

  while (vm_rmap_next (s, vm_frame_of (frame), &place) && !vm_tape_failed (t))
    clean_entry (t, s, frame, &place);
}

/* What lies behind the end of the file is nobody's. */
static void
clear_tail (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  uint64_t size = s->files[record->mapping].size;
  uint64_t from = size % VM_PAGE_SIZE;
  uint8_t zeros[VM_PAGE_SIZE] = {0};

  if (from == 0 || record->offset != size >> VM_PAGE_SHIFT)
    return;
  vm_memory_store (
      t, s,
      vm_paddr_of (vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT).v
                   + from),
      VM_PAGE_SIZE - from, zeros);
}

static bool
write_page (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  const struct vm_file *f = &s->files[record->mapping];
  vm_paddr pa = vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT);

  clear_tail (t, s, frame);
  if (vm_blocks_write (t, s, record->mapping, record->offset,
                       vm_memory_bytes (s, pa))) {
    vm_put_u64 (t, &s->counters.writebacks, s->counters.writebacks + 1);
    vm_step_leaf (t, VM_STEP_DISK,
                  (uint64_t[VM_STEP_VALUES]){
                      VM_DISK_BLOCKS
                          + vm_blocks_find (s, record->mapping, record->offset),
                      pa.v, true});
    return true;
  }
  vm_put_u64 (t, &s->counters.write_errors, s->counters.write_errors + 1);
  vm_put_u32 (t, &f->errors, f->errors + 1);
  vm_step_leaf (
      t, VM_STEP_DISK_ERROR,
      (uint64_t[VM_STEP_VALUES]){f->name, record->offset, frame, f->errors});
  return false;
}

bool
vm_writeback_page (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  uint32_t block = vm_blocks_find (s, record->mapping, record->offset);

  vm_step_begin (t, VM_STEP_WRITEBACK,
                 (uint64_t[VM_STEP_VALUES]){s->files[record->mapping].name,
                                            record->offset, frame, block});
  clean_entries (t, s, frame);
  vm_files_set_clean (t, s, frame);
  vm_put_u16 (t, &record->flags, record->flags | VM_PAGE_WRITEBACK);
  bool written = write_page (t, s, frame);
  vm_put_u16 (t, &record->flags,
              (uint16_t) (record->flags & ~(uint32_t) VM_PAGE_WRITEBACK));
  vm_step_end (t);
  return written;
}

void
vm_writeback_range (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                    uint64_t first, uint64_t last, uint32_t most)
{
  uint64_t page = vm_files_next (s, file, first);

  if (s->files[file].kind != VM_FILE_DISK)
    return;
  while (page <= last && page != VM_NO_PAGE && most > 0
         && s->files[file].dirty > 0 && !vm_tape_failed (t)) {
    uint32_t frame = vm_files_cached (s, file, page);
    if (s->frames[frame].flags & VM_PAGE_DIRTY) {
      vm_writeback_page (t, s, frame);
      most--;
    }
    page = vm_files_next (s, file, page + 1);
  }
}

uint64_t
vm_writeback_limit (const struct vm_state *s, uint32_t percent)
{
  uint64_t pages = s->free_count;

  for (uint32_t file = 1; file < s->file_end; file++)
    if (s->files[file].kind == VM_FILE_DISK)
      pages += s->files[file].pages;
  /* A few are always allowed, so that a store cannot wait for itself. */
  return pages < 20 ? percent / 5 : pages * percent / 100;
}

/* The file that has been dirty longest, since before some second; 0: none. */
static uint32_t
oldest (const struct vm_state *s, uint64_t before)
{
  uint32_t found = 0;

  for (uint32_t file = 1; file < s->file_end; file++) {
    const struct vm_file *f = &s->files[file];
    if (f->kind == VM_FILE_DISK && f->dirty > 0 && f->dirtied < before
        && (found == 0 || f->dirtied < s->files[found].dirtied))
      found = file;
  }
  return found;
}

static void
tell_flusher (struct vm_tape *t, const struct vm_state *s,
              enum vm_flusher_why why, uint64_t limit)
{
  vm_step_begin (t, VM_STEP_FLUSHER,
                 (uint64_t[VM_STEP_VALUES]){why, s->dirty_pages, limit});
}

/* Writes, the oldest file first, until no more than `enough` pages are dirty,
 * or `most` were written. */
static void
write_until (struct vm_tape *t, const struct vm_state *s, uint64_t enough,
             uint32_t most)
{
  while (s->dirty_pages > enough && most > 0 && !vm_tape_failed (t)) {
    uint32_t before = s->dirty_pages;
    vm_writeback_range (t, s, oldest (s, UINT64_MAX), 0, VM_NO_PAGE - 1, most);
    most -= before - s->dirty_pages;
  }
}

void
vm_writeback_all (struct vm_tape *t, const struct vm_state *s)
{
  tell_flusher (t, s, VM_FLUSHER_SYNC, 0);
  write_until (t, s, 0, UINT32_MAX);
  vm_step_end (t);
}

void
vm_writeback_balance (struct vm_tape *t, const struct vm_state *s)
{
  uint64_t background = vm_writeback_limit (s, VM_DIRTY_BACKGROUND);
  uint64_t limit = vm_writeback_limit (s, VM_DIRTY_LIMIT);

  if (s->dirty_pages <= limit)
    return;
  tell_flusher (t, s, VM_FLUSHER_THROTTLE, limit);
  write_until (t, s, (background + limit) / 2, VM_FLUSHER_PAGES);
  vm_step_end (t);
}

void
vm_writeback_background (struct vm_tape *t, const struct vm_state *s)
{
  uint64_t limit = vm_writeback_limit (s, VM_DIRTY_BACKGROUND);

  if (s->dirty_pages <= limit)
    return;
  tell_flusher (t, s, VM_FLUSHER_BACKGROUND, limit);
  write_until (t, s, limit, VM_FLUSHER_PAGES);
  vm_step_end (t);
}

/* It wakes up, and looks for what has been dirty for long. */
static void
wake_up (struct vm_tape *t, const struct vm_state *s)
{
  uint64_t before
      = s->seconds >= VM_DIRTY_EXPIRE ? s->seconds - VM_DIRTY_EXPIRE + 1 : 0;

  if (oldest (s, before) == 0)
    return;
  tell_flusher (t, s, VM_FLUSHER_OLD, 0);
  for (uint32_t file = oldest (s, before); file != 0 && !vm_tape_failed (t);
       file = oldest (s, before))
    vm_writeback_range (t, s, file, 0, VM_NO_PAGE - 1, UINT32_MAX);
  vm_step_end (t);
}

void
vm_writeback_tick (struct vm_tape *t, const struct vm_state *s,
                   uint64_t seconds)
{
  uint64_t end = s->seconds + seconds;
  uint64_t next = (s->seconds / VM_FLUSHER_INTERVAL + 1) * VM_FLUSHER_INTERVAL;

  vm_step_begin (t, VM_STEP_TICK, (uint64_t[VM_STEP_VALUES]){seconds, end});
  for (; next <= end && !vm_tape_failed (t); next += VM_FLUSHER_INTERVAL) {
    vm_put_u64 (t, &s->seconds, next);
    wake_up (t, s);
  }
  vm_put_u64 (t, &s->seconds, end);
  vm_step_end (t);
}
