/* What a processor does seldom, or only when it is watched. */
#include "mmu/cpu.h"

#include "mmu/bounds.h"
#include "mmu/bus.h"
#include "mmu/fault.h"
#include "mmu/lazy.h"
#include "mmu/psc.h"
#include "mmu/shootdown.h"

/* Ends an access in the exception that its result names already. */
static void
end_in_fault (struct vm_tape *t, const struct vm_state *s,
              struct vm_translation *result)
{
  const struct vm_fault *what = &result->fault;

  vm_step_leaf (t, VM_STEP_FAULT,
                (uint64_t[VM_STEP_VALUES]){what->kind, what->vector,
                                           what->error, what->address.v});
  vm_count (t, &s->counters.faults);
  result->ok = false;
}

void
vm_cpu_end_in_fault (struct vm_tape *t, const struct vm_state *s,
                     struct vm_fault what, struct vm_translation *result)
{
  result->fault = what;
  end_in_fault (t, s, result);
}

void
vm_cpu_page_fault (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_geometry *g, uint32_t cpu,
                   enum vm_verdict verdict, uint32_t level,
                   const struct vm_access *access,
                   struct vm_translation *result)
{
  vm_fault_tell (&s->config, g, verdict, level, access, &result->fault);
  end_in_fault (t, s, result);
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
  vm_fault_tell (&s->config, g, VM_VERDICT_UPPER_BITS, g->levels, access,
                 &result->fault);
  end_in_fault (t, s, result);
}

void
vm_cpu_tell_outcome (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_tlb *tlb, vm_vaddr va, uint32_t index)
{
  if (index == VM_NONE) {
    uint32_t shift = s->config.page_shift;
    uint64_t page = va.v >> shift;
    vm_step_leaf (
        t, VM_STEP_TLB_MISS,
        (uint64_t[VM_STEP_VALUES]){vm_tlb_set_of (tlb, page), page, shift});
    return;
  }

  const struct vm_tlb_entry *entry = &s->tlb[index];
  vm_step_leaf (t, VM_STEP_TLB_HIT,
                (uint64_t[VM_STEP_VALUES]){
                    (index - tlb->first) / tlb->ways, entry->page, entry->shift,
                    (index - tlb->first) % tlb->ways, entry->frame});
}

void
vm_cpu_forget (struct vm_tape *t, const struct vm_state *s,
               const struct vm_geometry *g, uint32_t cpu, vm_vaddr va)
{
  struct vm_flush flush
      = {.kind = VM_FLUSH_ADDRESS, .va = va, .asid = vm_flush_loaded (s, cpu)};

  vm_flush_drop_entries (t, s, cpu, &flush);
  if (s->config.psc)
    vm_psc_forget (t, s, g, cpu, va);
}

/* Bits of an address space's number: PCIDs (SDM 4.10.1), satp
 * (RISC-V, 12.1.11), TTBR0 (Arm ARM, D8.14.2). */
static uint32_t
asid_bits (const struct vm_geometry *g)
{
  if (g->family == VM_FAMILY_X86)
    return 12;
  return g->id == VM_GEOMETRY_SV32 ? 9 : 16;
}

uint32_t
vm_asid_of (const struct vm_state *s, uint32_t process)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  uint32_t mm = s->processes[process].mm;

  if (!s->config.asids || (mm + 1) >> asid_bits (g) != 0)
    return 0;
  return mm + 1;
}

bool
vm_cpu_must_walk_again (const struct vm_state *s, const struct vm_geometry *g,
                        const struct vm_tlb_entry *entry,
                        const struct vm_access *access)
{
  struct vm_rights rights = vm_cpu_rights_of (entry);

  if (!s->config.set_flags
      || vm_rights_verdict (&s->config, g, &rights, access->kind, access->mode)
             != VM_VERDICT_ALLOWED)
    return false;
  uint64_t raw = vm_memory_read (s, vm_paddr_of (entry->entry), g->entry_bytes);
  struct vm_pte pte = vm_pte_decode (g, entry->level, raw, s->config.nx);
  return !pte.present || !pte.leaf || pte.frame != entry->frame;
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

  uint32_t index = vm_geometry_index (g, level, va);

  vm_step_leaf (t, VM_STEP_SET_DIRTY,
                (uint64_t[VM_STEP_VALUES]){
                    level, index, vm_geometry_table_of (g, place, index).v,
                    place.v, raw, entry->frame});
  vm_memory_write (t, s, place, g->entry_bytes, raw);
  vm_put_u8 (t, &entry->dirty, 1);
}

