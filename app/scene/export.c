/* Stills as PNG and PDF files. */
#include "paint.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* PDF counts in points of 1/72 inch, a still in pixels of 1/96. */
#define POINTS_A_PIXEL 0.75

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint_page (cairo_t *cr, const SceneStill *still, ScenePainter *painter,
            const ScenePalette *palette)
{
  cairo_set_source_rgb (cr, palette->ground.red, palette->ground.green,
                        palette->ground.blue);
  cairo_paint (cr);
  scene_painter_items (painter, cr, still, palette, -1);
}

/* Writes through a temporary file, so that a failure leaves none behind. */
static gboolean
save_bytes (const GByteArray *bytes, cairo_status_t status, const char *path,
            GError **error)
{
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                 /* Translators: a file name and a reason. */
                 _ ("The picture “%s” cannot be made: %s"), path,
                 cairo_status_to_string (status));
    return FALSE;
  }
  return g_file_set_contents (path, (const char *) bytes->data,
                              (gssize) bytes->len, error);
}

gboolean
scene_write_png (const SceneStill *still, ScenePainter *painter,
                 const ScenePalette *palette, const char *path, double zoom,
                 GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double width = CLAMP (ceil (still->width * zoom), 1, 65536);
  double height = CLAMP (ceil (still->height * zoom), 1, 65536);
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, zoom, zoom);
  paint_page (cr, still, painter, palette);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  return save_bytes (bytes, status, path, error);
}

gboolean
scene_write_pdf (const SceneStill *still, ScenePainter *painter,
                 const ScenePalette *palette, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_bytes, bytes, still->width * POINTS_A_PIXEL,
      still->height * POINTS_A_PIXEL);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, POINTS_A_PIXEL, POINTS_A_PIXEL);
  paint_page (cr, still, painter, palette);
  cairo_show_page (cr);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return save_bytes (bytes, status, path, error);
}
