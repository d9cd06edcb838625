/* pagewalk-cli lesson export: a lesson to take away. */
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "chosen.h"
#include "command.h"
#include "lesson.h"
#include "lesson_picture.h"
#include "operands.h"
#include "save.h"
#include "task.h"

static const CliUsage usage = {
    .name = "lesson export",
    .synopsis = "ID|PATH [--step STEPS] [--format FORMAT] [--output PATH]\n"
                "    [--width W] [--height H] [--zoom Z] [--palette NAME] "
                "[--paper NAME] [--answers]",
    .summary
    = N_ ("Writes a lesson to take away. png, svg: a picture for each "
          "step, ID-step-NN.png in the current folder. pdf: a page for "
          "each step. handout: a PDF of the prose with the pictures "
          "of some steps, and of the questions. html: one page that "
          "steps and marks answers, without a network. text: every "
          "step's sentence."),
    .min_words = 1,
    .max_words = 1,
};

/* What is asked for, in words and then understood. */
typedef struct {
  const char *steps, *format, *output, *palette_name, *paper;
  const char *width_word, *height_word, *zoom_word;
  CliPicture picture;
  ExportTask task;
} Wish;

/* What is asked for ------------------------------------------------------- */

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
read_format (CliArgs *args, Wish *wish)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < EXPORT_FORMS; i++) {
    const char *name = export_form_name ((ExportForm) i);
    if (wish->format == NULL || strcmp (name, wish->format) == 0) {
      wish->task.form = (ExportForm) i;
      wish->picture.format = name;
      return TRUE;
    }
    g_string_append_printf (names, " %s", name);
  }
  args->status = cli_misuse (usage.name,
                             _ ("There is no format “%s”; there are:%s"),
                             wish->format, names->str);
  return FALSE;
}

/* What can never be steps is a wrong use, whatever the lesson. */
static gboolean
read_steps (CliArgs *args, Wish *wish)
{
  if (wish->steps == NULL)
    wish->steps = export_form_steps (wish->task.form);
  if (export_chosen_is_good (wish->steps))
    return TRUE;
  args->status = cli_misuse (
      usage.name,
      _ ("Steps are 12, 3-8, beats, points, all, none, or some of these with "
         "commas between, not “%s”"),
      wish->steps);
  return FALSE;
}

static gboolean
understand (CliArgs *args, Wish *wish)
{
  CliPicture *picture = &wish->picture;

  return read_format (args, wish) && read_steps (args, wish)
         && cli_picture_size (args, &usage, wish->width_word, &picture->width)
         && cli_picture_size (args, &usage, wish->height_word, &picture->height)
         && read_zoom (args, wish)
         && cli_picture_palette (args, &usage, wish->palette_name, picture)
         && cli_paper_size (args, &usage, wish->paper, &wish->task.size);
}

/* Where it goes ----------------------------------------------------------- */

static gboolean
is_folder (const char *path)
{
  return path != NULL
         && (g_str_has_suffix (path, "/")
             || g_file_test (path, G_FILE_TEST_IS_DIR));
}

/* One picture may have a file of its own. */
static gboolean
is_single (const Wish *wish)
{
  return export_form_is_document (wish->task.form)
         || (wish->task.steps->len == 1 && strcmp (wish->steps, "all") != 0);
}

/* The file: the one that is asked for, or a name in a folder. To be freed. */
static char *
path_of (const Wish *wish, const char *name)
{
  if (wish->output == NULL)
    return g_strdup (name);
  if (is_single (wish) && !is_folder (wish->output))
    return g_strdup (wish->output);
  return g_build_filename (wish->output, name, NULL);
}

/* A folder for many pictures is made if it is missing. */
static CliStatus
make_folder (const Wish *wish)
{
  if (wish->output == NULL
      || (is_single (wish) && !g_str_has_suffix (wish->output, "/")))
    return CLI_DONE;
  if (g_mkdir_with_parents (wish->output, 0777) == 0)
    return CLI_DONE;
  return cli_fail_at (wish->output, 0, g_strerror (errno));
}

/* Writing ----------------------------------------------------------------- */

static char *
picture_name (const Wish *wish, const CliLesson *lesson, guint i)
{
  return g_strdup_printf (
      "%s-step-%02" G_GUINT64_FORMAT ".%s", lesson->document->id,
      g_array_index (wish->task.steps, guint64, i), wish->picture.format);
}

static CliStatus
write_picture (const Wish *wish, const CliLesson *lesson)
{
  g_autoptr (CliPainter) painter = cli_painter_new (lesson, &wish->picture);
  g_autofree char *name = picture_name (wish, lesson, 0);
  g_autofree char *path = path_of (wish, name);
  CliStatus status = make_folder (wish);

  return status == CLI_DONE ? cli_painter_write (
             painter, g_array_index (wish->task.steps, guint64, 0), path)
                            : status;
}

