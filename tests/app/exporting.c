/* Taking a lesson away from the window: in a thread, with a bar, or not at
 * all; and printing. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>

#include "check.h"
#include "chosen.h"
#include "export-window.h"
#include "exporting.h"
#include "lesson.h"
#include "printing.h"

/* A lesson in a folder of its own, and one to write to. */
typedef struct {
  char *folder, *lesson, *target;
  LessonDocument *document;
  LessonPlay *play;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  f->folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  f->lesson = g_build_filename (f->folder, "lesson.xml", NULL);
  f->target = g_build_filename (f->folder, "target", NULL);
  g_mkdir (f->target, 0700);
  g_file_set_contents (f->lesson, test_lesson_xml, -1, NULL);
  f->document = lesson_document_load (f->folder, problems);
  g_assert_nonnull (f->document);
  f->play = test_lesson_play (f->document);
}

static guint
count_files (const char *folder, const char *ending, gboolean clear)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    count += g_str_has_suffix (name, ending);
    if (clear)
      g_remove (path);
  }
  return count;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  count_files (f->target, "", TRUE);
  lesson_play_free (f->play);
  lesson_document_free (f->document);
  g_rmdir (f->target);
  g_remove (f->lesson);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->lesson);
  g_free (f->target);
}

static const ExportLook look = {.width = 900, .zoom = 1, .caption = TRUE};

static ExportTask
task_of (ExportForm form)
{
  ExportTask task = {.form = form, .size = scene_paper_sizes, .look = look};

  task.look.palette = scene_palette (SCENE_PALETTE_LIGHT);
  return task;
}

/* The worker ----------------------------------------------------------------
 */

typedef struct {
  gboolean over, completed;
} Outcome;

static void
on_finished (Outcome *outcome, gboolean completed)
{
  outcome->over = TRUE;
  outcome->completed = completed;
}

/* One that begins only when it has been cancelled: however fast the machine
 * is, it has not ended before. */
static gboolean
run_cancelled (PwProgress *progress, gpointer data)
{
  while (pw_progress_report (progress, 0))
    g_usleep (1000);
  return pw_exporting_run (progress, data);
}

/* Runs one to its end; its message, or NULL, to be freed. */
static char *
run (const Fixture *f, ExportForm form, const char *path, gboolean cancel,
     gboolean *completed)
{
  ExportTask task = task_of (form);
  PwExporting *exporting = pw_exporting_new (f->document, &task, "all", path);
  g_autoptr (PwWorker) worker
      = pw_worker_new (cancel ? run_cancelled : pw_exporting_run, exporting,
                       pw_exporting_free, NULL);
  Outcome outcome = {FALSE, FALSE};

  g_signal_connect_swapped (worker, "finished", G_CALLBACK (on_finished),
                            &outcome);
  if (cancel)
    pw_worker_cancel (worker);
  while (!outcome.over)
    g_main_context_iteration (NULL, TRUE);
  *completed = outcome.completed;
  return g_strdup (pw_exporting_message (exporting));
}

static void
test_forms (Fixture *f, gconstpointer data)
{
  guint steps = (guint) export_last_step (f->play) + 1;

  for (guint i = 0; i < EXPORT_FORMS; i++) {
    ExportForm form = (ExportForm) i;
    const char *ending = export_form_ending (form);
    g_autofree char *name = g_strconcat ("one-load", ending, NULL);
    g_autofree char *path = export_form_is_document (form)
                                ? g_build_filename (f->target, name, NULL)
                                : g_strdup (f->target);
    gboolean completed;
    g_autofree char *message = run (f, form, path, FALSE, &completed);
    g_assert_null (message);
    g_assert_true (completed);
    g_assert_cmpuint (count_files (f->target, ending, FALSE), ==,
                      export_form_is_document (form) ? 1 : steps);
    count_files (f->target, "", TRUE);
  }
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->target, "x", NULL);

  for (guint i = 0; i < EXPORT_FORMS; i++) {
    gboolean completed = TRUE;
    g_autofree char *message = run (f, (ExportForm) i, path, TRUE, &completed);
    g_assert_null (message);
    g_assert_false (completed);
    g_assert_cmpuint (count_files (f->target, "", FALSE), ==, 0);
  }
}

