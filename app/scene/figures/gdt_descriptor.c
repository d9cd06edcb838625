/* The descriptor in question: its bits, and base, limit and rights that its
 * fields make. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/bits.h"
#include "figures/gdt.h"

/* As the manuals draw it: two rows of 32 bits; where there is no room the
 * upper one is cut once more. */
static const guint two_rows[] = {64, 32, 0};
static const guint three_rows[] = {64, 48, 32, 0};

typedef enum { OF_BASE, OF_LIMIT, OF_RIGHTS, OF_REST } Meaning;

static Meaning
meaning_of (const struct vm_pte_field *field)
{
  if (g_str_has_prefix (field->name, "base"))
    return OF_BASE;
  if (g_str_has_prefix (field->name, "limit")
      || strcmp (field->name, "granularity") == 0)
    return OF_LIMIT;
  if (strcmp (field->name, "present") == 0 || strcmp (field->name, "dpl") == 0
      || strcmp (field->name, "ordinary") == 0
      || strcmp (field->name, "type") == 0)
    return OF_RIGHTS;
  return OF_REST;
}

static SceneRole
role_of (Meaning meaning)
{
  switch (meaning) {
  case OF_BASE:
    return SCENE_ROLE_LEVEL2;
  case OF_LIMIT:
    return SCENE_ROLE_FILE;
  case OF_RIGHTS:
    return SCENE_ROLE_ACCENT;
  case OF_REST:
    break;
  }
  return SCENE_ROLE_NEUTRAL;
}

/* What the step asks of the descriptor. */
static gboolean
is_asked (const SceneContext *c, const struct vm_pte_field *field)
{
  if (scene_context_is (c, VM_STEP_DESCRIPTOR_ACCESSED))
    return strcmp (field->name, "type") == 0;
  if (scene_context_is (c, VM_STEP_SEGMENT_CACHE))
    return meaning_of (field) != OF_REST;
  return scene_context_is (c, VM_STEP_SEGMENT_RIGHTS)
         && c->step->values[VM_V_SEGMENT_LOADING]
         && meaning_of (field) == OF_RIGHTS;
}

static gboolean
is_known (const SceneBuild *b, const SceneGdtLook *look)
{
  return look->named && look->index < scene_gdt_entries (b->context);
}

/* It was read or written by this operation; else it is only the one that the
 * register's selector names. */
static gboolean
is_concerned (const SceneGdtLook *look)
{
  return look->read || look->written;
}

static void
list_bits (const SceneBuild *b, const SceneGdtLook *look, SceneBits *bits)
{
  const SceneContext *c = b->context;
  gboolean known = is_known (b, look);
  uint32_t count;
  const struct vm_pte_field *fields = vm_descriptor_fields (&count);

  *bits = (SceneBits){.count = count};
  for (guint i = 0; i < count; i++) {
    const struct vm_pte_field *from = &fields[i];
    bits->field[i] = (SceneBitField){
        .label = from->label,
        .high = from->high,
        .low = from->low,
        .known = known,
        .value = scene_bits_value (look->raw, from->high, from->low),
        .role = known ? role_of (meaning_of (from)) : SCENE_ROLE_NEUTRAL,
        .emphasis = !known                ? SCENE_FAINT
                    : is_asked (c, from)  ? SCENE_ACTIVE
                    : is_concerned (look) ? SCENE_STRONG
                                          : SCENE_NORMAL,
        .pa = scene_gdt_pa (c, look->index),
        .width = known ? VM_DESCRIPTOR_BYTES : 0};
  }
}

static double
bits_width (const SceneBuild *b, const guint *cuts, guint rows)
{
  SceneGdtLook none = {0};
  double width = 0;
  SceneBits bits;

  list_bits (b, &none, &bits);
  for (guint i = 0; i < rows; i++)
    width = MAX (width, scene_bits_width (b, &bits, cuts[i + 1], cuts[i]));
  return width;
}

static guint
rows_for (const SceneBuild *b, double inside)
{
  return bits_width (b, two_rows, 2) <= inside ? 2 : 3;
}

