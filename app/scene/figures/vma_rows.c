/* The regions of an address space from top to bottom: a row each, set in as
 * deep as it lies in the red-black tree, which so lies on its side.
 *
 *      +-- 0x08048000                       |
 *   +--+                                    | the leaf of
 *   |  +-- 0x0804a000                       | the maple tree
 *   0xb7000000                              |
 *   +----- 0xbffdf000                       |               */
#include <glib/gi18n-lib.h>

#include "figures/maple.h"
#include "figures/vma_chart.h"
#include "figures/window.h"

static double
row_gap (const SceneBuild *b)
{
  return scene_em (b, 0.25);
}

static double
leaf_width (const SceneBuild *b)
{
  return scene_em (b, 0.4);
}

static double
indent (const SceneBuild *b, const SceneVmaShape *shape, double width)
{
  double spare = width - scene_vma_width (b, SCENE_VMA_FLAT)
                 - 3 * leaf_width (b);

  return MIN (scene_em (b, 1.6), spare / MAX (1, (double) shape->levels - 1));
}

double
scene_vma_rows_least (const SceneBuild *build, const SceneVmaShape *shape)
{
  return scene_vma_width (build, SCENE_VMA_FLAT) + 3 * leaf_width (build)
         + scene_em (build, 0.5) * (shape->levels - 1);
}

double
scene_vma_rows_height (const SceneBuild *build, guint rows)
{
  return rows * (scene_vma_height (build, SCENE_VMA_FLAT) + row_gap (build))
         + 2 * scene_line (build, SCENE_TEXT_SMALL);
}

/* The rows on their way. */
typedef struct {
  SceneBuild *b;
  const SceneVmas *vmas;
  SceneRect rect; /* of those that are seen */
  double indent, width, height;
  guint first, visible;
} Rows;

static double
row_top (const Rows *r, guint i)
{
  return r->rect.y + ((double) i - r->first) * (r->height + row_gap (r->b));
}

static gboolean
is_seen (const Rows *r, guint i)
{
  return i >= r->first && i < r->first + r->visible;
}

static SceneRect
row_rect (const Rows *r, guint i)
{
  double x = r->rect.x + scene_vma_at (r->vmas, i)->depth * r->indent;

  return (SceneRect){x, row_top (r, i), r->width, r->height};
}

/* Up or down from below the parent's left end, then across. What lies outside
 * the window is cut off. */
static void
add_branch (const Rows *r, guint i)
{
  const SceneVma *vma = scene_vma_at (r->vmas, i);
  gboolean below = i > vma->parent;
  SceneRect from = row_rect (r, vma->parent), to = row_rect (r, i);
  double x = from.x + r->indent * 0.4, y = to.y + to.height / 2;
  double start = below ? from.y + from.height : from.y;
  double top = r->rect.y, bottom = r->rect.y + r->rect.height;
  gboolean seen = is_seen (r, i);

  if (MAX (start, y) <= top || MIN (start, y) >= bottom)
    return;
  scene_add_vma_branch (r->b, r->vmas, vma,
                        (const ScenePoint[]){{x, CLAMP (start, top, bottom)},
                                             {x, CLAMP (y, top, bottom)},
                                             {to.x, y}},
                        seen ? 3 : 2);
}

/* A bar beside the rows that a leaf of the maple tree holds. */
static void
add_leaves (const Rows *r)
{
  guint size = scene_maple_leaf_size (r->b->context->geometry);
  g_autoptr (GArray) slots = scene_maple_slots (r->vmas, size);

  for (guint leaf = 0; leaf < scene_maple_leaves (slots); leaf++) {
    guint from = G_MAXUINT, to = 0;
    for (guint i = 0; i < slots->len; i++) {
      const SceneMapleSlot *slot = &g_array_index (slots, SceneMapleSlot, i);
      if (slot->leaf != leaf || slot->vma == SCENE_VMAS_NONE
          || !is_seen (r, slot->vma))
        continue;
      from = MIN (from, slot->vma);
      to = slot->vma;
    }
    if (from == G_MAXUINT)
      continue;
    SceneRect bar = {r->rect.x + r->rect.width - leaf_width (r->b),
                     row_top (r, from), leaf_width (r->b),
                     row_top (r, to) + r->height - row_top (r, from)};
    scene_add_box (r->b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_LEAF, leaf),
                   bar, SCENE_ROLE_TABLE, SCENE_NORMAL)
        ->name
        = scene_still_printf (r->b->still, _ ("leaf: %u of %u slots"),
                              scene_maple_used (slots, leaf), size);
  }
}

static guint64
focus_of (const SceneVmas *vmas)
{
  for (guint i = 0; i < vmas->list->len; i++)
    if (scene_vma_at (vmas, i)->now)
      return i;
  return vmas->at == SCENE_VMAS_NONE ? SCENE_NO_FOCUS : vmas->at;
}

void
scene_add_vma_rows (SceneBuild *build, const SceneVmaShape *shape,
                    const SceneVmas *vmas, SceneRect rect)
{
  double height = scene_vma_height (build, SCENE_VMA_FLAT);
  double line = scene_line (build, SCENE_TEXT_SMALL);
  SceneRect text = scene_cut_bottom (&rect, line, line * 0.5);

  guint total = vmas->list->len;
  guint fit = (guint) ((rect.height + row_gap (build) + 0.01)
                       / (height + row_gap (build)));
  guint visible = MIN (total, fit);
  Rows r = {.b = build,
            .vmas = vmas,
            .rect = rect,
            .indent = indent (build, shape, rect.width),
            .height = height,
            .visible = visible};

  r.rect.height = visible * (height + row_gap (build)) - row_gap (build);
  r.width = rect.width - 3 * leaf_width (build)
            - r.indent * (shape->levels - 1.0);
  r.width = MIN (r.width,
                 scene_vma_width (build, SCENE_VMA_FLAT) + scene_em (build, 6));
  r.first = (guint) scene_add_window (
      build, r.rect, total, visible,
      scene_window_around (total, visible, focus_of (vmas)), NULL);
  for (guint i = 0; i < total; i++)
    if (scene_vma_at (vmas, i)->parent != SCENE_VMAS_NONE)
      add_branch (&r, i);
  for (guint i = r.first; i < r.first + visible; i++)
    scene_add_vma (build, scene_vma_at (vmas, i), SCENE_VMA_FLAT,
                   row_rect (&r, i));
  add_leaves (&r);
  text.y = r.rect.y + r.rect.height + line * 0.5;
  scene_add_text (build, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_HEADING, 1),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, text,
                  scene_vma_maple_text (build, vmas));
  if (vmas->at == SCENE_VMAS_NONE || !is_seen (&r, vmas->at))
    return;
  SceneRect at = row_rect (&r, vmas->at);
  scene_add_vma_token (build, at.x, at.y + at.height / 2);
}
