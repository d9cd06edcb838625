/* Split, columns and caption: what lies where at which width. */
#include "caption.h"
#include "check.h"
#include "columns.h"
#include "split.h"
#include "zoom.h"

static GtkWidget *
box_of_width (int width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (box, width, 20);
  return box;
}

static graphene_rect_t
bounds_in (GtkWidget *widget, GtkWidget *parent)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, parent, &bounds));
  return bounds;
}

static void
test_split_wide (void)
{
  GtkWidget *start = box_of_width (100), *end = box_of_width (100);
  GtkWidget *split = pw_split_new (start, end);
  GtkWidget *window = check_show (split, 1200, 600);
  graphene_rect_t prose = bounds_in (start, split);
  graphene_rect_t stage = bounds_in (end, split);

  g_assert_cmpfloat (prose.origin.x, ==, 0);
  g_assert_cmpfloat (prose.size.width, >=, 300);
  g_assert_cmpfloat (prose.size.height, ==, 600);
  g_assert_cmpfloat (stage.origin.x, ==, prose.size.width);
  g_assert_cmpfloat (stage.size.width + prose.size.width, ==, 1200);
  check_close (window);
}

static void
test_split_narrow (void)
{
  GtkWidget *start = box_of_width (100), *end = box_of_width (100);
  GtkWidget *split = pw_split_new (start, end);
  GtkWidget *window = check_show (split, 360, 640);
  graphene_rect_t prose = bounds_in (start, split);
  graphene_rect_t stage = bounds_in (end, split);

  g_assert_cmpfloat (stage.origin.y, ==, 0);
  g_assert_cmpfloat (stage.size.width, ==, 360);
  g_assert_cmpfloat (prose.size.width, ==, 360);
  g_assert_cmpfloat (prose.origin.y, ==, stage.size.height);
  g_assert_cmpfloat (prose.size.height, >, 150);
  check_close (window);
}

static void
test_columns (void)
{
  GtkWidget *columns = pw_columns_new (300, 3);
  GtkWidget *cards[4], *window;

  for (guint i = 0; i < 4; i++) {
    cards[i] = box_of_width (100);
    pw_columns_append (PW_COLUMNS (columns), cards[i]);
  }
  gtk_widget_set_size_request (cards[0], 100, 90);
  g_assert_cmpint (pw_columns_count (PW_COLUMNS (columns), 340), ==, 1);
  g_assert_cmpint (pw_columns_count (PW_COLUMNS (columns), 640), ==, 2);
  g_assert_cmpint (pw_columns_count (PW_COLUMNS (columns), 4000), ==, 3);

  window = check_show (columns, 640, 600);
  /* The cards of a row are equally high, and those of the next lie below. */
  g_assert_cmpfloat (bounds_in (cards[0], columns).size.height, ==, 90);
  g_assert_cmpfloat (bounds_in (cards[1], columns).size.height, ==, 90);
  g_assert_cmpfloat (bounds_in (cards[2], columns).origin.x, ==, 0);
  g_assert_cmpfloat (bounds_in (cards[2], columns).origin.y, >=, 90);

  /* A hidden card leaves no hole. */
  gtk_widget_set_visible (cards[1], FALSE);
  check_settle ();
  check_draw (columns);
  g_assert_cmpfloat (bounds_in (cards[2], columns).origin.y, ==, 0);
  check_close (window);
}

static int
height_at (GtkWidget *caption, int width)
{
  int height;

  gtk_widget_measure (caption, GTK_ORIENTATION_VERTICAL, width, &height, NULL,
                      NULL, NULL);
  return height;
}

/* The caption is as high for a short sentence as for the longest to come. */
static void
test_caption (void)
{
  const char *const sentences[]
      = {"Short.",
         "A sentence that is long enough to need several lines in a caption "
         "as narrow as that of a telephone, and then some more.",
         NULL};
  const char *const mores[] = {"0x2000 + 547 × 4 = 0x288c", NULL};
  GtkWidget *caption = pw_caption_new ();
  GtkWidget *window;
  int tall, low;

  pw_caption_reserve (PW_CAPTION (caption), sentences, mores);
  pw_caption_set (PW_CAPTION (caption), sentences[0], NULL, SCENE_ROLE_ACCENT);
  window = check_show (caption, 300, 200);
  low = height_at (caption, 300);
  pw_caption_set (PW_CAPTION (caption), sentences[1], mores[0],
                  SCENE_ROLE_LEVEL1);
  tall = height_at (caption, 300);
  g_assert_cmpint (tall, ==, low);
  g_assert_true (gtk_widget_has_css_class (caption, "level1"));
  g_assert_false (gtk_widget_has_css_class (caption, "accent"));

  gtk_test_accessible_assert_role (caption, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_test_accessible_assert_property (caption, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       sentences[1]);
  check_close (window);
}

/* A usual screen needs no help; one four times as large, as it hangs in a hall,
 * is read from afar. */
static void
test_zoom (void)
{
  double own = 1;

  g_assert_cmpfloat (pw_zoom_for_size (360, 640), ==, 1);
  g_assert_cmpfloat (pw_zoom_for_size (1920, 1080), ==, 1);
  g_assert_cmpfloat (pw_zoom_for_size (3840, 1080), ==, 1);
  g_assert_cmpfloat (pw_zoom_for_size (2560, 1440), ==, 1.25);
  g_assert_cmpfloat (pw_zoom_for_size (3840, 2160), ==, 2);

  for (guint i = 0; i < 30; i++)
    own = pw_zoom_step (own, 1);
  g_assert_cmpfloat (own, >, 2.5);
  g_assert_cmpfloat (own, <=, 3);
  for (guint i = 0; i < 30; i++)
    own = pw_zoom_step (own, -1);
  g_assert_cmpfloat (own, <, 0.7);
  g_assert_cmpfloat (own, >=, 0.5);
  /* What was chosen by hand falls on a step, and 1 is one. */
  g_assert_cmpfloat (pw_zoom_step (1.104, -1), ==, 1);
}

/* Prose in larger text gets more room, until both do not fit side by side. */
static void
test_split_zoom (void)
{
  GtkWidget *start = box_of_width (100), *end = box_of_width (100);
  GtkWidget *split = pw_split_new (start, end);
  GtkWidget *window = check_show (split, 1000, 600);
  float usual = bounds_in (start, split).size.width;

  pw_split_set_zoom (PW_SPLIT (split), 1.3);
  check_draw (split);
  g_assert_cmpfloat (bounds_in (start, split).size.width, >, usual);
  g_assert_cmpfloat (bounds_in (end, split).origin.x, >, 0);
  pw_split_set_zoom (PW_SPLIT (split), 2);
  check_draw (split);
  g_assert_cmpfloat (bounds_in (end, split).origin.x, ==, 0);
  check_close (window);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/layout/split-wide", test_split_wide);
  g_test_add_func ("/layout/split-narrow", test_split_narrow);
  g_test_add_func ("/layout/split-zoom", test_split_zoom);
  g_test_add_func ("/layout/zoom", test_zoom);
  g_test_add_func ("/layout/columns", test_columns);
  g_test_add_func ("/layout/caption", test_caption);
  return g_test_run ();
}
