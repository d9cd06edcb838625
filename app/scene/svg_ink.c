/* Colours in an SVG: written out for one palette, or as classes for all. */
#include "svg_ink.h"

struct _SceneSvgInks {
  GHashTable *numbers; /* from all its colours as text to number + 1 */
  GArray *colors;      /* of SceneSvgColor */
};

SceneSvgInks *
scene_svg_inks_new (void)
{
  SceneSvgInks *inks = g_new0 (SceneSvgInks, 1);

  inks->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  inks->colors = g_array_new (FALSE, FALSE, sizeof (SceneSvgColor));
  return inks;
}

void
scene_svg_inks_free (SceneSvgInks *inks)
{
  if (inks == NULL)
    return;
  g_hash_table_unref (inks->numbers);
  g_array_unref (inks->colors);
  g_free (inks);
}

guint
scene_svg_ink (SceneSvgInks *inks, const SceneSvgColor *color)
{
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < SCENE_PALETTES; i++)
    scene_svg_hex (key, color->in[i]);
  guint known
      = GPOINTER_TO_UINT (g_hash_table_lookup (inks->numbers, key->str));
  if (known > 0)
    return known - 1;
  g_array_append_val (inks->colors, *color);
  g_hash_table_insert (inks->numbers, g_strdup (key->str),
                       GUINT_TO_POINTER (inks->colors->len));
  return inks->colors->len - 1;
}

/* What each colour is in one palette. */
static void
add_palette (const SceneSvgInks *inks, ScenePaletteId palette, GString *css)
{
  g_string_append (css, ":root{");
  for (guint i = 0; i < inks->colors->len; i++) {
    const SceneSvgColor *color
        = &g_array_index (inks->colors, SceneSvgColor, i);
    g_string_append_printf (css, "--k%u:", i);
    scene_svg_hex (css, color->in[palette]);
    g_string_append_c (css, ';');
  }
  g_string_append (css, "}\n");
}

void
scene_svg_inks_css (const SceneSvgInks *inks, GString *css)
{
  static const struct {
    ScenePaletteId palette;
    const char *media;
  } others[] = {
      {SCENE_PALETTE_DARK, "(prefers-color-scheme:dark)"},
      {SCENE_PALETTE_CONTRAST_LIGHT, "(prefers-contrast:more)"},
      {SCENE_PALETTE_CONTRAST_DARK,
       "(prefers-contrast:more) and (prefers-color-scheme:dark)"},
      {SCENE_PALETTE_PRINT, "print"},
  };

  add_palette (inks, SCENE_PALETTE_LIGHT, css);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_string_append_printf (css, "@media %s{", others[i].media);
    add_palette (inks, others[i].palette, css);
    g_string_append (css, "}\n");
  }
  for (guint i = 0; i < inks->colors->len; i++)
    g_string_append_printf (css, ".f%u{fill:var(--k%u)}.s%u{stroke:var(--k%u)}",
                            i, i, i, i);
  g_string_append_c (css, '\n');
}

void
scene_svg_hex (GString *out, SceneColor color)
{
  g_string_append_printf (out, "#%02x%02x%02x", (guint) (color.red * 255 + 0.5),
                          (guint) (color.green * 255 + 0.5),
                          (guint) (color.blue * 255 + 0.5));
}
