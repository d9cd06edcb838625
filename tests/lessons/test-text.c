/* Tests inline text: its source form, its runs, and how a translation takes
 * its place. */
#include <gnu/libc-version.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "support.h"
#include "text.h"

/* The first paragraph of a lesson that holds this text. */
static LessonDocument *
with_paragraph (const char *inner, const LessonText **text)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *paragraph = g_strdup_printf ("<p>%s</p><p>The top", inner);
  g_autofree char *lesson = test_spoiled_lesson ("<p>The top", paragraph);
  LessonDocument *document
      = lesson_document_parse (lesson, strlen (lesson), "L", problems);

  g_assert_nonnull (document);
  const LessonSection *section = document->sections->pdata[0];
  *text = ((LessonBlock *) section->blocks->pdata[0])->text;
  return document;
}

/* "text|code:0x1|num(pa):7|" ... */
static char *
runs_as_text (const LessonText *text)
{
  static const char *const kinds[]
      = {"", "em:", "strong:", "code:", "term:", "num:", "sub:", "sup:"};
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = text->runs->pdata[i];
    g_string_append_printf (out, "%s%s%s|", kinds[run->kind],
                            run->query != NULL ? run->query : "", run->text);
  }
  return g_string_free (out, FALSE);
}

/* The source forms are those that xgettext writes for the same XML; its.py
 * compares both over whole lessons. */
