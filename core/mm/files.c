/* Keeps files and the page cache. */
#include "mm/files.h"

#include "mm/blocks.h"
#include "mm/shmem.h"
#include "mm/streams.h"

static uint32_t
chain_of (uint32_t file, uint64_t page)
{
  uint64_t mixed = (page + file * UINT64_C (0x9e3779b97f4a7c15)) ^ page >> 12;
  return (uint32_t) (mixed % VM_CACHE_CHAINS);
}

/* Numbers that follow from the file and the place, so that any two places
 * differ. */
static void
make_bytes (const struct vm_file *f, uint64_t page, uint8_t *bytes)
{
  for (uint32_t at = 0; at < VM_PAGE_SIZE; at += 8) {
    uint64_t place = page * VM_PAGE_SIZE + at;
    uint64_t word = place ^ (uint64_t) f->seed << 32;
    if (place < f->on_disk)
      memcpy (bytes + at, &word,
              f->on_disk - place < 8 ? f->on_disk - place : 8);
  }
}

/* What was brought in. */
static void
copy_bytes (const struct vm_tape *t, const struct vm_file *f, uint64_t page,
            uint8_t *bytes)
{
  uint64_t size, start = page * VM_PAGE_SIZE;
  const uint8_t *content
      = vm_contents_bytes (t != NULL ? t->contents : NULL, f->content, &size);

  size = size < f->on_disk ? size : f->on_disk;
  if (start < size)
    memcpy (bytes, content + start,
            size - start < VM_PAGE_SIZE ? size - start : VM_PAGE_SIZE);
}

/* Reads a page into its frame. */
static void
fill (struct vm_tape *t, const struct vm_state *s, uint32_t file, uint64_t page,
      vm_frame frame)
{
  uint8_t bytes[VM_PAGE_SIZE];

  vm_files_load (t, s, file, page, bytes);
  /* The frame gets its slot with the first byte. */
  vm_paddr start = vm_frame_start (frame, VM_PAGE_SHIFT);
  if (vm_memory_write (t, s, start, 1, bytes[0]))
    vm_put_page (t, vm_memory_bytes (s, start), bytes);
}

/* Puts a frame into the page cache, which takes over its reference. */
static void
insert (struct vm_tape *t, const struct vm_state *s, uint32_t file,
        uint64_t page, vm_frame frame)
{
  uint32_t chain = chain_of (file, page);
  const struct vm_file *f = &s->files[file];

  vm_frames_name (t, s, frame, VM_PAGE_FILE, file, page);
  vm_put_u32 (t, &s->frames[frame.v].next, s->cache[chain]);
  vm_put_u32 (t, &s->cache[chain], (uint32_t) frame.v);
  vm_put_u32 (t, &f->pages, f->pages + 1);
}

/* Takes it out again. */
static void
withdraw (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  const struct vm_file *f = &s->files[record->mapping];
  const uint32_t *link = &s->cache[chain_of (record->mapping, record->offset)];

  while (*link != frame && *link != 0)
    link = &s->frames[*link].next;
  vm_put_u32 (t, link, record->next);
  vm_put_u32 (t, &record->next, 0);
  vm_put_u32 (t, &f->pages, f->pages - 1);
  vm_put_u16 (t, &record->flags, 0);
}

/* A file without a user or a name gives everything back. */
static void
release (struct vm_tape *t, const struct vm_state *s, uint32_t file)
{
  const struct vm_file *f = &s->files[file];

  for (uint64_t page = vm_files_next (s, file, 0);
       page != VM_NO_PAGE && !vm_tape_failed (t);
       page = vm_files_next (s, file, page + 1))
    vm_files_forget (t, s, vm_files_cached (s, file, page));
  vm_shmem_drop (t, s, file, 0);
  vm_blocks_drop (t, s, file, 0);
  if (f->promised > 0) {
    vm_put_u64 (t, &s->committed, s->committed - f->promised);
    vm_put_u64 (t, &f->promised, 0);
  }
  vm_put_u32 (t, &s->streams[file].file, 0);
  vm_put_u32 (t, &f->kind, VM_FILE_FREE);
}

uint32_t
vm_files_make (struct vm_tape *t, const struct vm_state *s,
               enum vm_file_kind kind, uint32_t name, uint64_t size)
{
  uint32_t file = 1;

