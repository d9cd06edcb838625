/* The walk: from a virtual address to the entry that maps it.
 *
 *      CR3                                           virtual address
 *       |                                  | index n | ... | index 1 | offset |
 *       v                                       |               |
 *   table n   entry [index n] <-----------------+               |
 *       |     P=0? fault. Reserved bit? fault. Set A.           |
 *       v                                                       |
 *   table 1   entry [index 1] <---------------------------------+
 *             leaf: may this access do what it wants? Set A, set D.
 *
 * One loop serves every format: it reads bytes out of simulated memory, and
 * the codec of the format says what they mean (pte.h). Rules: Intel SDM vol.
 * 3A, 4.5 (walk), 4.6 (rights), 4.8 (accessed and dirty). */
#ifndef VM_WALK_H
#define VM_WALK_H

#include "mmu/pte.h"
#include "tape/memory.h"

/* One access, as far as translation cares. */
struct vm_access {
  vm_vaddr va;
  enum vm_access_kind kind;
  enum vm_mode mode;
};

/* What an access may do, gathered over all levels. */
struct vm_rights {
  bool writable, user, no_execute;
};

struct vm_walk {
  enum vm_verdict verdict; /* VM_VERDICT_ALLOWED: the rest is meaningful */
  struct vm_rights rights;
  struct vm_pte leaf;  /* as it is after A and D were set */
  vm_paddr entry;      /* where the last entry read lies */
  uint32_t level;      /* of the last entry read */
  uint32_t reads;      /* entries read */
  uint32_t page_shift; /* log2 of the page's size */
};

/* Adds one to a counter of the state. */
static inline void
vm_count (struct vm_tape *t, const uint64_t *counter)
{
  vm_put_u64 (t, counter, *counter + 1);
}

/* May an access do what it wants with a page of these rights? (SDM 4.6.1;
 * EFLAGS.AC is taken as 0.) */
static inline enum vm_verdict
vm_rights_verdict (const struct vm_config *config, struct vm_rights rights,
                   enum vm_access_kind kind, enum vm_mode mode)
{
  bool user = mode == VM_USER_MODE;

  if (user && !rights.user)
    return VM_VERDICT_SUPERVISOR;
  if (!user && rights.user && kind == VM_FETCH && config->smep)
    return VM_VERDICT_SMEP;
  if (!user && rights.user && kind != VM_FETCH && config->smap)
    return VM_VERDICT_SMAP;
  if (kind == VM_WRITE && !rights.writable && (user || config->wp))
    return VM_VERDICT_READ_ONLY;
  if (kind == VM_FETCH && rights.no_execute)
    return VM_VERDICT_NO_EXECUTE;
  return VM_VERDICT_ALLOWED;
}

/* Asks, and says so on the tape. */
static inline enum vm_verdict
vm_rights_check (struct vm_tape *t, const struct vm_state *s,
                 struct vm_rights rights, const struct vm_access *access)
{
  enum vm_verdict verdict
      = vm_rights_verdict (&s->config, rights, access->kind, access->mode);

  vm_step_leaf (t, VM_STEP_PERMISSION,
                (uint64_t[VM_STEP_VALUES]){verdict, rights.writable,
                                           rights.user, rights.no_execute,
                                           access->kind, access->mode});
  return verdict;
}

/* Records a step about the entry of a level. */
static inline void
vm_walk_entry_step (struct vm_tape *t, enum vm_step_kind kind,
                    const struct vm_walk *walk, uint32_t index,
                    const struct vm_pte *pte)
{
  vm_step_leaf (t, kind,
                (uint64_t[VM_STEP_VALUES]){
                    walk->level, index, walk->entry.v >> VM_PAGE_SHIFT,
                    walk->entry.v, pte->raw, pte->frame});
}

