/* Presenting, part by part: which figures a hall sees, timer, pace, sections,
 * questions to the hall, the overview, the screens; and that all is released.
 */
#include <glib/gstdio.h>

#include "check.h"
#include "hall-cast.h"
#include "hall-question.h"
#include "hall-timer.h"
#include "hall-values.h"
#include "lesson.h"
#include "overview.h"
#include "pace.h"
#include "picture.h"
#include "poll.h"
#include "presentation.h"
#include "question.h"
#include "sections.h"
#include "spot.h"
#include "variation.h"

#define SECOND G_USEC_PER_SEC

static void
test_timer (void)
{
  PwHallTimer timer;

  pw_hall_timer_start (&timer, 25, 100 * SECOND);
  g_assert_cmpint (pw_hall_timer_seconds (&timer, 165 * SECOND), ==, 65);
  pw_hall_timer_toggle (&timer, 165 * SECOND);
  g_assert_cmpint (pw_hall_timer_seconds (&timer, 900 * SECOND), ==, 65);
  pw_hall_timer_toggle (&timer, 900 * SECOND);
  g_assert_cmpint (pw_hall_timer_seconds (&timer, 910 * SECOND), ==, 75);
  timer.down = TRUE;
  g_assert_cmpint (pw_hall_timer_seconds (&timer, 910 * SECOND), ==,
                   25 * 60 - 75);
  pw_hall_timer_add (&timer, -24);
  g_assert_cmpint (pw_hall_timer_seconds (&timer, 910 * SECOND), ==, -15);
  pw_hall_timer_reset (&timer, 910 * SECOND);
  g_assert_cmpint (pw_hall_timer_seconds (&timer, 911 * SECOND), ==, 59);
  pw_hall_timer_add (&timer, -10);
  g_assert_cmpuint (timer.minutes, ==, 1);
}

static void
test_timer_text (void)
{
  const struct {
    gint64 seconds;
    const char *text;
  } cases[] = {{0, "0:00"},       {65, "1:05"},   {3599, "59:59"},
               {3600, "1:00:00"}, {-12, "−0:12"}, {-3725, "−1:02:05"}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = pw_hall_timer_text (cases[i].seconds);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static gboolean
count_to_two (gpointer data)
{
  guint *count = data;

  return ++*count < 2;
}

static void
test_pace (void)
{
  guint count = 0;
  PwPace *pace = pw_pace_new (count_to_two, &count);

  g_assert_cmpuint (pw_pace_get_seconds (pace), ==, 5);
  pw_pace_change (pace, 100);
  g_assert_cmpuint (pw_pace_get_seconds (pace), ==, 60);
  pw_pace_change (pace, -100);
  g_assert_cmpuint (pw_pace_get_seconds (pace), ==, 1);
  g_assert_false (pw_pace_get_playing (pace));
  pw_pace_set_playing (pace, TRUE);
  check_wait (count == 2);
  g_assert_false (pw_pace_get_playing (pace));
  pw_pace_set_playing (pace, TRUE);
  pw_pace_free (pace);
}

/* Every lesson of the book, at some steps, in the room of three screens: what
 * the step is about is there, and there is room for it. */
static void
check_casts (LessonPlay *play, double width, double height)
{
  SceneStage *stage = scene_stage_new (play->document);
  PwHallCast *hall = pw_hall_cast_new (play, stage);
  guint count = (guint) (play->end_step - play->first_step);
  guint64 cursor = vm_machine_cursor (play->machine);

  for (guint step = 0; step <= MIN (count, 40); step += 5) {
    SceneCast cast
        = pw_hall_cast_at (hall, step, scene_metrics_fixed (), width, height);
    SceneCast about;
    double high;

    g_assert_cmpuint (cast, !=, 0);
    g_assert_cmpuint (vm_machine_cursor (play->machine), ==, cursor);
    vm_machine_seek (play->machine, play->first_step + step);
    about = scene_stage_concerned (stage, play->machine, NULL);
    high = scene_stage_least_height (stage, play->machine, cast,
                                     scene_metrics_fixed (), width);
    vm_machine_seek (play->machine, cursor);
    g_assert_true (about == 0 || (cast & about) != 0);
    g_assert_true (high <= height || (cast & (cast - 1)) == 0);
    g_assert_cmpuint (
        pw_hall_cast_at (hall, step, scene_metrics_fixed (), width, height), ==,
        cast);
  }
  pw_hall_cast_free (hall);
  scene_stage_free (stage);
}

static void
test_casts (void)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  const char *root = g_getenv ("PAGEWALK_LESSONS");
  g_autoptr (GDir) parts = g_dir_open (root, 0, NULL);
  const char *part, *name;
  guint lessons = 0;

  while (parts != NULL && (part = g_dir_read_name (parts)) != NULL) {
    g_autofree char *folder = g_build_filename (root, part, NULL);
    g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);

    while (names != NULL && (name = g_dir_read_name (names)) != NULL) {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (LessonDocument) document
          = lesson_document_load (path, problems);
      g_autoptr (LessonPlay) play = lesson_play_new (document, problems);

      g_assert_nonnull (play);
      check_casts (play, 850, 340);
      lessons++;
    }
  }
  g_assert_cmpuint (lessons, >, 3);
}

