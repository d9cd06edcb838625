/* Prints a lesson as it plays, for people. */
#include "lesson_player.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "describe.h"
#include "plot-data.h"
#include "question_text.h"
#include "wrap.h"

static const char *
callout_title (LessonCalloutKind kind)
{
  switch (kind) {
  case LESSON_CALLOUT_NOTE:
    return _ ("Note");
  case LESSON_CALLOUT_MISCONCEPTION:
    return _ ("Misconception");
  case LESSON_CALLOUT_COST:
    return _ ("Cost");
  case LESSON_CALLOUT_SIMPLIFICATION:
    return _ ("Simplification");
  case LESSON_CALLOUT_HISTORY:
    return _ ("History");
  case LESSON_CALLOUT_LINUX:
    return _ ("Linux");
  }
  return "";
}

static void
print_text (const char *first, const LessonText *text)
{
  g_autofree char *plain = lesson_text_plain (text);

  cli_wrap (first, plain);
}

static void
print_texts (const char *first, const GPtrArray *texts)
{
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    print_text (first, g_ptr_array_index (texts, i));
}

static void
underline (const char *text, char line)
{
  printf ("%s\n", text);
  for (int i = cli_text_width (text); i > 0; i--)
    putchar (line);
  printf ("\n");
}

static void
begin (const CliLesson *lesson)
{
  const LessonDocument *document = lesson->document;
  g_autofree char *title = lesson_text_plain (document->title);

  underline (title, '=');
  printf ("\n");
  print_text ("", document->summary);
  if (document->objectives->len > 0)
    printf ("\n");
  print_texts ("• ", document->objectives);
}

static void
print_section (const LessonSection *section, guint number)
{
  g_autofree char *plain = lesson_text_plain (section->title);
  g_autofree char *title = g_strdup_printf ("%u  %s", number, plain);

  printf ("\n\n");
  underline (title, '-');
}

static void
print_code (const LessonBlock *block)
{
  g_auto (GStrv) lines = g_strsplit (block->code, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    printf ("  %s %s\n", i + 1 == block->highlight ? ">" : " ", lines[i]);
}

/* Fills up to a width; text in front of or behind the blanks. */
static void
print_cell (const char *text, int width, gboolean right)
{
  int blanks = width - cli_text_width (text);

  if (right)
    printf ("%*s%s", blanks, "", text);
  else
    printf ("%s%*s", text, blanks, "");
}

/* Cells in rows of `columns`, each column as wide as its widest cell. */
static void
print_grid (const GPtrArray *cells, guint columns, const LessonAlign *align)
{
  int widths[LESSON_MAX_COLUMNS] = {0};

  for (guint i = 0; i < cells->len; i++)
    widths[i % columns]
        = MAX (widths[i % columns], cli_text_width (cells->pdata[i]));
  for (guint i = 0; i < cells->len; i++) {
    guint column = i % columns;
    printf ("  ");
    print_cell (cells->pdata[i], widths[column],
                align[column] == LESSON_ALIGN_END);
    if (column + 1 == columns)
      printf ("\n");
  }
}

static void
add_cells (GPtrArray *cells, const GPtrArray *row)
{
  for (guint i = 0; row != NULL && i < row->len; i++)
    g_ptr_array_add (cells, lesson_text_plain (row->pdata[i]));
}

static void
print_table (const LessonTable *table)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  print_text ("  ", table->caption);
  add_cells (cells, table->head);
  for (guint i = 0; i < table->rows->len; i++)
    add_cells (cells, table->rows->pdata[i]);
  print_grid (cells, table->columns, table->align);
}

/* A figure is its numbers here, whatever it looks like in the window. */
static void
print_plot (const CliLesson *lesson, const LessonPlot *plot)
{
  g_autoptr (LessonPlotData) data
      = lesson_plot_compute (lesson->play, plot, NULL);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  LessonAlign align[LESSON_MAX_COLUMNS] = {LESSON_ALIGN_START};

  print_text ("  ", plot->title);
  if (data == NULL)
    return;
  g_ptr_array_add (cells, lesson_text_plain (plot->x_title));
  for (guint s = 0; s < data->series; s++) {
    align[s + 1] = LESSON_ALIGN_END;
    g_ptr_array_add (cells, g_strdup (data->names[s]));
  }
  for (guint p = 0; p < data->points; p++) {
    g_ptr_array_add (cells, g_strdup (data->labels[p]));
    for (guint s = 0; s < data->series; s++)
      g_ptr_array_add (cells, g_strdup (data->texts[s * data->points + p]));
  }
  print_grid (cells, data->series + 1, align);
}

