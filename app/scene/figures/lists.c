/* Which pages leave memory next: the kernel's lists of frames, from the oldest
 * on, or the books of a policy; and the watermarks. */
#include <glib/gi18n-lib.h>

#include "figures/cells.h"
#include "figures/kit.h"
#include "figures/policy_books.h"
#include "mm/frames.h"
#include "mm/lru.h"
#include "policies.h"

#define PART_MARKS (SCENE_PART + 7) /* behind those of cells.h */

#define LEAST_COLUMNS 3
#define USUAL_COLUMNS 14
#define MOST_COLUMNS 64

static const char *
title_of (enum vm_lru list)
{
  switch (list) {
  case VM_LRU_INACTIVE_ANON:
    return C_ ("list of frames", "inactive, anonymous");
  case VM_LRU_ACTIVE_ANON:
    return C_ ("list of frames", "active, anonymous");
  case VM_LRU_INACTIVE_FILE:
    return C_ ("list of frames", "inactive, files");
  case VM_LRU_ACTIVE_FILE:
    return C_ ("list of frames", "active, files");
  case VM_LRU_UNEVICTABLE:
  case VM_LRU_NONE:
    break;
  }
  return C_ ("list of frames", "locked");
}

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  SceneCellsShape shape = {.marks = TRUE, .feet = FALSE};

  shape.cell = scene_width (b, SCENE_TEXT_MONO_SMALL,
                            scene_number_frame (b->context->geometry, 0).s);
  for (enum vm_lru list = VM_LRU_INACTIVE_ANON; list < VM_LRU_NONE; list++) {
    g_autofree char *head = g_strdup_printf ("%s · 0000", title_of (list));
    shape.head = MAX (shape.head, scene_width (b, SCENE_TEXT_SMALL, head));
  }
  return shape;
}

/* The line of watermarks below the title. */
static double
marks_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.5);
}

/* Does the machine ever look for pages that can go? The list of operations says
 * so at every step. */
static gboolean
reclaims (const SceneContext *c)
{
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    if (op->kind == VM_OP_SWAPON
        || (op->kind == VM_OP_MACHINE && op->values[VM_P_MACHINE_RECLAIM] != 0))
      return TRUE;
  }
  return FALSE;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCellsShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);

  (void) width;
  gboolean books = scene_books_are_kept (b->context);

  size->min_width = MAX (scene_cells_width (b, &shape, LEAST_COLUMNS),
                         scene_books_width (b, LEAST_COLUMNS))
                    + padding;
  size->width = scene_cells_width (b, &shape, USUAL_COLUMNS) + padding;
  size->height = scene_header (b) + marks_height (b) + padding;
  if (books)
    size->height += scene_books_height (b);
  else if (reclaims (b->context))
    size->height += scene_cells_height (b, &shape, VM_LRUS);
  size->min_height = size->max_height = size->height;
}

/* The frame that the step is about; 0: none. */
static guint32
frame_now (const SceneContext *c)
{
  if (c->step == NULL)
    return 0;
  if (c->step->kind == VM_STEP_LRU_LOOK || c->step->kind == VM_STEP_LRU_MOVE
      || c->step->kind == VM_STEP_EVICT || c->step->kind == VM_STEP_EVICTED)
    return (guint32) c->step->values[VM_V_LRU_FRAME];
  return 0;
}

static SceneCellsCell
cell_of (const SceneBuild *b, guint32 frame)
{
  const struct vm_state *s = b->context->state;
  const struct vm_frame_link *link = &s->links[frame];
  const struct vm_frame_record *record = &s->frames[frame];
  gboolean file = record->flags & VM_PAGE_FILE;
  const char *text
      = scene_keep (b, scene_number_frame (b->context->geometry, frame));

  return (SceneCellsCell){
      .text = text,
      .name = scene_still_printf (b->still,
                                  link->referenced ? _ ("frame %s, spared once")
                                                   : _ ("frame %s"),
                                  text),
      .mark = link->referenced ? "dot" : NULL,
      .role = file ? SCENE_ROLE_FILE : scene_process_role (record->owner),
      .emphasis = frame_now (b->context) == frame ? SCENE_ACTIVE : SCENE_NORMAL,
      .state = link,
      .bytes = sizeof *link,
      .meaning = SCENE_MEANS_FRAME,
      .meant = frame};
}

/* The frames of a list, the next to go first. */
static void
fill_list (const SceneBuild *b, enum vm_lru list, guint columns,
           SceneCellsCell *cells)
{
  const struct vm_state *s = b->context->state;
  guint32 frame = s->lists[list].oldest;

  for (guint i = 0; i < columns && frame != 0; i++) {
    cells[i] = cell_of (b, frame);
    frame = s->links[frame].newer;
  }
}

