/* The entry read last, bit by bit, and what follows from it. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/entry.h"
#include "figures/parts.h"

/* Fields of more bits than this show their value as a number. */
#define BITS_SHOWN 3

/* Bits below this one are flags; above lie frame and NX. */
#define FLAG_BITS 12

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

static guint
bits_of (const struct vm_pte_field *field)
{
  return field->high - field->low + 1u;
}

static guint64
value_of (const struct vm_pte_field *field, guint64 raw)
{
  guint64 mask = (G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1;

  return raw >> field->low & mask;
}

static gboolean
is_frame (const struct vm_pte_field *field)
{
  return strcmp (field->name, "frame") == 0;
}

static double
bit_cell (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, "PCD") + scene_em (b, 0.1);
}

static double
field_gap (const SceneBuild *b)
{
  return scene_em (b, 0.12);
}

static double
frame_width (const SceneBuild *b)
{
  return scene_number_width (b, SCENE_TEXT_MONO_BOLD, scene_number_frame (0))
         + scene_em (b, 0.6);
}

/* Least width of a field; the frame's takes what is left. */
static double
field_width (const SceneBuild *b, const struct vm_pte_field *field)
{
  guint bits = bits_of (field);
  double label = scene_width (b, SCENE_TEXT_MONO_SMALL, field->label);
  double digit = scene_width (b, SCENE_TEXT_MONO, "0");

  if (is_frame (field))
    return frame_width (b);
  if (bits <= BITS_SHOWN)
    return MAX (bit_cell (b), bits * digit + scene_em (b, 0.2));
  return MAX (label, scene_number_width (b, SCENE_TEXT_MONO_SMALL,
                                         scene_number_offset (0, bits)))
         + scene_em (b, 0.2);
}

/* Least width of the fields with low bits in [from, to). */
static double
fields_width (const SceneBuild *b, const SceneEntry *entry, guint from,
              guint to)
{
  double width = 0;

  for (guint i = 0; i < entry->count; i++)
    if (entry->fields[i].low >= from && entry->fields[i].low < to)
      width += field_width (b, &entry->fields[i]) + field_gap (b);
  return width - field_gap (b);
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
      SceneEntry entry;
      uint32_t count;
      entry.fields = vm_pte_fields (g, level, leaf == 1, &count);
      entry.count = count;
      width = MAX (width, fields_width (b, &entry, from, 64));
    }
  return width;
}

static gboolean
fits_one_row (const SceneBuild *b, double inside)
{
  return widest (b, 0) <= inside;
}

/* Which flags this step is about. */
static gboolean
is_asked (const SceneContext *c, const char *name)
{
  if (scene_context_is (c, VM_STEP_SET_ACCESSED))
    return strcmp (name, "accessed") == 0;
  if (scene_context_is (c, VM_STEP_SET_DIRTY))
    return strcmp (name, "dirty") == 0;
  if (!scene_context_is (c, VM_STEP_PERMISSION))
    return FALSE;
  return strcmp (name, "present") == 0 || strcmp (name, "rw") == 0
         || strcmp (name, "user") == 0 || strcmp (name, "nx") == 0;
}

static SceneEmphasis
field_emphasis (const SceneContext *c, const SceneEntry *entry,
                const struct vm_pte_field *field)
{
  gboolean read = scene_context_is (c, VM_STEP_ENTRY_READ)
                  || scene_context_is (c, VM_STEP_ENTRY_WRITE);

  if (entry->level == 0)
    return SCENE_FAINT;
  if (scene_entry_guilty (c, entry, field->name))
    return SCENE_ACTIVE;
  /* Where P is 0 the processor looks at nothing else. */
  if (!entry->pte.present && strcmp (field->name, "present") != 0)
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

  if (scene_entry_guilty (c, entry, field->name))
    return SCENE_ROLE_FAULT;
  if (entry->level == 0 || !entry->pte.present || (!set && !is_frame (field)))
    return SCENE_ROLE_NEUTRAL;
  if (strcmp (field->name, "reserved") == 0)
    return SCENE_ROLE_FAULT;
  return scene_level_role (entry->level);
}

