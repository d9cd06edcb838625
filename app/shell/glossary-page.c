/* All words of the book: what they mean, and which lessons use them. */

#include "glossary-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* A word that was asked for stands out so long, in milliseconds. */
#define STAND_OUT 1600

struct _PwGlossaryPage {
  GtkWidget parent_instance;
  GtkWidget *scrolled, *filter, *list, *nothing;
  const LessonCatalog *catalog;
  GPtrArray *rows; /* of GtkListBoxRow, one a word */
  char *wanted;    /* what words must hold, as it is compared */
  guint standing_out;
};

G_DEFINE_FINAL_TYPE (PwGlossaryPage, pw_glossary_page, GTK_TYPE_WIDGET)

/* Rows ----------------------------------------------------------------------
 */

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* A lesson's title that leads to it. */
static void
add_link (GString *markup, const LessonCatalog *catalog, const char *lesson)
{
  const LessonEntry *entry = lesson_catalog_find (catalog, lesson);
  g_autofree char *link = NULL;

  if (entry == NULL || entry->path == NULL)
    return;
  link = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", entry->id,
                                  entry->title);
  g_string_append_printf (markup, "%s%s", markup->len > 0 ? " · " : "", link);
}

static gboolean
on_link (GtkWidget *label, const char *lesson)
{
  gtk_widget_activate_action (label, "win.lesson", "s", lesson);
  return GDK_EVENT_STOP;
}

/* The lesson that defines the word comes first. */
static GtkWidget *
new_links (const LessonCatalog *catalog, const LessonTerm *term)
{
  GtkWidget *label = new_label (NULL, "pw-small");
  g_autoptr (GString) links = g_string_new (NULL);
  g_autofree char *markup = NULL;

  add_link (links, catalog, term->lesson);
  for (guint i = 0; i < term->lessons->len; i++) {
    const char *lesson = g_ptr_array_index (term->lessons, i);

    if (g_strcmp0 (lesson, term->lesson) != 0)
      add_link (links, catalog, lesson);
  }
  /* Translators: titles of the lessons that use a word. */
  markup = g_strdup_printf (_ ("In: %s"), links->str);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  g_signal_connect (label, "activate-link", G_CALLBACK (on_link), NULL);
  return label;
}

static GtkWidget *
new_row (const LessonCatalog *catalog, const LessonTerm *term)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (box, "pw-term");
  gtk_box_append (GTK_BOX (box), new_label (term->title, "pw-term-title"));
  gtk_box_append (GTK_BOX (box), new_label (term->text, NULL));
  gtk_box_append (GTK_BOX (box), new_links (catalog, term));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, term->title,
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, term->text, -1);
  return row;
}

static const LessonTerm *
term_of (PwGlossaryPage *page, guint i)
{
  return g_ptr_array_index (page->catalog->terms, i);
}

static void
build (PwGlossaryPage *page)
{
  if (page->catalog == NULL || page->rows->len > 0)
    return;
  for (guint i = 0; i < page->catalog->terms->len; i++) {
    GtkWidget *row = new_row (page->catalog, term_of (page, i));

    g_ptr_array_add (page->rows, row);
    gtk_list_box_append (GTK_LIST_BOX (page->list), row);
  }
  pw_glossary_page_filter (page, "");
}

/* Filtering -----------------------------------------------------------------
 */

static gboolean
holds (const char *text, const char *wanted)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, wanted) != NULL;
}

static void
on_filter (PwGlossaryPage *page)
{
  pw_glossary_page_filter (page,
                           gtk_editable_get_text (GTK_EDITABLE (page->filter)));
}

static gboolean
on_stood_out (gpointer data)
{
  PwGlossaryPage *page = data;

  for (guint i = 0; i < page->rows->len; i++)
    gtk_widget_remove_css_class (g_ptr_array_index (page->rows, i),
                                 "pw-asked-for");
  page->standing_out = 0;
  return G_SOURCE_REMOVE;
}

