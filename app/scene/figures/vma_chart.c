/* The regions of an address space as the red-black tree, from left to right. */
#include "figures/vma_chart.h"

static double
fall (const SceneBuild *b)
{
  return scene_em (b, 0.75);
}

static double
node_gap (const SceneBuild *b)
{
  return scene_em (b, 0.3);
}

/* Neighbours in a level have a node between them, so that columns need only be
 * half as wide as nodes. */
static double
least_slot (const SceneBuild *b)
{
  return (scene_vma_width (b, SCENE_VMA_TALL) + node_gap (b)) / 2;
}

SceneVmaShape
scene_vma_shape (const SceneBuild *build)
{
  guint most = MAX (3, scene_vmas_most (build->context));

  return (SceneVmaShape){.most = most, .levels = scene_vmas_levels (most)};
}

double
scene_vma_chart_width (const SceneBuild *build, const SceneVmaShape *shape)
{
  return (shape->most - 1) * least_slot (build)
         + scene_vma_width (build, SCENE_VMA_TALL);
}

double
scene_vma_chart_height (const SceneBuild *build, const SceneVmaShape *shape)
{
  guint usual = MIN (shape->levels, g_bit_storage (shape->most) + 1);

  return usual * (scene_vma_height (build, SCENE_VMA_TALL) + fall (build))
         + scene_vma_strips_height (build);
}

/* Where a region's node stands. */
static SceneRect
place (const SceneBuild *b, const SceneVmaColumns *columns, const SceneVma *vma,
       guint i, SceneRect rect)
{
  double width = scene_vma_width (b, SCENE_VMA_TALL);
  double height = scene_vma_height (b, SCENE_VMA_TALL);

  return (SceneRect){columns->left + i * columns->slot - width / 2,
                     rect.y + vma->depth * (height + fall (b)), width, height};
}

static void
add_branch (SceneBuild *b, const SceneVmas *vmas, const SceneVma *vma,
            SceneRect parent, SceneRect child)
{
  double from = parent.x + parent.width / 2, to = child.x + child.width / 2;
  double bottom = parent.y + parent.height;
  double middle = (bottom + child.y) / 2;

  scene_add_vma_branch (
      b, vmas, vma,
      (const ScenePoint[]){
          {from, bottom}, {from, middle}, {to, middle}, {to, child.y}},
      4);
}

double
scene_vma_chart_used (const SceneBuild *build, const SceneVmas *vmas)
{
  guint levels = 1;

  for (guint i = 0; i < vmas->list->len; i++)
    levels = MAX (levels, scene_vma_at (vmas, i)->depth + 1);
  return levels * (scene_vma_height (build, SCENE_VMA_TALL) + fall (build))
         + scene_vma_strips_height (build);
}

void
scene_add_vma_chart (SceneBuild *build, const SceneVmas *vmas, SceneRect rect)
{
  double width = scene_vma_width (build, SCENE_VMA_TALL);
  guint count = vmas->list->len;
  double room = (rect.width - width) / MAX (1, (double) count - 1);
  SceneVmaColumns columns
      = {.slot = CLAMP (room, least_slot (build), width * 0.95)};

  columns.width = columns.slot * 0.74;
  columns.left = rect.x
                 + (rect.width - (MAX (count, 1) - 1.0) * columns.slot) / 2;
  rect = scene_middle (rect, scene_vma_chart_used (build, vmas));
  SceneRect strips = rect;
  scene_cut_top (&strips, rect.height - scene_vma_strips_height (build), 0);
  for (guint i = 0; i < count; i++) {
    const SceneVma *vma = scene_vma_at (vmas, i);
    if (vma->parent != SCENE_VMAS_NONE)
      add_branch (build, vmas, vma,
                  place (build, &columns, scene_vma_at (vmas, vma->parent),
                         vma->parent, rect),
                  place (build, &columns, vma, i, rect));
  }
  for (guint i = 0; i < count; i++) {
    const SceneVma *vma = scene_vma_at (vmas, i);
    scene_add_vma (build, vma, SCENE_VMA_TALL,
                   place (build, &columns, vma, i, rect));
  }
  scene_add_vma_strips (build, vmas, &columns, strips);
  if (vmas->at == SCENE_VMAS_NONE)
    return;
  SceneRect at
      = place (build, &columns, scene_vma_at (vmas, vmas->at), vmas->at, rect);
  scene_add_vma_token (build, at.x - scene_vma_token_side (build) / 2,
                       at.y + at.height / 2);
}
