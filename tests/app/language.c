/* The prose of everything beside beats and questions: links that are followed,
 * words that are explained, tables, figures, notes that stay hidden. */
#include <string.h>

#include "check.h"
#include "markup.h"
#include "prose.h"

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
  GtkWidget *prose, *window;
  guint64 gone_to;
  char *seen;
} Fixture;

static void
on_go (PwProse *prose, guint64 cursor, Fixture *f)
{
  f->gone_to = cursor;
}

static void
on_see (PwProse *prose, const char *uri, Fixture *f)
{
  g_free (f->seen);
  f->seen = g_strdup (uri);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                            "tests", "lessons", "data",
                                            "language", NULL);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  f->document = lesson_document_load (path, problems);
  g_assert_nonnull (f->document);
  f->play = lesson_play_new (f->document, problems);
  g_assert_nonnull (f->play);
  f->prose = pw_prose_new ();
  f->gone_to = G_MAXUINT64;
  g_signal_connect (f->prose, "go", G_CALLBACK (on_go), f);
  g_signal_connect (f->prose, "see", G_CALLBACK (on_see), f);
  pw_prose_set_lesson (PW_PROSE (f->prose), f->play);
  f->window = check_show (f->prose, 400, 500);
  pw_prose_set_cursor (PW_PROSE (f->prose), f->play->end_step);
  check_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  check_close (f->window);
  lesson_play_free (f->play);
  lesson_document_free (f->document);
  g_free (f->seen);
}

/* The first label whose text holds some words; NULL if there is none. */
static GtkWidget *
label_with (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = label_with (child, words);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
first_of (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = first_of (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Chooses a link of the first paragraph; it must always be dealt with. */
static void
choose (Fixture *f, const char *uri)
{
  GtkWidget *label = label_with (f->prose, "4096 bytes");
  gboolean handled = FALSE;

  g_assert_nonnull (label);
  g_signal_emit_by_name (label, "activate-link", uri, &handled);
  g_assert_true (handled);
}

static void
test_links (Fixture *f, gconstpointer data)
{
  const LessonBeatRange *load
      = &g_array_index (f->play->beats, LessonBeatRange, 0);
  const char *markup
      = gtk_label_get_label (GTK_LABEL (label_with (f->prose, "4096 bytes")));

  g_assert_nonnull (strstr (markup, "href=\"pagewalk:#load\""));
  g_assert_nonnull (strstr (markup, "href=\"term:page\""));
  g_assert_null (strstr (markup, "href=\"https"));
  choose (f, "pagewalk:#load");
  g_assert_cmpuint (f->gone_to, ==, load->first_step);
  choose (f, "pagewalk:#load/entry-read/1/level=1");
  g_assert_cmpuint (f->gone_to, ==, load->point_steps[1]);
  g_assert_null (f->seen);
  choose (f, "pagewalk:two-level-walk#holes");
  g_assert_cmpstr (f->seen, ==, "pagewalk:two-level-walk#holes");
}

/* A section without a beat is only scrolled to; what leads nowhere, or out of
 * the book, does nothing at all. */
static void
test_nowhere (Fixture *f, gconstpointer data)
{
  choose (f, "pagewalk:#prose");
  choose (f, "pagewalk:#nothing");
  choose (f, "https://www.kernel.org/doc/");
  choose (f, "file:///etc/passwd");
  choose (f, "term:nothing");
  g_assert_cmpuint (f->gone_to, ==, G_MAXUINT64);
  g_assert_null (f->seen);
}

/* A link is found in a label where its words stand. */
static void
test_find (Fixture *f, gconstpointer data)
{
  const LessonSection *section = f->document->sections->pdata[0];
  const LessonBlock *block = section->blocks->pdata[0];
  const char *shown
      = gtk_label_get_text (GTK_LABEL (label_with (f->prose, "4096 bytes")));
  const char *uris[]
      = {"term:page", "pagewalk:#prose", "pagewalk:#load/entry-read/1/level=1"};
  const char *words[] = {"page", "here", "the last table"};
  int start, end;

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++) {
    g_assert_true (pw_markup_find_link (block->text, uris[i], &start, &end));
    g_autofree char *found = g_strndup (shown + start, (gsize) (end - start));
    g_assert_cmpstr (found, ==, words[i]);
  }
  g_assert_false (pw_markup_find_link (block->text, "term:none", &start, &end));
}

static void
scroll_to (Fixture *f, double y)
{
  GtkWidget *scrolled = first_of (f->prose, GTK_TYPE_SCROLLED_WINDOW);

  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), y);
}

