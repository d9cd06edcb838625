/* Who refers to what an item shows: entries, registers, TLB ways, steps. */
#include "referrers.h"

#include <glib/gi18n-lib.h>

#include "describe.h"
#include "family.h"
#include "figures/figure.h"
#include "mmu/tlb.h"
#include "numbers.h"

/* A card is made while the pointer moves: so many tables are looked through,
 * which takes a few milliseconds. */
#define TABLES_READ 2048

/* One entry that names a frame, and how a process comes to it. */
typedef struct {
  guint32 process;
  guint level, index;
  guint64 table; /* frame of the table it lies in */
  guint64 va;    /* first address that it translates */
  gboolean leaf;
} Name;

typedef struct {
  const struct vm_state *state;
  const struct vm_geometry *geometry;
  guint64 frame; /* who names it? */
  guint32 process;
  GArray *names; /* of Name */
  guint tables;  /* that may yet be read */
} Search;

typedef struct {
  GPtrArray *texts;
  guint most, count;
} Lines;

static void
take (Lines *lines, char *text)
{
  lines->count++;
  if (lines->count <= lines->most)
    g_ptr_array_add (lines->texts, text);
  else
    g_free (text);
}

/* Looking through the tables ------------------------------------------------
 */

static struct vm_pte
entry_at (const Search *search, guint level, guint64 table, guint index)
{
  guint bytes = search->geometry->entry_bytes;
  vm_paddr pa
      = vm_geometry_entry (search->geometry, vm_frame_of (table), index);

  return vm_pte_decode (search->geometry, level,
                        vm_memory_read (search->state, pa, bytes),
                        search->state->config.nx != 0);
}

/* A large page takes in more frames than the one that it names. */
static gboolean
names (const Search *search, guint level, const struct vm_pte *pte)
{
  const struct vm_geometry *g = search->geometry;
  guint64 frames = pte->leaf ? G_GUINT64_CONSTANT (1)
                                   << (g->level[level].low - g->page_shift)
                             : vm_geometry_table_frames (g, level - 1);

  return search->frame >= pte->frame && search->frame - pte->frame < frames;
}

static guint64
canonical (const struct vm_geometry *g, guint64 va)
{
  guint64 high = G_MAXUINT64 << (g->va_bits - 1);

  return g->sign_extended && (va & high) != 0 ? va | high : va;
}

static void
search_table (Search *search, guint level, guint64 table, guint64 va)
{
  const struct vm_geometry *g = search->geometry;

  if (search->tables == 0
      || !vm_memory_touched (search->state,
                             vm_geometry_entry (g, vm_frame_of (table), 0)))
    return;
  search->tables--;
  for (guint i = 0; i < vm_geometry_entries (g, level); i++) {
    struct vm_pte pte = entry_at (search, level, table, i);
    guint64 first = va + ((guint64) i << g->level[level].low);
    Name name
        = {search->process, level, i, table, canonical (g, first), pte.leaf};

    if (!pte.present)
      continue;
    if (names (search, level, &pte))
      g_array_append_val (search->names, name);
    if (!pte.leaf && level > 1)
      search_table (search, level - 1, pte.frame, first);
  }
}

/* The entries of all processes that name a frame, as far as they are found in
 * the tables that are read; *missed: there are more. */
static GArray *
find_names (const struct vm_machine *machine, guint64 frame, gboolean *missed)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Name));
  Search search = {.state = vm_machine_state (machine),
                   .geometry = vm_machine_geometry (machine),
                   .frame = frame,
                   .names = found,
                   .tables = TABLES_READ};

  for (guint32 i = 0; i < search.state->process_count; i++) {
    search.process = i;
    search_table (&search, search.geometry->levels,
                  vm_mm_of (search.state, i)->root, 0);
  }
  *missed = search.tables == 0;
  return found;
}

/* Sentences -----------------------------------------------------------------
 */

static const char *
name_of (const struct vm_machine *machine, guint32 process)
{
  return vm_machine_name (machine,
                          vm_machine_state (machine)->processes[process].name);
}

/* "page 0x11223 of A". */
static char *
page_of (const struct vm_machine *machine, guint32 process, guint64 va,
         guint shift)
{
  const struct vm_geometry *g = vm_machine_geometry (machine);

  return g_strdup_printf (_ ("page %s of %s"),
                          scene_number_page (g, va >> shift, shift).s,
                          name_of (machine, process));
}

