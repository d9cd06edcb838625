/* Where the questions and exits of the page-fault handler's chart stand. */
#include "figures/fault_places.h"

#include <glib/gi18n-lib.h>

#include "figures/fault_chart.h"
#include "figures/fault_words.h"

static double
aside_gap (const SceneBuild *b)
{
  return MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("yes")),
              scene_width (b, SCENE_TEXT_SMALL, _ ("no")))
         + scene_em (b, 0.5) + scene_fault_token_side (b);
}

/* The trunk has a word in it. */
static double
row_gap (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

/* To the left of the trunk, for the mark of where the handler is. */
static double
token_room (const SceneBuild *b)
{
  return scene_fault_token_side (b);
}

/* A line that leads back to the trunk lies in the middle of this, above it. */
static double
return_room (const SceneBuild *b)
{
  return scene_em (b, 0.9);
}

static double
exit_gap (const SceneBuild *b)
{
  return scene_em (b, 0.3);
}

static double
exit_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.1);
}

/* True of a row that has a question in the trunk, or whose question is left
 * out. */
static gboolean
is_shown (const SceneBuild *b, guint row)
{
  guint node = scene_fault_at (row, 0);

  return node == SCENE_FAULT_NONE || scene_fault_shown (b->context, node);
}

/* From the boxes of a row to those of the next: the word in the trunk, or the
 * exits of the lanes and the line that leads back. */
static double
room_below (const SceneBuild *b, guint row)
{
  guint most = 0;
  gboolean returns = FALSE;

  for (guint i = 0; i < scene_fault_exit_count; i++) {
    guint node = scene_fault_exits[i].node;
    if (scene_fault_nodes[node].row == row && scene_fault_exits_below (node))
      most = MAX (most, scene_fault_exit_turn (i) + 1);
  }
  for (guint i = 0; i < scene_fault_node_count; i++)
    returns = returns
              || (scene_fault_nodes[i].row == row && scene_fault_returns (i));
  double exits = most * (exit_gap (b) + exit_height (b)) + exit_gap (b);
  return MAX (row_gap (b), exits + (returns ? return_room (b) : 0));
}

static guint
exits_of (guint node)
{
  guint count = 0;

  for (guint i = 0; i < scene_fault_exit_count; i++)
    count += scene_fault_exits[i].node == node;
  return count;
}

double
scene_fault_lane_gap (const SceneBuild *build)
{
  return scene_em (build, 0.8);
}

double
scene_fault_places_width (const SceneBuild *build)
{
  return scene_fault_box_width (build, TRUE) + aside_gap (build)
         + (SCENE_FAULT_COLUMNS - 1) * scene_fault_box_width (build, FALSE)
         + (SCENE_FAULT_COLUMNS - 2) * scene_fault_lane_gap (build)
         + token_room (build) + scene_em (build, 0.4);
}

double
scene_fault_places_height (const SceneBuild *build)
{
  double all = scene_fault_card_height (build) + row_gap (build) / 2;

  for (guint row = 0; row < SCENE_FAULT_ROWS; row++) {
    if (!is_shown (build, row))
      continue;
    all += scene_fault_box_height (build);
    if (row + 1 < SCENE_FAULT_ROWS)
      all += room_below (build, row);
  }
  return all;
}

/* Room that is left over makes lanes wider, and the gaps between rows higher,
 * but not without end. */
void
scene_fault_places (SceneFaultPlaces *places, const SceneBuild *build,
                    SceneRect rect)
{
  double trunk = scene_fault_box_width (build, TRUE);
  double lane = scene_fault_box_width (build, FALSE);
  double spare = MAX (0, rect.width - scene_fault_places_width (build));
  double more = MIN (spare / SCENE_FAULT_COLUMNS, scene_em (build, 4));
  double rest = rect.height - scene_fault_places_height (build);
  double higher = CLAMP (rest / SCENE_FAULT_ROWS, 0, scene_em (build, 0.6));
  double x = rect.x + token_room (build)
             + (spare - more * SCENE_FAULT_COLUMNS) / 2;
  double y = rect.y;

  places->height = scene_fault_box_height (build);
  places->card_height = scene_fault_card_height (build);
  for (guint i = 0; i < SCENE_FAULT_COLUMNS; i++) {
    places->x[i] = x;
    places->width[i] = (i == 0 ? trunk : lane) + more;
    x += places->width[i]
         + (i == 0 ? aside_gap (build) : scene_fault_lane_gap (build));
  }
  places->cards = y;
  y += places->card_height + row_gap (build) / 2 + higher;
  for (guint row = 0; row < SCENE_FAULT_ROWS; row++) {
    places->y[row] = y;
    if (is_shown (build, row))
      y += places->height + room_below (build, row) + higher;
  }
}

gboolean
scene_fault_exits_below (guint node)
{
  return scene_fault_nodes[node].column > 0 && !scene_fault_nodes[node].apart;
}

guint
scene_fault_exit_turn (guint exit)
{
  guint turn = 0;

  for (guint i = 0; i < exit; i++)
    turn += scene_fault_exits[i].node == scene_fault_exits[exit].node;
  return turn;
}

SceneRect
scene_fault_node_rect (const SceneFaultPlaces *places, guint node)
{
  const SceneFaultNode *n = &scene_fault_nodes[node];

  return (SceneRect){places->x[n->column], places->y[n->row],
                     places->width[n->column], places->height};
}

SceneRect
scene_fault_exit_rect (const SceneFaultPlaces *places, const SceneBuild *build,
                       guint exit)
{
  guint node = scene_fault_exits[exit].node;
  guint turn = scene_fault_exit_turn (exit);
  guint column = scene_fault_nodes[node].column + 1;
  SceneRect box = scene_fault_node_rect (places, node);
  double height = exit_height (build), gap = exit_gap (build);
  double spread = MAX (box.height, 2 * height + scene_em (build, 0.15));

  if (scene_fault_exits_below (node))
    return (SceneRect){box.x, box.y + box.height + gap + turn * (height + gap),
                       box.width, height};
  SceneRect rect = {places->x[column], box.y + (box.height - height) / 2,
                    places->width[column], height};
  if (exits_of (node) > 1)
    rect.y = box.y + box.height / 2 - spread / 2 + turn * (spread - height);
  return rect;
}

SceneRect
scene_fault_card_rect (const SceneFaultPlaces *places, guint card)
{
  guint first = card == 0 ? 0 : SCENE_FAULT_COLUMNS - 2;
  guint last = card == 0 ? SCENE_FAULT_COLUMNS - 3 : SCENE_FAULT_COLUMNS - 1;

  return (SceneRect){places->x[first], places->cards,
                     places->x[last] + places->width[last] - places->x[first],
                     places->card_height};
}
