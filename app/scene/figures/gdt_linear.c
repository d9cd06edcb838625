/* From an offset to a linear address: the limit is asked, the base added. */
#include <glib/gi18n-lib.h>

#include "figures/gdt.h"

typedef struct {
  const SceneGdtLook *look;
  SceneGdtSegment segment;
  guint64 last; /* linear address at the end of the picture */
  double label; /* width of the labels */
} Sum;

static double
line_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO) + scene_em (b, 0.2);
}

static double
label_width (const SceneBuild *b)
{
  return MAX (MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("offset")),
                   scene_width (b, SCENE_TEXT_SMALL, _ ("base"))),
              scene_width (b, SCENE_TEXT_SMALL, _ ("linear address")))
         + scene_em (b, 0.5) + scene_width (b, SCENE_TEXT_MONO, "+ ");
}

static double
number_width (const SceneBuild *b)
{
  return scene_number_width (b, SCENE_TEXT_MONO_BOLD,
                             scene_number_virtual (b->context->geometry, 0));
}

/* After the offset "+3 <= 0x0000ffff": what was asked of the limit. */
static const char *
limit_text (const SceneBuild *b, const guint64 *v)
{
  guint64 more = v[VM_V_LIMIT_LAST] - v[VM_V_LIMIT_OFFSET];
  gboolean below = v[VM_V_LIMIT_OFFSET] < v[VM_V_LIMIT_LOWEST];
  gboolean down = v[VM_V_LIMIT_LOWEST] > 0
                  && v[VM_V_LIMIT_LAST] <= v[VM_V_LIMIT_HIGHEST];
  const char *bound = scene_gdt_number (b, down ? v[VM_V_LIMIT_LOWEST]
                                                : v[VM_V_LIMIT_HIGHEST]);
  const char *sign = down ? (below ? "<" : "≥")
                          : (v[VM_V_LIMIT_INSIDE] ? "≤" : ">");

  if (down || more == 0)
    return scene_still_printf (b->still, "%s %s", sign, bound);
  return scene_still_printf (b->still, "+%u %s %s", (guint) more, sign, bound);
}

static double
limit_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, "+7 ≤ ")
         + scene_number_width (b, SCENE_TEXT_MONO_SMALL,
                               scene_number_virtual (b->context->geometry, 0))
         + scene_em (b, 0.9);
}

static void
add_label (SceneBuild *b, guint line, SceneRect rect, const char *sign,
           const char *label)
{
  SceneRect left
      = scene_cut_left (&rect, scene_width (b, SCENE_TEXT_MONO, "+ "), 0);

  if (sign != NULL)
    scene_add_text (b, scene_gdt_id (SCENE_GDT_SUM, line), SCENE_TEXT_MONO,
                    SCENE_ALIGN_START,
                    scene_middle (left, scene_line (b, SCENE_TEXT_MONO)), sign)
        ->emphasis
        = SCENE_NORMAL;
  scene_add_text (b,
                  scene_gdt_id (SCENE_GDT_LABEL, SCENE_GDT_LINEAR << 8 | line),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)), label);
}

/* A line of the addition; text NULL: not known yet. Returns what is left at
 * its right. */
static SceneRect
add_line (SceneBuild *b, const Sum *s, guint line, SceneRect rect,
          const char *sign, const char *label, const char *text, gboolean now)
{
  SceneRect left = scene_cut_left (&rect, s->label, 0);
  SceneRect place = scene_cut_left (&rect, number_width (b), scene_em (b, 0.5));
  SceneTextStyle style = line == SCENE_GDT_LINE_LINEAR ? SCENE_TEXT_MONO_BOLD
                                                       : SCENE_TEXT_MONO;

  add_label (b, line, left, sign, label);
  SceneItem *item = scene_add_text (
      b, scene_gdt_line_id (SCENE_GDT_LINEAR, line), style, SCENE_ALIGN_START,
      scene_middle (place, scene_line (b, style)), text == NULL ? "—" : text);
  item->role = now ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = text == NULL ? SCENE_FAINT
                   : now        ? SCENE_ACTIVE
                                : SCENE_STRONG;
  if (text != NULL)
    item->name = scene_still_printf (b->still, "%s: %s", label, text);
  return rect;
}

