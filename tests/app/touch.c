/* Touching the stage: every item is reached, cards keep clear of their items,
 * "why?" finds the step, and what is read out is what is shown. */
#include "touch.h"

#include "card.h"
#include "check.h"
#include "item-cursor.h"
#include "lesson.h"
#include "outline.h"

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

static void
go (Fixture *fixture, guint step)
{
  pw_playhead_go (fixture->head, step);
  check_settle ();
  gtk_test_widget_wait_for_draw (fixture->stage);
}

static const SceneStill *
still_of (Fixture *fixture)
{
  return pw_stage_get_still (PW_STAGE (fixture->stage));
}

/* The item with a name, at the present step. */
static const SceneItem *
named (Fixture *fixture, const char *start)
{
  const SceneStill *still = still_of (fixture);

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);

    if (item->name != NULL && g_str_has_prefix (item->name, start))
      return item;
  }
  g_assert_not_reached ();
}

/* The first step at whose still a table shows entry 547. */
static const SceneItem *
find_row (Fixture *fixture)
{
  go (fixture, pw_playhead_get_count (fixture->head));
  return named (fixture, "Page table, entry 547");
}

static void
reach_from (const SceneStill *still, SceneId from, GHashTable *reached)
{
  if (!g_hash_table_add (reached, g_memdup2 (&from, sizeof from)))
    return;
  for (PwCursorMove move = PW_CURSOR_LEFT; move <= PW_CURSOR_DOWN; move++)
    reach_from (still, pw_item_cursor_move (still, from, move), reached);
}

static void
test_reaches_all (Fixture *fixture, gconstpointer data)
{
  for (guint step = 0; step <= pw_playhead_get_count (fixture->head); step++) {
    go (fixture, step);
    const SceneStill *still = still_of (fixture);
    SceneId first = pw_item_cursor_move (still, 0, PW_CURSOR_RIGHT);
    g_autoptr (GHashTable) reached
        = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

    g_assert_cmpuint (first, !=, 0);
    reach_from (still, first, reached);
    for (guint i = 0; i < still->items->len; i++) {
      const SceneItem *item = &g_array_index (still->items, SceneItem, i);

      if (!pw_item_cursor_stops_at (item)
          || g_hash_table_contains (reached, &item->id))
        continue;
      g_test_message ("step %u: %s is not reached", step, item->name);
      g_test_fail ();
    }
  }
}

/* Up is the way back from down, in a column of rows. */
static void
test_there_and_back (Fixture *fixture, gconstpointer data)
{
  const SceneItem *row = find_row (fixture);
  const SceneStill *still = still_of (fixture);
  SceneId below = pw_item_cursor_move (still, row->id, PW_CURSOR_DOWN);

  g_assert_true (g_str_has_prefix (scene_still_find (still, below)->name,
                                   "Page table, entry 548"));
  g_assert_cmpuint (pw_item_cursor_move (still, below, PW_CURSOR_UP), ==,
                    row->id);
}

static void
test_card_place (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++) {
    int width = g_rand_int_range (rand, 360, 1900);
    int height = g_rand_int_range (rand, 500, 1000);
    GdkRectangle item = {g_rand_int_range (rand, 0, width - 40),
                         g_rand_int_range (rand, 0, height - 30), 0, 0};
    GdkRectangle card, window = {0, 0, width, height}, both;

    item.width = g_rand_int_range (rand, 10, width - item.x);
    item.height = g_rand_int_range (rand, 10, MIN (height - item.y, 120));
    card = pw_card_place (item, g_rand_int_range (rand, 120, 340),
                          g_rand_int_range (rand, 40, 260), width, height);
    g_assert_false (gdk_rectangle_intersect (&card, &item, NULL));
    g_assert_true (gdk_rectangle_intersect (&card, &window, &both));
    g_assert_true (gdk_rectangle_equal (&card, &both));
  }
}

