/* The window that asks what of a lesson to take away. */

#include "export-window.h"

#include <glib/gi18n-lib.h>

#include "chosen.h"
#include "compat.h"
#include "exporting.h"

/* In the order in which they are offered. */
static const ExportForm offered[] = {EXPORT_HTML,   EXPORT_HANDOUT, EXPORT_PDF,
                                     EXPORT_PNG,    EXPORT_SVG,     EXPORT_TEXT,
                                     EXPORT_MOODLE, EXPORT_GIFT};

static const char *const form_names[] = {N_ ("Web page (HTML)"),
                                         N_ ("Handout (PDF)"),
                                         N_ ("A page for each step (PDF)"),
                                         N_ ("Pictures (PNG)"),
                                         N_ ("Pictures (SVG)"),
                                         N_ ("Transcript (text)"),
                                         N_ ("Questions for Moodle (XML)"),
                                         N_ ("Questions (GIFT)"),
                                         NULL};
G_STATIC_ASSERT (G_N_ELEMENTS (form_names) == G_N_ELEMENTS (offered) + 1);

/* What each of them is good for. */
static const char *const form_words[]
    = {N_ ("One file for a course's web page or a friend: it steps and marks "
           "answers in any browser, without Pagewalk and without a network."),
       N_ ("The lesson on paper: text, pictures of the steps chosen below, "
           "questions with room to answer."),
       N_ ("What the stage shows, page by page, with its sentence."),
       N_ ("What the stage shows, for slides and papers."),
       N_ ("What the stage shows, as real text and shapes that can be edited."),
       N_ ("Every step's sentence."),
       N_ ("The questions with their answers, hints and what is said of wrong "
           "ones, to be imported into a course."),
       N_ ("The questions with their answers, for learning platforms that read "
           "this format.")};

G_STATIC_ASSERT (G_N_ELEMENTS (form_words) == G_N_ELEMENTS (offered));

enum { STEPS_ALL, STEPS_BEATS, STEPS_POINTS, STEPS_THIS, STEPS_RANGE };

static const char *const step_names[] = {N_ ("All"),
                                         N_ ("The last step of each part"),
                                         N_ ("Steps with a line of their own"),
                                         N_ ("The step shown now"),
                                         N_ ("A range"),
                                         NULL};

static const ScenePaletteId palettes[]
    = {SCENE_PALETTE_LIGHT, SCENE_PALETTE_DARK, SCENE_PALETTE_PRINT};

static const char *const palette_names[]
    = {N_ ("Light"), N_ ("Dark"), N_ ("Print"), NULL};

static const char *const size_names[]
    = {N_ ("A4"), N_ ("US Letter"), NULL}; /* as scene_paper_sizes */

struct _PwExportWindow {
  AdwWindow parent_instance;
  GtkWidget *forms, *steps, *range, *colors, *paper, *answers;
  GtkWidget *page, *bar, *message, *save, *print, *cancel;
  PwExporting *exporting; /* the worker's */
  PwWorker *worker;
  LessonPlay *play; /* a copy that steps are checked with */
  LessonDocument *copy;
  guint step;
};

enum { SAVED, PRINT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwExportWindow, pw_export_window, ADW_TYPE_WINDOW)

/* What is wanted ----------------------------------------------------------- */

static guint
selected (GtkWidget *row)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (row));
}

static ExportForm
form_of (PwExportWindow *window)
{
  return offered[selected (window->forms)];
}

/* The words of chosen.h; to be freed. */
static char *
steps_of (PwExportWindow *window)
{
  switch (selected (window->steps)) {
  case STEPS_BEATS:
    return g_strdup ("beats");
  case STEPS_POINTS:
    return g_strdup ("points");
  case STEPS_THIS:
    return g_strdup_printf ("%u", window->step);
  case STEPS_RANGE:
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (window->range)));
  default:
    return g_strdup ("all");
  }
}

static void
tell (PwExportWindow *window, const char *message)
{
  gtk_label_set_text (GTK_LABEL (window->message), message);
  gtk_widget_set_visible (window->message, *message != '\0');
  if (*message != '\0')
    pw_compat_announce (window->message, message);
}

