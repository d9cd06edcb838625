/* One export from beginning to end: what is written, of which steps, where. */
#ifndef EXPORT_TASK_H
#define EXPORT_TASK_H

#include "painting.h"

typedef enum {
  EXPORT_PNG, /* a picture a step */
  EXPORT_SVG,
  EXPORT_PDF,     /* a page a step */
  EXPORT_HANDOUT, /* prose, pictures, questions, on paper */
  EXPORT_HTML,    /* a page that steps and marks */
  EXPORT_TEXT,    /* the sentences of steps */
  EXPORT_GIFT,    /* the questions, for learning platforms */
  EXPORT_MOODLE,  /* the same, with hints */
  EXPORT_FORMS
} ExportForm;

/* "png", as on the command line; the ending of its files; which steps it has
 * if nobody says otherwise, in the words of chosen.h. */
const char *export_form_name (ExportForm form);
const char *export_form_ending (ExportForm form);
const char *export_form_steps (ExportForm form);

/* False if several steps make several files. */
gboolean export_form_is_document (ExportForm form);

typedef struct {
  ExportForm form;
  GArray *steps;              /* of guint64, from export_chosen */
  const ScenePaperSize *size; /* of a handout */
  gboolean key;               /* behind a handout */
  ExportLook look;            /* of pictures and pages */
} ExportTask;

/* The bytes of a document. NULL and *error. Leaves the machine where it was. */
GBytes *export_task_bytes (const ExportTask *task, const ExportJob *job,
                           GError **error);

/* The usual name of a file: the lesson's, and for one picture that of its step;
 * to be freed. */
char *export_task_name (const ExportTask *task, const LessonDocument *document);

/* Writes a file; of several pictures, path is a folder, which is made if it is
 * missing. All is there in the end, or, if it fails or is stopped, nothing
 * that was not there before. */
gboolean export_task_write (const ExportTask *task, const ExportJob *job,
                            const char *path, GError **error);

#endif
