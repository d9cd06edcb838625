/* Prints a worksheet as JSON objects. */
#include "worksheet.h"

#include "json.h"

static void
write_text (CliJson *json, const char *key, const LessonText *text)
{
  g_autofree char *plain = text != NULL ? lesson_text_plain (text) : NULL;

  cli_json_string (json, key, plain);
}

static void
write_numbers (CliJson *json, const LessonNumbers *numbers)
{
  const LessonNumber *number;

  cli_json_begin_object (json, "given");
  for (guint i = 0; (number = lesson_numbers_at (numbers, i)) != NULL; i++) {
    g_autofree char *text = lesson_number_text (number);
    if (number->word != NULL || number->format != LESSON_NUMBER_DECIMAL)
      cli_json_string (json, number->name, text);
    else
      cli_json_number (json, number->name, number->value);
  }
  cli_json_end_object (json);
}

static void
write_lines (CliJson *json, const GPtrArray *dos)
{
  for (guint i = 0; i < dos->len; i++)
    cli_json_string (json, NULL, ((LessonDo *) dos->pdata[i])->line);
}

/* Everything that the machine is told to do, up to the end of the question's
 * beat. */
static void
write_operations (CliJson *json, const LessonExerciseSheet *sheet)
{
  cli_json_begin_array (json, "machine");
  write_lines (json, sheet->document->machine);
  cli_json_end_array (json);
  cli_json_begin_array (json, "operations");
  for (guint i = 0; i <= sheet->place->beat; i++)
    write_lines (
        json, g_array_index (sheet->play->beats, LessonBeatRange, i).beat->dos);
  cli_json_end_array (json);
}

static void
write_choices (CliJson *json, const char *key, const GPtrArray *choices)
{
  if (choices->len == 0)
    return;
  cli_json_begin_array (json, key);
  for (guint i = 0; i < choices->len; i++)
    write_text (json, NULL, ((LessonChoice *) choices->pdata[i])->text);
  cli_json_end_array (json);
}

static void
write_cells (CliJson *json, const LessonExerciseSheet *sheet,
             const LessonRow *row)
{
  cli_json_begin_array (json, "cells");
  for (guint i = 0; i < row->cells->len; i++) {
    g_autofree char *value = lesson_question_cell (
        sheet->play, sheet->place, g_ptr_array_index (row->cells, i));
    cli_json_string (json, NULL, value);
  }
  cli_json_end_array (json);
}

static void
write_table (CliJson *json, const LessonExerciseSheet *sheet)
{
  const LessonQuestion *question = sheet->place->question;

  if (question->columns->len == 0)
    return;
  cli_json_begin_array (json, "columns");
  for (guint i = 0; i < question->columns->len; i++)
    write_text (json, NULL, question->columns->pdata[i]);
  cli_json_end_array (json);
  cli_json_begin_array (json, "rows");
  for (guint i = 0; i < question->rows->len; i++) {
    const LessonRow *row = question->rows->pdata[i];
    cli_json_begin_object (json, NULL);
    write_text (json, "name", row->name);
    write_cells (json, sheet, row);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
write_answer (CliJson *json, const LessonExerciseSheet *sheet)
{
  LessonVerdict verdict = lesson_exercise_mark (sheet, NULL);

  cli_json_string (json, "answer", verdict.key);
  write_text (json, "why", sheet->place->question->right);
  lesson_verdict_clear (&verdict);
}

static void
write_sheet (CliJson *json, const CliWorksheet *worksheet,
             const LessonExerciseSheet *sheet)
{
  const LessonQuestion *question = sheet->place->question;

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "kind", worksheet->kind);
  cli_json_number (json, "level", sheet->level);
  cli_json_number (json, "seed", sheet->seed);
  cli_json_string (json, "question", question->id);
  cli_json_string (json, "form", lesson_question_kind_name (question->kind));
  write_text (json, "ask", question->ask);
  write_choices (json, "choices", question->choices);
  write_choices (json, "targets", question->targets);
  write_table (json, sheet);
  write_numbers (json, sheet->numbers);
  write_operations (json, sheet);
  if (worksheet->answers)
    write_answer (json, sheet);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

void
cli_worksheet_json (const CliWorksheet *worksheet)
{
  g_autoptr (CliJson) json = cli_json_new ();

  for (guint i = 0; i < worksheet->sheets->len; i++) {
    write_sheet (json, worksheet, g_ptr_array_index (worksheet->sheets, i));
    if (!cli_flush ())
      return;
  }
}
