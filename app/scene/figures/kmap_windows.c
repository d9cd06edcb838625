/* Windows of kmap: which frames they are open on, and who uses them. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/cells.h"
#include "figures/kit.h"
#include "figures/window.h"
#include "mm/kmap.h"

#define COLUMNS 8
#define FEW_COLUMNS 2 /* a power of two, as COLUMNS is */
#define USUAL_ROWS 4
#define PART_NONE (SCENE_PART + 7) /* behind those of cells.h */

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  double head = MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("windows")),
                     scene_width (b, SCENE_TEXT_MONO, "0xffffffff"));

  return (SceneCellsShape){
      .cell
      = scene_number_width (b, SCENE_TEXT_MONO_SMALL,
                            scene_number_frame (b->context->geometry, 0xfffff)),
      .head = MAX (head, scene_width (b, SCENE_TEXT_SMALL, _ ("CPU %u"))),
      .marks = TRUE,
      .feet = FALSE};
}

/* Kernels for this machine have such windows. */
static gboolean
has_windows (const SceneContext *c, struct vm_kernel_layout *layout)
{
  return vm_kernel_layout_of (c->state, layout) && layout->pkmap_base != 0;
}

/* As many as there is room for: a power of two. */
static guint
columns_for (const SceneBuild *b, double width)
{
  SceneCellsShape shape = shape_of (b);
  guint fit = scene_cells_columns (b, &shape, width), columns = COLUMNS;

  while (columns > FEW_COLUMNS && columns > fit)
    columns /= 2;
  return columns;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCellsShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);
  struct vm_kernel_layout layout;

  (void) width;
  size->min_width = scene_cells_width (b, &shape, FEW_COLUMNS) + padding;
  size->width = scene_cells_width (b, &shape, COLUMNS) + padding;
  size->height = scene_header (b) + padding
                 + (has_windows (b->context, &layout)
                        ? scene_cells_height (b, &shape, USUAL_ROWS)
                        : 3 * scene_line (b, SCENE_TEXT_SMALL));
  size->min_height = size->max_height = size->height;
}

/* The latest step of the operation that opened or closed a window, or NULL. */
static const struct vm_step *
latest (const SceneContext *c)
{
  if (c->cursor == 0)
    return NULL;
  guint64 op = vm_machine_op_of_step (c->machine, c->cursor - 1);
  guint64 first = vm_machine_result (c->machine, op)->first_step;

  for (guint64 n = c->cursor; n-- > first;) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step != NULL
        && (step->kind == VM_STEP_KMAP || step->kind == VM_STEP_KUNMAP))
      return step;
  }
  return NULL;
}

/* Is that the window it was? */
static gboolean
is_now (const struct vm_step *step, enum vm_kmap_kind kind, guint slot,
        guint cpu)
{
  return step != NULL && step->values[VM_V_KMAP_KIND] == kind
         && step->values[VM_V_KMAP_SLOT] == slot
         && (kind == VM_KMAP_PKMAP || step->cpu == cpu);
}

/* A window that is not open is quiet, but for the one that just closed. */
static SceneCellsCell
closed (SceneCellsCell cell)
{
  if (cell.emphasis != SCENE_ACTIVE) {
    cell.role = SCENE_ROLE_NEUTRAL;
    cell.emphasis = SCENE_FAINT;
  }
  return cell;
}

/* A window that all processors see; mark: somebody uses it. */
static SceneCellsCell
shared_cell (const SceneBuild *b, guint slot)
{
  const SceneContext *c = b->context;
  const struct vm_pkmap *window = &c->state->pkmaps[slot];
  SceneCellsCell cell = {.role = SCENE_ROLE_LEVEL2,
                         .emphasis = is_now (latest (c), VM_KMAP_PKMAP, slot, 0)
                                         ? SCENE_ACTIVE
                                         : SCENE_NORMAL,
                         .state = window,
                         .bytes = sizeof *window};

  if (window->count == 0)
    return closed (cell);
  const char *frame
      = scene_keep (b, scene_number_frame (c->geometry, window->frame));
  cell.text = frame;
  cell.mark = window->count > 1 ? "dot" : NULL;
  if (window->count == 1 && cell.emphasis == SCENE_NORMAL)
    cell.emphasis = SCENE_FAINT;
  cell.meaning = SCENE_MEANS_FRAME;
  cell.meant = window->frame;
  cell.name
      = window->count == 1
            /* Translators: the number of a window, a frame. */
            ? scene_still_printf (b->still,
                                  _ ("window %u on frame %s: nobody uses it"),
                                  slot, frame)
            : scene_still_printf (b->still,
                                  ngettext ("window %u on frame %s: %u user",
                                            "window %u on frame %s: %u users",
                                            window->count - 1),
                                  slot, frame, window->count - 1);
  return cell;
}