static void
take_name (Lines *lines, const struct vm_machine *machine, const Name *name)
{
  const struct vm_geometry *g = vm_machine_geometry (machine);
  const char *table = scene_table_name (g, name->level);
  SceneNumber frame = scene_number_frame (g, name->table);
  g_autofree char *page = NULL;

  if (!name->leaf) {
    take (lines,
          g_strdup_printf (
              _ ("Entry %u of the %s in frame %s, for addresses of %s from %s"),
              name->index, table, frame.s, name_of (machine, name->process),
              scene_number_virtual (g, name->va).s));
    return;
  }
  page = page_of (machine, name->process, name->va, g->level[name->level].low);
  take (lines, g_strdup_printf (_ ("Entry %u of the %s in frame %s: %s"),
                                name->index, table, frame.s, page));
}

static void
take_registers (Lines *lines, const struct vm_machine *machine, guint64 frame)
{
  const struct vm_state *state = vm_machine_state (machine);

  for (guint i = 0; i < VM_MAX_CPUS; i++) {
    const struct vm_cpu *cpu = &state->cpus[i];

    if (cpu->cr3 != 0 && cpu->cr3 >> state->config.page_shift == frame
        && cpu->process < state->process_count)
      /* Translators: "CR3", number of a CPU, a process. */
      take (lines, g_strdup_printf (_ ("%s of CPU %u, which runs %s"),
                                    scene_root_register (
                                        vm_machine_geometry (machine), FALSE),
                                    i, name_of (machine, cpu->process)));
    if (cpu->root_high != 0
        && cpu->root_high >> state->config.page_shift == frame)
      /* Translators: "TTBR1", number of a CPU. */
      take (lines,
            g_strdup_printf (
                _ ("%s of CPU %u: the kernel's top table"),
                scene_root_register (vm_machine_geometry (machine), TRUE), i));
  }
}

/* Returns how many processes have it as their top table. */
static guint
take_roots (Lines *lines, const struct vm_machine *machine, guint64 frame)
{
  const struct vm_state *state = vm_machine_state (machine);
  guint before = lines->count;

  for (guint32 i = 0; i < state->process_count; i++)
    if (vm_mm_of (state, i)->root == frame)
      take (lines, g_strdup_printf (_ ("Process %s: it is its top table"),
                                    name_of (machine, i)));
  return lines->count - before;
}

/* Calls `of` for each TLB way that holds something. */
typedef char *(*WayText) (const struct vm_machine *machine, guint way,
                          guint64 about);

static void
take_ways (Lines *lines, const struct vm_machine *machine, guint64 about,
           WayText text_of)
{
  const struct vm_state *state = vm_machine_state (machine);
  guint entries = vm_tlb_entries (state);

  for (guint n = 0; n < state->config.cpus * entries; n++) {
    guint i = n / entries * VM_MAX_TLB_ENTRIES + n % entries;
    char *text = state->tlb[i].valid ? text_of (machine, i, about) : NULL;
    if (text != NULL)
      take (lines, text);
  }
}

/* What a way says about a frame, or an entry at an address; NULL: nothing. */
static char *
way_of_frame (const struct vm_machine *machine, guint way, guint64 frame)
{
  const struct vm_state *state = vm_machine_state (machine);
  const struct vm_tlb_entry *entry = &state->tlb[way];
  enum vm_tlb_unit unit;
  struct vm_tlb tlb = vm_tlb_holding (state, way, &unit);

  if (frame < entry->frame
      || (frame - entry->frame) >> (entry->shift - state->config.page_shift)
             != 0)
    return NULL;
  return g_strdup_printf (_ ("TLB set %u, way %u: page %s"),
                          (way - tlb.first) / tlb.ways,
                          (way - tlb.first) % tlb.ways,
                          scene_number_page (vm_machine_geometry (machine),
                                             entry->page, entry->shift)
                              .s);
}

static char *
way_of_entry (const struct vm_machine *machine, guint way, guint64 pa)
{
  const struct vm_state *state = vm_machine_state (machine);
  enum vm_tlb_unit unit;
  struct vm_tlb tlb = vm_tlb_holding (state, way, &unit);

  if (state->tlb[way].entry != pa)
    return NULL;
  return g_strdup_printf (_ ("TLB set %u, way %u was filled from it"),
                          (way - tlb.first) / tlb.ways,
                          (way - tlb.first) % tlb.ways);
}

static void
head (Lines *lines, char *text)
{
  g_ptr_array_add (lines->texts, text);
}

