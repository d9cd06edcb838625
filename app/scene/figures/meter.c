/* A cost meter: one cell for each thing that was paid for, and the sum. */
#include "figures/meter.h"

#include "figures/kit.h"

enum {
  PART_CELL = SCENE_PART, /* number: the cell's own */
  PART_END,               /* number: 0 the cross, 1 the words */
  PART_TOTAL,
  PART_COMPARE
};

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.25);
}

/* The glyph before the end, and the gap behind it. */
static double
end_side (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) * 0.8;
}

static double
end_gap (const SceneBuild *b)
{
  return scene_em (b, 0.3);
}

/* The end stands in a cell's place. */
static double
cell_width (const SceneBuild *b, const SceneMeterShape *shape)
{
  double cell = scene_width (b, SCENE_TEXT_MONO_SMALL, shape->cells)
                + scene_em (b, 0.8);

  if (shape->end == NULL)
    return cell;
  return MAX (cell, end_side (b) + end_gap (b)
                        + scene_width (b, SCENE_TEXT_SMALL, shape->end));
}

static double
cell_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.5);
}

static double
cells_width (const SceneBuild *b, const SceneMeterShape *shape)
{
  return shape->slots * (cell_width (b, shape) + gap (b)) - gap (b);
}

/* Cells side by side: as many as fit, in rows that are about equal. */
static guint
columns_for (const SceneBuild *b, const SceneMeterShape *shape, double width)
{
  guint fit = (guint) MAX (1, (width + gap (b) + 0.01)
                                  / (cell_width (b, shape) + gap (b)));
  guint rows = (shape->slots + MIN (fit, shape->slots) - 1)
               / MIN (fit, shape->slots);

  return (shape->slots + rows - 1) / rows;
}

static gboolean
words_beside (const SceneBuild *b, const SceneMeterShape *shape, double width)
{
  return scene_meter_width (b, shape) <= width + 0.01;
}

static double
cells_height (const SceneBuild *b, const SceneMeterShape *shape, double width)
{
  guint columns = columns_for (b, shape, width);
  guint rows = (shape->slots + columns - 1) / columns;

  return rows * (cell_height (b) + gap (b)) - gap (b);
}

static double
words_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_BOLD) + scene_line (b, SCENE_TEXT_SMALL);
}

static void
add_cell (SceneBuild *b, SceneFigureId figure, const SceneMeterCell *cell,
          SceneRect rect)
{
  SceneItem *item = scene_add_box (b,
                                   SCENE_ID (figure, PART_CELL, cell->number),
                                   rect, cell->role, cell->emphasis);

  item->style = SCENE_TEXT_MONO_SMALL;
  item->text = scene_still_text (b->still, cell->text);
  item->name = scene_still_text (b->still, cell->name);
  if (cell->width > 0)
    scene_item_shows_memory (b, item, cell->pa, cell->width);
}

static void
add_end (SceneBuild *b, SceneFigureId figure, const SceneMeter *meter,
         SceneRect rect)
{
  double side = end_side (b);
  SceneEmphasis emphasis = meter->end_now ? SCENE_ACTIVE : SCENE_STRONG;
  SceneRect place
      = scene_middle (scene_cut_left (&rect, side, end_gap (b)), side);
  SceneItem *item = scene_still_add (b->still, SCENE_ID (figure, PART_END, 0),
                                     b->parent, SCENE_MARKER, place);

  item->text = scene_still_text (b->still, "cross");
  item->role = SCENE_ROLE_FAULT;
  item->emphasis = emphasis;
  item = scene_add_text (
      b, SCENE_ID (figure, PART_END, 1), SCENE_TEXT_SMALL, SCENE_ALIGN_START,
      scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)), meter->end);
  item->role = SCENE_ROLE_FAULT;
  item->emphasis = emphasis;
  item->name = scene_still_text (b->still, meter->end);
}

