/* The invariants, one function each. */
#include "machine/check.h"

#include <stdlib.h>

#include "machine/check_buddy.h"
#include "machine/check_bus.h"
#include "machine/check_cache.h"
#include "machine/check_kernel.h"
#include "machine/check_mm.h"
#include "machine/check_pools.h"
#include "machine/check_swap.h"
#include "machine/check_tasks.h"
#include "machine/check_tlb.h"
#include "mm/edit.h"
#include "mm/resident.h"
#include "mm/space.h"
#include "mm/swap.h"
#include "mm/zone.h"
#include "mmu/cpu.h"

#define RSS_KINDS (VM_RSS_SHARED + 1)

/* What the rules look at. */
struct scan {
  const struct vm_state *s;
  const struct vm_tape *t;
  const struct vm_geometry *g;
  struct vm_check_report *report;
  uint32_t *refs;   /* references found, one number a managed frame */
  uint32_t *tables; /* tables found, one number an address space */
  uint64_t *rss;    /* resident pages found, RSS_KINDS an address space */
  struct vm_check_swapped swapped;
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
  uint64_t entries = (uint64_t) c->tlb_sets * c->tlb_ways
                     + (uint64_t) c->itlb_sets * c->itlb_ways
                     + (uint64_t) c->stlb_sets * c->stlb_ways;

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

  if (s->slot_count + s->content_pages > VM_MAX_SLOTS)
    return broken (scan, "slot_count is within its limit", s->slot_count, 0,
                   VM_MAX_SLOTS);
  for (uint32_t slot = 1; slot < s->slot_count; slot++) {
    uint32_t frame = s->slot_frame[slot];
    if (frame >= VM_ADDRESSABLE_SLOTS + VM_DISK_BLOCKS + VM_FILE_BLOCKS
        || s->slot_of[frame] != slot)
      return broken (scan, "slot_of and slot_frame name each other", slot,
                     frame, 0);
  }
  for (uint32_t i = 0; i < VM_SLOT_SIZE; i++)
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
    if (vm_mm_lives (s, i) && s->mms[i].root >= s->config.frames)
      return broken (scan, "a root is a managed frame", i, s->mms[i].root,
                     s->config.frames);
  for (uint32_t i = 0; i < s->config.cpus; i++)
    if (s->cpus[i].process != VM_NONE && s->cpus[i].process >= s->process_count)
      return broken (scan, "a processor runs a process that exists", i,
                     s->cpus[i].process, s->process_count);
  return true;
}

/* A program is where it can be, and is as large as it says. */
static bool
check_images (struct scan *scan)
{
  const struct vm_state *s = scan->s;
  uint64_t memory = (uint64_t) s->config.frames << s->config.page_shift;

  for (uint32_t i = 0; i < s->process_count; i++) {
    const struct vm_image *image = &s->images[i];
    if (image->place > VM_IMAGE_DISK)
      return broken (scan, "a program is at a known place", i, image->place, 0);
    if (image->place == VM_IMAGE_MEMORY
        && (image->size == 0 || image->base > memory
            || image->size > memory - image->base))
      return broken (scan, "a program lies in memory", i, image->base,
                     image->size);
    if ((uint64_t) image->block + image->blocks > s->disk_used
        || (image->place == VM_IMAGE_DISK
            && (uint64_t) image->blocks << VM_SLOT_SHIFT < image->size))
      return broken (scan, "a program on the disk has its blocks", i,
                     image->block, image->blocks);
  }
  return true;
}

/* Would the allocator of zones never look at this frame again? */
static bool
is_passed_over (const struct vm_state *s, uint32_t frame)
{
  return s->config.zones && frame < s->zone_hints[vm_zone_of (s, frame)];
}

