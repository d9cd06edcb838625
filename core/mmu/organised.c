/* An access through more than one plain TLB: levels, kinds, spaces, policies.
 *
 *   access -> data or code TLB --miss--> second level --miss--> walk
 *                  |   ^                     |                   |
 *                 hit  +------ promote ----- hit                 |
 *                  |   +------------------------ fill both ------+
 *                  v
 *               rights
 *
 * The second level is not inclusive: what it throws out may stay in the first,
 * and what the first throws out is not put back, as on Intel's processors. */
#include "mmu/cpu.h"
#include "mmu/psc.h"
#include "mmu/replace.h"

/* What a translation asks. */
struct query {
  const struct vm_access *access;
  uint32_t cpu, asid;
  enum vm_tlb_unit first; /* the first level's TLB */
};

/* Asks one TLB. Returns the index of the entry, or VM_NONE. */
static uint32_t
ask (struct vm_tape *t, const struct vm_state *s, const struct query *query,
     enum vm_tlb_unit unit)
{
  struct vm_tlb tlb = vm_tlb_of (s, query->cpu, unit);

  vm_tape_at (t, query->cpu, unit);
  uint32_t index = vm_tlb_probe (t, s, &tlb, query->asid, query->access->va);
  if (t != NULL)
    vm_cpu_tell_outcome (t, s, &tlb, query->access->va, index);
  if (index != VM_NONE)
    vm_replace_touch (t, s, &tlb, index);
  return index;
}

/* Counts what the two TLBs did that have counters of their own. */
static void
count (struct vm_tape *t, const struct vm_state *s, enum vm_tlb_unit unit,
       bool hit)
{
  const struct vm_counters *c = &s->counters;

  switch (unit) {
  case VM_TLB_DATA:
    break;
  case VM_TLB_CODE:
    vm_count (t, hit ? &c->itlb_hits : &c->itlb_misses);
    break;
  case VM_TLB_SECOND:
    vm_count (t, hit ? &c->stlb_hits : &c->stlb_misses);
    break;
  }
}

/* The second level has what the first had not. Returns the entry's new index
 * in the first. */
static uint32_t
promote (struct vm_tape *t, const struct vm_state *s, const struct query *query,
         uint32_t index)
{
  struct vm_tlb first = vm_tlb_of (s, query->cpu, query->first);
  struct vm_tlb_entry entry = s->tlb[index];

  entry.used = s->counters.tick;
  vm_tape_at (t, query->cpu, query->first);
  return vm_replace_fill (t, s, &first, VM_STEP_TLB_PROMOTE, &entry);
}

/* Asks one level after the other. Returns the index in the first level. */
static uint32_t
look_up (struct vm_tape *t, const struct vm_state *s, const struct query *query,
         struct vm_translation *result)
{
  uint32_t index = ask (t, s, query, query->first);

  count (t, s, query->first, index != VM_NONE);
  if (index != VM_NONE) {
    result->tlb_level = 1;
    return index;
  }
  if (s->config.stlb_sets == 0)
    return VM_NONE;

  index = ask (t, s, query, VM_TLB_SECOND);
  count (t, s, VM_TLB_SECOND, index != VM_NONE);
  if (index == VM_NONE)
    return VM_NONE;
  result->tlb_level = 2;
  return promote (t, s, query, index);
}

/* Here, where flushes can be owed, anything that is out of date is found. */
static bool
must_walk_again (const struct vm_state *s, const struct vm_geometry *g,
                 uint32_t index, const struct vm_access *access)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];

  return access->kind == VM_WRITE && !entry->dirty
         && (entry->stale || vm_cpu_must_walk_again (s, g, entry, access));
}

struct vm_walk
vm_cpu_walk_remembering (struct vm_tape *t, const struct vm_state *s,
                         const struct vm_geometry *g, uint32_t cpu,
                         const struct vm_access *access)
{
  struct vm_psc_start start = vm_psc_begin (t, s, g, cpu, access->va);

  return vm_walk_from (t, s, g, &s->cpus[cpu], access, start.walk, start.table,
                       start.level, true, true);
}

void
vm_cpu_fill (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
             enum vm_access_kind kind, struct vm_tlb_entry *entry)
{
  enum vm_tlb_unit unit = vm_tlb_unit_for (s, kind);
  struct vm_tlb first = vm_tlb_of (s, cpu, unit);
  struct vm_tlb second = vm_tlb_of (s, cpu, VM_TLB_SECOND);

  entry->asid = (uint16_t) s->cpus[cpu].asid;
  if (second.sets != 0) {
    vm_tape_at (t, cpu, VM_TLB_SECOND);
    vm_replace_fill (t, s, &second, VM_STEP_TLB_FILL, entry);
  }
  vm_tape_at (t, cpu, unit);
  vm_replace_fill (t, s, &first, VM_STEP_TLB_FILL, entry);
  vm_tape_at (t, cpu, VM_TLB_DATA);
}

struct vm_translation
vm_cpu_translate_organised (struct vm_tape *t, const struct vm_state *s,
                            const struct vm_geometry *g, uint32_t cpu,
                            const struct vm_access *access)
{
  struct vm_translation result = {.ok = false};
  struct query query = {.access = access,
                        .cpu = cpu,
                        .asid = vm_flush_loaded (s, cpu),
                        .first = vm_tlb_unit_for (s, access->kind)};

  vm_count (t, &s->counters.tick);
  if (!vm_geometry_canonical (g, access->va)) {
    vm_cpu_not_canonical (t, s, g, cpu, access, &result);
    return result;
  }

  uint32_t index = look_up (t, s, &query, &result);
  if (index != VM_NONE && must_walk_again (s, g, index, access)) {
    vm_cpu_forget (t, s, g, cpu, access->va);
    result.tlb_level = 0;
    index = VM_NONE;
  }
  vm_tape_at (t, cpu, VM_TLB_DATA);
  result.tlb_hit = index != VM_NONE;
  if (result.tlb_hit)
    vm_cpu_hit (t, s, g, cpu, index, access, &result);
  else
    vm_cpu_miss (t, s, g, cpu, access, true, &result);
  return result;
}
