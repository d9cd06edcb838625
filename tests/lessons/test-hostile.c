/* Feeds the loader with files made to hurt it: each must give an error, in a
 * process of its own, within 100 ms of processor time and 64 MiB. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

#define MAX_MILLISECONDS 100
#define MAX_KILOBYTES (64 * 1024)

/* Sanitizers cost memory and time that are not the loader's. */
#if defined(__SANITIZE_ADDRESS__)
#define SLACK 8
#else
#define SLACK 1
#endif

#define NAMESPACE "https://pagewalk.github.io/ns/lesson/1"
#define OPEN                                                                   \
  "<lesson xmlns=\"" NAMESPACE "\" id=\"x\" part=\"1\" minutes=\"1\">"

static char *folder;

/* Building bytes ---------------------------------------------------------- */

static void
repeat (GString *out, const char *piece, guint times)
{
  gsize length = strlen (piece);

  for (guint i = 0; i < times; i++)
    g_string_append_len (out, piece, (gssize) length);
}

/* The pieces in order: before, middle so many times, after. */
static GString *
flood (const char *before, const char *middle, guint times, const char *after)
{
  GString *out = g_string_new (before);

  repeat (out, middle, times);
  g_string_append (out, after);
  return out;
}

/* The same with a number in each middle: "%u" stands for it. */
static GString *
numbered (const char *before, const char *first, const char *last, guint times,
          const char *after)
{
  GString *out = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append_printf (out, "%s%u%s", first, i, last);
  g_string_append (out, after);
  return out;
}

/* The good lesson with something spoiled, which is hostile in itself. */
static GString *
spoiled (const char *find, const char *replacement)
{
  g_autofree char *text = test_spoiled_lesson (find, replacement);

  return g_string_new (text);
}

static GString *
recoded (const char *encoding)
{
  g_autofree char *good = test_good_lesson ();
  gsize length = 0;
  g_autofree char *bytes
      = g_convert (good, -1, encoding, "UTF-8", NULL, &length, NULL);

  g_assert_nonnull (bytes);
  return g_string_new_len (bytes, (gssize) length);
}

/* Entities ---------------------------------------------------------------- */

static GString *
billion_laughs (void)
{
  GString *out = g_string_new ("<?xml version=\"1.0\"?><!DOCTYPE lesson ["
                               "<!ENTITY l0 \"ha\">");
  for (int i = 1; i < 20; i++) {
    g_string_append_printf (out, "<!ENTITY l%d \"", i);
    for (int j = 0; j < 10; j++)
      g_string_append_printf (out, "&l%d;", i - 1);
    g_string_append (out, "\">");
  }
  g_string_append (out, "]>" OPEN "<title>&l19;</title></lesson>");
  return out;
}

static GString *
quadratic_entities (void)
{
  GString *out = g_string_new ("<!DOCTYPE lesson [<!ENTITY a \"");
  repeat (out, "a", 100000);
  g_string_append (out, "\">]>" OPEN "<title>");
  repeat (out, "&a;", 100000);
  g_string_append (out, "</title></lesson>");
  return out;
}

static GString *
external_file (void)
{
  return g_string_new ("<!DOCTYPE lesson [<!ENTITY x SYSTEM "
                       "\"file:///etc/passwd\">]>" OPEN
                       "<title>&x;</title></lesson>");
}

static GString *
external_http (void)
{
  return g_string_new ("<!DOCTYPE lesson [<!ENTITY x SYSTEM "
                       "\"http://127.0.0.1:9/x\">]>" OPEN
                       "<title>&x;</title></lesson>");
}

static GString *
external_dtd (void)
{
  return g_string_new ("<!DOCTYPE lesson SYSTEM \"file:///dev/zero\">" OPEN
                       "</lesson>");
}

static GString *
public_dtd (void)
{
  return g_string_new ("<!DOCTYPE lesson PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" "
                       "\"http://127.0.0.1:9/x.dtd\">" OPEN "</lesson>");
}

