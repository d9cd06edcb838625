/* The frames of physical memory with their counts, and who names the one that
 * the step is about. */
#include <glib/gi18n-lib.h>

#include "figures/frame_facts.h"
#include "figures/frame_grid.h"
#include "figures/frame_named.h"
#include "figures/frames.h"
#include "figures/happening.h"
#include "figures/parts.h"

/* Rows of the grid: at least, comfortably, at the most. */
#define LEAST_LINES 2
#define GOOD_LINES 3
#define MOST_LINES 8

/* Cells abreast: at least, and beside the list. */
#define LEAST_ABREAST 2
#define GOOD_ABREAST 4

/* Lines for what the letters mean. */
#define KEY_LINES 2

static double
padding (const SceneBuild *b)
{
  return 2 * scene_padding (b);
}

static double
panel_height (const SceneBuild *b, double content)
{
  return scene_header (b) + scene_em (b, 0.8) + content;
}

static double
between (const SceneBuild *b)
{
  return scene_em (b, 0.9);
}

static const char *
key_text (void)
{
  return _ ("A: anonymous, F: of a file, D: dirty, W: being written, Z: zeros");
}

static double
key_height (const SceneBuild *b)
{
  return KEY_LINES * scene_line (b, SCENE_TEXT_SMALL);
}

static double
grid_width (const SceneBuild *b, guint abreast)
{
  return scene_frame_grid_width (b, &scene_counted_cells, abreast, 0)
         + padding (b);
}

static double
grid_height (const SceneBuild *b, guint lines)
{
  return panel_height (b,
                       scene_frame_grid_height (b, &scene_counted_cells, lines)
                           + scene_em (b, 0.4) + key_height (b));
}

static double
list_width (const SceneBuild *b)
{
  return scene_frame_named_width (b) + padding (b);
}

static double
list_height (const SceneBuild *b)
{
  return panel_height (b, scene_frame_named_height (b));
}

/* Is there room for the list beside the grid? */
static gboolean
is_beside (const SceneBuild *b, double width)
{
  return width >= grid_width (b, GOOD_ABREAST) + between (b) + list_width (b);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double rest = between (b) + list_height (b);

  size->min_width = MAX (grid_width (b, LEAST_ABREAST), list_width (b));
  size->width = grid_width (b, GOOD_ABREAST) + between (b) + list_width (b);
  size->min_height = grid_height (b, LEAST_LINES);
  size->height = grid_height (b, GOOD_LINES);
  size->max_height = grid_height (b, MOST_LINES);
  if (is_beside (b, width)) {
    size->min_height = MAX (size->min_height, list_height (b));
    size->height = MAX (size->height, list_height (b));
    size->max_height = MAX (size->max_height, list_height (b));
    return;
  }
  size->min_height += rest;
  size->height += rest;
  size->max_height += rest;
}

/* The frame in question: that of the step, else the latest of the operation;
 * else that of the entry that was read, even if the access is refused. */
static guint64
frame_in_question (const SceneContext *c, const SceneHappening *what)
{
  const struct vm_pte *leaf = &c->level[scene_context_last_level (c)].pte;
  guint64 target;

  if (scene_target_frame (c, &target) && c->composed)
    return target;
  if (what->known)
    return what->frame;
  return leaf->present && leaf->leaf ? leaf->frame : SCENE_NO_FRAME;
}

static void
add_grid (SceneBuild *b, guint64 frame, SceneRect rect)
{
  const struct vm_state *s = b->context->state;
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_FRAMES, 0, rect, _ ("Frames"),
      scene_still_printf (b->still, _ ("%u of %u used"),
                          s->config.frames - s->free_count, s->config.frames));
  SceneRect key = scene_cut_bottom (&inside, key_height (b), scene_em (b, 0.4));

  scene_add_wrapped (b, SCENE_ID (SCENE_FIGURE_FRAMES, SCENE_FRAMES_KEY, 0),
                     SCENE_TEXT_SMALL, key, KEY_LINES, SCENE_FAINT,
                     key_text ());
  scene_add_frame_grid (b, SCENE_FIGURE_FRAMES, &scene_counted_cells, frame,
                        inside);
}

static void
add_nothing (SceneBuild *b, SceneRect rect, const char *text)
{
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_FRAMES, SCENE_FRAMES_WHAT, 2),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)), text)
      ->emphasis
      = SCENE_FAINT;
}

static void
add_list (SceneBuild *b, guint64 frame, const SceneHappening *what,
          SceneRect rect)
{
  const SceneContext *c = b->context;
  gboolean known = frame < c->state->config.frames;
  gboolean mapped = known && scene_frame_is_mapped_by (c, frame);
  const char *title
      = frame == SCENE_NO_FRAME
            ? _ ("Who names a frame")
            : scene_still_printf (b->still, _ ("Who names frame %s"),
                                  scene_number_frame (c->geometry, frame).s);
  SceneRect inside
      = scene_add_panel (b, SCENE_FIGURE_FRAMES, 1, rect, title,
                         known ? scene_frame_counts (b, frame) : NULL);

  if (mapped)
    scene_add_frame_named (b, SCENE_FIGURE_FRAMES, frame, what, inside);
  else if (known)
    add_nothing (b, inside, scene_frame_use (b, frame, inside.width));
  else
    add_nothing (b, inside,
                 frame == SCENE_NO_FRAME ? _ ("no frame is in question")
                                         : _ ("not managed"));
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneHappening what;
  gboolean beside = is_beside (b, rect.width);

  scene_happening_read (&what, b->context);
  guint64 frame = frame_in_question (b->context, &what);
  SceneRect list = beside
                       ? scene_cut_right (&rect, list_width (b), between (b))
                       : scene_cut_bottom (&rect, list_height (b), between (b));
  add_grid (b, frame, rect);
  add_list (b, frame, &what, list);
}

const SceneFigure scene_figure_frames = {.id = SCENE_FIGURE_FRAMES,
                                         .kind = "frames",
                                         .title = N_ ("Frames"),
                                         .stance = SCENE_STANCE_BAND,
                                         .measure = measure,
                                         .build = build};
