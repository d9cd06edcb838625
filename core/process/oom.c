/* Kills processes when memory is short. */
#include "process/oom.h"

#include "mm/account.h"
#include "process/process.h"

/* What the shell sees of a process that SIGKILL ended. */
#define KILLED 137

static int64_t
adjustment_of (const struct vm_state *s, uint32_t process)
{
  return (int32_t) s->processes[process].oom_adjust;
}

static bool
can_be_killed (const struct vm_state *s, uint32_t process)
{
  const struct vm_process *p = &s->processes[process];

  return (p->state == VM_PROCESS_RUNNING || p->state == VM_PROCESS_WAITING)
         && s->mms[p->mm].managed && adjustment_of (s, process) != VM_OOM_NEVER;
}

int64_t
vm_oom_score (const struct vm_state *s, uint32_t process)
{
  const struct vm_mm *mm = vm_mm_of (s, process);
  int64_t total = (int64_t) vm_account_all (s);

  if (!can_be_killed (s, process))
    return INT64_MIN;
  return (int64_t) (vm_account_rss (mm) + mm->swapped + mm->tables)
         + adjustment_of (s, process) * total / 1000;
}

static void
tell_score (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            int64_t score)
{
  const struct vm_mm *mm = vm_mm_of (s, process);

  vm_step_leaf (t, VM_STEP_OOM_SCORE,
                (uint64_t[VM_STEP_VALUES]){
                    process, (uint64_t) score, vm_account_rss (mm), mm->swapped,
                    mm->tables, (uint64_t) adjustment_of (s, process)});
}

/* The process with the highest score. */
static uint32_t
choose (struct vm_tape *t, const struct vm_state *s)
{
  uint32_t chosen = VM_NONE;
  int64_t most = INT64_MIN;

  for (uint32_t i = 0; i < s->process_count; i++) {
    int64_t score = vm_oom_score (s, i);
    if (score == INT64_MIN)
      continue;
    tell_score (t, s, i, score);
    if (score < most)
      continue;
    chosen = i;
    most = score;
  }
  return chosen;
}

static void
kill_one (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_process *p = &s->processes[process];

  vm_process_exit (t, s, process, KILLED);
  if (p->state == VM_PROCESS_ZOMBIE)
    vm_put_u8 (t, &p->signal, VM_SIGKILL);
}

uint32_t
vm_oom_kill (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             const struct vm_handled *handled)
{
  vm_step_begin (t, VM_STEP_OOM,
                 (uint64_t[VM_STEP_VALUES]){process, s->free_count});
  uint32_t victim = handled->confined ? process : choose (t, s);
  if (victim != VM_NONE && !vm_tape_failed (t)) {
    vm_put_u64 (t, &s->counters.oom_kills, s->counters.oom_kills + 1);
    vm_step_begin (t, VM_STEP_OOM_KILL,
                   (uint64_t[VM_STEP_VALUES]){
                       victim, (uint64_t) vm_oom_score (s, victim)});
    uint32_t mm = s->processes[victim].mm;
    /* Whoever has the same pages goes, too: else none would be free. */
    for (uint32_t i = s->process_count; i-- > 0;)
      if (s->processes[i].mm == mm && can_be_killed (s, i))
        kill_one (t, s, i);
    vm_step_end (t);
  }
  vm_step_end (t);
  return victim;
}

bool
vm_oom_relieve (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                const struct vm_handled *handled)
{
  if (!handled->starved || vm_tape_failed (t))
    return false;
  uint32_t victim = vm_oom_kill (t, s, process, handled);
  if (victim == VM_NONE)
    vm_step_leaf (
        t, VM_STEP_SIGNAL,
        (uint64_t[VM_STEP_VALUES]){process, VM_SIGKILL, VM_CODE_NO_MEMORY, 0});
  return victim != VM_NONE && s->processes[process].state == VM_PROCESS_RUNNING
         && !vm_tape_failed (t);
}
