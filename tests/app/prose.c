/* The prose and its cards: rows that follow the step, answers that are marked.
 */
#include "prose.h"

#include <math.h>
#include <string.h>

#include "beat.h"
#include "check.h"
#include "lesson.h"
#include "markup.h"
#include "stepping.h"

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
  GtkWidget *prose, *window;
  guint64 gone_to;
  int mark;
  guint shown;
} Fixture;

static void
on_go (PwProse *prose, guint64 cursor, Fixture *fixture)
{
  fixture->gone_to = cursor;
}

static void
on_answered (PwProse *prose, PwQuestion *card, int mark, Fixture *fixture)
{
  fixture->mark = mark;
}

static void
on_show_step (PwProse *prose, PwQuestion *card, Fixture *fixture)
{
  fixture->shown++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->document = test_lesson_document ();
  fixture->play = test_lesson_play (fixture->document);
  fixture->prose = pw_prose_new ();
  g_signal_connect (fixture->prose, "go", G_CALLBACK (on_go), fixture);
  g_signal_connect (fixture->prose, "answered", G_CALLBACK (on_answered),
                    fixture);
  g_signal_connect (fixture->prose, "show-step", G_CALLBACK (on_show_step),
                    fixture);
  pw_prose_set_lesson (PW_PROSE (fixture->prose), fixture->play);
  fixture->window = check_show (fixture->prose, 400,
                                data != NULL ? GPOINTER_TO_INT (data) : 500);
  pw_prose_set_cursor (PW_PROSE (fixture->prose), fixture->play->end_step);
  check_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  check_close (fixture->window);
  lesson_play_free (fixture->play);
  lesson_document_free (fixture->document);
}

static GtkWidget *
find (GtkWidget *widget, GType type, const char *style)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)
      && (style == NULL || gtk_widget_has_css_class (widget, style)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, style);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static guint
count (GtkWidget *widget, const char *style)
{
  guint found = gtk_widget_has_css_class (widget, style);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found += count (child, style);
  return found;
}

/* Rows are to come, current and done as the cursor passes their steps. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  const LessonBeatRange *range
      = &g_array_index (fixture->play->beats, LessonBeatRange, 0);
  PwProse *prose = PW_PROSE (fixture->prose);

  pw_prose_set_cursor (prose, fixture->play->first_step);
  g_assert_cmpuint (count (fixture->prose, "to-come"), ==, 2);

  pw_prose_set_cursor (prose, range->point_steps[0]);
  g_assert_cmpuint (count (fixture->prose, "to-come"), ==, 1);
  g_assert_nonnull (find (fixture->prose, GTK_TYPE_BUTTON, "current"));
  g_assert_cmpuint (count (fixture->prose, "done"), ==, 0);

  pw_prose_set_cursor (prose, range->point_steps[1]);
  g_assert_cmpuint (count (fixture->prose, "done"), ==, 1);
  g_assert_cmpuint (count (fixture->prose, "to-come"), ==, 0);
}

static void
test_go (Fixture *fixture, gconstpointer data)
{
  const LessonBeatRange *range
      = &g_array_index (fixture->play->beats, LessonBeatRange, 0);
  GtkWidget *row = find (fixture->prose, GTK_TYPE_BUTTON, "pw-point");

  g_signal_emit_by_name (row, "clicked");
  g_assert_cmpuint (fixture->gone_to, ==, range->point_steps[0]);
  row = find (fixture->prose, GTK_TYPE_BUTTON, "pw-beat-title");
  g_signal_emit_by_name (row, "clicked");
  g_assert_cmpuint (fixture->gone_to, ==, range->first_step);
}

static PwQuestion *
card (Fixture *fixture, guint index)
{
  GPtrArray *cards = pw_prose_get_questions (PW_PROSE (fixture->prose));

  g_assert_cmpuint (cards->len, ==, 2);
  return g_ptr_array_index (cards, index);
}

/* How answers are marked is said below the first question alone. */
static void
test_promise (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++) {
    GtkWidget *promise
        = find (GTK_WIDGET (card (fixture, i)), GTK_TYPE_LABEL, "pw-promise");

    g_assert_nonnull (promise);
    g_assert_cmpint (gtk_widget_get_visible (promise), ==, i == 0);
  }
}

