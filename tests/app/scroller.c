/* Scrolling inside a figure: by wheel, by cursor, and back with the next
 * step. */
#include "scroller.h"

#include "check.h"
#include "figures/figure.h"
#include "lesson.h"
#include "touch.h"

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
  PwPlayhead *head;
  GtkWidget *stage, *touch, *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                NULL);
  fixture->document = test_lesson_document ();
  fixture->play = test_lesson_play (fixture->document);
  fixture->head = pw_playhead_new (
      (guint) (fixture->play->end_step - fixture->play->first_step));
  fixture->stage = pw_stage_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 fixture->stage);
  fixture->touch = pw_touch_new (scrolled, PW_STAGE (fixture->stage));
  pw_stage_set_palette (PW_STAGE (fixture->stage),
                        scene_palette (SCENE_PALETTE_LIGHT));
  pw_stage_set_lesson (PW_STAGE (fixture->stage), fixture->play, fixture->head);
  pw_touch_set_lesson (PW_TOUCH (fixture->touch), fixture->play, fixture->head);
  fixture->window = check_show (fixture->touch, 900, 700);
  pw_playhead_go (fixture->head, pw_playhead_get_count (fixture->head));
  check_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pw_touch_set_lesson (PW_TOUCH (fixture->touch), NULL, NULL);
  check_close (fixture->window);
  g_object_unref (fixture->head);
  lesson_play_free (fixture->play);
  lesson_document_free (fixture->document);
}

static const SceneStill *
still_of (Fixture *fixture)
{
  return pw_stage_get_still (PW_STAGE (fixture->stage));
}

/* The window of the last page table. */
static const SceneWindow *
table_window (Fixture *fixture)
{
  const SceneStill *still = still_of (fixture);

  for (guint i = 0; i < still->windows->len; i++) {
    const SceneWindow *window = &g_array_index (still->windows, SceneWindow, i);
    if (window->id == scene_id_table (1))
      return window;
  }
  g_assert_not_reached ();
}

static gboolean
shows_row (Fixture *fixture, guint row)
{
  return scene_still_find (still_of (fixture), scene_id_row (1, row)) != NULL;
}

/* The stage's controller of a type that the scroller has added. */
static gpointer
controller (Fixture *fixture, GType type)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (fixture->stage);
  gpointer found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GObject) one = g_list_model_get_item (all, i);
    if (found == NULL && G_TYPE_CHECK_INSTANCE_TYPE (one, type))
      found = one;
  }
  g_assert_nonnull (found);
  return found;
}

static void
point_at (Fixture *fixture, double x, double y)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (fixture->stage);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GObject) one = g_list_model_get_item (all, i);
    if (GTK_IS_EVENT_CONTROLLER_MOTION (one))
      g_signal_emit_by_name (one, "motion", x, y);
  }
}

static gboolean
turn_wheel (Fixture *fixture, double dy)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (controller (fixture, GTK_TYPE_EVENT_CONTROLLER_SCROLL),
                         "scroll", 0.0, dy, &taken);
  return taken;
}

static void
test_wheel (Fixture *fixture, gconstpointer data)
{
  const SceneWindow *window = table_window (fixture);
  guint64 first = window->first, total = window->total;
  guint visible = window->visible;

  point_at (fixture, window->rect.x + 20, window->rect.y + 20);
  g_assert_true (turn_wheel (fixture, 1));
  g_assert_cmpuint (table_window (fixture)->first, ==, first + 3);
  g_assert_true (turn_wheel (fixture, -1));
  g_assert_true (turn_wheel (fixture, -1));
  g_assert_cmpuint (table_window (fixture)->first, ==, first - 3);

  /* Small moves of two fingers add up. */
  for (guint i = 0; i < 10; i++)
    turn_wheel (fixture, 0.1);
  g_assert_cmpint (ABS ((int) table_window (fixture)->first - (int) first), <=,
                   1);

  /* At the end the page may scroll. */
  for (guint i = 0; i < total / 3 + 1; i++)
    turn_wheel (fixture, 1);
  g_assert_cmpuint (table_window (fixture)->first, ==, total - visible);
  g_assert_false (turn_wheel (fixture, 1));
  g_assert_true (shows_row (fixture, (guint) total - 1));

  point_at (fixture, 1, 1);
  g_assert_false (turn_wheel (fixture, 1));
}