static GString *
parameter_entity (void)
{
  return g_string_new ("<!DOCTYPE lesson [<!ENTITY % p SYSTEM "
                       "\"file:///dev/zero\"> %p;]>" OPEN "</lesson>");
}

static GString *
default_attributes (void)
{
  return g_string_new ("<!DOCTYPE lesson [<!ATTLIST do a CDATA \"x\">]>" OPEN
                       "</lesson>");
}

static GString *
undefined_entity (void)
{
  return spoiled ("The top ten", "&nbsp;The top ten");
}

static GString *
entity_in_attribute (void)
{
  return spoiled ("where=\"level=2\"", "where=\"&xxe;\"");
}

static GString *
entity_flood (void)
{
  return flood (OPEN "<title>", "&x;", 400000, "</title></lesson>");
}

static GString *
less_than_in_attribute (void)
{
  return spoiled ("where=\"level=2\"", "where=\"<level=2\"");
}

/* Characters -------------------------------------------------------------- */

static GString *
character_zero (void)
{
  return spoiled ("The top ten", "&#0;The top ten");
}

static GString *
character_control (void)
{
  return spoiled ("The top ten", "&#1;The top ten");
}

static GString *
character_surrogate (void)
{
  return spoiled ("The top ten", "&#xD800;The top ten");
}

static GString *
character_beyond (void)
{
  return spoiled ("The top ten", "&#x110000;The top ten");
}

static GString *
character_overflow (void)
{
  return spoiled ("The top ten", "&#99999999999999999999;The top ten");
}

static GString *
raw_control (void)
{
  return spoiled ("The top ten", "\x01The top ten");
}

static GString *
character_flood (void)
{
  return flood (OPEN "<title>", "&#65;", 400000, "</title></lesson>");
}

static GString *
zero_byte (void)
{
  GString *out = spoiled ("The top ten", "?The top ten");
  char *mark = strchr (out->str + 100, '?');

  *mark = '\0';
  return out;
}

static GString *
invalid_utf8 (void)
{
  return spoiled ("The top ten", "\xc3\x28The top ten");
}

static GString *
overlong_utf8 (void)
{
  return spoiled ("The top ten", "\xc0\xbcThe top ten");
}

/* Encodings --------------------------------------------------------------- */

static GString *
utf16_big (void)
{
  return recoded ("UTF-16BE");
}

static GString *
utf16_little (void)
{
  return recoded ("UTF-16LE");
}

static GString *
utf16_mark (void)
{
  return recoded ("UTF-16");
}

static GString *
utf32 (void)
{
  return recoded ("UTF-32");
}

static GString *
declared_utf16 (void)
{
  return spoiled ("UTF-8", "UTF-16");
}

static GString *
declared_latin1 (void)
{
  return spoiled ("UTF-8", "ISO-8859-1");
}

static GString *
declared_utf7 (void)
{
  return spoiled ("UTF-8", "UTF-7");
}

static GString *
declared_ebcdic (void)
{
  return spoiled ("UTF-8", "IBM037");
}

static GString *
gzip (void)
{
  static const guchar bytes[]
      = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xb3, 0x49, 0x2d, 0x2e, 0, 0};

  return g_string_new_len ((const char *) bytes, sizeof bytes);
}

/* Floods ------------------------------------------------------------------ */

static GString *
deep (void)
{
  GString *out = g_string_new (OPEN);
  repeat (out, "<a>", 300000);
  repeat (out, "</a>", 300000);
  g_string_append (out, "</lesson>");
  return out;
}

static GString *
deep_unclosed (void)
{
  return flood (OPEN, "<section>", 200000, "");
}

static GString *
wide (void)
{
  return flood (OPEN, "<p/>", 500000, "</lesson>");
}

static GString *
wide_allowed (void)
{
  return flood (OPEN "<stage>", "<figure kind=\"cpu\"/>", 30000,
                "</stage></lesson>");
}

