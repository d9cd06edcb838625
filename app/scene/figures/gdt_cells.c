/* What rows of registers and of the table of segments have in common. */
#include <glib/gi18n-lib.h>

#include "figures/gdt.h"

SceneId
scene_gdt_id (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_SEGMENTS, part, number);
}

SceneId
scene_gdt_line_id (guint panel, guint line)
{
  return scene_gdt_id (SCENE_GDT_VALUE, panel << 8 | line);
}

SceneId
scene_gdt_index_id (void)
{
  /* A wide field of the second word of bits. */
  return scene_gdt_id (SCENE_GDT_BITS, 1 << 8);
}

SceneId
scene_gdt_panel_id (guint panel)
{
  return scene_gdt_id (SCENE_PART_PANEL, panel);
}

double
scene_gdt_row_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO_SMALL) + scene_em (build, 0.3);
}

/* As wide as what stands in them. */
static void
bare_columns (const SceneBuild *b, gboolean registers, SceneGdtColumns *columns)
{
  const SceneTextStyle mono = SCENE_TEXT_MONO_SMALL;
  double number = scene_number_width (
      b, mono, scene_number_virtual (b->context->geometry, 0));

  *columns = (SceneGdtColumns){
      .first = scene_width (b, mono, registers ? "DS" : "511"),
      .base = number,
      .gap = scene_em (b, 0.45)};
  if (b->context->geometry->word_bits == 64)
    return;
  columns->selector = registers ? scene_width (b, mono, "0x0000") : 0;
  columns->last = number;
  columns->type = scene_gdt_type_width (b);
  columns->dpl = scene_width (b, SCENE_TEXT_SMALL, "DPL");
}

static void
widen (const SceneBuild *b, double *column, const char *heading)
{
  if (*column > 0)
    *column = MAX (*column, scene_width (b, SCENE_TEXT_SMALL, heading));
}

void
scene_gdt_columns (const SceneBuild *build, gboolean registers,
                   SceneGdtColumns *columns)
{
  bare_columns (build, registers, columns);
  widen (build, &columns->selector, _ ("selector"));
  widen (build, &columns->base, _ ("base"));
  widen (build, &columns->last, _ ("last offset"));
  widen (build, &columns->type, _ ("type"));
}

double
scene_gdt_columns_width (const SceneGdtColumns *c)
{
  const double all[]
      = {c->first, c->selector, c->base, c->last, c->type, c->dpl};
  double width = -c->gap;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    width += all[i] > 0 ? all[i] + c->gap : 0;
  return width;
}

void
scene_gdt_columns_fit (const SceneBuild *build, gboolean registers,
                       double width, SceneGdtColumns *columns)
{
  scene_gdt_columns (build, registers, columns);
  double spare = width - scene_gdt_columns_width (columns);
  columns->gap
      += CLAMP (spare / 5, -scene_em (build, 0.2), scene_em (build, 0.7));
  if (scene_gdt_columns_width (columns) > width + 0.01)
    bare_columns (build, registers, columns);
}

static SceneRect
cut (SceneRect *rect, double width, double gap)
{
  return scene_cut_left (rect, width, width > 0 ? gap : 0);
}

void
scene_gdt_add_headings (SceneBuild *build, guint panel,
                        const SceneGdtColumns *c, SceneRect rect)
{
  const struct {
    double width;
    const char *text;
  } all[] = {{c->first, NULL},      {c->selector, _ ("selector")},
             {c->base, _ ("base")}, {c->last, _ ("last offset")},
             {c->type, _ ("type")}, {c->dpl, "DPL"}};

  rect = scene_inset (rect, scene_em (build, 0.3), 0);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    SceneRect place = cut (&rect, all[i].width, c->gap);
    if (all[i].width <= 0 || all[i].text == NULL
        || scene_width (build, SCENE_TEXT_SMALL, all[i].text) > place.width)
      continue;
    scene_add_text (build, scene_gdt_id (SCENE_GDT_HEADING, panel << 8 | i),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, place, all[i].text)
        ->emphasis
        = SCENE_FAINT;
  }
}

