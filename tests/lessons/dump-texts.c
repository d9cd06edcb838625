/* Prints the source form of every text of a lesson, one a line, for schema.py
 * to compare with what xgettext extracts. */
#include <stdio.h>

#include "texts.h"

static void
print (const LessonText *text, LessonRole role G_GNUC_UNUSED,
       gpointer data G_GNUC_UNUSED)
{
  puts (text->msgid);
}

int
main (int argc, char **argv)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) d
      = argc == 2 ? lesson_document_load (argv[1], problems) : NULL;
  if (d == NULL)
    return 1;

  lesson_document_each_text (d, print, NULL);
  return 0;
}
