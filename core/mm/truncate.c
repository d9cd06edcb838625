/* Takes pages out of the page cache. */
#include "mm/truncate.h"

#include "mm/blocks.h"
#include "mm/region.h"
#include "mm/resident.h"
#include "mm/rmap.h"
#include "mm/shmem.h"

/* Unmaps the pages of a file from one on, wherever they are mapped. */
static void
unmap_from (struct vm_tape *t, const struct vm_state *s, uint32_t file,
            uint64_t page)
{
  for (uint32_t n = s->files[file].first; n != 0 && !vm_tape_failed (t);
       n = vm_region_at (s, n)->file_next) {
    const struct vm_region *r = vm_region_at (s, n);
    uint64_t skipped = page > r->offset ? page - r->offset : 0;
    if (skipped < vm_region_pages (r))
      vm_pages_unmap (t, s, vm_rmap_process (s, r->mm),
                      r->start + (skipped << VM_PAGE_SHIFT), r->end);
  }
}

static void
forget_from (struct vm_tape *t, const struct vm_state *s, uint32_t file,
             uint64_t page)
{
  for (page = vm_files_next (s, file, page);
       page != VM_NO_PAGE && !vm_tape_failed (t);
       page = vm_files_next (s, file, page + 1))
    vm_files_forget (t, s, vm_files_cached (s, file, page));
}

/* Clears the rest of the page in which the file will end. A file system on a
 * disk reads the page for it, and has it written; in memory there is nothing
 * to clear if there is no page. */
static bool
clear_rest (struct vm_tape *t, const struct vm_state *s, uint32_t file,
            uint64_t size, uint32_t process)
{
  uint64_t page = size >> VM_PAGE_SHIFT;
  uint32_t from = size % VM_PAGE_SIZE;
  uint8_t zeros[VM_PAGE_SIZE] = {0};

  if (from == 0 || !vm_files_has (s, file, page))
    return true;
  uint32_t frame = vm_files_get (t, s, file, page, process);
  if (frame == 0)
    return false;
  vm_step_leaf (
      t, VM_STEP_ZERO_TAIL,
      (uint64_t[VM_STEP_VALUES]){s->files[file].name, page, frame, from});
  vm_memory_store (
      t, s,
      vm_paddr_of (vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT).v
                   + from),
      VM_PAGE_SIZE - from, zeros);
  vm_files_set_dirty (t, s, frame);
  return true;
}

bool
vm_truncate (struct vm_tape *t, const struct vm_state *s, uint32_t file,
             uint64_t size, uint32_t process)
{
  const struct vm_file *f = &s->files[file];
  uint64_t pages = (size + VM_PAGE_SIZE - 1) >> VM_PAGE_SHIFT;
  bool done = true;

  vm_step_begin (t, VM_STEP_TRUNCATE,
                 (uint64_t[VM_STEP_VALUES]){f->name, size, f->size});
  if (size < f->size)
    done = clear_rest (t, s, file, size, process);
  if (done && size < f->size) {
    unmap_from (t, s, file, pages);
    forget_from (t, s, file, pages);
    vm_shmem_drop (t, s, file, pages);
    vm_blocks_drop (t, s, file, pages);
    if (f->on_disk > size)
      vm_put_u64 (t, &f->on_disk, size);
  }
  if (done)
    vm_put_u64 (t, &f->size, size);
  vm_step_end (t);
  return done;
}

static bool
may_go (const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  return record->refs == 1 && !(record->flags & VM_PAGE_DIRTY);
}

/* The pages of a file that may go. */
static uint64_t
count_clean (const struct vm_state *s, uint32_t file)
{
  uint64_t count = 0;

  for (uint64_t page = vm_files_next (s, file, 0); page != VM_NO_PAGE;
       page = vm_files_next (s, file, page + 1))
    count += may_go (s, vm_files_cached (s, file, page));
  return count;
}

static uint64_t
drop_clean (struct vm_tape *t, const struct vm_state *s, uint32_t file)
{
  const struct vm_file *f = &s->files[file];
  uint64_t count = count_clean (s, file);

  if (f->pages == 0)
    return 0;
  vm_step_begin (t, VM_STEP_CACHE_DROP,
                 (uint64_t[VM_STEP_VALUES]){f->name, count, f->pages - count});
  for (uint64_t page = vm_files_next (s, file, 0);
       page != VM_NO_PAGE && !vm_tape_failed (t);
       page = vm_files_next (s, file, page + 1)) {
    uint32_t frame = vm_files_cached (s, file, page);
    if (may_go (s, frame))
      vm_files_forget (t, s, frame);
  }
  vm_step_end (t);
  return count;
}

uint64_t
vm_truncate_drop (struct vm_tape *t, const struct vm_state *s, uint32_t file)
{
  uint64_t dropped = 0;

  for (uint32_t n = 1; n < s->file_end; n++)
    if (s->files[n].kind == VM_FILE_DISK && (file == 0 || file == n))
      dropped += drop_clean (t, s, n);
  return dropped;
}
