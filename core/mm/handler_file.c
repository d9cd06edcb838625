/* Finds the page of a file for an entry. */
#include "mm/handler_work.h"

#include "mm/readahead.h"
#include "mm/resident_set.h"
#include "mm/shmem.h"
#include "mm/swap_ahead.h"
#include "mm/writeback.h"

static struct vm_reader
reader_of (const struct vm_work *w)
{
  return (struct vm_reader){w->region->file, w->region->file, w->what->process};
}

/* Maps a page of the page cache into an entry that is empty. */
static void
map_cached (struct vm_work *w, uint32_t frame, bool write)
{
  bool shared = w->region->flags & VM_REGION_SHARED;
  bool may = shared && (w->region->flags & VM_REGION_WRITE)
             && (write || !vm_files_notifies (w->s, w->region->file));

  vm_work_put_page (w, vm_frame_of (frame), may, write && shared, false);
}

/* The window of a fault: VM_FAULT_AROUND pages, from a multiple of that in the
 * table on, or from the start of the region, as far as table and region reach.
 */
struct around {
  uint64_t start; /* address */
  uint64_t pages;
};

static struct around
window_of (const struct vm_work *w)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&w->s->config, &room);
  uint64_t slots = vm_geometry_entries (g, 1);
  uint64_t page = w->what->va.v >> VM_PAGE_SHIFT;
  uint64_t slot = page % slots;
  uint64_t before = page - (w->region->start >> VM_PAGE_SHIFT);
  uint64_t behind = (w->region->end >> VM_PAGE_SHIFT) - page;
  uint64_t from = slot - slot % VM_FAULT_AROUND;

  if (before < slot - from)
    from = slot - before;
  uint64_t to = from + VM_FAULT_AROUND;
  to = to < slots ? to : slots;
  to = to < slot + behind ? to : slot + behind;
  return (struct around){(page - slot + from) << VM_PAGE_SHIFT, to - from};
}

/* What fault-around could map at an address: a page that is cached and not
 * marked, and an empty entry (filemap_map_pages). 0: nothing. */
static uint32_t
suits (const struct vm_work *w, uint64_t va, struct vm_entry *entry)
{
  uint32_t frame = vm_files_cached (w->s, w->region->file,
                                    vm_region_offset (w->region, va));

  *entry = vm_entry_of (w->s, w->what->process, vm_vaddr_of (va));
  if (frame == 0 || (w->s->frames[frame].flags & VM_PAGE_READAHEAD)
      || !vm_entry_is_empty (entry) || entry->level != 1)
    return 0;
  return frame;
}

/* Maps what is cached around the fault, its own page included
 * (do_fault_around). Returns how many pages. */
static uint64_t
map_around (struct vm_work *w)
{
  const struct around window = window_of (w);
  uint64_t first = vm_region_offset (w->region, window.start);
  uint64_t mapped = 0;
  struct vm_work one = *w;

  if (vm_set_is_local (w->s))
    return 0;
  for (uint64_t i = 0; i < window.pages; i++)
    mapped += suits (w, window.start + (i << VM_PAGE_SHIFT), &one.entry) != 0;
  if (mapped == 0)
    return 0;
  vm_step_begin (w->t, VM_STEP_AROUND,
                 (uint64_t[VM_STEP_VALUES]){w->s->files[w->region->file].name,
                                            first, window.pages, mapped,
                                            window.start, w->what->process});
  for (uint64_t i = 0; i < window.pages && !vm_tape_failed (w->t); i++) {
    uint32_t frame = suits (w, window.start + (i << VM_PAGE_SHIFT), &one.entry);
    if (frame != 0)
      map_cached (&one, frame, false);
  }
  vm_readahead_spared (w->t, w->s, w->region->file, (uint32_t) mapped);
  vm_step_end (w->t);
  return mapped;
}

/* It must be read: from the file's disk, or, where the file is on none, from
 * swap. */
static bool
must_be_read (const struct vm_work *w, uint64_t page)
{
  uint32_t slot = vm_shmem_slot (w->s, w->region->file, page);

  return w->s->files[w->region->file].kind == VM_FILE_DISK
         || (slot != 0 && w->s->slots[slot].frame == 0);
}

/* A page of memory that is on no disk (shmem_fault): if it is in swap, others
 * come with it. */
