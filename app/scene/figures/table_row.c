/* A row of a page table: index, frame, flags. */
#include "figures/table_row.h"

#include <glib/gi18n-lib.h>

#include "family.h"
#include "figures/parts.h"

#define FLAGS 4

/* How a row tells its four flags: as chips, as letters, or not at all. */
typedef enum { FLAGS_CHIPS, FLAGS_LETTERS, FLAGS_NONE } FlagStyle;

typedef struct {
  double index, frame, chip, gap; /* widths */
  FlagStyle flags;
} RowCells;

/* The letters of a family. RISC-V has R, W and X, and V where there is a frame
 * at all; those of the Arm say what its bits allow: to write, to user mode, to
 * execute. */
static const char *
flag_letters (const struct vm_geometry *g)
{
  switch (g->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return "RWXU";
  case VM_FAMILY_ARM:
    return "WUXA";
  }
  return "PWUA";
}

/* Widths of a row's cells without any flags. */
static RowCells
least_cells (const SceneBuild *b)
{
  char last[16];

  g_snprintf (last, sizeof last, "%u",
              vm_geometry_entries (b->context->geometry, 1) - 1);
  return (RowCells){
      .index = scene_width (b, SCENE_TEXT_MONO, last),
      .frame = scene_number_width (
          b, SCENE_TEXT_MONO,
          scene_number_frame (b->context->geometry, b->context->last_frame)),
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
  return scene_width (b, SCENE_TEXT_MONO_SMALL,
                      flag_letters (b->context->geometry));
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

/* An entry that goes into a register has P, and no rights; one of a toy has of
 * P, W, U and A as many as there is room for. */
static guint
flags_of (const struct vm_geometry *g, guint level)
{
  if (level == g->register_level)
    return 1;
  return g->format == VM_PTE_TOY ? MIN (FLAGS, vm_pte_toy_flags (g)) : FLAGS;
}

/* Is a flag set that goes by that letter? RISC-V's are taken as they stand: all
 * 0 points to a table. */
static gboolean
flag_set (const struct vm_geometry *g, const struct vm_pte *pte, char letter)
{
  gboolean as_is = g->family != VM_FAMILY_RISCV || pte->leaf;

  switch (letter) {
  case 'P':
    return pte->present;
  case 'R':
    return as_is && pte->readable;
  case 'W':
    return as_is && pte->writable;
  case 'X':
    return as_is && !pte->no_execute;
  case 'U':
    return as_is && pte->user;
  default:
    return pte->accessed;
  }
}

/* The letter of a flag, for a chip. */
static const char *
flag_text (const SceneBuild *b, guint flag)
{
  return scene_still_printf (b->still, "%c",
                             flag_letters (b->context->geometry)[flag]);
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

  const struct vm_geometry *g = b->context->geometry;

  for (guint flag = 0; flag < flags_of (g, level); flag++) {
    gboolean set = pte->present && flag_set (g, pte, flag_letters (g)[flag]);
    SceneRect rect = scene_cut_left (&slot, cells->chip, scene_em (b, 0.15));
    SceneItem *chip = scene_add_text (
        b,
        SCENE_ID (SCENE_FIGURE_TABLES, SCENE_TABLE_FLAG,
                  (guint64) flag << 40 | (guint64) level << 32 | index),
        SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER, rect, flag_text (b, flag));
    chip->kind = SCENE_CHIP;
    chip->role = set ? scene_level_role (level) : SCENE_ROLE_FREE;
    chip->emphasis = set ? SCENE_STRONG : SCENE_FAINT;
  }
}

static void
add_letters (SceneBuild *b, SceneRect room, guint level, guint index,
             const struct vm_pte *pte)
{
  const struct vm_geometry *g = b->context->geometry;
  char letters[FLAGS + 1] = "";

  for (guint flag = 0; flag < flags_of (g, level); flag++) {
    char letter = flag_letters (g)[flag];
    letters[flag] = pte->present && flag_set (g, pte, letter) ? letter : '-';
  }
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
  const struct vm_geometry *g = b->context->geometry;
  const char *title = scene_table_title (g, level);

  if (!pte->present)
    /* Translators: "Page directory", number of an entry, "not present". */
    return scene_still_printf (b->still, _ ("%s, entry %u: %s"), title, index,
                               scene_absent_word (g));
  /* Entries that say nothing of rights. */
  if (!pte->leaf
      && (g->family == VM_FAMILY_RISCV || level == g->register_level))
    return scene_still_printf (
        b->still, _ ("%s, entry %u: points to the table in frame %s"), title,
        index, scene_keep (b, scene_number_frame (g, pte->frame)));
  return scene_still_printf (
      b->still, _ ("%s, entry %u: frame %s%s%s%s"), title, index,
      scene_keep (b, scene_number_frame (g, pte->frame)),
      pte->writable ? _ (", writable") : _ (", read-only"),
      pte->user ? _ (", user") : _ (", kernel only"),
      pte->accessed ? _ (", accessed") : "");
}

static void
add_frame_text (SceneBuild *b, SceneRect rect, const SceneTable *table,
                guint index, const struct vm_pte *pte)
{
  gboolean used = in_use (b->context, table->level, index);
  const char *words = scene_absent_word (b->context->geometry);
  SceneTextStyle style = pte->present ? SCENE_TEXT_MONO : SCENE_TEXT_SMALL;
  const char *text = pte->present
                         ? scene_keep (b, scene_number_frame (
                                              b->context->geometry, pte->frame))
                     : scene_width (b, style, words) <= rect.width ? words
                                                                   : "—";
  SceneItem *item = scene_add_text (
      b, scene_id_row_frame (table->level, index), style, SCENE_ALIGN_START,
      scene_middle (rect, scene_line (b, style)), text);

  item->emphasis = used           ? SCENE_STRONG
                   : pte->present ? SCENE_NORMAL
                                  : SCENE_FAINT;
  if (pte->present)
    scene_item_means (item, SCENE_MEANS_FRAME, pte->frame);
}

/* The row as a whole: a box where it is in use; else nothing that is seen, but
 * what is pointed at and read out. */
static void
add_row (SceneBuild *b, const SceneTable *table, guint index, SceneRect rect,
         const struct vm_pte *pte)
{
  const SceneContext *c = b->context;
  guint level = table->level;
  SceneId id = scene_id_row (level, index);
  SceneItem *item
      = in_use (c, level, index)
            ? scene_add_box (b, id, rect, scene_level_role (level),
                             c->level[level].now ? SCENE_ACTIVE : SCENE_STRONG)
            : scene_still_add (b->still, id, b->parent, SCENE_TEXT, rect);

  item->name = row_name (b, level, index, pte);
  if (table->registers)
    scene_item_shows (b, item, &c->state->cpus[0].pdpte[index],
                      sizeof c->state->cpus[0].pdpte[index]);
  else
    scene_item_shows_memory (b, item, scene_table_entry_pa (table, index),
                             c->geometry->entry_bytes);
  if (pte->present)
    scene_item_means (item, SCENE_MEANS_FRAME, pte->frame);
}

const char *
scene_table_title (const struct vm_geometry *geometry, guint level)
{
  static const char *const names[VM_MAX_LEVELS + 1]
      = {"", N_ ("Page table"), N_ ("Page directory"), "PDPT", "PML4", "PML5"};
  static const char *const numbered[VM_MAX_LEVELS]
      = {N_ ("Level-0 table"), N_ ("Level-1 table"), N_ ("Level-2 table"),
         N_ ("Level-3 table"), N_ ("Level-4 table")};

  if (scene_levels_have_names (geometry))
    return _ (names[level]);
  return _ (numbered[scene_level_number (geometry, level)]);
}

double
scene_table_row_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO) + scene_em (build, 0.25);
}

