/* The page tables, one panel a level, windowed round the row in use. */
#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/rows.h"

/* How a row tells P, W, U and A: as four chips, as letters, or not at all. */
typedef enum { FLAGS_CHIPS, FLAGS_LETTERS, FLAGS_NONE } FlagStyle;

typedef struct {
  double index, frame, chip, gap; /* widths */
  FlagStyle flags;
} RowCells;

#define FLAGS 4
#define COMFORTABLE_ROWS 7
#define LEAST_ROWS 3

static const char *const flag_letters[FLAGS] = {"P", "W", "U", "A"};

static const char *
long_title (guint level)
{
  static const char *const names[VM_MAX_LEVELS + 1]
      = {"", N_ ("Page table"), N_ ("Page directory"), "PDPT", "PML4", "PML5"};

  return _ (names[level]);
}

static const char *
medium_title (guint level)
{
  static const char *const names[VM_MAX_LEVELS + 1]
      = {"", N_ ("Table"), N_ ("Directory"), "PDPT", "PML4", "PML5"};

  return _ (names[level]);
}

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO) + scene_em (b, 0.25);
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

/* Widths of a row's cells without any flags. */
static RowCells
least_cells (const SceneBuild *b)
{
  return (RowCells){
      .index = scene_width (
          b, SCENE_TEXT_MONO,
          b->context->geometry->format == VM_PTE_X86_32 ? "1023" : "511"),
      .frame = scene_number_width (b, SCENE_TEXT_MONO, scene_number_frame (0)),
      .chip = scene_width (b, SCENE_TEXT_MONO_SMALL, "W") + scene_em (b, 0.3),
      .gap = scene_em (b, 0.5),
      .flags = FLAGS_NONE};
}

static double
chips_width (const SceneBuild *b, const RowCells *cells)
{
  return FLAGS * cells->chip + (FLAGS - 1) * scene_em (b, 0.15);
}

static double
letters_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, "PWUA");
}

/* Room that a panel's edge and margins take beside its rows. */
static double
row_margin (const SceneBuild *b)
{
  return edge_width (b) + scene_em (b, 1.05);
}

static double
least_width (const SceneBuild *b)
{
  RowCells cells = least_cells (b);

  return cells.index + cells.gap + cells.frame + row_margin (b);
}

static RowCells
cells_for (const SceneBuild *b, double row)
{
  RowCells cells = least_cells (b);
  double free = row - scene_em (b, 0.6) - cells.index - cells.gap - cells.frame;

  if (free >= chips_width (b, &cells) + cells.gap)
    cells.flags = FLAGS_CHIPS;
  else if (free >= letters_width (b) + scene_em (b, 0.3))
    cells.flags = FLAGS_LETTERS;
  return cells;
}

static gboolean
in_use (const SceneContext *c, guint level, guint index)
{
  const SceneWalkLevel *l = &c->level[level];

  return (l->read || l->written) && l->index == index;
}

static gboolean
flag_set (const struct vm_pte *pte, guint flag)
{
  const gboolean set[FLAGS]
      = {pte->present, pte->writable, pte->user, pte->accessed};

  return set[flag];
}

static SceneId
row_part (guint part, guint level, guint index)
{
  return SCENE_ID (SCENE_FIGURE_TABLES, part, (guint64) level << 32 | index);
}

static void
add_chips (SceneBuild *b, const RowCells *cells, SceneRect room, guint level,
           guint index, const struct vm_pte *pte)
{
  SceneRect slot = scene_middle (room, scene_line (b, SCENE_TEXT_MONO_SMALL));

  for (guint flag = 0; flag < FLAGS; flag++) {
    gboolean set = pte->present && flag_set (pte, flag);
    SceneRect rect = scene_cut_left (&slot, cells->chip, scene_em (b, 0.15));
    SceneItem *chip = scene_add_text (
        b,
        SCENE_ID (SCENE_FIGURE_TABLES, SCENE_TABLE_FLAG,
                  (guint64) flag << 40 | (guint64) level << 32 | index),
        SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER, rect, flag_letters[flag]);
    chip->kind = SCENE_CHIP;
    chip->role = set ? scene_level_role (level) : SCENE_ROLE_FREE;
    chip->emphasis = set ? SCENE_STRONG : SCENE_FAINT;
  }
}

