/* A transition: what travels from one still to the next, and when. */
#include "transition.h"

#include <math.h>
#include <string.h>

/* Less is no change of place, in pixels. */
#define STILL 1.0

/* Milliseconds: a step in which nothing flies; one with one datum in the air;
 * for each datum after it; for a figure that moves alone, and along with data
 * in the air; for what changes its look. */
#define DURATION_PLAIN 250
#define DURATION_FLIGHT 450
#define DURATION_MORE 75
#define DURATION_SLOT 250
#define DURATION_SLOT_MORE 125
#define DURATION_FADE 100
#define DURATION_MOST 600

/* After so many figures one after the other, the rest move with the last. */
#define MOST_SLOTS 3

static gboolean
near (double a, double b)
{
  return fabs (a - b) <= STILL;
}

static gboolean
is_visible (const SceneItem *item)
{
  return item->kind != SCENE_TEXT || item->text != NULL;
}

/* Where the text of an item stands that is nothing but text: its rectangle is
 * only the room that it has. */
static double
text_x (const SceneItem *item)
{
  switch (item->align) {
  case SCENE_ALIGN_START:
    break;
  case SCENE_ALIGN_CENTER:
    return item->rect.x + item->rect.width / 2;
  case SCENE_ALIGN_END:
    return item->rect.x + item->rect.width;
  }
  return item->rect.x;
}

static double
middle_y (const SceneItem *item)
{
  return item->rect.y + item->rect.height / 2;
}

/* What moves by itself, and takes along the texts that it carries: a box, a
 * bar, a glyph, a place that is only pointed at. */
static gboolean
is_carrier (const SceneItem *item)
{
  switch (item->kind) {
  case SCENE_BOX:
  case SCENE_EDGE:
  case SCENE_MARKER:
    return TRUE;
  case SCENE_TEXT:
    return item->text == NULL;
  case SCENE_PANEL:
  case SCENE_CHIP:
  case SCENE_RULE:
  case SCENE_CONNECTOR:
  case SCENE_LINE:
    break;
  }
  return FALSE;
}

static gboolean
carrier_moves (const SceneItem *a, const SceneItem *b)
{
  return !near (a->rect.x, b->rect.x) || !near (a->rect.y, b->rect.y)
         || !near (a->rect.width, b->rect.width)
         || !near (a->rect.height, b->rect.height);
}

/* A text goes where one of its carrier's edges goes. */
static gboolean
rides_on (const SceneMove *text, const SceneMove *carrier)
{
  const SceneRect *from = &carrier->before->rect, *to = &carrier->after->rect;
  double dx = text_x (text->after) - text_x (text->before);
  double dy = middle_y (text->after) - middle_y (text->before);

  if (SCENE_ID_FIGURE (carrier->after->id) != SCENE_ID_FIGURE (text->after->id)
      || !near (dy, middle_y (carrier->after) - middle_y (carrier->before)))
    return FALSE;
  return near (dx, to->x - from->x)
         || near (dx, to->x + to->width - from->x - from->width);
}

static gboolean
text_moves (const SceneMove *text, const GArray *carriers)
{
  if (near (text_x (text->before), text_x (text->after))
      && near (middle_y (text->before), middle_y (text->after)))
    return FALSE;
  for (guint i = 0; i < carriers->len; i++)
    if (rides_on (text, &g_array_index (carriers, SceneMove, i)))
      return TRUE;
  return FALSE;
}

/* The i-th item of the second still and its twin; false if it has none. */
static gboolean
pair_at (const SceneTransition *t, guint i, SceneMove *pair)
{
  pair->after = &g_array_index (t->to->items, SceneItem, i);
  pair->before = scene_still_find (t->from, pair->after->id);
  return pair->before != NULL && pair->after->kind != SCENE_PANEL
         && !scene_kind_is_stroke (pair->after->kind);
}

static void
find_carriers (const SceneTransition *t, GArray *carriers)
{
  SceneMove pair;

  for (guint i = 0; i < t->to->items->len; i++)
    if (pair_at (t, i, &pair) && is_carrier (pair.after)
        && is_carrier (pair.before) && carrier_moves (pair.before, pair.after))
      g_array_append_val (carriers, pair);
}

static gboolean
is_move (const SceneMove *pair, const GArray *carriers)
{
  if (!is_visible (pair->before) && !is_visible (pair->after))
    return FALSE;
  if (is_carrier (pair->before) && is_carrier (pair->after))
    return carrier_moves (pair->before, pair->after);
  return text_moves (pair, carriers);
}

static void
find_moves (SceneTransition *t)
{
  g_autoptr (GArray) carriers = g_array_new (FALSE, FALSE, sizeof (SceneMove));
  SceneMove pair;

  if (t->from == NULL || t->from->width != t->to->width
      || t->from->height != t->to->height)
    return;
  find_carriers (t, carriers);
  if (carriers->len == 0)
    return;
  for (guint i = 0; i < t->to->items->len; i++)
    if (pair_at (t, i, &pair) && is_move (&pair, carriers))
      g_array_append_val (t->moves, pair);
}

