/* Labels of the prose: their links are followed, and their words explained. */

#include "reading.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "markup.h"

/* So wide is the explanation of a word, in characters. */
#define WIDTH 38

typedef struct {
  char *title, *text;
  const char *lesson; /* that defines it; NULL: this one */
} Word;

static void
word_clear (Word *word)
{
  g_free (word->title);
  g_free (word->text);
}

static char *
join (const GPtrArray *paragraphs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < paragraphs->len; i++) {
    g_autofree char *plain = lesson_text_plain (paragraphs->pdata[i]);

    g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "", plain);
  }
  return g_string_free (text, FALSE);
}

/* What a link to a word says about it; false if it leads elsewhere, or nobody
 * knows the word. */
static gboolean
look_up (const PwReading *reading, const char *uri, Word *word)
{
  const char *id;
  const LessonDefinition *own;
  const LessonTerm *term;

  *word = (Word){NULL, NULL, NULL};
  if (!g_str_has_prefix (uri, PW_MARKUP_TERM))
    return FALSE;
  id = uri + strlen (PW_MARKUP_TERM);
  own = lesson_document_definition (reading->play->document, id);
  if (own != NULL) {
    word->title = lesson_text_plain (own->title);
    word->text = join (own->paragraphs);
    return TRUE;
  }
  term = reading->catalog != NULL ? lesson_catalog_term (reading->catalog, id)
                                  : NULL;
  if (term == NULL)
    return FALSE;
  *word = (Word){g_strdup (term->title), g_strdup (term->text), term->lesson};
  return TRUE;
}

static gboolean
is_in_glossary (const PwReading *reading, const char *uri)
{
  return reading->catalog != NULL
         && lesson_catalog_term (reading->catalog,
                                 uri + strlen (PW_MARKUP_TERM))
                != NULL;
}

/* Explaining ----------------------------------------------------------------
 */

static GtkWidget *
new_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_source (GtkWidget *button, const PwReading *reading)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);
  g_autofree char *uri = g_strconcat (
      PW_MARKUP_SEE,
      (const char *) g_object_get_data (G_OBJECT (button), "lesson"), NULL);

  gtk_popover_popdown (GTK_POPOVER (popover));
  reading->follow (uri, reading->data);
}

/* Where a word of another lesson comes from. */
static GtkWidget *
new_source (const PwReading *reading, const char *lesson)
{
  const LessonEntry *entry = lesson_catalog_find (reading->catalog, lesson);
  /* Translators: a lesson's title. */
  g_autofree char *text = g_strdup_printf (_ ("From “%s”"), entry->title);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "lesson", g_strdup (lesson),
                          g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_source),
                    (gpointer) reading);
  return button;
}

static void
on_glossary (GtkWidget *button, gpointer data)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);
  g_autofree char *id
      = g_strdup (g_object_get_data (G_OBJECT (button), "word"));

  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action (gtk_widget_get_parent (popover), "win.word", "s",
                              id);
}

/* The way to all other words. */
static GtkWidget *
new_glossary (const char *id)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("In the glossary"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "word", g_strdup (id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_glossary), NULL);
  return button;
}

static gboolean
unparent_later (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* A popover cannot be taken away while it closes. */
static void
on_popover_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_later, g_object_ref (popover),
                   g_object_unref);
}

/* What explains a line goes away with it when the text moves: a popover whose
 * place is on no screen is none. */
static void
close_with_text (GtkWidget *popover, GtkWidget *label)
{
  GtkWidget *scrolled
      = gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW);

  if (scrolled == NULL)
    return;
  g_signal_connect_object (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
      "value-changed", G_CALLBACK (gtk_popover_popdown), popover,
      G_CONNECT_SWAPPED);
}