/* Frame and offset are set side by side. */
static void
tell_composition (struct vm_tape *t, const struct vm_geometry *g,
                  const struct vm_translation *result)
{
  uint64_t offset = result->pa.v & ((UINT64_C (1) << result->page_shift) - 1);

  vm_step_leaf (
      t, VM_STEP_COMPOSE,
      (uint64_t[VM_STEP_VALUES]){(result->pa.v - offset) >> g->page_shift,
                                 offset, result->pa.v, result->page_shift});
}

/* Who answers there decides what becomes of the access. */
static void
put_on_bus (struct vm_tape *t, const struct vm_state *s,
            enum vm_access_kind kind, uint32_t width, bool store,
            struct vm_translation *result)
{
  const struct vm_order order = {.space = VM_SPACE_MEMORY,
                                 .address = result->pa.v,
                                 .kind = kind,
                                 .width = width,
                                 .device = VM_NONE,
                                 .store = store,
                                 .value = store ? result->value : 0};

  result->value = vm_bus_do (t, s, &order);
  vm_count (t, &s->counters.memory_accesses);
}

static void
touch_data (struct vm_tape *t, const struct vm_state *s,
            enum vm_access_kind kind, uint32_t width, bool store,
            struct vm_translation *result)
{
  uint64_t mask = width == 8 ? UINT64_MAX : (UINT64_C (1) << 8 * width) - 1;

  if (vm_bus_has_map (s, VM_SPACE_MEMORY)) {
    put_on_bus (t, s, kind, width, store, result);
    return;
  }
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
  vm_paddr place = vm_geometry_entry (g, root, index);
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

/* What goes when another root is loaded: without numbers all that is not
 * global; with them nothing, except what had none, because all were given. */
static struct vm_flush
flush_of_load (const struct vm_state *s, uint32_t cpu)
{
  struct vm_flush flush = {.kind = VM_FLUSH_SPACES};

  if (s->config.asids)
    flush.kind = s->cpus[cpu].asid == 0 ? VM_FLUSH_ASID : VM_FLUSH_NOFLUSH;
  return flush;
}

/* Writes the register that holds the root, and what comes with it. */
static bool
load_root (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
           vm_frame root, struct vm_fault *fault)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_cpu *c = &s->cpus[cpu];

  if (g->register_level != 0 && !load_registers (t, s, g, cpu, root, fault)) {
    struct vm_translation refused;
    vm_cpu_end_in_fault (t, s, *fault, &refused);
    return false;
  }
  vm_put_u64 (t, &c->cr3, vm_frame_start (root, g->page_shift).v);
  if (g->two_roots)
    vm_put_u64 (t, &c->root_high,
                (uint64_t) s->config.kernel_root << g->page_shift);
  struct vm_flush flush = flush_of_load (s, cpu);
  vm_flush_drop (t, s, cpu, &flush);
  return true;
}

/* Says that a root is loaded, and how much the TLBs lose by it. */
static void
begin_load (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
            uint32_t process, vm_frame root)
{
  struct vm_flush flush = flush_of_load (s, cpu);

  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (t, VM_STEP_SWITCH,
                 (uint64_t[VM_STEP_VALUES]){process, root.v,
                                            vm_flush_count (s, cpu, &flush)});
}

static void
set_asid (struct vm_tape *t, const struct vm_cpu *c, uint32_t asid)
{
  if (c->asid != asid)
    vm_put_u32 (t, &c->asid, asid);
}

