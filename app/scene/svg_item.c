/* Items of a still as SVG, each a group of real text and shapes. */
#include "svg_item.h"

#include "fonts.h"
#include "glyphs.h"
#include "svg_strokes.h"
#include "svg_write.h"

/* The base line lies this far below the middle of the capitals, as a part of
 * the font size: half the height of capitals in the usual faces. */
#define DROP 0.36

static void
rectangle (GString *out, const SceneRect *r, double radius)
{
  g_string_append (out, "<rect");
  scene_svg_number (out, "x", r->x);
  scene_svg_number (out, "y", r->y);
  scene_svg_number (out, "width", MAX (0, r->width));
  scene_svg_number (out, "height", MAX (0, r->height));
  if (radius > 0)
    scene_svg_number (out, "rx", MIN (radius, MIN (r->width, r->height) / 2));
}

/* The line lies inside the edge, as the painter draws it. */
static void
write_shape (const SceneSvgWriter *w, const SceneRect *rect,
             const SceneSvgLooks *looks)
{
  const SceneLook *look = &looks->in[0];
  SceneRect r = *rect;
  double inset = look->lined ? look->width / 2 : 0;

  r.x += inset;
  r.y += inset;
  r.width -= 2 * inset;
  r.height -= 2 * inset;
  rectangle (w->out, &r, look->radius - inset);
  scene_svg_paint (w, looks, look->filled ? scene_svg_fill : NULL,
                   look->lined ? scene_svg_line : NULL, "");
  if (!look->filled)
    g_string_append (w->out, " fill=\"none\"");
  if (look->lined)
    scene_svg_number (w->out, "stroke-width", look->width);
  g_string_append (w->out, "/>\n");
}

/* The shape in each of its roles, seen through a window on that role's
 * part. */
static void
write_shared (const SceneSvgWriter *w, const SceneItem *item)
{
  guint shares = scene_item_shares (item);
  double width = item->rect.width / shares;

  for (guint i = 0; i < shares; i++) {
    SceneItem part = *item;
    double x = item->rect.x + i * width;
    part.role = scene_item_share (item, i);
    SceneSvgLooks looks = scene_svg_looks (w, &part);
    g_string_append (w->out, "<svg");
    scene_svg_number (w->out, "x", x);
    scene_svg_number (w->out, "y", item->rect.y);
    scene_svg_number (w->out, "width", width);
    scene_svg_number (w->out, "height", item->rect.height);
    scene_svg_coordinate (w->out, " viewBox=\"", x);
    scene_svg_coordinate (w->out, " ", item->rect.y);
    scene_svg_coordinate (w->out, " ", width);
    scene_svg_coordinate (w->out, " ", item->rect.height);
    g_string_append (w->out, "\">\n");
    write_shape (w, &item->rect, &looks);
    g_string_append (w->out, "</svg>\n");
  }
}

static void
write_rule (const SceneSvgWriter *w, const SceneRect *rect,
            const SceneSvgLooks *looks)
{
  const SceneLook *look = &looks->in[0];
  SceneRect r = *rect;

  if (r.width >= r.height) {
    r.y += (r.height - look->width) / 2;
    r.height = look->width;
  } else {
    r.x += (r.width - look->width) / 2;
    r.width = look->width;
  }
  rectangle (w->out, &r, 0);
  scene_svg_paint (w, looks, scene_svg_line, NULL, "");
  g_string_append (w->out, "/>\n");
}

static void
write_anchor (GString *out, const SceneRect *rect, SceneAlign align)
{
  switch (align) {
  case SCENE_ALIGN_START:
    scene_svg_number (out, "x", rect->x);
    break;
  case SCENE_ALIGN_CENTER:
    scene_svg_number (out, "x", rect->x + rect->width / 2);
    g_string_append (out, " text-anchor=\"middle\"");
    break;
  case SCENE_ALIGN_END:
    scene_svg_number (out, "x", rect->x + rect->width);
    g_string_append (out, " text-anchor=\"end\"");
    break;
  }
}

