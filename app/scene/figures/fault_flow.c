/* The page-fault handler as a chart: a trunk of questions from top to bottom,
 * and lanes that leave it to the right.
 *
 *   [the fault]                              [what it came to]
 *    user?      -> no: MAPERR
 *    a region?  -> no: MAPERR
 *    inside it? -> grows down? -> in the limit? -> gap kept? --+
 *       |             |              |               |         |
 *       |             no             no              no        |
 *       |  +---------------------------------------------------+
 *    allowed?   -> no: ACCERR
 *       ...                                                            */
#include <glib/gi18n-lib.h>

#include "figures/fault_chart.h"
#include "figures/fault_places.h"
#include "figures/fault_words.h"

/* The chart on its way. */
typedef struct {
  SceneBuild *b;
  const SceneFaultRun *run;
  SceneFaultPlaces places;
} Flow;

static SceneRect
box_of (const Flow *f, guint node)
{
  return scene_fault_node_rect (&f->places, node);
}

static void
add_line (const Flow *f, guint part, guint64 number, gboolean lit,
          const ScenePoint *points, guint count)
{
  SceneItem *item = scene_still_add (
      f->b->still, SCENE_ID (SCENE_FIGURE_HANDLER, part, number), f->b->parent,
      SCENE_LINE, (SceneRect){0});

  item->role = lit ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = lit ? SCENE_STRONG : SCENE_FAINT;
  for (guint i = 0; i < count; i++)
    scene_still_add_point (f->b->still, item, points[i].x, points[i].y);
}

/* "yes" or "no" beside a line. */
static void
add_word (const Flow *f, guint part, guint node, gboolean yes, gboolean lit,
          double x, double y)
{
  const char *text = yes ? _ ("yes") : _ ("no");
  SceneItem *item = scene_add_text (
      f->b, SCENE_ID (SCENE_FIGURE_HANDLER, part, node), SCENE_TEXT_SMALL,
      SCENE_ALIGN_START,
      (SceneRect){x, y, scene_width (f->b, SCENE_TEXT_SMALL, text),
                  scene_line (f->b, SCENE_TEXT_SMALL)},
      text);

  item->role = lit ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = lit ? SCENE_STRONG : SCENE_NORMAL;
}

/* True if the way leads from a node on to the next one of its lane or trunk. */
static gboolean
goes (const Flow *f, guint from, guint to)
{
  const SceneFaultNode *n = &scene_fault_nodes[from];
  gboolean turns = n->column == 0 && scene_fault_nodes[to].column > 0;

  if (!scene_fault_reached (f->run, from) || !scene_fault_reached (f->run, to))
    return FALSE;
  if (turns)
    return !scene_fault_goes_on (f->run, from);
  return n->column > 0 || scene_fault_goes_on (f->run, from);
}

/* Down the trunk. */
static void
add_fall (const Flow *f, guint from, guint to)
{
  SceneRect a = box_of (f, from), b = box_of (f, to);
  double x = a.x + a.width / 2;
  gboolean lit = goes (f, from, to);

  add_line (f, SCENE_FAULT_LINE, to, lit,
            (const ScenePoint[]){{x, a.y + a.height}, {x, b.y}}, 2);
  add_word (f, SCENE_FAULT_BRANCH, from, scene_fault_nodes[from].on, lit,
            x + scene_em (f->b, 0.25), a.y + a.height);
}

/* To the right; out of the trunk with a word above the line. */
static void
add_step (const Flow *f, guint from, guint to)
{
  SceneRect a = box_of (f, from), b = box_of (f, to);
  double y = a.y + a.height / 2;
  gboolean lit = goes (f, from, to);

  add_line (f, SCENE_FAULT_LINE, to, lit,
            (const ScenePoint[]){{a.x + a.width, y}, {b.x, y}}, 2);
  if (scene_fault_nodes[from].column == 0)
    add_word (f, SCENE_FAULT_ASIDE, from, !scene_fault_nodes[from].on, lit,
              a.x + a.width + scene_em (f->b, 0.3),
              y - scene_line (f->b, SCENE_TEXT_SMALL) - scene_em (f->b, 0.1));
}

/* From the end of a lane round its exits and back to the trunk. */
static void
add_return (const Flow *f, guint from)
{
  guint to = scene_fault_at (scene_fault_nodes[from].row + 1, 0);
  SceneRect a = box_of (f, from), b = box_of (f, to);
  double right = a.x + a.width + scene_fault_lane_gap (f->b) / 2;
  double end = b.x + b.width - scene_em (f->b, 0.6);
  double y = b.y - scene_em (f->b, 0.5);
  gboolean lit = scene_fault_reached (f->run, from)
                 && scene_fault_reached (f->run, to);

  add_line (f, SCENE_FAULT_RETURN, from, lit,
            (const ScenePoint[]){{a.x + a.width, a.y + a.height / 2},
                                 {right, a.y + a.height / 2},
                                 {right, y},
                                 {end, y},
                                 {end, b.y}},
            5);
}

