/* The virtual address, cut into the fields that select an entry a level. */
#include <glib/gi18n-lib.h>

#include "figures/address_field.h"
#include "figures/parts.h"

/* The fields, highest bits first, with pages of 2^shift bytes: what would
 * select an entry below a large page's is part of the offset. */
static guint
list_fields (const struct vm_geometry *g, guint shift,
             SceneField fields[VM_MAX_LEVELS + 2])
{
  guint count = 0;

  if (g->sign_extended)
    fields[count++]
        = (SceneField){SCENE_FIELD_SIGN, g->word_bits - 1u, g->va_bits};
  for (guint level = g->levels; level > 0 && g->level[level].low >= shift;
       level--)
    fields[count++]
        = (SceneField){level, g->level[level].high, g->level[level].low};
  fields[count++] = (SceneField){0, shift - 1u, 0};
  return count;
}

static guint
small_shift (const struct vm_geometry *g)
{
  return g->level[1].low;
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

static guint
total_bits (const struct vm_geometry *g)
{
  return g->sign_extended ? g->word_bits : g->va_bits;
}

/* Width of a field whose bits have a cell of `cell` pixels each; its name may
 * need more. */
static double
bits_field_width (const SceneBuild *b, const SceneField *field, double cell)
{
  return MAX (scene_field_bits (field) * cell, scene_field_least (b, field));
}

/* Width at which every bit has a cell of `cell` pixels. */
static double
bits_width (const SceneBuild *b, double cell)
{
  SceneField fields[VM_MAX_LEVELS + 2];
  const struct vm_geometry *g = b->context->geometry;
  guint count = list_fields (g, small_shift (g), fields);
  double width = (count - 1) * field_gap (b);

  for (guint i = 0; i < count; i++)
    width += bits_field_width (b, &fields[i], cell);
  return width;
}

static double
least_cell (const SceneBuild *b)
{
  return bit_width (b) + scene_em (b, 0.12);
}

static gboolean
shows_bits (const SceneBuild *b, double inside)
{
  return inside >= bits_width (b, least_cell (b));
}

/* Width of a field when all share `inside`: by bits, or, where only values
 * are shown, by what these need. */
static double
field_share (const SceneBuild *b, const SceneField *fields, guint count,
             guint i, double inside)
{
  double room = inside - (count - 1) * field_gap (b);
  double needed = 0, cell = least_cell (b);

  if (shows_bits (b, inside)) {
    for (guint j = 0; j < count; j++)
      needed += bits_field_width (b, &fields[j], cell);
    return bits_field_width (b, &fields[i], cell)
           + (room - needed) * scene_field_bits (&fields[i])
                 / total_bits (b->context->geometry);
  }
  for (guint j = 0; j < count; j++)
    needed += scene_field_width (b, &fields[j]);
  return room * scene_field_width (b, &fields[i]) / needed;
}

/* While the TLB looks for it, the page number is underlined as one. */
static void
add_page_number (SceneBuild *b, SceneRect first, SceneRect last, double y)
{
  const SceneContext *c = b->context;

  if (!scene_tlb_is_looking (c))
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

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneField fields[VM_MAX_LEVELS + 2];
  const struct vm_geometry *g = b->context->geometry;
  guint count = list_fields (g, small_shift (g), fields);
  double padding = 2 * scene_padding (b);
  double least = (count - 1) * field_gap (b);
  double fixed = scene_header (b) + scene_em (b, 0.8)
                 + scene_field_height (b, shows_bits (b, width - padding));

  for (guint i = 0; i < count; i++)
    least += scene_field_width (b, &fields[i]);
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
  SceneField fields[VM_MAX_LEVELS + 2];
  guint shift = c->composed ? c->page_shift : small_shift (c->geometry);
  guint count = list_fields (c->geometry, shift, fields);
  const char *subtitle = scene_context_about_page (c) ? scene_keep (
                             b, scene_number_virtual (c->geometry, c->va))
                                                      : NULL;
  SceneRect rest = scene_add_panel (b, SCENE_FIGURE_ADDRESS, 0, rect,
                                    _ ("Virtual address"), subtitle);
  double inside = rest.width;
  gboolean bits = shows_bits (b, inside);

  rest = scene_middle (
      rest, MIN (rest.height, scene_field_height (b, bits) + scene_em (b, 2)));
  double bottom = rest.y + rest.height;
  SceneRect first = rest, last = rest;

  for (guint i = 0; i < count; i++) {
    SceneRect room = scene_cut_left (
        &rest, field_share (b, fields, count, i, inside), field_gap (b));
    scene_add_field (b, &fields[i], room, bits);
    if (fields[i].level == c->geometry->levels)
      first = room;
    if (fields[i].low >= MAX (c->tlb_shift, c->geometry->page_shift))
      last = room;
  }
  add_page_number (b, first, last,
                   bits ? bottom - scene_field_below (b) + scene_em (b, 0.1)
                        : bottom + scene_em (b, 0.15));
}

const SceneFigure scene_figure_address = {.id = SCENE_FIGURE_ADDRESS,
                                          .kind = "address",
                                          .title = N_ ("Virtual address"),
                                          .stance = SCENE_STANCE_WALK,
                                          .measure = measure,
                                          .build = build};
