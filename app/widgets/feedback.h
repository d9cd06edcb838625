/* What a question says to the answer that was given: a sign, a sentence, and
 * the parts that are not right. */
#ifndef PW_FEEDBACK_H
#define PW_FEEDBACK_H

#include <gtk/gtk.h>

#include "question.h"

typedef struct {
  GtkWidget *card; /* that it colours */
  GtkWidget *box, *sign, *text;
  GtkWidget *parts; /* below it */
} PwFeedback;

/* Shows a verdict; the sentence is markup. */
void pw_feedback_show (const PwFeedback *feedback, const LessonVerdict *verdict,
                       const char *markup);
void pw_feedback_hide (const PwFeedback *feedback);

#endif
