/* Brings the kernel's books into line with bytes that changed. */
#include "mm/edit.h"

#include "mm/layout.h"
#include "mm/space.h"
#include "mmu/stale.h"

/* An entry of a table before and after. */
struct change {
  uint32_t level, index;
  vm_frame table;
  vm_paddr pa;
  struct vm_pte old, new;
};

/* The first frame of the table that holds a byte; false if none does. */
static bool
table_at (const struct vm_state *s, vm_paddr pa, vm_frame *table)
{
  *table = vm_paddr_frame (pa, s->config.page_shift);
  if (!vm_frames_managed (s, *table)
      || s->frames[table->v].role != VM_FRAME_TABLE)
    return false;
  if (s->frames[table->v].level == 0)
    table->v -= s->frames[table->v].index;
  return true;
}

/* The bits of an entry as they were, before the bytes from start on, width of
 * them, were replaced. */
static uint64_t
raw_before (uint64_t raw, uint32_t entry_bytes, uint64_t entry_pa,
            uint64_t start, uint32_t width, uint64_t before)
{
  for (uint32_t i = 0; i < entry_bytes; i++) {
    uint64_t place = entry_pa + i;
    if (place < start || place >= start + width)
      continue;
    uint64_t byte = before >> 8 * (place - start) & 0xff;
    raw = (raw & ~(UINT64_C (0xff) << 8 * i)) | byte << 8 * i;
  }
  return raw;
}

/* Each field that differs, by the layout of the entry as it is now. */
static void
tell_fields (struct vm_tape *t, const struct vm_geometry *g,
             const struct change *c)
{
  uint32_t count;
  const struct vm_pte_field *fields
      = vm_pte_fields (g, c->level, c->new.leaf, &count);

  for (uint32_t i = 0; i < count; i++) {
    uint64_t mask = (UINT64_C (2) << (fields[i].high - fields[i].low)) - 1;
    uint64_t old = c->old.raw >> fields[i].low & mask;
    uint64_t new = c->new.raw >> fields[i].low &mask;
    if (old != new)
      vm_step_leaf (t, VM_STEP_FIELD_CHANGE,
                    (uint64_t[VM_STEP_VALUES]){c->level, c->new.leaf,
                                               fields[i].high, fields[i].low,
                                               old, new});
  }
}

static uint32_t
refs_of (const struct vm_state *s, uint64_t frame)
{
  return frame < s->config.frames ? s->frames[frame].refs : 0;
}

/* How the number of references to a frame, the first of several, changed. */
static void
tell_refs (struct vm_tape *t, const struct vm_state *s, uint64_t frame,
           uint64_t count, uint32_t before)
{
  if (frame >= s->config.frames)
    return;
  vm_step_leaf (t, VM_STEP_FRAME_REFS,
                (uint64_t[VM_STEP_VALUES]){frame, count, before,
                                           s->frames[frame].refs,
                                           s->frames[frame].role});
}

/* A table that nothing named is named again: by this entry. */
static void
adopt (struct vm_tape *t, const struct vm_state *s, const struct change *c)
{
  const struct vm_frame_record *record = &s->frames[c->new.frame];

  if (!c->new.leaf && vm_edit_leads_to_table (s, c->level, c->new.frame)
      && record->refs == 0 && record->index != c->index)
    vm_put_u32 (t, &record->index, c->index);
}

/* Frames that an entry refers to, as it was or is. */
static uint64_t
counted (const struct vm_state *s, const struct vm_geometry *g,
         const struct change *c, const struct vm_pte *pte)
{
  if (pte->leaf && vm_space_uncounted (s, g, c->level, c->table, c->index))
    return 0;
  return vm_pte_frame_count (g, c->level, pte);
}

/* References move along with what the entry names. */
static void
move_refs (struct vm_tape *t, const struct vm_state *s,
           const struct vm_geometry *g, const struct change *c, uint32_t owner)
{
  uint64_t take = vm_pte_frame_count (g, c->level, &c->new);
  uint64_t drop = vm_pte_frame_count (g, c->level, &c->old);

  if (take == drop && (take == 0 || c->new.frame == c->old.frame)
      && c->new.leaf == c->old.leaf)
    return;
  take = counted (s, g, c, &c->new);
  drop = counted (s, g, c, &c->old);
  if (!s->config.edited)
    vm_put_u8 (t, &s->config.edited, 1);
  if (take > 0) {
    uint32_t before = refs_of (s, c->new.frame);
    adopt (t, s, c);
    vm_frames_get (t, s, vm_frame_of (c->new.frame), take, owner);
    tell_refs (t, s, c->new.frame, take, before);
  }
  if (drop > 0) {
    uint32_t before = refs_of (s, c->old.frame);
    vm_frames_put (t, s, vm_frame_of (c->old.frame), drop);
    tell_refs (t, s, c->old.frame, drop, before);
  }
}

