/* Where the panels of address spaces and the frames between them stand. */
#include "figures/sharing_places.h"

#include <glib/gi18n-lib.h>

#include "figures/frame_column.h"
#include "figures/kit.h"

/* Regions and frames that there is room for: at the least, comfortably, at the
 * most. */
typedef struct {
  guint regions, frames;
} Counts;

static const Counts least = {2, 4}, good = {4, 6}, most = {9, 10};

/* Widths of a form's columns, and of the gutters between them. */
typedef struct {
  double space, table, memory;
  double outer, inner; /* between space and table; beside memory */
} Columns;

static double
stack_gap (const SceneBuild *b)
{
  return scene_em (b, 0.9);
}

/* Of a panel, round its content. */
static double
frame_x (const SceneBuild *b)
{
  return 2 * scene_padding (b);
}

static double
frame_y (const SceneBuild *b)
{
  return scene_header (b) + scene_em (b, 0.8);
}

static double
table_width (const SceneBuild *b)
{
  return MAX (scene_mappings_width (b),
              scene_width (b, SCENE_TEXT_BOLD, _ ("Page table")))
         + frame_x (b);
}

static double
space_width (const SceneBuild *b, const SceneSharingShape *shape, double region)
{
  double title = shape->title + scene_em (b, 0.5)
                 + scene_chip_width (b, SCENE_TEXT_MONO_SMALL, "W");

  return MAX (region, title) + frame_x (b);
}

static Columns
least_columns (const SceneBuild *b, const SceneSharingShape *shape,
               SceneSharingForm form)
{
  double region = scene_region_least (b, shape->label, shape->flags);
  Columns columns = {
      .space = space_width (b, shape, region),
      .table = table_width (b),
      .memory = scene_owned_width (b, shape->text, shape->spaces) + frame_x (b),
      .outer = scene_em (b, 1.8),
      .inner = scene_sharing_lane (b, form, 1 + 2 * shape->rows * form.stacked)
               + scene_em (b, 0.8)};

  if (!form.beside) {
    columns.space = MAX (columns.space, columns.table);
    columns.table = columns.outer = 0;
  }
  return columns;
}

static double
columns_width (const Columns *c, guint sides)
{
  return sides * (c->space + c->outer + c->table + c->inner) + c->memory;
}

/* What is left over shows more of the regions' addresses, then goes to all. */
static Columns
spread_columns (const SceneBuild *b, const SceneSharingShape *shape,
                SceneSharingForm form, double width)
{
  Columns c = least_columns (b, shape, form);
  double region = scene_region_width (b, shape->label, shape->flags);
  double spare = width - columns_width (&c, form.sides);
  double wish = MAX (0, space_width (b, shape, region) - c.space);
  double part = MIN (wish, spare / form.sides);

  c.space += part;
  spare -= part * form.sides;
  double share = spare / (form.sides * (form.beside ? 6 : 4) + 3);
  c.space += 3 * share;
  c.inner += share;
  c.memory += 3 * share;
  if (form.beside) {
    c.table += share;
    c.outer += share;
  }
  return c;
}

static SceneSharingForm
form_of (const SceneSharingShape *shape, guint sides, gboolean beside)
{
  guint columns = MAX (1, sides);

  return (SceneSharingForm){sides, beside,
                            (shape->spaces + columns - 1) / columns};
}

/* The widest form that fits; everything in one column always does. */
static SceneSharingForm
form_for (const SceneBuild *b, const SceneSharingShape *shape, double width)
{
  for (guint sides = MIN (2, shape->spaces); sides > 0; sides--)
    for (gint beside = TRUE; beside >= FALSE; beside--) {
      SceneSharingForm form = form_of (shape, sides, beside);
      Columns columns = least_columns (b, shape, form);
      if (columns_width (&columns, sides) <= width + 0.01)
        return form;
    }
  return form_of (shape, 0, FALSE);
}

static double
table_height (const SceneBuild *b, const SceneSharingShape *shape)
{
  return frame_y (b) + scene_mappings_height (b, shape->rows);
}

/* Height of a space with its page table. */
static double
space_height (const SceneBuild *b, const SceneSharingShape *shape,
              SceneSharingForm form, guint regions)
{
  double space = frame_y (b) + scene_regions_height (b, regions);

  if (form.beside)
    return MAX (space, table_height (b, shape));
  return space + stack_gap (b) + table_height (b, shape);
}

