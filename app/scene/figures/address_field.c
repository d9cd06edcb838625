/* One field of the virtual address: its bits, its name, its value. */
#include "figures/address_field.h"

#include <glib/gi18n-lib.h>

#include "family.h"
#include "figures/parts.h"

static guint64
field_value (const SceneContext *c, const SceneField *field)
{
  guint64 mask = (G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1;

  return c->va >> field->low & mask;
}

/* The bits above those that are translated; where there are two roots they
 * choose one. */
static const char *
sign_name (const SceneContext *c)
{
  const struct vm_geometry *g = c->geometry;

  if (!g->two_roots)
    return _ ("sign");
  if (!scene_context_about_page (c)
      || !vm_geometry_canonical (g, vm_vaddr_of (c->va)))
    return "TTBR";
  return scene_root_register (g, vm_geometry_is_upper (g, vm_vaddr_of (c->va)));
}

static const char *
field_name (const SceneContext *c, const SceneField *field)
{
  const struct vm_geometry *g = c->geometry;

  if (field->level == SCENE_FIELD_SIGN)
    return sign_name (c);
  return field->level == 0 ? _ ("offset")
                           : scene_word (g->level[field->level].name);
}

static SceneRole
field_role (const SceneField *field)
{
  return field->level == SCENE_FIELD_SIGN ? SCENE_ROLE_NEUTRAL
                                          : scene_level_role (field->level);
}

/* The bits are there from the start; what they come to is seen once the walk
 * uses it, so that a reader can say it first. */
static gboolean
is_used (const SceneContext *c, const SceneField *field)
{
  if (!scene_context_about_page (c))
    return FALSE;
  if (!c->access || field->level == SCENE_FIELD_SIGN)
    return TRUE;
  return field->level == 0
             ? c->composed
             : c->level[field->level].read || c->level[field->level].written;
}

/* An index is a number in decimal, as in the tables; an offset is hex. */
static const char *
value_text (const SceneBuild *b, const SceneField *field)
{
  guint64 value = field_value (b->context, field);

  if (!is_used (b->context, field))
    return "—";
  if (field->level == 0 || field->level == SCENE_FIELD_SIGN)
    return scene_keep (b,
                       scene_number_offset (value, scene_field_bits (field)));
  return scene_still_printf (b->still, "%" G_GUINT64_FORMAT, value);
}

static SceneEmphasis
field_emphasis (const SceneContext *c, const SceneField *field)
{
  if (!scene_context_about_page (c))
    return SCENE_FAINT;
  if (field->level == SCENE_FIELD_SIGN)
    return SCENE_NORMAL;
  if (field->level == 0)
    return scene_context_is (c, VM_STEP_COMPOSE) ? SCENE_ACTIVE
           : c->composed                         ? SCENE_STRONG
                                                 : SCENE_NORMAL;

  const SceneWalkLevel *level = &c->level[field->level];
  if (level->now || scene_tlb_is_looking (c))
    return SCENE_ACTIVE;
  return level->read || level->written ? SCENE_STRONG : SCENE_NORMAL;
}

static void
add_bits (SceneBuild *b, const SceneField *field, SceneRect box)
{
  guint bits = scene_field_bits (field);
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
add_meaning (SceneItem *item, const SceneContext *c, const SceneField *field)
{
  if (!scene_context_about_page (c) || field->level == SCENE_FIELD_SIGN)
    return;
  if (field->level == 0)
    scene_item_means (item, SCENE_MEANS_OFFSET, field_value (c, field));
  else
    scene_item_means_index (item, field->level, field_value (c, field));
}

static void
add_field_box (SceneBuild *b, const SceneField *field, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneItem *box = scene_add_box (b, scene_id_field (field->level), rect,
                                  field_role (field),
                                  field_emphasis (c, field));

  box->name = scene_still_printf (b->still, _ ("%s, bits %u to %u: %s"),
                                  field_name (c, field), field->high,
                                  field->low, value_text (b, field));
  add_meaning (box, c, field);
}

/* The row above a box: highest bit, name, lowest bit. */
static void
add_heading (SceneBuild *b, const SceneField *field, SceneRect line,
             gboolean numbers)
{
  double digits = scene_width (b, SCENE_TEXT_MONO_SMALL, "63");
  const char *name = field_name (b->context, field);
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
add_value (SceneBuild *b, const SceneField *field, SceneRect rect)
{
  SceneItem *item = scene_add_text (
      b, scene_id_field_value (field->level), SCENE_TEXT_MONO_BOLD,
      SCENE_ALIGN_CENTER,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_BOLD)),
      value_text (b, field));

  item->role = field_role (field);
  item->emphasis = field_emphasis (b->context, field);
  if (!is_used (b->context, field))
    return;
  item->name = scene_still_printf (b->still, "%s: %s",
                                   field_name (b->context, field), item->text);
  add_meaning (item, b->context, field);
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

guint
scene_field_bits (const SceneField *field)
{
  return field->high - field->low + 1;
}

double
scene_field_least (const SceneBuild *build, const SceneField *field)
{
  return scene_width (build, SCENE_TEXT_SMALL,
                      field_name (build->context, field));
}

gboolean
scene_tlb_is_looking (const SceneContext *context)
{
  return scene_context_is (context, VM_STEP_TLB_PROBE)
         || scene_context_is (context, VM_STEP_TLB_COMPARE);
}

double
scene_field_width (const SceneBuild *build, const SceneField *field)
{
  double name = scene_width (build, SCENE_TEXT_SMALL,
                             field_name (build->context, field));
  double value = field->level == 0 || field->level == SCENE_FIELD_SIGN
                     ? scene_number_width (
                         build, SCENE_TEXT_MONO_BOLD,
                         scene_number_offset (0, scene_field_bits (field)))
                     : scene_width (build, SCENE_TEXT_MONO_BOLD, "1023");

  return MAX (name, value + scene_em (build, 0.5));
}

double
scene_field_height (const SceneBuild *build, gboolean bits)
{
  return heading_height (build) + scene_em (build, 0.1)
         + (bits ? below_height (build) : 0);
}

double
scene_field_below (const SceneBuild *build)
{
  return below_height (build);
}

void
scene_add_field (SceneBuild *build, const SceneField *field, SceneRect rect,
                 gboolean bits)
{
  SceneRect heading
      = scene_cut_top (&rect, heading_height (build), scene_em (build, 0.1));

  add_heading (build, field, heading, bits);
  if (!bits) {
    add_field_box (build, field, rect);
    add_value (build, field, scene_inset (rect, scene_em (build, 0.1), 0));
    return;
  }

  SceneRect below = scene_cut_bottom (&rect, below_height (build), 0);
  add_field_box (build, field, rect);
  if (scene_context_about_page (build->context))
    add_bits (build, field, rect);
  if (field->level != SCENE_FIELD_SIGN)
    add_value (build, field, below);
}