static void
write_font (const SceneSvgWriter *w, SceneTextStyle style, gboolean bold,
            const SceneSvgLooks *looks)
{
  g_autofree char *classes
      = g_strdup_printf ("t%u %s", (guint) style, bold ? "b " : "");

  if (w->style->inks == NULL) {
    g_string_append_printf (w->out, " font-family=\"%s\"",
                            scene_fonts_css_family (style));
    scene_svg_number (w->out, "font-size", w->metrics->size[style]);
    if (bold)
      g_string_append (w->out, " font-weight=\"700\"");
  }
  scene_svg_paint (w, looks, scene_svg_text, NULL, classes);
}

/* Whoever opens the file may have other fonts: textLength keeps a text as wide
 * as it was laid out, so that it stays in its box. The width of a label that
 * is not bold is not known exactly, nor needed: measuring gives the bold one.
 */
static void
write_text (const SceneSvgWriter *w, const SceneItem *item,
            const SceneSvgLooks *looks)
{
  gboolean bold = scene_look_bold (item->style, item->emphasis);
  double size = w->metrics->size[item->style];
  double width = w->metrics->measure (w->metrics, item->style, item->text);
  SceneRect rect = scene_look_text_rect (item, w->metrics, width);

  g_string_append (w->out, "<text");
  write_anchor (w->out, &rect, item->align);
  scene_svg_number (w->out, "y", rect.y + rect.height / 2 + DROP * size);
  write_font (w, item->style, bold, looks);
  if (bold || item->style != SCENE_TEXT_SMALL)
    scene_svg_number (w->out, "textLength", MIN (width, rect.width));
  g_string_append (w->out,
                   w->style->inks == NULL ? " xml:space=\"preserve\">" : ">");
  scene_svg_escaped (w->out, item->text);
  g_string_append (w->out, "</text>\n");
}

static void
write_disc (const SceneSvgWriter *w, double x, double y, double r,
            const SceneSvgLooks *looks, SceneSvgPick fill)
{
  g_string_append (w->out, "<circle");
  scene_svg_number (w->out, "cx", x);
  scene_svg_number (w->out, "cy", y);
  scene_svg_number (w->out, "r", r);
  scene_svg_paint (w, looks, fill, NULL, "");
  g_string_append (w->out, "/>\n");
}

/* As the painter draws it: filled with the ground. */
static void
write_open_mark (const SceneSvgWriter *w, const SceneItem *item,
                 const SceneSvgLooks *looks, double x, double y, double r)
{
  ScenePoint corners[SCENE_GLYPH_CORNERS];
  double width = scene_glyph_line (r);
  guint count = scene_glyph_corners (item->text, x, y, r - width / 2, corners);

  if (count == 0) {
    g_string_append (w->out, "<circle");
    scene_svg_number (w->out, "cx", x);
    scene_svg_number (w->out, "cy", y);
    scene_svg_number (w->out, "r", r - width / 2);
  } else {
    for (guint i = 0; i < count; i++)
      scene_svg_point (w->out, i == 0 ? "<path d=\"M" : " L", corners[i].x,
                       corners[i].y);
    g_string_append (w->out, " Z\" stroke-linejoin=\"round\"");
  }
  scene_svg_paint (w, looks, scene_svg_line, scene_svg_fill, "");
  scene_svg_number (w->out, "stroke-width", width);
  g_string_append (w->out, "/>\n");
}

