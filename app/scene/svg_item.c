/* Items of a still as SVG, each a group of real text and shapes. */
#include "svg_item.h"

#include <math.h>
#include <string.h>

#include "fonts.h"
#include "glyphs.h"

/* The base line lies this far below the middle of the capitals, as a part of
 * the font size: half the height of capitals in the usual faces. */
#define DROP 0.36

/* How a shape looks in each palette; where one palette's colours are written,
 * all are that one's. Shapes and widths are the first one's. */
typedef struct {
  SceneLook in[SCENE_PALETTES];
} Looks;

typedef SceneColor (*Pick) (const SceneLook *looks);

typedef struct {
  const SceneSvgStyle *style;
  const SceneStill *still;
  const SceneMetrics *metrics;
  GString *out;
} Writer;

/* Numbers and colours ----------------------------------------------------- */

/* Two digits behind the point at most, and no zeros at the end. */
static void
coordinate (GString *out, const char *before, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.2f", value);
  for (gsize end = strlen (text); text[end - 1] == '0'; end--)
    text[end - 1] = '\0';
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';
  g_string_append (out, before);
  g_string_append (out, strcmp (text, "-0") == 0 ? "0" : text);
}

static void
number (GString *out, const char *name, double value)
{
  scene_svg_number (out, name, value);
}

static void
escaped (GString *out, const char *text)
{
  scene_svg_escaped (out, text);
}

void
scene_svg_number (GString *out, const char *name, double value)
{
  g_string_append_printf (out, " %s=\"", name);
  coordinate (out, "", value);
  g_string_append_c (out, '"');
}

void
scene_svg_view_box (GString *out, double width, double height)
{
  coordinate (out, " viewBox=\"0 0 ", width);
  coordinate (out, " ", height);
  g_string_append_c (out, '"');
}

/* The palette that is the i-th for this document. */
static const ScenePalette *
palette_at (const Writer *w, guint i)
{
  return w->style->palette != NULL ? w->style->palette
                                   : scene_palette ((ScenePaletteId) i);
}

static Looks
looks_of (const Writer *w, const SceneItem *item)
{
  Looks looks;

  for (guint i = 0; i < SCENE_PALETTES; i++)
    looks.in[i] = scene_look_of (item, palette_at (w, i), w->metrics);
  return looks;
}

static SceneColor
fill_of (const SceneLook *look)
{
  return look->fill;
}

static SceneColor
line_of (const SceneLook *look)
{
  return look->line;
}

static SceneColor
text_of (const SceneLook *look)
{
  return look->text;
}

/* One colour in each palette. */
static SceneSvgColor
color_of (const Looks *looks, Pick pick)
{
  SceneSvgColor color;

  for (guint i = 0; i < SCENE_PALETTES; i++)
    color.in[i] = pick (&looks->in[i]);
  return color;
}

static void
write_hex (const Writer *w, const char *name, const Looks *looks, Pick pick)
{
  if (pick == NULL)
    return;
  g_string_append_printf (w->out, " %s=\"", name);
  scene_svg_hex (w->out, pick (&looks->in[0]));
  g_string_append_c (w->out, '"');
}

/* Appends what fills, and what draws lines; NULL: nothing does. `classes` are
 * further ones, each with a blank behind it. */
static void
paint (const Writer *w, const Looks *looks, Pick fill, Pick stroke,
       const char *classes)
{
  const Pick picks[] = {fill, stroke};

  if (w->style->inks == NULL) {
    write_hex (w, "fill", looks, fill);
    write_hex (w, "stroke", looks, stroke);
    return;
  }
  g_string_append_printf (w->out, " class=\"%s", classes);
  for (guint i = 0; i < G_N_ELEMENTS (picks); i++) {
    if (picks[i] == NULL)
      continue;
    SceneSvgColor color = color_of (looks, picks[i]);
    g_string_append_printf (w->out, "%s%c%u", i > 0 && fill != NULL ? " " : "",
                            "fs"[i], scene_svg_ink (w->style->inks, &color));
  }
  g_string_append_c (w->out, '"');
}

void
scene_svg_escaped (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (char *p = valid; *p != '\0'; p++)
    if (((guchar) *p < 0x20 && *p != '\t' && *p != '\n') || *p == 0x7f)
      *p = ' ';
  g_autofree char *xml = g_markup_escape_text (valid, -1);
  g_string_append (out, xml);
}

