/* One pool of frames as a table: what it held after each reference. */
#include "figures/pool_table.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/pooled_said.h"
#include "figures/window.h"
#include "policies.h"

#define PART_SUMS (SCENE_PART + 7) /* behind those of cells.h; number: pool */

/* More rows or columns than so many say less. */
#define MOST_ROWS 8
#define MOST_COLUMNS 40
#define LEAST_COLUMNS 12 /* even if the strings are shorter */

/* A pool as it is drawn: columns begin with what the frames say now. */
typedef struct {
  const ScenePooled *pool;
  ScenePooledTime *times; /* one a column of a reference */
  guint first, count;     /* references shown */
  guint first_row, rows;  /* frames shown */
  guint said;             /* 1: there is a column of what frames say */
  gboolean marks;         /* in the cells; otherwise at the feet */
} Table;

static double
padding_y (const SceneBuild *b)
{
  return scene_em (b, 0.4);
}

static guint
rows_of (const ScenePooled *pool)
{
  return MIN (pool->frames, MOST_ROWS);
}

/* What frames say now, of all pools: they have one width, so that the same
 * reference stands in the same place in each. */
static double
aside_of (const SceneBuild *b, const GArray *pools)
{
  double width = 0;

  for (guint i = 0; i < pools->len; i++)
    width = MAX (width, scene_pooled_said_width (
                            b, &g_array_index (pools, ScenePooled, i)));
  return width;
}

/* To the left of the frames, of the pages, and of the feet. */
static double
head_of (const SceneBuild *b, const char *before)
{
  double frames = scene_width (b, SCENE_TEXT_SMALL,
                               scene_still_printf (b->still, _ ("frame %u"), 9))
                  + scene_width (b, SCENE_TEXT_SMALL, "▸ ");
  double pages = scene_width (b, SCENE_TEXT_SMALL, _ ("page"))
                 + scene_width (b, SCENE_TEXT_SMALL, before);
  double faults = scene_width (
      b, SCENE_TEXT_SMALL, scene_still_printf (b->still, _ ("Faults: %u"), 99));

  return MAX (MAX (frames, pages), faults + scene_em (b, 0.2));
}

SceneCellsShape
scene_pool_shape (const SceneBuild *b, const GArray *pools)
{
  const char *widest = scene_still_printf (
      b->still, "%" PRIu64, MAX (scene_pooled_widest (b->context), 999));
  double feet = MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("fault")),
                     scene_width (b, SCENE_TEXT_SMALL, _ ("hit")));

  return (SceneCellsShape){
      .cell = MAX (scene_width (b, SCENE_TEXT_MONO_SMALL, widest),
                   feet - scene_em (b, 1)),
      .head = head_of (b, "… 9999"),
      .aside = aside_of (b, pools),
      .marks = TRUE,
      .feet = TRUE};
}

SceneCellsShape
scene_pool_narrow_shape (const SceneBuild *b, const GArray *pools)
{
  const char *widest = scene_still_printf (b->still, "%" PRIu64 "w",
                                           scene_pooled_widest (b->context));

  return (SceneCellsShape){
      .cell = scene_width (b, SCENE_TEXT_MONO_SMALL, widest),
      .head = head_of (b, "… 9"),
      .aside = aside_of (b, pools),
      .feet = TRUE,
      .tight = TRUE};
}

double
scene_pool_height (const SceneBuild *b, const SceneCellsShape *shape,
                   const ScenePooled *pool)
{
  return scene_header (b) + 2 * padding_y (b)
         + scene_cells_height (b, shape, rows_of (pool));
}

static const char *
page_text (const SceneBuild *b, guint64 page)
{
  return scene_still_printf (b->still, "%" PRIu64, page);
}

