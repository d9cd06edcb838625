/* The main window: library, lesson or problems, one at a time. */

#include "window-private.h"

#include <glib/gi18n-lib.h>

#include "config.h"
#include "drop.h"
#include "image.h"
#include "input.h"
#include "keys.h"
#include "library.h"
#include "preferences.h"
#include "progress-page.h"
#include "uri.h"
#include "variation.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/window.ui"

#define ICON(size) "/io/github/pagewalk/Pagewalk/icon-" size ".png"

G_DEFINE_FINAL_TYPE (PwWindow, pw_window, ADW_TYPE_APPLICATION_WINDOW)

gboolean
pw_window_in_lesson (PwWindow *window)
{
  return window->open != NULL;
}

PwLessonPage *
pw_window_page (PwWindow *window)
{
  return PW_LESSON_PAGE (window->lesson);
}

/* What is remembered --------------------------------------------------------
 */

void
pw_window_remember_lesson (PwWindow *window)
{
  PwPlayhead *head;

  if (!pw_window_in_lesson (window))
    return;
  pw_recording_end (window->recording);
  head = pw_lesson_page_get_playhead (pw_window_page (window));
  window->memory->speed = pw_playhead_get_speed (head);
  window->memory->every_step = pw_playhead_get_every_step (head);
}

void
pw_window_remember_size (PwWindow *window)
{
  window->memory->maximized = gtk_window_is_maximized (GTK_WINDOW (window));
  gtk_window_get_default_size (GTK_WINDOW (window), &window->memory->width,
                               &window->memory->height);
}

void
pw_window_tell (PwWindow *window, const char *message)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 10);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (window->toasts), toast);
}

static void
on_tell (const char *message, gpointer data)
{
  pw_window_tell (PW_WINDOW (data), message);
}

/* Time counts while the window is the one that is used. */
static void
on_active (PwWindow *window)
{
  pw_recorder_set_active (window->recorder,
                          gtk_window_is_active (GTK_WINDOW (window)));
}

/* Looks ---------------------------------------------------------------------
 */

static void
on_looks (gpointer data)
{
  pw_window_show_looks (PW_WINDOW (data));
}

/* Presenting ----------------------------------------------------------------
 */

/* With other values it was another lesson: back to the reader's own. */
static void
on_left (gpointer data)
{
  PwWindow *window = PW_WINDOW (data);
  gboolean varied = pw_presentation_is_varied (window->presentation);
  g_autofree char *open = g_strdup (window->open);

  pw_window_set_presenting (window, FALSE);
  if (varied)
    pw_window_open (window, open);
  gtk_window_present (GTK_WINDOW (window));
}

static void
present_lesson (PwWindow *window)
{
  PwLessonPage *page = pw_window_page (window);

  pw_presentation_set_lesson (window->presentation,
                              pw_lesson_page_get_play (page),
                              pw_lesson_page_get_playhead (page));
}

static char *
first_problem (const LessonProblems *problems)
{
  const LessonProblem *problem = problems->list->pdata[0];

  return g_strdup (problem->what);
}

/* Nothing is written down of a lesson that is not the author's. */
static char *
on_vary (const GPtrArray *variations, gpointer data)
{
  PwWindow *window = PW_WINDOW (data);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  PwOpened opened;

  if (!pw_book_open (window->book, window->open, &opened, problems))
    return first_problem (problems);
  lesson_play_free (opened.play);
  opened.play = lesson_variation_play (opened.document, variations, problems);
  if (opened.play != NULL) {
    pw_recording_end (window->recording);
    pw_presentation_forget_lesson (window->presentation);
    pw_lesson_page_set_lesson (pw_window_page (window), opened.document,
                               opened.play, opened.subtitle);
    present_lesson (window);
  } else {
    lesson_document_free (opened.document);
  }
  g_free (opened.subtitle);
  return opened.play != NULL ? NULL : first_problem (problems);
}

void
pw_window_set_presenting (PwWindow *window, gboolean presenting)
{
  gboolean present = presenting && pw_window_in_lesson (window);

  if (present == (window->presentation != NULL))
    return;
  if (!present) {
    g_clear_pointer (&window->presentation, pw_presentation_free);
    return;
  }
  window->presentation = pw_presentation_new (
      GTK_WINDOW (window), window->memory,
      (PwPresented){.leave = on_left, .vary = on_vary, .data = window});
  pw_presentation_set_palette (window->presentation,
                               pw_looks_get_palette (window->looks));
  present_lesson (window);
}

/* Pages ---------------------------------------------------------------------
 */

