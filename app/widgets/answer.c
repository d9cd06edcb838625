/* Where a question's answer is given: what all kinds have in common. */

#include "answer.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ABSTRACT_TYPE (PwAnswer, pw_answer, GTK_TYPE_WIDGET)

enum { CHANGED, SUBMIT, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
pw_answer_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pw_answer_parent_class)->dispose (object);
}

static void
pw_answer_class_init (PwAnswerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_answer_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwanswer");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", PW_TYPE_ANSWER, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SUBMIT] = g_signal_new ("submit", PW_TYPE_ANSWER, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pw_answer_init (PwAnswer *answer)
{
  GtkLayoutManager *layout
      = gtk_widget_get_layout_manager (GTK_WIDGET (answer));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
}

void
pw_answer_append (PwAnswer *answer, GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (answer), NULL);
}

void
pw_answer_changed (PwAnswer *answer)
{
  g_signal_emit (answer, signals[CHANGED], 0);
}

void
pw_answer_submit (PwAnswer *answer)
{
  g_signal_emit (answer, signals[SUBMIT], 0);
}

void
pw_answer_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Glyphs ------------------------------------------------------------------ */

static const char *const glyph_styles[]
    = {"pw-right", "pw-wrong", "pw-unsure", NULL};

/* Which of the three looks a mark has, and what it is called. */
static guint
look_of (LessonMark mark, const char **word)
{
  switch (mark) {
  case LESSON_MARK_RIGHT:
    *word = _ ("right");
    return 0;
  case LESSON_MARK_WRONG:
  case LESSON_MARK_PARTLY:
    *word = _ ("wrong");
    return 1;
  case LESSON_MARK_UNREADABLE:
    *word = _ ("unreadable");
    return 2;
  case LESSON_MARK_NOT_SURE:
    *word = _ ("left empty");
    return 2;
  }
  g_assert_not_reached ();
}

GtkWidget *
pw_glyph_new (void)
{
  GtkWidget *glyph = gtk_image_new ();

  gtk_widget_add_css_class (glyph, "pw-glyph");
  gtk_widget_set_valign (glyph, GTK_ALIGN_CENTER);
  pw_glyph_set (glyph, NULL);
  return glyph;
}

void
pw_glyph_set (GtkWidget *glyph, const LessonAnswerPart *part)
{
  static const char *const icons[]
      = {"pw-right-symbolic", "pw-wrong-symbolic", "pw-unsure-symbolic"};
  const char *word = "";
  guint look = part != NULL ? look_of (part->mark, &word) : 0;

  for (guint i = 0; glyph_styles[i] != NULL; i++)
    gtk_widget_remove_css_class (glyph, glyph_styles[i]);
  gtk_widget_set_opacity (glyph, part != NULL ? 1 : 0);
  gtk_widget_set_tooltip_text (glyph, part != NULL ? part->why : NULL);
  pw_answer_name (glyph, word);
  if (part == NULL)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (glyph), icons[look]);
  gtk_widget_add_css_class (glyph, glyph_styles[look]);
}

/* Public ------------------------------------------------------------------ */

GtkWidget *
pw_answer_new (LessonPlay *play, const LessonQuestionPlace *place)
{
  switch (place->question->kind) {
  case LESSON_QUESTION_PREDICT:
    return NULL;
  case LESSON_QUESTION_CHOOSE:
  case LESSON_QUESTION_SEVERAL:
    return pw_answer_choices_new (place->question);
  case LESSON_QUESTION_ORDER:
    return pw_answer_order_new (place->question);
  case LESSON_QUESTION_MATCH:
    return pw_answer_match_new (place->question);
  case LESSON_QUESTION_FILL:
    return pw_answer_fill_new (play, place);
  case LESSON_QUESTION_EDIT:
    return pw_answer_edit_new (play, place);
  case LESSON_QUESTION_BUILD:
    return pw_answer_build_new (play, place);
  }
  g_assert_not_reached ();
}

char *
pw_answer_read (PwAnswer *answer)
{
  return PW_ANSWER_GET_CLASS (answer)->read (answer);
}

void
pw_answer_write (PwAnswer *answer, const char *text)
{
  PW_ANSWER_GET_CLASS (answer)->write (answer, text);
}

void
pw_answer_show (PwAnswer *answer, const LessonVerdict *verdict)
{
  PW_ANSWER_GET_CLASS (answer)->show (answer, verdict);
}
