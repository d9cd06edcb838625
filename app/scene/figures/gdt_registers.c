/* The segment registers with what they hide, and the selector taken apart. */
#include <glib/gi18n-lib.h>

#include "figures/bits.h"
#include "figures/gdt.h"
#include "mmu/segment.h"

static gboolean
is_long (const SceneBuild *b)
{
  return b->context->geometry->word_bits == 64;
}

/* In long mode only two registers have anything to say. */
static guint
first_register (const SceneBuild *b)
{
  return is_long (b) ? VM_SEGMENT_FS : VM_SEGMENT_ES;
}

static void
list_selector (const SceneBuild *b, const SceneGdtLook *look, SceneBits *bits)
{
  const SceneContext *c = b->context;
  gboolean apart = scene_context_is (c, VM_STEP_SELECTOR);
  gboolean read = apart || scene_context_is (c, VM_STEP_DESCRIPTOR_READ);
  gboolean rights = scene_context_is (c, VM_STEP_SEGMENT_RIGHTS)
                    && look->loading;
  SceneEmphasis normal = !look->known    ? SCENE_FAINT
                         : look->loading ? SCENE_STRONG
                                         : SCENE_NORMAL;

  *bits = (SceneBits){
      .series = 1,
      .count = 3,
      .field
      = {{.label = "index", .high = 15, .low = 3, .wide = TRUE},
         {.label = "TI", .high = 2, .low = 2, .value = look->selector >> 2 & 1},
         {.label = "RPL", .high = 1, .low = 0, .value = look->selector & 3}}};
  for (guint i = 0; i < bits->count; i++) {
    bits->field[i].known = look->known;
    bits->field[i].role = look->known ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
    bits->field[i].emphasis = normal;
  }
  bits->field[0].text = look->known ? scene_still_printf (
                            b->still, _ ("index %u"), look->selector >> 3)
                                    : _ ("index");
  bits->field[0].number
      = scene_still_printf (b->still, "%u", look->selector >> 3);
  if (read)
    bits->field[0].emphasis = SCENE_ACTIVE;
  if (apart || rights)
    bits->field[2].emphasis = SCENE_ACTIVE;
  if (apart)
    bits->field[1].emphasis = SCENE_ACTIVE;
}

static double
bits_height (const SceneBuild *b)
{
  return scene_em (b, 1.3) + scene_bits_labels_height (b);
}

/* "DS <- 0x002b": what is being loaded; else what there is. */
static void
add_selector (SceneBuild *b, const SceneGdtLook *look, SceneRect rect)
{
  const char *name = scene_gdt_register (look->which);
  const char *selector = look->known ? scene_gdt_selector (b, look->selector)
                                     : "—";
  SceneRect line = scene_cut_top (&rect, scene_line (b, SCENE_TEXT_MONO_BOLD),
                                  scene_em (b, 0.2));
  SceneItem *item = scene_add_text (
      b, scene_gdt_line_id (SCENE_GDT_REGISTERS, 0), SCENE_TEXT_MONO_BOLD,
      SCENE_ALIGN_START, line,
      scene_still_printf (b->still, look->loading ? "%s ← %s" : "%s = %s", name,
                          selector));
  SceneBits bits;

  item->role = look->loading ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = scene_context_is (b->context, VM_STEP_SEGMENT_LOAD)
                       ? SCENE_ACTIVE
                   : look->loading ? SCENE_STRONG
                                   : SCENE_NORMAL;
  item->name = look->loading
                   ? scene_still_printf (b->still, _ ("%s gets selector %s"),
                                         name, selector)
                   : scene_still_printf (b->still, _ ("Selector in %s: %s"),
                                         name, selector);
  list_selector (b, look, &bits);
  rect.height = bits_height (b);
  scene_add_bits (b, SCENE_FIGURE_SEGMENTS, &bits, 0, 64, rect);
}

/* Is the row what the step is about? */
static SceneEmphasis
row_emphasis (const SceneBuild *b, const SceneGdtLook *look, guint which,
              const SceneGdtSegment *s)
{
  const SceneContext *c = b->context;
  gboolean now = scene_context_is (c, VM_STEP_SEGMENT_CACHE)
                 || scene_context_is (c, VM_STEP_SEGMENT_USE);

  if (!s->any && !look->on)
    return SCENE_FAINT;
  if (which == look->which && (look->using || look->kept))
    return now ? SCENE_ACTIVE : SCENE_STRONG;
  return s->any ? SCENE_NORMAL : SCENE_FAINT;
}

