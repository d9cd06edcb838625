/* What is only read of a lesson, on paper. */
#include "handout_blocks.h"

#include <glib/gi18n-lib.h>

#include "lesson_bars.h"
#include "lesson_plot.h"
#include "paint.h"

#define INDENT 14.0
#define CODE_FONT "sans 8"
#define TABLE_FONT "sans 8.5"
#define ROW 18.0
#define INK 0.1
#define QUIET 0.38

static void
gap (ScenePage *page)
{
  page->y += SCENE_PAGE_GAP;
}

void
export_handout_item (ScenePage *page, const char *sign, const char *markup,
                     double x, const char *font)
{
  g_autoptr (PangoLayout) text = scene_page_layout (
      page, font, markup, scene_page_right (page) - x - INDENT);
  g_autoptr (PangoLayout) mark = scene_page_layout (page, font, sign, 0);

  scene_page_need (page, MIN (scene_page_height (text), 60));
  scene_page_gray (page, INK);
  scene_page_put (page, mark, x, page->y);
  scene_page_paragraph (page, font, markup, x + INDENT, INK);
}

static void
draw_list (ScenePage *page, const GPtrArray *items, double x)
{
  for (guint i = 0; i < items->len; i++) {
    g_autofree char *markup = scene_page_markup (g_ptr_array_index (items, i));
    export_handout_item (page, "•", markup, x, SCENE_PAGE_PROSE);
    page->y += SCENE_PAGE_GAP / 2;
  }
  page->y += SCENE_PAGE_GAP / 2;
}

/* Listings ---------------------------------------------------------------- */

static void
draw_code_line (ScenePage *page, const char *line, gboolean marked, double x)
{
  g_autofree char *markup = g_markup_printf_escaped (
      marked ? SCENE_PAGE_MONO "<b>%s</b></span>" : SCENE_PAGE_MONO "%s</span>",
      *line != '\0' ? line : " ");
  g_autoptr (PangoLayout) layout
      = scene_page_layout (page, CODE_FONT, markup,
                           scene_page_right (page) - x - SCENE_PAGE_PADDING);
  double height = scene_page_height (layout);

  scene_page_need (page, height);
  scene_page_gray (page, marked ? 0.88 : 0.95);
  cairo_rectangle (page->cr, x, page->y, scene_page_right (page) - x,
                   height + 0.5);
  cairo_fill (page->cr);
  scene_page_gray (page, INK);
  scene_page_put (page, layout, x + SCENE_PAGE_PADDING, page->y);
  page->y += height;
}

