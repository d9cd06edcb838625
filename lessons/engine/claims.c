/* Asks the machine about everything that a lesson claims. */
#include "claims.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "number.h"
#include "plot-data.h"
#include "query.h"

typedef LessonChecker Checker;

static void G_GNUC_PRINTF (3, 4)
    complain (Checker *c, LessonPlace place, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  lesson_problems_add (c->problems, c->play->document->file, place.line,
                       place.column, "%s", what);
}

/* Asks; a problem at `place` if there is no answer. */
static gboolean
ask (Checker *c, LessonPlace place, const char *query, LessonValue *value)
{
  LessonQueryFault fault = {0};

  if (lesson_play_ask (c->play, c->beat, c->at, query, value, &fault))
    return TRUE;
  complain (c, place, _ ("“%s” has no answer here: %s"), query, fault.why);
  lesson_query_fault_clear (&fault);
  return FALSE;
}

/* A whole number of units, if the claim has one: "4 MiB". */
static char *
like_unit (const char *claim, guint64 value)
{
  static const char letters[] = "KMGT";
  gsize length = strlen (claim);
  gboolean long_unit = length > 2 && g_str_has_suffix (claim, "iB");
  const char *letter
      = length > 0 ? strchr (letters, claim[length - (long_unit ? 3 : 1)])
                   : NULL;

  if (letter == NULL || *letter == '\0' || g_str_has_prefix (claim, "0"))
    return NULL;
  for (gsize i = strlen (letters); i > 0; i--)
    if (value >> (10 * i) != 0 && (value >> (10 * i)) << (10 * i) == value)
      return g_strdup_printf ("%" G_GUINT64_FORMAT "%s%c%s", value >> (10 * i),
                              long_unit ? " " : "", letters[i - 1],
                              long_unit ? "iB" : "");
  return NULL;
}

/* The machine's value, written as the claim was: in hexadecimal, in decimal,
 * in units, or as a word. */
static char *
like_claim (const char *claim, LessonValue value)
{
  char *in_units = like_unit (claim, value.v);

  if (in_units != NULL)
    return in_units;
  while (g_ascii_isspace (*claim))
    claim++;
  if (g_ascii_strncasecmp (claim, "0x", 2) == 0)
    value.style = LESSON_STYLE_HEX;
  else if (g_ascii_isdigit (*claim))
    value.style = LESSON_STYLE_DECIMAL;
  return lesson_value_to_string (value);
}

/* In an exercise the machine says the number, and nobody else. */
static void
fill_number (Checker *c, LessonRun *run)
{
  LessonValue value;

  if (!ask (c, run->place, run->query, &value))
    return;
  g_free (run->text);
  run->text = lesson_value_to_string (value);
}

static void
check_number (Checker *c, const LessonText *text, LessonRun *run)
{
  LessonValue value;
  guint64 claimed;

  if (run->text[0] == '\0') {
    fill_number (c, run);
    return;
  }
  if (!lesson_number_read (run->text, FALSE, &claimed)) {
    complain (c, run->place, _ ("“%.40s” is not a number"), run->text);
    return;
  }
  if (!ask (c, run->place, run->query, &value) || value.v == claimed)
    return;

  g_autofree char *truth = like_claim (run->text, value);
  if (text->translation == LESSON_TRANSLATION_GOOD)
    complain (c, run->place,
              _ ("the translation says %s is %s; the machine says %s"),
              run->query, run->text, truth);
  else
    complain (c, run->place,
              _ ("the lesson says %s is %s; the machine says %s"), run->query,
              run->text, truth);
}

static void
check_text (Checker *c, const LessonText *text)
{
  if (text == NULL)
    return;
  if (text->translation == LESSON_TRANSLATION_BAD)
    complain (c, text->place,
              _ ("the translation does not hold the same inline elements: %s"),
              text->msgid);
  for (guint i = 0; i < text->runs->len; i++) {
    LessonRun *run = text->runs->pdata[i];
    if (run->kind == LESSON_RUN_NUM)
      check_number (c, text, run);
  }
}

static void
check_texts (Checker *c, const GPtrArray *texts)
{
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    check_text (c, texts->pdata[i]);
}

/* Beats ------------------------------------------------------------------- */

static void
check_expect (Checker *c, const LessonExpect *expect)
{
  LessonValue value;
  guint64 claimed;

  if (!ask (c, expect->place, expect->query, &value))
    return;
  if (!lesson_number_read (expect->is, FALSE, &claimed)
      && !lesson_value_of_word (value.style, expect->is, strlen (expect->is),
                                &claimed)) {
    complain (c, expect->place, _ ("“%.40s” is not a number"), expect->is);
    return;
  }
  if (value.v == claimed)
    return;

  g_autofree char *truth = like_claim (expect->is, value);
  complain (c, expect->place,
            _ ("the lesson says %s is %s; the machine says %s"), expect->query,
            expect->is, truth);
}

