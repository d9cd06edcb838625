/* Tiles: figures side by side and one below the other, in one another. */
#include "tiles.h"

#include "figures/kit.h"

typedef struct {
  SceneTiles *tiles;
  const SceneBuild *build;
  SceneGrid *grid;
  SceneRect *places;
} Solve;

static SceneTile *
next_of (SceneTiles *tiles, const SceneTile *tile)
{
  return tile->next == 0 ? NULL : &tiles->tile[tile->next];
}

static SceneTile *
first_of (SceneTiles *tiles, const SceneTile *tile)
{
  return tile->first == 0 ? NULL : &tiles->tile[tile->first];
}

/* Widths ------------------------------------------------------------------ */

static void measure_widths (const Solve *s, SceneTile *tile);

/* The tiles of a row as tracks. */
static void
tracks_of_row (const Solve *s, const SceneTile *row, SceneTracks *tracks)
{
  *tracks = (SceneTracks){.gap = scene_em (s->build, SCENE_COLUMN_GAP)};
  for (const SceneTile *t = first_of (s->tiles, row); t != NULL;
       t = next_of (s->tiles, t)) {
    guint i = tracks->count++;
    tracks->least[i] = t->size.min_width;
    tracks->good[i] = row->told ? t->size.min_width : t->size.width;
    tracks->weight[i] = t->share;
  }
  scene_tracks_order (tracks);
}

static void
measure_widths_of_row (const Solve *s, SceneTile *row)
{
  SceneTracks tracks;

  for (SceneTile *t = first_of (s->tiles, row); t != NULL;
       t = next_of (s->tiles, t))
    measure_widths (s, t);
  tracks_of_row (s, row, &tracks);
  row->size.min_width = scene_tracks_least (&tracks);
  row->size.width = (tracks.count - 1) * tracks.gap;
  for (guint i = 0; i < tracks.count; i++)
    row->size.width += tracks.good[i];
}

static void
measure_widths_of_column (const Solve *s, SceneTile *column)
{
  for (SceneTile *t = first_of (s->tiles, column); t != NULL;
       t = next_of (s->tiles, t)) {
    measure_widths (s, t);
    column->size.min_width = MAX (column->size.min_width, t->size.min_width);
    column->size.width = MAX (column->size.width, t->size.width);
  }
}

static void
measure_widths (const Solve *s, SceneTile *tile)
{
  tile->size = (SceneFigureSize){0};
  switch (tile->kind) {
  case SCENE_TILE_FIGURE:
    scene_figure_of (tile->figure)->measure (s->build, 0, &tile->size);
    break;
  case SCENE_TILE_ROW:
    measure_widths_of_row (s, tile);
    break;
  case SCENE_TILE_COLUMN:
    measure_widths_of_column (s, tile);
    break;
  case SCENE_TILE_WALK:
    break;
  }
}

/* Heights ----------------------------------------------------------------- */

static void measure_heights (const Solve *s, SceneTile *tile, double width);

static void
measure_heights_of_row (const Solve *s, SceneTile *row)
{
  SceneTracks tracks;
  guint i = 0;

  tracks_of_row (s, row, &tracks);
  scene_tracks_share (&tracks, row->width);
  for (SceneTile *t = first_of (s->tiles, row); t != NULL;
       t = next_of (s->tiles, t)) {
    measure_heights (s, t, tracks.size[i++]);
    row->size.min_height = MAX (row->size.min_height, t->size.min_height);
    row->size.height = MAX (row->size.height, t->size.height);
    row->size.max_height = MAX (row->size.max_height, t->size.max_height);
  }
}

static void
tracks_of_column (const Solve *s, const SceneTile *column, SceneTracks *tracks)
{
  *tracks = (SceneTracks){.gap = scene_em (s->build, SCENE_ROW_GAP)};
  for (const SceneTile *t = first_of (s->tiles, column); t != NULL;
       t = next_of (s->tiles, t)) {
    guint i = tracks->count++;
    tracks->least[i] = t->size.min_height;
    tracks->good[i] = t->size.height;
    tracks->most[i] = t->size.max_height;
  }
  scene_tracks_order (tracks);
}

static void
measure_heights_of_tracks (const SceneTracks *tracks, SceneFigureSize *size)
{
  double gaps = (tracks->count - 1) * tracks->gap;

  size->min_height = size->height = size->max_height = gaps;
  for (guint i = 0; i < tracks->count; i++) {
    size->min_height += tracks->least[i];
    size->height += tracks->good[i];
    size->max_height += tracks->most[i];
  }
}

