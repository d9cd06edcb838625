/* What the presenter sees on a screen of their own: this step and the next,
 * notes, clock, timer, where they are, and a button for each key. */
#ifndef PW_PRESENTER_WINDOW_H
#define PW_PRESENTER_WINDOW_H

#include <gtk/gtk.h>

#include "hall-timer.h"
#include "playhead.h"
#include "run.h"
#include "stage-view.h"

#define PW_TYPE_PRESENTER (pw_presenter_get_type ())
G_DECLARE_FINAL_TYPE (PwPresenter, pw_presenter, PW, PRESENTER,
                      GtkApplicationWindow)

/* Its pictures are those of the hall's stage. The timer must live longer.
 * Signal "pointed" (double x, double y): the mouse is over that part of what
 * the hall sees. Its buttons activate "present.…". */
GtkWidget *pw_presenter_new (GtkApplication *application, PwStage *stage,
                             PwHallTimer *timer);

/* The lesson and where the presenter is; both must live until another is set.
 * NULL and NULL for none. */
void pw_presenter_set_lesson (PwPresenter *presenter, LessonPlay *play,
                              PwPlayhead *head);

/* The step at which the hall's picture is frozen; -1: it is not. */
void pw_presenter_set_frozen (PwPresenter *presenter, int step);

/* The timer was halted, reset or turned. */
void pw_presenter_show_time (PwPresenter *presenter);

/* Says something for a moment. */
void pw_presenter_tell (PwPresenter *presenter, const char *text);

/* Shows a question below the step; NULL: no longer. */
void pw_presenter_set_question (PwPresenter *presenter, GtkWidget *question);

/* Lays a widget over everything, in the place of the one before; NULL takes
 * that away. */
void pw_presenter_cover (PwPresenter *presenter, GtkWidget *widget);

#endif
