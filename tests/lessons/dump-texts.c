/* Prints the source form of every text of a lesson, one a line, for schema.py
 * to compare with what xgettext extracts. */
#include <stdio.h>

#include "texts.h"

/* A cell that is only a number is not to be translated. */
static gboolean
is_number (const LessonText *text)
{
  for (guint i = 0; i < text->runs->len; i++)
    if (((LessonRun *) text->runs->pdata[i])->kind != LESSON_RUN_NUM)
      return FALSE;
  return TRUE;
}

static void
print (const LessonText *text, LessonRole role, gpointer data G_GNUC_UNUSED)
{
  if (role != LESSON_ROLE_CELL || !is_number (text))
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
