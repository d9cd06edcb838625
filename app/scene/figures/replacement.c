/* Pools of frames: what each held after each reference, one pool below the
 * other. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/pool_table.h"

#define PART_EMPTY (SCENE_PART + 7) /* behind those of cells.h */

/* Columns of a string of textbook length. */
#define WHOLE_STRING 12

#define GAP 0.8 /* em between two pools */

static double
needed (const SceneBuild *b, const SceneCellsShape *shape)
{
  return scene_cells_width (b, shape, WHOLE_STRING) + 2 * scene_padding (b);
}

/* Four pools and more stand in two columns where that shows a whole string of
 * textbook length, be it in narrow cells. */
static guint
across (const SceneBuild *b, const GArray *pools, double width,
        SceneCellsShape *shape)
{
  SceneCellsShape narrow = scene_pool_narrow_shape (b, pools);
  double half = (width - scene_em (b, GAP)) / 2;

  *shape = scene_pool_shape (b, pools);
  if (pools->len < 4 || half < needed (b, &narrow))
    return 1;
  if (half < needed (b, shape))
    *shape = narrow;
  return 2;
}

/* The height of the row of pools that begins with one of them. */
static double
row_of (const SceneBuild *b, const SceneCellsShape *shape, const GArray *pools,
        guint first, guint columns)
{
  double height = 0;

  for (guint i = first; i < MIN (first + columns, pools->len); i++)
    height = MAX (
        height,
        scene_pool_height (b, shape, &g_array_index (pools, ScenePooled, i)));
  return height;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  g_autoptr (GArray) pools = scene_pooled_list (b->context);
  SceneCellsShape shape;
  double padding = 2 * scene_padding (b);
  guint columns = across (b, pools, width, &shape);

  size->min_width = scene_cells_width (b, &shape, 3) + padding;
  size->width = scene_cells_width (b, &shape, 14) + padding;
  size->height = pools->len == 0 ? scene_header (b) + scene_em (b, 3) : 0;
  for (guint i = 0; i < pools->len; i += columns)
    size->height += row_of (b, &shape, pools, i, columns)
                    + (i > 0 ? scene_em (b, GAP) : 0);
  size->min_height = size->max_height = size->height;
}

static void
add_row (SceneBuild *b, const SceneCellsShape *shape, const GArray *pools,
         guint first, guint columns, SceneRect rect)
{
  double gap = scene_em (b, GAP);
  double width = (rect.width - (columns - 1) * gap) / columns;

  for (guint i = first; i < MIN (first + columns, pools->len); i++)
    scene_add_pool (b, shape, &g_array_index (pools, ScenePooled, i),
                    scene_cut_left (&rect, width, gap));
}

static void
build (SceneBuild *b, SceneRect rect)
{
  g_autoptr (GArray) pools = scene_pooled_list (b->context);
  SceneCellsShape shape;
  guint columns = across (b, pools, rect.width, &shape);

  if (pools->len == 0) {
    SceneRect inside = scene_add_panel (b, SCENE_FIGURE_REPLACEMENT, 0, rect,
                                        _ ("Replacement"), NULL);
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_REPLACEMENT, PART_EMPTY, 0), SCENE_TEXT_SMALL,
        SCENE_ALIGN_START,
        scene_cut_top (&inside, scene_line (b, SCENE_TEXT_SMALL), 0),
        _ ("There is no pool of frames."));
    return;
  }
  for (guint i = 0; i < pools->len; i += columns)
    add_row (b, &shape, pools, i, columns,
             scene_cut_top (&rect, row_of (b, &shape, pools, i, columns),
                            scene_em (b, GAP)));
}

const SceneFigure scene_figure_replacement = {.id = SCENE_FIGURE_REPLACEMENT,
                                              .kind = "replacement",
                                              .title = N_ ("Replacement"),
                                              .stance = SCENE_STANCE_BAND,
                                              .measure = measure,
                                              .build = build};
