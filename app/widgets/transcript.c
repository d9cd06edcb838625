/* The transcript: the sentence of every step, to be read, searched, copied. */

#include "transcript.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "transcript-rows.h"
#include "transcript-view.h"

#define SPACING 6

struct _PwTranscript {
  GtkWidget parent_instance;
  GtkWidget *box, *search, *list, *all, *nothing;
  PwPlayhead *head;
  PwTranscriptRows *rows;
  GtkFilterListModel *found;
  GHashTable *bound; /* the row widgets in use; a set */
  char *wanted;      /* what is searched for, folded; or NULL */
  guint furthest;    /* step that the reader has come to */
};

G_DEFINE_FINAL_TYPE (PwTranscript, pw_transcript, GTK_TYPE_WIDGET)

/* Rows ----------------------------------------------------------------------
 */

/* The present step is marked. */
static void
mark_row (PwTranscript *transcript, GtkWidget *row)
{
  pw_transcript_view_mark (
      row, transcript->head != NULL
               && pw_transcript_view_get_step (row)
                      == pw_playhead_get_step (transcript->head));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, pw_transcript_view_new ());
}

/* As wide as the widest number, so that sentences begin in line. */
static int
digits_of (PwTranscript *transcript)
{
  guint count = pw_playhead_get_count (transcript->head);
  int digits = 1;

  for (; count >= 10; count /= 10)
    digits++;
  return digits;
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item,
         PwTranscript *transcript)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  pw_transcript_view_show (row, gtk_list_item_get_item (item),
                           digits_of (transcript));
  g_hash_table_add (transcript->bound, row);
  mark_row (transcript, row);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item,
           PwTranscript *transcript)
{
  g_hash_table_remove (transcript->bound, gtk_list_item_get_child (item));
}

static GtkListItemFactory *
new_factory (PwTranscript *transcript)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), transcript,
                           0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind),
                           transcript, 0);
  return factory;
}

/* Following the playhead ----------------------------------------------------
 */

static guint
step_at (PwTranscript *transcript, guint position)
{
  g_autoptr (PwTranscriptRow) row
      = g_list_model_get_item (G_LIST_MODEL (transcript->found), position);

  return pw_transcript_row_get_step (row);
}

/* The position of the last row up to a step; -1 if there is none. */
static int
position_of (PwTranscript *transcript, guint step)
{
  int first = 0;
  int end = (int) g_list_model_get_n_items (G_LIST_MODEL (transcript->found));

  while (first < end) {
    int middle = (first + end) / 2;

    if (step_at (transcript, (guint) middle) <= step)
      first = middle + 1;
    else
      end = middle;
  }
  return first - 1;
}

static void
scroll_to_step (PwTranscript *transcript)
{
  int position;

  if (transcript->head == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (transcript)))
    return;
  position = position_of (transcript, pw_playhead_get_step (transcript->head));
  if (position >= 0)
    gtk_widget_activate_action (transcript->list, "list.scroll-to-item", "u",
                                (guint) position);
}

static void
show_rows (PwTranscript *transcript)
{
  gboolean all
      = gtk_check_button_get_active (GTK_CHECK_BUTTON (transcript->all));
  guint shown = transcript->head == NULL ? 0
                : all ? pw_playhead_get_count (transcript->head)
                      : transcript->furthest;

  pw_transcript_rows_set_shown (transcript->rows, shown);
}

static void
show_nothing (PwTranscript *transcript)
{
  GListModel *found = G_LIST_MODEL (transcript->found);

  gtk_label_set_text (GTK_LABEL (transcript->nothing),
                      transcript->wanted != NULL
                          ? _ ("No step says that.")
                          : _ ("Nothing has happened yet."));
  gtk_widget_set_visible (transcript->nothing,
                          g_list_model_get_n_items (found) == 0);
}

