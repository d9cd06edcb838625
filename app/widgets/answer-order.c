/* Items to be put into order: by dragging, by buttons, by Alt+Up and Down. */

#include <glib/gi18n-lib.h>

#include "answer.h"
#include "markup.h"

#define PW_TYPE_ANSWER_ORDER (pw_answer_order_get_type ())
G_DECLARE_FINAL_TYPE (PwAnswerOrder, pw_answer_order, PW, ANSWER_ORDER,
                      PwAnswer)

/* One item: its row, and what it shows. */
typedef struct {
  GtkWidget *row, *place, *up, *down, *glyph;
  char *name;
  guint letter;
} Item;

struct _PwAnswerOrder {
  PwAnswer parent_instance;
  GtkWidget *list;
  GPtrArray *items; /* of Item, as they stand */
};

G_DEFINE_FINAL_TYPE (PwAnswerOrder, pw_answer_order, PW_TYPE_ANSWER)

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_free (item);
}

/* Moving ------------------------------------------------------------------ */

static void
number_rows (PwAnswerOrder *self)
{
  for (guint i = 0; i < self->items->len; i++) {
    Item *item = self->items->pdata[i];
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    /* Translators: an item of a list to be put into order: its place, its
       text. */
    g_autofree char *name = g_strdup_printf (_ ("%u: %s"), i + 1, item->name);
    gtk_label_set_text (GTK_LABEL (item->place), number);
    pw_answer_name (item->row, name);
    gtk_widget_set_sensitive (item->up, i > 0);
    gtk_widget_set_sensitive (item->down, i + 1 < self->items->len);
  }
}

static gboolean
find_row (PwAnswerOrder *self, GtkWidget *row, guint *index)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((Item *) self->items->pdata[i])->row == row) {
      *index = i;
      return TRUE;
    }
  return FALSE;
}

static void
move (PwAnswerOrder *self, guint from, guint to)
{
  Item *item = self->items->pdata[from];

  if (from == to || to >= self->items->len)
    return;
  g_object_ref (item->row);
  gtk_list_box_remove (GTK_LIST_BOX (self->list), item->row);
  gtk_list_box_insert (GTK_LIST_BOX (self->list), item->row, (int) to);
  g_object_unref (item->row);
  g_ptr_array_steal_index (self->items, from);
  g_ptr_array_insert (self->items, (int) to, item);
  number_rows (self);
  gtk_widget_grab_focus (item->row);
  pw_answer_changed (PW_ANSWER (self));
}

static void
move_row (PwAnswerOrder *self, GtkWidget *row, int by)
{
  guint index;

  if (find_row (self, row, &index) && (by > 0 || index > 0))
    move (self, index, by > 0 ? index + 1 : index - 1);
}

static void
on_up (GtkWidget *button, PwAnswerOrder *self)
{
  move_row (self, gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW), -1);
}

static void
on_down (GtkWidget *button, PwAnswerOrder *self)
{
  move_row (self, gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW), 1);
}

/* The row in which the focus is moves with it. */
static gboolean
on_key (GtkWidget *widget, GVariant *by, gpointer data)
{
  PwAnswerOrder *self = data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus == NULL ? NULL
                   : GTK_IS_LIST_BOX_ROW (focus)
                       ? focus
                       : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);

  if (row != NULL)
    move_row (self, row, g_variant_get_int32 (by));
  return row != NULL;
}

/* Dragging ---------------------------------------------------------------- */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x G_GNUC_UNUSED,
            double y G_GNUC_UNUSED)
{
  GtkWidget *row
      = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag G_GNUC_UNUSED)
{
  GtkWidget *row
      = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

/* A row takes the place of the one that it is dropped on. */
static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x G_GNUC_UNUSED,
         double y G_GNUC_UNUSED, PwAnswerOrder *self)
{
  GtkWidget *onto
      = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  guint from, to;

  if (!find_row (self, g_value_get_object (value), &from)
      || !find_row (self, onto, &to))
    return FALSE;
  move (self, from, to);
  return TRUE;
}

static void
make_draggable (PwAnswerOrder *self, GtkWidget *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target
      = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), NULL);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

/* Answer ------------------------------------------------------------------ */

