/* Proves that the state contradicts itself nowhere. */
#ifndef VM_CHECK_H
#define VM_CHECK_H

#include "machine/machine.h"

enum vm_check_depth {
  VM_CHECK_LINKS, /* indices, bounds, nesting: true at every step */
  VM_CHECK_ALL    /* counts, mappings, TLB: true at every operation's end */
};

/* What is wrong: which rule, and the numbers that break it. */
struct vm_check_report {
  const char *rule; /* a stable English sentence, such as "slot_of[f] and
                       slot_frame[s] name each other" */
  uint64_t a, b, c; /* index and the two values that should be equal */
  uint32_t owed;    /* if all rules hold: TLB entries that may be out of date,
                       because software owes a flush; then a, b and c are
                       processor, index in s->tlb and address of the first */
};

/* True if every invariant of that depth holds at the cursor; otherwise fills
 * *report with the first that does not. False with rule "out of memory" if
 * the host gives none. */
bool vm_check (const struct vm_machine *machine, enum vm_check_depth depth,
               struct vm_check_report *report);

#endif
