/* All steps of a lesson as pictures, to go to one of them. */

#include "overview.h"

#include <glib/gi18n-lib.h>

#include "picture.h"
#include "sentence.h"

#define MOST_COLUMNS 5
#define MOST_FRAMES 20

struct _PwOverview {
  GtkWidget parent_instance;
  GtkWidget *scrolled, *grid;
  PwStage *stage;
  LessonPlay *play;
  guint wanted, frames; /* the step to focus; frames that it took so far */
};

enum { CHOSEN, LEFT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwOverview, pw_overview, GTK_TYPE_WIDGET)

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, PwOverview *overview)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *picture = pw_picture_new (overview->stage);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (box, "pw-overview-step");
  pw_picture_set_whole (PW_PICTURE (picture), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 10);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, PwOverview *overview)
{
  GtkWidget *picture
      = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (picture);
  guint step = gtk_list_item_get_position (item);
  g_autofree char *sentence = pw_sentence_at (
      overview->play, overview->play->first_step + step, NULL, NULL);
  g_autofree char *text = g_strdup_printf ("%u  %s", step, sentence);

  pw_picture_set_step (PW_PICTURE (picture), (int) step);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
on_activate (GtkGridView *grid, guint position, PwOverview *overview)
{
  g_signal_emit (overview, signals[CHOSEN], 0, position);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code,
        GdkModifierType state, PwOverview *overview)
{
  if (key != GDK_KEY_Tab)
    return FALSE;
  g_signal_emit (overview, signals[LEFT], 0);
  return TRUE;
}

static void
pw_overview_dispose (GObject *object)
{
  PwOverview *overview = PW_OVERVIEW (object);

  g_clear_pointer (&overview->scrolled, gtk_widget_unparent);
  g_clear_object (&overview->stage);
  G_OBJECT_CLASS (pw_overview_parent_class)->dispose (object);
}

static void
pw_overview_class_init (PwOverviewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_overview_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwoverview");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", PW_TYPE_OVERVIEW, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_UINT);
  signals[LEFT] = g_signal_new ("left", PW_TYPE_OVERVIEW, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pw_overview_init (PwOverview *overview)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), overview);
  gtk_widget_add_controller (GTK_WIDGET (overview), keys);
  overview->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (overview->scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (overview->scrolled, GTK_WIDGET (overview));
  gtk_accessible_update_property (GTK_ACCESSIBLE (overview),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All steps"), -1);
}

/* An item for each step; what it says is found when it is seen. */
static GtkSelectionModel *
new_model (const LessonPlay *play)
{
  GtkStringList *steps = gtk_string_list_new (NULL);

  for (guint64 cursor = play->first_step; cursor <= play->end_step; cursor++)
    gtk_string_list_append (steps, "");
  return GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (steps)));
}

GtkWidget *
pw_overview_new (PwStage *stage, LessonPlay *play)
{
  PwOverview *overview = g_object_new (PW_TYPE_OVERVIEW, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  overview->stage = g_object_ref (stage);
  overview->play = play;
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), overview,
                           0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), overview, 0);
  overview->grid = gtk_grid_view_new (new_model (play), factory);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (overview->grid), MOST_COLUMNS);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (overview->grid), MOST_COLUMNS);
  gtk_grid_view_set_single_click_activate (GTK_GRID_VIEW (overview->grid),
                                           TRUE);
  g_signal_connect (overview->grid, "activate", G_CALLBACK (on_activate),
                    overview);
  gtk_accessible_update_property (GTK_ACCESSIBLE (overview->grid),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All steps"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (overview->scrolled),
                                 overview->grid);
  return GTK_WIDGET (overview);
}

/* The child of the grid that stands for a step, if it is in sight. */
static GtkWidget *
find_child (PwOverview *overview, guint step)
{
  for (GtkWidget *child = gtk_widget_get_first_child (overview->grid);
       child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *box = gtk_widget_get_first_child (child);
    GtkWidget *picture = box != NULL ? gtk_widget_get_first_child (box) : NULL;

    if (picture != NULL && gtk_widget_get_child_visible (child)
        && pw_picture_get_step (PW_PICTURE (picture)) == (int) step)
      return child;
  }
  return NULL;
}

/* The grid scrolls once it has a size, and only then has a child for the
 * step. */
static gboolean
on_focusing (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PwOverview *overview = PW_OVERVIEW (widget);
  GtkWidget *child;

  gtk_widget_activate_action (overview->grid, "list.scroll-to-item", "u",
                              overview->wanted);
  child = find_child (overview, overview->wanted);
  if (gtk_widget_get_height (overview->grid) == 0
      || (child == NULL && ++overview->frames < MOST_FRAMES))
    return G_SOURCE_CONTINUE;
  if (child == NULL || !gtk_widget_grab_focus (child))
    gtk_widget_grab_focus (overview->grid);
  return G_SOURCE_REMOVE;
}

void
pw_overview_focus (PwOverview *overview, guint step)
{
  GtkSelectionModel *model
      = gtk_grid_view_get_model (GTK_GRID_VIEW (overview->grid));

  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (model), step);
  overview->wanted = step;
  overview->frames = 0;
  gtk_widget_grab_focus (overview->grid);
  gtk_widget_add_tick_callback (GTK_WIDGET (overview), on_focusing, NULL, NULL);
}
