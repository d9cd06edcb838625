/* What was found in the book for the words that are being typed. */

#include "finder.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "markup.h"

/* More would have to be scrolled to; another letter is typed sooner. */
#define MOST 24

/* A row is kept for the next query: making one costs more than filling it. */
typedef struct {
  GtkWidget *row, *text, *where;
} Row;

struct _PwFinder {
  GtkWidget parent_instance;
  GtkWidget *stack, *list, *nothing;
  GArray *rows; /* of Row */
  const LessonCatalog *catalog;
  LessonSearch *search;
  GPtrArray *hits;
  guint growing; /* idle source */
};

G_DEFINE_FINAL_TYPE (PwFinder, pw_finder, GTK_TYPE_WIDGET)

/* Rows ----------------------------------------------------------------------
 */

static GtkWidget *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_row (PwFinder *finder)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  Row row = {.row = gtk_list_box_row_new (),
             .text = new_label ("pw-found"),
             .where = new_label ("pw-small")};

  gtk_widget_add_css_class (box, "pw-find");
  gtk_box_append (GTK_BOX (box), row.text);
  gtk_box_append (GTK_BOX (box), row.where);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row.row), box);
  gtk_list_box_append (GTK_LIST_BOX (finder->list), row.row);
  g_array_append_val (finder->rows, row);
}

/* The snippet with the word that was found in bold. */
static char *
markup_of (const LessonHit *hit)
{
  g_autofree char *before
      = g_markup_escape_text (hit->snippet, (gssize) hit->start);
  g_autofree char *word = g_markup_escape_text (
      hit->snippet + hit->start, (gssize) (hit->end - hit->start));
  g_autofree char *after = g_markup_escape_text (hit->snippet + hit->end, -1);

  return g_strconcat (before, "<b>", word, "</b>", after, NULL);
}

static gboolean
is_planned (PwFinder *finder, const LessonHit *hit)
{
  const LessonEntry *entry = lesson_catalog_find (finder->catalog, hit->lesson);

  return entry == NULL || entry->path == NULL;
}

static char *
where_of (PwFinder *finder, const LessonHit *hit)
{
  const LessonTerm *term
      = hit->term != NULL ? lesson_catalog_term (finder->catalog, hit->term)
                          : NULL;

  if (term != NULL)
    /* Translators: a word of the glossary. */
    return g_strdup_printf (_ ("Glossary · %s"), term->title);
  if (is_planned (finder, hit))
    return g_strdup (_ ("planned"));
  if (hit->role == LESSON_ROLE_TITLE)
    return g_strdup (_ ("Lesson"));
  if (hit->section[0] == '\0' || hit->role == LESSON_ROLE_HEADING)
    return g_strdup (hit->title);
  /* Translators: a lesson, and a section of it. */
  return g_strdup_printf (_ ("%s · %s"), hit->title, hit->section);
}

static void
fill_row (PwFinder *finder, const Row *row, const LessonHit *hit)
{
  g_autofree char *markup = markup_of (hit);
  g_autofree char *where = where_of (finder, hit);
  gboolean leads = hit->term != NULL || !is_planned (finder, hit);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), where, hit->snippet);

  gtk_label_set_markup (GTK_LABEL (row->text), markup);
  gtk_label_set_text (GTK_LABEL (row->where), where);
  gtk_widget_set_sensitive (row->row, leads);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_hits (PwFinder *finder)
{
  while (finder->rows->len < finder->hits->len)
    add_row (finder);
  for (guint i = 0; i < finder->rows->len; i++) {
    const Row *row = &g_array_index (finder->rows, Row, i);
    gboolean used = i < finder->hits->len;

    if (used)
      fill_row (finder, row, g_ptr_array_index (finder->hits, i));
    gtk_widget_set_visible (row->row, used);
  }
  gtk_stack_set_visible_child_name (GTK_STACK (finder->stack),
                                    finder->hits->len > 0 ? "list" : "nothing");
}

