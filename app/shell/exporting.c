/* An export in a thread of its own, with a copy of the lesson. */

#include "exporting.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "chosen.h"

struct _PwExporting {
  char *lesson; /* its file or folder, to be loaded once more */
  ExportTask task;
  char *steps, *path, *message;
};

char *
pw_exporting_source (const LessonDocument *document)
{
  g_autofree char *usual
      = g_build_filename (document->folder, "lesson.xml", NULL);

  return g_file_test (usual, G_FILE_TEST_EXISTS) ? g_strdup (document->folder)
                                                 : g_strdup (document->file);
}

PwExporting *
pw_exporting_new (const LessonDocument *document, const ExportTask *task,
                  const char *steps, const char *path)
{
  PwExporting *exporting = g_new0 (PwExporting, 1);

  exporting->lesson = pw_exporting_source (document);
  exporting->task = *task;
  exporting->steps = g_strdup (steps);
  exporting->path = g_strdup (path);
  return exporting;
}

void
pw_exporting_free (gpointer memory)
{
  PwExporting *exporting = memory;

  g_clear_pointer (&exporting->task.steps, g_array_unref);
  g_free (exporting->lesson);
  g_free (exporting->steps);
  g_free (exporting->path);
  g_free (exporting->message);
  g_free (exporting);
}

static gboolean
on_progress (double part, gpointer progress)
{
  return pw_progress_report (progress, part);
}

/* Documents and plays belong to one thread each. */
static gboolean
write_lesson (PwExporting *exporting, PwProgress *progress,
              const LessonDocument *document, GError **error)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonPlay) play
      = document != NULL ? lesson_play_new (document, problems) : NULL;
  const ExportJob job
      = {.play = play, .progress = on_progress, .data = progress};

  if (play == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _ ("The lesson's file cannot be read any more"));
    return FALSE;
  }
  if (exporting->task.steps == NULL)
    exporting->task.steps = export_chosen (play, exporting->steps, error);
  return exporting->task.steps != NULL
         && export_task_write (&exporting->task, &job, exporting->path, error);
}

gboolean
pw_exporting_run (PwProgress *progress, gpointer memory)
{
  PwExporting *exporting = memory;
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = lesson_document_load (exporting->lesson, problems);
  g_autoptr (GError) error = NULL;
  gboolean done = write_lesson (exporting, progress, document, &error);

  if (!done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    exporting->message = g_strdup (error->message);
  return done;
}

const char *
pw_exporting_message (const PwExporting *exporting)
{
  return exporting->message;
}

const char *
pw_exporting_path (const PwExporting *exporting)
{
  return exporting->path;
}
