/* Numbers, colours and text of an SVG. */
#include "svg_write.h"

#include <string.h>

/* Numbers and text -------------------------------------------------------- */

void
scene_svg_coordinate (GString *out, const char *before, double value)
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

void
scene_svg_number (GString *out, const char *name, double value)
{
  g_string_append_printf (out, " %s=\"", name);
  scene_svg_coordinate (out, "", value);
  g_string_append_c (out, '"');
}

void
scene_svg_view_box (GString *out, double width, double height)
{
  scene_svg_coordinate (out, " viewBox=\"0 0 ", width);
  scene_svg_coordinate (out, " ", height);
  g_string_append_c (out, '"');
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

void
scene_svg_point (GString *out, const char *command, double x, double y)
{
  scene_svg_coordinate (out, command, x);
  scene_svg_coordinate (out, ",", y);
}

/* Colours ----------------------------------------------------------------- */

const ScenePalette *
scene_svg_palette (const SceneSvgWriter *w, guint i)
{
  return w->style->palette != NULL ? w->style->palette
                                   : scene_palette ((ScenePaletteId) i);
}

SceneSvgLooks
scene_svg_looks (const SceneSvgWriter *w, const SceneItem *item)
{
  SceneSvgLooks looks;

  for (guint i = 0; i < SCENE_PALETTES; i++)
    looks.in[i] = scene_look_of (item, scene_svg_palette (w, i), w->metrics);
  return looks;
}

SceneColor
scene_svg_fill (const SceneLook *look)
{
  return look->fill;
}

SceneColor
scene_svg_line (const SceneLook *look)
{
  return look->line;
}

SceneColor
scene_svg_text (const SceneLook *look)
{
  return look->text;
}

/* One colour in each palette. */
static SceneSvgColor
color_of (const SceneSvgLooks *looks, SceneSvgPick pick)
{
  SceneSvgColor color;

  for (guint i = 0; i < SCENE_PALETTES; i++)
    color.in[i] = pick (&looks->in[i]);
  return color;
}

static void
write_hex (const SceneSvgWriter *w, const char *name,
           const SceneSvgLooks *looks, SceneSvgPick pick)
{
  if (pick == NULL)
    return;
  g_string_append_printf (w->out, " %s=\"", name);
  scene_svg_hex (w->out, pick (&looks->in[0]));
  g_string_append_c (w->out, '"');
}

void
scene_svg_paint (const SceneSvgWriter *w, const SceneSvgLooks *looks,
                 SceneSvgPick fill, SceneSvgPick stroke, const char *classes)
{
  const SceneSvgPick picks[] = {fill, stroke};

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
