/* The stage: it moves, rests, says what it shows, and paints only changes. */
#include "stage-view.h"

#include "check.h"
#include "layer.h"
#include "lesson.h"
#include "stills.h"

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
  PwPlayhead *head;
  GtkWidget *stage, *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE,
                NULL);
  fixture->document = test_lesson_document ();
  fixture->play = test_lesson_play (fixture->document);
  fixture->head = pw_playhead_new (
      (guint) (fixture->play->end_step - fixture->play->first_step));
  fixture->stage = pw_stage_new ();
  pw_stage_set_palette (PW_STAGE (fixture->stage),
                        scene_palette (SCENE_PALETTE_LIGHT));
  pw_stage_set_lesson (PW_STAGE (fixture->stage), fixture->play, fixture->head);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 fixture->stage);
  fixture->window = check_show (scrolled, 900, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  check_close (fixture->window);
  g_object_unref (fixture->head);
  lesson_play_free (fixture->play);
  lesson_document_free (fixture->document);
}

static void
count_paint (GdkFrameClock *clock, guint *frames)
{
  (*frames)++;
}

/* Frames in the next 300 ms. */
static guint
frames_soon (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 end = g_get_monotonic_time () + 300000;
  guint frames = 0;

  g_signal_connect (clock, "after-paint", G_CALLBACK (count_paint), &frames);
  while (g_get_monotonic_time () < end) {
    g_usleep (2000);
    check_settle ();
  }
  g_signal_handlers_disconnect_by_data (clock, &frames);
  return frames;
}

/* It moves by itself, arrives, and then, when the scroll bar has faded too,
 * asks for no frame at all. */
static void
test_moves_and_rests (Fixture *fixture, gconstpointer data)
{
  guint turns = 0;

  pw_playhead_go (fixture->head, 1);
  g_assert_true (pw_playhead_get_moving (fixture->head));
  check_wait (!pw_playhead_get_moving (fixture->head));
  g_assert_cmpfloat (pw_playhead_get_position (fixture->head), ==, 1.0);
  while (frames_soon (fixture->stage) > 0)
    g_assert_cmpuint (++turns, <, 12);
}

/* Forward and back over a step paints each of its layers once, and what both
 * steps share not at all. */
static void
test_paints_only_changes (Fixture *fixture, gconstpointer data)
{
  guint before, forward;

  pw_playhead_go (fixture->head, 1);
  check_wait (!pw_playhead_get_moving (fixture->head));
  check_draw (fixture->stage);
  before = pw_brush_paint_count ();
  pw_playhead_go (fixture->head, 2);
  check_wait (!pw_playhead_get_moving (fixture->head));
  check_draw (fixture->stage);
  forward = pw_brush_paint_count ();
  g_assert_cmpuint (forward - before, <=, 4);

  pw_playhead_go (fixture->head, 1);
  check_wait (!pw_playhead_get_moving (fixture->head));
  check_draw (fixture->stage);
  g_assert_cmpuint (pw_brush_paint_count (), ==, forward);
}

/* Whatever the stage shows, the machine's cursor stays where the reader is. */
static void
test_leaves_the_cursor (Fixture *fixture, gconstpointer data)
{
  guint64 cursor = fixture->play->first_step + 3;

  g_assert_true (vm_machine_seek (fixture->play->machine, cursor));
  pw_playhead_scrub (fixture->head, 5.5);
  check_draw (fixture->stage);
  g_assert_cmpuint (vm_machine_cursor (fixture->play->machine), ==, cursor);
}

static void
test_without_motion (Fixture *fixture, gconstpointer data)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                NULL);
  pw_playhead_go (fixture->head, 1);
  g_assert_false (pw_playhead_get_moving (fixture->head));
  g_assert_cmpfloat (pw_playhead_get_position (fixture->head), ==, 1.0);
}

static void
test_description (Fixture *fixture, gconstpointer data)
{
  pw_stage_set_sentence (PW_STAGE (fixture->stage), "Entry 547 is read.");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->stage),
                                   GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->stage),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Entry 547 is read.");
}

