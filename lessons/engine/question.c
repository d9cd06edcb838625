/* Marks answers: what all kinds of questions have in common. */
#include "question.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "misconception.h"
#include "question-mark.h"

/* Parts ------------------------------------------------------------------- */

static void
part_free (gpointer data)
{
  LessonAnswerPart *part = data;

  g_free (part->id);
  g_free (part->name);
  g_free (part->given);
  g_free (part->key);
  g_free (part->why);
  g_free (part);
}

LessonAnswerPart *
lesson_verdict_add (LessonVerdict *verdict, char *id, char *name,
                    LessonMark mark)
{
  LessonAnswerPart *part = g_new0 (LessonAnswerPart, 1);

  part->id = id;
  part->name = name;
  part->mark = mark;
  g_ptr_array_add (verdict->parts, part);
  return part;
}

void
lesson_verdict_refuse (LessonVerdict *verdict, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_free (verdict->says);
  verdict->says = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  verdict->mark = LESSON_MARK_UNREADABLE;
  verdict->why = NULL;
}

static LessonMark
mark_of_parts (const LessonVerdict *verdict, guint total, gboolean partly)
{
  for (guint i = 0; i < total; i++) {
    const LessonAnswerPart *part = verdict->parts->pdata[i];
    if (part->mark == LESSON_MARK_UNREADABLE)
      return LESSON_MARK_UNREADABLE;
  }
  if (verdict->right == total)
    return LESSON_MARK_RIGHT;
  return verdict->right > 0 && partly ? LESSON_MARK_PARTLY : LESSON_MARK_WRONG;
}

/* The first misconception among the parts becomes that of the whole, and is
 * explained, unless the part does so itself. */
static void
take_misconception (const LessonMarking *m, LessonVerdict *verdict)
{
  gboolean told = verdict->why != NULL || verdict->says != NULL;

  for (guint i = 0; i < verdict->parts->len && verdict->misconception == NULL;
       i++) {
    const LessonAnswerPart *part = verdict->parts->pdata[i];
    verdict->misconception = part->misconception;
    told |= part->misconception != NULL && part->why != NULL
            && m->question->kind == LESSON_QUESTION_FILL;
  }
  if (!told)
    verdict->says
        = lesson_misconception_text (m->document, verdict->misconception);
}

void
lesson_verdict_settle (const LessonMarking *m, LessonVerdict *verdict,
                       guint total, gboolean partly)
{
  verdict->total = total;
  verdict->right = 0;
  for (guint i = 0; i < total; i++) {
    const LessonAnswerPart *part = verdict->parts->pdata[i];
    verdict->right += part->mark == LESSON_MARK_RIGHT;
  }
  verdict->mark = mark_of_parts (verdict, total, partly);
  if (verdict->mark == LESSON_MARK_RIGHT)
    verdict->why = m->question->right;
  else if (verdict->mark != LESSON_MARK_UNREADABLE)
    take_misconception (m, verdict);
}

/* Asking ------------------------------------------------------------------ */

gboolean
lesson_marking_ask (const LessonMarking *m, const char *query,
                    LessonValue *value)
{
  LessonQueryFault fault = {0};
  gboolean answered = lesson_play_ask (
      m->play, (int) m->place->beat, m->place->reveal_at, query, value, &fault);

  lesson_query_fault_clear (&fault);
  return answered;
}

/* Letters ----------------------------------------------------------------- */

char *
lesson_letter (guint index)
{
  return g_strdup_printf ("%c", 'a' + (int) index);
}

gboolean
lesson_letter_read (const char *word, guint count, guint *index)
{
  guint64 number;

  if (g_ascii_isalpha (word[0]) && word[1] == '\0')
    *index = (guint) (g_ascii_tolower (word[0]) - 'a');
  else if (g_ascii_string_to_unsigned (word, 10, 1, count, &number, NULL))
    *index = (guint) number - 1;
  else
    return FALSE;
  return *index < count;
}

/* The whole --------------------------------------------------------------- */