/* As on a disk that is full: files may not grow beyond some bytes. */
static void
test_no_room (Fixture *f, gconstpointer data)
{
  const ExportForm forms[] = {EXPORT_HTML, EXPORT_HANDOUT, EXPORT_PNG};
  struct rlimit old, low;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  low = old;
  low.rlim_cur = 4096;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *path = export_form_is_document (forms[i])
                                ? g_build_filename (f->target, "old", NULL)
                                : g_strdup (f->target);
    gboolean completed;
    g_file_set_contents (path, "old", -1, NULL);
    setrlimit (RLIMIT_FSIZE, &low);
    g_autofree char *message = run (f, forms[i], path, FALSE, &completed);
    setrlimit (RLIMIT_FSIZE, &old);
    g_assert_false (completed);
    g_assert_nonnull (message);
    g_assert_cmpuint (count_files (f->target, "", TRUE), <=, 1);
  }
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  gboolean completed;

  g_file_set_contents (f->lesson, "<lesson", -1, NULL);
  g_autofree char *message = run (f, EXPORT_TEXT, f->target, FALSE, &completed);
  g_assert_nonnull (message);
}

/* The window ----------------------------------------------------------------
 */

static void
on_saved (char **saved, const char *path)
{
  *saved = g_strdup (path);
}

/* A bar while it writes, and then no window any more. */
static void
test_window (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->target, "page.html", NULL);
  GtkWidget *window = pw_export_window_new (NULL, f->play, 3);
  gpointer alive = window;
  char *saved = NULL;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  g_signal_connect_swapped (window, "saved", G_CALLBACK (on_saved), &saved);
  gtk_window_present (GTK_WINDOW (window));
  check_draw (window);
  pw_export_window_begin (PW_EXPORT_WINDOW (window), path);
  while (saved == NULL)
    g_main_context_iteration (NULL, TRUE);
  check_settle ();
  g_assert_null (alive);
  g_assert_cmpstr (saved, ==, path);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_free (saved);
}

/* Whether a thread is still at work, which nobody hears of any more. */
static gboolean
is_working (void)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  gboolean working = FALSE;
  const char *name;

  while (threads != NULL && (name = g_dir_read_name (threads)) != NULL) {
    g_autofree char *path
        = g_build_filename ("/proc/self/task", name, "comm", NULL);
    g_autofree char *called = NULL;
    g_file_get_contents (path, &called, NULL, NULL);
    working |= called != NULL && g_str_has_prefix (called, "pagewalk-work");
  }
  return working;
}

/* The row of that title; NULL if there is none. */
static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  GtkWidget *child = gtk_widget_get_first_child (widget), *found = NULL;

  if (ADW_IS_PREFERENCES_ROW (widget)
      && g_str_equal (
          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (; child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, title);
  return found;
}

static void
choose (GtkWidget *window, const char *title, guint which)
{
  GtkWidget *row = find_row (window, title);

  g_assert_nonnull (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), which);
}

/* What is chosen in the rows of the window, and what must then be there. */
typedef struct {
  guint form, steps, colors, paper;
  const char *range;          /* written, or NULL */
  const char *file;           /* one of those in the target */
  guint count;                /* of files */
  const char *begins, *holds; /* of the file; NULL: anything */
} Choice;

