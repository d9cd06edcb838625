/* Where a question's answer is given: one widget for each kind of question.
 *
 * Whatever it looks like, it is a line of text to the engine (question.h):
 * the widget writes it, can be filled with one, and shows the marks of its
 * parts beside them. */
#ifndef PW_ANSWER_H
#define PW_ANSWER_H

#include <gtk/gtk.h>

#include "question.h"

#define PW_TYPE_ANSWER (pw_answer_get_type ())
G_DECLARE_DERIVABLE_TYPE (PwAnswer, pw_answer, PW, ANSWER, GtkWidget)

struct _PwAnswerClass {
  GtkWidgetClass parent_class;

  /* The answer, to be freed; NULL as long as there is none. */
  char *(*read) (PwAnswer *answer);
  /* Takes over an answer that the engine has written. */
  void (*write) (PwAnswer *answer, const char *text);
  /* Shows the marks of the parts; NULL takes them away. */
  void (*show) (PwAnswer *answer, const LessonVerdict *verdict);
};

/* Signals: "changed", and "submit": the reader wants it marked. */

/* The widget for a question; NULL for one that asks for a value, which the
 * card's own entry takes. play and place must live longer. */
GtkWidget *pw_answer_new (LessonPlay *play, const LessonQuestionPlace *place);

char *pw_answer_read (PwAnswer *answer);
void pw_answer_write (PwAnswer *answer, const char *text);
void pw_answer_show (PwAnswer *answer, const LessonVerdict *verdict);

/* For the widgets of the kinds ------------------------------------------- */

GtkWidget *pw_answer_choices_new (const LessonQuestion *question);
GtkWidget *pw_answer_order_new (const LessonQuestion *question);
GtkWidget *pw_answer_match_new (const LessonQuestion *question);
GtkWidget *pw_answer_fill_new (LessonPlay *play,
                               const LessonQuestionPlace *place);
GtkWidget *pw_answer_edit_new (LessonPlay *play,
                               const LessonQuestionPlace *place);
GtkWidget *pw_answer_build_new (LessonPlay *play,
                                const LessonQuestionPlace *place);

void pw_answer_changed (PwAnswer *answer);
void pw_answer_submit (PwAnswer *answer);

/* Adds a widget below the others. */
void pw_answer_append (PwAnswer *answer, GtkWidget *child);

/* A place for a mark: it takes its room from the beginning. */
GtkWidget *pw_glyph_new (void);

/* Shows the mark of a part; NULL shows none. */
void pw_glyph_set (GtkWidget *glyph, const LessonAnswerPart *part);

/* A name for screen readers. */
void pw_answer_name (GtkWidget *widget, const char *name);

#endif
