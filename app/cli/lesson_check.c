/* pagewalk-cli lesson check: is everything that lessons say true? */
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "command.h"
#include "lesson.h"

static const CliUsage usage = {
    .name = "lesson check",
    .synopsis = "[PATH|ID…]",
    .summary = N_ ("Checks lessons, all by default: their form, and every "
                   "number, answer and claim in them against the machine."),
    .min_words = 0,
    .max_words = -1,
};

typedef struct {
  guint lessons, problems;
} Tally;

static void
add_problems (Tally *tally, const LessonProblems *problems)
{
  cli_lesson_tell (problems);
  tally->problems += lesson_problems_count (problems);
}

static void
check_lesson (Tally *tally, const char *path)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document = lesson_document_load (path, problems);
  g_autoptr (LessonPlay) play = NULL;

  tally->lessons++;
  if (document != NULL)
    play = lesson_play_new (document, problems);
  if (play != NULL)
    lesson_play_check (play, problems);
  add_problems (tally, problems);
}

static void
check_part (Tally *tally, const LessonPart *part)
{
  for (guint i = 0; i < part->lessons->len; i++) {
    const LessonEntry *lesson = g_ptr_array_index (part->lessons, i);
    if (lesson->path != NULL)
      check_lesson (tally, lesson->path);
  }
}

static void
check_all (Tally *tally)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, problems);

  add_problems (tally, problems);
  for (guint i = 0; catalog != NULL && i < catalog->parts->len; i++)
    check_part (tally, g_ptr_array_index (catalog->parts, i));
}

static void
check_word (Tally *tally, const char *word)
{
  g_autofree char *path = cli_lesson_path (word);

  if (path != NULL)
    check_lesson (tally, path);
  else
    tally->problems++;
}

CliStatus
cli_lesson_check (CliArgs *args)
{
  const CliOption options[] = {{NULL, NULL, NULL, NULL, NULL}};
  Tally tally = {0, 0};

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (args->count == 0)
    check_all (&tally);
  for (int i = 0; i < args->count; i++)
    check_word (&tally, args->words[i]);

  g_autofree char *lessons = g_strdup_printf (
      ngettext ("%u lesson", "%u lessons", tally.lessons), tally.lessons);
  g_autofree char *problems = g_strdup_printf (
      ngettext ("%u problem", "%u problems", tally.problems), tally.problems);
  /* Translators: "1 lesson", "2 problems". */
  printf (_ ("%s, %s"), lessons, problems);
  printf ("\n");
  return tally.problems == 0 ? CLI_DONE : CLI_FAILED;
}
