/* The application: one instance, one window, a lesson from the command line. */

#include "application.h"

#include <glib/gi18n-lib.h>

#include "config.h"
#include "window.h"

struct _PwApplication {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (PwApplication, pw_application, ADW_TYPE_APPLICATION)

static PwWindow *
the_window (GApplication *application)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));
  GtkWidget *made;

  /* The one that was used last stands first. */
  for (GList *at = windows; at != NULL; at = at->next)
    if (PW_IS_WINDOW (at->data))
      return PW_WINDOW (at->data);
  made = pw_window_new (GTK_APPLICATION (application));
  /* Presenting moves the focus on: what should have it comes afterwards. */
  gtk_window_present (GTK_WINDOW (made));
  return PW_WINDOW (made);
}

static void
pw_application_activate (GApplication *application)
{
  PwWindow *window = the_window (application);

  gtk_window_present (GTK_WINDOW (window));
  pw_window_show_something (window);
}

static void
open_lesson (GApplication *application, const char *lesson)
{
  PwWindow *window = the_window (application);

  gtk_window_present (GTK_WINDOW (window));
  pw_window_open (window, lesson);
}

static void
pw_application_open (GApplication *application, GFile **files, int count,
                     const char *hint)
{
  for (int i = 0; i < count; i++) {
    g_autofree char *path = g_file_get_path (files[i]);
    g_autofree char *uri = g_file_get_uri (files[i]);

    /* Without a path it may be a link to a place of the book. */
    open_lesson (application, path != NULL ? path : uri);
  }
}

/* From the beginning, wherever it was left. */
static void
present_lesson (GApplication *application)
{
  GtkWidget *window = GTK_WIDGET (the_window (application));

  gtk_widget_activate_action (window, "lesson.first", NULL);
  gtk_widget_activate_action (window, "win.present", NULL);
}

/* An argument is a lesson's identity unless it names something on the disk;
 * the paths are those of whoever typed them. */
static int
pw_application_command_line (GApplication *application,
                             GApplicationCommandLine *line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autofree const char **arguments = NULL; /* the strings are the line's */
  gboolean present = g_variant_dict_contains (options, "present");

  if (!g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay",
                              &arguments)) {
    if (present)
      g_application_command_line_printerr (
          line, "%s\n", _ ("pagewalk: --present wants a lesson"));
    else
      g_application_activate (application);
    return present ? 2 : 0;
  }
  for (guint i = 0; arguments[i] != NULL; i++) {
    g_autoptr (GFile) file
        = g_application_command_line_create_file_for_arg (line, arguments[i]);
    g_autofree char *path = g_file_get_path (file);
    gboolean exists = path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);

    open_lesson (application, exists ? path : arguments[i]);
  }
  if (present)
    present_lesson (application);
  return 0;
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (data));

  /* Closing, and not just ending, lets the window save what it remembers. */
  while (windows != NULL) {
    GtkWindow *window = windows->data;

    windows = windows->next;
    gtk_window_close (window);
  }
}

/* GTK parses its own theme as soon as it has a display, only to drop it when
 * libadwaita sets its own: a tenth of our start. It is shown an empty one
 * until then. */
static void
skip_gtk_theme (void)
{
  static const char variable[] = "GTK_THEME";

  if (g_getenv (variable) != NULL)
    return;
  g_setenv (variable, "Empty", TRUE);
  gtk_init_check ();
  g_unsetenv (variable);
}

static void
pw_application_startup (GApplication *application)
{
  const GActionEntry entries[] = {{.name = "quit", .activate = on_quit}};

  skip_gtk_theme ();
  G_APPLICATION_CLASS (pw_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries,
                                   G_N_ELEMENTS (entries), application);
}

static void
pw_application_class_init (PwApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  application_class->startup = pw_application_startup;
  application_class->activate = pw_application_activate;
  application_class->open = pw_application_open;
  application_class->command_line = pw_application_command_line;
}

static void
pw_application_init (PwApplication *application)
{
  const GOptionEntry options[]
      = {{"present", 'p', 0, G_OPTION_ARG_NONE, NULL,
          N_ ("Present the lesson on the whole screen"), NULL},
         {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
          N_ ("[LESSON-ID|FOLDER|FILE|pagewalk:LESSON#PLACE]")},
         {NULL}};

  g_application_add_main_option_entries (G_APPLICATION (application), options);
  g_application_set_option_context_summary (
      G_APPLICATION (application),
      _ ("An interactive textbook of virtual memory."));
}

PwApplication *
pw_application_new (void)
{
  return g_object_new (
      PW_TYPE_APPLICATION, "application-id", PAGEWALK_APP_ID, "flags",
      G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
