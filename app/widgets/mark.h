/* The marks on the scrub bar: which steps of a lesson stand out, and why. */
#ifndef PW_MARK_H
#define PW_MARK_H

#include <cairo.h>

#include "describe.h"
#include "palette.h"
#include "run.h"

typedef struct {
  guint step; /* of the lesson: the place at which it has happened */
  SceneEvent event;
  gboolean question; /* the reader is asked here */
  SceneRole role;    /* its colour */
  char *text;        /* what happened, translated */
} PwMark;

/* The marks of a lesson in step order (of PwMark, freed with the array). */
GPtrArray *pw_marks_new (LessonPlay *play);

/* The role that an event is coloured with. */
SceneRole pw_mark_role (SceneEvent event, const struct vm_step *step);

/* Draws the sign of a mark around (x, y); radius in pixels. Every kind has a
 * shape of its own, for those who cannot tell the colours apart. */
void pw_mark_draw (cairo_t *cr, const PwMark *mark, const ScenePalette *palette,
                   double x, double y, double radius);

#endif
