/* The card: what an item of the stage is, and the way to what changed it. */

#include "card.h"

#include <glib/gi18n-lib.h>

#define GAP 10    /* between card and item */
#define MARGIN 6  /* between card and the edge of the window */
#define TEXT 38   /* characters of a line */
#define WIDEST 46 /* of the card, its border included */

struct _PwCard {
  GtkWidget parent_instance;
  GtkWidget *box, *scrolled, *text;
  GtkWidget *name, *detail, *numbers, *hex, *decimal, *binary;
  GtkWidget *fields, *referrers;
  GtkWidget *where, *changed, *reasons, *buttons, *why, *next;
};

G_DEFINE_FINAL_TYPE (PwCard, pw_card, GTK_TYPE_WIDGET)

static void
pw_card_dispose (GObject *object)
{
  g_clear_pointer (&PW_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pw_card_parent_class)->dispose (object);
}

static void
pw_card_class_init (PwCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwcard");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
new_grid (GtkWidget *box)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_box_append (GTK_BOX (box), grid);
  return grid;
}

static GtkWidget *
add_number (GtkWidget *grid, int row, const char *title)
{
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *number = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (number), 0);
  gtk_widget_add_css_class (name, "pw-small");
  gtk_widget_add_css_class (number, "pw-number");
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), number, 1, row, 1, 1);
  return number;
}

static void
add_numbers (PwCard *card, GtkWidget *box)
{
  card->numbers = new_grid (box);
  card->hex = add_number (card->numbers, 0, _ ("hexadecimal"));
  card->decimal = add_number (card->numbers, 1, _ ("decimal"));
  card->binary = add_number (card->numbers, 2, _ ("binary"));
}

static void
add_buttons (PwCard *card, GtkWidget *box)
{
  card->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  card->why = gtk_button_new_with_label (_ ("Why?"));
  card->next = gtk_button_new_with_label (_ ("Next change"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (card->why), "item.why");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (card->next), "item.next");
  gtk_box_append (GTK_BOX (card->buttons), card->why);
  gtk_box_append (GTK_BOX (card->buttons), card->next);
  gtk_box_append (GTK_BOX (box), card->buttons);
}

static GtkWidget *
new_scrolled (GtkWidget *box)
{
  GtkWidget *widget = gtk_scrolled_window_new ();
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (widget);

  gtk_scrolled_window_set_policy (scrolled, GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (scrolled, TRUE);
  gtk_scrolled_window_set_propagate_natural_height (scrolled, TRUE);
  gtk_scrolled_window_set_child (scrolled, box);
  gtk_widget_set_vexpand (widget, TRUE);
  return widget;
}

static void
pw_card_init (PwCard *card)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  card->name = add_label (box, "pw-card-name");
  card->detail = add_label (box, "pw-more");
  add_numbers (card, box);
  card->fields = new_grid (box);
  card->referrers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gtk_box_append (GTK_BOX (box), card->referrers);
  card->where = add_label (box, "pw-small");
  card->changed = add_label (box, "pw-small");
  card->reasons = add_label (box, "pw-small");

  /* What is long scrolls; the buttons stay. */
  card->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  card->text = box;
  card->scrolled = new_scrolled (box);
  gtk_box_append (GTK_BOX (card->box), card->scrolled);
  add_buttons (card, card->box);
  gtk_widget_set_parent (card->box, GTK_WIDGET (card));
}

GtkWidget *
pw_card_new (void)
{
  return g_object_new (PW_TYPE_CARD, NULL);
}

