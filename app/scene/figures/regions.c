/* A column of regions: what an address space holds, its highest addresses on
 * top. */
#include "figures/regions.h"

#include <glib/gi18n-lib.h>

#include "figures/choose.h"
#include "figures/parts.h"
#include "figures/sharing.h"

/* How much higher a region grows where there is room. */
#define MOST_STRETCH 1.4

typedef struct {
  SceneFigureId figure;
  guint space;
  const SceneRegion *regions;
} Column;

static double
region_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL)
         + scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.35);
}

/* Between neighbours, and where addresses between them are not mapped. */
static double
seam (const SceneBuild *b)
{
  return scene_em (b, 0.15);
}

static double
hole (const SceneBuild *b)
{
  return scene_em (b, 0.65);
}

static double
padding (const SceneBuild *b)
{
  return scene_em (b, 0.5);
}

static double
more_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

static const char *
range_text (const SceneBuild *b, const SceneRegion *region, double room)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *range = scene_still_printf (
      b->still, "%s–%s", scene_number_virtual (g, region->first).s,
      scene_number_virtual (g, region->last).s);

  return scene_width (b, SCENE_TEXT_MONO_SMALL, range) <= room
             ? range
             : scene_keep (b, scene_number_virtual (g, region->first));
}

static void
add_text (SceneBuild *b, const Column *c, const SceneRegion *region, guint part,
          SceneTextStyle style, SceneRect rect, const char *text)
{
  SceneItem *item = scene_add_text (
      b,
      SCENE_ID (c->figure, part, scene_space_number (c->space, region->first)),
      style, part == SCENE_SHARING_FLAGS ? SCENE_ALIGN_END : SCENE_ALIGN_START,
      rect, text);

  item->role = region->role;
  item->emphasis = region->emphasis;
}

static void
add_region (SceneBuild *b, const Column *c, const SceneRegion *region,
            SceneRect rect)
{
  SceneItem *item
      = scene_add_box (b, scene_id_region (c->figure, c->space, region->first),
                       rect, region->role, region->emphasis);

  item->name = scene_still_text (b->still, region->name);
  if (region->width > 0)
    scene_item_shows_memory (b, item, region->pa, region->width);
  else if (region->record != NULL)
    scene_item_shows (b, item, region->record, region->record_width);

  SceneRect rest = scene_middle (scene_inset (rect, padding (b), 0),
                                 region_height (b) - scene_em (b, 0.35));
  SceneRect first = scene_cut_top (&rest, scene_line (b, SCENE_TEXT_SMALL), 0);
  SceneRect right = scene_cut_right (
      &first, scene_width (b, SCENE_TEXT_MONO_SMALL, region->flags),
      scene_em (b, 0.4));
  add_text (b, c, region, SCENE_SHARING_LABEL, SCENE_TEXT_SMALL, first,
            region->label);
  add_text (b, c, region, SCENE_SHARING_FLAGS, SCENE_TEXT_MONO_SMALL, right,
            region->flags);
  add_text (b, c, region, SCENE_SHARING_RANGE, SCENE_TEXT_MONO_SMALL, rest,
            range_text (b, region, rest.width));
}

/* Addresses that nothing is mapped at: a quiet strip. */
static void
add_hole (SceneBuild *b, const Column *c, guint64 first, SceneRect rect)
{
  scene_add_box (b,
                 SCENE_ID (c->figure, SCENE_SHARING_UNMAPPED,
                           scene_space_number (c->space, first)),
                 scene_inset (rect, 0, seam (b)), SCENE_ROLE_FREE, SCENE_FAINT);
}

static gboolean
is_hole (const SceneRegion *below, const SceneRegion *above)
{
  return below->last + 1 != above->first;
}