static void
test_sections (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonPlay) play = test_lesson_play (document);

  g_assert_cmpuint (pw_sections_next (play, play->first_step), ==,
                    play->end_step);
  g_assert_cmpuint (pw_sections_previous (play, play->end_step), ==,
                    play->first_step);
  g_assert_cmpuint (pw_sections_previous (play, play->first_step), ==,
                    play->first_step);
  g_assert_cmpstr (pw_sections_at (play, play->end_step)->id, ==, "load");
}

/* Questions ----------------------------------------------------------------
 */

static guint
right_of (const PwPoll *poll, const char **text)
{
  guint right = 0;

  for (guint i = 0; i < poll->answers->len; i++) {
    const PwPollAnswer *answer = poll->answers->pdata[i];
    right += answer->right;
    if (answer->right)
      *text = answer->plain;
  }
  return right;
}

static void
test_poll (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonPlay) play = test_lesson_play (document);
  PwPoll *predict = pw_poll_new (play, lesson_play_question (play, "which-pa"));
  PwPoll *choose = pw_poll_new (play, lesson_play_question (play, "how-many"));
  const char *text = NULL;

  g_assert_cmpuint (predict->answers->len, >=, 2);
  g_assert_cmpuint (right_of (predict, &text), ==, 1);
  g_assert_cmpstr (text, ==, "0x44332344");
  g_assert_cmpstr (predict->key, ==, "0x44332344");
  g_assert_cmpuint (choose->answers->len, ==, 2);
  g_assert_cmpuint (right_of (choose, &text), ==, 1);

  pw_poll_count (choose, 12);
  pw_poll_count (choose, 5);
  g_assert_cmpuint (choose->counting, ==, 0);
  pw_poll_add (choose, 1, -9);
  g_assert_cmpuint (pw_poll_total (choose), ==, 12);
  pw_poll_free (predict);
  pw_poll_free (choose);
}

static void
test_question (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonPlay) play = test_lesson_play (document);
  PwPoll *poll = pw_poll_new (play, lesson_play_question (play, "how-many"));
  GtkWidget *question = pw_hall_question_new (poll);
  GtkWidget *window = check_show (question, 900, 300);

  pw_poll_count (poll, 3);
  poll->revealed = TRUE;
  pw_hall_question_update (PW_HALL_QUESTION (question));
  check_draw (question);
  check_close (window);
  pw_poll_free (poll);
}

/* Values of one's own ------------------------------------------------------ */

static void
test_variation (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (GPtrArray) variations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lesson_variation_free);
  g_autofree char *value
      = lesson_variation_value ("access va=0x11223ffc mode=user");
  guint64 pa = 0;

  g_assert_cmpstr (value, ==, "va=0x11223ffc");
  g_ptr_array_add (variations,
                   lesson_variation_new (
                       "first", 0, "access va=0x11223ffc mode=user process=A"));
  g_autoptr (LessonPlay) play
      = lesson_variation_play (document, variations, problems);
  g_assert_nonnull (play);
  g_assert_true (lesson_play_query (play, 0, play->end_step, "pa", &pa, NULL));
  g_assert_cmphex (pa, ==, 0x44332ffc);
  g_assert_cmpuint (play->questions->len, ==, 0);
}

static void
test_bad_variation (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (GPtrArray) variations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lesson_variation_free);

  g_ptr_array_add (variations, lesson_variation_new ("first", 0, "access va="));
  g_assert_null (lesson_variation_play (document, variations, problems));
  g_assert_cmpuint (lesson_problems_count (problems), >, 0);
}

/* Widgets over a stage ----------------------------------------------------- */

