/* All steps of a lesson as pictures, to go to one of them. */
#ifndef PW_OVERVIEW_H
#define PW_OVERVIEW_H

#include "playhead.h"
#include "stage-view.h"

#define PW_TYPE_OVERVIEW (pw_overview_get_type ())
G_DECLARE_FINAL_TYPE (PwOverview, pw_overview, PW, OVERVIEW, GtkWidget)

/* The steps of the play that is on a stage, as it would show them. Only those
 * that are seen are painted. Signals: "chosen" (guint step), and
 * "left": by Tab, which has come here. */
GtkWidget *pw_overview_new (PwStage *stage, LessonPlay *play);

/* Shows a step, and gives it the focus. */
void pw_overview_focus (PwOverview *overview, guint step);

#endif
