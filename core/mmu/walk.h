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
  bool means_user; /* the kernel uses a pointer of the program's, and says so:
                      EFLAGS.AC (STAC), sstatus.SUM */
};

/* What an access may do, gathered over all levels. */
struct vm_rights {
  bool readable, writable, user;
  bool no_execute, kernel_no_execute; /* the same but on AArch64 */
};

#define VM_ALL_RIGHTS                                                          \
  ((struct vm_rights){.readable = true, .writable = true, .user = true})

struct vm_walk {
  enum vm_verdict verdict; /* VM_VERDICT_ALLOWED: the rest is meaningful */
  struct vm_rights rights;
  struct vm_pte leaf;  /* as it is after A and D were set */
  vm_paddr entry;      /* where the last entry read lies */
  uint32_t level;      /* of the last entry read */
  uint32_t reads;      /* entries read */
  uint32_t page_shift; /* log2 of the page's size */
  bool global;         /* every address space has this page here */
  bool stale;          /* it began with an upper entry that is out of date */
};

/* Adds one to a counter of the state. */
static inline void
vm_count (struct vm_tape *t, const uint64_t *counter)
{
  vm_put_u64 (t, counter, *counter + 1);
}

/* x86 (SDM vol. 3A, 4.6.1), with EFLAGS.AC = 0. */
VM_ALWAYS_INLINE enum vm_verdict
vm_rights_x86 (const struct vm_config *config, const struct vm_rights *rights,
               enum vm_access_kind kind, bool user)
{
  if (user && !rights->user)
    return VM_VERDICT_SUPERVISOR;
  if (!user && rights->user && kind == VM_FETCH && config->smep)
    return VM_VERDICT_SMEP;
  if (!user && rights->user && kind != VM_FETCH && config->smap)
    return VM_VERDICT_SMAP;
  if (kind == VM_WRITE && !rights->writable && (user || config->wp))
    return VM_VERDICT_READ_ONLY;
  if (kind == VM_FETCH && rights->no_execute)
    return VM_VERDICT_NO_EXECUTE;
  return VM_VERDICT_ALLOWED;
}

/* RISC-V (privileged architecture, 12.3.1 and 12.1.1.2): the kernel never
 * executes a page of user mode's, and touches one only while SUM is set; MXR
 * lets loads read what can be executed. */
VM_ALWAYS_INLINE enum vm_verdict
vm_rights_riscv (const struct vm_config *config, const struct vm_rights *rights,
                 enum vm_access_kind kind, bool user)
{
  if (user && !rights->user)
    return VM_VERDICT_SUPERVISOR;
  if (!user && rights->user && (kind == VM_FETCH || !config->sum))
    return VM_VERDICT_USER_PAGE;
  if (kind == VM_READ && !rights->readable
      && (!config->mxr || rights->no_execute))
    return VM_VERDICT_NO_READ;
  if (kind == VM_WRITE && !rights->writable)
    return VM_VERDICT_READ_ONLY;
  if (kind == VM_FETCH && rights->no_execute)
    return VM_VERDICT_NO_EXECUTE;
  return VM_VERDICT_ALLOWED;
}

/* AArch64 (Arm ARM, D8.4, PAN and WXN off): what user mode can write the
 * kernel never executes; and user mode may execute what it cannot read. */
VM_ALWAYS_INLINE enum vm_verdict
vm_rights_arm (const struct vm_rights *rights, enum vm_access_kind kind,
               bool user)
{
  if (kind == VM_FETCH)
    return user
               ? rights->no_execute ? VM_VERDICT_NO_EXECUTE : VM_VERDICT_ALLOWED
           : rights->kernel_no_execute || (rights->user && rights->writable)
               ? VM_VERDICT_NO_EXECUTE
               : VM_VERDICT_ALLOWED;
  if (user && !rights->user)
    return VM_VERDICT_SUPERVISOR;
  if (kind == VM_WRITE && !rights->writable)
    return VM_VERDICT_READ_ONLY;
  return VM_VERDICT_ALLOWED;
}

