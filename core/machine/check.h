/* Proves that the state contradicts itself nowhere. */
#ifndef VM_CHECK_H
#define VM_CHECK_H

#include "machine/machine.h"

enum vm_check_depth {
  VM_CHECK_LINKS, /* indices, bounds, nesting: true at every step */
  VM_CHECK_ALL    /* counts, mappings, TLB: true at every operation's end */
};

/* What a processor keeps although the tables say otherwise. With it go three
 * numbers: processor, index, address. */
enum vm_owed {
  VM_OWED_PAGE,    /* index in s->tlb, address of the page: a flush of it */
  VM_OWED_UPPER,   /* level of an entry that the walk remembers, first address
                      below it: a flush of any page of the space */
  VM_OWED_REGISTER /* number of a register loaded with the root, place of its
                      entry: a load of the root */
};

/* What is wrong: which rule, and the numbers that break it. */
struct vm_check_report {
  const char *rule; /* a stable English sentence, such as "slot_of[f] and
                       slot_frame[s] name each other" */
  uint64_t a, b, c; /* index and the two values that should be equal */
  uint32_t owed;    /* if all rules hold: what may be out of date, because
                       software owes a flush; then what, a, b and c are about
                       the first */
  enum vm_owed what;
};

/* True if every invariant of that depth holds at the cursor; otherwise fills
 * *report with the first that does not. False with rule "out of memory" if
 * the host gives none. */
bool vm_check (const struct vm_machine *machine, enum vm_check_depth depth,
               struct vm_check_report *report);

#endif