static double
memory_height (const SceneBuild *b, const SceneSharingShape *shape,
               Counts counts)
{
  return frame_y (b)
         + scene_frame_column_height (b, counts.frames, shape->copies);
}

static double
height_of (const SceneBuild *b, const SceneSharingShape *shape,
           SceneSharingForm form, Counts counts)
{
  double spaces
      = form.stacked
            * (space_height (b, shape, form, counts.regions) + stack_gap (b))
        - stack_gap (b);
  double memory = memory_height (b, shape, counts);

  return form.sides > 0 ? MAX (spaces, memory)
                        : spaces + stack_gap (b) + memory;
}

/* Places a space with its page table in a part of a column. */
static void
place_space (const SceneBuild *b, const SceneSharingShape *shape,
             SceneSharingPlaces *places, guint space, const Columns *c,
             SceneRect rect)
{
  gboolean right = places->form.sides == 2 && space % 2 == 1;

  if (!places->form.beside) {
    places->table[space]
        = scene_cut_bottom (&rect, table_height (b, shape), stack_gap (b));
    places->space[space] = rect;
    return;
  }
  places->space[space] = right ? scene_cut_right (&rect, c->space, c->outer)
                               : scene_cut_left (&rect, c->space, c->outer);
  places->table[space] = scene_middle (rect, table_height (b, shape));
}

/* Spaces of one column; where it has fewer than the other they are as high as
 * there, and stand in the middle. */
static void
place_side (const SceneBuild *b, const SceneSharingShape *shape,
            SceneSharingPlaces *places, guint side, const Columns *c,
            SceneRect rect)
{
  guint step = MAX (1, places->form.sides);
  guint count = (shape->spaces - side + step - 1) / step;
  double gap = stack_gap (b);
  double each = scene_row (rect, 0, places->form.stacked, gap).height;

  rect = scene_middle (rect, count * (each + gap) - gap);
  for (guint i = 0; i < count; i++)
    place_space (b, shape, places, side + i * step, c,
                 scene_row (rect, i, count, gap));
}

/* Everything in one column: what room there is for more is shared by all. */
static void
place_stacked (const SceneBuild *b, const SceneSharingShape *shape,
               SceneSharingPlaces *places, SceneRect rect)
{
  Columns none = {0};
  double memory = memory_height (b, shape, least);
  double spare = rect.height - height_of (b, shape, places->form, least);

  places->memory = scene_cut_bottom (&rect, memory + spare / 2, stack_gap (b));
  place_side (b, shape, places, 0, &none, rect);
}

SceneSharingPlaces
scene_sharing_places (const SceneBuild *build, const SceneSharingShape *shape,
                      SceneRect rect)
{
  SceneSharingPlaces places = {.form = form_for (build, shape, rect.width)};

  if (places.form.sides == 0) {
    place_stacked (build, shape, &places, rect);
    return places;
  }
  Columns c = spread_columns (build, shape, places.form, rect.width);
  double side = c.space + c.outer + c.table;
  SceneRect left = scene_cut_left (&rect, side, c.inner);
  place_side (build, shape, &places, 0, &c, left);
  if (places.form.sides == 2)
    place_side (build, shape, &places, 1, &c,
                scene_cut_right (&rect, side, c.inner));
  places.memory = scene_middle (
      rect, MIN (rect.height, memory_height (build, shape, most)));
  return places;
}

double
scene_sharing_lane (const SceneBuild *build, SceneSharingForm form, guint i)
{
  return scene_em (build, 0.4 + (form.stacked > 1 ? 0.2 : 0.3) * i);
}

void
scene_sharing_measure (const SceneBuild *build, const SceneSharingShape *shape,
                       double width, SceneFigureSize *size)
{
  SceneSharingForm wide = form_of (shape, MIN (2, shape->spaces), TRUE);
  Columns columns = least_columns (build, shape, form_of (shape, 0, FALSE));
  SceneSharingForm form = form_for (build, shape, width);

  size->min_width = MAX (columns.space, columns.memory);
  columns = least_columns (build, shape, wide);
  size->width = columns_width (&columns, wide.sides);
  size->min_height = height_of (build, shape, form, least);
  size->height = height_of (build, shape, form, good);
  size->max_height = height_of (build, shape, form, most);
}