static void
on_step (PwTranscript *transcript)
{
  GHashTableIter iter;
  gpointer row;

  transcript->furthest
      = MAX (transcript->furthest, pw_playhead_get_step (transcript->head));
  show_rows (transcript);
  g_hash_table_iter_init (&iter, transcript->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    mark_row (transcript, row);
  scroll_to_step (transcript);
}

static void
on_activate (GtkListView *list, guint position, PwTranscript *transcript)
{
  pw_playhead_show (transcript->head, step_at (transcript, position));
}

/* Searching -----------------------------------------------------------------
 */

static gboolean
says (gpointer item, gpointer data)
{
  PwTranscript *transcript = PW_TRANSCRIPT (data);
  g_autofree char *sentence = g_utf8_casefold (
      pw_transcript_row_get_sentence (PW_TRANSCRIPT_ROW (item)), -1);

  return transcript->wanted == NULL
         || strstr (sentence, transcript->wanted) != NULL;
}

static void
on_search (PwTranscript *transcript)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (transcript->search));
  GtkFilter *filter = gtk_filter_list_model_get_filter (transcript->found);

  g_clear_pointer (&transcript->wanted, g_free);
  if (*text != '\0')
    transcript->wanted = g_utf8_casefold (text, -1);
  /* Without a filter no sentence is made that is not seen. */
  if (transcript->wanted == NULL)
    gtk_filter_list_model_set_filter (transcript->found, NULL);
  else if (filter != NULL)
    gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
  else {
    g_autoptr (GtkFilter) new
        = GTK_FILTER (gtk_custom_filter_new (says, transcript, NULL));
    gtk_filter_list_model_set_filter (transcript->found, new);
  }
  show_nothing (transcript);
  scroll_to_step (transcript);
}

/* Escape empties the search first, and leaves it then. */
static void
on_stop_search (PwTranscript *transcript)
{
  if (transcript->wanted != NULL)
    gtk_editable_set_text (GTK_EDITABLE (transcript->search), "");
  else
    gtk_widget_grab_focus (transcript->list);
}

static void
on_copy (PwTranscript *transcript)
{
  g_autofree char *text = pw_transcript_get_text (transcript);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (transcript)),
                          text);
}

/* Object --------------------------------------------------------------------
 */

static void
pw_transcript_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pw_transcript_parent_class)->map (widget);
  scroll_to_step (PW_TRANSCRIPT (widget));
}

static void
pw_transcript_dispose (GObject *object)
{
  PwTranscript *transcript = PW_TRANSCRIPT (object);

  if (transcript->rows != NULL)
    pw_transcript_set_lesson (transcript, NULL, NULL);
  g_clear_pointer (&transcript->box, gtk_widget_unparent);
  g_clear_object (&transcript->found);
  g_clear_object (&transcript->rows);
  G_OBJECT_CLASS (pw_transcript_parent_class)->dispose (object);
}

static void
pw_transcript_finalize (GObject *object)
{
  PwTranscript *transcript = PW_TRANSCRIPT (object);

  g_hash_table_unref (transcript->bound);
  g_free (transcript->wanted);
  G_OBJECT_CLASS (pw_transcript_parent_class)->finalize (object);
}

static void
pw_transcript_class_init (PwTranscriptClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_transcript_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_transcript_finalize;
  widget_class->map = pw_transcript_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwtranscript");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
new_button (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
new_bar (PwTranscript *transcript)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *copy = new_button ("edit-copy-symbolic", _ ("Copy all"));
  GtkWidget *save
      = new_button ("document-save-symbolic", _ ("Save as a text file"));
  GtkWidget *close
      = new_button ("window-close-symbolic", _ ("Back to the text"));

  transcript->search = gtk_search_entry_new ();
  gtk_widget_set_hexpand (transcript->search, TRUE);
  g_object_set (transcript->search, "placeholder-text", _ ("Search steps…"),
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (transcript->search),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search steps"), -1);
  g_signal_connect_swapped (transcript->search, "search-changed",
                            G_CALLBACK (on_search), transcript);
  g_signal_connect_swapped (transcript->search, "stop-search",
                            G_CALLBACK (on_stop_search), transcript);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (on_copy), transcript);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save),
                                  "lesson.save-transcript");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "lesson.transcript");
  gtk_box_append (GTK_BOX (bar), transcript->search);
  gtk_box_append (GTK_BOX (bar), copy);
  gtk_box_append (GTK_BOX (bar), save);
  gtk_box_append (GTK_BOX (bar), close);
  gtk_widget_add_css_class (bar, "pw-transcript-bar");
  return bar;
}