/* Sets a flag of the entry that was just read, in memory and in *pte. */
static inline void
vm_walk_mark (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, enum vm_step_kind kind,
              const struct vm_walk *walk, uint32_t index, struct vm_pte *pte,
              uint64_t bit)
{
  pte->raw |= bit;
  vm_walk_entry_step (t, kind, walk, index, pte);
  vm_memory_write (t, s, walk->entry, g->entry_bytes, pte->raw);
}

/* The leaf was found: asks for permission, then sets A and, for a write, D. */
static inline void
vm_walk_finish (struct vm_tape *t, const struct vm_state *s,
                const struct vm_geometry *g, const struct vm_access *access,
                uint32_t index, struct vm_walk *walk)
{
  walk->page_shift = g->level[walk->level].low;
  walk->verdict = vm_rights_check (t, s, walk->rights, access);
  if (walk->verdict != VM_VERDICT_ALLOWED)
    return;

  if (!walk->leaf.accessed)
    vm_walk_mark (t, s, g, VM_STEP_SET_ACCESSED, walk, index, &walk->leaf,
                  vm_pte_accessed_bit (g));
  if (access->kind == VM_WRITE && !walk->leaf.dirty) {
    vm_walk_mark (t, s, g, VM_STEP_SET_DIRTY, walk, index, &walk->leaf,
                  vm_pte_dirty_bit (g));
    walk->leaf.dirty = 1;
  }
  walk->leaf.accessed = 1;
}

/* Why an entry cannot be used, whatever the access; VM_VERDICT_ALLOWED if it
 * can. */
static inline enum vm_verdict
vm_walk_usable (struct vm_tape *t, const struct vm_pte *pte,
                const struct vm_access *access)
{
  if (pte->present && pte->reserved == 0)
    return VM_VERDICT_ALLOWED;

  enum vm_verdict verdict = pte->present ? VM_VERDICT_RESERVED
                                         : VM_VERDICT_NOT_PRESENT;
  vm_step_leaf (t, VM_STEP_PERMISSION,
                (uint64_t[VM_STEP_VALUES]){verdict, pte->writable, pte->user,
                                           pte->no_execute, access->kind,
                                           access->mode});
  return verdict;
}

/* Walks the tables below root for an access. The address must be canonical.
 * What went wrong, if anything, is in the walk's verdict. */
VM_ALWAYS_INLINE struct vm_walk
vm_walk (struct vm_tape *t, const struct vm_state *s,
         const struct vm_geometry *g, vm_frame root,
         const struct vm_access *access)
{
  struct vm_walk walk = {.rights = {.writable = true, .user = true}};
  vm_frame table = root;

  for (uint32_t level = g->levels; level > 0; level--) {
    uint32_t index = vm_geometry_index (g, level, access->va);
    walk.level = level;
    walk.entry = vm_paddr_of (vm_frame_start (table).v
                              + (uint64_t) index * g->entry_bytes);

    uint64_t raw = vm_memory_read (s, walk.entry, g->entry_bytes);
    struct vm_pte pte = vm_pte_decode (g, level, raw, s->config.nx);
    walk.reads++;
    vm_walk_entry_step (t, VM_STEP_ENTRY_READ, &walk, index, &pte);
    vm_count (t, &s->counters.entry_reads);
    vm_count (t, &s->counters.memory_accesses);

    walk.verdict = vm_walk_usable (t, &pte, access);
    if (walk.verdict != VM_VERDICT_ALLOWED)
      return walk;

    walk.rights.writable &= pte.writable;
    walk.rights.user &= pte.user;
    walk.rights.no_execute |= pte.no_execute;
    if (pte.leaf) {
      walk.leaf = pte;
      vm_walk_finish (t, s, g, access, index, &walk);
      return walk;
    }

    if (!pte.accessed)
      vm_walk_mark (t, s, g, VM_STEP_SET_ACCESSED, &walk, index, &pte,
                    vm_pte_accessed_bit (g));
    table = vm_frame_of (pte.frame);
  }
  return walk;
}

#endif
