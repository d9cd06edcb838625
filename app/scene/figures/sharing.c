/* Address spaces side by side, and the physical frames that they share between
 * them. */
#include "figures/sharing.h"

#include <glib/gi18n-lib.h>

#include "figures/frame_column.h"
#include "figures/parts.h"
#include "figures/sharing_places.h"

/* A figure on its way. */
typedef struct {
  SceneBuild *b;
  SceneFigureId figure;
  const SceneSharing *sharing;
  guint rows;
  SceneSharingPlaces places;
} Sharing;

/* A line across the gutters, from the edge of one item to that of another. */
typedef struct {
  ScenePoint from, to;
  double lane; /* x of its upright piece */
} Way;

/* Lower bits of the number in an id: more than pages have. */
#define NUMBER_BITS 45

static void
add_empty (const Sharing *s, guint panel, SceneRect inside, const char *text)
{
  SceneBuild *b = s->b;

  scene_add_text (b, SCENE_ID (s->figure, SCENE_SHARING_EMPTY, panel),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_middle (inside, scene_line (b, SCENE_TEXT_SMALL)), text)
      ->emphasis
      = SCENE_FAINT;
}

static void
add_space (const Sharing *s, guint i)
{
  const SceneSharingSpace *space = &s->sharing->spaces[i];
  SceneBuild *b = s->b;
  guint panel = scene_space_panel (i);
  SceneRect inside = scene_add_signed_panel (
      b, s->figure, panel, s->places.space[i], space->title,
      SCENE_ID (s->figure, SCENE_SHARING_SIGN, panel), space->owner.role,
      space->owner.sign);

  if (space->region_count == 0)
    add_empty (s, panel, inside, space->empty);
  else
    scene_add_regions (b, s->figure, i, space->regions, space->region_count,
                       inside);
}

static void
add_table (const Sharing *s, guint i)
{
  const SceneSharingSpace *space = &s->sharing->spaces[i];
  guint panel = scene_space_table (i);
  SceneRect inside = scene_add_signed_panel (
      s->b, s->figure, panel, s->places.table[i], _ ("Page table"),
      SCENE_ID (s->figure, SCENE_SHARING_SIGN, panel), space->owner.role,
      space->owner.sign);

  scene_add_mappings (s->b, s->figure, i, space->mappings, space->mapping_count,
                      space->hidden, inside);
}

static void
add_memory (const Sharing *s, const SceneSharingShape *shape)
{
  const SceneSharing *sharing = s->sharing;
  SceneOwner owners[SCENE_OWNERS] = {{NULL}};
  SceneRect inside = scene_add_panel (s->b, s->figure, 0, s->places.memory,
                                      _ ("Physical memory"), sharing->subtitle);

  for (guint i = 0; i < shape->spaces; i++)
    owners[i] = sharing->spaces[i].owner;
  if (sharing->frame_count == 0)
    add_empty (s, 0, inside, _ ("no frame is mapped yet"));
  else
    scene_add_frame_column (s->b, s->figure, owners, sharing->frames,
                            sharing->frame_count, inside);
}

static void
add_way (const Sharing *s, SceneId id, const Way *way, const SceneMapping *m,
         const char *name)
{
  SceneItem *item
      = scene_still_add (s->b->still, id, 0, SCENE_CONNECTOR, (SceneRect){0});

  item->role = m->role;
  item->emphasis = m->emphasis;
  item->name = name;
  scene_still_add_point (s->b->still, item, way->from.x, way->from.y);
  if (way->from.y != way->to.y) {
    scene_still_add_point (s->b->still, item, way->lane, way->from.y);
    scene_still_add_point (s->b->still, item, way->lane, way->to.y);
  }
  scene_still_add_point (s->b->still, item, way->to.x, way->to.y);
}

static gboolean
at_right (const Sharing *s, guint space)
{
  return s->places.form.sides == 2 && space % 2 == 1;
}

/* The edge of a rectangle that looks towards physical memory, or away. */
static double
edge (const Sharing *s, guint space, const SceneRect *rect, gboolean inwards)
{
  return at_right (s, space) == inwards ? rect->x : rect->x + rect->width;
}

static double
lane_from (const Sharing *s, guint space, const SceneRect *panel, guint i)
{
  double distance = scene_sharing_lane (s->b, s->places.form, i);

  return edge (s, space, panel, TRUE)
         + (at_right (s, space) ? -distance : distance);
}

static double
middle_of (const SceneRect *rect)
{
  return rect->y + rect->height / 2;
}

/* Lines up and lines down have lanes of their own, in such an order that those
 * of one kind never cross. */
static guint
lane_of (const Sharing *s, guint row, gboolean up)
{
  guint last = s->rows - 1;

  return up ? 2 * row : 2 * (last - row) + 1;
}

/* Lanes of the spaces above in the same column. */
static guint
lanes_before (const Sharing *s, guint space)
{
  return 1 + space / s->places.form.sides * 2 * s->rows;
}

/* How far from a frame's middle a line ends there, so that no two do at one
 * point. */
