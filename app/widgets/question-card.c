/* The card that asks: a prediction, a choice, or an exercise. */

#include "question-card.h"

#include <glib/gi18n-lib.h>

#include "fonts.h"
#include "markup.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/question.ui"

struct _PwQuestion {
  GtkWidget parent_instance;
  GtkWidget *badge, *ask, *choices, *entry, *check, *feedback, *mark, *verdict;
  GtkWidget *true_step, *hint, *hint_button, *show_me, *renew;
  GPtrArray *radios; /* of GtkCheckButton */
  gboolean settled;

  /* A question of a lesson … */
  LessonPlay *play;
  const LessonQuestionPlace *place;
  /* … or an exercise and its present sheet. */
  const LessonExercise *exercise;
  LessonExerciseSheet *sheet;
};

enum { ANSWERED, SHOW_STEP, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwQuestion, pw_question, GTK_TYPE_WIDGET)

/* The looks of each mark: sign, style class, first words. */
typedef struct {
  const char *icon, *style, *words;
} MarkLook;

static MarkLook
look_of (LessonMark mark)
{
  switch (mark) {
  case LESSON_MARK_RIGHT:
    return (MarkLook){"pw-right-symbolic", "pw-right", _ ("Right.")};
  case LESSON_MARK_WRONG:
    return (MarkLook){"pw-wrong-symbolic", "pw-wrong", _ ("Not quite.")};
  case LESSON_MARK_PARTLY:
    return (MarkLook){"pw-wrong-symbolic", "pw-wrong", _ ("Partly right.")};
  case LESSON_MARK_UNREADABLE:
    return (MarkLook){"pw-unsure-symbolic", "pw-unsure",
                      _ ("That is not a number. Write it like 547 or 0x223.")};
  case LESSON_MARK_NOT_SURE:
    return (MarkLook){"pw-unsure-symbolic", "pw-unsure", ""};
  }
  g_assert_not_reached ();
}

static void
clear_looks (PwQuestion *question)
{
  const LessonMark marks[] = {LESSON_MARK_RIGHT, LESSON_MARK_WRONG,
                              LESSON_MARK_UNREADABLE, LESSON_MARK_NOT_SURE};

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    gtk_widget_remove_css_class (question->feedback, look_of (marks[i]).style);
    gtk_widget_remove_css_class (GTK_WIDGET (question),
                                 look_of (marks[i]).style);
  }
}

static char *
key_markup (const char *key)
{
  g_autofree char *told = g_markup_printf_escaped (
      "<span font_family=\"" SCENE_MONO_FAMILIES "\" weight=\"bold\">%s</span>",
      key);

  /* Translators: the right answer. Keep <b> and </b>. */
  return g_strdup_printf (_ ("<b>The answer is</b> %s."), told);
}

/* The line of feedback: the first words, the key if it is told, the reason. */
static char *
verdict_markup (LessonMark mark, const char *key, const char *why)
{
  gboolean told = mark == LESSON_MARK_NOT_SURE && key != NULL;
  g_autofree char *words
      = told ? key_markup (key)
             : g_markup_printf_escaped ("<b>%s</b>", look_of (mark).words);

  if (why == NULL || *why == '\0')
    return g_steal_pointer (&words);
  /* Translators: "Not quite.", and why: two sentences. */
  return g_strdup_printf (_ ("%s %s"), words, why);
}

static void
show_verdict (PwQuestion *question, LessonMark mark, const char *key,
              const char *why)
{
  MarkLook look = look_of (mark);
  g_autofree char *markup = verdict_markup (mark, key, why);

  clear_looks (question);
  gtk_image_set_from_icon_name (GTK_IMAGE (question->mark), look.icon);
  gtk_label_set_markup (GTK_LABEL (question->verdict), markup);
  gtk_widget_add_css_class (question->feedback, look.style);
  gtk_widget_add_css_class (GTK_WIDGET (question), look.style);
  gtk_widget_set_visible (question->feedback, TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (question->feedback), GTK_ACCESSIBLE_PROPERTY_LABEL,
      gtk_label_get_text (GTK_LABEL (question->verdict)), -1);
  gtk_widget_set_visible (question->true_step,
                          mark == LESSON_MARK_WRONG && question->place != NULL);
}

