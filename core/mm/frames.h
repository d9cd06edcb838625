/* The frame allocator: which frames are free, and who refers to the others.
 *
 *   frame     0        1        2        3        4    ...   frames - 1
 *           kernel   table    table    data     free         free
 *   refs      1        1        1        2        0            0
 *
 * A frame is in use while something refers to it: an entry that maps it, an
 * entry that points to it, the process whose root it is. Only managed frames
 * (memory= of the machine) have a record; an entry may name any other frame
 * that its format can hold, and nobody counts those. A table that nothing
 * names any more, because somebody edited the entry, stays in use (edit.h). */
#ifndef VM_FRAMES_H
#define VM_FRAMES_H

#include "tape/memory.h"

/* What is in a frame of data that the kernel manages (page flags). */
enum {
  VM_PAGE_ANON = 0x1,       /* memory of processes; mapping is an anon_vma */
  VM_PAGE_FILE = 0x2,       /* in the page cache; mapping is a file */
  VM_PAGE_DIRTY = 0x4,      /* newer than what the disk, or swap, has */
  VM_PAGE_ZERO = 0x8,       /* the frame of zeros that all share */
  VM_PAGE_WRITEBACK = 0x10, /* of a file: on its way to the disk */
  VM_PAGE_READAHEAD = 0x20, /* of a file: whoever asks for it has the pages
                               behind it read, too */
  VM_PAGE_SWAP = 0x40,      /* in the swap cache: it has a slot */
  VM_PAGE_LAZY = 0x80,      /* nobody needs what is in it (MADV_FREE), unless
                               it is written again */
  VM_PAGE_SLAB = 0x100      /* the kernel's: the first frame of a slab, whose
                               number its mapping is; of a frame behind it, as
                               of all blocks of the kernel's, the record's
                               index is the distance to the first */
};

/* Makes every managed frame free but frame 0, the kernel's. */
void vm_frames_init (struct vm_tape *t, const struct vm_state *s);

/* What a frame is taken for. */
struct vm_frame_use {
  enum vm_frame_role role;
  uint32_t level; /* of a page table, else 0 */
  uint32_t owner; /* process index */
  uint32_t index; /* of the entry that will name a table */
  uint32_t count; /* frames in a row that it needs */
  bool from_top;  /* the highest that are free, not the lowest */
  bool high;      /* page tables will lead there: high memory will do */
};

/* The first of the frames that vm_frames_take would give; VM_NONE: there are
 * none. */
uint32_t vm_frames_find (const struct vm_state *s,
                         const struct vm_frame_use *use);

/* Gives the lowest free frames in a row (or the highest; on a machine that
 * minds zones the lowest of the highest zone that suits; with buddy=on what the
 * blocks of that zone have, see buddy.h), zeroed, with one
 * reference each; the records of those behind the first have level 0 and the
 * distance to it as their index. False if there is no such row. */
bool vm_frames_take (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_frame_use *use, vm_frame *frame);

/* Gives the frames that vm_frames_find, or gfp.h, found: they are free. */
void vm_frames_take_at (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_frame_use *use, vm_frame frame);

/* Gives count consecutive free frames, the first a multiple of count, zeroed,
 * as vm_frames_take does. False if there are none. */
bool vm_frames_take_run (struct vm_tape *t, const struct vm_state *s,
                         const struct vm_frame_use *use, uint32_t count,
                         vm_frame *first);

/* Says what is in a frame: flags (VM_PAGE_...), and where in which mapping.
 * From now on it may be reclaimed (lru.h, resident_set.h). */
void vm_frames_name (struct vm_tape *t, const struct vm_state *s,
                     vm_frame frame, uint32_t flags, uint32_t mapping,
                     uint64_t offset);

/* The frame's page may not be reclaimed any more: no list, no policy has it. */
void vm_frames_retire (struct vm_tape *t, const struct vm_state *s,
                       vm_frame frame);

/* One reference more to each of count frames: a free one becomes data of the
 * owner. Unmanaged frames are passed over. */
void vm_frames_get (struct vm_tape *t, const struct vm_state *s, vm_frame first,
                    uint64_t count, uint32_t owner);

/* One reference less; the last one frees the frame, unless it is a table. */
void vm_frames_put (struct vm_tape *t, const struct vm_state *s, vm_frame first,
                    uint64_t count);

/* Frees count frames of a page table that nothing names any more, whose one
 * reference is the caller's. */
void vm_frames_free_table (struct vm_tape *t, const struct vm_state *s,
                           vm_frame first, uint64_t count);

static inline bool
vm_frames_managed (const struct vm_state *s, vm_frame frame)
{
  return frame.v < s->config.frames;
}

/* Entries that map a frame: all references but the page cache's own, or the
 * swap cache's, the kernel's to the zero frame, and those of devices (the
 * page's map count). */
static inline uint32_t
vm_frames_mapped (const struct vm_state *s, vm_frame frame)
{
  const struct vm_frame_record *record = &s->frames[frame.v];
  return record->refs - s->links[frame.v].pins
         - ((record->flags & (VM_PAGE_FILE | VM_PAGE_ZERO | VM_PAGE_SWAP))
            != 0);
}

#endif
