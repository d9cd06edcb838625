/* The TLB over time: what each way held after each access, and whether the
 * access hit. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/accesses.h"
#include "figures/cells.h"
#include "figures/kit.h"
#include "figures/tlb_past.h"
#include "figures/window.h"

/* More columns than so many say less. */
#define MOST_COLUMNS 16

/* A larger TLB is shown in part: the sets about that of the latest access. */
#define GOOD_ROWS 8
#define LEAST_ROWS 4

typedef struct {
  SceneAccess accesses[MOST_COLUMNS];
  SceneCellsHead columns[MOST_COLUMNS];
  guint count;               /* of accesses */
  guint first, rows;         /* entries of the TLB that are shown */
  struct vm_tlb_entry *held; /* those entries, access after access */
  guint known;               /* how many of the accesses, the last ones, are */
} History;

static guint
entry_count (const SceneContext *c)
{
  return c->own.sets * c->own.ways;
}

static const char *
page_text (const SceneBuild *b, guint64 page, guint shift)
{
  return scene_keep (b, scene_number_page (b->context->geometry, page, shift));
}

/* "hit", "miss", or why the TLB was not asked; NULL before it is known. */
static const char *
outcome_text (const SceneAccess *access, SceneRole *role)
{
  switch (access->tlb) {
  case SCENE_TLB_UNKNOWN:
    *role = SCENE_ROLE_FAULT;
    return access->faulted ? _ ("fault") : NULL;
  case SCENE_TLB_PROBING:
    return NULL;
  case SCENE_TLB_HIT:
    *role = SCENE_ROLE_HIT;
    return _ ("hit");
  case SCENE_TLB_MISS:
    *role = SCENE_ROLE_MISS;
    return _ ("miss");
  }
  return NULL;
}

static void
set_column (const SceneBuild *b, const SceneAccess *access,
            SceneCellsHead *head)
{
  const char *page = page_text (b, access->va >> access->shift, access->shift);
  const char *foot = outcome_text (access, &head->foot_role);

  head->number = access->number;
  head->text = page;
  head->role = access->now ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  head->emphasis = access->now ? SCENE_ACTIVE : SCENE_NORMAL;
  head->foot = foot;
  head->meaning = SCENE_MEANS_PAGE;
  head->meant = (access->va >> access->shift << access->shift) + access->shift;
  head->name = scene_still_printf (b->still, _ ("Access %" PRIu64 ": page %s"),
                                   access->number, page);
  if (foot != NULL)
    head->foot_name = scene_still_printf (
        b->still, _ ("Access %" PRIu64 ": %s"), access->number, foot);
}

static const char *
row_text (const SceneBuild *b, guint entry)
{
  const struct vm_tlb *own = &b->context->own;
  guint set = entry / own->ways, way = entry % own->ways;

  if (b->context->most.sets == 1)
    return scene_still_printf (b->still, _ ("way %u"), way);
  return scene_still_printf (b->still, "%u · %u", set, way);
}

static const char *
cell_name (const SceneBuild *b, const SceneAccess *access, guint entry,
           const struct vm_tlb_entry *held)
{
  guint ways = b->context->own.ways;

  if (!held->valid)
    return scene_still_printf (b->still,
                               _ ("Access %" PRIu64 ", set %u, way %u: empty"),
                               access->number, entry / ways, entry % ways);
  return scene_still_printf (b->still,
                             _ ("Access %" PRIu64 ", set %u, way %u: page %s"),
                             access->number, entry / ways, entry % ways,
                             page_text (b, held->page, held->shift));
}

/* The entry that an access found or made is the one that holds its page, once
 * the TLB has spoken. */
static SceneRole
cell_role (const SceneAccess *access, const struct vm_tlb_entry *held)
{
  gboolean own = held->valid && access->va >> held->shift == held->page;

  if (!held->valid)
    return SCENE_ROLE_FREE;
  if (own && access->tlb == SCENE_TLB_HIT)
    return SCENE_ROLE_HIT;
  return own && access->tlb == SCENE_TLB_MISS ? SCENE_ROLE_MISS
                                              : SCENE_ROLE_NEUTRAL;
}

