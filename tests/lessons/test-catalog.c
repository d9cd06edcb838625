/* Tests which lessons the library finds: the book's and the reader's own. */
#include "catalog.h"

#include <glib/gstdio.h>
#include <string.h>

#include "support.h"

#define BOOK "<book xmlns=\"https://pagewalk.github.io/ns/lesson/1\">"

static char *scratch;

static void
put (const char *path, const char *text)
{
  g_autofree char *full = g_build_filename (scratch, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, text, -1, NULL));
}

/* The scratch book has one part, and the lesson is written for the second. */
static void
put_in_part_one (const char *path, char *lesson)
{
  char *part = strstr (lesson, "part=\"2\"");

  part[strlen ("part=\"")] = '1';
  put (path, lesson);
}

static void
put_lesson (const char *path, const char *id)
{
  g_autofree char *quoted = g_strdup_printf ("id=\"%s\"", id);
  g_autofree char *lesson = test_spoiled_lesson ("id=\"one-load\"", quoted);

  put_in_part_one (path, lesson);
}

static void
clear (void)
{
  const char *command[] = {"rm", "-rf", scratch, NULL};

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                NULL, NULL, NULL, NULL);
}

/* Loads the book of the scratch folder; problems as lines, without the
 * folder's name. */
static LessonCatalog *
load (char **problems_text)
{
  g_autofree char *root = g_build_filename (scratch, "book", NULL);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  LessonCatalog *catalog = lesson_catalog_load (root, problems);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->list->len; i++) {
    g_autofree char *line = lesson_problem_to_string (problems->list->pdata[i]);
    g_string_append_printf (text, "%s\n", line + strlen (scratch) + 1);
  }
  *problems_text = g_string_free (text, FALSE);
  return catalog;
}

static void
test_book (void)
{
  put_lesson ("book/01-a/02-second/lesson.xml", "second");
  put ("book/book.xml",
       BOOK "<part number=\"1\"><title>One <em>part</em></title>"
            "<lesson id=\"first\"><title>The first</title>"
            "<summary>Soon.</summary></lesson>"
            "<lesson id=\"second\" path=\"01-a/02-second\">"
            "<title>Other</title></lesson></part>"
            "<part number=\"2\"><title>Two</title>"
            "<lesson id=\"third\"><title>The third</title></lesson></part>"
            "</book>");

  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);
  g_assert_cmpstr (problems, ==, "");
  g_assert_cmpuint (catalog->parts->len, ==, 2);
  g_assert_cmpuint (catalog->total, ==, 3);

  const LessonPart *part = catalog->parts->pdata[0];
  g_assert_cmpstr (part->title, ==, "One part");
  g_assert_cmpuint (part->lessons->len, ==, 2);
  const LessonEntry *first = lesson_catalog_find (catalog, "first");
  g_assert_null (first->path);
  g_assert_cmpstr (first->title, ==, "The first");
  g_assert_cmpstr (first->summary, ==, "Soon.");

  /* What the lesson says of itself counts. */
  const LessonEntry *second = lesson_catalog_find (catalog, "second");
  g_assert_cmpstr (second->title, ==, "One load");
  g_assert_cmpint (second->minutes, ==, 5);
  g_assert_cmpint (second->number, ==, 2);
  g_assert_true (g_str_has_suffix (second->path, "book/01-a/02-second"));
  g_assert_cmpint (lesson_catalog_find (catalog, "third")->part, ==, 2);
  g_assert_cmpint (lesson_catalog_find (catalog, "third")->number, ==, 3);
  g_assert_null (lesson_catalog_find (catalog, "fourth"));
  clear ();
}

/* A damaged lesson costs itself, and no other. */
static void
test_damaged (void)
{
  put ("book/a/lesson.xml", "<lesson");
  put_lesson ("book/b/lesson.xml", "bee");
  put_lesson ("book/c/lesson.xml", "sea");
  put ("book/book.xml",
       BOOK "<part number=\"1\"><title>One</title>\n"
            "<lesson id=\"a\" path=\"a\"><title>A</title></lesson>\n"
            "<lesson id=\"bee\" path=\"b\"><title>B</title></lesson>\n"
            "<lesson id=\"c\" path=\"c\"><title>C</title></lesson>\n"
            "<lesson id=\"d\" path=\"../d\"><title>D</title></lesson>\n"
            "<lesson id=\"e\" path=\"/etc\"><title>E</title></lesson>\n"
            "<lesson id=\"bee\"><title>B again</title></lesson>\n"
            "</part></book>");

  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);
  g_assert_cmpstr (problems, ==,
                   "book/a/lesson.xml:1:1: this tag is never closed by “>”\n"
                   "book/c/lesson.xml: the lesson's id is “sea”, but the book "
                   "calls it “c”\n"
                   "book/book.xml:5:22: “../d” is not a folder below this one\n"
                   "book/book.xml:6:22: “/etc” is not a folder below this one\n"
                   "book/book.xml:7:13: the id “bee” is taken by line 3; "
                   "choose another one\n");
  g_assert_nonnull (lesson_catalog_find (catalog, "bee"));
  g_assert_null (lesson_catalog_find (catalog, "a"));
  g_assert_null (lesson_catalog_find (catalog, "c"));
  g_assert_cmpuint (catalog->total, ==, 6);
  clear ();
}