static void
mark_question (PwQuestion *question, const char *answer)
{
  LessonVerdict verdict
      = lesson_question_mark (question->play, question->place, answer);
  g_autofree char *why = pw_markup_of (verdict.why);
  LessonMark mark = verdict.mark;

  show_verdict (question, mark, verdict.key, why);
  lesson_verdict_clear (&verdict);
  if (mark == LESSON_MARK_RIGHT || mark == LESSON_MARK_NOT_SURE)
    question->settled = TRUE;
  g_signal_emit (question, signals[ANSWERED], 0, (int) mark);
}

static void
mark_exercise (PwQuestion *question, const char *answer)
{
  g_autofree char *why = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *key
      = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x (%" G_GUINT64_FORMAT ")",
                         question->sheet->key, question->sheet->key);
  LessonMark mark = lesson_exercise_mark (question->sheet, answer, &why);

  if (why != NULL)
    safe = g_markup_escape_text (why, -1);
  show_verdict (question, mark, key, safe);
  if (mark == LESSON_MARK_RIGHT || mark == LESSON_MARK_NOT_SURE)
    question->settled = TRUE;
  g_signal_emit (question, signals[ANSWERED], 0, (int) mark);
}

/* The number of the chosen answer as text, or NULL. */
static char *
chosen (PwQuestion *question)
{
  for (guint i = 0; i < question->radios->len; i++) {
    GtkCheckButton *radio = g_ptr_array_index (question->radios, i);

    if (gtk_check_button_get_active (radio))
      return g_strdup_printf ("%u", i + 1);
  }
  return NULL;
}

static void
on_check (PwQuestion *question)
{
  g_autofree char *answer = question->radios->len > 0
                                ? chosen (question)
                                : g_strstrip (g_strdup (gtk_editable_get_text (
                                    GTK_EDITABLE (question->entry))));

  if (answer != NULL && *answer != '\0')
    pw_question_answer (question, answer);
}

/* A check without an answer would say nothing. */
static void
on_changed (PwQuestion *question)
{
  g_autofree char *answer = chosen (question);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (question->entry));

  gtk_widget_set_sensitive (question->check, answer != NULL || *typed != '\0');
}

static void
on_hint (PwQuestion *question)
{
  gtk_widget_set_visible (question->hint,
                          !gtk_widget_get_visible (question->hint));
}

static void
on_show_me (PwQuestion *question)
{
  pw_question_answer (question, NULL);
  if (question->place != NULL)
    g_signal_emit (question, signals[SHOW_STEP], 0);
}

static void
on_true_step (PwQuestion *question)
{
  g_signal_emit (question, signals[SHOW_STEP], 0);
}

static void
set_sheet (PwQuestion *question, guint64 seed)
{
  g_autofree char *introduction = pw_markup_of (question->exercise->ask);
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;

  g_clear_pointer (&question->sheet, lesson_exercise_free);
  question->sheet = lesson_exercise_new (question->exercise->kind, seed);
  text = g_markup_escape_text (
      question->sheet != NULL ? question->sheet->ask : "", -1);
  both = g_strjoin (*introduction != '\0' ? "\n\n" : "", introduction, text,
                    NULL);
  gtk_label_set_markup (GTK_LABEL (question->ask), both);
}

static void
on_renew (PwQuestion *question)
{
  if (question->sheet == NULL)
    return;
  set_sheet (question, question->sheet->seed + 1);
  question->settled = FALSE;
  clear_looks (question);
  gtk_widget_set_visible (question->feedback, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (question->entry), "");
  gtk_widget_grab_focus (question->entry);
}

