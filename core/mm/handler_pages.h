/* The second half of the page-fault handler: which page the entry gets. */
#ifndef VM_HANDLER_PAGES_H
#define VM_HANDLER_PAGES_H

#include "mm/handler.h"
#include "mm/resident.h"

/* Pages that one read fault of a file maps, if they are cached
 * (fault_around_bytes). */
#define VM_FAULT_AROUND 16u

/* Says what was asked and how it was answered; returns the answer. value and
 * most are the numbers that were compared, if any. */
bool vm_decide (struct vm_tape *t, enum vm_question question, bool answer,
                vm_vaddr va, uint32_t region, uint64_t value, uint64_t most);

/* The region allows the access: makes the entry allow it, too
 * (handle_mm_fault). */
struct vm_handled vm_handle_page (struct vm_tape *t, const struct vm_state *s,
                                  const struct vm_fault_case *what,
                                  uint32_t region);

#endif