/* May an access do what it wants with a page of these rights? */
VM_ALWAYS_INLINE enum vm_verdict
vm_rights_verdict (const struct vm_config *config, const struct vm_geometry *g,
                   const struct vm_rights *rights, enum vm_access_kind kind,
                   enum vm_mode mode)
{
  bool user = mode == VM_USER_MODE;

  switch (g->family) {
  case VM_FAMILY_X86:
    return vm_rights_x86 (config, rights, kind, user);
  case VM_FAMILY_RISCV:
    return vm_rights_riscv (config, rights, kind, user);
  case VM_FAMILY_ARM:
    return vm_rights_arm (rights, kind, user);
  }
  return VM_VERDICT_ALLOWED;
}

/* Does the execute bit that counts for this mode forbid? */
VM_ALWAYS_INLINE bool
vm_rights_no_execute (const struct vm_rights *rights, enum vm_mode mode)
{
  return mode == VM_USER_MODE ? rights->no_execute : rights->kernel_no_execute;
}

/* Says on the tape what a check came to. */
VM_ALWAYS_INLINE void
vm_rights_tell (struct vm_tape *t, enum vm_verdict verdict,
                const struct vm_rights *rights, const struct vm_access *access)
{
  vm_step_leaf (
      t, VM_STEP_PERMISSION,
      (uint64_t[VM_STEP_VALUES]){verdict, rights->writable, rights->user,
                                 vm_rights_no_execute (rights, access->mode),
                                 access->kind, access->mode});
}

/* Asks, and says so on the tape. */
VM_ALWAYS_INLINE enum vm_verdict
vm_rights_check (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_geometry *g, const struct vm_rights *rights,
                 const struct vm_access *access)
{
  struct vm_rights asked = *rights;

  /* Nothing but SMAP and SUM asks the kernel whose page it is. */
  asked.user = rights->user && !access->means_user;
  enum vm_verdict verdict
      = vm_rights_verdict (&s->config, g, &asked, access->kind, access->mode);

  vm_rights_tell (t, verdict, rights, access);
  return verdict;
}

/* What an entry leaves of the rights gathered above it. */
VM_ALWAYS_INLINE void
vm_rights_restrict (struct vm_rights *rights, const struct vm_pte *pte)
{
  rights->readable &= pte->readable;
  rights->writable &= pte->writable;
  rights->user &= pte->user;
  rights->no_execute |= pte->no_execute;
  rights->kernel_no_execute |= pte->kernel_no_execute;
}

/* Records a step about the entry of a level. */
VM_ALWAYS_INLINE void
vm_walk_entry_step (struct vm_tape *t, const struct vm_geometry *g,
                    enum vm_step_kind kind, const struct vm_walk *walk,
                    uint32_t index, const struct vm_pte *pte)
{
  vm_step_leaf (
      t, kind,
      (uint64_t[VM_STEP_VALUES]){walk->level, index,
                                 vm_geometry_table_of (g, walk->entry, index).v,
                                 walk->entry.v, pte->raw, pte->frame});
}

/* Sets a flag of the entry that was just read, in memory and in *pte. */
VM_ALWAYS_INLINE void
vm_walk_mark (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, enum vm_step_kind kind,
              const struct vm_walk *walk, uint32_t index, struct vm_pte *pte,
              uint64_t bit)
{
  pte->raw |= bit;
  vm_walk_entry_step (t, g, kind, walk, index, pte);
  vm_memory_write (t, s, walk->entry, g->entry_bytes, pte->raw);
}

/* A machine that leaves A and D to software faults where one is missing
 * (RISC-V without Svadu; Arm's access flag fault). */
VM_ALWAYS_INLINE bool
vm_walk_needs_flag (const struct vm_state *s, const struct vm_pte *leaf,
                    const struct vm_access *access)
{
  return !s->config.set_flags
         && (!leaf->accessed || (access->kind == VM_WRITE && !leaf->dirty));
}

