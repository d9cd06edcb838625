/* Works out costs from counters. */
#include "mmu/cost.h"

struct vm_cost
vm_cost_of (const struct vm_state *s)
{
  const struct vm_config *config = &s->config;
  const struct vm_counters *n = &s->counters;
  uint64_t data = n->memory_accesses - n->entry_reads;
  struct vm_cost cost = {
      .tlb = (n->tlb_hits + n->tlb_misses) * config->cost_tlb,
      .stlb = (n->stlb_hits + n->stlb_misses) * config->cost_stlb,
      .walk = n->entry_reads * config->cost_walk,
      .memory = data * config->cost_memory,
      .disk = (n->disk_reads + n->disk_writes) * config->cost_disk,
      .accesses = n->tick,
  };

  cost.total = cost.tlb + cost.stlb + cost.walk + cost.memory + cost.disk;
  return cost;
}
