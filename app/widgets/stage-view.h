/* The stage: the figures of a lesson at the playhead, and what flies between.
 *
 * It looks at the playhead's position and paints still n, still n + 1, or a
 * moment between them. While nothing moves it paints nothing. To assistive
 * technology it is a group whose description follows the step, and in which
 * every named item of the present still is a child of its own. */
#ifndef PW_STAGE_VIEW_H
#define PW_STAGE_VIEW_H

#include <gtk/gtk.h>

#include "palette.h"
#include "playhead.h"
#include "run.h"
#include "scene.h"

#define PW_TYPE_STAGE (pw_stage_get_type ())
G_DECLARE_FINAL_TYPE (PwStage, pw_stage, PW, STAGE, GtkWidget)

GtkWidget *pw_stage_new (void);

/* The lesson to show, which must live until another is set, and its playhead;
 * NULL and NULL for none. */
void pw_stage_set_lesson (PwStage *stage, LessonPlay *play, PwPlayhead *head);

/* How much larger than suits its room the reader wants it: the figures are laid
 * out anew and the stage scrolls. */
void pw_stage_set_zoom (PwStage *stage, double zoom);

/* Shows of each lesson from now on only the figures that a step is about, and
 * as many others as fit: for type that is read from afar. */
void pw_stage_set_hall (PwStage *stage);

void pw_stage_set_palette (PwStage *stage, const ScenePalette *palette);

/* Describes the present step to assistive technology. */
void pw_stage_set_sentence (PwStage *stage, const char *sentence);

/* The still of the present step, owned by the stage and valid until the step
 * changes; NULL before it has a size. */
const SceneStill *pw_stage_get_still (PwStage *stage);

/* What the present step is about: where its data have landed, or else its
 * first active item. False if there is none. */
gboolean pw_stage_get_focus (PwStage *stage, SceneRect *rect);

/* Paints a step as the stage shows it while nothing moves, whatever it shows
 * now, in the coordinates of the stage. False before it has a size, or for a
 * step that there is not. The signal "looks-changed" tells that a step looks
 * otherwise than before, or is laid out for another size. */
gboolean pw_stage_paint (PwStage *stage, cairo_t *cr, guint step);

/* Outlines an item, together with every item that shows the same bytes of the
 * machine, and the item that the keys have come to. 0 for none. */
void pw_stage_mark (PwStage *stage, SceneId datum, SceneId cursor);

/* Shows the rows of a window of the present still from `first` on; the next
 * step brings back those that it is about. Emits "scrolled", as that does. */
void pw_stage_scroll (PwStage *stage, SceneId window, guint64 first);

/* Moves the focus to what stands for an item, so that it is read out. False if
 * the present still has no such named item. */
gboolean pw_stage_focus_item (PwStage *stage, SceneId id);

#endif
