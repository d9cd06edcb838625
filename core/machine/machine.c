/* Runs operations, keeps their list, and finds any step again. */
#include "machine/machine.h"

#include <assert.h>
#include <stdlib.h>

#include "machine/execute.h"
#include "machine/history.h"
#include "machine/makers.h"
#include "tape/snapshot.h"

/* A snapshot is taken when so many steps have passed since the last one; the
 * distance doubles when the list of snapshots is full. */
#define SNAPSHOT_STEPS (VM_TAPE_STEPS / 4)
#define MAX_SNAPSHOTS 16
#define MAX_SNAPSHOT_BYTES (UINT64_C (64) << 20)

/* What state, tape, contents, operations and snapshots fill together at most,
 * and how often that is looked at. The rest of 256 MiB is the program's. */
#define MAX_BYTES (UINT64_C (224) << 20)
#define WEIGH_OPERATIONS 256u
#define WEIGH_STEPS 4096u

struct vm_machine {
  struct vm_state *state;
  struct vm_tape tape;
  struct vm_names names;

  struct vm_history history;
  uint64_t step_count; /* of all operations, kept on the tape or not */

  struct vm_snapshot snapshots[MAX_SNAPSHOTS];
  uint32_t snapshot_count;
  uint64_t snapshot_distance;               /* steps */
  uint64_t weighed_operation, weighed_step; /* when memory was looked at */

  const struct vm_geometry *geometry; /* of the operation "machine", if one is
                                         there: of a toy it is what follows */
  struct vm_geometry toy;
};

static uint64_t
snapshot_bytes (const struct vm_machine *m)
{
  uint64_t bytes = 0;

  for (uint32_t i = 0; i < m->snapshot_count; i++)
    bytes += vm_snapshot_bytes (&m->snapshots[i]);
  return bytes;
}

/* Keeps every other snapshot, and from now on half as many. */
static void
thin_snapshots (struct vm_machine *m)
{
  uint32_t kept = 0;

  for (uint32_t i = 0; i < m->snapshot_count; i++) {
    if (i % 2 == 0)
      m->snapshots[kept++] = m->snapshots[i];
    else
      vm_snapshot_done (&m->snapshots[i]);
  }
  m->snapshot_count = kept;
  m->snapshot_distance *= 2;
}

/* What cannot be forgotten. */
static uint64_t
needed_bytes (const struct vm_machine *m)
{
  return vm_tape_bytes (&m->tape) + vm_history_bytes (&m->history)
         + vm_snapshot_size (&m->tape) + vm_contents_total (m->names.contents);
}

/* Drops snapshots until no more memory is used than may be, `more` bytes
 * included. False if none is left and it is still too much. */
static bool
make_room (struct vm_machine *m, uint64_t more)
{
  uint64_t needed = needed_bytes (m) + more;

  while (m->snapshot_count > 0 && needed + snapshot_bytes (m) > MAX_BYTES) {
    if (m->snapshot_count > 1)
      thin_snapshots (m);
    else
      vm_snapshot_done (&m->snapshots[--m->snapshot_count]);
  }
  return needed <= MAX_BYTES;
}

/* True if there is memory for another operation. Weighing takes a microsecond,
 * so it is not done before each. */
static bool
has_memory (struct vm_machine *m)
{
  uint64_t operation = m->tape.end_operation, step = m->tape.end_step;

  if (operation - m->weighed_operation < WEIGH_OPERATIONS
      && step - m->weighed_step < WEIGH_STEPS)
    return true;
  if (!make_room (m, 0))
    return false;
  m->weighed_operation = operation;
  m->weighed_step = step;
  return true;
}

/* Takes a snapshot before the next operation if it is time. A machine without
 * one begins again at its first operation, so a lack of memory is no error. */
static void
snapshot_if_due (struct vm_machine *m)
{
  uint64_t last
      = m->snapshot_count == 0 ? 0 : m->snapshots[m->snapshot_count - 1].step;

  if (m->tape.end_step < last + m->snapshot_distance)
    return;
  if (m->snapshot_count == MAX_SNAPSHOTS)
    thin_snapshots (m);
  if (make_room (m, vm_snapshot_size (&m->tape))
      && vm_snapshot_take (&m->snapshots[m->snapshot_count], &m->tape))
    m->snapshot_count++;
  else
    m->snapshot_distance *= 2;
  while (m->snapshot_count > 1 && snapshot_bytes (m) > MAX_SNAPSHOT_BYTES)
    thin_snapshots (m);
}

/* True if the cursor can stand at step n, and the step after it, if there is
 * one, can be looked at. */
static bool
step_on_tape (const struct vm_machine *m, uint64_t n)
{
  return n >= m->tape.first_step
         && (n < m->tape.end_step || n == m->step_count);
}

