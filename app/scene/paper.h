/* Worksheets on paper: exercises as pages of A4, with room to answer. */
#ifndef SCENE_PAPER_H
#define SCENE_PAPER_H

#include "exercise.h"

typedef struct {
  const GPtrArray *sheets; /* of LessonExerciseSheet, at least one */
  const char *foot;        /* at the bottom of each page: how to get the same */
  gboolean answers;        /* pages with the key follow */
} SceneWorksheet;

/* The bytes of a PDF. The same worksheet gives the same bytes, whenever it is
 * made. NULL and *error if cairo fails. */
GBytes *scene_worksheet_pdf (const SceneWorksheet *worksheet, GError **error);

#endif
