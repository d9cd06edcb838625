/* Checks questions: the right answer must be marked right, a wrong one wrong.
 */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "claims.h"
#include "question-edit.h"
#include "question-tables.h"
#include "question.h"

typedef struct {
  LessonChecker checker;
  const LessonQuestionPlace *place;
  const LessonQuestion *question;
} Check;

/* What kinds share -------------------------------------------------------- */

/* Checks mistakes against the key, and against each other. */
static void
check_mistakes (Check *c, const GPtrArray *mistakes, guint64 key)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < mistakes->len; i++) {
    const LessonMistake *mistake = mistakes->pdata[i];
    LessonValue value;
    lesson_checker_text (&c->checker, mistake->text);
    if (!lesson_checker_ask (&c->checker, mistake->place, mistake->query,
                             &value))
      continue;
    gint64 *number = g_memdup2 (&value.v, sizeof value.v);
    gboolean fresh = g_hash_table_add (seen, number);
    if (c->checker.play->document->rolled)
      continue; /* numbers may meet by chance; the right answer comes first */
    if (value.v == key)
      lesson_checker_complain (&c->checker, mistake->place,
                               _ ("this mistake is the right answer"));
    if (!fresh)
      lesson_checker_complain (&c->checker, mistake->place,
                               _ ("another mistake has the same value "
                                  "already"));
  }
}

/* Two texts that read alike cannot be told apart. */
static void
check_texts_differ (Check *c, const GPtrArray *choices)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = choices->pdata[i];
    lesson_checker_text (&c->checker, choice->text);
    if (!g_hash_table_add (seen, lesson_text_plain (choice->text)))
      lesson_checker_complain (&c->checker, choice->place,
                               _ ("another one has the same text already"));
  }
}

/* The values of choices; false, and problems, if one has none. */
static gboolean
ask_choices (Check *c, const GPtrArray *choices, guint64 *values)
{
  guint before = lesson_problems_count (c->checker.problems);

  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = choices->pdata[i];
    LessonValue value = {0};
    lesson_checker_ask (&c->checker, choice->place, choice->query, &value);
    values[i] = value.v;
  }
  return lesson_problems_count (c->checker.problems) == before;
}

/* Each kind --------------------------------------------------------------- */

static void
check_predict (Check *c)
{
  LessonValue key;

  if (lesson_checker_ask (&c->checker, c->question->answer_place,
                          c->question->answer, &key))
    check_mistakes (c, c->question->mistakes, key.v);
}

static void
check_choices (Check *c)
{
  const GPtrArray *choices = c->question->choices;
  guint64 values[26];
  guint right = 0;

  check_texts_differ (c, choices);
  if (!ask_choices (c, choices, values))
    return;
  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = choices->pdata[i];
    right += values[i] != 0;
    if (values[i] != 0 && choice->of != NULL)
      lesson_checker_complain (&c->checker, choice->of_place,
                               _ ("this choice is right; no misconception "
                                  "leads to it"));
  }

  if (c->question->kind == LESSON_QUESTION_CHOOSE && right != 1)
    lesson_checker_complain (&c->checker, c->question->place,
                             _ ("one choice must be right; the machine says "
                                "that %u are"),
                             right);
  else if (right == 0)
    lesson_checker_complain (&c->checker, c->question->place,
                             _ ("at least one choice must be right; the "
                                "machine says that none is"));
  else if (right == choices->len)
    lesson_checker_complain (&c->checker, c->question->place,
                             _ ("all choices are right; a question needs one "
                                "that is not"));
}

static void
check_order (Check *c)
{
  const GPtrArray *items = c->question->choices;
  gboolean sorted = TRUE;
  guint64 values[26];

  check_texts_differ (c, items);
  if (!ask_choices (c, items, values))
    return;
  for (guint i = 0; i < items->len; i++) {
    const LessonChoice *item = items->pdata[i];
    for (guint j = 0; j < i; j++)
      if (values[j] == values[i])
        lesson_checker_complain (&c->checker, item->place,
                                 _ ("nothing says which comes first: this "
                                    "item and number %u are both %" PRIu64),
                                 j + 1, values[i]);
    sorted &= i == 0 || values[i - 1] < values[i];
  }
  if (sorted)
    lesson_checker_complain (&c->checker, c->question->place,
                             _ ("the items stand in their right order already; "
                                "mix them"));
}

static void
check_match (Check *c)
{
  const GPtrArray *items = c->question->choices;
  const GPtrArray *targets = c->question->targets;
  guint64 values[26], wanted[26];

  check_texts_differ (c, items);
  check_texts_differ (c, targets);
  if (!ask_choices (c, items, wanted) || !ask_choices (c, targets, values))
    return;
  for (guint i = 0; i < targets->len; i++)
    for (guint j = 0; j < i; j++)
      if (values[j] == values[i])
        lesson_checker_complain (
            &c->checker, ((LessonChoice *) targets->pdata[i])->place,
            _ ("two of <to> have the same value, 0x%" PRIx64
               "; nobody could tell which belongs where"),
            values[i]);
  for (guint i = 0; i < items->len; i++) {
    guint j = 0;
    while (j < targets->len && values[j] != wanted[i])
      j++;
    if (j == targets->len)
      lesson_checker_complain (
          &c->checker, ((LessonChoice *) items->pdata[i])->place,
          _ ("no <to> has the value of this item, 0x%" PRIx64), wanted[i]);
  }
}

