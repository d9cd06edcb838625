/* Items to be matched: each picks its target from a list. */

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "answer.h"
#include "markup.h"

#define PW_TYPE_ANSWER_MATCH (pw_answer_match_get_type ())
G_DECLARE_FINAL_TYPE (PwAnswerMatch, pw_answer_match, PW, ANSWER_MATCH,
                      PwAnswer)

struct _PwAnswerMatch {
  PwAnswer parent_instance;
  GPtrArray *lists, *glyphs; /* one an item, owned by the tree */
};

G_DEFINE_FINAL_TYPE (PwAnswerMatch, pw_answer_match, PW_TYPE_ANSWER)

/* Position 0 of every list says that nothing is picked. */
static char *
read_matches (PwAnswer *answer)
{
  PwAnswerMatch *self = PW_ANSWER_MATCH (answer);
  g_autoptr (GString) pairs = g_string_new (NULL);

  for (guint i = 0; i < self->lists->len; i++) {
    guint picked = gtk_drop_down_get_selected (self->lists->pdata[i]);
    if (picked != 0 && picked != GTK_INVALID_LIST_POSITION)
      g_string_append_printf (pairs, "%s%c=%u", pairs->len > 0 ? "; " : "",
                              'a' + (int) i, picked);
  }
  return pairs->len > 0 ? g_strdup (pairs->str) : NULL;
}

static void
write_matches (PwAnswer *answer, const char *text)
{
  PwAnswerMatch *self = PW_ANSWER_MATCH (answer);
  g_auto (GStrv) pairs = g_strsplit (text, ";", -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    const char *pair = g_strstrip (pairs[i]);
    guint item = (guint) (pair[0] - 'a');
    if (item < self->lists->len && pair[1] == '=')
      gtk_drop_down_set_selected (self->lists->pdata[item],
                                  (guint) atoi (pair + 2));
  }
}

static void
show_matches (PwAnswer *answer, const LessonVerdict *verdict)
{
  PwAnswerMatch *self = PW_ANSWER_MATCH (answer);

  for (guint i = 0; i < self->glyphs->len; i++) {
    const char id[] = {(char) ('a' + (int) i), '\0'};
    pw_glyph_set (self->glyphs->pdata[i],
                  verdict != NULL ? lesson_verdict_part (verdict, id) : NULL);
  }
}

static void
pw_answer_match_finalize (GObject *object)
{
  PwAnswerMatch *self = PW_ANSWER_MATCH (object);

  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->glyphs);
  G_OBJECT_CLASS (pw_answer_match_parent_class)->finalize (object);
}

static void
pw_answer_match_class_init (PwAnswerMatchClass *class)
{
  PwAnswerClass *answer_class = PW_ANSWER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pw_answer_match_finalize;
  answer_class->read = read_matches;
  answer_class->write = write_matches;
  answer_class->show = show_matches;
}

static void
pw_answer_match_init (PwAnswerMatch *self)
{
  self->lists = g_ptr_array_new ();
  self->glyphs = g_ptr_array_new ();
}

/* Long targets are cut where they are picked, and whole in the list. */
static void
on_setup (GtkSignalListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item,
          gpointer cut)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (GPOINTER_TO_INT (cut))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  else
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item)
{
  GtkStringObject *string = GTK_STRING_OBJECT (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (string));
}

static GtkListItemFactory *
new_factory (gboolean cut)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup),
                    GINT_TO_POINTER (cut));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  return factory;
}

static GtkWidget *
new_list (PwAnswerMatch *self, const LessonQuestion *question, const char *name)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) button = new_factory (TRUE);
  g_autoptr (GtkListItemFactory) popup = new_factory (FALSE);

  gtk_string_list_append (strings, _ ("choose…"));
  for (guint i = 0; i < question->targets->len; i++) {
    const LessonChoice *target = question->targets->pdata[i];
    gtk_string_list_take (strings, lesson_text_plain (target->text));
  }
  GtkWidget *list = gtk_drop_down_new (G_LIST_MODEL (strings), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (list), button);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (list), popup);
  gtk_widget_set_hexpand (list, TRUE);
  pw_answer_name (list, name);
  g_signal_connect_swapped (list, "notify::selected",
                            G_CALLBACK (pw_answer_changed), self);
  return list;
}

static void
add_item (PwAnswerMatch *self, const LessonQuestion *question, guint index)
{
  const LessonChoice *item = question->choices->pdata[index];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *glyph = pw_glyph_new ();
  g_autofree char *name = lesson_text_plain (item->text);
  GtkWidget *list = new_list (self, question, name);

  gtk_box_append (GTK_BOX (box), pw_markup_title_new (item->text));
  gtk_box_append (GTK_BOX (line), list);
  gtk_box_append (GTK_BOX (line), glyph);
  gtk_box_append (GTK_BOX (box), line);
  g_ptr_array_add (self->lists, list);
  g_ptr_array_add (self->glyphs, glyph);
  pw_answer_append (PW_ANSWER (self), box);
}

GtkWidget *
pw_answer_match_new (const LessonQuestion *question)
{
  PwAnswerMatch *self = g_object_new (PW_TYPE_ANSWER_MATCH, NULL);

  for (guint i = 0; i < question->choices->len; i++)
    add_item (self, question, i);
  return GTK_WIDGET (self);
}