static double
arrival (const Sharing *s, guint space, guint row)
{
  guint columns = MAX (1, s->places.form.sides);
  double among = space / columns - (s->places.form.stacked - 1) / 2.0;
  double step = s->rows > 3 ? 0.25 : 0.4;

  return scene_em (s->b, (row - (s->rows - 1) / 2.0) * step
                             + (s->rows > 3 ? among * 0.6 : 0));
}

/* From a page to its frame. What is about level runs straight. */
static void
add_leads (const Sharing *s, guint space, guint row)
{
  const SceneMapping *m = &s->sharing->spaces[space].mappings[row];
  SceneStill *still = s->b->still;
  const SceneItem *from
      = scene_still_find (still, scene_id_mapping (s->figure, space, m->va));
  const SceneItem *to
      = scene_still_find (still, scene_id_owned (s->figure, m->frame));

  if (!m->present || from == NULL || to == NULL)
    return;
  double shift = s->places.form.beside ? 0 : scene_em (s->b, 0.25);
  Way way = {{edge (s, space, &from->rect, TRUE), middle_of (&from->rect)},
             {edge (s, space, &to->rect, FALSE), middle_of (&to->rect)},
             0};
  way.from.y += shift;
  way.to.y += arrival (s, space, row);
  if (ABS (way.from.y - middle_of (&to->rect))
      < to->rect.height / 2 - scene_em (s->b, 0.4))
    way.to.y = way.from.y;
  way.lane = lane_from (s, space, &s->places.table[space],
                        lanes_before (s, space)
                            + lane_of (s, row, way.to.y < way.from.y));
  add_way (s,
           SCENE_ID (s->figure, SCENE_SHARING_LEADS,
                     scene_space_number (space, m->va)),
           &way, m,
           scene_still_text (still, _ ("The entry leads to this frame")));
}

static const SceneRegion *
region_of (const SceneSharingSpace *space, guint64 va)
{
  for (guint i = 0; i < space->region_count; i++)
    if (va >= space->regions[i].first && va <= space->regions[i].last)
      return &space->regions[i];
  return NULL;
}

/* From a region to the page in it that matters. */
static void
add_holds (const Sharing *s, guint space, guint row)
{
  const SceneMapping *m = &s->sharing->spaces[space].mappings[row];
  const SceneRegion *region = region_of (&s->sharing->spaces[space], m->va);
  SceneStill *still = s->b->still;

  if (region == NULL || m->emphasis < SCENE_STRONG)
    return;
  const SceneItem *from = scene_still_find (
      still, scene_id_region (s->figure, space, region->first));
  const SceneItem *to
      = scene_still_find (still, scene_id_mapping (s->figure, space, m->va));
  if (from == NULL || to == NULL)
    return;
  gboolean beside = s->places.form.beside;
  Way way = {{edge (s, space, &from->rect, TRUE), middle_of (&from->rect)},
             {edge (s, space, &to->rect, !beside),
              middle_of (&to->rect) - (beside ? 0 : scene_em (s->b, 0.25))},
             lane_from (s, space, &s->places.space[space], beside ? 1 : 0)};
  add_way (s,
           SCENE_ID (s->figure, SCENE_SHARING_HOLDS,
                     scene_space_number (space, m->va)),
           &way, m, scene_still_text (still, _ ("The region holds this page")));
}

/* The lines that matter lie over the others. */
static void
add_lines (const Sharing *s, guint space, SceneEmphasis emphasis)
{
  const SceneSharingSpace *of = &s->sharing->spaces[space];

  for (guint row = 0; row < of->mapping_count; row++) {
    if (of->mappings[row].emphasis != emphasis)
      continue;
    add_leads (s, space, row);
    add_holds (s, space, row);
  }
}

void
scene_add_sharing (SceneBuild *build, SceneFigureId figure,
                   const SceneSharingShape *shape, const SceneSharing *sharing,
                   SceneRect rect)
{
  Sharing s = {build, figure, sharing, shape->rows,
               scene_sharing_places (build, shape, rect)};

  for (guint i = 0; i < shape->spaces; i++) {
    add_space (&s, i);
    add_table (&s, i);
  }
  add_memory (&s, shape);
  if (s.places.form.sides == 0)
    return;
  for (SceneEmphasis e = SCENE_FAINT; e <= SCENE_ACTIVE; e++)
    for (guint i = 0; i < shape->spaces; i++)
      add_lines (&s, i, e);
}

guint64
scene_space_number (guint space, guint64 va)
{
  /* Toys have small pages: their addresses differ in lower bits, too. */
  guint64 page = va >> VM_PAGE_SHIFT
                 | (va & (VM_PAGE_SIZE - 1)) >> 4 << (NUMBER_BITS - 8);

  return (guint64) space << NUMBER_BITS
         | (page & ((G_GUINT64_CONSTANT (1) << NUMBER_BITS) - 1));
}

guint
scene_space_panel (guint space)
{
  return 1 + space;
}

guint
scene_space_table (guint space)
{
  return 1 + SCENE_SHARING_SPACES + space;
}
