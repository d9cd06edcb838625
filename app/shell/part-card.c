/* A card of the library: one part of the book and its lessons. */

#include "part-card.h"

#include <glib/gi18n-lib.h>

/* Rows before the rest is folded away. */
#define SHOWN 4

typedef struct {
  const LessonEntry *entry;
  GtkWidget *button, *bullet;
  GtkWidget *standing, *bar, *told; /* how far it is; the first holds both */
  GtkWidget *note;                  /* beside the title */
} Row;

struct _PwPartCard {
  GtkWidget parent_instance;
  const LessonPart *part;
  GtkWidget *count, *bar, *sum, *rows_box, *more;
  GArray *rows; /* of Row */
  gboolean unfolded;
};

G_DEFINE_FINAL_TYPE (PwPartCard, pw_part_card, GTK_TYPE_WIDGET)

/* The first rows, and every one that can be opened; all when unfolded.
 * Returns how many are not shown. */
static guint
show_rows (PwPartCard *card)
{
  guint left = card->rows->len, shown = 0, hidden = 0;

  for (guint i = 0; i < card->rows->len; i++, left--) {
    const Row *row = &g_array_index (card->rows, Row, i);
    gboolean fits = card->unfolded || shown < SHOWN || row->entry->path != NULL
                    || (hidden == 0 && left == 1);

    gtk_widget_set_visible (row->button, fits);
    shown += fits;
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

/* A bar and words, below the title. */
static GtkWidget *
new_standing (Row *row)
{
  row->standing = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  row->bar = g_object_new (GTK_TYPE_PROGRESS_BAR, "accessible-role",
                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  row->told = gtk_label_new (NULL);
  gtk_widget_set_valign (row->bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row->bar, "pw-lesson-bar");
  gtk_label_set_xalign (GTK_LABEL (row->told), 0);
  gtk_label_set_wrap (GTK_LABEL (row->told), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (row->told),
                                   GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_hexpand (row->told, TRUE);
  gtk_widget_add_css_class (row->told, "pw-small");
  gtk_box_append (GTK_BOX (row->standing), row->bar);
  gtk_box_append (GTK_BOX (row->standing), row->told);
  gtk_widget_set_visible (row->standing, FALSE);
  return row->standing;
}

static GtkWidget *
new_row_content (const PwPartCard *card, const LessonEntry *entry, Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (entry->title);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), new_standing (row));
  gtk_box_append (GTK_BOX (box), row->bullet);
  gtk_box_append (GTK_BOX (box), lines);
  row->note = gtk_label_new (
      entry->path == NULL && !all_planned (card->part) ? _ ("planned") : "");
  gtk_widget_add_css_class (row->note, "pw-small");
  gtk_widget_set_valign (row->note, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (row->note,
                          *gtk_label_get_text (GTK_LABEL (row->note)) != '\0');
  gtk_box_append (GTK_BOX (box), row->note);
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
                        new_row_content (card, entry, &row));
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
                                  _ ("How much of the part was seen"), -1);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_valign (right, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (right), new_title (card));
  gtk_box_append (GTK_BOX (right), card->bar);
  card->sum = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (card->sum), 0);
  gtk_label_set_wrap (GTK_LABEL (card->sum), TRUE);
  gtk_widget_add_css_class (card->sum, "pw-small");
  gtk_box_append (GTK_BOX (right), card->sum);
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
bullet_of (const ProgressLesson *lesson)
{
  if (lesson == NULL)
    return "pw-open-symbolic";
  return pw_standing_is_done (lesson) ? "pw-done-symbolic"
                                      : "pw-current-symbolic";
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
set_row_progress (const Row *row, const ProgressLesson *lesson, gboolean latest)
{
  g_autofree char *text = lesson != NULL ? pw_standing_text (lesson)
                                         : g_strdup ("");

  set_class (row->button, "current", latest);
  set_class (row->button, "begun", lesson != NULL);
  set_class (row->button, "done", pw_standing_is_done (lesson));
  gtk_image_set_from_icon_name (GTK_IMAGE (row->bullet), bullet_of (lesson));
  gtk_widget_set_visible (row->standing, lesson != NULL);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (row->bar),
                                 pw_standing_share (lesson));
  gtk_label_set_text (GTK_LABEL (row->told), text);
  if (row->entry->path != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row->button),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                    -1);
}

static void
show_sum (PwPartCard *card, const PwSum *sum)
{
  g_autofree char *text = pw_sum_text (sum);
  g_autofree char *count
      = all_planned (card->part)
            ? g_strdup (_ ("planned"))
            : g_strdup_printf ("%u/%u", sum->done, sum->lessons);

  gtk_label_set_text (GTK_LABEL (card->count), count);
  gtk_label_set_text (GTK_LABEL (card->sum), text);
  gtk_widget_set_visible (card->sum, sum->begun > 0);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (card->bar),
                                 sum->lessons > 0 ? sum->share / sum->lessons
                                                  : 0);
}

void
pw_part_card_set_progress (PwPartCard *card, const PwStandings *standings,
                           const char *latest)
{
  PwSum sum = {0};

  for (guint i = 0; i < card->rows->len; i++) {
    const Row *row = &g_array_index (card->rows, Row, i);
    const ProgressLesson *lesson
        = pw_standings_find (standings, row->entry->id);

    set_row_progress (row, lesson, g_strcmp0 (latest, row->entry->id) == 0);
    pw_sum_add (&sum, lesson);
  }
  show_sum (card, &sum);
}

void
pw_part_card_unfold (PwPartCard *card)
{
  on_more (card);
}

void
pw_part_card_set_note (PwPartCard *card, const char *lesson, const char *text,
                       const char *style)
{
  for (guint i = 0; i < card->rows->len; i++) {
    const Row *row = &g_array_index (card->rows, Row, i);
    const char *const classes[] = {"pw-small", style, NULL};

    if (row->entry->path == NULL || g_strcmp0 (row->entry->id, lesson) != 0)
      continue;
    gtk_label_set_text (GTK_LABEL (row->note), text);
    gtk_widget_set_visible (row->note, *text != '\0');
    gtk_widget_set_css_classes (row->note, (const char **) classes);
  }
}