/* True if a datum flies to the figure. */
static gboolean
is_landed_in (const SceneTransition *t, guint figure)
{
  for (guint i = 0; i < t->to->flights->len; i++)
    if (SCENE_ID_FIGURE (g_array_index (t->to->flights, SceneFlight, i).to)
        == figure)
      return TRUE;
  return FALSE;
}

static SceneSlot *
slot_of (const SceneTransition *t, guint figure)
{
  for (guint i = 0; i < t->slots->len; i++) {
    SceneSlot *slot = &g_array_index (t->slots, SceneSlot, i);
    if (slot->figure == figure)
      return slot;
  }
  return NULL;
}

static void
find_slots (SceneTransition *t)
{
  for (guint i = 0; i < t->moves->len; i++) {
    SceneMove *move = &g_array_index (t->moves, SceneMove, i);
    SceneSlot slot = {.figure = SCENE_ID_FIGURE (move->after->id)};
    if (slot_of (t, slot.figure) != NULL)
      continue;
    slot.early = is_landed_in (t, slot.figure);
    g_array_append_val (t->slots, slot);
  }
}

static guint
flights_duration (const SceneTransition *t)
{
  guint flights = t->to->flights->len;

  return flights == 0 ? 0 : DURATION_FLIGHT + (flights - 1) * DURATION_MORE;
}

/* Gives the slots before, or after, the flights their time, from `at` on. */
static double
time_slots (SceneTransition *t, gboolean early, double at, double length)
{
  guint count = 0;

  for (guint i = 0; i < t->slots->len; i++) {
    SceneSlot *slot = &g_array_index (t->slots, SceneSlot, i);
    if (slot->early != early)
      continue;
    if (count++ > 0 && count <= MOST_SLOTS)
      at += length;
    slot->start = at;
    slot->end = at + length;
  }
  return count > 0 ? at + length : at;
}

/* First in milliseconds, then as parts of the whole. */
static void
time_everything (SceneTransition *t)
{
  double flights = flights_duration (t);
  double slot = flights > 0 ? DURATION_SLOT_MORE : DURATION_SLOT;

  t->take_off = time_slots (t, TRUE, 0, slot);
  t->landed = t->take_off + flights;
  double whole = MAX (time_slots (t, FALSE, t->landed, slot), DURATION_PLAIN);
  t->duration = (guint) MIN (whole, DURATION_MOST);
  t->take_off /= whole;
  t->landed /= whole;
  for (guint i = 0; i < t->slots->len; i++) {
    SceneSlot *each = &g_array_index (t->slots, SceneSlot, i);
    each->start /= whole;
    each->end = MIN (each->end / whole, 1);
  }
}

/* When a figure in which nothing moves changes. */
static double
change_at (const SceneTransition *t, guint figure)
{
  double landed = 0, all = 0;
  gboolean arrives = FALSE, leaves = FALSE;

  for (guint i = 0; i < t->to->flights->len; i++) {
    const SceneFlight *flight = &g_array_index (t->to->flights, SceneFlight, i);

    all = MAX (all, flight->end);
    leaves |= SCENE_ID_FIGURE (flight->from) == figure;
    if (SCENE_ID_FIGURE (flight->to) != figure)
      continue;
    arrives = TRUE;
    landed = MAX (landed, flight->end);
  }
  if (!arrives && leaves)
    return 0;
  return t->take_off + (arrives ? landed : all) * (t->landed - t->take_off);
}

static double
between (double a, double b, double t)
{
  return t < 1 ? a + (b - a) * t : b;
}

static double
part_of (double phase, double start, double end)
{
  return end > start ? CLAMP ((phase - start) / (end - start), 0, 1) : 1;
}

/* A change of look begins somewhere and is over before the step is. */
static double
fade_from (const SceneTransition *t, double start, double phase)
{
  double length = (double) DURATION_FADE / t->duration;

  start = MIN (start, 1 - length);
  return part_of (phase, start, start + length);
}

/* True if something moves beside the item, in its panel. */
static gboolean
is_among_moves (const SceneTransition *t, const SceneItem *item)
{
  for (guint i = 0; i < t->moves->len; i++)
    if (g_array_index (t->moves, SceneMove, i).after->parent == item->parent)
      return TRUE;
  return FALSE;
}

static void
copy_item (SceneStill *still, const SceneStill *source, const SceneItem *item,
           const SceneRect *rect)
{
  SceneItem *copy
      = scene_still_add (still, item->id, item->parent, item->kind, *rect);

  *copy = *item;
  copy->rect = *rect;
  copy->first_point = still->points->len;
  if (item->point_count > 0)
    g_array_append_vals (
        still->points,
        &g_array_index (source->points, ScenePoint, item->first_point),
        item->point_count);
}

/* What is in both stills has its new place and its old look. What comes is
 * there, quietly, where it comes because others move; else not yet. */