static void
check_cell (Check *c, const LessonCell *cell)
{
  LessonValue key;

  if (!lesson_checker_ask (&c->checker, cell->place, cell->query, &key))
    return;
  if (cell->given && cell->mistakes->len > 0)
    lesson_checker_complain (&c->checker, cell->place,
                             _ ("a cell that is given has no mistakes"));
  check_mistakes (c, cell->mistakes, key.v);
}

static void
check_fill (Check *c)
{
  const LessonQuestion *question = c->question;
  guint blank = 0;

  lesson_checker_texts (&c->checker, question->columns);
  for (guint i = 0; i < question->rows->len; i++) {
    const LessonRow *row = question->rows->pdata[i];
    lesson_checker_text (&c->checker, row->name);
    for (guint j = 0; j < row->cells->len; j++) {
      const LessonCell *cell = row->cells->pdata[j];
      check_cell (c, cell);
      blank += !cell->given;
    }
  }
  if (blank == 0)
    lesson_checker_complain (&c->checker, question->place,
                             _ ("every cell is given; leave one to fill in"));
}

/* Edit -------------------------------------------------------------------- */

static gboolean
try_entry (Check *c, const LessonEdited *edited, guint64 raw, guint *reached)
{
  g_autofree char *why = NULL;

  if (lesson_edited_try (c->checker.play, c->place, edited, raw, reached, &why))
    return TRUE;
  lesson_checker_complain (&c->checker, c->question->place,
                           _ ("this cannot be tried: %s"), why);
  return FALSE;
}

/* The answer must reach every goal; a goal that cannot be asked about is
 * missed, and why says so. */
static void
check_goals (Check *c, const LessonEdited *edited, guint64 key)
{
  const GPtrArray *goals = c->question->choices;
  g_autofree char *why = NULL;
  guint reached;

  if (!lesson_edited_try (c->checker.play, c->place, edited, key, &reached,
                          &why))
    return;
  for (guint i = 0; i < goals->len; i++) {
    const LessonChoice *goal = goals->pdata[i];
    if (reached >> i & 1)
      continue;
    if (why != NULL)
      lesson_checker_complain (&c->checker, goal->place,
                               _ ("“%s” has no answer here: %s"), goal->query,
                               why);
    else
      lesson_checker_complain (&c->checker, goal->place,
                               _ ("the answer does not reach this goal"));
  }
}

static void
check_edit_mistakes (Check *c, const LessonEdited *edited, guint all)
{
  const GPtrArray *mistakes = c->question->mistakes;

  for (guint i = 0; i < mistakes->len; i++) {
    const LessonMistake *mistake = mistakes->pdata[i];
    LessonValue value;
    guint reached;
    lesson_checker_text (&c->checker, mistake->text);
    if (lesson_checker_ask (&c->checker, mistake->place, mistake->query, &value)
        && try_entry (c, edited, value.v, &reached) && reached == all)
      lesson_checker_complain (&c->checker, mistake->place,
                               _ ("this mistake reaches every goal"));
  }
}

static void
check_edit (Check *c)
{
  guint all = (1u << c->question->choices->len) - 1, reached;
  g_autofree char *why = NULL;
  LessonEdited edited;
  LessonValue key;

  c->checker.at = c->place->ask_at;
  check_texts_differ (c, c->question->choices);
  if (!lesson_edited_find (c->checker.play, c->place, &edited, &why)) {
    lesson_checker_complain (&c->checker, c->question->place,
                             _ ("there is no such entry: %s"), why);
    return;
  }
  if (!lesson_checker_ask (&c->checker, c->question->answer_place,
                           c->question->answer, &key)
      || !try_entry (c, &edited, edited.raw, &reached))
    return;
  if (reached == all)
    lesson_checker_complain (&c->checker, c->question->place,
                             _ ("every goal is reached without a change"));
  check_goals (c, &edited, key.v);
  check_edit_mistakes (c, &edited, all);
}

/* Build ------------------------------------------------------------------- */

static void
check_tables (Check *c, const guint64 *frames)
{
  const GPtrArray *tables = c->question->choices;
  guint64 root = 0;

  if (lesson_built_root (c->checker.play, c->place, &root) && frames[0] != root)
    lesson_checker_complain (
        &c->checker, ((LessonChoice *) tables->pdata[0])->place,
        _ ("the first table must be the root, frame 0x%" PRIx64
           ", not 0x%" PRIx64),
        root, frames[0]);
  for (guint i = 0; i < tables->len; i++)
    for (guint j = 0; j < i; j++)
      if (frames[j] == frames[i])
        lesson_checker_complain (
            &c->checker, ((LessonChoice *) tables->pdata[i])->place,
            _ ("another table lies in frame 0x%" PRIx64 " already"), frames[i]);
}