static void
rectangle (GString *out, const SceneRect *r, double radius)
{
  g_string_append (out, "<rect");
  number (out, "x", r->x);
  number (out, "y", r->y);
  number (out, "width", MAX (0, r->width));
  number (out, "height", MAX (0, r->height));
  if (radius > 0)
    number (out, "rx", MIN (radius, MIN (r->width, r->height) / 2));
}

/* The line lies inside the edge, as the painter draws it. */
static void
write_shape (const Writer *w, const SceneRect *rect, const Looks *looks)
{
  const SceneLook *look = &looks->in[0];
  SceneRect r = *rect;
  double inset = look->lined ? look->width / 2 : 0;

  r.x += inset;
  r.y += inset;
  r.width -= 2 * inset;
  r.height -= 2 * inset;
  rectangle (w->out, &r, look->radius - inset);
  paint (w, looks, look->filled ? fill_of : NULL, look->lined ? line_of : NULL,
         "");
  if (!look->filled)
    g_string_append (w->out, " fill=\"none\"");
  if (look->lined)
    number (w->out, "stroke-width", look->width);
  g_string_append (w->out, "/>\n");
}

/* The shape in each of its roles, seen through a window on that role's
 * part. */
static void
write_shared (const Writer *w, const SceneItem *item)
{
  guint shares = scene_item_shares (item);
  double width = item->rect.width / shares;

  for (guint i = 0; i < shares; i++) {
    SceneItem part = *item;
    double x = item->rect.x + i * width;
    part.role = scene_item_share (item, i);
    Looks looks = looks_of (w, &part);
    g_string_append (w->out, "<svg");
    number (w->out, "x", x);
    number (w->out, "y", item->rect.y);
    number (w->out, "width", width);
    number (w->out, "height", item->rect.height);
    coordinate (w->out, " viewBox=\"", x);
    coordinate (w->out, " ", item->rect.y);
    coordinate (w->out, " ", width);
    coordinate (w->out, " ", item->rect.height);
    g_string_append (w->out, "\">\n");
    write_shape (w, &item->rect, &looks);
    g_string_append (w->out, "</svg>\n");
  }
}

static void
write_rule (const Writer *w, const SceneRect *rect, const Looks *looks)
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
  paint (w, looks, line_of, NULL, "");
  g_string_append (w->out, "/>\n");
}

static void
write_anchor (GString *out, const SceneRect *rect, SceneAlign align)
{
  switch (align) {
  case SCENE_ALIGN_START:
    number (out, "x", rect->x);
    break;
  case SCENE_ALIGN_CENTER:
    number (out, "x", rect->x + rect->width / 2);
    g_string_append (out, " text-anchor=\"middle\"");
    break;
  case SCENE_ALIGN_END:
    number (out, "x", rect->x + rect->width);
    g_string_append (out, " text-anchor=\"end\"");
    break;
  }
}

static void
write_font (const Writer *w, SceneTextStyle style, gboolean bold,
            const Looks *looks)
{
  g_autofree char *classes
      = g_strdup_printf ("t%u %s", (guint) style, bold ? "b " : "");

  if (w->style->inks == NULL) {
    g_string_append_printf (w->out, " font-family=\"%s\"",
                            scene_fonts_css_family (style));
    number (w->out, "font-size", w->metrics->size[style]);
    if (bold)
      g_string_append (w->out, " font-weight=\"700\"");
  }
  paint (w, looks, text_of, NULL, classes);
}

/* Whoever opens the file may have other fonts: textLength keeps a text as wide
 * as it was laid out, so that it stays in its box. The width of a label that
 * is not bold is not known exactly, nor needed: measuring gives the bold one.
 */
