/* Fuzzes the reader of exercises' kinds: whatever the bytes are, it says what
 * is wrong with them or gives an exercise whose own key is right. */
#include <stdint.h>
#include <stdlib.h>

#include "exercise.h"

static void
require (gboolean condition)
{
  if (!condition)
    abort ();
}

static LessonMark
mark_of (const LessonExerciseSheet *sheet, const char *answer)
{
  LessonVerdict verdict = lesson_exercise_mark (sheet, answer);
  LessonMark mark = verdict.mark;

  lesson_verdict_clear (&verdict);
  return mark;
}

static void
check_sheet (const LessonExerciseSheet *sheet)
{
  LessonVerdict shown = lesson_exercise_mark (sheet, NULL);

  require (shown.mark == LESSON_MARK_NOT_SURE && shown.key != NULL);
  require (mark_of (sheet, shown.key) == LESSON_MARK_RIGHT);
  mark_of (sheet, "1");
  mark_of (sheet, "r1c1=beef; a=1");
  lesson_verdict_clear (&shown);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint level = 1 + (guint) (size % LESSON_EXERCISE_LEVELS);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonExerciseSheet) sheet = lesson_exercise_parse (
      (const char *) data, size, "fuzz", level, size, problems);

  require ((sheet == NULL) == (lesson_problems_count (problems) > 0));
  if (sheet != NULL)
    check_sheet (sheet);
  return 0;
}
