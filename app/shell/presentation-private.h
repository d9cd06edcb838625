/* What the files of a presentation share. */
#ifndef PW_PRESENTATION_PRIVATE_H
#define PW_PRESENTATION_PRIVATE_H

#include "audience-window.h"
#include "hall-timer.h"
#include "overview.h"
#include "pace.h"
#include "presentation.h"
#include "presenter-window.h"
#include "screens.h"

/* Digits of the longest step that can be typed. */
#define PW_MOST_DIGITS 6

struct _PwPresentation {
  GtkWindow *window; /* that it began from */
  PwMemory *memory;
  PwPresented presented;
  gpointer data;

  LessonPlay *play;
  PwPlayhead *head;  /* the presenter's: the page's own */
  PwPlayhead *shown; /* the hall's */
  const ScenePalette *palette;

  GListModel *screens;
  PwAudience *audience;
  PwPresenter *presenter; /* NULL: there is but one screen */
  PwOverview *overview;   /* over the desk's window, or NULL */
  GSimpleActionGroup *actions;
  guint inhibited; /* cookie; 0: nothing is */
  guint leaving;   /* idle source */

  gboolean frozen;
  PwBlank blank;
  PwSpotKind spot;
  double zoom;
  char typed[PW_MOST_DIGITS + 1];
  PwPace *pace;
  PwHallTimer timer;
};

/* Says something to whoever presents, for a moment. */
void pw_presentation_tell (PwPresentation *p, const char *text);

/* Goes to a step, and takes the hall along unless it is frozen. */
void pw_presentation_go (PwPresentation *p, guint step);

void pw_presentation_set_frozen (PwPresentation *p, gboolean frozen);

/* Everything that shows the state of the presentation shows it anew. */
void pw_presentation_update (PwPresentation *p);

/* Shows both windows where they belong. */
void pw_presentation_place (PwPresentation *p);

/* The next screen shows what the hall sees, from now on. */
void pw_presentation_swap (PwPresentation *p);

/* Ends it, once the present event is over. */
void pw_presentation_leave (PwPresentation *p);

/* The window in which the presenter looks. */
GtkWindow *pw_presentation_desk (PwPresentation *p);

/* All steps as pictures, at the desk. */
void pw_presentation_set_overview (PwPresentation *p, gboolean shown);

/* The actions "present.…". They outlive the presentation in no window. */
GSimpleActionGroup *pw_presentation_actions_new (PwPresentation *p);
void pw_presentation_actions_update (PwPresentation *p);

#endif