static void
write_marker (const SceneSvgWriter *w, const SceneItem *item,
              const SceneSvgLooks *looks)
{
  double r = MIN (item->rect.width, item->rect.height) / 2;
  double x = item->rect.x + item->rect.width / 2;
  double y = item->rect.y + item->rect.height / 2;

  if (scene_glyph_is_open (item->text)) {
    write_open_mark (w, item, looks, x, y, r);
    return;
  }
  write_disc (w, x, y, r, looks, scene_svg_fill);
  if (g_strcmp0 (item->text, "dot") == 0) {
    write_disc (w, x, y, r * 0.38, looks, scene_svg_text);
    return;
  }
  if (g_strcmp0 (item->text, "cross") == 0) {
    scene_svg_point (w->out, "<path d=\"M", x - r * 0.38, y - r * 0.38);
    scene_svg_point (w->out, " L", x + r * 0.38, y + r * 0.38);
    scene_svg_point (w->out, " M", x + r * 0.38, y - r * 0.38);
    scene_svg_point (w->out, " L", x - r * 0.38, y + r * 0.38);
  } else {
    scene_svg_point (w->out, "<path d=\"M", x - r * 0.46, y + r * 0.02);
    scene_svg_point (w->out, " L", x - r * 0.12, y + r * 0.38);
    scene_svg_point (w->out, " L", x + r * 0.48, y - r * 0.36);
  }
  g_string_append (w->out, "\" fill=\"none\" stroke-linecap=\"round\" "
                           "stroke-linejoin=\"round\"");
  scene_svg_paint (w, looks, NULL, scene_svg_text, "");
  scene_svg_number (w->out, "stroke-width", r * 0.24);
  g_string_append (w->out, "/>\n");
}

static void
write_body (const SceneSvgWriter *w, const SceneItem *item)
{
  SceneSvgLooks looks = scene_svg_looks (w, item);

  switch (item->kind) {
  case SCENE_PANEL:
  case SCENE_BOX:
  case SCENE_CHIP:
  case SCENE_EDGE:
    if (scene_item_shares (item) > 1)
      write_shared (w, item);
    else
      write_shape (w, &item->rect, &looks);
    break;
  case SCENE_RULE:
    write_rule (w, &item->rect, &looks);
    break;
  case SCENE_CONNECTOR:
    scene_svg_write_connector (w, item, &looks);
    return;
  case SCENE_LINE:
    scene_svg_write_line (w, item, &looks);
    return;
  case SCENE_MARKER:
    write_marker (w, item, &looks);
    return;
  case SCENE_TEXT:
    break;
  }
  if (item->text != NULL && *item->text != '\0')
    write_text (w, item, &looks);
}

/* Its id; and what it is, for those who want to style the file. */
static void
write_identity (const SceneSvgWriter *w, const SceneItem *item)
{
  if (w->style->inks != NULL)
    g_string_append_printf (w->out, " id=\"%s%" G_GINT64_MODIFIER "x\"",
                            w->style->prefix, item->id);
  else
    g_string_append_printf (
        w->out, " id=\"%s%016" G_GINT64_MODIFIER "x\" class=\"%s %s %s\"",
        w->style->prefix, item->id, scene_kind_name (item->kind),
        scene_role_name (item->role), scene_emphasis_name (item->emphasis));
}

/* Its name for a screen reader. What has none is decoration to a reader. */
static void
write_name (const SceneSvgWriter *w, const SceneItem *item)
{
  if (item->name == NULL) {
    g_string_append (w->out, " aria-hidden=\"true\">\n");
    return;
  }
  g_string_append (w->out, " role=\"img\" aria-label=\"");
  scene_svg_escaped (w->out, item->name);
  g_string_append (w->out, "\">\n");
  if (item->detail == NULL)
    return;
  g_string_append (w->out, "<desc>");
  scene_svg_escaped (w->out, item->detail);
  g_string_append (w->out, "</desc>\n");
}

void
scene_svg_item (GString *out, const SceneSvgStyle *style,
                const SceneStill *still, const SceneItem *item)
{
  const SceneSvgWriter writer = {style, still, style->metrics, out};

  g_string_append (out, "<g");
  write_identity (&writer, item);
  write_name (&writer, item);
  write_body (&writer, item);
  g_string_append (out, "</g>\n");
}

void
scene_svg_fonts_css (const SceneMetrics *metrics, GString *css)
{
  for (guint i = 0; i < SCENE_TEXT_STYLES; i++) {
    g_string_append_printf (css, ".t%u{font:", i);
    scene_svg_coordinate (css, "", metrics->size[i]);
    g_string_append_printf (css, "px %s}\n",
                            scene_fonts_css_family ((SceneTextStyle) i));
  }
  g_string_append (css, "text.b{font-weight:700}\n");
}
