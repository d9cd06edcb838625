/* What a processor does seldom, or only when it is watched. */
#include "mmu/cpu.h"

static void
fault (struct vm_tape *t, const struct vm_state *s, struct vm_fault what,
       struct vm_translation *result)
{
  vm_step_leaf (t, VM_STEP_FAULT,
                (uint64_t[VM_STEP_VALUES]){what.kind, what.vector, what.error,
                                           what.address.v});
  vm_count (t, &s->counters.faults);
  result->ok = false;
  result->fault = what;
}

static enum vm_fault_kind
fault_kind (enum vm_verdict verdict)
{
  if (verdict == VM_VERDICT_NOT_PRESENT)
    return VM_FAULT_NOT_PRESENT;
  return verdict == VM_VERDICT_RESERVED ? VM_FAULT_RESERVED
                                        : VM_FAULT_PROTECTION;
}

void
vm_cpu_page_fault (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                   enum vm_verdict verdict, const struct vm_access *access,
                   struct vm_translation *result)
{
  fault (t, s,
         (struct vm_fault){
             .kind = fault_kind (verdict),
             .vector = VM_VECTOR_PAGE_FAULT,
             .error = vm_fault_error (&s->config, verdict, access),
             .address = access->va,
         },
         result);
  vm_put_u64 (t, &s->cpus[cpu].cr2, access->va.v);
}

void
vm_cpu_general_protection (struct vm_tape *t, const struct vm_state *s,
                           const struct vm_access *access,
                           struct vm_translation *result)
{
  fault (t, s,
         (struct vm_fault){
             .kind = VM_FAULT_NON_CANONICAL,
             .vector = VM_VECTOR_GENERAL_PROTECTION,
             .address = access->va,
         },
         result);
}

void
vm_cpu_tell_outcome (struct vm_tape *t, const struct vm_state *s, vm_vaddr va,
                     uint32_t index)
{
  if (index == VM_NONE) {
    uint64_t page = va.v >> VM_PAGE_SHIFT;
    vm_step_leaf (t, VM_STEP_TLB_MISS,
                  (uint64_t[VM_STEP_VALUES]){vm_tlb_set_of (s, page), page,
                                             VM_PAGE_SHIFT});
    return;
  }

  const struct vm_tlb_entry *entry = &s->tlb[index];
  vm_step_leaf (t, VM_STEP_TLB_HIT,
                (uint64_t[VM_STEP_VALUES]){
                    index / s->config.tlb_ways, entry->page, entry->shift,
                    index % s->config.tlb_ways, entry->frame});
}

void
vm_cpu_set_dirty (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_geometry *g, const struct vm_tlb_entry *entry,
                  vm_vaddr va)
{
  uint32_t level = vm_geometry_leaf_level (g, entry->shift);
  vm_paddr place = vm_paddr_of (entry->entry);
  uint64_t raw = vm_memory_read (s, place, g->entry_bytes)
                 | vm_pte_dirty_bit (g);

  vm_step_leaf (t, VM_STEP_SET_DIRTY,
                (uint64_t[VM_STEP_VALUES]){
                    level, vm_geometry_index (g, level, va),
                    place.v >> VM_PAGE_SHIFT, place.v, raw, entry->frame});
  vm_memory_write (t, s, place, g->entry_bytes, raw);
  vm_put_u8 (t, &entry->dirty, 1);
}

/* Frame and offset are set side by side. */
static void
tell_composition (struct vm_tape *t, const struct vm_translation *result)
{
  uint64_t offset = result->pa.v & ((UINT64_C (1) << result->page_shift) - 1);

  vm_step_leaf (
      t, VM_STEP_COMPOSE,
      (uint64_t[VM_STEP_VALUES]){(result->pa.v - offset) >> VM_PAGE_SHIFT,
                                 offset, result->pa.v, result->page_shift});
}

static void
touch_data (struct vm_tape *t, const struct vm_state *s,
            enum vm_access_kind kind, uint32_t width, bool store,
            struct vm_translation *result)
{
  uint64_t mask = width == 8 ? UINT64_MAX : (UINT64_C (1) << 8 * width) - 1;

  if (!store)
    result->value = vm_memory_read (s, result->pa, width);
  result->value &= mask;
  vm_step_leaf (
      t, VM_STEP_DATA,
      (uint64_t[VM_STEP_VALUES]){result->pa.v, kind, width, result->value});
  vm_count (t, &s->counters.memory_accesses);
  if (store)
    vm_memory_write (t, s, result->pa, width, result->value);
}

struct vm_translation
vm_cpu_access (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               const struct vm_access *access, uint32_t width, bool store,
               uint64_t value)
{
  const struct vm_geometry *g = vm_geometry_of (s->config.geometry);

  if (s->cpus[cpu].mode != access->mode)
    vm_put_u32 (t, &s->cpus[cpu].mode, access->mode);
  struct vm_translation result = vm_cpu_translate (t, s, g, cpu, access);
  if (!result.ok)
    return result;

  tell_composition (t, &result);
  result.value = value;
  touch_data (t, s, access->kind, width, store && access->kind == VM_WRITE,
              &result);
  return result;
}

void
vm_cpu_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               uint32_t process)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  if (c->process == process)
    return;

  uint64_t root = s->processes[process].root;
  vm_step_begin (
      t, VM_STEP_SWITCH,
      (uint64_t[VM_STEP_VALUES]){process, root, vm_tlb_flushable (s)});
  vm_put_u64 (t, &c->cr3, root << VM_PAGE_SHIFT);
  vm_put_u32 (t, &c->process, process);
  vm_tlb_flush (t, s);
  vm_step_end (t);
}