static const char *
field_text (const SceneBuild *b, const SceneEntry *entry,
            const struct vm_pte_field *field, double width)
{
  guint bits = bits_of (field);
  guint64 value = value_of (field, entry->pte.raw);
  char digits[BITS_SHOWN + 1] = "";

  if (entry->level == 0)
    return is_frame (field) ? scene_word ("frame") : NULL;
  if (is_frame (field)) {
    const char *number = scene_keep (b, scene_number_frame (entry->pte.frame));
    const char *text = scene_still_printf (b->still, _ ("frame %s"), number);
    return scene_width (b, SCENE_TEXT_MONO_BOLD, text) <= width ? text : number;
  }
  if (bits > BITS_SHOWN)
    return scene_keep (b, scene_number_offset (value, bits));
  for (guint i = 0; i < bits; i++)
    digits[i] = value >> (bits - 1 - i) & 1 ? '1' : '0';
  return scene_still_text (b->still, digits);
}

static void
add_box (SceneBuild *b, const SceneEntry *entry,
         const struct vm_pte_field *field, SceneRect rect)
{
  const SceneContext *c = b->context;
  const char *text
      = field_text (b, entry, field, rect.width - scene_em (b, 0.4));
  SceneId id = is_frame (field) ? scene_id_entry_frame ()
                                : SCENE_ID (SCENE_FIGURE_ENTRY,
                                            SCENE_ENTRY_FIELD, field->high);
  SceneItem *box = scene_add_box (b, id, rect,
                                  field_role (b->context, entry, field),
                                  field_emphasis (c, entry, field));

  box->style = is_frame (field)               ? SCENE_TEXT_MONO_BOLD
               : bits_of (field) > BITS_SHOWN ? SCENE_TEXT_MONO_SMALL
                                              : SCENE_TEXT_MONO;
  if (text != NULL && scene_width (b, box->style, text) > rect.width)
    box->style = SCENE_TEXT_MONO_SMALL;
  if (text != NULL && scene_width (b, box->style, text) <= rect.width)
    box->text = scene_still_text (b->still, text);
  if (entry->level == 0)
    return;
  box->name = bits_of (field) == 1
                  ? scene_still_printf (b->still, _ ("Bit %u, %s: %s"),
                                        field->high, field->label, text)
                  : scene_still_printf (b->still, _ ("Bits %u to %u, %s: %s"),
                                        field->high, field->low, field->label,
                                        text);
  guint64 pa = c->level[entry->level].entry_pa;
  scene_item_shows_memory (b, box, pa, c->geometry->entry_bytes);
  if (is_frame (field) && entry->pte.present)
    scene_item_means (box, SCENE_MEANS_FRAME, entry->pte.frame);
}

static void
add_number (SceneBuild *b, guint part, guint bit, SceneAlign align,
            SceneRect rect)
{
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_ENTRY, part, bit),
                  SCENE_TEXT_MONO_SMALL, align, rect,
                  scene_still_printf (b->still, "%u", bit))
      ->emphasis
      = SCENE_FAINT;
}

/* Below a box: its label, or for the frame the bits it fills. */
static void
add_label (SceneBuild *b, const SceneEntry *entry,
           const struct vm_pte_field *field, SceneRect rect)
{
  if (is_frame (field)) {
    SceneRect half = scene_cut_left (&rect, rect.width / 2, 0);
    add_number (b, SCENE_ENTRY_HIGH, field->high, SCENE_ALIGN_START, half);
    add_number (b, SCENE_ENTRY_LOW, field->low, SCENE_ALIGN_END, rect);
    return;
  }
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_ENTRY, SCENE_ENTRY_LABEL, field->high),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER, rect, field->label);
  item->role = field_role (b->context, entry, field);
  item->emphasis = field_emphasis (b->context, entry, field);
}

static double
label_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL);
}

/* Fields with low bits in [from, to), the frame's aside. */
static guint
count_narrow (const SceneEntry *entry, guint from, guint to)
{
  guint count = 0;

  for (guint i = 0; i < entry->count; i++)
    count += entry->fields[i].low >= from && entry->fields[i].low < to
             && !is_frame (&entry->fields[i]);
  return count;
}

