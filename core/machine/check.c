/* The invariants, one function each. */
#include "machine/check.h"

#include <stdlib.h>

#include "mmu/cpu.h"

/* What the rules look at. */
struct scan {
  const struct vm_state *s;
  const struct vm_tape *t;
  const struct vm_geometry *g;
  struct vm_check_report *report;
  uint32_t *refs;   /* references found, one number a managed frame */
  uint32_t *tables; /* tables found, one number a process */
};

static bool
broken (struct scan *scan, const char *rule, uint64_t a, uint64_t b, uint64_t c)
{
  *scan->report
      = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

/* What the other rules index by. */
static bool
check_config (struct scan *scan)
{
  const struct vm_config *c = &scan->s->config;
  uint64_t entries = (uint64_t) c->tlb_sets * c->tlb_ways;

  if (c->frames > VM_MANAGED_FRAMES || entries > VM_MAX_TLB_ENTRIES
      || c->cpus > VM_MAX_CPUS)
    return broken (scan, "the configuration is within its limits", c->frames,
                   entries, c->cpus);
  return true;
}

static bool
check_slots (struct scan *scan)
{
  const struct vm_state *s = scan->s;

  if (s->slot_count > VM_MAX_SLOTS)
    return broken (scan, "slot_count is within its limit", s->slot_count, 0,
                   VM_MAX_SLOTS);
  for (uint32_t slot = 1; slot < s->slot_count; slot++) {
    uint32_t frame = s->slot_frame[slot];
    if (frame >= VM_ADDRESSABLE_FRAMES || s->slot_of[frame] != slot)
      return broken (scan, "slot_of and slot_frame name each other", slot,
                     frame, 0);
  }
  for (uint32_t i = 0; i < VM_PAGE_SIZE; i++)
    if (s->bytes[0][i] != 0)
      return broken (scan, "slot 0 is all zero", i, s->bytes[0][i], 0);
  return true;
}

static bool
check_processes (struct scan *scan)
{
  const struct vm_state *s = scan->s;

  if (s->process_count > VM_MAX_PROCESSES)
    return broken (scan, "process_count is within its limit", s->process_count,
                   0, VM_MAX_PROCESSES);
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].root >= s->config.frames)
      return broken (scan, "a root is a managed frame", i, s->processes[i].root,
                     s->config.frames);
  for (uint32_t i = 0; i < s->config.cpus; i++)
    if (s->cpus[i].process != VM_NONE && s->cpus[i].process >= s->process_count)
      return broken (scan, "a processor runs a process that exists", i,
                     s->cpus[i].process, s->process_count);
  return true;
}

static bool
check_tlb_links (struct scan *scan)
{
  const struct vm_state *s = scan->s;
  uint32_t entries = s->config.tlb_sets * s->config.tlb_ways;

  for (uint32_t i = 0; i < entries; i++) {
    const struct vm_tlb_entry *entry = &s->tlb[i];
    if (!entry->valid)
      continue;
    if (entry->valid != 1 || entry->shift > 63
        || !(s->tlb_shifts >> entry->shift & 1))
      return broken (scan, "a TLB entry has a page size that was filled", i,
                     entry->shift, s->tlb_shifts);
    if (vm_tlb_set_of (s, entry->page) != i / s->config.tlb_ways)
      return broken (scan, "a TLB entry stands in its set", i, entry->page,
                     i / s->config.tlb_ways);
    if (entry->used > s->counters.tick)
      return broken (scan, "no TLB entry was used in the future", i,
                     entry->used, s->counters.tick);
    for (uint32_t j = i + 1; j % s->config.tlb_ways != 0; j++)
      if (s->tlb[j].valid && s->tlb[j].page == entry->page
          && s->tlb[j].shift == entry->shift)
        return broken (scan, "a page stands in the TLB once", i, j,
                       entry->page);
  }
  return true;
}

