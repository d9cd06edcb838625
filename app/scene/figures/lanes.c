/* Lanes: who does what, one after the other. */
#include "figures/lanes.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"

enum {
  PART_STEP = SCENE_PART, /* number: the step's own, as below */
  PART_REACH,
  PART_LINE, /* from a step to what it reaches */
  PART_HAND, /* from the step before to this */
  PART_LANE, /* number: lane, as below */
  PART_RULE,
  PART_LEFT
};

/* Where on a box work arrives, and where it reaches out, as a part of its
 * width: so the two ways never lie on each other. */
#define ARRIVES 0.3
#define REACHES 0.68

/* A box grows by so much of its least width to fill the room. */
#define MOST_GROWTH 1.5

typedef struct {
  SceneFigureId figure;
  const SceneLanesShape *shape;
  SceneRect time; /* right of the labels */
  double lane, box, width;
} Ground;

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.95);
}

static double
box_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.4);
}

static double
lane_height (const SceneBuild *b)
{
  return box_height (b) + scene_em (b, 0.9);
}

static double
least_step (const SceneBuild *b, const SceneLanesShape *shape)
{
  return shape->step + scene_em (b, 0.5);
}

/* An operation of a kernel takes many steps. */
static double
left_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_SMALL,
                      b->context->regions ? "… 9999" : "… 999");
}

static double
labels_width (const SceneBuild *b, const SceneLanesShape *shape)
{
  double width = 0;

  for (guint i = 0; i < shape->count; i++)
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL, shape->lanes[i]));
  return width + scene_em (b, 0.3) + left_width (b) + scene_em (b, 0.5);
}

static double
lane_middle (const Ground *g, guint lane)
{
  return g->time.y + (lane + 0.5) * g->lane;
}

static SceneRect
box_of (const SceneBuild *b, const Ground *g, guint slot, guint lane)
{
  return (SceneRect){g->time.x + slot * (g->width + gap (b)),
                     lane_middle (g, lane) - g->box / 2, g->width, g->box};
}

static void
add_lane (SceneBuild *b, const Ground *g, guint lane, SceneRect labels)
{
  double line = scene_line (b, SCENE_TEXT_SMALL);
  double y = g->time.y + lane * g->lane;

  if (lane > 0)
    scene_still_add (
        b->still, SCENE_ID (g->figure, PART_RULE, lane), b->parent, SCENE_RULE,
        (SceneRect){labels.x, y, g->time.x + g->time.width - labels.x, 0})
        ->emphasis
        = SCENE_FAINT;
  labels.y = lane_middle (g, lane) - line / 2;
  labels.height = line;
  labels.width -= left_width (b) + scene_em (b, 0.8);
  scene_add_text (b, SCENE_ID (g->figure, PART_LANE, lane), SCENE_TEXT_SMALL,
                  SCENE_ALIGN_START, labels, g->shape->lanes[lane]);
}

/* From the box before to this: along its own lane and then across to this, or
 * straight on. */
static void
add_hand (SceneBuild *b, const Ground *g, const SceneLaneStep *step,
          SceneRect to, double x, guint from)
{
  double y = lane_middle (g, from);
  SceneItem *item = scene_still_add (
      b->still, SCENE_ID (g->figure, PART_HAND, step->number), b->parent,
      SCENE_CONNECTOR, to);

  item->emphasis = step->emphasis == SCENE_ACTIVE ? SCENE_STRONG : SCENE_NORMAL;
  scene_still_add_point (b->still, item, x, y);
  if (from == step->lane) {
    scene_still_add_point (b->still, item, to.x, y);
    return;
  }
  double column = to.x + ARRIVES * to.width;
  scene_still_add_point (b->still, item, column, y);
  scene_still_add_point (b->still, item, column,
                         from < step->lane ? to.y : to.y + to.height);
}

