/* The entry read last, bit by bit, and what follows from it. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/bits.h"
#include "figures/entry.h"
#include "figures/parts.h"

/* Bits below this one are flags; above lie frame and NX. */
#define FLAG_BITS 12
#define WORDS 24 /* em that one line of words needs */

static SceneEntry
entry_of (const SceneContext *c)
{
  guint last = scene_context_last_level (c);
  guint shape = last > 0 ? last : c->geometry->levels;
  SceneEntry entry = {.level = last, .pte = c->level[last].pte};
  uint32_t count;

  if (last == 0)
    entry.pte = (struct vm_pte){0};
  entry.fields
      = vm_pte_fields (c->geometry, shape, last > 0 && entry.pte.leaf, &count);
  entry.count = count;
  return entry;
}

/* A walk reads entries that were loaded with the root out of registers; what
 * software writes lies in memory. */
static gboolean
in_register (const SceneContext *c, const SceneEntry *entry)
{
  return entry->level > 0 && entry->level == c->geometry->register_level
         && c->level[entry->level].read;
}

static guint64
value_of (const struct vm_pte_field *field, guint64 raw)
{
  return scene_bits_value (raw, field->high, field->low);
}

static gboolean
is_frame (const struct vm_pte_field *field)
{
  return strcmp (field->name, "frame") == 0;
}

/* The fields without what they hold. */
static void
list_shape (SceneBits *bits, const struct vm_pte_field *fields, guint count)
{
  bits->count = MIN (count, SCENE_BIT_FIELDS);
  for (guint i = 0; i < bits->count; i++)
    bits->field[i] = (SceneBitField){.label = scene_word (fields[i].label),
                                     .high = fields[i].high,
                                     .low = fields[i].low,
                                     .wide = is_frame (&fields[i])};
}

/* The widest shape that an entry of this machine can take: what the figure
 * is measured by. */
static double
widest (const SceneBuild *b, guint from)
{
  const struct vm_geometry *g = b->context->geometry;
  double width = 0;

  for (guint level = 1; level <= g->levels; level++)
    for (guint leaf = 0; leaf < 2; leaf++) {
      SceneBits bits;
      uint32_t count;
      const struct vm_pte_field *fields
          = vm_pte_fields (g, level, leaf == 1, &count);
      list_shape (&bits, fields, count);
      width = MAX (width, scene_bits_width (b, &bits, from, 64));
    }
  return width;
}

static gboolean
fits_one_row (const SceneBuild *b, double inside)
{
  return widest (b, 0) <= inside;
}

/* An entry of a toy may be far narrower than what is said about it. */
static double
words_width (const SceneBuild *b)
{
  return b->context->geometry->format == VM_PTE_TOY ? scene_em (b, WORDS) : 0;
}

/* Lines that the words below the bits take. */
static guint
word_lines (const SceneBuild *b, double inside)
{
  return fits_one_row (b, inside) && inside >= words_width (b) ? 1 : 2;
}

/* Which flags this step is about. */
static gboolean
is_asked (const SceneContext *c, const char *name)
{
  static const char *const rights[]
      = {"present", "valid",     "read",      "write",     "execute",
         "rw",      "user",      "nx",        "ap1",       "ap2",
         "uxn",     "ap-table0", "ap-table1", "uxn-table", NULL};

  if (scene_context_is (c, VM_STEP_SET_ACCESSED))
    return strcmp (name, "accessed") == 0 || strcmp (name, "af") == 0;
  if (scene_context_is (c, VM_STEP_SET_DIRTY))
    return strcmp (name, "dirty") == 0;
  if (!scene_context_is (c, VM_STEP_PERMISSION))
    return FALSE;
  return g_strv_contains (rights, name);
}

/* The very field that somebody changed by hand. */
static gboolean
is_edited (const SceneContext *c, const SceneEntry *entry,
           const struct vm_pte_field *field)
{
  return scene_context_is (c, VM_STEP_FIELD_CHANGE)
         && c->step->values[VM_V_FIELD_LEVEL] == entry->level
         && c->step->values[VM_V_FIELD_LOW] == field->low;
}

