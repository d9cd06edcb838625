/* The presenter's pointer: a dot, or a spotlight that dims all around it. */

#include "spot.h"

#include <glib/gi18n-lib.h>

/* Radii, as parts of the height. */
#define DOT 0.011
#define LIGHT 0.17

/* From here on outwards the light falls off. */
#define EDGE 0.93f
#define DIMMED 0.72f

struct _PwSpot {
  GtkWidget parent_instance;
  PwSpotKind kind;
  gboolean placed;
  double x, y;
};

G_DEFINE_FINAL_TYPE (PwSpot, pw_spot, GTK_TYPE_WIDGET)

static void
append_disc (GtkSnapshot *snapshot, float x, float y, float radius,
             const GdkRGBA *color)
{
  graphene_rect_t rect
      = GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius);
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (&disc, &rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, color, &rect);
  gtk_snapshot_pop (snapshot);
}

/* A white rim makes it seen on red, too. */
static void
append_pointer (GtkSnapshot *snapshot, float x, float y, float radius)
{
  append_disc (snapshot, x, y, radius * 1.3f, &(GdkRGBA){1, 1, 1, 0.9f});
  append_disc (snapshot, x, y, radius, &(GdkRGBA){0.88f, 0.11f, 0.14f, 1});
}

static void
append_light (GtkSnapshot *snapshot, const graphene_rect_t *whole, float x,
              float y, float radius)
{
  const GskColorStop stops[]
      = {{0, {0, 0, 0, 0}}, {EDGE, {0, 0, 0, 0}}, {1, {0, 0, 0, DIMMED}}};

  gtk_snapshot_append_radial_gradient (
      snapshot, whole, &GRAPHENE_POINT_INIT (x, y), radius, radius, 0, 1, stops,
      G_N_ELEMENTS (stops));
}

static void
pw_spot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PwSpot *spot = PW_SPOT (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float x = (float) spot->x * width, y = (float) spot->y * height;

  if (!spot->placed)
    return;
  switch (spot->kind) {
  case PW_SPOT_NONE:
    break;
  case PW_SPOT_POINTER:
    append_pointer (snapshot, x, y, (float) DOT * height);
    break;
  case PW_SPOT_LIGHT:
    append_light (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height), x, y,
                  (float) LIGHT * height);
    break;
  }
}

static void
pw_spot_class_init (PwSpotClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->snapshot = pw_spot_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pwspot");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pw_spot_init (PwSpot *spot)
{
  gtk_widget_set_can_target (GTK_WIDGET (spot), FALSE);
}

GtkWidget *
pw_spot_new (void)
{
  return g_object_new (PW_TYPE_SPOT, NULL);
}

void
pw_spot_set_kind (PwSpot *spot, PwSpotKind kind)
{
  spot->kind = kind;
  gtk_widget_queue_draw (GTK_WIDGET (spot));
}

PwSpotKind
pw_spot_get_kind (PwSpot *spot)
{
  return spot->kind;
}

void
pw_spot_point (PwSpot *spot, double x, double y)
{
  spot->x = CLAMP (x, 0, 1);
  spot->y = CLAMP (y, 0, 1);
  spot->placed = TRUE;
  if (spot->kind != PW_SPOT_NONE)
    gtk_widget_queue_draw (GTK_WIDGET (spot));
}