/* The head and the foot of a reference. */
static void
set_column (const SceneBuild *b, const Table *t, guint i, SceneCellsHead *head)
{
  const ScenePooledTime *time = &t->times[i];
  guint number = t->first + i + 1;
  const struct vm_string_entry *entry = &b->context->state->string[number - 1];

  head->number = (guint64) t->pool->index << 16 | number;
  head->text = scene_still_printf (b->still, "%" PRIu64 "%s", entry->page,
                                   entry->write ? "w" : "");
  head->name = scene_still_printf (b->still, _ ("Reference %u: page %s"),
                                   number, head->text);
  head->role = time->now ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  head->emphasis = time->now     ? SCENE_ACTIVE
                   : time->known ? SCENE_NORMAL
                                 : SCENE_FAINT;
  if (time->outcome == VM_POOL_NOTHING)
    return;
  head->foot = time->outcome == VM_POOL_HIT ? _ ("hit") : _ ("fault");
  if (!t->marks)
    head->foot_mark = time->outcome == VM_POOL_HIT ? "tick" : "dot";
  head->foot_role = time->outcome == VM_POOL_HIT ? SCENE_ROLE_HIT
                                                 : SCENE_ROLE_FAULT;
  head->foot_name = scene_still_printf (b->still, _ ("Reference %u: %s"),
                                        number, head->foot);
}

static void
set_cell (const SceneBuild *b, const Table *t, guint i, guint frame,
          SceneCellsCell *cell)
{
  const ScenePooledTime *time = &t->times[i];

  cell->role = SCENE_ROLE_FREE;
  if (!time->known)
    return;
  if (!time->held[frame].used) {
    cell->name = scene_still_printf (
        b->still, _ ("Reference %u, frame %u: empty"), t->first + i + 1, frame);
    return;
  }
  cell->text = page_text (b, time->held[frame].page);
  cell->name = scene_still_printf (b->still,
                                   _ ("Reference %u, frame %u: page %s"),
                                   t->first + i + 1, frame, cell->text);
  cell->role = SCENE_ROLE_NEUTRAL;
  cell->emphasis = SCENE_NORMAL;
  if (time->frame != frame)
    return;
  cell->role = time->role;
  cell->mark = t->marks ? time->mark : NULL;
  if (time->outcome != VM_POOL_NOTHING) {
    const struct vm_pool_event *event
        = &b->context->state
               ->pool_events[t->pool->index * VM_MAX_REFERENCES + t->first + i];
    cell->state = event;
    cell->bytes = sizeof *event;
  }
  cell->emphasis = time->now ? SCENE_ACTIVE : SCENE_STRONG;
}

/* What a frame says now: its bit, its age, its list. */
static void
set_said (const SceneBuild *b, const Table *t, guint frame,
          SceneCellsCell *cell)
{
  cell->text = scene_pooled_said (b, t->pool, frame);
  cell->role = SCENE_ROLE_FREE;
  cell->emphasis = SCENE_NORMAL;
  if (cell->text == NULL)
    return;
  cell->name = scene_still_printf (b->still, _ ("Frame %u now, %s: %s"), frame,
                                   scene_pooled_said_head (t->pool),
                                   cell->text);
  scene_pooled_shows (b->context, t->pool, frame, &cell->state, &cell->bytes);
}

static void
set_row (const SceneBuild *b, const Table *t, guint r, SceneCellsHead *head,
         SceneCellsCell *cells)
{
  guint frame = t->first_row + r;
  const char *name = scene_still_printf (b->still, _ ("frame %u"), frame);
  gboolean hand = scene_pooled_hand (b->context, t->pool, frame);

  head->number = (guint64) t->pool->index << 8 | frame;
  head->text = hand ? scene_still_printf (b->still, "▸ %s", name) : name;
  head->emphasis = hand ? SCENE_STRONG : SCENE_NORMAL;
  if (t->said)
    set_said (b, t, frame, &cells[0]);
  for (guint i = 0; i < t->count; i++)
    set_cell (b, t, i, frame, &cells[t->said + i]);
}

