/* pagewalk-cli grade: result files of a class, marked again. */
#include "grade.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "command.h"
#include "csv.h"
#include "json.h"
#include "wrap.h"

static const CliUsage usage = {
    .name = "grade",
    .synopsis = "FILE… [--salt TEXT] [--csv | --json]",
    .summary = N_ ("Marks result files again with the simulation and prints a "
                   "line for each student, then the questions, hardest "
                   "first. What does not fit is flagged."),
    .min_words = 1,
    .max_words = -1,
};

typedef enum { TEXT, CSV, JSON } Format;

static char *
flags_text (const ProgressGrade *grade)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < grade->flags->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            (const char *) grade->flags->pdata[i]);
  return g_string_free (text, FALSE);
}

/* Students ----------------------------------------------------------------- */

/* Columns as wide as a screen shows them, whatever the letters. */
static void
print_cell (const char *text, int width)
{
  printf ("%s%*s", text, MAX (1, width - cli_text_width (text)), "");
}

static void
print_student_text (const ProgressGrade *grade)
{
  g_autofree char *flags = flags_text (grade);

  print_cell (grade->student, 18);
  printf ("%7u %9u %6u %6u %7.0f  %s\n", grade->answers, grade->questions,
          grade->right, grade->first, grade->seconds / 60, flags);
}

static void
print_student_csv (const ProgressGrade *grade)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *flags = flags_text (grade);

  progress_csv_field (line, grade->file);
  g_string_append_c (line, ',');
  progress_csv_field (line, grade->student);
  g_string_append_printf (line, ",%u,%u,%u,%u,%.0f,", grade->answers,
                          grade->questions, grade->right, grade->first,
                          grade->seconds);
  progress_csv_field (line, flags);
  printf ("%s\r\n", line->str);
}

static void
print_student_json (const ProgressGrade *grade)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "file", grade->file);
  cli_json_string (json, "student", grade->student);
  cli_json_number (json, "answers", grade->answers);
  cli_json_number (json, "questions", grade->questions);
  cli_json_number (json, "right", grade->right);
  cli_json_number (json, "first", grade->first);
  cli_json_number (json, "seconds", (guint64) grade->seconds);
  cli_json_begin_array (json, "flags");
  for (guint i = 0; i < grade->flags->len; i++)
    cli_json_string (json, NULL, grade->flags->pdata[i]);
  cli_json_end_array (json);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_head (Format format)
{
  if (format == CSV)
    printf ("file,student,answers,questions,right,first,seconds,flags\r\n");
  if (format != TEXT)
    return;
  print_cell (_ ("student"), 18);
  /* Translators: heads of columns of numbers, right-aligned to 7, 9, 6, 6 and
   * 7 letters: answers given, questions answered, answered rightly, rightly at
   * the first attempt, minutes. */
  printf ("%s\n", _ ("answers questions  right  first minutes"));
}

static void
print_student (Format format, const ProgressGrade *grade)
{
  switch (format) {
  case TEXT:
    print_student_text (grade);
    break;
  case CSV:
    print_student_csv (grade);
    break;
  case JSON:
    print_student_json (grade);
    break;
  }
}

/* Questions ---------------------------------------------------------------- */

static void
print_question_json (const ProgressDifficulty *question)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "lesson", question->lesson);
  cli_json_string (json, "question", question->question);
  cli_json_number (json, "students", question->students);
  cli_json_number (json, "right", question->right);
  cli_json_number (json, "first", question->first);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_question_text (const ProgressDifficulty *question)
{
  g_autofree char *name
      = g_strdup_printf ("%s/%s", question->lesson, question->question);

  print_cell (name, 48);
  printf ("%4u %%  %u/%u\n", 100 * question->first / question->students,
          question->first, question->students);
}

/* A spreadsheet has one table a file: CSV is of the students. */
static void
print_questions (Format format, const ProgressGrader *grader)
{
  g_autoptr (GPtrArray) hardest = progress_grader_hardest (grader);

  if (format == CSV || hardest->len == 0)
    return;
  if (format == TEXT)
    printf ("\n%s\n", _ ("Right at the first attempt, hardest first:"));
  for (guint i = 0; i < hardest->len; i++)
    if (format == JSON)
      print_question_json (hardest->pdata[i]);
    else
      print_question_text (hardest->pdata[i]);
}

CliStatus
cli_grade (CliArgs *args)
{
  gboolean csv = FALSE, json = FALSE;
  const char *salt = NULL;
  const CliOption options[] = {
      {"salt", "TEXT", NULL, &salt,
       N_ ("The salt of the class, as its course file has it")},
      {"csv", NULL, &csv, NULL, N_ ("Print comma-separated values")},
      {"json", NULL, &json, NULL, N_ ("Print a JSON object for each")},
      {NULL, NULL, NULL, NULL, NULL},
  };
  CliStatus status = CLI_DONE;

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (csv && json)
    return cli_misuse (usage.name, _ ("Choose --csv or --json"));

  Format format = json ? JSON : csv ? CSV : TEXT;
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, problems);
  g_autoptr (ProgressGrader) grader = progress_grader_new (catalog, salt);
  print_head (format);
  for (int i = 0; i < args->count && cli_flush (); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (ProgressGrade) grade
        = progress_grader_mark (grader, args->words[i], &error);
    if (grade != NULL)
      print_student (format, grade);
    else
      status = cli_fail_at (args->words[i], 0, error->message);
  }
  print_questions (format, grader);
  return status;
}