static void
arrange_new (const SceneTransition *t, guint figure, SceneStill *still)
{
  for (guint i = 0; i < t->to->items->len; i++) {
    const SceneItem *item = &g_array_index (t->to->items, SceneItem, i);
    const SceneItem *twin = scene_still_find (t->from, item->id);

    if (SCENE_ID_FIGURE (item->id) != figure)
      continue;
    if (twin != NULL)
      copy_item (still, t->from, twin,
                 scene_kind_is_stroke (twin->kind) ? &twin->rect : &item->rect);
    else if (is_among_moves (t, item)) {
      SceneItem quiet = *item;
      quiet.emphasis = MIN (item->emphasis, SCENE_NORMAL);
      copy_item (still, t->to, &quiet, &item->rect);
    }
  }
}

/* What goes is there still, unless it makes way for what moves. */
static void
arrange_old (const SceneTransition *t, guint figure, SceneStill *still)
{
  for (guint i = 0; i < t->from->items->len; i++) {
    const SceneItem *item = &g_array_index (t->from->items, SceneItem, i);

    if (SCENE_ID_FIGURE (item->id) == figure
        && scene_still_find (t->to, item->id) == NULL
        && !is_among_moves (t, item))
      copy_item (still, t->from, item, &item->rect);
  }
}

void
scene_transition_init (SceneTransition *transition, const SceneStill *from,
                       const SceneStill *to)
{
  *transition = (SceneTransition){
      .from = from,
      .to = to,
      .moves = g_array_new (FALSE, FALSE, sizeof (SceneMove)),
      .slots = g_array_new (FALSE, FALSE, sizeof (SceneSlot))};
  find_moves (transition);
  find_slots (transition);
  time_everything (transition);
}

void
scene_transition_clear (SceneTransition *transition)
{
  g_clear_pointer (&transition->moves, g_array_unref);
  g_clear_pointer (&transition->slots, g_array_unref);
}

gboolean
scene_transition_moves (const SceneTransition *transition, guint figure)
{
  return slot_of (transition, figure) != NULL;
}

double
scene_transition_fade (const SceneTransition *transition, guint figure,
                       double phase)
{
  const SceneSlot *slot = slot_of (transition, figure);

  if (slot != NULL && !slot->early)
    return part_of (phase, slot->start, slot->end);
  return fade_from (transition, change_at (transition, figure), phase);
}

void
scene_transition_movers (const SceneTransition *transition, guint figure,
                         double phase, GArray *movers)
{
  const SceneSlot *slot = slot_of (transition, figure);

  if (slot == NULL)
    return;
  double t = scene_ease (part_of (phase, slot->start, slot->end));
  double at = slot->early ? change_at (transition, figure) : slot->start;

  for (guint i = 0; i < transition->moves->len; i++) {
    const SceneMove *move = &g_array_index (transition->moves, SceneMove, i);
    const SceneRect *a = &move->before->rect, *b = &move->after->rect;
    SceneMover mover = {.before = move->before, .after = move->after};
    if (SCENE_ID_FIGURE (move->after->id) != figure)
      continue;
    mover.rect = (SceneRect){between (a->x, b->x, t), between (a->y, b->y, t),
                             between (a->width, b->width, t),
                             between (a->height, b->height, t)};
    mover.look = fade_from (transition, at, phase);
    g_array_append_val (movers, mover);
  }
}

SceneStill *
scene_transition_arranged (const SceneTransition *transition, guint figure,
                           double phase, double *moved)
{
  const SceneSlot *slot = slot_of (transition, figure);

  if (slot == NULL || !slot->early)
    return NULL;

  SceneStill *still = scene_still_new ();
  still->width = transition->to->width;
  still->height = transition->to->height;
  /* Unlike that of any step, and the same whenever these two meet. */
  still->cursor = transition->from->cursor << 32 ^ transition->to->cursor
                  ^ G_GUINT64_CONSTANT (1) << 63;
  arrange_new (transition, figure, still);
  arrange_old (transition, figure, still);
  *moved = part_of (phase, slot->start, slot->end);
  return still;
}

double
scene_transition_flight_time (const SceneTransition *transition, double phase)
{
  double span = transition->landed - transition->take_off;

  return span > 0 ? (phase - transition->take_off) / span : -1;
}

double
scene_ease (double phase)
{
  phase = CLAMP (phase, 0, 1);
  return phase < 0.5 ? 4 * phase * phase * phase
                     : 1 - 4 * (1 - phase) * (1 - phase) * (1 - phase);
}

gboolean
scene_items_look_alike (const SceneItem *a, const SceneItem *b)
{
  return a->kind == b->kind && a->role == b->role && a->emphasis == b->emphasis
         && a->style == b->style && a->align == b->align
         && a->stroke == b->stroke
         && memcmp (a->also, b->also, sizeof a->also) == 0
         && g_strcmp0 (a->text, b->text) == 0;
}