static void
check_beat (Checker *c, const LessonBeat *beat)
{
  c->beat++;
  const LessonBeatRange *range
      = &g_array_index (c->play->beats, LessonBeatRange, c->beat);

  for (guint i = 0; i < beat->points->len; i++) {
    const LessonPoint *point = beat->points->pdata[i];
    c->at = range->point_steps[i];
    check_text (c, point->text);
  }
  c->at = range->end_step;
  check_text (c, beat->title);
  check_texts (c, beat->presenter);
  for (guint i = 0; i < beat->expects->len; i++)
    check_expect (c, beat->expects->pdata[i]);
}

/* For the check of questions ---------------------------------------------- */

void
lesson_checker_complain (LessonChecker *c, LessonPlace place,
                         const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain (c, place, "%s", what);
}

gboolean
lesson_checker_ask (LessonChecker *c, LessonPlace place, const char *query,
                    LessonValue *value)
{
  return ask (c, place, query, value);
}

void
lesson_checker_text (LessonChecker *c, const LessonText *text)
{
  check_text (c, text);
}

void
lesson_checker_texts (LessonChecker *c, const GPtrArray *texts)
{
  check_texts (c, texts);
}

/* Blocks ------------------------------------------------------------------ */

static void
check_table (Checker *c, const LessonTable *table)
{
  check_text (c, table->caption);
  check_texts (c, table->head);
  for (guint i = 0; i < table->rows->len; i++)
    check_texts (c, table->rows->pdata[i]);
}

static void
check_plot (Checker *c, const LessonPlot *plot)
{
  lesson_plot_data_free (lesson_plot_compute (c->play, plot, c->problems));
  check_text (c, plot->title);
  check_text (c, plot->alt);
  check_text (c, plot->x_title);
  check_text (c, plot->y_title);
  for (guint i = 0; i < plot->categories->len; i++)
    check_text (c, ((LessonCategory *) plot->categories->pdata[i])->title);
  for (guint i = 0; i < plot->series->len; i++)
    check_text (c, ((LessonSeries *) plot->series->pdata[i])->title);
}

static void check_blocks (Checker *c, const GPtrArray *blocks);

static void
check_block (Checker *c, const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
    check_text (c, block->text);
    break;
  case LESSON_BLOCK_LIST:
    check_texts (c, block->items);
    break;
  case LESSON_BLOCK_CODE:
    break;
  case LESSON_BLOCK_TABLE:
    check_table (c, block->table);
    break;
  case LESSON_BLOCK_PLOT:
    check_plot (c, block->plot);
    break;
  case LESSON_BLOCK_CALLOUT:
    check_text (c, block->title);
    check_blocks (c, block->blocks);
    break;
  case LESSON_BLOCK_BEAT:
    check_beat (c, block->beat);
    break;
  case LESSON_BLOCK_QUESTION:
    lesson_checker_question (c, block->question);
    break;
  case LESSON_BLOCK_EXERCISE:
    check_text (c, block->exercise->ask);
    break;
  }
}

static void
check_blocks (Checker *c, const GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    check_block (c, blocks->pdata[i]);
}

/* What stands behind the sections. */
static void
check_back (Checker *c, const LessonDocument *document)
{
  for (guint i = 0; i < document->definitions->len; i++) {
    const LessonDefinition *definition = document->definitions->pdata[i];
    check_text (c, definition->title);
    check_texts (c, definition->paragraphs);
  }
  check_texts (c, document->notes);
  for (guint i = 0; i < document->wrongs->len; i++) {
    const LessonWrong *wrong = document->wrongs->pdata[i];
    check_text (c, wrong->says);
    check_text (c, wrong->why);
    check_text (c, wrong->ask);
  }
  check_texts (c, document->reading);
  check_texts (c, document->sources);
}

gboolean
lesson_play_check (LessonPlay *play, LessonProblems *problems)
{
  const LessonDocument *document = play->document;
  guint before = lesson_problems_count (problems);
  Checker c = {
      .play = play, .problems = problems, .beat = -1, .at = play->first_step};

  check_text (&c, document->title);
  check_text (&c, document->summary);
  check_texts (&c, document->objectives);
  for (guint i = 0; i < document->misconceptions->len; i++)
    check_text (
        &c, ((LessonMisconception *) document->misconceptions->pdata[i])->text);
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    check_text (&c, section->title);
    check_texts (&c, section->presenter);
    check_blocks (&c, section->blocks);
  }
  check_back (&c, document);
  return lesson_problems_count (problems) == before;
}
