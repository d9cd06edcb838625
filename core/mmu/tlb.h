/* The translation look-aside buffer: sets, ways, tags, least recently used.
 *
 *   page number  | ........ tag ........ | set |      set = page mod sets
 *                                           |
 *                  way 0     way 1      ... v  way n
 *                | page     | page     |   | page     |
 *                | frame    | frame    |   | frame    |
 *
 * The whole page number is kept as the tag, for the reader's sake. Pages of
 * several sizes share one TLB: it is probed once for each size that was ever
 * filled, the smallest first. */
#ifndef VM_TLB_H
#define VM_TLB_H

#include "mmu/geometry.h"
#include "tape/memory.h"

/* The position of the lowest bit that is set; there must be one. */
static inline uint32_t
vm_lowest_bit (uint64_t bits)
{
  return (uint32_t) __builtin_ctzll (bits);
}

/* The set in which a page number is kept. */
static inline uint32_t
vm_tlb_set_of (const struct vm_state *s, uint64_t page)
{
  uint32_t sets = s->config.tlb_sets;

  /* Hardware has a power of two; the division is for the curious. */
  if ((sets & (sets - 1)) == 0)
    return (uint32_t) page & (sets - 1);
  return (uint32_t) (page % sets);
}

/* Index in s->tlb of way 0 of a set. */
static inline uint32_t
vm_tlb_first_way (const struct vm_state *s, uint32_t set)
{
  return set * s->config.tlb_ways;
}

/* Ways of a set that hold an entry. */
uint32_t vm_tlb_valid_ways (const struct vm_state *s, uint32_t set);

/* Looks for the page of one size: compares way after way. Returns the index
 * in s->tlb, or VM_NONE. */
VM_ALWAYS_INLINE uint32_t
vm_tlb_probe_size (struct vm_tape *t, const struct vm_state *s, vm_vaddr va,
                   uint32_t shift)
{
  uint64_t page = va.v >> shift;
  uint32_t set = vm_tlb_set_of (s, page);
  uint32_t first = vm_tlb_first_way (s, set);

  if (t != NULL)
    vm_step_begin (t, VM_STEP_TLB_PROBE,
                   (uint64_t[VM_STEP_VALUES]){set, page, shift,
                                              vm_tlb_valid_ways (s, set)});
  uint32_t found = VM_NONE;
  for (uint32_t i = first; i < first + s->config.tlb_ways; i++) {
    const struct vm_tlb_entry *entry = &s->tlb[i];
    bool match = entry->page == page && entry->valid && entry->shift == shift;
    if (t != NULL && entry->valid)
      vm_step_leaf (t, VM_STEP_TLB_COMPARE,
                    (uint64_t[VM_STEP_VALUES]){set, page, shift, i - first,
                                               entry->page, match});
    if (match) {
      found = i;
      break;
    }
  }
  vm_step_end (t);
  return found;
}

/* Looks for the page that holds an address, in every size. */
VM_ALWAYS_INLINE uint32_t
vm_tlb_probe (struct vm_tape *t, const struct vm_state *s, vm_vaddr va)
{
  uint64_t shifts = s->tlb_shifts;
  if (shifts == UINT64_C (1) << VM_PAGE_SHIFT || shifts == 0)
    return vm_tlb_probe_size (t, s, va, VM_PAGE_SHIFT);

  for (; shifts != 0; shifts &= shifts - 1) {
    uint32_t shift = vm_lowest_bit (shifts);
    uint32_t found = vm_tlb_probe_size (t, s, va, shift);
    if (found != VM_NONE)
      return found;
  }
  return VM_NONE;
}

/* The way that a new entry of a set takes: an empty one, else the one whose
 * last use is longest ago. */
static inline uint32_t
vm_tlb_victim (const struct vm_state *s, uint32_t set)
{
  uint32_t first = vm_tlb_first_way (s, set);
  uint32_t victim = first;

  for (uint32_t i = first; i < first + s->config.tlb_ways; i++) {
    if (!s->tlb[i].valid)
      return i;
    if (s->tlb[i].used < s->tlb[victim].used)
      victim = i;
  }
  return victim;
}

/* Keeps an entry for its page (shift included) in the way of the victim.
 * Returns its index. */
static inline uint32_t
vm_tlb_fill (struct vm_tape *t, const struct vm_state *s,
             const struct vm_tlb_entry *new)
{
  uint32_t set = vm_tlb_set_of (s, new->page);
  uint32_t index = vm_tlb_victim (s, set);
  const struct vm_tlb_entry *entry = &s->tlb[index];

  vm_step_leaf (t, VM_STEP_TLB_FILL,
                (uint64_t[VM_STEP_VALUES]){set, new->page, new->shift,
                                           index - vm_tlb_first_way (s, set),
                                           new->frame, entry->valid});
  vm_put_u64 (t, &entry->page, new->page);
  vm_put_u64 (t, &entry->frame, new->frame);
  vm_put_u64 (t, &entry->used, new->used);
  vm_put_u64 (t, &entry->entry, new->entry);
  vm_put_u8 (t, &entry->valid, 1);
  vm_put_u8 (t, &entry->shift, new->shift);
  vm_put_u8 (t, &entry->readable, new->readable);
  vm_put_u8 (t, &entry->writable, new->writable);
  vm_put_u8 (t, &entry->user, new->user);
  vm_put_u8 (t, &entry->no_execute, new->no_execute);
  vm_put_u8 (t, &entry->kernel_no_execute, new->kernel_no_execute);
  vm_put_u8 (t, &entry->dirty, new->dirty);
  vm_put_u8 (t, &entry->global, new->global);
  vm_put_u8 (t, &entry->level, new->level);
  if (entry->let_pass != 0)
    vm_put_u8 (t, &entry->let_pass, 0);
  if (!(s->tlb_shifts >> new->shift & 1))
    vm_put_u64 (t, &s->tlb_shifts, s->tlb_shifts | UINT64_C (1) << new->shift);
  return index;
}

/* Removes one entry. */
void vm_tlb_drop (struct vm_tape *t, const struct vm_state *s, uint32_t index);

/* Removes what is kept for the page around an address, in every size
 * (INVLPG). Says nothing if there is nothing. */
void vm_tlb_drop_page (struct vm_tape *t, const struct vm_state *s,
                       vm_vaddr va);

/* How many entries a write to CR3 removes: all but the global ones. */
uint32_t vm_tlb_flushable (const struct vm_state *s);

/* Removes them. Records no steps of its own. */
void vm_tlb_flush (struct vm_tape *t, const struct vm_state *s);

/* How many entries of the set were used later than this one: 0 is the most
 * recent. For showing; the machine itself compares times of use. */
uint32_t vm_tlb_age (const struct vm_state *s, uint32_t index);

#endif
