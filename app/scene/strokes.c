/* Paints lines: connectors with their heads, and curves. */
#include "strokes.h"

/* The point `length` before b on the way from a. */
static ScenePoint
short_of (const ScenePoint *a, const ScenePoint *b, double length)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double whole = hypot (dx, dy);

  if (whole <= length)
    return *a;
  return (ScenePoint){b->x - dx * length / whole, b->y - dy * length / whole};
}

/* Straight pieces along the axes are rectangles, which cairo fills at once; a
 * stroke of the whole line would work through every pixel of its bounds. */
static void
paint_piece (const SceneBrush *brush, const ScenePoint *a, const ScenePoint *b,
             double width)
{
  cairo_t *cr = brush->cr;
  double half = width / 2;

  if (a->x != b->x && a->y != b->y) {
    cairo_move_to (cr, a->x, a->y);
    cairo_line_to (cr, b->x, b->y);
    cairo_stroke (cr);
    return;
  }
  if (a->y == b->y)
    cairo_rectangle (cr, MIN (a->x, b->x), a->y - half, fabs (b->x - a->x),
                     width);
  else
    cairo_rectangle (cr, a->x - half, MIN (a->y, b->y), width,
                     fabs (b->y - a->y));
  cairo_fill (cr);
}

/* The same in dashes. */
static void
paint_dashes (const SceneBrush *brush, const ScenePoint *a, const ScenePoint *b,
              double width)
{
  double dash = SCENE_DASH * brush->metrics->em;
  double whole = hypot (b->x - a->x, b->y - a->y);

  for (double at = 0; at < whole; at += 2 * dash) {
    double end = MIN (at + dash, whole);
    ScenePoint from = {a->x + (b->x - a->x) * at / whole,
                       a->y + (b->y - a->y) * at / whole};
    ScenePoint to = {a->x + (b->x - a->x) * end / whole,
                     a->y + (b->y - a->y) * end / whole};
    paint_piece (brush, &from, &to, width);
  }
}

static void
paint_corner (const SceneBrush *brush, const ScenePoint *from,
              const ScenePoint *at, const ScenePoint *to)
{
  const double k = SCENE_QUARTER;

  cairo_move_to (brush->cr, from->x, from->y);
  cairo_curve_to (brush->cr, from->x + (at->x - from->x) * k,
                  from->y + (at->y - from->y) * k, to->x + (at->x - to->x) * k,
                  to->y + (at->y - to->y) * k, to->x, to->y);
  cairo_stroke (brush->cr);
}

/* A swept-back head whose tip is the last point. */
static void
trace_head (const SceneBrush *brush, const ScenePoint *from,
            const ScenePoint *tip, double length)
{
  double whole = hypot (tip->x - from->x, tip->y - from->y);

  if (whole <= 0)
    return;
  double ux = (tip->x - from->x) / whole, uy = (tip->y - from->y) / whole;
  double half = 0.5 * length;

  cairo_move_to (brush->cr, tip->x, tip->y);
  cairo_line_to (brush->cr, tip->x - ux * length - uy * half,
                 tip->y - uy * length + ux * half);
  cairo_line_to (brush->cr, tip->x - ux * length * 0.75,
                 tip->y - uy * length * 0.75);
  cairo_line_to (brush->cr, tip->x - ux * length + uy * half,
                 tip->y - uy * length - ux * half);
  cairo_close_path (brush->cr);
}

/* A rim round the head, which ends at the tip. It keeps the head apart from
 * what it lies on: a table's edge has the colour of the arrows into its rows.
 */