static void
open_hit (PwFinder *finder, const LessonHit *hit)
{
  g_autofree char *uri = g_strconcat (PW_MARKUP_SEE, hit->lesson,
                                      hit->place[0] != '\0' ? "#" : "",
                                      hit->place, NULL);

  if (hit->term != NULL)
    gtk_widget_activate_action (GTK_WIDGET (finder), "win.word", "s",
                                hit->term);
  else if (!is_planned (finder, hit))
    gtk_widget_activate_action (GTK_WIDGET (finder), "win.lesson", "s", uri);
}

static void
on_row (PwFinder *finder, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (finder->hits != NULL && index < finder->hits->len)
    open_hit (finder, g_ptr_array_index (finder->hits, index));
}

/* The index -----------------------------------------------------------------
 */

static gboolean
on_idle (gpointer data)
{
  PwFinder *finder = data;

  if (lesson_search_grow (finder->search))
    return G_SOURCE_CONTINUE;
  finder->growing = 0;
  return G_SOURCE_REMOVE;
}

static void
finish_index (PwFinder *finder)
{
  g_clear_handle_id (&finder->growing, g_source_remove);
  while (lesson_search_grow (finder->search))
    ;
}

static void
forget (PwFinder *finder)
{
  g_clear_handle_id (&finder->growing, g_source_remove);
  g_clear_pointer (&finder->hits, g_ptr_array_unref);
  g_clear_pointer (&finder->search, lesson_search_free);
}

/* Object --------------------------------------------------------------------
 */

static void
pw_finder_dispose (GObject *object)
{
  PwFinder *finder = PW_FINDER (object);

  forget (finder);
  g_clear_pointer (&finder->rows, g_array_unref);
  g_clear_pointer (&finder->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (pw_finder_parent_class)->dispose (object);
}

static void
pw_finder_class_init (PwFinderClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_finder_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_nothing (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = g_object_new (
      GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
      "icon-name", "system-search-symbolic", "pixel-size", 96, NULL);
  GtkWidget *title = gtk_label_new (_ ("Nothing found"));
  GtkWidget *note = gtk_label_new (
      _ ("No lesson and no word of the glossary has all of that."));

  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_justify (GTK_LABEL (note), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_widget_add_css_class (title, "pw-heading");
  gtk_widget_add_css_class (note, "pw-more");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), note);
  return box;
}

static GtkWidget *
new_list (PwFinder *finder)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  finder->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (finder->list),
                                   GTK_SELECTION_NONE);
  gtk_widget_set_valign (finder->list, GTK_ALIGN_START);
  gtk_widget_add_css_class (finder->list, "boxed-list");
  gtk_widget_add_css_class (finder->list, "pw-finds");
  gtk_accessible_update_property (GTK_ACCESSIBLE (finder->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What was found"), -1);
  g_signal_connect_swapped (finder->list, "row-activated", G_CALLBACK (on_row),
                            finder);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), finder->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What was found"), -1);
  return scrolled;
}

static void
pw_finder_init (PwFinder *finder)
{
  finder->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  finder->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (finder->stack), new_list (finder), "list");
  gtk_stack_add_named (GTK_STACK (finder->stack), new_nothing (), "nothing");
  gtk_widget_set_parent (finder->stack, GTK_WIDGET (finder));
}

GtkWidget *
pw_finder_new (void)
{
  return g_object_new (PW_TYPE_FINDER, NULL);
}

void
pw_finder_set_catalog (PwFinder *finder, const LessonCatalog *catalog)
{
  forget (finder);
  finder->catalog = catalog;
  finder->search = lesson_search_begin (catalog);
  finder->growing = g_idle_add_full (G_PRIORITY_LOW, on_idle, finder, NULL);
}

void
pw_finder_set_query (PwFinder *finder, const char *query)
{
  finish_index (finder);
  g_clear_pointer (&finder->hits, g_ptr_array_unref);
  finder->hits = lesson_search_find (finder->search, query, MOST);
  show_hits (finder);
}

void
pw_finder_open_first (PwFinder *finder)
{
  if (finder->hits != NULL && finder->hits->len > 0)
    open_hit (finder, g_ptr_array_index (finder->hits, 0));
}

void
pw_finder_focus (PwFinder *finder)
{
  gtk_widget_child_focus (finder->list, GTK_DIR_TAB_FORWARD);
}

const GPtrArray *
pw_finder_get_hits (PwFinder *finder)
{
  return finder->hits;
}
