/* Records steps and deltas, and plays them back in both directions. */
#include "tape/tape.h"

#include <assert.h>
#include <stdlib.h>

static struct vm_step *
step_at (const struct vm_tape *tape, uint64_t n)
{
  return &tape->steps[n % VM_TAPE_STEPS];
}

/* Number of the first delta that step n does not have any more: the deltas
 * under the first n steps are those below it. */
static uint64_t
deltas_before (const struct vm_tape *tape, uint64_t n)
{
  return n == tape->end_step ? tape->end_delta : step_at (tape, n)->first_delta;
}

static void
exchange_page (uint8_t *page, uint8_t *blob)
{
  uint8_t kept[VM_SLOT_SIZE];

  memcpy (kept, page, VM_SLOT_SIZE);
  memcpy (page, blob, VM_SLOT_SIZE);
  memcpy (blob, kept, VM_SLOT_SIZE);
}

/* Makes one delta true (its after) or untrue (its before). */
static void
apply (struct vm_tape *tape, const struct vm_delta *delta, uint64_t value)
{
  uint8_t *place = (uint8_t *) tape->state + delta->place;

  if (delta->width == VM_SLOT_SIZE)
    exchange_page (place, tape->blobs[delta->before % VM_TAPE_BLOBS]);
  else
    memcpy (place, &value, delta->width);
}

static void
move_to_delta (struct vm_tape *tape, uint64_t target)
{
  while (tape->cursor_delta > target) {
    tape->cursor_delta--;
    const struct vm_delta *delta
        = &tape->deltas[tape->cursor_delta % VM_TAPE_DELTAS];
    apply (tape, delta, delta->before);
  }

  while (tape->cursor_delta < target) {
    const struct vm_delta *delta
        = &tape->deltas[tape->cursor_delta % VM_TAPE_DELTAS];
    apply (tape, delta, delta->after);
    tape->cursor_delta++;
  }
}

static struct vm_tape_mark
mark_here (const struct vm_tape *tape)
{
  return (struct vm_tape_mark){
      .step = tape->end_step,
      .delta = tape->end_delta,
      .blob = tape->end_blob,
  };
}

static const struct vm_tape_mark *
mark_at (const struct vm_tape *tape, uint64_t operation)
{
  return &tape->marks[operation % VM_TAPE_OPERATIONS];
}

/* Drops the operations from number operation on; the cursor must not stand
 * behind its first step. */
static void
cut_end (struct vm_tape *tape, uint64_t operation)
{
  const struct vm_tape_mark *mark = mark_at (tape, operation);

  tape->end_operation = operation;
  tape->end_step = mark->step;
  tape->end_delta = mark->delta;
  tape->end_blob = mark->blob;
}

/* What an operation changes before its first step belongs to that step: else
 * it would be seen where the operation before ends. */
static uint64_t
first_delta_here (const struct vm_tape *tape)
{
  const struct vm_tape_mark *mark = mark_at (tape, tape->end_operation - 1);

  return mark->step == tape->end_step ? mark->delta : tape->end_delta;
}

static void
record_step (struct vm_tape *tape, enum vm_step_kind kind,
             const uint64_t values[VM_STEP_VALUES])
{
  if (tape->failure != VM_OK)
    return;
  if (tape->end_step - mark_at (tape, tape->end_operation - 1)->step
      >= VM_STEP_BUDGET) {
    vm_tape_fail (tape, VM_ERROR_STEP_BUDGET);
    return;
  }
  while (tape->end_step - tape->first_step == VM_TAPE_STEPS)
    if (!vm_tape_make_room (tape))
      return;

  struct vm_step *step = step_at (tape, tape->end_step);
  step->first_delta = first_delta_here (tape);
  step->parent = tape->depth == 0 ? tape->end_step : tape->open_step;
  memcpy (step->values, values, sizeof step->values);
  step->kind = (uint16_t) kind;
  step->depth = (uint16_t) tape->depth;
  step->cpu = tape->cpu;
  step->unit = tape->unit;
  tape->end_step++;
  tape->cursor_step = tape->end_step;
}

