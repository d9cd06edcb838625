/* A card of the library: one part of the book and its lessons. */

#include "part-card.h"

#include <glib/gi18n-lib.h>

/* Rows before the rest is folded away. */
#define SHOWN 4

typedef struct {
  const LessonEntry *entry;
  GtkWidget *button, *bullet;
} Row;

struct _PwPartCard {
  GtkWidget parent_instance;
  const LessonPart *part;
  GtkWidget *count, *bar, *rows_box, *more;
  GArray *rows; /* of Row */
  gboolean unfolded;
  char *filter;
};

G_DEFINE_FINAL_TYPE (PwPartCard, pw_part_card, GTK_TYPE_WIDGET)

static gboolean
matches (const LessonEntry *entry, const char *filter)
{
  g_autofree char *title = NULL;
  g_autofree char *wanted = NULL;

  if (*filter == '\0')
    return TRUE;
  title = g_utf8_casefold (entry->title, -1);
  wanted = g_utf8_casefold (filter, -1);
  return strstr (title, wanted) != NULL;
}

/* The first rows, and every one that can be opened; all when unfolded or
 * searched. Returns how many are not shown. */
static guint
show_rows (PwPartCard *card)
{
  gboolean all = card->unfolded || *card->filter != '\0';
  guint left = card->rows->len, shown = 0, hidden = 0;

  for (guint i = 0; i < card->rows->len; i++, left--) {
    const Row *row = &g_array_index (card->rows, Row, i);
    gboolean fits = all || shown < SHOWN || row->entry->path != NULL
                    || (hidden == 0 && left == 1);
    gboolean visible = fits && matches (row->entry, card->filter);

    gtk_widget_set_visible (row->button, visible);
    shown += visible;
    hidden += !fits;
  }
  return hidden;
}

static void
update_rows (PwPartCard *card)
{
  guint hidden = show_rows (card);
  g_autofree char *label
      = g_strdup_printf (ngettext ("%u more", "%u more", hidden), hidden);

  gtk_button_set_label (GTK_BUTTON (card->more), label);
  gtk_widget_set_visible (card->more, hidden > 0);
}

static void
on_more (PwPartCard *card)
{
  card->unfolded = TRUE;
  update_rows (card);
}

/* Whether no lesson of the part is written yet. */
static gboolean
all_planned (const LessonPart *part)
{
  for (guint i = 0; i < part->lessons->len; i++) {
    const LessonEntry *entry = g_ptr_array_index (part->lessons, i);

    if (entry->path != NULL)
      return FALSE;
  }
  return TRUE;
}

static GtkWidget *
new_row_content (const PwPartCard *card, const LessonEntry *entry,
                 GtkWidget *bullet)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = gtk_label_new (entry->title);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), bullet);
  gtk_box_append (GTK_BOX (box), title);
  if (entry->path == NULL && !all_planned (card->part)) {
    GtkWidget *planned = gtk_label_new (_ ("planned"));

    gtk_widget_add_css_class (planned, "pw-small");
    gtk_box_append (GTK_BOX (box), planned);
  }
  return box;
}

/* A planned lesson is a row that nobody can press. */
static void
add_row (PwPartCard *card, const LessonEntry *entry)
{
  Row row = {.entry = entry,
             .button = gtk_button_new (),
             .bullet = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL)};

  gtk_button_set_child (GTK_BUTTON (row.button),
                        new_row_content (card, entry, row.bullet));
  gtk_widget_add_css_class (row.button, "flat");
  gtk_widget_add_css_class (row.button, "pw-lesson-row");
  gtk_widget_set_tooltip_text (row.button, entry->summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row.button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, entry->title,
                                  -1);
  if (entry->path != NULL) {
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row.button), "s",
                                      entry->id);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (row.button), "win.lesson");
  } else {
    gtk_widget_set_sensitive (row.button, FALSE);
    gtk_accessible_update_property (GTK_ACCESSIBLE (row.button),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    _ ("planned"), -1);
  }
  gtk_box_append (GTK_BOX (card->rows_box), row.button);
  g_array_append_val (card->rows, row);
}

