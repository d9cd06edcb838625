/* The scrub bar: the whole lesson as a line, with a knob where the reader is.
 */

#include "scrub.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In pixels, where a line of text is as high as usual. */
#define USUAL_LINE 19.0
#define HEIGHT 40
#define MARKS_Y 9.0
#define TRACK_Y 27.0
#define TRACK_HEIGHT 5.0
#define KNOB_RADIUS 9.0
#define KNOB_INSIDE 6.5
#define MARK_RADIUS 4.5
#define REACH 8.0
#define RANKS 5

struct _PwScrub {
  GtkWidget parent_instance;
  PwPlayhead *head;
  GPtrArray *marks;
  GPtrArray *shown; /* of those, the ones that have room; not owned */
  const ScenePalette *palette;
  GskRenderNode *marks_node; /* kept: marks do not change as the knob moves */
  int node_width;
  double drag_start;
  double unit; /* so much larger than usual its text is; 0: not known */
};

G_DEFINE_FINAL_TYPE (PwScrub, pw_scrub, GTK_TYPE_WIDGET)

/* A length, enlarged with the text around it. */
static double
sized (PwScrub *scrub, double pixels)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (scrub));
  PangoFontMetrics *metrics;

  if (scrub->unit == 0) {
    metrics = pango_context_get_metrics (context, NULL, NULL);
    scrub->unit = MAX (round (pango_font_metrics_get_height (metrics)
                              / PANGO_SCALE / USUAL_LINE * 10)
                           / 10,
                       1);
    pango_font_metrics_unref (metrics);
  }
  return round (pixels * scrub->unit * 2) / 2;
}

static double
count_of (PwScrub *scrub)
{
  return scrub->head != NULL ? MAX (pw_playhead_get_count (scrub->head), 1u)
                             : 1;
}

/* The line begins and ends a knob's radius inside. */
static double
x_of (PwScrub *scrub, double position)
{
  double length = gtk_widget_get_width (GTK_WIDGET (scrub))
                  - 2 * sized (scrub, KNOB_RADIUS);

  return sized (scrub, KNOB_RADIUS) + length * position / count_of (scrub);
}

static double
position_at (PwScrub *scrub, double x)
{
  double length = gtk_widget_get_width (GTK_WIDGET (scrub))
                  - 2 * sized (scrub, KNOB_RADIUS);

  return CLAMP ((x - sized (scrub, KNOB_RADIUS)) / MAX (length, 1.0), 0.0, 1.0)
         * count_of (scrub);
}

static void
forget_marks_node (PwScrub *scrub)
{
  g_clear_pointer (&scrub->marks_node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (scrub));
}

/* Which marks stay where there is no room for all: the lowest. */
static guint
rank_of (const PwMark *mark)
{
  if (mark->question)
    return 1;
  switch (mark->event) {
  case SCENE_EVENT_FAULT:
    return 0;
  case SCENE_EVENT_HIT:
  case SCENE_EVENT_MISS:
  case SCENE_EVENT_DONE:
    return 2;
  case SCENE_EVENT_READ:
  case SCENE_EVENT_WRITE:
    return 3;
  case SCENE_EVENT_PLAIN:
  case SCENE_EVENT_ACCESS:
    return 4;
  }
  g_assert_not_reached ();
}

static gboolean
has_room (PwScrub *scrub, const PwMark *mark)
{
  for (guint i = 0; i < scrub->shown->len; i++) {
    const PwMark *other = g_ptr_array_index (scrub->shown, i);

    if (fabs (x_of (scrub, other->step) - x_of (scrub, mark->step))
        < 1.6 * sized (scrub, MARK_RADIUS))
      return FALSE;
  }
  return TRUE;
}

/* The marks that do not run into each other, the weightier ones first. */
static void
choose_marks (PwScrub *scrub)
{
  g_ptr_array_set_size (scrub->shown, 0);
  for (guint rank = 0; rank < RANKS; rank++)
    for (guint i = 0; i < scrub->marks->len; i++) {
      PwMark *mark = g_ptr_array_index (scrub->marks, i);

      if (rank_of (mark) == rank && has_room (scrub, mark))
        g_ptr_array_add (scrub->shown, mark);
    }
}