static bool
check_frames_links (struct scan *scan)
{
  const struct vm_state *s = scan->s;
  uint32_t free = 0;

  for (uint32_t f = 0; f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    free += record->role == VM_FRAME_FREE;
    if (record->role == VM_FRAME_FREE && f < s->free_hint)
      return broken (scan, "no free frame lies below the hint", f, s->free_hint,
                     0);
    if (record->role > VM_FRAME_DATA)
      return broken (scan, "a frame has a known role", f, record->role, 0);
  }
  if (free != s->free_count)
    return broken (scan, "free_count counts the free frames", free,
                   s->free_count, 0);
  return true;
}

/* The step that led to the cursor is nested where it says. */
static bool
check_nesting (struct scan *scan)
{
  uint64_t n = scan->t->cursor_step;
  const struct vm_step *step = n == 0 ? NULL : vm_tape_step (scan->t, n - 1);

  if (step == NULL)
    return true;
  if (step->depth == 0)
    return step->parent == n - 1
           || broken (scan, "an operation's step is its own parent", n - 1,
                      step->parent, 0);

  const struct vm_step *parent = vm_tape_step (scan->t, step->parent);
  if (parent == NULL || step->parent >= n - 1
      || parent->depth + 1 != step->depth)
    return broken (scan, "a step's parent is one level up", n - 1, step->parent,
                   step->depth);
  return true;
}

static bool
check_links (struct scan *scan)
{
  return check_config (scan) && check_slots (scan) && check_processes (scan)
         && check_tlb_links (scan) && check_frames_links (scan)
         && check_nesting (scan);
}

static void
count_refs (struct scan *scan, uint64_t first, uint64_t count)
{
  uint64_t frames = scan->s->config.frames;

  for (uint64_t f = first; f < first + count && f < frames; f++)
    scan->refs[f]++;
}

/* Counts what the entries of one table refer to, and checks that tables below
 * it are where and what their records say. */
static bool
count_table (struct scan *scan, uint32_t frame, uint32_t level)
{
  const struct vm_geometry *g = scan->g;
  const struct vm_frame_record *record = &scan->s->frames[frame];

  if (record->role != VM_FRAME_TABLE || record->level != level
      || (record->owner >= scan->s->process_count
          && !(record->owner == VM_NONE && scan->g->two_roots)))
    return broken (scan, "a page table's record says so", frame, record->role,
                   record->level);
  if (record->owner != VM_NONE)
    scan->tables[record->owner]++;

  for (uint32_t i = 0; i < vm_geometry_entries (g, level); i++) {
    vm_paddr pa = vm_paddr_of (((uint64_t) frame << VM_PAGE_SHIFT)
                               + (uint64_t) i * g->entry_bytes);
    uint64_t raw = vm_memory_read (scan->s, pa, g->entry_bytes);
    struct vm_pte pte = vm_pte_decode (g, level, raw, scan->s->config.nx);
    if (!pte.present)
      continue;
    if (pte.leaf) {
      count_refs (scan, pte.frame,
                  UINT64_C (1) << (g->level[level].low - VM_PAGE_SHIFT));
      continue;
    }
    count_refs (scan, pte.frame, 1);
    if (pte.frame >= scan->s->config.frames
        || !count_table (scan, (uint32_t) pte.frame, level - 1))
      return false;
    if (scan->s->frames[pte.frame].index != i)
      return broken (scan, "a table's record names its entry", pte.frame,
                     scan->s->frames[pte.frame].index, i);
  }
  return true;
}

static bool
check_counts (struct scan *scan)
{
  const struct vm_state *s = scan->s;

  scan->refs[0]++; /* the kernel's own */
  if (scan->g->two_roots) {
    count_refs (scan, s->config.kernel_root, 1);
    if (!count_table (scan, s->config.kernel_root, scan->g->levels))
      return false;
  }
  for (uint32_t i = 0; i < s->process_count; i++) {
    count_refs (scan, s->processes[i].root, 1);
    if (!count_table (scan, s->processes[i].root, scan->g->levels))
      return false;
    if (scan->tables[i] != s->processes[i].tables)
      return broken (scan, "a process counts its page tables", i,
                     s->processes[i].tables, scan->tables[i]);
  }
  for (uint32_t f = 0; f < s->config.frames; f++)
    if (scan->refs[f] != s->frames[f].refs)
      return broken (scan, "a frame's count is what refers to it", f,
                     s->frames[f].refs, scan->refs[f]);
  return true;
}