static double
row_height (const SceneBuild *b)
{
  return scene_em (b, 1.2) + scene_bits_labels_height (b);
}

static double
line_height (const SceneBuild *b)
{
  return MAX (scene_line (b, SCENE_TEXT_MONO_SMALL),
              scene_line (b, SCENE_TEXT_SMALL))
         + scene_em (b, 0.02);
}

static double
label_width (const SceneBuild *b)
{
  return MAX (MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("base")),
                   scene_width (b, SCENE_TEXT_SMALL, _ ("limit"))),
              scene_width (b, SCENE_TEXT_SMALL, _ ("rights")))
         + scene_em (b, 0.6);
}

static const char *
limit_text (const SceneBuild *b, guint64 raw)
{
  struct vm_descriptor d = vm_descriptor_decode (raw);
  const char *last = scene_gdt_number (b, vm_descriptor_last (&d));

  if (d.granularity)
    /* Translators: a number of pages less one, the last offset in bytes. */
    return scene_still_printf (b->still, _ ("0x%05x in pages: to %s"), d.limit,
                               last);
  /* Translators: the last offset, twice. */
  return scene_still_printf (b->still, _ ("0x%05x in bytes: to %s"), d.limit,
                             last);
}

static const char *
rights_text (const SceneBuild *b, guint64 raw, double width)
{
  SceneGdtSegment s = scene_gdt_described (raw);
  const char *type = scene_gdt_type_text (&s);
  const char *text = scene_still_printf (
      b->still,
      /* Translators: what kind of segment it is, a level of privilege. */
      s.present ? _ ("%s · DPL %u") : _ ("%s · DPL %u · not present"), type,
      s.dpl);

  if (scene_width (b, SCENE_TEXT_SMALL, text) <= width)
    return text;
  return scene_still_printf (b->still,
                             s.present ? "%s · DPL %u" : "%s · DPL %u · P 0",
                             scene_gdt_type (b, &s), s.dpl);
}

static void
add_line (SceneBuild *b, const SceneGdtLook *look, guint line, Meaning meaning,
          SceneTextStyle style, const char *label, const char *text,
          SceneRect rect)
{
  SceneRect left = scene_cut_left (&rect, label_width (b), 0);
  gboolean now = scene_context_is (b->context, VM_STEP_SEGMENT_CACHE);

  scene_add_text (
      b, scene_gdt_id (SCENE_GDT_LABEL, SCENE_GDT_DESCRIPTOR << 8 | line),
      SCENE_TEXT_SMALL, SCENE_ALIGN_START,
      scene_middle (left, scene_line (b, SCENE_TEXT_SMALL)), label)
      ->role
      = text == NULL ? SCENE_ROLE_NEUTRAL : role_of (meaning);
  SceneItem *item = scene_add_text (
      b, scene_gdt_line_id (SCENE_GDT_DESCRIPTOR, line), style,
      SCENE_ALIGN_START, scene_middle (rect, scene_line (b, style)),
      text == NULL ? "—" : text);
  item->role = text == NULL ? SCENE_ROLE_NEUTRAL : role_of (meaning);
  item->emphasis = text == NULL          ? SCENE_FAINT
                   : now                 ? SCENE_ACTIVE
                   : is_concerned (look) ? SCENE_STRONG
                                         : SCENE_NORMAL;
  if (text != NULL)
    item->name = scene_still_printf (b->still, "%s: %s", label, text);
}

/* What the fields make together. */
static void
add_meaning (SceneBuild *b, const SceneGdtLook *look, SceneRect rect)
{
  gboolean known = is_known (b, look) && look->raw != 0;
  double room = rect.width - label_width (b);
  struct vm_descriptor d = vm_descriptor_decode (look->raw);

  add_line (b, look, SCENE_GDT_LINE_BASE, OF_BASE, SCENE_TEXT_MONO_SMALL,
            _ ("base"), known ? scene_gdt_number (b, d.base) : NULL,
            scene_cut_top (&rect, line_height (b), 0));
  add_line (b, look, SCENE_GDT_LINE_LAST, OF_LIMIT, SCENE_TEXT_MONO_SMALL,
            _ ("limit"), known ? limit_text (b, look->raw) : NULL,
            scene_cut_top (&rect, line_height (b), 0));
  add_line (b, look, SCENE_GDT_LINE_TYPE, OF_RIGHTS, SCENE_TEXT_SMALL,
            _ ("rights"), known ? rights_text (b, look->raw, room) : NULL,
            scene_cut_top (&rect, line_height (b), 0));
}