  while (file < VM_MAX_FILES && s->files[file].kind != VM_FILE_FREE)
    file++;
  if (file == VM_MAX_FILES)
    return 0;
  const struct vm_file *f = &s->files[file];
  vm_put_u32 (t, &f->kind, kind);
  vm_put_u32 (t, &f->name, name);
  vm_put_u64 (t, &f->size, size);
  vm_put_u64 (t, &f->on_disk, kind == VM_FILE_DISK ? size : 0);
  vm_put_u32 (t, &f->seed, file);
  vm_put_u32 (t, &f->content, 0);
  vm_put_u64 (t, &f->dirtied, 0);
  vm_put_u32 (t, &f->errors, 0);
  vm_put_u32 (t, &f->origin, VM_FILE_MADE);
  vm_put_u32 (t, &f->unlinked, 0);
  vm_streams_begin (t, s, file, file);
  if (file >= s->file_end)
    vm_put_u32 (t, &s->file_end, file + 1);
  return file;
}

bool
vm_files_give (struct vm_tape *t, const struct vm_state *s, uint32_t file,
               uint32_t content)
{
  uint64_t kept = vm_contents_kept (t != NULL ? t->contents : NULL, content);
  uint64_t pages = (kept + VM_PAGE_SIZE - 1) >> VM_PAGE_SHIFT;
  bool known = false;

  for (uint32_t i = 1; i < s->file_end; i++)
    known |= s->files[i].content == content;
  if (!known && s->slot_count + s->content_pages + pages > VM_MAX_SLOTS)
    return false;
  if (!known)
    vm_put_u64 (t, &s->content_pages, s->content_pages + pages);
  vm_put_u32 (t, &s->files[file].content, content);
  return true;
}

uint32_t
vm_files_find (const struct vm_state *s, uint32_t name)
{
  for (uint32_t file = 1; file < s->file_end; file++)
    if (s->files[file].kind != VM_FILE_FREE && s->files[file].name == name
        && !s->files[file].unlinked)
      return file;
  return 0;
}

const char *
vm_files_kernel_name (const struct vm_file *file)
{
  if (file->seed == VM_PART_VVAR)
    return "[vvar]";
  return file->seed == VM_PART_VVAR_VCLOCK ? "[vvar_vclock]" : "[vdso]";
}

uint64_t
vm_files_pages (const struct vm_state *s, uint32_t file)
{
  return (s->files[file].size + VM_PAGE_SIZE - 1) >> VM_PAGE_SHIFT;
}

uint32_t
vm_files_cached (const struct vm_state *s, uint32_t file, uint64_t page)
{
  uint32_t frame = s->cache[chain_of (file, page)];

  while (
      frame != 0
      && (s->frames[frame].mapping != file || s->frames[frame].offset != page))
    frame = s->frames[frame].next;
  return frame;
}

/* The lowest of a file's cached pages from one on, out of all frames. */
static uint64_t
lowest_cached (const struct vm_state *s, uint32_t file, uint64_t from)
{
  uint64_t lowest = VM_NO_PAGE;

  for (uint32_t f = 0; f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    if ((record->flags & VM_PAGE_FILE) && record->mapping == file
        && record->offset >= from && record->offset < lowest)
      lowest = record->offset;
  }
  return lowest;
}

uint64_t
vm_files_next (const struct vm_state *s, uint32_t file, uint64_t from)
{
  uint64_t pages = vm_files_pages (s, file);

  if (s->files[file].pages == 0)
    return VM_NO_PAGE;
  if (from < pages && pages - from > s->config.frames)
    return lowest_cached (s, file, from);
  while (from < pages && vm_files_cached (s, file, from) == 0)
    from++;
  return from < pages ? from : VM_NO_PAGE;
}

bool
vm_files_has (const struct vm_state *s, uint32_t file, uint64_t page)
{
  return vm_files_cached (s, file, page) != 0
         || vm_shmem_slot (s, file, page) != 0
         || vm_files_on_disk (s, file, page);
}

bool
vm_files_on_disk (const struct vm_state *s, uint32_t file, uint64_t page)
{
  return s->files[file].kind == VM_FILE_DISK
         && (page << VM_PAGE_SHIFT < s->files[file].on_disk
             || vm_blocks_find (s, file, page) != VM_NONE);
}

void
vm_files_load (const struct vm_tape *t, const struct vm_state *s, uint32_t file,
               uint64_t page, uint8_t *bytes)
{
  const struct vm_file *f = &s->files[file];
  uint32_t block = vm_blocks_find (s, file, page);

  if (block != VM_NONE) {
    memcpy (bytes, vm_blocks_bytes (s, block), VM_PAGE_SIZE);
    return;
  }
  memset (bytes, 0, VM_PAGE_SIZE);
  if (f->content != 0)
    copy_bytes (t, f, page, bytes);
  else
    make_bytes (f, page, bytes);
}

/* A page that is in swap comes back to the page cache. It is dirty, for its
 * slot is free again. 0: no frame is left. */