static void
add_grid (SceneBuild *b, const SceneCellsShape *shape, const Table *t,
          guint slots, SceneRect rect)
{
  guint columns = t->count + t->said;
  g_autofree SceneCellsHead *heads = g_new0 (SceneCellsHead, columns + 1);
  g_autofree SceneCellsHead *rows = g_new0 (SceneCellsHead, t->rows);
  g_autofree SceneCellsCell *cells
      = g_new0 (SceneCellsCell, t->rows * (columns + 1));
  SceneCells grid = {.panel = t->pool->index,
                     .columns = heads,
                     .rows = rows,
                     .column_count = columns,
                     .row_count = t->rows,
                     .slots = slots + t->said,
                     .aside = t->said != 0,
                     .cells = cells,
                     .corner = _ ("page")};

  if (t->said)
    heads[0] = (SceneCellsHead){.number = (guint64) t->pool->index << 16,
                                .text = scene_pooled_said_head (t->pool),
                                .role = SCENE_ROLE_FREE,
                                .emphasis = SCENE_NORMAL};
  for (guint i = 0; i < t->count; i++)
    set_column (b, t, i, &heads[t->said + i]);
  for (guint r = 0; r < t->rows; r++)
    set_row (b, t, r, &rows[r], &cells[r * columns]);
  if (t->first > 0)
    grid.before = scene_still_printf (b->still, "… %u", t->first);
  scene_add_cells (b, SCENE_FIGURE_REPLACEMENT, shape, &grid, rect);
}

/* In front of the feet. */
static void
add_sums (SceneBuild *b, const ScenePooled *pool, SceneRect rect)
{
  const struct vm_pool_course *course = scene_pooled_course (b->context, pool);
  guint faults = course != NULL ? (guint) course->faults : 0;
  guint position = course != NULL ? course->position : 0;
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_REPLACEMENT, PART_SUMS, pool->index),
      SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect,
      /* Translators: page faults so far. */
      scene_still_printf (b->still, _ ("Faults: %u"), faults));

  /* Translators: page faults so far, of so many references. */
  item->name
      = scene_still_printf (b->still, _ ("Faults: %u of %u"), faults, position);
  item->emphasis = SCENE_STRONG;
  if (course != NULL)
    scene_item_shows (b, item, &course->faults, sizeof course->faults);
}

/* "FIFO · FIFO" says no more than "FIFO". */
static const char *
title_of (const SceneBuild *b, const ScenePooled *pool)
{
  const char *policy = scene_policy_title (pool->policy);

  if (g_str_has_prefix (pool->name, policy))
    return pool->name;
  if (g_str_has_prefix (policy, pool->name))
    return policy;
  return scene_still_printf (b->still, "%s · %s", pool->name, policy);
}

/* All references, where there is room for them; else the first string, behind
 * which later ones push it out. */
static guint
slots_for (const SceneBuild *b, const SceneCellsShape *shape, double width)
{
  guint fit = MIN (scene_cells_columns (b, shape, width), MOST_COLUMNS);
  ScenePooledLength length = scene_pooled_length (b->context);
  guint all = MAX (length.declared + length.named, LEAST_COLUMNS);

  return all <= fit ? all : MIN (fit, MAX (length.first, LEAST_COLUMNS));
}

void
scene_add_pool (SceneBuild *b, const SceneCellsShape *shape,
                const ScenePooled *pool, SceneRect rect)
{
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_REPLACEMENT, pool->index,
                                      rect, title_of (b, pool),
                                      scene_policy_rule (pool->policy));
  Table t = {.pool = pool,
             .rows = rows_of (pool),
             .said = scene_pooled_said_head (pool) != NULL,
             .marks = shape->marks};
  guint slots = slots_for (b, shape, inside.width);

  t.times = g_new0 (ScenePooledTime, slots);
  scene_pooled_read (b->context, pool, slots, t.times, &t.first, &t.count);
  t.first_row = (guint) scene_add_window (
      b, scene_cells_place (b, shape, t.rows, inside), pool->frames, t.rows,
      scene_window_around (pool->frames, t.rows,
                           scene_pooled_focus (b->context, pool)),
      NULL);
  add_grid (b, shape, &t, slots, inside);
  add_sums (b, pool, scene_cells_feet_head (b, shape, t.rows, inside));
  g_free (t.times);
}
