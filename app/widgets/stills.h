/* The stills of a lesson, one a step, made when asked for and kept a while. */
#ifndef PW_STILLS_H
#define PW_STILLS_H

#include "run.h"
#include "scene.h"

typedef struct _PwStills PwStills;

/* The stills of a lesson being played, which must live longer. Free with
 * pw_stills_free. */
PwStills *pw_stills_new (LessonPlay *play);
void pw_stills_free (PwStills *stills);

/* What to lay out for. A change forgets every still and is told by TRUE; the
 * metrics must live until the next change. */
gboolean pw_stills_set_layout (PwStills *stills, const SceneMetrics *metrics,
                               double width, double height);

/* Shows for each step only as many figures as there is room for: those that it
 * is about, and others that still fit. The same ones stay as long as they can.
 */
void pw_stills_set_hall (PwStills *stills);

/* Forgets every still. */
void pw_stills_forget (PwStills *stills);

/* Shows other rows of a window of the stills, or those again that the figures
 * choose (FALSE: they do already). Forgets every still. */
void pw_stills_scroll (PwStills *stills, SceneId window, guint64 first);
gboolean pw_stills_unscroll (PwStills *stills);

/* The still of a step of the lesson (0: the machine as it was set up), owned by
 * the cache and valid until the second next call. NULL before a layout is set,
 * or for a step that the lesson does not have. The machine's cursor is left
 * where it was. */
const SceneStill *pw_stills_get (PwStills *stills, guint step);

/* The least height that a step can be shown in at a width. */
double pw_stills_least_height (PwStills *stills, guint step,
                               const SceneMetrics *metrics, double width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PwStills, pw_stills_free)

#endif