static void
make_marks_node (PwScrub *scrub, int width)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (
      0, 0, width, sized (scrub, MARKS_Y) + sized (scrub, MARK_RADIUS) + 2);
  cairo_t *cr;

  scrub->marks_node = gsk_cairo_node_new (&bounds);
  scrub->node_width = width;
  cr = gsk_cairo_node_get_draw_context (scrub->marks_node);
  choose_marks (scrub);
  for (guint i = 0; i < scrub->shown->len; i++) {
    const PwMark *mark = g_ptr_array_index (scrub->shown, i);

    pw_mark_draw (cr, mark, scrub->palette, x_of (scrub, mark->step),
                  sized (scrub, MARKS_Y), sized (scrub, MARK_RADIUS));
  }
  cairo_destroy (cr);
}

static GdkRGBA
rgba (SceneColor color)
{
  return (GdkRGBA){(float) color.red, (float) color.green, (float) color.blue,
                   1.0f};
}

static void
append_pill (GtkSnapshot *snapshot, SceneColor color, double x, double y,
             double width, double height)
{
  GdkRGBA fill = rgba (color);
  GskRoundedRect pill;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (
      &pill,
      &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
      (float) (height / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, &fill, &pill.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
pw_scrub_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PwScrub *scrub = PW_SCRUB (widget);
  int width = gtk_widget_get_width (widget);
  double x, top = sized (scrub, TRACK_Y) - sized (scrub, TRACK_HEIGHT) / 2;

  if (scrub->palette == NULL || scrub->head == NULL)
    return;
  x = x_of (scrub, pw_playhead_get_position (scrub->head));

  if (scrub->marks_node != NULL && scrub->node_width != width)
    g_clear_pointer (&scrub->marks_node, gsk_render_node_unref);
  if (scrub->marks_node == NULL && scrub->marks != NULL)
    make_marks_node (scrub, width);
  if (scrub->marks_node != NULL)
    gtk_snapshot_append_node (snapshot, scrub->marks_node);

  append_pill (snapshot, scrub->palette->border, 0, top, width,
               sized (scrub, TRACK_HEIGHT));
  append_pill (snapshot, scrub->palette->accent, 0, top, x,
               sized (scrub, TRACK_HEIGHT));
  append_pill (snapshot, scrub->palette->accent, x - sized (scrub, KNOB_RADIUS),
               sized (scrub, TRACK_Y) - sized (scrub, KNOB_RADIUS),
               2 * sized (scrub, KNOB_RADIUS), 2 * sized (scrub, KNOB_RADIUS));
  append_pill (snapshot, scrub->palette->panel, x - sized (scrub, KNOB_INSIDE),
               sized (scrub, TRACK_Y) - sized (scrub, KNOB_INSIDE),
               2 * sized (scrub, KNOB_INSIDE), 2 * sized (scrub, KNOB_INSIDE));
}

static void
pw_scrub_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                  int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int height = (int) sized (PW_SCRUB (widget), HEIGHT);

  *minimum = across ? 80 : height;
  *natural = across ? 600 : height;
}

static void
on_position (PwScrub *scrub)
{
  gtk_widget_queue_draw (GTK_WIDGET (scrub));
}

static void
update_value (PwScrub *scrub)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (scrub), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
      GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
      (double) pw_playhead_get_count (scrub->head),
      GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
      (double) pw_playhead_get_step (scrub->head), -1);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, PwScrub *scrub)
{
  const PwMark *mark = pw_scrub_mark_at (scrub, x, y);

  if (scrub->head == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (scrub));
  scrub->drag_start = mark != NULL ? x_of (scrub, mark->step) : x;
  pw_playhead_scrub (scrub->head, position_at (scrub, scrub->drag_start));
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, PwScrub *scrub)
{
  if (scrub->head != NULL)
    pw_playhead_scrub (scrub->head,
                       position_at (scrub, scrub->drag_start + dx));
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, PwScrub *scrub)
{
  if (scrub->head != NULL)
    pw_playhead_settle (scrub->head);
}

static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                  GtkTooltip *tooltip, gpointer data)
{
  const PwMark *mark = pw_scrub_mark_at (PW_SCRUB (widget), x, y);

  if (mark == NULL || keyboard)
    return FALSE;
  gtk_tooltip_set_text (tooltip, mark->text);
  return TRUE;
}

/* The argument of a key binding: by how many steps, or to which end. */
static gboolean
on_key_move (GtkWidget *widget, GVariant *args, gpointer data)
{
  PwScrub *scrub = PW_SCRUB (widget);
  int by = g_variant_get_int32 (args);
  guint step;

  if (scrub->head == NULL)
    return FALSE;
  step = pw_playhead_get_step (scrub->head);
  if (by < 0 && step < (guint) -by)
    by = -(int) step;
  pw_playhead_go (scrub->head, step + (guint) by);
  return TRUE;
}

