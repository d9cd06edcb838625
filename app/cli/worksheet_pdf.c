/* Writes a worksheet as a PDF. */
#include "worksheet.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "paper.h"

static CliStatus
write_stream (GBytes *pdf)
{
  gsize length;
  const void *data = g_bytes_get_data (pdf, &length);

  fwrite (data, 1, length, stdout);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
}

static CliStatus
write_file (GBytes *pdf, const char *path)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);

  if (g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return cli_fail_at (path, 0, _ ("this is there, and no regular file"));
  if (!g_file_set_contents_full (path, data, (gssize) length,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0666, &error))
    return cli_fail_at (path, 0, error->message);
  return CLI_DONE;
}

CliStatus
cli_worksheet_pdf (const CliWorksheet *worksheet, const char *path)
{
  const SceneWorksheet pages = {.sheets = worksheet->sheets,
                                .foot = worksheet->call,
                                .answers = worksheet->answers};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = scene_worksheet_pdf (&pages, &error);

  if (pdf == NULL)
    return cli_fail ("%s", error->message);
  return path != NULL ? write_file (pdf, path) : write_stream (pdf);
}