/* What is left of a message behind the file that it begins with; NULL if it
 * begins with another. */
static const char *
behind (const char *message, const char *path)
{
  gsize length = strlen (path);

  return strncmp (message, path, length) == 0
                 && strncmp (message + length, ": ", 2) == 0
             ? message + length + 2
             : NULL;
}

/* Says what went wrong, of the file that it is about or of the folder. */
static CliStatus
fail_pictures (const Wish *wish, const CliLesson *lesson, const char *folder,
               const char *message)
{
  const char *why = behind (message, folder);

  for (guint i = 0; i < wish->task.steps->len; i++) {
    g_autofree char *name = picture_name (wish, lesson, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (behind (message, path) != NULL)
      return cli_fail_at (path, 0, behind (message, path));
  }
  return cli_fail_at (folder, 0, why != NULL ? why : message);
}

/* All of them, or, if one cannot be written, none. */
static CliStatus
write_pictures (const Wish *wish, const CliLesson *lesson)
{
  const char *folder = wish->output != NULL ? wish->output : ".";
  const ExportJob job = {.play = lesson->play};
  g_autoptr (GError) error = NULL;

  if (!export_task_write (&wish->task, &job, folder, &error))
    return fail_pictures (wish, lesson, folder, error->message);
  for (guint i = 0; i < wish->task.steps->len; i++) {
    g_autofree char *name = picture_name (wish, lesson, i);
    g_autofree char *path = path_of (wish, name);
    printf ("%s\n", path);
  }
  return cli_flush () ? CLI_DONE : CLI_FAILED;
}

static CliStatus
write_document (const Wish *wish, const CliLesson *lesson)
{
  const ExportJob job = {.play = lesson->play};
  g_autofree char *name = export_task_name (&wish->task, lesson->document);
  g_autofree char *path = path_of (wish, name);
  g_autoptr (GError) error = NULL;
  CliStatus status = make_folder (wish);

  if (status != CLI_DONE)
    return status;
  g_autoptr (GBytes) bytes = export_task_bytes (&wish->task, &job, &error);

  if (bytes == NULL)
    return cli_fail ("%s", error->message);
  if (!export_save (bytes, path, &error))
    return cli_fail_at (path, 0, error->message);
  printf ("%s\n", path);
  return cli_flush () ? CLI_DONE : CLI_FAILED;
}

static CliStatus
write_all (Wish *wish, const CliLesson *lesson)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) steps = export_chosen (lesson->play, wish->steps, &error);

  if (steps == NULL)
    return cli_fail ("%s", error->message);
  wish->task.steps = steps;
  wish->task.look = cli_picture_look (&wish->picture);
  if (export_form_is_document (wish->task.form))
    return write_document (wish, lesson);
  return steps->len == 1 ? write_picture (wish, lesson)
                         : write_pictures (wish, lesson);
}

CliStatus
cli_lesson_export (CliArgs *args)
{
  Wish wish = {.picture = CLI_PICTURE};
  const CliOption options[] = {
      {"step", "STEPS", NULL, &wish.steps,
       N_ ("Which steps: 12, 3-8, beats, points, all, none, or some with "
           "commas "
           "between; 0 is the start. All is the default, of a handout beats: "
           "the last step of each")},
      {"format", "FORMAT", NULL, &wish.format,
       N_ ("png (the default), svg, pdf, handout, html, text, gift or moodle")},
      {"output", "PATH", NULL, &wish.output,
       N_ ("A folder, or a file for one step or a document")},
      {"width", "W", NULL, &wish.width_word,
       N_ ("Width of the stage in pixels; 1280 is the default")},
      {"height", "H", NULL, &wish.height_word,
       N_ ("Height to aim for; as needed by default")},
      {"zoom", "Z", NULL, &wish.zoom_word,
       N_ ("Enlarges a png, such as 2 for a sharp screen")},
      {"palette", "NAME", NULL, &wish.palette_name,
       N_ ("Colours of pictures: light, dark, print, …")},
      {"paper", "NAME", NULL, &wish.paper,
       N_ ("Paper of a handout: a4 (the default) or letter")},
      {"answers", NULL, &wish.task.key, NULL,
       N_ ("With a key behind the handout")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options) || !understand (args, &wish))
    return args->status;
  g_autoptr (CliLesson) lesson = cli_lesson_open (args->words[0]);
  return lesson != NULL ? write_all (&wish, lesson) : CLI_FAILED;
}