/* Beside the offset: what the limit says to it. Where that has no room, the
 * sentence below says it alone. */
static void
add_limit (SceneBuild *b, const Sum *s, SceneRect rect)
{
  const struct vm_step *step = s->look->limit;

  if (step == NULL)
    return;
  gboolean inside = step->values[VM_V_LIMIT_INSIDE] != 0;
  const char *text = limit_text (b, step->values);
  if (scene_chip_width (b, SCENE_TEXT_MONO_SMALL, text) > rect.width)
    return;
  SceneItem *chip = scene_add_chip (
      b, scene_gdt_id (SCENE_GDT_CHIP, 0),
      scene_middle (rect,
                    scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.2)),
      inside ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT, text);
  if (scene_context_is (b->context, VM_STEP_SEGMENT_LIMIT))
    chip->emphasis = SCENE_ACTIVE;
  chip->name = scene_gdt_sentence (b, step);
}

static void
add_sum (SceneBuild *b, const Sum *s, SceneRect *rest)
{
  const SceneContext *c = b->context;
  const SceneGdtLook *look = s->look;
  gboolean add = scene_context_is (c, VM_STEP_SEGMENT_ADD);
  gboolean use = scene_context_is (c, VM_STEP_SEGMENT_USE);
  double line = line_height (b);
  SceneRect right = add_line (
      b, s, SCENE_GDT_LINE_OFFSET, scene_cut_top (rest, line, 0), NULL,
      _ ("offset"), look->using ? scene_gdt_number (b, look->offset) : NULL,
      use || add);

  add_limit (b, s, right);
  add_line (b, s, SCENE_GDT_LINE_BASE, scene_cut_top (rest, line, 0), "+",
            _ ("base"), look->added ? scene_gdt_number (b, look->base) : NULL,
            add);
  SceneRect rule = scene_cut_top (rest, 0, scene_em (b, 0.1));
  rule.x += s->label;
  rule.width = number_width (b);
  scene_still_add (b->still, scene_gdt_id (SCENE_GDT_SUM, 32), b->parent,
                   SCENE_RULE, rule);
  add_line (b, s, SCENE_GDT_LINE_LINEAR, scene_cut_top (rest, line, 0), "=",
            _ ("linear address"),
            look->added ? scene_gdt_number (b, look->linear) : NULL, add);
}

/* The linear addresses with the segment, and the address in it. */
static void
add_picture (SceneBuild *b, const Sum *s, SceneRect rect)
{
  const SceneGdtLook *look = s->look;
  double side = scene_em (b, 0.6);
  SceneRect labels
      = scene_cut_bottom (&rect, scene_line (b, SCENE_TEXT_MONO_SMALL), 0);
  SceneRect half = scene_cut_left (&labels, labels.width / 2, 0);

  scene_add_text (b, scene_gdt_id (SCENE_GDT_SUM, 33), SCENE_TEXT_MONO_SMALL,
                  SCENE_ALIGN_START, half, scene_gdt_number (b, 0))
      ->emphasis
      = SCENE_FAINT;
  scene_add_text (b, scene_gdt_id (SCENE_GDT_SUM, 34), SCENE_TEXT_MONO_SMALL,
                  SCENE_ALIGN_END, labels, scene_gdt_number (b, s->last))
      ->emphasis
      = SCENE_FAINT;
  SceneRect above = scene_cut_top (&rect, side, scene_em (b, 0.05));
  scene_gdt_add_span (b, look->which, s->last, &s->segment, SCENE_STRONG,
                      scene_middle (rect, scene_em (b, 0.45)));
  if (!look->added || look->linear > s->last)
    return;
  double at = (double) look->linear / ((double) s->last + 1);
  above.x += CLAMP (at * above.width - side / 2, 0, above.width - side);
  above.width = side;
  SceneItem *point = scene_still_add (b->still,
                                      scene_gdt_id (SCENE_GDT_POINT, 0),
                                      b->parent, SCENE_MARKER, above);
  point->text = "dot";
  point->role = SCENE_ROLE_ACCENT;
  point->emphasis = SCENE_ACTIVE;
  point->name = scene_still_printf (b->still, _ ("Linear address %s"),
                                    scene_gdt_number (b, look->linear));
}