static void
test_source_form (void)
{
  static const struct {
    const char *inner, *msgid, *runs;
  } rows[] = {
      {"plain", "plain", "plain|"},
      {"\n  two\t words  \n ", "two words", "two words|"},
      {"a <em>b</em> c", "a <em>b</em> c", "a |em:b| c|"},
      {"<em> b </em>", "<em>b</em>", "em:b|"},
      {"x<code>\n a  b </code>", "x<code>a b</code>", "x|code:a b|"},
      {"1 &lt; 2 &amp; 3 &gt; 2", "1 &lt; 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2|"},
      {"&quot;q&quot; &apos;a&apos; &#65;", "\"q\" 'a' A", "\"q\" 'a' A|"},
      {"<![CDATA[<b>]]>", "&lt;b&gt;", "<b>|"},
      {"<num is='1  &lt; \n 2'>1</num>", "<num is=\"1 &lt; 2\">1</num>",
       "num:1  <   21|"},
      {"2<sup>20</sup><sub>x</sub>", "2<sup>20</sup><sub>x</sub>",
       "2|sup:20|sub:x|"},
      {"h\xc2\xa0i \xe2\x80\x83", "h\xc2\xa0i \xe2\x80\x83",
       "h\xc2\xa0i \xe2\x80\x83|"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const LessonText *text;
    g_autoptr (LessonDocument) document = with_paragraph (rows[i].inner, &text);
    g_autofree char *runs = runs_as_text (text);
    g_assert_cmpstr (text->msgid, ==, rows[i].msgid);
    g_assert_cmpstr (runs, ==, rows[i].runs);
    g_assert_cmpint (text->translation, ==, LESSON_TRANSLATION_NONE);
  }
}

static void
test_plain (void)
{
  const LessonText *text;
  g_autoptr (LessonDocument) document
      = with_paragraph ("Read <code>a</code> &amp; <em>b</em>.", &text);
  g_autofree char *plain = lesson_text_plain (text);
  g_autofree char *nothing = lesson_text_plain (NULL);

  g_assert_cmpstr (plain, ==, "Read a & b.");
  g_assert_cmpstr (nothing, ==, "");
}

/* Which translations can stand for which source. */
static void
test_translations (void)
{
  static const struct {
    const char *msgid, *msgstr;
    gboolean good;
  } rows[] = {
      {"a", "b", TRUE},
      {"<em>a</em> b", "b <em>a</em>", TRUE},
      {"<em>a</em> <em>b</em>", "<em>x</em><em>y</em>", TRUE},
      {"<num is=\"pa\">1</num> <num is=\"va\">2</num>",
       "<num is=\"va\">2</num> <num is=\"pa\">1</num>", TRUE},
      {"&lt;", "&amp;", TRUE},
      {"<em>a</em>", "a", FALSE},
      {"a", "<em>a</em>", FALSE},
      {"<em>a</em>", "<strong>a</strong>", FALSE},
      {"<em>a</em>", "<em>a</em><em>b</em>", FALSE},
      {"<num is=\"pa\">1</num>", "<num is=\"va\">1</num>", FALSE},
      {"<num is=\"pa\">1</num>", "<num>1</num>", FALSE},
      {"a", "a <", FALSE},
      {"a", "a & b", FALSE},
      {"a", "<em>a", FALSE},
      {"a", "a</p><p>b", FALSE},
      {"a", "<!-- a -->", FALSE},
      {"a", "<!DOCTYPE x>a", FALSE},
      {"a", "&xxe;", FALSE},
      {"a", "<script>a</script>", FALSE},
      {"a", "<em onclick=\"x\">a</em>", FALSE},
      {"a", " ", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GPtrArray *runs = lesson_text_translate (rows[i].msgid, rows[i].msgstr,
                                             (LessonPlace){7, 8});
    g_test_message ("%s -> %s", rows[i].msgid, rows[i].msgstr);
    g_assert_cmpint (runs != NULL, ==, rows[i].good);
    if (runs != NULL)
      g_assert_cmpint (((LessonRun *) runs->pdata[0])->place.line, ==, 7);
    g_clear_pointer (&runs, g_ptr_array_unref);
  }
}

/* From glibc 2.39 on, gettext does not heed LANGUAGE in C.UTF-8. */
static gboolean
plain_locale_is_deaf (void)
{
  int major = 0, minor = 0;

  sscanf (gnu_get_libc_version (), "%d.%d", &major, &minor);
  return major > 2 || minor >= 39;
}

/* Makes gettext look for texts of `language` below the folder. False, and
 * the test is skipped, where that is impossible. */
static gboolean
speak (const char *language, const char *folder)
{
  g_setenv ("LANGUAGE", language, TRUE);
  if (setlocale (LC_ALL, "zh_CN.UTF-8") == NULL
      && setlocale (LC_ALL, "en_US.UTF-8") == NULL
      && (plain_locale_is_deaf () || setlocale (LC_ALL, "C.UTF-8") == NULL)) {
    g_test_skip ("no locale in which gettext heeds LANGUAGE");
    return FALSE;
  }
  textdomain ("pagewalk");
  bindtextdomain ("pagewalk", folder);
  bind_textdomain_codeset ("pagewalk", "UTF-8");
  return TRUE;
}

/* Compiles a po file to where gettext finds it. */
static void
compile_po (const char *po, const char *language, const char *folder)
{
  g_autofree char *messages
      = g_build_filename (folder, language, "LC_MESSAGES", NULL);
  g_autofree char *target = g_build_filename (messages, "pagewalk.mo", NULL);
  const char *command[] = {"msgfmt", "-o", target, po, NULL};
  int status = -1;

  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL,
                               G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
remove_folder (const char *folder)
{
  const char *command[] = {"rm", "-rf", folder, NULL};

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                NULL, NULL, NULL, NULL);
}

static gboolean
has_msgfmt (void)
{
  g_autofree char *msgfmt = g_find_program_in_path ("msgfmt");

  if (msgfmt == NULL)
    g_test_skip ("no msgfmt");
  return msgfmt != NULL;
}

/* With a real catalog: made by msgfmt, looked up while loading. */
static void
test_catalog (void)
{
  static const char po[]
      = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
        "msgid \"One load\"\nmsgstr \"\xe4\xb8\x80\xe6\xac\xa1\"\n"
        "msgid \"Directory entry <num is=\\\"index(2)\\\">68</num> is read.\"\n"
        "msgstr \"<num is=\\\"index(2)\\\">69</num>!\"\n"
        "msgid \"The load of <code>0x11223344</code>\"\nmsgstr \"no code\"\n";
  if (!has_msgfmt ())
    return;

  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (folder, "xx.po", NULL);
  g_assert_true (g_file_set_contents (source, po, -1, NULL));
  compile_po (source, "xx", folder);
  if (!speak ("xx", folder))
    return;

  g_autofree char *lesson = test_good_lesson ();
  LessonDocument *document;
  g_autoptr (LessonPlay) play = test_play (lesson, &document);
  g_autofree char *title = lesson_text_plain (document->title);
  g_autofree char *summary = lesson_text_plain (document->summary);
  g_assert_cmpstr (title, ==, "\xe4\xb8\x80\xe6\xac\xa1");
  g_assert_cmpint (document->title->translation, ==, LESSON_TRANSLATION_GOOD);
  g_assert_cmpstr (document->title->msgid, ==, "One load");
  g_assert_cmpstr (summary, ==, "A single load, from address to byte.");

  /* A translation that lost an element is not used, and both that and a
   * wrong number fail the check. */
  g_autofree char *problems = test_problems_of (lesson);
  g_assert_cmpstr (problems, ==,
                   "25:7: the translation says index(2) is 69; the machine "
                   "says 68\n"
                   "23:7: the translation does not hold the same inline "
                   "elements: The load of <code>0x11223344</code>");
  const LessonSection *section = document->sections->pdata[0];
  const LessonBeat *beat = ((LessonBlock *) section->blocks->pdata[1])->beat;
  g_autofree char *untranslated = lesson_text_plain (beat->title);
  g_assert_cmpstr (untranslated, ==, "The load of 0x11223344");
  lesson_document_free (document);
  speak ("", folder);
  remove_folder (folder);
}

/* The flagship in a language of the book: every claim holds there, too. */
static void
check_language (const char *language, const char *folder)
{
  g_autofree char *file = g_strconcat (language, ".po", NULL);
  g_autofree char *po
      = g_build_filename (g_getenv ("PAGEWALK_SOURCE"), "po", file, NULL);
  g_autofree char *path = g_build_filename (
      g_getenv ("PAGEWALK_SOURCE"), "lessons", "content", "02-translation",
      "08-two-level-walk", "lesson.xml", NULL);
  g_autofree char *lesson = NULL;

  g_test_message ("%s", language);
  compile_po (po, language, folder);
  if (!speak (language, folder))
    return;
  g_assert_true (g_file_get_contents (path, &lesson, NULL, NULL));
  g_autofree char *problems = test_problems_of (lesson);
  g_assert_cmpstr (problems, ==, "");
}

static void
test_book_languages (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("PAGEWALK_SOURCE"), "po", "LINGUAS", NULL);
  g_autofree char *list = NULL;

  if (!has_msgfmt ())
    return;
  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  g_assert_true (g_file_get_contents (path, &list, NULL, NULL));
  g_auto (GStrv) words = g_strsplit_set (list, " \n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_isalpha (words[i][0]))
      check_language (words[i], folder);
  speak ("", folder);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/text/source-form", test_source_form);
  g_test_add_func ("/text/plain", test_plain);
  g_test_add_func ("/text/translations", test_translations);
  g_test_add_func ("/text/catalog", test_catalog);
  g_test_add_func ("/text/book-languages", test_book_languages);
  return g_test_run ();
}
