/* A beat in the prose: its title, and a row for each step it points at. */

#include "beat.h"

#include <glib/gi18n-lib.h>

#include "markup.h"

typedef enum { ROW_TO_COME, ROW_CURRENT, ROW_DONE } RowState;

typedef struct {
  GtkWidget *button, *bullet;
  const LessonText *text;
  guint64 cursor; /* that shows it */
  RowState state;
  gboolean veiled, seen;
} Row;

struct _PwBeat {
  GtkWidget parent_instance;
  const LessonBeatRange *range;
  GtkWidget *title;
  GArray *rows; /* of Row */
  guint64 veil; /* rows after this cursor are not shown before it is reached */
};

enum { GO, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwBeat, pw_beat, GTK_TYPE_WIDGET)

static const char *
style_of (RowState state)
{
  switch (state) {
  case ROW_TO_COME:
    return "to-come";
  case ROW_CURRENT:
    return "current";
  case ROW_DONE:
    return "done";
  }
  g_assert_not_reached ();
}

static const char *
icon_of (RowState state)
{
  switch (state) {
  case ROW_TO_COME:
    return "pw-to-come-symbolic";
  case ROW_CURRENT:
    return "pw-current-symbolic";
  case ROW_DONE:
    return "pw-done-symbolic";
  }
  g_assert_not_reached ();
}

static const char *
spoken (RowState state)
{
  switch (state) {
  case ROW_TO_COME:
    return _ ("to come");
  case ROW_CURRENT:
    return _ ("now");
  case ROW_DONE:
    return _ ("done");
  }
  g_assert_not_reached ();
}

static void
set_state (Row *row, RowState state)
{
  gtk_widget_remove_css_class (row->button, style_of (row->state));
  gtk_widget_add_css_class (row->button, style_of (state));
  gtk_image_set_from_icon_name (GTK_IMAGE (row->bullet), icon_of (state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  spoken (state), -1);
  row->state = state;
}

static void
name_after (GtkWidget *button, const LessonText *text)
{
  g_autofree char *name = lesson_text_plain (text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Nothing moves when the veil is lifted: the text is there, unseen. Where the
 * reader has been it is not put back. */
static void
set_veiled (Row *row, gboolean veiled)
{
  const char *why = _ ("Shown once you have answered, or come to it");

  row->seen |= row->state != ROW_TO_COME;
  veiled = veiled && !row->seen;

  if (row->veiled == veiled)
    return;
  row->veiled = veiled;
  gtk_widget_set_tooltip_text (row->button, veiled ? why : NULL);
  if (!veiled) {
    gtk_widget_remove_css_class (row->button, "veiled");
    name_after (row->button, row->text);
    return;
  }
  gtk_widget_add_css_class (row->button, "veiled");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, why, -1);
}

static void
on_row (GtkWidget *button, PwBeat *beat)
{
  for (guint i = 0; i < beat->rows->len; i++) {
    const Row *row = &g_array_index (beat->rows, Row, i);

    if (row->button == button)
      g_signal_emit (beat, signals[GO], 0, row->cursor);
  }
}

static void
on_title (PwBeat *beat)
{
  g_signal_emit (beat, signals[GO], 0, beat->range->first_step);
}

static void
add_title (PwBeat *beat)
{
  beat->title = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (beat->title),
                        pw_markup_title_new (beat->range->beat->title));
  gtk_widget_add_css_class (beat->title, "flat");
  gtk_widget_add_css_class (beat->title, "pw-beat-title");
  gtk_widget_set_tooltip_text (beat->title, _ ("Go to where this begins"));
  name_after (beat->title, beat->range->beat->title);
  gtk_widget_set_parent (beat->title, GTK_WIDGET (beat));
  g_signal_connect_swapped (beat->title, "clicked", G_CALLBACK (on_title),
                            beat);
}

static void
add_row (PwBeat *beat, const LessonText *text, guint64 cursor)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = pw_markup_title_new (text);
  Row row = {.button = gtk_button_new (),
             .bullet = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL),
             .text = text,
             .cursor = cursor};

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (row.bullet, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), row.bullet);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (row.button), box);
  gtk_widget_add_css_class (row.button, "flat");
  gtk_widget_add_css_class (row.button, "pw-point");
  name_after (row.button, text);
  gtk_widget_set_parent (row.button, GTK_WIDGET (beat));
  g_signal_connect (row.button, "clicked", G_CALLBACK (on_row), beat);
  set_state (&row, ROW_TO_COME);
  g_array_append_val (beat->rows, row);
}

static void
pw_beat_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&PW_BEAT (object)->rows, g_array_unref);
  G_OBJECT_CLASS (pw_beat_parent_class)->dispose (object);
}

static void
pw_beat_class_init (PwBeatClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_beat_dispose;
  gtk_widget_class_set_css_name (widget_class, "pwbeat");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  signals[GO] = g_signal_new ("go", PW_TYPE_BEAT, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
pw_beat_init (PwBeat *beat)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (beat));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  GTK_ORIENTATION_VERTICAL);
  beat->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  beat->veil = G_MAXUINT64;
}

GtkWidget *
pw_beat_new (const LessonBeatRange *range)
{
  PwBeat *beat = g_object_new (PW_TYPE_BEAT, NULL);
  const GPtrArray *points = range->beat->points;

  beat->range = range;
  add_title (beat);
  for (guint i = 0; i < points->len; i++) {
    const LessonPoint *point = g_ptr_array_index (points, i);

    add_row (beat, point->text, range->point_steps[i]);
  }
  name_after (GTK_WIDGET (beat), range->beat->title);
  return GTK_WIDGET (beat);
}

/* How many rows have been reached. At a beat's end the next beat begins, but
 * until its first step is taken the reader is still here. */
static guint
rows_reached (PwBeat *beat, guint64 cursor)
{
  guint reached = 0;

  while (reached < beat->rows->len
         && g_array_index (beat->rows, Row, reached).cursor <= cursor)
    reached++;
  return reached;
}

GtkWidget *
pw_beat_set_cursor (PwBeat *beat, guint64 cursor)
{
  guint reached = rows_reached (beat, cursor);
  gboolean over = cursor > beat->range->end_step;
  gboolean here = cursor > beat->range->first_step && !over;

  for (guint i = 0; i < beat->rows->len; i++) {
    RowState state = i + 1 < reached || (over && i < reached) ? ROW_DONE
                     : i + 1 == reached                       ? ROW_CURRENT
                                                              : ROW_TO_COME;

    Row *row = &g_array_index (beat->rows, Row, i);
    set_state (row, state);
    set_veiled (row, state == ROW_TO_COME && row->cursor > beat->veil);
  }
  if (here)
    gtk_widget_add_css_class (beat->title, "current");
  else
    gtk_widget_remove_css_class (beat->title, "current");
  if (!here)
    return NULL;
  return reached > 0 ? g_array_index (beat->rows, Row, reached - 1).button
                     : beat->title;
}

const LessonBeatRange *
pw_beat_get_range (PwBeat *beat)
{
  return beat->range;
}

void
pw_beat_set_veil (PwBeat *beat, guint64 from)
{
  beat->veil = from;
  for (guint i = 0; i < beat->rows->len; i++) {
    Row *row = &g_array_index (beat->rows, Row, i);
    set_veiled (row, row->state == ROW_TO_COME && row->cursor > from);
  }
}
