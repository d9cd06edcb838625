/* Tells every processor that may hold a mapping that it changed. */
#include "mmu/shootdown.h"

#include "mmu/cpu.h"
#include "mmu/lazy.h"
#include "mmu/stale.h"

/* What to remove on a processor. */
static struct vm_flush
flush_of (const struct vm_state *s, const struct vm_changed *changed)
{
  bool any = changed->shared || !s->config.asids;

  return (struct vm_flush){
      .kind = VM_FLUSH_ADDRESS,
      .va = changed->va,
      .asid = any ? VM_ANY_ASID : vm_asid_of (s, changed->process),
      .both = s->config.kpti,
      .pages = changed->pages,
  };
}

/* Does the processor use the mapping now? */
static bool
runs (const struct vm_state *s, uint32_t cpu, const struct vm_changed *changed)
{
  uint32_t running = s->cpus[cpu].process;

  return changed->shared
         || (running != VM_NONE
             && s->processes[running].mm == s->processes[changed->process].mm);
}

static void
tell (struct vm_tape *t, enum vm_step_kind kind, uint32_t cpu,
      const struct vm_changed *changed, uint32_t count, uint32_t other)
{
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_leaf (t, kind,
                (uint64_t[VM_STEP_VALUES]){changed->process, changed->va.v,
                                           count, other});
}

/* Marks the entries of a processor that nobody drops for now. Returns how many
 * they are. */
static uint32_t
mark_stale (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
            const struct vm_flush *flush)
{
  uint32_t first = cpu * VM_MAX_TLB_ENTRIES;
  uint32_t count = 0;

  for (uint32_t i = first; i < first + vm_tlb_entries (s); i++) {
    if (!vm_flush_takes (flush, &s->tlb[i]))
      continue;
    if (!s->tlb[i].stale)
      vm_put_u8 (t, &s->tlb[i].stale, 1);
    count++;
  }
  return count;
}

/* Can a processor hold the page for this process at all? One that does not run
 * it only where entries are tagged. */
static bool
may_hold (const struct vm_state *s, uint32_t cpu,
          const struct vm_changed *changed)
{
  return runs (s, cpu, changed) || vm_asid_of (s, changed->process) != 0;
}

/* The entries, if any, stay until something flushes them: those of the TLB,
 * and, where tables were taken away, those of upper levels that led there. */
static void
owe (struct vm_tape *t, const struct vm_state *s, enum vm_step_kind kind,
     uint32_t cpu, const struct vm_changed *changed)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_flush flush = flush_of (s, changed);
  uint32_t count = vm_flush_count (s, cpu, &flush);
  uint32_t upper = vm_stale_upper_count (s, g, cpu, &flush);

  if ((count == 0 && upper == 0) || !may_hold (s, cpu, changed))
    return;
  if (count > 0 || kind == VM_STEP_BEHIND)
    tell (t, kind, cpu, changed, count + upper, 0);
  mark_stale (t, s, cpu, &flush);
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_stale_upper_mark (t, s, g, cpu, &flush, kind == VM_STEP_OWE);
  if (kind != VM_STEP_BEHIND)
    return;
  const struct vm_mm *mm = vm_mm_of (s, changed->process);
  vm_put_u32 (t, &mm->behind, mm->behind | 1u << cpu);
}

/* Is there no hurry? */
static bool
is_lazy (const struct vm_state *s, uint32_t cpu,
         const struct vm_changed *changed)
{
  return !changed->shared
         && vm_lazy_with (s, cpu, s->processes[changed->process].mm);
}

/* Has a processor flushed all that it may hold of an address space? */
static void
note_flushed (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
              const struct vm_changed *changed)
{
  if (!changed->shared)
    vm_lazy_saw (t, s, cpu, s->processes[changed->process].mm);
}

/* A lazy processor is left alone: what it holds is of no use to a kernel
 * thread, and it will look when it goes back. */
static void
skip (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
      const struct vm_changed *changed)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mm *mm = vm_mm_of (s, changed->process);
  struct vm_flush flush = flush_of (s, changed);

  tell (t, VM_STEP_LAZY_SKIP, cpu, changed, vm_flush_count (s, cpu, &flush),
        (uint32_t) s->mm_uses[s->processes[changed->process].mm].generation);
  mark_stale (t, s, cpu, &flush);
  vm_stale_upper_mark (t, s, g, cpu, &flush, false);
  if (!(mm->behind >> cpu & 1))
    vm_put_u32 (t, &mm->behind, mm->behind | 1u << cpu);
  vm_count (t, &s->runs[cpu].skipped);
}

static void
answer (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
        const struct vm_changed *changed, uint32_t awaited)
{
  struct vm_flush flush = flush_of (s, changed);

  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (t, VM_STEP_IPI_RECEIVE,
                 (uint64_t[VM_STEP_VALUES]){changed->process, changed->va.v,
                                            vm_flush_count (s, cpu, &flush),
                                            changed->cpu});
  vm_flush_drop (t, s, cpu, &flush);
  note_flushed (t, s, cpu, changed);
  tell (t, VM_STEP_IPI_ACK, cpu, changed, awaited, changed->cpu);
  vm_step_end (t);
}