/* What lies between and above the regions that are shown. */
static double
between (const SceneBuild *b, const Column *c, const GArray *shown)
{
  double height = 0;

  for (guint i = 1; i < shown->len; i++) {
    const SceneRegion *below = &c->regions[g_array_index (shown, guint, i - 1)];
    const SceneRegion *above = &c->regions[g_array_index (shown, guint, i)];
    height += is_hole (below, above) ? hole (b) : seam (b);
  }
  return height;
}

static GArray *
choose (SceneBuild *b, SceneRect rect, const SceneRegion *regions, guint count,
        guint slots)
{
  g_autofree guint *ranks = g_new (guint, count);

  for (guint i = 0; i < count; i++)
    ranks[i] = regions[i].emphasis;
  return scene_choose_scrolled (b, rect, ranks, count, slots, TRUE);
}

static void
add_more (SceneBuild *b, const Column *c, guint hidden, SceneRect *rect)
{
  if (hidden == 0)
    return;
  scene_add_text (b,
                  SCENE_ID (c->figure, SCENE_SHARING_MORE,
                            scene_space_number (c->space, 0)),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_cut_bottom (rect, more_height (b), 0),
                  scene_still_printf (b->still,
                                      ngettext ("… %u more region",
                                                "… %u more regions", hidden),
                                      hidden))
      ->emphasis
      = SCENE_FAINT;
}

static void
add_shown (SceneBuild *b, const Column *c, const GArray *shown, SceneRect rect)
{
  const struct vm_geometry *g = b->context->geometry;
  guint shift = g == NULL ? VM_PAGE_SHIFT : g->page_shift;
  double room = (rect.height - between (b, c, shown)) / MAX (1, shown->len);
  double height = MIN (room, MOST_STRETCH * region_height (b));

  for (guint i = shown->len; i-- > 0;) {
    const SceneRegion *region = &c->regions[g_array_index (shown, guint, i)];
    add_region (b, c, region, scene_cut_top (&rect, height, 0));
    if (i == 0)
      return;
    const SceneRegion *below = &c->regions[g_array_index (shown, guint, i - 1)];
    gboolean free = is_hole (below, region);
    SceneRect gap = scene_cut_top (&rect, free ? hole (b) : seam (b), 0);
    if (free)
      add_hole (b, c, below->last >> shift << shift, gap);
  }
}

double
scene_region_least (const SceneBuild *build, double label, const char *flags)
{
  double first = label + scene_em (build, 0.4)
                 + scene_width (build, SCENE_TEXT_MONO_SMALL, flags);
  double address
      = scene_number_width (build, SCENE_TEXT_MONO_SMALL,
                            scene_number_virtual (build->context->geometry, 0));

  return MAX (first, address) + 2 * padding (build);
}

double
scene_region_width (const SceneBuild *build, double label, const char *flags)
{
  double address
      = scene_number_width (build, SCENE_TEXT_MONO_SMALL,
                            scene_number_virtual (build->context->geometry, 0));
  double dash = scene_width (build, SCENE_TEXT_MONO_SMALL, "–");

  return MAX (scene_region_least (build, label, flags),
              2 * address + dash + 2 * padding (build));
}

double
scene_regions_height (const SceneBuild *build, guint count)
{
  return count * (region_height (build) + hole (build)) - hole (build)
         + more_height (build);
}

void
scene_add_regions (SceneBuild *build, SceneFigureId figure, guint space,
                   const SceneRegion *regions, guint count, SceneRect rect)
{
  Column column = {figure, space, regions};
  double each = region_height (build) + hole (build);
  double room = rect.height - more_height (build) + hole (build);
  guint slots = (guint) MAX (1, (room + 0.01) / each);
  g_autoptr (GArray) shown = choose (build, rect, regions, count, slots);

  add_more (build, &column, count - shown->len, &rect);
  add_shown (build, &column, shown, rect);
}

SceneId
scene_id_region (SceneFigureId figure, guint space, guint64 first)
{
  return SCENE_ID (figure, SCENE_SHARING_REGION,
                   scene_space_number (space, first));
}
