/* Fuzzes the reader of course files: whatever the bytes are, it says what is
 * wrong with them or gives a course of real days. */
#include <stdint.h>
#include <stdlib.h>

#include "course.h"

static void
require (gboolean condition)
{
  if (!condition)
    abort ();
}

static void
check_entry (const LessonCourseEntry *entry)
{
  require (entry->id != NULL);
  require (entry->due == LESSON_NO_DAY || entry->from <= entry->due);
  if (entry->due != LESSON_NO_DAY) {
    require (lesson_course_due (entry, entry->due) == LESSON_DUE_SOON);
    require (lesson_course_due (entry, entry->due + 1) == LESSON_DUE_LATE
             || lesson_course_due (entry, entry->due + 1) == LESSON_DUE_OPEN);
  }
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonCourse) course
      = lesson_course_parse ((const char *) data, size, "fuzz", problems);

  require ((course == NULL) == (lesson_problems_count (problems) > 0));
  for (guint i = 0; course != NULL && i < course->lessons->len; i++)
    check_entry (course->lessons->pdata[i]);
  return 0;
}
