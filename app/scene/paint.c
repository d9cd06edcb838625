/* The painter: draws items and tokens with cairo. */
#include "paint.h"

#include <math.h>

#include "fonts.h"
#include "glyphs.h"
#include "look.h"
#include "strokes.h"

struct _ScenePainter {
  SceneFonts *fonts;
};

/* The grid that edges snap to on paper, which has no pixels. */
#define PAPER_PIXEL 0.01

/* Device pixels may be finer than user units: a scale of 2, or a zoom. */
static double
pixel_size (cairo_t *cr)
{
  double dx = 1, dy = 0, sx, sy;

  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_PDF)
    return PAPER_PIXEL;
  cairo_user_to_device_distance (cr, &dx, &dy);
  cairo_surface_get_device_scale (cairo_get_target (cr), &sx, &sy);
  double scale = hypot (dx * sx, dy * sy);
  return scale > 0 ? 1 / scale : 1;
}

/* Edges on device pixels. */
static SceneRect
snap_rect (const SceneBrush *brush, const SceneRect *rect)
{
  double x = scene_brush_snap (brush, rect->x),
         y = scene_brush_snap (brush, rect->y);

  return (SceneRect){x, y, scene_brush_snap (brush, rect->x + rect->width) - x,
                     scene_brush_snap (brush, rect->y + rect->height) - y};
}

static void
trace_rounded (cairo_t *cr, const SceneRect *r, double radius)
{
  double x1 = r->x, y1 = r->y, x2 = x1 + r->width, y2 = y1 + r->height;
  double limit = MIN (r->width, r->height) / 2;

  radius = CLAMP (radius, 0, MAX (0, limit));
  double k = radius
             * (1 - SCENE_QUARTER); /* of a control point from the corner */
  cairo_move_to (cr, x1 + radius, y1);
  cairo_line_to (cr, x2 - radius, y1);
  cairo_curve_to (cr, x2 - k, y1, x2, y1 + k, x2, y1 + radius);
  cairo_line_to (cr, x2, y2 - radius);
  cairo_curve_to (cr, x2, y2 - k, x2 - k, y2, x2 - radius, y2);
  cairo_line_to (cr, x1 + radius, y2);
  cairo_curve_to (cr, x1 + k, y2, x1, y2 - k, x1, y2 - radius);
  cairo_line_to (cr, x1, y1 + radius);
  cairo_curve_to (cr, x1, y1 + k, x1 + k, y1, x1 + radius, y1);
  cairo_close_path (cr);
}

static void
fill_rounded (const SceneBrush *brush, const SceneRect *r, double radius,
              SceneColor color)
{
  trace_rounded (brush->cr, r, radius);
  scene_brush_color (brush->cr, color, 1);
  cairo_set_antialias (brush->cr, CAIRO_ANTIALIAS_FAST);
  cairo_fill (brush->cr);
  cairo_set_antialias (brush->cr, CAIRO_ANTIALIAS_DEFAULT);
}

/* The line lies inside the edge, so that outer edges stay crisp. It is the rim
 * left by two fills, which takes half the time of a fill and a stroke. */
static void
paint_shape (const SceneBrush *brush, const SceneRect *rect,
             const SceneLook *look)
{
  SceneRect r = snap_rect (brush, rect);
  double width = MAX (look->width, brush->pixel);

  if (r.width <= 0 || r.height <= 0)
    return;
  if (!look->lined || r.width <= 2 * width || r.height <= 2 * width) {
    fill_rounded (brush, &r, look->radius, look->fill);
    return;
  }
  fill_rounded (brush, &r, look->radius, look->line);
  r.x += width;
  r.y += width;
  r.width -= 2 * width;
  r.height -= 2 * width;
  fill_rounded (brush, &r, look->radius - width, look->fill);
}

/* The shape in each of its roles, cut to that role's part. */
static void
paint_shared (const SceneBrush *brush, const SceneItem *item)
{
  guint shares = scene_item_shares (item);
  SceneRect rect = snap_rect (brush, &item->rect);

  for (guint i = 0; i < shares; i++) {
    SceneItem part = *item;
    double left = scene_brush_snap (brush, rect.x + rect.width * i / shares);
    double right
        = scene_brush_snap (brush, rect.x + rect.width * (i + 1) / shares);
    part.role = scene_item_share (item, i);
    SceneLook look = scene_look_of (&part, brush->palette, brush->metrics);
    cairo_save (brush->cr);
    cairo_rectangle (brush->cr, left, rect.y, right - left, rect.height);
    cairo_clip (brush->cr);
    paint_shape (brush, &item->rect, &look);
    cairo_restore (brush->cr);
  }
}

