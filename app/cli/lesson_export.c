/* pagewalk-cli lesson export: pictures of a lesson's steps. */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "lesson.h"
#include "operands.h"
#include "paint.h"
#include "stage.h"

#define MIN_SIZE 200
#define MAX_SIZE 8000
#define MAX_PIXELS 16384 /* a side of a PNG */

static const CliUsage usage = {
    .name = "lesson export",
    .synopsis = "ID|PATH [--step N|all] [--format png|svg|pdf] [--output "
                "PATH]\n    [--width W] [--height H] [--zoom Z] [--palette "
                "NAME]",
    .summary = N_ ("Writes what the stage shows as pictures, one a step: "
                   "ID-step-NN.png in the current folder."),
    .min_words = 1,
    .max_words = 1,
};

static const char *const formats[] = {"png", "svg", "pdf", NULL};

/* What is asked for, in words and then understood. */
typedef struct {
  const char *step_word, *format, *output, *palette_name;
  const char *width_word, *height_word, *zoom_word;
  gboolean all;
  guint64 step;
  guint64 width, height; /* of the stage at zoom 1; height 0: as is needed */
  double zoom;
  const ScenePalette *palette;
} Wish;

static gboolean
read_size (CliArgs *args, const char *word, guint64 *size)
{
  if (word == NULL)
    return TRUE;
  if (!cli_number (args, &usage, word, size))
    return FALSE;
  if (*size >= MIN_SIZE && *size <= MAX_SIZE)
    return TRUE;
  args->status = cli_misuse (usage.name, _ ("A size is between %d and %d"),
                             MIN_SIZE, MAX_SIZE);
  return FALSE;
}

static gboolean
read_zoom (CliArgs *args, Wish *wish)
{
  char *end;

  wish->zoom = 1;
  if (wish->zoom_word == NULL)
    return TRUE;
  wish->zoom = g_ascii_strtod (wish->zoom_word, &end);
  if (*wish->zoom_word != '\0' && *end == '\0' && wish->zoom >= 0.25
      && wish->zoom <= 8)
    return TRUE;
  args->status = cli_misuse (usage.name,
                             _ ("A zoom is between 0.25 and 8, not “%s”"),
                             wish->zoom_word);
  return FALSE;
}

static gboolean
read_palette (CliArgs *args, Wish *wish)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (int id = 0; id < SCENE_PALETTES; id++) {
    const ScenePalette *palette = scene_palette ((ScenePaletteId) id);
    if (wish->palette_name == NULL
        || strcmp (palette->name, wish->palette_name) == 0) {
      wish->palette = palette;
      return TRUE;
    }
    g_string_append_printf (names, " %s", palette->name);
  }
  args->status = cli_misuse (usage.name,
                             _ ("There is no palette “%s”; there are:%s"),
                             wish->palette_name, names->str);
  return FALSE;
}

static gboolean
read_format (CliArgs *args, Wish *wish)
{
  if (wish->format == NULL)
    wish->format = formats[0];
  if (g_strv_contains (formats, wish->format))
    return TRUE;
  args->status = cli_misuse (
      usage.name, _ ("A picture is png, svg or pdf, not “%s”"), wish->format);
  return FALSE;
}

static gboolean
read_step (CliArgs *args, Wish *wish)
{
  wish->all = wish->step_word == NULL || strcmp (wish->step_word, "all") == 0;
  return wish->all || cli_number (args, &usage, wish->step_word, &wish->step);
}

static gboolean
understand (CliArgs *args, Wish *wish)
{
  wish->width = 1280;
  return read_step (args, wish) && read_format (args, wish)
         && read_size (args, wish->width_word, &wish->width)
         && read_size (args, wish->height_word, &wish->height)
         && read_zoom (args, wish) && read_palette (args, wish);
}

/* Where the picture of a step goes. To be freed. */
static char *
path_of_step (const Wish *wish, const CliLesson *lesson, guint64 step)
{
  const char *folder = wish->output != NULL ? wish->output : ".";

  if (wish->output != NULL && !wish->all
      && !g_file_test (folder, G_FILE_TEST_IS_DIR)
      && !g_str_has_suffix (folder, "/"))
    return g_strdup (wish->output);

  g_autofree char *name = g_strdup_printf ("%s-step-%02" G_GUINT64_FORMAT ".%s",
                                           lesson->document->id, step,
                                           wish->format);
  return wish->output != NULL ? g_build_filename (folder, name, NULL)
                              : g_strdup (name);
}

