/* Prints a worksheet for people: questions with room to answer, then the key.
 */
#include "worksheet.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "question_text.h"
#include "way.h"
#include "wrap.h"

#define INDENT "    "
#define LINE "____________________"

static void
print_text (const char *first, const LessonText *text)
{
  g_autofree char *plain = lesson_text_plain (text);

  cli_wrap (first, plain);
}

/* Questions --------------------------------------------------------------- */

static void
print_question (const LessonExerciseSheet *sheet, guint number)
{
  const LessonQuestion *question = sheet->place->question;
  g_autofree char *first = g_strdup_printf ("%2u. ", number);

  printf ("\n");
  print_text (first, question->ask);
  printf ("\n");
  cli_question_choices (question->choices, CLI_SIGN_LETTER);
  cli_question_choices (question->targets, CLI_SIGN_NUMBER);
  if (question->columns->len > 0)
    cli_question_table (sheet->play, sheet->place, NULL, CLI_BLANK_LINE);
  else
    printf ("%s" INDENT "%s %s\n", question->choices->len > 0 ? "\n" : "",
            _ ("Answer:"), LINE);
}

static void
print_key (const LessonExerciseSheet *sheet, guint number)
{
  LessonVerdict shown = lesson_exercise_mark (sheet, NULL);
  LessonVerdict right = lesson_exercise_mark (sheet, shown.key);
  g_autofree char *first = g_strdup_printf ("%2u. ", number);

  printf ("\n");
  if (sheet->place->question->columns->len > 0) {
    printf ("%s\n", first);
    cli_question_table (sheet->play, sheet->place, &right, CLI_BLANK_LINE);
  } else {
    cli_wrap (first, shown.key_text);
  }
  lesson_verdict_clear (&right);
  lesson_verdict_clear (&shown);
}

static void
print_answer (const LessonExerciseSheet *sheet, guint number)
{
  g_autoptr (GPtrArray) way = scene_way (sheet->play, sheet->place);

  print_key (sheet, number);
  if (sheet->place->question->right != NULL)
    print_text (INDENT, sheet->place->question->right);
  for (guint i = 0; i < way->len; i++)
    cli_wrap (INDENT "• ", g_ptr_array_index (way, i));
}

static void
print_heading (const char *text)
{
  printf ("%s\n", text);
  for (int i = cli_text_width (text); i > 0; i--)
    putchar ('=');
  printf ("\n");
}

void
cli_worksheet_text (const CliWorksheet *worksheet)
{
  const LessonExerciseSheet *first = g_ptr_array_index (worksheet->sheets, 0);
  g_autofree char *title = lesson_text_plain (first->document->title);
  g_autofree char *key = NULL;

  print_heading (title);
  for (guint i = 0; i < worksheet->sheets->len; i++)
    print_question (g_ptr_array_index (worksheet->sheets, i), i + 1);
  printf ("\n%s\n%s\n", LINE, worksheet->call);
  if (!worksheet->answers)
    return;
  printf ("\n\n");
  /* Translators: the key of a worksheet: its title. */
  key = g_strdup_printf (_ ("Key: %s"), title);
  print_heading (key);
  for (guint i = 0; i < worksheet->sheets->len; i++)
    print_answer (g_ptr_array_index (worksheet->sheets, i), i + 1);
}
