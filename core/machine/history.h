/* The list of operations, and what each came to.
 *
 *   chunks  [256][256] ... [256]   [256][256][17]
 *           packed: some 20 bytes  as they are, so that they can be looked
 *           an operation           at where they lie; the newest of all
 *
 * State and tape can be rebuilt from the list, so it is never shortened; it is
 * kept small. Operations that follow each other differ in few bytes, and only
 * these are packed. Whoever looks at a packed one gets its chunk unpacked into
 * one of a few places. */
#ifndef VM_HISTORY_H
#define VM_HISTORY_H

#include "machine/machine.h"

#define VM_HISTORY_CHUNK 256u
#define VM_HISTORY_PLACES 8u

/* What chunks may fill before the oldest is packed. */
#define VM_HISTORY_PLAIN (UINT64_C (24) << 20)

struct vm_history_page {
  struct vm_op ops[VM_HISTORY_CHUNK]; /* as much of each as vm_op_size says */
  struct vm_result results[VM_HISTORY_CHUNK];
};

struct vm_history_chunk {
  struct vm_history_page *plain; /* NULL: it is packed */
  uint8_t *packed;
  uint64_t length;                        /* bytes of packed */
  uint64_t first_step;                    /* of its first operation */
  uint64_t makers[VM_HISTORY_CHUNK / 64]; /* a bit an operation: it may make a
                                             process */
};

struct vm_history_places;

/* All zero is an empty one, but for plain_limit. */
struct vm_history {
  struct vm_history_chunk *chunks;
  struct vm_history_places *places; /* NULL: nothing was packed yet */
  uint64_t count;                   /* operations */
  uint64_t room;                    /* chunks that there is an array for */
  uint64_t first_plain;             /* chunks before this one are packed */
  uint64_t plain_count;             /* chunks that are not */
  uint64_t packed_bytes;            /* of these together */
  uint64_t plain_limit;             /* bytes */
};

void vm_history_init (struct vm_history *history);
void vm_history_done (struct vm_history *history);

/* Sees to it that operation number next <= count can be appended after those
 * from it on were forgotten, and packs what is old. False, and nothing has
 * changed but the memory used, if the host gives none. */
bool vm_history_reserve (struct vm_history *history, uint64_t next);

/* Forgets the operations from number next <= count on. */
void vm_history_truncate (struct vm_history *history, uint64_t next);

/* Appends an operation; room for it was reserved. */
void vm_history_append (struct vm_history *history, const struct vm_op *op,
                        const struct vm_result *result);

/* The latest operation before number end that may make a process; UINT64_MAX if
 * there is none. Chunks need not be unpacked for it. */
uint64_t vm_history_maker (const struct vm_history *history, uint64_t end);

/* An operation and its result; NULL from number count on. What they point to
 * stays until the list changes, or, for old ones, until operations of eight
 * other chunks were looked at. */
const struct vm_op *vm_history_op (const struct vm_history *history,
                                   uint64_t index);
const struct vm_result *vm_history_result (const struct vm_history *history,
                                           uint64_t index);

/* The first operation that ends behind step n; count if none does. */
uint64_t vm_history_of_step (const struct vm_history *history, uint64_t n);

/* Bytes of host memory that it fills. */
uint64_t vm_history_bytes (const struct vm_history *history);

#endif
