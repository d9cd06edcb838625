/* The card that asks: a question of any kind, or an exercise. */

#include "question-card.h"

#include <glib/gi18n-lib.h>

#include "answer.h"
#include "feedback.h"
#include "hints.h"
#include "markup.h"
#include "verdict.h"
#include "way.h"
#include "wrap-layout.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/question.ui"

struct _PwQuestion {
  GtkWidget parent_instance;
  GtkWidget *badge, *ask, *body, *entry, *check, *feedback, *mark, *verdict;
  GtkWidget *parts, *after, *true_step, *again, *hints, *hint_button, *show_me,
      *renew, *promise;
  PwFeedback told;
  PwHints help;
  PwAnswer *answer; /* in the body; NULL: the entry takes the answer */
  gboolean settled, marked;

  /* A question of a lesson … */
  LessonPlay *play;
  const LessonQuestionPlace *place;
  /* … or an exercise and its present sheet, whose play and place they are. */
  const LessonExercise *exercise;
  LessonExerciseSheet *sheet;
};

enum { MARKED, ANSWERED, SHOW_STEP, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwQuestion, pw_question, GTK_TYPE_WIDGET)

/* An exercise has a machine of its own, which no stage shows: what it did is
 * told in words, below the feedback. To be freed. */
static char *
with_way (PwQuestion *question, const LessonVerdict *verdict, char *markup)
{
  if (question->exercise == NULL || verdict->mark != LESSON_MARK_NOT_SURE)
    return markup;

  g_autoptr (GPtrArray) way = scene_way (question->play, question->place);
  GString *both = g_string_new (markup);
  g_free (markup);
  for (guint i = 0; i < way->len; i++) {
    g_autofree char *sentence
        = g_markup_escape_text (g_ptr_array_index (way, i), -1);
    g_string_append_printf (both, "%s• %s", i == 0 ? "\n\n" : "\n", sentence);
  }
  return g_string_free (both, FALSE);
}

/* Verdicts ---------------------------------------------------------------- */

static void
hide_feedback (PwQuestion *question)
{
  question->marked = FALSE;
  pw_feedback_hide (&question->told);
  gtk_widget_set_visible (question->after, FALSE);
  if (question->answer != NULL)
    pw_answer_show (question->answer, NULL);
}

static void
show_verdict (PwQuestion *question, const LessonVerdict *verdict)
{
  gboolean wrong = verdict->mark == LESSON_MARK_WRONG
                   || verdict->mark == LESSON_MARK_PARTLY;
  g_autofree char *why
      = verdict->why != NULL
            ? pw_markup_of (verdict->why)
            : g_markup_escape_text (verdict->says != NULL ? verdict->says : "",
                                    -1);
  g_autofree char *markup
      = with_way (question, verdict,
                  pw_verdict_markup (verdict, question->answer != NULL, why));

  pw_feedback_show (&question->told, verdict, markup);
  gtk_widget_set_visible (question->after, wrong && question->exercise == NULL);
  gtk_widget_set_visible (question->again, question->answer != NULL);
  question->settled |= verdict->mark == LESSON_MARK_RIGHT
                       || verdict->mark == LESSON_MARK_NOT_SURE;
}

/* Who is not sure is shown the answer where it belongs. */
static void
show_in_place (PwQuestion *question, const LessonVerdict *verdict)
{
  if (question->answer == NULL)
    return;
  if (verdict->mark == LESSON_MARK_NOT_SURE && verdict->key != NULL)
    pw_answer_write (question->answer, verdict->key);
  pw_answer_show (question->answer, verdict);
}

static void
mark_question (PwQuestion *question, const char *answer, gboolean tell)
{
  LessonVerdict verdict
      = lesson_question_mark (question->play, question->place, answer);
  LessonMark mark = verdict.mark;

  /* First kept, then shown. */
  if (tell)
    g_signal_emit (question, signals[MARKED], 0, answer, &verdict);
  hide_feedback (question);
  show_in_place (question, &verdict);
  show_verdict (question, &verdict);
  question->marked = TRUE;
  lesson_verdict_clear (&verdict);
  if (tell)
    g_signal_emit (question, signals[ANSWERED], 0, (int) mark);
}

/* The answer as it stands, or NULL. */
static char *
given_answer (PwQuestion *question)
{
  if (question->answer != NULL)
    return pw_answer_read (question->answer);
  g_autofree char *typed = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry))));
  return *typed != '\0' ? g_steal_pointer (&typed) : NULL;
}

static void
on_check (PwQuestion *question)
{
  g_autofree char *answer = given_answer (question);

  if (answer != NULL)
    pw_question_answer (question, answer);
}

/* A check without an answer would say nothing; and marks belong to the answer
 * that was marked. */
