/* The screens that there are: a list that follows plugging and unplugging. */

#include "screens.h"

#include <stdio.h>

#include "follow.h"

struct _PwScreen {
  GObject parent_instance;
  char *name;
  GdkMonitor *monitor; /* NULL: one that is only said to be there */
  int width, height;
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
  GdkRectangle area = {0, 0, screen->width, screen->height};

  if (screen->monitor != NULL)
    gdk_monitor_get_geometry (screen->monitor, &area);
  *width = area.width;
  *height = area.height;
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
    gtk_window_set_default_size (window, screen->width, screen->height);
}

/* The desktop's ----------------------------------------------------------- */

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

/* Both lists have the same order: a change in one is the same in the other. */
static void
on_monitors (GListModel *monitors, guint at, guint removed, guint added,
             GListStore *screens)
{
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++) {
    PwScreen *screen = g_object_new (PW_TYPE_SCREEN, NULL);

    screen->monitor = g_list_model_get_item (monitors, at + i);
    screen->name = name_of (screen->monitor);
    g_ptr_array_add (news, screen);
  }
  g_list_store_splice (screens, at, removed, news->pdata, news->len);
}

static void
follow_desktop (GListStore *screens)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());

  g_signal_connect_object (monitors, "items-changed", G_CALLBACK (on_monitors),
                           screens, 0);
  on_monitors (monitors, 0, 0, g_list_model_get_n_items (monitors), screens);
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
  screen->width = width;
  screen->height = height;
  return screen;
}

static gboolean
is_same (GListModel *screens, guint at, const PwScreen *other)
{
  g_autoptr (PwScreen) screen = g_list_model_get_item (screens, at);

  return screen != NULL && other != NULL && screen->width == other->width
         && screen->height == other->height
         && g_str_equal (screen->name, other->name);
}

/* What is there as before stays, so that nobody is told of its leaving. */
static void
on_file (gpointer data)
{
  File *file = data;
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;
  guint same = 0;

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
  while (same < news->len
         && is_same (G_LIST_MODEL (file->screens), same, news->pdata[same]))
    same++;
  g_list_store_splice (file->screens, same,
                       g_list_model_get_n_items (G_LIST_MODEL (file->screens))
                           - same,
                       news->pdata + same, news->len - same);
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