/* The state as it is, walked without leaving a trace. */
static struct vm_walk
peek (const struct vm_state *s, const struct vm_geometry *g, vm_vaddr va)
{
  struct vm_walk walk = {.rights = VM_ALL_RIGHTS};
  vm_frame table = vm_walk_root (g, &s->cpus[0], va);

  for (uint32_t level = g->levels; level > 0; level--) {
    walk.entry = vm_paddr_of (vm_frame_start (table).v
                              + (uint64_t) vm_geometry_index (g, level, va)
                                    * g->entry_bytes);
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

/* The address of a page's first byte, sign extended where that is the rule. */
static vm_vaddr
page_start (const struct vm_geometry *g, const struct vm_tlb_entry *entry)
{
  uint64_t va = entry->page << entry->shift;
  return vm_vaddr_of (va & vm_geometry_last_address (g));
}

/* What the TLB holds of the running process, the tables hold as well. Global
 * entries may outlive a switch and are passed over. */
static bool
check_tlb_mappings (struct scan *scan)
{
  const struct vm_state *s = scan->s;
  uint32_t entries = s->config.tlb_sets * s->config.tlb_ways;

  if (s->cpus[0].process == VM_NONE)
    return true;
  for (uint32_t i = 0; i < entries; i++) {
    const struct vm_tlb_entry *entry = &s->tlb[i];
    if (!entry->valid || entry->global)
      continue;

    struct vm_walk walk = peek (s, scan->g, page_start (scan->g, entry));
    if (!walk.leaf.present || walk.entry.v != entry->entry
        || walk.page_shift != entry->shift || walk.leaf.frame != entry->frame)
      return broken (scan, "the TLB holds what the tables hold", i,
                     entry->frame, walk.leaf.frame);
    if (walk.rights.writable != entry->writable
        || walk.rights.user != entry->user
        || walk.rights.no_execute != entry->no_execute
        || walk.rights.kernel_no_execute != entry->kernel_no_execute
        || walk.rights.readable != entry->readable
        || walk.leaf.dirty != entry->dirty || !walk.leaf.accessed)
      return broken (scan, "the TLB allows what the tables allow", i,
                     walk.leaf.raw, entry->page);
  }
  return true;
}

static bool
check_totals (struct scan *scan)
{
  const struct vm_counters *c = &scan->s->counters;

  if (c->walks != c->tlb_misses)
    return broken (scan, "each miss walks once", c->walks, c->tlb_misses, 0);
  if (c->tlb_hits + c->tlb_misses > c->tick)
    return broken (scan, "hits and misses are accesses",
                   c->tlb_hits + c->tlb_misses, c->tick, 0);
  if (scan->s->cpus[0].process != VM_NONE
      && scan->s->cpus[0].cr3
             != (uint64_t) scan->s->processes[scan->s->cpus[0].process].root
                    << VM_PAGE_SHIFT)
    return broken (scan, "CR3 holds the running process's root", 0,
                   scan->s->cpus[0].cr3, 0);
  return true;
}

bool
vm_check (const struct vm_machine *machine, enum vm_check_depth depth,
          struct vm_check_report *report)
{
  struct scan scan = {
      .s = vm_machine_state (machine),
      .t = vm_machine_tape (machine),
      .g = vm_machine_geometry (machine),
      .report = report,
  };

  if (!check_links (&scan))
    return false;
  if (depth == VM_CHECK_LINKS || scan.g == NULL)
    return true;

  scan.refs = calloc (scan.s->config.frames, sizeof *scan.refs);
  scan.tables = calloc (VM_MAX_PROCESSES, sizeof *scan.tables);
  bool held = scan.refs != NULL && scan.tables != NULL;
  if (held)
    held = check_counts (&scan) && check_tlb_mappings (&scan)
           && check_totals (&scan);
  else
    broken (&scan, "out of memory", 0, 0, 0);
  free (scan.refs);
  free (scan.tables);
  return held;
}
