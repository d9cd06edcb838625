/* Runs operations, keeps their list, and finds any step again. */
#include "machine/machine.h"

#include <assert.h>
#include <stdlib.h>

#include "machine/execute.h"
#include "tape/snapshot.h"

/* A snapshot is taken when so many steps have passed since the last one; the
 * distance doubles when the list of snapshots is full. */
#define SNAPSHOT_STEPS (VM_TAPE_STEPS / 4)
#define MAX_SNAPSHOTS 16
#define MAX_SNAPSHOT_BYTES (UINT64_C (64) << 20) /* but one is always kept */

struct vm_machine {
  struct vm_state *state;
  struct vm_tape tape;
  struct vm_names names;

  uint8_t *ops;    /* one after the other, as long as each is (vm_op_size) */
  uint64_t *op_at; /* where each begins */
  struct vm_result *results;
  uint64_t op_count, op_room;
  uint64_t op_bytes_room; /* of ops, beyond which one whole vm_op lies */
  uint64_t step_count;    /* of all operations, kept on the tape or not */

  struct vm_snapshot snapshots[MAX_SNAPSHOTS];
  uint32_t snapshot_count;
  uint64_t snapshot_distance; /* steps */

  const struct vm_geometry *geometry; /* of the operation "machine", if one is
                                         there: of a toy it is what follows */
  struct vm_geometry toy;
};

static struct vm_op *
op_at (const struct vm_machine *m, uint64_t index)
{
  return (struct vm_op *) (void *) (m->ops + m->op_at[index]);
}

/* Where the next operation will lie. */
static uint64_t
op_end (const struct vm_machine *m)
{
  if (m->op_count == 0)
    return 0;
  return m->op_at[m->op_count - 1]
         + vm_op_size (op_at (m, m->op_count - 1)->kind);
}

/* Makes room for the bytes of one more operation. A reader may copy a whole
 * struct vm_op, so one lies behind the end. */
static bool
grow_ops (struct vm_machine *m)
{
  if (m->ops != NULL && op_end (m) + sizeof (struct vm_op) <= m->op_bytes_room)
    return true;

  uint64_t room = m->ops == NULL ? 64 * sizeof (struct vm_op)
                                 : m->op_bytes_room * 2;
  uint8_t *ops = realloc (m->ops, room + sizeof (struct vm_op));
  if (ops == NULL)
    return false;
  m->ops = ops;
  m->op_bytes_room = room;
  return true;
}

static bool
grow_lists (struct vm_machine *m)
{
  if (!grow_ops (m))
    return false;
  if (m->op_count < m->op_room)
    return true;

  uint64_t room = m->op_room == 0 ? 64 : m->op_room * 2;
  uint64_t *at = realloc (m->op_at, room * sizeof *at);
  if (at == NULL)
    return false;
  m->op_at = at;
  struct vm_result *results = realloc (m->results, room * sizeof *results);
  if (results == NULL)
    return false;
  m->results = results;
  m->op_room = room;
  return true;
}

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
  if (vm_snapshot_take (&m->snapshots[m->snapshot_count], &m->tape))
    m->snapshot_count++;
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
  struct vm_result result = m->results[next];

  vm_tape_open_operation (&m->tape);
  bool done = vm_execute (&m->tape, m->state, &m->names, op_at (m, next),
                          &result, NULL);
  assert (done && m->tape.end_step == m->results[next].end_step);
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
  m->op_count = next;
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
  return m->results[vm_machine_op_of_step (m, cursor)].first_step == cursor;
}

struct vm_machine *
vm_machine_new (void)
{
  struct vm_machine *m = calloc (1, sizeof *m);
  if (m == NULL)
    return NULL;

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
  free (m->ops);
  free (m->op_at);
  free (m->results);
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
  for (uint64_t i = 0; i < m->op_count; i++) {
    if (m->results[i].first_step >= cursor && i > 0)
      break;
    if (!vm_machine_do (copy, op_at (m, i), NULL)) {
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

  if (!grow_lists (m)) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }

  uint64_t step = m->tape.cursor_step, end = m->tape.end_operation;
  uint64_t next = vm_machine_op_of_step (m, step);
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
  m->op_at[m->op_count] = op_end (m);
  memcpy (m->ops + m->op_at[m->op_count], op, vm_op_size (op->kind));
  m->results[m->op_count++] = result;
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
  return m->op_count;
}

const struct vm_op *
vm_machine_op (const struct vm_machine *m, uint64_t index)
{
  return index < m->op_count ? op_at (m, index) : NULL;
}

const struct vm_result *
vm_machine_result (const struct vm_machine *m, uint64_t index)
{
  return index < m->op_count ? &m->results[index] : NULL;
}

uint64_t
vm_machine_op_of_step (const struct vm_machine *m, uint64_t n)
{
  uint64_t low = 0, high = m->op_count;

  /* The first operation that ends behind n. */
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (m->results[middle].end_step > n)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
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
  return vm_tape_bytes (&m->tape) + snapshot_bytes (m) + m->op_bytes_room
         + vm_contents_total (m->names.contents)
         + m->op_room * (sizeof *m->op_at + sizeof *m->results);
}
