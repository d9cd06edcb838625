/* The out-of-memory killer: nothing can be freed, so that somebody must die.
 *
 *   page fault -> reclaim frees nothing -> outcome "starved"   (mm)
 *        ^                                      |
 *        |                                      v
 *        +---- tried again <---- the process with the highest score is killed
 *
 *   score = pages in memory + pages in swap + page tables
 *           + oom_score_adj / 1000 of all memory and swap
 *
 * A process with an oom_score_adj of -1000 is never killed. Of equal scores the
 * later process dies. A process that may have no more pages of its own
 * (resident=) kills nobody but itself. Rules: mm/oom_kill.c (oom_badness,
 * oom_evaluate_task) of Linux 6.x; what is left out: the pause in which a dying
 * process gets frames of the reserve, for processes die at once here. */
#ifndef VM_OOM_H
#define VM_OOM_H

#include "process/user.h"

#define VM_OOM_NEVER (-1000)

/* A process's score; INT64_MIN: it may not be killed. */
int64_t vm_oom_score (const struct vm_state *s, uint32_t process);

/* After a fault of a process ended starved: kills somebody, told as steps.
 * Returns who; VM_NONE: there is nobody. */
uint32_t vm_oom_kill (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process, const struct vm_handled *handled);

/* The whole answer to such an end: true if the fault may be tried again,
 * because somebody else was killed. */
bool vm_oom_relieve (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, const struct vm_handled *handled);

#endif
