/* The transcript: it grows with what the reader has seen, marks where that is,
 * seeks, finds and copies; and what is announced. */
#include "transcript.h"

#include <gmodule.h>

#include "announcer.h"
#include "check.h"
#include "describe.h"
#include "lesson.h"
#include "transcript-rows.h"

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
  PwPlayhead *head;
  GtkWidget *transcript, *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->document = test_lesson_document ();
  fixture->play = test_lesson_play (fixture->document);
  fixture->head = pw_playhead_new (
      (guint) (fixture->play->end_step - fixture->play->first_step));
  pw_playhead_set_motion (fixture->head, FALSE);
  fixture->transcript = pw_transcript_new ();
  fixture->window = check_show (fixture->transcript, 400, 600);
  pw_transcript_set_lesson (PW_TRANSCRIPT (fixture->transcript), fixture->play,
                            fixture->head);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pw_transcript_set_lesson (PW_TRANSCRIPT (fixture->transcript), NULL, NULL);
  check_close (fixture->window);
  g_object_unref (fixture->head);
  lesson_play_free (fixture->play);
  lesson_document_free (fixture->document);
}

static GListModel *
model_of (Fixture *fixture)
{
  return G_LIST_MODEL (gtk_list_view_get_model (
      pw_transcript_get_list (PW_TRANSCRIPT (fixture->transcript))));
}

/* As many rows as steps were seen; going back takes none away. */
static void
test_grows (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (model_of (fixture)), ==, 0);
  pw_playhead_go (fixture->head, 5);
  g_assert_cmpuint (g_list_model_get_n_items (model_of (fixture)), ==, 5);
  pw_playhead_go (fixture->head, 2);
  g_assert_cmpuint (g_list_model_get_n_items (model_of (fixture)), ==, 5);

  g_autoptr (PwTranscriptRow) row
      = g_list_model_get_item (model_of (fixture), 4);
  const struct vm_step *step
      = vm_machine_step (fixture->play->machine, fixture->play->first_step + 4);
  g_autofree char *sentence = scene_describe (fixture->play->machine, step);
  g_assert_cmpuint (pw_transcript_row_get_step (row), ==, 5);
  g_assert_cmpuint (pw_transcript_row_get_depth (row), ==, step->depth);
  g_assert_cmpstr (pw_transcript_row_get_sentence (row), ==, sentence);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  PwTranscript *transcript = PW_TRANSCRIPT (fixture->transcript);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  pw_playhead_go (fixture->head, 3);
  text = pw_transcript_get_text (transcript);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], " 1  Process A reads"));
  /* What is nested is set in. */
  g_assert_true (g_str_has_prefix (lines[1], " 2    "));
  g_assert_cmpstr (lines[3], ==, "");
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search = find_widget (fixture->transcript, GTK_TYPE_SEARCH_ENTRY);

  pw_playhead_go (fixture->head, pw_playhead_get_count (fixture->head));
  gtk_editable_set_text (GTK_EDITABLE (search), "ENTRY 547");
  check_wait (g_list_model_get_n_items (model_of (fixture)) == 1);
  g_autoptr (PwTranscriptRow) row
      = g_list_model_get_item (model_of (fixture), 0);
  g_assert_nonnull (strstr (pw_transcript_row_get_sentence (row), "entry 547"));
  /* Choosing it goes there. */
  g_signal_emit_by_name (
      pw_transcript_get_list (PW_TRANSCRIPT (fixture->transcript)), "activate",
      0u);
  g_assert_cmpuint (pw_playhead_get_step (fixture->head), ==,
                    pw_transcript_row_get_step (row));
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  check_wait (g_list_model_get_n_items (model_of (fixture))
              == pw_playhead_get_count (fixture->head));
}

