/* The page tables, one panel a level, windowed round the row in use. */
#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/rows.h"
#include "figures/table_row.h"
#include "figures/window.h"

#define COMFORTABLE_ROWS 7
#define LEAST_ROWS 3

static const char *
medium_title (const struct vm_geometry *g, guint level)
{
  static const char *const names[VM_MAX_LEVELS + 1]
      = {"", N_ ("Table"), N_ ("Directory"), "PDPT", "PML4", "PML5"};
  static const char *const numbered[VM_MAX_LEVELS]
      = {N_ ("Level 0"), N_ ("Level 1"), N_ ("Level 2"), N_ ("Level 3"),
         N_ ("Level 4")};

  if (scene_levels_have_names (g))
    return _ (names[level]);
  return _ (numbered[scene_level_number (g, level)]);
}

static double
edge_width (const SceneBuild *b)
{
  return scene_em (b, 0.25);
}

static double
gutter (const SceneBuild *b)
{
  return scene_em (b, 1.8);
}

/* Room that a panel's edge and margins take beside its rows. */
static double
row_margin (const SceneBuild *b)
{
  return edge_width (b) + scene_em (b, 0.45);
}

static double
least_width (const SceneBuild *b)
{
  return scene_table_row_width (b, FALSE) + row_margin (b);
}

/* The rows that matter; one after the other where the reader has scrolled.
 * Returns how many lines they take. */
static guint
choose_rows (SceneBuild *b, const SceneTable *table, guint focus, guint slots,
             SceneRect rect, guint rows[SCENE_MAX_ROWS])
{
  guint total = vm_geometry_entries (b->context->geometry, table->level);
  guint64 row = focus == SCENE_ROW_DOTS ? SCENE_NO_FOCUS : focus;
  gboolean scrolled;
  guint64 first = scene_add_window (b, rect, total, slots,
                                    scene_window_around (total, slots, row),
                                    &scrolled);

  if (!scrolled)
    return scene_rows_choose (table, focus, slots, rows);
  for (guint i = 0; i < slots; i++)
    rows[i] = (guint) first + i;
  return slots;
}

static void
add_rows (SceneBuild *b, const SceneTable *table, SceneRect rect)
{
  const SceneContext *c = b->context;
  const SceneWalkLevel *level = &c->level[table->level];
  guint rows[SCENE_MAX_ROWS];
  guint slots = MIN (SCENE_MAX_ROWS,
                     (guint) (rect.height / scene_table_row_height (b) + 0.01));
  gboolean used = level->read || level->written;
  guint count = choose_rows (b, table, used ? level->index : SCENE_ROW_DOTS,
                             slots, rect, rows);
  double height = MIN (rect.height / slots, scene_table_row_height (b) * 1.15);

  for (guint i = 0; i < count; i++) {
    SceneRect row = scene_cut_top (&rect, height, 0);
    if (rows[i] != SCENE_ROW_DOTS) {
      scene_add_table_row (b, table, rows[i], row);
      continue;
    }
    scene_add_text (b,
                    SCENE_ID (SCENE_FIGURE_TABLES, SCENE_TABLE_DOTS,
                              (guint64) table->level << 32 | i),
                    SCENE_TEXT_MONO, SCENE_ALIGN_CENTER,
                    scene_middle (row, scene_line (b, SCENE_TEXT_MONO)), "⋮")
        ->emphasis
        = SCENE_FAINT;
  }
}

/* Why a table shows no rows. */
static const char *
unread_text (const SceneContext *c, guint level)
{
  guint last = scene_context_last_level (c);
  gboolean large = last > level && c->level[last].pte.present
                   && c->level[last].pte.leaf;

  if (c->mapping)
    return _ ("not made yet");
  if (c->tlb == SCENE_TLB_HIT || large)
    return _ ("not needed");
  if (c->faulted)
    return _ ("not reached");
  return _ ("not read yet");
}

static const char *
panel_subtitle (const SceneBuild *b, gboolean known, guint64 frame, double room)
{
  if (!known)
    return NULL;

  const char *number
      = scene_keep (b, scene_number_frame (b->context->geometry, frame));
  const char *text = scene_still_printf (b->still, _ ("frame %s"), number);
  return scene_width (b, SCENE_TEXT_SMALL, text) <= room ? text : number;
}

/* The longest title that leaves room for the frame's number. */
static const char *
panel_title (const SceneBuild *b, guint level, double width)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *const titles[]
      = {scene_table_title (g, level), medium_title (g, level)};
  double frame = scene_number_width (
      b, SCENE_TEXT_SMALL, scene_number_frame (g, b->context->last_frame));

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (scene_width (b, SCENE_TEXT_BOLD, titles[i]) + scene_em (b, 0.5) + frame
        <= width)
      return titles[i];
  return scene_short_table (g, level);
}

/* With PAE the top table's entries stand in registers while a process runs; in
 * memory they matter only while software writes them. */
static gboolean
in_registers (const SceneContext *c, guint level)
{
  return level == c->geometry->register_level && !c->mapping
         && c->process != VM_NONE && c->state->cpus[0].process == c->process;
}

static const char *
registers_title (const SceneBuild *b, double width)
{
  const char *title = _ ("PDPTE registers");

  return scene_width (b, SCENE_TEXT_BOLD, title) + scene_em (b, 0.5)
                     + scene_width (b, SCENE_TEXT_SMALL, "CR3")
                 <= width
             ? title
             : "PDPTE";
}

