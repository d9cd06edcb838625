/* The virtual address, cut into the fields that select an entry a level. */
#include <glib/gi18n-lib.h>

#include "figures/parts.h"

/* The sign-extension field, where the geometry has one. */
#define SIGN (VM_MAX_LEVELS + 1)

typedef struct {
  guint level; /* 0: offset; SIGN: the bits above the translated ones */
  guint high, low;
} Field;

/* The fields, highest bits first, with pages of 2^shift bytes: what would
 * select an entry below a large page's is part of the offset. */
static guint
list_fields (const struct vm_geometry *g, guint shift,
             Field fields[VM_MAX_LEVELS + 2])
{
  guint count = 0;

  if (g->sign_extended)
    fields[count++] = (Field){SIGN, g->word_bits - 1u, g->va_bits};
  for (guint level = g->levels; level > 0 && g->level[level].low >= shift;
       level--)
    fields[count++] = (Field){level, g->level[level].high, g->level[level].low};
  fields[count++] = (Field){0, shift - 1u, 0};
  return count;
}

static guint
small_shift (const struct vm_geometry *g)
{
  return g->level[1].low;
}

static guint
field_bits (const Field *field)
{
  return field->high - field->low + 1;
}

static guint64
field_value (const SceneContext *c, const Field *field)
{
  guint64 mask = (G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1;

  return c->va >> field->low & mask;
}

static const char *
field_name (const struct vm_geometry *g, const Field *field)
{
  if (field->level == SIGN)
    return _ ("sign");
  return field->level == 0 ? _ ("offset")
                           : scene_word (g->level[field->level].name);
}

static SceneRole
field_role (const Field *field)
{
  return field->level == SIGN ? SCENE_ROLE_NEUTRAL
                              : scene_level_role (field->level);
}

static gboolean
shows_address (const SceneContext *c)
{
  return c->access || c->mapping;
}

/* An index is a number in decimal, as in the tables; an offset is hex. */
static const char *
value_text (const SceneBuild *b, const Field *field)
{
  guint64 value = field_value (b->context, field);

  if (!shows_address (b->context))
    return "—";
  if (field->level == 0 || field->level == SIGN)
    return scene_keep (b, scene_number_offset (value, field_bits (field)));
  return scene_still_printf (b->still, "%" G_GUINT64_FORMAT, value);
}

static gboolean
tlb_is_looking (const SceneContext *c)
{
  return scene_context_is (c, VM_STEP_TLB_PROBE)
         || scene_context_is (c, VM_STEP_TLB_COMPARE);
}

static SceneEmphasis
field_emphasis (const SceneContext *c, const Field *field)
{
  if (!shows_address (c))
    return SCENE_FAINT;
  if (field->level == SIGN)
    return SCENE_NORMAL;
  if (field->level == 0)
    return scene_context_is (c, VM_STEP_COMPOSE) ? SCENE_ACTIVE
           : c->composed                         ? SCENE_STRONG
                                                 : SCENE_NORMAL;

  const SceneWalkLevel *level = &c->level[field->level];
  if (level->now || tlb_is_looking (c))
    return SCENE_ACTIVE;
  return level->read || level->written ? SCENE_STRONG : SCENE_NORMAL;
}

static double
bit_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO, "0");
}

static double
field_gap (const SceneBuild *b)
{
  return scene_em (b, 0.25);
}

/* Least width of a field that shows its value and no bits. */
static double
value_width (const SceneBuild *b, const Field *field)
{
  double name = scene_width (b, SCENE_TEXT_SMALL,
                             field_name (b->context->geometry, field));
  double value
      = field->level == 0 || field->level == SIGN
            ? scene_number_width (b, SCENE_TEXT_MONO_BOLD,
                                  scene_number_offset (0, field_bits (field)))
            : scene_width (b, SCENE_TEXT_MONO_BOLD, "1023");

  return MAX (name, value + scene_em (b, 0.5));
}

static guint
total_bits (const struct vm_geometry *g)
{
  return g->sign_extended ? g->word_bits : g->va_bits;
}

