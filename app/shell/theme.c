/* Which palette the desktop asks for, and the same colours for the style sheet.
 */

#include "theme.h"

#include <adwaita.h>
#include <math.h>

const ScenePalette *
pw_theme_palette (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return scene_palette (dark ? SCENE_PALETTE_CONTRAST_DARK
                               : SCENE_PALETTE_CONTRAST_LIGHT);
  return scene_palette (dark ? SCENE_PALETTE_DARK : SCENE_PALETTE_LIGHT);
}

static int
byte_of (double part)
{
  return (int) lround (part * 255);
}

static void
define (GString *css, const char *name, const char *suffix, SceneColor color)
{
  g_string_append_printf (css, "@define-color pw_%s%s #%02x%02x%02x;\n", name,
                          suffix, byte_of (color.red), byte_of (color.green),
                          byte_of (color.blue));
}

/* A name in CSS has underscores: "process-a" is @pw_process_a_fill. */
static void
define_role (GString *css, SceneRole role, const SceneInk *ink)
{
  g_autofree char *name
      = g_strdelimit (g_strdup (scene_role_name (role)), "-", '_');

  define (css, name, "_fill", ink->fill);
  define (css, name, "_line", ink->line);
  define (css, name, "_text", ink->text);
}

static char *
css_of (const ScenePalette *palette, double zoom)
{
  GString *css = g_string_new (NULL);

  define (css, "ground", "", palette->ground);
  define (css, "panel", "", palette->panel);
  define (css, "border", "", palette->border);
  define (css, "text", "", palette->text);
  define (css, "muted", "", palette->muted);
  define (css, "faint", "", palette->faint);
  define (css, "accent", "", palette->accent);
  for (SceneRole role = 0; role < SCENE_ROLES; role++)
    define_role (css, role, &palette->roles[role]);
  /* libadwaita's surfaces take the palette's colours, so that prose, bars and
   * figures are of one piece. */
  g_string_append (css, "@define-color window_bg_color @pw_ground;\n"
                        "@define-color view_bg_color @pw_panel;\n"
                        "@define-color headerbar_bg_color "
                        "mix(@pw_ground, @pw_border, 0.35);\n");
  g_string_append_printf (css, "window.pw-main { font-size: %d%%; }\n",
                          (int) lround (zoom * 100));
  return g_string_free (css, FALSE);
}

void
pw_theme_apply (double zoom)
{
  static GtkCssProvider *provider;
  g_autofree char *css = css_of (pw_theme_palette (), zoom);

  if (provider == NULL) {
    provider = gtk_css_provider_new ();
    gtk_style_context_add_provider_for_display (
        gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
        GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  }
  gtk_css_provider_load_from_data (provider, css, -1);
}

void
pw_theme_set_scheme (const char *scheme)
{
  AdwColorScheme wanted = ADW_COLOR_SCHEME_DEFAULT;

  if (g_strcmp0 (scheme, "light") == 0)
    wanted = ADW_COLOR_SCHEME_FORCE_LIGHT;
  if (g_strcmp0 (scheme, "dark") == 0)
    wanted = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), wanted);
}
