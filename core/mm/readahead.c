/* Reads pages of files ahead. */
#include "mm/readahead.h"

#include "mm/region.h"

/* More faults than this that the cache could not answer, and it is no use
 * (MMAP_LOTSAMISS). */
#define LOTS_OF_MISSES 100u

/* A window as it is worked out. */
struct window {
  uint64_t start, size, async;
  enum vm_readahead_why why;
};

static uint64_t
least (uint64_t a, uint64_t b)
{
  return a < b ? a : b;
}

/* The size of a reader's first window (get_init_ra_size). */
static uint64_t
first_size (uint64_t wanted, uint64_t most)
{
  uint64_t size = 1;

  while (size < wanted)
    size *= 2;
  if (size <= most / 32)
    return size * 4;
  return size <= most / 4 ? size * 2 : most;
}

/* That of the next one (get_next_ra_size). */
static uint64_t
next_size (uint64_t size, uint64_t most)
{
  if (size < most / 16)
    return size * 4;
  return size <= most / 2 ? size * 2 : most;
}

static bool
any_missing (const struct vm_state *s, uint32_t file, uint64_t page,
             uint64_t count)
{
  while (count > 0 && vm_files_cached (s, file, page) != 0) {
    page++;
    count--;
  }
  return count > 0;
}

/* Nobody frees frames for pages that nobody has asked for yet. */
static bool
can_spare (const struct vm_state *s)
{
  return s->reclaim.how == VM_RECLAIM_OFF
         || s->free_count > s->config.watermark_min + 1;
}

/* Reads what is missing of a window, and marks a page in it. */
static void
read_pages (struct vm_tape *t, const struct vm_state *s,
            const struct vm_reader *reader, const struct window *w,
            uint64_t count, uint64_t marker, uint64_t asked)
{
  for (uint64_t page = w->start; page < w->start + count && !vm_tape_failed (t);
       page++) {
    if (vm_files_cached (s, reader->file, page) != 0)
      continue;
    if (page != asked && !can_spare (s))
      return;
    uint32_t frame = vm_files_get (t, s, reader->file, page, reader->process);
    if (frame == 0)
      return;
    if (page == marker)
      vm_put_u16 (t, &s->frames[frame].flags,
                  s->frames[frame].flags | VM_PAGE_READAHEAD);
    if (page != asked)
      vm_put_u64 (t, &s->counters.readaheads, s->counters.readaheads + 1);
  }
}

/* Reads a window, as far as the file reaches (do_page_cache_ra). */
static void
read_window (struct vm_tape *t, const struct vm_state *s,
             const struct vm_reader *reader, const struct window *w,
             uint64_t asked)
{
  uint64_t pages = vm_files_pages (s, reader->file);
  uint64_t marker = VM_NONE;

  if (w->start >= pages)
    return;
  uint64_t count = least (w->size, pages - w->start);
  if (!any_missing (s, reader->file, w->start, count))
    return;
  if (w->async > 0 && w->async <= count)
    marker = w->start + count - w->async;
  vm_step_begin (t, VM_STEP_READAHEAD,
                 (uint64_t[VM_STEP_VALUES]){s->files[reader->file].name,
                                            w->start, count, marker, w->why,
                                            asked});
  read_pages (t, s, reader, w, count, marker, asked);
  vm_step_end (t);
}

/* Reads a window that the next one goes on from. */
static void
open_window (struct vm_tape *t, const struct vm_state *s,
             const struct vm_reader *reader, const struct window *w,
             uint64_t asked)
{
  const struct vm_stream *stream = &s->streams[reader->stream];

  vm_put_u32 (t, &stream->start, (uint32_t) w->start);
  vm_put_u32 (t, &stream->size, (uint32_t) w->size);
  vm_put_u32 (t, &stream->async, (uint32_t) w->async);
  read_window (t, s, reader, w, asked);
}

/* The window of somebody who seems to begin: half of it is for later if he
 * wants it all. */
static struct window
first_window (uint64_t page, uint64_t wanted, uint64_t most)
{
  uint64_t size = first_size (wanted, most);

  return (struct window){page, size, size > wanted ? size - wanted : size / 2,
                         VM_READAHEAD_FIRST};
}

/* The window behind that of the stream. */
static struct window
following_window (const struct vm_stream *stream, uint64_t most)
{
  uint64_t size = next_size (stream->size, most);

  size = size > stream->size ? size : stream->size;
  return (struct window){(uint64_t) stream->start + stream->size, size, size,
                         VM_READAHEAD_SEQUENTIAL};
}

/* A marked page, but of no window that the stream knows: how far is the file
 * cached behind it? False if too far. */
static bool
resumed_window (const struct vm_state *s, uint32_t file, uint64_t page,
                uint64_t wanted, uint64_t most, struct window *w)
{
  uint64_t start = page + 1;

  while (start - page <= most && vm_files_cached (s, file, start) != 0)
    start++;
  if (start - page > most)
    return false;
  uint64_t size = next_size (start - page + wanted, most);
  *w = (struct window){start, size, size, VM_READAHEAD_SEQUENTIAL};
  return true;
}

