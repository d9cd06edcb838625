/* The bits of a word as named fields side by side. */
#include "figures/bits.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"

enum {
  PART_WIDE = SCENE_PART,
  PART_FIELD, /* number: high bit, as below */
  PART_LABEL,
  PART_HIGH,
  PART_LOW
};

/* Fields of more bits than this show their value as a number. */
#define BITS_SHOWN 3

static guint
bits_of (const SceneBitField *field)
{
  return field->high - field->low + 1;
}

static gboolean
lies_in (const SceneBitField *field, guint from, guint to)
{
  return field->low >= from && field->low < to;
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

/* Least width of a field; a wide one takes what is left. */
static double
field_width (const SceneBuild *b, const SceneBitField *field)
{
  guint bits = bits_of (field);
  double label = scene_width (b, SCENE_TEXT_MONO_SMALL, field->label);
  double digit = scene_width (b, SCENE_TEXT_MONO, "0");

  if (field->wide)
    return scene_number_width (b, SCENE_TEXT_MONO_BOLD,
                               scene_number_frame (b->context->geometry,
                                                   b->context->last_frame))
           + scene_em (b, 0.6);
  if (bits <= BITS_SHOWN)
    return MAX (MAX (bit_cell (b), label + scene_em (b, 0.1)),
                bits * digit + scene_em (b, 0.2));
  return MAX (label, scene_number_width (b, SCENE_TEXT_MONO_SMALL,
                                         scene_number_offset (0, bits)))
         + scene_em (b, 0.2);
}

static const char *
field_text (const SceneBuild *b, const SceneBitField *field, double width)
{
  guint bits = bits_of (field);
  char digits[BITS_SHOWN + 1] = "";

  if (field->wide)
    return field->number == NULL
                   || scene_width (b, SCENE_TEXT_MONO_BOLD, field->text)
                          <= width
               ? field->text
               : field->number;
  if (!field->known)
    return NULL;
  if (bits > BITS_SHOWN)
    return scene_keep (b, scene_number_offset (field->value, bits));
  for (guint i = 0; i < bits; i++)
    digits[i] = field->value >> (bits - 1 - i) & 1 ? '1' : '0';
  return scene_still_text (b->still, digits);
}

static const char *
field_name (const SceneBuild *b, const SceneBitField *field, const char *text)
{
  if (!field->known)
    return NULL;
  if (bits_of (field) == 1)
    return scene_still_printf (b->still, _ ("Bit %u, %s: %s"), field->high,
                               field->label, text);
  return scene_still_printf (b->still, _ ("Bits %u to %u, %s: %s"), field->high,
                             field->low, field->label, text);
}

/* Whose items are added. */
typedef struct {
  SceneFigureId figure;
  guint series;
} Owner;

static SceneId
id_of (const Owner *owner, guint part, guint64 number)
{
  return SCENE_ID (owner->figure, part, (guint64) owner->series << 8 | number);
}

static void
add_box (SceneBuild *b, const Owner *owner, const SceneBitField *field,
         SceneRect rect)
{
  const char *text = field_text (b, field, rect.width - scene_em (b, 0.4));
  SceneId id = field->wide ? id_of (owner, PART_WIDE, 0)
                           : id_of (owner, PART_FIELD, field->high);
  SceneItem *box = scene_add_box (b, id, rect, field->role, field->emphasis);

  box->style = field->wide                    ? SCENE_TEXT_MONO_BOLD
               : bits_of (field) > BITS_SHOWN ? SCENE_TEXT_MONO_SMALL
                                              : SCENE_TEXT_MONO;
  if (text != NULL && scene_width (b, box->style, text) > rect.width)
    box->style = SCENE_TEXT_MONO_SMALL;
  if (text != NULL && scene_width (b, box->style, text) <= rect.width)
    box->text = scene_still_text (b->still, text);
  box->name = field_name (b, field, text);
  if (field->width > 0)
    scene_item_shows_memory (b, box, field->pa, field->width);
  scene_item_means (box, field->meaning, field->meant);
}

static void
add_number (SceneBuild *b, SceneId id, guint bit, SceneAlign align,
            SceneRect rect)
{
  scene_add_text (b, id, SCENE_TEXT_MONO_SMALL, align, rect,
                  scene_still_printf (b->still, "%u", bit))
      ->emphasis
      = SCENE_FAINT;
}

/* Below a box: its label, or the bits that a wide one fills. */
static void
add_label (SceneBuild *b, const Owner *owner, const SceneBitField *field,
           SceneRect rect)
{
  if (field->wide) {
    SceneRect half = scene_cut_left (&rect, rect.width / 2, 0);
    add_number (b, id_of (owner, PART_HIGH, field->high), field->high,
                SCENE_ALIGN_START, half);
    add_number (b, id_of (owner, PART_LOW, field->low), field->low,
                SCENE_ALIGN_END, rect);
    return;
  }
  SceneItem *item = scene_add_text (b, id_of (owner, PART_LABEL, field->high),
                                    SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER,
                                    rect, field->label);
  item->role = field->role;
  item->emphasis = field->emphasis;
}

static guint
count_narrow (const SceneBits *bits, guint from, guint to)
{
  guint count = 0;

  for (guint i = 0; i < bits->count; i++)
    count += lies_in (&bits->field[i], from, to) && !bits->field[i].wide;
  return count;
}

static gboolean
has_wide (const SceneBits *bits, guint from, guint to)
{
  for (guint i = 0; i < bits->count; i++)
    if (lies_in (&bits->field[i], from, to) && bits->field[i].wide)
      return TRUE;
  return FALSE;
}

guint64
scene_bits_value (guint64 word, guint high, guint low)
{
  guint64 mask = (G_GUINT64_CONSTANT (2) << (high - low)) - 1;

  return word >> low & mask;
}

double
scene_bits_width (const SceneBuild *build, const SceneBits *bits, guint from,
                  guint to)
{
  double width = 0;

  for (guint i = 0; i < bits->count; i++)
    if (lies_in (&bits->field[i], from, to))
      width += field_width (build, &bits->field[i]) + field_gap (build);
  return width - field_gap (build);
}

double
scene_bits_labels_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO_SMALL);
}

void
scene_add_bits (SceneBuild *build, SceneFigureId figure, const SceneBits *bits,
                guint from, guint to, SceneRect rect)
{
  double spare = rect.width - scene_bits_width (build, bits, from, to);
  guint narrow = count_narrow (bits, from, to);
  const Owner owner = {figure, bits->series};
  /* A wide field takes most of the room to spare, flags grow a little. */
  double bit_spare = has_wide (bits, from, to)
                         ? MIN (spare / (2 * narrow), scene_em (build, 0.5))
                         : spare / narrow;

  for (guint i = 0; i < bits->count; i++) {
    const SceneBitField *field = &bits->field[i];
    if (!lies_in (field, from, to))
      continue;
    double more = field->wide ? spare - narrow * bit_spare : bit_spare;
    SceneRect place = scene_cut_left (&rect, field_width (build, field) + more,
                                      field_gap (build));
    SceneRect label
        = scene_cut_bottom (&place, scene_bits_labels_height (build), 0);
    add_box (build, &owner, field, place);
    add_label (build, &owner, field, label);
  }
}
