/* An entry to be edited, and the goals that it must reach. */

#include <glib/gi18n-lib.h>

#include "answer.h"
#include "entry-editor.h"
#include "markup.h"
#include "question-edit.h"

#define PW_TYPE_ANSWER_EDIT (pw_answer_edit_get_type ())
G_DECLARE_FINAL_TYPE (PwAnswerEdit, pw_answer_edit, PW, ANSWER_EDIT, PwAnswer)

struct _PwAnswerEdit {
  PwAnswer parent_instance;
  GtkWidget *editor;
  GPtrArray *glyphs; /* one a goal, owned by the tree */
};

G_DEFINE_FINAL_TYPE (PwAnswerEdit, pw_answer_edit, PW_TYPE_ANSWER)

static char *
read_entry (PwAnswer *answer)
{
  PwAnswerEdit *self = PW_ANSWER_EDIT (answer);

  return self->editor != NULL
             ? pw_entry_editor_read (PW_ENTRY_EDITOR (self->editor))
             : NULL;
}

static void
write_entry (PwAnswer *answer, const char *text)
{
  PwAnswerEdit *self = PW_ANSWER_EDIT (answer);

  if (self->editor != NULL)
    pw_entry_editor_write (PW_ENTRY_EDITOR (self->editor), text);
}

static void
show_entry (PwAnswer *answer, const LessonVerdict *verdict)
{
  PwAnswerEdit *self = PW_ANSWER_EDIT (answer);

  if (self->editor != NULL)
    pw_entry_editor_show (PW_ENTRY_EDITOR (self->editor), verdict);
  for (guint i = 0; i < self->glyphs->len; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i + 1);
    pw_glyph_set (self->glyphs->pdata[i],
                  verdict != NULL ? lesson_verdict_part (verdict, id) : NULL);
  }
}

static void
pw_answer_edit_finalize (GObject *object)
{
  g_ptr_array_unref (PW_ANSWER_EDIT (object)->glyphs);
  G_OBJECT_CLASS (pw_answer_edit_parent_class)->finalize (object);
}

static void
pw_answer_edit_class_init (PwAnswerEditClass *class)
{
  PwAnswerClass *answer_class = PW_ANSWER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pw_answer_edit_finalize;
  answer_class->read = read_entry;
  answer_class->write = write_entry;
  answer_class->show = show_entry;
}

static void
pw_answer_edit_init (PwAnswerEdit *self)
{
  self->glyphs = g_ptr_array_new ();
}

static void
add_goal (PwAnswerEdit *self, const LessonChoice *goal)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *text = pw_markup_title_new (goal->text);
  GtkWidget *glyph = pw_glyph_new ();

  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (row, "pw-goal");
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), glyph);
  g_ptr_array_add (self->glyphs, glyph);
  pw_answer_append (PW_ANSWER (self), row);
}

GtkWidget *
pw_answer_edit_new (LessonPlay *play, const LessonQuestionPlace *place)
{
  PwAnswerEdit *self = g_object_new (PW_TYPE_ANSWER_EDIT, NULL);
  const GPtrArray *goals = place->question->choices;
  LessonEdited edited;

  for (guint i = 0; i < goals->len; i++)
    add_goal (self, goals->pdata[i]);
  if (!lesson_edited_find (play, place, &edited, NULL))
    return GTK_WIDGET (self);
  self->editor = pw_entry_editor_new (&edited.form, edited.raw);
  g_signal_connect_swapped (self->editor, "changed",
                            G_CALLBACK (pw_answer_changed), self);
  g_signal_connect_swapped (self->editor, "submit",
                            G_CALLBACK (pw_answer_submit), self);
  pw_answer_append (PW_ANSWER (self), self->editor);
  return GTK_WIDGET (self);
}