static bool
check_frames_links (struct scan *scan)
{
  const struct vm_state *s = scan->s;
  uint32_t free = 0;

  for (uint32_t f = 0; f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    free += record->role == VM_FRAME_FREE;
    if (record->role == VM_FRAME_FREE && is_passed_over (s, f))
      return broken (scan, "no free frame of a zone lies below its hint", f, 0,
                     0);
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
         && check_images (scan) && vm_check_bus_links (scan->s, scan->report)
         && vm_check_mm_links (scan->s, scan->report)
         && vm_check_tlb_links (scan->s, scan->report)
         && vm_check_pool_links (scan->s, scan->report)
         && vm_check_swap_links (scan->s, scan->report)
         && vm_check_kernel_links (scan->s, scan->report)
         && check_frames_links (scan)
         && vm_check_buddy_links (scan->s, scan->report)
         && check_nesting (scan);
}

static void
count_refs (struct scan *scan, uint64_t first, uint64_t count)
{
  uint64_t frames = scan->s->config.frames;

  for (uint64_t f = first; f < first + count && f < frames; f++)
    scan->refs[f]++;
}

/* As long as nobody edits entries, one leads to a table of the next level that
 * was made for it. */
static bool
check_link (struct scan *scan, uint32_t level, uint32_t index,
            const struct vm_pte *pte)
{
  if (scan->s->config.edited)
    return true;
  if (!vm_edit_leads_to_table (scan->s, level, pte->frame))
    return broken (scan, "an entry leads to a table of the next level",
                   pte->frame, level, index);
  const struct vm_frame_record *below = &scan->s->frames[pte->frame];
  if (below->index != index)
    return broken (scan, "a table's record names its entry", pte->frame,
                   below->index, index);
  return true;
}

/* Counts the frames of a table, and checks those behind the first. */
static bool
count_rest (struct scan *scan, uint32_t frame, uint32_t level)
{
  const struct vm_frame_record *first = &scan->s->frames[frame];
  uint32_t frames = vm_geometry_table_frames (scan->g, level);

  if (first->owner != VM_NONE)
    scan->tables[first->owner] += frames;
  count_refs (scan, frame + 1, frames - 1);
  for (uint32_t i = 1; i < frames; i++)
    if (frame + i >= scan->s->config.frames || first[i].role != VM_FRAME_TABLE
        || first[i].owner != first->owner || first[i].level != 0
        || first[i].index != i)
      return broken (scan, "a table's frames lie in a row", frame, i,
                     first[i].role);
  return true;
}

/* Counts what an entry that maps a page refers to. */
static void
count_page (struct scan *scan, uint32_t owner, uint32_t level,
            const struct vm_pte *pte)
{
  uint64_t pages = UINT64_C (1)
                   << (scan->g->level[level].low - scan->g->page_shift);
  enum vm_rss_kind kind;

  count_refs (scan, pte->frame, pages);
  if (owner != VM_NONE)
    scan->swapped.present[owner] += pages;
  if (owner != VM_NONE
      && vm_pages_kind (scan->s, vm_frame_of (pte->frame), &kind))
    scan->rss[owner * RSS_KINDS + kind] += pages;
}

/* Or name a slot of swap. */
static void
count_swapped (struct scan *scan, uint32_t owner, uint64_t raw)
{
  struct vm_swap_slot place;
  uint32_t slot;

  if (!vm_swap_on (scan->s) || !vm_pte_swap (scan->g, raw, &place)
      || (slot = vm_swap_number (scan->s, place)) == 0)
    return;
  scan->swapped.slots[slot]++;
  scan->swapped.mms[owner]++;
}

/* An entry of a managed address space that is not present may keep a frame. */
static void
count_kept (struct scan *scan, uint32_t owner, uint32_t level, uint64_t raw)
{
  struct vm_pte pte;

  if (owner != VM_NONE && level == 1 && raw != 0)
    count_swapped (scan, owner, raw);

  if (owner != VM_NONE && scan->s->mms[owner].managed
      && scan->g->level[level].leaf
      && vm_pte_decode_kept (scan->g, level, raw, scan->s->config.nx, &pte))
    count_page (scan, owner, level, &pte);
}

/* Counts what the entries of one table refer to. */
static bool
count_entries (struct scan *scan, uint32_t frame, uint32_t level)
{
  const struct vm_geometry *g = scan->g;
  uint32_t owner = scan->s->frames[frame].owner;

  for (uint32_t i = 0; i < vm_geometry_entries (g, level); i++) {
    vm_paddr pa = vm_geometry_entry (g, vm_frame_of (frame), i);
    uint64_t raw = vm_memory_read (scan->s, pa, g->entry_bytes);
    struct vm_pte pte = vm_pte_decode (g, level, raw, scan->s->config.nx);
    if (!pte.present) {
      count_kept (scan, owner, level, raw);
      continue;
    }
    if (pte.leaf) {
      if (!vm_space_uncounted (scan->s, g, level, vm_frame_of (frame), i))
        count_page (scan, owner, level, &pte);
      continue;
    }
    if (!check_link (scan, level, i, &pte))
      return false;
    count_refs (scan, pte.frame, vm_pte_frame_count (g, level, &pte));
  }
  return true;
}

/* What an entry of a root names; VM_NONE if it is not present. */
static uint64_t
frame_named (const struct scan *scan, vm_frame root, uint32_t index)
{
  const struct vm_geometry *g = scan->g;
  uint64_t raw = vm_memory_read (scan->s, vm_geometry_entry (g, root, index),
                                 g->entry_bytes);
  struct vm_pte pte = vm_pte_decode (g, g->levels, raw, scan->s->config.nx);

  return pte.present ? pte.frame : VM_NONE;
}

static bool
has_kernel_root (const struct scan *scan)
{
  return scan->g->two_roots || scan->s->config.kernel_half;
}

/* All roots name the same in the kernel's half, where they share it; A and D
 * apart, which the processor sets in the one that it has. */
static bool
check_shared (struct scan *scan)
{
  const struct vm_state *s = scan->s;
  const struct vm_geometry *g = scan->g;
  uint32_t level = g->levels;
  bool shared = s->config.kernel_half && !g->two_roots && !s->config.edited;

  for (uint32_t i = 0; shared && i < vm_geometry_entries (g, level); i++) {
    uint64_t va = (uint64_t) i << g->level[level].low;
    uint64_t sign = UINT64_C (1) << (g->va_bits - 1);
    vm_vaddr at = vm_vaddr_of (g->word_bits == 64 ? (va ^ sign) - sign : va);
    vm_frame kernel = vm_frame_of (s->config.kernel_root);
    if (!vm_space_shares (s, g, at))
      continue;
    uint64_t named = frame_named (scan, kernel, i);
    for (uint32_t mm = 0; mm < s->process_count; mm++) {
      if (!vm_mm_lives (s, mm))
        continue;
      uint64_t own = frame_named (scan, vm_frame_of (s->mms[mm].root), i);
      if (own != named && !(s->kernel.lazy && own == VM_NONE))
        return broken (scan, "all roots share the kernel's half", mm, i, named);
    }
  }
  return true;
}

static bool
count_tables (struct scan *scan)
{
  const struct vm_state *s = scan->s;

  for (uint32_t f = 0; f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    if (record->role != VM_FRAME_TABLE || record->level == 0)
      continue;
    if (record->level > scan->g->levels
        || (record->owner >= s->process_count
            && !(record->owner == VM_NONE && has_kernel_root (scan))))
      return broken (scan, "a page table's record says so", f, record->level,
                     record->owner);
    if (!count_rest (scan, f, record->level)
        || !count_entries (scan, f, record->level))
      return false;
  }
  return true;
}

/* A root is a table of the highest level. */
static bool
count_root (struct scan *scan, uint32_t root)
{
  /* Without paging a root comes with the first page. */
  if (root == 0 && scan->s->config.way != VM_WAY_PAGING)
    return true;
  const struct vm_frame_record *record = &scan->s->frames[root];

  count_refs (scan, root, 1);
  return (root < scan->s->config.frames && record->role == VM_FRAME_TABLE
          && record->level == scan->g->levels)
         || broken (scan, "a root is a page table", root, record->role,
                    record->level);
}

static bool
count_roots (struct scan *scan)
{
  const struct vm_state *s = scan->s;

  if (has_kernel_root (scan)
      && (!count_root (scan, s->config.kernel_root) || !check_shared (scan)))
    return false;
  if (s->kernel.user_root != 0 && !count_root (scan, s->kernel.user_root))
    return false;
  for (uint32_t i = 0; i < s->process_count; i++) {
    const struct vm_mm *mm = &s->mms[i];
    if (!vm_mm_lives (s, i))
      continue;
    if (!count_root (scan, mm->root)
        || (s->config.kpti && !count_root (scan, mm->user_root)))
      return false;
  }
  return true;
}

/* What an address space counts as resident is what its entries map. */
static bool
check_resident (struct scan *scan)
{
  for (uint32_t i = 0; i < scan->s->process_count; i++) {
    const struct vm_mm *mm = &scan->s->mms[i];
    const uint64_t *rss = &scan->rss[(uint64_t) i * RSS_KINDS];
    if (mm->managed == 2)
      continue;
    if (mm->rss_anon != rss[VM_RSS_ANON] || mm->rss_file != rss[VM_RSS_FILE]
        || mm->rss_shmem != rss[VM_RSS_SHARED])
      return broken (scan, "resident pages are those that entries map", i,
                     vm_account_rss (mm),
                     rss[VM_RSS_ANON] + rss[VM_RSS_FILE] + rss[VM_RSS_SHARED]);
  }
  return true;
}

/* A program in memory holds the frames that it touches. */
static void
count_image (struct scan *scan, const struct vm_image *image)
{
  uint32_t shift = scan->s->config.page_shift;
  uint64_t first = image->base >> shift;

  if (image->place == VM_IMAGE_MEMORY)
    count_refs (scan, first,
                ((image->base + image->size - 1) >> shift) - first + 1);
}

static bool
check_counts (struct scan *scan)
{
  const struct vm_state *s = scan->s;

  scan->refs[0]++; /* the kernel's own */
  if (s->gdt.limit != 0)
    count_refs (scan, s->gdt.base >> scan->g->page_shift, 1);
  if (!count_roots (scan) || !count_tables (scan))
    return false;
  for (uint32_t i = 0; i < s->process_count; i++)
    if (scan->tables[i] != s->mms[i].tables)
      return broken (scan, "a process counts its page tables", i,
                     s->mms[i].tables, scan->tables[i]);
  for (uint32_t i = 0; i < s->process_count; i++)
    count_image (scan, &s->images[i]);
  if (!check_resident (scan)
      || !vm_check_kernel_frames (s, scan->refs, scan->report)
      || !vm_check_bus_frames (s, scan->refs, scan->report)
      || !vm_check_mm_cache (s, scan->refs, scan->report)
      || !vm_check_swap_refs (s, scan->refs, scan->report)
      || !vm_check_buddy_counts (s, scan->refs, scan->report))
    return false;
  for (uint32_t f = 0; f < s->config.frames; f++)
    if (scan->refs[f] != s->frames[f].refs)
      return broken (scan, "a frame's count is what refers to it", f,
                     s->frames[f].refs, scan->refs[f]);
  return true;
}

/* The registers agree with where the running program lies. */
static bool
holds_bounds (const struct vm_state *s, const struct vm_cpu *cpu)
{
  if (s->config.way != VM_WAY_BOUNDS || cpu->process == VM_NONE)
    return true;
  const struct vm_image *image = &s->images[cpu->process];
  bool there = image->place == VM_IMAGE_MEMORY;
  return cpu->base == (there ? image->base : 0)
         && cpu->limit == (there ? image->size : 0);
}

/* With KPTI either root of the process will do; a kernel thread that borrows
 * none has the kernel's own, or nothing. */
static bool
holds_root (const struct vm_state *s, const struct vm_cpu *cpu)
{
  if (cpu->process == VM_NONE || s->config.way != VM_WAY_PAGING)
    return true;
  const struct vm_process *p = &s->processes[cpu->process];
  if (p->state == VM_PROCESS_KERNEL && p->mm == cpu->process)
    return cpu->cr3 == 0
           || cpu->cr3 >> s->config.page_shift == s->config.kernel_root;
  const struct vm_mm *mm = vm_mm_of (s, cpu->process);
  uint64_t root = cpu->cr3 >> s->config.page_shift;
  return root == mm->root || (s->config.kpti && root == mm->user_root);
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
  for (uint32_t i = 0; i < scan->s->config.cpus; i++)
    if (!holds_bounds (scan->s, &scan->s->cpus[i]))
      return broken (scan, "base and limit are the running program's", i,
                     scan->s->cpus[i].base, scan->s->cpus[i].limit);
  for (uint32_t i = 0; i < scan->s->config.cpus; i++)
    if (!holds_root (scan->s, &scan->s->cpus[i]))
      return broken (scan, "CR3 holds the running process's root", i,
                     scan->s->cpus[i].cr3, 0);
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
  scan.rss = calloc ((size_t) VM_MAX_PROCESSES * RSS_KINDS, sizeof *scan.rss);
  scan.swapped.slots = calloc (VM_SWAP_SLOTS, sizeof *scan.swapped.slots);
  scan.swapped.mms = calloc (VM_MAX_PROCESSES, sizeof *scan.swapped.mms);
  scan.swapped.present
      = calloc (VM_MAX_PROCESSES, sizeof *scan.swapped.present);
  bool held = scan.refs != NULL && scan.tables != NULL && scan.rss != NULL
              && scan.swapped.slots != NULL && scan.swapped.mms != NULL
              && scan.swapped.present != NULL;
  if (held)
    held = check_counts (&scan) && vm_check_mm_totals (scan.s, report)
           && vm_check_cache (scan.s, report)
           && vm_check_tlb_mappings (scan.s, scan.g, report)
           && vm_check_tasks (scan.s, report)
           && vm_check_pool_pages (scan.s, report)
           && vm_check_swap_counts (scan.s, &scan.swapped, report)
           && check_totals (&scan);
  else
    broken (&scan, "out of memory", 0, 0, 0);
  free (scan.refs);
  free (scan.tables);
  free (scan.rss);
  free (scan.swapped.slots);
  free (scan.swapped.mms);
  free (scan.swapped.present);
  return held;
}