static void
say (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

/* The fields of a record, as the source calls them. */
static void
set_fields (PwCard *card, const GPtrArray *fields)
{
  clear (card->fields);
  for (guint i = 0; fields != NULL && i + 1 < fields->len; i += 2) {
    GtkWidget *value
        = add_number (card->fields, (int) i / 2, g_ptr_array_index (fields, i));

    gtk_label_set_text (GTK_LABEL (value), g_ptr_array_index (fields, i + 1));
    gtk_label_set_wrap (GTK_LABEL (value), TRUE);
    gtk_label_set_max_width_chars (GTK_LABEL (value), TEXT - 12);
  }
  gtk_widget_set_visible (card->fields, fields != NULL);
}

/* A heading, and below it a line each. */
static void
set_referrers (PwCard *card, const GPtrArray *referrers)
{
  clear (card->referrers);
  for (guint i = 0; referrers != NULL && i < referrers->len; i++) {
    GtkWidget *label
        = add_label (card->referrers, i == 0 ? "pw-card-head" : "pw-card-line");

    gtk_label_set_text (GTK_LABEL (label), g_ptr_array_index (referrers, i));
  }
  gtk_widget_set_visible (card->referrers, referrers != NULL);
}

static void
describe (GtkWidget *button, const char *reason)
{
  gtk_widget_set_tooltip_text (button, reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
}

/* Why a button is of no use here. */
static void
set_reasons (PwCard *card, const PwDatum *datum, gboolean pinned)
{
  g_autofree char *both = NULL;

  describe (card->why, datum->no_why);
  describe (card->next, datum->no_next);
  if (datum->no_why != NULL && datum->no_next != NULL
      && datum->no_why != datum->no_next)
    both = g_strdup_printf ("%s\n%s", datum->no_why, datum->no_next);
  say (card->reasons, !pinned         ? NULL
                      : both != NULL  ? both
                      : datum->no_why ? datum->no_why
                                      : datum->no_next);
}

void
pw_card_set (PwCard *card, const PwDatum *datum, gboolean pinned)
{
  say (card->name, datum->name);
  say (card->detail, datum->detail);
  say (card->hex, datum->hex);
  say (card->decimal, datum->decimal);
  say (card->binary, datum->binary);
  set_fields (card, datum->fields);
  set_referrers (card, datum->referrers);
  say (card->where, datum->where);
  say (card->changed, datum->changed);
  gtk_widget_set_visible (card->numbers, datum->hex != NULL);
  gtk_widget_set_visible (card->buttons, pinned);
  set_reasons (card, datum, pinned);
  gtk_widget_set_can_target (GTK_WIDGET (card), pinned);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, datum->name, -1);
  /* It takes the focus, to be scrolled by keys. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (card->scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, datum->name,
                                  -1);
  if (pinned)
    gtk_widget_add_css_class (GTK_WIDGET (card), "pinned");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (card), "pinned");
}

static int
inside (int start, int length, int whole)
{
  return CLAMP (start, MARGIN, MAX (whole - MARGIN - length, MARGIN));
}

GdkRectangle
pw_card_place (GdkRectangle item, int card_width, int card_height, int width,
               int height)
{
  int right = item.x + item.width + GAP, left = item.x - GAP - card_width;
  int below = item.y + item.height + GAP;
  int room_below = height - MARGIN - below, room_above = item.y - GAP - MARGIN;
  GdkRectangle card
      = {0, 0, card_width, MIN (card_height, height - 2 * MARGIN)};

  card.y = inside (item.y, card.height, height);
  card.x = right;
  if (right + card_width + MARGIN <= width)
    return card;
  card.x = left;
  if (left >= MARGIN)
    return card;

  card.x = inside (item.x, card_width, width);
  if (room_below >= card_height || room_below >= room_above) {
    card.y = below;
    card.height = MIN (card_height, room_below);
    return card;
  }
  card.height = MIN (card_height, room_above);
  card.y = item.y - GAP - card.height;
  return card;
}

GdkRectangle
pw_card_rect (GtkWidget *area, GtkWidget *stage, const SceneRect *rect)
{
  double x = 0, y = 0;

  gtk_widget_translate_coordinates (stage, area, rect->x, rect->y, &x, &y);
  return (GdkRectangle){(int) x, (int) y, (int) rect->width + 1,
                        (int) rect->height + 1};
}

/* The part of an item that its scrolled window shows; false for none. */
static gboolean
visible_part (GtkWidget *area, GtkWidget *stage, GdkRectangle *item)
{
  GtkWidget *scrolled
      = gtk_widget_get_ancestor (stage, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;
  GdkRectangle view;

  if (scrolled == NULL || !gtk_widget_compute_bounds (scrolled, area, &bounds))
    return TRUE;
  view = (GdkRectangle){(int) bounds.origin.x, (int) bounds.origin.y,
                        (int) bounds.size.width, (int) bounds.size.height};
  return gdk_rectangle_intersect (item, &view, item);
}

/* So many characters of the card's own font. */
static int
widest (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_char_width (metrics) * WIDEST;

  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (width);
}

static int
height_of (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height,
                      NULL, NULL);
  return height;
}

static int
least_width_of (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                      NULL, NULL);
  return least;
}

/* The height in which nothing scrolls. A scrolled window asks for that of its
 * child at the child's least width, where the lines are many. */
static int
wanted_height (PwCard *card, int width)
{
  GtkWidget *widget = GTK_WIDGET (card);
  int inside = width - least_width_of (widget) + least_width_of (card->box);

  return height_of (widget, width) - height_of (card->scrolled, inside)
         + height_of (card->text, inside);
}

void
pw_card_allocate (PwCard *card, GtkWidget *stage, const SceneRect *rect)
{
  GtkWidget *widget = GTK_WIDGET (card), *area = gtk_widget_get_parent (widget);
  GdkRectangle item = pw_card_rect (area, stage, rect), box;
  int width = gtk_widget_get_width (area), least, wide, high;

  gtk_widget_set_child_visible (widget, visible_part (area, stage, &item));
  if (!gtk_widget_get_child_visible (widget))
    return;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wide,
                      NULL, NULL);
  wide = MAX (MIN (wide, MIN (widest (widget), width - 2 * MARGIN)), least);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, wide, &least, NULL,
                      NULL, NULL);
  high = wanted_height (card, wide);
  box = pw_card_place (item, wide, high, width, gtk_widget_get_height (area));
  box.height = MAX (box.height, least);
  gtk_widget_size_allocate (widget, &box, -1);
}
