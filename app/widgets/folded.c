/* What stands before and behind a lesson's sections, folded away. */

#include "folded.h"

#include <glib/gi18n-lib.h>

#include "blocks.h"
#include "markup.h"
#include "teaching.h"

/* What most readers want to see only once is folded away. */
static void
add_folded (GtkWidget *box, const char *title, GtkWidget *contents)
{
  GtkWidget *expander = gtk_expander_new (title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (expander),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_expander_set_child (GTK_EXPANDER (expander), contents);
  /* GTK 4.8 looks for focus in the child even while it is folded away and
     stands in no window. */
  g_object_bind_property (expander, "expanded", contents, "can-focus",
                          G_BINDING_SYNC_CREATE);
  gtk_widget_add_css_class (expander, "pw-folded");
  gtk_box_append (GTK_BOX (box), expander);
}

static void
add_words (GtkWidget *box, const PwReading *reading,
           const GPtrArray *definitions)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < definitions->len; i++) {
    const LessonDefinition *definition = g_ptr_array_index (definitions, i);
    GtkWidget *title = pw_markup_label_new (definition->title);

    gtk_widget_add_css_class (title, "pw-card-name");
    gtk_box_append (GTK_BOX (words), title);
    for (guint j = 0; j < definition->paragraphs->len; j++)
      gtk_box_append (
          GTK_BOX (words),
          pw_reading_label_new (reading,
                                g_ptr_array_index (definition->paragraphs, j)));
  }
  add_folded (box, _ ("Words of this lesson"), words);
}

/* What the teacher is told would give answers away here: it has a page of its
 * own, and this leads to it. */
static void
add_notes (GtkWidget *box, const LessonDocument *document)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("For the teacher…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "lesson.teacher");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_visible (button, pw_teaching_is_needed (document));
  gtk_box_append (GTK_BOX (box), button);
}

void
pw_folded_add_list (GtkWidget *box, const PwReading *reading, const char *title,
                    const GPtrArray *items)
{
  if (items->len > 0)
    add_folded (box, title, pw_list_new (reading, items));
}

void
pw_folded_add_back (GtkWidget *box, const PwReading *reading)
{
  const LessonDocument *document = reading->play->document;

  if (document->definitions->len > 0)
    add_words (box, reading, document->definitions);
  pw_folded_add_list (box, reading, _ ("Where to read on"), document->reading);
  pw_folded_add_list (box, reading, _ ("Sources"), document->sources);
  add_notes (box, document);
}