/* A line along the middle of the longer side. */
static void
paint_rule (const SceneBrush *brush, const SceneRect *rect,
            const SceneLook *look)
{
  double width = MAX (brush->pixel, scene_brush_snap (brush, look->width));
  SceneRect r = *rect;

  if (rect->width >= rect->height) {
    r.y = scene_brush_snap (brush, rect->y + rect->height / 2 - width / 2);
    r.height = width;
  } else {
    r.x = scene_brush_snap (brush, rect->x + rect->width / 2 - width / 2);
    r.width = width;
  }
  cairo_rectangle (brush->cr, r.x, r.y, r.width, r.height);
  scene_brush_color (brush->cr, look->line, 1);
  cairo_fill (brush->cr);
}

static double
aligned_x (const SceneRect *rect, SceneAlign align, double width)
{
  switch (align) {
  case SCENE_ALIGN_START:
    break;
  case SCENE_ALIGN_CENTER:
    return rect->x + (rect->width - width) / 2;
  case SCENE_ALIGN_END:
    return rect->x + rect->width - width;
  }
  return rect->x;
}

/* Text stands with the middle of its capitals in the middle of the rectangle,
 * whatever its style: texts of different size in one row share a middle. */
static void
paint_text (const SceneBrush *brush, const SceneItem *item, SceneColor color)
{
  gboolean bold = scene_look_bold (item->style, item->emphasis);
  SceneLine line = scene_fonts_line (brush->fonts, item->style, bold,
                                     item->text, item->rect.width);
  SceneRect rect = scene_look_text_rect (item, brush->metrics, line.width);
  double x = aligned_x (&rect, item->align, line.width);
  double y = rect.y + rect.height / 2
             + scene_fonts_drop (brush->fonts, item->style);

  scene_brush_color (brush->cr, color, 1);
  cairo_move_to (brush->cr, scene_brush_snap (brush, x),
                 scene_brush_snap (brush, y));
  pango_cairo_show_layout_line (brush->cr, line.line);
}

static void
trace_glyph (cairo_t *cr, const char *name, double x, double y, double r)
{
  if (g_strcmp0 (name, "cross") == 0) {
    cairo_move_to (cr, x - r * 0.38, y - r * 0.38);
    cairo_line_to (cr, x + r * 0.38, y + r * 0.38);
    cairo_move_to (cr, x + r * 0.38, y - r * 0.38);
    cairo_line_to (cr, x - r * 0.38, y + r * 0.38);
    return;
  }
  cairo_move_to (cr, x - r * 0.46, y + r * 0.02);
  cairo_line_to (cr, x - r * 0.12, y + r * 0.38);
  cairo_line_to (cr, x + r * 0.48, y - r * 0.36);
}

/* An outline filled with the ground, so that a line behind it ends there. */
static void
paint_open_mark (const SceneBrush *brush, const SceneItem *item,
                 const SceneLook *look, double x, double y, double r)
{
  ScenePoint corners[SCENE_GLYPH_CORNERS];
  double width = scene_glyph_line (r);
  guint count = scene_glyph_corners (item->text, x, y, r - width / 2, corners);

  cairo_new_sub_path (brush->cr);
  for (guint i = 0; i < count; i++)
    cairo_line_to (brush->cr, corners[i].x, corners[i].y);
  if (count == 0)
    cairo_arc (brush->cr, x, y, r - width / 2, 0, 2 * G_PI);
  cairo_close_path (brush->cr);
  scene_brush_color (brush->cr, look->line, 1);
  cairo_fill_preserve (brush->cr);
  scene_brush_color (brush->cr, look->fill, 1);
  cairo_set_line_width (brush->cr, width);
  cairo_stroke (brush->cr);
}

