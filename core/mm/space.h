/* An address space, as far as there is one yet: a root and its page tables.
 *
 *   root (level n)  ->  tables  ->  ...  ->  leaf entries  ->  frames
 *
 * Software writes here what the walk (mmu/walk.h) will read: tables are made
 * on the way down, when the first page below them is mapped. */
#ifndef VM_SPACE_H
#define VM_SPACE_H

#include "error.h"
#include "mm/frames.h"
#include "mmu/pte.h"

/* One page to map. */
struct vm_mapping {
  uint32_t process; /* index */
  vm_vaddr va;      /* of its first byte */
  vm_frame frame;   /* its first frame */
  uint32_t shift;   /* log2 of its size */
  bool writable, executable, user, global;
  bool trampoline; /* KPTI: user mode's root has it, too, although it lies in
                      the kernel's half */
  uint32_t cpu;    /* the processor whose kernel maps it */
  bool alone;      /* of the kernel's half: what a root gets on the way, the
                      others do not (yet) */
};

/* The processor on which the kernel works for a process, if nothing else is
 * said: the first that runs it, else the first of all. */
uint32_t vm_space_cpu_of (const struct vm_state *s, uint32_t process);

/* True if an address is the kernel's on a machine whose processes share the
 * kernel's half: above 3 GiB with 32 bits (VMSPLIT_3G), else the upper half. */
bool vm_space_shares (const struct vm_state *s, const struct vm_geometry *g,
                      vm_vaddr va);

/* Gives the upper half its root, where it has one of its own, or the kernel a
 * root whose upper entries all others copy (init_mm); elsewhere does nothing.
 * False and *error if no frame is left. */
bool vm_space_make_kernel_root (struct vm_tape *t, const struct vm_state *s,
                                struct vm_error *error);

/* The frame that the next root table begins with; VM_NONE: there is no room. */
uint32_t vm_space_next_root (const struct vm_state *s);

/* Gives a process a root table; with KPTI a second one, for user mode, which
 * shares all tables of the lower half. Where the kernel's half is shared it
 * names the kernel's tables. False and *error if no frame is left. */
bool vm_space_make_root (struct vm_tape *t, const struct vm_state *s,
                         uint32_t process, struct vm_error *error);

/* Maps a page: makes the tables that are missing, writes the entry, and has
 * every processor drop what its TLBs hold for the page (shootdown.h). A page
 * mapped there before with the same size is replaced. False and *error if it
 * cannot be; the caller rolls back. */
bool vm_space_map (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_mapping *mapping, struct vm_error *error);

/* Makes the tables that are missing down to the one whose entries map pages of
 * the mapping's size; *table gets its frame. False and *error if no frame is
 * left, or a larger page is mapped there. */
bool vm_space_reach (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_mapping *mapping, vm_frame *table,
                     struct vm_error *error);

/* Makes them for the kernel's half, below a root of its own
 * (config.kernel_root, kernel.user_root), down to the table of a level. alone:
 * other roots do not get what this one gets. */
bool vm_space_reach_kernel (struct vm_tape *t, const struct vm_state *s,
                            vm_frame root, vm_vaddr va, uint32_t level,
                            bool alone, vm_frame *table,
                            struct vm_error *error);

/* True if an entry of a table that maps a page counts for nothing: the page is
 * the kernel's, which has all of memory in its direct map, or is mapped for a
 * while by somebody who holds it anyway (mm/kernel.h). */
static inline bool
vm_space_uncounted (const struct vm_state *s, const struct vm_geometry *g,
                    uint32_t level, vm_frame table, uint32_t index)
{
  uint32_t entries = vm_geometry_entries (g, level);
  uint32_t kernels = g->word_bits == 32 ? entries / 4 * 3 : entries / 2;

  if (!s->kernel.on || !vm_frames_managed (s, table))
    return false;
  if (s->frames[table.v].flags & VM_FRAME_UNCOUNTED)
    return true;
  /* A root that maps pages itself. */
  return level == g->levels && (g->two_roots || index >= kernels);
}

/* The root through which a process reaches an address. */
vm_frame vm_space_root (const struct vm_state *s, uint32_t process,
                        vm_vaddr va);

/* Unmaps the page that holds an address, if one is mapped: clears its entry,
 * lets go of its frames and drops it from the TLB. The tables above it stay.
 * Returns the entry as it was; its present is 0 if nothing was mapped. */
struct vm_pte vm_space_unmap (struct vm_tape *t, const struct vm_state *s,
                              uint32_t process, vm_vaddr va);

/* The same two for a page of the smallest size that was mapped before, by one
 * who remembers where its entry lies: nothing is walked. That holds as long as
 * no table is given back. Unmapping returns whether the page was dirty. */
void vm_space_map_at (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_geometry *g,
                      const struct vm_mapping *mapping, vm_paddr entry);
bool vm_space_unmap_at (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_geometry *g, uint32_t process,
                        vm_vaddr va, vm_paddr entry);

/* The entry that maps an address, as it stands in the tables; its present is 0
 * if there is none. */
struct vm_pte vm_space_entry (const struct vm_state *s, uint32_t process,
                              vm_vaddr va);

/* The next page-table frame of a process, or of the kernel's half that all
 * share, after frame `after`, ascending; give
 * VM_NONE for the first. VM_NONE when there is no further one. */
uint32_t vm_space_next_table (const struct vm_state *s, uint32_t process,
                              uint32_t after);

#endif