/* The nearest snapshot at or before step n; NULL: the very beginning. */
static const struct vm_snapshot *
snapshot_before (const struct vm_machine *m, uint64_t n)
{
  const struct vm_snapshot *nearest = NULL;

  for (uint32_t i = 0; i < m->snapshot_count; i++)
    if (m->snapshots[i].step <= n)
      nearest = &m->snapshots[i];
  return nearest;
}

/* Puts the state back to a point from which step n is reached soonest by
 * running forward, if the tape itself is not nearer. */
static void
restore_towards (struct vm_machine *m, uint64_t n)
{
  const struct vm_snapshot beginning = {.operation = 0};
  const struct vm_snapshot *nearest = snapshot_before (m, n);

  if (n < m->tape.first_step)
    vm_snapshot_restore (nearest != NULL ? nearest : &beginning, &m->tape);
  else if (nearest != NULL && nearest->step > m->tape.end_step)
    vm_snapshot_restore (nearest, &m->tape);
}

/* Runs the next known operation again; it goes as it went the first time. */
static void
run_again (struct vm_machine *m)
{
  uint64_t next = m->tape.end_operation;
  struct vm_result result = *vm_history_result (&m->history, next);

  vm_tape_open_operation (&m->tape);
  bool done = vm_execute (&m->tape, m->state, &m->names,
                          vm_history_op (&m->history, next), &result, NULL);
  assert (done && m->tape.end_step == result.end_step);
  (void) done;
}

/* Keeps the geometry of a machine that was built, for those who only look. */
static void
keep_geometry (struct vm_machine *m)
{
  m->geometry = vm_geometry_configured (&m->state->config, &m->toy);
}

/* Forgets the operations from number next on, which began with that step. The
 * tape has forgotten them already. */
static void
forget_future (struct vm_machine *m, uint64_t next, uint64_t step)
{
  vm_history_truncate (&m->history, next);
  while (m->snapshot_count > 0
         && m->snapshots[m->snapshot_count - 1].step > step)
    vm_snapshot_done (&m->snapshots[--m->snapshot_count]);
}

/* Brings back onto the tape what lay behind the cursor, up to operation end. */
static void
restore_future (struct vm_machine *m, uint64_t end)
{
  uint64_t cursor = m->tape.cursor_step;

  while (m->tape.end_operation < end)
    run_again (m);
  vm_machine_seek (m, cursor);
}

/* True if the cursor stands between two operations. */
static bool
between_operations (const struct vm_machine *m)
{
  uint64_t cursor = m->tape.cursor_step;

  if (cursor == m->step_count)
    return true;
  uint64_t op = vm_machine_op_of_step (m, cursor);
  return vm_history_result (&m->history, op)->first_step == cursor;
}

struct vm_machine *
vm_machine_new (void)
{
  struct vm_machine *m = calloc (1, sizeof *m);
  if (m == NULL)
    return NULL;

  vm_history_init (&m->history);
  m->snapshot_distance = SNAPSHOT_STEPS;
  m->state = vm_state_new ();
  m->names.contents = vm_contents_new ();
  if (m->state != NULL && m->names.contents != NULL
      && vm_tape_init (&m->tape, m->state)) {
    m->tape.contents = m->names.contents;
    return m;
  }

  vm_contents_free (m->names.contents);
  vm_state_free (m->state);
  free (m);
  return NULL;
}

void
vm_machine_free (struct vm_machine *m)
{
  if (m == NULL)
    return;

  for (uint32_t i = 0; i < m->snapshot_count; i++)
    vm_snapshot_done (&m->snapshots[i]);
  vm_tape_done (&m->tape);
  vm_state_free (m->state);
  vm_contents_free (m->names.contents);
  vm_history_done (&m->history);
  free (m);
}

/* The same names, and the same contents. */
static bool
copy_names (struct vm_machine *to, const struct vm_machine *from)
{
  struct vm_contents *contents = vm_contents_copy (from->names.contents);

  if (contents == NULL)
    return false;
  vm_contents_free (to->names.contents);
  to->names = from->names;
  to->names.contents = contents;
  to->tape.contents = contents;
  return true;
}

struct vm_machine *
vm_machine_clone (const struct vm_machine *m)
{
  struct vm_machine *copy = vm_machine_new ();
  if (copy == NULL)
    return NULL;

  uint64_t cursor = m->tape.cursor_step;
  if (!copy_names (copy, m)) {
    vm_machine_free (copy);
    return NULL;
  }
  for (uint64_t i = 0; i < m->history.count; i++) {
    if (vm_history_result (&m->history, i)->first_step >= cursor && i > 0)
      break;
    if (!vm_machine_do (copy, vm_history_op (&m->history, i), NULL)) {
      vm_machine_free (copy);
      return NULL;
    }
  }
  vm_machine_seek (copy, cursor);
  return copy;
}