static void
test_own (void)
{
  put_lesson ("data/pagewalk/lessons/zebra/lesson.xml", "mine");
  put_lesson ("data/pagewalk/lessons/apple/lesson.xml", "other");
  put_lesson ("data/pagewalk/lessons/thief/lesson.xml", "first");
  put ("data/pagewalk/lessons/broken/lesson.xml", "");
  put ("data/pagewalk/lessons/no-lesson/readme", "");
  put ("book/book.xml", BOOK "<part number=\"1\"><title>One</title>"
                             "<lesson id=\"first\"><title>F</title></lesson>"
                             "</part></book>");

  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);
  g_assert_cmpstr (problems, ==,
                   "data/pagewalk/lessons/broken/lesson.xml: the file is "
                   "empty\n"
                   "data/pagewalk/lessons/thief: another lesson has the id "
                   "“first” already\n");
  g_assert_cmpuint (catalog->parts->len, ==, 2);
  g_assert_cmpuint (catalog->total, ==, 1);
  const LessonPart *own = catalog->parts->pdata[1];
  g_assert_cmpstr (own->title, ==, "Your lessons");
  g_assert_cmpuint (own->lessons->len, ==, 2);
  g_assert_cmpstr (((LessonEntry *) own->lessons->pdata[0])->id, ==, "other");
  g_assert_cmpstr (((LessonEntry *) own->lessons->pdata[1])->id, ==, "mine");
  clear ();
}

#define TWO_LESSONS                                                            \
  BOOK "<part number=\"1\"><title>One</title>"                                 \
       "<lesson id=\"first\" path=\"a\"><title>A</title></lesson>"             \
       "<lesson id=\"second\" path=\"b\"><title>B</title></lesson>"            \
       "</part></book>"

/* A lesson of the scratch book with something before its objectives and its
 * sources. */
static void
put_with (const char *path, const char *id, const char *front, const char *back)
{
  g_autofree char *quoted = g_strdup_printf ("id=\"%s\"", id);
  g_autofree char *objectives = g_strconcat (front, "<objectives>", NULL);
  g_autofree char *sources = g_strconcat (back, "<sources>", NULL);
  g_autofree char *named = test_spoiled_lesson ("id=\"one-load\"", quoted);
  g_auto (GStrv) one = g_strsplit (named, "<objectives>", 2);
  g_autofree char *with_front = g_strjoinv (objectives, one);
  g_auto (GStrv) two = g_strsplit (with_front, "<sources>", 2);
  g_autofree char *lesson = g_strjoinv (sources, two);

  put_in_part_one (path, lesson);
}

/* Each comes before the other, and that is said of both. */
static void
test_circle (void)
{
  put_with ("book/a/lesson.xml", "first",
            "<prerequisites><ref lesson=\"second\"/></prerequisites>", "");
  put_with ("book/b/lesson.xml", "second",
            "<prerequisites><ref lesson=\"first\"/></prerequisites>", "");
  put ("book/book.xml", TWO_LESSONS);

  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);
  g_assert_cmpstr (
      problems, ==,
      "book/a/lesson.xml:5:31: this goes round in a circle: first → second → "
      "first; a lesson cannot come before itself\n"
      "book/b/lesson.xml:5:31: this goes round in a circle: second → first → "
      "second; a lesson cannot come before itself\n");
  clear ();
}

#define GLOSSARY(id)                                                           \
  "<glossary><definition id=\"" id "\"><title>Page</title>"                    \
  "<p>One.</p><p>Two.</p></definition></glossary>"

/* A word is known to lessons that do not define it, and leads back to them. */
static void
test_terms (void)
{
  put_with ("book/a/lesson.xml", "first", "", GLOSSARY ("page"));
  put_with ("book/b/lesson.xml", "second", "",
            "<notes><note>A <term id=\"page\">page</term>.</note></notes>");
  put ("book/book.xml", TWO_LESSONS);

  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);
  const LessonTerm *term = lesson_catalog_term (catalog, "page");
  g_assert_cmpstr (problems, ==, "");
  g_assert_cmpstr (term->title, ==, "Page");
  g_assert_cmpstr (term->text, ==, "One.\n\nTwo.");
  g_assert_cmpstr (term->lesson, ==, "first");
  g_assert_cmpuint (term->lessons->len, ==, 1);
  g_assert_cmpstr (term->lessons->pdata[0], ==, "second");
  g_assert_null (lesson_catalog_term (catalog, "frame"));
  clear ();
}