static void
add_marks (SceneBuild *b, SceneRect line)
{
  const struct vm_state *s = b->context->state;
  const struct vm_config *c = &s->config;
  const char *text
      = s->reclaim.how == VM_RECLAIM_OFF
            ? scene_still_text (b->still, _ ("Nothing is reclaimed."))
            : scene_still_printf (b->still,
                                  /* Translators: numbers of frames; min, low
                                     and high are the watermarks. */
                                  _ ("free %u · min %u · low %u · high %u"),
                                  s->free_count, c->watermark_min,
                                  c->watermark_low, c->watermark_high);
  SceneItem *item
      = scene_add_text (b, SCENE_ID (SCENE_FIGURE_LISTS, PART_MARKS, 0),
                        SCENE_TEXT_SMALL, SCENE_ALIGN_START, line, text);

  item->name = item->text;
  scene_item_shows (b, item, &s->free_count, sizeof s->free_count);
}

/* What the mark of the hand is, at the end of the line. */
static void
add_hand (SceneBuild *b, SceneRect *line)
{
  const char *word = C_ ("of a clock", "the hand");
  double side = line->height * 0.7;
  SceneRect text = scene_cut_right (
      line, scene_width (b, SCENE_TEXT_SMALL, word), scene_em (b, 0.3));
  SceneRect place = scene_cut_right (line, side, scene_em (b, 0.6));

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_LISTS, PART_MARKS, 1),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, text, word);
  SceneItem *mark
      = scene_still_add (b->still, SCENE_ID (SCENE_FIGURE_LISTS, PART_MARKS, 2),
                         b->parent, SCENE_MARKER, scene_middle (place, side));
  mark->text = scene_still_text (b->still, "triangle");
  mark->role = SCENE_ROLE_ACCENT;
  mark->emphasis = SCENE_NORMAL;
}

static void
add_grid (SceneBuild *b, SceneRect rect)
{
  const struct vm_state *s = b->context->state;
  SceneCellsShape shape = shape_of (b);
  guint columns
      = MIN (scene_cells_columns (b, &shape, rect.width), MOST_COLUMNS);
  SceneCellsHead heads[MOST_COLUMNS] = {{0}}, rows[VM_LRUS] = {{0}};
  g_autofree SceneCellsCell *cells
      = g_new0 (SceneCellsCell, (gsize) columns * VM_LRUS);

  for (guint i = 0; i < columns; i++)
    heads[i]
        = (SceneCellsHead){.number = i,
                           .text = scene_still_printf (b->still, "%u", i + 1),
                           .role = SCENE_ROLE_NEUTRAL};
  for (enum vm_lru list = VM_LRU_INACTIVE_ANON; list < VM_LRU_NONE; list++) {
    rows[list] = (SceneCellsHead){
        .number = list,
        .text = scene_still_printf (b->still, "%s · %u", title_of (list),
                                    s->lists[list].size),
        .role = SCENE_ROLE_NEUTRAL};
    fill_list (b, list, columns, &cells[(gsize) list * columns]);
  }
  SceneCells grid = {.columns = heads,
                     .rows = rows,
                     .column_count = columns,
                     .row_count = VM_LRUS,
                     .slots = columns,
                     .cells = cells,
                     .corner = scene_still_text (b->still, _ ("oldest first"))};
  scene_add_cells (b, SCENE_FIGURE_LISTS, &shape, &grid, rect);
}

static const char *
subtitle (const SceneContext *c)
{
  return scene_books_are_kept (c) ? scene_policy_title (scene_books_policy (c))
                                  : NULL;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_LISTS, 0, rect,
                                      _ ("Who leaves memory next"),
                                      subtitle (b->context));

  SceneRect line = scene_cut_top (&inside, scene_line (b, SCENE_TEXT_SMALL),
                                  scene_em (b, 0.5));

  if (scene_books_are_kept (b->context) && scene_books_have_hand (b->context))
    add_hand (b, &line);
  add_marks (b, line);
  if (scene_books_are_kept (b->context))
    scene_add_books (b, SCENE_FIGURE_LISTS, inside);
  else if (reclaims (b->context))
    add_grid (b, inside);
}

const SceneFigure scene_figure_lists = {.id = SCENE_FIGURE_LISTS,
                                        .kind = "lists",
                                        .title = N_ ("Who leaves memory next"),
                                        .stance = SCENE_STANCE_BAND,
                                        .measure = measure,
                                        .build = build};
