/* Makes processes, finds them, and takes leave of them. */
#include "process/process.h"

#include "mm/entries.h"
#include "mm/mlock.h"
#include "mm/mmap.h"
#include "mm/resident_set.h"
#include "mm/region_tree.h"
#include "mmu/cpu.h"
#include "mmu/lazy.h"
#include "process/arena.h"
#include "process/exec.h"
#include "process/lives.h"
#include "process/task.h"

/* No processor may find the address space's pages any more. Without numbers
 * of address spaces only one that runs it can. */
static void
forget_pages (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  struct vm_flush flush = {
      .kind = VM_FLUSH_ASID,
      .asid = s->config.asids ? vm_asid_of (s, process) : VM_ANY_ASID,
      .both = s->config.kpti,
  };
  uint32_t mm = s->processes[process].mm;

  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    uint32_t running = s->cpus[cpu].process;
    bool runs = running != VM_NONE && s->processes[running].mm == mm;
    if (runs || s->config.asids)
      vm_flush_drop (t, s, cpu, &flush);
  }
}

static void
clear_words (struct vm_tape *t, const void *record, size_t size)
{
  const uint32_t *words = (const uint32_t *) record;

  for (size_t i = 0; i < size / sizeof *words; i++)
    if (words[i] != 0)
      vm_put_u32 (t, &words[i], 0);
}

/* A kernel thread still walks the top-level tables: only what is below them
 * goes, and all that the kernel knew of the space but where they lie. */
static void
keep_roots (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_mm *mm = vm_mm_of (s, process);
  uint32_t root = mm->root, user_root = mm->user_root, tables;

  vm_entry_empty (t, s, process);
  tables = mm->tables;
  clear_words (t, mm, sizeof *mm);
  vm_put_u32 (t, &mm->root, root);
  vm_put_u32 (t, &mm->tables, tables);
  if (user_root != 0)
    vm_put_u32 (t, &mm->user_root, user_root);
}

/* A place for an address space: that of its process, unless somebody still has
 * what was made there. */
static uint32_t
mm_place (const struct vm_state *s, uint32_t process)
{
  return vm_mm_lives (s, process) ? vm_process_next (s) : process;
}

uint32_t
vm_process_next (const struct vm_state *s)
{
  uint32_t i = 0;

  /* An address space may outlive the process that it was made for. */
  while (i < s->process_count
         && (s->processes[i].state != VM_PROCESS_FREE || vm_mm_lives (s, i)
             || vm_task_in_use (s, i)))
    i++;
  return i;
}

bool
vm_process_create (struct vm_tape *t, const struct vm_state *s, uint32_t name,
                   uint32_t *index, struct vm_error *error)
{
  *index = vm_process_take_place (t, s, name, VM_NONE);
  if (*index == VM_NONE) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "process", 0, 0,
                        VM_MAX_PROCESSES);
    return false;
  }
  return vm_process_make_mm (t, s, *index, error);
}

bool
vm_process_create_domain (struct vm_tape *t, const struct vm_state *s,
                          uint32_t name, uint32_t *index,
                          struct vm_error *error)
{
  if (!vm_process_create (t, s, name, index, error))
    return false;
  vm_put_u8 (t, &s->processes[*index].state, VM_PROCESS_DOMAIN);
  vm_put_u32 (t, &s->processes[*index].pid, 0);
  vm_put_u32 (t, &s->next_pid, s->next_pid - 1);
  return true;
}

uint32_t
vm_process_find (const struct vm_state *s, uint32_t name)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].state != VM_PROCESS_FREE
        && s->processes[i].name == name)
      return i;
  return VM_NONE;
}

uint32_t
vm_process_take_place (struct vm_tape *t, const struct vm_state *s,
                       uint32_t name, uint32_t parent)
{
  uint32_t i = vm_process_next (s);
  const struct vm_process *p = &s->processes[i];

  if (i == VM_MAX_PROCESSES)
    return VM_NONE;
  if (i == s->process_count)
    vm_put_u32 (t, &s->process_count, i + 1);
  vm_put_u32 (t, &p->name, name);
  vm_put_u32 (t, &p->pid, VM_FIRST_PID + s->next_pid);
  vm_put_u32 (t, &s->next_pid, s->next_pid + 1);
  vm_put_u32 (t, &p->parent, parent);
  vm_put_u8 (t, &p->state, VM_PROCESS_RUNNING);
  if (parent != VM_NONE)
    vm_put_u32 (t, &s->processes[parent].children,
                s->processes[parent].children + 1);
  return i;
}

