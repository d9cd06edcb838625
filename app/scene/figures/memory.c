/* Physical memory: the frames in use, whose they are, and the one that the
 * access leads to. */
#include <glib/gi18n-lib.h>

#include "figures/frame_grid.h"
#include "figures/frames.h"
#include "figures/legend.h"
#include "figures/parts.h"

/* Entries of the legend. */
#define LEGEND 4

static double
target_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_BOLD) + scene_line (b, SCENE_TEXT_SMALL)
         + scene_em (b, 0.4);
}

static const char *
refs_text (const SceneBuild *b, guint64 frame)
{
  const struct vm_state *state = b->context->state;

  if (frame >= state->config.frames)
    return _ ("not managed");
  return scene_still_printf (b->still, _ ("refs %u"),
                             state->frames[frame].refs);
}

/* "page 0x11223 of A": why the frame matters now. A large page has the number
 * that the TLB knows it by. */
static const char *
target_text (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  guint shift = c->composed ? c->page_shift : c->geometry->page_shift;

  if (c->process >= c->state->process_count)
    return NULL;
  /* Where bytes are written by hand, no address has led there. */
  if (!c->access && !c->mapping)
    return _ ("the entry names it");
  return scene_still_printf (
      b->still, _ ("page %s of %s"),
      scene_keep (b, scene_number_page (c->geometry, c->va >> shift, shift)),
      vm_machine_name (c->machine, c->state->processes[c->process].name));
}

static gboolean
target_is_active (const SceneContext *c)
{
  return scene_context_is (c, VM_STEP_COMPOSE)
         || scene_context_is (c, VM_STEP_DATA);
}

static void
add_target (SceneBuild *b, guint64 frame, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneRole role = scene_process_role (c->process);
  const char *number = scene_keep (b, scene_number_frame (c->geometry, frame));
  const char *refs = refs_text (b, frame);
  SceneItem *item
      = scene_add_box (b, scene_id_frame (frame), rect, role,
                       target_is_active (c) ? SCENE_ACTIVE : SCENE_STRONG);

  item->name = scene_still_printf (b->still, _ ("Frame %s: %s, %s"), number,
                                   target_text (b), refs);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);
  if (frame < c->state->config.frames)
    scene_item_shows (b, item, &c->state->frames[frame],
                      sizeof c->state->frames[frame]);

  SceneRect rest = scene_inset (rect, scene_em (b, 0.5), scene_em (b, 0.2));
  SceneRect first
      = scene_cut_top (&rest, scene_line (b, SCENE_TEXT_MONO_BOLD), 0);
  SceneRect right = scene_cut_right (
      &first, scene_width (b, SCENE_TEXT_SMALL, refs), scene_em (b, 0.3));
  item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 0),
      SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START, first, number);
  item->role = role;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_REFS, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_END, right, refs)
      ->role
      = role;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 1),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_cut_top (&rest, scene_line (b, SCENE_TEXT_SMALL), 0),
                  target_text (b))
      ->role
      = role;
}

/* The target's place is kept before it is known, so that nothing moves. */
static void
add_no_target (SceneBuild *b, SceneRect rect)
{
  const char *text = b->context->faulted ? _ ("no frame: the access faults")
                                         : _ ("frame not known yet");

  scene_add_box (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 2),
                 rect, SCENE_ROLE_NEUTRAL, SCENE_FAINT);
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 3),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_middle (scene_inset (rect, scene_em (b, 0.2), 0),
                                scene_line (b, SCENE_TEXT_SMALL)),
                  text)
      ->emphasis
      = SCENE_FAINT;
}

static void
add_legend (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  gboolean process = c->process < c->state->process_count;
  const char *owner
      = process ? scene_still_printf (
            b->still, _ ("process %s"),
            vm_machine_name (c->machine, c->state->processes[c->process].name))
                : _ ("process");
  const SceneLegendEntry entries[LEGEND]
      = {{SCENE_ROLE_KERNEL, _ ("kernel")},
         {SCENE_ROLE_TABLE, _ ("page tables")},
         {scene_process_role (process ? c->process : 0), owner},
         {SCENE_ROLE_FREE, _ ("free")}};

  scene_add_legend (b, SCENE_FIGURE_MEMORY, SCENE_MEMORY_SWATCH, entries,
                    LEGEND, rect);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double padding = 2 * scene_padding (b);
  double legend = scene_legend_height (b, LEGEND, width - padding);
  double fixed = scene_header (b) + scene_em (b, 0.8) + target_height (b)
                 + scene_em (b, 0.4);

  size->min_width = scene_frame_grid_width (b, &scene_small_cells, 4, 0)
                    + padding;
  size->width
      = scene_frame_grid_width (b, &scene_small_cells, 4, scene_em (b, 0.6))
        + padding;
  size->min_height = fixed + scene_frame_grid_height (b, &scene_small_cells, 2);
  size->height = fixed + scene_frame_grid_height (b, &scene_small_cells, 3)
                 + legend;
  /* Where so many rows are shown, nothing is left out behind them. */
  size->max_height = fixed + scene_frame_grid_height (b, &scene_small_cells, 9)
                     + legend - scene_line (b, SCENE_TEXT_SMALL);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint64 target = SCENE_NO_FRAME;
  guint64 page = vm_geometry_page_bytes (c->geometry);
  SceneRect inside
      = scene_add_panel (b, SCENE_FIGURE_MEMORY, 0, rect, _ ("Physical memory"),
                         scene_still_printf (b->still, _ ("%s frames"),
                                             scene_number_size (page).s));
  double legend = scene_legend_height (b, LEGEND, inside.width);
  double least = scene_frame_grid_height (b, &scene_small_cells, 2);
  double rest = inside.height - target_height (b) - scene_em (b, 0.4);

  scene_target_frame (c, &target);
  if (rest >= legend + scene_em (b, 0.5) + least)
    add_legend (b, scene_cut_bottom (&inside, legend, scene_em (b, 0.5)));
  SceneRect box
      = scene_cut_bottom (&inside, target_height (b), scene_em (b, 0.4));
  scene_add_frame_grid (b, SCENE_FIGURE_MEMORY, &scene_small_cells, target,
                        inside);
  if (target == SCENE_NO_FRAME)
    add_no_target (b, box);
  else
    add_target (b, target, box);
}

const SceneFigure scene_figure_memory = {.id = SCENE_FIGURE_MEMORY,
                                         .kind = "memory",
                                         .title = N_ ("Physical memory"),
                                         .stance = SCENE_STANCE_WALK,
                                         .measure = measure,
                                         .build = build};
