/* Asks questions at their time. */

#include "due.h"

void
pw_due_show (PwProse *prose, const LessonPlay *play, guint64 cursor)
{
  GPtrArray *cards = pw_prose_get_questions (prose);
  GtkWidget *first = NULL;

  for (guint i = 0; i < cards->len; i++) {
    PwQuestion *card = g_ptr_array_index (cards, i);
    gboolean due = pw_question_get_place (card)->ask_at == cursor
                   && !pw_question_is_settled (card);

    pw_question_set_due (card, due);
    if (due && first == NULL)
      first = GTK_WIDGET (card);
  }
  if (first != NULL && cursor > play->first_step)
    pw_prose_reveal (prose, first);
}

static gboolean
is_settled (const GPtrArray *cards, const LessonQuestionPlace *place)
{
  for (guint i = 0; i < cards->len; i++) {
    PwQuestion *card = g_ptr_array_index (cards, i);

    if (pw_question_get_place (card) == place)
      return pw_question_is_settled (card);
  }
  return FALSE;
}

void
pw_due_set_stops (PwProse *prose, const LessonPlay *play, PwPlayhead *head)
{
  GPtrArray *cards = pw_prose_get_questions (prose);
  g_autoptr (GArray) stops = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (play->questions, LessonQuestionPlace, i);
    guint step = (guint) (place->ask_at - play->first_step);

    if (!is_settled (cards, place))
      g_array_append_val (stops, step);
  }
  pw_playhead_set_stops (head, (const guint *) (gconstpointer) stops->data,
                         stops->len);
}