/* The card follows its item through the steps until it is let go. */
static void
test_pinned (Fixture *fixture, gconstpointer data)
{
  PwTouch *touch = PW_TOUCH (fixture->touch);
  SceneId row = find_row (fixture)->id;

  pw_touch_show (touch, row, TRUE);
  go (fixture, pw_playhead_get_count (fixture->head) - 1);
  g_assert_true (pw_touch_get_pinned (touch));
  g_assert_cmpuint (pw_touch_get_item (touch), ==, row);
  check_wait (gtk_widget_get_mapped (pw_touch_get_card (touch)));
  pw_touch_show (touch, 0, FALSE);
  g_assert_cmpuint (pw_touch_get_item (touch), ==, 0);
  check_wait (!gtk_widget_get_mapped (pw_touch_get_card (touch)));
}

static gboolean
enabled (Fixture *fixture, const char *name)
{
  gboolean result = gtk_widget_activate_action (fixture->touch, name, NULL);

  check_settle ();
  return result;
}

/* The load sets A in entry 547: from the end, "why?" goes just after the step
 * that did; there it holds A; and from the start "next change" finds it too. */
static void
test_why (Fixture *fixture, gconstpointer data)
{
  PwTouch *touch = PW_TOUCH (fixture->touch);
  SceneId row = find_row (fixture)->id;
  guint64 at;

  pw_touch_show (touch, row, TRUE);
  gtk_widget_activate_action (fixture->touch, "item.why", NULL);
  at = fixture->play->first_step + pw_playhead_get_step (fixture->head);
  g_assert_cmpuint (vm_machine_step (fixture->play->machine, at - 1)->kind, ==,
                    VM_STEP_SET_ACCESSED);
  go (fixture, pw_playhead_get_step (fixture->head));

  g_autoptr (PwDatum) after = pw_datum_new (fixture->play, still_of (fixture),
                                            named (fixture, "Page table, "
                                                            "entry 547"));
  g_assert_cmpstr (after->hex, ==, "0x44332027");
  g_assert_cmpuint (after->why, ==, 0);
  g_assert_nonnull (after->no_why);
  g_assert_cmpuint (after->next, ==, 0);

  go (fixture, pw_playhead_get_step (fixture->head) - 1);
  g_autoptr (PwDatum) before = pw_datum_new (fixture->play, still_of (fixture),
                                             named (fixture, "Page table, "
                                                             "entry 547"));
  g_assert_cmpstr (before->hex, ==, "0x44332007");
  g_assert_cmpuint (before->next, ==, at);
}

static void
on_text (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  char **text = data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result,
                                          NULL);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->touch);
  g_autofree char *value = NULL, *sentence = NULL;

  pw_touch_show (PW_TOUCH (fixture->touch), find_row (fixture)->id, FALSE);
  g_assert_true (enabled (fixture, "item.copy-value"));
  gdk_clipboard_read_text_async (clipboard, NULL, on_text, &value);
  check_wait (value != NULL);
  g_assert_cmpstr (value, ==, "0x44332027");
  g_assert_true (enabled (fixture, "item.copy-sentence"));
  gdk_clipboard_read_text_async (clipboard, NULL, on_text, &sentence);
  check_wait (sentence != NULL);
  g_assert_true (g_str_has_prefix (sentence, "Page table, entry 547: frame"));
}

/* Every named item is a child of its name, where it is painted; stepping takes
 * the names along. */
static void
check_children (Fixture *fixture)
{
  const SceneStill *still = still_of (fixture);
  GtkWidget *child = gtk_widget_get_first_child (fixture->stage);

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    graphene_rect_t bounds;

    if (item->name == NULL)
      continue;
    g_assert_nonnull (child);
    gtk_test_accessible_assert_property (
        GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, item->name);
    g_assert_true (gtk_widget_compute_bounds (child, fixture->stage, &bounds));
    g_assert_cmpfloat_with_epsilon (bounds.origin.x, item->rect.x, 1.01);
    g_assert_cmpfloat_with_epsilon (bounds.origin.y, item->rect.y, 1.01);
    child = gtk_widget_get_next_sibling (child);
  }
  g_assert_null (child);
}