static void
add_choice (PwQuestion *question, const LessonChoice *choice)
{
  GtkWidget *radio = gtk_check_button_new ();
  g_autofree char *name = lesson_text_plain (choice->text);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (radio),
                              pw_markup_title_new (choice->text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (radio),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (question->radios->len > 0)
    gtk_check_button_set_group (
        GTK_CHECK_BUTTON (radio),
        GTK_CHECK_BUTTON (g_ptr_array_index (question->radios, 0)));
  g_signal_connect_swapped (radio, "toggled", G_CALLBACK (on_changed),
                            question);
  g_ptr_array_add (question->radios, g_object_ref (radio));
  gtk_box_append (GTK_BOX (question->choices), radio);
}

static void
pw_question_dispose (GObject *object)
{
  PwQuestion *question = PW_QUESTION (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&question->radios, g_ptr_array_unref);
  g_clear_pointer (&question->sheet, lesson_exercise_free);
  G_OBJECT_CLASS (pw_question_parent_class)->dispose (object);
}

static void
bind (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, PwQuestion, badge);
  gtk_widget_class_bind_template_child (class, PwQuestion, ask);
  gtk_widget_class_bind_template_child (class, PwQuestion, choices);
  gtk_widget_class_bind_template_child (class, PwQuestion, entry);
  gtk_widget_class_bind_template_child (class, PwQuestion, check);
  gtk_widget_class_bind_template_child (class, PwQuestion, feedback);
  gtk_widget_class_bind_template_child (class, PwQuestion, mark);
  gtk_widget_class_bind_template_child (class, PwQuestion, verdict);
  gtk_widget_class_bind_template_child (class, PwQuestion, true_step);
  gtk_widget_class_bind_template_child (class, PwQuestion, hint);
  gtk_widget_class_bind_template_child (class, PwQuestion, hint_button);
  gtk_widget_class_bind_template_child (class, PwQuestion, show_me);
  gtk_widget_class_bind_template_child (class, PwQuestion, renew);
  gtk_widget_class_bind_template_callback (class, on_check);
  gtk_widget_class_bind_template_callback (class, on_changed);
  gtk_widget_class_bind_template_callback (class, on_hint);
  gtk_widget_class_bind_template_callback (class, on_show_me);
  gtk_widget_class_bind_template_callback (class, on_true_step);
  gtk_widget_class_bind_template_callback (class, on_renew);
}

static void
pw_question_class_init (PwQuestionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_question_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  bind (widget_class);
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);

  signals[ANSWERED] = g_signal_new ("answered", PW_TYPE_QUESTION,
                                    G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SHOW_STEP] = g_signal_new ("show-step", PW_TYPE_QUESTION,
                                     G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
}

static void
pw_question_init (PwQuestion *question)
{
  question->radios = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (question));
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Your answer"), -1);
  on_changed (question);
}

static void
name_after (PwQuestion *question, const LessonText *ask)
{
  g_autofree char *name = lesson_text_plain (ask);

  gtk_accessible_update_property (GTK_ACCESSIBLE (question),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
pw_question_new (LessonPlay *play, const LessonQuestionPlace *place)
{
  PwQuestion *question = g_object_new (PW_TYPE_QUESTION, NULL);
  const LessonQuestion *source = place->question;
  g_autofree char *ask = pw_markup_of (source->ask);
  g_autofree char *hint
      = pw_markup_of (source->hints->len > 0 ? source->hints->pdata[0] : NULL);

  question->play = play;
  question->place = place;
  gtk_label_set_markup (GTK_LABEL (question->ask), ask);
  gtk_label_set_markup (GTK_LABEL (question->hint), hint);
  gtk_widget_set_visible (question->hint_button, source->hints->len > 0);
  name_after (question, source->ask);
  if (source->kind == LESSON_QUESTION_PREDICT)
    return GTK_WIDGET (question);

  gtk_label_set_text (GTK_LABEL (question->badge), _ ("Choose"));
  gtk_widget_set_visible (question->entry, FALSE);
  gtk_widget_set_visible (question->choices, TRUE);
  for (guint i = 0; i < source->choices->len; i++)
    add_choice (question, g_ptr_array_index (source->choices, i));
  return GTK_WIDGET (question);
}

GtkWidget *
pw_question_new_exercise (const LessonExercise *exercise)
{
  PwQuestion *question = g_object_new (PW_TYPE_QUESTION, NULL);

  question->exercise = exercise;
  gtk_label_set_text (GTK_LABEL (question->badge), _ ("Exercise"));
  gtk_widget_set_visible (question->hint_button, FALSE);
  gtk_widget_set_visible (question->renew, TRUE);
  set_sheet (question, exercise->seed);
  name_after (question, exercise->ask);
  return GTK_WIDGET (question);
}

const LessonQuestionPlace *
pw_question_get_place (PwQuestion *question)
{
  return question->place;
}

gboolean
pw_question_is_settled (PwQuestion *question)
{
  return question->settled;
}

void
pw_question_set_due (PwQuestion *question, gboolean due)
{
  if (due)
    gtk_widget_add_css_class (GTK_WIDGET (question), "due");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (question), "due");
}

void
pw_question_answer (PwQuestion *question, const char *answer)
{
  if (question->place != NULL)
    mark_question (question, answer);
  else if (question->sheet != NULL)
    mark_exercise (question, answer);
}
