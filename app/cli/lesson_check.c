/* pagewalk-cli lesson check: is everything that lessons say true? */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "exercise.h"
#include "json.h"
#include "language.h"
#include "lesson.h"
#include "links.h"
#include "review.h"

/* How deep lessons lie in a folder of them: in parts, as those of the book. */
#define LESSON_FOLDERS 3

static const CliUsage usage = {
    .name = "lesson check",
    .synopsis = "[PATH|ID…] [--json]",
    .summary = N_ ("Checks lessons and kinds of exercises, all by default: "
                   "their form, and every number, answer and claim in them "
                   "against the machine. A folder may hold one lesson, or "
                   "lessons in folders of their own. What belongs to the book "
                   "must also be translated."),
    .min_words = 0,
    .max_words = -1,
};

typedef struct {
  LessonCatalog *catalog;
  guint lessons, problems;
  CliJson *json; /* NULL: in words */
} Tally;

/* So many seeds of each level show whether a kind of exercise is sound. */
#define SEEDS 100
#define SEEDS_TRANSLATED 10

static void
print_json (CliJson *json, const LessonProblems *problems)
{
  for (guint i = 0; i < problems->list->len; i++) {
    const LessonProblem *problem = g_ptr_array_index (problems->list, i);
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "type", "problem");
    cli_json_string (json, "file", problem->file);
    cli_json_number (json, "line", (guint64) problem->line);
    cli_json_number (json, "column", (guint64) problem->column);
    cli_json_string (json, "text", problem->what);
    cli_json_end_object (json);
    cli_json_write_line (json, stdout);
  }
}

static void
add_problems (Tally *tally, const LessonProblems *problems)
{
  if (tally->json != NULL)
    print_json (tally->json, problems);
  else
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

/* Exercises --------------------------------------------------------------- */

static void
review_exercise (const char *path, guint level, const char *language,
                 LessonProblems *problems)
{
  for (guint seed = 1; seed <= SEEDS_TRANSLATED; seed++) {
    g_autoptr (LessonExerciseSheet) sheet
        = lesson_exercise_load (path, level, seed, problems);
    if (sheet != NULL)
      lesson_review_translation (sheet->document, language, problems);
    if (lesson_problems_count (problems) > 0)
      return;
  }
}

/* The same in each of the book's languages. */
static void
check_exercise_translations (const char *path, LessonProblems *problems)
{
  g_auto (GStrv) languages = cli_languages ();

  for (guint i = 0; languages[i] != NULL; i++) {
    if (cli_language_set (languages[i]))
      for (guint level = 1; level <= LESSON_EXERCISE_LEVELS; level++)
        review_exercise (path, level, languages[i], problems);
    cli_language_set (NULL);
  }
}

static void
check_exercise (Tally *tally, const char *path, gboolean of_book)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  tally->lessons++;
  if (lesson_exercise_check (path, SEEDS, problems) && of_book)
    check_exercise_translations (path, problems);
  add_problems (tally, problems);
}

static void
check_exercises (Tally *tally)
{
  g_auto (GStrv) kinds = lesson_exercise_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++) {
    g_autofree char *path = lesson_exercise_path (kinds[i]);
    check_exercise (tally, path, lesson_exercise_is_of_book (path));
  }
}

/* What is asked for ------------------------------------------------------- */

static void
check_part (Tally *tally, const LessonPart *part)
{
  for (guint i = 0; i < part->lessons->len; i++) {
    const LessonEntry *lesson = g_ptr_array_index (part->lessons, i);
    if (lesson->path != NULL)
      check_lesson (tally, lesson->path, FALSE);
  }
}

/* A folder of lessons, such as a course or the book ------------------------
 */

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
holds_lesson (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "lesson.xml", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The folders with a lesson in a folder, and in those in it. Links are not
 * followed: they may lead round in a circle. */
static void
find_lessons (const char *folder, int depth, GPtrArray *paths)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (name[0] == '.' || !g_file_test (path, G_FILE_TEST_IS_DIR)
        || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      continue;
    if (holds_lesson (path))
      g_ptr_array_add (paths, g_steal_pointer (&path));
    else if (depth > 1)
      find_lessons (path, depth - 1, paths);
  }
}

/* One lesson, or all that lie in a folder without one of its own. */
static void
check_path (Tally *tally, const char *path)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !holds_lesson (path))
    find_lessons (path, LESSON_FOLDERS, paths);
  if (paths->len == 0)
    g_ptr_array_add (paths, g_strdup (path));
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    check_lesson (tally, paths->pdata[i], TRUE);
}

static void
check_word (Tally *tally, const char *word)
{
  if (g_str_has_suffix (word, ".xml") && lesson_exercise_is_one (word)) {
    check_exercise (tally, word, lesson_exercise_is_of_book (word));
    return;
  }
  g_autofree char *path = cli_lesson_path (word);

  if (path != NULL)
    check_path (tally, path);
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
  check_exercises (tally);
}

static void
print_sum (const Tally *tally)
{
  if (tally->json != NULL) {
    cli_json_begin_object (tally->json, NULL);
    cli_json_string (tally->json, "type", "sum");
    cli_json_number (tally->json, "lessons", tally->lessons);
    cli_json_number (tally->json, "problems", tally->problems);
    cli_json_end_object (tally->json);
    cli_json_write_line (tally->json, stdout);
    return;
  }

  g_autofree char *lessons = g_strdup_printf (
      ngettext ("%u lesson", "%u lessons", tally->lessons), tally->lessons);
  g_autofree char *problems = g_strdup_printf (
      ngettext ("%u problem", "%u problems", tally->problems), tally->problems);
  /* Translators: "1 lesson", "2 problems". */
  printf (_ ("%s, %s"), lessons, problems);
  printf ("\n");
}

CliStatus
cli_lesson_check (CliArgs *args)
{
  gboolean as_json = FALSE;
  const CliOption options[] = {
      {"json", NULL, &as_json, NULL, N_ ("Print a JSON object for each")},
      {NULL, NULL, NULL, NULL, NULL},
  };
  Tally tally = {NULL, 0, 0, NULL};

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  g_autoptr (CliJson) json = as_json ? cli_json_new () : NULL;
  tally.json = json;
  check (&tally, args);
  print_sum (&tally);
  return tally.problems == 0 ? CLI_DONE : CLI_FAILED;
}
