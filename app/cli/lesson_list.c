/* pagewalk-cli lesson list: which lessons there are. */
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "command.h"
#include "json.h"
#include "lesson.h"

static const CliUsage usage = {
    .name = "lesson list",
    .synopsis = "[--json]",
    .summary = N_ ("Lists the book's lessons and your own, in their order."),
    .min_words = 0,
    .max_words = 0,
};

static void
print_json (CliJson *json, const LessonPart *part, const LessonEntry *lesson)
{
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "id", lesson->id);
  cli_json_number (json, "part", (guint64) part->number);
  cli_json_number (json, "number", (guint64) lesson->number);
  cli_json_string (json, "title", lesson->title);
  cli_json_string (json, "summary", lesson->summary);
  cli_json_number (json, "minutes", (guint64) lesson->minutes);
  cli_json_boolean (json, "written", lesson->path != NULL);
  cli_json_string (json, "path", lesson->path);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_text (const LessonEntry *lesson)
{
  if (lesson->path != NULL)
    printf ("  %-22s %s\n  %-22s %s\n", lesson->id, lesson->title, "",
            lesson->path);
  else
    printf ("  %-22s %s (%s)\n", lesson->id, lesson->title,
            _ ("not written yet"));
}

static void
print_part (CliJson *json, const LessonPart *part)
{
  if (json == NULL && part->lessons->len > 0)
    printf ("%d  %s\n", part->number, part->title);
  for (guint i = 0; i < part->lessons->len; i++) {
    const LessonEntry *lesson = g_ptr_array_index (part->lessons, i);
    if (json != NULL)
      print_json (json, part, lesson);
    else
      print_text (lesson);
  }
}

CliStatus
cli_lesson_list (CliArgs *args)
{
  gboolean as_json = FALSE;
  const CliOption options[] = {
      {"json", NULL, &as_json, NULL, N_ ("Print a JSON object for each")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;

  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, problems);
  g_autoptr (CliJson) json = as_json ? cli_json_new () : NULL;
  for (guint i = 0; catalog != NULL && i < catalog->parts->len; i++)
    print_part (json, g_ptr_array_index (catalog->parts, i));

  cli_lesson_tell (problems);
  return lesson_problems_count (problems) == 0 ? CLI_DONE : CLI_FAILED;
}
