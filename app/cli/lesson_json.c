/* Prints a lesson as it plays, as JSON objects. */
#include "lesson_player.h"

#include "json.h"
#include "outcome.h"
#include "plot-data.h"

/* Of the blocks that are only read. */
static const char *const block_types[] = {
    [LESSON_BLOCK_PARAGRAPH] = "paragraph", [LESSON_BLOCK_LIST] = "list",
    [LESSON_BLOCK_CODE] = "code",           [LESSON_BLOCK_TABLE] = "table",
    [LESSON_BLOCK_PLOT] = "figure",         [LESSON_BLOCK_CALLOUT] = "callout",
};

/* Every object begins with its type. */
static CliJson *
open_object (const char *type)
{
  CliJson *json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "type", type);
  return json;
}

static void
close_object (CliJson *json)
{
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
  cli_json_free (json);
}

static void
write_text (CliJson *json, const char *key, const LessonText *text)
{
  g_autofree char *plain = text != NULL ? lesson_text_plain (text) : NULL;

  cli_json_string (json, key, plain);
}

static void
write_texts (CliJson *json, const char *key, const GPtrArray *texts)
{
  cli_json_begin_array (json, key);
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    write_text (json, NULL, g_ptr_array_index (texts, i));
  cli_json_end_array (json);
}

static void
begin (const CliLesson *lesson)
{
  const LessonDocument *document = lesson->document;
  CliJson *json = open_object ("lesson");

  cli_json_string (json, "id", document->id);
  write_text (json, "title", document->title);
  write_text (json, "summary", document->summary);
  write_texts (json, "objectives", document->objectives);
  cli_json_number (json, "steps",
                   lesson->play->end_step - lesson->play->first_step);
  close_object (json);
}

static void
write_section (const LessonSection *section, guint number)
{
  CliJson *json = open_object ("section");

  cli_json_number (json, "number", number);
  cli_json_string (json, "id", section->id);
  write_text (json, "title", section->title);
  close_object (json);
}

static const char *const languages[] = {
    [LESSON_LANGUAGE_TEXT] = "text",     [LESSON_LANGUAGE_C] = "c",
    [LESSON_LANGUAGE_ASM] = "asm",       [LESSON_LANGUAGE_SHELL] = "shell",
    [LESSON_LANGUAGE_SCRIPT] = "script",
};

static void
write_code (CliJson *json, const LessonBlock *block)
{
  cli_json_string (json, "code", block->code);
  cli_json_string (json, "language", languages[block->language]);
  cli_json_number (json, "highlight", (guint64) block->highlight);
}

static void
write_row (CliJson *json, const char *key, const GPtrArray *cells)
{
  cli_json_begin_array (json, key);
  for (guint i = 0; cells != NULL && i < cells->len; i++)
    write_text (json, NULL, g_ptr_array_index (cells, i));
  cli_json_end_array (json);
}

static void
write_table (CliJson *json, const LessonTable *table)
{
  write_text (json, "caption", table->caption);
  write_row (json, "head", table->head);
  cli_json_begin_array (json, "rows");
  for (guint i = 0; i < table->rows->len; i++)
    write_row (json, NULL, g_ptr_array_index (table->rows, i));
  cli_json_end_array (json);
}

static void
write_series (CliJson *json, const LessonPlotData *data, guint s)
{
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "name", data->names[s]);
  cli_json_begin_array (json, "values");
  for (guint p = 0; p < data->points; p++)
    cli_json_string (json, NULL, data->texts[s * data->points + p]);
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
write_plot (CliJson *json, const CliLesson *lesson, const LessonPlot *plot)
{
  g_autoptr (LessonPlotData) data
      = lesson_plot_compute (lesson->play, plot, NULL);

  write_text (json, "title", plot->title);
  write_text (json, "alt", plot->alt);
  if (data == NULL)
    return;
  write_text (json, "x", plot->x_title);
  cli_json_begin_array (json, "points");
  for (guint p = 0; p < data->points; p++)
    cli_json_string (json, NULL, data->labels[p]);
  cli_json_end_array (json);
  write_text (json, "y", plot->y_title);
  cli_json_begin_array (json, "series");
  for (guint s = 0; s < data->series; s++)
    write_series (json, data, s);
  cli_json_end_array (json);
}

static void write_contents (CliJson *json, const CliLesson *lesson,
                            const LessonBlock *block);