static void
answer (PwQuestion *question, const char *text)
{
  GtkWidget *entry = find (GTK_WIDGET (question), GTK_TYPE_ENTRY, NULL);
  GtkWidget *check = find (GTK_WIDGET (question), GTK_TYPE_BUTTON, "pw-check");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (check, "clicked");
}

static void
on_marked (PwQuestion *question, const char *given,
           const LessonVerdict *verdict, GString *kept)
{
  g_string_append_printf (kept, "%s=%s;", given != NULL ? given : "?",
                          lesson_mark_name (verdict->mark));
}

/* Who keeps answers hears of each, with its verdict. */
static void
test_marked (Fixture *fixture, gconstpointer data)
{
  PwQuestion *question = card (fixture, 0);
  g_autoptr (GString) kept = g_string_new (NULL);

  g_signal_connect (question, "marked", G_CALLBACK (on_marked), kept);
  answer (question, "0x44332000");
  answer (question, "44332344");
  pw_question_answer (question, NULL);
  g_assert_cmpstr (kept->str, ==,
                   "0x44332000=wrong;44332344=right;?=not-sure;");
}

static void
test_predict (Fixture *fixture, gconstpointer data)
{
  PwQuestion *question = card (fixture, 0);

  fixture->mark = -1;
  answer (question, "   ");
  g_assert_cmpint (fixture->mark, ==, -1);
  answer (question, "frame");
  g_assert_cmpint (fixture->mark, ==, LESSON_MARK_UNREADABLE);
  answer (question, "0x44332000");
  g_assert_cmpint (fixture->mark, ==, LESSON_MARK_WRONG);
  g_assert_false (pw_question_is_settled (question));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (question), "pw-wrong"));

  answer (question, "44332344");
  g_assert_cmpint (fixture->mark, ==, LESSON_MARK_RIGHT);
  g_assert_true (pw_question_is_settled (question));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (question), "pw-right"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (question), "pw-wrong"));
  g_assert_cmpuint (fixture->shown, ==, 0);
}

/* The feedback is said in words as well as in colour. */
static void
test_feedback (Fixture *fixture, gconstpointer data)
{
  PwQuestion *question = card (fixture, 0);
  GtkWidget *box = find (GTK_WIDGET (question), GTK_TYPE_BOX, "pw-feedback");
  GtkWidget *label;

  g_assert_false (gtk_widget_get_visible (box));
  answer (question, "0x44332000");
  g_assert_true (gtk_widget_get_visible (box));
  label = find (box, GTK_TYPE_LABEL, NULL);
  g_assert_nonnull (
      strstr (gtk_label_get_text (GTK_LABEL (label)), "Not quite"));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (box),
                                   GTK_ACCESSIBLE_ROLE_STATUS);
}

/* "Not sure" tells the answer and shows the step. */
static void
test_not_sure (Fixture *fixture, gconstpointer data)
{
  PwQuestion *question = card (fixture, 0);
  GtkWidget *box = find (GTK_WIDGET (question), GTK_TYPE_BOX, "pw-feedback");
  const char *said;

  pw_question_answer (question, NULL);
  g_assert_cmpint (fixture->mark, ==, LESSON_MARK_NOT_SURE);
  g_assert_true (pw_question_is_settled (question));
  said = gtk_label_get_text (GTK_LABEL (find (box, GTK_TYPE_LABEL, NULL)));
  g_assert_nonnull (strstr (said, "0x44332344"));
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  PwQuestion *question = card (fixture, 1);
  GtkWidget *check = find (GTK_WIDGET (question), GTK_TYPE_BUTTON, "pw-check");
  GtkWidget *radio = find (GTK_WIDGET (question), GTK_TYPE_CHECK_BUTTON, NULL);

  g_assert_false (gtk_widget_get_sensitive (check));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (radio), TRUE);
  g_assert_true (gtk_widget_get_sensitive (check));
  g_signal_emit_by_name (check, "clicked");
  g_assert_cmpint (fixture->mark, ==, LESSON_MARK_RIGHT);
}

