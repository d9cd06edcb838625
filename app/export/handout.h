/* A lesson on paper: prose with the pictures of chosen steps, questions with
 * room to answer, and their key. */
#ifndef EXPORT_HANDOUT_H
#define EXPORT_HANDOUT_H

#include "pages.h"

typedef struct {
  const ScenePaperSize *size;
  const GArray *steps; /* of guint64, ascending: those with a picture */
  gboolean key;        /* pages with the answers follow */
} ExportHandout;

/* The pages, with a bookmark for each section, beat and question. The job is
 * told from 0 to `done`. NULL and *error if it was stopped, or there is no
 * memory. Leaves the machine where it was. */
ExportPages *export_handout (const ExportHandout *handout, const ExportJob *job,
                             double done, GError **error);

#endif