static const Choice choices[] = {
    {0, 0, 0, 0, NULL, "one-load.html", 1, "<!DOCTYPE html>", "</html>"},
    {1, 1, 0, 0, NULL, "one-load-handout.pdf", 1, "%PDF", "595.2"},
    {1, 1, 0, 1, NULL, "one-load-handout.pdf", 1, "%PDF", "612"},
    {2, 4, 0, 0, "1-3", "one-load.pdf", 1, "%PDF", "/Count 3"},
    {2, 0, 1, 0, NULL, "one-load.pdf", 1, "%PDF", NULL},
    {3, 3, 0, 0, NULL, "one-load-step-03.png", 1, "\x89PNG", NULL},
    {3, 4, 0, 0, "2, 4-5", "one-load-step-04.png", 3, "\x89PNG", NULL},
    {4, 4, 2, 0, "0-1", "one-load-step-01.svg", 2, "<?xml", "</svg>"},
    {5, 0, 0, 0, NULL, "one-load.txt", 1, NULL, NULL},
    {6, 0, 0, 0, NULL, "one-load-moodle.xml", 1, "<?xml", "</quiz>"},
    {7, 0, 0, 0, NULL, "one-load-gift.txt", 1, NULL, NULL},
};

static void
make_choice (GtkWidget *window, const Choice *choice)
{
  choose (window, "Format", choice->form);
  choose (window, "Steps", choice->steps);
  choose (window, "Colours", choice->colors);
  choose (window, "Paper", choice->paper);
  if (choice->range != NULL)
    gtk_editable_set_text (
        GTK_EDITABLE (find_row (window, "Steps, such as 3-8, 12")),
        choice->range);
}

/* Files may hold zeros. */
static gboolean
holds (const char *text, gsize length, const char *words)
{
  gsize least = strlen (words);

  for (gsize i = 0; i + least <= length; i++)
    if (memcmp (text + i, words, least) == 0)
      return TRUE;
  return FALSE;
}

static void
check_file (const Fixture *f, const Choice *choice)
{
  g_autofree char *path = g_build_filename (f->target, choice->file, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  if (choice->begins != NULL)
    g_assert_true (g_str_has_prefix (text, choice->begins));
  if (choice->holds != NULL)
    g_assert_true (holds (text, length, choice->holds));
  g_assert_cmpuint (count_files (f->target, "", TRUE), ==, choice->count);
}

/* Each format, with the steps, colours and paper that are chosen for it. */
static void
test_choices (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    const Choice *choice = &choices[i];
    GtkWidget *window = pw_export_window_new (NULL, f->play, 3);
    g_autofree char *path
        = choice->count > 1 ? g_strdup (f->target)
                            : g_build_filename (f->target, choice->file, NULL);
    char *saved = NULL;
    g_signal_connect_swapped (window, "saved", G_CALLBACK (on_saved), &saved);
    make_choice (window, choice);
    pw_export_window_begin (PW_EXPORT_WINDOW (window), path);
    while (saved == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_free (saved);
    check_file (f, choice);
  }
}

/* Whoever closes it while it writes, which takes seconds for so long a lesson,
 * has nothing written. */
static void
test_closed (Fixture *f, gconstpointer data)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *lesson = g_build_filename (g_getenv ("PAGEWALK_LESSONS"),
                                              "02-translation",
                                              "08-two-level-walk", NULL);
  g_autoptr (LessonDocument) document = lesson_document_load (lesson, problems);
  g_assert_nonnull (document);
  g_autoptr (LessonPlay) play = lesson_play_new (document, problems);
  g_autofree char *path = g_build_filename (f->target, "page.html", NULL);
  GtkWidget *window = pw_export_window_new (NULL, play, 3);

  gtk_window_present (GTK_WINDOW (window));
  pw_export_window_begin (PW_EXPORT_WINDOW (window), path);
  gtk_window_destroy (GTK_WINDOW (window));
  check_wait (!is_working ());
  g_assert_cmpuint (count_files (f->target, "", FALSE), ==, 0);
}

/* Pictures ------------------------------------------------------------------
 */

/* What the window's stage shows at a step, as pixels. */
static cairo_surface_t *
paint_window (Fixture *f, const SceneStill *still, ScenePainter *painter)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) still->width, (int) still->height + 1);
  const ScenePalette *palette = scene_palette (SCENE_PALETTE_LIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, palette->ground.red, palette->ground.green,
                        palette->ground.blue);
  cairo_paint (cr);
  scene_painter_items (painter, cr, still, palette, -1);
  cairo_destroy (cr);
  return surface;
}