/* PAE: what was loaded with the root is not loaded again. */
static void
tell_registers (struct vm_tape *t, const struct vm_state *s,
                const struct vm_geometry *g, const struct change *c)
{
  if (g->register_level == 0)
    return;
  for (uint32_t i = 0; i < s->config.cpus; i++) {
    const struct vm_cpu *cpu = &s->cpus[i];
    if (cpu->process == VM_NONE
        || cpu->cr3 != vm_frame_start (c->table, g->page_shift).v
        || c->index >= vm_geometry_entries (g, g->register_level)
        || cpu->pdpte[c->index] == c->new.raw)
      continue;
    vm_tape_at (t, i, VM_TLB_DATA);
    vm_step_leaf (t, VM_STEP_REGISTER_OWE,
                  (uint64_t[VM_STEP_VALUES]){g->register_level, c->index,
                                             c->table.v, c->pa.v,
                                             cpu->pdpte[c->index], c->new.raw});
  }
  vm_tape_at (t, 0, VM_TLB_DATA);
}

static void
change_entry (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, const struct change *c,
              uint32_t owner)
{
  vm_step_begin (t, VM_STEP_ENTRY_CHANGE,
                 (uint64_t[VM_STEP_VALUES]){c->level, c->index, c->table.v,
                                            c->pa.v, c->new.raw, c->old.raw});
  tell_fields (t, g, c);
  move_refs (t, s, g, c, owner);
  tell_registers (t, s, g, c);
  vm_step_end (t);
}

/* The first byte of the first entry that the byte at pa is part of. */
static uint64_t
entry_start (const struct vm_geometry *g, vm_paddr pa)
{
  return pa.v - pa.v % g->entry_bytes;
}

uint32_t
vm_edit_entries (const struct vm_state *s, vm_paddr pa, uint32_t width)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  vm_frame table;
  uint32_t count = 0;

  if (!table_at (s, pa, &table))
    return 0;
  uint64_t end
      = vm_geometry_entry (g, table,
                           vm_geometry_entries (g, s->frames[table.v].level))
            .v;
  for (uint64_t at = entry_start (g, pa); at < pa.v + width && at < end;
       at += g->entry_bytes)
    count++;
  return count;
}

void
vm_edit_settle (struct vm_tape *t, const struct vm_state *s, vm_paddr pa,
                uint32_t width, uint64_t before)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint32_t count = vm_edit_entries (s, pa, width);
  uint64_t at = entry_start (g, pa);
  vm_frame table = {0};

  table_at (s, pa, &table);
  for (uint32_t i = 0; i < count; i++, at += g->entry_bytes) {
    uint32_t level = s->frames[table.v].level;
    uint64_t raw = vm_memory_read (s, vm_paddr_of (at), g->entry_bytes);
    uint64_t old = raw_before (raw, g->entry_bytes, at, pa.v, width, before);
    if (raw == old)
      continue;
    struct change change = {
        .level = level,
        .index = (uint32_t) (at - vm_geometry_entry (g, table, 0).v)
                 / g->entry_bytes,
        .table = table,
        .pa = vm_paddr_of (at),
        .old = vm_pte_decode (g, level, old, s->config.nx),
        .new = vm_pte_decode (g, level, raw, s->config.nx),
    };
    uint32_t owner = s->frames[table.v].owner;
    change_entry (t, s, g, &change, owner);
    if (owner != VM_NONE)
      vm_layout_edited (t, s, owner);
  }
  if (count > 0 || s->config.edited)
    vm_stale_settle (t, s);
}

bool
vm_edit_poke (struct vm_tape *t, const struct vm_state *s, vm_paddr pa,
              uint32_t width, uint64_t value)
{
  uint64_t before = vm_memory_read (s, pa, width);

  if (!vm_memory_write (t, s, pa, width, value))
    return false;
  vm_edit_settle (t, s, pa, width, before);
  return true;
}