bool
vm_process_make_mm (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, struct vm_error *error)
{
  uint32_t mm = mm_place (s, process);

  if (mm == VM_MAX_PROCESSES) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "process", 0, 0,
                        VM_MAX_PROCESSES);
    return false;
  }
  if (mm == s->process_count)
    vm_put_u32 (t, &s->process_count, mm + 1);
  vm_put_u32 (t, &s->processes[process].mm, mm);
  vm_put_u32 (t, &s->mms[mm].users, 1);
  /* Where there is no paging yet, tables come with the first page. */
  return s->config.way != VM_WAY_PAGING
         || vm_space_make_root (t, s, process, error);
}

void
vm_process_drop_mm (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process)
{
  uint32_t number = s->processes[process].mm;
  const struct vm_mm *mm = &s->mms[number];

  if (mm->users > 1) {
    vm_put_u32 (t, &mm->users, mm->users - 1);
    vm_process_leave_processors (t, s, process);
    return;
  }
  if (mm->tables > 1u + (mm->user_root != 0))
    vm_lazy_leave (t, s, number, vm_space_cpu_of (s, process));
  for (uint32_t r = vm_tree_first (s, number); r != 0 && !vm_tape_failed (t);
       r = vm_tree_first (s, number)) {
    const struct vm_region *region = vm_region_at (s, r);
    vm_munmap (t, s, process, region->start, region->end - region->start);
  }
  vm_unpin (t, s, process, 0, UINT64_MAX);
  vm_set_forget (t, s, number);
  if (vm_tape_failed (t))
    return;
  forget_pages (t, s, process);
  vm_process_leave_processors (t, s, process);
  vm_heap_forget (t, s, number);
  vm_exec_forget (t, s, number);
  if (s->mm_uses[number].borrowers > 0) {
    keep_roots (t, s, process);
    return;
  }
  vm_entry_free_all (t, s, process);
  vm_process_forget_mm (t, s, number);
}

void
vm_process_forget_mm (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  const struct vm_flush flush = {
      .kind = VM_FLUSH_ASID,
      .asid = s->config.asids ? mm + 1 : VM_ANY_ASID,
      .both = s->config.kpti,
  };

  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    const uint64_t *seen = &s->seen[cpu * VM_MAX_PROCESSES + mm];
    if (*seen != 0)
      vm_put_u64 (t, seen, 0);
    if (s->config.asids)
      vm_flush_drop (t, s, cpu, &flush);
  }
  vm_entry_free_roots (t, s, mm);
  clear_words (t, &s->mms[mm], sizeof s->mms[mm]);
  clear_words (t, &s->mm_uses[mm], sizeof s->mm_uses[mm]);
}

/* Entries without the number of an address space mean the one that is loaded:
 * they go. */
void
vm_process_leave_processors (struct vm_tape *t, const struct vm_state *s,
                             uint32_t process)
{
  const struct vm_flush spaces = {.kind = VM_FLUSH_SPACES};

  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    if (s->cpus[cpu].process != process)
      continue;
    if (!s->config.asids)
      vm_flush_drop (t, s, cpu, &spaces);
    vm_put_u32 (t, &s->cpus[cpu].process, VM_NONE);
    vm_put_u64 (t, &s->cpus[cpu].cr3, 0);
    vm_lazy_over (t, s, cpu, process);
  }
}

void
vm_process_reap (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_process *p = &s->processes[process];

  vm_step_leaf (t, VM_STEP_REAP,
                (uint64_t[VM_STEP_VALUES]){process, p->status, p->parent});
  if (p->parent != VM_NONE)
    vm_put_u32 (t, &s->processes[p->parent].children,
                s->processes[p->parent].children - 1);
  clear_words (t, p, sizeof *p);
  clear_words (t, &s->tasks[process], sizeof s->tasks[process]);
}
