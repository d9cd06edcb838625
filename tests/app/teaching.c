/* What the teacher is told: where in the lesson it belongs, and only there. */
#include "teaching.h"

#include <string.h>

#include "check.h"
#include "prose.h"

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
  PwPlayhead *head;
  GtkWidget *teaching, *window;
} Fixture;

/* A lesson that has notes everywhere. */
static LessonDocument *
load (void)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *path = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                            "tests", "lessons", "data",
                                            "language", "lesson.xml", NULL);
  LessonDocument *document = lesson_document_load (path, problems);

  g_assert_nonnull (document);
  return document;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  fixture->document = load ();
  fixture->play = lesson_play_new (fixture->document, problems);
  fixture->head = pw_playhead_new (
      (guint) (fixture->play->end_step - fixture->play->first_step));
  fixture->teaching = pw_teaching_new ();
  fixture->window = check_show (fixture->teaching, 400, 600);
  pw_teaching_set_lesson (PW_TEACHING (fixture->teaching), fixture->play,
                          fixture->head);
  check_draw (fixture->teaching);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pw_teaching_set_lesson (PW_TEACHING (fixture->teaching), NULL, NULL);
  check_close (fixture->window);
  g_clear_object (&fixture->head);
  lesson_play_free (fixture->play);
  lesson_document_free (fixture->document);
}

/* Every text that labels show, a line each. */
static void
collect (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n",
                            gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static void
collect_groups (GtkWidget *widget, GPtrArray *groups)
{
  if (gtk_widget_has_css_class (widget, "pw-teaching-group"))
    g_ptr_array_add (groups, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_groups (child, groups);
}

/* Notes stand in the order of the lesson; the whole lesson's come last. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const pieces[]
      = {"Ask who has seen a page",     "Count aloud.",
         "What students say",           "Three.",
         "They count the load itself.", "What does the load read?",
         "About the whole lesson",      "Begin with a drawing."};
  g_autoptr (GString) text = g_string_new (NULL);
  const char *at;

  collect (fixture->teaching, text);
  at = text->str;
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    at = strstr (at, pieces[i]);
    if (at == NULL)
      g_error ("“%s” is missing, or too early, in:\n%s", pieces[i], text->str);
  }
}

/* A title leads to its place, and the notes of the step are marked: of those
 * that begin at one step the last. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  const LessonBeatRange *range
      = &g_array_index (fixture->play->beats, LessonBeatRange, 0);
  guint begins = (guint) (range->first_step - fixture->play->first_step);
  guint marked = 0;

  collect_groups (fixture->teaching, groups);
  g_assert_cmpuint (groups->len, ==, 2);
  pw_playhead_go (fixture->head, pw_playhead_get_count (fixture->head));
  g_signal_emit_by_name (gtk_widget_get_first_child (groups->pdata[0]),
                         "clicked");
  g_assert_cmpuint (pw_playhead_get_step (fixture->head), ==, begins);
  for (guint i = 0; i < groups->len; i++)
    marked += gtk_widget_has_css_class (groups->pdata[i], "current");
  g_assert_cmpuint (marked, ==, 1);
}

/* The text itself gives nothing of it away. */
static void
test_not_in_prose (Fixture *fixture, gconstpointer data)
{
  GtkWidget *prose = pw_prose_new ();
  GtkWidget *window = check_show (prose, 400, 600);
  g_autoptr (GString) text = g_string_new (NULL);

  pw_prose_set_lesson (PW_PROSE (prose), fixture->play);
  check_wait (gtk_widget_get_first_child (prose) != NULL);
  /* Idle moments add the rest; there are some as long as it is not whole. */
  check_settle ();
  collect (prose, text);
  g_assert_nonnull (strstr (text->str, "For the teacher…"));
  g_assert_null (strstr (text->str, "They count the load itself."));
  g_assert_null (strstr (text->str, "Count aloud."));
  pw_prose_set_lesson (PW_PROSE (prose), NULL);
  check_close (window);
}

int
main (int argc, char *argv[])
{
  check_init (&argc, &argv);
  g_test_add ("/teaching/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/teaching/follows", Fixture, NULL, set_up, test_follows,
              tear_down);
  g_test_add ("/teaching/not-in-prose", Fixture, NULL, set_up,
              test_not_in_prose, tear_down);
  return g_test_run ();
}