/* The line or part of a line on which a link begins, in the label. */
static gboolean
place_of (GtkLabel *label, const char *uri, GdkRectangle *place)
{
  const LessonText *text = g_object_get_data (G_OBJECT (label), "text");
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoRectangle first, last;
  int start, end, x, y;

  if (!pw_markup_find_link (text, uri, &start, &end))
    return FALSE;
  gtk_label_get_layout_offsets (label, &x, &y);
  pango_layout_index_to_pos (layout, start, &first);
  pango_layout_index_to_pos (layout, end, &last);
  pango_extents_to_pixels (&first, NULL);
  pango_extents_to_pixels (&last, NULL);
  /* What goes on in the next line is pointed at where it begins. */
  if (last.y != first.y || last.x < first.x)
    last.x = first.x + first.width;
  *place = (GdkRectangle){x + first.x, y + first.y, last.x - first.x,
                          first.height};
  return TRUE;
}

static void
explain (const PwReading *reading, GtkWidget *label, const char *uri,
         const Word *word)
{
  GdkRectangle place;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "pw-word");
  gtk_box_append (GTK_BOX (box), new_line (word->title, "pw-card-name"));
  gtk_box_append (GTK_BOX (box), new_line (word->text, "pw-more"));
  if (word->lesson != NULL)
    gtk_box_append (GTK_BOX (box), new_source (reading, word->lesson));
  if (is_in_glossary (reading, uri))
    gtk_box_append (GTK_BOX (box),
                    new_glossary (uri + strlen (PW_MARKUP_TERM)));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, word->title, -1);
  gtk_widget_set_parent (popover, label);
  if (place_of (GTK_LABEL (label), uri, &place))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  close_with_text (popover, label);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* Labels --------------------------------------------------------------------
 */

static gboolean
on_link (GtkWidget *label, const char *uri, const PwReading *reading)
{
  Word word;

  if (g_str_has_prefix (uri, PW_MARKUP_SEE))
    reading->follow (uri, reading->data);
  else if (look_up (reading, uri, &word)) {
    explain (reading, label, uri, &word);
    word_clear (&word);
  }
  /* Nothing in a lesson is ever opened from elsewhere. */
  return GDK_EVENT_STOP;
}

/* GTK would show the link's address. */
static gboolean
on_tooltip (GtkLabel *label, int x G_GNUC_UNUSED, int y G_GNUC_UNUSED,
            gboolean keyboard G_GNUC_UNUSED, GtkTooltip *tooltip,
            const PwReading *reading)
{
  const char *uri = gtk_label_get_current_uri (label);
  Word word;

  if (uri == NULL || !look_up (reading, uri, &word))
    return FALSE;
  g_autofree char *text = g_strdup_printf ("%s: %s", word.title, word.text);
  gtk_tooltip_set_text (tooltip, text);
  word_clear (&word);
  return TRUE;
}

/* A lesson that is only planned cannot be gone to, nor a word be explained that
 * none of the known lessons defines. */
static gboolean
leads (const LessonRun *run, gconstpointer data)
{
  const PwReading *reading = data;
  const LessonEntry *entry;

  if (run->term != NULL)
    return lesson_document_definition (reading->play->document, run->term)
               != NULL
           || (reading->catalog != NULL
               && lesson_catalog_term (reading->catalog, run->term) != NULL);
  if (run->see == NULL)
    return FALSE;
  if (run->see->lesson == NULL || reading->catalog == NULL)
    return TRUE;
  entry = lesson_catalog_find (reading->catalog, run->see->lesson);
  return entry != NULL && entry->path != NULL;
}

static gboolean
has_links (const PwReading *reading, const LessonText *text)
{
  for (guint i = 0; i < text->runs->len; i++)
    if (leads (g_ptr_array_index (text->runs, i), reading))
      return TRUE;
  return FALSE;
}

GtkWidget *
pw_reading_label_new (const PwReading *reading, const LessonText *text)
{
  GtkWidget *label;
  g_autofree char *markup = NULL;

  if (text == NULL || !has_links (reading, text))
    return pw_markup_label_new (text);
  /* The way of the Tab key leads over its links. Could it be selected, it would
   * select all of itself on the way. */
  label = pw_markup_title_new (text);
  markup = pw_markup_with_links (text, leads, reading);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  g_object_set_data (G_OBJECT (label), "text", (gpointer) text);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "activate-link", G_CALLBACK (on_link),
                    (gpointer) reading);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_tooltip),
                    (gpointer) reading);
  return label;
}
