/* What the stage paints: layers that are kept, and tokens that are moved. */
#ifndef PW_CANVAS_H
#define PW_CANVAS_H

#include <gtk/gtk.h>

#include "layer.h"
#include "scene.h"

typedef struct _PwCanvas PwCanvas;

/* Free with pw_canvas_free. */
PwCanvas *pw_canvas_new (void);
void pw_canvas_free (PwCanvas *canvas);

/* Forgets every painting: fonts, colours, size or lesson are others now. */
void pw_canvas_forget (PwCanvas *canvas);

/* Appends the moment at a phase (0 to 1) of the way between two stills: their
 * figures, connectors over them, outlines of the rectangles in changed (of
 * SceneRect), tokens over everything. from is NULL when nothing moves. */
void pw_canvas_snapshot (PwCanvas *canvas, GtkSnapshot *snapshot,
                         const PwBrush *brush, const SceneStill *from,
                         const SceneStill *to, double phase,
                         const GArray *changed);

#endif
