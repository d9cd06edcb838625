/* The replacement policies of TLBs. */
#include "mmu/replace.h"

/* The way that the tree points to. */
static uint32_t
follow_tree (const struct vm_state *s, uint32_t first, uint32_t ways)
{
  uint32_t node = 1;

  while (node < ways)
    node = 2 * node + s->tlb[first + node].tree;
  return node - ways;
}

/* A use of a way: the nodes above it point away from it. */
static void
turn_tree (struct vm_tape *t, const struct vm_state *s, uint32_t first,
           uint32_t ways, uint32_t way)
{
  for (uint32_t node = way + ways; node > 1; node /= 2) {
    const uint8_t *bit = &s->tlb[first + node / 2].tree;
    uint8_t away = node % 2 == 0;
    if (*bit != away)
      vm_put_u8 (t, bit, away);
  }
}

/* The next number of the machine's row (Marsaglia's xorshift64). */
static uint64_t
draw (struct vm_tape *t, const struct vm_state *s)
{
  uint64_t x = s->random;

  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  vm_put_u64 (t, &s->random, x);
  return x;
}

/* An empty way of a set, or the number of ways if there is none. */
static uint32_t
empty_way (const struct vm_state *s, uint32_t first, uint32_t ways)
{
  uint32_t way = 0;

  while (way < ways && s->tlb[first + way].valid)
    way++;
  return way;
}

static uint32_t
choose (struct vm_tape *t, const struct vm_state *s, const struct vm_tlb *tlb,
        uint32_t set, enum vm_victim_reason *reason)
{
  uint32_t first = vm_tlb_first_way (tlb, set);
  uint32_t way = vm_replace_next (s, tlb, set);

  *reason = (enum vm_victim_reason) s->config.replacement;
  if (way == VM_NONE)
    return first + (uint32_t) ((draw (t, s) >> 32) % tlb->ways);
  if (!s->tlb[first + way].valid)
    *reason = VM_VICTIM_EMPTY;
  return first + way;
}

void
vm_replace_touch (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_tlb *tlb, uint32_t index)
{
  uint32_t way = (index - tlb->first) % tlb->ways;

  switch ((enum vm_replacement) s->config.replacement) {
  case VM_REPLACE_LRU:
    vm_put_u64 (t, &s->tlb[index].used, s->counters.tick);
    break;
  case VM_REPLACE_PLRU:
    turn_tree (t, s, index - way, tlb->ways, way);
    break;
  case VM_REPLACE_FIFO:
  case VM_REPLACE_RANDOM:
    break;
  }
}

uint32_t
vm_replace_fill (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_tlb *tlb, enum vm_step_kind kind,
                 const struct vm_tlb_entry *new)
{
  enum vm_victim_reason reason;
  uint32_t set = vm_tlb_set_of (tlb, new->page);
  uint32_t first = vm_tlb_first_way (tlb, set);

  uint32_t index = choose (t, s, tlb, set, &reason);
  if (s->tlb[index].valid)
    vm_step_leaf (t, VM_STEP_TLB_VICTIM,
                  (uint64_t[VM_STEP_VALUES]){set, s->tlb[index].page,
                                             s->tlb[index].shift, index - first,
                                             reason, new->page});
  vm_tlb_put (t, s, tlb, kind, index, new);
  if (s->config.replacement == VM_REPLACE_PLRU)
    vm_replace_touch (t, s, tlb, index);
  return index;
}

uint32_t
vm_replace_next (const struct vm_state *s, const struct vm_tlb *tlb,
                 uint32_t set)
{
  uint32_t first = vm_tlb_first_way (tlb, set);
  uint32_t way = empty_way (s, first, tlb->ways);

  if (way < tlb->ways)
    return way;
  switch ((enum vm_replacement) s->config.replacement) {
  case VM_REPLACE_LRU:
  case VM_REPLACE_FIFO:
    break;
  case VM_REPLACE_PLRU:
    return follow_tree (s, first, tlb->ways);
  case VM_REPLACE_RANDOM:
    return VM_NONE;
  }
  /* With FIFO a use leaves no trace: then this is the first that came. */
  return vm_tlb_least_recent (s, tlb, set) - first;
}
