/* What a processor does seldom, or only when it is watched. */
#include "mmu/cpu.h"

#include "mmu/fault.h"

static void
end_in_fault (struct vm_tape *t, const struct vm_state *s, struct vm_fault what,
              struct vm_translation *result)
{
  vm_step_leaf (t, VM_STEP_FAULT,
                (uint64_t[VM_STEP_VALUES]){what.kind, what.vector, what.error,
                                           what.address.v});
  vm_count (t, &s->counters.faults);
  result->ok = false;
  result->fault = what;
}

void
vm_cpu_page_fault (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_geometry *g, uint32_t cpu,
                   enum vm_verdict verdict, uint32_t level,
                   const struct vm_access *access,
                   struct vm_translation *result)
{
  end_in_fault (t, s, vm_fault_of (&s->config, g, verdict, level, access),
                result);
  vm_put_u64 (t, &s->cpus[cpu].cr2, access->va.v);
}

void
vm_cpu_not_canonical (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_geometry *g, uint32_t cpu,
                      const struct vm_access *access,
                      struct vm_translation *result)
{
  if (g->family != VM_FAMILY_X86) {
    vm_cpu_page_fault (t, s, g, cpu, VM_VERDICT_UPPER_BITS, g->levels, access,
                       result);
    return;
  }
  end_in_fault (
      t, s,
      vm_fault_of (&s->config, g, VM_VERDICT_UPPER_BITS, g->levels, access),
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
  uint32_t level = entry->level;
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

/* Reads one of the entries that go into registers. */
static struct vm_pte
read_register_entry (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_geometry *g, vm_frame root, uint32_t index)
{
  uint32_t level = g->register_level;
  vm_paddr place = vm_paddr_of (vm_frame_start (root).v
                                + (uint64_t) index * g->entry_bytes);
  uint64_t raw = vm_memory_read (s, place, g->entry_bytes);
  struct vm_pte pte = vm_pte_decode (g, level, raw, s->config.nx);

  vm_step_leaf (t, VM_STEP_REGISTER_LOAD,
                (uint64_t[VM_STEP_VALUES]){level, index, root.v, place.v, raw,
                                           pte.frame});
  return pte;
}

/* Loads the entries of the root's table into registers: all, or, if one
 * cannot be, none. */
static bool
load_registers (struct vm_tape *t, const struct vm_state *s,
                const struct vm_geometry *g, uint32_t cpu, vm_frame root,
                struct vm_fault *fault)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  uint64_t raw[4];

  for (uint32_t i = 0; i < 4; i++) {
    struct vm_pte pte = read_register_entry (t, s, g, root, i);
    raw[i] = pte.raw;
    if (!pte.present || pte.reserved == 0)
      continue;
    *fault = (struct vm_fault){.kind = VM_FAULT_RESERVED,
                               .vector = VM_VECTOR_GENERAL_PROTECTION};
    return false;
  }
  for (uint32_t i = 0; i < 4; i++)
    vm_put_u64 (t, &c->pdpte[i], raw[i]);
  return true;
}

/* Writes the register that holds the root, and what comes with it. */
static bool
load_root (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
           vm_frame root, struct vm_fault *fault)
{
  const struct vm_geometry *g = vm_geometry_of (s->config.geometry);
  const struct vm_cpu *c = &s->cpus[cpu];

  if (g->register_level != 0 && !load_registers (t, s, g, cpu, root, fault)) {
    struct vm_translation refused;
    end_in_fault (t, s, *fault, &refused);
    return false;
  }
  vm_put_u64 (t, &c->cr3, vm_frame_start (root).v);
  if (g->two_roots)
    vm_put_u64 (t, &c->root_high,
                (uint64_t) s->config.kernel_root << VM_PAGE_SHIFT);
  vm_tlb_flush (t, s);
  return true;
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

bool
vm_cpu_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               uint32_t process, struct vm_fault *fault)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  if (c->process == process)
    return true;

  vm_frame root = vm_frame_of (s->processes[process].root);
  vm_step_begin (
      t, VM_STEP_SWITCH,
      (uint64_t[VM_STEP_VALUES]){process, root.v, vm_tlb_flushable (s)});
  bool loaded = load_root (t, s, cpu, root, fault);
  if (loaded)
    vm_put_u32 (t, &c->process, process);
  vm_step_end (t);
  return loaded;
}

bool
vm_cpu_reload (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               struct vm_fault *fault)
{
  const struct vm_geometry *g = vm_geometry_of (s->config.geometry);
  const struct vm_cpu *c = &s->cpus[cpu];

  if (g->register_level == 0)
    return true;
  vm_frame root = vm_paddr_frame (vm_paddr_of (c->cr3));
  vm_step_begin (
      t, VM_STEP_SWITCH,
      (uint64_t[VM_STEP_VALUES]){c->process, root.v, vm_tlb_flushable (s)});
  bool loaded = load_root (t, s, cpu, root, fault);
  vm_step_end (t);
  return loaded;
}