static void
stand_out (PwGlossaryPage *page, GtkWidget *row)
{
  g_clear_handle_id (&page->standing_out, g_source_remove);
  on_stood_out (page);
  gtk_widget_add_css_class (row, "pw-asked-for");
  page->standing_out = g_timeout_add (STAND_OUT, on_stood_out, page);
}

/* Object --------------------------------------------------------------------
 */

static void
pw_glossary_page_map (GtkWidget *widget)
{
  build (PW_GLOSSARY_PAGE (widget));
  GTK_WIDGET_CLASS (pw_glossary_page_parent_class)->map (widget);
}

static void
pw_glossary_page_dispose (GObject *object)
{
  PwGlossaryPage *page = PW_GLOSSARY_PAGE (object);

  g_clear_handle_id (&page->standing_out, g_source_remove);
  g_clear_pointer (&page->scrolled, gtk_widget_unparent);
  g_clear_pointer (&page->rows, g_ptr_array_unref);
  g_clear_pointer (&page->wanted, g_free);
  G_OBJECT_CLASS (pw_glossary_page_parent_class)->dispose (object);
}

static void
pw_glossary_page_class_init (PwGlossaryPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_glossary_page_dispose;
  widget_class->map = pw_glossary_page_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Words of the book"), -1);
  return list;
}

static GtkWidget *
new_filter (PwGlossaryPage *page)
{
  GtkWidget *filter = gtk_search_entry_new ();

  g_object_set (filter, "placeholder-text", _ ("Filter words…"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (filter),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filter words"), -1);
  g_signal_connect_swapped (filter, "changed", G_CALLBACK (on_filter), page);
  return filter;
}

static void
pw_glossary_page_init (PwGlossaryPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();

  page->rows = g_ptr_array_new ();
  page->wanted = g_strdup ("");
  page->filter = new_filter (page);
  page->list = new_list ();
  page->nothing
      = new_label (_ ("No word of the glossary holds that."), "pw-more");
  gtk_widget_add_css_class (box, "pw-library");
  gtk_box_append (GTK_BOX (box), page->filter);
  gtk_box_append (GTK_BOX (box), page->list);
  gtk_box_append (GTK_BOX (box), page->nothing);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  page->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page->scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->scrolled), clamp);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Glossary"),
                                  -1);
  gtk_widget_set_parent (page->scrolled, GTK_WIDGET (page));
}

GtkWidget *
pw_glossary_page_new (void)
{
  return g_object_new (PW_TYPE_GLOSSARY_PAGE, NULL);
}

void
pw_glossary_page_set_catalog (PwGlossaryPage *page,
                              const LessonCatalog *catalog)
{
  page->catalog = catalog;
}

void
pw_glossary_page_show_word (PwGlossaryPage *page, const char *id)
{
  build (page);
  gtk_editable_set_text (GTK_EDITABLE (page->filter), "");
  for (guint i = 0; i < page->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (page->rows, i);

    if (g_strcmp0 (term_of (page, i)->id, id) != 0)
      continue;
    stand_out (page, row);
    /* The scrolled window follows the focus. */
    gtk_widget_grab_focus (row);
  }
}

guint
pw_glossary_page_filter (PwGlossaryPage *page, const char *text)
{
  guint shown = 0;

  g_free (page->wanted);
  page->wanted = g_utf8_casefold (text, -1);
  for (guint i = 0; i < page->rows->len; i++) {
    const LessonTerm *term = term_of (page, i);
    gboolean fits = holds (term->title, page->wanted)
                    || holds (term->text, page->wanted);

    gtk_widget_set_visible (g_ptr_array_index (page->rows, i), fits);
    shown += fits;
  }
  gtk_widget_set_visible (page->list, shown > 0);
  gtk_widget_set_visible (page->nothing, shown == 0);
  return shown;
}
