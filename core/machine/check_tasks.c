/* Counts what tasks have anew. */
#include "machine/check_tasks.h"

#include "mmu/lazy.h"
#include "mmu/shootdown.h"
#include "process/task.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

/* Does a task still have its objects? */
static bool
lives (const struct vm_state *s, uint32_t process)
{
  return vm_process_has_space (&s->processes[process])
         || s->processes[process].state == VM_PROCESS_KERNEL;
}

struct count {
  uint32_t mm, borrowers, files, fs, sighand, threads;
};

static struct count
count_for (const struct vm_state *s, uint32_t index)
{
  struct count n = {0};

  for (uint32_t i = 0; i < s->process_count; i++) {
    if (!lives (s, i))
      continue;
    n.mm += vm_process_has_space (&s->processes[i])
            && s->processes[i].mm == index;
    n.borrowers += s->tasks[i].active == index + 1;
    n.files += vm_task_files (s, i) == index;
    n.fs += vm_task_fs (s, i) == index;
    n.sighand += vm_task_sighand (s, i) == index;
    n.threads += s->tasks[i].group == index + 1;
  }
  return n;
}

/* Of an object that was never shared nothing is noted. */
static bool
agrees (uint32_t noted, uint32_t counted)
{
  return noted == counted || (noted == 0 && counted == 1);
}

static bool
check_counts (const struct vm_state *s, uint32_t i,
              struct vm_check_report *report)
{
  struct count n = count_for (s, i);
  const struct vm_shares *shares = &s->shares[i];

  if (s->mms[i].users != n.mm)
    return broken (report, "an address space counts its users", i,
                   s->mms[i].users, n.mm);
  if (s->mm_uses[i].borrowers != n.borrowers)
    return broken (report, "an address space counts its borrowers", i,
                   s->mm_uses[i].borrowers, n.borrowers);
  if (!agrees (shares->files, n.files))
    return broken (report, "descriptors count their users", i, shares->files,
                   n.files);
  if (!agrees (shares->fs, n.fs))
    return broken (report, "a folder counts its users", i, shares->fs, n.fs);
  if (!agrees (shares->sighand, n.sighand))
    return broken (report, "signal handlers count their users", i,
                   shares->sighand, n.sighand);
  if (s->tasks[i].threads != n.threads)
    return broken (report, "a leader counts its threads", i,
                   s->tasks[i].threads, n.threads);
  return true;
}

/* What clone demands of threads holds for as long as they live. */
static bool
check_group (const struct vm_state *s, uint32_t i,
             struct vm_check_report *report)
{
  uint32_t leader = vm_task_leader (s, i);

  if (leader == i || !lives (s, i) || !lives (s, leader))
    return true;
  if (s->processes[i].mm != s->processes[leader].mm)
    return broken (report, "threads of a group share memory", i, leader,
                   s->processes[i].mm);
  if (vm_task_sighand (s, i) != vm_task_sighand (s, leader))
    return broken (report, "threads of a group share signal handlers", i,
                   leader, vm_task_sighand (s, i));
  return true;
}

/* A processor that is lazy runs a kernel thread with somebody's memory. */
static bool
check_lazy (const struct vm_state *s, uint32_t cpu,
            struct vm_check_report *report)
{
  uint32_t process = s->cpus[cpu].process;
  bool borrows = process != VM_NONE
                 && s->processes[process].state == VM_PROCESS_KERNEL
                 && s->processes[process].mm != process;

  if (s->runs[cpu].lazy != borrows)
    return broken (report, "a processor is lazy while it borrows", cpu,
                   s->runs[cpu].lazy, process);
  if (borrows && s->tasks[process].active != s->processes[process].mm + 1)
    return broken (report, "what is borrowed is referred to", cpu, process,
                   s->tasks[process].active);
  return true;
}

/* Whoever uses an address space has flushed for each change of it. */
static bool
check_generation (const struct vm_state *s, uint32_t cpu,
                  struct vm_check_report *report)
{
  uint32_t process = s->cpus[cpu].process;

  if (process == VM_NONE || s->runs[cpu].lazy
      || s->processes[process].state == VM_PROCESS_KERNEL
      || s->config.shootdown != VM_SHOOTDOWN_ON)
    return true;
  uint32_t mm = s->processes[process].mm;
  uint64_t seen = s->seen[cpu * VM_MAX_PROCESSES + mm];
  if (seen != s->mm_uses[mm].generation)
    return broken (report, "a processor has heard of what it runs", cpu, seen,
                   s->mm_uses[mm].generation);
  if (s->mms[mm].behind >> cpu & 1)
    return broken (report, "a processor owes no flush of what it runs", cpu, mm,
                   s->mms[mm].behind);
  return true;
}

/* A translation that its owner has lost is of no use to the processor: that
 * will flush before it can be, or has been told not to. */
static bool
check_stale (const struct vm_state *s, uint32_t cpu,
             struct vm_check_report *report)
{
  uint32_t process = s->cpus[cpu].process;
  uint32_t first = cpu * VM_MAX_TLB_ENTRIES;

  if (process == VM_NONE || s->config.edited || s->runs[cpu].lazy
      || vm_mm_of (s, process)->managed != 1
      || s->config.shootdown != VM_SHOOTDOWN_ON)
    return true;
  uint32_t number = s->config.asids ? s->processes[process].mm + 1 : 0;
  for (uint32_t i = first; i < first + vm_tlb_entries (s); i++) {
    const struct vm_tlb_entry *entry = &s->tlb[i];
    uint32_t asid = entry->asid & ~(s->config.kpti ? VM_ASID_USER : 0);
    if (entry->valid && entry->stale && (asid == 0 || asid == number))
      return broken (report, "no processor can use what was taken away", cpu, i,
                     entry->page);
  }
  return true;
}

bool
vm_check_tasks (const struct vm_state *s, struct vm_check_report *report)
{
  uint32_t kernel = 0;

  for (uint32_t i = 0; i < s->process_count; i++) {
    kernel += s->processes[i].state == VM_PROCESS_KERNEL;
    if (!check_counts (s, i, report) || !check_group (s, i, report))
      return false;
  }
  if (kernel != s->kernel_threads)
    return broken (report, "kernel threads are counted", s->kernel_threads,
                   kernel, 0);
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (!check_lazy (s, cpu, report) || !check_generation (s, cpu, report)
        || !check_stale (s, cpu, report))
      return false;
  return true;
}