static const char *
title (const SceneBuild *b, const SceneGdtLook *look)
{
  return is_known (b, look)
             ? scene_still_printf (b->still, _ ("Descriptor %u"), look->index)
             : _ ("Descriptor");
}

static const char *
subtitle (const SceneBuild *b, const SceneGdtLook *look)
{
  const struct vm_geometry *g = b->context->geometry;
  guint64 pa = scene_gdt_pa (b->context, look->index);

  if (!is_known (b, look))
    return look->named ? _ ("beyond the table") : NULL;
  return scene_still_printf (
      b->still, _ ("bytes %s–%s"),
      scene_keep (b, scene_number_physical (g, pa)),
      scene_keep (b, scene_number_physical (g, pa + VM_DESCRIPTOR_BYTES - 1)));
}

/* Lines that the verdict may take. */
static guint
word_lines (guint rows)
{
  return rows - 1;
}

/* May it be loaded? In a sentence. */
static void
add_words (SceneBuild *b, const SceneGdtLook *look, guint lines, SceneRect rect)
{
  guint before = b->still->items->len;

  if (!look->judged)
    return;
  gboolean good = look->load->values[VM_V_SEGMENT_VERDICT]
                  == VM_SEGMENT_ALLOWED;
  scene_add_wrapped (
      b, scene_gdt_id (SCENE_GDT_VERDICT, SCENE_GDT_DESCRIPTOR << 8),
      SCENE_TEXT_SMALL, rect, lines, SCENE_STRONG,
      scene_gdt_sentence (b, look->load));
  for (guint i = before; i < b->still->items->len; i++)
    g_array_index (b->still->items, SceneItem, i).role
        = good ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT;
}

double
scene_gdt_descriptor_width (const SceneBuild *build)
{
  double limit
      = MAX (scene_width (build, SCENE_TEXT_MONO_SMALL,
                          limit_text (build, G_GUINT64_CONSTANT (1) << 55)),
             scene_width (build, SCENE_TEXT_MONO_SMALL, limit_text (build, 0)));

  return MAX (bits_width (build, three_rows, 3), label_width (build) + limit)
         + 2 * scene_padding (build);
}

double
scene_gdt_descriptor_height (const SceneBuild *build, double width)
{
  guint rows = rows_for (build, width - 2 * scene_padding (build));

  return scene_header (build) + scene_em (build, 0.8)
         + rows * (row_height (build) + scene_em (build, 0.15))
         + 3 * line_height (build) + scene_em (build, 0.1)
         + word_lines (rows) * scene_line (build, SCENE_TEXT_SMALL);
}

void
scene_gdt_add_descriptor (SceneBuild *build, const SceneGdtLook *look,
                          SceneRect rect)
{
  SceneRect inside
      = scene_add_panel (build, SCENE_FIGURE_SEGMENTS, SCENE_GDT_DESCRIPTOR,
                         rect, title (build, look), subtitle (build, look));
  guint rows = rows_for (build, inside.width);
  const guint *cuts = rows == 2 ? two_rows : three_rows;
  SceneBits bits;

  list_bits (build, look, &bits);
  for (guint i = 0; i < rows; i++)
    scene_add_bits (
        build, SCENE_FIGURE_SEGMENTS, &bits, cuts[i + 1], cuts[i],
        scene_cut_top (&inside, row_height (build), scene_em (build, 0.15)));
  add_meaning (
      build, look,
      scene_cut_top (&inside, 3 * line_height (build), scene_em (build, 0.1)));
  add_words (build, look, word_lines (rows), inside);
}
