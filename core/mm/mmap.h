/* System calls that change what an address space may hold.
 *
 *   mmap      makes a region, and no page: pages come at the first touch
 *   munmap    takes addresses away, cutting regions at the edges
 *   mprotect  changes what is allowed, cutting and joining regions
 *   mremap    moves, lengthens or shortens one
 *   brk       moves the end of the heap, which is one region
 *   madvise   gives pages back, or asks for large ones
 *
 * Rules: mm/mmap.c, mm/mprotect.c, mm/mremap.c and mm/madvise.c of Linux 6.x.
 * All addresses and lengths are in bytes. Each returns VM_ERRNO_NONE, or why
 * the kernel refuses; then nothing has changed but what the call is known to
 * have changed before it failed (mprotect and madvise over a hole). */
#ifndef VM_MMAP_H
#define VM_MMAP_H

#include "mm/region.h"

#define VM_STACK_GUARD_PAGES 256u /* kept free below a region that grows */
#define VM_LOWEST_ADDRESS UINT64_C (0x10000) /* vm.mmap_min_addr */
#define VM_MAX_MAP_COUNT 65530u              /* regions of one address space */

/* How mmap is asked where to put a region. */
enum vm_placement {
  VM_PLACE_ANYWHERE, /* va is a hint, or 0 */
  VM_PLACE_FIXED,    /* there, and what was there goes: MAP_FIXED */
  VM_PLACE_IF_FREE   /* there, or nowhere: MAP_FIXED_NOREPLACE */
};

struct vm_mmap_request {
  uint32_t process;
  uint64_t va, length;
  uint32_t access; /* VM_REGION_READ, _WRITE, _EXEC */
  enum vm_placement placement;
  bool shared, grows_down, no_reserve;
  bool locked;     /* MAP_LOCKED: its pages may not leave memory */
  uint32_t file;   /* 0: none */
  uint64_t offset; /* in the file, in bytes */
};

enum vm_errno vm_mmap (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_mmap_request *request,
                       uint64_t *address);

enum vm_errno vm_munmap (struct vm_tape *t, const struct vm_state *s,
                         uint32_t process, uint64_t va, uint64_t length);

enum vm_errno vm_mprotect (struct vm_tape *t, const struct vm_state *s,
                           uint32_t process, uint64_t va, uint64_t length,
                           uint32_t access);

/* Moves the end of the heap; *end gets where it is then, which is where it was
 * if the kernel refuses: brk has no errno of its own. */
void vm_brk (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t wanted, uint64_t *end);

struct vm_mremap_request {
  uint32_t process;
  uint64_t va, old_length, new_length;
  bool may_move;
  bool fixed; /* to `to`, where what was there goes */
  uint64_t to;
};

enum vm_errno vm_mremap (struct vm_tape *t, const struct vm_state *s,
                         const struct vm_mremap_request *request,
                         uint64_t *address);

enum vm_advice {
  VM_ADVICE_DONTNEED,
  VM_ADVICE_HUGE,
  VM_ADVICE_NO_HUGE,
  VM_ADVICE_WILLNEED, /* pages in swap are read into the swap cache */
  VM_ADVICE_COLD,     /* pages are the next to go */
  VM_ADVICE_PAGEOUT,  /* they go at once */
  VM_ADVICE_FREE,     /* what is in them may be forgotten, if frames are
                        needed before they are written again */
  VM_ADVICE_NORMAL,
  VM_ADVICE_RANDOM,
  VM_ADVICE_SEQUENTIAL
};

enum vm_errno vm_madvise (struct vm_tape *t, const struct vm_state *s,
                          uint32_t process, uint64_t va, uint64_t length,
                          enum vm_advice advice);

/* Cuts regions, and large pages, so that both edges of a range are edges of
 * regions. */
enum vm_errno vm_mmap_cut (struct vm_tape *t, const struct vm_state *s,
                           uint32_t process, uint64_t va, uint64_t end);

/* The highest free range of so many bytes below the address space's
 * mmap_base, told as a step (vm_unmapped_area). 0: there is none. */
uint64_t vm_mmap_find_gap (struct vm_tape *t, const struct vm_state *s,
                           uint32_t mm, uint64_t length);

/* May an address space have so many pages more, with these flags? RLIMIT_AS
 * (may_expand_vm) and overcommit say so; what refuses is told as a step. */
bool vm_mmap_has_room (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                       uint32_t flags, uint64_t pages);

/* The lowest address that a region needs for itself: one that grows keeps a
 * gap below it. */
uint64_t vm_mmap_start_gap (const struct vm_region *region);

#endif