static void
add_row (SceneBuild *b, const SceneGdtLook *look,
         const SceneGdtColumns *columns, guint which, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_segment *kept
      = vm_segment_of (c->state, look->cpu, (enum vm_segment_register) which);
  SceneGdtSegment s = look->on ? scene_gdt_kept (c, look->cpu, which)
                               : (SceneGdtSegment){0};
  SceneEmphasis emphasis = row_emphasis (b, look, which, &s);
  gboolean chosen = emphasis >= SCENE_STRONG;
  SceneItem *box = scene_add_box (
      b, scene_gdt_id (SCENE_GDT_ROW, which), rect,
      chosen ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL, emphasis);
  const SceneItem look_of = *box;

  box->name = scene_still_printf (b->still, "%s: %s",
                                  scene_gdt_register (which),
                                  scene_gdt_segment_name (b, &s));
  scene_item_shows (b, box, kept, sizeof *kept);
  rect = scene_inset (rect, scene_em (b, 0.3), 0);
  SceneRect name = scene_cut_left (&rect, columns->first, columns->gap);
  SceneItem *item = scene_add_text (
      b, scene_gdt_id (SCENE_GDT_NAME, which), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_START,
      scene_middle (name, scene_line (b, SCENE_TEXT_MONO_SMALL)),
      scene_gdt_register (which));
  item->role = look_of.role;
  item->emphasis = MAX (emphasis, SCENE_NORMAL);
  if (columns->selector > 0) {
    SceneRect place = scene_cut_left (&rect, columns->selector, columns->gap);
    item = scene_add_text (
        b, scene_gdt_id (SCENE_GDT_SELECTOR, which), SCENE_TEXT_MONO_SMALL,
        SCENE_ALIGN_START,
        scene_middle (place, scene_line (b, SCENE_TEXT_MONO_SMALL)),
        look->on ? scene_gdt_selector (b, kept->selector) : "—");
    item->role = look_of.role;
    item->emphasis = look_of.emphasis;
  }
  scene_gdt_add_cells (b, which, columns, &s, &look_of, &rect);
}

static const char *
subtitle (const SceneBuild *b, const SceneGdtLook *look)
{
  if (is_long (b))
    return _ ("long mode: only these have a base");
  if (b->context->state->config.cpus > 1)
    return scene_still_printf (b->still, _ ("processor %u"), look->cpu);
  return _ ("selector · hidden part");
}

double
scene_gdt_registers_width (const SceneBuild *build)
{
  SceneGdtColumns columns;

  scene_gdt_columns (build, TRUE, &columns);
  return scene_gdt_columns_width (&columns) + scene_em (build, 0.6)
         + 2 * scene_padding (build);
}

double
scene_gdt_registers_height (const SceneBuild *build, const SceneGdtLook *look)
{
  guint rows = VM_SEGMENT_REGISTERS - first_register (build);
  double height
      = scene_header (build) + scene_em (build, 0.8)
        + scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.15)
        + rows * (scene_gdt_row_height (build) + scene_em (build, 0.1));

  if (look->table)
    height += scene_em (build, 0.35) + scene_line (build, SCENE_TEXT_MONO_BOLD)
              + scene_em (build, 0.2) + bits_height (build);
  return height;
}

void
scene_gdt_add_registers (SceneBuild *build, const SceneGdtLook *look,
                         SceneRect rect)
{
  double row = scene_gdt_row_height (build), gap = scene_em (build, 0.1);
  SceneRect inside
      = scene_add_panel (build, SCENE_FIGURE_SEGMENTS, SCENE_GDT_REGISTERS,
                         rect, _ ("Segment registers"), subtitle (build, look));
  SceneGdtColumns columns;

  scene_gdt_columns_fit (build, TRUE, inside.width - scene_em (build, 0.6),
                         &columns);
  scene_gdt_add_headings (build, SCENE_GDT_REGISTERS, &columns,
                          scene_cut_top (&inside,
                                         scene_line (build, SCENE_TEXT_SMALL),
                                         scene_em (build, 0.15)));
  for (guint i = first_register (build); i < VM_SEGMENT_REGISTERS; i++)
    add_row (build, look, &columns, i, scene_cut_top (&inside, row, gap));
  if (!look->table)
    return;
  scene_cut_top (&inside, 0, scene_em (build, 0.35) - gap);
  add_selector (build, look, inside);
}
