/* A transition: what travels from one still to the next, and when.
 *
 * An item that is in both stills and has another place there travels; what has
 * the same place fades from one look to the other; what is in one of them only
 * fades. One datum moves at a time: a figure that a datum will land in is first
 * brought into its new order, then the data fly, then the other figures follow.
 *
 *   0      take_off                          landed             1
 *   |--slot--|-----------flights--------------|--slot--|--slot--|
 *
 * All of it follows from the two stills, and each moment from the phase alone:
 * playing, scrubbing and reversing show the same. */
#ifndef SCENE_TRANSITION_H
#define SCENE_TRANSITION_H

#include "scene.h"

/* One datum in both stills, at different places. */
typedef struct {
  const SceneItem *before, *after;
} SceneMove;

/* A figure's items move in this part of the step's time. */
typedef struct {
  guint figure;
  gboolean early; /* before the flights */
  double start, end;
} SceneSlot;

typedef struct {
  const SceneStill *from, *to; /* from may be NULL */
  GArray *moves;               /* of SceneMove, in the order of to's items */
  GArray *slots;               /* of SceneSlot, one a figure with moves */
  double take_off, landed;     /* when flights are in the air */
  guint duration;              /* at speed 1, in milliseconds: 250 to 600 */
} SceneTransition;

/* A moving item at one moment. */
typedef struct {
  const SceneItem *before, *after;
  SceneRect rect; /* of the item, now */
  double look;    /* 0: it looks like before; 1: like after */
} SceneMover;

/* Fills in a transition. The stills must live as long as it does; one from
 * another layout than the other has nothing that moves. Clear with
 * scene_transition_clear. */
void scene_transition_init (SceneTransition *transition, const SceneStill *from,
                            const SceneStill *to);
void scene_transition_clear (SceneTransition *transition);

/* True if items of the figure travel. */
gboolean scene_transition_moves (const SceneTransition *transition,
                                 guint figure);

/* How far (0 to 1) what stands still in a figure looks like the second still.
 * What follows from a step never shows before its cause: a figure that a datum
 * flies to changes when it lands; one that it only leaves, at once; the others,
 * and connectors (figure 0), when everything has landed. */
double scene_transition_fade (const SceneTransition *transition, guint figure,
                              double phase);

/* Appends to movers (of SceneMover) where the moving items of a figure are. */
void scene_transition_movers (const SceneTransition *transition, guint figure,
                              double phase, GArray *movers);

/* A figure that is brought into its new order before a datum lands in it: as it
 * looks when its items have moved, and nothing that follows from the step can
 * be seen yet. *moved is the part of that movement that is done at a phase. The
 * still has the figure's items only; its texts are those of the two stills.
 * Free with scene_still_free; NULL of any other figure. */
SceneStill *scene_transition_arranged (const SceneTransition *transition,
                                       guint figure, double phase,
                                       double *moved);

/* The part of the flights' own time (below 0 before, above 1 after it). */
double scene_transition_flight_time (const SceneTransition *transition,
                                     double phase);

/* 0 to 1, eased in and out. */
double scene_ease (double phase);

/* True if two items look the same wherever they stand. */
gboolean scene_items_look_alike (const SceneItem *a, const SceneItem *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SceneTransition, scene_transition_clear)

#endif