/* May this access use the leaf as it stands? Where a flag is missing as well,
 * AArch64 says so first (Arm ARM, D8.15, priority of faults). */
VM_ALWAYS_INLINE enum vm_verdict
vm_walk_judge (struct vm_tape *t, const struct vm_state *s,
               const struct vm_geometry *g, const struct vm_access *access,
               const struct vm_walk *walk)
{
  bool needs_flag = vm_walk_needs_flag (s, &walk->leaf, access);

  if (!needs_flag || g->family != VM_FAMILY_ARM) {
    enum vm_verdict verdict = vm_rights_check (t, s, g, &walk->rights, access);
    if (verdict != VM_VERDICT_ALLOWED || !needs_flag)
      return verdict;
  }
  vm_rights_tell (t, VM_VERDICT_NO_FLAG, &walk->rights, access);
  return VM_VERDICT_NO_FLAG;
}

/* The leaf was found: asks for permission, then sets A and, for a write, D. */
VM_ALWAYS_INLINE void
vm_walk_finish (struct vm_tape *t, const struct vm_state *s,
                const struct vm_geometry *g, const struct vm_access *access,
                uint32_t index, struct vm_walk *walk)
{
  walk->page_shift = g->level[walk->level].low;
  walk->verdict = vm_walk_judge (t, s, g, access, walk);
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
VM_ALWAYS_INLINE enum vm_verdict
vm_walk_usable (const struct vm_pte *pte, uint32_t level)
{
  if (!pte->present)
    return VM_VERDICT_NOT_PRESENT;
  if (pte->reserved != 0)
    return VM_VERDICT_RESERVED;
  return level == 1 && !pte->leaf ? VM_VERDICT_NO_LEAF : VM_VERDICT_ALLOWED;
}

/* Reads the entry of a level: out of memory, or, where it was loaded with the
 * root, out of the processor's register. counted: it is a processor that reads,
 * and what it does is counted. */
VM_ALWAYS_INLINE struct vm_pte
vm_walk_read (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, const struct vm_cpu *cpu,
              uint32_t index, bool counted, struct vm_walk *walk)
{
  if (walk->level == g->register_level) {
    struct vm_pte pte
        = vm_pte_decode (g, walk->level, cpu->pdpte[index], s->config.nx);
    vm_walk_entry_step (t, g, VM_STEP_REGISTER_READ, walk, index, &pte);
    return pte;
  }

  uint64_t raw = vm_memory_read (s, walk->entry, g->entry_bytes);
  struct vm_pte pte = vm_pte_decode (g, walk->level, raw, s->config.nx);
  walk->reads++;
  vm_walk_entry_step (t, g, VM_STEP_ENTRY_READ, walk, index, &pte);
  if (counted && t != NULL) {
    vm_count (t, &s->counters.entry_reads);
    vm_count (t, &s->counters.memory_accesses);
  }
  return pte;
}

/* The frame of the table that a walk begins with. */
VM_ALWAYS_INLINE vm_frame
vm_walk_root (const struct vm_geometry *g, const struct vm_cpu *cpu,
              vm_vaddr va)
{
  bool upper = vm_geometry_is_upper (g, va);

  return vm_paddr_frame (vm_paddr_of (upper ? cpu->root_high : cpu->cr3),
                         g->page_shift);
}

/* Remembers an entry of an upper level (psc.h). */
void vm_psc_keep (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_geometry *g, uint32_t cpu, vm_vaddr va,
                  const struct vm_walk *walk, vm_frame table);

/* Where nobody watches: is this an entry of an upper level that changes nothing
 * but the table? Then that is all that is found out about it. */
VM_ALWAYS_INLINE bool
vm_walk_leads_on (const struct vm_state *s, const struct vm_geometry *g,
                  uint32_t level, vm_paddr entry, vm_frame *table)
{
  if (g->format != VM_PTE_X86_64 || level == 1)
    return false;
  uint64_t raw = vm_memory_read (s, entry, 8);
  if (!vm_pte_x86_64_leads_on (raw))
    return false;
  *table = vm_frame_of ((raw & VM_X86_64_FRAME_MASK) >> 12);
  return true;
}

/* Walks down from a table of a level. */
VM_ALWAYS_INLINE struct vm_walk
vm_walk_down (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, const struct vm_cpu *cpu,
              const struct vm_access *access, struct vm_walk walk,
              vm_frame table, uint32_t level, bool keep, bool counted)
{
#pragma GCC unroll 4
  for (; level > 0; level--) {
    uint32_t index = vm_geometry_index (g, level, access->va);
    walk.level = level;
    walk.entry = vm_geometry_entry (g, table, index);
    if (t == NULL && !keep
        && vm_walk_leads_on (s, g, level, walk.entry, &table)) {
      walk.reads++;
      continue;
    }

    struct vm_pte pte = vm_walk_read (t, s, g, cpu, index, counted, &walk);
    walk.verdict = vm_walk_usable (&pte, level);
    if (walk.verdict != VM_VERDICT_ALLOWED) {
      struct vm_rights own = VM_ALL_RIGHTS;
      vm_rights_restrict (&own, &pte);
      vm_rights_tell (t, walk.verdict, &own, access);
      return walk;
    }

    vm_rights_restrict (&walk.rights, &pte);
    walk.global |= pte.global;
    if (pte.leaf) {
      walk.leaf = pte;
      vm_walk_finish (t, s, g, access, index, &walk);
      return walk;
    }

    if (!pte.accessed)
      vm_walk_mark (t, s, g, VM_STEP_SET_ACCESSED, &walk, index, &pte,
                    vm_pte_accessed_bit (g));
    table = vm_frame_of (pte.frame);
    if (keep)
      vm_psc_keep (t, s, g, (uint32_t) (cpu - s->cpus), access->va, &walk,
                   table);
  }
  return walk;
}

/* Walks on from a table of a level, with what was gathered above it. keep: the
 * entries of upper levels are remembered. counted: as above; where nobody
 * watches, all that were read are counted at once. */
VM_ALWAYS_INLINE struct vm_walk
vm_walk_from (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, const struct vm_cpu *cpu,
              const struct vm_access *access, struct vm_walk walk,
              vm_frame table, uint32_t level, bool keep, bool counted)
{
  const struct vm_counters *c = &s->counters;
  uint32_t before = walk.reads;

  walk = vm_walk_down (t, s, g, cpu, access, walk, table, level, keep, counted);
  if (!counted || t != NULL)
    return walk;
  uint32_t reads = walk.reads - before;
  vm_put_u64 (NULL, &c->entry_reads, c->entry_reads + reads);
  vm_put_u64 (NULL, &c->memory_accesses, c->memory_accesses + reads);
  return walk;
}

/* Walks the tables of a processor for an access. The address must be
 * canonical. What went wrong, if anything, is in the walk's verdict. */
VM_ALWAYS_INLINE struct vm_walk
vm_walk (struct vm_tape *t, const struct vm_state *s,
         const struct vm_geometry *g, const struct vm_cpu *cpu,
         const struct vm_access *access)
{
  return vm_walk_from (
      t, s, g, cpu, access, (struct vm_walk){.rights = VM_ALL_RIGHTS},
      vm_walk_root (g, cpu, access->va), g->levels, false, true);
}

/* Walks tables for somebody who is no processor: cpu is not one of the
 * state's, only what its registers would hold. */
VM_ALWAYS_INLINE struct vm_walk
vm_walk_uncounted (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_geometry *g, const struct vm_cpu *cpu,
                   const struct vm_access *access)
{
  return vm_walk_from (
      t, s, g, cpu, access, (struct vm_walk){.rights = VM_ALL_RIGHTS},
      vm_walk_root (g, cpu, access->va), g->levels, false, false);
}

#endif
