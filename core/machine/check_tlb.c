/* The invariants of the TLBs and the paging-structure caches. */
#include "machine/check_tlb.h"

#include "mmu/stale.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

/* Two entries of a set that the same access would match. */
static bool
same_page (const struct vm_tlb_entry *a, const struct vm_tlb_entry *b)
{
  return a->valid && b->valid && a->page == b->page && a->shift == b->shift
         && a->asid == b->asid && a->global == b->global;
}

static bool
check_entry (const struct vm_state *s, const struct vm_tlb *tlb, uint32_t index,
             struct vm_check_report *report)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  uint32_t set = (index - tlb->first) / tlb->ways;
  uint32_t end = vm_tlb_first_way (tlb, set) + tlb->ways;

  if (!entry->valid)
    return true;
  if (entry->valid != 1 || entry->shift > 63
      || !(s->tlb_shifts >> entry->shift & 1))
    return broken (report, "a TLB entry has a page size that was filled", index,
                   entry->shift, s->tlb_shifts);
  if (vm_tlb_set_of (tlb, entry->page) != set)
    return broken (report, "a TLB entry stands in its set", index, entry->page,
                   set);
  if (entry->used > s->counters.tick)
    return broken (report, "no TLB entry was used in the future", index,
                   entry->used, s->counters.tick);
  for (uint32_t other = index + 1; other < end; other++)
    if (same_page (entry, &s->tlb[other]))
      return broken (report, "a page stands in the TLB once", index, other,
                     entry->page);
  return true;
}

bool
vm_check_tlb_links (const struct vm_state *s, struct vm_check_report *report)
{
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    for (uint32_t unit = 0; unit < VM_TLB_UNITS; unit++) {
      struct vm_tlb tlb = vm_tlb_of (s, cpu, (enum vm_tlb_unit) unit);
      uint32_t end = tlb.first + tlb.sets * tlb.ways;
      for (uint32_t i = tlb.first; i < end; i++)
        if (!check_entry (s, &tlb, i, report))
          return false;
    }
  return true;
}

static bool
check_mapping (const struct vm_state *s, const struct vm_geometry *g,
               uint32_t index, struct vm_check_report *report)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  uint64_t va = vm_stale_start (g, entry->page, entry->shift).v;

  switch (vm_stale_compare (s, g, index, true)) {
  case VM_AGREES:
    return true;
  case VM_WITHOUT_SPACE:
    return broken (report, "a TLB entry belongs to an address space", index,
                   entry->asid, va);
  case VM_OTHER_PAGE:
    return broken (report, "the TLB holds what the tables hold", index,
                   entry->frame, va);
  case VM_OTHER_RIGHTS:
    return broken (report, "the TLB allows what the tables allow", index,
                   entry->frame, va);
  }
  return false;
}

/* Counts what may differ from the tables, and keeps the first. */
static void
note_owed (struct vm_check_report *report, enum vm_owed what, uint64_t cpu,
           uint64_t index, uint64_t address)
{
  if (report->owed++ > 0)
    return;
  report->what = what;
  report->a = cpu;
  report->b = index;
  report->c = address;
}

static bool
check_psc (const struct vm_state *s, const struct vm_geometry *g, uint32_t cpu,
           uint32_t level, struct vm_check_report *report)
{
  const struct vm_psc_entry *entry = vm_psc_of (s, cpu, level);

  for (uint32_t way = 0; way < VM_PSC_WAYS; way++, entry++) {
    if (!entry->valid)
      continue;
    if (entry->stale)
      note_owed (report, VM_OWED_UPPER, cpu, level,
                 vm_stale_start (g, entry->prefix, g->level[level].low).v);
    else if (!vm_stale_upper_agrees (s, g, cpu, level, entry))
      return broken (report, "the walk remembers what the tables hold", level,
                     entry->prefix, entry->table);
  }
  return true;
}

/* Registers that were loaded with the root may differ from its entries: then a
 * load of the root is owed. */
static void
note_registers (const struct vm_state *s, const struct vm_geometry *g,
                uint32_t cpu, struct vm_check_report *report)
{
  const struct vm_cpu *c = &s->cpus[cpu];

  for (uint32_t i = 0; i < vm_geometry_entries (g, g->register_level); i++)
    if (c->pdpte[i] != vm_stale_register_entry (s, g, cpu, i))
      note_owed (report, VM_OWED_REGISTER, cpu, i,
                 c->cr3 + (uint64_t) i * g->entry_bytes);
}

static bool
check_processor (const struct vm_state *s, const struct vm_geometry *g,
                 uint32_t cpu, struct vm_check_report *report)
{
  uint32_t first = cpu * VM_MAX_TLB_ENTRIES;

  for (uint32_t i = first; i < first + vm_tlb_entries (s); i++) {
    const struct vm_tlb_entry *entry = &s->tlb[i];
    if (entry->valid && entry->stale)
      note_owed (report, VM_OWED_PAGE, cpu, i, entry->page << entry->shift);
    else if (entry->valid && !check_mapping (s, g, i, report))
      return false;
  }
  for (uint32_t level = 2; s->config.psc && level <= g->levels; level++)
    if (!check_psc (s, g, cpu, level, report))
      return false;
  if (g->register_level != 0 && s->cpus[cpu].process != VM_NONE)
    note_registers (s, g, cpu, report);
  return true;
}

bool
vm_check_tlb_mappings (const struct vm_state *s, const struct vm_geometry *g,
                       struct vm_check_report *report)
{
  *report = (struct vm_check_report){.rule = NULL};
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (!check_processor (s, g, cpu, report))
      return false;
  return true;
}
