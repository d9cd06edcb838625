/* One processor at work: TLB first, walk on a miss, fault if refused.
 *
 *   access -> canonical? -> TLB probe --hit--> rights --> D --> address
 *                 |             |                |
 *                #GP           miss              +--> drop the entry, #PF
 *                               |
 *                             walk --refused--> #PF
 *                               |
 *                              fill ------------------------> address
 */
#ifndef VM_CPU_H
#define VM_CPU_H

#include "mmu/flush.h"
#include "mmu/usual.h"
#include "mmu/walk.h"

/* Ends an access in an exception. */
void vm_cpu_end_in_fault (struct vm_tape *t, const struct vm_state *s,
                          struct vm_fault what, struct vm_translation *result);

/* Ends an access in a page fault, as the processor's family reports one
 * (fault.h): CR2, stval or FAR takes the address. level is that of the entry
 * that refused. */
void vm_cpu_page_fault (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_geometry *g, uint32_t cpu,
                        enum vm_verdict verdict, uint32_t level,
                        const struct vm_access *access,
                        struct vm_translation *result);

/* Ends an access to a non-canonical address: #GP on the x86, where CR2 stays;
 * a page fault elsewhere. */
void vm_cpu_not_canonical (struct vm_tape *t, const struct vm_state *s,
                           const struct vm_geometry *g, uint32_t cpu,
                           const struct vm_access *access,
                           struct vm_translation *result);

/* Says on the tape whether a TLB had the page; index VM_NONE: it had not. */
void vm_cpu_tell_outcome (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_tlb *tlb, vm_vaddr va,
                          uint32_t index);

/* Removes what a processor keeps of the way to an address in the loaded address
 * space: its page from all TLBs, in every size, and the upper levels' entries.
 * A page fault does so, wherever it comes from (SDM 4.10.4.1). */
void vm_cpu_forget (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_geometry *g, uint32_t cpu, vm_vaddr va);

/* The number that tags a process's entries; 0: it has none of its own, because
 * the processor knows none, or has no more. Each address space keeps one for
 * life; Linux has but six a processor on the x86 and hands them round. */
uint32_t vm_asid_of (const struct vm_state *s, uint32_t process);

/* True if a hit leaves something to be done by software: a write through an
 * entry with D clear, on a machine that does not set D. */
static inline bool
vm_cpu_needs_flag (const struct vm_state *s, const struct vm_tlb_entry *entry,
                   const struct vm_access *access)
{
  return !s->config.set_flags && access->kind == VM_WRITE && !entry->dirty;
}

/* A write through an entry with D clear makes the processor look for the leaf
 * entry again, to set D there. True if that one does not map the page any more,
 * so that the processor must walk. (What the TLB forbids is refused before.) */
bool vm_cpu_must_walk_again (const struct vm_state *s,
                             const struct vm_geometry *g,
                             const struct vm_tlb_entry *entry,
                             const struct vm_access *access);

/* A write through an entry that has D clear: sets D in the page table. A real
 * processor walks again to find it; the simulated TLB remembers where. */
void vm_cpu_set_dirty (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_geometry *g,
                       const struct vm_tlb_entry *entry, vm_vaddr va);

/* The kind of an access, as a bit of let_pass. */
static inline uint8_t
vm_cpu_pass_bit (const struct vm_access *access)
{
  return (uint8_t) (1u << (2 * access->kind + access->mode));
}

/* What the TLB lets be done with a page. */
VM_ALWAYS_INLINE struct vm_rights
vm_cpu_rights_of (const struct vm_tlb_entry *entry)
{
  return (struct vm_rights){
      .readable = entry->readable,
      .writable = entry->writable,
      .user = entry->user,
      .no_execute = entry->no_execute,
      .kernel_no_execute = entry->kernel_no_execute,
  };
}

/* Holds an access against what the TLB knows of the page. False if it ends in
 * a fault. */
VM_ALWAYS_INLINE bool
vm_cpu_judge (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, uint32_t cpu,
              const struct vm_tlb_entry *entry, const struct vm_access *access,
              struct vm_translation *result)
{
  struct vm_rights rights = vm_cpu_rights_of (entry);
  enum vm_verdict verdict = vm_rights_check (t, s, g, &rights, access);

  if (verdict == VM_VERDICT_ALLOWED && vm_cpu_needs_flag (s, entry, access)) {
    verdict = VM_VERDICT_NO_FLAG;
    vm_rights_tell (t, verdict, &rights, access);
  }
  if (verdict != VM_VERDICT_ALLOWED) {
    uint32_t level = entry->level;
    vm_cpu_forget (t, s, g, cpu, access->va);
    vm_cpu_page_fault (t, s, g, cpu, verdict, level, access, result);
    return false;
  }
  if (access->kind == VM_WRITE && !entry->dirty)
    vm_cpu_set_dirty (t, s, g, entry, access->va);
  return true;
}

/* The TLB has the page: asks for permission, marks the use. Where nobody
 * watches, what was allowed once is not asked again: nothing can have changed
 * it while the entry stands. (The caller has noted the use.) */
