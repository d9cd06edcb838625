/* Questions as items of a quiz, for learning platforms. */
#include "quiz.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "html_text.h"
#include "question-slips.h"

static void
answer_free (gpointer data)
{
  ExportQuizAnswer *answer = data;

  g_free (answer->text);
  g_free (answer->other);
  g_free (answer->feedback);
  g_free (answer);
}

static void
item_free (gpointer data)
{
  ExportQuizItem *item = data;

  g_free (item->name);
  g_free (item->html);
  g_free (item->general);
  g_ptr_array_unref (item->answers);
  g_ptr_array_unref (item->hints);
  g_free (item);
}

GPtrArray *
export_quiz_new (void)
{
  return g_ptr_array_new_with_free_func (item_free);
}

/* Items ------------------------------------------------------------------- */

/* Takes over html. */
static ExportQuizItem *
add_item (GPtrArray *items, const LessonQuestion *question, ExportQuizKind kind,
          const char *name, char *html)
{
  ExportQuizItem *item = g_new0 (ExportQuizItem, 1);

  item->kind = kind;
  item->name = g_strdup (name);
  item->html = html;
  item->general = export_html_of (NULL, question->right);
  item->answers = g_ptr_array_new_with_free_func (answer_free);
  item->hints = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < question->hints->len; i++)
    g_ptr_array_add (item->hints,
                     export_html_of (NULL, question->hints->pdata[i]));
  g_ptr_array_add (items, item);
  return item;
}

/* Takes over text and feedback. */
static ExportQuizAnswer *
add_answer (ExportQuizItem *item, char *text, double percent, char *feedback)
{
  ExportQuizAnswer *answer = g_new0 (ExportQuizAnswer, 1);

  answer->text = text;
  answer->percent = percent;
  answer->feedback = feedback != NULL ? feedback : g_strdup ("");
  g_ptr_array_add (item->answers, answer);
  return answer;
}

/* Why an answer is as it is, as HTML; to be freed. */
static char *
reason_of (const LessonVerdict *verdict)
{
  g_autoptr (GString) html = g_string_new (NULL);

  if (verdict->why != NULL)
    export_html_inline (html, NULL, verdict->why);
  else if (verdict->says != NULL)
    export_html_escaped (html, verdict->says);
  return g_string_free (g_steal_pointer (&html), FALSE);
}

/* Marks an answer, and adds it as what it turned out to be. */
static void
add_marked (ExportQuizItem *item, LessonPlay *play,
            const LessonQuestionPlace *place, const char *answer, char *text)
{
  LessonVerdict verdict = lesson_question_mark (play, place, answer);
  gboolean right = verdict.mark == LESSON_MARK_RIGHT;

  add_answer (item, text, right ? 100 : 0, reason_of (&verdict));
  lesson_verdict_clear (&verdict);
}

/* Values ------------------------------------------------------------------ */

/* Hexadecimal numbers are written with 0x or without it. */
static void
add_right (ExportQuizItem *item, guint64 key, gboolean hex)
{
  if (!hex) {
    add_answer (item, g_strdup_printf ("%" PRIu64, key), 100, NULL);
    return;
  }
  add_answer (item, g_strdup_printf ("0x%" PRIx64, key), 100, NULL);
  add_answer (item, g_strdup_printf ("%" PRIx64, key), 100, NULL);
}

/* What is said of a wrong value, as HTML; NULL if nothing is. To be freed. */
static char *
said_of (LessonPlay *play, const LessonQuestionPlace *place, const char *cell,
         const char *value)
{
  g_autofree char *answer = cell != NULL
                                ? g_strdup_printf ("%s=%s", cell, value)
                                : g_strdup (value);
  LessonVerdict verdict = lesson_question_mark (play, place, answer);
  const LessonAnswerPart *part
      = cell != NULL ? lesson_verdict_part (&verdict, cell) : NULL;
  GString *html = g_string_new (NULL);

  if (part != NULL && part->why != NULL)
    export_html_escaped (html, part->why);
  if (cell == NULL) {
    g_autofree char *reason = reason_of (&verdict);
    g_string_append (html, reason);
  }
  lesson_verdict_clear (&verdict);
  return g_string_free (html, html->len == 0);
}

/* A value in a way of its own is worth a word, if not a point. */
static void
add_slips (ExportQuizItem *item, LessonPlay *play,
           const LessonQuestionPlace *place, const LessonCell *cell,
           const char *id, gboolean hex)
{
  g_autoptr (GArray) slips = lesson_question_slips (play, place, cell);

  for (guint i = 0; i < slips->len; i++) {
    guint64 value = g_array_index (slips, guint64, i);
    char *text = hex ? g_strdup_printf ("0x%" PRIx64, value)
                     : g_strdup_printf ("%" PRIu64, value);
    char *said = said_of (play, place, id, text);
    if (said != NULL)
      add_answer (item, text, 0, said);
    else
      g_free (text);
  }
}

