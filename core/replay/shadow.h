/* Why a TLB missed: the page was never there, there was no room, or there was
 * room but not in its set.
 *
 * A miss is one of conflict if a TLB of as many entries, but without sets and
 * with the least recently used going first, would have hit. That TLB is not
 * run beside the real one, for it would cost as much; it can be told from when
 * pages were used last:
 *
 *   in the TLB     | used 90 | used 12 | used 88 | used 71 |
 *   thrown out     | used 85 | used 60 | used 31 | ...     newest first
 *
 * The page wanted was used last at 60. Since then 90, 88, 71 and 85 were used:
 * four others, so with four entries it is gone there, too: capacity. With five
 * it would still be there: conflict. What is thrown out needs to be remembered
 * only as far as there are entries. (M. Hill, Aspects of Cache Memory and
 * Instruction Buffer Performance, 1987: the three C's.) */
#ifndef VM_SHADOW_H
#define VM_SHADOW_H

#include "mmu/tlb.h"

enum vm_miss {
  VM_MISS_COLD,     /* the first access to the page */
  VM_MISS_CAPACITY, /* so many entries are not enough */
  VM_MISS_CONFLICT, /* they would be, without sets */
  VM_MISS_DROPPED,  /* it was there, and was dropped with its page, or by a
                       change of the process */
  VM_MISSES
};

struct vm_shadow_page {
  uint64_t page, used;
};

struct vm_shadow {
  struct vm_tlb tlb;
  struct vm_shadow_page *gone; /* newest first; room for all entries */
  uint32_t count;
};

/* False if the host gives no memory; then nothing is to be released. */
bool vm_shadow_init (struct vm_shadow *shadow, const struct vm_tlb *tlb);
void vm_shadow_done (struct vm_shadow *shadow);

/* Makes another that knows the same. False as above. */
bool vm_shadow_copy (struct vm_shadow *to, const struct vm_shadow *from);

/* A page that the TLB has not, and that is in no way new: why? It is taken out
 * of those thrown out, for it comes back. */
enum vm_miss vm_shadow_ask (struct vm_shadow *shadow, const struct vm_state *s,
                            uint64_t page);

/* An entry is thrown out to make room. */
void vm_shadow_throw (struct vm_shadow *shadow,
                      const struct vm_tlb_entry *entry);

/* A page leaves memory, the TLB does not matter. True if it was remembered. */
bool vm_shadow_forget (struct vm_shadow *shadow, uint64_t page);

#endif
