/* Where each figure stands: the walk in its grid, all others around it. */
#include "layout.h"

#include "figures/kit.h"
#include "tiles.h"

#define MARGIN 1.1 /* in ems */

/* How what is left over is shared by a side column and the others. */
#define SIDE_SHARE 1
#define MAIN_SHARE 3

/* A column that is being filled. */
typedef struct {
  const SceneBuild *build;
  SceneTiles *tiles;
  guint tile;
  double room;        /* its width */
  SceneChoice line;   /* parts that stand side by side, not yet added */
  double least, good; /* their widths, with gaps */
} Column;

static gboolean
has_stance (const SceneChoice *choice, SceneStance stance)
{
  for (guint i = 0; i < choice->count; i++)
    if (scene_figure_of (choice->figure[i])->stance == stance)
      return TRUE;
  return FALSE;
}

static void
end_line (Column *c)
{
  guint parent = c->tile;

  if (c->line.count > 1)
    parent = scene_tiles_add (c->tiles, c->tile, SCENE_TILE_ROW, 0, 1);
  for (guint i = 0; i < c->line.count; i++)
    scene_tiles_add (c->tiles, parent, SCENE_TILE_FIGURE, c->line.figure[i], 1);
  c->line.count = 0;
}

/* How much lower a line of two must be than one below the other. */
#define WORTH_SHARING 0.75

/* True if two parts need clearly less height side by side. */
static gboolean
is_lower_beside (const Column *c, SceneFigureId one, SceneFigureId other)
{
  SceneTracks tracks = {.count = 2,
                        .weight = {1, 1},
                        .gap = scene_em (c->build, SCENE_COLUMN_GAP)};
  const SceneFigureId pair[2] = {one, other};
  double beside = 0, below = scene_em (c->build, SCENE_ROW_GAP);
  SceneFigureSize size;

  for (guint i = 0; i < 2; i++) {
    scene_figure_of (pair[i])->measure (c->build, 0, &size);
    tracks.least[i] = size.min_width;
    tracks.good[i] = size.width;
  }
  scene_tracks_share (&tracks, c->room);
  for (guint i = 0; i < 2; i++) {
    const SceneFigure *figure = scene_figure_of (pair[i]);
    figure->measure (c->build, tracks.size[i], &size);
    beside = MAX (beside, size.height);
    figure->measure (c->build, c->room, &size);
    below += size.height;
  }
  return beside <= WORTH_SHARING * below;
}

/* Two parts share a line where their least widths allow it and that saves
 * height, more where nothing is abbreviated. */
static gboolean
may_share (const Column *c, SceneFigureId figure, const SceneFigureSize *size)
{
  double gap = scene_em (c->build, SCENE_COLUMN_GAP);

  switch (c->line.count) {
  case 0:
    return TRUE;
  case 1:
    return c->least + gap + size->min_width <= c->room
           && is_lower_beside (c, c->line.figure[0], figure);
  default:
    return c->good + gap + size->width <= c->room;
  }
}

static void
add_part (Column *c, SceneFigureId figure)
{
  double gap = scene_em (c->build, SCENE_COLUMN_GAP);
  SceneFigureSize size;

  scene_figure_of (figure)->measure (c->build, 0, &size);
  if (!may_share (c, figure, &size))
    end_line (c);
  if (c->line.count == 0)
    c->least = c->good = -gap;
  c->line.figure[c->line.count++] = figure;
  c->least += gap + size.min_width;
  c->good += gap + size.width;
}

static void
add_band (Column *c, SceneTileKind kind, SceneFigureId figure)
{
  end_line (c);
  scene_tiles_add (c->tiles, c->tile, kind, figure, 1);
}

/* All figures in their order; the walk stands where its first figure is
 * named. */
static void
fill (Column *c, const SceneChoice *choice)
{
  gboolean walks = FALSE;

  for (guint i = 0; i < choice->count; i++) {
    SceneFigureId figure = choice->figure[i];
    switch (scene_figure_of (figure)->stance) {
    case SCENE_STANCE_WALK:
      if (!walks)
        add_band (c, SCENE_TILE_WALK, figure);
      walks = TRUE;
      break;
    case SCENE_STANCE_BAND:
      add_band (c, SCENE_TILE_FIGURE, figure);
      break;
    case SCENE_STANCE_PART:
    case SCENE_STANCE_SIDE:
      add_part (c, figure);
      break;
    }
  }
  end_line (c);
}