VM_ALWAYS_INLINE void
vm_cpu_hit (struct vm_tape *t, const struct vm_state *s,
            const struct vm_geometry *g, uint32_t cpu, uint32_t index,
            const struct vm_access *access, struct vm_translation *result)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  uint8_t bit = vm_cpu_pass_bit (access);

  vm_count (t, &s->counters.tlb_hits);
  if (t != NULL || !(entry->let_pass & bit)) {
    if (!vm_cpu_judge (t, s, g, cpu, entry, access, result))
      return;
    if (t == NULL)
      vm_put_u8 (t, &entry->let_pass, entry->let_pass | bit);
  }
  result->ok = true;
  result->page_shift = entry->shift;
  result->pa
      = vm_paddr_of ((entry->frame << g->page_shift)
                     + (access->va.v & ((UINT64_C (1) << entry->shift) - 1)));
}

/* What the TLB keeps of a successful walk. */
VM_ALWAYS_INLINE struct vm_tlb_entry
vm_cpu_entry_of (const struct vm_state *s, const struct vm_walk *walk,
                 vm_vaddr va)
{
  return (struct vm_tlb_entry){
      .page = va.v >> walk->page_shift,
      .frame = walk->leaf.frame,
      .used = s->counters.tick,
      .entry = walk->entry.v,
      .valid = 1,
      .shift = (uint8_t) walk->page_shift,
      .readable = walk->rights.readable,
      .writable = walk->rights.writable,
      .user = walk->rights.user,
      .no_execute = walk->rights.no_execute,
      .kernel_no_execute = walk->rights.kernel_no_execute,
      .dirty = walk->leaf.dirty,
      .global = walk->global,
      .level = (uint8_t) walk->level,
      .stale = walk->stale,
  };
}

/* Walks the tables with the keeping of upper entries (psc.h). */
struct vm_walk vm_cpu_walk_remembering (struct vm_tape *t,
                                        const struct vm_state *s,
                                        const struct vm_geometry *g,
                                        uint32_t cpu,
                                        const struct vm_access *access);

/* Puts a new entry into the TLBs of a processor, by its policy: the second
 * level first. */
void vm_cpu_fill (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                  enum vm_access_kind kind, struct vm_tlb_entry *entry);

/* Fills the TLBs with what a walk found, or faults. */
VM_ALWAYS_INLINE void
vm_cpu_use_walk (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_geometry *g, uint32_t cpu,
                 const struct vm_access *access, bool organised,
                 const struct vm_walk *walk, struct vm_translation *result)
{
  result->reads = walk->reads;
  if (walk->verdict != VM_VERDICT_ALLOWED) {
    /* The other first-level TLB may have the page. */
    if (organised)
      vm_cpu_forget (t, s, g, cpu, access->va);
    vm_cpu_page_fault (t, s, g, cpu, walk->verdict, walk->level, access,
                       result);
    return;
  }

  struct vm_tlb_entry entry = vm_cpu_entry_of (s, walk, access->va);
  struct vm_tlb tlb = vm_tlb_of (s, 0, VM_TLB_DATA);
  if (organised)
    vm_cpu_fill (t, s, cpu, access->kind, &entry);
  else
    vm_tlb_fill (t, s, &tlb, &entry);
  result->ok = true;
  result->page_shift = walk->page_shift;
  result->pa = vm_paddr_of (
      (walk->leaf.frame << g->page_shift)
      + (access->va.v & ((UINT64_C (1) << walk->page_shift) - 1)));
}

/* No TLB has the page: walks, and fills them. */
VM_ALWAYS_INLINE void
vm_cpu_miss (struct vm_tape *t, const struct vm_state *s,
             const struct vm_geometry *g, uint32_t cpu,
             const struct vm_access *access, bool organised,
             struct vm_translation *result)
{
  const struct vm_cpu *c = &s->cpus[cpu];

  vm_count (t, &s->counters.tlb_misses);
  vm_count (t, &s->counters.walks);
  vm_step_begin (t, VM_STEP_WALK,
                 (uint64_t[VM_STEP_VALUES]){
                     c->process, vm_walk_root (g, c, access->va).v, g->levels,
                     vm_geometry_is_upper (g, access->va)});
  struct vm_walk walk = organised && s->config.psc
                            ? vm_cpu_walk_remembering (t, s, g, cpu, access)
                            : vm_walk (t, s, g, c, access);
  vm_step_end (t);
  vm_cpu_use_walk (t, s, g, cpu, access, organised, &walk, result);
}

/* Walks once more where the last table's entry has been written meanwhile. The
 * entries above it were read a moment ago, and nobody has changed them: they
 * count, but are not read again. */
VM_ALWAYS_INLINE struct vm_walk
vm_cpu_walk_last (const struct vm_state *s, const struct vm_geometry *g,
                  uint32_t cpu, const struct vm_access *access, vm_paddr entry)
{
  const struct vm_counters *c = &s->counters;
  struct vm_walk walk = {.rights = VM_ALL_RIGHTS, .reads = g->levels - 1u};

  vm_put_u64 (NULL, &c->entry_reads, c->entry_reads + walk.reads);
  vm_put_u64 (NULL, &c->memory_accesses, c->memory_accesses + walk.reads);
  return vm_walk_from (NULL, s, g, &s->cpus[cpu], access, walk,
                       vm_paddr_frame (entry, g->page_shift), 1, false, true);
}