/* A disc with a tick or a cross in it, or with a dot; or an open shape. */
static void
paint_marker (const SceneBrush *brush, const SceneItem *item,
              const SceneLook *look)
{
  const SceneRect *rect = &item->rect;
  double r = MIN (rect->width, rect->height) / 2;
  double x = rect->x + rect->width / 2, y = rect->y + rect->height / 2;

  if (scene_glyph_is_open (item->text)) {
    paint_open_mark (brush, item, look, x, y, r);
    return;
  }
  cairo_new_sub_path (brush->cr);
  cairo_arc (brush->cr, x, y, r, 0, 2 * G_PI);
  scene_brush_color (brush->cr, look->fill, 1);
  cairo_fill (brush->cr);
  scene_brush_color (brush->cr, look->text, 1);
  if (g_strcmp0 (item->text, "dot") == 0) {
    cairo_arc (brush->cr, x, y, r * 0.38, 0, 2 * G_PI);
    cairo_fill (brush->cr);
    return;
  }
  trace_glyph (brush->cr, item->text, x, y, r);
  cairo_set_line_cap (brush->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (brush->cr, r * 0.24);
  cairo_stroke (brush->cr);
  cairo_set_line_cap (brush->cr, CAIRO_LINE_CAP_BUTT);
}

static void
paint_item (const SceneBrush *brush, const SceneItem *item)
{
  SceneLook look = scene_look_of (item, brush->palette, brush->metrics);

  switch (item->kind) {
  case SCENE_PANEL:
  case SCENE_BOX:
  case SCENE_CHIP:
  case SCENE_EDGE:
    if (scene_item_shares (item) > 1)
      paint_shared (brush, item);
    else
      paint_shape (brush, &item->rect, &look);
    break;
  case SCENE_RULE:
    paint_rule (brush, &item->rect, &look);
    break;
  case SCENE_CONNECTOR:
    scene_paint_connector (brush, item, &look);
    return;
  case SCENE_LINE:
    scene_paint_line (brush, item, &look);
    return;
  case SCENE_MARKER:
    paint_marker (brush, item, &look);
    return;
  case SCENE_TEXT:
    break;
  }
  if (item->text != NULL && *item->text != '\0')
    paint_text (brush, item, look.text);
}

ScenePainter *
scene_painter_new (PangoContext *context, double scale)
{
  ScenePainter *painter = g_new0 (ScenePainter, 1);

  painter->fonts = scene_fonts_new (context, scale);
  return painter;
}

void
scene_painter_free (ScenePainter *painter)
{
  if (painter == NULL)
    return;

  scene_fonts_free (painter->fonts);
  g_free (painter);
}

const SceneMetrics *
scene_painter_metrics (const ScenePainter *painter)
{
  return scene_fonts_metrics (painter->fonts);
}

void
scene_painter_items (ScenePainter *painter, cairo_t *cr,
                     const SceneStill *still, const ScenePalette *palette,
                     int figure)
{
  SceneBrush brush = {.fonts = painter->fonts,
                      .metrics = scene_fonts_metrics (painter->fonts),
                      .cr = cr,
                      .still = still,
                      .palette = palette,
                      .pixel = pixel_size (cr)};

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (figure < 0 || SCENE_ID_FIGURE (item->id) == (guint) figure)
      paint_item (&brush, item);
  }
  cairo_restore (cr);
}

void
scene_painter_token (ScenePainter *painter, cairo_t *cr,
                     const SceneToken *token, const ScenePalette *palette)
{
  SceneLook look = scene_look_of_token (token->flight->role, palette);
  const SceneRect *r = &token->rect;
  SceneLine line;

  cairo_save (cr);
  cairo_new_path (cr);
  trace_rounded (cr, r, r->height / 2);
  scene_brush_color (cr, look.line, token->alpha);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  scene_brush_color (cr, look.fill, token->alpha);
  cairo_fill (cr);
  if (token->flight->text != NULL) {
    line = scene_fonts_line (painter->fonts, SCENE_TEXT_MONO_BOLD, TRUE,
                             token->flight->text, r->width);
    scene_brush_color (cr, look.text, token->alpha);
    cairo_move_to (
        cr, r->x + (r->width - line.width) / 2,
        r->y + r->height / 2
            + scene_fonts_drop (painter->fonts, SCENE_TEXT_MONO_BOLD));
    pango_cairo_show_layout_line (cr, line.line);
  }
  cairo_restore (cr);
}