static void
add_letters (SceneBuild *b, SceneRect room, guint level, guint index,
             const struct vm_pte *pte)
{
  char letters[FLAGS + 1] = "";

  for (guint flag = 0; flag < FLAGS; flag++)
    letters[flag] = pte->present && flag_set (pte, flag) ? flag_letters[flag][0]
                                                         : '-';
  SceneItem *item = scene_add_text (
      b, row_part (SCENE_TABLE_FLAG, level, index), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_END,
      scene_middle (room, scene_line (b, SCENE_TEXT_MONO_SMALL)), letters);
  item->emphasis = pte->present ? SCENE_NORMAL : SCENE_FAINT;
}

static void
add_flags (SceneBuild *b, const RowCells *cells, SceneRect *row, guint level,
           guint index, const struct vm_pte *pte)
{
  switch (cells->flags) {
  case FLAGS_CHIPS:
    add_chips (b, cells, scene_cut_right (row, chips_width (b, cells), 0),
               level, index, pte);
    break;
  case FLAGS_LETTERS:
    add_letters (b, scene_cut_right (row, letters_width (b), 0), level, index,
                 pte);
    break;
  case FLAGS_NONE:
    break;
  }
}

/* "Entry 68: frame 0x00002, writable, user, accessed". */
static const char *
row_name (const SceneBuild *b, guint level, guint index,
          const struct vm_pte *pte)
{
  const char *title = long_title (level);

  if (!pte->present)
    return scene_still_printf (b->still, _ ("%s, entry %u: not present"), title,
                               index);
  return scene_still_printf (
      b->still, _ ("%s, entry %u: frame %s%s%s%s"), title, index,
      scene_keep (b, scene_number_frame (pte->frame)),
      pte->writable ? _ (", writable") : _ (", read-only"),
      pte->user ? _ (", user") : _ (", kernel only"),
      pte->accessed ? _ (", accessed") : "");
}

static void
add_frame_text (SceneBuild *b, SceneRect rect, const SceneTable *table,
                guint index, const struct vm_pte *pte)
{
  gboolean used = in_use (b->context, table->level, index);
  const char *words = _ ("not present");
  SceneTextStyle style = pte->present ? SCENE_TEXT_MONO : SCENE_TEXT_SMALL;
  const char *text = pte->present
                         ? scene_keep (b, scene_number_frame (pte->frame))
                     : scene_width (b, style, words) <= rect.width ? words
                                                                   : "—";
  SceneItem *item = scene_add_text (
      b, scene_id_row_frame (table->level, index), style, SCENE_ALIGN_START,
      scene_middle (rect, scene_line (b, style)), text);

  item->emphasis = used           ? SCENE_STRONG
                   : pte->present ? SCENE_NORMAL
                                  : SCENE_FAINT;
  item->name = row_name (b, table->level, index, pte);
  scene_item_shows_memory (b, item, scene_table_entry_pa (table, index),
                           b->context->geometry->entry_bytes);
}

static void
add_row (SceneBuild *b, const RowCells *cells, const SceneTable *table,
         guint index, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint level = table->level;
  struct vm_pte pte = scene_table_entry (table, index);
  gboolean used = in_use (c, level, index);
  SceneItem *item;

  if (used) {
    item = scene_add_box (b, scene_id_row (level, index), rect,
                          scene_level_role (level),
                          c->level[level].now ? SCENE_ACTIVE : SCENE_STRONG);
    item->name = row_name (b, level, index, &pte);
    scene_item_shows_memory (b, item, scene_table_entry_pa (table, index),
                             c->geometry->entry_bytes);
  }

  SceneRect row = scene_inset (rect, scene_em (b, 0.3), 0);
  SceneRect number = scene_cut_left (&row, cells->index, cells->gap);
  item = scene_add_text (b, row_part (SCENE_TABLE_INDEX, level, index),
                         SCENE_TEXT_MONO, SCENE_ALIGN_END,
                         scene_middle (number, scene_line (b, SCENE_TEXT_MONO)),
                         scene_still_printf (b->still, "%u", index));
  item->emphasis = used          ? SCENE_STRONG
                   : pte.present ? SCENE_NORMAL
                                 : SCENE_FAINT;
  add_flags (b, cells, &row, level, index, &pte);
  add_frame_text (b, row, table, index, &pte);
}

