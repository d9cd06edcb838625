/* Copies of the touched part of a state: for rebuilding, cloning, comparing. */
#ifndef VM_SNAPSHOT_H
#define VM_SNAPSHOT_H

#include "tape/tape.h"

struct vm_snapshot {
  uint64_t operation, step; /* numbers of the next to come when it was taken */
  uint32_t page_count;
  uint32_t *pages; /* numbers of the kept 4 KiB pages */
  uint8_t (*contents)[VM_SLOT_SIZE];
};

/* Copies the state as it stands at the tape's cursor. False if the host gives
 * no memory; then there is nothing to free. */
bool vm_snapshot_take (struct vm_snapshot *snapshot,
                       const struct vm_tape *tape);
void vm_snapshot_done (struct vm_snapshot *snapshot);

/* Makes the tape's state what it was, and restarts the tape from there. */
void vm_snapshot_restore (const struct vm_snapshot *snapshot,
                          struct vm_tape *tape);

/* Bytes that a snapshot of the state as it is would fill; the state itself
 * fills as many, but for a thousandth. */
uint64_t vm_snapshot_size (const struct vm_tape *tape);

/* Bytes of host memory that it fills. */
uint64_t vm_snapshot_bytes (const struct vm_snapshot *snapshot);

/* True if both states are equal byte by byte. */
bool vm_state_equal (const struct vm_tape *a, const struct vm_tape *b);

/* A 64-bit digest of every byte of the state; zero pages do not count, so it
 * does not depend on which pages were touched. */
uint64_t vm_state_hash (const struct vm_tape *tape);

#endif
