/* Finds, writes and goes through the entries of an address space. */
#include "mm/entries.h"

#include "mm/swap.h"
#include "mmu/lazy.h"
#include "mmu/shootdown.h"

/* The slot of swap that an entry names; 0: none. What somebody wrote there by
 * hand does not name what is not there. */
static uint32_t
slot_named (const struct vm_state *s, const struct vm_geometry *g, uint64_t raw)
{
  struct vm_swap_slot place;

  return vm_swap_on (s) && vm_pte_swap (g, raw, &place)
             ? vm_swap_number (s, place)
             : 0;
}

static struct vm_entry
read_entry (const struct vm_state *s, const struct vm_geometry *g,
            uint32_t level, vm_frame table, vm_vaddr va)
{
  uint64_t size = UINT64_C (1) << g->level[level].low;
  uint32_t index = vm_geometry_index (g, level, va);
  struct vm_entry entry = {
      .va = vm_vaddr_of (va.v & ~(size - 1)),
      .level = level,
      .index = index,
      .pa = vm_paddr_of (vm_frame_start (table, g->page_shift).v
                         + (uint64_t) index * g->entry_bytes),
  };
  uint64_t raw = vm_memory_read (s, entry.pa, g->entry_bytes);

  entry.pte = vm_pte_decode (g, level, raw, s->config.nx);
  if (!entry.pte.present && g->level[level].leaf)
    entry.kept = vm_pte_decode_kept (g, level, raw, s->config.nx, &entry.pte);
  if (raw != 0 && level == 1 && !vm_entry_has_page (&entry))
    entry.swapped = slot_named (s, g, raw);
  return entry;
}

struct vm_entry
vm_entry_of (const struct vm_state *s, uint32_t process, vm_vaddr va)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  vm_frame table = vm_space_root (s, process, va);
  struct vm_entry entry = {.level = 0};

  for (uint32_t level = g->levels; level > 0; level--) {
    entry = read_entry (s, g, level, table, va);
    if (!entry.pte.present || entry.pte.leaf)
      break;
    table = vm_frame_of (entry.pte.frame);
  }
  return entry;
}

bool
vm_entry_make (struct vm_tape *t, const struct vm_state *s, uint32_t process,
               vm_vaddr va, uint32_t level, struct vm_entry *entry)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_mapping mapping = {.process = process,
                               .va = va,
                               .shift = g->level[level].low,
                               .cpu = vm_space_cpu_of (s, process)};
  vm_frame table;

  if (!vm_space_reach (t, s, &mapping, &table, NULL) || vm_tape_failed (t))
    return false;
  *entry = read_entry (s, g, level, table, va);
  return true;
}

void
vm_entry_write (struct vm_tape *t, const struct vm_state *s,
                const struct vm_entry *entry)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint64_t raw = 0;

  if (entry->pte.present)
    raw = vm_pte_encode (g, entry->level, &entry->pte);
  else if (entry->kept)
    raw = vm_pte_encode_kept (g, entry->level, &entry->pte);
  else if (entry->swapped != 0)
    raw = vm_pte_encode_swap (g, vm_swap_place (s, entry->swapped));
  vm_step_leaf (t, VM_STEP_ENTRY_WRITE,
                (uint64_t[VM_STEP_VALUES]){
                    entry->level, entry->index,
                    vm_paddr_frame (entry->pa, g->page_shift).v, entry->pa.v,
                    raw, vm_entry_has_page (entry) ? entry->pte.frame : 0});
  vm_memory_write (t, s, entry->pa, g->entry_bytes, raw);
}

uint64_t
vm_entry_size (const struct vm_state *s, const struct vm_entry *entry)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  return UINT64_C (1) << g->level[entry->level].low;
}

bool
vm_entry_next (const struct vm_state *s, uint32_t process, uint64_t va,
               uint64_t end, struct vm_entry *entry)
{
  while (va < end) {
    *entry = vm_entry_of (s, process, vm_vaddr_of (va));
    if (!vm_entry_is_empty (entry))
      return true;
    uint64_t after = entry->va.v + vm_entry_size (s, entry);
    if (after <= va)
      return false;
    va = after;
  }
  return false;
}