static gboolean
on_key_end (GtkWidget *widget, GVariant *args, gpointer data)
{
  PwScrub *scrub = PW_SCRUB (widget);

  if (scrub->head == NULL)
    return FALSE;
  pw_playhead_go (scrub->head, g_variant_get_boolean (args) ? G_MAXUINT : 0);
  return TRUE;
}

static void
pw_scrub_dispose (GObject *object)
{
  PwScrub *scrub = PW_SCRUB (object);

  pw_scrub_set_playhead (scrub, NULL);
  g_clear_pointer (&scrub->marks, g_ptr_array_unref);
  g_clear_pointer (&scrub->marks_node, gsk_render_node_unref);
  G_OBJECT_CLASS (pw_scrub_parent_class)->dispose (object);
}

static void
add_move (GtkWidgetClass *class, guint key, int by)
{
  gtk_widget_class_add_binding (class, key, 0, on_key_move, "i", by);
}

static void
pw_scrub_finalize (GObject *object)
{
  g_ptr_array_unref (PW_SCRUB (object)->shown);
  G_OBJECT_CLASS (pw_scrub_parent_class)->finalize (object);
}

static void
pw_scrub_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (pw_scrub_parent_class)->css_changed (widget, change);
  PW_SCRUB (widget)->unit = 0;
  forget_marks_node (PW_SCRUB (widget));
}

static void
pw_scrub_class_init (PwScrubClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_scrub_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_scrub_finalize;
  widget_class->css_changed = pw_scrub_css_changed;
  widget_class->snapshot = pw_scrub_snapshot;
  widget_class->measure = pw_scrub_measure;
  gtk_widget_class_set_css_name (widget_class, "pwscrub");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_SLIDER);

  add_move (widget_class, GDK_KEY_Left, -1);
  add_move (widget_class, GDK_KEY_Right, 1);
  add_move (widget_class, GDK_KEY_Down, -1);
  add_move (widget_class, GDK_KEY_Up, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_key_end, "b",
                                FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, on_key_end, "b",
                                TRUE);
}

static void
pw_scrub_init (PwScrub *scrub)
{
  GtkWidget *widget = GTK_WIDGET (scrub);
  GtkGesture *drag = gtk_gesture_drag_new ();

  scrub->shown = g_ptr_array_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), scrub);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), scrub);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), scrub);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_cursor_from_name (widget, "pointer");
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (scrub, "query-tooltip", G_CALLBACK (on_query_tooltip),
                    NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrub),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Step of the lesson"), -1);
}

GtkWidget *
pw_scrub_new (void)
{
  return g_object_new (PW_TYPE_SCRUB, NULL);
}

void
pw_scrub_set_playhead (PwScrub *scrub, PwPlayhead *head)
{
  if (scrub->head != NULL)
    g_signal_handlers_disconnect_by_data (scrub->head, scrub);
  g_set_object (&scrub->head, head);
  if (head == NULL)
    return;

  g_signal_connect_swapped (head, "notify::position", G_CALLBACK (on_position),
                            scrub);
  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (update_value),
                            scrub);
  update_value (scrub);
  forget_marks_node (scrub);
}

void
pw_scrub_set_marks (PwScrub *scrub, GPtrArray *marks)
{
  g_ptr_array_set_size (scrub->shown, 0);
  g_clear_pointer (&scrub->marks, g_ptr_array_unref);
  if (marks != NULL)
    scrub->marks = g_ptr_array_ref (marks);
  forget_marks_node (scrub);
}

void
pw_scrub_set_palette (PwScrub *scrub, const ScenePalette *palette)
{
  scrub->palette = palette;
  forget_marks_node (scrub);
}

void
pw_scrub_set_sentence (PwScrub *scrub, const char *sentence)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (scrub), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, sentence, -1);
}

const PwMark *
pw_scrub_mark_at (PwScrub *scrub, double x, double y)
{
  const PwMark *best = NULL;
  double nearest = sized (scrub, REACH);

  if (y > sized (scrub, TRACK_Y) - sized (scrub, KNOB_RADIUS))
    return NULL;
  for (guint i = 0; i < scrub->shown->len; i++) {
    const PwMark *mark = g_ptr_array_index (scrub->shown, i);
    double away = fabs (x_of (scrub, mark->step) - x);

    if (away > nearest)
      continue;
    best = mark;
    nearest = away;
  }
  return best;
}