static SceneEmphasis
field_emphasis (const SceneContext *c, const SceneEntry *entry,
                const struct vm_pte_field *field)
{
  gboolean read = scene_context_is (c, VM_STEP_ENTRY_READ)
                  || scene_context_is (c, VM_STEP_REGISTER_READ)
                  || scene_context_is (c, VM_STEP_ENTRY_WRITE)
                  || scene_context_is (c, VM_STEP_ENTRY_CHANGE);

  if (entry->level == 0)
    return SCENE_FAINT;
  if (scene_entry_guilty (c, entry, field) || is_edited (c, entry, field))
    return SCENE_ACTIVE;
  /* Where P is 0 the processor looks at nothing else. */
  if (!entry->pte.present && !scene_entry_says_valid (field))
    return SCENE_FAINT;
  if (is_asked (c, field->name))
    return SCENE_ACTIVE;
  if (is_frame (field))
    return read ? SCENE_ACTIVE : SCENE_STRONG;
  return value_of (field, entry->pte.raw) != 0 ? SCENE_STRONG : SCENE_FAINT;
}

static SceneRole
field_role (const SceneContext *c, const SceneEntry *entry,
            const struct vm_pte_field *field)
{
  gboolean set = value_of (field, entry->pte.raw) != 0;

  if (scene_entry_guilty (c, entry, field))
    return SCENE_ROLE_FAULT;
  if (entry->level == 0 || !entry->pte.present || (!set && !is_frame (field)))
    return SCENE_ROLE_NEUTRAL;
  if (scene_entry_reserved (entry, field))
    return SCENE_ROLE_FAULT;
  return scene_level_role (entry->level);
}

/* The frame's field says what it is, and which. */
static void
fill_frame (const SceneBuild *b, const SceneEntry *entry, SceneBitField *field)
{
  gboolean ppn = b->context->geometry->family == VM_FAMILY_RISCV;

  if (entry->level == 0) {
    field->text = ppn ? "PPN" : scene_word ("frame");
    return;
  }
  field->number = scene_keep (
      b, scene_number_frame (b->context->geometry, entry->pte.frame));
  field->text
      = ppn ? scene_still_printf (b->still, "PPN %s", field->number)
            : scene_still_printf (b->still, _ ("frame %s"), field->number);
  if (!entry->pte.present)
    return;
  field->meaning = SCENE_MEANS_FRAME;
  field->meant = entry->pte.frame;
}

static void
list_bits (const SceneBuild *b, const SceneEntry *entry, SceneBits *bits)
{
  const SceneContext *c = b->context;

  list_shape (bits, entry->fields, entry->count);
  for (guint i = 0; i < bits->count; i++) {
    const struct vm_pte_field *from = &entry->fields[i];
    SceneBitField *field = &bits->field[i];
    field->known = entry->level > 0;
    field->value = value_of (from, entry->pte.raw);
    field->role = field_role (c, entry, from);
    field->emphasis = field_emphasis (c, entry, from);
    field->pa = c->level[entry->level].entry_pa;
    field->width = field->known ? c->geometry->entry_bytes : 0;
    if (field->wide)
      fill_frame (b, entry, field);
  }
}

static void
add_verdict (SceneBuild *b, const SceneEntry *entry, SceneRect rect,
             guint lines)
{
  const SceneContext *c = b->context;
  gboolean quiet = entry->level == 0 && !c->checked;
  gboolean judged = c->checked && !scene_entry_rewritten (c, entry);
  SceneId first = SCENE_ID (SCENE_FIGURE_ENTRY, SCENE_ENTRY_VERDICT, 0);
  guint before = b->still->items->len;

  scene_add_wrapped (b, first, SCENE_TEXT_SMALL, rect, lines,
                     quiet ? SCENE_FAINT : SCENE_STRONG,
                     scene_entry_verdict (b, entry));
  for (guint i = before; judged && i < b->still->items->len; i++)
    g_array_index (b->still->items, SceneItem, i).role
        = c->verdict == VM_VERDICT_ALLOWED ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT;
}

