/* Marks answers. */
#include "question.h"

#include <string.h>

#include "number.h"
#include "query.h"

/* What a typed answer can mean: where the key is hexadecimal, digits without
 * 0x are read as hexadecimal, too. */
typedef struct {
  guint count;
  guint64 values[2];
} Readings;

static Readings
read_answer (const char *answer, gboolean hex)
{
  Readings readings = {0};

  if (lesson_number_read (answer, FALSE, &readings.values[0]))
    readings.count = 1;
  if (hex
      && lesson_number_read (answer, TRUE, &readings.values[readings.count]))
    readings.count++;
  return readings;
}

static gboolean
means (const Readings *readings, guint64 value)
{
  for (guint i = 0; i < readings->count; i++)
    if (readings->values[i] == value)
      return TRUE;
  return FALSE;
}

static gboolean
ask (LessonPlay *play, const LessonQuestionPlace *place, const char *query,
     LessonValue *value)
{
  LessonQueryFault fault = {0};
  gboolean answered = lesson_play_ask (play, (int) place->beat,
                                       place->reveal_at, query, value, &fault);

  lesson_query_fault_clear (&fault);
  return answered;
}

/* The text of the mistake whose value the answer means. */
static const LessonText *
named_mistake (LessonPlay *play, const LessonQuestionPlace *place,
               const Readings *readings)
{
  const GPtrArray *mistakes = place->question->mistakes;

  for (guint i = 0; i < mistakes->len; i++) {
    const LessonMistake *mistake = mistakes->pdata[i];
    LessonValue value;
    if (ask (play, place, mistake->query, &value) && means (readings, value.v))
      return mistake->text;
  }
  return NULL;
}

static LessonVerdict
mark_prediction (LessonPlay *play, const LessonQuestionPlace *place,
                 const char *answer)
{
  const LessonQuestion *question = place->question;
  gboolean hex = strcmp (question->format, "hex") == 0;
  LessonVerdict verdict = {LESSON_MARK_NOT_SURE, NULL, question->right};
  LessonValue key = {0};

  if (ask (play, place, question->answer, &key)) {
    key.style = hex ? LESSON_STYLE_HEX : LESSON_STYLE_DECIMAL;
    verdict.key = lesson_value_to_string (key);
  }
  if (answer == NULL)
    return verdict;

  Readings readings = read_answer (answer, hex);
  if (readings.count == 0) {
    verdict.mark = LESSON_MARK_UNREADABLE;
    verdict.why = NULL;
  } else if (means (&readings, key.v)) {
    verdict.mark = LESSON_MARK_RIGHT;
  } else {
    verdict.mark = LESSON_MARK_WRONG;
    verdict.why = named_mistake (play, place, &readings);
  }
  return verdict;
}

/* The position of the choice that the machine says is right, from 1. */
static guint64
right_choice (LessonPlay *play, const LessonQuestionPlace *place)
{
  const GPtrArray *choices = place->question->choices;

  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = choices->pdata[i];
    LessonValue value;
    if (ask (play, place, choice->query, &value) && value.v != 0)
      return i + 1;
  }
  return 0;
}

static LessonVerdict
mark_choice (LessonPlay *play, const LessonQuestionPlace *place,
             const char *answer)
{
  const LessonQuestion *question = place->question;
  guint64 right = right_choice (play, place);
  LessonVerdict verdict = {LESSON_MARK_NOT_SURE, NULL, question->right};
  guint64 chosen;

  verdict.key = g_strdup_printf ("%" G_GUINT64_FORMAT, right);
  if (answer == NULL)
    return verdict;

  if (!lesson_number_read (answer, FALSE, &chosen) || chosen == 0
      || chosen > question->choices->len) {
    verdict.mark = LESSON_MARK_UNREADABLE;
    verdict.why = NULL;
  } else if (chosen == right) {
    verdict.mark = LESSON_MARK_RIGHT;
  } else {
    verdict.mark = LESSON_MARK_WRONG;
    verdict.why = NULL;
  }
  return verdict;
}

LessonVerdict
lesson_question_mark (LessonPlay *play, const LessonQuestionPlace *place,
                      const char *answer)
{
  switch (place->question->kind) {
  case LESSON_QUESTION_PREDICT:
    return mark_prediction (play, place, answer);
  case LESSON_QUESTION_CHOOSE:
    return mark_choice (play, place, answer);
  }
  g_return_val_if_reached ((LessonVerdict){0});
}

void
lesson_verdict_clear (LessonVerdict *verdict)
{
  g_clear_pointer (&verdict->key, g_free);
}
