/* What the tests of the simulation share. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <glib.h>

#include "machine/check.h"
#include "machine/machine.h"
#include "tape/snapshot.h"

/* The next number of a row that its start decides. */
uint64_t random_next (uint64_t *seed);

/* One of 0 ... end - 1; end > 0. */
uint64_t random_below (uint64_t *seed, uint64_t end);

/* True in percent of a hundred cases. */
bool random_chance (uint64_t *seed, uint32_t percent);

/* Parses and runs a line that must succeed; returns what it came to, valid
 * until the next operation. */
const struct vm_result *run (struct vm_machine *m, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Parses and runs a line that must be refused with that error, and must change
 * nothing. Returns the error. */
struct vm_error refused (struct vm_machine *m, enum vm_error_code code,
                         const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Runs a line with the tape full after so many changes more; false if that was
 * too few, and nothing else was wrong. */
bool run_short (struct vm_machine *m, const char *line, uint64_t changes);

/* Stops with the name of the broken rule if an invariant does not hold. */
void assert_holds (const struct vm_machine *m, enum vm_check_depth depth);

/* Stops if the state at the tape's cursor is not, byte by byte, what the
 * snapshot kept. */
void assert_same_state (const struct vm_tape *tape,
                        const struct vm_snapshot *kept);

/* A step has one state, whether it is reached from before or from behind: at
 * random ones of all. */
void check_both_ways (struct vm_machine *m, uint64_t *seed);

/* What was kept at the ends of operations, byte by byte, is found again in any
 * order: ends are step numbers, ascending. */
void check_kept (struct vm_machine *m, const struct vm_snapshot *kept,
                 const uint64_t *ends, uint32_t count, uint64_t *seed);

/* The tape under a state of its own, for tests that need no machine. */
struct bench {
  struct vm_state *state;
  struct vm_tape tape;
};

void bench_init (struct bench *bench);
void bench_done (struct bench *bench);

/* The state of a machine, with the right to break it. */
static inline struct vm_state *
writable (const struct vm_machine *m)
{
  return (struct vm_state *) (uintptr_t) vm_machine_state (m);
}

#endif