bool
vm_tape_init (struct vm_tape *tape, struct vm_state *state)
{
  *tape = (struct vm_tape){.state = state};
  tape->steps = calloc (VM_TAPE_STEPS, sizeof *tape->steps);
  tape->deltas = calloc (VM_TAPE_DELTAS, sizeof *tape->deltas);
  tape->blobs = calloc (VM_TAPE_BLOBS, sizeof *tape->blobs);
  tape->marks = calloc (VM_TAPE_OPERATIONS, sizeof *tape->marks);
  tape->touched = calloc (VM_TOUCHED_WORDS, sizeof *tape->touched);

  if (tape->steps != NULL && tape->deltas != NULL && tape->blobs != NULL
      && tape->marks != NULL && tape->touched != NULL)
    return true;

  vm_tape_done (tape);
  return false;
}

void
vm_tape_done (struct vm_tape *tape)
{
  free (tape->steps);
  free (tape->deltas);
  free (tape->blobs);
  free (tape->marks);
  free (tape->touched);
  *tape = (struct vm_tape){.state = NULL};
}

void
vm_tape_restart (struct vm_tape *tape, uint64_t operation, uint64_t step)
{
  tape->first_operation = tape->end_operation = operation;
  tape->first_step = tape->end_step = tape->cursor_step = step;
  tape->first_delta = tape->end_delta = tape->cursor_delta = 0;
  tape->first_blob = tape->end_blob = 0;
  tape->depth = 0;
  tape->failure = VM_OK;
}

void
vm_tape_open_operation (struct vm_tape *tape)
{
  assert (tape->cursor_step == tape->end_step && tape->depth == 0);

  if (tape->end_operation - tape->first_operation == VM_TAPE_OPERATIONS)
    vm_tape_make_room (tape);
  tape->marks[tape->end_operation % VM_TAPE_OPERATIONS] = mark_here (tape);
  tape->end_operation++;
  tape->failure = VM_OK;
}

void
vm_tape_roll_back (struct vm_tape *tape)
{
  uint64_t operation = tape->end_operation - 1;

  move_to_delta (tape, mark_at (tape, operation)->delta);
  cut_end (tape, operation);
  tape->cursor_step = tape->end_step;
  tape->depth = 0;
  tape->failure = VM_OK;
}

void
vm_tape_truncate (struct vm_tape *tape, uint64_t operation)
{
  assert (operation >= tape->first_operation);

  if (operation >= tape->end_operation)
    return;
  assert (tape->cursor_step <= mark_at (tape, operation)->step);
  cut_end (tape, operation);
}

bool
vm_tape_seek (struct vm_tape *tape, uint64_t n)
{
  if (n < tape->first_step || n > tape->end_step)
    return false;

  move_to_delta (tape, deltas_before (tape, n));
  tape->cursor_step = n;
  return true;
}

const struct vm_step *
vm_tape_step (const struct vm_tape *tape, uint64_t n)
{
  if (n < tape->first_step || n >= tape->end_step)
    return NULL;
  return step_at (tape, n);
}

uint64_t
vm_tape_delta_count (const struct vm_tape *tape, uint64_t n)
{
  if (vm_tape_step (tape, n) == NULL)
    return 0;
  return deltas_before (tape, n + 1) - deltas_before (tape, n);
}

const struct vm_delta *
vm_tape_delta (const struct vm_tape *tape, uint64_t n, uint64_t i)
{
  if (i >= vm_tape_delta_count (tape, n))
    return NULL;
  return &tape->deltas[(deltas_before (tape, n) + i) % VM_TAPE_DELTAS];
}

/* True if step n has a delta that touches the bytes. */
static bool
step_changes (const struct vm_tape *tape, uint64_t n, uint32_t place,
              uint32_t width)
{
  uint64_t end = deltas_before (tape, n + 1);

  for (uint64_t i = deltas_before (tape, n); i < end; i++) {
    const struct vm_delta *delta = &tape->deltas[i % VM_TAPE_DELTAS];
    if (delta->place < place + width && place < delta->place + delta->width)
      return true;
  }
  return false;
}

bool
vm_tape_last_change (const struct vm_tape *tape, uint64_t n, uint32_t place,
                     uint32_t width, uint64_t *step)
{
  if (n > tape->end_step)
    n = tape->end_step;

  while (n > tape->first_step) {
    n--;
    if (step_changes (tape, n, place, width)) {
      *step = n;
      return true;
    }
  }
  return false;
}

bool
vm_tape_next_change (const struct vm_tape *tape, uint64_t n, uint32_t place,
                     uint32_t width, uint64_t *step)
{
  if (n < tape->first_step)
    n = tape->first_step;

  for (; n < tape->end_step; n++) {
    if (step_changes (tape, n, place, width)) {
      *step = n;
      return true;
    }
  }
  return false;
}

