/* pagewalk-cli lesson run: plays a lesson in the terminal. */
#include <glib/gi18n-lib.h>

#include "command.h"
#include "lesson_answers.h"
#include "lesson_player.h"

static const CliUsage usage = {
    .name = "lesson run",
    .synopsis = "ID|PATH [--notes] [--json]\n"
                "ID|PATH --answers FILE|- [--json]",
    .summary = N_ ("Plays a lesson from its first step to its last: the text, "
                   "each step's sentence, the questions with their answers. "
                   "With --answers, it marks the answers of a file instead, "
                   "which has a line ID: ANSWER for each."),
    .min_words = 1,
    .max_words = 1,
};

CliStatus
cli_lesson_run (CliArgs *args)
{
  gboolean json = FALSE, notes = FALSE;
  const char *answers = NULL;
  const CliOption options[] = {
      {"json", NULL, &json, NULL, N_ ("Print a JSON object a line")},
      {"notes", NULL, &notes, NULL,
       N_ ("Add what is for teachers: notes, and wrong answers to expect")},
      {"answers", "FILE", NULL, &answers,
       N_ ("Mark the answers in a file; - is standard input")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;

  if (json && answers != NULL)
    cli_speak_english ();
  g_autoptr (CliLesson) lesson = cli_lesson_open (args->words[0]);
  if (lesson == NULL)
    return CLI_FAILED;
  if (answers != NULL)
    return cli_lesson_answer (lesson, answers, json);
  cli_lesson_play (lesson, json ? &cli_json_player : &cli_text_player, notes);
  return CLI_DONE;
}
