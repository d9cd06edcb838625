/* Which figures a hall sees: type that is read from the last row leaves room
 * for a few of them only.
 *
 *   steps    1   2   3   4   5   6   7   8   9
 *   about    cpu adr adr dir dir tbl tbl tlb mem
 *            \_________________________/ \_____/
 *             these fit together          these, too
 *
 * From the first step of a beat on, figures are taken in as they are needed,
 * as long as they fit; then others begin. What room is left goes to figures
 * that are not needed. */
#ifndef PW_HALL_CAST_H
#define PW_HALL_CAST_H

#include "run.h"
#include "stage.h"

typedef struct _PwHallCast PwHallCast;

/* Both must live longer. Free with pw_hall_cast_free. */
PwHallCast *pw_hall_cast_new (LessonPlay *play, SceneStage *stage);
void pw_hall_cast_free (PwHallCast *hall);

/* Fonts may have changed where they were. */
void pw_hall_cast_forget (PwHallCast *hall);

/* What a step shows in a room; the same for all who ask. The machine's cursor
 * is left where it was. */
SceneCast pw_hall_cast_at (PwHallCast *hall, guint step,
                           const SceneMetrics *metrics, double width,
                           double height);

/* What it must show however little room there is: one figure. */
SceneCast pw_hall_cast_least (PwHallCast *hall, guint step);

#endif
