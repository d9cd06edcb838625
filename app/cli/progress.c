/* pagewalk-cli progress: what a reader has done, shown and handed in. */
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "command.h"
#include "csv.h"
#include "json.h"
#include "result.h"

static const CliUsage usage = {
    .name = "progress",
    .synopsis = "[LESSON] [--csv | --json] [--file FILE]\n"
                "--result FILE --student ID [--salt TEXT] [--file FILE]",
    .summary = N_ ("Shows how far you are in each lesson, prints your answers "
                   "as a table, or writes the result file to hand in."),
    .min_words = 0,
    .max_words = 1,
};

static void
print_lesson_json (const ProgressLesson *lesson)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autofree char *last = progress_time_text (lesson->last);

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "lesson", lesson->lesson);
  cli_json_number (json, "step", lesson->step);
  cli_json_number (json, "steps", lesson->steps);
  cli_json_number (json, "seen", lesson->seen);
  cli_json_number (json, "questions", lesson->asked);
  cli_json_number (json, "answered", lesson->answered);
  cli_json_number (json, "right", lesson->right);
  cli_json_number (json, "attempts", lesson->attempts);
  cli_json_number (json, "seconds", (guint64) lesson->seconds);
  cli_json_string (json, "last", last);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_lesson_text (const ProgressLesson *lesson)
{
  printf ("%s\n  ", lesson->lesson);
  /* Translators: steps seen, of how many; questions answered rightly, of how
   * many; minutes. */
  printf (_ ("%u of %u steps, %u of %u questions right, %.0f minutes"),
          MIN (lesson->seen, lesson->steps + 1), lesson->steps + 1,
          lesson->right, lesson->asked, lesson->seconds / 60);
  printf ("\n");
}

static void
print_lessons (ProgressStore *store, const char *only, gboolean json)
{
  g_autoptr (GPtrArray) lessons = progress_store_lessons (store);

  for (guint i = 0; i < lessons->len; i++) {
    const ProgressLesson *lesson = lessons->pdata[i];
    if (only != NULL && g_strcmp0 (only, lesson->lesson) != 0)
      continue;
    if (json)
      print_lesson_json (lesson);
    else
      print_lesson_text (lesson);
  }
}

static CliStatus
hand_in (ProgressStore *store, const char *path, const char *student,
         const char *salt)
{
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
  g_autoptr (GError) error = NULL;

  if (student == NULL || *student == '\0')
    return cli_misuse (usage.name, _ ("A result file needs --student ID"));
  if (!progress_result_write (path, student, salt, answers, &error))
    return cli_fail_at (path, 0, error->message);
  return CLI_DONE;
}

CliStatus
cli_progress (CliArgs *args)
{
  gboolean csv = FALSE, json = FALSE;
  const char *file = NULL, *result = NULL, *student = NULL, *salt = NULL;
  const CliOption options[] = {
      {"csv", NULL, &csv, NULL, N_ ("Print all answers, comma-separated")},
      {"json", NULL, &json, NULL, N_ ("Print a JSON object for each lesson")},
      {"result", "FILE", NULL, &result, N_ ("Write the result file FILE")},
      {"student", "ID", NULL, &student, N_ ("Who you are, for --result")},
      {"salt", "TEXT", NULL, &salt, N_ ("The salt of your class")},
      {"file", "FILE", NULL, &file, N_ ("Another file of progress")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;

  const char *lesson = args->count > 0 ? args->words[0] : NULL;
  g_autofree char *notice = NULL;
  g_autoptr (ProgressStore) store = progress_store_open (file, &notice);
  if (notice != NULL)
    fprintf (stderr, "%s\n", notice);
  if (result != NULL)
    return hand_in (store, result, student, salt);
  if (csv) {
    g_autoptr (GPtrArray) answers = progress_store_answers (store, lesson);
    g_autofree char *text = progress_csv (answers);
    fputs (text, stdout);
    return CLI_DONE;
  }
  print_lessons (store, lesson, json);
  return CLI_DONE;
}
