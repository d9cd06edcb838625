/* Checks the page cache and what belongs to it. */
#include "machine/check_cache.h"

#include "mm/blocks.h"
#include "mm/entries.h"
#include "mm/files.h"
#include "mm/region.h"
#include "mm/rmap.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

/* One page of the page cache: nothing is under way any more, and it lies in
 * its file. */
static bool
check_page (const struct vm_state *s, uint32_t frame,
            struct vm_check_report *report)
{
  const struct vm_frame_record *record = &s->frames[frame];

  if (record->flags & VM_PAGE_WRITEBACK)
    return broken (report, "no page is on its way to the disk", frame,
                   record->mapping, record->offset);
  if (record->offset >= vm_files_pages (s, record->mapping))
    return broken (report, "a cached page lies in its file", frame,
                   record->mapping, record->offset);
  return true;
}

static bool
check_pages (const struct vm_state *s, struct vm_check_report *report)
{
  uint32_t dirty[VM_MAX_FILES] = {0};
  uint32_t all = 0;

  for (uint32_t f = 0; f < s->config.frames; f++) {
    if (!(s->frames[f].flags & VM_PAGE_FILE))
      continue;
    if (!check_page (s, f, report))
      return false;
    dirty[s->frames[f].mapping] += (s->frames[f].flags & VM_PAGE_DIRTY) != 0;
  }
  for (uint32_t file = 1; file < s->file_end; file++) {
    if (dirty[file] != s->files[file].dirty)
      return broken (report, "a file counts its dirty pages", file,
                     s->files[file].dirty, dirty[file]);
    all += s->files[file].kind == VM_FILE_DISK ? dirty[file] : 0;
  }
  if (all != s->dirty_pages)
    return broken (report, "dirty pages are counted in all", s->dirty_pages,
                   all, 0);
  return true;
}

static bool
check_blocks (const struct vm_state *s, struct vm_check_report *report)
{
  uint32_t blocks[VM_MAX_FILES] = {0};
  uint32_t all = 0;

  for (uint32_t b = 0; b < s->block_end; b++) {
    const struct vm_block *block = &s->blocks[b];
    if (block->file == 0)
      continue;
    if (block->file >= VM_MAX_FILES
        || s->files[block->file].kind != VM_FILE_DISK
        || block->page >= vm_files_pages (s, block->file)
        || vm_blocks_find (s, block->file, block->page) != b)
      return broken (report, "a block is the only one of a page of a file", b,
                     block->file, block->page);
    blocks[block->file]++;
    all++;
  }
  for (uint32_t file = 1; file < s->file_end; file++)
    if (blocks[file] != s->files[file].blocks)
      return broken (report, "a file counts its blocks", file,
                     s->files[file].blocks, blocks[file]);
  if (all != s->file_blocks)
    return broken (report, "blocks are counted in all", s->file_blocks, all, 0);
  return true;
}

static bool
check_streams (const struct vm_state *s, struct vm_check_report *report)
{
  uint32_t users[VM_MAX_FILES + VM_MAX_OPENS] = {0};
  uint32_t opens[VM_MAX_FILES] = {0};

  for (uint32_t i = 0; i < VM_MAX_PROCESSES * VM_MAX_FDS; i++)
    if (s->fds[i] >= VM_MAX_FILES + VM_MAX_OPENS)
      return broken (report, "a descriptor leads to an open file", i, s->fds[i],
                     0);
    else if (s->fds[i] != 0)
      users[s->fds[i]]++;
  for (uint32_t i = VM_MAX_FILES; i < VM_MAX_FILES + VM_MAX_OPENS; i++) {
    const struct vm_stream *stream = &s->streams[i];
    if (stream->users != users[i] || (stream->file != 0) != (users[i] != 0))
      return broken (report, "an open file counts its descriptors", i,
                     stream->users, users[i]);
    opens[stream->file]++;
  }
  for (uint32_t file = 1; file < s->file_end; file++)
    if (opens[file] != s->files[file].opens
        || (s->files[file].kind != VM_FILE_FREE
            && s->streams[file].file != file))
      return broken (report, "a file counts its open files", file,
                     s->files[file].opens, opens[file]);
  return true;
}

/* Who may write a page of a file that is to be told of it, without a fault, has
 * told it. */
static bool
check_writers (const struct vm_state *s, uint32_t region,
               struct vm_check_report *report)
{
  const struct vm_region *r = &s->regions[region];
  uint32_t process = vm_rmap_process (s, r->mm);
  struct vm_entry entry;

  for (uint64_t va = r->start; vm_entry_next (s, process, va, r->end, &entry);
       va = entry.va.v + vm_entry_size (s, &entry)) {
    vm_frame frame = vm_frame_of (entry.pte.frame);
    if (!entry.pte.writable || !vm_frames_managed (s, frame)
        || !(s->frames[frame.v].flags & VM_PAGE_FILE))
      continue;
    if (!(s->frames[frame.v].flags & VM_PAGE_DIRTY))
      return broken (report, "a page that may be written is dirty", frame.v,
                     entry.va.v, region);
  }
  return true;
}

static bool
check_mappings (const struct vm_state *s, struct vm_check_report *report)
{
  for (uint32_t file = 1; file < s->file_end; file++) {
    if (!vm_files_notifies (s, file))
      continue;
    for (uint32_t n = s->files[file].first; n != 0; n = s->regions[n].file_next)
      if ((s->regions[n].flags & VM_REGION_SHARED)
          && s->mms[s->regions[n].mm].managed == 1
          && !check_writers (s, n, report))
        return false;
  }
  return true;
}

bool
vm_check_cache (const struct vm_state *s, struct vm_check_report *report)
{
  return check_pages (s, report) && check_blocks (s, report)
         && check_streams (s, report) && check_mappings (s, report);
}