/* Only what matters to the form is asked. */
static void
update (PwExportWindow *window)
{
  ExportForm form = form_of (window);
  gboolean range = selected (window->steps) == STEPS_RANGE;
  gboolean handout = form == EXPORT_HANDOUT;
  gboolean whole = form == EXPORT_HTML || form == EXPORT_MOODLE
                   || form == EXPORT_GIFT;

  gtk_widget_set_visible (window->steps, !whole);
  gtk_widget_set_visible (window->range, !whole && range);
  gtk_widget_set_visible (window->colors, form == EXPORT_PDF
                                              || form == EXPORT_PNG
                                              || form == EXPORT_SVG);
  gtk_widget_set_visible (window->paper, handout);
  gtk_widget_set_visible (window->answers, handout);
  gtk_widget_set_visible (window->print, handout);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (window->page),
      _ (form_words[selected (window->forms)]));
  tell (window, "");
}

static void
on_form (PwExportWindow *window)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (window->steps),
                              form_of (window) == EXPORT_HANDOUT ? STEPS_BEATS
                                                                 : STEPS_ALL);
  update (window);
}

static ExportTask
task_of (PwExportWindow *window)
{
  return (ExportTask){
      .form = form_of (window),
      .size = &scene_paper_sizes[selected (window->paper)],
      .key = gtk_switch_get_active (GTK_SWITCH (window->answers)),
      .look = {.width = 1280,
               .zoom = 2,
               .palette = scene_palette (palettes[selected (window->colors)]),
               .caption = TRUE}};
}

/* The steps, or NULL after saying what is wrong with them. */
static GArray *
read_steps (PwExportWindow *window)
{
  g_autofree char *words = steps_of (window);
  g_autoptr (GError) error = NULL;
  GArray *steps = export_chosen (window->play, words, &error);

  if (steps == NULL) {
    tell (window, error->message);
  } else if (steps->len == 0 && form_of (window) != EXPORT_HANDOUT) {
    tell (window, _ ("There is no such step."));
    g_clear_pointer (&steps, g_array_unref);
  }
  return steps;
}

/* Writing ------------------------------------------------------------------ */

static void
set_busy (PwExportWindow *window, gboolean busy)
{
  gtk_widget_set_sensitive (window->page, !busy);
  gtk_widget_set_visible (window->bar, busy);
  gtk_widget_set_sensitive (window->save, !busy);
  gtk_widget_set_sensitive (window->print, !busy);
}

static void
on_finished (PwExportWindow *window, gboolean completed)
{
  g_autofree char *path = g_strdup (pw_exporting_path (window->exporting));
  const char *message = pw_exporting_message (window->exporting);

  set_busy (window, FALSE);
  if (completed) {
    g_signal_emit (window, signals[SAVED], 0, path);
    gtk_window_destroy (GTK_WINDOW (window));
    return;
  }
  tell (window, message != NULL ? message
                                : _ ("It was cancelled. Nothing was written."));
  window->exporting = NULL;
  g_clear_object (&window->worker);
}

void
pw_export_window_begin (PwExportWindow *window, const char *path)
{
  ExportTask task = task_of (window);
  g_autofree char *words = steps_of (window);
  g_autoptr (GError) error = NULL;

  if (window->worker != NULL)
    return;
  tell (window, "");
  window->exporting = pw_exporting_new (window->copy, &task, words, path);
  window->worker = pw_worker_new (pw_exporting_run, window->exporting,
                                  pw_exporting_free, &error);
  if (window->worker == NULL) {
    window->exporting = NULL;
    tell (window, error->message);
    return;
  }
  g_signal_connect_object (window->worker, "finished", G_CALLBACK (on_finished),
                           window, G_CONNECT_SWAPPED);
  pw_worker_show (window->worker, GTK_PROGRESS_BAR (window->bar));
  set_busy (window, TRUE);
}

static void
on_chosen (const char *path, gpointer data)
{
  pw_export_window_begin (PW_EXPORT_WINDOW (data), path);
}

static void
on_save (PwExportWindow *window)
{
  ExportTask task = task_of (window);
  g_autoptr (GArray) steps = read_steps (window);

  if (steps == NULL)
    return;
  task.steps = steps;
  if (!export_form_is_document (task.form) && steps->len > 1) {
    pw_compat_choose_folder (GTK_WINDOW (window),
                             _ ("The folder that the pictures go to"),
                             on_chosen, window);
    return;
  }
  g_autofree char *name = export_task_name (&task, window->copy);
  pw_compat_save_file (GTK_WINDOW (window), _ ("Export the lesson"), name,
                       on_chosen, window);
}

static void
on_print (PwExportWindow *window)
{
  g_autoptr (GArray) steps = read_steps (window);
  g_autofree char *words = steps_of (window);

  if (steps != NULL)
    g_signal_emit (window, signals[PRINT], 0, words,
                   gtk_switch_get_active (GTK_SWITCH (window->answers)));
}