static void
draw_code (ScenePage *page, const LessonBlock *block, double x)
{
  g_auto (GStrv) lines = g_strsplit (block->code, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    draw_code_line (page, lines[i], i + 1 == block->highlight, x);
  gap (page);
}

/* Tables ------------------------------------------------------------------ */

typedef struct {
  ScenePage *page;
  double x;
  guint columns;
  GPtrArray *cells; /* of char *, markup, row by row; the first row is bold */
  LessonAlign align[LESSON_MAX_COLUMNS];
  double widths[LESSON_MAX_COLUMNS];
} Grid;

static const char *
cell_at (const Grid *grid, guint i)
{
  return g_ptr_array_index (grid->cells, i);
}

static double
width_of (const Grid *grid, const char *markup)
{
  g_autoptr (PangoLayout) layout
      = scene_page_layout (grid->page, TABLE_FONT, markup, 0);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return pango_units_to_double (width) + 2 * SCENE_PAGE_PADDING + 1;
}

/* As wide as needed, or as there is room. */
static void
measure (Grid *grid)
{
  double room = scene_page_right (grid->page) - grid->x, sum = 0;

  for (guint i = 0; i < grid->cells->len; i++) {
    double *width = &grid->widths[i % grid->columns];
    *width = MAX (*width, width_of (grid, cell_at (grid, i)));
  }
  for (guint c = 0; c < grid->columns; c++)
    sum += grid->widths[c];
  for (guint c = 0; c < grid->columns && sum > room; c++)
    grid->widths[c] *= room / sum;
}

static PangoLayout *
layout_of (const Grid *grid, guint i)
{
  guint column = i % grid->columns;
  PangoLayout *layout
      = scene_page_layout (grid->page, TABLE_FONT, cell_at (grid, i),
                           grid->widths[column] - 2 * SCENE_PAGE_PADDING);
  static const PangoAlignment aligns[]
      = {[LESSON_ALIGN_START] = PANGO_ALIGN_LEFT,
         [LESSON_ALIGN_CENTER] = PANGO_ALIGN_CENTER,
         [LESSON_ALIGN_END] = PANGO_ALIGN_RIGHT};

  pango_layout_set_alignment (layout, aligns[grid->align[column]]);
  return layout;
}

static void
draw_line (const Grid *grid, double y)
{
  double width = 0;

  for (guint c = 0; c < grid->columns; c++)
    width += grid->widths[c];
  scene_page_gray (grid->page, 0.7);
  cairo_set_line_width (grid->page->cr, 0.5);
  cairo_move_to (grid->page->cr, grid->x, y);
  cairo_line_to (grid->page->cr, grid->x + width, y);
  cairo_stroke (grid->page->cr);
}

static void
draw_row (const Grid *grid, guint row)
{
  g_autoptr (GPtrArray) layouts
      = g_ptr_array_new_with_free_func (g_object_unref);
  double height = 0, x = grid->x;

  for (guint c = 0; c < grid->columns; c++) {
    PangoLayout *layout = layout_of (grid, row * grid->columns + c);
    g_ptr_array_add (layouts, layout);
    height = MAX (height, scene_page_height (layout));
  }
  scene_page_need (grid->page, height + 6);
  for (guint c = 0; c < grid->columns; c++) {
    scene_page_gray (grid->page, INK);
    scene_page_put (grid->page, layouts->pdata[c], x + SCENE_PAGE_PADDING,
                    grid->page->y + 2);
    x += grid->widths[c];
  }
  grid->page->y += height + 5;
  draw_line (grid, grid->page->y - 1);
}

static void
draw_grid (Grid *grid)
{
  guint rows = grid->cells->len / grid->columns;

  measure (grid);
  /* What is short stays together, and no head stands alone. */
  scene_page_need (grid->page, MIN (rows, 8) * ROW);
  for (guint row = 0; row < rows; row++)
    draw_row (grid, row);
  gap (grid->page);
}

static void
add_cell (Grid *grid, const LessonText *text, gboolean bold)
{
  g_autofree char *markup = scene_page_markup (text);

  g_ptr_array_add (grid->cells, bold ? g_strdup_printf ("<b>%s</b>", markup)
                                     : g_strdup (markup));
}

static void
add_number (Grid *grid, const char *text)
{
  g_ptr_array_add (grid->cells,
                   g_markup_printf_escaped (SCENE_PAGE_MONO "%s</span>", text));
}

static void
draw_caption (ScenePage *page, const LessonText *caption, double x)
{
  g_autofree char *markup = scene_page_markup (caption);

  if (caption == NULL)
    return;
  scene_page_need (page, 90);
  scene_page_paragraph (page, SCENE_PAGE_SMALL, markup, x, QUIET);
  page->y += 2;
}

static void
draw_table (ScenePage *page, const LessonTable *table, double x)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  Grid grid = {.page = page, .x = x, .columns = table->columns, .cells = cells};

  for (guint c = 0; c < table->columns; c++)
    grid.align[c] = table->align[c];
  for (guint c = 0; table->head != NULL && c < table->head->len; c++)
    add_cell (&grid, table->head->pdata[c], TRUE);
  for (guint r = 0; r < table->rows->len; r++) {
    const GPtrArray *row = table->rows->pdata[r];
    for (guint c = 0; c < row->len; c++)
      add_cell (&grid, row->pdata[c], FALSE);
  }
  draw_caption (page, table->caption, x);
  draw_grid (&grid);
}

#define PLOT_WIDTH 520.0

/* As the window draws it: lines or bars. NULL of a table. */
static SceneStill *
still_of (const LessonPlot *plot, const LessonPlotData *data,
          const SceneMetrics *metrics)
{
  g_autofree char *x_title = lesson_text_plain (plot->x_title);
  g_autofree char *y_title = lesson_text_plain (plot->y_title);
  g_autofree char *alt = lesson_text_plain (plot->alt);
  g_autoptr (SceneLessonPlot) lines = NULL;

  switch (plot->kind) {
  case LESSON_PLOT_TABLE:
    return NULL;
  case LESSON_PLOT_BARS:
    return scene_lesson_bars_still (plot, data, metrics, PLOT_WIDTH);
  case LESSON_PLOT_LINES:
    lines = scene_lesson_plot_new (plot, data, x_title, y_title, alt);
    return scene_lesson_plot_still (lines, metrics, PLOT_WIDTH);
  }
  return NULL;
}