/* The first step after n that is at most as deep as depth. */
static uint64_t
next_at_depth (const struct vm_tape *tape, uint64_t n, uint32_t depth)
{
  uint64_t next = n + 1;

  while (next < tape->end_step && step_at (tape, next)->depth > depth)
    next++;
  return next < tape->end_step ? next : tape->end_step;
}

uint64_t
vm_tape_step_over (const struct vm_tape *tape, uint64_t n)
{
  const struct vm_step *step = vm_tape_step (tape, n);
  return step == NULL ? tape->end_step : next_at_depth (tape, n, step->depth);
}

uint64_t
vm_tape_step_out (const struct vm_tape *tape, uint64_t n)
{
  const struct vm_step *step = vm_tape_step (tape, n);
  if (step == NULL)
    return tape->end_step;
  return next_at_depth (tape, n, step->depth == 0 ? 0 : step->depth - 1u);
}

uint64_t
vm_tape_bytes (const struct vm_tape *tape)
{
  return (tape->end_step - tape->first_step) * sizeof *tape->steps
         + (tape->end_delta - tape->first_delta) * sizeof *tape->deltas
         + (tape->end_blob - tape->first_blob) * sizeof *tape->blobs
         + (tape->end_operation - tape->first_operation) * sizeof *tape->marks;
}

bool
vm_tape_make_room (struct vm_tape *tape)
{
  if (tape->end_operation - tape->first_operation < 2) {
    vm_tape_fail (tape, VM_ERROR_TAPE_FULL);
    return false;
  }

  /* Forget an eighth at once, so that room is made seldom. */
  uint64_t kept = tape->end_operation - tape->first_operation;
  tape->first_operation += 1 + (kept - 2) / 8;

  const struct vm_tape_mark *mark = mark_at (tape, tape->first_operation);
  tape->first_step = mark->step;
  tape->first_delta = mark->delta;
  tape->first_blob = mark->blob;
  return true;
}

void
vm_tape_fail (struct vm_tape *tape, enum vm_error_code failure)
{
  if (tape != NULL && tape->failure == VM_OK)
    tape->failure = failure;
}

void
vm_put_bytes (struct vm_tape *tape, const uint8_t *address, uint32_t width,
              uint64_t value)
{
  uint64_t before = 0;

  memcpy (&before, address, width);
  if (tape != NULL) {
    uint32_t place = vm_tape_place (tape, address);
    if (!vm_tape_record (tape, place, width, before, value))
      return;
    /* Bytes need not be aligned: they may straddle two pages of the block. */
    vm_tape_touch (tape, place + width - 1);
  }
  memcpy ((void *) (uintptr_t) address, &value, width);
}

void
vm_put_page (struct vm_tape *tape, const uint8_t *address,
             const uint8_t *contents)
{
  uint8_t *page = (uint8_t *) (uintptr_t) address;

  if (tape == NULL) {
    memmove (page, contents, VM_SLOT_SIZE);
    return;
  }
  while (tape->end_blob - tape->first_blob == VM_TAPE_BLOBS)
    if (!vm_tape_make_room (tape))
      return;

  uint32_t place = vm_tape_place (tape, address);
  uint64_t blob = tape->end_blob;
  if (!vm_tape_record (tape, place, VM_SLOT_SIZE, blob, blob))
    return;

  /* The page may straddle two pages of the state block. */
  vm_tape_touch (tape, place + VM_SLOT_SIZE - 1);
  tape->end_blob++;
  memcpy (tape->blobs[blob % VM_TAPE_BLOBS], contents, VM_SLOT_SIZE);
  exchange_page (page, tape->blobs[blob % VM_TAPE_BLOBS]);
}

void
vm_tape_begin_step (struct vm_tape *tape, enum vm_step_kind kind,
                    const uint64_t values[VM_STEP_VALUES])
{
  uint64_t number = tape->end_step;

  record_step (tape, kind, values);
  if (tape->failure != VM_OK)
    return;
  tape->open_step = number;
  tape->depth++;
}

void
vm_tape_end_step (struct vm_tape *tape)
{
  if (tape->failure != VM_OK)
    return;

  assert (tape->depth > 0);
  tape->depth--;
  tape->open_step = step_at (tape, tape->open_step)->parent;
}

void
vm_tape_leaf_step (struct vm_tape *tape, enum vm_step_kind kind,
                   const uint64_t values[VM_STEP_VALUES])
{
  record_step (tape, kind, values);
}