static void
test_children (Fixture *fixture, gconstpointer data)
{
  for (guint step = 0; step <= pw_playhead_get_count (fixture->head); step++) {
    go (fixture, step);
    check_children (fixture);
  }
  go (fixture, 2);
  check_children (fixture);
}

/* The focus is on the item, and Tab leaves the stage from it. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  SceneId row = find_row (fixture)->id;
  GtkWidget *focus;

  g_assert_true (pw_stage_focus_item (PW_STAGE (fixture->stage), row));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (gtk_widget_get_parent (focus) == fixture->stage);
  g_assert_false (gtk_widget_child_focus (fixture->stage, GTK_DIR_TAB_FORWARD));
}

/* Wherever an entry is shown, its row and its fields are one datum. */
static void
test_same_datum (Fixture *fixture, gconstpointer data)
{
  const SceneItem *row = find_row (fixture);
  const SceneItem *other = named (fixture, "Page table, entry 548");

  g_assert_true (pw_outline_same_datum (row, row));
  g_assert_false (pw_outline_same_datum (row, other));
  SceneItem part = *row;
  part.id = 1;
  part.place_width = 1;
  g_assert_true (pw_outline_same_datum (row, &part));
  g_assert_false (pw_outline_same_datum (other, &part));
}

/* A frame is one datum wherever its number stands: in the entry, in the TLB, in
 * the physical address and as a cell of memory. */
static void
test_same_frame (Fixture *fixture, gconstpointer data)
{
  const SceneItem *row, *way;
  const char *const others[] = {"frame: 0x44332", "Frame 0x44332", "TLB set 0"};

  for (guint step = 0; vm_machine_step (fixture->play->machine,
                                        fixture->play->first_step + step)
                           ->kind
                       != VM_STEP_COMPOSE;
       step++)
    go (fixture, step + 1);
  go (fixture, pw_playhead_get_step (fixture->head) + 1);
  row = named (fixture, "Page table, entry 547");
  way = named (fixture, "TLB set 0, way 0");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (pw_outline_same_datum (row, named (fixture, others[i])));
  g_assert_true (pw_outline_same_datum (named (fixture, "Frame 0x44332"), way));
  g_assert_false (
      pw_outline_same_datum (named (fixture, "Frame 0x00002"), way));
  /* Each bit of the entry is the entry, but not its neighbour. */
  g_assert_true (pw_outline_same_datum (named (fixture, "Bit 0, P"), row));
  g_assert_false (pw_outline_same_datum (named (fixture, "Bit 0, P"),
                                         named (fixture, "Bit 1, ")));
}

/* The card names who refers to its item. */
static void
test_referrers (Fixture *fixture, gconstpointer data)
{
  const SceneItem *row = find_row (fixture);
  g_autoptr (PwDatum) datum
      = pw_datum_new (fixture->play, still_of (fixture), row);

  g_assert_nonnull (datum->referrers);
  g_assert_cmpstr (g_ptr_array_index (datum->referrers, 0), ==,
                   "Entry 547 of the page table in frame 0x00002:");
  g_assert_cmpstr (g_ptr_array_index (datum->referrers, 1), ==,
                   "It translates page 0x11223 of A");
}

/* A number that is stored nowhere is still shown in all three ways. */
static void
test_field_number (Fixture *fixture, gconstpointer data)
{
  go (fixture, 3);
  g_autoptr (PwDatum) datum
      = pw_datum_new (fixture->play, still_of (fixture),
                      named (fixture, "table, bits 21 to 12"));

  g_assert_cmpstr (datum->hex, ==, "0x223");
  g_assert_cmpstr (datum->decimal, ==, "547");
  g_assert_cmpstr (datum->binary, ==, "10 0010 0011");
  g_assert_cmpuint (datum->why, ==, 0);
  g_assert_nonnull (datum->no_why);
}

