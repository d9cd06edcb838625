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

#include "mmu/tlb.h"
#include "mmu/walk.h"

/* The error code that a page fault pushes (SDM 4.7): bit 4 tells a fetch only
 * where no-execute or SMEP is on. */
static inline uint32_t
vm_fault_error (const struct vm_config *config, enum vm_verdict verdict,
                const struct vm_access *access)
{
  uint32_t error = 0;

  if (verdict != VM_VERDICT_NOT_PRESENT)
    error |= VM_ERROR_CODE_P;
  if (verdict == VM_VERDICT_RESERVED)
    error |= VM_ERROR_CODE_RSVD;
  if (access->kind == VM_WRITE)
    error |= VM_ERROR_CODE_W;
  if (access->mode == VM_USER_MODE)
    error |= VM_ERROR_CODE_U;
  if (access->kind == VM_FETCH && (config->nx || config->smep))
    error |= VM_ERROR_CODE_I;
  return error;
}

/* Ends an access in a page fault: CR2 takes the address. */
void vm_cpu_page_fault (struct vm_tape *t, const struct vm_state *s,
                        uint32_t cpu, enum vm_verdict verdict,
                        const struct vm_access *access,
                        struct vm_translation *result);

/* Ends an access to a non-canonical address: #GP, and CR2 stays. */
void vm_cpu_general_protection (struct vm_tape *t, const struct vm_state *s,
                                const struct vm_access *access,
                                struct vm_translation *result);

/* Says on the tape whether the TLB had the page; index VM_NONE: it had not. */
void vm_cpu_tell_outcome (struct vm_tape *t, const struct vm_state *s,
                          vm_vaddr va, uint32_t index);

/* A write through an entry that has D clear: sets D in the page table. A real
 * processor walks again to find it; the simulated TLB remembers where. */
void vm_cpu_set_dirty (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_geometry *g,
                       const struct vm_tlb_entry *entry, vm_vaddr va);

/* The TLB has the page: asks for permission, marks the use. */
VM_ALWAYS_INLINE void
vm_cpu_hit (struct vm_tape *t, const struct vm_state *s,
            const struct vm_geometry *g, uint32_t cpu, uint32_t index,
            const struct vm_access *access, struct vm_translation *result)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  struct vm_rights rights = {.writable = entry->writable,
                             .user = entry->user,
                             .no_execute = entry->no_execute};

  vm_count (t, &s->counters.tlb_hits);
  vm_put_u64 (t, &entry->used, s->counters.tick);
  enum vm_verdict verdict = vm_rights_check (t, s, rights, access);
  if (verdict != VM_VERDICT_ALLOWED) {
    /* A page fault removes all that the TLB holds for the address, in every
       page size (SDM 4.10.4.1). */
    vm_tlb_drop_page (t, s, access->va);
    vm_cpu_page_fault (t, s, cpu, verdict, access, result);
    return;
  }
  if (access->kind == VM_WRITE && !entry->dirty)
    vm_cpu_set_dirty (t, s, g, entry, access->va);
  result->ok = true;
  result->page_shift = entry->shift;
  result->pa
      = vm_paddr_of ((entry->frame << VM_PAGE_SHIFT)
                     + (access->va.v & ((UINT64_C (1) << entry->shift) - 1)));
}

/* What the TLB keeps of a successful walk. */
static inline struct vm_tlb_entry
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
      .writable = walk->rights.writable,
      .user = walk->rights.user,
      .no_execute = walk->rights.no_execute,
      .dirty = walk->leaf.dirty,
      .global = walk->leaf.global,
  };
}

/* The TLB does not have the page: walks, and fills it. */
VM_ALWAYS_INLINE void
vm_cpu_miss (struct vm_tape *t, const struct vm_state *s,
             const struct vm_geometry *g, uint32_t cpu,
             const struct vm_access *access, struct vm_translation *result)
{
  vm_frame root = vm_paddr_frame (vm_paddr_of (s->cpus[cpu].cr3));

  vm_count (t, &s->counters.tlb_misses);
  vm_count (t, &s->counters.walks);
  vm_step_begin (
      t, VM_STEP_WALK,
      (uint64_t[VM_STEP_VALUES]){s->cpus[cpu].process, root.v, g->levels});
  struct vm_walk walk = vm_walk (t, s, g, root, access);
  vm_step_end (t);

  result->reads = walk.reads;
  if (walk.verdict != VM_VERDICT_ALLOWED) {
    vm_cpu_page_fault (t, s, cpu, walk.verdict, access, result);
    return;
  }

  struct vm_tlb_entry entry = vm_cpu_entry_of (s, &walk, access->va);
  vm_tlb_fill (t, s, &entry);
  result->ok = true;
  result->page_shift = walk.page_shift;
  result->pa = vm_paddr_of (
      (walk.leaf.frame << VM_PAGE_SHIFT)
      + (access->va.v & ((UINT64_C (1) << walk.page_shift) - 1)));
}

VM_ALWAYS_INLINE struct vm_translation
vm_cpu_translate_with (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_geometry *g, uint32_t cpu,
                       const struct vm_access *access)
{
  struct vm_translation result = {.ok = false};

  vm_count (t, &s->counters.tick);
  if (!vm_geometry_canonical (g, access->va)) {
    vm_cpu_general_protection (t, s, access, &result);
    return result;
  }

  uint32_t index = vm_tlb_probe (t, s, access->va);
  result.tlb_hit = index != VM_NONE;
  if (t != NULL)
    vm_cpu_tell_outcome (t, s, access->va, index);
  if (result.tlb_hit)
    vm_cpu_hit (t, s, g, cpu, index, access, &result);
  else
    vm_cpu_miss (t, s, g, cpu, access, &result);
  return result;
}

/* Translates one access on a processor whose CR3 is loaded. The compiler makes
 * two of it, one with a tape and one that knows of none. */
VM_ALWAYS_INLINE struct vm_translation
vm_cpu_translate (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_geometry *g, uint32_t cpu,
                  const struct vm_access *access)
{
  if (t == NULL)
    return vm_cpu_translate_with (NULL, s, g, cpu, access);
  return vm_cpu_translate_with (t, s, g, cpu, access);
}

/* One whole access, told step by step: translation, then the bytes. width is
 * 1, 2, 4 or 8 and must not cross a page; a write stores value only when
 * store is set. */
struct vm_translation vm_cpu_access (struct vm_tape *t,
                                     const struct vm_state *s, uint32_t cpu,
                                     const struct vm_access *access,
                                     uint32_t width, bool store,
                                     uint64_t value);

/* Loads CR3 with the root of a process, unless it runs here already. Without
 * PCIDs every entry of the TLB that is not global is dropped (SDM 4.10.4.1). */
void vm_cpu_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                    uint32_t process);

#endif
