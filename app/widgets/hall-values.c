/* The operations of a beat, to be done with other values. */

#include "hall-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "variation.h"

#define MOST_LINES 6

struct _PwHallValues {
  GtkWidget parent_instance;
  GtkWidget *wrong;
  GPtrArray *entries; /* owned by the tree */
};

/* What an entry stands for. */
typedef struct {
  char *beat;
  guint index;
} Line;

enum { CHANGED, LEFT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwHallValues, pw_hall_values, GTK_TYPE_WIDGET)

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->beat);
  g_free (line);
}

static void
on_activate (GtkEntry *entry, PwHallValues *values)
{
  const Line *line = g_object_get_data (G_OBJECT (entry), "pw-line");

  g_signal_emit (values, signals[CHANGED], 0, line->beat, line->index,
                 gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code,
        GdkModifierType state, PwHallValues *values)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  g_signal_emit (values, signals[LEFT], 0);
  return TRUE;
}

static void
add_line (PwHallValues *values, const char *beat, guint index,
          const LessonDo *operation)
{
  GtkWidget *entry = gtk_entry_new ();
  Line *line = g_new0 (Line, 1);
  const char *comment = strstr (operation->line, "  #");
  g_autofree char *text
      = comment != NULL
            ? g_strndup (operation->line, (gsize) (comment - operation->line))
            : g_strdup (operation->line);

  line->beat = g_strdup (beat);
  line->index = index;
  g_object_set_data_full (G_OBJECT (entry), "pw-line", line, line_free);
  gtk_editable_set_text (GTK_EDITABLE (entry), g_strstrip (text));
  gtk_widget_add_css_class (entry, "pw-number");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Operation"), -1);
  g_signal_connect (entry, "activate", G_CALLBACK (on_activate), values);
  gtk_widget_insert_before (entry, GTK_WIDGET (values), values->wrong);
  g_ptr_array_add (values->entries, entry);
}

static void
add_lines (PwHallValues *values, const char *beat, const GPtrArray *dos,
           const char *with)
{
  for (guint i = 0; i < dos->len && values->entries->len < MOST_LINES; i++) {
    const LessonDo *operation = dos->pdata[i];

    if (with == NULL || strstr (operation->line, with) != NULL)
      add_line (values, beat, i, operation);
  }
}

static void
pw_hall_values_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pw_hall_values_parent_class)->dispose (object);
}

static void
pw_hall_values_finalize (GObject *object)
{
  g_ptr_array_unref (PW_HALL_VALUES (object)->entries);
  G_OBJECT_CLASS (pw_hall_values_parent_class)->finalize (object);
}

static void
pw_hall_values_class_init (PwHallValuesClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_hall_values_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_hall_values_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwhallvalues");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new (
      "changed", PW_TYPE_HALL_VALUES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", PW_TYPE_HALL_VALUES, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
pw_hall_values_init (PwHallValues *values)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkLayoutManager *layout
      = gtk_widget_get_layout_manager (GTK_WIDGET (values));
  GtkWidget *title = new_label (
      _ ("With other values: change one, then press Return"), "pw-hall-ask");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  GTK_ORIENTATION_VERTICAL);
  values->entries = g_ptr_array_new ();
  values->wrong = new_label (NULL, "pw-hall-wrong");
  gtk_widget_set_visible (values->wrong, FALSE);
  gtk_widget_set_parent (title, GTK_WIDGET (values));
  gtk_widget_set_parent (values->wrong, GTK_WIDGET (values));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), values);
  gtk_widget_add_controller (GTK_WIDGET (values), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (values),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("With other values"), -1);
}

GtkWidget *
pw_hall_values_new (const LessonPlay *play, guint64 cursor)
{
  PwHallValues *values = g_object_new (PW_TYPE_HALL_VALUES, NULL);
  int at = MAX (lesson_play_beat_at (play, cursor), 0);

  if (play->beats->len > 0) {
    const LessonBeat *beat
        = g_array_index (play->beats, LessonBeatRange, at).beat;
    add_lines (values, beat->id, beat->dos, NULL);
  }
  add_lines (values, NULL, play->document->machine, "seed=");
  return GTK_WIDGET (values);
}

void
pw_hall_values_focus (PwHallValues *values)
{
  GtkEditable *first;
  guint start, end;

  if (values->entries->len == 0)
    return;
  first = values->entries->pdata[0];
  gtk_widget_grab_focus (GTK_WIDGET (first));
  if (lesson_variation_find_value (gtk_editable_get_text (first), &start, &end))
    gtk_editable_select_region (first, (int) start, (int) end);
}

void
pw_hall_values_refuse (PwHallValues *values, const char *why)
{
  gtk_label_set_text (GTK_LABEL (values->wrong), why);
  gtk_widget_set_visible (values->wrong, TRUE);
}
