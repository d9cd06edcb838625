/* A grid of cells with heads and feet. */
#include "figures/cells.h"

#include "figures/kit.h"

enum {
  PART_CELL = SCENE_PART, /* number: column << 24 | row, as below */
  PART_TEXT,
  PART_MARK,
  PART_COLUMN, /* number: the column's, as below */
  PART_FOOT,
  PART_ROW,
  PART_CORNER /* number: panel << 1; and 1 for what was before */
};

/* A cell grows by so much of its least width to fill the room. */
#define MOST_GROWTH 1.6

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.22);
}

/* Between the heads of columns and the cells. */
static double
head_gap (const SceneBuild *b, const SceneCellsShape *shape)
{
  return scene_em (b, shape->tight ? 0.24 : 0.45);
}

static double
mark_side (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) * 0.72;
}

static double
mark_room (const SceneBuild *b, const SceneCellsShape *shape)
{
  return shape->marks ? mark_side (b) + scene_em (b, 0.15) : 0;
}

static double
least_cell (const SceneBuild *b, const SceneCellsShape *shape)
{
  return shape->cell + mark_room (b, shape) + scene_em (b, 0.5);
}

static double
row_height (const SceneBuild *b, const SceneCellsShape *shape)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL)
         + scene_em (b, shape->tight ? 0.24 : 0.45);
}

static double
foot_height (const SceneBuild *b, const SceneCellsShape *shape)
{
  return shape->feet ? scene_line (b, SCENE_TEXT_SMALL) + gap (b) : 0;
}

static double
row_head (const SceneBuild *b, const SceneCellsShape *shape)
{
  return shape->head + scene_em (b, 0.6);
}

/* The room that a column aside takes, whether a grid has one or not. */
static double
aside_room (const SceneBuild *b, const SceneCellsShape *shape)
{
  return shape->aside > 0 ? shape->aside + scene_em (b, 0.5) + gap (b) : 0;
}

/* The rectangle of a slot in a row of the grid. */
static SceneRect
slot_of (const SceneBuild *b, const SceneCellsShape *shape,
         const SceneCells *cells, guint column, SceneRect row)
{
  double least = least_cell (b, shape), aside = aside_room (b, shape);
  guint slots = cells->slots;

  scene_cut_left (&row, row_head (b, shape), 0);
  if (aside > 0) {
    SceneRect first = scene_cut_left (&row, aside - gap (b), gap (b));
    if (cells->aside && column == 0)
      return first;
    slots -= cells->aside;
    column -= cells->aside;
  }
  double width = (row.width + gap (b)) / slots - gap (b);
  width = MIN (width, least * MOST_GROWTH);
  return (SceneRect){row.x + column * (width + gap (b)), row.y, width,
                     row.height};
}

static void
add_label (SceneBuild *b, SceneId id, SceneAlign align, SceneRect rect,
           const char *text, SceneEmphasis emphasis)
{
  scene_add_text (b, id, SCENE_TEXT_SMALL, align,
                  scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)), text)
      ->emphasis
      = emphasis;
}

/* The words of a cell, with its glyph to their left. */
static void
add_words (SceneBuild *b, SceneFigureId figure, guint64 number,
           const SceneCellsCell *cell, SceneRect rect, double room)
{
  double side = mark_side (b);

  rect = scene_inset (rect, scene_em (b, 0.2), 0);
  if (cell->mark != NULL) {
    SceneItem *mark = scene_still_add (
        b->still, SCENE_ID (figure, PART_MARK, number), b->parent, SCENE_MARKER,
        scene_middle ((SceneRect){rect.x, rect.y, side, rect.height}, side));
    mark->text = scene_still_text (b->still, cell->mark);
    mark->role = cell->role;
    mark->emphasis = cell->emphasis;
  }
  scene_cut_left (&rect, room, 0);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (figure, PART_TEXT, number), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_CENTER,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_SMALL)), cell->text);
  item->role = cell->role;
  item->emphasis = cell->emphasis;
}

static void
add_cell (SceneBuild *b, SceneFigureId figure, const SceneCellsShape *shape,
          guint64 number, const SceneCellsCell *cell, SceneRect rect)
{
  SceneItem *box = scene_add_box (b, SCENE_ID (figure, PART_CELL, number), rect,
                                  cell->role, cell->emphasis);

  box->name = scene_still_text (b->still, cell->name);
  scene_item_means (box, cell->meaning, cell->meant);
  if (cell->state != NULL)
    scene_item_shows (b, box, cell->state, cell->bytes);
  if (cell->text != NULL)
    add_words (b, figure, number, cell, rect, mark_room (b, shape));
}

static void
add_column_head (SceneBuild *b, SceneFigureId figure,
                 const SceneCellsHead *head, SceneRect rect)
{
  SceneItem *box = scene_add_box (b,
                                  SCENE_ID (figure, PART_COLUMN, head->number),
                                  rect, head->role, head->emphasis);
  SceneItem look = *box;
  double room = rect.width - scene_width (b, SCENE_TEXT_MONO_SMALL, head->text);

  box->name = scene_still_text (b->still, head->name);
  scene_item_means (box, head->meaning, head->meant);
  SceneItem *item = scene_add_text (
      b,
      SCENE_ID (figure, PART_TEXT, G_GUINT64_CONSTANT (1) << 47 | head->number),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER,
      scene_middle (
          scene_inset (rect, CLAMP (room / 2, 0, scene_em (b, 0.2)), 0),
          scene_line (b, SCENE_TEXT_MONO_SMALL)),
      head->text);
  item->role = look.role;
  item->emphasis = look.emphasis;
}

