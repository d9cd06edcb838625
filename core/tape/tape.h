/* The tape: what happened, step by step, and how to undo and redo it.
 *
 *   steps    | ACCESS | PROBE | COMPARE | MISS | WALK | READ | SET_A | ...
 *   deltas   | . . .  | . .   |         | .    | .    | . .  | .     |
 *                                  ^
 *                               cursor: the state is what it was after the
 *                               first n steps and the deltas under them
 *
 * A step says what something means, a delta what changed: a place (a byte
 * offset into the state), the value before and the value after. Steps and
 * deltas are kept in rings of fixed size; when one is full, the oldest whole
 * operation is forgotten. Steps are numbered from the machine's first step
 * for ever, so a number means the same step whatever has been forgotten.
 *
 * A put cannot fail. When it would, it stores nothing and sets the tape's
 * failure; loops end when vm_tape_failed() says so, and the operation is
 * rolled back as a whole.
 *
 * Every function that takes a tape may be given NULL: then nothing is
 * recorded and stores go straight to the state. That is the fast path. */
#ifndef VM_TAPE_H
#define VM_TAPE_H

#include <string.h>

#include "error.h"
#include "tape/contents.h"
#include "tape/state.h"
#include "tape/steps.h"
#include "types.h"

/* Sizes of the rings: 9 + 24 + 16 + 1 MiB, so a tape stays below 64 MiB. */
#define VM_TAPE_STEPS (1u << 17)
#define VM_TAPE_DELTAS (1u << 20)
#define VM_TAPE_BLOBS (1u << 12)
#define VM_TAPE_OPERATIONS (1u << 15)

/* Steps that one operation may take. */
#define VM_STEP_BUDGET 100000u

/* The state as 4 KiB pages, one bit for each that was ever written. */
#define VM_TOUCHED_WORDS ((sizeof (struct vm_state) / 4096 + 1) / 64 + 1)

/* One change. A width of 4096 means that the page at place was exchanged with
 * the blob numbered before; exchanging again undoes it. */
struct vm_delta {
  uint32_t place, width;
  uint64_t before, after;
};

/* Where an operation begins in the three rings. */
struct vm_tape_mark {
  uint64_t step, delta, blob;
};

struct vm_tape {
  struct vm_state *state;
  const struct vm_contents *contents; /* what was brought in; may be NULL */
  struct vm_step *steps;
  struct vm_delta *deltas;
  uint8_t (*blobs)[VM_SLOT_SIZE];
  struct vm_tape_mark *marks; /* one an operation, newest last */
  uint64_t *touched;          /* VM_TOUCHED_WORDS words */

  /* Numbers of the first kept and of the next to come. */
  uint64_t first_operation, end_operation;
  uint64_t first_step, end_step;
  uint64_t first_delta, end_delta;
  uint64_t first_blob, end_blob;

  uint64_t cursor_step, cursor_delta; /* equal to the ends while recording */
  uint64_t open_step;                 /* innermost step that is still open */
  uint32_t depth;                     /* of the next step */
  uint16_t cpu, unit;                 /* stamped on the next steps */
  enum vm_error_code failure;
};

/* Prepares an empty tape over a zeroed state that the caller owns and keeps
 * alive. False if the host gives no memory; then nothing is to be freed. */
bool vm_tape_init (struct vm_tape *tape, struct vm_state *state);
void vm_tape_done (struct vm_tape *tape);

/* Forgets everything and goes on numbering from the given numbers: what a
 * rebuilt machine does after a snapshot was restored. */
void vm_tape_restart (struct vm_tape *tape, uint64_t operation, uint64_t step);

/* Opens an operation. The cursor must stand at the end of the tape. */
void vm_tape_open_operation (struct vm_tape *tape);

/* Undoes everything since vm_tape_open_operation and forgets it. */
void vm_tape_roll_back (struct vm_tape *tape);

/* Forgets the operations from number operation on; the cursor must stand
 * at or before its first step. */
void vm_tape_truncate (struct vm_tape *tape, uint64_t operation);

/* Makes the state what it was after the first n steps. False, and no change,
 * if n is outside [first_step, end_step]. Costs one store a delta passed. */
bool vm_tape_seek (struct vm_tape *tape, uint64_t n);

/* Step number n, or NULL if it is not on the tape. */
const struct vm_step *vm_tape_step (const struct vm_tape *tape, uint64_t n);

/* Number of deltas under step n, and its i-th. */
uint64_t vm_tape_delta_count (const struct vm_tape *tape, uint64_t n);
const struct vm_delta *vm_tape_delta (const struct vm_tape *tape, uint64_t n,
                                      uint64_t i);

/* Which step changed the bytes [place, place + width) last before step n
 * (the step's number is smaller than n), or first at or after it. False if
 * none on the tape did. */
bool vm_tape_last_change (const struct vm_tape *tape, uint64_t n,
                          uint32_t place, uint32_t width, uint64_t *step);
bool vm_tape_next_change (const struct vm_tape *tape, uint64_t n,
                          uint32_t place, uint32_t width, uint64_t *step);

