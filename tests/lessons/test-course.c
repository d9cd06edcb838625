/* Course files: read, refused with line and column, and held against a day. */
#include "course.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD "<course xmlns=\"https://pagewalk.github.io/ns/lesson/1\""

static LessonCourse *
load (const char *text, char **problems_text)
{
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("course-XXXXXX.xml", &path, NULL);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  GString *lines = g_string_new (NULL);
  LessonCourse *course;

  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  course = lesson_course_load (path, problems);
  for (guint i = 0; i < problems->list->len; i++) {
    g_autofree char *line = lesson_problem_to_string (problems->list->pdata[i]);
    g_string_append_printf (lines, "%s\n", line + strlen (path) + 1);
  }
  *problems_text = g_string_free (lines, FALSE);
  g_unlink (path);
  return course;
}

static void
test_good (void)
{
  g_autofree char *problems = NULL;
  g_autoptr (LessonCourse) course
      = load (HEAD " salt=\"os-2026\">\n"
                   " <title>Operating systems</title>\n"
                   " <lesson id=\"two-level-walk\" from=\"2026-10-05\""
                   " due=\"2026-10-12\"/>\n"
                   " <lesson id=\"tlb\"/>\n</course>",
              &problems);

  g_assert_cmpstr (problems, ==, "");
  g_assert_cmpstr (course->title, ==, "Operating systems");
  g_assert_cmpstr (course->salt, ==, "os-2026");
  g_assert_cmpuint (course->lessons->len, ==, 2);
  const LessonCourseEntry *first = course->lessons->pdata[0];
  const LessonCourseEntry *second = course->lessons->pdata[1];
  g_assert_cmpstr (first->id, ==, "two-level-walk");
  g_assert_cmpuint (first->from, ==, 20261005);
  g_assert_cmpuint (first->due, ==, 20261012);
  g_assert_cmpuint (second->due, ==, LESSON_NO_DAY);

  g_assert_cmpint (lesson_course_due (first, 20261004), ==, LESSON_DUE_EARLY);
  g_assert_cmpint (lesson_course_due (first, 20261005), ==, LESSON_DUE_OPEN);
  g_assert_cmpint (lesson_course_due (first, 20261006), ==, LESSON_DUE_SOON);
  g_assert_cmpint (lesson_course_due (first, 20261012), ==, LESSON_DUE_SOON);
  g_assert_cmpint (lesson_course_due (first, 20261013), ==, LESSON_DUE_LATE);
  g_assert_cmpint (lesson_course_due (second, 20261013), ==, LESSON_DUE_OPEN);
  g_assert_cmpuint (lesson_course_today (), >, 20260101);
}

/* What is refused, where, and with which words. */
static const struct {
  const char *text, *place, *says;
} bad[] = {
    {"<lesson/>", "1:1:", "a course begins with"},
    {HEAD ">\n<lesson id=\"a\"/></course>", "", "title"},
    {HEAD ">\n<title>T</title></course>", "", "lesson"},
    {HEAD " salt=\"\">\n<title>T</title><lesson id=\"a\"/></course>",
     "1:", "a salt has 1 to 64 bytes"},
    {HEAD ">\n<title>T</title>\n<lesson/></course>", "3:", "id"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"A b\"/></course>", "3:13:", "A b"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"a\"/>\n<lesson id=\"a\"/>"
          "</course>",
     "4:13:", "a"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"a\" due=\"tomorrow\"/></course>",
     "3:21:", "“tomorrow” is not a day"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"a\" due=\"2026-02-29\"/></course>",
     "3:21:", "“2026-02-29” is not a day"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"a\" due=\"2026-1-01\"/></course>",
     "3:21:", "is not a day"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"a\" from=\"2026-10-02\""
          " due=\"2026-10-01\"/></course>",
     "3:39:", "the last day comes before the first"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"a\" path=\"x\"/></course>",
     "3:16:", "path"},
    {HEAD ">\n<title>T</title>\n<lesson id=\"a\">x</lesson></course>",
     "3:", ""},
    {HEAD "><title>T</title>", "", ""},
    {"", "", ""},
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *problems = NULL;
    g_autoptr (LessonCourse) course = load (bad[i].text, &problems);
    g_test_message ("%s", problems);
    g_assert_null (course);
    g_assert_cmpstr (problems, !=, "");
    g_assert_true (g_str_has_prefix (problems, bad[i].place));
    g_assert_nonnull (strstr (problems, bad[i].says));
  }
}

static void
test_unknown_lessons (void)
{
  g_autofree char *problems = NULL;
  g_autoptr (LessonProblems) found = lesson_problems_new ();
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, found);
  g_autoptr (LessonCourse) course
      = load (HEAD ">\n<title>T</title>\n<lesson id=\"two-level-walk\"/>\n"
                   "<lesson id=\"no-such\"/>\n<lesson id=\"swap\"/></course>",
              &problems);

  lesson_course_check (course, catalog, found);
  g_assert_cmpuint (lesson_problems_count (found), ==, 2);
  const LessonProblem *unknown = found->list->pdata[0];
  g_assert_cmpint (unknown->line, ==, 4);
  g_assert_cmpint (unknown->column, ==, 13);
  g_assert_nonnull (strstr (unknown->what, "no lesson “no-such”"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/course/good", test_good);
  g_test_add_func ("/course/bad", test_bad);
  g_test_add_func ("/course/unknown-lessons", test_unknown_lessons);
  return g_test_run ();
}