/* Larger letters make a higher stage, and what it shows is laid out anew. */
static void
test_text_size (Fixture *fixture, gconstpointer data)
{
  int before, after, dpi;

  gtk_widget_measure (fixture->stage, GTK_ORIENTATION_VERTICAL, 900, &before,
                      NULL, NULL, NULL);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 2, NULL);
  check_settle ();
  check_draw (fixture->stage);
  gtk_widget_measure (fixture->stage, GTK_ORIENTATION_VERTICAL, 900, &after,
                      NULL, NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  g_assert_cmpint (after, >, before * 3 / 2);
}

/* Many stills asked for in any order: each is of its step. */
static void
test_stills (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PwStills) stills = pw_stills_new (fixture->play);
  guint count = pw_playhead_get_count (fixture->head);

  g_assert_null (pw_stills_get (stills, 0));
  g_assert_true (
      pw_stills_set_layout (stills, scene_metrics_fixed (), 900, 600));
  g_assert_false (
      pw_stills_set_layout (stills, scene_metrics_fixed (), 900, 600));
  for (guint i = 0; i < 300; i++) {
    guint step = i * 7 % (count + 1);
    const SceneStill *still = pw_stills_get (stills, step);

    g_assert_cmpuint (still->cursor, ==, fixture->play->first_step + step);
  }
  g_assert_null (pw_stills_get (stills, count + 1));
}

/* How high the row of a table is: larger text makes it higher. */
static double
row_height (Fixture *fixture)
{
  const SceneStill *still = pw_stage_get_still (PW_STAGE (fixture->stage));

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);

    if (item->name != NULL && g_str_has_prefix (item->name, "Page directory, "))
      return item->rect.height;
  }
  g_assert_not_reached ();
}

/* Zooming lays out the figures anew, larger, in the width that there is; what
 * no longer fits scrolls. */
static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  int width = gtk_widget_get_width (fixture->stage);
  int height = gtk_widget_get_height (fixture->stage);
  double before, after;

  pw_playhead_go (fixture->head, 100);
  check_wait (!pw_playhead_get_moving (fixture->head));
  before = row_height (fixture);
  /* As the window does: its text grows, and the stage is told why. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024,
                NULL);
  pw_stage_set_zoom (PW_STAGE (fixture->stage), 2);
  check_draw (fixture->stage);
  check_wait (gtk_widget_get_height (fixture->stage) > height);
  after = row_height (fixture);
  g_assert_cmpfloat (after, >, 1.7 * before);
  g_assert_cmpfloat (after, <, 2.3 * before);
  g_assert_cmpint (gtk_widget_get_width (fixture->stage), ==, width);

  pw_stage_set_zoom (PW_STAGE (fixture->stage), 1);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  check_draw (fixture->stage);
  check_wait (gtk_widget_get_height (fixture->stage) == height);
  g_assert_cmpfloat_with_epsilon (row_height (fixture), before, 0.01);
}

#define ADD(name, function)                                                    \
  g_test_add ("/stage/" name, Fixture, NULL, set_up, function, tear_down)

/* On a telephone with text twice as large the type is as large as the width has
 * room for, and no number is cut off. Measuring the stage in widths that it
 * never gets does not disturb it. */
static void
test_large_text (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *stage = fixture->stage;
  int dpi, least;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  gtk_widget_set_hexpand (stage, FALSE);
  gtk_widget_set_halign (stage, GTK_ALIGN_START);
  gtk_widget_set_size_request (stage, 360, -1);
  check_draw (stage);
  check_wait (gtk_widget_get_width (stage) == 360);
  pw_playhead_go (fixture->head, pw_playhead_get_count (fixture->head));
  check_draw (stage);

  const SceneStill *still = pw_stage_get_still (PW_STAGE (stage));
  g_assert_nonnull (still);
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->text != NULL && item->style >= SCENE_TEXT_MONO)
      g_assert_false (g_str_has_suffix (item->text, "…"));
  }
  gtk_widget_measure (stage, GTK_ORIENTATION_VERTICAL, 300, &least, NULL, NULL,
                      NULL);
  g_assert_true (pw_stage_get_still (PW_STAGE (stage)) != NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  ADD ("moves-and-rests", test_moves_and_rests);
  ADD ("paints-only-changes", test_paints_only_changes);
  ADD ("leaves-the-cursor", test_leaves_the_cursor);
  ADD ("without-motion", test_without_motion);
  ADD ("description", test_description);
  ADD ("text-size", test_text_size);
  ADD ("stills", test_stills);
  ADD ("zoom", test_zoom);
  ADD ("large-text", test_large_text);
  return g_test_run ();
}
