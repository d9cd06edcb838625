/* Finds what processors keep although the tables say otherwise. */
#include "mmu/stale.h"

#include "mmu/cpu.h"

/* The tables as they are, walked down to a level without leaving a trace.
 * Where entries are loaded with the root the processor's registers count. */
static struct vm_walk
peek (const struct vm_state *s, const struct vm_geometry *g,
      const struct vm_cpu *cpu, vm_frame table, vm_vaddr va, uint32_t last)
{
  struct vm_walk walk = {.rights = VM_ALL_RIGHTS};

  for (uint32_t level = g->levels; level >= last; level--) {
    uint32_t index = vm_geometry_index (g, level, va);
    walk.level = level;
    walk.entry = vm_geometry_entry (g, table, index);
    uint64_t raw = cpu != NULL && level == g->register_level
                       ? cpu->pdpte[index]
                       : vm_memory_read (s, walk.entry, g->entry_bytes);
    walk.leaf = vm_pte_decode (g, level, raw, s->config.nx);
    walk.page_shift = g->level[level].low;
    walk.verdict = vm_walk_usable (&walk.leaf, level);
    vm_rights_restrict (&walk.rights, &walk.leaf);
    if (walk.verdict != VM_VERDICT_ALLOWED || walk.leaf.leaf)
      return walk;
    table = vm_frame_of (walk.leaf.frame);
  }
  return walk;
}

/* The root of the address space to which something belongs that a processor
 * keeps; false if it has none. */
static bool
root_of (const struct vm_state *s, const struct vm_geometry *g, uint32_t cpu,
         uint32_t asid, vm_vaddr va, vm_frame *root)
{
  const struct vm_cpu *c = &s->cpus[cpu];
  bool user = s->config.kpti && asid & VM_ASID_USER;
  uint32_t number = asid & ~(user ? VM_ASID_USER : 0);

  if (vm_geometry_is_upper (g, va)) {
    *root = vm_frame_of (s->config.kernel_root);
    return true;
  }
  if (number == 0) {
    *root = vm_paddr_frame (vm_paddr_of (c->cr3), g->page_shift);
    return c->process != VM_NONE;
  }
  if (number > s->process_count)
    return false;
  const struct vm_mm *mm = &s->mms[number - 1];
  *root = vm_frame_of (user ? mm->user_root : mm->root);
  return true;
}

static bool
same_rights (const struct vm_rights *a, const struct vm_rights *b)
{
  return a->readable == b->readable && a->writable == b->writable
         && a->user == b->user && a->no_execute == b->no_execute
         && a->kernel_no_execute == b->kernel_no_execute;
}

static enum vm_agreement
compare_walk (const struct vm_walk *walk, const struct vm_tlb_entry *entry)
{
  struct vm_rights rights = vm_cpu_rights_of (entry);

  if (walk->verdict != VM_VERDICT_ALLOWED || walk->entry.v != entry->entry
      || walk->page_shift != entry->shift || walk->leaf.frame != entry->frame)
    return VM_OTHER_PAGE;
  if (!same_rights (&walk->rights, &rights) || !walk->leaf.accessed
      || (entry->dirty && !walk->leaf.dirty))
    return VM_OTHER_RIGHTS;
  return VM_AGREES;
}

/* The entry that a global one was made from still says the same. */
static bool
leaf_holds (const struct vm_state *s, const struct vm_geometry *g,
            const struct vm_tlb_entry *entry)
{
  uint64_t raw = vm_memory_read (s, vm_paddr_of (entry->entry), g->entry_bytes);
  struct vm_pte pte = vm_pte_decode (g, entry->level, raw, s->config.nx);

  return pte.present && pte.leaf && pte.frame == entry->frame;
}

