/* The stage with what stands above and below it: title, caption. */
#ifndef PW_STAGE_SIDE_H
#define PW_STAGE_SIDE_H

#include "caption.h"
#include "playhead.h"
#include "run.h"
#include "stage-view.h"

typedef struct {
  GtkWidget *box;     /* of them all */
  GtkWidget *title;   /* of the lesson: seen while presenting */
  GtkWidget *stage;   /* a PwStage, in a scrolled window */
  GtkWidget *caption; /* a PwCaption */
} PwStageSide;

/* Makes them; the box owns the others. */
PwStageSide pw_stage_side_new (void);

/* The lesson on it; NULL thrice for none. The caption keeps the room that the
 * longest of its sentences needs. */
void pw_stage_side_set_lesson (PwStageSide *side, LessonPlay *play,
                               PwPlayhead *head, const char *title);

void pw_stage_side_set_presenting (PwStageSide *side, gboolean presenting);

#endif
