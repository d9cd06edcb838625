/* An export in a thread of its own, with a copy of the lesson: the reader may
 * go on, or close it, meanwhile. */
#ifndef PW_EXPORTING_H
#define PW_EXPORTING_H

#include "task.h"
#include "worker.h"

typedef struct _PwExporting PwExporting;

/* What lesson_document_load is to be given to read a lesson once more; to be
 * freed. */
char *pw_exporting_source (const LessonDocument *document);

/* An export of the lesson with that document; takes over task->steps, which may
 * be NULL: then they are read from `steps`, in the words of chosen.h, once the
 * lesson is loaded. path is the file or folder. */
PwExporting *pw_exporting_new (const LessonDocument *document,
                               const ExportTask *task, const char *steps,
                               const char *path);
void pw_exporting_free (gpointer exporting);

/* For pw_worker_new. */
gboolean pw_exporting_run (PwProgress *progress, gpointer exporting);

/* Why it failed, translated; NULL if it did not, or was cancelled. */
const char *pw_exporting_message (const PwExporting *exporting);
const char *pw_exporting_path (const PwExporting *exporting);

#endif