/* Nothing can be pointed at that is scrolled out of the window, and the prose
 * goes to the cursor's row as soon as that has a place. */
static void
show_label (Fixture *f)
{
  check_wait (!pw_prose_is_waiting (PW_PROSE (f->prose)));
  scroll_to (f, 0);
  check_draw (f->prose);
}

static void
test_word (Fixture *f, gconstpointer data)
{
  GtkWidget *label = label_with (f->prose, "4096 bytes");
  GtkWidget *popover;

  show_label (f);
  choose (f, "term:page");
  check_settle ();
  popover = first_of (label, GTK_TYPE_POPOVER);
  g_assert_nonnull (popover);
  g_assert_nonnull (label_with (popover, "A block of addresses"));
  gtk_popover_popdown (GTK_POPOVER (popover));
  check_settle ();
}

/* What explains a word does not stay where its line no longer is. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  GtkWidget *label = label_with (f->prose, "4096 bytes");

  show_label (f);
  choose (f, "term:page");
  check_settle ();
  g_assert_nonnull (first_of (label, GTK_TYPE_POPOVER));
  scroll_to (f, 40);
  check_settle ();
  g_assert_null (first_of (label, GTK_TYPE_POPOVER));
}

/* What is folded is nowhere in the window until it is unfolded. */
static void
unfold (GtkWidget *widget)
{
  if (GTK_IS_EXPANDER (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    unfold (child);
}

/* What only the teacher is to see is nowhere; the rest is. */
static void
test_shown (Fixture *f, gconstpointer data)
{
  const char *shown[] = {"Three tables of a processor",
                         "directory",
                         "bits of an address",
                         "64 B",
                         "x86-64",
                         "Shell",
                         "The next lesson."};

  unfold (f->prose);
  check_settle ();
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++) {
    g_test_message ("%s", shown[i]);
    g_assert_nonnull (label_with (f->prose, shown[i]));
  }
  g_assert_null (label_with (f->prose, "What students say"));
  g_assert_null (label_with (f->prose, "Three."));
  g_assert_null (label_with (f->prose, "Count aloud."));
  g_assert_null (label_with (f->prose, "Ask who has seen"));
}

/* Wider than the prose, a table scrolls and leaves the prose as it is. */
static void
test_narrow (Fixture *f, gconstpointer data)
{
  int least, natural;

  gtk_widget_measure (f->prose, GTK_ORIENTATION_HORIZONTAL, -1, &least,
                      &natural, NULL, NULL);
  g_assert_cmpint (least, <=, 330);
}

/* The Tab key comes by every link of a paragraph, one after the other. */
static void
test_keys (Fixture *f, gconstpointer data)
{
  GtkWidget *label = label_with (f->prose, "4096 bytes");
  guint stops = 0;

  g_assert_true (gtk_widget_grab_focus (label));
  do {
    stops++;
    g_assert_nonnull (gtk_label_get_current_uri (GTK_LABEL (label)));
  } while (stops < 10 && gtk_widget_child_focus (label, GTK_DIR_TAB_FORWARD));
  g_assert_cmpuint (stops, ==, 5);
}

#define ADD(name, test)                                                        \
  g_test_add ("/language/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  ADD ("links", test_links);
  ADD ("keys", test_keys);
  ADD ("nowhere", test_nowhere);
  ADD ("find", test_find);
  ADD ("word", test_word);
  ADD ("moved", test_moved);
  ADD ("shown", test_shown);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