/* Whether a label in it holds the text. */
static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

/* New numbers: another question, a clean card. */
static void
test_exercise (Fixture *fixture, gconstpointer data)
{
  const LessonSection *section
      = g_ptr_array_index (fixture->document->sections, 0);
  const LessonBlock *block
      = g_ptr_array_index (section->blocks, section->blocks->len - 1);
  GtkWidget *question = pw_question_new_exercise (block->exercise);
  g_autoptr (LessonExerciseSheet) sheet = lesson_exercise_new (
      block->exercise->kind, block->exercise->level, block->exercise->seed);
  GtkWidget *window = check_show (question, 400, 300);
  LessonVerdict verdict = lesson_exercise_mark (sheet, NULL);
  g_autofree char *key = g_strdup (verdict.key);

  lesson_verdict_clear (&verdict);
  answer (PW_QUESTION (question), key);
  g_assert_true (pw_question_is_settled (PW_QUESTION (question)));
  g_signal_emit_by_name (find (question, GTK_TYPE_BUTTON, "pw-renew"),
                         "clicked");
  g_assert_false (pw_question_is_settled (PW_QUESTION (question)));
  answer (PW_QUESTION (question), key);
  g_assert_false (pw_question_is_settled (PW_QUESTION (question)));
  pw_question_answer (PW_QUESTION (question), NULL);
  g_assert_true (has_label (question, "The MMU reads entry"));
  check_close (window);
}

static void
test_markup (Fixture *fixture, gconstpointer data)
{
  const LessonSection *section
      = g_ptr_array_index (fixture->document->sections, 0);
  const LessonBlock *block = g_ptr_array_index (section->blocks, 0);
  g_autofree char *markup = pw_markup_of (block->text);
  g_autofree char *nothing = pw_markup_of (NULL);

  g_assert_nonnull (strstr (markup, "<b><i>directory index</i></b>"));
  g_assert_nonnull (strstr (markup, "1 &lt; 2 &amp; 3"));
  g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
  g_assert_cmpstr (nothing, ==, "");
}

/* Over and back over meet; out leaves what is nested. */
static void
test_stepping (Fixture *fixture, gconstpointer data)
{
  guint steps = (guint) (fixture->play->end_step - fixture->play->first_step);
  g_autoptr (PwPlayhead) head = pw_playhead_new (steps);

  pw_playhead_set_motion (head, FALSE);
  pw_stepping_do ("over", fixture->play, head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, steps);
  pw_stepping_do ("over-back", fixture->play, head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 0);
  pw_stepping_do ("back", fixture->play, head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 0);
  pw_stepping_do ("step", fixture->play, head);
  pw_stepping_do ("step", fixture->play, head);
  pw_stepping_do ("out", fixture->play, head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, steps);
}

/* Rows behind a question say nothing until the reader has been there, and keep
 * their height meanwhile; those before it do from the beginning. */
static void
test_veil (Fixture *fixture, gconstpointer data)
{
  const LessonBeatRange *range
      = &g_array_index (fixture->play->beats, LessonBeatRange, 0);
  GtkWidget *beat = g_object_ref_sink (pw_beat_new (range));
  GtkWidget *row = find (beat, GTK_TYPE_BUTTON, "pw-point");
  int veiled, height;

  g_assert_cmpuint (count (beat, "veiled"), ==, 0);
  pw_beat_set_veil (PW_BEAT (beat), range->point_steps[0]);
  g_assert_cmpuint (count (beat, "veiled"), ==, 1);
  pw_beat_set_veil (PW_BEAT (beat), range->first_step);
  g_assert_cmpuint (count (beat, "veiled"), ==, 2);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 300, &veiled, NULL, NULL,
                      NULL);

  pw_beat_set_cursor (PW_BEAT (beat), range->point_steps[0]);
  g_assert_cmpuint (count (beat, "veiled"), ==, 1);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 300, &height, NULL, NULL,
                      NULL);
  g_assert_cmpint (height, ==, veiled);
  pw_beat_set_cursor (PW_BEAT (beat), range->first_step);
  g_assert_cmpuint (count (beat, "veiled"), ==, 1);
  g_object_unref (beat);
}