/* Each row in sight is an item with a name, and one of them is marked. */
static void
count_rows (GtkWidget *list, guint *named, guint *current)
{
  for (GtkWidget *item = gtk_widget_get_first_child (list); item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *row = gtk_widget_get_first_child (item);

    if (row == NULL)
      continue;
    gtk_test_accessible_assert_role (item, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
    *named += gtk_test_accessible_has_property (GTK_ACCESSIBLE (item),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL);
    *current += gtk_widget_has_css_class (row, "current");
  }
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (
      pw_transcript_get_list (PW_TRANSCRIPT (fixture->transcript)));
  guint named = 0, current = 0;

  pw_playhead_go (fixture->head, 6);
  check_draw (fixture->transcript);
  gtk_test_accessible_assert_role (list, GTK_ACCESSIBLE_ROLE_LIST);
  count_rows (list, &named, &current);
  g_assert_cmpuint (named, ==, 6);
  g_assert_cmpuint (current, ==, 1);
}

/* The list makes widgets for a screenful, wherever in the lesson that is. */
static void
check_long_list (LessonPlay *play)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (20000);
  GtkWidget *transcript = pw_transcript_new ();
  GtkWidget *window = check_show (transcript, 400, 600);
  GtkWidget *list
      = GTK_WIDGET (pw_transcript_get_list (PW_TRANSCRIPT (transcript)));
  guint named = 0, current = 0;

  pw_transcript_set_lesson (PW_TRANSCRIPT (transcript), play, head);
  pw_playhead_go (head, 20000);
  check_draw (transcript);
  count_rows (list, &named, &current);
  g_assert_cmpuint (named, <, 500);
  g_assert_cmpuint (current, ==, 1);
  pw_transcript_set_lesson (PW_TRANSCRIPT (transcript), NULL, NULL);
  check_close (window);
}

/* Twenty thousand steps are listed as fast as ten: no sentence is made that
 * nobody sees. */
static void
test_long (void)
{
  g_autoptr (PwTranscriptRows) rows = pw_transcript_rows_new ();
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonPlay) play = test_lesson_play (document);
  g_autoptr (PwTranscriptRow) row = NULL;
  struct vm_error error;

  vm_machine_seek (play->machine, play->end_step);
  while (vm_machine_step_count (play->machine) < play->first_step + 20000) {
    g_assert_true (vm_machine_do_line (
        play->machine, "access process=A va=0x11223344 mode=user", &error));
  }
  play->end_step = vm_machine_step_count (play->machine);
  pw_transcript_rows_set_lesson (rows, play);
  pw_transcript_rows_set_shown (rows, 20000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 20000);
  row = g_list_model_get_item (G_LIST_MODEL (rows), 19999);
  g_assert_cmpuint (pw_transcript_row_get_step (row), ==, 20000);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (rows), 20000));
  check_long_list (play);
}

/* Stands in for GTK's own, which the GTK of this test may not have, or else
 * has declared. */
static GPtrArray *said;

#if GTK_CHECK_VERSION(4, 13, 4)
typedef GtkAccessibleAnnouncementPriority Priority;
#else
typedef int Priority;
G_MODULE_EXPORT void gtk_accessible_announce (GtkAccessible *self,
                                              const char *message,
                                              Priority priority);
#endif

G_MODULE_EXPORT void
gtk_accessible_announce (GtkAccessible *self, const char *message,
                         Priority priority)
{
  if (said != NULL)
    g_ptr_array_add (said, g_strdup (message));
}

/* Of steps that follow each other fast only the last is said, and once. */
static void
test_announce (Fixture *fixture, gconstpointer data)
{
  PwAnnouncer *announcer = pw_announcer_new (fixture->transcript);

  said = g_ptr_array_new_with_free_func (g_free);
  for (guint step = 1; step <= 5; step++) {
    g_autofree char *sentence = g_strdup_printf ("Step %u.", step);

    pw_announcer_tell (announcer, step, sentence);
  }
  check_wait (said->len == 1);
  g_assert_cmpstr (g_ptr_array_index (said, 0), ==, "Step 5.");
  pw_announcer_tell (announcer, 5, "Step 5.");
  pw_announcer_tell (announcer, 6, "Step 6.");
  check_wait (said->len == 2);
  g_assert_cmpstr (g_ptr_array_index (said, 1), ==, "Step 6.");
  pw_announcer_free (announcer);
  g_clear_pointer (&said, g_ptr_array_unref);
}

#define ADD(name, function)                                                    \
  g_test_add ("/transcript/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  ADD ("grows", test_grows);
  ADD ("text", test_text);
  ADD ("search", test_search);
  ADD ("rows", test_rows);
  g_test_add_func ("/transcript/long", test_long);
  ADD ("announce", test_announce);
  return g_test_run ();
}
