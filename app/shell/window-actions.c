/* What can be done in the main window. */

#include <glib/gi18n-lib.h>

#include "about.h"
#include "compat.h"
#include "export-window.h"
#include "keys.h"
#include "language.h"
#include "library.h"
#include "preferences.h"
#include "printing.h"
#include "window-private.h"

static void
on_open_chosen (const char *path, gpointer data)
{
  pw_window_open (PW_WINDOW (data), path);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pw_compat_open_file (GTK_WINDOW (widget), on_open_chosen, widget);
}

static void
library_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pw_window_show_library (PW_WINDOW (widget));
}

static void
lesson_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pw_window_open (PW_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
word_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  pw_window_show_library (window);
  pw_library_show_word (PW_LIBRARY (window->library),
                        g_variant_get_string (parameter, NULL));
}

static void
problems_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  pw_window_show_problems (window, _ ("Lessons that could not be read"),
                           window->book->damaged);
}

static void
present_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  if (pw_window_in_lesson (window))
    pw_window_set_presenting (window, window->presentation == NULL);
}

static void
fullscreen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_unfullscreen (GTK_WINDOW (widget));
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  if (pw_window_in_lesson (window))
    pw_lesson_page_show_menu (pw_window_page (window));
  else if (window->library != NULL)
    pw_library_show_menu (PW_LIBRARY (window->library));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  if (pw_window_in_lesson (window))
    pw_lesson_page_search (pw_window_page (window));
  else if (window->library != NULL)
    pw_library_search (PW_LIBRARY (window->library));
}

static void
next_area_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  if (pw_window_in_lesson (window))
    pw_lesson_page_next_area (pw_window_page (window));
}

/* Texts are looked up when widgets are made: so that all are in the language
 * that was chosen, there is a new window, at the same place. */
static gboolean
on_renew (gpointer data)
{
  PwWindow *window = data;
  g_autofree char *open = g_strdup (window->open);
  g_autoptr (PwDrafts) drafts
      = pw_window_in_lesson (window)
            ? pw_lesson_page_get_drafts (pw_window_page (window))
            : NULL;
  GtkWidget *renewed;

  window->renewing = 0;
  pw_window_remember_lesson (window);
  pw_window_remember_size (window);
  pw_memory_save (window->memory);
  pw_language_apply (window->memory->language);
  renewed = pw_window_new (gtk_window_get_application (GTK_WINDOW (window)));
  gtk_window_present (GTK_WINDOW (renewed));
  if (open != NULL)
    pw_window_open (PW_WINDOW (renewed), open);
  else
    pw_window_show_library (PW_WINDOW (renewed));
  if (drafts != NULL && pw_window_in_lesson (PW_WINDOW (renewed)))
    pw_lesson_page_take_drafts (pw_window_page (PW_WINDOW (renewed)),
                                g_steal_pointer (&drafts));
  gtk_window_destroy (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
on_preferred (PwPreference preference, gpointer data)
{
  PwWindow *window = data;

  switch (preference) {
  case PW_PREFERENCE_LANGUAGE:
    if (window->renewing == 0)
      window->renewing = g_idle_add (on_renew, window);
    break;
  case PW_PREFERENCE_SPEED:
    if (pw_window_in_lesson (window))
      pw_playhead_set_speed (
          pw_lesson_page_get_playhead (pw_window_page (window)),
          window->memory->speed);
    break;
  case PW_PREFERENCE_STEPS:
    if (pw_window_in_lesson (window))
      pw_playhead_set_every_step (
          pw_lesson_page_get_playhead (pw_window_page (window)),
          window->memory->every_step);
    break;
  case PW_PREFERENCE_MOTION:
  case PW_PREFERENCE_STUDENT:
    break;
  }
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pw_preferences_show (GTK_WINDOW (widget), PW_WINDOW (widget)->memory,
                       on_preferred, widget);
}

static void
close_course_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  pw_library_set_course (PW_LIBRARY (window->library), NULL);
  pw_book_follow (window->book, NULL, NULL);
  pw_memory_set_course (window->memory, "");
  pw_window_show_course (window);
  pw_window_show_progress (window);
}

static void
keys_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pw_keys_show (GTK_WINDOW (widget));
}

static void
tell_print (const char *message, gpointer data)
{
  pw_window_tell (PW_WINDOW (data), message);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);

  if (pw_window_in_lesson (window))
    pw_print (GTK_WINDOW (window),
              pw_lesson_page_get_document (pw_window_page (window)), "beats",
              FALSE, NULL, tell_print, window);
}

static void
on_saved (PwWindow *window, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: the name of a file or a folder. */
  g_autofree char *message = g_strdup_printf (_ ("Exported: %s"), name);

  pw_window_tell (window, message);
}

static void
on_print (PwWindow *window, const char *steps, gboolean answers,
          GtkWidget *dialog)
{
  pw_print (GTK_WINDOW (dialog),
            pw_lesson_page_get_document (pw_window_page (window)), steps,
            answers, NULL, tell_print, window);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PwWindow *window = PW_WINDOW (widget);
  GtkWidget *dialog;

  if (!pw_window_in_lesson (window))
    return;
  dialog = pw_export_window_new (
      GTK_WINDOW (window), pw_lesson_page_get_play (pw_window_page (window)),
      pw_playhead_get_step (
          pw_lesson_page_get_playhead (pw_window_page (window))));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "print", G_CALLBACK (on_print), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pw_about_show (GTK_WINDOW (widget));
}

static void
text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int steps = g_str_equal (name, "win.text-larger")    ? 1
              : g_str_equal (name, "win.text-smaller") ? -1
                                                       : 0;

  pw_looks_zoom (PW_WINDOW (widget)->looks, steps);
}

void
pw_window_install_actions (GtkWidgetClass *class)
{
  const struct {
    const char *name, *type;
    GtkWidgetActionActivateFunc function;
  } actions[] = {
      {"win.open", NULL, open_action},
      {"win.library", NULL, library_action},
      {"win.lesson", "s", lesson_action},
      {"win.word", "s", word_action},
      {"win.problems", NULL, problems_action},
      {"win.present", NULL, present_action},
      {"win.fullscreen", NULL, fullscreen_action},
      {"win.leave", NULL, leave_action},
      {"win.menu", NULL, menu_action},
      {"win.search", NULL, search_action},
      {"win.next-area", NULL, next_area_action},
      {"win.close-course", NULL, close_course_action},
      {"win.preferences", NULL, preferences_action},
      {"win.export", NULL, export_action},
      {"win.print", NULL, print_action},
      {"win.keys", NULL, keys_action},
      {"win.about", NULL, about_action},
      {"win.text-larger", NULL, text_action},
      {"win.text-smaller", NULL, text_action},
      {"win.text-normal", NULL, text_action},
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (class, actions[i].name, actions[i].type,
                                     actions[i].function);
}
