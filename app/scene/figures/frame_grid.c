/* Physical memory as a grid of cells: the frames in use, with gaps where none
 * is; all of them, row by row, where the reader scrolls. */
#include "figures/frame_grid.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/frames.h"
#include "figures/parts.h"
#include "figures/window.h"

typedef struct {
  SceneBuild *b;
  SceneFigureId figure;
  const SceneFrameCells *cells;
  guint abreast; /* frames side by side */
  guint64 target;
} Grid;

static double
cell_gap (const SceneBuild *b)
{
  return scene_em (b, 0.15);
}

static double
gap_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

/* Frames abreast: a number that divides well. */
static guint
frames_abreast (const SceneBuild *b, const SceneFrameCells *cells, double width)
{
  static const guint counts[] = {16, 12, 8, 6, 4, 3};

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] * (cells->width (b) + cell_gap (b)) - cell_gap (b) <= width)
      return counts[i];
  return 2;
}

static void
add_group (const Grid *g, guint64 first, SceneRect rect)
{
  SceneBuild *b = g->b;

  for (guint i = 0; i < g->abreast; i++) {
    guint64 frame = first + i;
    if (frame < b->context->state->config.frames)
      g->cells->add (b, g->figure, frame, frame == g->target,
                     scene_column (rect, i, g->abreast, cell_gap (b)));
  }
}

static void
add_gap (const Grid *g, guint64 first, guint64 count, SceneRect rect)
{
  SceneBuild *b = g->b;

  if (count == 0)
    return;
  scene_add_text (b, SCENE_ID (g->figure, SCENE_MEMORY_GAP, first),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, rect,
                  scene_still_printf (b->still,
                                      ngettext ("… %" PRIu64 " frame",
                                                "… %" PRIu64 " frames", count),
                                      count))
      ->emphasis
      = SCENE_FAINT;
}

/* Lines that say what is left out between groups and behind the last. */
static guint
count_gaps (const GArray *groups, guint abreast)
{
  guint64 next = 0;
  guint gaps = 1;

  for (guint i = 0; i < groups->len; i++) {
    guint64 first = g_array_index (groups, SceneFrameGroup, i).first;
    gaps += first > next;
    next = first + abreast;
  }
  return gaps;
}

/* Height of a cell when the groups share the room; too little if they do not
 * fit. */
static double
height_for (const SceneBuild *b, const GArray *groups, guint abreast,
            double room)
{
  return (room - count_gaps (groups, abreast) * gap_height (b))
             / MAX (1, groups->len)
         - cell_gap (b);
}

/* As many groups as there is room for. */
static GArray *
fitting_groups (const Grid *g, double room)
{
  const SceneBuild *b = g->b;
  guint abreast = g->abreast;
  double height = g->cells->height (b);
  g_autoptr (GArray) all = scene_frame_groups (b->context, abreast, g->target);
  guint limit = MIN (all->len, (guint) (room / (height + cell_gap (b))));

  for (; limit > 1; limit--) {
    g_autoptr (GArray) some = g_array_copy (all);
    scene_frame_groups_keep (some, limit);
    if (height_for (b, some, abreast, room) >= height)
      return g_steal_pointer (&some);
  }
  scene_frame_groups_keep (all, 1);
  return g_steal_pointer (&all);
}

/* All frames one after the other, where the reader has scrolled. */
static void
add_lines (const Grid *g, guint64 first, guint lines, SceneRect rect)
{
  for (guint i = 0; i < lines; i++)
    add_group (g, (first + i) * g->abreast,
               scene_row (rect, i, lines, cell_gap (g->b)));
}

/* The groups that matter, with the frames left out between them. */
static void
add_groups (const Grid *g, SceneRect rect)
{
  SceneBuild *b = g->b;
  guint64 frames = b->context->state->config.frames;
  g_autoptr (GArray) groups = fitting_groups (g, rect.height);
  double least = g->cells->height (b);
  double height = CLAMP (height_for (b, groups, g->abreast, rect.height), least,
                         1.7 * least);
  guint64 next = 0;

  for (guint i = 0; i < groups->len; i++) {
    const SceneFrameGroup *group = &g_array_index (groups, SceneFrameGroup, i);
    if (group->first > next)
      add_gap (g, next, group->first - next,
               scene_cut_top (&rect, gap_height (b), 0));
    add_group (g, group->first, scene_cut_top (&rect, height, cell_gap (b)));
    next = group->first + g->abreast;
  }
  if (next < frames)
    add_gap (g, next, frames - next, scene_cut_top (&rect, gap_height (b), 0));
}

double
scene_frame_grid_width (const SceneBuild *build, const SceneFrameCells *cells,
                        guint abreast, double spare)
{
  return abreast * (cells->width (build) + cell_gap (build) + spare)
         - cell_gap (build);
}

double
scene_frame_grid_height (const SceneBuild *build, const SceneFrameCells *cells,
                         guint lines)
{
  double line = cells->height (build) + cell_gap (build) + gap_height (build);

  return lines * line + gap_height (build);
}

void
scene_add_frame_grid (SceneBuild *build, SceneFigureId figure,
                      const SceneFrameCells *cells, guint64 target,
                      SceneRect rect)
{
  Grid g = {build, figure, cells, frames_abreast (build, cells, rect.width),
            target};
  guint64 frames = build->context->state->config.frames;
  guint64 total = (frames + g.abreast - 1) / g.abreast;
  guint lines = MAX (1, (guint) ((rect.height + cell_gap (build))
                                 / (cells->height (build) + cell_gap (build))));
  guint64 focus = target < frames ? target / g.abreast : SCENE_NO_FOCUS;
  gboolean scrolled;
  guint64 first = scene_add_window (build, rect, total, lines,
                                    scene_window_around (total, lines, focus),
                                    &scrolled);

  if (scrolled)
    add_lines (&g, first, lines, rect);
  else
    add_groups (&g, rect);
}
