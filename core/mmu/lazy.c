/* Keeps address spaces loaded that nobody uses for now. */
#include "mmu/lazy.h"

#include "mmu/cpu.h"
#include "mmu/stale.h"

static const uint64_t *
seen_of (const struct vm_state *s, uint32_t cpu, uint32_t mm)
{
  return &s->seen[cpu * VM_MAX_PROCESSES + mm];
}

static bool
is_kernel_thread (const struct vm_state *s, uint32_t process)
{
  return process != VM_NONE && s->processes[process].state == VM_PROCESS_KERNEL;
}

static void
set_lazy (struct vm_tape *t, const struct vm_cpu_run *run, uint32_t lazy)
{
  if (run->lazy != lazy)
    vm_put_u32 (t, &run->lazy, lazy);
}

/* The kernel's own root, as far as this machine has one: no user address is
 * behind it. What was loaded with another root goes, too. */
static void
load_kernel_root (struct vm_tape *t, const struct vm_state *s, uint32_t cpu)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_cpu *c = &s->cpus[cpu];
  const struct vm_flush spaces = {.kind = VM_FLUSH_SPACES};
  uint64_t root = (uint64_t) s->config.kernel_root << g->page_shift;

  vm_put_u64 (t, &c->cr3, g->two_roots ? 0 : root);
  if (g->two_roots && c->root_high != root)
    vm_put_u64 (t, &c->root_high, root);
  if (c->asid != 0)
    vm_put_u32 (t, &c->asid, 0);
  for (uint32_t i = 0; g->register_level != 0 && i < 4; i++)
    vm_put_u64 (t, &c->pdpte[i], vm_stale_register_entry (s, g, cpu, i));
  if (!s->config.asids)
    vm_flush_drop (t, s, cpu, &spaces);
}

/* Whoever runs comes into the kernel before another task can be chosen. */
static void
enter_kernel (struct vm_tape *t, const struct vm_state *s, uint32_t cpu)
{
  const struct vm_cpu *c = &s->cpus[cpu];

  if (!s->config.kpti || c->process == VM_NONE)
    return;
  vm_cpu_enter_mode (t, s, cpu, VM_KERNEL_MODE);
  if (c->mode != VM_KERNEL_MODE)
    vm_put_u32 (t, &c->mode, VM_KERNEL_MODE);
}

/* The reference that one kernel thread has goes on to the next, uncounted. */
static void
take_over (struct vm_tape *t, const struct vm_state *s, uint32_t before,
           uint32_t next)
{
  uint32_t mm = s->processes[before].mm;

  vm_put_u32 (t, &s->tasks[next].active, s->tasks[before].active);
  vm_put_u32 (t, &s->tasks[before].active, 0);
  if (mm == before)
    return;
  vm_put_u32 (t, &s->processes[next].mm, mm);
  vm_put_u32 (t, &s->processes[before].mm, before);
}

static void
borrow (struct vm_tape *t, const struct vm_state *s, uint32_t mm, uint32_t next)
{
  const struct vm_mm_use *use = &s->mm_uses[mm];

  vm_put_u32 (t, &s->processes[next].mm, mm);
  vm_put_u32 (t, &s->tasks[next].active, mm + 1);
  vm_put_u32 (t, &use->borrowers, use->borrowers + 1);
}

static uint32_t
mm_count (const struct vm_state *s, uint32_t mm)
{
  return (s->mms[mm].users > 0) + s->mm_uses[mm].borrowers;
}

/* A kernel thread takes what is there. */
static void
switch_to_kernel (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                  uint32_t next)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  const struct vm_cpu_run *run = &s->runs[cpu];
  uint32_t before = c->process;

  enter_kernel (t, s, cpu);
  if (before == VM_NONE)
    load_kernel_root (t, s, cpu);
  else if (is_kernel_thread (s, before))
    take_over (t, s, before, next);
  else
    borrow (t, s, s->processes[before].mm, next);
  uint32_t mm = s->processes[next].mm;
  bool lazy = mm != next;
  vm_step_leaf (t, VM_STEP_BORROW,
                (uint64_t[VM_STEP_VALUES]){next, lazy ? mm : VM_NONE,
                                           lazy ? mm_count (s, mm) : 0,
                                           s->cpus[cpu].cr3});
  vm_put_u32 (t, &c->process, next);
  set_lazy (t, run, lazy);
  vm_count (t, &run->lazy_switches);
  if (lazy)
    vm_count (t, &run->avoided);
}

