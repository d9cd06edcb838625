/* The bar below the stage: buttons, scrub bar, step counter, speed, counters.
 */

#include "transport.h"

#include <glib/gi18n-lib.h>

#define SPACING 6
#define MARGIN 12
#define MAX_PARTS 12

/* A child; rank 0 always stays, the highest rank leaves first. */
typedef struct {
  GtkWidget *widget;
  int rank;
} Part;

struct _PwTransport {
  GtkWidget parent_instance;
  PwPlayhead *head;
  Part parts[MAX_PARTS];
  guint part_count;
  GtkWidget *scrub, *play, *count, *speed;
  GtkWidget *hits, *faults; /* labels of the counters' values */
  gboolean uncounted;       /* there is nothing that they count */
};

G_DEFINE_FINAL_TYPE (PwTransport, pw_transport, GTK_TYPE_WIDGET)

static int
width_of (GtkWidget *widget, gboolean natural)
{
  int minimum, wanted;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &wanted,
                      NULL, NULL);
  return natural ? wanted : minimum;
}

/* The width of the parts up to a rank, the scrub bar at its least. */
static int
width_to_rank (PwTransport *transport, int rank)
{
  int width = 2 * MARGIN - SPACING;

  for (guint i = 0; i < transport->part_count; i++) {
    const Part *part = &transport->parts[i];

    if (part->rank > rank)
      continue;
    width += SPACING
             + width_of (part->widget, part->widget != transport->scrub);
  }
  return width;
}

static int
highest_rank (PwTransport *transport)
{
  int rank = 0;

  for (guint i = 0; i < transport->part_count; i++)
    rank = MAX (rank, transport->parts[i].rank);
  return transport->uncounted ? rank - 1 : rank;
}

static int
rank_that_fits (PwTransport *transport, int width)
{
  /* More than its least, or the scrub bar would be too short to grasp. */
  const int comfort = 120;
  int rank = highest_rank (transport);

  while (rank > 0 && width_to_rank (transport, rank) + comfort > width)
    rank--;
  return rank;
}

static void
pw_transport_measure (GtkWidget *widget, GtkOrientation orientation,
                      int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  PwTransport *transport = PW_TRANSPORT (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = width_to_rank (transport, 0);
    *natural = width_to_rank (transport, highest_rank (transport)) + 400;
    return;
  }

  *minimum = 0;
  for (guint i = 0; i < transport->part_count; i++) {
    int height;

    gtk_widget_measure (transport->parts[i].widget, orientation, -1, &height,
                        NULL, NULL, NULL);
    *minimum = MAX (*minimum, height);
  }
  *natural = *minimum;
}

static void
place (GtkWidget *child, int x, int width, int height, int whole)
{
  int wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &wanted, NULL,
                      NULL, NULL);
  wanted = MIN (wanted, height);
  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    x = whole - x - width;
  gtk_widget_size_allocate (
      child, &(GtkAllocation){x, (height - wanted) / 2, width, wanted}, -1);
}

static void
pw_transport_size_allocate (GtkWidget *widget, int width, int height,
                            int baseline)
{
  PwTransport *transport = PW_TRANSPORT (widget);
  int rank = rank_that_fits (transport, width);
  int spare = MAX (width - width_to_rank (transport, rank), 0);
  int x = MARGIN;

  for (guint i = 0; i < transport->part_count; i++) {
    const Part *part = &transport->parts[i];
    gboolean scrub = part->widget == transport->scrub;
    int part_width = width_of (part->widget, !scrub) + (scrub ? spare : 0);

    gtk_widget_set_child_visible (part->widget, part->rank <= rank);
    if (part->rank > rank)
      continue;
    place (part->widget, x, part_width, height, width);
    x += part_width + SPACING;
  }
}

static void
add_part (PwTransport *transport, GtkWidget *widget, int rank)
{
  g_assert (transport->part_count < MAX_PARTS);
  transport->parts[transport->part_count++] = (Part){widget, rank};
  gtk_widget_set_parent (widget, GTK_WIDGET (transport));
}

static GtkWidget *
new_button (const char *action, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  /* A click must not take the arrow keys away from stepping. */
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

/* Menus are made when they open: their widgets would slow down the start. */
static void
fill_speed_menu (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenu) menu = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  menu = g_menu_new ();
  g_menu_append (menu, "0.5×", "lesson.speed(0.5)");
  g_menu_append (menu, "1×", "lesson.speed(1.0)");
  g_menu_append (menu, "2×", "lesson.speed(2.0)");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static GtkWidget *
new_speed_menu (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button),
                                         fill_speed_menu, NULL, NULL);
  /* A label as the child, not as the label, has no arrow beside it. */
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), gtk_label_new ("1×"));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (button, _ ("Speed"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Speed"), -1);
  gtk_widget_add_css_class (button, "pw-speed");
  return button;
}

/* A small title above a number; *value is the number's label. */
static GtkWidget *
new_counter (const char *title, GtkWidget **value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);

  *value = gtk_label_new ("0");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (*value), 0);
  gtk_widget_add_css_class (label, "pw-small");
  gtk_widget_add_css_class (*value, "pw-number");
  gtk_widget_add_css_class (box, "pw-counter");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), *value);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (*value),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
  return box;
}

