/* Helps the tests of lessons. */
#include "support.h"

#include <string.h>

static char *
read_lesson (const char *folder)
{
  g_autofree char *path = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                            "tests", "lessons", "data", folder,
                                            "lesson.xml", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

char *
test_good_lesson (void)
{
  return read_lesson ("good");
}

char *
test_questions_lesson (void)
{
  return read_lesson ("questions");
}

char *
test_spoil (const char *lesson, const char *find, const char *replacement)
{
  const char *at = strstr (lesson, find);

  g_assert_nonnull (at);
  g_autofree char *before = g_strndup (lesson, (gsize) (at - lesson));
  return g_strconcat (before, replacement, at + strlen (find), NULL);
}

char *
test_spoiled_lesson (const char *find, const char *replacement)
{
  g_autofree char *good = test_good_lesson ();

  return test_spoil (good, find, replacement);
}

/* The problems of a document, those of its claims included, without the name
 * of its file. */
static char *
problems_of (const LessonDocument *document, LessonProblems *problems,
             const char *file)
{
  g_autoptr (LessonPlay) play
      = document != NULL ? lesson_play_new (document, problems) : NULL;
  GString *text = g_string_new (NULL);

  if (play != NULL)
    lesson_play_check (play, problems);
  for (guint i = 0; i < problems->list->len; i++) {
    g_autofree char *line = lesson_problem_to_string (problems->list->pdata[i]);
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            line + strlen (file) + strlen (":"));
  }
  return g_string_free (text, FALSE);
}

char *
test_problems_of (const char *lesson)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = lesson_document_parse (lesson, strlen (lesson), "L", problems);

  return problems_of (document, problems, "L");
}

char *
test_problems_of_file (const char *path)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document = lesson_document_load (path, problems);

  return problems_of (document, problems, path);
}

LessonPlay *
test_play (const char *lesson, LessonDocument **document)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  *document = lesson_document_parse (lesson, strlen (lesson), "L", problems);
  g_assert_nonnull (*document);
  LessonPlay *play = lesson_play_new (*document, problems);
  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  g_assert_nonnull (play);
  return play;
}