/* What a freeing of tables goes by. */
struct sweep {
  struct vm_tape *t;
  const struct vm_state *s;
  const struct vm_geometry *g;
  uint32_t process;
  uint64_t start, end;
};

static bool
is_blank (const struct sweep *sweep, vm_frame table, uint32_t level)
{
  uint32_t bytes = vm_geometry_entries (sweep->g, level)
                   * sweep->g->entry_bytes;

  for (uint32_t at = 0; at < bytes; at += 8)
    if (vm_memory_read (
            sweep->s,
            vm_paddr_of (vm_frame_start (table, sweep->g->page_shift).v + at),
            8)
        != 0)
      return false;
  return true;
}

/* What the root names stays where another root, or a register, names it,
 * too. */
static bool
may_go (const struct sweep *sweep, uint32_t level)
{
  return level < sweep->g->levels
         || (!sweep->s->config.kpti && sweep->g->register_level == 0);
}

static void
free_table (const struct sweep *sweep, struct vm_entry *link)
{
  const struct vm_mm *mm = vm_mm_of (sweep->s, sweep->process);
  vm_frame table = vm_frame_of (link->pte.frame);

  link->pte.present = 0;
  link->kept = false;
  vm_entry_write (sweep->t, sweep->s, link);
  vm_step_leaf (sweep->t, VM_STEP_FRAME_FREE,
                (uint64_t[VM_STEP_VALUES]){table.v, VM_FRAME_TABLE});
  vm_put_u32 (sweep->t, &mm->tables, mm->tables - 1);
  vm_frames_free_table (sweep->t, sweep->s, table, 1);
}

/* Frees what can be freed below one table. */
static void
sweep_table (const struct sweep *sweep, vm_frame table, uint32_t level,
             uint64_t va)
{
  uint64_t size = UINT64_C (1) << sweep->g->level[level].low;
  uint64_t first = va > sweep->start ? va : sweep->start & ~(size - 1);
  uint64_t count = vm_geometry_entries (sweep->g, level);
  uint64_t end = va + size * count;

  if (end > sweep->end || end < va)
    end = sweep->end;
  for (uint64_t at = first; at < end && !vm_tape_failed (sweep->t);
       at += size) {
    struct vm_entry entry
        = read_entry (sweep->s, sweep->g, level, table, vm_vaddr_of (at));
    if (!entry.pte.present || entry.pte.leaf)
      continue;
    vm_frame below = vm_frame_of (entry.pte.frame);
    if (level > 2)
      sweep_table (sweep, below, level - 1, at);
    if (at >= sweep->start && at + size <= sweep->end && may_go (sweep, level)
        && is_blank (sweep, below, level - 1))
      free_table (sweep, &entry);
  }
}

void
vm_entry_free_tables (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process, uint64_t start, uint64_t end)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mm *mm = vm_mm_of (s, process);
  uint32_t tables = mm->tables;
  struct sweep sweep = {t, s, g, process, start, end};

  if (g->levels < 2)
    return;
  sweep_table (&sweep, vm_frame_of (mm->root), g->levels, 0);
  if (mm->tables != tables)
    vm_lazy_leave (t, s, s->processes[process].mm,
                   vm_space_cpu_of (s, process));
  if (mm->tables != tables && s->config.psc)
    vm_shootdown (t, s,
                  &(struct vm_changed){.cpu = vm_space_cpu_of (s, process),
                                       .process = process,
                                       .va = vm_vaddr_of (start)});
}

static void free_below (const struct sweep *sweep, vm_frame table,
                        uint32_t level);

/* Lets go of what an entry of a table names. */
static void
let_go (const struct sweep *sweep, vm_frame table, uint32_t index,
        const struct vm_pte *pte, uint32_t level)
{
  vm_frame frame = vm_frame_of (pte->frame);
  uint32_t low = sweep->g->level[level].low - sweep->g->page_shift;

  if (pte->leaf && vm_space_uncounted (sweep->s, sweep->g, level, table, index))
    return;
  if (pte->leaf)
    vm_frames_put (sweep->t, sweep->s, frame, UINT64_C (1) << low);
  else if (sweep->s->frames[frame.v].refs > 1)
    vm_frames_put (sweep->t, sweep->s, frame, 1);
  else
    free_below (sweep, frame, level - 1);
}

