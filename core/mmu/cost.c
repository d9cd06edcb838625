/* Works out costs from counters. */
#include "mmu/cost.h"

/* Lines of so many bytes. */
static uint64_t
lines_of (uint64_t bytes)
{
  return (bytes + VM_COST_LINE - 1) / VM_COST_LINE;
}

/* Asking a TLB ends in one of these. */
static uint64_t
cost_of_probe (const struct vm_config *config, const struct vm_step *step)
{
  return step->unit == VM_TLB_SECOND ? config->cost_stlb : config->cost_tlb;
}

/* What a processor does by itself beside that; its accesses are told by
 * ENTRY_READ and DATA. */
static bool
is_free (uint32_t kind)
{
  return kind < VM_STEP_CALL && kind != VM_STEP_MAP
         && kind != VM_STEP_ENTRY_WRITE && kind != VM_STEP_SCHEDULE
         && kind != VM_STEP_SWITCH;
}

bool
vm_cost_is_disk (const struct vm_step *step)
{
  return step->kind == VM_STEP_CACHE_READ || step->kind == VM_STEP_WRITEBACK
         || step->kind == VM_STEP_SWAP_READ || step->kind == VM_STEP_SWAP_WRITE;
}

uint64_t
vm_cost_of_step (const struct vm_config *config, const struct vm_step *step)
{
  const uint64_t line = config->cost_memory;

  if (vm_cost_is_disk (step))
    return config->cost_disk;
  if (step->kind == VM_STEP_TLB_HIT || step->kind == VM_STEP_TLB_MISS)
    return cost_of_probe (config, step);
  if (step->kind == VM_STEP_ENTRY_READ)
    return config->cost_walk;
  if (step->kind == VM_STEP_DATA)
    return line;
  if (step->kind == VM_STEP_FRAME_TAKE)
    return line * lines_of (UINT64_C (1) << config->page_shift);
  if (step->kind == VM_STEP_COPY)
    return 2 * line * lines_of (UINT64_C (1) << config->page_shift);
  if (step->kind == VM_STEP_TRANSFER)
    return 2 * line * lines_of (step->values[VM_V_TRANSFER_BYTES]);
  return is_free (step->kind) ? 0 : line;
}

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
