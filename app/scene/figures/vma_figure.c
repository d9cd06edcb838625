/* The regions of an address space: the red-black tree with find_vma's way down,
 * and the same as a list and as a maple tree. */
#include <glib/gi18n-lib.h>

#include "figures/vma_chart.h"

/* Rows from top to bottom: fewer are not worth it, more are scrolled to. */
#define LEAST_ROWS 4
#define MOST_ROWS 9

static double
padding (const SceneBuild *b)
{
  return 2 * scene_padding (b);
}

static gboolean
has_room (const SceneBuild *b, const SceneVmaShape *shape, double width)
{
  return width >= scene_vma_chart_width (b, shape);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneVmaShape shape = scene_vma_shape (b);
  double fixed = scene_header (b) + scene_em (b, 0.8);

  size->min_width = scene_vma_rows_least (b, &shape) + padding (b);
  size->width = scene_vma_chart_width (b, &shape) + padding (b);
  if (has_room (b, &shape, width - padding (b))) {
    size->min_height = size->height = fixed
                                      + scene_vma_chart_height (b, &shape);
    size->max_height = size->height + scene_em (b, 1);
    return;
  }
  size->min_height = fixed
                     + scene_vma_rows_height (b, MIN (shape.most, LEAST_ROWS));
  size->height = fixed + scene_vma_rows_height (b, MIN (shape.most, MOST_ROWS));
  size->max_height = fixed + scene_vma_rows_height (b, shape.most);
}

/* What is looked for, or whose regions they are. */
static const char *
subtitle (const SceneBuild *b, const SceneVmas *vmas)
{
  const SceneContext *c = b->context;

  if (vmas->process == VM_NONE)
    return NULL;
  if (vmas->looking)
    return scene_still_printf (b->still, "find_vma (%s)",
                               scene_number_virtual (c->geometry, vmas->va).s);
  return scene_still_printf (
      b->still, ngettext ("%s: %u region", "%s: %u regions", vmas->list->len),
      vm_machine_name (c->machine, c->state->processes[vmas->process].name),
      vmas->list->len);
}

static void
add_nothing (SceneBuild *b, SceneRect inside)
{
  double line = scene_line (b, SCENE_TEXT_SMALL);

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_EMPTY, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_middle (inside, line), _ ("no regions yet"))
      ->emphasis
      = SCENE_FAINT;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneVmaShape shape = scene_vma_shape (b);
  g_auto (SceneVmas) vmas = scene_vmas_read (b->context);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_REGIONS, 0, rect,
                                      _ ("Regions"), subtitle (b, &vmas));

  if (vmas.list->len == 0)
    add_nothing (b, inside);
  else if (has_room (b, &shape, inside.width)
           && scene_vma_chart_used (b, &vmas) <= inside.height + 0.5)
    scene_add_vma_chart (b, &vmas, inside);
  else
    scene_add_vma_rows (b, &shape, &vmas, inside);
}

const SceneFigure scene_figure_regions = {.id = SCENE_FIGURE_REGIONS,
                                          .kind = "regions",
                                          .title = N_ ("Regions"),
                                          .stance = SCENE_STANCE_BAND,
                                          .measure = measure,
                                          .build = build};