static void
on_step (PwTransport *transport)
{
  guint step = pw_playhead_get_step (transport->head);
  guint count = pw_playhead_get_count (transport->head);
  /* Kept as wide as its widest, so that the scrub bar does not jump. */
  int digits = count < 10 ? 1 : count < 100 ? 2 : count < 1000 ? 3 : 4;
  g_autofree char *text = g_strdup_printf ("%u / %u", step, count);
  /* Translators: spoken for the "5 / 9" beside the scrub bar. */
  g_autofree char *spoken = g_strdup_printf (_ ("Step %u of %u"), step, count);

  gtk_label_set_width_chars (GTK_LABEL (transport->count), 2 * digits + 3);
  gtk_label_set_text (GTK_LABEL (transport->count), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (transport->count),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
on_playing (PwTransport *transport)
{
  gboolean playing = pw_playhead_get_playing (transport->head);
  const char *name = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (GTK_BUTTON (transport->play),
                            playing ? "pw-pause-symbolic" : "pw-play-symbolic");
  gtk_widget_set_tooltip_text (transport->play, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (transport->play),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_speed (PwTransport *transport)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *label = NULL;

  g_ascii_formatd (number, sizeof number, "%g",
                   pw_playhead_get_speed (transport->head));
  label = g_strconcat (number, "×", NULL);
  gtk_label_set_text (GTK_LABEL (gtk_menu_button_get_child (
                          GTK_MENU_BUTTON (transport->speed))),
                      label);
}

static void
pw_transport_dispose (GObject *object)
{
  PwTransport *transport = PW_TRANSPORT (object);

  pw_transport_set_playhead (transport, NULL);
  for (guint i = 0; i < transport->part_count; i++)
    gtk_widget_unparent (transport->parts[i].widget);
  transport->part_count = 0;
  G_OBJECT_CLASS (pw_transport_parent_class)->dispose (object);
}

static void
pw_transport_class_init (PwTransportClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_transport_dispose;
  widget_class->measure = pw_transport_measure;
  widget_class->size_allocate = pw_transport_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "pwtransport");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pw_transport_init (PwTransport *transport)
{
  transport->play = new_button ("lesson.play", "pw-play-symbolic", _ ("Play"));
  gtk_widget_remove_css_class (transport->play, "flat");
  gtk_widget_add_css_class (transport->play, "suggested-action");
  gtk_widget_add_css_class (transport->play, "pw-play");
  transport->scrub = pw_scrub_new ();
  transport->count = gtk_label_new ("0 / 0");
  gtk_widget_add_css_class (transport->count, "pw-number");
  transport->speed = new_speed_menu ();

  add_part (transport,
            new_button ("lesson.first", "pw-first-symbolic", _ ("First step")),
            2);
  add_part (transport,
            new_button ("lesson.back", "pw-back-symbolic", _ ("Step back")), 0);
  add_part (transport, transport->play, 0);
  add_part (transport,
            new_button ("lesson.step", "pw-step-symbolic", _ ("Step")), 0);
  add_part (transport,
            new_button ("lesson.last", "pw-last-symbolic", _ ("Last step")), 2);
  add_part (transport,
            new_button ("lesson.over", "pw-over-symbolic", _ ("Step over")), 3);
  add_part (transport,
            new_button ("lesson.out", "pw-out-symbolic", _ ("Step out")), 3);
  add_part (transport, transport->scrub, 0);
  add_part (transport, transport->count, 0);
  add_part (transport, transport->speed, 1);
  add_part (transport, new_counter (_ ("TLB hits"), &transport->hits), 4);
  add_part (transport, new_counter (_ ("Faults"), &transport->faults), 4);

  gtk_accessible_update_property (GTK_ACCESSIBLE (transport),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Playback"),
                                  -1);
}

GtkWidget *
pw_transport_new (void)
{
  return g_object_new (PW_TYPE_TRANSPORT, NULL);
}

void
pw_transport_set_playhead (PwTransport *transport, PwPlayhead *head)
{
  if (transport->head != NULL)
    g_signal_handlers_disconnect_by_data (transport->head, transport);
  g_set_object (&transport->head, head);
  if (transport->part_count > 0)
    pw_scrub_set_playhead (PW_SCRUB (transport->scrub), head);
  if (head == NULL)
    return;

  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step),
                            transport);
  g_signal_connect_swapped (head, "notify::playing", G_CALLBACK (on_playing),
                            transport);
  g_signal_connect_swapped (head, "notify::speed", G_CALLBACK (on_speed),
                            transport);
  on_step (transport);
  on_playing (transport);
  on_speed (transport);
}

void
pw_transport_set_counters (PwTransport *transport, guint64 hits,
                           guint64 lookups, guint64 faults)
{
  g_autofree char *of = g_strdup_printf (
      "%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT, hits, lookups);
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, faults);

  gtk_label_set_text (GTK_LABEL (transport->hits), of);
  gtk_label_set_text (GTK_LABEL (transport->faults), count);
  gtk_widget_remove_css_class (transport->hits, "pw-miss");
  gtk_widget_remove_css_class (transport->hits, "pw-hit");
  if (lookups > 0)
    gtk_widget_add_css_class (transport->hits, hits > 0 ? "pw-hit" : "pw-miss");
  if (faults > 0)
    gtk_widget_add_css_class (transport->faults, "pw-fault");
  else
    gtk_widget_remove_css_class (transport->faults, "pw-fault");
}

void
pw_transport_set_counted (PwTransport *transport, gboolean counted)
{
  if (transport->uncounted == !counted)
    return;
  transport->uncounted = !counted;
  gtk_widget_queue_resize (GTK_WIDGET (transport));
}

PwScrub *
pw_transport_get_scrub (PwTransport *transport)
{
  return PW_SCRUB (transport->scrub);
}

GtkWidget *
pw_transport_get_play_button (PwTransport *transport)
{
  return transport->play;
}