struct vm_translation
vm_cpu_access (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               const struct vm_access *access, uint32_t width, bool store,
               uint64_t value, uint64_t *before)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  if (s->config.kpti && s->config.way == VM_WAY_PAGING)
    vm_cpu_enter_mode (t, s, cpu, access->mode);
  if (s->cpus[cpu].mode != access->mode)
    vm_put_u32 (t, &s->cpus[cpu].mode, access->mode);
  bool paging = s->config.way == VM_WAY_PAGING;
  struct vm_translation result
      = paging ? vm_cpu_translate (t, s, g, cpu, access)
               : vm_bounds_translate (t, s, cpu, access, width);
  if (!result.ok)
    return result;

  if (paging)
    tell_composition (t, g, &result);
  *before = vm_memory_read (s, result.pa, width);
  result.value = value;
  touch_data (t, s, access->kind, width, store && access->kind == VM_WRITE,
              &result);
  return result;
}

/* What a switch to another root cost. */
static void
count_load (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
            uint32_t process)
{
  const struct vm_cpu_run *run = &s->runs[cpu];
  bool behind = vm_mm_of (s, process)->behind >> cpu & 1;

  vm_count (t, &run->switches);
  vm_count (t, &run->root_writes);
  vm_count (t, s->config.asids && !behind ? &run->avoided : &run->flushes);
}

bool
vm_cpu_switch (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               uint32_t process, struct vm_fault *fault)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  uint32_t before = c->process;
  if (before == process)
    return true;
  if (s->config.way != VM_WAY_PAGING) {
    vm_bounds_switch (t, s, cpu, process);
    return true;
  }
  if (vm_lazy_switch (t, s, cpu, process)) {
    vm_count (t, &s->runs[cpu].switches);
    return true;
  }

  vm_frame root = vm_frame_of (vm_mm_of (s, process)->root);
  begin_load (t, s, cpu, process, root);
  bool loaded = load_root (t, s, cpu, root, fault);
  if (loaded) {
    vm_put_u32 (t, &c->process, process);
    set_asid (t, c, vm_asid_of (s, process));
    count_load (t, s, cpu, process);
    vm_lazy_over (t, s, cpu, before);
    vm_shootdown_catch_up (t, s, cpu, process);
  }
  if (loaded && s->config.kpti && c->mode != VM_KERNEL_MODE)
    vm_put_u32 (t, &c->mode, VM_KERNEL_MODE);
  vm_step_end (t);
  return loaded;
}

void
vm_cpu_enter_mode (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                   enum vm_mode mode)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  const struct vm_mm *mm = vm_mm_of (s, c->process);
  /* A kernel thread never leaves the kernel. */
  if (s->processes[c->process].state == VM_PROCESS_KERNEL)
    return;
  vm_frame root = vm_frame_of (mode == VM_USER_MODE ? mm->user_root : mm->root);
  struct vm_flush flush
      = {.kind = s->config.asids ? VM_FLUSH_NOFLUSH : VM_FLUSH_SPACES};

  vm_paddr start = vm_frame_start (root, s->config.page_shift);
  if (c->cr3 == start.v)
    return;
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (t, VM_STEP_MODE,
                 (uint64_t[VM_STEP_VALUES]){mode, root.v,
                                            vm_flush_count (s, cpu, &flush),
                                            c->process});
  vm_put_u64 (t, &c->cr3, start.v);
  if (s->config.asids)
    set_asid (t, c,
              vm_asid_of (s, c->process)
                  | (mode == VM_USER_MODE ? VM_ASID_USER : 0));
  vm_flush_drop (t, s, cpu, &flush);
  vm_step_end (t);
}

bool
vm_cpu_reload (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               struct vm_fault *fault)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_cpu *c = &s->cpus[cpu];

  if (g->register_level == 0)
    return true;
  vm_frame root = vm_paddr_frame (vm_paddr_of (c->cr3), g->page_shift);
  begin_load (t, s, cpu, c->process, root);
  bool loaded = load_root (t, s, cpu, root, fault);
  vm_step_end (t);
  return loaded;
}
