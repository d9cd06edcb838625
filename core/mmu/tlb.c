/* What the TLB does seldom: dropping, flushing, telling ages. */
#include "mmu/tlb.h"

uint32_t
vm_tlb_valid_ways (const struct vm_state *s, uint32_t set)
{
  uint32_t first = vm_tlb_first_way (s, set);
  uint32_t count = 0;

  for (uint32_t way = 0; way < s->config.tlb_ways; way++)
    count += s->tlb[first + way].valid;
  return count;
}

void
vm_tlb_drop (struct vm_tape *t, const struct vm_state *s, uint32_t index)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];

  vm_step_leaf (t, VM_STEP_TLB_DROP,
                (uint64_t[VM_STEP_VALUES]){
                    index / s->config.tlb_ways, entry->page, entry->shift,
                    index % s->config.tlb_ways, entry->frame});
  vm_put_u8 (t, &entry->valid, 0);
}

void
vm_tlb_drop_page (struct vm_tape *t, const struct vm_state *s, vm_vaddr va)
{
  for (uint64_t shifts = s->tlb_shifts; shifts != 0; shifts &= shifts - 1) {
    uint32_t shift = vm_lowest_bit (shifts);
    uint64_t page = va.v >> shift;
    uint32_t first = vm_tlb_first_way (s, vm_tlb_set_of (s, page));
    for (uint32_t i = first; i < first + s->config.tlb_ways; i++) {
      const struct vm_tlb_entry *entry = &s->tlb[i];
      if (entry->valid && entry->page == page && entry->shift == shift)
        vm_tlb_drop (t, s, i);
    }
  }
}

uint32_t
vm_tlb_flushable (const struct vm_state *s)
{
  uint32_t entries = s->config.tlb_sets * s->config.tlb_ways;
  uint32_t count = 0;

  for (uint32_t i = 0; i < entries; i++)
    count += s->tlb[i].valid && !s->tlb[i].global;
  return count;
}

void
vm_tlb_flush (struct vm_tape *t, const struct vm_state *s)
{
  uint32_t entries = s->config.tlb_sets * s->config.tlb_ways;

  for (uint32_t i = 0; i < entries; i++)
    if (s->tlb[i].valid && !s->tlb[i].global)
      vm_put_u8 (t, &s->tlb[i].valid, 0);
}

uint32_t
vm_tlb_age (const struct vm_state *s, uint32_t index)
{
  uint32_t first = vm_tlb_first_way (s, index / s->config.tlb_ways);
  uint32_t later = 0;

  for (uint32_t i = first; i < first + s->config.tlb_ways; i++)
    later += s->tlb[i].valid && s->tlb[i].used > s->tlb[index].used;
  return later;
}
