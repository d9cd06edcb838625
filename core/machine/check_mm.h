/* Proves that regions, totals and the page cache are what they should be. */
#ifndef VM_CHECK_MM_H
#define VM_CHECK_MM_H

#include "machine/check.h"

/* True if every address space's regions form a red-black tree in order, do not
 * overlap and lie where a process may have them; otherwise fills *report. */
bool vm_check_mm_links (const struct vm_state *s,
                        struct vm_check_report *report);

/* True if what an address space adds up is what its regions come to, and files
 * and anon_vmas list their regions; otherwise fills *report. */
bool vm_check_mm_totals (const struct vm_state *s,
                         struct vm_check_report *report);

/* True if each page of a file is cached once, where its hash says; one
 * reference of each such frame, and of the zero frame, is added to refs. */
bool vm_check_mm_cache (const struct vm_state *s, uint32_t *refs,
                        struct vm_check_report *report);

#endif