static GtkEventController *
controller_of (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) found
        = g_list_model_get_item (controllers, i);
    if (G_TYPE_CHECK_INSTANCE_TYPE (found, type))
      return found;
  }
  g_assert_not_reached ();
}

/* A finger that stays on an item pins its card and opens the menu. */
static void
test_long_press (Fixture *fixture, gconstpointer data)
{
  const SceneItem *row = find_row (fixture);
  SceneId id = row->id;
  GtkEventController *press
      = controller_of (fixture->stage, GTK_TYPE_GESTURE_LONG_PRESS);

  g_assert_true (
      gtk_gesture_single_get_touch_only (GTK_GESTURE_SINGLE (press)));
  g_signal_emit_by_name (press, "pressed", row->rect.x + row->rect.width / 2,
                         row->rect.y + row->rect.height / 2);
  check_settle ();
  g_assert_cmpuint (pw_touch_get_item (PW_TOUCH (fixture->touch)), ==, id);
  g_assert_true (pw_touch_get_pinned (PW_TOUCH (fixture->touch)));
  check_wait (
      gtk_widget_get_mapped (pw_touch_get_card (PW_TOUCH (fixture->touch))));
}

/* What stands still while the stage moves below it opens no card. */
static void
test_resting_pointer (Fixture *fixture, gconstpointer data)
{
  const SceneItem *row = find_row (fixture);
  double x = row->rect.x + 5, y = row->rect.y + 5;
  SceneId id = row->id;
  GtkEventController *motion
      = controller_of (fixture->stage, GTK_TYPE_EVENT_CONTROLLER_MOTION);

  g_signal_emit_by_name (motion, "motion", 1.0, 1.0);
  g_signal_emit_by_name (motion, "motion", x, y);
  check_wait (pw_touch_get_item (PW_TOUCH (fixture->touch)) == id);
  g_signal_emit_by_name (motion, "leave");
  g_assert_cmpuint (pw_touch_get_item (PW_TOUCH (fixture->touch)), ==, 0);
  g_signal_emit_by_name (motion, "enter", x, y);
  g_signal_emit_by_name (motion, "motion", x, y);
  /* Longer than the pointer has to rest; nothing tells that no card comes. */
  for (gint64 end = g_get_monotonic_time () + 450000;
       g_get_monotonic_time () < end;) {
    g_usleep (5000);
    check_settle ();
  }
  g_assert_cmpuint (pw_touch_get_item (PW_TOUCH (fixture->touch)), ==, 0);
}

/* A cursor that another step does not have is taken back to the first item. */
static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  PwTouch *touch = PW_TOUCH (fixture->touch);
  SceneId row = find_row (fixture)->id;

  pw_touch_set_cursor (touch, row);
  pw_touch_show_cursor (touch);
  g_assert_cmpuint (pw_touch_get_item (touch), ==, row);
  g_assert_false (pw_touch_get_pinned (touch));
  go (fixture, 0);
  g_assert_cmpuint (pw_touch_get_item (touch), ==, 0);
  g_assert_cmpuint (
      pw_item_cursor_move (still_of (fixture), row, PW_CURSOR_DOWN), ==,
      pw_item_cursor_move (still_of (fixture), 0, PW_CURSOR_FIRST));
}

#define ADD(name, function)                                                    \
  g_test_add ("/touch/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  ADD ("reaches-all", test_reaches_all);
  ADD ("there-and-back", test_there_and_back);
  g_test_add_func ("/touch/card-place", test_card_place);
  ADD ("pinned", test_pinned);
  ADD ("why", test_why);
  ADD ("copy", test_copy);
  ADD ("children", test_children);
  ADD ("focus", test_focus);
  ADD ("cursor", test_cursor);
  ADD ("same-datum", test_same_datum);
  ADD ("same-frame", test_same_frame);
  ADD ("referrers", test_referrers);
  ADD ("field-number", test_field_number);
  ADD ("long-press", test_long_press);
  ADD ("resting-pointer", test_resting_pointer);
  return g_test_run ();
}