static void
on_changed (PwQuestion *question)
{
  g_autofree char *answer = given_answer (question);

  gtk_widget_set_sensitive (question->check, answer != NULL);
  if (question->marked && question->answer != NULL)
    hide_feedback (question);
}

static void
on_again (PwQuestion *question)
{
  hide_feedback (question);
  gtk_widget_child_focus (GTK_WIDGET (question->answer), GTK_DIR_TAB_FORWARD);
}

static void
on_hint (PwQuestion *question)
{
  pw_hints_next (&question->help);
}

static void
on_show_me (PwQuestion *question)
{
  pw_question_answer (question, NULL);
  if (question->exercise == NULL)
    g_signal_emit (question, signals[SHOW_STEP], 0);
}

static void
on_true_step (PwQuestion *question)
{
  g_signal_emit (question, signals[SHOW_STEP], 0);
}

static void
pw_question_dispose (GObject *object)
{
  PwQuestion *question = PW_QUESTION (object);
  GtkWidget *child;

  /* What the answer says while it goes away is of no interest. */
  if (question->answer != NULL)
    g_signal_handlers_disconnect_by_data (question->answer, question);
  question->answer = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&question->sheet, lesson_exercise_free);
  G_OBJECT_CLASS (pw_question_parent_class)->dispose (object);
}

static void on_renew (PwQuestion *question);

static void
bind (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, PwQuestion, badge);
  gtk_widget_class_bind_template_child (class, PwQuestion, ask);
  gtk_widget_class_bind_template_child (class, PwQuestion, body);
  gtk_widget_class_bind_template_child (class, PwQuestion, entry);
  gtk_widget_class_bind_template_child (class, PwQuestion, check);
  gtk_widget_class_bind_template_child (class, PwQuestion, feedback);
  gtk_widget_class_bind_template_child (class, PwQuestion, mark);
  gtk_widget_class_bind_template_child (class, PwQuestion, verdict);
  gtk_widget_class_bind_template_child (class, PwQuestion, parts);
  gtk_widget_class_bind_template_child (class, PwQuestion, after);
  gtk_widget_class_bind_template_child (class, PwQuestion, true_step);
  gtk_widget_class_bind_template_child (class, PwQuestion, again);
  gtk_widget_class_bind_template_child (class, PwQuestion, hints);
  gtk_widget_class_bind_template_child (class, PwQuestion, hint_button);
  gtk_widget_class_bind_template_child (class, PwQuestion, show_me);
  gtk_widget_class_bind_template_child (class, PwQuestion, renew);
  gtk_widget_class_bind_template_child (class, PwQuestion, promise);
  gtk_widget_class_bind_template_callback (class, on_check);
  gtk_widget_class_bind_template_callback (class, on_changed);
  gtk_widget_class_bind_template_callback (class, on_again);
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

  signals[MARKED] = g_signal_new ("marked", PW_TYPE_QUESTION, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_POINTER);
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
  gtk_widget_init_template (GTK_WIDGET (question));
  gtk_widget_set_layout_manager (question->after, pw_wrap_layout_new (8));
  question->told = (PwFeedback){.card = GTK_WIDGET (question),
                                .box = question->feedback,
                                .sign = question->mark,
                                .text = question->verdict,
                                .parts = question->parts};
  question->help
      = (PwHints){.box = question->hints, .button = question->hint_button};
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

static const char *
badge_of (LessonQuestionKind kind)
{
  switch (kind) {
  case LESSON_QUESTION_PREDICT:
    return _ ("Predict");
  case LESSON_QUESTION_CHOOSE:
    return _ ("Choose");
  case LESSON_QUESTION_SEVERAL:
    return _ ("Choose all that hold");
  case LESSON_QUESTION_ORDER:
    return _ ("Put into order");
  case LESSON_QUESTION_MATCH:
    return _ ("Match");
  case LESSON_QUESTION_FILL:
    return _ ("Fill in");
  case LESSON_QUESTION_EDIT:
    return _ ("Change the entry");
  case LESSON_QUESTION_BUILD:
    return _ ("Build the tables");
  }
  g_assert_not_reached ();
}

/* All kinds but one have a widget of their own for the answer. */
static void
add_answer (PwQuestion *question)
{
  GtkWidget *answer = pw_answer_new (question->play, question->place);

  if (answer == NULL)
    return;
  question->answer = PW_ANSWER (answer);
  gtk_widget_set_visible (question->entry, FALSE);
  gtk_widget_set_visible (question->body, TRUE);
  gtk_box_append (GTK_BOX (question->body), answer);
  g_signal_connect_swapped (answer, "changed", G_CALLBACK (on_changed),
                            question);
  g_signal_connect_swapped (answer, "submit", G_CALLBACK (on_check), question);
  on_changed (question);
}