/* The flush that a lazy processor was spared. */
static void
make_up (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
         uint32_t next, uint32_t mm)
{
  const struct vm_cpu_run *run = &s->runs[cpu];
  struct vm_flush flush = {
      .kind = s->config.asids ? VM_FLUSH_ASID : VM_FLUSH_SPACES,
      .asid = vm_asid_of (s, next),
      .both = s->config.kpti,
  };

  vm_flush_tell (t, s, cpu, &flush, next);
  vm_count (t, &run->root_writes);
  vm_count (t, &run->flushes);
  vm_count (t, &run->late);
  vm_lazy_saw (t, s, cpu, mm);
}

/* Back to an address space that stayed loaded meanwhile. */
static void
switch_back (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
             uint32_t before, uint32_t next)
{
  uint32_t mm = s->processes[next].mm;
  uint64_t seen = *seen_of (s, cpu, mm), now = s->mm_uses[mm].generation;
  bool stale = seen != now || s->mms[mm].behind >> cpu & 1;

  vm_step_begin (
      t, VM_STEP_GENERATION,
      (uint64_t[VM_STEP_VALUES]){next, seen, now, stale, s->cpus[cpu].cr3});
  vm_put_u32 (t, &s->processes[before].mm, before);
  vm_put_u32 (t, &s->cpus[cpu].process, next);
  set_lazy (t, &s->runs[cpu], 0);
  if (stale)
    make_up (t, s, cpu, next, mm);
  else
    vm_count (t, &s->runs[cpu].avoided);
  vm_step_end (t);
}

bool
vm_lazy_with (const struct vm_state *s, uint32_t cpu, uint32_t mm)
{
  return s->runs[cpu].lazy && s->processes[s->cpus[cpu].process].mm == mm;
}

void
vm_lazy_raise (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  if (s->config.cpus > 1 || s->kernel_threads > 0)
    vm_count (t, &s->mm_uses[mm].generation);
}

void
vm_lazy_saw (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
             uint32_t mm)
{
  const uint64_t *seen = seen_of (s, cpu, mm);

  if (*seen != s->mm_uses[mm].generation)
    vm_put_u64 (t, seen, s->mm_uses[mm].generation);
  if (s->mms[mm].behind >> cpu & 1)
    vm_put_u32 (t, &s->mms[mm].behind, s->mms[mm].behind & ~(1u << cpu));
}

bool
vm_lazy_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                uint32_t next)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  uint32_t before = c->process;

  vm_tape_at (t, cpu, VM_TLB_DATA);
  if (is_kernel_thread (s, next)) {
    switch_to_kernel (t, s, cpu, next);
    return true;
  }
  if (before == VM_NONE || s->processes[before].mm != s->processes[next].mm)
    return false;
  if (is_kernel_thread (s, before)) {
    switch_back (t, s, cpu, before, next);
    return true;
  }
  enter_kernel (t, s, cpu);
  vm_step_leaf (t, VM_STEP_SAME_SPACE,
                (uint64_t[VM_STEP_VALUES]){next, before, c->cr3});
  vm_put_u32 (t, &c->process, next);
  vm_count (t, &s->runs[cpu].same_space);
  vm_count (t, &s->runs[cpu].avoided);
  return true;
}

void
vm_lazy_over (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
              uint32_t before)
{
  if (before == VM_NONE)
    return;
  uint32_t mm = s->processes[before].mm;

  uint32_t now = s->cpus[cpu].process;

  /* Without numbers all entries went with the root. */
  if (!s->config.asids && (now == VM_NONE || mm != s->processes[now].mm))
    vm_lazy_saw (t, s, cpu, mm);
  if (!is_kernel_thread (s, before))
    return;
  set_lazy (t, &s->runs[cpu], 0);
  if (mm != before)
    vm_put_u32 (t, &s->processes[before].mm, before);
}

void
vm_lazy_leave (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
               uint32_t from)
{
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    uint32_t thread = s->cpus[cpu].process;
    if (!vm_lazy_with (s, cpu, mm))
      continue;
    const struct vm_flush spaces = {.kind = VM_FLUSH_SPACES};
    uint32_t dropped = s->config.asids ? 0 : vm_flush_count (s, cpu, &spaces);
    vm_tape_at (t, cpu, VM_TLB_DATA);
    vm_step_begin (t, VM_STEP_LAZY_LEAVE,
                   (uint64_t[VM_STEP_VALUES]){thread, mm, dropped, from});
    load_kernel_root (t, s, cpu);
    if (!s->config.asids)
      vm_lazy_saw (t, s, cpu, mm);
    vm_put_u32 (t, &s->processes[thread].mm, thread);
    set_lazy (t, &s->runs[cpu], 0);
    vm_count (t, &s->runs[cpu].left);
    if (cpu != from)
      vm_count (t, &s->counters.interrupts);
    vm_step_end (t);
  }
  vm_tape_at (t, from, VM_TLB_DATA);
}