/* Some address space maps a global entry's page as it says. */
static bool
some_space_agrees (const struct vm_state *s, const struct vm_geometry *g,
                   const struct vm_cpu *cpu, const struct vm_tlb_entry *entry,
                   vm_vaddr va)
{
  struct vm_walk walk = peek (s, g, cpu, vm_walk_root (g, cpu, va), va, 1);

  if (compare_walk (&walk, entry) == VM_AGREES)
    return true;
  for (uint32_t i = 0; i < s->process_count; i++) {
    const struct vm_mm *mm = &s->mms[i];
    if (!vm_mm_lives (s, i))
      continue;
    walk = peek (s, g, NULL, vm_frame_of (mm->root), va, 1);
    if (compare_walk (&walk, entry) == VM_AGREES)
      return true;
    if (!s->config.kpti)
      continue;
    walk = peek (s, g, NULL, vm_frame_of (mm->user_root), va, 1);
    if (compare_walk (&walk, entry) == VM_AGREES)
      return true;
  }
  return false;
}

enum vm_agreement
vm_stale_compare (const struct vm_state *s, const struct vm_geometry *g,
                  uint32_t index, bool widely)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  uint32_t cpu = index / VM_MAX_TLB_ENTRIES;
  vm_vaddr va = vm_stale_start (g, entry->page, entry->shift);
  vm_frame root;

  if (entry->global && widely)
    return leaf_holds (s, g, entry) ? VM_AGREES : VM_OTHER_PAGE;
  if (entry->global)
    return some_space_agrees (s, g, &s->cpus[cpu], entry, va) ? VM_AGREES
                                                              : VM_OTHER_PAGE;
  if (!root_of (s, g, cpu, entry->asid, va, &root))
    return VM_WITHOUT_SPACE;
  struct vm_walk walk = peek (s, g, &s->cpus[cpu], root, va, 1);
  return compare_walk (&walk, entry);
}

bool
vm_stale_upper_agrees (const struct vm_state *s, const struct vm_geometry *g,
                       uint32_t cpu, uint32_t level,
                       const struct vm_psc_entry *entry)
{
  vm_vaddr va = vm_stale_start (g, entry->prefix, g->level[level].low);
  struct vm_rights rights = vm_psc_rights (entry);
  vm_frame root;

  if (!root_of (s, g, cpu, entry->asid, va, &root))
    return false;
  struct vm_walk walk = peek (s, g, &s->cpus[cpu], root, va, level);
  return walk.level == level && walk.verdict == VM_VERDICT_ALLOWED
         && !walk.leaf.leaf && walk.leaf.frame == entry->table
         && same_rights (&walk.rights, &rights);
}

/* Would a flush remove the entry, and does it no longer agree? */
static bool
upper_is_stale (const struct vm_state *s, const struct vm_geometry *g,
                uint32_t cpu, uint32_t level, const struct vm_flush *flush,
                const struct vm_psc_entry *entry)
{
  return entry->valid && vm_psc_takes (flush, entry)
         && !vm_stale_upper_agrees (s, g, cpu, level, entry);
}

uint32_t
vm_stale_upper_count (const struct vm_state *s, const struct vm_geometry *g,
                      uint32_t cpu, const struct vm_flush *flush)
{
  uint32_t count = 0;

  for (uint32_t level = 2; s->config.psc && level <= g->levels; level++) {
    const struct vm_psc_entry *entry = vm_psc_of (s, cpu, level);
    for (uint32_t way = 0; way < VM_PSC_WAYS; way++)
      count += upper_is_stale (s, g, cpu, level, flush, &entry[way]);
  }
  return count;
}

static void
owe_upper (struct vm_tape *t, uint32_t level, const struct vm_psc_entry *entry)
{
  vm_step_leaf (t, VM_STEP_PSC_OWE,
                (uint64_t[VM_STEP_VALUES]){level, entry->prefix, entry->table});
}