static void
paint_rim (const SceneBrush *brush, const ScenePoint *from,
           const ScenePoint *tip, double length, double rim)
{
  ScenePoint back = short_of (from, tip, rim);

  cairo_save (brush->cr);
  trace_head (brush, from, &back, length);
  scene_brush_color (brush->cr, brush->palette->panel, 1);
  cairo_set_line_width (brush->cr, 2 * rim);
  cairo_set_line_join (brush->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (brush->cr);
  cairo_restore (brush->cr);
}

/* A point of a connector, placed so that both edges of a line of that width lie
 * on pixels. */
static ScenePoint
point_at (const SceneBrush *brush, const SceneItem *item, guint i, double width)
{
  const ScenePoint *p = &g_array_index (brush->still->points, ScenePoint,
                                        item->first_point + i);

  return (ScenePoint){scene_brush_snap (brush, p->x - width / 2) + width / 2,
                      scene_brush_snap (brush, p->y - width / 2) + width / 2};
}

/* An end of a connector stays where it is along its way: it touches what it
 * comes from, or points at, and only its sideways place is snapped. */
static ScenePoint
end_at (const SceneBrush *brush, const SceneItem *item, guint i,
        guint neighbour, double width)
{
  const ScenePoint *p
      = &g_array_index (brush->still->points, ScenePoint, item->first_point);
  ScenePoint end = point_at (brush, item, i, width);

  if (p[i].y == p[neighbour].y)
    end.x = p[i].x;
  else if (p[i].x == p[neighbour].x)
    end.y = p[i].y;
  return end;
}

static double
corner_radius (const ScenePoint *a, const ScenePoint *b, const ScenePoint *c,
               double radius)
{
  double in = hypot (b->x - a->x, b->y - a->y);
  double out = hypot (c->x - b->x, c->y - b->y);

  return MIN (radius, MIN (in, out) / 2);
}

void
scene_paint_connector (const SceneBrush *brush, const SceneItem *item,
                       const SceneLook *look)
{
  if (item->point_count < 2)
    return;

  void (*piece) (const SceneBrush *, const ScenePoint *, const ScenePoint *,
                 double)
      = item->stroke != SCENE_STROKE_SOLID ? paint_dashes : paint_piece;
  guint last = item->point_count - 1;
  double width = MAX (brush->pixel, scene_brush_snap (brush, look->width));
  double head = scene_look_head (look, brush->metrics);
  double overlap = brush->pixel / 2; /* of pieces, to leave no seam */
  ScenePoint at = end_at (brush, item, 0, 1, width), start = at;

  ScenePoint tip = end_at (brush, item, last, last - 1, width);
  ScenePoint before = last == 1 ? at : point_at (brush, item, last - 1, width);

  paint_rim (brush, &before, &tip, head, scene_look_rim (look));
  scene_brush_color (brush->cr, look->line, 1);
  cairo_set_line_width (brush->cr, width);
  for (guint i = 1; i < last; i++) {
    ScenePoint corner = point_at (brush, item, i, width);
    ScenePoint next = i + 1 == last ? end_at (brush, item, last, i, width)
                                    : point_at (brush, item, i + 1, width);
    double radius = corner_radius (&at, &corner, &next, look->radius);
    ScenePoint in = short_of (&at, &corner, radius);
    ScenePoint out = short_of (&next, &corner, radius);
    ScenePoint end = short_of (&at, &corner, radius - overlap);
    piece (brush, &start, &end, width);
    paint_corner (brush, &in, &corner, &out);
    start = short_of (&next, &corner, radius - overlap);
    at = corner;
  }
  ScenePoint neck = short_of (&at, &tip, head * 0.75);
  piece (brush, &start, &neck, width);
  trace_head (brush, &at, &tip, head);
  cairo_fill (brush->cr);
}

void
scene_paint_line (const SceneBrush *brush, const SceneItem *item,
                  const SceneLook *look)
{
  cairo_t *cr = brush->cr;
  double dashes[2];
  const ScenePoint *p
      = &g_array_index (brush->still->points, ScenePoint, item->first_point);

  if (item->point_count < 2)
    return;
  cairo_save (cr);
  cairo_new_path (cr); /* a text painted before leaves its place */
  scene_brush_color (cr, look->line, 1);
  cairo_set_line_width (cr, look->width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (scene_look_dashes (item, brush->metrics, dashes))
    cairo_set_dash (cr, dashes, 2, 0);
  for (guint i = 0; i < item->point_count; i++)
    cairo_line_to (cr, p[i].x, p[i].y);
  cairo_stroke (cr);
  cairo_restore (cr);
}
