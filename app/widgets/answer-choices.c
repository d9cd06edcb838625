/* Choices to be ticked: one of them, or several. */

#include <string.h>

#include "answer.h"
#include "markup.h"

#define PW_TYPE_ANSWER_CHOICES (pw_answer_choices_get_type ())
G_DECLARE_FINAL_TYPE (PwAnswerChoices, pw_answer_choices, PW, ANSWER_CHOICES,
                      PwAnswer)

struct _PwAnswerChoices {
  PwAnswer parent_instance;
  GPtrArray *buttons, *glyphs; /* one a choice, owned by the tree */
};

G_DEFINE_FINAL_TYPE (PwAnswerChoices, pw_answer_choices, PW_TYPE_ANSWER)

static char *
read_choices (PwAnswer *answer)
{
  PwAnswerChoices *self = PW_ANSWER_CHOICES (answer);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (self->buttons->pdata[i]))
      g_string_append_printf (letters, "%s%c", letters->len > 0 ? ", " : "",
                              'a' + (int) i);
  return letters->len > 0 ? g_strdup (letters->str) : NULL;
}

static void
write_choices (PwAnswer *answer, const char *text)
{
  PwAnswerChoices *self = PW_ANSWER_CHOICES (answer);

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (self->buttons->pdata[i],
                                 strchr (text, 'a' + (int) i) != NULL);
}

static void
show_choices (PwAnswer *answer, const LessonVerdict *verdict)
{
  PwAnswerChoices *self = PW_ANSWER_CHOICES (answer);

  for (guint i = 0; i < self->glyphs->len; i++) {
    const char id[] = {(char) ('a' + (int) i), '\0'};
    pw_glyph_set (self->glyphs->pdata[i],
                  verdict != NULL ? lesson_verdict_part (verdict, id) : NULL);
  }
}

static void
pw_answer_choices_finalize (GObject *object)
{
  PwAnswerChoices *self = PW_ANSWER_CHOICES (object);

  g_ptr_array_unref (self->buttons);
  g_ptr_array_unref (self->glyphs);
  G_OBJECT_CLASS (pw_answer_choices_parent_class)->finalize (object);
}

static void
pw_answer_choices_class_init (PwAnswerChoicesClass *class)
{
  PwAnswerClass *answer_class = PW_ANSWER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pw_answer_choices_finalize;
  answer_class->read = read_choices;
  answer_class->write = write_choices;
  answer_class->show = show_choices;
}

static void
pw_answer_choices_init (PwAnswerChoices *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 0);
  self->buttons = g_ptr_array_new ();
  self->glyphs = g_ptr_array_new ();
}

static void
add_choice (PwAnswerChoices *self, const LessonChoice *choice, gboolean one)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *glyph = pw_glyph_new ();
  g_autofree char *name = lesson_text_plain (choice->text);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (button),
                              pw_markup_title_new (choice->text));
  gtk_widget_set_hexpand (button, TRUE);
  pw_answer_name (button, name);
  if (one && self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                                self->buttons->pdata[0]);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (pw_answer_changed),
                            self);
  gtk_widget_add_css_class (row, "pw-choice");
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), glyph);
  g_ptr_array_add (self->buttons, button);
  g_ptr_array_add (self->glyphs, glyph);
  pw_answer_append (PW_ANSWER (self), row);
}

GtkWidget *
pw_answer_choices_new (const LessonQuestion *question)
{
  PwAnswerChoices *self = g_object_new (PW_TYPE_ANSWER_CHOICES, NULL);
  gboolean one = question->kind == LESSON_QUESTION_CHOOSE;

  for (guint i = 0; i < question->choices->len; i++)
    add_choice (self, question->choices->pdata[i], one);
  return GTK_WIDGET (self);
}