/* One of the words that the value can be. */
static void
add_words (ExportQuizItem *item, LessonValue key)
{
  const char *word;

  item->kind = EXPORT_QUIZ_ONE;
  for (guint64 i = 0; (word = lesson_style_word (key.style, i)) != NULL; i++) {
    g_autoptr (GString) html = g_string_new (NULL);
    export_html_escaped (html, lesson_style_word_translated (key.style, i));
    add_answer (item, g_string_free (g_steal_pointer (&html), FALSE),
                i == key.v ? 100 : 0, NULL);
  }
}

static void
add_value (ExportQuizItem *item, LessonPlay *play,
           const LessonQuestionPlace *place, const LessonCell *cell,
           const char *id, gboolean hex)
{
  LessonValue key = {0};

  if (!lesson_question_key (play, place, cell, &key))
    return;
  if (lesson_style_word (key.style, 0) != NULL) {
    add_words (item, key);
    return;
  }
  add_right (item, key.v, hex);
  add_slips (item, play, place, cell, id, hex);
}

/* Letters ----------------------------------------------------------------- */

static void
add_choices (ExportQuizItem *item, LessonPlay *play,
             const LessonQuestionPlace *place)
{
  const GPtrArray *choices = place->question->choices;

  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    g_autofree char *letter = g_strdup_printf ("%c", 'a' + (int) i);
    add_marked (item, play, place, letter, export_html_of (NULL, choice->text));
  }
}

/* All that hold together are worth everything, and each that does not takes as
 * much away as one of those gives. */
static void
add_several (ExportQuizItem *item, LessonPlay *play,
             const LessonQuestionPlace *place)
{
  const GPtrArray *choices = place->question->choices;
  LessonVerdict verdict = lesson_question_mark (play, place, "a");
  guint holding = 0;

  for (guint i = 0; i < verdict.parts->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict.parts, i);
    holding += g_strcmp0 (part->key, "yes") == 0;
  }
  for (guint i = 0; i < verdict.parts->len && i < choices->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict.parts, i);
    const LessonChoice *choice = g_ptr_array_index (choices, i);
    double percent = 100.0 / MAX (holding, 1);
    add_answer (item, export_html_of (NULL, choice->text),
                g_strcmp0 (part->key, "yes") == 0 ? percent : -percent, NULL);
  }
  lesson_verdict_clear (&verdict);
}

/* Items with their targets, or with their places. */
static void
add_pairs (ExportQuizItem *item, LessonPlay *play,
           const LessonQuestionPlace *place)
{
  const LessonQuestion *question = place->question;
  LessonVerdict shown = lesson_question_mark (play, place, NULL);
  LessonVerdict verdict = lesson_question_mark (play, place, shown.key);

  for (guint i = 0; i < verdict.parts->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict.parts, i);
    gboolean order = g_ascii_isalpha (part->key[0]);
    guint which = order ? (guint) (part->key[0] - 'a')
                        : (guint) g_ascii_strtoull (part->key, NULL, 10) - 1;
    const LessonChoice *source
        = g_ptr_array_index (question->choices, order ? which : i);
    ExportQuizAnswer *answer
        = add_answer (item, export_html_of (NULL, source->text), 100, NULL);
    if (order || which >= question->targets->len)
      answer->other = g_strdup_printf ("%u", i + 1);
    else
      answer->other = lesson_text_plain (
          ((LessonChoice *) question->targets->pdata[which])->text);
  }
  lesson_verdict_clear (&verdict);
  lesson_verdict_clear (&shown);
}

/* Tables ------------------------------------------------------------------ */

static void
append_cell (GString *html, LessonPlay *play, const LessonQuestionPlace *place,
             const LessonCell *cell, gboolean asked)
{
  g_autofree char *given = lesson_question_cell (play, place, cell);

  g_string_append (html, "<td>");
  export_html_escaped (html, given != NULL ? given : asked ? "?" : "…");
  g_string_append (html, "</td>");
}

/* What is asked, and the table with a question mark in one of its cells. */
static char *
html_of_cell (LessonPlay *play, const LessonQuestionPlace *place,
              const LessonCell *asked)
{
  const LessonQuestion *question = place->question;
  GString *html = g_string_new ("<p>");

  export_html_inline (html, NULL, question->ask);
  g_string_append (html, "</p><table><tr><td></td>");
  for (guint c = 0; c < question->columns->len; c++) {
    g_string_append (html, "<th>");
    export_html_inline (html, NULL, question->columns->pdata[c]);
    g_string_append (html, "</th>");
  }
  g_string_append (html, "</tr>");
  for (guint r = 0; r < question->rows->len; r++) {
    const LessonRow *row = g_ptr_array_index (question->rows, r);
    g_string_append (html, "<tr><th>");
    export_html_inline (html, NULL, row->name);
    g_string_append (html, "</th>");
    for (guint c = 0; c < row->cells->len; c++)
      append_cell (html, play, place, row->cells->pdata[c],
                   row->cells->pdata[c] == asked);
    g_string_append (html, "</tr>");
  }
  g_string_append (html, "</table>");
  return g_string_free (html, FALSE);
}

