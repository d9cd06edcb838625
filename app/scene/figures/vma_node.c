/* A region as a node of the tree. */
#include "figures/vma_node.h"

#include <glib/gi18n-lib.h>

#include "figures/region_words.h"

static double
padding (const SceneBuild *b)
{
  return scene_em (b, 0.35);
}

static double
line_height (const SceneBuild *b)
{
  return MAX (scene_line (b, SCENE_TEXT_MONO_SMALL),
              scene_line (b, SCENE_TEXT_SMALL));
}

/* A red node's badge is a pill, a black one's a square. */
static double
badge_width (const SceneBuild *b)
{
  return scene_em (b, 1.45);
}

static double
address_width (const SceneBuild *b)
{
  const struct vm_geometry *g = b->context->geometry;
  guint64 last = (G_GUINT64_CONSTANT (1) << (g->va_bits - 1)) - 1;
  g_autofree char *text
      = g_strdup_printf ("–%s", scene_number_virtual (g, last).s);

  return scene_width (b, SCENE_TEXT_MONO_SMALL, text);
}

/* How the address that is looked for compares with the region. */
static const char *
comparison (const SceneVma *vma)
{
  switch (vma->look) {
  case VM_LOOK_LEFT:
    return "va < start";
  case VM_LOOK_RIGHT:
    return "va ≥ end";
  case VM_LOOK_INSIDE:
    break;
  }
  return "start ≤ va";
}

static const char *
word_of (const SceneBuild *b, const SceneVma *vma)
{
  return vma->looked ? comparison (vma) : scene_region_flags (vma->r->flags);
}

double
scene_vma_width (const SceneBuild *build, SceneVmaForm form)
{
  double badge = badge_width (build) + padding (build);
  double word = scene_width (build, SCENE_TEXT_MONO_SMALL, "start ≤ va");

  if (form == SCENE_VMA_TALL)
    return MAX (address_width (build), badge + word) + 2 * padding (build);
  return badge + address_width (build) + word + 3 * padding (build);
}

double
scene_vma_height (const SceneBuild *build, SceneVmaForm form)
{
  guint lines = form == SCENE_VMA_TALL ? 3 : 2;

  return lines * line_height (build) + scene_em (build, 0.2);
}

static SceneRole
role_of (const SceneVma *vma)
{
  return vma->looked || vma->found || vma->now ? SCENE_ROLE_ACCENT
                                               : SCENE_ROLE_NEUTRAL;
}

static SceneEmphasis
emphasis_of (const SceneVma *vma)
{
  if (vma->now)
    return SCENE_ACTIVE;
  return vma->looked || vma->found ? SCENE_STRONG : SCENE_NORMAL;
}

static void
add_badge (SceneBuild *b, const SceneVma *vma, SceneRect place)
{
  gboolean red = vma->r->red != 0;
  double height = MIN (place.height, scene_em (b, 0.85));
  double width = red ? badge_width (b) : height;
  SceneRect rect = scene_middle (place, height);

  rect.x += (rect.width - width) / 2;
  rect.width = width;
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_BADGE, vma->region),
      SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, rect,
      red ? C_ ("colour of a node", "R") : C_ ("colour of a node", "B"));
  item->kind = SCENE_CHIP;
  item->role = red ? SCENE_ROLE_FAULT : SCENE_ROLE_NEUTRAL;
  item->emphasis = SCENE_ACTIVE;
  item->rect.y = place.y
                 + (place.height - scene_line (b, SCENE_TEXT_SMALL)) / 2;
  item->rect.height = scene_line (b, SCENE_TEXT_SMALL);
  scene_item_shows (b, item, &vma->r->red, sizeof vma->r->red);
}

static SceneItem *
add_line (SceneBuild *b, guint part, const SceneVma *vma, SceneTextStyle style,
          SceneAlign align, SceneRect rect, const char *text)
{
  SceneItem *item
      = scene_add_text (b, SCENE_ID (SCENE_FIGURE_REGIONS, part, vma->region),
                        style, align, rect, text);

  item->role = role_of (vma);
  item->emphasis = MAX (emphasis_of (vma), SCENE_NORMAL);
  return item;
}

