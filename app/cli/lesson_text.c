/* Prints a lesson as it plays, for people. */
#include "lesson_player.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "describe.h"
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

static void
print_callout (const LessonBlock *block)
{
  g_autofree char *title = lesson_text_plain (block->title);
  /* Translators: what kind of remark it is, and its title. */
  g_autofree char *heading
      = g_strdup_printf (_ ("%s: %s"), callout_title (block->callout), title);

  cli_wrap ("  ! ", heading);
  print_texts ("    ", block->items);
  if (block->code != NULL)
    print_code (block);
}

static void
print_block (const LessonBlock *block)
{
  printf ("\n");
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
  case LESSON_BLOCK_CALLOUT:
    print_callout (block);
    break;
  case LESSON_BLOCK_BEAT:
  case LESSON_BLOCK_QUESTION:
  case LESSON_BLOCK_EXERCISE:
    break;
  }
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
print_lettered (const GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    g_autofree char *first = g_strdup_printf ("    %c. ", 'a' + (int) i);
    print_text (first, choice->text);
  }
}

static void
print_numbered (const GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    g_autofree char *first = g_strdup_printf ("    %u. ", i + 1);
    print_text (first, choice->text);
  }
}

static void
print_answer (const char *key)
{
  g_autofree char *text = g_strdup_printf (_ ("Answer: %s"), key);

  cli_wrap ("    ", text);
}

static void
print_question (const LessonQuestion *question, const LessonVerdict *verdict)
{
  printf ("\n");
  print_text ("  ? ", question->ask);
  print_lettered (question->choices);
  print_numbered (question->targets);
  print_answer (verdict->key);
  if (question->right != NULL)
    print_text ("    ", question->right);
}

static void
print_exercise (const LessonExercise *exercise,
                const LessonExerciseSheet *sheet)
{
  g_autofree char *key = g_strdup_printf ("0x%" G_GINT64_MODIFIER
                                          "x (%" G_GUINT64_FORMAT ")",
                                          sheet->key, sheet->key);

  printf ("\n");
  print_text ("  ? ", exercise->ask);
  cli_wrap ("    ", sheet->ask);
  print_answer (key);
}

const CliPlayer cli_text_player = {
    .begin = begin,
    .section = print_section,
    .block = print_block,
    .beat = print_beat,
    .step = print_step,
    .question = print_question,
    .exercise = print_exercise,
};