static void
add_cells (GPtrArray *items, LessonPlay *play, const LessonQuestionPlace *place,
           const char *name)
{
  const GPtrArray *rows = place->question->rows;

  for (guint r = 0; r < rows->len; r++) {
    const LessonRow *row = g_ptr_array_index (rows, r);
    for (guint c = 0; c < row->cells->len; c++) {
      const LessonCell *cell = g_ptr_array_index (row->cells, c);
      g_autofree char *id = g_strdup_printf ("r%uc%u", r + 1, c + 1);
      g_autofree char *own = g_strdup_printf ("%s %s", name, id);
      if (cell->given)
        continue;
      ExportQuizItem *item
          = add_item (items, place->question,
                      cell->hex ? EXPORT_QUIZ_SHORT : EXPORT_QUIZ_NUMBER, own,
                      html_of_cell (play, place, cell));
      add_value (item, play, place, cell, id, cell->hex);
    }
  }
}

/* Essays ------------------------------------------------------------------ */

/* Entries can be right in many ways: a person compares them with the key. */
static void
add_key (ExportQuizItem *item, LessonPlay *play,
         const LessonQuestionPlace *place)
{
  LessonVerdict verdict = lesson_question_mark (play, place, NULL);
  g_autofree char *general = g_steal_pointer (&item->general);
  g_autoptr (GString) html = g_string_new ("<p><code>");

  export_html_escaped (html, verdict.key_text != NULL ? verdict.key_text : "");
  g_string_append_printf (html, "</code></p>%s", general);
  item->general = g_string_free (g_steal_pointer (&html), FALSE);
  lesson_verdict_clear (&verdict);
}

static char *
html_of_goals (const LessonQuestion *question)
{
  GString *html = g_string_new ("<p>");

  export_html_inline (html, NULL, question->ask);
  g_string_append (html, "</p><ul>");
  for (guint i = 0; i < question->choices->len; i++) {
    const LessonChoice *goal = g_ptr_array_index (question->choices, i);
    g_string_append (html, "<li>");
    export_html_inline (html, NULL, goal->text);
    g_string_append (html, "</li>");
  }
  g_string_append (html, "</ul>");
  return g_string_free (html, FALSE);
}

/* All --------------------------------------------------------------------- */

void
export_quiz_add (GPtrArray *items, LessonPlay *play,
                 const LessonQuestionPlace *place, const char *name)
{
  const LessonQuestion *question = place->question;
  char *html = export_html_of (NULL, question->ask);
  gboolean hex = question->format != NULL
                 && strcmp (question->format, "hex") == 0;

  switch (question->kind) {
  case LESSON_QUESTION_PREDICT:
    add_value (add_item (items, question,
                         hex ? EXPORT_QUIZ_SHORT : EXPORT_QUIZ_NUMBER, name,
                         html),
               play, place, NULL, NULL, hex);
    return;
  case LESSON_QUESTION_CHOOSE:
    add_choices (add_item (items, question, EXPORT_QUIZ_ONE, name, html), play,
                 place);
    return;
  case LESSON_QUESTION_SEVERAL:
    add_several (add_item (items, question, EXPORT_QUIZ_SEVERAL, name, html),
                 play, place);
    return;
  case LESSON_QUESTION_ORDER:
  case LESSON_QUESTION_MATCH:
    add_pairs (add_item (items, question, EXPORT_QUIZ_PAIRS, name, html), play,
               place);
    return;
  case LESSON_QUESTION_FILL:
    g_free (html);
    add_cells (items, play, place, name);
    return;
  case LESSON_QUESTION_EDIT:
  case LESSON_QUESTION_BUILD:
    g_free (html);
    add_key (add_item (items, question, EXPORT_QUIZ_ESSAY, name,
                       html_of_goals (question)),
             play, place);
    return;
  }
}

static void
add_exercise (GPtrArray *items, const LessonExercise *exercise,
              const char *lesson)
{
  g_autoptr (LessonExerciseSheet) sheet
      = lesson_exercise_new (exercise->kind, exercise->level, exercise->seed);
  g_autofree char *name = g_strdup_printf ("%s %s", lesson, exercise->id);

  if (sheet != NULL)
    export_quiz_add (items, sheet->play, sheet->place, name);
}

void
export_quiz_add_lesson (GPtrArray *items, LessonPlay *play)
{
  const LessonDocument *document = play->document;

  for (guint s = 0; s < document->sections->len; s++) {
    const LessonSection *section = g_ptr_array_index (document->sections, s);
    for (guint i = 0; i < section->blocks->len; i++) {
      const LessonBlock *block = g_ptr_array_index (section->blocks, i);
      if (block->kind == LESSON_BLOCK_EXERCISE)
        add_exercise (items, block->exercise, document->id);
      if (block->kind != LESSON_BLOCK_QUESTION)
        continue;
      g_autofree char *name
          = g_strdup_printf ("%s %s", document->id, block->question->id);
      export_quiz_add (items, play,
                       lesson_play_question (play, block->question->id), name);
    }
  }
}
