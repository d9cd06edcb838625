/* Pictures of a lesson's steps: how they are asked for, and writing them. */
#include "lesson_picture.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "operands.h"
#include "paint.h"
#include "stage.h"

#define MIN_SIZE 200
#define MAX_SIZE 8000
#define MAX_PIXELS 16384 /* a side of a PNG */

struct _CliPainter {
  const CliLesson *lesson;
  SceneStage *stage;
  ScenePainter *painter;
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

CliPainter *
cli_painter_new (const CliLesson *lesson)
{
  CliPainter *painter = g_new0 (CliPainter, 1);

  painter->lesson = lesson;
  painter->stage = scene_stage_new (lesson->document);
  painter->painter = scene_painter_new (NULL, 1);
  scene_stage_set_caption (painter->stage, TRUE);
  scene_stage_set_start (painter->stage, lesson->play->first_step);
  return painter;
}

void
cli_painter_free (CliPainter *painter)
{
  if (painter == NULL)
    return;
  scene_stage_free (painter->stage);
  scene_painter_free (painter->painter);
  g_free (painter);
}

static gboolean
write_still (const CliPicture *picture, ScenePainter *painter,
             const SceneStill *still, const char *path, GError **error)
{
  if (strcmp (picture->format, "svg") == 0)
    return scene_write_svg (still, scene_painter_metrics (painter),
                            picture->palette, path, error);
  if (strcmp (picture->format, "pdf") == 0)
    return scene_write_pdf (still, painter, picture->palette, path, error);
  if (still->width * picture->zoom > MAX_PIXELS
      || still->height * picture->zoom > MAX_PIXELS) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                 _ ("a picture has at most %d pixels a side"), MAX_PIXELS);
    return FALSE;
  }
  return scene_write_png (still, painter, picture->palette, path, picture->zoom,
                          error);
}

/* A picture takes the place of a file that is there, but never of a device or
 * a pipe. */
static gboolean
may_write (const char *path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS)
         || g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

CliStatus
cli_painter_write (CliPainter *painter, const CliPicture *picture, guint64 step,
                   const char *path)
{
  const LessonPlay *play = painter->lesson->play;
  g_autoptr (GError) error = NULL;

  if (!may_write (path))
    return cli_fail_at (path, 0, _ ("this is there, and no regular file"));
  if (!vm_machine_seek (play->machine, play->first_step + step))
    return cli_fail (_ ("There is no memory to go to that step"));
  g_autoptr (SceneStill) still = scene_stage_still (
      painter->stage, play->machine, scene_painter_metrics (painter->painter),
      (double) picture->width, (double) picture->height);
  if (!write_still (picture, painter->painter, still, path, &error))
    return cli_fail_at (path, 0, error->message);
  printf ("%s\n", path);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
}
