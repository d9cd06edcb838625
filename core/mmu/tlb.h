/* The translation look-aside buffers: sets, ways, tags.
 *
 *   page number  | ........ tag ........ | set |      set = page mod sets
 *                                           |
 *                  way 0     way 1      ... v  way n
 *                | page     | page     |   | page     |
 *                | frame    | frame    |   | frame    |
 *
 * A processor has one TLB; or one for instructions and one for data; and
 * either may have a second level behind it. All lie in one array:
 *
 *   s->tlb   | CPU 0: data or unified | code | second | ... | CPU 1: ...
 *             0                                              4096
 *
 * The whole page number is kept as the tag, for the reader's sake. Pages of
 * several sizes share a TLB: it is probed once for each size that was ever
 * filled, the smallest first. (Intel's first levels have an array for each
 * size instead; its second level shares one between 4 KiB and 2 MiB pages.) */
#ifndef VM_TLB_H
#define VM_TLB_H

#include "mmu/geometry.h"
#include "tape/memory.h"

/* Stands for an address space's number where entries have none: all match. */
#define VM_ANY_ASID UINT32_MAX

/* With KPTI the bit that tells user mode's address space from the kernel's
 * view of the same process. */
#define VM_ASID_USER 0x800u

/* One TLB: where its entries lie in s->tlb. sets is 0 if there is none. */
struct vm_tlb {
  uint32_t first, sets, ways;
};

/* The position of the lowest bit that is set; there must be one. */
static inline uint32_t
vm_lowest_bit (uint64_t bits)
{
  return (uint32_t) __builtin_ctzll (bits);
}

/* A TLB of a processor. */
static inline struct vm_tlb
vm_tlb_of (const struct vm_state *s, uint32_t cpu, enum vm_tlb_unit unit)
{
  const struct vm_config *c = &s->config;
  struct vm_tlb tlb = {cpu * VM_MAX_TLB_ENTRIES, c->tlb_sets, c->tlb_ways};

  if (unit == VM_TLB_DATA)
    return tlb;
  tlb.first += tlb.sets * tlb.ways;
  tlb.sets = c->itlb_sets;
  tlb.ways = c->itlb_ways;
  if (unit == VM_TLB_CODE)
    return tlb;
  tlb.first += tlb.sets * tlb.ways;
  tlb.sets = c->stlb_sets;
  tlb.ways = c->stlb_ways;
  return tlb;
}

/* The first-level TLB that an access asks. */
static inline enum vm_tlb_unit
vm_tlb_unit_for (const struct vm_state *s, enum vm_access_kind kind)
{
  return kind == VM_FETCH && s->config.itlb_sets != 0 ? VM_TLB_CODE
                                                      : VM_TLB_DATA;
}

/* Entries of all TLBs of a processor: s->tlb has them from
 * cpu * VM_MAX_TLB_ENTRIES on. */
static inline uint32_t
vm_tlb_entries (const struct vm_state *s)
{
  struct vm_tlb last = vm_tlb_of (s, 0, VM_TLB_SECOND);

  return last.first + last.sets * last.ways;
}

/* The TLB of a processor in which an entry of s->tlb lies; sets *unit. The
 * processor is index / VM_MAX_TLB_ENTRIES. */
struct vm_tlb vm_tlb_holding (const struct vm_state *s, uint32_t index,
                              enum vm_tlb_unit *unit);

/* The set in which a page number is kept. */
static inline uint32_t
vm_tlb_set_of (const struct vm_tlb *tlb, uint64_t page)
{
  uint32_t sets = tlb->sets;

  /* Hardware has a power of two; the division is for the curious. */
  if ((sets & (sets - 1)) == 0)
    return (uint32_t) page & (sets - 1);
  return (uint32_t) (page % sets);
}

/* Index in s->tlb of way 0 of a set. */
static inline uint32_t
vm_tlb_first_way (const struct vm_tlb *tlb, uint32_t set)
{
  return tlb->first + set * tlb->ways;
}

/* Does an entry belong to that address space? Global ones belong to all. */
static inline bool
vm_tlb_is_of (const struct vm_tlb_entry *entry, uint32_t asid)
{
  return asid == VM_ANY_ASID || entry->asid == asid || entry->global;
}

/* Ways of a set that hold an entry. */
uint32_t vm_tlb_valid_ways (const struct vm_state *s, const struct vm_tlb *tlb,
                            uint32_t set);

/* Says on the tape what comparing a way came to. */
void vm_tlb_tell_comparison (struct vm_tape *t, uint32_t set, uint64_t page,
                             uint32_t shift, uint32_t way,
                             const struct vm_tlb_entry *entry, bool match);