static void
test_term_twice (void)
{
  put_with ("book/a/lesson.xml", "first", "", GLOSSARY ("page"));
  put_with ("book/b/lesson.xml", "second", "", GLOSSARY ("page"));
  put ("book/book.xml", TWO_LESSONS);

  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);
  g_assert_cmpstr (problems, ==,
                   "book/b/lesson.xml:44:13: the lesson “first” defines “page” "
                   "already; refer to it with <term id=\"page\">\n");
  g_assert_cmpuint (catalog->terms->len, ==, 1);
  clear ();
}

static void
test_prerequisites (void)
{
  g_autofree char *lesson = test_spoiled_lesson (
      "<objectives>", "<prerequisites><ref lesson=\"first\"/>"
                      "<ref lesson=\"frist\"/></prerequisites><objectives>");
  put_in_part_one ("book/a/lesson.xml", lesson);
  put ("book/book.xml",
       BOOK "<part number=\"1\"><title>One</title>"
            "<lesson id=\"one-load\" path=\"a\"><title>A</title></lesson>"
            "<lesson id=\"first\"><title>F</title></lesson></part></book>");

  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);
  g_assert_cmpstr (problems, ==,
                   "book/a/lesson.xml:5:52: there is no lesson “frist” to come "
                   "before it\n");
  const LessonEntry *entry = lesson_catalog_find (catalog, "one-load");
  g_assert_cmpstr (entry->prerequisites[0], ==, "first");
  g_assert_null (lesson_catalog_find (catalog, "first")->prerequisites);
  clear ();
}

static void
test_no_book (void)
{
  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);

  g_assert_cmpuint (catalog->parts->len, ==, 0);
  g_assert_cmpstr (problems, ==, "book/book.xml: No such file or directory\n");
}

static void
test_bad_book (void)
{
  put ("book/book.xml", "<books/>");
  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);

  g_assert_cmpuint (catalog->parts->len, ==, 0);
  g_assert_cmpstr (problems, ==,
                   "book/book.xml:1:1: a table of contents begins with <book "
                   "xmlns=\"https://pagewalk.github.io/ns/lesson/1\">\n");
  clear ();
}

/* A lesson says in which part it stands, and parts are counted from one. */
static void
test_parts (void)
{
  g_autofree char *one = test_spoiled_lesson ("id=\"one-load\"", "id=\"one\"");
  g_autofree char *two = test_spoiled_lesson ("part=\"2\"", "part=\"9\"");

  put ("book/a/lesson.xml", one);
  put ("book/b/lesson.xml", two);
  put ("book/book.xml",
       BOOK "<part number=\"1\"><title>One</title>"
            "<lesson id=\"one\" path=\"a\"><title>A</title></lesson></part>"
            "<part number=\"3\"><title>Two</title>"
            "<lesson id=\"one-load\" path=\"b\"><title>B</title></lesson>"
            "</part></book>");
  g_autofree char *problems = NULL;
  g_autoptr (LessonCatalog) catalog = load (&problems);

  g_assert_cmpuint (catalog->parts->len, ==, 2);
  g_assert_cmpstr (problems, ==,
                   "book/book.xml:1:161: this is part 2\n"
                   "book/a/lesson.xml:2:71: the book has this lesson in part "
                   "1\n"
                   "book/b/lesson.xml:2:76: the book has no part 9; its parts "
                   "are 1 to 2\n");
  clear ();
}

/* The book that is installed: seven parts, 49 lessons, nothing damaged. */
static void
test_real_book (void)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, problems);

  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  g_assert_cmpuint (catalog->parts->len, ==, 7);
  g_assert_cmpuint (catalog->total, ==, 49);
  const LessonEntry *entry = lesson_catalog_find (catalog, "two-level-walk");
  g_assert_nonnull (entry);
  g_assert_nonnull (entry->path);
  g_assert_cmpint (entry->number, ==, 8);
}

int
main (int argc, char **argv)
{
  scratch = g_dir_make_tmp ("pagewalk-catalog-XXXXXX", NULL);
  g_autofree char *data = g_build_filename (scratch, "data", NULL);
  g_setenv ("XDG_DATA_HOME", data, TRUE);

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/catalog/book", test_book);
  g_test_add_func ("/catalog/damaged", test_damaged);
  g_test_add_func ("/catalog/own", test_own);
  g_test_add_func ("/catalog/prerequisites", test_prerequisites);
  g_test_add_func ("/catalog/circle", test_circle);
  g_test_add_func ("/catalog/terms", test_terms);
  g_test_add_func ("/catalog/term-twice", test_term_twice);
  g_test_add_func ("/catalog/no-book", test_no_book);
  g_test_add_func ("/catalog/bad-book", test_bad_book);
  g_test_add_func ("/catalog/parts", test_parts);
  g_test_add_func ("/catalog/real-book", test_real_book);
  int failed = g_test_run ();
  clear ();
  g_free (scratch);
  return failed;
}