static char *
read_order (PwAnswer *answer)
{
  PwAnswerOrder *self = PW_ANSWER_ORDER (answer);
  GString *letters = g_string_new (NULL);

  for (guint i = 0; i < self->items->len; i++)
    g_string_append_printf (
        letters, "%s%c", i > 0 ? ", " : "",
        'a' + (int) ((Item *) self->items->pdata[i])->letter);
  return g_string_free (letters, FALSE);
}

static void
write_order (PwAnswer *answer, const char *text)
{
  PwAnswerOrder *self = PW_ANSWER_ORDER (answer);
  guint to = 0;

  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_islower (*p))
      continue;
    for (guint from = to; from < self->items->len; from++)
      if (((Item *) self->items->pdata[from])->letter == (guint) (*p - 'a'))
        move (self, from, to);
    to++;
  }
}

static void
show_order (PwAnswer *answer, const LessonVerdict *verdict)
{
  PwAnswerOrder *self = PW_ANSWER_ORDER (answer);

  for (guint i = 0; i < self->items->len; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i + 1);
    pw_glyph_set (((Item *) self->items->pdata[i])->glyph,
                  verdict != NULL ? lesson_verdict_part (verdict, id) : NULL);
  }
}

static void
pw_answer_order_finalize (GObject *object)
{
  g_ptr_array_unref (PW_ANSWER_ORDER (object)->items);
  G_OBJECT_CLASS (pw_answer_order_parent_class)->finalize (object);
}

static void
pw_answer_order_class_init (PwAnswerOrderClass *class)
{
  PwAnswerClass *answer_class = PW_ANSWER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pw_answer_order_finalize;
  answer_class->read = read_order;
  answer_class->write = write_order;
  answer_class->show = show_order;
}

static void
add_shortcut (PwAnswerOrder *self, GtkShortcutController *controller,
              const char *keys, int by)
{
  GtkShortcut *shortcut = gtk_shortcut_new_with_arguments (
      gtk_shortcut_trigger_parse_string (keys),
      gtk_callback_action_new (on_key, self, NULL), "i", by);

  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

static void
pw_answer_order_init (PwAnswerOrder *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list),
                                   GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "pw-order");
  pw_answer_name (self->list,
                  _ ("The order; Alt+Up and Alt+Down move an item"));
  add_shortcut (self, GTK_SHORTCUT_CONTROLLER (keys), "<Alt>Up", -1);
  add_shortcut (self, GTK_SHORTCUT_CONTROLLER (keys), "<Alt>Down", 1);
  gtk_widget_add_controller (self->list, keys);
  pw_answer_append (PW_ANSWER (self), self->list);
}

static GtkWidget *
new_button (PwAnswerOrder *self, const char *icon, const char *name,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "pw-move");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  pw_answer_name (button, name);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static void
add_item (PwAnswerOrder *self, const LessonChoice *choice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *text = pw_markup_title_new (choice->text);
  Item *item = g_new0 (Item, 1);

  item->name = lesson_text_plain (choice->text);
  item->letter = self->items->len;
  item->row = gtk_list_box_row_new ();
  item->place = gtk_label_new (NULL);
  item->glyph = pw_glyph_new ();
  item->up
      = new_button (self, "pw-up-symbolic", _ ("Move up"), G_CALLBACK (on_up));
  item->down = new_button (self, "pw-down-symbolic", _ ("Move down"),
                           G_CALLBACK (on_down));
  gtk_widget_add_css_class (item->place, "pw-number");
  gtk_widget_add_css_class (item->place, "pw-place");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), item->place);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), item->glyph);
  gtk_box_append (GTK_BOX (box), item->up);
  gtk_box_append (GTK_BOX (box), item->down);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (item->row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (item->row), FALSE);
  make_draggable (self, item->row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), item->row);
  g_ptr_array_add (self->items, item);
}

GtkWidget *
pw_answer_order_new (const LessonQuestion *question)
{
  PwAnswerOrder *self = g_object_new (PW_TYPE_ANSWER_ORDER, NULL);

  for (guint i = 0; i < question->choices->len; i++)
    add_item (self, question->choices->pdata[i]);
  number_rows (self);
  return GTK_WIDGET (self);
}
