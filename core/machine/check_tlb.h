/* Proves that the TLBs say nothing that the page tables do not. */
#ifndef VM_CHECK_TLB_H
#define VM_CHECK_TLB_H

#include "machine/check.h"

/* True if every entry stands where it should, once; otherwise fills *report. */
bool vm_check_tlb_links (const struct vm_state *s,
                         struct vm_check_report *report);

/* True if every entry holds what the tables of its address space hold, except
 * where a flush is owed: those are counted in the report. Otherwise fills
 * *report. */
bool vm_check_tlb_mappings (const struct vm_state *s,
                            const struct vm_geometry *g,
                            struct vm_check_report *report);

#endif
