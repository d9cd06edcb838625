/* Swap: which slots hold pages, whose they are, and which are in memory as
 * well. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/cells.h"
#include "figures/kit.h"
#include "figures/window.h"
#include "mm/entries.h"
#include "mm/swap.h"
#include "subject.h"

#define PART_NONE (SCENE_PART + 7) /* behind those of cells.h */

#define MANY_COLUMNS 8 /* slots in a row, where there is room */
#define FEW_COLUMNS 4
#define USUAL_ROWS 4
#define MOST_NAMED 2 /* processes that a slot names */

/* Who names a slot: the first ones, and how many. */
typedef struct {
  guint32 processes[MOST_NAMED];
  guint count;
} Named;

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  g_autofree char *head = g_strdup_printf ("%u:%u–%u", 0, 8888, 8888);

  return (SceneCellsShape){
      .cell = scene_width (b, SCENE_TEXT_MONO_SMALL, "A+B"),
      .head = scene_width (b, SCENE_TEXT_SMALL, head),
      .marks = TRUE,
      .feet = FALSE};
}

/* Slots that the list of operations makes at most at one time, so that nothing
 * jumps. */
static guint
slots_of (const SceneContext *c)
{
  guint64 slots = 0;

  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    if (op->kind == VM_OP_SWAPON)
      slots += op->values[VM_P_SWAPON_SIZE] >> VM_PAGE_SHIFT;
  }
  return (guint) MIN (slots, VM_SWAP_SLOTS);
}

static guint
columns_for (const SceneBuild *b, double width)
{
  SceneCellsShape shape = shape_of (b);

  return scene_cells_columns (b, &shape, width) >= MANY_COLUMNS ? MANY_COLUMNS
                                                                : FEW_COLUMNS;
}

static guint
rows_for (const SceneBuild *b, guint columns)
{
  return CLAMP ((slots_of (b->context) + columns - 1) / columns, 1, USUAL_ROWS);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCellsShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);
  guint rows = rows_for (b, columns_for (b, width - padding));

  size->min_width = scene_cells_width (b, &shape, FEW_COLUMNS) + padding;
  size->width = scene_cells_width (b, &shape, MANY_COLUMNS) + padding;
  size->height = scene_header (b) + padding;
  size->height += slots_of (b->context) > 0
                      ? scene_cells_height (b, &shape, rows)
                      : scene_line (b, SCENE_TEXT_SMALL);
  size->min_height = size->max_height = size->height;
}

/* Goes through the entries of all processes. */
static Named *
find_named (const struct vm_state *s)
{
  Named *named = g_new0 (Named, VM_SWAP_SLOTS);

  for (guint32 i = 0; i < s->process_count; i++) {
    guint64 va = 0, end = vm_mm_of (s, i)->task_size;
    struct vm_entry entry;
    if (s->processes[i].state == 0 || vm_mm_of (s, i)->swapped == 0)
      continue;
    while (vm_entry_next (s, i, va, end, &entry)) {
      Named *slot = &named[entry.swapped];
      va = entry.va.v + vm_entry_size (s, &entry);
      if (entry.swapped != 0 && slot->count < MOST_NAMED)
        slot->processes[slot->count] = i;
      slot->count += entry.swapped != 0;
    }
  }
  return named;
}

/* The letter that a process's name begins with. */
static const char *
letter_of (const SceneBuild *b, guint32 process)
{
  SceneSubject subject = {.machine = b->context->machine};
  char letter[8] = "";

  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (
                         scene_subject_process (&subject, process))),
                     letter);
  return scene_still_text (b->still, letter);
}

/* "A", "A+B", "3×", or of a page that is only in the swap cache "–". */
static const char *
text_of (const SceneBuild *b, const Named *named)
{
  if (named->count == 0)
    return scene_still_text (b->still, "–");
  if (named->count == 1)
    return letter_of (b, named->processes[0]);
  if (named->count > MOST_NAMED)
    return scene_still_printf (b->still, "%u×", named->count);
  return scene_still_printf (b->still, "%s+%s",
                             letter_of (b, named->processes[0]),
                             letter_of (b, named->processes[1]));
}

