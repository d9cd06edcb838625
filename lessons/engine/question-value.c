/* Marks values: what was written, what it means, and how it went wrong. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "number.h"
#include "question-mark.h"

/* Reading ----------------------------------------------------------------- */

LessonReadings
lesson_readings_of (const char *text, LessonStyle style, gboolean hex)
{
  LessonReadings readings = {0};

  if (lesson_number_read (text, FALSE, &readings.values[0])
      || lesson_value_of_written_word (style, text, &readings.values[0]))
    readings.count = 1;
  if (hex && lesson_number_read (text, TRUE, &readings.values[readings.count]))
    readings.count++;
  return readings;
}

gboolean
lesson_readings_mean (const LessonReadings *readings, guint64 value)
{
  for (guint i = 0; i < readings->count; i++)
    if (readings->values[i] == value)
      return TRUE;
  return FALSE;
}

char *
lesson_key_print (LessonValue key, gboolean hex)
{
  if (lesson_style_word (key.style, 0) == NULL)
    key.style = hex ? LESSON_STYLE_HEX : LESSON_STYLE_DECIMAL;
  return lesson_value_to_string (key);
}

char *
lesson_key_text (LessonValue key, gboolean hex)
{
  const char *word = lesson_style_word_translated (key.style, key.v);

  return word != NULL ? g_strdup (word) : lesson_key_print (key, hex);
}

/* Predict ----------------------------------------------------------------- */

/* Words that stand for the value, for those who write something else. */
static char *
list_words (LessonStyle style)
{
  GString *list = g_string_new (NULL);
  const char *word;

  for (guint64 i = 0; (word = lesson_style_word_translated (style, i)) != NULL;
       i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", word);
  return g_string_free (list, FALSE);
}

static void
refuse_value (LessonVerdict *verdict, LessonStyle style)
{
  g_autofree char *words = list_words (style);

  if (*words == '\0')
    lesson_verdict_refuse (
        verdict, _ ("That is not a number. Write it like 547 or 0x223."));
  else
    lesson_verdict_refuse (verdict, _ ("That is none of the words: %s."),
                           words);
}

void
lesson_mark_predict (const LessonMarking *m, const char *answer,
                     LessonVerdict *verdict)
{
  const LessonQuestion *question = m->question;
  gboolean hex = strcmp (question->format, "hex") == 0;
  LessonValue key = {0};

  if (!lesson_marking_ask (m, question->answer, &key))
    return;
  verdict->key = lesson_key_print (key, hex);
  verdict->key_text = lesson_key_text (key, hex);
  verdict->total = 1;
  if (answer == NULL)
    return;

  LessonReadings readings = lesson_readings_of (answer, key.style, hex);
  if (readings.count == 0) {
    refuse_value (verdict, key.style);
    return;
  }
  gboolean right = lesson_readings_mean (&readings, key.v);
  LessonAnswerPart *part = lesson_verdict_add (
      verdict, g_strdup ("answer"), g_strdup (_ ("the answer")),
      right ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);
  part->given = g_strdup (answer);
  part->key = g_strdup (verdict->key_text);
  if (!right)
    lesson_mistake_find (m, question->mistakes, question->answer, key,
                         &readings, &part->misconception, &verdict->why);
  lesson_verdict_settle (m, verdict, 1, FALSE);
}
