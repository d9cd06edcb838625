/* The invariants of the TLBs and the paging-structure caches. */
#include "machine/check_tlb.h"

#include "mmu/cpu.h"
#include "mmu/psc.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

/* Two entries of a set that the same access would match. */
static bool
same_page (const struct vm_tlb_entry *a, const struct vm_tlb_entry *b)
{
  return a->valid && b->valid && a->page == b->page && a->shift == b->shift
         && a->asid == b->asid && a->global == b->global;
}

static bool
check_entry (const struct vm_state *s, const struct vm_tlb *tlb, uint32_t index,
             struct vm_check_report *report)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  uint32_t set = (index - tlb->first) / tlb->ways;
  uint32_t end = vm_tlb_first_way (tlb, set) + tlb->ways;

  if (!entry->valid)
    return true;
  if (entry->valid != 1 || entry->shift > 63
      || !(s->tlb_shifts >> entry->shift & 1))
    return broken (report, "a TLB entry has a page size that was filled", index,
                   entry->shift, s->tlb_shifts);
  if (vm_tlb_set_of (tlb, entry->page) != set)
    return broken (report, "a TLB entry stands in its set", index, entry->page,
                   set);
  if (entry->used > s->counters.tick)
    return broken (report, "no TLB entry was used in the future", index,
                   entry->used, s->counters.tick);
  for (uint32_t other = index + 1; other < end; other++)
    if (same_page (entry, &s->tlb[other]))
      return broken (report, "a page stands in the TLB once", index, other,
                     entry->page);
  return true;
}

bool
vm_check_tlb_links (const struct vm_state *s, struct vm_check_report *report)
{
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    for (uint32_t unit = 0; unit < VM_TLB_UNITS; unit++) {
      struct vm_tlb tlb = vm_tlb_of (s, cpu, (enum vm_tlb_unit) unit);
      uint32_t end = tlb.first + tlb.sets * tlb.ways;
      for (uint32_t i = tlb.first; i < end; i++)
        if (!check_entry (s, &tlb, i, report))
          return false;
    }
  return true;
}

/* The tables as they are, walked down to a level without leaving a trace. */
static struct vm_walk
peek (const struct vm_state *s, const struct vm_geometry *g, vm_frame table,
      vm_vaddr va, uint32_t last)
{
  struct vm_walk walk = {.rights = VM_ALL_RIGHTS};

  for (uint32_t level = g->levels; level >= last; level--) {
    walk.level = level;
    walk.entry = vm_geometry_entry (g, table, vm_geometry_index (g, level, va));
    walk.leaf = vm_pte_decode (
        g, level, vm_memory_read (s, walk.entry, g->entry_bytes), s->config.nx);
    walk.page_shift = g->level[level].low;
    vm_rights_restrict (&walk.rights, &walk.leaf);
    if (!walk.leaf.present || walk.leaf.leaf)
      return walk;
    table = vm_frame_of (walk.leaf.frame);
  }
  return walk;
}

/* The first address of a page or table, sign extended where that is the rule.
 */
static vm_vaddr
start_of (const struct vm_geometry *g, uint64_t number, uint32_t shift)
{
  return vm_vaddr_of ((number << shift) & vm_geometry_last_address (g));
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

/* A global entry may come from any space: the entry that it was made from must
 * still say the same. */
static bool
global_holds (const struct vm_state *s, const struct vm_geometry *g,
              const struct vm_tlb_entry *entry)
{
  uint64_t raw = vm_memory_read (s, vm_paddr_of (entry->entry), g->entry_bytes);
  struct vm_pte pte = vm_pte_decode (g, entry->level, raw, s->config.nx);

  return pte.present && pte.leaf && pte.frame == entry->frame;
}

static bool
allows_the_same (const struct vm_walk *walk, const struct vm_tlb_entry *entry)
{
  return walk->rights.writable == entry->writable
         && walk->rights.user == entry->user
         && walk->rights.no_execute == entry->no_execute
         && walk->rights.kernel_no_execute == entry->kernel_no_execute
         && walk->rights.readable == entry->readable
         && (walk->leaf.dirty || !entry->dirty) && walk->leaf.accessed;
}

static bool
check_mapping (const struct vm_state *s, const struct vm_geometry *g,
               uint32_t index, struct vm_check_report *report)
{
  static const char holds[] = "the TLB holds what the tables hold";
  const struct vm_tlb_entry *entry = &s->tlb[index];
  vm_vaddr va = start_of (g, entry->page, entry->shift);
  vm_frame root;

  if (entry->global)
    return global_holds (s, g, entry)
           || broken (report, holds, index, entry->frame, va.v);
  if (!root_of (s, g, index / VM_MAX_TLB_ENTRIES, entry->asid, va, &root))
    return broken (report, "a TLB entry belongs to an address space", index,
                   entry->asid, va.v);

  struct vm_walk walk = peek (s, g, root, va, 1);
  if (!walk.leaf.present || walk.entry.v != entry->entry
      || walk.page_shift != entry->shift || walk.leaf.frame != entry->frame)
    return broken (report, holds, index, entry->frame, walk.leaf.frame);
  return allows_the_same (&walk, entry)
         || broken (report, "the TLB allows what the tables allow", index,
                    walk.leaf.raw, entry->page);
}

static bool
check_psc (const struct vm_state *s, const struct vm_geometry *g, uint32_t cpu,
           uint32_t level, struct vm_check_report *report)
{
  const struct vm_psc_entry *entry = vm_psc_of (s, cpu, level);
  vm_frame root;

  for (uint32_t way = 0; way < VM_PSC_WAYS; way++, entry++) {
    if (!entry->valid)
      continue;
    vm_vaddr va = start_of (g, entry->prefix, g->level[level].low);
    struct vm_walk walk = {.level = 0};
    if (root_of (s, g, cpu, entry->asid, va, &root))
      walk = peek (s, g, root, va, level);
    if (walk.level != level || !walk.leaf.present || walk.leaf.leaf
        || walk.leaf.frame != entry->table)
      return broken (report, "the walk remembers what the tables hold", level,
                     entry->prefix, entry->table);
  }
  return true;
}

/* Counts the entries that may differ from the tables, and keeps the first. */
static void
note_owed (const struct vm_state *s, uint32_t index,
           struct vm_check_report *report)
{
  if (report->owed++ > 0)
    return;
  report->a = index / VM_MAX_TLB_ENTRIES;
  report->b = index;
  report->c = s->tlb[index].page << s->tlb[index].shift;
}

bool
vm_check_tlb_mappings (const struct vm_state *s, const struct vm_geometry *g,
                       struct vm_check_report *report)
{
  *report = (struct vm_check_report){.rule = NULL};
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++) {
    uint32_t first = cpu * VM_MAX_TLB_ENTRIES;
    for (uint32_t i = first; i < first + vm_tlb_entries (s); i++) {
      if (s->tlb[i].valid && s->tlb[i].stale)
        note_owed (s, i, report);
      else if (s->tlb[i].valid && !check_mapping (s, g, i, report))
        return false;
    }
    for (uint32_t level = 2; s->config.psc && level <= g->levels; level++)
      if (!check_psc (s, g, cpu, level, report))
        return false;
  }
  return true;
}
