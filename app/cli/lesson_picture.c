/* Pictures of a lesson's steps: how they are asked for, and writing them. */
#include "lesson_picture.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "operands.h"

#define MIN_SIZE 200
#define MAX_SIZE 8000

struct _CliPainter {
  ExportPainting *painting;
  const char *format;
};

gboolean
cli_picture_format (CliArgs *args, const CliUsage *usage, const char *word,
                    CliPicture *picture)
{
  static const char *const formats[] = {"png", "svg", "pdf", NULL};

  if (word == NULL)
    return TRUE;
  picture->format = word;
  if (g_strv_contains (formats, word))
    return TRUE;
  args->status = cli_misuse (
      usage->name, _ ("A picture is png, svg or pdf, not “%s”"), word);
  return FALSE;
}

gboolean
cli_picture_size (CliArgs *args, const CliUsage *usage, const char *word,
                  guint64 *size)
{
  if (word == NULL)
    return TRUE;
  if (!cli_number (args, usage, word, size))
    return FALSE;
  if (*size >= MIN_SIZE && *size <= MAX_SIZE)
    return TRUE;
  args->status = cli_misuse (usage->name, _ ("A size is between %d and %d"),
                             MIN_SIZE, MAX_SIZE);
  return FALSE;
}

gboolean
cli_picture_palette (CliArgs *args, const CliUsage *usage, const char *word,
                     CliPicture *picture)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (int id = 0; id < SCENE_PALETTES; id++) {
    const ScenePalette *palette = scene_palette ((ScenePaletteId) id);
    if (word == NULL || strcmp (palette->name, word) == 0) {
      picture->palette = palette;
      return TRUE;
    }
    g_string_append_printf (names, " %s", palette->name);
  }
  args->status = cli_misuse (usage->name,
                             _ ("There is no palette “%s”; there are:%s"), word,
                             names->str);
  return FALSE;
}

ExportLook
cli_picture_look (const CliPicture *picture)
{
  return (ExportLook){.width = (double) picture->width,
                      .height = (double) picture->height,
                      .zoom = picture->zoom,
                      .palette = picture->palette,
                      .caption = TRUE};
}

CliPainter *
cli_painter_new (const CliLesson *lesson, const CliPicture *picture)
{
  const ExportLook look = cli_picture_look (picture);
  CliPainter *painter = g_new0 (CliPainter, 1);

  painter->painting = export_painting_new (lesson->play, &look);
  painter->format = picture->format;
  return painter;
}

void
cli_painter_free (CliPainter *painter)
{
  if (painter == NULL)
    return;
  export_painting_free (painter->painting);
  g_free (painter);
}

CliStatus
cli_painter_write (CliPainter *painter, guint64 step, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!export_painting_write (painter->painting, step, painter->format, path,
                              &error))
    return cli_fail_at (path, 0, error->message);
  printf ("%s\n", path);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
}
