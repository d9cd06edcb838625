/* Marks answers out of a file, and prints the marks. */
#include "lesson_answers.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "json.h"
#include "question.h"
#include "script.h"
#include "wrap.h"

typedef struct {
  const CliLesson *lesson;
  const char *file;
  gboolean json;
  GHashTable *answered; /* of ids */
  guint answers, right;
} Answers;

/* Text -------------------------------------------------------------------- */

static const char *
mark_text (LessonMark mark)
{
  switch (mark) {
  case LESSON_MARK_RIGHT:
    return _ ("right");
  case LESSON_MARK_WRONG:
    return _ ("wrong");
  case LESSON_MARK_PARTLY:
    return _ ("partly right");
  case LESSON_MARK_UNREADABLE:
    return _ ("unreadable");
  case LESSON_MARK_NOT_SURE:
    return _ ("not sure");
  }
  return "";
}

/* A part that is wrong or left empty, and what shows it. */
static void
print_part (const LessonAnswerPart *part)
{
  const char *why = part->why != NULL ? part->why : mark_text (part->mark);
  g_autofree char *text = g_strdup_printf (_ ("%s: %s"), part->name, why);

  if (part->mark != LESSON_MARK_RIGHT)
    cli_wrap ("    - ", text);
}

static void
print_text (const LessonQuestion *question, const char *answer,
            const LessonVerdict *verdict)
{
  g_autofree char *why = lesson_verdict_plain (verdict);
  g_autofree char *first = g_strdup_printf ("%s: ", question->id);
  g_autofree char *text = verdict->total > 1 && verdict->parts->len > 0
                              ? g_strdup_printf (_ ("%s, %u of %u parts"),
                                                 mark_text (verdict->mark),
                                                 verdict->right, verdict->total)
                              : g_strdup (mark_text (verdict->mark));

  cli_wrap (first, text);
  cli_wrap ("    > ", answer != NULL ? answer : "?");
  for (guint i = 0; i < verdict->parts->len && verdict->total > 1; i++)
    print_part (verdict->parts->pdata[i]);
  if (verdict->mark == LESSON_MARK_NOT_SURE) {
    g_autofree char *key
        = g_strdup_printf (_ ("Answer: %s"), verdict->key_text);
    cli_wrap ("    ", key);
  }
  if (*why != '\0')
    cli_wrap ("    ", why);
}

/* JSON -------------------------------------------------------------------- */

static void
write_part (CliJson *json, const LessonAnswerPart *part)
{
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "part", part->id);
  cli_json_string (json, "mark", lesson_mark_name (part->mark));
  cli_json_string (json, "given", part->given);
  cli_json_string (json, "key", part->key);
  cli_json_string (json, "why", part->why);
  cli_json_string (json, "misconception", part->misconception);
  cli_json_end_object (json);
}

static void
write_json (const LessonQuestion *question, const char *answer,
            const LessonVerdict *verdict)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autofree char *why = lesson_verdict_plain (verdict);

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "type", "answer");
  cli_json_string (json, "question", question->id);
  cli_json_string (json, "kind", lesson_question_kind_name (question->kind));
  cli_json_string (json, "answer", answer != NULL ? answer : "?");
  cli_json_string (json, "mark", lesson_mark_name (verdict->mark));
  cli_json_number (json, "right", verdict->right);
  cli_json_number (json, "total", verdict->total);
  cli_json_begin_array (json, "parts");
  for (guint i = 0; i < verdict->parts->len; i++)
    write_part (json, verdict->parts->pdata[i]);
  cli_json_end_array (json);
  cli_json_string (json, "key", verdict->key);
  cli_json_string (json, "why", *why != '\0' ? why : NULL);
  cli_json_string (json, "misconception", verdict->misconception);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_total (const Answers *a)
{
  if (!a->json) {
    printf (_ ("%u of %u answers right"), a->right, a->answers);
    printf ("\n");
    return;
  }
  g_autoptr (CliJson) json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "type", "total");
  cli_json_string (json, "lesson", a->lesson->document->id);
  cli_json_number (json, "questions", a->lesson->play->questions->len);
  cli_json_number (json, "answers", a->answers);
  cli_json_number (json, "right", a->right);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

/* Reading ----------------------------------------------------------------- */

static gboolean
fail (const Answers *a, guint64 line, char *why)
{
  g_autofree char *owned = why;

  cli_fail_at (a->file, line, owned);
  return FALSE;
}

static void
mark (Answers *a, const LessonQuestionPlace *place, const char *answer)
{
  LessonVerdict verdict = lesson_question_mark (a->lesson->play, place, answer);

  (a->json ? write_json : print_text) (place->question, answer, &verdict);
  a->answers++;
  a->right += verdict.mark == LESSON_MARK_RIGHT;
  lesson_verdict_clear (&verdict);
}

/* One line: "ID: ANSWER". */
static gboolean
answer_line (Answers *a, const char *text, guint64 line)
{
  g_auto (GStrv) sides = g_strsplit (text, ":", 2);

  g_strstrip (sides[0]);
  if (sides[1] == NULL)
    return fail (a, line, g_strdup (_ ("an answer is written ID: ANSWER")));
  const LessonQuestionPlace *place
      = lesson_play_question (a->lesson->play, sides[0]);
  if (place == NULL)
    return fail (
        a, line,
        g_strdup_printf (_ ("the lesson has no question “%s”"), sides[0]));
  if (!g_hash_table_add (a->answered, g_strdup (sides[0])))
    return fail (a, line,
                 g_strdup_printf (_ ("“%s” was answered above"), sides[0]));
  g_strstrip (sides[1]);
  mark (a, place, strcmp (sides[1], "?") == 0 ? NULL : sides[1]);
  return cli_flush ();
}

static gboolean
answer_all (Answers *a, CliScript *script)
{
  g_autofree char *why = NULL;
  CliLine line;

  while ((line = cli_script_next (script, &why)) == CLI_LINE_READ) {
    const char *text = cli_script_text (script);
    text += strspn (text, " \t");
    if (*text != '\0' && *text != '#'
        && !answer_line (a, text, cli_script_line (script)))
      return FALSE;
  }
  if (line == CLI_LINE_BAD)
    return fail (a, cli_script_line (script), g_steal_pointer (&why));
  return TRUE;
}

CliStatus
cli_lesson_answer (const CliLesson *lesson, const char *file, gboolean json)
{
  g_autofree char *why = NULL;
  g_autoptr (CliScript) script = cli_script_open (file, &why);
  if (script == NULL)
    return cli_fail_at (file, 0, why);

  g_autoptr (GHashTable) answered
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Answers answers
      = {.lesson = lesson, .file = file, .json = json, .answered = answered};
  if (!answer_all (&answers, script))
    return CLI_FAILED;
  print_total (&answers);
  return CLI_DONE;
}