static void
show_lesson (PwWindow *window, const char *name, const PwOpened *opened)
{
  PwLessonPage *page = pw_window_make_lesson_page (window);
  g_autofree char *title = lesson_text_plain (opened->document->title);
  PwPlayhead *head;
  guint step = pw_recording_resume (
      window->recording, opened->document->id,
      (guint) (opened->play->end_step - opened->play->first_step));

  g_clear_pointer (&window->open, g_free);
  if (window->presentation != NULL)
    pw_presentation_forget_lesson (window->presentation);
  pw_recording_set_student (window->recording, window->memory->student,
                            pw_window_salt (window));
  pw_recording_begin (window->recording, opened->document, opened->play);
  pw_lesson_page_set_lesson (page, opened->document, opened->play,
                             opened->subtitle);
  window->open = g_strdup (name);
  head = pw_lesson_page_get_playhead (page);
  pw_playhead_set_speed (head, window->memory->speed);
  pw_playhead_set_every_step (head, window->memory->every_step);
  if (step > 0)
    pw_playhead_go (head, step);
  if (window->presentation != NULL)
    present_lesson (window);

  gtk_widget_insert_action_group (GTK_WIDGET (window), "lesson",
                                  pw_lesson_page_get_actions (page));
  gtk_stack_set_visible_child (GTK_STACK (window->stack), window->lesson);
  gtk_window_set_title (GTK_WINDOW (window), title);
  /* With no focus at all, plain keys step; Tab and F6 go on from here. */
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
}

/* The reader's own file ----------------------------------------------------
 */

static void
unfollow (PwWindow *window)
{
  g_clear_pointer (&window->follow, pw_follow_free);
  g_clear_pointer (&window->followed, g_free);
}

/* What is right takes the place of what is shown, at the same step. */
static void
reload (PwWindow *window)
{
  PwLessonPage *page = pw_window_page (window);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *name = g_strdup (window->open);
  PwOpened opened;

  if (pw_book_open (window->book, name, &opened, problems)) {
    guint step = pw_lesson_page_step_in (page, opened.play);
    PwDrafts *drafts = pw_lesson_page_get_drafts (page);
    pw_window_remember_lesson (window);
    show_lesson (window, name, &opened);
    pw_lesson_page_take_drafts (page, drafts);
    pw_playhead_go (pw_lesson_page_get_playhead (page), step);
    g_free (opened.subtitle);
  }
  pw_lesson_page_set_problems (page, problems);
}

static void
on_saved (gpointer data)
{
  PwWindow *window = data;
  g_autofree char *name = g_strdup (window->followed);

  if (pw_window_in_lesson (window))
    reload (window);
  else
    pw_window_open (window, name);
}

static void
follow (PwWindow *window, const char *lesson)
{
  g_autofree char *name = g_strdup (lesson);
  g_autofree char *file = pw_book_file (window->book, name);

  unfollow (window);
  if (file == NULL)
    return;
  window->follow = pw_follow_new (file, on_saved, window);
  window->followed = g_steal_pointer (&name);
}

/* Object --------------------------------------------------------------------
 */

static gboolean
pw_window_close_request (GtkWindow *gtk_window)
{
  PwWindow *window = PW_WINDOW (gtk_window);

  pw_window_remember_lesson (window);
  pw_window_remember_size (window);
  pw_memory_save (window->memory);
  return GTK_WINDOW_CLASS (pw_window_parent_class)->close_request (gtk_window);
}

static void
pw_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pw_window_parent_class)->realize (widget);
  pw_looks_follow_surface (PW_WINDOW (widget)->looks);
}

static void
pw_window_dispose (GObject *object)
{
  PwWindow *window = PW_WINDOW (object);

  pw_recorder_set_tell (window->recorder, NULL, NULL);
  g_clear_pointer (&window->presentation, pw_presentation_free);
  g_clear_handle_id (&window->renewing, g_source_remove);
  g_clear_pointer (&window->keeping, pw_keeping_free);
  g_clear_pointer (&window->recording, pw_recording_free);
  unfollow (window);
  g_clear_pointer (&window->looks, pw_looks_free);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "lesson", NULL);
  g_clear_handle_id (&window->icon, g_source_remove);
  G_OBJECT_CLASS (pw_window_parent_class)->dispose (object);
}

static void
pw_window_finalize (GObject *object)
{
  PwWindow *window = PW_WINDOW (object);

  g_clear_pointer (&window->recorder, pw_recorder_free);
  g_clear_pointer (&window->memory, pw_memory_free);
  g_clear_pointer (&window->book, pw_book_free);
  g_clear_pointer (&window->open, g_free);
  G_OBJECT_CLASS (pw_window_parent_class)->finalize (object);
}

static void
pw_window_class_init (PwWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_window_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_window_finalize;
  widget_class->realize = pw_window_realize;
  GTK_WINDOW_CLASS (class)->close_request = pw_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  gtk_widget_class_bind_template_child (widget_class, PwWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PwWindow, stack);
  pw_window_install_actions (widget_class);
}

static void
on_forgotten (gpointer data)
{
  PwWindow *window = PW_WINDOW (data);

  pw_window_show_progress (window);
  pw_progress_page_update (PW_PROGRESS_PAGE (window->progress));
}

/* A course whose file has gone is no longer followed, without a word: the
 * whole book is there. */
static void
follow_remembered (PwWindow *window)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  const char *path = window->memory->course;

  if (*path != '\0')
    pw_book_follow (window->book, path, problems);
}