bool
vm_machine_bring (struct vm_machine *m, const char *name, const uint8_t *bytes,
                  uint64_t size, uint32_t *number, struct vm_error *error)
{
  uint32_t added = vm_contents_add (m->names.contents, bytes, size, error);

  if (number != NULL)
    *number = added;
  return added != 0 && vm_contents_name (m->names.contents, name, added, error);
}

const uint8_t *
vm_machine_content (const struct vm_machine *m, uint32_t number, uint64_t *size)
{
  return vm_contents_bytes (m->names.contents, number, size);
}

bool
vm_machine_parse (struct vm_machine *m, const char *line, struct vm_op *op,
                  struct vm_error *error)
{
  return vm_op_parse (line, &m->names, op, error);
}

bool
vm_machine_do (struct vm_machine *m, const struct vm_op *op,
               struct vm_error *error)
{
  if (op->kind == VM_OP_NONE)
    return true;
  if (!between_operations (m)) {
    vm_error_set (error, VM_ERROR_NOT_AT_OPERATION, NULL);
    return false;
  }

  uint64_t step = m->tape.cursor_step, end = m->tape.end_operation;
  uint64_t next = vm_machine_op_of_step (m, step);
  if (!vm_history_reserve (&m->history, next)) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }
  if (!has_memory (m)) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "operation", 0, 0, next);
    return false;
  }
  vm_tape_truncate (&m->tape, next);
  snapshot_if_due (m);

  struct vm_result result = {.kind = op->kind,
                             .process = VM_NONE,
                             .made = VM_NONE,
                             .first_step = step};
  vm_tape_open_operation (&m->tape);
  if (!vm_execute (&m->tape, m->state, &m->names, op, &result, error)) {
    vm_execute_explain (&m->names, error);
    vm_tape_roll_back (&m->tape);
    restore_future (m, end);
    return false;
  }

  if (op->kind == VM_OP_MACHINE)
    keep_geometry (m);
  forget_future (m, next, step);
  result.end_step = m->step_count = m->tape.end_step;
  vm_history_append (&m->history, op, &result);
  return true;
}

bool
vm_machine_do_line (struct vm_machine *m, const char *line,
                    struct vm_error *error)
{
  struct vm_op op;
  return vm_machine_parse (m, line, &op, error)
         && vm_machine_do (m, &op, error);
}

bool
vm_machine_seek (struct vm_machine *m, uint64_t n)
{
  if (n > m->step_count)
    return false;

  restore_towards (m, n);
  /* The tape may end early: what follows is known, and run again. */
  vm_tape_seek (&m->tape, n < m->tape.end_step ? n : m->tape.end_step);
  while (!step_on_tape (m, n))
    run_again (m);
  return vm_tape_seek (&m->tape, n);
}

uint64_t
vm_machine_cursor (const struct vm_machine *m)
{
  return m->tape.cursor_step;
}

uint64_t
vm_machine_step_count (const struct vm_machine *m)
{
  return m->step_count;
}

const struct vm_state *
vm_machine_state (const struct vm_machine *m)
{
  return m->state;
}

const struct vm_step *
vm_machine_step (const struct vm_machine *m, uint64_t n)
{
  return vm_tape_step (&m->tape, n);
}

const struct vm_tape *
vm_machine_tape (const struct vm_machine *m)
{
  return &m->tape;
}

uint64_t
vm_machine_op_count (const struct vm_machine *m)
{
  return m->history.count;
}

const struct vm_op *
vm_machine_op (const struct vm_machine *m, uint64_t index)
{
  return vm_history_op (&m->history, index);
}

uint64_t
vm_machine_maker (const struct vm_machine *m, uint64_t end)
{
  return vm_history_maker (&m->history, end);
}

const struct vm_result *
vm_machine_result (const struct vm_machine *m, uint64_t index)
{
  return vm_history_result (&m->history, index);
}

uint64_t
vm_machine_op_of_step (const struct vm_machine *m, uint64_t n)
{
  return vm_history_of_step (&m->history, n);
}

const struct vm_geometry *
vm_machine_geometry (const struct vm_machine *m)
{
  return m->state->config.geometry == VM_GEOMETRY_NONE
             ? NULL
             : vm_machine_built_geometry (m);
}

const struct vm_geometry *
vm_machine_built_geometry (const struct vm_machine *m)
{
  return m->geometry;
}

const char *
vm_machine_name (const struct vm_machine *m, uint32_t id)
{
  return vm_names_text (&m->names, id);
}

const uint64_t *
vm_machine_list (const struct vm_machine *m, uint64_t list, uint32_t *count)
{
  return vm_names_listed (&m->names, list, count);
}

uint32_t
vm_machine_process_named (const struct vm_machine *m, const char *name)
{
  uint32_t id = vm_names_find (&m->names, name, strlen (name));
  return id == VM_NONE ? VM_NONE : vm_process_find (m->state, id);
}

uint64_t
vm_machine_bytes (const struct vm_machine *m)
{
  return needed_bytes (m) + snapshot_bytes (m);
}