static void
add_rows (SceneBuild *b, const SceneTable *table, SceneRect rect)
{
  const SceneContext *c = b->context;
  const SceneWalkLevel *level = &c->level[table->level];
  guint rows[SCENE_MAX_ROWS];
  guint slots
      = MIN (SCENE_MAX_ROWS, (guint) (rect.height / row_height (b) + 0.01));
  gboolean used = level->read || level->written;
  guint count = scene_rows_choose (table, used ? level->index : SCENE_ROW_DOTS,
                                   slots, rows);
  double height = MIN (rect.height / slots, row_height (b) * 1.15);
  RowCells cells = cells_for (b, rect.width);

  for (guint i = 0; i < count; i++) {
    SceneRect row = scene_cut_top (&rect, height, 0);
    if (rows[i] != SCENE_ROW_DOTS) {
      add_row (b, &cells, table, rows[i], row);
      continue;
    }
    scene_add_text (b, row_part (SCENE_TABLE_DOTS, table->level, i),
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

  const char *number = scene_keep (b, scene_number_frame (frame));
  const char *text = scene_still_printf (b->still, _ ("frame %s"), number);
  return scene_width (b, SCENE_TEXT_SMALL, text) <= room ? text : number;
}

/* The longest title that leaves room for the frame's number. */
static const char *
panel_title (const SceneBuild *b, guint level, double width)
{
  const char *const titles[] = {long_title (level), medium_title (level)};
  double frame
      = scene_number_width (b, SCENE_TEXT_SMALL, scene_number_frame (0));

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (scene_width (b, SCENE_TEXT_BOLD, titles[i]) + scene_em (b, 0.5) + frame
        <= width)
      return titles[i];
  return scene_short_table (level);
}

static void
add_table (SceneBuild *b, guint level, SceneRect rect)
{
  SceneTable table = {.context = b->context, .level = level};
  gboolean known = scene_context_table (b->context, level, &table.frame);
  gboolean used = b->context->level[level].read
                  || b->context->level[level].written;
  double width = rect.width - 2 * scene_padding (b);
  const char *title = panel_title (b, level, width);
  double room = width - scene_em (b, 0.5)
                - scene_width (b, SCENE_TEXT_BOLD, title);
  SceneRect inside
      = scene_add_panel (b, SCENE_FIGURE_TABLES, level, rect, title,
                         panel_subtitle (b, known, table.frame, room));
  SceneItem *edge = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_TABLES, SCENE_PART_EDGE, level),
      b->parent, SCENE_EDGE,
      (SceneRect){rect.x, rect.y, edge_width (b), rect.height});

  edge->role = scene_level_role (level);
  edge->emphasis = known ? SCENE_NORMAL : SCENE_FAINT;
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
  return scene_header (b) + scene_em (b, 0.8) + rows * row_height (b);
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
  RowCells cells = least_cells (b);
  guint abreast = tables_abreast (b, width > 0 ? width : G_MAXDOUBLE);
  guint stories = (levels + abreast - 1) / abreast;
  double gaps = (stories - 1) * gutter (b) + lanes_height (b);
  guint least = stories > 1 ? LEAST_ROWS : 5;

  size->min_width = levels * least_width (b) + (levels - 1) * gutter (b);
  size->width = size->min_width
                + levels * (chips_width (b, &cells) + scene_em (b, 3));
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
  double widest = scene_em (b, 19);
  double width
      = MIN (widest, (rect.width - (abreast - 1) * gutter (b)) / abreast);
  double gap = abreast > 1 ? (rect.width - abreast * width) / (abreast - 1) : 0;
  double spare = rect.height - table_height (b, COMFORTABLE_ROWS);
  double stagger
      = abreast > 1 ? CLAMP (spare / (abreast - 1), 0, scene_em (b, 1.5)) : 0;
  double height = rect.height - (abreast - 1) * stagger;

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
                                         .measure = measure,
                                         .build = build};
