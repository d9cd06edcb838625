/* Pictures of a lesson's steps, one after the other. */
#ifndef EXPORT_PAINTING_H
#define EXPORT_PAINTING_H

#include "export.h"
#include "pages.h"
#include "paint.h"

typedef struct {
  double width, height; /* of the stage in pixels; height 0: as is needed */
  double zoom;          /* of a PNG */
  const ScenePalette *palette;
  gboolean caption; /* with the sentence of the step */
} ExportLook;

/* Paints the stage of one lesson, which must live longer. Free with
 * export_painting_free. */
typedef struct _ExportPainting ExportPainting;

ExportPainting *export_painting_new (LessonPlay *play, const ExportLook *look);
void export_painting_free (ExportPainting *painting);

/* The picture of a step, counted from the lesson's beginning. Moves the
 * machine. NULL and *error if there is no memory. */
SceneStill *export_painting_still (ExportPainting *painting, guint64 step,
                                   GError **error);

/* Draws a still, at its own size in pixels. */
void export_painting_draw (ExportPainting *painting, const SceneStill *still,
                           cairo_t *cr);

/* Writes one step as a file: "png", "svg" or "pdf". Leaves none behind if that
 * fails. */
gboolean export_painting_write (ExportPainting *painting, guint64 step,
                                const char *format, const char *path,
                                GError **error);

/* A page a step, with a bookmark each. NULL and *error if the job was stopped,
 * or there is no memory. The job is told from 0 to `done`. */
ExportPages *export_painting_pages (ExportPainting *painting,
                                    const ExportJob *job, const GArray *steps,
                                    double done, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExportPainting, export_painting_free)

#endif
