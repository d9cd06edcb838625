/* What processors keep of page tables, held against the tables as they are.
 *
 *   TLB entry  page -> frame, rights     walk now: the same? else stale
 *   upper      prefix -> table, rights   (psc.h)          the same? else stale
 *
 * Stale means: the tables changed, and no flush came. Nothing tells a
 * processor of a store into a page table; what it keeps it goes on using until
 * software flushes it (Intel SDM vol. 3A, 4.10.4). */
#ifndef VM_STALE_H
#define VM_STALE_H

#include "mmu/psc.h"

/* What an entry of a TLB comes to. */
enum vm_agreement {
  VM_AGREES,
  VM_WITHOUT_SPACE, /* it belongs to no address space */
  VM_OTHER_PAGE,    /* the tables map the address otherwise, or not at all */
  VM_OTHER_RIGHTS   /* they map it there, but for other accesses */
};

/* The first address of a page or table of 2^shift bytes, sign extended where
 * that is the rule. */
static inline vm_vaddr
vm_stale_start (const struct vm_geometry *g, uint64_t number, uint32_t shift)
{
  return vm_vaddr_of ((number << shift) & vm_geometry_last_address (g));
}

/* Holds the entry at an index of s->tlb, which must be valid, against the
 * tables. A global one may come from any address space: if widely, it agrees
 * as long as the entry that it was made from still names its frame; else only
 * if some space still maps its page as it says. */
enum vm_agreement vm_stale_compare (const struct vm_state *s,
                                    const struct vm_geometry *g, uint32_t index,
                                    bool widely);

/* The same of an entry of an upper level that a processor keeps. */
bool vm_stale_upper_agrees (const struct vm_state *s,
                            const struct vm_geometry *g, uint32_t cpu,
                            uint32_t level, const struct vm_psc_entry *entry);

/* How many entries of upper levels a processor keeps that a flush would remove
 * and that no longer agree with the tables; those already marked count. */
uint32_t vm_stale_upper_count (const struct vm_state *s,
                               const struct vm_geometry *g, uint32_t cpu,
                               const struct vm_flush *flush);

/* Marks them. tell: says for each that is not marked yet that a flush is
 * owed. */
void vm_stale_upper_mark (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_geometry *g, uint32_t cpu,
                          const struct vm_flush *flush, bool tell);

/* An entry that is loaded into a register together with the root (PAE), as it
 * stands in memory. */
uint64_t vm_stale_register_entry (const struct vm_state *s,
                                  const struct vm_geometry *g, uint32_t cpu,
                                  uint32_t index);

/* After tables were changed by hand: marks what no longer agrees, on all
 * processors, and says for each page that a flush is owed; takes the mark off
 * what agrees again. */
void vm_stale_settle (struct vm_tape *t, const struct vm_state *s);

#endif