#define BLOCK 8

/* How bright a block of pixels is in one of its colours. */
static double
mean (cairo_surface_t *surface, int left, int top, int color)
{
  int stride = cairo_image_surface_get_stride (surface);
  const guchar *data = cairo_image_surface_get_data (surface);
  double sum = 0;

  for (int y = top; y < top + BLOCK; y++)
    for (int x = left; x < left + BLOCK; x++)
      sum += data[y * stride + 4 * x + color];
  return sum / (BLOCK * BLOCK);
}

/* How many of the blocks look different; what smooths the edges of letters is
 * not looked at. */
static double
difference (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = MIN (cairo_image_surface_get_width (a),
                   cairo_image_surface_get_width (b));
  int height = MIN (cairo_image_surface_get_height (a),
                    cairo_image_surface_get_height (b));
  guint blocks = 0, other = 0;

  for (int y = 0; y + BLOCK <= height; y += BLOCK)
    for (int x = 0; x + BLOCK <= width; x += BLOCK, blocks++)
      for (int color = 0; color < 3; color++)
        if (fabs (mean (a, x, y, color) - mean (b, x, y, color)) > 16) {
          other++;
          break;
        }
  return (double) other / blocks;
}

static void
test_same_picture (Fixture *f, gconstpointer data)
{
  ExportTask task = task_of (EXPORT_PNG);
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (ScenePainter) painter = NULL;
  g_autofree char *path = g_build_filename (f->target, "a.png", NULL);
  g_autoptr (GError) error = NULL;

  /* As a desktop has it that nobody has changed. */
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11",
                NULL);
  g_object_ref_sink (label);
  task.look.caption = FALSE;
  g_autoptr (ExportPainting) painting
      = export_painting_new (f->play, &task.look);
  g_assert_true (export_painting_write (painting, 9, "png", path, &error));
  g_autoptr (SceneStill) still = export_painting_still (painting, 9, &error);
  painter = scene_painter_new (gtk_widget_get_pango_context (label), 1);
  cairo_surface_t *window = paint_window (f, still, painter);
  cairo_surface_t *file = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (file), ==,
                   cairo_image_surface_get_width (window));
  g_test_message ("%.4f of the blocks differ", difference (window, file));
  g_assert_cmpfloat (difference (window, file), <, 0.01);

  /* And at another step it is another picture. */
  g_assert_true (export_painting_write (painting, 2, "png", path, &error));
  cairo_surface_t *other = cairo_image_surface_create_from_png (path);
  g_assert_cmpfloat (difference (window, other), >, 0.01);
  cairo_surface_destroy (window);
  cairo_surface_destroy (file);
  cairo_surface_destroy (other);
  g_object_unref (label);
}

/* Printing ------------------------------------------------------------------
 */

static void
on_message (const char *message, gpointer data)
{
  g_test_message ("%s", message);
  ++*(int *) data;
}

static void
test_print (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->target, "a.pdf", NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;
  int told = 0;

  pw_print (NULL, f->document, "beats", TRUE, path, on_message, &told);
  g_assert_cmpint (told, ==, 0);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
  g_assert_cmpuint (length, >, 10000);
  pw_print (NULL, f->document, "99999", FALSE, path, on_message, &told);
  g_assert_cmpint (told, ==, 1);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  adw_init ();
#define ADD(name, function)                                                    \
  g_test_add ("/exporting/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("forms", test_forms);
  ADD ("cancel", test_cancel);
  ADD ("no-room", test_no_room);
  ADD ("gone", test_gone);
  ADD ("window", test_window);
  ADD ("choices", test_choices);
  ADD ("closed", test_closed);
  ADD ("same-picture", test_same_picture);
  ADD ("print", test_print);
  return g_test_run ();
}