static const char *
title_text (const SceneBuild *b, const SceneEntry *entry)
{
  const SceneContext *c = b->context;
  guint index = c->level[entry->level].index;

  if (in_register (c, entry))
    return scene_still_printf (b->still, _ ("Register PDPTE%u"), index);
  if (!scene_levels_have_names (c->geometry) && entry->level > 0)
    /* Translators: number of a level of page tables, of an entry. */
    return scene_still_printf (b->still, _ ("Level-%u entry %u"),
                               scene_level_number (c->geometry, entry->level),
                               index);
  switch (entry->level) {
  case 1:
    return scene_still_printf (b->still, _ ("Page-table entry %u"), index);
  case 2:
    return scene_still_printf (b->still, _ ("Page-directory entry %u"), index);
  case 3:
    return scene_still_printf (b->still, _ ("PDPT entry %u"), index);
  case 4:
    return scene_still_printf (b->still, _ ("PML4 entry %u"), index);
  case 5:
    return scene_still_printf (b->still, _ ("PML5 entry %u"), index);
  default:
    return _ ("Entry");
  }
}

static const char *
bytes_text (const SceneBuild *b, const SceneEntry *entry)
{
  const SceneContext *c = b->context;
  guint64 pa = c->level[entry->level].entry_pa;

  if (entry->level == 0)
    return NULL;
  if (in_register (c, entry))
    return _ ("loaded with CR3");
  if (c->geometry->entry_bytes == 1)
    return scene_still_printf (b->still, _ ("byte %s"),
                               scene_number_physical (c->geometry, pa).s);
  return scene_still_printf (
      b->still, _ ("bytes %s–%s"),
      scene_keep (b, scene_number_physical (c->geometry, pa)),
      scene_keep (b, scene_number_physical (
                         c->geometry, pa + c->geometry->entry_bytes - 1)));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double padding = 2 * scene_padding (b);
  gboolean one = width <= 0 || fits_one_row (b, width - padding);
  guint rows = one ? 1 : 2;
  guint lines = width <= 0 ? 1 : word_lines (b, width - padding);
  double fixed = scene_header (b) + scene_em (b, 0.8) + scene_em (b, 0.25)
                 + lines * scene_line (b, SCENE_TEXT_SMALL)
                 + rows * scene_bits_labels_height (b)
                 + (rows - 1) * scene_em (b, 0.3);

  /* An entry of 8 bytes may always take two rows. */
  double least = widest (b, 0);
  if (b->context->geometry->entry_bytes == 8)
    least = MAX (widest (b, FLAG_BITS), least - widest (b, FLAG_BITS));
  size->min_width = MAX (least, words_width (b) / 2) + padding;
  size->width = MAX (widest (b, 0), words_width (b)) + padding;
  size->min_height = fixed + rows * scene_em (b, 1.25);
  size->height = fixed + rows * scene_em (b, 1.5);
  size->max_height = fixed + rows * scene_em (b, 2.2) + scene_em (b, 0.6);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneEntry entry = entry_of (b->context);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_ENTRY, 0, rect,
                                      title_text (b, &entry),
                                      bytes_text (b, &entry));
  gboolean one = fits_one_row (b, inside.width);
  guint lines = word_lines (b, inside.width);
  double most = lines * scene_line (b, SCENE_TEXT_SMALL)
                + (one ? 1 : 2)
                      * (scene_bits_labels_height (b) + scene_em (b, 2.4));

  inside = scene_middle (inside, MIN (inside.height, most));
  SceneRect words = scene_cut_bottom (
      &inside, lines * scene_line (b, SCENE_TEXT_SMALL), scene_em (b, 0.25));

  SceneBits bits;
  list_bits (b, &entry, &bits);
  if (one) {
    scene_add_bits (b, SCENE_FIGURE_ENTRY, &bits, 0, 64, inside);
  } else {
    double gap = scene_em (b, 0.3);
    scene_add_bits (b, SCENE_FIGURE_ENTRY, &bits, FLAG_BITS, 64,
                    scene_row (inside, 0, 2, gap));
    scene_add_bits (b, SCENE_FIGURE_ENTRY, &bits, 0, FLAG_BITS,
                    scene_row (inside, 1, 2, gap));
  }
  add_verdict (b, &entry, words, lines);
}

const SceneFigure scene_figure_entry = {.id = SCENE_FIGURE_ENTRY,
                                        .kind = "entry",
                                        .title = N_ ("Page-table entry"),
                                        .stance = SCENE_STANCE_WALK,
                                        .measure = measure,
                                        .build = build};