double
scene_table_row_width (const SceneBuild *build, gboolean flags)
{
  RowCells cells = least_cells (build);
  double width = cells.index + cells.gap + cells.frame + scene_em (build, 0.6);

  return flags ? width + cells.gap + chips_width (build, &cells) : width;
}

void
scene_add_table_row (SceneBuild *build, const SceneTable *table, guint index,
                     SceneRect rect)
{
  RowCells cells = cells_for (build, rect.width);
  const SceneContext *c = build->context;
  guint level = table->level;
  struct vm_pte pte = scene_table_entry (table, index);
  gboolean used = in_use (c, level, index);
  SceneItem *item;

  add_row (build, table, index, rect, &pte);
  SceneRect row = scene_inset (rect, scene_em (build, 0.3), 0);
  SceneRect number = scene_cut_left (&row, cells.index, cells.gap);
  item = scene_add_text (
      build, row_part (SCENE_TABLE_INDEX, level, index), SCENE_TEXT_MONO,
      SCENE_ALIGN_END,
      scene_middle (number, scene_line (build, SCENE_TEXT_MONO)),
      scene_still_printf (build->still, "%u", index));
  scene_item_means_index (item, level, index);
  item->emphasis = used          ? SCENE_STRONG
                   : pte.present ? SCENE_NORMAL
                                 : SCENE_FAINT;
  add_flags (build, &cells, &row, level, index, &pte);
  add_frame_text (build, row, table, index, &pte);
}