static GString *
wide_questions (void)
{
  return flood (OPEN "<section id=\"x\">",
                "<question id=\"x\" kind=\"predict\" beat=\"y\"/>", 24000,
                "</section></lesson>");
}

static GString *
many_attributes (void)
{
  return numbered (OPEN "<p", " a", "=\"\"", 100000, "/></lesson>");
}

static GString *
tags_of_attributes (guint tags)
{
  GString *out = g_string_new (OPEN);
  for (guint i = 0; i < tags; i++) {
    GString *tag = numbered ("<p", " a", "=\"\"", 1700, "/>");
    g_string_append (out, tag->str);
    g_string_free (tag, TRUE);
  }
  g_string_append (out, "</lesson>");
  return out;
}

static GString *
many_tags_of_attributes (void)
{
  return tags_of_attributes (100);
}

/* Few enough not to be too many nodes. */
static GString *
few_tags_of_attributes (void)
{
  return tags_of_attributes (28);
}

static GString *
same_attribute (void)
{
  return spoiled ("part=\"2\"", "part=\"2\" part=\"2\"");
}

static GString *
namespace_flood (void)
{
  return numbered ("<lesson", " xmlns:a", "=\"u\"", 800, "/>");
}

static GString *
namespace_nest (void)
{
  GString *out = g_string_new (OPEN);
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (out, "<p xmlns:a%u=\"u%u\">", i, i);
  repeat (out, "<q/>", 100000);
  return out;
}

static GString *
unbound_prefix (void)
{
  return flood (OPEN, "<x:p/>", 90000, "</lesson>");
}

static GString *
huge_tag (void)
{
  return flood (OPEN "<p a=\"", "aaaaaaaaaa", 200000, "\"/></lesson>");
}

static GString *
huge_name (void)
{
  return flood ("<", "aaaaaaaaaa", 200000, "/>");
}

static GString *
huge_text (void)
{
  return flood (OPEN "<title>", "aaaaaaaaaa", 200000, "</title></lesson>");
}

static GString *
huge_query (void)
{
  return flood (OPEN "<p><num is=\"", "(((((((((((((((", 1000,
                "\">1</num></p></lesson>");
}

static GString *
huge_operation (void)
{
  return flood (OPEN "<machine><do>", "map va=1 ", 200000,
                "</do></machine></lesson>");
}

static GString *
comment_flood (void)
{
  return flood (OPEN, "<!---->", 250000, "</lesson>");
}

static GString *
comment_unclosed (void)
{
  return flood (OPEN "<!--", "- ", 900000, "");
}

static GString *
instruction_flood (void)
{
  return flood (OPEN, "<?a?>", 400000, "</lesson>");
}

static GString *
cdata_flood (void)
{
  return flood (OPEN "<title>", "<![CDATA[]]>", 160000, "</title></lesson>");
}

static GString *
cdata_unclosed (void)
{
  return flood (OPEN "<title><![CDATA[", "]] >", 400000, "");
}

static GString *
too_large (void)
{
  return flood (OPEN "<!--", "x", 3 * 1024 * 1024, "--></lesson>");
}

static GString *
white_space (void)
{
  return flood ("", "\n", 2000000, "");
}

static GString *
many_lines (void)
{
  return flood (OPEN, "\n", 2000000, "<oops/></lesson>");
}

static GString *
less_thans (void)
{
  return flood ("", "<", 2000000, "");
}

static GString *
quotes (void)
{
  return flood ("<lesson a=", "\"", 2000000, "");
}

/* Structure --------------------------------------------------------------- */

static GString *
empty (void)
{
  return g_string_new ("");
}

static GString *
no_markup (void)
{
  return g_string_new ("lesson");
}

static GString *
truncated (void)
{
  GString *out = spoiled ("x", "x");

  return g_string_truncate (out, out->len / 2);
}

static GString *
truncated_in_tag (void)
{
  return g_string_new (OPEN "<title");
}

static GString *
truncated_in_character (void)
{
  return g_string_new (OPEN "<title>\xe4\xb8");
}