static bool
must_hear (const struct vm_state *s, uint32_t cpu,
           const struct vm_changed *changed)
{
  return runs (s, cpu, changed) && !is_lazy (s, cpu, changed);
}

/* Interrupts the others that run the process, and waits for all of them. */
static void
interrupt_others (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_changed *changed, uint32_t others)
{
  vm_tape_at (t, changed->cpu, VM_TLB_DATA);
  vm_step_begin (
      t, VM_STEP_SHOOTDOWN,
      (uint64_t[VM_STEP_VALUES]){changed->process, changed->va.v, others});
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    if (cpu == changed->cpu || !must_hear (s, cpu, changed))
      continue;
    tell (t, VM_STEP_IPI_SEND, changed->cpu, changed, 1, cpu);
    vm_count (t, &s->counters.interrupts);
  }
  tell (t, VM_STEP_IPI_WAIT, changed->cpu, changed, others, 0);
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (cpu != changed->cpu && must_hear (s, cpu, changed))
      answer (t, s, cpu, changed, --others);
  vm_tape_at (t, changed->cpu, VM_TLB_DATA);
  vm_step_end (t);
}

static void
flush_here (struct vm_tape *t, const struct vm_state *s,
            const struct vm_changed *changed)
{
  struct vm_flush flush = flush_of (s, changed);

  if (must_hear (s, changed->cpu, changed)) {
    vm_flush_drop (t, s, changed->cpu, &flush);
    note_flushed (t, s, changed->cpu, changed);
  } else if (is_lazy (s, changed->cpu, changed))
    skip (t, s, changed->cpu, changed);
  else
    owe (t, s, VM_STEP_BEHIND, changed->cpu, changed);
}

/* shootdown=local or off: who should have been told is not. */
static void
leave_owed (struct vm_tape *t, const struct vm_state *s,
            const struct vm_changed *changed)
{
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (cpu != changed->cpu || s->config.shootdown == VM_SHOOTDOWN_OFF)
      owe (t, s, VM_STEP_OWE, cpu, changed);
}

/* The only TLB of the only processor, while nobody watches. */
static void
drop_quietly (const struct vm_state *s, vm_vaddr va)
{
  struct vm_tlb tlb = vm_tlb_of (s, 0, VM_TLB_DATA);

  for (uint64_t shifts = s->tlb_shifts; shifts != 0; shifts &= shifts - 1) {
    uint32_t shift = vm_lowest_bit (shifts);
    uint32_t index = vm_tlb_probe_size (NULL, s, &tlb, VM_ANY_ASID, va, shift);
    if (index != VM_NONE)
      vm_put_u8 (NULL, &s->tlb[index].valid, 0);
  }
}

void
vm_shootdown (struct vm_tape *t, const struct vm_state *s,
              const struct vm_changed *changed)
{
  uint32_t others = 0;

  if (t == NULL && !s->config.organised && changed->pages <= 1
      && s->config.shootdown == VM_SHOOTDOWN_ON && runs (s, 0, changed)) {
    drop_quietly (s, changed->va);
    return;
  }
  if (!changed->shared && s->config.shootdown != VM_SHOOTDOWN_OFF)
    vm_lazy_raise (t, s, s->processes[changed->process].mm);
  if (s->config.shootdown != VM_SHOOTDOWN_OFF)
    flush_here (t, s, changed);
  if (s->config.cpus == 1 && s->config.shootdown == VM_SHOOTDOWN_ON) {
    vm_tape_at (t, changed->cpu, VM_TLB_DATA);
    return;
  }
  if (s->config.shootdown != VM_SHOOTDOWN_ON) {
    leave_owed (t, s, changed);
    vm_tape_at (t, changed->cpu, VM_TLB_DATA);
    return;
  }
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    if (cpu == changed->cpu)
      continue;
    if (must_hear (s, cpu, changed))
      others++;
    else if (is_lazy (s, cpu, changed))
      skip (t, s, cpu, changed);
    else
      owe (t, s, VM_STEP_BEHIND, cpu, changed);
  }
  if (others > 0)
    interrupt_others (t, s, changed, others);
  vm_tape_at (t, changed->cpu, VM_TLB_DATA);
}

void
vm_shootdown_catch_up (struct vm_tape *t, const struct vm_state *s,
                       uint32_t cpu, uint32_t process)
{
  const struct vm_mm *mm = vm_mm_of (s, process);
  struct vm_flush flush = {.kind = VM_FLUSH_ASID,
                           .asid = vm_asid_of (s, process),
                           .both = s->config.kpti};

  if (mm->behind >> cpu & 1)
    vm_flush_tell (t, s, cpu, &flush, process);
  vm_lazy_saw (t, s, cpu, s->processes[process].mm);
}
