/* pagewalk-cli lesson export: pictures of a lesson's steps. */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "html.h"
#include "lesson.h"
#include "lesson_picture.h"
#include "operands.h"
#include "save.h"

static const CliUsage usage = {
    .name = "lesson export",
    .synopsis = "ID|PATH [--step N|all] [--output PATH]\n    "
                "[--format png|svg|pdf|html] [--width W] [--height H] [--zoom "
                "Z] [--palette "
                "NAME]",
    .summary = N_ ("Writes what the stage shows as pictures, one a step: "
                   "ID-step-NN.png in the current folder. As html it is the "
                   "whole lesson, as one page that steps and marks "
                   "answers."),
    .min_words = 1,
    .max_words = 1,
};

/* What is asked for, in words and then understood. */
typedef struct {
  const char *step_word, *format, *output, *palette_name;
  const char *width_word, *height_word, *zoom_word;
  gboolean all;
  guint64 step;
  CliPicture picture;
} Wish;

static gboolean
read_zoom (CliArgs *args, Wish *wish)
{
  char *end;

  if (wish->zoom_word == NULL)
    return TRUE;
  wish->picture.zoom = g_ascii_strtod (wish->zoom_word, &end);
  if (*wish->zoom_word != '\0' && *end == '\0' && wish->picture.zoom >= 0.25
      && wish->picture.zoom <= 8)
    return TRUE;
  args->status = cli_misuse (usage.name,
                             _ ("A zoom is between 0.25 and 8, not “%s”"),
                             wish->zoom_word);
  return FALSE;
}

static gboolean
read_step (CliArgs *args, Wish *wish)
{
  wish->all = wish->step_word == NULL || strcmp (wish->step_word, "all") == 0;
  return wish->all || cli_number (args, &usage, wish->step_word, &wish->step);
}

static gboolean
is_document (const Wish *wish)
{
  return g_strcmp0 (wish->format, "html") == 0;
}

static gboolean
understand (CliArgs *args, Wish *wish)
{
  CliPicture *picture = &wish->picture;

  return read_step (args, wish)
         && (is_document (wish)
             || cli_picture_format (args, &usage, wish->format, picture))
         && cli_picture_size (args, &usage, wish->width_word, &picture->width)
         && cli_picture_size (args, &usage, wish->height_word, &picture->height)
         && read_zoom (args, wish)
         && cli_picture_palette (args, &usage, wish->palette_name, picture);
}

/* Where a document goes. To be freed. */
static char *
path_of_document (const Wish *wish, const CliLesson *lesson)
{
  g_autofree char *name
      = g_strdup_printf ("%s.%s", lesson->document->id, wish->format);

  if (wish->output == NULL)
    return g_steal_pointer (&name);
  if (g_file_test (wish->output, G_FILE_TEST_IS_DIR)
      || g_str_has_suffix (wish->output, "/"))
    return g_build_filename (wish->output, name, NULL);
  return g_strdup (wish->output);
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
                                           wish->picture.format);
  return wish->output != NULL ? g_build_filename (folder, name, NULL)
                              : g_strdup (name);
}

static CliStatus
export_steps (const Wish *wish, const CliLesson *lesson)
{
  g_autoptr (CliPainter) painter = cli_painter_new (lesson);
  guint64 last = lesson->play->end_step - lesson->play->first_step;
  guint64 from = wish->all ? 0 : wish->step;
  guint64 to = wish->all ? last : wish->step;
  CliStatus status = CLI_DONE;

  for (guint64 step = from; step <= to && status == CLI_DONE; step++) {
    g_autofree char *path = path_of_step (wish, lesson, step);
    status = cli_painter_write (painter, &wish->picture, step, path);
  }
  return status;
}

/* A folder for many pictures is made if it is missing. */
static CliStatus
make_folder (const Wish *wish)
{
  if (wish->output == NULL
      || ((!wish->all || is_document (wish))
          && !g_str_has_suffix (wish->output, "/")))
    return CLI_DONE;
  if (g_mkdir_with_parents (wish->output, 0777) == 0)
    return CLI_DONE;
  return cli_fail_at (wish->output, 0, g_strerror (errno));
}

/* A document holds all of the lesson. */
static CliStatus
export_document (const Wish *wish, const CliLesson *lesson)
{
  const ExportJob job = {.play = lesson->play};
  g_autofree char *path = path_of_document (wish, lesson);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = export_html (&job, &error);

  if (bytes == NULL)
    return cli_fail ("%s", error->message);
  if (!export_save (bytes, path, &error))
    return cli_fail_at (path, 0, error->message);
  printf ("%s\n", path);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
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
  Wish wish = {.picture = CLI_PICTURE};
  const CliOption options[] = {
      {"step", "N|all", NULL, &wish.step_word,
       N_ ("Which step; 0 is the start. All is the default")},
      {"format", "FORMAT", NULL, &wish.format,
       N_ ("png (the default), svg, pdf or html")},
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
  if (status == CLI_DONE && is_document (&wish))
    return export_document (&wish, lesson);
  return status == CLI_DONE ? export_steps (&wish, lesson) : status;
}
