/* Goes past accesses of a replay quickly, to come to one that is of interest.
 *
 *   skim ..................................> settle > run .......> access n
 *   which page lies in which frame, who       page      all of it,
 *   was written to: policies alone            tables    TLBs, too
 *
 * Which pages lie in memory depends on the policy alone, not on what the
 * processor does: that can be left out until shortly before. Page tables are
 * then made to fit memory. TLBs begin empty, and after a while they hold what
 * they would hold had nothing been left out; vm_replay_is_sure says when.
 *
 * Why it can be sure: what such a TLB holds, the true one holds, too, for both
 * are given the same accesses, and the true one was never emptier. So a set
 * that is full once is the true set from then on. And in a set that never was,
 * every page used since is still there; the true set can hold another one only
 * if that lies in memory, but was not used since. */
#ifndef VM_SKIM_H
#define VM_SKIM_H

#include "replay/replay.h"

/* Goes past count records after those before. next is for OPT, as of
 * vm_replay_run_knowing, else NULL. Faults, evictions, writebacks and accesses
 * are counted, but nothing of the processor is. Only for a replay that was not
 * run otherwise; it cannot be run before it is settled. False and *error as of
 * vm_replay_run; page tables cannot outgrow memory. */
bool vm_replay_skim (struct vm_replay *replay, const vm_record *records,
                     const uint32_t *next, size_t count,
                     struct vm_error *error);

/* Page tables say what lies in memory, and the TLBs are empty: from here on the
 * replay can be run. False and *error if it cannot be. */
bool vm_replay_settle (struct vm_replay *replay, struct vm_error *error);

/* True if the TLBs hold what they would hold had no access been skimmed. With
 * two levels of TLBs nobody knows. */
bool vm_replay_is_sure (const struct vm_replay *replay);

#endif