static gboolean
write_picture (const Wish *wish, ScenePainter *painter, const SceneStill *still,
               const char *path, GError **error)
{
  if (strcmp (wish->format, "svg") == 0)
    return scene_write_svg (still, scene_painter_metrics (painter),
                            wish->palette, path, error);
  if (strcmp (wish->format, "pdf") == 0)
    return scene_write_pdf (still, painter, wish->palette, path, error);
  if (still->width * wish->zoom > MAX_PIXELS
      || still->height * wish->zoom > MAX_PIXELS) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                 _ ("a picture has at most %d pixels a side"), MAX_PIXELS);
    return FALSE;
  }
  return scene_write_png (still, painter, wish->palette, path, wish->zoom,
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

static CliStatus
export_step (const Wish *wish, const CliLesson *lesson, SceneStage *stage,
             ScenePainter *painter, guint64 step)
{
  struct vm_machine *machine = lesson->play->machine;
  g_autofree char *path = path_of_step (wish, lesson, step);
  g_autoptr (GError) error = NULL;

  if (!may_write (path))
    return cli_fail_at (path, 0, _ ("this is there, and no regular file"));
  if (!vm_machine_seek (machine, lesson->play->first_step + step))
    return cli_fail (_ ("There is no memory to go to that step"));
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_painter_metrics (painter),
                           (double) wish->width, (double) wish->height);
  if (!write_picture (wish, painter, still, path, &error))
    return cli_fail_at (path, 0, error->message);
  printf ("%s\n", path);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
}

static CliStatus
export_steps (const Wish *wish, const CliLesson *lesson)
{
  g_autoptr (SceneStage) stage = scene_stage_new (lesson->document);
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  guint64 last = lesson->play->end_step - lesson->play->first_step;
  guint64 from = wish->all ? 0 : wish->step;
  guint64 to = wish->all ? last : wish->step;
  CliStatus status = CLI_DONE;

  scene_stage_set_caption (stage, TRUE);
  scene_stage_set_start (stage, lesson->play->first_step);
  for (guint64 step = from; step <= to && status == CLI_DONE; step++)
    status = export_step (wish, lesson, stage, painter, step);
  return status;
}

/* A folder for many pictures is made if it is missing. */
static CliStatus
make_folder (const Wish *wish)
{
  if (wish->output == NULL
      || (!wish->all && !g_str_has_suffix (wish->output, "/")))
    return CLI_DONE;
  if (g_mkdir_with_parents (wish->output, 0777) == 0)
    return CLI_DONE;
  return cli_fail_at (wish->output, 0, g_strerror (errno));
}

static CliStatus
refuse_step (guint64 last)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, last);

  return cli_fail (_ ("The last step of this lesson is %s"), number);
}

CliStatus
cli_lesson_export (CliArgs *args)
{
  Wish wish = {.all = FALSE};
  const CliOption options[] = {
      {"step", "N|all", NULL, &wish.step_word,
       N_ ("Which step; 0 is the start. All is the default")},
      {"format", "FORMAT", NULL, &wish.format,
       N_ ("png (the default), svg or pdf")},
      {"output", "PATH", NULL, &wish.output,
       N_ ("A folder, or a file for one step")},
      {"width", "W", NULL, &wish.width_word,
       N_ ("Width of the stage in pixels; 1280 is the default")},
      {"height", "H", NULL, &wish.height_word,
       N_ ("Height to aim for; as needed by default")},
      {"zoom", "Z", NULL, &wish.zoom_word,
       N_ ("Enlarges a png, such as 2 for a sharp screen")},
      {"palette", "NAME", NULL, &wish.palette_name,
       N_ ("Colours: light, dark, print, …")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options) || !understand (args, &wish))
    return args->status;
  g_autoptr (CliLesson) lesson = cli_lesson_open (args->words[0]);
  if (lesson == NULL)
    return CLI_FAILED;

  guint64 last = lesson->play->end_step - lesson->play->first_step;
  if (!wish.all && wish.step > last)
    return refuse_step (last);
  CliStatus status = make_folder (&wish);
  return status == CLI_DONE ? export_steps (&wish, lesson) : status;
}
