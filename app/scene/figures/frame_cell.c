/* A frame of physical memory as a small cell: its number, and what it is used
 * for. */
#include "figures/frame_cell.h"

#include <glib/gi18n-lib.h>

#include "figures/frame_facts.h"
#include "figures/parts.h"

static double
cell_width (const SceneBuild *build)
{
  double number = scene_width (
      build, SCENE_TEXT_MONO_SMALL,
      scene_number_frame (build->context->geometry, build->context->last_frame)
          .s);
  double role = scene_width (build, SCENE_TEXT_SMALL, "PT 768");

  return MAX (number, role) + scene_em (build, 0.2);
}

static double
cell_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO_SMALL)
         + scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.1);
}

static void
add_cell (SceneBuild *build, SceneFigureId figure, guint64 frame,
          gboolean target, SceneRect rect)
{
  const SceneContext *c = build->context;
  const struct vm_frame_record *record = &c->state->frames[frame];
  SceneEmphasis emphasis = target ? SCENE_STRONG
                                  : scene_frame_emphasis (c, frame);
  const char *number
      = scene_keep (build, scene_number_frame (c->geometry, frame));
  const char *use = scene_frame_use (build, frame, rect.width);
  guint part = target ? SCENE_MEMORY_CELL : SCENE_MEMORY_FRAME;
  SceneItem *item = scene_add_box (build, SCENE_ID (figure, part, frame), rect,
                                   scene_frame_role (c, frame), emphasis);

  item->name
      = scene_still_printf (build->still, _ ("Frame %s: %s"), number, use);
  scene_item_shows (build, item, record, sizeof *record);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);

  rect = scene_middle (rect, cell_height (build) - scene_em (build, 0.1));
  item = scene_add_text (
      build, SCENE_ID (figure, SCENE_MEMORY_NUMBER, frame),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (build, SCENE_TEXT_MONO_SMALL), 0),
      number);
  item->role = scene_frame_role (c, frame);
  item->emphasis = emphasis;
  item = scene_add_text (
      build, SCENE_ID (figure, SCENE_MEMORY_ROLE, frame), SCENE_TEXT_SMALL,
      SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (build, SCENE_TEXT_SMALL), 0), use);
  item->role = scene_frame_role (c, frame);
  item->emphasis = MIN (emphasis, SCENE_NORMAL);
}

const SceneFrameCells scene_small_cells
    = {.width = cell_width, .height = cell_height, .add = add_cell};
