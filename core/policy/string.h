/* A string of references that is known as a whole, and runs along it.
 *
 *   references   7   0   1   2   0   3   0        as they are given
 *   numbers      0   1   2   3   1   4   1        pages in order of appearance
 *   next         -   4   -   -   6   -   -        where the page comes again
 *
 * Pages are numbered without gaps, so that a run finds a page's frame with one
 * look into an array. The numbers are what a run's pool holds for pages. */
#ifndef VM_POLICY_STRING_H
#define VM_POLICY_STRING_H

#include "policy/policy.h"

struct vm_string {
  uint64_t count;    /* references */
  uint32_t pages;    /* different pages */
  uint32_t *numbers; /* of each reference: the number of its page */
  uint64_t *next;    /* of each reference: the next to that page */
  uint8_t *writes;   /* of each reference: it is a write */
  uint64_t *page_of; /* of each number: the page */
};

/* References that a string can have. */
#define VM_STRING_MOST (UINT64_C (1) << 28)

/* Takes count references, at most VM_STRING_MOST; what they say of the next
 * use is found out here. False if the host gives no memory; then nothing is to
 * be released. */
bool vm_string_init (struct vm_string *string,
                     const struct vm_reference *references, uint64_t count);
void vm_string_done (struct vm_string *string);

/* How far a run has come, and what it came to. */
struct vm_run {
  const struct vm_string *string;
  struct vm_pool pool;
  uint32_t *frame_of; /* of each number: where the page lies, or VM_NONE */
  uint64_t position;  /* the reference that comes next */
  uint64_t hits, faults, writebacks;
};

/* What one reference came to. */
struct vm_run_event {
  bool hit;
  uint32_t frame;
  struct vm_eviction victim; /* its page is a number */
};

/* Begins a run with all frames empty. The string must outlive it. False if the
 * host gives no memory; then nothing is to be released. */
bool vm_run_init (struct vm_run *run, const struct vm_string *string,
                  const struct vm_pool_config *config);
void vm_run_done (struct vm_run *run);

/* Makes the next reference; there must be one. */
struct vm_run_event vm_run_next (struct vm_run *run);

#endif