GtkWidget *
pw_question_new (LessonPlay *play, const LessonQuestionPlace *place)
{
  PwQuestion *question = g_object_new (PW_TYPE_QUESTION, NULL);
  const LessonQuestion *source = place->question;
  g_autofree char *ask = pw_markup_of (source->ask);

  question->play = play;
  question->place = place;
  gtk_label_set_markup (GTK_LABEL (question->ask), ask);
  gtk_label_set_text (GTK_LABEL (question->badge), badge_of (source->kind));
  name_after (question, source->ask);
  /* A lesson says once how it marks. */
  gtk_widget_set_visible (
      question->promise,
      place == &g_array_index (play->questions, LessonQuestionPlace, 0));
  pw_hints_set (&question->help, source->hints);
  add_answer (question);
  return GTK_WIDGET (question);
}

/* Exercises --------------------------------------------------------------- */

/* The way of the sheet before goes with its machine. */
static void
clear_sheet (PwQuestion *question)
{
  hide_feedback (question);
  if (question->answer != NULL) {
    g_signal_handlers_disconnect_by_data (question->answer, question);
    gtk_box_remove (GTK_BOX (question->body), GTK_WIDGET (question->answer));
  }
  question->answer = NULL;
  question->play = NULL;
  question->place = NULL;
  question->settled = FALSE;
  pw_hints_set (&question->help, NULL);
  gtk_editable_set_text (GTK_EDITABLE (question->entry), "");
  gtk_widget_set_visible (question->entry, TRUE);
  gtk_widget_set_visible (question->body, FALSE);
  g_clear_pointer (&question->sheet, lesson_exercise_free);
}

static void
set_ask (PwQuestion *question)
{
  g_autofree char *introduction = pw_markup_of (question->exercise->ask);
  g_autofree char *asked = pw_markup_of (question->place->question->ask);
  g_autofree char *both = g_strjoin (*introduction != '\0' ? "\n\n" : "",
                                     introduction, asked, NULL);

  gtk_label_set_markup (GTK_LABEL (question->ask), both);
}

static void
set_sheet (PwQuestion *question, guint64 seed)
{
  const LessonExercise *exercise = question->exercise;

  clear_sheet (question);
  question->sheet = lesson_exercise_new (exercise->kind, exercise->level, seed);
  if (question->sheet == NULL)
    return;
  question->play = question->sheet->play;
  question->place = question->sheet->place;
  set_ask (question);
  pw_hints_set (&question->help, question->place->question->hints);
  add_answer (question);
}

static void
on_renew (PwQuestion *question)
{
  if (question->sheet == NULL)
    return;
  set_sheet (question, question->sheet->seed + 1);
  gtk_widget_child_focus (question->answer != NULL ? question->body
                                                   : question->entry,
                          GTK_DIR_TAB_FORWARD);
}

GtkWidget *
pw_question_new_exercise (const LessonExercise *exercise)
{
  PwQuestion *question = g_object_new (PW_TYPE_QUESTION, NULL);

  question->exercise = exercise;
  gtk_label_set_text (GTK_LABEL (question->badge), _ ("Exercise"));
  gtk_widget_set_visible (question->renew, TRUE);
  set_sheet (question, exercise->seed);
  name_after (question, exercise->ask);
  return GTK_WIDGET (question);
}

const LessonQuestionPlace *
pw_question_get_place (PwQuestion *question)
{
  return question->exercise == NULL ? question->place : NULL;
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
    mark_question (question, answer, TRUE);
}

void
pw_question_restore (PwQuestion *question, const char *answer)
{
  if (answer != NULL && question->answer != NULL)
    pw_answer_write (question->answer, answer);
  else if (answer != NULL)
    gtk_editable_set_text (GTK_EDITABLE (question->entry), answer);
  if (question->place != NULL)
    mark_question (question, answer, FALSE);
}

char *
pw_question_get_draft (PwQuestion *question)
{
  return question->settled ? NULL : given_answer (question);
}

void
pw_question_set_draft (PwQuestion *question, const char *draft)
{
  g_autofree char *given = given_answer (question);

  if (question->settled || g_strcmp0 (given, draft) == 0)
    return;
  if (question->answer != NULL)
    pw_answer_write (question->answer, draft);
  else
    gtk_editable_set_text (GTK_EDITABLE (question->entry), draft);
  on_changed (question);
}

const LessonExercise *
pw_question_get_exercise (PwQuestion *question)
{
  return question->exercise;
}

guint64
pw_question_get_seed (PwQuestion *question)
{
  return question->sheet != NULL ? question->sheet->seed : 0;
}

void
pw_question_set_seed (PwQuestion *question, guint64 seed)
{
  if (question->exercise != NULL && seed != pw_question_get_seed (question))
    set_sheet (question, seed);
}
