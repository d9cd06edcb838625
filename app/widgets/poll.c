/* A question put to a hall: what can be answered, and how many hands went up
 * for each answer. */

#include "poll.h"

#include <string.h>

#include "markup.h"
#include "question-slips.h"

#define MOST_VALUES 4
#define MOST_HANDS 99999

static void
answer_free (gpointer data)
{
  PwPollAnswer *answer = data;

  g_free (answer->markup);
  g_free (answer->plain);
  g_free (answer);
}

static void
add_answer (PwPoll *poll, char *markup, char *plain, gboolean right)
{
  PwPollAnswer *answer = g_new0 (PwPollAnswer, 1);

  answer->markup = markup;
  answer->plain = plain;
  answer->right = right;
  g_ptr_array_add (poll->answers, answer);
}

/* Choices: the key names those that hold by their letters. */
static void
add_choices (PwPoll *poll, const LessonQuestion *question, const char *key)
{
  for (guint i = 0; i < question->choices->len; i++) {
    const LessonChoice *choice = question->choices->pdata[i];

    add_answer (poll, pw_markup_of (choice->text),
                lesson_text_plain (choice->text),
                key != NULL && strchr (key, 'a' + (int) i) != NULL);
  }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  guint64 one = *(const guint64 *) a, other = *(const guint64 *) b;

  return one < other ? -1 : one > other;
}

/* Words that stand for the value, all of them. */
static void
add_words (PwPoll *poll, const LessonValue *key)
{
  const char *word;

  for (guint64 i = 0;
       (word = lesson_style_word_translated (key->style, i)) != NULL; i++)
    add_answer (poll, g_markup_escape_text (word, -1), g_strdup (word),
                i == key->v);
}

static void
add_values (PwPoll *poll, LessonPlay *play, const LessonValue *key)
{
  g_autoptr (GArray) values = lesson_question_slips (play, poll->place, NULL);
  gboolean hex = g_str_equal (poll->place->question->format, "hex");

  if (values->len >= MOST_VALUES)
    g_array_set_size (values, MOST_VALUES - 1);
  g_array_append_val (values, key->v);
  g_array_sort (values, compare);
  for (guint i = 0; i < values->len; i++) {
    LessonValue value = {.v = g_array_index (values, guint64, i)};
    g_autofree char *text = NULL;

    value.style = hex ? LESSON_STYLE_HEX : LESSON_STYLE_DECIMAL;
    text = lesson_value_to_string (value);
    add_answer (poll, g_strdup_printf ("<tt>%s</tt>", text), g_strdup (text),
                value.v == key->v);
  }
}

static void
add_predictions (PwPoll *poll, LessonPlay *play)
{
  LessonValue key;

  if (!lesson_question_key (play, poll->place, NULL, &key))
    return;
  if (lesson_style_word (key.style, 0) != NULL)
    add_words (poll, &key);
  else
    add_values (poll, play, &key);
}

static void
add_answers (PwPoll *poll, LessonPlay *play, const char *key)
{
  const LessonQuestion *question = poll->place->question;

  switch (question->kind) {
  case LESSON_QUESTION_PREDICT:
    add_predictions (poll, play);
    break;
  case LESSON_QUESTION_CHOOSE:
  case LESSON_QUESTION_SEVERAL:
    add_choices (poll, question, key);
    break;
  /* One does not raise a hand for these: they are shown, and answered. */
  case LESSON_QUESTION_ORDER:
  case LESSON_QUESTION_MATCH:
  case LESSON_QUESTION_FILL:
  case LESSON_QUESTION_EDIT:
  case LESSON_QUESTION_BUILD:
    break;
  }
}

PwPoll *
pw_poll_new (LessonPlay *play, const LessonQuestionPlace *place)
{
  PwPoll *poll = g_new0 (PwPoll, 1);
  LessonVerdict verdict = lesson_question_mark (play, place, NULL);

  poll->place = place;
  poll->ask = pw_markup_of (place->question->ask);
  poll->answers = g_ptr_array_new_with_free_func (answer_free);
  poll->key = g_strdup (verdict.key_text != NULL ? verdict.key_text : "");
  poll->why = pw_markup_of (place->question->right);
  add_answers (poll, play, verdict.key);
  lesson_verdict_clear (&verdict);
  return poll;
}

void
pw_poll_free (PwPoll *poll)
{
  if (poll == NULL)
    return;
  g_ptr_array_unref (poll->answers);
  g_free (poll->ask);
  g_free (poll->key);
  g_free (poll->why);
  g_free (poll);
}

void
pw_poll_count (PwPoll *poll, guint hands)
{
  PwPollAnswer *answer;

  if (poll->answers->len == 0)
    return;
  answer = poll->answers->pdata[poll->counting];
  answer->hands = MIN (hands, MOST_HANDS);
  poll->counting = (poll->counting + 1) % poll->answers->len;
}

void
pw_poll_add (PwPoll *poll, guint answer, int hands)
{
  PwPollAnswer *counted = poll->answers->pdata[answer];

  counted->hands = (guint) CLAMP ((int) counted->hands + hands, 0, MOST_HANDS);
}

guint
pw_poll_total (const PwPoll *poll)
{
  guint total = 0;

  for (guint i = 0; i < poll->answers->len; i++)
    total += ((const PwPollAnswer *) poll->answers->pdata[i])->hands;
  return total;
}
