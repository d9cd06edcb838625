/* How a window looks: its colours, its zoom, and whether it is narrow. */

#include "looks.h"

#include <adwaita.h>

#include "split.h"
#include "theme.h"
#include "zoom.h"

struct _PwLooks {
  GtkWindow *window;
  PwMemory *memory;
  PwLooksChanged changed;
  gpointer data;
  double for_size; /* the zoom that suits the window's size */
  gboolean narrow;
  guint zooming; /* idle source */
};

static double
zoom_of (PwLooks *looks)
{
  return looks->for_size * looks->memory->text_scale;
}

static void
set_narrow (PwLooks *looks)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (looks->window));
  double width = surface != NULL ? gdk_surface_get_width (surface)
                                 : looks->memory->width;

  looks->narrow
      = pw_split_is_narrow ((int) (width / pw_looks_get_text_zoom (looks)));
  if (looks->narrow)
    gtk_widget_add_css_class (GTK_WIDGET (looks->window), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (looks->window), "narrow");
}

/* New colours, or another zoom. */
static void
apply (PwLooks *looks)
{
  pw_theme_apply (zoom_of (looks));
  set_narrow (looks);
  looks->changed (looks->data);
}

static double
zoom_for_surface (PwLooks *looks)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (looks->window));

  return surface != NULL ? pw_zoom_for_size (gdk_surface_get_width (surface),
                                             gdk_surface_get_height (surface))
                         : looks->for_size;
}

static gboolean
on_zooming (gpointer data)
{
  PwLooks *looks = data;
  double for_size = zoom_for_surface (looks);

  looks->zooming = 0;
  if (for_size == looks->for_size)
    return G_SOURCE_REMOVE;
  looks->for_size = for_size;
  apply (looks);
  return G_SOURCE_REMOVE;
}

/* The surface tells its size before anything is laid out for it. Whether that
 * is narrow can still be heeded, but sizes of text are known by then. */
static void
on_size (PwLooks *looks)
{
  gboolean narrow = looks->narrow;

  if (zoom_for_surface (looks) != looks->for_size && looks->zooming == 0)
    looks->zooming = g_idle_add (on_zooming, looks);
  set_narrow (looks);
  if (narrow != looks->narrow)
    looks->changed (looks->data);
}

static void
on_color_scheme (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PwLooks *looks = data;

  g_simple_action_set_state (action, parameter);
  g_free (looks->memory->color_scheme);
  looks->memory->color_scheme = g_variant_dup_string (parameter, NULL);
  pw_theme_set_scheme (looks->memory->color_scheme);
}

static void
add_color_scheme (PwLooks *looks)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (
      "color-scheme", G_VARIANT_TYPE_STRING,
      g_variant_new_string (looks->memory->color_scheme));

  g_signal_connect (action, "activate", G_CALLBACK (on_color_scheme), looks);
  g_action_map_add_action (G_ACTION_MAP (looks->window), G_ACTION (action));
}

/* The zoom for the size that the window will have. */
static double
zoom_at_start (const PwMemory *memory)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area;

  if (!memory->maximized || monitor == NULL)
    return pw_zoom_for_size (memory->width, memory->height);
  gdk_monitor_get_geometry (monitor, &area);
  return pw_zoom_for_size (area.width, area.height);
}

PwLooks *
pw_looks_new (GtkWindow *window, PwMemory *memory, PwLooksChanged changed,
              gpointer data)
{
  PwLooks *looks = g_new0 (PwLooks, 1);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  looks->window = window;
  looks->memory = memory;
  looks->changed = changed;
  looks->data = data;
  looks->for_size = zoom_at_start (memory);
  pw_theme_set_scheme (memory->color_scheme);
  add_color_scheme (looks);
  pw_zoom_listen (GTK_WIDGET (window));
  g_signal_connect_swapped (manager, "notify::dark", G_CALLBACK (apply), looks);
  g_signal_connect_swapped (manager, "notify::high-contrast",
                            G_CALLBACK (apply), looks);
  g_signal_connect_swapped (gtk_widget_get_settings (GTK_WIDGET (window)),
                            "notify::gtk-xft-dpi", G_CALLBACK (apply), looks);
  pw_theme_apply (zoom_of (looks));
  set_narrow (looks);
  return looks;
}

void
pw_looks_free (PwLooks *looks)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (looks->window));

  if (surface != NULL)
    g_signal_handlers_disconnect_by_data (surface, looks);
  g_signal_handlers_disconnect_by_data (
      gtk_widget_get_settings (GTK_WIDGET (looks->window)), looks);
  g_signal_handlers_disconnect_by_data (adw_style_manager_get_default (),
                                        looks);
  g_clear_handle_id (&looks->zooming, g_source_remove);
  g_action_map_remove_action (G_ACTION_MAP (looks->window), "color-scheme");
  g_free (looks);
}

void
pw_looks_follow_surface (PwLooks *looks)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (looks->window));

  g_signal_connect_swapped (surface, "notify::width", G_CALLBACK (on_size),
                            looks);
  g_signal_connect_swapped (surface, "notify::height", G_CALLBACK (on_size),
                            looks);
}

void
pw_looks_zoom (PwLooks *looks, int steps)
{
  double own = steps == 0 ? 1.0
                          : pw_zoom_step (looks->memory->text_scale, steps);

  if (own == looks->memory->text_scale)
    return;
  looks->memory->text_scale = own;
  apply (looks);
}

const ScenePalette *
pw_looks_get_palette (PwLooks *looks)
{
  return pw_theme_palette ();
}

double
pw_looks_get_own_zoom (PwLooks *looks)
{
  return looks->memory->text_scale;
}

double
pw_looks_get_text_zoom (PwLooks *looks)
{
  return zoom_of (looks) * pw_zoom_of_desktop (GTK_WIDGET (looks->window));
}

gboolean
pw_looks_get_narrow (PwLooks *looks)
{
  return looks->narrow;
}