static double
picture_height (const SceneBuild *b)
{
  return scene_em (b, 1.15) + scene_line (b, SCENE_TEXT_MONO_SMALL);
}

/* What was asked of the segment, in a sentence: the latest answer. */
static void
add_words (SceneBuild *b, const SceneGdtLook *look, SceneRect rect)
{
  const struct vm_step *step = look->limit != NULL ? look->limit : look->use;
  gboolean good;

  if (step == NULL)
    return;
  good = step->kind == VM_STEP_SEGMENT_LIMIT
             ? step->values[VM_V_LIMIT_INSIDE] != 0
             : step->values[VM_V_SEGMENT_VERDICT] == VM_SEGMENT_ALLOWED;
  guint before = b->still->items->len;
  scene_add_wrapped (b, scene_gdt_id (SCENE_GDT_VERDICT, SCENE_GDT_LINEAR << 8),
                     SCENE_TEXT_SMALL, rect, 2, SCENE_STRONG,
                     scene_gdt_sentence (b, step));
  for (guint i = before; i < b->still->items->len; i++)
    g_array_index (b->still->items, SceneItem, i).role
        = good ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT;
}

static const char *
subtitle (const SceneBuild *b, const Sum *s)
{
  if (!s->look->on)
    return NULL;
  if (s->look->table && !scene_gdt_is_flat (&s->segment))
    return !s->look->using
               ? NULL
               : scene_still_printf (b->still, _ ("by way of %s"),
                                     scene_gdt_register (s->look->which));
  return s->segment.base == 0 && s->segment.any
             ? _ ("flat: the offset is the address")
             : NULL;
}

double
scene_gdt_linear_width (const SceneBuild *build, const SceneGdtLook *look)
{
  double width = label_width (build) + number_width (build);

  if (look->table)
    width += scene_em (build, 0.5) + limit_width (build);
  return width + 2 * scene_padding (build);
}

double
scene_gdt_linear_height (const SceneBuild *build, const SceneGdtLook *look)
{
  double height = scene_header (build) + scene_em (build, 0.8)
                  + 3 * line_height (build) + scene_em (build, 0.1);

  if (look->table)
    height += scene_em (build, 0.3) + picture_height (build)
              + scene_em (build, 0.2)
              + 2 * scene_line (build, SCENE_TEXT_SMALL);
  return height;
}

void
scene_gdt_add_linear (SceneBuild *build, const SceneGdtLook *look,
                      SceneRect rect)
{
  Sum sum = {.look = look, .label = label_width (build)};

  if (look->on)
    sum.segment = scene_gdt_kept (build->context, look->cpu, look->which);
  sum.last = sum.segment.base + sum.segment.last > look->last
                     || scene_gdt_grows_down (&sum.segment)
                 ? G_MAXUINT32
                 : look->last;
  SceneRect inside
      = scene_add_panel (build, SCENE_FIGURE_SEGMENTS, SCENE_GDT_LINEAR, rect,
                         _ ("Linear address"), subtitle (build, &sum));
  add_sum (build, &sum, &inside);
  if (!look->table)
    return;
  scene_cut_top (&inside, 0, scene_em (build, 0.3));
  add_picture (
      build, &sum,
      scene_cut_top (&inside, picture_height (build), scene_em (build, 0.2)));
  inside.height = 2 * scene_line (build, SCENE_TEXT_SMALL);
  add_words (build, look, inside);
}