static GtkWidget *
new_list (PwTranscript *transcript)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkNoSelection *selection;

  transcript->rows = pw_transcript_rows_new ();
  transcript->found = gtk_filter_list_model_new (
      g_object_ref (G_LIST_MODEL (transcript->rows)), NULL);
  gtk_filter_list_model_set_incremental (transcript->found, TRUE);
  g_signal_connect_swapped (transcript->found, "items-changed",
                            G_CALLBACK (show_nothing), transcript);
  selection
      = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (transcript->found)));
  transcript->list = gtk_list_view_new (GTK_SELECTION_MODEL (selection),
                                        new_factory (transcript));
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (transcript->list),
                                           TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (transcript->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Transcript"), -1);
  g_signal_connect (transcript->list, "activate", G_CALLBACK (on_activate),
                    transcript);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Transcript"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 transcript->list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
pw_transcript_init (PwTranscript *transcript)
{
  GtkWidget *bar = new_bar (transcript);
  GtkWidget *list = new_list (transcript);

  transcript->bound = g_hash_table_new (NULL, NULL);
  transcript->nothing = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (transcript->nothing), TRUE);
  gtk_widget_add_css_class (transcript->nothing, "pw-more");
  transcript->all = gtk_check_button_new_with_label (_ ("Steps to come, too"));
  gtk_widget_add_css_class (transcript->all, "pw-transcript-all");
  g_signal_connect_swapped (transcript->all, "toggled", G_CALLBACK (show_rows),
                            transcript);

  transcript->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_box_append (GTK_BOX (transcript->box), bar);
  gtk_box_append (GTK_BOX (transcript->box), transcript->nothing);
  gtk_box_append (GTK_BOX (transcript->box), list);
  gtk_box_append (GTK_BOX (transcript->box), transcript->all);
  gtk_widget_set_parent (transcript->box, GTK_WIDGET (transcript));
  gtk_accessible_update_property (GTK_ACCESSIBLE (transcript),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Transcript"), -1);
}

GtkWidget *
pw_transcript_new (void)
{
  return g_object_new (PW_TYPE_TRANSCRIPT, NULL);
}

void
pw_transcript_set_lesson (PwTranscript *transcript, LessonPlay *play,
                          PwPlayhead *head)
{
  if (transcript->head != NULL)
    g_signal_handlers_disconnect_by_data (transcript->head, transcript);
  pw_transcript_rows_set_lesson (transcript->rows, play);
  g_set_object (&transcript->head, head);
  transcript->furthest = 0;
  if (head == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (transcript->search), "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (transcript->all), FALSE);
  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step),
                            transcript);
  on_step (transcript);
  show_nothing (transcript);
}

char *
pw_transcript_get_text (PwTranscript *transcript)
{
  GListModel *rows = G_LIST_MODEL (transcript->rows);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (PwTranscriptRow) row = g_list_model_get_item (rows, i);

    g_string_append_printf (text, "%*u  %*s%s\n", digits_of (transcript),
                            pw_transcript_row_get_step (row),
                            2 * (int) pw_transcript_row_get_depth (row), "",
                            pw_transcript_row_get_sentence (row));
  }
  return g_string_free (text, FALSE);
}

void
pw_transcript_complain (PwTranscript *transcript, const char *problem)
{
  gtk_label_set_text (GTK_LABEL (transcript->nothing), problem);
  gtk_widget_set_visible (transcript->nothing, TRUE);
}

/* The rows are there once the list has its size. */
static gboolean
focus_step (gpointer data)
{
  PwTranscript *transcript = data;
  GHashTableIter iter;
  gpointer row;

  if (transcript->head == NULL)
    return G_SOURCE_REMOVE;
  gtk_widget_grab_focus (transcript->list);
  g_hash_table_iter_init (&iter, transcript->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    if (pw_transcript_view_get_step (row)
        == pw_playhead_get_step (transcript->head)) {
      gtk_widget_grab_focus (gtk_widget_get_parent (row));
      break;
    }
  return G_SOURCE_REMOVE;
}

void
pw_transcript_focus (PwTranscript *transcript)
{
  g_idle_add_full (G_PRIORITY_LOW, focus_step, g_object_ref (transcript),
                   g_object_unref);
}

void
pw_transcript_search (PwTranscript *transcript)
{
  gtk_widget_grab_focus (transcript->search);
}

GtkListView *
pw_transcript_get_list (PwTranscript *transcript)
{
  return GTK_LIST_VIEW (transcript->list);
}