/* Width at which every bit has a cell of `cell` pixels. */
static double
bits_width (const SceneBuild *b, double cell)
{
  const struct vm_geometry *g = b->context->geometry;
  guint gaps = g->levels + (g->sign_extended ? 1u : 0u);

  return total_bits (g) * cell + gaps * field_gap (b);
}

static gboolean
shows_bits (const SceneBuild *b, double inside)
{
  return inside >= bits_width (b, bit_width (b) + scene_em (b, 0.12));
}

static void
add_bits (SceneBuild *b, const Field *field, SceneRect box)
{
  guint bits = field_bits (field);
  SceneRect line = scene_middle (scene_inset (box, scene_em (b, 0.05), 0),
                                 scene_line (b, SCENE_TEXT_MONO));
  SceneId parent = b->parent;

  b->parent = scene_id_field (field->level);
  for (guint i = 0; i < bits; i++) {
    guint bit = field->high - i;
    gboolean set = b->context->va >> bit & 1;
    SceneItem *item = scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_ADDRESS_BIT, bit),
        SCENE_TEXT_MONO, SCENE_ALIGN_CENTER, scene_column (line, i, bits, 0),
        set ? "1" : "0");
    item->role = field_role (field);
    item->emphasis = field_emphasis (b->context, field);
  }
  b->parent = parent;
}

static void
add_meaning (SceneItem *item, const SceneContext *c, const Field *field)
{
  if (!shows_address (c) || field->level == SIGN)
    return;
  if (field->level == 0)
    scene_item_means (item, SCENE_MEANS_OFFSET, field_value (c, field));
  else
    scene_item_means_index (item, field->level, field_value (c, field));
}

static void
add_field_box (SceneBuild *b, const Field *field, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneItem *box = scene_add_box (b, scene_id_field (field->level), rect,
                                  field_role (field),
                                  field_emphasis (c, field));

  box->name = scene_still_printf (b->still, _ ("%s, bits %u to %u: %s"),
                                  field_name (c->geometry, field), field->high,
                                  field->low, value_text (b, field));
  add_meaning (box, c, field);
}

/* The row above a box: highest bit, name, lowest bit. */
static void
add_heading (SceneBuild *b, const Field *field, SceneRect line,
             gboolean numbers)
{
  double digits = scene_width (b, SCENE_TEXT_MONO_SMALL, "63");
  const char *name = field_name (b->context->geometry, field);
  SceneItem *item;

  if (numbers
      && scene_width (b, SCENE_TEXT_SMALL, name) + 2 * digits <= line.width) {
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_ADDRESS_HIGH, field->level),
        SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
        scene_cut_left (&line, digits, 0),
        scene_still_printf (b->still, "%u", field->high))
        ->emphasis
        = SCENE_FAINT;
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_ADDRESS_LOW, field->level),
        SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
        scene_cut_right (&line, digits, 0),
        scene_still_printf (b->still, "%u", field->low))
        ->emphasis
        = SCENE_FAINT;
  }
  item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_ADDRESS_NAME, field->level),
      SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, line, name);
  item->role = field_role (field);
  item->emphasis = MAX (SCENE_NORMAL, field_emphasis (b->context, field));
}

static void
add_value (SceneBuild *b, const Field *field, SceneRect rect)
{
  SceneItem *item = scene_add_text (
      b, scene_id_field_value (field->level), SCENE_TEXT_MONO_BOLD,
      SCENE_ALIGN_CENTER,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_BOLD)),
      value_text (b, field));

  item->role = field_role (field);
  item->emphasis = field_emphasis (b->context, field);
}

/* Heights of a field's parts. */
static double
heading_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

static double
below_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_BOLD) + scene_em (b, 0.1);
}

static void
add_field (SceneBuild *b, const Field *field, SceneRect rect, gboolean bits)
{
  SceneRect heading
      = scene_cut_top (&rect, heading_height (b), scene_em (b, 0.1));

  add_heading (b, field, heading, bits);
  if (!bits) {
    add_field_box (b, field, rect);
    add_value (b, field, scene_inset (rect, scene_em (b, 0.1), 0));
    return;
  }

  SceneRect below = scene_cut_bottom (&rect, below_height (b), 0);
  add_field_box (b, field, rect);
  if (shows_address (b->context))
    add_bits (b, field, rect);
  if (field->level != SIGN)
    add_value (b, field, below);
}

