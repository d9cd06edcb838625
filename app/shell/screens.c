/* The screens that there are: a list that follows plugging and unplugging. */

#include "screens.h"

#include <stdio.h>

#include "follow.h"

struct _PwScreen {
  GObject parent_instance;
  char *name;
  GdkMonitor *monitor; /* NULL: one that is only said to be there */
  GdkRectangle area;
  gboolean first; /* of those that are only said to be there */
};

G_DEFINE_FINAL_TYPE (PwScreen, pw_screen, G_TYPE_OBJECT)

static void
pw_screen_finalize (GObject *object)
{
  PwScreen *screen = PW_SCREEN (object);

  g_free (screen->name);
  g_clear_object (&screen->monitor);
  G_OBJECT_CLASS (pw_screen_parent_class)->finalize (object);
}

static void
pw_screen_class_init (PwScreenClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pw_screen_finalize;
}

static void
pw_screen_init (PwScreen *screen)
{
}

const char *
pw_screen_get_name (PwScreen *screen)
{
  return screen->name;
}

void
pw_screen_get_size (PwScreen *screen, int *width, int *height)
{
  *width = screen->area.width;
  *height = screen->area.height;
}

gboolean
pw_screen_holds (PwScreen *screen, GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  if (screen->monitor == NULL)
    return screen->first;
  if (surface == NULL)
    return FALSE;
  return gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface),
                                             surface)
         == screen->monitor;
}

void
pw_screen_fill (PwScreen *screen, GtkWindow *window)
{
  if (screen->monitor != NULL)
    gtk_window_fullscreen_on_monitor (window, screen->monitor);
  else
    gtk_window_set_default_size (window, screen->area.width,
                                 screen->area.height);
}

/* The list ---------------------------------------------------------------- */

static gboolean
is_same (GListModel *screens, guint at, const PwScreen *other)
{
  g_autoptr (PwScreen) screen = g_list_model_get_item (screens, at);

  return screen != NULL && screen->monitor == other->monitor
         && gdk_rectangle_equal (&screen->area, &other->area)
         && g_str_equal (screen->name, other->name);
}

/* What is there as before stays, so that nobody is told of its leaving. */
static void
take (GListStore *screens, const GPtrArray *news)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (screens)), same = 0;

  while (same < news->len
         && is_same (G_LIST_MODEL (screens), same, news->pdata[same]))
    same++;
  if (same < count || same < news->len)
    g_list_store_splice (screens, same, count - same, news->pdata + same,
                         news->len - same);
}

/* The desktop's ----------------------------------------------------------- */

typedef struct {
  GListStore *screens;  /* not owned */
  GListModel *monitors; /* not owned */
  GPtrArray *watched;   /* of GdkMonitor */
  guint taking;         /* idle source */
} Desktop;

/* "Acme X100 (HDMI-1)", of which any part may be missing. */
static char *
name_of (GdkMonitor *monitor)
{
  const char *maker = gdk_monitor_get_manufacturer (monitor);
  const char *model = gdk_monitor_get_model (monitor);
  const char *connector = gdk_monitor_get_connector (monitor);
  g_autoptr (GString) name = g_string_new (maker);

  if (model != NULL)
    g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", model);
  if (connector != NULL)
    g_string_append_printf (name, name->len > 0 ? " (%s)" : "%s", connector);
  return g_strdup (name->str);
}

static void
add_monitor (GPtrArray *news, GdkMonitor *monitor)
{
  PwScreen *screen = g_object_new (PW_TYPE_SCREEN, NULL);

  screen->monitor = g_object_ref (monitor);
  screen->name = name_of (monitor);
  gdk_monitor_get_geometry (monitor, &screen->area);
  g_ptr_array_add (news, screen);
}