/* Figures that like to stand at the side, or all others. */
static void
choose (SceneChoice *some, const SceneChoice *all, gboolean side)
{
  some->count = 0;
  for (guint i = 0; i < all->count; i++) {
    SceneFigureId figure = all->figure[i];
    if ((scene_figure_of (figure)->stance == SCENE_STANCE_SIDE) == side)
      some->figure[some->count++] = figure;
  }
}

/* Two columns, if there is anything for both, and room. */
static gboolean
arrange_beside (SceneTiles *tiles, const SceneBuild *b,
                const SceneChoice *choice, double room)
{
  double gap = scene_em (b, SCENE_COLUMN_GAP), least, good, side;
  SceneChoice mains, sides;

  choose (&mains, choice, FALSE);
  choose (&sides, choice, TRUE);
  if (mains.count == 0 || sides.count == 0
      || has_stance (choice, SCENE_STANCE_WALK))
    return FALSE;

  scene_tiles_begin (tiles);
  guint row = scene_tiles_add (tiles, 0, SCENE_TILE_ROW, 0, 1);
  guint left = scene_tiles_add (tiles, row, SCENE_TILE_COLUMN, 0, MAIN_SHARE);
  guint right = scene_tiles_add (tiles, row, SCENE_TILE_COLUMN, 0, SIDE_SHARE);
  fill (&(Column){.build = b, .tiles = tiles, .tile = right}, &sides);
  scene_tiles_widths (tiles, b, right, &side, &good);
  fill (
      &(Column){
          .build = b, .tiles = tiles, .tile = left, .room = room - gap - good},
      &mains);
  scene_tiles_widths (tiles, b, left, &least, &side);
  return least + gap + good <= room;
}

/* As the lesson says, if there is room. A figure that it does not place, the
 * caption, stands below. */
static gboolean
arrange_as_told (SceneTiles *tiles, const SceneBuild *b,
                 const SceneChoice *choice, double room)
{
  guint row = 0, column = 0;
  double least, good;

  if (choice->count == 0 || choice->row[0] == 0)
    return FALSE;
  scene_tiles_begin (tiles);
  for (guint i = 0; i < choice->count; i++) {
    gboolean new_row = i == 0 || choice->row[i] != choice->row[i - 1];
    if (choice->row[i] == 0) {
      scene_tiles_add (tiles, 0, SCENE_TILE_FIGURE, choice->figure[i], 1);
      continue;
    }
    if (new_row) {
      row = scene_tiles_add (tiles, 0, SCENE_TILE_ROW, 0, 1);
      tiles->tile[row].told = TRUE;
    }
    if (new_row || choice->cell[i] != choice->cell[i - 1])
      column = scene_tiles_add (tiles, row, SCENE_TILE_COLUMN, 0,
                                choice->share[i]);
    scene_tiles_add (tiles, column, SCENE_TILE_FIGURE, choice->figure[i], 1);
  }
  scene_tiles_widths (tiles, b, 0, &least, &good);
  return least <= room;
}

static void
arrange_by_itself (SceneTiles *tiles, const SceneBuild *b,
                   const SceneChoice *choice, double room)
{
  if (arrange_beside (tiles, b, choice, room))
    return;

  scene_tiles_begin (tiles);
  fill (&(Column){.build = b, .tiles = tiles, .tile = 0, .room = room}, choice);
}

void
scene_layout (SceneLayout *layout, const SceneBuild *build,
              const SceneChoice *choice, double width, double height)
{
  gboolean walk = has_stance (choice, SCENE_STANCE_WALK);
  double margin = scene_em (build, MARGIN), room = width - 2 * margin;
  double lanes = walk ? scene_em (build, SCENE_LANES) : 0;
  gboolean shown[SCENE_FIGURES] = {FALSE};
  SceneGrid grid = {.left = lanes};
  SceneTiles tiles;

  for (guint i = 0; i < choice->count; i++)
    shown[choice->figure[i]] = TRUE;
  gboolean told = arrange_as_told (&tiles, build, choice, room - lanes);
  if (!told && walk)
    scene_grid_make (&grid, build, shown, room);
  room -= grid.left;
  if (!told)
    arrange_by_itself (&tiles, build, choice, room);
  tiles.stretch = walk;

  *layout = (SceneLayout){.width = width,
                          .stacked = walk && grid.columns.count == 1};
  SceneRect rect = {margin + grid.left, margin, room,
                    height > 0 ? MAX (1, height - 2 * margin) : 0};
  layout->height
      = 2 * margin
        + scene_tiles_place (&tiles, build, &grid, rect, layout->rect);
}