static void
measure_heights_of_column (const Solve *s, SceneTile *column)
{
  SceneTracks tracks;

  for (SceneTile *t = first_of (s->tiles, column); t != NULL;
       t = next_of (s->tiles, t))
    measure_heights (s, t, column->width);
  tracks_of_column (s, column, &tracks);
  measure_heights_of_tracks (&tracks, &column->size);
}

static void
measure_heights (const Solve *s, SceneTile *tile, double width)
{
  tile->width = width;
  switch (tile->kind) {
  case SCENE_TILE_FIGURE:
    scene_figure_of (tile->figure)->measure (s->build, width, &tile->size);
    break;
  case SCENE_TILE_ROW:
    measure_heights_of_row (s, tile);
    break;
  case SCENE_TILE_COLUMN:
    measure_heights_of_column (s, tile);
    break;
  case SCENE_TILE_WALK:
    measure_heights_of_tracks (&s->grid->rows, &tile->size);
    break;
  }
}

/* Places ------------------------------------------------------------------ */

static double place (const Solve *s, const SceneTile *tile, SceneRect rect);

static void
place_row (const Solve *s, const SceneTile *row, SceneRect rect)
{
  double gap = scene_em (s->build, SCENE_COLUMN_GAP);

  for (const SceneTile *t = first_of (s->tiles, row); t != NULL;
       t = next_of (s->tiles, t))
    place (s, t, scene_cut_left (&rect, t->width, gap));
}

/* What nobody can use goes to one of the rows, so that columns side by side
 * end together. A stage without a walk stands in the middle instead. */
static double
place_column (const Solve *s, const SceneTile *column, SceneRect rect)
{
  SceneTracks tracks;
  guint i = 0;

  tracks_of_column (s, column, &tracks);
  double rest
      = scene_tracks_fill (&tracks, rect.height, scene_em (s->build, 0.5));
  if (column != s->tiles->tile || s->tiles->stretch)
    scene_tracks_stretch (&tracks, rest);
  else
    rect.y += rest / 2;
  for (const SceneTile *t = first_of (s->tiles, column); t != NULL;
       t = next_of (s->tiles, t), i++)
    place (s, t,
           (SceneRect){rect.x, rect.y + scene_tracks_offset (&tracks, i),
                       rect.width, tracks.size[i]});
  return MAX (rect.height, scene_tracks_span (&tracks, 0, tracks.count));
}

static double
place (const Solve *s, const SceneTile *tile, SceneRect rect)
{
  switch (tile->kind) {
  case SCENE_TILE_FIGURE:
    s->places[tile->figure] = rect;
    break;
  case SCENE_TILE_ROW:
    place_row (s, tile, rect);
    break;
  case SCENE_TILE_COLUMN:
    return place_column (s, tile, rect);
  case SCENE_TILE_WALK:
    scene_grid_place (s->grid, s->build, rect, s->places);
    break;
  }
  return rect.height;
}

void
scene_tiles_begin (SceneTiles *tiles)
{
  *tiles = (SceneTiles){.count = 1};
  tiles->tile[0] = (SceneTile){.kind = SCENE_TILE_COLUMN, .share = 1};
}

guint
scene_tiles_add (SceneTiles *tiles, guint parent, SceneTileKind kind,
                 SceneFigureId figure, double share)
{
  guint new = tiles->count++;
  SceneTile *p = &tiles->tile[parent];

  g_assert (new < SCENE_MAX_TILES);
  tiles->tile[new]
      = (SceneTile){.kind = kind, .figure = figure, .share = share};
  if (p->last == 0)
    p->first = new;
  else
    tiles->tile[p->last].next = new;
  p->last = new;
  return new;
}

void
scene_tiles_widths (SceneTiles *tiles, const SceneBuild *build, guint tile,
                    double *least, double *good)
{
  Solve s = {.tiles = tiles, .build = build};

  measure_widths (&s, &tiles->tile[tile]);
  *least = tiles->tile[tile].size.min_width;
  *good = tiles->tile[tile].size.width;
}

double
scene_tiles_place (SceneTiles *tiles, const SceneBuild *build, SceneGrid *grid,
                   SceneRect rect, SceneRect places[SCENE_FIGURES])
{
  Solve s = {tiles, build, grid, places};

  measure_widths (&s, &tiles->tile[0]);
  measure_heights (&s, &tiles->tile[0], rect.width);
  return place (&s, &tiles->tile[0], rect);
}
