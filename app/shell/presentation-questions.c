/* The lesson's questions, put to the hall: shown, hands counted, revealed. */

#include <glib/gi18n-lib.h>

#include "presentation-private.h"

void
pw_presentation_update_question (PwPresentation *p)
{
  if (p->hall_question != NULL)
    pw_hall_question_update (p->hall_question);
  if (p->desk_question != NULL)
    pw_hall_question_update (p->desk_question);
}

static void
on_counted (PwPresentation *p, guint answer, int hands)
{
  if (p->poll == NULL || p->poll->revealed)
    return;
  pw_poll_add (p->poll, answer, hands);
  pw_presentation_update_question (p);
}

static PwHallQuestion *
new_view (PwPresentation *p)
{
  PwHallQuestion *view = PW_HALL_QUESTION (pw_hall_question_new (p->poll));

  g_signal_connect_swapped (view, "counted", G_CALLBACK (on_counted), p);
  return view;
}

void
pw_presentation_show_question (PwPresentation *p)
{
  if (p->poll == NULL)
    return;
  if (p->hall_question == NULL) {
    p->hall_question = new_view (p);
    gtk_widget_set_valign (GTK_WIDGET (p->hall_question), GTK_ALIGN_END);
    pw_audience_add_cover (p->audience, GTK_WIDGET (p->hall_question));
  }
  if (p->presenter != NULL && p->desk_question == NULL) {
    p->desk_question = new_view (p);
    pw_presenter_set_question (p->presenter, GTK_WIDGET (p->desk_question));
  }
}

/* The hands that were counted stay, should it be asked once more. */
void
pw_presentation_hide_question (PwPresentation *p)
{
  if (p->hall_question != NULL)
    pw_audience_remove_cover (p->audience, GTK_WIDGET (p->hall_question));
  if (p->desk_question != NULL)
    pw_presenter_set_question (p->presenter, NULL);
  p->hall_question = NULL;
  p->desk_question = NULL;
  p->poll = NULL;
}

static PwPoll *
poll_of (PwPresentation *p, guint i)
{
  const LessonQuestionPlace *place
      = &g_array_index (p->play->questions, LessonQuestionPlace, i);

  if (p->polls->len <= i)
    g_ptr_array_set_size (p->polls, (int) p->play->questions->len);
  if (p->polls->pdata[i] == NULL)
    p->polls->pdata[i] = pw_poll_new (p->play, place);
  return p->polls->pdata[i];
}

/* The first question asked at the present step that is still open. */
static PwPoll *
find_open (PwPresentation *p)
{
  guint64 cursor = p->play->first_step + pw_playhead_get_step (p->head);

  for (guint i = 0; i < p->play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (p->play->questions, LessonQuestionPlace, i);
    PwPoll *poll = place->ask_at == cursor ? poll_of (p, i) : NULL;

    if (poll != NULL && !poll->revealed)
      return poll;
  }
  return NULL;
}

gboolean
pw_presentation_asks (PwPresentation *p)
{
  if (!p->asking || p->frozen)
    return FALSE;
  if (p->poll != NULL && !p->poll->revealed) {
    p->poll->revealed = TRUE;
    pw_presentation_update_question (p);
    return TRUE;
  }
  pw_presentation_hide_question (p);
  p->poll = find_open (p);
  if (p->poll == NULL)
    return FALSE;
  pw_pace_set_playing (p->pace, FALSE);
  pw_presentation_show_question (p);
  pw_presentation_update (p);
  return TRUE;
}

gboolean
pw_presentation_takes_back (PwPresentation *p)
{
  if (p->poll == NULL)
    return FALSE;
  if (!p->poll->revealed) {
    pw_presentation_hide_question (p);
    return TRUE;
  }
  p->poll->revealed = FALSE;
  pw_presentation_update_question (p);
  return TRUE;
}

gboolean
pw_presentation_counts (PwPresentation *p, guint hands)
{
  if (p->poll == NULL || p->poll->revealed || p->poll->answers->len == 0)
    return FALSE;
  pw_poll_count (p->poll, hands);
  pw_presentation_update_question (p);
  return TRUE;
}

void
pw_presentation_set_asking (PwPresentation *p, gboolean asking)
{
  p->asking = asking;
  if (!asking)
    pw_presentation_hide_question (p);
  pw_presentation_update (p);
}