static void
note_step (PwOverview *overview, guint step, guint *chosen)
{
  *chosen = step;
}

static void
test_pictures (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonPlay) play = test_lesson_play (document);
  g_autoptr (PwPlayhead) head
      = pw_playhead_new ((guint) (play->end_step - play->first_step));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stage = pw_stage_new (), *picture, *overview, *window;
  guint64 cursor = vm_machine_cursor (play->machine);
  guint chosen = 0;
  double x = 1, y = 1;

  pw_stage_set_hall (PW_STAGE (stage));
  pw_stage_set_palette (PW_STAGE (stage), scene_palette (SCENE_PALETTE_DARK));
  pw_stage_set_lesson (PW_STAGE (stage), play, head);
  gtk_widget_set_size_request (stage, 700, 400);
  gtk_box_append (GTK_BOX (box), stage);
  picture = pw_picture_new (PW_STAGE (stage));
  gtk_widget_set_size_request (picture, 200, 200);
  pw_picture_set_step (PW_PICTURE (picture), 3);
  gtk_box_append (GTK_BOX (box), picture);
  overview = pw_overview_new (PW_STAGE (stage), play);
  gtk_widget_set_size_request (overview, 400, 400);
  g_signal_connect (overview, "chosen", G_CALLBACK (note_step), &chosen);
  gtk_box_append (GTK_BOX (box), overview);
  window = check_show (box, 1300, 500);
  pw_overview_focus (PW_OVERVIEW (overview), 4);
  check_draw (overview);
  check_draw (picture);

  g_assert_cmpuint (vm_machine_cursor (play->machine), ==, cursor);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 0);
  g_assert_false (pw_picture_find (PW_PICTURE (picture), &x, &y));
  x = gtk_widget_get_width (picture) / 2.0;
  y = gtk_widget_get_height (picture) / 2.0;
  g_assert_true (pw_picture_find (PW_PICTURE (picture), &x, &y));
  g_assert_cmpfloat_with_epsilon (x, 0.5, 0.02);
  g_assert_cmpfloat_with_epsilon (y, 0.5, 0.02);
  check_close (window);
}

static void
test_values (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonPlay) play = test_lesson_play (document);
  GtkWidget *values = pw_hall_values_new (play, play->first_step);
  GtkWidget *window = check_show (values, 800, 200);
  GtkWidget *focus;
  int start, end;

  pw_hall_values_focus (PW_HALL_VALUES (values));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (GTK_IS_EDITABLE (focus));
  g_assert_true (
      gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), &start, &end));
  g_autofree char *chosen
      = gtk_editable_get_chars (GTK_EDITABLE (focus), start, end);
  g_assert_cmpstr (chosen, ==, "0x11223344");
  pw_hall_values_refuse (PW_HALL_VALUES (values), "no");
  check_close (window);
}

static void
test_spot (void)
{
  GtkWidget *spot = pw_spot_new ();
  GtkWidget *window = check_show (spot, 400, 300);

  pw_spot_point (PW_SPOT (spot), 0.5, 2);
  pw_spot_set_kind (PW_SPOT (spot), PW_SPOT_POINTER);
  check_draw (spot);
  pw_spot_set_kind (PW_SPOT (spot), PW_SPOT_LIGHT);
  check_draw (spot);
  g_assert_false (gtk_widget_get_can_target (spot));
  check_close (window);
}

/* The whole ----------------------------------------------------------------
 */

static int inhibited;

/* In the place of GTK's: what the desktop is asked for. */
guint
gtk_application_inhibit (GtkApplication *application, GtkWindow *window,
                         GtkApplicationInhibitFlags flags, const char *reason)
{
  g_assert_true ((flags & GTK_APPLICATION_INHIBIT_IDLE) != 0);
  inhibited++;
  return 7;
}

void
gtk_application_uninhibit (GtkApplication *application, guint cookie)
{
  g_assert_cmpuint (cookie, ==, 7);
  inhibited--;
}