static void
write_text (const Writer *w, const SceneItem *item, const Looks *looks)
{
  gboolean bold = scene_look_bold (item->style, item->emphasis);
  double size = w->metrics->size[item->style];
  double width = w->metrics->measure (w->metrics, item->style, item->text);
  SceneRect rect = scene_look_text_rect (item, w->metrics, width);

  g_string_append (w->out, "<text");
  write_anchor (w->out, &rect, item->align);
  number (w->out, "y", rect.y + rect.height / 2 + DROP * size);
  write_font (w, item->style, bold, looks);
  if (bold || item->style != SCENE_TEXT_SMALL)
    number (w->out, "textLength", MIN (width, rect.width));
  g_string_append (w->out,
                   w->style->inks == NULL ? " xml:space=\"preserve\">" : ">");
  escaped (w->out, item->text);
  g_string_append (w->out, "</text>\n");
}

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
point (GString *out, const char *command, double x, double y)
{
  coordinate (out, command, x);
  coordinate (out, ",", y);
}

static void
corner (GString *out, const ScenePoint *a, const ScenePoint *b,
        const ScenePoint *c, double radius)
{
  double in = hypot (b->x - a->x, b->y - a->y);
  double out_length = hypot (c->x - b->x, c->y - b->y);

  radius = MIN (radius, MIN (in, out_length) / 2);
  ScenePoint from = short_of (a, b, radius), to = short_of (c, b, radius);
  point (out, " L", from.x, from.y);
  point (out, " Q", b->x, b->y);
  point (out, " ", to.x, to.y);
}

static void
write_head (const Writer *w, const ScenePoint *from, const ScenePoint *tip,
            double length)
{
  double whole = hypot (tip->x - from->x, tip->y - from->y);

  if (whole <= 0)
    return;
  double ux = (tip->x - from->x) / whole, uy = (tip->y - from->y) / whole;
  double half = 0.5 * length;

  point (w->out, "<path d=\"M", tip->x, tip->y);
  point (w->out, " L", tip->x - ux * length - uy * half,
         tip->y - uy * length + ux * half);
  point (w->out, " L", tip->x - ux * length * 0.75,
         tip->y - uy * length * 0.75);
  point (w->out, " L", tip->x - ux * length + uy * half,
         tip->y - uy * length - ux * half);
  g_string_append (w->out, " Z\"");
}

/* The rim that keeps a head apart from what it lies on. */
static void
write_rim (const Writer *w, const ScenePoint *from, const ScenePoint *tip,
           double length, double rim)
{
  Looks ground;
  ScenePoint back = short_of (from, tip, rim);

  for (guint i = 0; i < SCENE_PALETTES; i++)
    ground.in[i] = (SceneLook){.line = palette_at (w, i)->panel};
  write_head (w, from, &back, length);
  g_string_append (w->out, " fill=\"none\" stroke-linejoin=\"round\"");
  paint (w, &ground, NULL, line_of, "");
  number (w->out, "stroke-width", 2 * rim);
  g_string_append (w->out, "/>\n");
}

static void
write_dashes (const Writer *w, const SceneItem *item)
{
  double dashes[2];

  if (!scene_look_dashes (item, w->metrics, dashes))
    return;
  coordinate (w->out, " stroke-dasharray=\"", dashes[0]);
  coordinate (w->out, " ", dashes[1]);
  g_string_append_c (w->out, '"');
}

static void
write_line (const Writer *w, const SceneItem *item, const Looks *looks)
{
  const SceneLook *look = &looks->in[0];
  const ScenePoint *p
      = &g_array_index (w->still->points, ScenePoint, item->first_point);

  if (item->point_count < 2)
    return;
  point (w->out, "<path d=\"M", p[0].x, p[0].y);
  for (guint i = 1; i < item->point_count; i++)
    point (w->out, " L", p[i].x, p[i].y);
  g_string_append (w->out, "\" fill=\"none\" stroke-linejoin=\"round\"");
  paint (w, looks, NULL, line_of, "");
  number (w->out, "stroke-width", look->width);
  write_dashes (w, item);
  g_string_append (w->out, "/>\n");
}

static void
write_connector (const Writer *w, const SceneItem *item, const Looks *looks)
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
  point (w->out, "<path d=\"M", p[0].x, p[0].y);
  for (guint i = 1; i < last; i++)
    corner (w->out, &p[i - 1], &p[i], i + 1 == last ? &end : &p[i + 1],
            look->radius);
  point (w->out, " L", end.x, end.y);
  g_string_append (w->out, "\" fill=\"none\" stroke-linecap=\"round\"");
  paint (w, looks, NULL, line_of, "");
  number (w->out, "stroke-width", look->width);
  write_dashes (w, item);
  g_string_append (w->out, "/>\n");
  write_head (w, &p[last - 1], &p[last], head);
  paint (w, looks, line_of, NULL, "");
  g_string_append (w->out, "/>\n");
}