static void
set_cell (const SceneBuild *b, const History *h, guint row, guint column,
          SceneCellsCell *cell)
{
  const SceneContext *c = b->context;
  const SceneAccess *access = &h->accesses[column];
  const struct vm_tlb_entry *held = &h->held[column * h->rows + row];
  gboolean speaks = access->now
                    && (scene_context_is (c, VM_STEP_TLB_HIT)
                        || scene_context_is (c, VM_STEP_TLB_FILL));

  cell->role = SCENE_ROLE_FREE;
  if (column < h->count - h->known)
    return;
  cell->name = cell_name (b, access, h->first + row, held);
  cell->role = cell_role (access, held);
  if (access->end_step == c->cursor) {
    cell->state = &c->state->tlb[c->own.first + h->first + row];
    cell->bytes = sizeof *held;
  }
  if (!held->valid)
    return;
  cell->text = page_text (b, held->page, held->shift);
  cell->meaning = SCENE_MEANS_PAGE;
  cell->meant = (held->page << held->shift) + held->shift;
  cell->emphasis = SCENE_NORMAL;
  if (cell->role == SCENE_ROLE_NEUTRAL)
    return;
  cell->mark = cell->role == SCENE_ROLE_HIT ? "tick" : "dot";
  cell->emphasis = speaks ? SCENE_ACTIVE : SCENE_STRONG;
}

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  const char *corner = b->context->most.sets == 1 ? _ ("page")
                                                  : _ ("set · way");
  double head = scene_width (b, SCENE_TEXT_SMALL, corner) + scene_em (b, 0.3)
                + scene_width (b, SCENE_TEXT_SMALL, "… 99");

  return (SceneCellsShape){
      .cell = scene_number_width (
          b, SCENE_TEXT_MONO_SMALL,
          scene_widest_page (b->context, b->context->geometry->page_shift)),
      .head = MAX (head, scene_width (b, SCENE_TEXT_SMALL, _ ("way %u"))),
      .marks = TRUE,
      .feet = TRUE};
}

static void
add_grid (SceneBuild *b, const SceneCellsShape *shape, History *h, guint slots,
          SceneRect rect)
{
  g_autofree SceneCellsHead *rows = g_new0 (SceneCellsHead, h->rows);
  g_autofree SceneCellsCell *cells
      = g_new0 (SceneCellsCell, h->rows * MAX (1, h->count));
  SceneCells grid
      = {.columns = h->columns,
         .rows = rows,
         .column_count = h->count,
         .row_count = h->rows,
         .slots = slots,
         .cells = cells,
         .corner = b->context->most.sets == 1 ? _ ("page") : _ ("set · way")};

  for (guint i = 0; i < h->count; i++)
    set_column (b, &h->accesses[i], &h->columns[i]);
  for (guint r = 0; r < h->rows; r++) {
    rows[r] = (SceneCellsHead){.number = h->first + r,
                               .text = row_text (b, h->first + r),
                               .emphasis = SCENE_NORMAL};
    for (guint i = 0; i < h->count; i++)
      set_cell (b, h, r, i, &cells[r * h->count + i]);
  }
  if (h->count > 0 && h->accesses[0].number > 1)
    grid.before = scene_still_printf (b->still, "… %" PRIu64,
                                      h->accesses[0].number - 1);
  scene_add_cells (b, SCENE_FIGURE_HISTORY, shape, &grid, rect);
}

static double
padding_y (const SceneBuild *b)
{
  return scene_header (b) + scene_em (b, 0.8);
}

static double
height_of (const SceneBuild *b, const SceneCellsShape *shape, guint rows)
{
  return scene_cells_height (b, shape, MIN (rows, b->context->most_entries))
         + padding_y (b);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCellsShape shape = shape_of (b);
  gboolean large = b->context->most_entries > GOOD_ROWS;
  double padding = 2 * scene_padding (b);

  (void) width;
  size->min_width = scene_cells_width (b, &shape, 2) + padding;
  size->width = scene_cells_width (b, &shape, 8) + padding;
  size->min_height = height_of (b, &shape, large ? LEAST_ROWS : GOOD_ROWS);
  size->height = height_of (b, &shape, GOOD_ROWS);
  size->max_height = height_of (b, &shape, 3 * GOOD_ROWS);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneCellsShape shape = shape_of (b);
  History h = {0};
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_HISTORY, 0, rect,
                                      _ ("The TLB over time"), NULL);
  guint slots
      = MIN (scene_cells_columns (b, &shape, inside.width), MOST_COLUMNS);
  guint64 first = scene_first_shown (scene_accesses_count (c), slots) + 1;

  h.count = scene_accesses_read (c, first, h.accesses, slots);
  h.rows = MIN (scene_cells_rows (b, &shape, inside.height), entry_count (c));
  h.first = (guint) scene_add_window (
      b, scene_cells_place (b, &shape, h.rows, inside), entry_count (c), h.rows,
      scene_tlb_window (c, h.accesses, h.count, h.rows), NULL);
  h.held = g_new0 (struct vm_tlb_entry, MAX (1, h.count) * h.rows);
  h.known = scene_tlb_past (c, h.accesses, h.count, h.first, h.rows, h.held);
  add_grid (b, &shape, &h, slots, inside);
  g_free (h.held);
}

const SceneFigure scene_figure_history = {.id = SCENE_FIGURE_HISTORY,
                                          .kind = "history",
                                          .title = N_ ("The TLB over time"),
                                          .stance = SCENE_STANCE_BAND,
                                          .measure = measure,
                                          .build = build};