static void
add_exit_line (const Flow *f, guint exit, SceneRect rect, gboolean lit)
{
  guint node = scene_fault_exits[exit].node;
  SceneRect box = box_of (f, node);
  double middle = box.x + box.width / 2, y = rect.y + rect.height / 2;
  double right = box.x + box.width + scene_em (f->b, 0.35);
  double bend = box.x + box.width + scene_fault_lane_gap (f->b) / 2;
  double half = box.y + box.height / 2;

  if (!scene_fault_exits_below (node))
    add_line (
        f, SCENE_FAULT_EXIT_LINE, exit, lit,
        (const ScenePoint[]){
            {box.x + box.width, half}, {bend, half}, {bend, y}, {rect.x, y}},
        4);
  else if (scene_fault_exit_turn (exit) == 0)
    add_line (
        f, SCENE_FAULT_EXIT_LINE, exit, lit,
        (const ScenePoint[]){{middle, box.y + box.height}, {middle, rect.y}},
        2);
  else
    add_line (f, SCENE_FAULT_EXIT_LINE, exit, lit,
              (const ScenePoint[]){{box.x + box.width, half},
                                   {right, half},
                                   {right, y},
                                   {rect.x + rect.width, y}},
              4);
}

static SceneRole
exit_role (const SceneFaultExit *e)
{
  switch (e->end) {
  case SCENE_FAULT_ACTION:
    return SCENE_ROLE_HIT;
  case SCENE_FAULT_SIGNAL:
    return SCENE_ROLE_FAULT;
  case SCENE_FAULT_GOES_ON:
  case SCENE_FAULT_FIXED:
    break;
  }
  return SCENE_ROLE_MISS;
}

static void
add_exit (const Flow *f, guint exit)
{
  const SceneFaultExit *e = &scene_fault_exits[exit];
  gboolean lit = f->run->exit == exit || f->run->remarked[exit];
  SceneRect rect = scene_fault_exit_rect (&f->places, f->b, exit);

  add_exit_line (f, exit, rect, lit);
  SceneItem *item = scene_add_text (
      f->b, SCENE_ID (SCENE_FIGURE_HANDLER, SCENE_FAULT_EXIT, exit),
      SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, rect, _ (e->text));
  item->kind = SCENE_BOX;
  item->role = exit_role (e);
  item->emphasis = lit ? SCENE_STRONG : SCENE_FAINT;
  if (lit && f->run->exit == exit && f->run->end == f->b->context->step)
    item->emphasis = SCENE_ACTIVE;
  item->name = scene_still_printf (
      f->b->still, "%s %s",
      scene_fault_question (scene_fault_nodes[e->node].question), item->text);
}

/* When a question is asked that is not on the way. */
static void
add_apart (const Flow *f, guint node, SceneRect rect)
{
  guint column = scene_fault_nodes[node].column - 1;

  rect.x = f->places.x[column];
  rect.width = f->places.width[column];
  SceneItem *item = scene_add_text (
      f->b, SCENE_ID (SCENE_FIGURE_HANDLER, SCENE_FAULT_APART, node),
      SCENE_TEXT_SMALL, SCENE_ALIGN_END,
      scene_middle (rect, scene_line (f->b, SCENE_TEXT_SMALL)),
      scene_fault_apart (scene_fault_nodes[node].question));
  item->emphasis = f->run->asked[node] != NULL ? SCENE_STRONG : SCENE_NORMAL;
}

/* The line that leads to a question. */
static void
add_way (const Flow *f, guint node)
{
  guint before = scene_fault_before (node);

  while (before != SCENE_FAULT_NONE
         && !scene_fault_shown (f->b->context, before))
    before = scene_fault_before (before);
  if (before == SCENE_FAULT_NONE)
    return;
  if (scene_fault_nodes[node].column == 0)
    add_fall (f, before, node);
  else
    add_step (f, before, node);
}

static void
add_node (const Flow *f, guint node)
{
  SceneFaultBox box = scene_fault_node_box (f->b, f->run, node);
  SceneRect rect = box_of (f, node);

  add_way (f, node);
  if (scene_fault_returns (node))
    add_return (f, node);
  scene_add_fault_box (f->b, &box, rect);
  if (scene_fault_nodes[node].apart)
    add_apart (f, node, rect);
}

static void
add_cards (const Flow *f)
{
  SceneRect from = scene_fault_card_rect (&f->places, 0), to = box_of (f, 0);
  double x = to.x + to.width / 2;

  add_line (f, SCENE_FAULT_ENTRY, 0,
            f->run->begin != NULL && scene_fault_reached (f->run, 0),
            (const ScenePoint[]){{x, from.y + from.height}, {x, to.y}}, 2);
  for (guint card = 0; card < 2; card++) {
    SceneFaultBox box = scene_fault_card_box (f->b, f->run, card);
    scene_add_fault_box (f->b, &box, scene_fault_card_rect (&f->places, card));
  }
}

/* Before the exit, at the question asked last, or at the fault itself. */
static void
add_token (const Flow *f)
{
  SceneRect at = scene_fault_card_rect (&f->places, 0);

  if (f->run->exit != SCENE_FAULT_NONE)
    at = scene_fault_exit_rect (&f->places, f->b, f->run->exit);
  else if (f->run->last != SCENE_FAULT_NONE)
    at = box_of (f, f->run->last);
  else if (f->run->begin == NULL)
    return;
  scene_add_fault_token (f->b, at.x - scene_fault_token_side (f->b) / 2,
                         at.y + at.height / 2);
}

void
scene_add_fault_flow (SceneBuild *build, const SceneFaultRun *run,
                      SceneRect rect)
{
  Flow f = {.b = build, .run = run};

  scene_fault_places (&f.places, build, rect);
  add_cards (&f);
  for (guint i = 0; i < scene_fault_node_count; i++)
    if (scene_fault_shown (build->context, i))
      add_node (&f, i);
  for (guint i = 0; i < scene_fault_exit_count; i++)
    if (scene_fault_shown (build->context, scene_fault_exits[i].node))
      add_exit (&f, i);
  add_token (&f);
}