static void
write_disc (const Writer *w, double x, double y, double r, const Looks *looks,
            Pick fill)
{
  g_string_append (w->out, "<circle");
  number (w->out, "cx", x);
  number (w->out, "cy", y);
  number (w->out, "r", r);
  paint (w, looks, fill, NULL, "");
  g_string_append (w->out, "/>\n");
}

/* As the painter draws it: filled with the ground. */
static void
write_open_mark (const Writer *w, const SceneItem *item, const Looks *looks,
                 double x, double y, double r)
{
  ScenePoint corners[SCENE_GLYPH_CORNERS];
  double width = scene_glyph_line (r);
  guint count = scene_glyph_corners (item->text, x, y, r - width / 2, corners);

  if (count == 0) {
    g_string_append (w->out, "<circle");
    number (w->out, "cx", x);
    number (w->out, "cy", y);
    number (w->out, "r", r - width / 2);
  } else {
    for (guint i = 0; i < count; i++)
      point (w->out, i == 0 ? "<path d=\"M" : " L", corners[i].x, corners[i].y);
    g_string_append (w->out, " Z\" stroke-linejoin=\"round\"");
  }
  paint (w, looks, line_of, fill_of, "");
  number (w->out, "stroke-width", width);
  g_string_append (w->out, "/>\n");
}

static void
write_marker (const Writer *w, const SceneItem *item, const Looks *looks)
{
  double r = MIN (item->rect.width, item->rect.height) / 2;
  double x = item->rect.x + item->rect.width / 2;
  double y = item->rect.y + item->rect.height / 2;

  if (scene_glyph_is_open (item->text)) {
    write_open_mark (w, item, looks, x, y, r);
    return;
  }
  write_disc (w, x, y, r, looks, fill_of);
  if (g_strcmp0 (item->text, "dot") == 0) {
    write_disc (w, x, y, r * 0.38, looks, text_of);
    return;
  }
  if (g_strcmp0 (item->text, "cross") == 0) {
    point (w->out, "<path d=\"M", x - r * 0.38, y - r * 0.38);
    point (w->out, " L", x + r * 0.38, y + r * 0.38);
    point (w->out, " M", x + r * 0.38, y - r * 0.38);
    point (w->out, " L", x - r * 0.38, y + r * 0.38);
  } else {
    point (w->out, "<path d=\"M", x - r * 0.46, y + r * 0.02);
    point (w->out, " L", x - r * 0.12, y + r * 0.38);
    point (w->out, " L", x + r * 0.48, y - r * 0.36);
  }
  g_string_append (w->out, "\" fill=\"none\" stroke-linecap=\"round\" "
                           "stroke-linejoin=\"round\"");
  paint (w, looks, NULL, text_of, "");
  number (w->out, "stroke-width", r * 0.24);
  g_string_append (w->out, "/>\n");
}

static void
write_body (const Writer *w, const SceneItem *item)
{
  Looks looks = looks_of (w, item);

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
    write_connector (w, item, &looks);
    return;
  case SCENE_LINE:
    write_line (w, item, &looks);
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
write_identity (const Writer *w, const SceneItem *item)
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
write_name (const Writer *w, const SceneItem *item)
{
  if (item->name == NULL) {
    g_string_append (w->out, " aria-hidden=\"true\">\n");
    return;
  }
  g_string_append (w->out, " role=\"img\" aria-label=\"");
  escaped (w->out, item->name);
  g_string_append (w->out, "\">\n");
  if (item->detail == NULL)
    return;
  g_string_append (w->out, "<desc>");
  escaped (w->out, item->detail);
  g_string_append (w->out, "</desc>\n");
}

void
scene_svg_item (GString *out, const SceneSvgStyle *style,
                const SceneStill *still, const SceneItem *item)
{
  const Writer writer = {style, still, style->metrics, out};

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
    coordinate (css, "", metrics->size[i]);
    g_string_append_printf (css, "px %s}\n",
                            scene_fonts_css_family ((SceneTextStyle) i));
  }
  g_string_append (css, "text.b{font-weight:700}\n");
}
