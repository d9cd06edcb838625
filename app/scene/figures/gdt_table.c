/* The table of segments in memory: an entry a row, and where each segment lies
 * among the linear addresses. */
#include <glib/gi18n-lib.h>

#include "figures/gdt.h"
#include "figures/window.h"

/* Widths of the picture of the addresses, in ems: below the least it is left
 * out; up to the good one it has all the room. */
#define LEAST_SPAN 3.0
#define GOOD_SPAN 9.0

static guint
rows_that_fit (const SceneBuild *b, double height)
{
  double row = scene_gdt_row_height (b), gap = scene_em (b, 0.1);

  return (guint) MAX (1, (height + gap + 0.01) / (row + gap));
}

static SceneEmphasis
row_emphasis (const SceneBuild *b, const SceneGdtLook *look, guint index,
              const SceneGdtSegment *s)
{
  const SceneContext *c = b->context;
  gboolean now = scene_context_is (c, VM_STEP_DESCRIPTOR_READ)
                 || scene_context_is (c, VM_STEP_DESCRIPTOR_WRITE)
                 || scene_context_is (c, VM_STEP_DESCRIPTOR_ACCESSED);

  if (look->named && look->index == index && now)
    return SCENE_ACTIVE;
  if (look->named && look->index == index && (look->read || look->written))
    return SCENE_STRONG;
  return s->any && s->present ? SCENE_NORMAL : SCENE_FAINT;
}

static const char *
row_name (const SceneBuild *b, guint index, const SceneGdtSegment *s)
{
  const char *words = scene_gdt_segment_name (b, s);

  if (s->any && !s->present)
    return scene_still_printf (b->still, _ ("Entry %u: not present, %s"), index,
                               words);
  return scene_still_printf (b->still, _ ("Entry %u: %s"), index, words);
}

static void
add_row (SceneBuild *b, const SceneGdtLook *look,
         const SceneGdtColumns *columns, guint index, SceneRect rect)
{
  guint64 row = SCENE_GDT_ENTRY_ROW (index);
  SceneGdtSegment s = scene_gdt_described (scene_gdt_raw (b->context, index));
  SceneEmphasis emphasis = row_emphasis (b, look, index, &s);
  gboolean chosen = emphasis >= SCENE_STRONG;
  SceneItem *box = scene_add_box (
      b, scene_gdt_id (SCENE_GDT_ROW, row), rect,
      chosen ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL, emphasis);
  const SceneItem look_of = *box;

  box->name = row_name (b, index, &s);
  scene_item_shows_memory (b, box, scene_gdt_pa (b->context, index),
                           VM_DESCRIPTOR_BYTES);
  rect = scene_inset (rect, scene_em (b, 0.3), 0);
  SceneRect place = scene_cut_left (&rect, columns->first, columns->gap);
  SceneItem *number = scene_add_text (
      b, scene_gdt_id (SCENE_GDT_NAME, row), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_END,
      scene_middle (place, scene_line (b, SCENE_TEXT_MONO_SMALL)),
      scene_still_printf (b->still, "%u", index));
  number->role = look_of.role;
  number->emphasis = look_of.emphasis;
  scene_gdt_add_cells (b, row, columns, &s, &look_of, &rect);
  if (rect.width >= scene_em (b, LEAST_SPAN))
    scene_gdt_add_span (b, row, look->last, &s, emphasis,
                        scene_middle (rect, scene_em (b, 0.4)));
}

static void
add_empty (SceneBuild *b, SceneRect rect)
{
  scene_add_text (b, scene_gdt_id (SCENE_GDT_EMPTY, SCENE_GDT_TABLE),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0),
                  _ ("there is none yet"))
      ->emphasis
      = SCENE_FAINT;
}

static const char *
subtitle (const SceneBuild *b)
{
  if (scene_gdt_entries (b->context) == 0)
    return NULL;
  return scene_still_printf (
      b->still, _ ("at physical address %s"),
      scene_number_physical (b->context->geometry, scene_gdt_pa (b->context, 0))
          .s);
}

/* Above the pictures of the segments: where their line begins and ends. */
static void
add_scale (SceneBuild *b, const SceneGdtLook *look,
           const SceneGdtColumns *columns, SceneRect line)
{
  line = scene_inset (line, scene_em (b, 0.3), 0);
  scene_cut_left (&line, scene_gdt_columns_width (columns), columns->gap);
  if (line.width < scene_em (b, LEAST_SPAN))
    return;
  const char *size = scene_keep (b, scene_number_size (look->last + 1));
  SceneRect end = scene_cut_right (
      &line, MIN (scene_width (b, SCENE_TEXT_SMALL, size), line.width), 0);
  scene_add_text (b,
                  scene_gdt_id (SCENE_GDT_HEADING, SCENE_GDT_TABLE << 8 | 16),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_END, end, size)
      ->emphasis
      = SCENE_FAINT;
  if (line.width < 2 * scene_width (b, SCENE_TEXT_SMALL, "0"))
    return;
  scene_add_text (b,
                  scene_gdt_id (SCENE_GDT_HEADING, SCENE_GDT_TABLE << 8 | 17),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, line, "0")
      ->emphasis
      = SCENE_FAINT;
}

/* Room of the columns beside a good picture, or without any. */
static double
columns_room (const SceneBuild *b, double inside)
{
  SceneGdtColumns columns;

  scene_gdt_columns (b, FALSE, &columns);
  double room = inside - scene_em (b, 0.6),
         least = scene_gdt_columns_width (&columns);
  return room < least ? room : MAX (least, room - scene_em (b, GOOD_SPAN));
}

double
scene_gdt_table_width (const SceneBuild *build)
{
  SceneGdtColumns columns;

  scene_gdt_columns (build, FALSE, &columns);
  return scene_gdt_columns_width (&columns) + scene_em (build, 0.6)
         + 2 * scene_padding (build);
}

double
scene_gdt_table_height (const SceneBuild *build, guint rows)
{
  double gap = scene_em (build, 0.1);

  return scene_header (build) + scene_em (build, 0.8)
         + scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.15)
         + rows * (scene_gdt_row_height (build) + gap) - gap;
}

void
scene_gdt_add_table (SceneBuild *build, const SceneGdtLook *look,
                     SceneRect rect)
{
  double row = scene_gdt_row_height (build), gap = scene_em (build, 0.1);
  guint entries = scene_gdt_entries (build->context);
  SceneRect inside
      = scene_add_panel (build, SCENE_FIGURE_SEGMENTS, SCENE_GDT_TABLE, rect,
                         _ ("Table of segments (GDT)"), subtitle (build));
  SceneRect line = scene_cut_top (&inside, scene_line (build, SCENE_TEXT_SMALL),
                                  scene_em (build, 0.15));
  SceneGdtColumns columns;

  if (entries == 0) {
    add_empty (build, line);
    return;
  }
  scene_gdt_columns_fit (build, FALSE, columns_room (build, inside.width),
                         &columns);
  scene_gdt_add_headings (build, SCENE_GDT_TABLE, &columns, line);
  add_scale (build, look, &columns, line);
  guint visible = MIN (entries, rows_that_fit (build, inside.height));
  guint64 first = scene_add_window (
      build, inside, entries, visible,
      scene_window_around (entries, visible,
                           look->named ? look->index : SCENE_NO_FOCUS),
      NULL);
  for (guint i = 0; i < visible; i++)
    add_row (build, look, &columns, (guint) first + i,
             scene_cut_top (&inside, row, gap));
}
