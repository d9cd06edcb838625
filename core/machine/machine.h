/* The machine: the one command that everything outside the core calls.
 *
 * An operation ("map process=A va=0x1000 frame=5 flags=rwu") is parsed into a
 * struct vm_op and run to its end by vm_machine_do, which appends its steps to
 * the tape. The reader then moves a cursor over the steps, in any order. The
 * list of operations is the truth: state and tape can always be rebuilt from
 * it, and are, when a step is wanted that the tape has forgotten. */
#ifndef VM_MACHINE_H
#define VM_MACHINE_H

#include "machine/ops.h"
#include "mmu/geometry.h"
#include "mmu/pte.h"
#include "tape/memory.h"
#include "tape/tape.h"

struct vm_machine;

/* Page faults that one access can need: a stack that grows and a page that is
 * read first are done with after two. */
#define VM_MAX_HANDLED 4

/* What an operation came to. */
struct vm_result {
  enum vm_op_kind kind;
  uint32_t process;                  /* index of the process it was about */
  uint32_t made;                     /* of one that it made, else VM_NONE */
  struct vm_translation translation; /* of an access */
  vm_vaddr va;     /* of an access: where a segment led to, if it took one */
  uint64_t value;  /* what a call returned */
  uint8_t refused; /* enum vm_errno: why it did not */
  uint8_t signal;  /* enum vm_signal that an access ended in */
  uint8_t signal_code; /* enum vm_signal_code */
  uint8_t handled;     /* page faults that the kernel answered */
  struct {
    uint8_t action; /* enum vm_action */
    uint8_t major;
  } faults[VM_MAX_HANDLED];
  uint64_t first_step, end_step; /* its steps: [first_step, end_step) */
};

/* An empty machine, or NULL if the host gives no memory. */
struct vm_machine *vm_machine_new (void);
void vm_machine_free (struct vm_machine *machine);

/* A machine that is what this one is at its cursor's operation: it runs the
 * operations up to the one that contains the cursor again, and stands at the
 * same step. NULL if the host gives no memory. */
struct vm_machine *vm_machine_clone (const struct vm_machine *machine);

/* Brings bytes in, which are copied: from now on content=NAME of an operation
 * means them. *number gets the number by which the state knows them; it may be
 * NULL. False and *error if the name means others already, or there is no
 * room. */
bool vm_machine_bring (struct vm_machine *machine, const char *name,
                       const uint8_t *bytes, uint64_t size, uint32_t *number,
                       struct vm_error *error);

/* The bytes of a content by its number (vm_file.content, vm_file.path), and how
 * many: never NULL. They are valid, and the same, for as long as the machine
 * lives. */
const uint8_t *vm_machine_content (const struct vm_machine *machine,
                                   uint32_t number, uint64_t *size);

/* Parses one line of a script. Names are interned in the machine. An empty or
 * comment line gives VM_OP_NONE. False and *error if it is malformed. */
bool vm_machine_parse (struct vm_machine *machine, const char *line,
                       struct vm_op *op, struct vm_error *error);

/* Runs an operation to its end. When the cursor stands before the end, what
 * lies after it is forgotten; inside an operation that is refused. False and
 * *error if it cannot be done: then nothing has changed or is forgotten. */
bool vm_machine_do (struct vm_machine *machine, const struct vm_op *op,
                    struct vm_error *error);

/* Parses and runs a line. */
bool vm_machine_do_line (struct vm_machine *machine, const char *line,
                         struct vm_error *error);

/* Makes the state what it was after the first n steps, 0 <= n <= step count:
 * by deltas where the tape has them, else from the nearest snapshot by running
 * operations again. Step n, if there is one, can then be looked at. False if n
 * is too large. */
bool vm_machine_seek (struct vm_machine *machine, uint64_t n);

uint64_t vm_machine_cursor (const struct vm_machine *machine);
uint64_t vm_machine_step_count (const struct vm_machine *machine);

/* The state at the cursor. The pointer stays valid as long as the machine. */
const struct vm_state *vm_machine_state (const struct vm_machine *machine);

/* Step n (0-based: the step that leads from n to n + 1). NULL if it does not
 * exist, or is not on the tape: seek near it first. */
const struct vm_step *vm_machine_step (const struct vm_machine *machine,
                                       uint64_t n);

/* The tape, for looking at deltas. */
const struct vm_tape *vm_machine_tape (const struct vm_machine *machine);

/* The operations so far, in order, and what each came to. The pointers stay
 * until the next operation, or, of a list of many ten thousands, until some
 * hundreds of others were asked for. */
uint64_t vm_machine_op_count (const struct vm_machine *machine);
const struct vm_op *vm_machine_op (const struct vm_machine *machine,
                                   uint64_t index);
const struct vm_result *vm_machine_result (const struct vm_machine *machine,
                                           uint64_t index);

/* The operation that step n belongs to. */
uint64_t vm_machine_op_of_step (const struct vm_machine *machine, uint64_t n);

/* The geometry; NULL before the operation "machine". */
const struct vm_geometry *vm_machine_geometry (const struct vm_machine *m);

/* The same wherever the cursor stands: what the operation "machine" builds.
 * NULL if none was run. */
const struct vm_geometry *
vm_machine_built_geometry (const struct vm_machine *m);

/* An interned name; never NULL. Names are append-only: one given out is valid,
 * and means the same, for as long as the machine lives. */
const char *vm_machine_name (const struct vm_machine *machine, uint32_t id);

/* The numbers of a list that is the value of a parameter, and how many. */
const uint64_t *vm_machine_list (const struct vm_machine *machine,
                                 uint64_t list, uint32_t *count);

/* The index of a process at the cursor, or VM_NONE. */
uint32_t vm_machine_process_named (const struct vm_machine *machine,
                                   const char *name);

/* Host memory that state, tape, snapshots and operation list fill, in bytes:
 * below 224 MiB and one operation's changes, after which operations are
 * refused (VM_ERROR_TOO_MANY, of operations). */
uint64_t vm_machine_bytes (const struct vm_machine *machine);

#endif