static void
add_cells (SceneBuild *b, SceneFigureId figure, const SceneMeterShape *shape,
           const SceneMeter *meter, SceneRect rect)
{
  guint columns = columns_for (b, shape, rect.width);
  guint rows = (shape->slots + columns - 1) / columns;
  double most = cell_width (b, shape) + scene_em (b, 1.5);
  double width = MIN ((rect.width + gap (b)) / columns - gap (b), most);
  double right = rect.x + rect.width;

  for (guint i = 0; i < meter->count + (meter->end != NULL); i++) {
    SceneRect row = scene_row (rect, i / columns, rows, gap (b));
    row.x += i % columns * (width + gap (b));
    row.width = i < meter->count ? width : right - row.x;
    if (i < meter->count)
      add_cell (b, figure, &meter->cells[i], row);
    else
      add_end (b, figure, meter, row);
  }
}

static void
add_words (SceneBuild *b, SceneFigureId figure, const SceneMeter *meter,
           SceneRect rect)
{
  SceneRect line = scene_cut_top (&rect, scene_line (b, SCENE_TEXT_BOLD), 0);

  if (meter->total != NULL)
    scene_add_text (b, SCENE_ID (figure, PART_TOTAL, 0), SCENE_TEXT_BOLD,
                    SCENE_ALIGN_START, line, meter->total)
        ->name
        = scene_still_text (b->still, meter->total);
  if (meter->compare == NULL)
    return;
  line = scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0);
  scene_add_text (b, SCENE_ID (figure, PART_COMPARE, 0), SCENE_TEXT_SMALL,
                  SCENE_ALIGN_START, line, meter->compare)
      ->name
      = scene_still_text (b->still, meter->compare);
}

/* Where there is nothing to count yet: a quiet word. */
static void
add_nothing (SceneBuild *b, SceneFigureId figure, const SceneMeter *meter,
             SceneRect rect)
{
  if (meter->compare == NULL)
    return;
  scene_add_text (b, SCENE_ID (figure, PART_COMPARE, 0), SCENE_TEXT_SMALL,
                  SCENE_ALIGN_CENTER,
                  scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)),
                  meter->compare)
      ->emphasis
      = SCENE_FAINT;
}

double
scene_meter_least (const SceneBuild *build, const SceneMeterShape *shape)
{
  return MAX (cell_width (build, shape), shape->words);
}

double
scene_meter_width (const SceneBuild *build, const SceneMeterShape *shape)
{
  return cells_width (build, shape) + scene_em (build, 1) + shape->words;
}

double
scene_meter_height (const SceneBuild *build, const SceneMeterShape *shape,
                    double width)
{
  double cells = cells_height (build, shape, width);

  if (words_beside (build, shape, width))
    return MAX (cell_height (build), words_height (build));
  return cells + scene_em (build, 0.4) + words_height (build);
}

void
scene_add_meter (SceneBuild *build, SceneFigureId figure,
                 const SceneMeterShape *shape, const SceneMeter *meter,
                 SceneRect rect)
{
  SceneRect words = rect;

  if (meter->total == NULL && meter->count == 0) {
    add_nothing (build, figure, meter, rect);
    return;
  }
  if (words_beside (build, shape, rect.width)) {
    double most = shape->slots * scene_em (build, 1.5);
    double spare = rect.width - scene_meter_width (build, shape);
    SceneRect cells = scene_cut_left (
        &words, cells_width (build, shape) + CLAMP (spare, 0, most),
        scene_em (build, 1));
    add_cells (build, figure, shape, meter,
               scene_middle (cells, cell_height (build)));
    add_words (build, figure, meter,
               scene_middle (words, words_height (build)));
    return;
  }
  double height = cells_height (build, shape, rect.width);
  add_cells (build, figure, shape, meter,
             scene_cut_top (&words, height, scene_em (build, 0.4)));
  add_words (build, figure, meter, words);
}
