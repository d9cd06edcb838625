/* The size of a window's type, which follows the window's size. */

#include "hall-type.h"

#define LEAST 12.0 /* pixels */

struct _PwHallType {
  GtkWindow *window;
  char *style_class;
  double part; /* of the lower of the height and 9/16 of the width */
  double zoom, pixels;
  GtkCssProvider *style;
  guint sizing; /* idle source */
};

/* A window that gets another size is measured before what the style sheet says
 * anew is heeded. Lengths would already follow the new type where what was
 * measured before is remembered with the old one: nothing may be. */
static void
forget_sizes (GtkWidget *widget)
{
  gtk_widget_queue_resize (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    forget_sizes (child);
}

static void
apply (PwHallType *type, double pixels)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *css = NULL;

  if (pixels == type->pixels)
    return;
  type->pixels = pixels;
  g_ascii_formatd (number, sizeof number, "%.2f", pixels);
  css = g_strdup_printf ("window.%s { font-size: %spx; }", type->style_class,
                         number);
  gtk_css_provider_load_from_data (type->style, css, -1);
  forget_sizes (GTK_WIDGET (type->window));
}

static gboolean
on_sizing (gpointer data)
{
  PwHallType *type = data;
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (type->window));
  double room;

  type->sizing = 0;
  if (surface == NULL)
    return G_SOURCE_REMOVE;
  room = MIN (gdk_surface_get_height (surface),
              gdk_surface_get_width (surface) * 9.0 / 16);
  apply (type, MAX (room * type->part, LEAST) * type->zoom);
  return G_SOURCE_REMOVE;
}

/* Not at once: a size of type that changes while things are laid out for
 * another is heeded too late. */
static void
on_size (PwHallType *type)
{
  if (type->sizing == 0)
    type->sizing = g_idle_add_full (G_PRIORITY_HIGH, on_sizing, type, NULL);
}

static void
on_realize (PwHallType *type)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (type->window));

  g_signal_connect_swapped (surface, "notify::width", G_CALLBACK (on_size),
                            type);
  g_signal_connect_swapped (surface, "notify::height", G_CALLBACK (on_size),
                            type);
}

static void
on_unrealize (PwHallType *type)
{
  g_signal_handlers_disconnect_by_data (
      gtk_native_get_surface (GTK_NATIVE (type->window)), type);
}

PwHallType *
pw_hall_type_new (GtkWindow *window, const char *style_class, double pixels)
{
  PwHallType *type = g_new0 (PwHallType, 1);

  type->window = window;
  type->style_class = g_strdup (style_class);
  type->part = pixels / 1080;
  type->zoom = 1;
  type->style = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (
      gdk_display_get_default (), GTK_STYLE_PROVIDER (type->style),
      GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_signal_connect_swapped (window, "realize", G_CALLBACK (on_realize), type);
  g_signal_connect_swapped (window, "unrealize", G_CALLBACK (on_unrealize),
                            type);
  return type;
}

void
pw_hall_type_free (PwHallType *type)
{
  if (type == NULL)
    return;
  g_clear_handle_id (&type->sizing, g_source_remove);
  if (gtk_widget_get_realized (GTK_WIDGET (type->window)))
    on_unrealize (type);
  g_signal_handlers_disconnect_by_data (type->window, type);
  gtk_style_context_remove_provider_for_display (
      gdk_display_get_default (), GTK_STYLE_PROVIDER (type->style));
  g_object_unref (type->style);
  g_free (type->style_class);
  g_free (type);
}

void
pw_hall_type_set_zoom (PwHallType *type, double zoom)
{
  type->zoom = zoom;
  on_size (type);
}