/* So it is with the questions of a lesson, for the eye and for a screen reader:
 * a right answer lifts the veil, a wrong one does not. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
  PwProse *prose = PW_PROSE (fixture->prose);

  pw_prose_set_lesson (prose, fixture->play);
  check_wait (pw_prose_get_questions (prose)->len == 2);
  g_assert_cmpuint (count (fixture->prose, "veiled"), ==, 2);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (find (fixture->prose, GTK_TYPE_BUTTON, "veiled")),
      GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Shown once you have answered, or come to it");

  pw_question_answer (card (fixture, 1), "2");
  g_assert_cmpuint (count (fixture->prose, "veiled"), ==, 2);
  pw_question_answer (card (fixture, 1), "1");
  g_assert_cmpuint (count (fixture->prose, "veiled"), ==, 0);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (find (fixture->prose, GTK_TYPE_BUTTON, "to-come")),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Entry 68 is read.");
}

static GtkAdjustment *
scrolling (Fixture *fixture)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (
      find (fixture->prose, GTK_TYPE_SCROLLED_WINDOW, NULL)));
}

/* Where a widget begins and ends in what is scrolled. */
static void
extent (Fixture *fixture, GtkWidget *widget, double *from, double *to)
{
  GtkWidget *scrolled = find (fixture->prose, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkWidget *page
      = gtk_widget_get_first_child (gtk_widget_get_first_child (scrolled));
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, page, &bounds));
  *from = bounds.origin.y;
  *to = bounds.origin.y + bounds.size.height;
}

/* A question is shown together with what is to be read before it, as long as
 * there is room for its beginning. */
static void
test_reveal (Fixture *fixture, gconstpointer data)
{
  PwProse *prose = PW_PROSE (fixture->prose);
  GtkWidget *row, *question = GTK_WIDGET (card (fixture, 1));
  GtkAdjustment *adjustment = scrolling (fixture);
  double from, to, row_from, row_to;

  pw_prose_set_cursor (prose, fixture->play->end_step);
  row = gtk_widget_get_last_child (find (fixture->prose, PW_TYPE_BEAT, NULL));
  g_assert_true (gtk_widget_has_css_class (row, "current"));
  check_wait (gtk_widget_get_height (question) > 0);
  extent (fixture, row, &row_from, &row_to);
  extent (fixture, question, &from, &to);
  double page = gtk_adjustment_get_page_size (adjustment);

  g_assert_cmpfloat (to - row_to, >, page);
  gtk_adjustment_set_value (adjustment, 0);
  pw_prose_reveal (prose, question);
  /* It gets there in some frames. */
  check_wait (fabs (gtk_adjustment_get_value (adjustment) - row_to) < 1);
  g_assert_cmpfloat (row_to + page, >, from + 100);
}

#define ADD(name, function)                                                    \
  g_test_add ("/prose/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  ADD ("rows", test_rows);
  ADD ("go", test_go);
  ADD ("veil", test_veil);
  ADD ("promise", test_promise);
  ADD ("open", test_open);
  g_test_add ("/prose/reveal", Fixture, GINT_TO_POINTER (350), set_up,
              test_reveal, tear_down);
  ADD ("predict", test_predict);
  ADD ("marked", test_marked);
  ADD ("feedback", test_feedback);
  ADD ("not-sure", test_not_sure);
  ADD ("choose", test_choose);
  ADD ("exercise", test_exercise);
  ADD ("markup", test_markup);
  ADD ("stepping", test_stepping);
  return g_test_run ();
}