static void
check_mapping (Check *c, guint index)
{
  const LessonMapping *mapping = c->question->maps->pdata[index];
  const struct vm_geometry *g = vm_machine_geometry (c->checker.play->machine);
  LessonValue va, frame, other;

  if (!lesson_checker_ask (&c->checker, mapping->place, mapping->va, &va)
      || !lesson_checker_ask (&c->checker, mapping->place, mapping->frame,
                              &frame))
    return;
  if (va.v % vm_geometry_page_bytes (g) != 0)
    lesson_checker_complain (&c->checker, mapping->place,
                             _ ("0x%" PRIx64 " is not where a page begins"),
                             va.v);
  if (frame.v > vm_pte_last_frame (g, 1, true))
    lesson_checker_complain (&c->checker, mapping->place,
                             _ ("no entry can name frame 0x%" PRIx64), frame.v);
  for (guint i = 0; i < index; i++) {
    const LessonMapping *before = c->question->maps->pdata[i];
    if (lesson_checker_ask (&c->checker, before->place, before->va, &other)
        && other.v == va.v)
      lesson_checker_complain (&c->checker, mapping->place,
                               _ ("0x%" PRIx64 " is mapped already, above"),
                               va.v);
  }
}

static void
check_build (Check *c)
{
  const LessonQuestion *question = c->question;
  guint before = lesson_problems_count (c->checker.problems);
  guint64 frames[26];

  c->checker.at = c->place->ask_at;
  check_texts_differ (c, question->choices);
  if (!ask_choices (c, question->choices, frames))
    return;
  check_tables (c, frames);
  for (guint i = 0; i < question->maps->len; i++)
    check_mapping (c, i);
  if (lesson_problems_count (c->checker.problems) > before)
    return;

  g_autoptr (GArray) tables
      = lesson_built_tables (c->checker.play, c->place, NULL);
  g_autoptr (GArray) key = lesson_built_key (c->checker.play, c->place, tables);
  if (key == NULL)
    lesson_checker_complain (&c->checker, question->place,
                             _ ("these tables do not suffice for the pages "
                                "that are asked for"));
  else if (key->len == 0)
    lesson_checker_complain (&c->checker, question->place,
                             _ ("all pages are mapped already"));
}

/* The whole --------------------------------------------------------------- */

static void
check_kind (Check *c)
{
  switch (c->question->kind) {
  case LESSON_QUESTION_PREDICT:
    check_predict (c);
    break;
  case LESSON_QUESTION_CHOOSE:
  case LESSON_QUESTION_SEVERAL:
    check_choices (c);
    break;
  case LESSON_QUESTION_ORDER:
    check_order (c);
    break;
  case LESSON_QUESTION_MATCH:
    check_match (c);
    break;
  case LESSON_QUESTION_FILL:
    check_fill (c);
    break;
  case LESSON_QUESTION_EDIT:
    check_edit (c);
    break;
  case LESSON_QUESTION_BUILD:
    check_build (c);
    break;
  }
}

/* Once nothing speaks against it, the key is given as an answer. */
static void
prove_key (Check *c)
{
  LessonPlay *play = c->checker.play;
  LessonVerdict shown = lesson_question_mark (play, c->place, NULL);
  LessonVerdict verdict = lesson_question_mark (
      play, c->place, shown.key != NULL ? shown.key : "");

  if (shown.mark != LESSON_MARK_NOT_SURE || verdict.mark != LESSON_MARK_RIGHT) {
    g_autofree char *why = lesson_verdict_plain (&verdict);
    lesson_checker_complain (&c->checker, c->question->place,
                             _ ("the right answer, %s, is not marked right: "
                                "%s"),
                             shown.key, why);
  }
  lesson_verdict_clear (&shown);
  lesson_verdict_clear (&verdict);
}

static const LessonQuestionPlace *
place_of (const LessonPlay *play, const LessonQuestion *question)
{
  for (guint i = 0; i < play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (play->questions, LessonQuestionPlace, i);
    if (place->question == question)
      return place;
  }
  g_return_val_if_reached (NULL);
}

/* A question has a machine of its own: that of its beat. */
void
lesson_checker_question (LessonChecker *here, const LessonQuestion *question)
{
  const LessonQuestionPlace *place = place_of (here->play, question);
  Check c = {.checker = *here, .place = place, .question = question};
  guint before = lesson_problems_count (here->problems);

  c.checker.beat = (int) place->beat;
  c.checker.at = place->ask_at;
  lesson_checker_text (&c.checker, question->ask);
  c.checker.at = place->reveal_at;
  lesson_checker_texts (&c.checker, question->hints);
  lesson_checker_text (&c.checker, question->right);
  check_kind (&c);
  if (lesson_problems_count (here->problems) == before)
    prove_key (&c);
}
