/* What the files of a presentation share. */
#ifndef PW_PRESENTATION_PRIVATE_H
#define PW_PRESENTATION_PRIVATE_H

#include "audience-window.h"
#include "hall-question.h"
#include "hall-timer.h"
#include "hall-values.h"
#include "overview.h"
#include "pace.h"
#include "presentation.h"
#include "presenter-window.h"
#include "screens.h"
#include "variation.h"

/* Digits of the longest step that can be typed. */
#define PW_MOST_DIGITS 6

struct _PwPresentation {
  GtkWindow *window; /* that it began from */
  PwMemory *memory;
  PwPresented hooks;

  LessonPlay *play;
  PwPlayhead *head;  /* the presenter's: the page's own */
  PwPlayhead *shown; /* the hall's */
  const ScenePalette *palette;

  GListModel *screens;
  char *hall_screen; /* that the hall has had among several, or NULL */
  PwAudience *audience;
  PwPresenter *presenter; /* NULL: there is but one screen */
  PwOverview *overview;   /* over the desk's window, or NULL */
  PwHallValues *values;   /* the same */
  GPtrArray *variations;  /* of LessonVariation: all that were made */
  gboolean varying;       /* the lesson that is set has them */
  GSimpleActionGroup *actions;
  guint inhibited; /* cookie; 0: nothing is */
  guint leaving;   /* idle source */

  gboolean asking;  /* questions are put to the hall */
  GPtrArray *polls; /* of PwPoll, one a question; NULL: not asked yet */
  PwPoll *poll;     /* that is on the screen, or NULL; and its views */
  PwHallQuestion *hall_question, *desk_question;

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

/* All steps as pictures, at the desk; the operations of the present beat, to
 * be done with other values. */
void pw_presentation_set_overview (PwPresentation *p, gboolean shown);
void pw_presentation_set_values (PwPresentation *p, gboolean shown);

/* Lays a widget over the desk's window, or takes it away. */
void pw_presentation_cover (PwPresentation *p, GtkWidget *widget);
void pw_presentation_uncover (PwPresentation *p, GtkWidget *widget);

/* Before a step is taken: what is to happen to questions instead. True if
 * something did: one is asked, or its answer shown. */
gboolean pw_presentation_asks (PwPresentation *p);

/* The same before a step back: an answer is taken back, or a question. */
gboolean pw_presentation_takes_back (PwPresentation *p);

/* A number was typed: hands, if they are being counted. False if not. */
gboolean pw_presentation_counts (PwPresentation *p, guint hands);

/* Shows the present question in the windows that are there; hides it; shows
 * its hands anew. */
void pw_presentation_show_question (PwPresentation *p);
void pw_presentation_hide_question (PwPresentation *p);
void pw_presentation_update_question (PwPresentation *p);

/* Whether questions are asked at all. */
void pw_presentation_set_asking (PwPresentation *p, gboolean asking);

/* The actions "present.…". They outlive the presentation in no window. */
GSimpleActionGroup *pw_presentation_actions_new (PwPresentation *p);
void pw_presentation_actions_update (PwPresentation *p);

#endif
