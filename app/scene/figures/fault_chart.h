/* The page-fault handler as a chart of questions, or, where it is narrow, as a
 * list of them. */
#ifndef SCENE_FAULT_CHART_H
#define SCENE_FAULT_CHART_H

#include "figures/fault_path.h"
#include "figures/kit.h"

/* Parts of the ids; both ways to draw it have the same. */
enum {
  SCENE_FAULT_BOX = SCENE_PART, /* number: node, as below */
  SCENE_FAULT_QUESTION,
  SCENE_FAULT_ANSWER,
  SCENE_FAULT_NUMBERS,
  SCENE_FAULT_LINE,
  SCENE_FAULT_RETURN,
  SCENE_FAULT_BRANCH, /* the word beside a line that leaves the node */
  SCENE_FAULT_ASIDE,  /* and beside the one to a lane */
  SCENE_FAULT_APART,
  SCENE_FAULT_EXIT, /* number: exit, as below */
  SCENE_FAULT_EXIT_LINE,
  SCENE_FAULT_TOKEN,
  SCENE_FAULT_CARD, /* number: 0 the fault, 1 what it came to, as below */
  SCENE_FAULT_CARD_UPPER,
  SCENE_FAULT_CARD_LOWER,
  SCENE_FAULT_ENTRY /* the line from the fault to the first question */
};

/* A box of two lines: a card, or a question. */
typedef struct {
  guint part; /* of the box; those of its texts follow from it */
  guint64 number;
  const char *upper, *answer, *lower; /* NULL: nothing is said */
  SceneRole role;
  SceneEmphasis emphasis;
  const char *name;
} SceneFaultBox;

/* A box, in two lines or, where it is too low for them, in one. */
double scene_fault_box_height (const SceneBuild *build);
double scene_fault_card_height (const SceneBuild *build); /* of one line */
void scene_add_fault_box (SceneBuild *build, const SceneFaultBox *box,
                          SceneRect rect);

/* Width of the widest question with an answer, or of its numbers, in the trunk
 * or in a lane. */
double scene_fault_box_width (const SceneBuild *build, gboolean trunk);

/* What the box of a node says, and that of a card. */
SceneFaultBox scene_fault_node_box (const SceneBuild *build,
                                    const SceneFaultRun *run, guint node);
SceneFaultBox scene_fault_card_box (const SceneBuild *build,
                                    const SceneFaultRun *run, guint card);

/* The mark of where the handler is, round a point, and how wide it is. */
double scene_fault_token_side (const SceneBuild *build);
void scene_add_fault_token (SceneBuild *build, double x, double y);

/* The chart, in a rectangle of at least the size that fault_places.h says. */
void scene_add_fault_flow (SceneBuild *build, const SceneFaultRun *run,
                           SceneRect rect);

/* The list, in as many columns as there is room for. */
double scene_fault_list_least (const SceneBuild *build);
double scene_fault_list_height (const SceneBuild *build, double width);
void scene_add_fault_list (SceneBuild *build, const SceneFaultRun *run,
                           SceneRect rect);

#endif