static gboolean
on_taking (gpointer data)
{
  Desktop *desktop = data;
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func (g_object_unref);

  desktop->taking = 0;
  for (guint i = 0; i < desktop->watched->len; i++) {
    GdkRectangle area;
    gdk_monitor_get_geometry (desktop->watched->pdata[i], &area);
    if (area.width > 0)
      add_monitor (news, desktop->watched->pdata[i]);
  }
  take (desktop->screens, news);
  return G_SOURCE_REMOVE;
}

/* Not at once: a monitor comes first, then where it lies, its size, its name;
 * and all may change together. */
static void
on_changed (Desktop *desktop)
{
  if (desktop->taking == 0)
    desktop->taking
        = g_idle_add_full (G_PRIORITY_DEFAULT, on_taking, desktop, NULL);
}

static void
forget (Desktop *desktop)
{
  for (guint i = 0; i < desktop->watched->len; i++)
    g_signal_handlers_disconnect_by_data (desktop->watched->pdata[i], desktop);
  g_ptr_array_set_size (desktop->watched, 0);
}

static void
on_monitors (Desktop *desktop)
{
  GListModel *monitors = desktop->monitors;

  forget (desktop);
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++) {
    GdkMonitor *monitor = g_list_model_get_item (monitors, i);

    g_signal_connect_swapped (monitor, "notify", G_CALLBACK (on_changed),
                              desktop);
    g_ptr_array_add (desktop->watched, monitor);
  }
  on_changed (desktop);
}

static void
desktop_free (gpointer data)
{
  Desktop *desktop = data;

  g_clear_handle_id (&desktop->taking, g_source_remove);
  g_signal_handlers_disconnect_by_data (desktop->monitors, desktop);
  forget (desktop);
  g_ptr_array_unref (desktop->watched);
  g_free (desktop);
}

static void
follow_desktop (GListStore *screens)
{
  Desktop *desktop = g_new0 (Desktop, 1);

  desktop->screens = screens;
  desktop->monitors = gdk_display_get_monitors (gdk_display_get_default ());
  desktop->watched = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data_full (G_OBJECT (screens), "pw-desktop", desktop,
                          desktop_free);
  g_signal_connect_swapped (desktop->monitors, "items-changed",
                            G_CALLBACK (on_monitors), desktop);
  on_monitors (desktop);
  g_clear_handle_id (&desktop->taking, g_source_remove);
  on_taking (desktop);
}

/* Those of a file --------------------------------------------------------- */

typedef struct {
  GListStore *screens; /* not owned */
  char *path;
  PwFollow *follow;
} File;

static PwScreen *
read_screen (const char *line)
{
  PwScreen *screen;
  int width, height, name = 0;

  if (sscanf (line, "%dx%d %n", &width, &height, &name) < 2 || name == 0)
    return NULL;
  screen = g_object_new (PW_TYPE_SCREEN, NULL);
  screen->name = g_strdup (line + name);
  screen->area = (GdkRectangle){0, 0, width, height};
  return screen;
}

static void
on_file (gpointer data)
{
  File *file = data;
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (file->path, &text, NULL, NULL))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    PwScreen *screen = read_screen (lines[i]);
    if (screen == NULL)
      continue;
    screen->first = news->len == 0;
    g_ptr_array_add (news, screen);
  }
  take (file->screens, news);
}

static void
file_free (gpointer data)
{
  File *file = data;

  pw_follow_free (file->follow);
  g_free (file->path);
  g_free (file);
}

static void
follow_file (GListStore *screens, const char *path)
{
  File *file = g_new0 (File, 1);

  file->screens = screens;
  file->path = g_strdup (path);
  file->follow = pw_follow_new (path, on_file, file);
  g_object_set_data_full (G_OBJECT (screens), "pw-file", file, file_free);
  on_file (file);
}

GListModel *
pw_screens_new (void)
{
  GListStore *screens = g_list_store_new (PW_TYPE_SCREEN);
  const char *path = g_getenv ("PAGEWALK_SCREENS");

  if (path != NULL)
    follow_file (screens, path);
  else
    follow_desktop (screens);
  return G_LIST_MODEL (screens);
}
