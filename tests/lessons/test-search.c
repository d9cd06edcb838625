/* Finding places in the book by words. */
#include "search.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static LessonCatalog *
book (void)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  return lesson_catalog_load (NULL, problems);
}

static const LessonHit *
first (const GPtrArray *hits)
{
  g_assert_cmpuint (hits->len, >, 0);
  return hits->pdata[0];
}

static void
assert_marked (const LessonHit *hit, const char *word)
{
  g_autofree char *marked
      = g_strndup (hit->snippet + hit->start, hit->end - hit->start);

  g_assert_cmpstr (marked, ==, word);
}

static void
test_titles (void)
{
  g_autoptr (LessonCatalog) catalog = book ();
  g_autoptr (LessonSearch) search = lesson_search_new (catalog);
  g_autoptr (GPtrArray) hits
      = lesson_search_find (search, "  WALKING two-level ", 20);

  g_assert_cmpstr (first (hits)->lesson, ==, "two-level-walk");
  g_assert_cmpint (first (hits)->role, ==, LESSON_ROLE_TITLE);
  assert_marked (first (hits), "Walking");

  /* A lesson that is not written yet is found by its title. */
  g_autoptr (GPtrArray) planned = lesson_search_find (search, "hole 48", 20);
  g_assert_cmpstr (first (planned)->lesson, ==, "layout-64");
}

static void
test_places (void)
{
  g_autoptr (LessonCatalog) catalog = book ();
  g_autoptr (LessonSearch) search = lesson_search_new (catalog);
  g_autoptr (GPtrArray) hits = lesson_search_find (search, "second time", 20);
  const LessonHit *hit = first (hits);

  g_assert_cmpint (hit->role, ==, LESSON_ROLE_HEADING);
  g_assert_cmpstr (hit->place, ==, "second-time");
  g_assert_nonnull (strstr (hit->snippet, "second time"));
}

/* Words of one text, all of them; an answer is never given away. */
static void
test_all_words (void)
{
  g_autoptr (LessonCatalog) catalog = book ();
  g_autoptr (LessonSearch) search = lesson_search_new (catalog);
  g_autoptr (GPtrArray) none = lesson_search_find (search, "CR3 zebra", 20);
  g_autoptr (GPtrArray) empty = lesson_search_find (search, " \t ", 20);
  g_autoptr (GPtrArray) hint
      = lesson_search_find (search, "0001000100 in binary is 64", 20);
  g_autoptr (GPtrArray) few = lesson_search_find (search, "e", 3);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (hint->len, ==, 0);
  g_assert_cmpuint (few->len, ==, 3);
}

static void
test_limit_a_lesson (void)
{
  g_autoptr (LessonCatalog) catalog = book ();
  g_autoptr (LessonSearch) search = lesson_search_new (catalog);
  g_autoptr (GPtrArray) hits = lesson_search_find (search, "the", 1000);
  guint here = 0;

  for (guint i = 0; i < hits->len; i++) {
    const LessonHit *hit = hits->pdata[i];
    here += strcmp (hit->lesson, "two-level-walk") == 0;
    g_assert_cmpuint (hit->end, <=, strlen (hit->snippet));
    g_assert_true (g_utf8_validate (hit->snippet, -1, NULL));
    if (i > 0)
      g_assert_cmpuint (((LessonHit *) hits->pdata[i - 1])->score, >=,
                        hit->score);
  }
  g_assert_cmpuint (here, ==, 5);
}

/* Whatever is typed. */
static void
test_odd_queries (void)
{
  static const char *const queries[]
      = {"\xff\xfe", "<", "&amp;",  "%s",   "ﬁ",
         "É",        "İ", "\u0301", "页表", "a b c d e f g h i j k l m n"};
  g_autoptr (LessonCatalog) catalog = book ();
  g_autoptr (LessonSearch) search = lesson_search_new (catalog);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GPtrArray) hits = lesson_search_find (search, queries[i], 20);
    for (guint j = 0; j < hits->len; j++)
      g_assert_true (
          g_utf8_validate (((LessonHit *) hits->pdata[j])->snippet, -1, NULL));
  }
}

/* With the Chinese texts both languages find a place. */
static void
test_chinese (void)
{
  g_autoptr (LessonCatalog) catalog = book ();
  const LessonEntry *entry = lesson_catalog_find (catalog, "two-level-walk");
  g_autoptr (LessonSearch) search = lesson_search_new (catalog);
  g_autoptr (GPtrArray) chinese = lesson_search_find (search, "页目录", 20);
  g_autoptr (GPtrArray) english
      = lesson_search_find (search, "walking a two-level", 20);

  if (strstr (entry->title, "Walking") != NULL) {
    g_test_skip ("no locale in which texts are translated");
    return;
  }
  assert_marked (first (chinese), "页目录");
  g_assert_cmpstr (first (english)->lesson, ==, "two-level-walk");
  g_assert_cmpuint (first (english)->end, ==, 0);
}

int
main (int argc, char **argv)
{
  gboolean chinese = argc > 1 && strcmp (argv[1], "--chinese") == 0;

  if (chinese) {
    g_setenv ("LANGUAGE", "zh_CN", TRUE);
    setlocale (LC_ALL, "C.UTF-8");
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PAGEWALK_LOCALE"));
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    textdomain (GETTEXT_PACKAGE);
  }
  g_test_init (&argc, &argv, NULL);
  if (chinese) {
    g_test_add_func ("/search/chinese", test_chinese);
    return g_test_run ();
  }
  g_test_add_func ("/search/titles", test_titles);
  g_test_add_func ("/search/places", test_places);
  g_test_add_func ("/search/all-words", test_all_words);
  g_test_add_func ("/search/limit-a-lesson", test_limit_a_lesson);
  g_test_add_func ("/search/odd-queries", test_odd_queries);
  return g_test_run ();
}