/* A window of one processor. */
static SceneCellsCell
own_cell (const SceneBuild *b, guint cpu, guint slot)
{
  const SceneContext *c = b->context;
  const guint32 *window = &c->state->kmap_slots[cpu * VM_KMAP_DEPTH + slot];
  SceneCellsCell cell = {
      .role = SCENE_ROLE_LEVEL3,
      .emphasis = is_now (latest (c), VM_KMAP_LOCAL, slot, cpu) ? SCENE_ACTIVE
                                                                : SCENE_NORMAL,
      .state = window,
      .bytes = sizeof *window};

  if (*window == 0)
    return closed (cell);
  cell.text = scene_keep (b, scene_number_frame (c->geometry, *window - 1));
  cell.mark = "dot";
  cell.meaning = SCENE_MEANS_FRAME;
  cell.meant = *window - 1;
  /* Translators: a processor, the number of a window, a frame. */
  cell.name = scene_still_printf (b->still,
                                  _ ("processor %u, window %u on frame %s"),
                                  cpu, slot, cell.text);
  return cell;
}

/* The first window of a processor's row: those opened last are in it. */
static guint
first_own (const SceneContext *c, guint cpu, guint columns)
{
  guint depth = c->state->kmap_depth[cpu];

  return depth > columns ? depth - columns : 0;
}

/* Rows of processors come first, then those that all see. */
static void
fill_row (const SceneBuild *b, const struct vm_kernel_layout *l, guint64 row,
          guint columns, SceneCellsHead *head, SceneCellsCell *cells)
{
  guint own = b->context->state->config.cpus;

  head->number = row;
  if (row < own) {
    guint cpu = (guint) row, first = first_own (b->context, cpu, columns);
    head->text = scene_still_printf (b->still, _ ("CPU %u"), cpu);
    for (guint i = 0; i < columns; i++)
      cells[i] = own_cell (b, cpu, first + i);
    return;
  }
  guint first = (guint) (row - own) * columns;
  head->text = scene_still_printf (
      b->still, "0x%08" PRIx64, l->pkmap_base + (guint64) first * VM_PAGE_SIZE);
  for (guint i = 0; i < columns && first + i < l->pkmap_slots; i++)
    cells[i] = shared_cell (b, first + i);
}

/* The row of the step's window; else the first. */
static guint64
focus_of (const SceneContext *c, guint columns)
{
  const struct vm_step *step = latest (c);

  if (step == NULL || step->values[VM_V_KMAP_KIND] == VM_KMAP_DIRECT)
    return 0;
  if (step->values[VM_V_KMAP_KIND] == VM_KMAP_LOCAL)
    return step->cpu;
  return c->state->config.cpus + step->values[VM_V_KMAP_SLOT] / columns;
}

static void
add_grid (SceneBuild *b, const struct vm_kernel_layout *l, SceneRect rect)
{
  SceneCellsShape shape = shape_of (b);
  guint columns = columns_for (b, rect.width);
  guint64 total = b->context->state->config.cpus + l->pkmap_slots / columns;
  SceneRect place = scene_cells_place (b, &shape, USUAL_ROWS, rect);
  guint64 first = scene_add_window (
      b, place, total, USUAL_ROWS,
      scene_window_around (total, USUAL_ROWS, focus_of (b->context, columns)),
      NULL);
  SceneCellsHead heads[COLUMNS] = {{0}}, rows[USUAL_ROWS] = {{0}};
  SceneCellsCell cells[COLUMNS * USUAL_ROWS] = {{0}};

  for (guint i = 0; i < columns; i++)
    heads[i] = (SceneCellsHead){
        .number = i, .text = scene_still_printf (b->still, "+%u", i)};
  for (guint i = 0; i < USUAL_ROWS; i++)
    fill_row (b, l, first + i, columns, &rows[i], &cells[i * columns]);
  SceneCells grid = {.columns = heads,
                     .rows = rows,
                     .column_count = columns,
                     .row_count = USUAL_ROWS,
                     .slots = columns,
                     .cells = cells,
                     .corner = scene_still_text (b->still, _ ("windows"))};
  scene_add_cells (b, SCENE_FIGURE_KMAP, &shape, &grid, rect);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const struct vm_state *s = b->context->state;
  struct vm_kernel_layout layout = {.pkmap_base = 0};
  gboolean known = has_windows (b->context, &layout);
  guint open = 0;

  for (guint i = 0; i < VM_MAX_PKMAPS; i++)
    open += s->pkmaps[i].count > 0;
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_KMAP, 0, rect, _ ("Windows on high memory"),
      known ? scene_still_printf (b->still, _ ("%u of %u of kmap are open"),
                                  open, layout.pkmap_slots)
            : NULL);
  if (known) {
    add_grid (b, &layout, inside);
    return;
  }
  scene_add_wrapped (b, SCENE_ID (SCENE_FIGURE_KMAP, PART_NONE, 0),
                     SCENE_TEXT_SMALL, inside, 3, SCENE_NORMAL,
                     _ ("There are none: the direct map holds all of "
                        "memory."));
}

const SceneFigure scene_figure_kmap = {.id = SCENE_FIGURE_KMAP,
                                       .kind = "kmap",
                                       .title = N_ ("Windows on high memory"),
                                       .stance = SCENE_STANCE_PART,
                                       .measure = measure,
                                       .build = build};