/* A step brings back what it is about. */
static void
test_step (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = scene_still_to_text (still_of (fixture));
  guint step = pw_playhead_get_step (fixture->head);
  const SceneWindow *window = table_window (fixture);

  pw_stage_scroll (PW_STAGE (fixture->stage), window->id, 0);
  g_assert_true (shows_row (fixture, 0));
  g_assert_false (shows_row (fixture, 547));
  pw_playhead_go (fixture->head, step - 1);
  g_assert_true (shows_row (fixture, 547));
  pw_playhead_go (fixture->head, step);
  g_autofree char *after = scene_still_to_text (still_of (fixture));
  g_assert_cmpstr (after, ==, before);
}

/* Down and down again: past the last row that is seen, row by row, to the end;
 * and then to another figure, or nowhere. */
static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  PwStage *stage = PW_STAGE (fixture->stage);
  SceneId cursor = scene_id_row (1, 547);
  guint last = (guint) table_window (fixture)->total - 1;
  guint row = 547, turns = 0;

  pw_stage_scroll (stage, scene_id_table (1), 545);
  for (; row < last && turns < 1000; turns++) {
    SceneId next = pw_scroller_move_cursor (stage, cursor, PW_CURSOR_DOWN);
    g_assert_cmpuint (next, ==, scene_id_row (1, row + 1));
    cursor = next;
    row++;
    g_assert_true (shows_row (fixture, row));
  }
  SceneId next = pw_scroller_move_cursor (stage, cursor, PW_CURSOR_DOWN);
  g_assert_true (scene_still_find (still_of (fixture), next) != NULL);
  g_assert_cmpuint (next, !=, scene_id_row (1, row - 1));

  cursor = scene_id_row (1, (guint) table_window (fixture)->first);
  next = pw_scroller_move_cursor (stage, cursor, PW_CURSOR_UP);
  g_assert_cmpuint (next, ==, cursor - 1);
}

/* From rows that a figure has picked, the cursor goes on among all rows. */
static void
test_cursor_unscrolled (Fixture *fixture, gconstpointer data)
{
  PwStage *stage = PW_STAGE (fixture->stage);
  SceneId cursor = scene_id_row (1, 547);

  for (guint i = 0; i < 40; i++) {
    SceneId next = pw_scroller_move_cursor (stage, cursor, PW_CURSOR_UP);
    g_assert_nonnull (scene_still_find (still_of (fixture), next));
    cursor = next;
  }
  g_assert_cmpuint (SCENE_ID_FIGURE (cursor), ==, SCENE_FIGURE_TABLES);
}

/* The card of an item that has left goes with it. */
static void
test_card (Fixture *fixture, gconstpointer data)
{
  PwTouch *touch = PW_TOUCH (fixture->touch);

  pw_touch_show (touch, scene_id_row (1, 547), FALSE);
  g_assert_cmpuint (pw_touch_get_item (touch), ==, scene_id_row (1, 547));
  pw_stage_scroll (PW_STAGE (fixture->stage), scene_id_table (1), 0);
  g_assert_cmpuint (pw_touch_get_item (touch), ==, 0);
  pw_stage_scroll (PW_STAGE (fixture->stage), scene_id_table (1), 545);
  g_assert_true (shows_row (fixture, 547));
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add ("/scroller/wheel", Fixture, NULL, set_up, test_wheel, tear_down);
  g_test_add ("/scroller/step", Fixture, NULL, set_up, test_step, tear_down);
  g_test_add ("/scroller/cursor", Fixture, NULL, set_up, test_cursor,
              tear_down);
  g_test_add ("/scroller/cursor-unscrolled", Fixture, NULL, set_up,
              test_cursor_unscrolled, tear_down);
  g_test_add ("/scroller/card", Fixture, NULL, set_up, test_card, tear_down);
  return g_test_run ();
}