/* Width of a field when all share `inside`: by bits, or, where only values
 * are shown, by what these need. */
static double
field_share (const SceneBuild *b, const Field *fields, guint count, guint i,
             double inside)
{
  double room = inside - (count - 1) * field_gap (b);
  double needed = 0;

  if (shows_bits (b, inside))
    return room * field_bits (&fields[i]) / total_bits (b->context->geometry);
  for (guint j = 0; j < count; j++)
    needed += value_width (b, &fields[j]);
  return room * value_width (b, &fields[i]) / needed;
}

/* While the TLB looks for it, the page number is underlined as one. */
static void
add_page_number (SceneBuild *b, SceneRect first, SceneRect last, double y)
{
  const SceneContext *c = b->context;

  if (!tlb_is_looking (c))
    return;
  SceneItem *item = scene_still_add (
      b->still, scene_id_page_number (), b->parent, SCENE_RULE,
      (SceneRect){first.x, y, last.x + last.width - first.x, 0});
  item->role = SCENE_ROLE_ACCENT;
  item->emphasis = SCENE_ACTIVE;
  item->name = scene_still_printf (
      b->still, _ ("Page number %s"),
      scene_keep (b,
                  scene_number_page (c->geometry, c->tlb_page, c->tlb_shift)));
  scene_item_means_page (item, c->tlb_page, c->tlb_shift);
}

/* Height of the fields without their boxes. */
static double
fields_height (const SceneBuild *b, gboolean bits)
{
  return heading_height (b) + scene_em (b, 0.1) + (bits ? below_height (b) : 0);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  Field fields[VM_MAX_LEVELS + 2];
  const struct vm_geometry *g = b->context->geometry;
  guint count = list_fields (g, small_shift (g), fields);
  double padding = 2 * scene_padding (b);
  double least = (count - 1) * field_gap (b);
  double fixed = scene_header (b) + scene_em (b, 0.8)
                 + fields_height (b, shows_bits (b, width - padding));

  for (guint i = 0; i < count; i++)
    least += value_width (b, &fields[i]);
  size->min_width = least + padding;
  size->width = bits_width (b, bit_width (b) + scene_em (b, 0.3)) + padding;
  size->min_height = fixed + scene_em (b, 1.4);
  size->height = fixed + scene_em (b, 1.75);
  size->max_height = fixed + scene_em (b, 2);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  Field fields[VM_MAX_LEVELS + 2];
  guint shift = c->composed ? c->page_shift : small_shift (c->geometry);
  guint count = list_fields (c->geometry, shift, fields);
  const char *subtitle = shows_address (c) ? scene_keep (
                             b, scene_number_virtual (c->geometry, c->va))
                                           : NULL;
  SceneRect rest = scene_add_panel (b, SCENE_FIGURE_ADDRESS, 0, rect,
                                    _ ("Virtual address"), subtitle);
  double inside = rest.width;
  gboolean bits = shows_bits (b, inside);

  rest = scene_middle (
      rest, MIN (rest.height, fields_height (b, bits) + scene_em (b, 2)));
  double bottom = rest.y + rest.height;
  SceneRect first = rest, last = rest;

  for (guint i = 0; i < count; i++) {
    SceneRect room = scene_cut_left (
        &rest, field_share (b, fields, count, i, inside), field_gap (b));
    add_field (b, &fields[i], room, bits);
    if (fields[i].level == c->geometry->levels)
      first = room;
    if (fields[i].low >= MAX (c->tlb_shift, VM_PAGE_SHIFT))
      last = room;
  }
  add_page_number (b, first, last,
                   bits ? bottom - below_height (b) + scene_em (b, 0.1)
                        : bottom + scene_em (b, 0.15));
}

const SceneFigure scene_figure_address = {.id = SCENE_FIGURE_ADDRESS,
                                          .kind = "address",
                                          .title = N_ ("Virtual address"),
                                          .stance = SCENE_STANCE_WALK,
                                          .measure = measure,
                                          .build = build};
