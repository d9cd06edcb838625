/* pagewalk-cli lesson preview: a lesson as readers will see it. */
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "lesson_picture.h"
#include "operands.h"

static const CliUsage usage = {
    .name = "lesson preview",
    .synopsis = "FOLDER|ID [--output FILE|FOLDER] [--step N|all]\n    [--width "
                "W] [--height H] [--theme NAME]",
    .summary = N_ (
        "Shows a lesson as its readers will see it: in Pagewalk's window, "
        "which follows the file as it is saved; or, with --output, as pictures "
        "of stage and caption, for which no display is needed."),
    .min_words = 1,
    .max_words = 1,
};

typedef struct {
  const char *step_word, *output, *theme, *width_word, *height_word;
  gboolean all;
  guint64 step;
  CliPicture picture;
} Wish;

/* What is asked for -------------------------------------------------------- */

static gboolean
is_folder (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_str_has_suffix (path, "/") || strchr (name, '.') == NULL
         || g_file_test (path, G_FILE_TEST_IS_DIR);
}

/* The file's name says what kind of picture it is. */
static gboolean
read_output (CliArgs *args, Wish *wish)
{
  const char *ending = wish->output != NULL && !is_folder (wish->output)
                           ? strrchr (wish->output, '.')
                           : NULL;
  g_autofree char *format = NULL;

  if (ending == NULL)
    return TRUE;
  format = g_ascii_strdown (ending + 1, -1);
  return cli_picture_format (args, &usage, g_intern_string (format),
                             &wish->picture);
}

/* One file holds one step; a folder all of them. */
static gboolean
read_step (CliArgs *args, Wish *wish)
{
  gboolean folder = wish->output == NULL || is_folder (wish->output);

  wish->all = wish->step_word != NULL ? strcmp (wish->step_word, "all") == 0
                                      : folder;
  if (wish->all && !folder) {
    args->status = cli_misuse (usage.name,
                               _ ("All steps need a folder, not the file “%s”"),
                               wish->output);
    return FALSE;
  }
  return wish->all || wish->step_word == NULL
         || cli_number (args, &usage, wish->step_word, &wish->step);
}

/* The app calls them thus; the plainest of the two high contrasts is meant. */
static const char *
palette_of_theme (const char *theme)
{
  return g_strcmp0 (theme, "contrast") == 0 ? "contrast-light" : theme;
}

static gboolean
understand (CliArgs *args, Wish *wish)
{
  return read_output (args, wish) && read_step (args, wish)
         && cli_picture_size (args, &usage, wish->width_word,
                              &wish->picture.width)
         && cli_picture_size (args, &usage, wish->height_word,
                              &wish->picture.height)
         && cli_picture_palette (args, &usage, palette_of_theme (wish->theme),
                                 &wish->picture);
}

/* Pictures ----------------------------------------------------------------- */

static CliStatus
write_step (const Wish *wish, CliPainter *painter, guint64 step)
{
  if (!is_folder (wish->output))
    return cli_painter_write (painter, step, wish->output);

  g_autofree char *name = g_strdup_printf ("step-%02" G_GUINT64_FORMAT ".%s",
                                           step, wish->picture.format);
  g_autofree char *path = g_build_filename (wish->output, name, NULL);
  return cli_painter_write (painter, step, path);
}

static CliStatus
write_pictures (const Wish *wish, const CliLesson *lesson)
{
  g_autoptr (CliPainter) painter = cli_painter_new (lesson, &wish->picture);
  guint64 last = lesson->play->end_step - lesson->play->first_step;
  guint64 from = wish->all ? 0 : wish->step;
  guint64 to = wish->all ? last : wish->step;
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, last);
  CliStatus status = CLI_DONE;

  if (wish->step > last)
    return cli_fail (_ ("The last step of this lesson is %s"), number);
  if (is_folder (wish->output)
      && g_mkdir_with_parents (wish->output, 0777) != 0)
    return cli_fail_at (wish->output, 0, g_strerror (errno));
  for (guint64 step = from; step <= to && status == CLI_DONE; step++)
    status = write_step (wish, painter, step);
  return status;
}

/* The window --------------------------------------------------------------- */

static gboolean
has_display (void)
{
  const char *x = g_getenv ("DISPLAY"), *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x != NULL && *x != '\0') || (wayland != NULL && *wayland != '\0');
}

/* The one beside this program, as in a build tree or under a prefix of its
 * own; else whichever is found. */
static char *
program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self)
                                         : g_strdup (".");
  const char *const places[] = {"pagewalk", "../shell/pagewalk"};

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_build_filename (folder, places[i], NULL);
    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&path);
  }
  return g_find_program_in_path ("pagewalk");
}

static CliStatus
open_window (const char *path)
{
  g_autofree char *app = program ();
  g_autofree char *file = g_canonicalize_filename (path, NULL);
  char *words[] = {app, file, NULL};
  g_autoptr (GError) error = NULL;

  if (!has_display ())
    return cli_fail (_ ("There is no display for a window; ask for pictures "
                        "with --output"));
  if (app == NULL)
    return cli_fail (_ ("The program “pagewalk” is not there; ask for pictures "
                        "with --output"));
  if (!g_spawn_async (NULL, words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                      &error))
    return cli_fail ("%s", error->message);
  return CLI_DONE;
}

CliStatus
cli_lesson_preview (CliArgs *args)
{
  Wish wish = {.picture = CLI_PICTURE};
  const CliOption options[] = {
      {"output", "PATH", NULL, &wish.output,
       N_ ("A file (.png, .svg, .pdf), or a folder for all steps")},
      {"step", "N|all", NULL, &wish.step_word,
       N_ ("Which step; 0 is the start")},
      {"width", "W", NULL, &wish.width_word,
       N_ ("Width of the stage in pixels; 1280 is the default")},
      {"height", "H", NULL, &wish.height_word,
       N_ ("Height to aim for; as needed by default")},
      {"theme", "NAME", NULL, &wish.theme,
       N_ ("Colours: light (the default), dark, contrast, print, …")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options) || !understand (args, &wish))
    return args->status;
  if (wish.output == NULL) {
    g_autofree char *path = cli_lesson_path (args->words[0]);
    return path != NULL ? open_window (path) : CLI_FAILED;
  }
  g_autoptr (CliLesson) lesson = cli_lesson_open (args->words[0]);
  return lesson != NULL ? write_pictures (&wish, lesson) : CLI_FAILED;
}