static GtkWidget *
new_badge (const LessonPart *part)
{
  g_autofree char *number = g_strdup_printf ("%d", part->number);
  g_autofree char *style = g_strdup_printf ("part-%d", part->number);
  GtkWidget *badge = part->number > 0
                         ? gtk_label_new (number)
                         : gtk_image_new_from_icon_name ("pw-yours-symbolic");

  gtk_widget_add_css_class (badge, "pw-part-badge");
  gtk_widget_add_css_class (badge, style);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  return badge;
}

static GtkWidget *
new_title (PwPartCard *card)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_label_set_text (GTK_LABEL (title), card->part->title);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "pw-part-title");
  card->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (
      card->count, all_planned (card->part) ? "pw-small" : "pw-part-count");
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), card->count);
  return row;
}

static GtkWidget *
new_head (PwPartCard *card)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  card->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (card->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lessons finished"), -1);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_valign (right, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (right), new_title (card));
  gtk_box_append (GTK_BOX (right), card->bar);
  gtk_box_append (GTK_BOX (head), new_badge (card->part));
  gtk_box_append (GTK_BOX (head), right);
  return head;
}

static void
pw_part_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&PW_PART_CARD (object)->rows, g_array_unref);
  g_clear_pointer (&PW_PART_CARD (object)->filter, g_free);
  G_OBJECT_CLASS (pw_part_card_parent_class)->dispose (object);
}

static void
pw_part_card_class_init (PwPartCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_part_card_dispose;
  gtk_widget_class_set_css_name (widget_class, "pwpart");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pw_part_card_init (PwPartCard *card)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (card));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  card->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  card->filter = g_strdup ("");
}

GtkWidget *
pw_part_card_new (const LessonPart *part)
{
  PwPartCard *card = g_object_new (PW_TYPE_PART_CARD, NULL);
  GtkWidget *widget = GTK_WIDGET (card);

  card->part = part;
  gtk_widget_set_parent (new_head (card), widget);
  card->rows_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (card->rows_box, widget);
  for (guint i = 0; i < part->lessons->len; i++)
    add_row (card, g_ptr_array_index (part->lessons, i));

  card->more = gtk_button_new ();
  gtk_widget_set_halign (card->more, GTK_ALIGN_START);
  gtk_widget_add_css_class (card->more, "flat");
  gtk_widget_add_css_class (card->more, "pw-link");
  gtk_widget_add_css_class (card->more, "pw-more-lessons");
  g_signal_connect_swapped (card->more, "clicked", G_CALLBACK (on_more), card);
  gtk_widget_set_parent (card->more, widget);

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, part->title, -1);
  update_rows (card);
  return widget;
}

static const char *
set_row_progress (const Row *row, const PwMemory *memory)
{
  gboolean here = g_strcmp0 (memory->lesson, row->entry->id) == 0;

  if (here)
    gtk_widget_add_css_class (row->button, "current");
  else
    gtk_widget_remove_css_class (row->button, "current");
  if (pw_memory_is_finished (memory, row->entry->id)) {
    gtk_widget_add_css_class (row->button, "done");
    return "pw-done-symbolic";
  }
  return "pw-open-symbolic";
}

void
pw_part_card_set_progress (PwPartCard *card, const PwMemory *memory)
{
  g_autofree char *text = NULL;
  guint done = 0;

  for (guint i = 0; i < card->rows->len; i++) {
    const Row *row = &g_array_index (card->rows, Row, i);

    gtk_image_set_from_icon_name (GTK_IMAGE (row->bullet),
                                  set_row_progress (row, memory));
    done += pw_memory_is_finished (memory, row->entry->id);
  }
  text = all_planned (card->part)
             ? g_strdup (_ ("planned"))
             : g_strdup_printf ("%u/%u", done, card->rows->len);
  gtk_label_set_text (GTK_LABEL (card->count), text);
  gtk_progress_bar_set_fraction (
      GTK_PROGRESS_BAR (card->bar),
      card->rows->len > 0 ? (double) done / card->rows->len : 0);
}

gboolean
pw_part_card_filter (PwPartCard *card, const char *text)
{
  gboolean any = *text == '\0';

  g_free (card->filter);
  card->filter = g_strdup (text);
  update_rows (card);
  for (guint i = 0; i < card->rows->len && !any; i++)
    any = gtk_widget_get_visible (g_array_index (card->rows, Row, i).button);
  gtk_widget_set_visible (GTK_WIDGET (card), any);
  return any;
}
