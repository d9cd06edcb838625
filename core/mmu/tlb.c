/* What a TLB does seldom: dropping, telling ages. */
#include "mmu/tlb.h"

struct vm_tlb
vm_tlb_holding (const struct vm_state *s, uint32_t index,
                enum vm_tlb_unit *unit)
{
  struct vm_tlb tlb = {0};

  for (uint32_t u = 0; u < VM_TLB_UNITS; u++) {
    *unit = (enum vm_tlb_unit) u;
    tlb = vm_tlb_of (s, index / VM_MAX_TLB_ENTRIES, *unit);
    if (index < tlb.first + tlb.sets * tlb.ways)
      break;
  }
  return tlb;
}

uint32_t
vm_tlb_valid_ways (const struct vm_state *s, const struct vm_tlb *tlb,
                   uint32_t set)
{
  uint32_t first = vm_tlb_first_way (tlb, set);
  uint32_t count = 0;

  for (uint32_t way = 0; way < tlb->ways; way++)
    count += s->tlb[first + way].valid;
  return count;
}

void
vm_tlb_tell_comparison (struct vm_tape *t, uint32_t set, uint64_t page,
                        uint32_t shift, uint32_t way,
                        const struct vm_tlb_entry *entry, bool match)
{
  bool same = entry->page == page && entry->shift == shift;
  enum vm_comparison result = match  ? VM_COMPARED_MATCH
                              : same ? VM_COMPARED_OTHER_SPACE
                                     : VM_COMPARED_OTHER;

  vm_step_leaf (
      t, VM_STEP_TLB_COMPARE,
      (uint64_t[VM_STEP_VALUES]){set, page, shift, way, entry->page, result});
}

static void
tell_drop (struct vm_tape *t, const struct vm_state *s, uint32_t index)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  enum vm_tlb_unit unit;
  struct vm_tlb tlb = vm_tlb_holding (s, index, &unit);
  uint32_t place = index - tlb.first;

  vm_tape_at (t, index / VM_MAX_TLB_ENTRIES, unit);
  vm_step_leaf (t, VM_STEP_TLB_DROP,
                (uint64_t[VM_STEP_VALUES]){place / tlb.ways, entry->page,
                                           entry->shift, place % tlb.ways,
                                           entry->frame});
}

void
vm_tlb_drop (struct vm_tape *t, const struct vm_state *s, uint32_t index)
{
  if (t != NULL)
    tell_drop (t, s, index);
  vm_put_u8 (t, &s->tlb[index].valid, 0);
}

uint32_t
vm_tlb_age (const struct vm_state *s, uint32_t index)
{
  enum vm_tlb_unit unit;
  struct vm_tlb tlb = vm_tlb_holding (s, index, &unit);
  uint32_t first = index - (index - tlb.first) % tlb.ways;
  uint32_t later = 0;

  for (uint32_t i = first; i < first + tlb.ways; i++)
    later += s->tlb[i].valid && s->tlb[i].used > s->tlb[index].used;
  return later;
}
