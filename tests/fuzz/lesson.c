/* Fuzzes the loader: whatever the bytes are, it says what is wrong with them
 * or gives a lesson, which is then played, checked and answered. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "question.h"
#include "resume.h"
#include "review.h"
#include "texts.h"
#include "uri.h"

/* How many places of a lesson are looked for: each costs a search. */
#define MAX_PLACES 50

/* Without a problem there must be a lesson, and with one there must be none. */
static void
require (gboolean condition)
{
  if (!condition)
    abort ();
}

/* Where every link leads. */
static void
follow (const LessonText *text, LessonRole role G_GNUC_UNUSED, gpointer play)
{
  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = text->runs->pdata[i];
    g_autofree char *uri = run->see != NULL ? lesson_see_uri (run->see) : NULL;
    g_autofree char *lesson = NULL, *place = NULL;
    guint64 cursor = 0;
    if (uri == NULL)
      continue;
    require (lesson_uri_read (uri, &lesson, &place));
    if (lesson_play_find_place (play, place, &cursor))
      require (cursor >= ((LessonPlay *) play)->first_step
               && cursor <= ((LessonPlay *) play)->end_step);
  }
}

/* In a lesson that was saved as it was, nobody loses their place. */
static void
keep_place (LessonPlay *play)
{
  guint64 steps = play->end_step - play->first_step;

  for (guint64 n = 0; n <= MIN (steps, MAX_PLACES); n++) {
    guint64 cursor = play->first_step + n;
    require (lesson_play_resume (play, cursor, play) == cursor);
  }
}

static void
answer_all (LessonPlay *play)
{
  static const char *const answers[] = {"1", "0x10", "beef", "?", NULL};

  for (guint i = 0; i < play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (play->questions, LessonQuestionPlace, i);
    for (guint j = 0; j < G_N_ELEMENTS (answers); j++) {
      LessonVerdict verdict = lesson_question_mark (play, place, answers[j]);
      lesson_verdict_clear (&verdict);
    }
  }
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = lesson_document_parse ((const char *) data, size, "fuzz", problems);

  require ((document == NULL) == (lesson_problems_count (problems) > 0));
  for (guint i = 0; i < problems->list->len; i++) {
    const LessonProblem *problem = problems->list->pdata[i];
    require (g_utf8_validate (problem->what, -1, NULL));
    require (problem->line >= 0 && problem->column >= 0);
  }
  if (document == NULL)
    return 0;

  g_autoptr (LessonPlay) play = lesson_play_new (document, problems);
  require ((play == NULL) == (lesson_problems_count (problems) > 0));
  if (play != NULL) {
    lesson_play_check (play, problems);
    lesson_review (play, problems);
    answer_all (play);
    lesson_document_each_text (document, follow, play);
    keep_place (play);
  }
  return 0;
}
