/* The transport and its scrub bar: what stays, what leaves, what they say. */
#include "transport.h"

#include "check.h"

static GPtrArray *
some_marks (void)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func (g_free);
  PwMark *miss = g_new0 (PwMark, 1);
  PwMark *fault = g_new0 (PwMark, 1);

  *miss = (PwMark){2, SCENE_EVENT_MISS, FALSE, SCENE_ROLE_MISS, NULL};
  *fault = (PwMark){9, SCENE_EVENT_FAULT, FALSE, SCENE_ROLE_FAULT, NULL};
  g_ptr_array_add (marks, miss);
  g_ptr_array_add (marks, fault);
  return marks;
}

/* Shows a transport over a playhead of ten steps. */
static GtkWidget *
show (PwTransport **transport, PwPlayhead *head, int width)
{
  g_autoptr (GPtrArray) marks = some_marks ();

  *transport = PW_TRANSPORT (pw_transport_new ());
  pw_transport_set_playhead (*transport, head);
  pw_scrub_set_marks (pw_transport_get_scrub (*transport), marks);
  pw_scrub_set_palette (pw_transport_get_scrub (*transport),
                        scene_palette (SCENE_PALETTE_LIGHT));
  return check_show (GTK_WIDGET (*transport), width, 64);
}

static guint
parts_shown (PwTransport *transport)
{
  guint shown = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (transport));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    shown += gtk_widget_get_mapped (child);
  return shown;
}

/* No part may lie outside the bar or over another. */
static void
check_no_overlap (PwTransport *transport)
{
  double end = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (transport));
       child != NULL; child = gtk_widget_get_next_sibling (child)) {
    graphene_rect_t bounds;

    if (!gtk_widget_get_mapped (child))
      continue;
    g_assert_true (
        gtk_widget_compute_bounds (child, GTK_WIDGET (transport), &bounds));
    g_assert_cmpfloat (bounds.origin.x, >=, end);
    end = bounds.origin.x + bounds.size.width;
  }
  g_assert_cmpfloat (end, <=, gtk_widget_get_width (GTK_WIDGET (transport)));
}

static void
test_widths (void)
{
  const int widths[] = {340, 480, 640, 900, 1280, 1920};
  guint before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (PwPlayhead) head = pw_playhead_new (10);
    PwTransport *transport;
    GtkWidget *window = show (&transport, head, widths[i]);
    guint shown = parts_shown (transport);

    check_no_overlap (transport);
    g_assert_cmpuint (shown, >=, MAX (before, 5));
    g_assert_true (
        gtk_widget_get_mapped (pw_transport_get_play_button (transport)));
    before = shown;
    check_close (window);
  }
  g_assert_cmpuint (before, ==, 12);
}

static void
test_counter (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (10);
  PwTransport *transport;
  GtkWidget *window = show (&transport, head, 1280);

  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (pw_transport_get_play_button (transport)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Play");
  pw_playhead_play (head);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (pw_transport_get_play_button (transport)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Pause");
  check_close (window);
}

static void
test_slider (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (10);
  PwTransport *transport;
  GtkWidget *window = show (&transport, head, 1280);
  GtkAccessible *scrub = GTK_ACCESSIBLE (pw_transport_get_scrub (transport));

  gtk_test_accessible_assert_role (scrub, GTK_ACCESSIBLE_ROLE_SLIDER);
  pw_playhead_go (head, 4);
  pw_scrub_set_sentence (pw_transport_get_scrub (transport), "Read entry 547");
  gtk_test_accessible_assert_property (scrub, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                       10.0);
  gtk_test_accessible_assert_property (scrub, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                       4.0);
  gtk_test_accessible_assert_property (
      scrub, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Read entry 547");
  check_close (window);
}

/* Marks are hit within a few pixels, above the line only. */
static void
test_marks (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (10);
  PwTransport *transport;
  GtkWidget *window = show (&transport, head, 1280);
  PwScrub *scrub = pw_transport_get_scrub (transport);
  double width = gtk_widget_get_width (GTK_WIDGET (scrub));
  double x = 9 + (width - 18) * 0.2;

  g_assert_nonnull (pw_scrub_mark_at (scrub, x, 8));
  g_assert_cmpuint (pw_scrub_mark_at (scrub, x + 3, 8)->step, ==, 2);
  g_assert_null (pw_scrub_mark_at (scrub, x + 30, 8));
  g_assert_null (pw_scrub_mark_at (scrub, x, 30));
  check_close (window);
}

#define SIDE 20

/* The sign of a mark as coverage, a byte a pixel. */
static void
draw (const PwMark *mark, guchar *coverage)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  const guchar *data;

  pw_mark_draw (cr, mark, scene_palette (SCENE_PALETTE_LIGHT), 10, 10, 6);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int i = 0; i < SIDE * SIDE; i++)
    coverage[i] = data[4 * i + 3];
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static double
difference (const guchar *a, const guchar *b)
{
  double sum = 0;

  for (int i = 0; i < SIDE * SIDE; i++)
    sum += ABS (a[i] - b[i]);
  return sum / 255;
}

/* With the colours taken away, every kind of event still differs: by at least
 * a fifth of the pixels that a sign covers. */
static void
test_shapes (void)
{
  const PwMark marks[]
      = {{.event = SCENE_EVENT_ACCESS}, {.event = SCENE_EVENT_HIT},
         {.event = SCENE_EVENT_MISS},   {.event = SCENE_EVENT_READ},
         {.event = SCENE_EVENT_WRITE},  {.event = SCENE_EVENT_DONE},
         {.event = SCENE_EVENT_FAULT},  {.question = TRUE}};
  const guchar nothing[SIDE * SIDE] = {0};
  guchar drawn[G_N_ELEMENTS (marks)][SIDE * SIDE];

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    draw (&marks[i], drawn[i]);
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (difference (drawn[i], drawn[j]), >,
                         difference (drawn[i], nothing) / 5);
  }
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/transport/widths", test_widths);
  g_test_add_func ("/transport/counter", test_counter);
  g_test_add_func ("/transport/slider", test_slider);
  g_test_add_func ("/transport/marks", test_marks);
  g_test_add_func ("/transport/shapes", test_shapes);
  return g_test_run ();
}
