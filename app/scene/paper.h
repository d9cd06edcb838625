/* Worksheets on paper: exercises as pages, with room to answer. */
#ifndef SCENE_PAPER_H
#define SCENE_PAPER_H

#include "exercise.h"
#include "page.h"

typedef struct {
  const ScenePaperSize *size; /* NULL: A4 */
  const GPtrArray *sheets;    /* of LessonExerciseSheet, at least one */
  const char *foot; /* at the bottom of each page: how to get the same */
  gboolean answers; /* pages with the key follow */
} SceneWorksheet;

/* The bytes of a PDF. The same worksheet gives the same bytes, whenever it is
 * made. NULL and *error if cairo fails. */
GBytes *scene_worksheet_pdf (const SceneWorksheet *worksheet, GError **error);

/* One question with room to answer, and its key with the reason; both behind
 * its number. `way`: with the sentences that lead to it. */
void scene_paper_question (ScenePage *paper, LessonPlay *play,
                           const LessonQuestionPlace *place, guint number);
void scene_paper_answer (ScenePage *paper, LessonPlay *play,
                         const LessonQuestionPlace *place, guint number,
                         gboolean way);

#endif
