/* The pages of a region: putting them into entries and taking them out. */
#ifndef VM_RESIDENT_H
#define VM_RESIDENT_H

#include "mm/account.h"
#include "mm/entries.h"
#include "mm/files.h"

/* Which resident pages a frame counts among. False if among none: it is the
 * zero frame, or was mapped by hand. */
bool vm_pages_kind (const struct vm_state *s, vm_frame frame,
                    enum vm_rss_kind *kind);

/* What an entry of a region says, but for the frame. */
struct vm_pte vm_pages_entry_of (const struct vm_state *s,
                                 const struct vm_region *region, vm_frame frame,
                                 bool writable, bool dirty);

/* Puts an anonymous page or one of the page cache into an empty entry, or in
 * place of another. The entry takes over one reference to each frame if `own`
 * says so (the one that it had, if it is the same frame); else it gets a new
 * one. What was there goes, and is flushed. */
void vm_pages_put (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process, const struct vm_region *region,
                   struct vm_entry *entry, const struct vm_pte *pte, bool own);

/* One reference to each of some frames is gone: those that nobody has any more
 * are free. */
void vm_pages_let_go (struct vm_tape *t, const struct vm_state *s,
                      vm_frame frame, uint64_t pages);

/* Takes a page out of an entry, which is empty then; neither TLBs nor the frame
 * hear of it. */
void vm_pages_clear (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, struct vm_entry *entry);

/* Makes an empty entry say in which slot of swap its page is. */
void vm_pages_swap (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, struct vm_entry *entry, uint32_t slot);

/* If the page was written through the entry, its frame remembers. */
void vm_pages_keep_dirty (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_entry *entry);

/* Takes all pages of [start, end) out of the tables of a process: entries
 * first, then the TLBs, then the frames, so that nobody can reach a frame that
 * is free (mmu_gather of mm/mmu_gather.c). */
void vm_pages_unmap (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, uint64_t start, uint64_t end);

/* Makes the entries of [start, end) say what their region allows now
 * (change_protection of mm/mprotect.c). */
void vm_pages_protect (struct vm_tape *t, const struct vm_state *s,
                       uint32_t process, uint64_t start, uint64_t end,
                       const struct vm_region *region);

/* Makes a large page's entry a table of small pages' entries, if one maps that
 * address (__split_huge_pmd). False if no frame is left for the table. */
bool vm_pages_split (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, vm_vaddr va);

/* The same, unless the large page begins right there. */
bool vm_pages_split_at (struct vm_tape *t, const struct vm_state *s,
                        uint32_t process, vm_vaddr va);

/* Drops pages of a process from all TLBs. */
void vm_pages_flush (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, uint64_t start, uint64_t end);

#endif