/* The slot that the step is about, numbered through all areas; 0: none. */
static guint32
slot_now (const SceneContext *c)
{
  guint area = VM_V_SLOT_AREA, slot = VM_V_SLOT_SLOT;

  if (c->step == NULL
      || ((c->step->kind < VM_STEP_SLOT_TAKE
           || c->step->kind > VM_STEP_SWAP_FOUND)
          && c->step->kind != VM_STEP_SLOT_FILE
          && c->step->kind != VM_STEP_SWAP_AHEAD))
    return 0;
  if (c->step->kind == VM_STEP_SWAP_ENTRY) {
    area = VM_V_SWAP_ENTRY_AREA;
    slot = VM_V_SWAP_ENTRY_SLOT;
  }
  return c->state->areas[c->step->values[area]].first
         + (guint32) c->step->values[slot];
}

/* A page of shared memory, which no entry names: its file does. */
static void
set_shared (const SceneBuild *b, const struct vm_swap_record *record,
            guint offset, SceneCellsCell *cell)
{
  guint32 name = b->context->state->files[record->file].name;

  cell->role = SCENE_ROLE_FILE;
  cell->text = scene_still_text (b->still, C_ ("slot of swap", "S"));
  cell->name = scene_still_printf (
      b->still,
      /* Translators: a slot of swap, a page's number, a file. */
      _ ("slot %u: page %" PRIu64 " of %s"), offset, record->page,
      name == VM_NONE ? _ ("shared memory")
                      : vm_machine_name (b->context->machine, name));
}

static SceneCellsCell
cell_of (const SceneBuild *b, guint32 slot, const Named *named)
{
  const struct vm_state *s = b->context->state;
  const struct vm_swap_record *record = &s->slots[slot];
  gboolean used = record->count != 0 || record->frame != 0;
  gboolean now = slot_now (b->context) == slot && slot != 0;
  struct vm_swap_slot place = vm_swap_place (s, slot);
  SceneCellsCell cell = {.role = SCENE_ROLE_NEUTRAL,
                         .emphasis = now ? SCENE_ACTIVE : SCENE_NORMAL,
                         .state = record,
                         .bytes = sizeof *record};

  if (place.offset == 0) {
    cell.text = scene_still_text (b->still, C_ ("slot of swap", "H"));
    cell.name = scene_still_text (b->still, _ ("the header"));
    cell.emphasis = SCENE_FAINT;
    return cell;
  }
  if (!used)
    return cell;
  cell.text = text_of (b, named);
  cell.mark = record->frame != 0 ? "dot" : NULL;
  if (named->count > 0)
    cell.role = scene_process_role (named->processes[0]);
  if (record->file != 0) {
    set_shared (b, record, (guint) place.offset, &cell);
    return cell;
  }
  cell.name = scene_still_printf (
      b->still,
      record->frame != 0
          /* Translators: a slot of swap, how many entries. */
          ? _ ("slot %u: named %u×, and in the swap cache")
          : _ ("slot %u: named %u×"),
      (guint) place.offset, record->count);
  return cell;
}

/* The areas' slots, one area after the other, each beginning a row. */
static guint
area_rows (const struct vm_swap_area *area, guint columns)
{
  return (area->slots + columns - 1) / columns;
}

/* The n-th row of all: which area it is of, and its first slot's offset. */
static gboolean
find_row (const struct vm_state *s, guint64 row, guint columns, guint *area,
          guint *offset)
{
  for (guint i = 0; i < VM_MAX_SWAPS; i++) {
    guint rows = area_rows (&s->areas[i], columns);
    if (row < rows) {
      *area = i;
      *offset = (guint) row * columns;
      return TRUE;
    }
    row -= rows;
  }
  return FALSE;
}