/* While it writes this stops that, else it closes the window. */
static void
on_cancel (PwExportWindow *window)
{
  if (window->worker != NULL && pw_worker_is_running (window->worker))
    pw_worker_cancel (window->worker);
  else
    gtk_window_destroy (GTK_WINDOW (window));
}

/* Building ----------------------------------------------------------------- */

static GtkWidget *
add_choice (PwExportWindow *window, GtkWidget *group, const char *title,
            const char *const *names)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, _ (names[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (update),
                            window);
  return row;
}

static void
add_rows (PwExportWindow *window, GtkWidget *group)
{
  GtkWidget *row = adw_action_row_new ();

  window->forms = add_choice (window, group, _ ("Format"), form_names);
  window->steps = add_choice (window, group, _ ("Steps"), step_names);
  window->range = adw_entry_row_new ();
  /* Translators: how to write which steps; numbers and signs stay. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (window->range),
                                 _ ("Steps, such as 3-8, 12"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), window->range);
  window->colors = add_choice (window, group, _ ("Colours"), palette_names);
  window->paper = add_choice (window, group, _ ("Paper"), size_names);
  window->answers = gtk_switch_new ();
  gtk_widget_set_valign (window->answers, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _ ("With the answers"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), window->answers);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), window->answers);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  /* Shown and hidden as a whole. */
  g_object_bind_property (window->answers, "visible", row, "visible",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (window->forms, "notify::selected",
                            G_CALLBACK (on_form), window);
}

static GtkWidget *
new_button (PwExportWindow *window, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", clicked, window);
  return button;
}

static GtkWidget *
new_header (PwExportWindow *window)
{
  GtkWidget *header = adw_header_bar_new ();

  window->cancel = new_button (window, _ ("_Cancel"), G_CALLBACK (on_cancel));
  window->save = new_button (window, _ ("_Export"), G_CALLBACK (on_save));
  window->print = new_button (window, _ ("_Print…"), G_CALLBACK (on_print));
  gtk_widget_add_css_class (window->save, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), window->cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), window->save);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), window->print);
  return header;
}

static GtkWidget *
new_content (PwExportWindow *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  window->page = adw_preferences_group_new ();
  add_rows (window, window->page);
  window->bar = gtk_progress_bar_new ();
  window->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (window->message), TRUE);
  gtk_label_set_xalign (GTK_LABEL (window->message), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (window->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much is written"), -1);
  gtk_box_append (GTK_BOX (box), window->page);
  gtk_box_append (GTK_BOX (box), window->bar);
  gtk_box_append (GTK_BOX (box), window->message);
  gtk_widget_add_css_class (box, "pw-export");
  gtk_widget_set_vexpand (box, TRUE);
  return box;
}

static void
pw_export_window_dispose (GObject *object)
{
  PwExportWindow *window = PW_EXPORT_WINDOW (object);

  g_clear_object (&window->worker);
  g_clear_pointer (&window->play, lesson_play_free);
  g_clear_pointer (&window->copy, lesson_document_free);
  G_OBJECT_CLASS (pw_export_window_parent_class)->dispose (object);
}

static void
pw_export_window_class_init (PwExportWindowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = pw_export_window_dispose;
  signals[SAVED] = g_signal_new ("saved", PW_TYPE_EXPORT_WINDOW,
                                 G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PRINT] = g_signal_new ("print", PW_TYPE_EXPORT_WINDOW,
                                 G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (class), GDK_KEY_Escape,
                                       0, "window.close", NULL);
}

static void
pw_export_window_init (PwExportWindow *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), new_header (window));
  gtk_box_append (GTK_BOX (box), new_content (window));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, -1);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Export"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_widget (GTK_WINDOW (window), window->save);
  set_busy (window, FALSE);
  update (window);
  gtk_widget_grab_focus (window->forms);
}

GtkWidget *
pw_export_window_new (GtkWindow *parent, const LessonPlay *play, guint step)
{
  PwExportWindow *window = g_object_new (PW_TYPE_EXPORT_WINDOW, NULL);
  g_autofree char *source = pw_exporting_source (play->document);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  window->step = step;
  window->copy = lesson_document_load (source, problems);
  if (window->copy != NULL)
    window->play = lesson_play_new (window->copy, problems);
  if (window->play == NULL) {
    gtk_widget_set_sensitive (window->save, FALSE);
    gtk_widget_set_sensitive (window->print, FALSE);
    tell (window, _ ("The lesson's file cannot be read any more"));
  }
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  return GTK_WIDGET (window);
}
