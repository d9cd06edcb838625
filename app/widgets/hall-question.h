/* A question as a hall sees it: what is asked, the answers with their hands,
 * and once it is revealed which of them is right. */
#ifndef PW_HALL_QUESTION_H
#define PW_HALL_QUESTION_H

#include <gtk/gtk.h>

#include "poll.h"

#define PW_TYPE_HALL_QUESTION (pw_hall_question_get_type ())
G_DECLARE_FINAL_TYPE (PwHallQuestion, pw_hall_question, PW, HALL_QUESTION,
                      GtkWidget)

/* The poll must live longer. Signal "counted" (guint answer, int hands): an
 * answer was clicked for a hand more, or with the right button for one less. */
GtkWidget *pw_hall_question_new (PwPoll *poll);

/* Hands were counted, or the answer was revealed or taken back. */
void pw_hall_question_update (PwHallQuestion *question);

#endif