static uint32_t
bring_back (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
            uint32_t process)
{
  struct vm_frame_use use
      = {.role = VM_FRAME_DATA, .owner = process, .count = 1};
  uint32_t file = s->slots[slot].file;
  uint64_t page = s->slots[slot].page;
  vm_frame frame = vm_frame_of (vm_shmem_take_cached (t, s, slot));
  bool cached = frame.v != 0;

  if (!cached && !vm_frames_take (t, s, &use, &frame))
    return 0;
  insert (t, s, file, page, frame);
  if (!cached)
    vm_shmem_read (t, s, slot, (uint32_t) frame.v);
  vm_files_set_dirty (t, s, (uint32_t) frame.v);
  return (uint32_t) frame.v;
}

uint32_t
vm_files_get_blank (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                    uint64_t page, uint32_t process)
{
  uint32_t cached = vm_files_cached (s, file, page);
  uint32_t slot = vm_shmem_slot (s, file, page);
  struct vm_frame_use use
      = {.role = VM_FRAME_DATA, .owner = process, .count = 1};
  vm_frame frame;

  if (cached != 0)
    return cached;
  if (slot != 0)
    return bring_back (t, s, slot, process);
  if (!vm_frames_take (t, s, &use, &frame))
    return 0;
  insert (t, s, file, page, frame);
  return (uint32_t) frame.v;
}

uint32_t
vm_files_get (struct vm_tape *t, const struct vm_state *s, uint32_t file,
              uint64_t page, uint32_t process)
{
  bool cached = vm_files_cached (s, file, page) != 0;
  uint32_t frame = vm_files_get_blank (t, s, file, page, process);

  if (cached || frame == 0 || !vm_files_on_disk (s, file, page))
    return frame;
  if (process != VM_NONE)
    vm_put_u64 (t, &s->counters.disk_reads, s->counters.disk_reads + 1);
  vm_step_leaf (t, VM_STEP_CACHE_READ,
                (uint64_t[VM_STEP_VALUES]){file, page, frame});
  fill (t, s, file, page, vm_frame_of (frame));
  return frame;
}

void
vm_files_set_dirty (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  if (!(record->flags & VM_PAGE_FILE) || (record->flags & VM_PAGE_DIRTY))
    return;
  const struct vm_file *f = &s->files[record->mapping];
  if (f->dirty == 0)
    vm_put_u64 (t, &f->dirtied, s->seconds);
  vm_put_u16 (t, &record->flags, record->flags | VM_PAGE_DIRTY);
  vm_put_u32 (t, &f->dirty, f->dirty + 1);
  if (f->kind != VM_FILE_DISK)
    return;
  vm_put_u32 (t, &s->dirty_pages, s->dirty_pages + 1);
  vm_step_leaf (
      t, VM_STEP_DIRTY,
      (uint64_t[VM_STEP_VALUES]){f->name, record->offset, frame, f->dirty});
}

void
vm_files_set_clean (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  if (!(record->flags & VM_PAGE_FILE) || !(record->flags & VM_PAGE_DIRTY))
    return;
  const struct vm_file *f = &s->files[record->mapping];
  vm_put_u16 (t, &record->flags,
              (uint16_t) (record->flags & ~(uint32_t) VM_PAGE_DIRTY));
  vm_put_u32 (t, &f->dirty, f->dirty - 1);
  if (f->kind == VM_FILE_DISK)
    vm_put_u32 (t, &s->dirty_pages, s->dirty_pages - 1);
}

void
vm_files_forget (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  vm_step_leaf (t, VM_STEP_CACHE_GONE,
                (uint64_t[VM_STEP_VALUES]){s->files[record->mapping].name,
                                           record->offset, frame});
  vm_files_set_clean (t, s, frame);
  vm_frames_retire (t, s, vm_frame_of (frame));
  withdraw (t, s, frame);
  if (record->refs == 1)
    vm_step_leaf (t, VM_STEP_FRAME_FREE,
                  (uint64_t[VM_STEP_VALUES]){frame, VM_FRAME_DATA});
  vm_frames_put (t, s, vm_frame_of (frame), 1);
}

void
vm_files_promise (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                  uint64_t pages)
{
  vm_put_u64 (t, &s->files[file].promised, pages);
  vm_put_u64 (t, &s->committed, s->committed + pages);
}

void
vm_files_unlink (struct vm_tape *t, const struct vm_state *s, uint32_t file)
{
  vm_put_u32 (t, &s->files[file].unlinked, 1);
  vm_files_drop_unused (t, s, file);
}

void
vm_files_drop_unused (struct vm_tape *t, const struct vm_state *s,
                      uint32_t file)
{
  const struct vm_file *f = &s->files[file];

  if (f->kind == VM_FILE_FREE || f->regions > 0 || f->opens > 0)
    return;
  if (f->kind == VM_FILE_SHARED || f->unlinked)
    release (t, s, file);
}