static void
mark_kind (const LessonMarking *m, const char *answer, LessonVerdict *verdict)
{
  switch (m->question->kind) {
  case LESSON_QUESTION_PREDICT:
    lesson_mark_predict (m, answer, verdict);
    break;
  case LESSON_QUESTION_CHOOSE:
    lesson_mark_choose (m, answer, verdict);
    break;
  case LESSON_QUESTION_SEVERAL:
    lesson_mark_several (m, answer, verdict);
    break;
  case LESSON_QUESTION_ORDER:
    lesson_mark_order (m, answer, verdict);
    break;
  case LESSON_QUESTION_MATCH:
    lesson_mark_match (m, answer, verdict);
    break;
  case LESSON_QUESTION_FILL:
    lesson_mark_fill (m, answer, verdict);
    break;
  case LESSON_QUESTION_EDIT:
    lesson_mark_edit (m, answer, verdict);
    break;
  case LESSON_QUESTION_BUILD:
    lesson_mark_build (m, answer, verdict);
    break;
  }
}

LessonVerdict
lesson_question_mark (LessonPlay *play, const LessonQuestionPlace *place,
                      const char *answer)
{
  const LessonMarking marking = {.play = play,
                                 .place = place,
                                 .question = place->question,
                                 .document = play->document};
  LessonVerdict verdict = {.mark = LESSON_MARK_NOT_SURE};
  g_autofree char *plain = NULL;

  verdict.parts = g_ptr_array_new_with_free_func (part_free);
  if (answer != NULL) {
    plain = g_utf8_normalize (answer, -1, G_NORMALIZE_ALL_COMPOSE);
    if (plain == NULL)
      plain = g_strdup ("");
    g_strstrip (plain);
    if (strcmp (plain, "?") == 0)
      g_clear_pointer (&plain, g_free);
  }
  mark_kind (&marking, plain, &verdict);
  if (plain == NULL)
    verdict.why = place->question->right;
  return verdict;
}

void
lesson_verdict_clear (LessonVerdict *verdict)
{
  g_clear_pointer (&verdict->parts, g_ptr_array_unref);
  g_clear_pointer (&verdict->key, g_free);
  g_clear_pointer (&verdict->key_text, g_free);
  g_clear_pointer (&verdict->says, g_free);
}

char *
lesson_verdict_plain (const LessonVerdict *verdict)
{
  if (verdict->why != NULL)
    return lesson_text_plain (verdict->why);
  return g_strdup (verdict->says != NULL ? verdict->says : "");
}

const LessonAnswerPart *
lesson_verdict_part (const LessonVerdict *verdict, const char *id)
{
  for (guint i = 0; i < verdict->parts->len; i++) {
    const LessonAnswerPart *part = verdict->parts->pdata[i];
    if (strcmp (part->id, id) == 0)
      return part;
  }
  return NULL;
}

const char *
lesson_mark_name (LessonMark mark)
{
  static const char *const names[] = {
      [LESSON_MARK_RIGHT] = "right",
      [LESSON_MARK_WRONG] = "wrong",
      [LESSON_MARK_PARTLY] = "partly",
      [LESSON_MARK_UNREADABLE] = "unreadable",
      [LESSON_MARK_NOT_SURE] = "not-sure",
  };

  return names[mark];
}

const char *
lesson_question_kind_name (LessonQuestionKind kind)
{
  static const char *const names[] = {
      [LESSON_QUESTION_PREDICT] = "predict",
      [LESSON_QUESTION_CHOOSE] = "choose",
      [LESSON_QUESTION_SEVERAL] = "several",
      [LESSON_QUESTION_ORDER] = "order",
      [LESSON_QUESTION_MATCH] = "match",
      [LESSON_QUESTION_FILL] = "fill",
      [LESSON_QUESTION_EDIT] = "edit",
      [LESSON_QUESTION_BUILD] = "build",
  };

  return names[kind];
}

const LessonQuestionPlace *
lesson_play_question (const LessonPlay *play, const char *id)
{
  for (guint i = 0; i < play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (play->questions, LessonQuestionPlace, i);
    if (strcmp (place->question->id, id) == 0)
      return place;
  }
  return NULL;
}