static GString *
two_roots (void)
{
  return spoiled ("</lesson>", "</lesson><lesson/>");
}

static GString *
other_root (void)
{
  return g_string_new ("<html><body onload=\"alert(1)\"/></html>");
}

static GString *
svg_root (void)
{
  return g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\"><image "
                       "href=\"file:///etc/passwd\"/></svg>");
}

static GString *
xinclude (void)
{
  return spoiled ("<summary>",
                  "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
                  "href=\"file:///etc/passwd\" parse=\"text\"/><summary>");
}

static GString *
xml_base (void)
{
  return spoiled ("part=\"2\"", "part=\"2\" xml:base=\"file:///etc/\"");
}

static GString *
schema_location (void)
{
  return spoiled ("part=\"2\"",
                  "part=\"2\" xsi:schemaLocation=\"u http://127.0.0.1:9/x\" "
                  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
}

static GString *
duplicate_ids (void)
{
  return spoiled ("id=\"how-many\"", "id=\"which-pa\"");
}

static GString *
path_as_id (void)
{
  return spoiled ("id=\"one-load\"", "id=\"../../../etc/passwd\"");
}

static GString *
late_declaration (void)
{
  return spoiled ("<summary>", "<?xml version=\"1.0\"?><summary>");
}

static GString *
old_version (void)
{
  return spoiled ("version=\"1.0\"", "version=\"9\"");
}

static GString *
cdata_end_in_text (void)
{
  return spoiled ("The top ten", "]]>The top ten");
}

static GString *
double_hyphen (void)
{
  return spoiled ("<summary>", "<!-- -- --><summary>");
}

static GString *
many_problems (void)
{
  return flood (OPEN "<stage>", "<figure knd=\"cup\"><a/>x</figure>", 9000,
                "</stage></lesson>");
}

/* Bombs for the machine: the form is right, running it is refused. */
static GString *
huge_machine (void)
{
  return spoiled ("memory=16M", "memory=99999999999T");
}

/* Files ------------------------------------------------------------------- */

typedef struct {
  const char *name;
  GString *(*make) (void); /* NULL: path is used as it is */
  const char *path;
} Case;

static const Case cases[] = {
    {"billion laughs", billion_laughs},
    {"quadratic entities", quadratic_entities},
    {"external entity, file", external_file},
    {"external entity, http", external_http},
    {"external DTD", external_dtd},
    {"public DTD", public_dtd},
    {"parameter entity", parameter_entity},
    {"default attributes", default_attributes},
    {"undefined entity", undefined_entity},
    {"entity in an attribute", entity_in_attribute},
    {"entity flood", entity_flood},
    {"less-than in an attribute", less_than_in_attribute},
    {"character 0", character_zero},
    {"control character", character_control},
    {"surrogate", character_surrogate},
    {"character beyond Unicode", character_beyond},
    {"character overflow", character_overflow},
    {"raw control character", raw_control},
    {"character flood", character_flood},
    {"zero byte", zero_byte},
    {"invalid UTF-8", invalid_utf8},
    {"overlong UTF-8", overlong_utf8},
    {"UTF-16, big-endian", utf16_big},
    {"UTF-16, little-endian", utf16_little},
    {"UTF-16 with a mark", utf16_mark},
    {"UTF-32", utf32},
    {"declares UTF-16", declared_utf16},
    {"declares Latin 1", declared_latin1},
    {"declares UTF-7", declared_utf7},
    {"declares EBCDIC", declared_ebcdic},
    {"gzip", gzip},
    {"deep", deep},
    {"deep and unclosed", deep_unclosed},
    {"wide", wide},
    {"wide with what is allowed", wide_allowed},
    {"wide with questions", wide_questions},
    {"100,000 attributes", many_attributes},
    {"many tags of many attributes", many_tags_of_attributes},
    {"few tags of many attributes", few_tags_of_attributes},
    {"an attribute twice", same_attribute},
    {"namespace flood", namespace_flood},
    {"nested namespaces", namespace_nest},
    {"unbound prefixes", unbound_prefix},
    {"huge tag", huge_tag},
    {"huge name", huge_name},
    {"huge text", huge_text},
    {"huge query", huge_query},
    {"huge operation", huge_operation},
    {"comment flood", comment_flood},
    {"comment without end", comment_unclosed},
    {"instruction flood", instruction_flood},
    {"CDATA flood", cdata_flood},
    {"CDATA without end", cdata_unclosed},
    {"3 MiB", too_large},
    {"white space", white_space},
    {"two million lines", many_lines},
    {"less-thans", less_thans},
    {"quotes", quotes},
    {"empty", empty},
    {"no markup", no_markup},
    {"truncated", truncated},
    {"truncated in a tag", truncated_in_tag},
    {"truncated in a character", truncated_in_character},
    {"two roots", two_roots},
    {"another root", other_root},
    {"an SVG", svg_root},
    {"XInclude", xinclude},
    {"xml:base", xml_base},
    {"schema location", schema_location},
    {"duplicate ids", duplicate_ids},
    {"a path as id", path_as_id},
    {"late declaration", late_declaration},
    {"unknown version", old_version},
    {"end of CDATA in text", cdata_end_in_text},
    {"double hyphen", double_hyphen},
    {"many problems", many_problems},
    {"huge machine", huge_machine},
    {"directory", NULL, "directory"},
    {"FIFO", NULL, "fifo"},
    {"symbolic link to /dev/zero", NULL, "zero"},
    {"symbolic link to itself", NULL, "loop"},
    {"dangling symbolic link", NULL, "dangling"},
    {"device", NULL, "/dev/zero"},
    {"no permission to pass", NULL, "empty/lesson.xml/x"},
    {"missing", NULL, "missing"},
};

static void
make_files (void)
{
  folder = g_dir_make_tmp ("pagewalk-hostile-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_assert_cmpint (mkdir ("directory", 0700), ==, 0);
  g_assert_cmpint (mkdir ("directory/lesson.xml", 0700), ==, 0);
  g_assert_cmpint (mkfifo ("fifo", 0600), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", "zero"), ==, 0);
  g_assert_cmpint (symlink ("loop", "loop"), ==, 0);
  g_assert_cmpint (symlink ("nowhere", "dangling"), ==, 0);
  g_assert_cmpint (mkdir ("empty", 0700), ==, 0);
  g_assert_true (g_file_set_contents ("empty/lesson.xml", "", 0, NULL));
}

static void
remove_files (void)
{
  const char *command[] = {"rm", "-rf", folder, NULL};

  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                NULL, NULL, NULL, NULL);
  g_free (folder);
}

/* In the child: loads, and says by its exit status what came of it. */
static void G_GNUC_NORETURN
load_and_exit (const char *path)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document = lesson_document_load (path, problems);

  alarm (0);
  _exit (document != NULL                            ? 1
         : lesson_problems_count (problems) == 0     ? 2
         : problems->list->len > LESSON_MAX_PROBLEMS ? 3
                                                     : 0);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  const char *path = c->path;
  struct rusage usage;
  int status = -1;

  if (c->make != NULL) {
    GString *bytes = c->make ();
    path = "case.xml";
    g_assert_true (
        g_file_set_contents (path, bytes->str, (gssize) bytes->len, NULL));
    g_string_free (bytes, TRUE);
  }

  pid_t child = fork ();
  if (child == 0) {
    alarm (20);
    load_and_exit (path);
  }
  g_assert_cmpint (wait4 (child, &status, 0, &usage), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);

  long ms = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
            + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
  g_test_message ("%ld ms, %ld KiB", ms, usage.ru_maxrss);
  g_assert_cmpint (ms, <=, MAX_MILLISECONDS * SLACK);
  g_assert_cmpint (usage.ru_maxrss, <=, MAX_KILOBYTES * SLACK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  make_files ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/hostile/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  int failed = g_test_run ();
  remove_files ();
  return failed;
}