/* A window that goes on from another one ends at a multiple of four pages, or
 * of less if windows are not (page_cache_async_ra of Linux 6.16 and later). */
static void
end_evenly (struct window *w, uint64_t most)
{
  uint64_t lowest = most & -most;
  uint64_t unit = lowest < 4 ? lowest : 4;
  uint64_t end = (w->start + w->size) & ~(unit - 1);

  if (end > w->start)
    w->size = end - w->start;
  w->async = w->size;
}

/* How many pages before one are cached, so that somebody came this way? */
static uint64_t
cached_before (const struct vm_state *s, uint32_t file, uint64_t page,
               uint64_t most)
{
  uint64_t count = 0;

  while (count < page && count < most
         && vm_files_cached (s, file, page - 1 - count) != 0)
    count++;
  return count;
}

/* Chooses the window for a page that is missing. */
static struct window
window_of_miss (const struct vm_state *s, const struct vm_reader *reader,
                uint64_t page, uint64_t wanted)
{
  uint64_t most = s->config.read_ahead;
  uint64_t latest = s->streams[reader->stream].previous >> VM_PAGE_SHIFT;

  if (page == 0 || wanted > most || page - latest <= 1)
    return first_window (page, wanted, most);
  uint64_t before = cached_before (s, reader->file, page, most);
  if (before <= wanted)
    return (struct window){page, wanted, 0, VM_READAHEAD_RANDOM};
  /* From the beginning on: that is somebody who wants it all. */
  if (before == page)
    before *= 2;
  return (struct window){page, least (before + wanted, most), 1,
                         VM_READAHEAD_CONTEXT};
}

void
vm_readahead_sync (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_reader *reader, uint64_t page,
                   uint64_t wanted)
{
  if (s->config.read_ahead == 0)
    return;
  struct window w = window_of_miss (s, reader, page, wanted);
  if (w.why == VM_READAHEAD_RANDOM)
    read_window (t, s, reader, &w, page);
  else
    open_window (t, s, reader, &w, page);
}

void
vm_readahead_async (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_reader *reader, uint64_t page,
                    uint64_t wanted)
{
  const struct vm_stream *stream = &s->streams[reader->stream];
  uint32_t frame = vm_files_cached (s, reader->file, page);
  const struct vm_frame_record *record = &s->frames[frame];
  uint64_t most = s->config.read_ahead;
  struct window w;

  if (frame == 0 || !(record->flags & VM_PAGE_READAHEAD) || most == 0)
    return;
  vm_put_u16 (t, &record->flags,
              (uint16_t) (record->flags & ~(uint32_t) VM_PAGE_READAHEAD));
  if (page == (uint64_t) stream->start + stream->size - stream->async)
    w = following_window (stream, most);
  else if (!resumed_window (s, reader->file, page, wanted, most, &w))
    return;
  end_evenly (&w, most);
  open_window (t, s, reader, &w, page);
}

void
vm_readahead_miss (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_reader *reader, uint64_t page,
                   uint32_t flags)
{
  const struct vm_stream *stream = &s->streams[reader->stream];
  uint64_t most = s->config.read_ahead;
  struct window w = {page > most / 2 ? page - most / 2 : 0, most, most / 4,
                     VM_READAHEAD_AROUND};

  if ((flags & VM_REGION_RANDOM) || most == 0)
    return;
  if (flags & VM_REGION_SEQUENTIAL) {
    vm_readahead_sync (t, s, reader, page, most);
    return;
  }
  if (stream->misses < LOTS_OF_MISSES * 10)
    vm_put_u32 (t, &stream->misses, stream->misses + 1);
  if (stream->misses <= LOTS_OF_MISSES)
    open_window (t, s, reader, &w, page);
}

void
vm_readahead_hit (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_reader *reader, uint64_t page, uint32_t flags)
{
  if ((flags & VM_REGION_RANDOM) || s->config.read_ahead == 0)
    return;
  vm_readahead_spared (t, s, reader->stream, 1);
  vm_readahead_async (t, s, reader, page, s->config.read_ahead);
}

void
vm_readahead_spared (struct vm_tape *t, const struct vm_state *s,
                     uint32_t stream, uint32_t pages)
{
  const uint32_t *misses = &s->streams[stream].misses;

  if (*misses > 0)
    vm_put_u32 (t, misses, *misses > pages ? *misses - pages : 0);
}

void
vm_readahead_advised (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_reader *reader, uint64_t page,
                      uint64_t wanted)
{
  struct window w
      = {page, least (wanted, s->config.read_ahead), 0, VM_READAHEAD_ADVICE};

  read_window (t, s, reader, &w, VM_NO_PAGE);
}