static void
fill_row (const SceneBuild *b, guint64 row, guint columns, const Named *named,
          SceneCellsHead *head, SceneCellsCell *cells)
{
  const struct vm_state *s = b->context->state;
  guint area, offset;

  head->number = row;
  if (!find_row (s, row, columns, &area, &offset))
    return;
  const struct vm_swap_area *a = &s->areas[area];
  guint last = MIN (offset + columns, a->slots) - 1;
  head->text = scene_still_printf (b->still, "%u:%u–%u", area, offset, last);
  for (guint i = 0; offset + i <= last; i++)
    cells[i]
        = cell_of (b, a->first + offset + i, &named[a->first + offset + i]);
}

/* The row of the step's slot. */
static guint64
focus_of (const SceneContext *c, guint columns)
{
  guint32 slot = slot_now (c);
  guint64 row = 0;

  if (slot == 0)
    return SCENE_NO_FOCUS;
  guint area = vm_swap_area_of (c->state, slot);
  for (guint i = 0; i < area; i++)
    row += area_rows (&c->state->areas[i], columns);
  return row + (slot - c->state->areas[area].first) / columns;
}

static guint64
all_rows (const struct vm_state *s, guint columns)
{
  guint64 rows = 0;

  for (guint i = 0; i < VM_MAX_SWAPS; i++)
    rows += area_rows (&s->areas[i], columns);
  return rows;
}

static void
add_grid (SceneBuild *b, SceneRect rect)
{
  const struct vm_state *s = b->context->state;
  SceneCellsShape shape = shape_of (b);
  guint columns = columns_for (b, rect.width);
  guint visible = rows_for (b, columns);
  guint64 total = MAX (all_rows (s, columns), visible);
  SceneRect place = scene_cells_place (b, &shape, visible, rect);
  guint64 first = scene_add_window (
      b, place, total, visible,
      scene_window_around (total, visible, focus_of (b->context, columns)),
      NULL);
  SceneCellsHead heads[MANY_COLUMNS] = {{0}}, rows[USUAL_ROWS] = {{0}};
  SceneCellsCell cells[MANY_COLUMNS * USUAL_ROWS] = {{0}};
  g_autofree Named *named = find_named (s);

  for (guint i = 0; i < columns; i++)
    heads[i] = (SceneCellsHead){
        .number = i, .text = scene_still_printf (b->still, "+%u", i)};
  for (guint i = 0; i < visible; i++)
    fill_row (b, first + i, columns, named, &rows[i], &cells[i * columns]);
  SceneCells grid = {.columns = heads,
                     .rows = rows,
                     .column_count = columns,
                     .row_count = visible,
                     .slots = columns,
                     .cells = cells,
                     .corner = scene_still_text (b->still, _ ("slots"))};
  scene_add_cells (b, SCENE_FIGURE_SWAP, &shape, &grid, rect);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const struct vm_state *s = b->context->state;
  guint total = vm_swap_total (s), used = 0;

  for (guint i = 0; i < VM_MAX_SWAPS; i++)
    used += s->areas[i].used;
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_SWAP, 0, rect, _ ("Swap"),
      /* Translators: how many slots of swap are in use, of how many. */
      scene_still_printf (b->still, _ ("%u of %u slots in use"), used, total));
  if (vm_swap_on (s)) {
    add_grid (b, inside);
    return;
  }
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_SWAP, PART_NONE, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_cut_top (&inside, scene_line (b, SCENE_TEXT_SMALL), 0),
                  _ ("There is no swap."));
}

const SceneFigure scene_figure_swap = {.id = SCENE_FIGURE_SWAP,
                                       .kind = "swap",
                                       .title = N_ ("Swap"),
                                       .stance = SCENE_STANCE_PART,
                                       .measure = measure,
                                       .build = build};