static void
draw_picture (ScenePage *page, const LessonPlot *plot,
              const LessonPlotData *data, double x)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  g_autoptr (SceneStill) still
      = still_of (plot, data, scene_painter_metrics (painter));

  if (still == NULL)
    return;
  double scale = MIN ((scene_page_right (page) - x) / still->width, 0.75);
  scene_page_need (page, still->height * scale);
  cairo_save (page->cr);
  cairo_translate (page->cr, x, page->y);
  cairo_scale (page->cr, scale, scale);
  scene_painter_items (painter, page->cr, still,
                       scene_palette (SCENE_PALETTE_PRINT), -1);
  cairo_restore (page->cr);
  page->y += still->height * scale + SCENE_PAGE_GAP / 2;
}

/* The picture, and the numbers, too. */
static void
draw_plot (ScenePage *page, LessonPlay *play, const LessonPlot *plot, double x)
{
  g_autoptr (LessonPlotData) data = lesson_plot_compute (play, plot, NULL);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  Grid grid = {.page = page, .x = x, .cells = cells};

  draw_caption (page, plot->title, x);
  if (data == NULL)
    return;
  draw_picture (page, plot, data, x);
  grid.columns = data->series + 1;
  add_cell (&grid, plot->x_title, TRUE);
  for (guint s = 0; s < data->series; s++) {
    grid.align[s + 1] = LESSON_ALIGN_END;
    g_ptr_array_add (cells,
                     g_markup_printf_escaped ("<b>%s</b>", data->names[s]));
  }
  for (guint p = 0; p < data->points; p++) {
    add_number (&grid, data->labels[p]);
    for (guint s = 0; s < data->series; s++)
      add_number (&grid, data->texts[s * data->points + p]);
  }
  draw_grid (&grid);
  draw_caption (page, plot->alt, x);
}

/* Remarks ----------------------------------------------------------------- */

/* The bar at its side, on each page that it came to. */
static void
draw_bar (ScenePage *page, guint first, double top, double x)
{
  double from = page->page == first ? top : SCENE_PAGE_MARGIN;

  scene_page_gray (page, 0.55);
  cairo_rectangle (page->cr, x, from, 2, page->y - from);
  cairo_fill (page->cr);
}

static void
draw_callout (ScenePage *page, LessonPlay *play, const LessonBlock *block,
              double x)
{
  g_autofree char *kind
      = g_markup_escape_text (lesson_callout_title (block->callout), -1);
  g_autofree char *title = scene_page_markup (block->title);
  g_autofree char *bold = g_strdup_printf ("<b>%s</b>", title);

  scene_page_need (page, 60);
  double top = page->y;
  guint first = page->page;
  scene_page_paragraph (page, SCENE_PAGE_TINY, kind, x + INDENT, QUIET);
  if (block->title != NULL)
    scene_page_paragraph (page, SCENE_PAGE_PROSE, bold, x + INDENT, INK);
  page->y += 2;
  for (guint i = 0; i < block->blocks->len; i++)
    export_handout_block (page, play, g_ptr_array_index (block->blocks, i),
                          x + INDENT);
  page->y -= SCENE_PAGE_GAP;
  draw_bar (page, first, top, x);
  page->y += 1.5 * SCENE_PAGE_GAP;
}

void
export_handout_block (ScenePage *page, LessonPlay *play,
                      const LessonBlock *block, double x)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH: {
    g_autofree char *markup = scene_page_markup (block->text);
    scene_page_paragraph (page, SCENE_PAGE_PROSE, markup, x, INK);
    gap (page);
    break;
  }
  case LESSON_BLOCK_LIST:
    draw_list (page, block->items, x);
    break;
  case LESSON_BLOCK_CODE:
    draw_code (page, block, x);
    break;
  case LESSON_BLOCK_TABLE:
    draw_table (page, block->table, x);
    break;
  case LESSON_BLOCK_PLOT:
    draw_plot (page, play, block->plot, x);
    break;
  case LESSON_BLOCK_CALLOUT:
    draw_callout (page, play, block, x);
    break;
  case LESSON_BLOCK_BEAT:
  case LESSON_BLOCK_QUESTION:
  case LESSON_BLOCK_EXERCISE:
    break;
  }
}
