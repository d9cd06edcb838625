/* The stage: figures in a grid with gutters, and connectors between them.
 *
 * The stage lays out from font metrics and routes every connector itself, in
 * the gutters, never across text or over a figure. */
#ifndef SCENE_STAGE_H
#define SCENE_STAGE_H

#include "document.h"
#include "machine/machine.h"
#include "scene.h"

typedef struct _SceneStage SceneStage;

/* A stage with the figures that a lesson names; with NULL the usual ones of a
 * walk. An unknown figure kind is left out. Free with scene_stage_free. */
SceneStage *scene_stage_new (const LessonDocument *document);
void scene_stage_free (SceneStage *stage);

/* Adds the sentence of the step as a figure, or takes it away: for pictures
 * that stand alone. A window has a label for it. */
void scene_stage_set_caption (SceneStage *stage, gboolean caption);

/* True if a figure of that kind exists. */
gboolean scene_stage_knows (const char *kind);

/* Up to this cursor the machine was being set up, and the stage shows it with
 * nothing happening: a lesson begins with a machine that is ready. */
void scene_stage_set_start (SceneStage *stage, guint64 cursor);

/* Some of a stage's figures: bit i is the i-th of those that the lesson
 * names. */
typedef guint64 SceneCast;
#define SCENE_CAST_ALL G_MAXUINT64

/* How many there are, and which of them are shown; all, unless it was said. */
guint scene_stage_count (const SceneStage *stage);
void scene_stage_set_cast (SceneStage *stage, SceneCast cast);

/* The figures that the step at the machine's cursor is about: something in them
 * is active, or a datum flies from them or to them. *landing: those in which
 * one lands, for which the step is done; may be NULL. */
SceneCast scene_stage_concerned (SceneStage *stage,
                                 const struct vm_machine *machine,
                                 SceneCast *landing);

/* The least height of some of the figures in a width. */
double scene_stage_least_height (SceneStage *stage,
                                 const struct vm_machine *machine,
                                 SceneCast cast, const SceneMetrics *metrics,
                                 double width);

/* Shows the rows of a window (one of the still's) from `first` on, until
 * scene_stage_unscroll lets every figure choose by itself again; that says
 * FALSE if they all do. Stills made before are of no use then. */
void scene_stage_scroll (SceneStage *stage, SceneId window, guint64 first);
gboolean scene_stage_unscroll (SceneStage *stage);

/* What the stage shows with the machine at its cursor, laid out for a width;
 * height is what would be liked (0: no wish), and the still's height what it
 * came to. Below about 520 pixels figures stack, as on a telephone. Free with
 * scene_still_free. The machine is not changed, its cursor not moved. */
SceneStill *scene_stage_still (SceneStage *stage,
                               const struct vm_machine *machine,
                               const SceneMetrics *metrics, double width,
                               double height);

/* How much larger than `metrics` fonts may be for the usual figures still to
 * fit well into a size: 1 or more. A large screen shows large type so. */
double scene_stage_scale (const SceneMetrics *metrics, double width,
                          double height);

/* How large fonts may be at most for a width, of those in `metrics`: so that it
 * has 20 ems. With fewer, as on a telephone with text twice as large, numbers
 * would be cut off. Below half of them nothing could be read. */
double scene_stage_most_scale (const SceneMetrics *metrics, double width);

/* Panels in the still are items of kind SCENE_PANEL with parent 0; all other
 * items of a figure have an id of the same SCENE_ID_FIGURE. Connectors between
 * figures have figure 0. */
#define SCENE_FIGURE_STAGE 0

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneStage, scene_stage_free)

#endif