static const char *
registers_subtitle (const SceneBuild *b, double room)
{
  const char *text = _ ("loaded with CR3");

  return scene_width (b, SCENE_TEXT_SMALL, text) <= room ? text : "CR3";
}

static void
add_table (SceneBuild *b, guint level, SceneRect rect)
{
  SceneTable table = {.context = b->context,
                      .level = level,
                      .registers = in_registers (b->context, level)};
  gboolean known = scene_context_table (b->context, level, &table.frame);
  gboolean used = b->context->level[level].read
                  || b->context->level[level].written;
  double width = rect.width - 2 * scene_padding (b);
  const char *title = table.registers ? registers_title (b, width)
                                      : panel_title (b, level, width);
  double room = width - scene_em (b, 0.5)
                - scene_width (b, SCENE_TEXT_BOLD, title);
  guint panel = b->still->items->len;
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_TABLES, level, rect, title,
      table.registers ? registers_subtitle (b, room)
                      : panel_subtitle (b, known, table.frame, room));
  SceneItem *edge = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_TABLES, SCENE_PART_EDGE, level),
      b->parent, SCENE_EDGE,
      (SceneRect){rect.x, rect.y, edge_width (b), rect.height});

  edge->role = scene_level_role (level);
  edge->emphasis = known ? SCENE_NORMAL : SCENE_FAINT;
  if (known)
    scene_item_means (&g_array_index (b->still->items, SceneItem, panel),
                      SCENE_MEANS_FRAME, table.frame);
  inside.x = rect.x + edge_width (b) + scene_em (b, 0.1);
  inside.width = rect.width - edge_width (b) - scene_em (b, 0.4);
  if (known
      && (used || level == b->context->geometry->levels
          || b->context->mapping)) {
    add_rows (b, &table, inside);
    return;
  }
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_TABLES, SCENE_TABLE_UNREAD, level),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_middle (inside, scene_line (b, SCENE_TEXT_SMALL)),
                  unread_text (b->context, level))
      ->emphasis
      = SCENE_FAINT;
}

/* How many tables stand side by side in a width. */
static guint
tables_abreast (const SceneBuild *b, double width)
{
  guint levels = b->context->geometry->levels;
  double table = least_width (b), gap = gutter (b);

  if (levels * table + (levels - 1) * gap <= width)
    return levels;
  guint half = (levels + 1) / 2;
  return half * table + (half - 1) * gap <= width ? half : 1;
}

static double
table_height (const SceneBuild *b, guint rows)
{
  return scene_header (b) + scene_em (b, 0.8)
         + rows * scene_table_row_height (b);
}

/* Room above the tables for the lines of more than two indices. */
static double
lanes_height (const SceneBuild *b)
{
  guint levels = b->context->geometry->levels;

  return levels > 2 ? (levels - 2) * scene_em (b, 0.45) : 0;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  guint levels = b->context->geometry->levels;
  guint abreast = tables_abreast (b, width > 0 ? width : G_MAXDOUBLE);
  guint stories = (levels + abreast - 1) / abreast;
  double gaps = (stories - 1) * gutter (b) + lanes_height (b);
  guint least = stories > 1 ? LEAST_ROWS : 5;

  size->min_width = levels * least_width (b) + (levels - 1) * gutter (b);
  size->width = levels
                    * (scene_table_row_width (b, TRUE) + row_margin (b)
                       + scene_em (b, 2.5))
                + (levels - 1) * gutter (b);
  size->min_height = stories * table_height (b, least) + gaps;
  size->height = stories * table_height (b, COMFORTABLE_ROWS) + gaps;
  size->max_height
      = stories * (table_height (b, 14) + (abreast - 1) * scene_em (b, 1.5))
        + gaps;
}

/* Tables side by side, each a step lower than the one before where there is
 * room for that. */
static void
add_story (SceneBuild *b, guint top, guint abreast, SceneRect rect)
{
  double widest = scene_em (b, b->context->geometry->levels > 1 ? 19 : 30);
  double width
      = MIN (widest, (rect.width - (abreast - 1) * gutter (b)) / abreast);
  double gap = abreast > 1 ? (rect.width - abreast * width) / (abreast - 1) : 0;
  double spare = rect.height - table_height (b, COMFORTABLE_ROWS);
  double stagger
      = abreast > 1 ? CLAMP (spare / (abreast - 1), 0, scene_em (b, 1.5)) : 0;
  double height = rect.height - (abreast - 1) * stagger;

  if (b->context->geometry->levels == 1)
    rect.x += (rect.width - width) / 2;
  for (guint i = 0; i < abreast && i < top; i++) {
    SceneRect place = scene_cut_left (&rect, width, gap);
    place.y += i * stagger;
    place.height = height;
    add_table (b, top - i, place);
  }
}

static void
build (SceneBuild *b, SceneRect rect)
{
  guint levels = b->context->geometry->levels;
  guint abreast = tables_abreast (b, rect.width);
  guint stories = (levels + abreast - 1) / abreast;

  scene_cut_top (&rect, lanes_height (b), 0);
  for (guint i = 0; i < stories; i++)
    add_story (b, levels - i * abreast, abreast,
               scene_row (rect, i, stories, gutter (b)));
}

const SceneFigure scene_figure_tables = {.id = SCENE_FIGURE_TABLES,
                                         .kind = "tables",
                                         .title = N_ ("Page tables"),
                                         .stance = SCENE_STANCE_WALK,
                                         .measure = measure,
                                         .build = build};
