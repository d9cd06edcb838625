/* Writes a worksheet as a PDF. */
#include "worksheet.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "paper.h"
#include "save.h"

static CliStatus
write_stream (GBytes *pdf)
{
  gsize length;
  const void *data = g_bytes_get_data (pdf, &length);

  fwrite (data, 1, length, stdout);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
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
  if (path == NULL)
    return write_stream (pdf);
  return export_save (pdf, path, &error)
             ? CLI_DONE
             : cli_fail_at (path, 0, error->message);
}