static uint32_t
bring_shared (const struct vm_work *w, uint64_t page)
{
  const struct vm_reader reader = reader_of (w);
  uint32_t slot = vm_shmem_slot (w->s, reader.file, page);
  uint32_t cached = slot == 0 ? 0 : w->s->slots[slot].frame;

  if (cached != 0)
    vm_swap_ahead_used (w->t, w->s, cached);
  uint32_t frame = vm_files_get (w->t, w->s, reader.file, page, reader.process);
  if (slot != 0 && cached == 0 && frame != 0)
    vm_swap_ahead (w->t, w->s, slot);
  return frame;
}

/* Brings a page into the page cache, and others with it (filemap_fault). 0: no
 * frame is left. */
static uint32_t
bring (const struct vm_work *w, uint64_t page)
{
  const struct vm_reader reader = reader_of (w);

  if (w->s->files[reader.file].kind != VM_FILE_DISK)
    return bring_shared (w, page);
  vm_readahead_miss (w->t, w->s, &reader, page, w->region->flags);
  return vm_files_get (w->t, w->s, reader.file, page, reader.process);
}

/* A private page of its own, with what the file has there (do_cow_fault). */
static struct vm_handled
handle_private_write (struct vm_work *w, uint32_t cached, bool major)
{
  vm_frame frame;

  /* The copy must not cost the page its frame. */
  vm_frames_get (w->t, w->s, vm_frame_of (cached), 1, w->what->process);
  bool taken = vm_work_take_anonymous (w, 1, &frame);
  vm_frames_put (w->t, w->s, vm_frame_of (cached), 1);
  if (!taken)
    return vm_work_out_of_memory (w);
  vm_step_leaf (w->t, VM_STEP_COPY,
                (uint64_t[VM_STEP_VALUES]){cached, frame.v, w->entry.va.v,
                                           w->what->process});
  vm_memory_copy (w->t, w->s, vm_frame_start (frame, VM_PAGE_SHIFT),
                  vm_frame_start (vm_frame_of (cached), VM_PAGE_SHIFT),
                  VM_PAGE_SIZE);
  vm_work_put_page (w, frame, true, true, true);
  return vm_work_done (w, VM_DID_FILE_COPY, frame.v, 1, major);
}

/* A page for everybody, which the file system hears of if it wants to
 * (do_shared_fault). */
static struct vm_handled
handle_shared_write (struct vm_work *w, uint32_t cached, bool major)
{
  map_cached (w, cached, true);
  vm_handle_file_dirty (w, cached);
  return vm_work_done (w, VM_DID_FILE, cached, 1, major);
}

/* do_read_fault. What is cached around is mapped even if the page itself was
 * not: after the disk was waited for, the fault begins anew. */
static struct vm_handled
handle_read (struct vm_work *w, uint32_t cached, bool major)
{
  uint64_t pages = map_around (w);

  w->entry = vm_entry_of (w->s, w->what->process, w->what->va);
  if (vm_entry_is_empty (&w->entry)) {
    map_cached (w, cached, false);
    pages++;
  }
  return vm_work_done (w, VM_DID_FILE, cached, pages, major);
}

struct vm_handled
vm_handle_file_page (struct vm_work *w)
{
  const struct vm_reader reader = reader_of (w);
  uint64_t page = vm_region_offset (w->region, w->what->va.v);
  uint32_t cached = vm_files_cached (w->s, reader.file, page);
  bool major = cached == 0 && must_be_read (w, page);

  if (!vm_work_ask (w, VM_ASK_IN_FILE,
                    page < vm_files_pages (w->s, reader.file), page)) {
    if (w->what->kind != VM_WRITE)
      map_around (w);
    return (struct vm_handled){.signal = VM_SIGBUS, .code = VM_CODE_ADRERR};
  }
  if (vm_work_ask (w, VM_ASK_CACHED, cached != 0, page))
    vm_readahead_hit (w->t, w->s, &reader, page, w->region->flags);
  else
    cached = bring (w, page);
  if (cached == 0)
    return vm_work_out_of_memory (w);
  if (!vm_work_ask (w, VM_ASK_WRITE, w->what->kind == VM_WRITE, 0))
    return handle_read (w, cached, major);
  return vm_work_ask (w, VM_ASK_SHARED, w->region->flags & VM_REGION_SHARED, 0)
             ? handle_shared_write (w, cached, major)
             : handle_private_write (w, cached, major);
}

void
vm_handle_file_dirty (const struct vm_work *w, uint64_t frame)
{
  if (!vm_frames_managed (w->s, vm_frame_of (frame)))
    return;
  vm_files_set_dirty (w->t, w->s, (uint32_t) frame);
  vm_writeback_balance (w->t, w->s);
}