/* The fields with low bits in [from, to), side by side. */
static void
add_fields (SceneBuild *b, const SceneEntry *entry, guint from, guint to,
            SceneRect rect)
{
  double spare = rect.width - fields_width (b, entry, from, to);
  guint narrow = count_narrow (entry, from, to);
  /* The frame takes most of the room to spare, flags grow a little. */
  double bit_spare = to == 64 ? MIN (spare / (2 * narrow), scene_em (b, 0.5))
                              : spare / narrow;

  for (guint i = 0; i < entry->count; i++) {
    const struct vm_pte_field *field = &entry->fields[i];
    if (field->low < from || field->low >= to)
      continue;
    double more = is_frame (field) ? spare - narrow * bit_spare : bit_spare;
    SceneRect place
        = scene_cut_left (&rect, field_width (b, field) + more, field_gap (b));
    SceneRect label = scene_cut_bottom (&place, label_height (b), 0);
    add_box (b, entry, field, place);
    add_label (b, entry, field, label);
  }
}

static void
add_verdict (SceneBuild *b, const SceneEntry *entry, SceneRect rect,
             guint lines)
{
  const SceneContext *c = b->context;
  gboolean quiet = entry->level == 0 && !c->checked;
  SceneId first = SCENE_ID (SCENE_FIGURE_ENTRY, SCENE_ENTRY_VERDICT, 0);
  guint before = b->still->items->len;

  scene_add_wrapped (b, first, SCENE_TEXT_SMALL, rect, lines,
                     quiet ? SCENE_FAINT : SCENE_STRONG,
                     scene_entry_verdict (b, entry));
  for (guint i = before; c->checked && i < b->still->items->len; i++)
    g_array_index (b->still->items, SceneItem, i).role
        = c->verdict == VM_VERDICT_ALLOWED ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT;
}

static const char *
title_text (const SceneBuild *b, const SceneEntry *entry)
{
  const SceneContext *c = b->context;
  guint index = c->level[entry->level].index;

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
  return scene_still_printf (
      b->still, _ ("bytes %s–%s"), scene_keep (b, scene_number_physical (pa)),
      scene_keep (b,
                  scene_number_physical (pa + c->geometry->entry_bytes - 1)));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double padding = 2 * scene_padding (b);
  gboolean one = width <= 0 || fits_one_row (b, width - padding);
  guint rows = one ? 1 : 2, lines = one ? 1 : 2;
  double fixed = scene_header (b) + scene_em (b, 0.8) + scene_em (b, 0.25)
                 + lines * scene_line (b, SCENE_TEXT_SMALL)
                 + rows * label_height (b) + (rows - 1) * scene_em (b, 0.3);

  /* An entry of 8 bytes may always take two rows. */
  double least = widest (b, 0);
  if (b->context->geometry->entry_bytes == 8)
    least = MAX (widest (b, FLAG_BITS), least - widest (b, FLAG_BITS));
  size->min_width = least + padding;
  size->width = widest (b, 0) + padding;
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
  guint lines = one ? 1 : 2;
  double most = lines
                * (scene_line (b, SCENE_TEXT_SMALL) + label_height (b)
                   + scene_em (b, 2.4));

  inside = scene_middle (inside, MIN (inside.height, most));
  SceneRect words = scene_cut_bottom (
      &inside, lines * scene_line (b, SCENE_TEXT_SMALL), scene_em (b, 0.25));

  if (one) {
    add_fields (b, &entry, 0, 64, inside);
  } else {
    double gap = scene_em (b, 0.3);
    add_fields (b, &entry, FLAG_BITS, 64, scene_row (inside, 0, 2, gap));
    add_fields (b, &entry, 0, FLAG_BITS, scene_row (inside, 1, 2, gap));
  }
  add_verdict (b, &entry, words, lines);
}

const SceneFigure scene_figure_entry = {.id = SCENE_FIGURE_ENTRY,
                                        .kind = "entry",
                                        .title = N_ ("Page-table entry"),
                                        .stance = SCENE_STANCE_WALK,
                                        .measure = measure,
                                        .build = build};