static void
add_more (Lines *lines)
{
  guint more = lines->count > lines->most ? lines->count - lines->most : 0;

  if (more > 0)
    g_ptr_array_add (
        lines->texts,
        g_strdup_printf (ngettext ("and %u more", "and %u more", more), more));
}

/* Frames --------------------------------------------------------------------
 */

static void
add_frame (Lines *lines, const struct vm_machine *machine, guint64 frame)
{
  const struct vm_state *state = vm_machine_state (machine);
  SceneNumber number
      = scene_number_frame (vm_machine_geometry (machine), frame);
  gboolean missed;
  g_autoptr (GArray) found = find_names (machine, frame, &missed);
  guint roots;

  head (lines, g_strdup_printf (_ ("Frame %s is named by:"), number.s));
  take_registers (lines, machine, frame);
  roots = take_roots (lines, machine, frame);
  for (guint i = 0; i < found->len; i++)
    take_name (lines, machine, &g_array_index (found, Name, i));
  take_ways (lines, machine, frame, way_of_frame);

  /* What was not found is still counted in the frame's record. */
  if (missed && frame < state->config.frames
      && state->frames[frame].refs > found->len + roots)
    lines->count += state->frames[frame].refs - found->len - roots;
  if (lines->count > 0)
    return;
  g_free (lines->texts->pdata[0]);
  lines->texts->pdata[0]
      = g_strdup_printf (_ ("Nothing names frame %s."), number.s);
}

/* Entries -------------------------------------------------------------------
 */

typedef struct {
  const struct vm_machine *machine;
  const struct vm_geometry *geometry;
  guint64 pa, table; /* where it lies; frame of its table */
  guint level, index;
  struct vm_pte pte;
} Entry;

static Entry
entry_of (const struct vm_machine *machine, guint64 pa)
{
  const struct vm_state *state = vm_machine_state (machine);
  Entry entry = {.machine = machine,
                 .geometry = vm_machine_geometry (machine),
                 .pa = pa,
                 .table = pa >> state->config.page_shift};
  guint bytes = entry.geometry->entry_bytes;

  /* Only a managed frame is known to hold a table, or a part of one. */
  if (entry.table >= state->config.frames)
    return entry;
  if (state->frames[entry.table].role == VM_FRAME_TABLE
      && state->frames[entry.table].level == 0)
    entry.table -= state->frames[entry.table].index;
  entry.level = state->frames[entry.table].level;
  if (entry.level == 0)
    return entry;
  entry.index
      = (guint) ((pa - (entry.table << state->config.page_shift)) / bytes);
  entry.pte = vm_pte_decode (entry.geometry, entry.level,
                             vm_memory_read (state, vm_paddr_of (pa), bytes),
                             state->config.nx != 0);
  return entry;
}

/* What it does for a process that comes to its table at an address. */
static void
take_translation (Lines *lines, const Entry *entry, guint32 process,
                  guint64 base)
{
  guint shift = entry->geometry->level[entry->level].low;
  guint64 va
      = canonical (entry->geometry, base + ((guint64) entry->index << shift));
  g_autofree char *page = page_of (entry->machine, process, va, shift);

  if (entry->pte.present && entry->pte.leaf)
    take (lines, g_strdup_printf (_ ("It translates %s"), page));
}

static void
take_parent (Lines *lines, const Entry *entry, const Name *parent)
{
  take (lines,
        g_strdup_printf (
            _ ("Entry %u of the %s in frame %s leads to its table"),
            parent->index, scene_table_name (entry->geometry, parent->level),
            scene_number_frame (entry->geometry, parent->table).s));
}

static void
add_entry (Lines *lines, const Entry *entry)
{
  const struct vm_state *state = vm_machine_state (entry->machine);
  gboolean missed;
  g_autoptr (GArray) found = find_names (entry->machine, entry->table, &missed);

  head (lines,
        g_strdup_printf (_ ("Entry %u of the %s in frame %s:"), entry->index,
                         scene_table_name (entry->geometry, entry->level),
                         scene_number_frame (entry->geometry, entry->table).s));
  for (guint i = 0; i < found->len; i++) {
    const Name *name = &g_array_index (found, Name, i);
    take_translation (lines, entry, name->process, name->va);
  }
  for (guint32 i = 0; i < state->process_count; i++)
    if (vm_mm_of (state, i)->root == entry->table)
      take_translation (lines, entry, i, 0);
  take_ways (lines, entry->machine, entry->pa, way_of_entry);
  take_roots (lines, entry->machine, entry->table);
  for (guint i = 0; i < found->len; i++)
    take_parent (lines, entry, &g_array_index (found, Name, i));
}