static void print_contents (const CliLesson *lesson, const LessonBlock *block);

static void
print_callout (const CliLesson *lesson, const LessonBlock *block)
{
  g_autofree char *title = lesson_text_plain (block->title);
  /* Translators: what kind of remark it is, and its title. */
  g_autofree char *heading
      = g_strdup_printf (_ ("%s: %s"), callout_title (block->callout), title);

  cli_wrap ("  ! ",
            block->title != NULL ? heading : callout_title (block->callout));
  for (guint i = 0; i < block->blocks->len; i++) {
    const LessonBlock *inner = g_ptr_array_index (block->blocks, i);
    if (inner->kind == LESSON_BLOCK_PARAGRAPH)
      print_text ("    ", inner->text);
    else
      print_contents (lesson, inner);
  }
}

static void
print_contents (const CliLesson *lesson, const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
    print_text ("", block->text);
    break;
  case LESSON_BLOCK_LIST:
    print_texts ("• ", block->items);
    break;
  case LESSON_BLOCK_CODE:
    print_code (block);
    break;
  case LESSON_BLOCK_TABLE:
    print_table (block->table);
    break;
  case LESSON_BLOCK_PLOT:
    print_plot (lesson, block->plot);
    break;
  case LESSON_BLOCK_CALLOUT:
    print_callout (lesson, block);
    break;
  case LESSON_BLOCK_BEAT:
  case LESSON_BLOCK_QUESTION:
  case LESSON_BLOCK_EXERCISE:
    break;
  }
}

static void
print_block (const CliLesson *lesson, const LessonBlock *block)
{
  printf ("\n");
  print_contents (lesson, block);
}

static void
print_beat (const LessonBeat *beat)
{
  printf ("\n");
  print_text ("▶ ", beat->title);
  for (guint i = 0; i < beat->dos->len; i++) {
    const LessonDo *operation = g_ptr_array_index (beat->dos, i);
    printf ("  $ %s\n", operation->line);
  }
}

static void
print_step (const CliLessonStep *it)
{
  int indent = 2 * it->step->depth;
  g_autofree char *text = scene_describe (it->machine, it->step);
  g_autofree char *first
      = g_strdup_printf ("%5" G_GUINT64_FORMAT "  %*s", it->number, indent, "");
  g_autofree char *below = g_strdup_printf ("%*s» ", 7 + indent, "");

  cli_wrap (first, text);
  if (it->point != NULL)
    print_text (below, it->point->text);
}

static void
print_answer (const char *key)
{
  g_autofree char *text = g_strdup_printf (_ ("Answer: %s"), key);

  cli_wrap ("    ", text);
}

static void
print_question (LessonPlay *play, const LessonQuestionPlace *place,
                const LessonVerdict *verdict)
{
  const LessonQuestion *question = place->question;

  printf ("\n");
  print_text ("  ? ", question->ask);
  cli_question_given (play, place);
  print_answer (verdict->key);
  if (question->right != NULL)
    print_text ("    ", question->right);
}

static void
print_exercise (const LessonExercise *exercise,
                const LessonExerciseSheet *sheet, const LessonVerdict *verdict)
{
  printf ("\n");
  print_text ("  ? ", exercise->ask);
  print_question (sheet->play, sheet->place, verdict);
}

static void
print_presenter (const GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++) {
    g_autofree char *plain = lesson_text_plain (g_ptr_array_index (notes, i));
    /* Translators: a note, for whoever presents the lesson. */
    g_autofree char *line
        = g_strdup_printf (_ ("For the presenter: %s"), plain);
    cli_wrap ("  | ", line);
  }
}

static void
print_teacher (const LessonDocument *document)
{
  printf ("\n\n");
  underline (_ ("For the teacher"), '-');
  print_texts ("• ", document->notes);
}

static void
print_told (const char *title, const LessonText *text)
{
  g_autofree char *plain = lesson_text_plain (text);
  g_autofree char *line = g_strdup_printf (_ ("%s: %s"), title, plain);

  cli_wrap ("    | ", line);
}

static void
print_wrong (const LessonWrong *wrong)
{
  printf ("\n");
  print_told (_ ("What students say"), wrong->says);
  print_told (_ ("Why"), wrong->why);
  print_told (_ ("What to ask back"), wrong->ask);
}

const CliPlayer cli_text_player = {
    .begin = begin,
    .section = print_section,
    .block = print_block,
    .beat = print_beat,
    .step = print_step,
    .question = print_question,
    .exercise = print_exercise,
    .presenter = print_presenter,
    .teacher = print_teacher,
    .wrong = print_wrong,
};