static void
add_reach (SceneBuild *b, const Ground *g, const SceneLaneStep *step,
           SceneRect box, SceneRect room)
{
  double width
      = MIN (room.width,
             MAX (scene_chip_width (b, SCENE_TEXT_MONO_SMALL, step->reach.text),
                  room.height * 1.6));
  gboolean down = step->reach.lane > step->lane;
  double x = box.x + REACHES * box.width;
  SceneRect chip = {CLAMP (x - width / 2, room.x, room.x + room.width - width),
                    room.y + room.height * 0.08, width, room.height * 0.84};
  SceneItem *item = scene_still_add (
      b->still, SCENE_ID (g->figure, PART_LINE, step->number), b->parent,
      SCENE_LINE, box);

  item->role = step->reach.role;
  item->emphasis = SCENE_STRONG;
  scene_still_add_point (b->still, item, x, down ? box.y + box.height : box.y);
  scene_still_add_point (b->still, item, x,
                         down ? chip.y : chip.y + chip.height);
  item = scene_add_text (b, SCENE_ID (g->figure, PART_REACH, step->number),
                         SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER, chip,
                         step->reach.text);
  item->kind = SCENE_CHIP;
  item->role = step->reach.role;
  item->emphasis = MAX (step->emphasis, SCENE_STRONG);
  item->name = scene_still_text (b->still, step->reach.name);
  if (step->reach.width == 0)
    return;
  scene_item_shows_memory (b, item, step->reach.pa, step->reach.width);
  scene_item_means (item, SCENE_MEANS_PHYSICAL, step->reach.pa);
}

static void
add_step (SceneBuild *b, const Ground *g, guint slot, const SceneLaneStep *step)
{
  SceneRect rect = box_of (b, g, slot, step->lane);
  SceneItem *box = scene_add_box (b,
                                  SCENE_ID (g->figure, PART_STEP, step->number),
                                  rect, step->role, step->emphasis);

  box->style = SCENE_TEXT_SMALL;
  box->text = scene_still_text (b->still, step->text);
  box->name = scene_still_text (b->still, step->name);
  scene_item_means (box, step->meaning, step->meant);
  if (step->state != NULL)
    scene_item_shows (b, box, step->state, step->bytes);
  if (step->reach.text != NULL)
    add_reach (b, g, step, rect, box_of (b, g, slot, step->reach.lane));
}

/* How many steps have no room, in the lane in which they ended. */
static void
add_left (SceneBuild *b, const Ground *g, const SceneLanes *lanes)
{
  double line = scene_line (b, SCENE_TEXT_SMALL), width = left_width (b);
  const char *text = scene_still_printf (b->still, "… %" PRIu64, lanes->left);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (g->figure, PART_LEFT, 0), SCENE_TEXT_SMALL, SCENE_ALIGN_END,
      (SceneRect){g->time.x - scene_em (b, 0.5) - width,
                  lane_middle (g, lanes->from) - line / 2, width, line},
      scene_width (b, SCENE_TEXT_SMALL, text) <= width ? text : "…");

  item->name = scene_still_printf (b->still,
                                   ngettext ("%" PRIu64 " step before",
                                             "%" PRIu64 " steps before",
                                             (gulong) lanes->left),
                                   lanes->left);
}

guint
scene_lanes_slots (const SceneBuild *build, const SceneLanesShape *shape,
                   double width)
{
  double room = width - labels_width (build, shape) + gap (build) + 0.01;

  return (guint) MAX (1, room / (least_step (build, shape) + gap (build)));
}

double
scene_lanes_width (const SceneBuild *build, const SceneLanesShape *shape,
                   guint slots)
{
  return labels_width (build, shape)
         + slots * (least_step (build, shape) + gap (build)) - gap (build);
}

double
scene_lanes_height (const SceneBuild *build, const SceneLanesShape *shape)
{
  return shape->count * lane_height (build);
}

void
scene_add_lanes (SceneBuild *build, SceneFigureId figure,
                 const SceneLanesShape *shape, const SceneLanes *lanes,
                 SceneRect rect)
{
  Ground g = {.figure = figure,
              .shape = shape,
              .lane = rect.height / shape->count,
              .box = box_height (build)};
  SceneRect labels = scene_cut_left (&rect, labels_width (build, shape), 0);

  g.time = rect;
  g.width = MIN ((rect.width + gap (build)) / lanes->slots - gap (build),
                 least_step (build, shape) * MOST_GROWTH);
  for (guint i = 0; i < shape->count; i++)
    add_lane (build, &g, i, labels);
  if (lanes->left > 0)
    add_left (build, &g, lanes);
  for (guint i = 0; i < lanes->count; i++) {
    const SceneLaneStep *step = &lanes->steps[i];
    SceneRect box = box_of (build, &g, i, step->lane);
    if (i > 0)
      add_hand (build, &g, step, box, box.x - gap (build),
                lanes->steps[i - 1].lane);
    add_step (build, &g, i, step);
  }
}