VM_ALWAYS_INLINE struct vm_translation
vm_cpu_translate_with (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_geometry *g, uint32_t cpu,
                       const struct vm_access *access)
{
  struct vm_translation result = {.ok = false};

  vm_count (t, &s->counters.tick);
  if (!vm_geometry_canonical (g, access->va)) {
    vm_cpu_not_canonical (t, s, g, cpu, access, &result);
    return result;
  }

  struct vm_tlb tlb = vm_tlb_of (s, 0, VM_TLB_DATA);
  uint32_t index = vm_tlb_probe (t, s, &tlb, VM_ANY_ASID, access->va);
  if (t != NULL)
    vm_cpu_tell_outcome (t, s, &tlb, access->va, index);
  if (index != VM_NONE && access->kind == VM_WRITE && !s->tlb[index].dirty
      && vm_cpu_must_walk_again (s, g, &s->tlb[index], access)) {
    vm_cpu_forget (t, s, g, cpu, access->va);
    index = VM_NONE;
  }
  result.tlb_hit = index != VM_NONE;
  if (result.tlb_hit) {
    result.tlb_level = 1;
    vm_put_u64 (t, &s->tlb[index].used, s->counters.tick);
    vm_cpu_hit (t, s, g, cpu, index, access, &result);
  } else
    vm_cpu_miss (t, s, g, cpu, access, false, &result);
  return result;
}

/* The same through TLBs that are split, or of two levels, or tagged, or of
 * another policy, on one of several processors (organised.c). */
struct vm_translation
vm_cpu_translate_organised (struct vm_tape *t, const struct vm_state *s,
                            const struct vm_geometry *g, uint32_t cpu,
                            const struct vm_access *access);

/* Translates one access on a processor whose CR3 is loaded. The compiler makes
 * three of it: one with a tape, one that knows of none, and one of those that
 * also knows the geometry. */
VM_ALWAYS_INLINE struct vm_translation
vm_cpu_translate (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_geometry *g, uint32_t cpu,
                  const struct vm_access *access)
{
  if (s->config.organised)
    return vm_cpu_translate_organised (t, s, g, cpu, access);
  if (t != NULL)
    return vm_cpu_translate_with (t, s, g, cpu, access);
  if (g->id == VM_GEOMETRY_X86_64)
    return vm_cpu_translate_with (NULL, s, &vm_geometry_usual, cpu, access);
  return vm_cpu_translate_with (NULL, s, g, cpu, access);
}

/* Nobody watches, and an access that this single TLB had not the page for was
 * refused; the page is there now: once more, without asking the TLB again.
 * entry: where that of the last table lies, in tables that allow everything; 0:
 * the tables above it may be new. */
VM_ALWAYS_INLINE struct vm_translation
vm_cpu_try_again (const struct vm_state *s, const struct vm_geometry *g,
                  uint32_t cpu, const struct vm_access *access, vm_paddr entry)
{
  struct vm_translation result = {.ok = false};
  const struct vm_geometry *usual = &vm_geometry_usual;

  vm_count (NULL, &s->counters.tick);
  if (g->id != VM_GEOMETRY_X86_64 || entry.v == 0) {
    vm_cpu_miss (NULL, s, g, cpu, access, false, &result);
    return result;
  }
  vm_count (NULL, &s->counters.tlb_misses);
  vm_count (NULL, &s->counters.walks);
  struct vm_walk walk = vm_cpu_walk_last (s, usual, cpu, access, entry);
  vm_cpu_use_walk (NULL, s, usual, cpu, access, false, &walk, &result);
  return result;
}

/* One whole access, told step by step: translation, then the bytes. width is
 * 1, 2, 4 or 8 and must not cross a page; a write stores value only when
 * store is set, and then *before is what stood there. */
struct vm_translation vm_cpu_access (struct vm_tape *t,
                                     const struct vm_state *s, uint32_t cpu,
                                     const struct vm_access *access,
                                     uint32_t width, bool store, uint64_t value,
                                     uint64_t *before);

/* Loads the root of a process, unless it runs here already. Without numbers of
 * address spaces (PCIDs) every entry of the TLBs that is not global is dropped
 * (SDM 4.10.4.1); with them all stay, but those that are out of date. With
 * KPTI it is the kernel's root, and the processor is in kernel mode. With
 * PAE the four entries of the root's table go into registers; one that is
 * present and has a reserved bit set makes it fail: #GP in *fault, and the
 * processor keeps what it had (SDM 4.4.1). */
bool vm_cpu_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                    uint32_t process, struct vm_fault *fault);

/* With KPTI: loads the root of a mode, if it is not loaded. */
void vm_cpu_enter_mode (struct vm_tape *t, const struct vm_state *s,
                        uint32_t cpu, enum vm_mode mode);

/* Loads the registers again, where there are any, after software has written
 * an entry of theirs: what the kernel does by writing CR3 once more. */
bool vm_cpu_reload (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                    struct vm_fault *fault);

#endif