static struct vm_pte
read_raw (const struct sweep *sweep, vm_paddr pa, uint32_t level)
{
  uint64_t raw = vm_memory_read (sweep->s, pa, sweep->g->entry_bytes);

  return vm_pte_decode (sweep->g, level, raw, sweep->s->config.nx);
}

/* Lets go of what a table names, and of the table. */
static void
free_below (const struct sweep *sweep, vm_frame table, uint32_t level)
{
  for (uint32_t i = 0; i < vm_geometry_entries (sweep->g, level); i++) {
    vm_paddr pa = vm_geometry_entry (sweep->g, table, i);
    struct vm_pte pte = read_raw (sweep, pa, level);
    if (pte.present && !vm_tape_failed (sweep->t))
      let_go (sweep, table, i, &pte, level);
  }
  vm_step_leaf (sweep->t, VM_STEP_FRAME_FREE,
                (uint64_t[VM_STEP_VALUES]){table.v, VM_FRAME_TABLE});
  vm_frames_free_table (sweep->t, sweep->s, table,
                        vm_geometry_table_frames (sweep->g, level));
}

/* Lets go of all that a root names, but not of what all roots share. */
static void
empty_root (const struct sweep *sweep, vm_frame root)
{
  uint32_t level = sweep->g->levels;

  for (uint32_t i = 0; i < vm_geometry_entries (sweep->g, level); i++) {
    vm_paddr pa = vm_geometry_entry (sweep->g, root, i);
    struct vm_pte pte = read_raw (sweep, pa, level);
    vm_vaddr va = vm_vaddr_of ((uint64_t) i << sweep->g->level[level].low);
    bool shared = vm_space_shares (sweep->s, sweep->g, va);
    if (pte.raw == 0 || shared || vm_tape_failed (sweep->t))
      continue;
    if (pte.present)
      let_go (sweep, root, i, &pte, level);
    vm_memory_write (sweep->t, sweep->s, pa, sweep->g->entry_bytes, 0);
  }
}

/* Tables that an edit of memory by hand cut off from the others. */
static void
free_unlinked (const struct sweep *sweep)
{
  const struct vm_state *s = sweep->s;
  uint32_t mm = s->processes[sweep->process].mm;

  for (uint32_t f = 0; f < s->config.frames && !vm_tape_failed (sweep->t); f++)
    if (s->frames[f].role == VM_FRAME_TABLE && s->frames[f].owner == mm)
      vm_frames_free_table (sweep->t, s, vm_frame_of (f), 1);
}

static void
free_roots (const struct sweep *sweep, const struct vm_mm *mm)
{
  /* A process whose making failed may lack a root. */
  if (mm->user_root != 0)
    free_below (sweep, vm_frame_of (mm->user_root), sweep->g->levels);
  if (mm->root != 0)
    free_below (sweep, vm_frame_of (mm->root), sweep->g->levels);
}

void
vm_entry_free_all (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mm *mm = vm_mm_of (s, process);
  struct sweep sweep = {.t = t, .s = s, .g = g, .process = process};

  free_roots (&sweep, mm);
  free_unlinked (&sweep);
  vm_put_u32 (t, &mm->tables, 0);
  vm_put_u32 (t, &mm->root, 0);
  if (mm->user_root != 0)
    vm_put_u32 (t, &mm->user_root, 0);
}

void
vm_entry_empty (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mm *mm = vm_mm_of (s, process);
  struct sweep sweep = {.t = t, .s = s, .g = g, .process = process};

  empty_root (&sweep, vm_frame_of (mm->root));
  if (mm->user_root != 0)
    empty_root (&sweep, vm_frame_of (mm->user_root));
  vm_put_u32 (t, &mm->tables, 1 + (mm->user_root != 0));
}

void
vm_entry_free_roots (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct sweep sweep = {.t = t, .s = s, .g = g};

  free_roots (&sweep, &s->mms[mm]);
}
