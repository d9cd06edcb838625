/* Keeps files and the page cache. */
#include "mm/files.h"

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

/* Puts the bytes of a page of a file on a disk into a frame. */
static void
fill (struct vm_tape *t, const struct vm_state *s, uint32_t file, uint64_t page,
      vm_frame frame)
{
  const struct vm_file *f = &s->files[file];
  uint8_t bytes[VM_PAGE_SIZE] = {0};

  if (f->content != 0)
    copy_bytes (t, f, page, bytes);
  else
    make_bytes (f, page, bytes);
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
  vm_put_u64 (t, &f->on_disk, size);
  vm_put_u32 (t, &f->seed, file);
  if (file >= s->file_end)
    vm_put_u32 (t, &s->file_end, file + 1);
  return file;
}

bool
vm_files_give (struct vm_tape *t, const struct vm_state *s, uint32_t file,
               uint32_t content)
{
  uint64_t size, pages;
  bool known = false;

  vm_contents_bytes (t != NULL ? t->contents : NULL, content, &size);
  pages = (size + VM_PAGE_SIZE - 1) >> VM_PAGE_SHIFT;
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
    if (s->files[file].kind != VM_FILE_FREE && s->files[file].name == name)
      return file;
  return 0;
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

uint32_t
vm_files_get (struct vm_tape *t, const struct vm_state *s, uint32_t file,
              uint64_t page, uint32_t process, bool *read)
{
  uint32_t cached = vm_files_cached (s, file, page);
  struct vm_frame_use use
      = {.role = VM_FRAME_DATA, .owner = process, .count = 1};
  vm_frame frame;

  *read = false;
  if (cached != 0)
    return cached;
  if (!vm_frames_take (t, s, &use, &frame))
    return 0;
  insert (t, s, file, page, frame);
  if (page << VM_PAGE_SHIFT >= s->files[file].on_disk
      || s->files[file].kind != VM_FILE_DISK)
    return (uint32_t) frame.v;
  *read = true;
  vm_step_leaf (t, VM_STEP_CACHE_READ,
                (uint64_t[VM_STEP_VALUES]){file, page, frame.v});
  fill (t, s, file, page, frame);
  return (uint32_t) frame.v;
}

void
vm_files_forget (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  withdraw (t, s, frame);
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
vm_files_drop_unused (struct vm_tape *t, const struct vm_state *s,
                      uint32_t file)
{
  const struct vm_file *f = &s->files[file];

  if (f->kind != VM_FILE_SHARED || f->regions > 0)
    return;
  for (uint64_t page = 0; f->pages > 0 && page < vm_files_pages (s, file);
       page++) {
    uint32_t frame = vm_files_cached (s, file, page);
    if (vm_tape_failed (t))
      return;
    if (frame == 0)
      continue;
    withdraw (t, s, frame);
    vm_step_leaf (t, VM_STEP_FRAME_FREE,
                  (uint64_t[VM_STEP_VALUES]){frame, VM_FRAME_DATA});
    vm_frames_put (t, s, vm_frame_of (frame), 1);
  }
  if (f->promised > 0) {
    vm_put_u64 (t, &s->committed, s->committed - f->promised);
    vm_put_u64 (t, &f->promised, 0);
  }
  vm_put_u32 (t, &f->kind, VM_FILE_FREE);
}
