/* Drops what a flush is about. */
#include "mmu/flush.h"

#include "mmu/psc.h"

static bool
in_space (const struct vm_flush *flush, uint32_t asid)
{
  return flush->asid == VM_ANY_ASID || asid == flush->asid
         || (flush->both && (asid ^ flush->asid) == VM_ASID_USER);
}

/* Does it hold an address that the flush is about? */
static bool
in_range (const struct vm_flush *flush, const struct vm_tlb_entry *entry)
{
  uint64_t first = flush->va.v >> VM_PAGE_SHIFT;
  uint64_t end = first + flush->pages;
  uint32_t order = entry->shift - VM_PAGE_SHIFT;

  if (flush->pages <= 1)
    return entry->page == flush->va.v >> entry->shift;
  return entry->page << order < end && (entry->page + 1) << order > first;
}

bool
vm_flush_takes (const struct vm_flush *flush, const struct vm_tlb_entry *entry)
{
  if (!entry->valid)
    return false;
  switch (flush->kind) {
  case VM_FLUSH_ALL:
  case VM_FLUSH_GLOBAL:
    return true;
  case VM_FLUSH_ADDRESS:
    return in_range (flush, entry)
           && (entry->global ? !flush->keep_global
                             : in_space (flush, entry->asid));
  case VM_FLUSH_ASID:
    return !entry->global && in_space (flush, entry->asid);
  case VM_FLUSH_SPACES:
    return !entry->global;
  case VM_FLUSH_NOFLUSH:
    break;
  }
  return false;
}

/* The ways in which a page can lie: each size has its set in each TLB. */
static void
drop_page (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
           const struct vm_flush *flush, enum vm_tlb_unit unit)
{
  struct vm_tlb tlb = vm_tlb_of (s, cpu, unit);
  uint64_t shifts = tlb.sets == 0 ? 0 : s->tlb_shifts;

  for (; shifts != 0; shifts &= shifts - 1) {
    uint32_t shift = vm_lowest_bit (shifts);
    uint64_t page = flush->va.v >> shift;
    uint32_t first = vm_tlb_first_way (&tlb, vm_tlb_set_of (&tlb, page));
    for (uint32_t i = first; i < first + tlb.ways; i++)
      if (s->tlb[i].page == page && s->tlb[i].shift == shift
          && vm_flush_takes (flush, &s->tlb[i]))
        vm_tlb_drop (t, s, i);
  }
}

uint32_t
vm_flush_count (const struct vm_state *s, uint32_t cpu,
                const struct vm_flush *flush)
{
  uint32_t first = cpu * VM_MAX_TLB_ENTRIES;
  uint32_t count = 0;

  for (uint32_t i = first; i < first + vm_tlb_entries (s); i++)
    count += vm_flush_takes (flush, &s->tlb[i]);
  return count;
}

void
vm_flush_drop_entries (struct vm_tape *t, const struct vm_state *s,
                       uint32_t cpu, const struct vm_flush *flush)
{
  if (flush->kind == VM_FLUSH_ADDRESS && flush->pages <= 1) {
    uint32_t units = s->config.organised ? VM_TLB_UNITS : 1;
    for (uint32_t unit = 0; unit < units; unit++)
      drop_page (t, s, cpu, flush, (enum vm_tlb_unit) unit);
    vm_tape_at (t, cpu, VM_TLB_DATA);
    return;
  }
  uint32_t first = cpu * VM_MAX_TLB_ENTRIES;
  for (uint32_t i = first; i < first + vm_tlb_entries (s); i++)
    if (vm_flush_takes (flush, &s->tlb[i]))
      vm_put_u8 (t, &s->tlb[i].valid, 0);
}

void
vm_flush_drop (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               const struct vm_flush *flush)
{
  if (s->config.psc)
    vm_psc_flush (t, s, cpu, flush);
  vm_flush_drop_entries (t, s, cpu, flush);
}

void
vm_flush_tell (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               const struct vm_flush *flush, uint32_t process)
{
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (
      t, VM_STEP_FLUSH,
      (uint64_t[VM_STEP_VALUES]){flush->kind, flush->va.v,
                                 flush->asid == VM_ANY_ASID ? 0 : flush->asid,
                                 vm_flush_count (s, cpu, flush), process});
  vm_flush_drop (t, s, cpu, flush);
  vm_step_end (t);
}
