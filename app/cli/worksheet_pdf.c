/* Writes a worksheet as a file: a PDF, or a quiz. */
#include "worksheet.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "paper.h"
#include "quiz.h"
#include "save.h"

static CliStatus
write_stream (GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  fwrite (data, 1, length, stdout);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
}

static CliStatus
write_bytes (GBytes *bytes, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return write_stream (bytes);
  return export_save (bytes, path, &error)
             ? CLI_DONE
             : cli_fail_at (path, 0, error->message);
}

CliStatus
cli_worksheet_pdf (const CliWorksheet *worksheet, const char *path)
{
  const SceneWorksheet pages = {.size = worksheet->size,
                                .sheets = worksheet->sheets,
                                .foot = worksheet->call,
                                .answers = worksheet->answers};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = scene_worksheet_pdf (&pages, &error);

  if (pdf == NULL)
    return cli_fail ("%s", error->message);
  return write_bytes (pdf, path);
}

CliStatus
cli_worksheet_quiz (const CliWorksheet *worksheet, gboolean moodle,
                    const char *path)
{
  const LessonExerciseSheet *first = g_ptr_array_index (worksheet->sheets, 0);
  g_autofree char *title = lesson_text_plain (first->document->title);
  g_autoptr (GPtrArray) items = export_quiz_new ();

  for (guint i = 0; i < worksheet->sheets->len; i++) {
    const LessonExerciseSheet *sheet = g_ptr_array_index (worksheet->sheets, i);
    g_autofree char *name = g_strdup_printf (
        "%s %u %" G_GUINT64_FORMAT, sheet->kind, sheet->level, sheet->seed);
    export_quiz_add (items, sheet->play, sheet->place, name);
  }
  g_autoptr (GBytes) bytes = moodle ? export_quiz_moodle (items, title)
                                    : export_quiz_gift (items, title);
  return write_bytes (bytes, path);
}