/* Number of the first step after n that is not nested in it (step over), and
 * of the first after n that is less deep (step out); end_step if none is. */
uint64_t vm_tape_step_over (const struct vm_tape *tape, uint64_t n);
uint64_t vm_tape_step_out (const struct vm_tape *tape, uint64_t n);

/* Bytes of host memory that the tape's kept records fill. */
uint64_t vm_tape_bytes (const struct vm_tape *tape);

/* The slow path of recording: forgets old operations, which may not have used
 * the ring that is full, so it is to be asked again. Sets the failure and
 * returns false when only the open operation is left. */
bool vm_tape_make_room (struct vm_tape *tape);

/* Sets the failure, unless one is set already. */
void vm_tape_fail (struct vm_tape *tape, enum vm_error_code failure);

static inline bool
vm_tape_failed (const struct vm_tape *tape)
{
  return tape != NULL && tape->failure != VM_OK;
}

/* The place of an address inside the state. */
static inline uint32_t
vm_tape_place (const struct vm_tape *tape, const void *address)
{
  return (uint32_t) ((const char *) address - (const char *) tape->state);
}

static inline void
vm_tape_touch (struct vm_tape *tape, uint32_t place)
{
  tape->touched[place >> 18] |= UINT64_C (1) << ((place >> 12) & 63);
}

/* Records one delta of up to eight bytes; false if there is no room. */
static inline bool
vm_tape_record (struct vm_tape *tape, uint32_t place, uint32_t width,
                uint64_t before, uint64_t after)
{
  if (tape->failure != VM_OK)
    return false;
  while (tape->end_delta - tape->first_delta == VM_TAPE_DELTAS)
    if (!vm_tape_make_room (tape))
      return false;

  tape->deltas[tape->end_delta % VM_TAPE_DELTAS] = (struct vm_delta){
      .place = place, .width = width, .before = before, .after = after};
  tape->end_delta++;
  tape->cursor_delta = tape->end_delta;
  vm_tape_touch (tape, place);
  return true;
}

/* The four puts store value at address, a place inside the state. */
static inline void
vm_put_u8 (struct vm_tape *tape, const uint8_t *address, uint8_t value)
{
  if (tape == NULL
      || vm_tape_record (tape, vm_tape_place (tape, address), 1, *address,
                         value))
    memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

static inline void
vm_put_u16 (struct vm_tape *tape, const uint16_t *address, uint16_t value)
{
  if (tape == NULL
      || vm_tape_record (tape, vm_tape_place (tape, address), 2, *address,
                         value))
    memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

static inline void
vm_put_u32 (struct vm_tape *tape, const uint32_t *address, uint32_t value)
{
  if (tape == NULL
      || vm_tape_record (tape, vm_tape_place (tape, address), 4, *address,
                         value))
    memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

static inline void
vm_put_u64 (struct vm_tape *tape, const uint64_t *address, uint64_t value)
{
  if (tape == NULL
      || vm_tape_record (tape, vm_tape_place (tape, address), 8, *address,
                         value))
    memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

/* Stores width (1, 2, 4 or 8) bytes of value, little-endian, at a place in a
 * page of bytes. */
void vm_put_bytes (struct vm_tape *tape, const uint8_t *address, uint32_t width,
                   uint64_t value);

/* Replaces a whole page of bytes by contents (VM_SLOT_SIZE bytes): one delta
 * and one blob, whatever changes. */
void vm_put_page (struct vm_tape *tape, const uint8_t *address,
                  const uint8_t *contents);

/* From now on steps happen on that processor, in that TLB of it. */
static inline void
vm_tape_at (struct vm_tape *tape, uint32_t cpu, enum vm_tlb_unit unit)
{
  if (tape == NULL)
    return;
  tape->cpu = (uint16_t) cpu;
  tape->unit = (uint16_t) unit;
}

/* What the three functions below do when there is a tape. */
void vm_tape_begin_step (struct vm_tape *tape, enum vm_step_kind kind,
                         const uint64_t values[VM_STEP_VALUES]);
void vm_tape_end_step (struct vm_tape *tape);
void vm_tape_leaf_step (struct vm_tape *tape, enum vm_step_kind kind,
                        const uint64_t values[VM_STEP_VALUES]);

/* Records a step and leaves it open: the steps until the matching vm_step_end
 * are nested in it. The array gives its values in the kind's order. */
static inline void
vm_step_begin (struct vm_tape *tape, enum vm_step_kind kind,
               const uint64_t values[VM_STEP_VALUES])
{
  if (tape != NULL)
    vm_tape_begin_step (tape, kind, values);
}

static inline void
vm_step_end (struct vm_tape *tape)
{
  if (tape != NULL)
    vm_tape_end_step (tape);
}

/* Records a step with nothing nested in it. */
static inline void
vm_step_leaf (struct vm_tape *tape, enum vm_step_kind kind,
              const uint64_t values[VM_STEP_VALUES])
{
  if (tape != NULL)
    vm_tape_leaf_step (tape, kind, values);
}

#endif