static void
pw_window_init (PwWindow *window)
{
  window->memory = pw_memory_load ();
  window->recorder = pw_recorder_new (NULL);
  window->book = pw_book_new ();
  gtk_widget_init_template (GTK_WIDGET (window));
  pw_recorder_set_tell (window->recorder, on_tell, window);
  window->keeping = pw_keeping_new (ADW_APPLICATION_WINDOW (window),
                                    window->recorder, window->memory, on_tell,
                                    on_forgotten, window);
  pw_preferences_apply_motion (window->memory);
  follow_remembered (window);
  g_signal_connect (window, "notify::is-active", G_CALLBACK (on_active), NULL);
  window->looks
      = pw_looks_new (GTK_WINDOW (window), window->memory, on_looks, window);
  gtk_window_set_default_size (GTK_WINDOW (window), window->memory->width,
                               window->memory->height);
  pw_keys_install (GTK_WIDGET (window));
  pw_drop_install (GTK_WIDGET (window));
}

/* For window managers that do not look into the desktop file. By name, GTK
 * would look for every size, and load a reader of SVG for it. */
static gboolean
set_icon (gpointer data)
{
  PwWindow *window = data;
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autoptr (GdkTexture) small = gdk_texture_new_from_resource (ICON ("48"));
  g_autoptr (GdkTexture) large = gdk_texture_new_from_resource (ICON ("128"));
  g_autoptr (GList) icons = g_list_append (g_list_append (NULL, small), large);

  window->icon = 0;
  if (surface != NULL)
    gdk_toplevel_set_icon_list (GDK_TOPLEVEL (surface), icons);
  return G_SOURCE_REMOVE;
}

GtkWidget *
pw_window_new (GtkApplication *application)
{
  PwWindow *window
      = g_object_new (PW_TYPE_WINDOW, "application", application, NULL);

  /* Not in init: building the object would set it back. */
  if (window->memory->maximized)
    gtk_window_maximize (GTK_WINDOW (window));
  window->icon = g_idle_add_full (G_PRIORITY_LOW, set_icon, window, NULL);
  return GTK_WIDGET (window);
}

void
pw_window_show_something (PwWindow *window)
{
  if (gtk_stack_get_visible_child (GTK_STACK (window->stack)) == NULL)
    pw_window_show_library (window);
}

void
pw_window_show_library (PwWindow *window)
{
  pw_window_remember_lesson (window);
  unfollow (window);
  pw_window_set_presenting (window, FALSE);
  g_clear_pointer (&window->open, g_free);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "lesson", NULL);
  pw_window_show_progress (window);
  gtk_stack_set_visible_child (GTK_STACK (window->stack), window->library);
  pw_library_focus (PW_LIBRARY (window->library));
  gtk_window_set_title (GTK_WINDOW (window), "Pagewalk");
  if (window->lesson != NULL)
    pw_lesson_page_set_lesson (pw_window_page (window), NULL, NULL, NULL);
}

/* Goes to a place of the lesson that is shown; an address that leads nowhere
 * leaves the reader where they are. */
static void
go_to (PwWindow *window, LessonPlay *play, const char *place)
{
  PwPlayhead *head = pw_lesson_page_get_playhead (pw_window_page (window));
  guint64 cursor;

  if (place[0] != '\0' && lesson_play_find_place (play, place, &cursor))
    pw_playhead_go (head, (guint) (cursor - play->first_step));
  pw_lesson_page_show_section (pw_window_page (window), place);
}

static void
open_course (PwWindow *window, const char *path)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  pw_window_show_library (window);
  /* Its view must not outlive the course that it shows. */
  pw_library_set_course (PW_LIBRARY (window->library), NULL);
  if (!pw_book_follow (window->book, path, problems)) {
    pw_window_show_course (window);
    pw_window_show_problems (window, _ ("This course cannot be opened"),
                             problems);
    return;
  }
  pw_memory_set_course (window->memory, path);
  pw_window_show_course (window);
  pw_window_show_progress (window);
  pw_library_show_page (PW_LIBRARY (window->library), "lessons");
  if (lesson_problems_count (problems) > 0)
    on_tell (_ ("Some lessons of this course are not in the book yet."),
             window);
}

void
pw_window_open (PwWindow *window, const char *lesson)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *id = NULL, *place = NULL;
  PwOpened opened;

  if (pw_book_is_course (lesson)) {
    open_course (window, lesson);
    return;
  }
  if (trace_input_is_trace (lesson)) {
    pw_window_open_trace (window, lesson);
    return;
  }
  if (program_image_is (lesson)) {
    pw_window_open_program (window, lesson);
    return;
  }

  if (lesson_uri_read (lesson, &id, &place))
    lesson = id;
  pw_window_remember_lesson (window);
  if (!pw_book_open (window->book, lesson, &opened, problems)) {
    pw_window_show_library (window);
    pw_window_show_problems (window, _ ("This lesson cannot be opened"),
                             problems);
    follow (window, lesson);
    return;
  }
  follow (window, lesson);
  show_lesson (window, lesson, &opened);
  if (place != NULL)
    go_to (window, opened.play, place);
  g_free (opened.subtitle);
}