/* Looks for the page of one size: compares way after way. Returns the index
 * in s->tlb, or VM_NONE. */
VM_ALWAYS_INLINE uint32_t
vm_tlb_probe_size (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_tlb *tlb, uint32_t asid, vm_vaddr va,
                   uint32_t shift)
{
  uint64_t page = va.v >> shift;
  uint32_t set = vm_tlb_set_of (tlb, page);
  uint32_t first = vm_tlb_first_way (tlb, set);

  if (t != NULL)
    vm_step_begin (t, VM_STEP_TLB_PROBE,
                   (uint64_t[VM_STEP_VALUES]){set, page, shift,
                                              vm_tlb_valid_ways (s, tlb, set)});
  uint32_t found = VM_NONE;
  for (uint32_t i = first; i < first + tlb->ways; i++) {
    const struct vm_tlb_entry *entry = &s->tlb[i];
    bool match = entry->page == page && entry->valid && entry->shift == shift
                 && vm_tlb_is_of (entry, asid);
    if (t != NULL && entry->valid)
      vm_tlb_tell_comparison (t, set, page, shift, i - first, entry, match);
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
vm_tlb_probe (struct vm_tape *t, const struct vm_state *s,
              const struct vm_tlb *tlb, uint32_t asid, vm_vaddr va)
{
  uint64_t shifts = s->tlb_shifts != 0 ? s->tlb_shifts
                                       : UINT64_C (1) << s->config.page_shift;

  /* The usual case, folded into its caller. */
  if (shifts == UINT64_C (1) << VM_PAGE_SHIFT)
    return vm_tlb_probe_size (t, s, tlb, asid, va, VM_PAGE_SHIFT);

  for (; shifts != 0; shifts &= shifts - 1) {
    uint32_t shift = vm_lowest_bit (shifts);
    uint32_t found = vm_tlb_probe_size (t, s, tlb, asid, va, shift);
    if (found != VM_NONE)
      return found;
  }
  return VM_NONE;
}

/* Puts a new entry into a way of its set: kind says whether a walk found it
 * (VM_STEP_TLB_FILL) or the second level (VM_STEP_TLB_PROMOTE). */
VM_ALWAYS_INLINE void
vm_tlb_put (struct vm_tape *t, const struct vm_state *s,
            const struct vm_tlb *tlb, enum vm_step_kind kind, uint32_t index,
            const struct vm_tlb_entry *new)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  uint32_t set = vm_tlb_set_of (tlb, new->page);

  vm_step_leaf (t, kind,
                (uint64_t[VM_STEP_VALUES]){set, new->page, new->shift,
                                           index - vm_tlb_first_way (tlb, set),
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
  if (entry->asid != new->asid)
    vm_put_u16 (t, &entry->asid, new->asid);
  if (entry->let_pass != 0)
    vm_put_u8 (t, &entry->let_pass, 0);
  if (entry->stale != new->stale)
    vm_put_u8 (t, &entry->stale, new->stale);
  if (!(s->tlb_shifts >> new->shift & 1))
    vm_put_u64 (t, &s->tlb_shifts, s->tlb_shifts | UINT64_C (1) << new->shift);
}

/* The way that a new entry takes where the least recently used goes: an empty
 * one, else the one whose last use is longest ago. */
VM_ALWAYS_INLINE uint32_t
vm_tlb_least_recent (const struct vm_state *s, const struct vm_tlb *tlb,
                     uint32_t set)
{
  uint32_t first = vm_tlb_first_way (tlb, set);
  uint32_t victim = first;

  for (uint32_t i = first; i < first + tlb->ways; i++) {
    if (!s->tlb[i].valid)
      return i;
    if (s->tlb[i].used < s->tlb[victim].used)
      victim = i;
  }
  return victim;
}

/* Keeps an entry for its page (shift included) in place of the least recently
 * used. Returns its index. Other policies: replace.h. */
VM_ALWAYS_INLINE uint32_t
vm_tlb_fill (struct vm_tape *t, const struct vm_state *s,
             const struct vm_tlb *tlb, const struct vm_tlb_entry *new)
{
  uint32_t index = vm_tlb_least_recent (s, tlb, vm_tlb_set_of (tlb, new->page));

  vm_tlb_put (t, s, tlb, VM_STEP_TLB_FILL, index, new);
  return index;
}

/* Removes one entry. */
void vm_tlb_drop (struct vm_tape *t, const struct vm_state *s, uint32_t index);

/* How many entries of the set were used later than this one: 0 is the most
 * recent. For showing; the machine itself compares times of use. */
uint32_t vm_tlb_age (const struct vm_state *s, uint32_t index);

#endif