void
vm_stale_upper_mark (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_geometry *g, uint32_t cpu,
                     const struct vm_flush *flush, bool tell)
{
  for (uint32_t level = 2; s->config.psc && level <= g->levels; level++) {
    const struct vm_psc_entry *entry = vm_psc_of (s, cpu, level);
    for (uint32_t way = 0; way < VM_PSC_WAYS; way++, entry++) {
      if (entry->stale || !upper_is_stale (s, g, cpu, level, flush, entry))
        continue;
      if (tell)
        owe_upper (t, level, entry);
      vm_put_u8 (t, &entry->stale, 1);
    }
  }
}

uint64_t
vm_stale_register_entry (const struct vm_state *s, const struct vm_geometry *g,
                         uint32_t cpu, uint32_t index)
{
  vm_paddr place
      = vm_paddr_of (s->cpus[cpu].cr3 + (uint64_t) index * g->entry_bytes);

  return vm_memory_read (s, place, g->entry_bytes);
}

/* Entries of one page of one space, in whatever TLB of a processor, are told
 * together. */
static bool
same_page (const struct vm_tlb_entry *a, const struct vm_tlb_entry *b)
{
  return b->valid && !b->stale && a->page == b->page && a->shift == b->shift
         && a->asid == b->asid;
}

static bool
disagrees (const struct vm_state *s, const struct vm_geometry *g,
           uint32_t index)
{
  return vm_stale_compare (s, g, index, false) != VM_AGREES;
}

/* Marks all entries of a page that disagree, under one step. */
static void
owe_page (struct vm_tape *t, const struct vm_state *s,
          const struct vm_geometry *g, uint32_t index, uint32_t end)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  uint32_t cpu = index / VM_MAX_TLB_ENTRIES;
  uint32_t number = entry->asid & ~(s->config.kpti ? VM_ASID_USER : 0);
  uint32_t process = number == 0 ? s->cpus[cpu].process : number - 1;
  uint32_t count = 1;

  for (uint32_t i = index + 1; i < end; i++)
    count += same_page (entry, &s->tlb[i]) && disagrees (s, g, i);
  vm_step_leaf (
      t, VM_STEP_OWE,
      (uint64_t[VM_STEP_VALUES]){
          process, vm_stale_start (g, entry->page, entry->shift).v, count});
  for (uint32_t i = index + 1; i < end; i++)
    if (same_page (entry, &s->tlb[i]) && disagrees (s, g, i))
      vm_put_u8 (t, &s->tlb[i].stale, 1);
  vm_put_u8 (t, &entry->stale, 1);
}

static void
settle_tlbs (struct vm_tape *t, const struct vm_state *s,
             const struct vm_geometry *g, uint32_t cpu)
{
  uint32_t first = cpu * VM_MAX_TLB_ENTRIES;
  uint32_t end = first + vm_tlb_entries (s);

  for (uint32_t i = first; i < end; i++) {
    if (!s->tlb[i].valid || disagrees (s, g, i) == s->tlb[i].stale)
      continue;
    if (s->tlb[i].stale)
      vm_put_u8 (t, &s->tlb[i].stale, 0);
    else
      owe_page (t, s, g, i, end);
  }
}

static void
settle_level (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, uint32_t cpu, uint32_t level)
{
  const struct vm_psc_entry *entry = vm_psc_of (s, cpu, level);

  for (uint32_t way = 0; way < VM_PSC_WAYS; way++, entry++) {
    bool stale = entry->valid
                 && !vm_stale_upper_agrees (s, g, cpu, level, entry);
    if (!entry->valid || stale == entry->stale)
      continue;
    if (stale)
      owe_upper (t, level, entry);
    vm_put_u8 (t, &entry->stale, stale);
  }
}

void
vm_stale_settle (struct vm_tape *t, const struct vm_state *s)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    vm_tape_at (t, cpu, VM_TLB_DATA);
    settle_tlbs (t, s, g, cpu);
    for (uint32_t level = 2; s->config.psc && level <= g->levels; level++)
      settle_level (t, s, g, cpu, level);
  }
  vm_tape_at (t, 0, VM_TLB_DATA);
}
