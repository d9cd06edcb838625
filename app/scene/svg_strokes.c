/* Lines and connectors of an SVG. */
#include "svg_strokes.h"

#include <math.h>

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

static void
corner (GString *out, const ScenePoint *a, const ScenePoint *b,
        const ScenePoint *c, double radius)
{
  double in = hypot (b->x - a->x, b->y - a->y);
  double out_length = hypot (c->x - b->x, c->y - b->y);

  radius = MIN (radius, MIN (in, out_length) / 2);
  ScenePoint from = short_of (a, b, radius), to = short_of (c, b, radius);
  scene_svg_point (out, " L", from.x, from.y);
  scene_svg_point (out, " Q", b->x, b->y);
  scene_svg_point (out, " ", to.x, to.y);
}

static void
write_head (const SceneSvgWriter *w, const ScenePoint *from,
            const ScenePoint *tip, double length)
{
  double whole = hypot (tip->x - from->x, tip->y - from->y);

  if (whole <= 0)
    return;
  double ux = (tip->x - from->x) / whole, uy = (tip->y - from->y) / whole;
  double half = 0.5 * length;

  scene_svg_point (w->out, "<path d=\"M", tip->x, tip->y);
  scene_svg_point (w->out, " L", tip->x - ux * length - uy * half,
                   tip->y - uy * length + ux * half);
  scene_svg_point (w->out, " L", tip->x - ux * length * 0.75,
                   tip->y - uy * length * 0.75);
  scene_svg_point (w->out, " L", tip->x - ux * length + uy * half,
                   tip->y - uy * length - ux * half);
  g_string_append (w->out, " Z\"");
}

/* The rim that keeps a head apart from what it lies on. */
static void
write_rim (const SceneSvgWriter *w, const ScenePoint *from,
           const ScenePoint *tip, double length, double rim)
{
  SceneSvgLooks ground;
  ScenePoint back = short_of (from, tip, rim);

  for (guint i = 0; i < SCENE_PALETTES; i++)
    ground.in[i] = (SceneLook){.line = scene_svg_palette (w, i)->panel};
  write_head (w, from, &back, length);
  g_string_append (w->out, " fill=\"none\" stroke-linejoin=\"round\"");
  scene_svg_paint (w, &ground, NULL, scene_svg_line, "");
  scene_svg_number (w->out, "stroke-width", 2 * rim);
  g_string_append (w->out, "/>\n");
}

static void
write_dashes (const SceneSvgWriter *w, const SceneItem *item)
{
  double dashes[2];

  if (!scene_look_dashes (item, w->metrics, dashes))
    return;
  scene_svg_coordinate (w->out, " stroke-dasharray=\"", dashes[0]);
  scene_svg_coordinate (w->out, " ", dashes[1]);
  g_string_append_c (w->out, '"');
}

void
scene_svg_write_line (const SceneSvgWriter *w, const SceneItem *item,
                      const SceneSvgLooks *looks)
{
  const SceneLook *look = &looks->in[0];
  const ScenePoint *p
      = &g_array_index (w->still->points, ScenePoint, item->first_point);

  if (item->point_count < 2)
    return;
  scene_svg_point (w->out, "<path d=\"M", p[0].x, p[0].y);
  for (guint i = 1; i < item->point_count; i++)
    scene_svg_point (w->out, " L", p[i].x, p[i].y);
  g_string_append (w->out, "\" fill=\"none\" stroke-linejoin=\"round\"");
  scene_svg_paint (w, looks, NULL, scene_svg_line, "");
  scene_svg_number (w->out, "stroke-width", look->width);
  write_dashes (w, item);
  g_string_append (w->out, "/>\n");
}

void
scene_svg_write_connector (const SceneSvgWriter *w, const SceneItem *item,
                           const SceneSvgLooks *looks)
{
  const SceneLook *look = &looks->in[0];

  if (item->point_count < 2)
    return;

  const ScenePoint *p
      = &g_array_index (w->still->points, ScenePoint, item->first_point);
  guint last = item->point_count - 1;
  double head = scene_look_head (look, w->metrics);
  ScenePoint end = short_of (&p[last - 1], &p[last], head * 0.75);

  write_rim (w, &p[last - 1], &p[last], head, scene_look_rim (look));
  scene_svg_point (w->out, "<path d=\"M", p[0].x, p[0].y);
  for (guint i = 1; i < last; i++)
    corner (w->out, &p[i - 1], &p[i], i + 1 == last ? &end : &p[i + 1],
            look->radius);
  scene_svg_point (w->out, " L", end.x, end.y);
  g_string_append (w->out, "\" fill=\"none\" stroke-linecap=\"round\"");
  scene_svg_paint (w, looks, NULL, scene_svg_line, "");
  scene_svg_number (w->out, "stroke-width", look->width);
  write_dashes (w, item);
  g_string_append (w->out, "/>\n");
  write_head (w, &p[last - 1], &p[last], head);
  scene_svg_paint (w, looks, scene_svg_line, NULL, "");
  g_string_append (w->out, "/>\n");
}
