/* pagewalk-cli lesson check: is everything that lessons say true? */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "language.h"
#include "lesson.h"
#include "links.h"
#include "review.h"

static const CliUsage usage = {
    .name = "lesson check",
    .synopsis = "[PATH|ID…]",
    .summary = N_ ("Checks lessons, all by default: their form, and every "
                   "number, answer and claim in them against the machine. "
                   "Lessons of the book must also be translated."),
    .min_words = 0,
    .max_words = -1,
};

typedef struct {
  LessonCatalog *catalog;
  guint lessons, problems;
} Tally;

static void
add_problems (Tally *tally, const LessonProblems *problems)
{
  cli_lesson_tell (problems);
  tally->problems += lesson_problems_count (problems);
}

/* What is false, then what hinders a reader. */
static void
check_play (LessonPlay *play, LessonProblems *problems)
{
  lesson_play_check (play, problems);
  lesson_review (play, problems);
}

/* The lesson once more, as those see it who read a translation. */
static void
check_translation (const char *path, const char *language,
                   LessonProblems *problems)
{
  g_autoptr (LessonDocument) document = NULL;
  g_autoptr (LessonPlay) play = NULL;

  if (cli_language_set (language))
    document = lesson_document_load (path, problems);
  cli_language_set (NULL);
  if (document == NULL)
    return;
  lesson_review_translation (document, language, problems);
  play = lesson_play_new (document, problems);
  if (play != NULL)
    check_play (play, problems);
}

static void
check_translations (const char *path, LessonProblems *problems)
{
  g_auto (GStrv) languages = cli_languages ();

  for (guint i = 0; languages[i] != NULL; i++)
    check_translation (path, languages[i], problems);
}

/* Lessons of the book are in all its languages; a reader's own in one. */
static gboolean
is_of_book (const Tally *tally, const LessonDocument *document)
{
  const LessonEntry *entry = lesson_catalog_find (tally->catalog, document->id);

  if (entry == NULL || entry->own || entry->path == NULL)
    return FALSE;
  g_autofree char *folder = g_canonicalize_filename (entry->path, NULL);
  return strcmp (folder, document->folder) == 0;
}

/* What refers to other lessons is looked at with all of them, if all are. */
static void
check_lesson (Tally *tally, const char *path, gboolean links)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document = lesson_document_load (path, problems);
  g_autoptr (LessonPlay) play = NULL;

  tally->lessons++;
  if (document != NULL)
    play = lesson_play_new (document, problems);
  if (play != NULL)
    check_play (play, problems);
  if (document != NULL && links)
    lesson_links_check_book (document, tally->catalog, problems);
  if (play != NULL && lesson_problems_count (problems) == 0
      && is_of_book (tally, document))
    check_translations (path, problems);
  add_problems (tally, problems);
}

static void
check_part (Tally *tally, const LessonPart *part)
{
  for (guint i = 0; i < part->lessons->len; i++) {
    const LessonEntry *lesson = g_ptr_array_index (part->lessons, i);
    if (lesson->path != NULL)
      check_lesson (tally, lesson->path, FALSE);
  }
}

static void
check_word (Tally *tally, const char *word)
{
  g_autofree char *path = cli_lesson_path (word);

  if (path != NULL)
    check_lesson (tally, path, TRUE);
  else
    tally->problems++;
}

/* All lessons, or those that are named. */
static void
check (Tally *tally, const CliArgs *args)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, problems);

  tally->catalog = catalog;
  for (int i = 0; i < args->count; i++)
    check_word (tally, args->words[i]);
  if (args->count > 0)
    return;
  add_problems (tally, problems);
  for (guint i = 0; i < catalog->parts->len; i++)
    check_part (tally, g_ptr_array_index (catalog->parts, i));
}

CliStatus
cli_lesson_check (CliArgs *args)
{
  const CliOption options[] = {{NULL, NULL, NULL, NULL, NULL}};
  Tally tally = {NULL, 0, 0};

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  check (&tally, args);

  g_autofree char *lessons = g_strdup_printf (
      ngettext ("%u lesson", "%u lessons", tally.lessons), tally.lessons);
  g_autofree char *problems = g_strdup_printf (
      ngettext ("%u problem", "%u problems", tally.problems), tally.problems);
  /* Translators: "1 lesson", "2 problems". */
  printf (_ ("%s, %s"), lessons, problems);
  printf ("\n");
  return tally.problems == 0 ? CLI_DONE : CLI_FAILED;
}
