/* Prints what a question gives its reader. */
#include "question_text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "question-edit.h"
#include "wrap.h"

#define INDENT "    "
#define ROOM 12 /* cells of a terminal to write an answer in */

/* Choices ----------------------------------------------------------------- */

static char *
sign_of (CliSign sign, guint number)
{
  switch (sign) {
  case CLI_SIGN_LETTER:
    return g_strdup_printf (INDENT "%c) ", 'a' + (int) number);
  case CLI_SIGN_NUMBER:
    return g_strdup_printf (INDENT "%u) ", number + 1);
  case CLI_SIGN_DOT:
    return g_strdup (INDENT "• ");
  }
  return NULL;
}

void
cli_question_choices (const GPtrArray *choices, CliSign sign)
{
  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    g_autofree char *first = sign_of (sign, i);
    g_autofree char *plain = lesson_text_plain (choice->text);
    cli_wrap (first, plain);
  }
}

/* Tables ------------------------------------------------------------------ */

typedef struct {
  LessonPlay *play;
  const LessonQuestionPlace *place;
  const LessonVerdict *key;
  CliBlank blank;
} Table;

/* What stands in a cell: what is given, the key if there is one, a blank. */
static char *
value_of (const Table *table, guint row, guint column)
{
  const LessonRow *r = g_ptr_array_index (table->place->question->rows, row);
  char *given = lesson_question_cell (table->play, table->place,
                                      g_ptr_array_index (r->cells, column));
  g_autofree char *id = g_strdup_printf ("r%uc%u", row + 1, column + 1);

  if (given != NULL)
    return given;
  if (table->key != NULL) {
    const LessonAnswerPart *part = lesson_verdict_part (table->key, id);
    return g_strdup (part != NULL ? part->key : "");
  }
  return table->blank == CLI_BLANK_LINE ? g_strnfill (ROOM, '_')
                                        : g_strdup_printf ("[%s]", id);
}

static void
add_row (GPtrArray *cells, const Table *table, guint index)
{
  const LessonRow *row
      = g_ptr_array_index (table->place->question->rows, index);

  g_ptr_array_add (cells, row->name != NULL ? lesson_text_plain (row->name)
                                            : g_strdup (""));
  for (guint i = 0; i < row->cells->len; i++)
    g_ptr_array_add (cells, value_of (table, index, i));
}

/* Names and headings beside what stands in the cells. */
static GPtrArray *
cells_of (const Table *table)
{
  const LessonQuestion *question = table->place->question;
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup (""));
  for (guint i = 0; i < question->columns->len; i++)
    g_ptr_array_add (cells, lesson_text_plain (question->columns->pdata[i]));
  for (guint i = 0; i < question->rows->len; i++)
    add_row (cells, table, i);
  return cells;
}

/* Lines to write on need room between them. */
static const char *
between_rows (const Table *table)
{
  return table->key == NULL && table->blank == CLI_BLANK_LINE ? "\n" : "";
}

void
cli_question_table (LessonPlay *play, const LessonQuestionPlace *place,
                    const LessonVerdict *key, CliBlank blank)
{
  const Table table = {play, place, key, blank};
  guint columns = place->question->columns->len + 1;
  g_autoptr (GPtrArray) cells = cells_of (&table);
  g_autofree int *widths = g_new0 (int, columns);

  for (guint i = 0; i < cells->len; i++)
    widths[i % columns] = MAX (widths[i % columns],
                               cli_text_width (g_ptr_array_index (cells, i)));
  for (guint i = 0; i < cells->len; i++) {
    const char *text = g_ptr_array_index (cells, i);
    int blanks = widths[i % columns] - cli_text_width (text);
    printf ("%s%s", i % columns == 0 ? INDENT : "  ", text);
    if (i % columns + 1 == columns)
      printf ("\n%s", i + 1 < cells->len ? between_rows (&table) : "");
    else
      printf ("%*s", blanks, "");
  }
}

/* All kinds --------------------------------------------------------------- */

/* The tables that may be used, and the frames that they lie in. */
static void
print_tables (LessonPlay *play, const LessonQuestionPlace *place)
{
  const GPtrArray *tables = place->question->choices;

  for (guint i = 0; i < tables->len; i++) {
    const LessonChoice *table = g_ptr_array_index (tables, i);
    g_autofree char *plain = lesson_text_plain (table->text);
    guint64 frame = 0;
    lesson_question_given (play, place, table->query, &frame, NULL);
    /* Translators: a table of pages, the frame that it lies in. */
    g_autofree char *text
        = g_strdup_printf (_ ("%s: frame 0x%" PRIx64), plain, frame);
    cli_wrap (INDENT "• ", text);
  }
}

static void
print_mapping (LessonPlay *play, const LessonQuestionPlace *place,
               const LessonMapping *mapping)
{
  static const char letters[] = "rwxu";
  guint64 va = 0, frame = 0;
  char flags[5] = "";
  guint count = 0;

  lesson_question_given (play, place, mapping->va, &va, NULL);
  lesson_question_given (play, place, mapping->frame, &frame, NULL);
  for (guint i = 0; letters[i] != '\0'; i++)
    if (mapping->flags >> i & 1)
      flags[count++] = letters[i];
  /* Translators: a page that is to be mapped: its address, its frame, its
     rights as letters. */
  g_autofree char *text = g_strdup_printf (
      _ ("0x%" PRIx64 " to frame 0x%" PRIx64 ", %s"), va, frame, flags);
  cli_wrap (INDENT "→ ", text);
}

void
cli_question_given (LessonPlay *play, const LessonQuestionPlace *place)
{
  const LessonQuestion *question = place->question;

  switch (question->kind) {
  case LESSON_QUESTION_PREDICT:
    break;
  case LESSON_QUESTION_CHOOSE:
  case LESSON_QUESTION_SEVERAL:
  case LESSON_QUESTION_ORDER:
  case LESSON_QUESTION_MATCH:
    cli_question_choices (question->choices, CLI_SIGN_LETTER);
    cli_question_choices (question->targets, CLI_SIGN_NUMBER);
    break;
  case LESSON_QUESTION_FILL:
    cli_question_table (play, place, NULL, CLI_BLANK_NAME);
    break;
  case LESSON_QUESTION_EDIT:
    cli_question_choices (question->choices, CLI_SIGN_DOT);
    break;
  case LESSON_QUESTION_BUILD:
    print_tables (play, place);
    for (guint i = 0; i < question->maps->len; i++)
      print_mapping (play, place, g_ptr_array_index (question->maps, i));
    break;
  }
}
