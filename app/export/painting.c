/* Pictures of a lesson's steps, one after the other. */
#include "painting.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "stage.h"

#define MOST_PIXELS 16384 /* a side of a PNG */
#define POINTS_A_PIXEL 0.75

struct _ExportPainting {
  LessonPlay *play;
  ExportLook look;
  SceneStage *stage;
  ScenePainter *painter;
};

ExportPainting *
export_painting_new (LessonPlay *play, const ExportLook *look)
{
  ExportPainting *painting = g_new0 (ExportPainting, 1);

  painting->play = play;
  painting->look = *look;
  painting->stage = scene_stage_new (play->document);
  painting->painter = scene_painter_new (NULL, 1);
  scene_stage_set_caption (painting->stage, look->caption);
  scene_stage_set_start (painting->stage, play->first_step);
  return painting;
}

void
export_painting_free (ExportPainting *painting)
{
  if (painting == NULL)
    return;
  scene_stage_free (painting->stage);
  scene_painter_free (painting->painter);
  g_free (painting);
}

SceneStill *
export_painting_still (ExportPainting *painting, guint64 step, GError **error)
{
  if (!export_seek (painting->play, step, error))
    return NULL;
  return scene_stage_still (painting->stage, painting->play->machine,
                            scene_painter_metrics (painting->painter),
                            painting->look.width, painting->look.height);
}

void
export_painting_draw (ExportPainting *painting, const SceneStill *still,
                      cairo_t *cr)
{
  scene_painter_items (painting->painter, cr, still, painting->look.palette,
                       -1);
}

/* A picture takes the place of a file that is there, but never of a device or
 * a pipe. */
static gboolean
may_write (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS)
      || g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                       _ ("this is there, and no regular file"));
  return FALSE;
}

static gboolean
write_png (ExportPainting *painting, const SceneStill *still, const char *path,
           GError **error)
{
  double zoom = painting->look.zoom;

  if (still->width * zoom <= MOST_PIXELS && still->height * zoom <= MOST_PIXELS)
    return scene_write_png (still, painting->painter, painting->look.palette,
                            path, zoom, error);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
               _ ("a picture has at most %d pixels a side"), MOST_PIXELS);
  return FALSE;
}

gboolean
export_painting_write (ExportPainting *painting, guint64 step,
                       const char *format, const char *path, GError **error)
{
  g_autoptr (SceneStill) still = NULL;

  if (!may_write (path, error))
    return FALSE;
  still = export_painting_still (painting, step, error);
  if (still == NULL)
    return FALSE;
  if (strcmp (format, "svg") == 0)
    return scene_write_svg (still, scene_painter_metrics (painting->painter),
                            painting->look.palette, path, error);
  if (strcmp (format, "pdf") == 0)
    return scene_write_pdf (still, painting->painter, painting->look.palette,
                            path, error);
  return write_png (painting, still, path, error);
}

static void
add_page (ExportPainting *painting, const SceneStill *still, guint64 step,
          ExportPages *pages)
{
  const SceneColor ground = painting->look.palette->ground;
  g_autofree char *sentence = export_sentence (painting->play);
  /* Translators: a bookmark: the number of a step, and its sentence. */
  g_autofree char *title
      = g_strdup_printf (_ ("%" PRIu64 ": %s"), step, sentence);
  cairo_t *cr = export_pages_add (pages, still->width * POINTS_A_PIXEL,
                                  still->height * POINTS_A_PIXEL);

  cairo_set_source_rgb (cr, ground.red, ground.green, ground.blue);
  cairo_paint (cr);
  cairo_scale (cr, POINTS_A_PIXEL, POINTS_A_PIXEL);
  export_painting_draw (painting, still, cr);
  export_pages_mark (pages, 0, title);
}

ExportPages *
export_painting_pages (ExportPainting *painting, const ExportJob *job,
                       const GArray *steps, double done, GError **error)
{
  g_autofree char *title = lesson_text_plain (painting->play->document->title);
  g_autoptr (ExportPages) pages = export_pages_new (title);

  for (guint i = 0; i < steps->len; i++) {
    guint64 step = g_array_index (steps, guint64, i);
    g_autoptr (SceneStill) still
        = export_painting_still (painting, step, error);
    if (still == NULL
        || !export_progress (job, done * (i + 1) / steps->len, error))
      return NULL;
    add_page (painting, still, step, pages);
  }
  return g_steal_pointer (&pages);
}