static void
note_left (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static GtkWidget *
window_titled (GtkApplication *application, const char *begins)
{
  for (GList *at = gtk_application_get_windows (application); at != NULL;
       at = at->next)
    if (gtk_window_get_title (at->data) != NULL
        && g_str_has_prefix (gtk_window_get_title (at->data), begins))
      return at->data;
  return NULL;
}

static void
check_gone (GtkWidget **window)
{
  check_wait (*window == NULL);
}

static gboolean
has_arrow (GtkWidget *window)
{
  GdkCursor *cursor = gtk_widget_get_cursor (window);

  return cursor == NULL
         || g_strcmp0 (gdk_cursor_get_name (cursor), "none") != 0;
}

/* The mouse's arrow goes when nobody moves it; in place of it stands the
 * pointer, as long as there is one. */
static void
check_arrow (GtkWidget *hall)
{
  check_wait (!has_arrow (hall));
  gtk_widget_activate_action (hall, "present.pointer", NULL);
  g_assert_false (has_arrow (hall));
  gtk_widget_activate_action (hall, "present.pointer", NULL);
  g_assert_true (has_arrow (hall));
  check_wait (!has_arrow (hall));
}

static void
test_presentation (void)
{
  g_autoptr (LessonDocument) document = test_lesson_document ();
  g_autoptr (LessonPlay) play = test_lesson_play (document);
  g_autoptr (PwPlayhead) head
      = pw_playhead_new ((guint) (play->end_step - play->first_step));
  g_autoptr (GtkApplication) application
      = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autofree char *screens
      = g_build_filename (g_get_user_runtime_dir (), "screens", NULL);
  PwMemory *memory = pw_memory_load ();
  gboolean left = FALSE;
  GtkWidget *window, *hall, *desk;
  PwPresentation *presentation;

  g_assert_true (
      g_file_set_contents (screens, "640x480 A\n800x450 B\n", -1, NULL));
  g_setenv ("PAGEWALK_SCREENS", screens, TRUE);
  g_assert_true (
      g_application_register (G_APPLICATION (application), NULL, NULL));
  window = gtk_application_window_new (application);
  presentation
      = pw_presentation_new (GTK_WINDOW (window), memory,
                             (PwPresented){.leave = note_left, .data = &left});
  pw_presentation_set_palette (presentation,
                               scene_palette (SCENE_PALETTE_LIGHT));
  g_assert_cmpint (inhibited, ==, 0);
  pw_presentation_set_lesson (presentation, play, head);
  g_assert_cmpint (inhibited, ==, 1);
  hall = window_titled (application, "Presentation: One load");
  desk = window_titled (application, "Presenter");
  g_assert_nonnull (hall);
  g_assert_nonnull (desk);
  g_object_add_weak_pointer (G_OBJECT (hall), (gpointer *) &hall);
  g_object_add_weak_pointer (G_OBJECT (desk), (gpointer *) &desk);
  check_draw (hall);
  check_arrow (hall);

  gtk_widget_activate_action (desk, "present.next", NULL);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 0); /* it is asked */
  gtk_widget_activate_action (desk, "present.ask", NULL);
  gtk_widget_activate_action (desk, "present.next", NULL);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 1);
  gtk_widget_activate_action (desk, "present.overview", NULL);
  check_draw (desk);
  gtk_widget_activate_action (desk, "present.values", NULL);
  check_draw (desk);
  g_assert_true (g_file_set_contents (screens, "640x480 A\n", -1, NULL));
  check_gone (&desk);
  gtk_widget_activate_action (hall, "present.leave", NULL);
  check_wait (left);
  pw_presentation_free (presentation);
  check_gone (&hall);
  g_assert_cmpint (inhibited, ==, 0);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 1);

  gtk_window_destroy (GTK_WINDOW (window));
  pw_memory_free (memory);
  g_unsetenv ("PAGEWALK_SCREENS");
  g_assert_cmpint (g_remove (screens), ==, 0);
}

int
main (int argc, char *argv[])
{
  check_init (&argc, &argv);
  g_test_add_func ("/presenting/timer", test_timer);
  g_test_add_func ("/presenting/timer/text", test_timer_text);
  g_test_add_func ("/presenting/pace", test_pace);
  g_test_add_func ("/presenting/casts", test_casts);
  g_test_add_func ("/presenting/sections", test_sections);
  g_test_add_func ("/presenting/poll", test_poll);
  g_test_add_func ("/presenting/question", test_question);
  g_test_add_func ("/presenting/variation", test_variation);
  g_test_add_func ("/presenting/variation/bad", test_bad_variation);
  g_test_add_func ("/presenting/pictures", test_pictures);
  g_test_add_func ("/presenting/values", test_values);
  g_test_add_func ("/presenting/spot", test_spot);
  g_test_add_func ("/presenting/whole", test_presentation);
  return g_test_run ();
}
