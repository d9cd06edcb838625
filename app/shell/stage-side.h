/* The stage with its caption below. */
#ifndef PW_STAGE_SIDE_H
#define PW_STAGE_SIDE_H

#include "caption.h"
#include "playhead.h"
#include "run.h"
#include "stage-view.h"

typedef struct {
  GtkWidget *box;     /* of them all */
  GtkWidget *stage;   /* a PwStage, in a scrolled window */
  GtkWidget *caption; /* a PwCaption */
} PwStageSide;

/* Makes them; the box owns the others. */
PwStageSide pw_stage_side_new (void);

/* The lesson on it; NULL and NULL for none. The caption keeps the room that the
 * longest of its sentences needs. */
void pw_stage_side_set_lesson (PwStageSide *side, LessonPlay *play,
                               PwPlayhead *head);

#endif
