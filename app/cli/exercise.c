/* pagewalk-cli exercise: prints worksheets and their keys. */
#include "exercise.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "lesson.h"
#include "operands.h"
#include "worksheet.h"

#define MOST 1000

static const CliUsage usage = {
    .name = "exercise",
    .synopsis = "KIND [--seed N] [--count M] [--level 1|2|3] [--answers] "
                "[--json]\n    [--format FORMAT] [--gift] [--moodle] "
                "[--paper NAME] [--output FILE]\n--list",
    .summary = N_ ("Prints a worksheet: questions with numbers that the seed "
                   "decides. The same seed prints the same worksheet "
                   "everywhere."),
    .min_words = 0,
    .max_words = 1,
};

/* What is asked for, in words and then understood. */
typedef struct {
  const char *seed_word, *count_word, *level_word, *format, *output, *paper;
  const ScenePaperSize *size;
  guint64 seed, count, level;
  gboolean answers, json, list, gift, moodle;
} Wish;

static gboolean
read_number (CliArgs *args, const char *word, guint64 low, guint64 high,
             guint64 *number)
{
  if (word == NULL)
    return TRUE;
  if (!cli_number (args, &usage, word, number))
    return FALSE;
  if (*number >= low && *number <= high)
    return TRUE;
  g_autofree char *least = g_strdup_printf ("%" G_GUINT64_FORMAT, low);
  g_autofree char *most = g_strdup_printf ("%" G_GUINT64_FORMAT, high);
  args->status = cli_misuse (
      usage.name, _ ("“%s” is not a number from %s to %s"), word, least, most);
  return FALSE;
}

/* "--gift" says the same as "--format gift". */
static gboolean
read_format (CliArgs *args, Wish *wish)
{
  static const char *const formats[] = {"text", "pdf", "gift", "moodle", NULL};

  if (wish->gift || wish->moodle)
    wish->format = wish->gift ? "gift" : "moodle";
  if (wish->format == NULL)
    wish->format = formats[0];
  gboolean text = strcmp (wish->format, "text") == 0;
  if (!g_strv_contains (formats, wish->format))
    args->status = cli_misuse (
        usage.name, _ ("A worksheet is text, pdf, gift or moodle, not “%s”"),
        wish->format);
  else if (!text && wish->json)
    args->status
        = cli_misuse (usage.name, _ ("Either --json or another format"));
  else if (wish->output != NULL && text)
    args->status = cli_misuse (usage.name, _ ("Text is not written to a file"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
understand (CliArgs *args, Wish *wish)
{
  wish->seed = 1;
  wish->count = 1;
  wish->level = 1;
  return read_format (args, wish)
         && cli_paper_size (args, &usage, wish->paper, &wish->size)
         && read_number (args, wish->seed_word, 0, G_MAXUINT64, &wish->seed)
         && read_number (args, wish->count_word, 1, MOST, &wish->count)
         && read_number (args, wish->level_word, 1, LESSON_EXERCISE_LEVELS,
                         &wish->level);
}

/* What a kind is about, in the reader's language; "" if its file is damaged. */
static char *
summary_of (const char *kind)
{
  g_autoptr (LessonExerciseSheet) sheet = lesson_exercise_new (kind, 1, 1);

  return sheet != NULL ? lesson_text_plain (sheet->document->summary)
                       : g_strdup ("");
}

static CliStatus
list_kinds (void)
{
  g_auto (GStrv) kinds = lesson_exercise_kinds ();
  int width = 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    width = MAX (width, (int) strlen (kinds[i]));
  for (guint i = 0; kinds[i] != NULL; i++) {
    g_autofree char *summary = summary_of (kinds[i]);
    printf ("%-*s  %s\n", width, kinds[i], summary);
  }
  return CLI_DONE;
}

/* The exercises, or NULL after saying what is wrong with their file. */
static GPtrArray *
make_sheets (const char *path, const Wish *wish)
{
  g_autoptr (GPtrArray) sheets
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lesson_exercise_free);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  for (guint i = 0; i < wish->count; i++) {
    LessonExerciseSheet *sheet
        = lesson_exercise_load (path, (guint) wish->level,
                                lesson_exercise_seed (wish->seed, i), problems);
    if (sheet == NULL) {
      cli_lesson_tell (problems);
      return NULL;
    }
    g_ptr_array_add (sheets, sheet);
  }
  return g_steal_pointer (&sheets);
}

static CliStatus
refuse_kind (const char *kind)
{
  g_auto (GStrv) kinds = lesson_exercise_kinds ();
  g_autofree char *list = g_strjoinv (" ", kinds);

  return cli_fail (_ ("There is no exercise “%s”; there are: %s"), kind, list);
}

static CliStatus
print (const char *kind, const Wish *wish)
{
  g_autofree char *path = lesson_exercise_path (kind);
  if (path == NULL)
    return refuse_kind (kind);
  g_autoptr (GPtrArray) sheets = make_sheets (path, wish);
  if (sheets == NULL)
    return CLI_FAILED;

  g_autofree char *call = g_strdup_printf (
      "pagewalk-cli exercise %s --level %u --seed %" G_GUINT64_FORMAT
      " --count %u",
      kind, (guint) wish->level, wish->seed, sheets->len);
  const CliWorksheet worksheet = {.kind = kind,
                                  .call = call,
                                  .size = wish->size,
                                  .answers = wish->answers,
                                  .sheets = sheets};
  if (strcmp (wish->format, "pdf") == 0)
    return cli_worksheet_pdf (&worksheet, wish->output);
  if (strcmp (wish->format, "gift") == 0
      || strcmp (wish->format, "moodle") == 0)
    return cli_worksheet_quiz (&worksheet, wish->format[0] == 'm',
                               wish->output);
  if (wish->json)
    cli_worksheet_json (&worksheet);
  else
    cli_worksheet_text (&worksheet);
  return CLI_DONE;
}

CliStatus
cli_exercise (CliArgs *args)
{
  Wish wish = {.answers = FALSE};
  const CliOption options[] = {
      {"seed", "N", NULL, &wish.seed_word,
       N_ ("Which numbers; 1 is the default")},
      {"count", "M", NULL, &wish.count_word,
       N_ ("How many questions; 1 is the default")},
      {"level", "L", NULL, &wish.level_word,
       N_ ("How difficult: 1 (the default), 2 or 3")},
      {"answers", NULL, &wish.answers, NULL,
       N_ ("Print the key, too, with the way to it")},
      {"format", "FORMAT", NULL, &wish.format,
       N_ ("text (the default), pdf, gift or moodle")},
      {"paper", "NAME", NULL, &wish.paper,
       N_ ("Paper of a pdf: a4 (the default) or letter")},
      {"output", "FILE", NULL, &wish.output,
       N_ ("Write it there; else to standard output")},
      {"gift", NULL, &wish.gift, NULL,
       N_ ("As --format gift: a quiz for learning platforms, with its key")},
      {"moodle", NULL, &wish.moodle, NULL,
       N_ ("As --format moodle: the same in Moodle's XML, with hints")},
      {"json", NULL, &wish.json, NULL, N_ ("One object a question")},
      {"list", NULL, &wish.list, NULL, N_ ("Say which kinds there are")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options) || !understand (args, &wish))
    return args->status;
  if (wish.list && args->count == 0)
    return list_kinds ();
  if (args->count == 0)
    return cli_misuse (usage.name, _ ("No kind of exercise is given"));
  return print (args->words[0], &wish);
}