static void
add_box (SceneBuild *b, const SceneVma *vma, SceneRect rect)
{
  const struct vm_geometry *g = b->context->geometry;
  SceneItem *item = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_NODE, vma->region), rect,
      role_of (vma), emphasis_of (vma));
  const char *colour = vma->r->red != 0 ? _ ("red") : _ ("black");

  /* Translators: the ends of a region; "rw-p"; what it holds; its colour. */
  item->name = scene_still_printf (b->still, _ ("Region %s–%s, %s, %s; %s"),
                                   scene_number_virtual (g, vma->r->start).s,
                                   scene_number_virtual (g, vma->r->end).s,
                                   scene_region_flags (vma->r->flags),
                                   scene_region_label (b->context, vma->r),
                                   colour);
  scene_item_shows (b, item, vma->r, sizeof *vma->r);
}

static void
add_ends (SceneBuild *b, const SceneVma *vma, SceneAlign align, SceneRect upper,
          SceneRect lower)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *end = scene_still_printf (
      b->still, "–%s", scene_number_virtual (g, vma->r->end).s);

  add_line (b, SCENE_VMA_START, vma, SCENE_TEXT_MONO_SMALL, align, upper,
            scene_keep (b, scene_number_virtual (g, vma->r->start)));
  add_line (b, SCENE_VMA_END, vma, SCENE_TEXT_MONO_SMALL, align, lower, end);
}

/* Its ends; below them the badge, and what it allows or how it compares. */
static void
add_tall (SceneBuild *b, const SceneVma *vma, SceneRect rect)
{
  double line = line_height (b);
  SceneRect upper = scene_cut_top (&rect, line, 0);
  SceneRect lower = scene_cut_top (&rect, line, 0);

  add_ends (b, vma, SCENE_ALIGN_END, upper, lower);
  add_badge (b, vma, scene_cut_left (&rect, badge_width (b), padding (b)));
  add_line (b, SCENE_VMA_WORD, vma, SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
            rect, word_of (b, vma));
}

static void
add_flat (SceneBuild *b, const SceneVma *vma, SceneRect rect)
{
  double line = line_height (b), badge = badge_width (b);
  SceneRect left = scene_cut_left (
      &rect, badge + padding (b) + address_width (b), padding (b));
  SceneRect upper = scene_cut_top (&left, line, 0);
  const char *label = scene_region_label (b->context, vma->r);

  add_badge (b, vma, scene_cut_left (&upper, badge, padding (b)));
  scene_cut_left (&left, badge + padding (b), 0);
  add_ends (b, vma, SCENE_ALIGN_END, upper, left);
  add_line (b, SCENE_VMA_WORD, vma, SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
            scene_cut_top (&rect, line, 0), word_of (b, vma));
  if (scene_width (b, SCENE_TEXT_SMALL, label) <= rect.width)
    add_line (b, SCENE_VMA_LABEL, vma, SCENE_TEXT_SMALL, SCENE_ALIGN_END,
              scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)), label);
}

void
scene_add_vma (SceneBuild *build, const SceneVma *vma, SceneVmaForm form,
               SceneRect rect)
{
  guint lines = form == SCENE_VMA_TALL ? 3 : 2;

  add_box (build, vma, rect);
  rect = scene_middle (scene_inset (rect, padding (build), 0),
                       lines * line_height (build));
  if (form == SCENE_VMA_TALL)
    add_tall (build, vma, rect);
  else
    add_flat (build, vma, rect);
}

void
scene_add_vma_branch (SceneBuild *build, const SceneVmas *vmas,
                      const SceneVma *vma, const ScenePoint *points,
                      guint count)
{
  const SceneVma *parent = scene_vma_at (vmas, vma->parent);
  gboolean lit = vma->looked && parent->looked;
  SceneItem *item = scene_still_add (
      build->still,
      SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_BRANCH, vma->region),
      build->parent, SCENE_LINE, (SceneRect){0});

  item->role = lit ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = lit ? SCENE_STRONG : SCENE_NORMAL;
  for (guint i = 0; i < count; i++)
    scene_still_add_point (build->still, item, points[i].x, points[i].y);
}

double
scene_vma_token_side (const SceneBuild *build)
{
  return scene_em (build, 0.55);
}

void
scene_add_vma_token (SceneBuild *build, double x, double y)
{
  double side = scene_vma_token_side (build);
  SceneItem *item = scene_still_add (
      build->still, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_TOKEN, 0),
      build->parent, SCENE_MARKER,
      (SceneRect){x - side / 2, y - side / 2, side, side});

  item->text = scene_still_text (build->still, "diamond");
  item->role = SCENE_ROLE_ACCENT;
  item->emphasis = SCENE_ACTIVE;
}