/* A glyph in the middle of a foot. */
static SceneItem *
add_foot_mark (SceneBuild *b, SceneId id, SceneRect rect, const char *mark)
{
  double side = mark_side (b);
  SceneItem *item = scene_still_add (
      b->still, id, b->parent, SCENE_MARKER,
      (SceneRect){rect.x + (rect.width - side) / 2,
                  rect.y + (rect.height - side) / 2, side, side});

  item->text = scene_still_text (b->still, mark);
  return item;
}

static void
add_foot (SceneBuild *b, SceneFigureId figure, const SceneCellsHead *head,
          SceneRect rect)
{
  SceneId id = SCENE_ID (figure, PART_FOOT, head->number);
  SceneItem *item = head->foot_mark != NULL
                        ? add_foot_mark (b, id, rect, head->foot_mark)
                        : scene_add_text (b, id, SCENE_TEXT_SMALL,
                                          SCENE_ALIGN_CENTER, rect, head->foot);

  item->role = head->foot_role;
  item->emphasis = MAX (head->emphasis, SCENE_STRONG);
  item->name = scene_still_text (b->still, head->foot_name);
}

/* The heads of all columns, with what they are to their left. */
static void
add_heads (SceneBuild *b, SceneFigureId figure, const SceneCellsShape *shape,
           const SceneCells *cells, SceneRect row)
{
  SceneRect corner = {row.x, row.y, shape->head, row.height};
  SceneId more = SCENE_ID (figure, PART_CORNER, cells->panel << 1 | 1);

  for (guint i = 0; i < cells->column_count; i++)
    add_column_head (b, figure, &cells->columns[i],
                     slot_of (b, shape, cells, i, row));
  if (cells->before != NULL)
    add_label (b, more, SCENE_ALIGN_END,
               scene_cut_right (
                   &corner, scene_width (b, SCENE_TEXT_SMALL, cells->before),
                   scene_em (b, 0.3)),
               cells->before, SCENE_NORMAL);
  add_label (b, SCENE_ID (figure, PART_CORNER, cells->panel << 1),
             SCENE_ALIGN_START, corner, cells->corner, SCENE_NORMAL);
}

/* Slots that nothing has come into yet are drawn, and not read out. */
static void
add_row (SceneBuild *b, SceneFigureId figure, const SceneCellsShape *shape,
         const SceneCells *cells, guint r, SceneRect rect)
{
  static const SceneCellsCell none = {.role = SCENE_ROLE_FREE};
  const SceneCellsHead *head = &cells->rows[r];
  guint count = cells->column_count;
  guint64 next = count > 0 ? cells->columns[count - 1].number + 1
                           : (guint64) cells->panel << 16;

  add_label (b, SCENE_ID (figure, PART_ROW, head->number), SCENE_ALIGN_START,
             (SceneRect){rect.x, rect.y, shape->head, rect.height}, head->text,
             head->emphasis);
  for (guint i = 0; i < cells->slots; i++) {
    gboolean come = i < count;
    guint64 column = come ? cells->columns[i].number : next + i - count;
    add_cell (b, figure, shape, column << 24 | head->number,
              come ? &cells->cells[r * cells->column_count + i] : &none,
              slot_of (b, shape, cells, i, rect));
  }
}

guint
scene_cells_columns (const SceneBuild *build, const SceneCellsShape *shape,
                     double width)
{
  double room = width - row_head (build, shape) - aside_room (build, shape)
                + gap (build) + 0.01;

  return (guint) MAX (1, room / (least_cell (build, shape) + gap (build)));
}

guint
scene_cells_rows (const SceneBuild *build, const SceneCellsShape *shape,
                  double height)
{
  double room = height - scene_cells_height (build, shape, 0) + 0.01;

  return (guint) MAX (1, room / (row_height (build, shape) + gap (build)));
}

double
scene_cells_width (const SceneBuild *build, const SceneCellsShape *shape,
                   guint columns)
{
  return row_head (build, shape) + aside_room (build, shape)
         + columns * (least_cell (build, shape) + gap (build)) - gap (build);
}

double
scene_cells_height (const SceneBuild *build, const SceneCellsShape *shape,
                    guint rows)
{
  return row_height (build, shape) + head_gap (build, shape)
         + rows * (row_height (build, shape) + gap (build))
         + foot_height (build, shape);
}

SceneRect
scene_cells_place (const SceneBuild *build, const SceneCellsShape *shape,
                   guint rows, SceneRect rect)
{
  scene_cut_top (&rect, row_height (build, shape), head_gap (build, shape));
  rect.height = rows * (row_height (build, shape) + gap (build)) - gap (build);
  return rect;
}

SceneRect
scene_cells_feet_head (const SceneBuild *build, const SceneCellsShape *shape,
                       guint rows, SceneRect rect)
{
  SceneRect place = scene_cells_place (build, shape, rows, rect);

  return (SceneRect){rect.x, place.y + place.height + gap (build), shape->head,
                     scene_line (build, SCENE_TEXT_SMALL)};
}

void
scene_add_cells (SceneBuild *build, SceneFigureId figure,
                 const SceneCellsShape *shape, const SceneCells *cells,
                 SceneRect rect)
{
  add_heads (build, figure, shape, cells,
             scene_cut_top (&rect, row_height (build, shape),
                            head_gap (build, shape)));
  for (guint r = 0; r < cells->row_count; r++)
    add_row (build, figure, shape, cells, r,
             scene_cut_top (&rect, row_height (build, shape), gap (build)));
  rect.height = scene_line (build, SCENE_TEXT_SMALL);
  for (guint i = 0; i < cells->column_count; i++)
    if (cells->columns[i].foot != NULL || cells->columns[i].foot_mark != NULL)
      add_foot (build, figure, &cells->columns[i],
                slot_of (build, shape, cells, i, rect));
}
