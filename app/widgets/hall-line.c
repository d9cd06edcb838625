/* How far a presentation has come: a thin line with a ring on it. */

#include "hall-line.h"

/* Of the widget's height: the line's thickness, the ring's radius. */
#define THICK 0.28f
#define RING 0.46f

struct _PwHallLine {
  GtkWidget parent_instance;
  PwPlayhead *head;
  const ScenePalette *palette;
};

G_DEFINE_FINAL_TYPE (PwHallLine, pw_hall_line, GTK_TYPE_WIDGET)

static GdkRGBA
rgba (SceneColor color)
{
  return (GdkRGBA){(float) color.red, (float) color.green, (float) color.blue,
                   1};
}

static void
append_round (GtkSnapshot *snapshot, float x, float y, float width,
              float height, SceneColor color)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, width, height);
  GdkRGBA paint = rgba (color);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &rect, height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &paint, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
pw_hall_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PwHallLine *line = PW_HALL_LINE (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float ring = height * RING, thick = height * THICK;
  float top = (height - thick) / 2, x;
  guint count;

  if (line->head == NULL || line->palette == NULL)
    return;
  count = pw_playhead_get_count (line->head);
  x = count > 0 ? (float) (pw_playhead_get_position (line->head) / count) : 0;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = 1 - x;
  x = ring + x * (width - 2 * ring);

  append_round (snapshot, 0, top, width, thick, line->palette->border);
  append_round (snapshot, 0, top, MAX (x, thick), thick, line->palette->accent);
  append_round (snapshot, x - ring, height / 2 - ring, 2 * ring, 2 * ring,
                line->palette->accent);
  ring *= 0.62f;
  append_round (snapshot, x - ring, height / 2 - ring, 2 * ring, 2 * ring,
                line->palette->ground);
}

static void
pw_hall_line_dispose (GObject *object)
{
  pw_hall_line_set_playhead (PW_HALL_LINE (object), NULL);
  G_OBJECT_CLASS (pw_hall_line_parent_class)->dispose (object);
}

static void
pw_hall_line_class_init (PwHallLineClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_hall_line_dispose;
  widget_class->snapshot = pw_hall_line_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pwhallline");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pw_hall_line_init (PwHallLine *line)
{
}

GtkWidget *
pw_hall_line_new (void)
{
  return g_object_new (PW_TYPE_HALL_LINE, NULL);
}

void
pw_hall_line_set_playhead (PwHallLine *line, PwPlayhead *head)
{
  if (line->head != NULL)
    g_signal_handlers_disconnect_by_data (line->head, line);
  g_set_object (&line->head, head);
  if (head != NULL)
    g_signal_connect_swapped (head, "notify::position",
                              G_CALLBACK (gtk_widget_queue_draw), line);
  gtk_widget_queue_draw (GTK_WIDGET (line));
}

void
pw_hall_line_set_palette (PwHallLine *line, const ScenePalette *palette)
{
  line->palette = palette;
  gtk_widget_queue_draw (GTK_WIDGET (line));
}