/* The TLB -------------------------------------------------------------------
 */

static void
add_way (Lines *lines, const struct vm_machine *machine, guint way)
{
  const struct vm_tlb_entry *kept = &vm_machine_state (machine)->tlb[way];
  Entry entry = entry_of (machine, kept->entry);

  if (!kept->valid || entry.level == 0)
    return;
  head (lines, g_strdup_printf (
                   _ ("Filled from entry %u of the %s in frame %s."),
                   entry.index, scene_table_name (entry.geometry, entry.level),
                   scene_number_frame (entry.geometry, entry.table).s));
  /* Nothing tells the TLB when memory changes. */
  if (!entry.pte.present)
    take (lines, g_strdup (_ ("By now that entry is not present.")));
  else if (entry.pte.frame != kept->frame)
    take (lines, g_strdup_printf (
                     _ ("By now that entry names frame %s."),
                     scene_number_frame (entry.geometry, entry.pte.frame).s));
}

/* The virtual address -------------------------------------------------------
 */

static gboolean
uses (const struct vm_step *step, const SceneItem *item)
{
  const guint64 *v = step->values;

  if (item->meaning == SCENE_MEANS_OFFSET)
    return step->kind == VM_STEP_COMPOSE
           && v[VM_V_COMPOSE_OFFSET] == item->meant;
  return step->kind == VM_STEP_ENTRY_READ
         && (v[VM_V_ENTRY_LEVEL] << 32 | v[VM_V_ENTRY_INDEX]) == item->meant;
}

static void
add_use (Lines *lines, const struct vm_machine *machine, const SceneItem *item,
         guint64 first_step)
{
  guint64 cursor = vm_machine_cursor (machine);
  guint64 op = cursor > 0 ? vm_machine_op_of_step (machine, cursor - 1) : 0;

  for (guint64 n = cursor; n > first_step; n--) {
    const struct vm_step *step = vm_machine_step (machine, n - 1);

    if (step == NULL || vm_machine_op_of_step (machine, n - 1) != op)
      break;
    if (!uses (step, item))
      continue;
    g_autofree char *sentence = scene_describe (machine, step);
    head (lines, g_strdup_printf (_ ("Used by step %u: %s"),
                                  (guint) (n - first_step), sentence));
    return;
  }
  head (lines, g_strdup (_ ("No step of this operation has used it so far.")));
}

/* What an item is -----------------------------------------------------------
 */

static gboolean
is_in (const SceneItem *item, gconstpointer start, gsize size,
       const struct vm_machine *machine)
{
  gsize offset = (gsize) ((const guint8 *) start
                          - (const guint8 *) vm_machine_state (machine));

  return item->place != SCENE_NO_PLACE && item->place >= offset
         && item->place - offset < size;
}

static guint64
address_of (const struct vm_machine *machine, const SceneItem *item)
{
  struct vm_place_info info;

  vm_place_describe (item->place, &info);
  return ((guint64) vm_machine_state (machine)->slot_frame[info.index]
          << VM_SLOT_SHIFT)
         + (item->place - info.array->offset) % VM_SLOT_SIZE;
}

static void
add_all (Lines *lines, const struct vm_machine *machine, const SceneItem *item,
         guint64 first_step)
{
  const struct vm_state *state = vm_machine_state (machine);

  if (is_in (item, state->bytes, sizeof state->bytes, machine)) {
    Entry entry = entry_of (machine, address_of (machine, item));
    if (entry.level > 0 && item->place_width == entry.geometry->entry_bytes)
      add_entry (lines, &entry);
    return;
  }
  if (is_in (item, state->tlb, sizeof state->tlb, machine)) {
    add_way (lines, machine,
             (guint) ((item->place
                       - ((const guint8 *) state->tlb - (const guint8 *) state))
                      / sizeof *state->tlb));
    return;
  }
  if (item->meaning == SCENE_MEANS_FRAME)
    add_frame (lines, machine, item->meant);
  if (item->meaning == SCENE_MEANS_INDEX || item->meaning == SCENE_MEANS_OFFSET)
    add_use (lines, machine, item, first_step);
}

GPtrArray *
scene_referrers (const struct vm_machine *machine, const SceneItem *item,
                 guint64 first_step, guint most)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Lines lines = {.texts = texts, .most = most};

  if (vm_machine_geometry (machine) == NULL)
    return NULL;
  add_all (&lines, machine, item, first_step);
  if (texts->len == 0)
    return NULL;
  add_more (&lines);
  return g_steal_pointer (&texts);
}
