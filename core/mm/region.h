/* Regions: which addresses a process may use, and what for (vm_area_struct).
 *
 *   0x1000          0x5000     0x8000             0xc000
 *     |== r-x file ===|== rw- ===|..... nothing .....|== rw- grows down ==|
 *     start         end
 *
 * A region is a promise, not memory: pages come at the first touch. The
 * regions of an address space never overlap. They are the nodes of a red-black
 * tree ordered by address (region_tree.h), as in Linux up to 6.0; Linux 6.1
 * and later keep the same regions in a maple tree. */
#ifndef VM_REGION_H
#define VM_REGION_H

#include "tape/tape.h"

/* vm_flags, with Linux's values (include/linux/mm.h). READ, WRITE and EXEC say
 * what is allowed now, the MAY... what mprotect may allow. */
enum {
  VM_REGION_READ = 0x1,
  VM_REGION_WRITE = 0x2,
  VM_REGION_EXEC = 0x4,
  VM_REGION_SHARED = 0x8,
  VM_REGION_MAY_READ = 0x10,
  VM_REGION_MAY_WRITE = 0x20,
  VM_REGION_MAY_EXEC = 0x40,
  VM_REGION_MAY_SHARE = 0x80,
  VM_REGION_GROWS_DOWN = 0x100,
  VM_REGION_LOCKED = 0x2000,
  VM_REGION_SEQUENTIAL = 0x8000, /* VM_SEQ_READ, VM_RAND_READ: so its file */
  VM_REGION_RANDOM = 0x10000,    /* will be read */
  VM_REGION_DONT_COPY = 0x20000,
  VM_REGION_LOCK_ON_FAULT = 0x80000, /* locked, but pages come when touched */
  VM_REGION_ACCOUNT = 0x100000,      /* overcommit counts its pages */
  VM_REGION_NO_RESERVE = 0x200000,
  VM_REGION_HUGE = 0x20000000,
  VM_REGION_NO_HUGE = 0x40000000
};
#define VM_REGION_ACCESS (VM_REGION_READ | VM_REGION_WRITE | VM_REGION_EXEC)
#define VM_REGION_MAY_ACCESS                                                   \
  (VM_REGION_MAY_READ | VM_REGION_MAY_WRITE | VM_REGION_MAY_EXEC)

/* What kind of pages a region counts as in its mm (vm_stat_account of
 * mm/mmap.c). */
enum vm_region_class {
  VM_REGION_OTHER,
  VM_REGION_CODE,  /* executable, not writable, not the stack: exec_vm */
  VM_REGION_STACK, /* grows down: stack_vm */
  VM_REGION_DATA   /* writable, private, not the stack: data_vm */
};

static inline const struct vm_region *
vm_region_at (const struct vm_state *s, uint32_t region)
{
  return &s->regions[region];
}

static inline uint64_t
vm_region_pages (const struct vm_region *r)
{
  return (r->end - r->start) >> VM_PAGE_SHIFT;
}

/* Where in its file, or in its anonymous numbering, an address lies. */
static inline uint64_t
vm_region_offset (const struct vm_region *r, uint64_t va)
{
  return r->offset + ((va - r->start) >> VM_PAGE_SHIFT);
}

/* True if a write to a page that others share makes a copy: the region is
 * private, and it may become writable (is_cow_mapping). */
static inline bool
vm_region_copies_on_write (uint32_t flags)
{
  return (flags & (VM_REGION_SHARED | VM_REGION_MAY_WRITE))
         == VM_REGION_MAY_WRITE;
}

/* vm_page_prot: what an entry of the region allows before anybody has written.
 * A private region's pages are not writable yet: they may be shared. */
struct vm_protection {
  bool readable, writable, executable;
};
struct vm_protection vm_region_protection (uint32_t flags);

enum vm_region_class vm_region_class_of (uint32_t flags);

/* Makes a region out of a template and puts it into the tree of its mm and the
 * list of its file; accounts it. Returns its number, or 0 if there are too
 * many (VM_MAX_REGIONS). */
uint32_t vm_region_add (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_region *template);

/* Takes a region out of all of them, and frees it. Its pages must have been
 * unmapped. */
void vm_region_remove (struct vm_tape *t, const struct vm_state *s,
                       uint32_t region);

/* Moves a region's ends; the order among its neighbours stays. */
void vm_region_resize (struct vm_tape *t, const struct vm_state *s,
                       uint32_t region, uint64_t start, uint64_t end);

/* Gives it other flags. */
void vm_region_set_flags (struct vm_tape *t, const struct vm_state *s,
                          uint32_t region, uint32_t flags);

/* Cuts a region in two at a page's address inside it; the given one keeps the
 * lower part. Returns the upper one, or 0 if there are too many. */
uint32_t vm_region_split (struct vm_tape *t, const struct vm_state *s,
                          uint32_t region, uint64_t at);

/* Joins a region with its neighbours where nothing tells them apart: flags,
 * file, offset, anon_vma (vma_merge of mm/vma.c). Returns the one that now
 * holds its addresses. */
uint32_t vm_region_merge (struct vm_tape *t, const struct vm_state *s,
                          uint32_t region);

/* True if a region with the template's flags, file and offset could be one
 * with that region, before it or behind it. */
bool vm_region_joins (const struct vm_state *s, uint32_t region,
                      const struct vm_region *template);

/* Gives the region an anon_vma if it has none: that of a neighbour with which
 * it might merge some day, or a new one (__anon_vma_prepare of mm/rmap.c).
 * False if there are too many. */
bool vm_region_make_anon (struct vm_tape *t, const struct vm_state *s,
                          uint32_t region);

#endif
