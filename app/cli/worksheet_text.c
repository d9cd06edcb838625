/* Prints a worksheet for people: questions with room to answer, then the key.
 */
#include "worksheet.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "way.h"
#include "wrap.h"

#define INDENT "    "
#define ROOM 12 /* cells of a terminal to write an answer in */
#define LINE "____________________"

static void
print_text (const char *first, const LessonText *text)
{
  g_autofree char *plain = lesson_text_plain (text);

  cli_wrap (first, plain);
}

/* Tables ------------------------------------------------------------------ */

/* What stands in a cell: what is given, the key if there is one, a line. */
static char *
value_of (const LessonExerciseSheet *sheet, const LessonVerdict *key, guint row,
          guint column)
{
  const LessonRow *r = g_ptr_array_index (sheet->place->question->rows, row);
  char *given = lesson_question_cell (sheet->play, sheet->place,
                                      g_ptr_array_index (r->cells, column));
  if (given != NULL)
    return given;
  if (key == NULL)
    return g_strnfill (ROOM, '_');

  g_autofree char *id = g_strdup_printf ("r%uc%u", row + 1, column + 1);
  const LessonAnswerPart *part = lesson_verdict_part (key, id);
  return g_strdup (part != NULL ? part->key : "");
}

static void
add_row (GPtrArray *cells, const LessonExerciseSheet *sheet,
         const LessonVerdict *key, guint index)
{
  const LessonRow *row
      = g_ptr_array_index (sheet->place->question->rows, index);

  g_ptr_array_add (cells, row->name != NULL ? lesson_text_plain (row->name)
                                            : g_strdup (""));
  for (guint i = 0; i < row->cells->len; i++)
    g_ptr_array_add (cells, value_of (sheet, key, index, i));
}

/* Names and headings beside what is given, and lines where it is not. */
static GPtrArray *
cells_of (const LessonExerciseSheet *sheet, const LessonVerdict *key)
{
  const LessonQuestion *question = sheet->place->question;
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup (""));
  for (guint i = 0; i < question->columns->len; i++)
    g_ptr_array_add (cells, lesson_text_plain (question->columns->pdata[i]));
  for (guint i = 0; i < question->rows->len; i++)
    add_row (cells, sheet, key, i);
  return cells;
}

/* key NULL: to be filled in, with room between the rows. */
static void
print_table (const LessonExerciseSheet *sheet, const LessonVerdict *key)
{
  guint columns = sheet->place->question->columns->len + 1;
  g_autoptr (GPtrArray) cells = cells_of (sheet, key);
  g_autofree int *widths = g_new0 (int, columns);

  for (guint i = 0; i < cells->len; i++)
    widths[i % columns] = MAX (widths[i % columns],
                               cli_text_width (g_ptr_array_index (cells, i)));
  for (guint i = 0; i < cells->len; i++) {
    const char *text = g_ptr_array_index (cells, i);
    int blanks = widths[i % columns] - cli_text_width (text);
    printf ("%s%s", i % columns == 0 ? INDENT : "  ", text);
    if (i % columns + 1 == columns)
      printf ("\n%s", key == NULL && i + 1 < cells->len ? "\n" : "");
    else
      printf ("%*s", blanks, "");
  }
}

/* Questions --------------------------------------------------------------- */

static void
print_choices (const GPtrArray *choices, gboolean letters)
{
  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    g_autofree char *first
        = letters ? g_strdup_printf (INDENT "%c) ", 'a' + (int) i)
                  : g_strdup_printf (INDENT "%u) ", i + 1);
    print_text (first, choice->text);
  }
}

static void
print_question (const LessonExerciseSheet *sheet, guint number)
{
  const LessonQuestion *question = sheet->place->question;
  g_autofree char *first = g_strdup_printf ("%2u. ", number);

  printf ("\n");
  print_text (first, question->ask);
  printf ("\n");
  print_choices (question->choices, TRUE);
  print_choices (question->targets, FALSE);
  if (question->columns->len > 0)
    print_table (sheet, NULL);
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
    print_table (sheet, &right);
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