/* Is the step about this part of the row? */
static gboolean
is_asked (const SceneContext *c, guint64 row, guint part)
{
  const guint64 *v = c->step == NULL ? NULL : c->step->values;

  if (v == NULL || row >= SCENE_GDT_ENTRY_ROW (0))
    return FALSE;
  if (scene_context_is (c, VM_STEP_SEGMENT_LIMIT))
    return v[VM_V_SEGMENT_REGISTER] == row && part == SCENE_GDT_LAST;
  if (scene_context_is (c, VM_STEP_SEGMENT_ADD))
    return v[VM_V_SEGMENT_REGISTER] == row && part == SCENE_GDT_BASE;
  return scene_context_is (c, VM_STEP_SEGMENT_RIGHTS)
         && v[VM_V_SEGMENT_RIGHTS_REGISTER] == row && !v[VM_V_SEGMENT_LOADING]
         && (part == SCENE_GDT_TYPE || part == SCENE_GDT_DPL);
}

static void
add_cell (SceneBuild *b, guint part, guint64 row, SceneRect place,
          const char *text, const SceneItem *look)
{
  gboolean asked = is_asked (b->context, row, part);

  if (place.width <= 0 || text == NULL)
    return;
  SceneItem *item = scene_add_text (
      b, scene_gdt_id (part, row), SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
      scene_middle (place, scene_line (b, SCENE_TEXT_MONO_SMALL)), text);
  item->role = asked ? SCENE_ROLE_ACCENT : look->role;
  item->emphasis = asked ? SCENE_ACTIVE : look->emphasis;
}

void
scene_gdt_add_cells (SceneBuild *build, guint64 row, const SceneGdtColumns *c,
                     const SceneGdtSegment *s, const SceneItem *look,
                     SceneRect *rect)
{
  SceneRect base = cut (rect, c->base, c->gap);
  SceneRect last = cut (rect, c->last, c->gap);
  SceneRect type = cut (rect, c->type, c->gap);
  SceneRect dpl = cut (rect, c->dpl, c->gap);

  if (!s->any) {
    add_cell (build, SCENE_GDT_BASE, row, base, "—", look);
    return;
  }
  add_cell (build, SCENE_GDT_BASE, row, base, scene_gdt_number (build, s->base),
            look);
  add_cell (build, SCENE_GDT_LAST, row, last, scene_gdt_number (build, s->last),
            look);
  add_cell (build, SCENE_GDT_TYPE, row, type,
            s->present ? scene_gdt_type (build, s) : "P = 0", look);
  add_cell (build, SCENE_GDT_DPL, row, dpl,
            scene_still_printf (build->still, "%u", s->dpl), look);
}

/* One bar; a segment that wraps round the end has two. */
static void
add_piece (SceneBuild *b, SceneId id, const SceneGdtSegment *s,
           SceneEmphasis emphasis, double from, double to, SceneRect rect)
{
  double least = scene_em (b, 0.12);
  double x = rect.x + CLAMP (from, 0, 1) * rect.width;
  double width = (CLAMP (to, 0, 1) - CLAMP (from, 0, 1)) * rect.width;

  if (from >= 1)
    return;
  width = MAX (width, least);
  x = MIN (x, rect.x + rect.width - width);
  SceneItem *item
      = scene_still_add (b->still, id, b->parent, SCENE_EDGE,
                         (SceneRect){x, rect.y, width, rect.height});
  item->role = scene_gdt_role (s);
  item->emphasis = emphasis;
}

void
scene_gdt_add_span (SceneBuild *build, guint64 row, guint64 last,
                    const SceneGdtSegment *s, SceneEmphasis emphasis,
                    SceneRect rect)
{
  double all = (double) last + 1, wrap = (double) G_MAXUINT32 + 1;
  gboolean down = scene_gdt_grows_down (s);
  double from = (double) s->base + (down ? (double) s->last + 1 : 0);
  double to = (double) s->base + (down ? wrap : (double) s->last + 1);
  SceneRect line = scene_middle (rect, 0);

  scene_still_add (build->still, scene_gdt_id (SCENE_GDT_TRACK, row),
                   build->parent, SCENE_RULE, line);
  if (!s->any)
    return;
  if (from >= wrap) {
    from -= wrap;
    to -= wrap;
  }
  add_piece (build, scene_gdt_id (SCENE_GDT_SPAN, row << 1), s, emphasis,
             from / all, to / all, rect);
  if (to > wrap)
    add_piece (build, scene_gdt_id (SCENE_GDT_SPAN, row << 1 | 1), s, emphasis,
               0, (to - wrap) / all, rect);
}
