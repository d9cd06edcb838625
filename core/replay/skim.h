/* Goes past accesses of a replay quickly, to come to one that is of interest.
 *
 *   skim ..................................> settle > run access n
 *   which page lies in which frame, who       page
 *   was written to; which pages TLBs hold,    tables,
 *   in order of use                           TLBs
 *
 * Which pages lie in memory depends on the policy alone, and which of them the
 * TLBs hold on the order of use alone. Entries of page tables are not written
 * and not read before somebody wants to look; tables are made when they would
 * be, for they take memory, and some empty the TLBs. So all that can be seen of
 * a replay after it is settled is as if all had been run. */
#ifndef VM_SKIM_H
#define VM_SKIM_H

#include "replay/future.h"
#include "replay/replay.h"

/* Goes past count records after those before. next is for OPT, as of
 * vm_replay_run_knowing, else NULL. Counts what vm_replay_run does, but for
 * kinds, walks and entries read. Only for a replay that was not run otherwise;
 * it cannot be run before it is settled. False and *error as of vm_replay_run.
 */
bool vm_replay_skim (struct vm_replay *replay, const vm_record *records,
                     const uint32_t *next, size_t count,
                     struct vm_error *error);

/* The same for accesses of a whole trace that is kept, from where the replay
 * stands, processes included. All before must have been skimmed so, too. */
bool vm_replay_skim_kept (struct vm_replay *replay,
                          const struct vm_future *future, uint64_t count,
                          struct vm_error *error);

/* Page tables and TLBs say what is known: from here on the replay can be run.
 * False and *error if the host gives no memory. */
bool vm_replay_settle (struct vm_replay *replay, struct vm_error *error);

#endif