static void
write_callout (CliJson *json, const CliLesson *lesson, const LessonBlock *block)
{
  static const char *const kinds[] = {
      [LESSON_CALLOUT_NOTE] = "note",
      [LESSON_CALLOUT_MISCONCEPTION] = "misconception",
      [LESSON_CALLOUT_COST] = "cost",
      [LESSON_CALLOUT_SIMPLIFICATION] = "simplification",
      [LESSON_CALLOUT_HISTORY] = "history",
      [LESSON_CALLOUT_LINUX] = "linux",
  };

  cli_json_string (json, "kind", kinds[block->callout]);
  write_text (json, "title", block->title);
  cli_json_begin_array (json, "blocks");
  for (guint i = 0; i < block->blocks->len; i++) {
    const LessonBlock *inner = g_ptr_array_index (block->blocks, i);
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "type", block_types[inner->kind]);
    write_contents (json, lesson, inner);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
write_contents (CliJson *json, const CliLesson *lesson,
                const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
    write_text (json, "text", block->text);
    break;
  case LESSON_BLOCK_LIST:
    write_texts (json, "items", block->items);
    break;
  case LESSON_BLOCK_CODE:
    write_code (json, block);
    break;
  case LESSON_BLOCK_TABLE:
    write_table (json, block->table);
    break;
  case LESSON_BLOCK_PLOT:
    write_plot (json, lesson, block->plot);
    break;
  case LESSON_BLOCK_CALLOUT:
    write_callout (json, lesson, block);
    break;
  case LESSON_BLOCK_BEAT:
  case LESSON_BLOCK_QUESTION:
  case LESSON_BLOCK_EXERCISE:
    break;
  }
}

static void
write_block (const CliLesson *lesson, const LessonBlock *block)
{
  CliJson *json = open_object (block_types[block->kind]);

  write_contents (json, lesson, block);
  close_object (json);
}

static void
write_beat (const LessonBeat *beat)
{
  CliJson *json = open_object ("beat");

  cli_json_string (json, "id", beat->id);
  write_text (json, "title", beat->title);
  cli_json_begin_array (json, "operations");
  for (guint i = 0; i < beat->dos->len; i++) {
    const LessonDo *operation = g_ptr_array_index (beat->dos, i);
    cli_json_string (json, NULL, operation->line);
  }
  cli_json_end_array (json);
  close_object (json);
}

static void
write_step (const CliLessonStep *it)
{
  CliJson *json = open_object ("step");

  cli_json_number (json, "number", it->number);
  cli_step_write (json, "step", it->machine, it->step);
  if (it->point != NULL)
    write_text (json, "point", it->point->text);
  close_object (json);
}

static void
write_choices (CliJson *json, const char *key, const GPtrArray *choices)
{
  if (choices->len == 0)
    return;
  cli_json_begin_array (json, key);
  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    write_text (json, NULL, choice->text);
  }
  cli_json_end_array (json);
}

static void
write_question (LessonPlay *play G_GNUC_UNUSED,
                const LessonQuestionPlace *place, const LessonVerdict *verdict)
{
  const LessonQuestion *question = place->question;
  CliJson *json = open_object ("question");

  cli_json_string (json, "id", question->id);
  cli_json_string (json, "kind", lesson_question_kind_name (question->kind));
  write_text (json, "ask", question->ask);
  write_choices (json, "choices", question->choices);
  write_choices (json, "targets", question->targets);
  cli_json_string (json, "key", verdict->key);
  write_text (json, "right", question->right);
  close_object (json);
}

static void
write_exercise (const LessonExercise *exercise,
                const LessonExerciseSheet *sheet, const LessonVerdict *verdict)
{
  const LessonQuestion *question = sheet->place->question;
  CliJson *json = open_object ("exercise");

  cli_json_string (json, "id", exercise->id);
  cli_json_string (json, "kind", exercise->kind);
  cli_json_number (json, "level", sheet->level);
  cli_json_number (json, "seed", sheet->seed);
  write_text (json, "ask", question->ask);
  write_choices (json, "choices", question->choices);
  write_choices (json, "targets", question->targets);
  cli_json_string (json, "key", verdict->key);
  close_object (json);
}

static void
write_notes (const char *type, const GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++) {
    CliJson *json = open_object (type);
    write_text (json, "text", g_ptr_array_index (notes, i));
    close_object (json);
  }
}

static void
write_presenter (const GPtrArray *notes)
{
  write_notes ("presenter", notes);
}

static void
write_teacher (const LessonDocument *document)
{
  write_notes ("note", document->notes);
}

static void
write_wrong (const LessonWrong *wrong)
{
  CliJson *json = open_object ("wrong");

  cli_json_string (json, "question", wrong->question);
  write_text (json, "says", wrong->says);
  write_text (json, "why", wrong->why);
  write_text (json, "ask", wrong->ask);
  close_object (json);
}

const CliPlayer cli_json_player = {
    .begin = begin,
    .section = write_section,
    .block = write_block,
    .beat = write_beat,
    .step = write_step,
    .question = write_question,
    .exercise = write_exercise,
    .presenter = write_presenter,
    .teacher = write_teacher,
    .wrong = write_wrong,
};
