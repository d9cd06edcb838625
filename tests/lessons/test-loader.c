/* Tests what the loader makes of good lessons, and that it says exactly what
 * is wrong with others, and where. */
#include <string.h>

#include "support.h"

/* A way to spoil the good lesson, and all problems that must be found. */
typedef struct {
  const char *name, *find, *replacement, *problems;
} Case;

static const Case cases[] = {
    /* Elements */
    {"unknown element", "<summary>", "<summry/><summary>",
     "4:3: <summry> cannot stand in <lesson>; did you mean “summary”?"},
    {"section without blocks", "<p>The top ten",
     "<p>x</p></section><section id=\"none\"><title>x</title><!-- --></section>"
     "<section id=\"rest\"><title>x</title><p>The top ten",
     "20:23: <section> needs something beside its title"},
    {"far from any element", "<figure kind=\"cpu\"/>", "<banana/>",
     "14:5: <banana> cannot stand in <stage>; allowed here: figure, "
     "row"},
    {"missing child", "<title>One load</title>", "",
     "2:1: <lesson> needs a <title>"},
    {"child missing twice",
     "<choice is=\"!cached(0x11223344)\">Two: the walk "
     "starts again.</choice>",
     "", "37:5: <question> needs at least 2 of <choice>"},
    {"child repeated", "<title>One load</title>",
     "<title>One load</title><title>Two</title>",
     "3:26: <lesson> already has a <title>; remove one"},
    {"text outside", "<objectives>", "<objectives> stray",
     "5:16: <objectives> holds no text of its own; put this into an element"},
    {"text after a child", "<figure kind=\"cpu\"/>",
     "<figure kind=\"cpu\"/>\n  stray",
     "15:3: <stage> holds no text of its own; put this into an element"},
    {"an empty element filled", "<answer is=\"pa\"/>",
     "<answer is=\"pa\"><p>x</p></answer>",
     "32:23: <p> cannot stand in <answer>; nothing is allowed here"},
    {"another namespace", "<figure kind=\"cpu\"/>",
     "<figure xmlns=\"urn:x\" kind=\"cpu\"/>",
     "14:5: <figure> is not of the lesson language; its namespace must be "
     "https://pagewalk.github.io/ns/lesson/1"},
    {"root of no namespace",
     " xmlns=\"https://pagewalk.github.io/ns/lesson/1\"", "",
     "2:1: <lesson> needs xmlns=\"https://pagewalk.github.io/ns/lesson/1\""},
    {"empty text in a list", "<source>Intel SDM, volume 3A, section 4.3.",
     "<source>", "45:5: <source> is empty"},
    {"an instruction", "<do>process name=A</do>",
     "<?x?><do>process "
     "name=A</do>",
     "8:12: in <machine> stands something that is neither element nor text"},

    /* Attributes */
    {"unknown attribute", "part=\"2\"", "port=\"2\" part=\"2\"",
     "2:70: <lesson> has no attribute “port”; did you mean “part”?"},
    {"missing attribute", " part=\"2\"", "",
     "2:1: <lesson> needs the attribute “part”"},
    {"attribute on another line", "kind=\"predict\" beat",
     "\n      kind=\"predikt\"\n      beat",
     "31:13: “kind” cannot be “predikt”; did you mean “predict”?"},
    {"xml attribute", "<p>", "<p xml:base=\"/etc\">",
     "20:8: <p> has no attribute “base”; nothing is allowed here"},
    {"bad number", "minutes=\"5\"", "minutes=\"five\"",
     "2:88: “minutes” must be a whole number from 1 to 600, not “five”"},
    {"number too large", "part=\"2\"", "part=\"100\"",
     "2:76: “part” must be a whole number from 1 to 99, not “100”"},
    {"number of many digits", "part=\"2\"", "part=\"36893488147419103233\"",
     "2:76: “part” must be a whole number from 1 to 99, not "
     "“36893488147419103233”"},
    {"bad id", "id=\"one-load\"", "id=\"One Load\"",
     "2:60: “One Load” cannot be a name; use up to 48 lower-case letters, "
     "digits and single hyphens, beginning with a letter"},
    {"id taken", "<beat id=\"first\">", "<beat id=\"load\">",
     "22:15: the id “load” is taken by line 18; choose another one\n"
     "30:50: there is no beat “first”\n"
     "37:49: there is no beat “first”"},
    {"no such beat", "kind=\"choose\" beat=\"first\"",
     "kind=\"choose\" beat=\"frist\"", "37:49: there is no beat “frist”"},
    {"where without step", "kind=\"choose\" beat=\"first\"",
     "kind=\"choose\" beat=\"first\" where=\"level=1\"",
     "37:56: “where” needs “step” beside it"},
    {"format of a choice", "kind=\"choose\" beat=\"first\"",
     "kind=\"choose\" beat=\"first\" format=\"hex\"",
     "37:56: only a question of kind “predict” has a “format”"},
    {"before itself", "<objectives>",
     "<prerequisites><ref lesson=\"one-load\"/></prerequisites><objectives>",
     "5:31: a lesson cannot come before itself"},
    {"unknown figure", "kind=\"tables\"", "kind=\"table\"",
     "16:19: “kind” cannot be “table”; did you mean “tables”?"},
    {"figure twice", "kind=\"tables\"", "kind=\"cpu\"",
     "16:19: “cpu” is named twice"},
    {"share outside a row", "kind=\"tables\"", "kind=\"tables\" share=\"2\"",
     "16:27: <figure> has no attribute “share”; allowed here: kind"},
    {"figures and rows", "<figure kind=\"tables\"/>",
     "<row><figure kind=\"tables\"/></row>",
     "16:5: a stage holds figures or rows, not both"},
    {"rows and figures", "<figure kind=\"cpu\"/>",
     "<row><figure kind=\"cpu\"/></row>",
     "15:5: a stage holds figures or rows, not both\n"
     "16:5: a stage holds figures or rows, not both"},
    {"empty row",
     "<figure kind=\"cpu\"/>\n    <figure kind=\"address\"/>\n"
     "    <figure kind=\"tables\"/>",
     "<row/>", "14:5: <row> needs a <figure> or a <column>"},
    {"a row",
     "<figure kind=\"cpu\"/>\n    <figure kind=\"address\"/>\n"
     "    <figure kind=\"tables\"/>",
     "<row><figure kind=\"cpu\" share=\"13\"/><column share=\"none\">"
     "<figure kind=\"cpu\"/></column><column/><figure kind=\"tabels\"/></row>",
     "14:36: “share” must be a whole number from 1 to 12, not “13”\n"
     "14:56: “share” must be a whole number from 1 to 12, not “none”\n"
     "14:76: “cpu” is named twice\n"
     "14:91: <column> needs a <figure>\n"
     "14:114: “kind” cannot be “tabels”; did you mean “tables”?"},
    {"unknown exercise", "translate-two-level", "transate",
     "42:31: “kind” cannot be “transate”; did you mean “translate”?"},

    /* Inline text */
    {"nested inline", "<term>directory index</term>",
     "<term>directory <em>index</em></term>",
     "20:49: <term> holds text only; inline elements do not nest"},
    {"no inline element", "<term>directory index</term>", "<a>directory</a>",
     "20:33: <a> cannot stand in <p>; allowed here: em, strong, code, term, "
     "num, sub, sup, kbd, man, url, see"},
    {"comment in text", "<term>directory", "<!-- x --><term>directory",
     "20:8: in the text of <p> stands a comment or an instruction; put it "
     "before the element"},
    {"empty text", "One address, two look-ups", " \n ",
     "19:5: <title> is empty"},
    {"empty inline", "<term>directory index</term>", "<term/>",
     "20:33: <term> is empty"},
    {"num without a query", "<num is=\"split(0x11223344, 2)\">", "<num>",
     "21:7: <num> needs the attribute “is”"},

    /* Operations, queries, steps */
    {"unknown operation", "<do>process name=A", "<do>proces name=A",
     "10:9: there is no operation “proces”; did you mean “process”?"},
    {"unknown parameter", "tlb-ways=4", "tlb-way=4",
     "9:55: the operation has no parameter “tlb-way”; did you mean "
     "“tlb-ways”?"},
    {"number of an operation", "memory=16M", "memory=lots",
     "9:40: “memory” needs a number, such as 4096, 0x1000 or 4K"},
    {"operation with indentation", "<do>process name=A</do>",
     "<do>\n        process nam=A\n      </do>",
     "11:17: the operation has no parameter “nam”; did you mean “name”?"},
    {"empty operation", "<do>process name=A</do>", "<do># later</do>",
     "10:9: <do> needs an operation"},
    {"unknown name in a query", "<answer is=\"pa\"/>", "<answer is=\"pq\"/>",
     "32:19: the machine has no “pq”; did you mean “pa”?"},
    {"column inside a query", "entry(1) + index(1)", "entry(1) + indx(1)",
     "33:31: the machine has no “indx”; did you mean “index”?"},
    {"column behind a reference", "entry(1) + index(1)",
     "1 &lt; 2 &amp; indx(1)",
     "33:35: the machine has no “indx”; did you mean “index”?"},
    {"unknown step", "step=\"entry-read\" where=\"level=2\"",
     "step=\"entry-reed\" where=\"level=2\"",
     "25:20: “step” cannot be “entry-reed”; did you mean “entry-read”?"},
    {"unknown value of a step", "where=\"level=2\"", "where=\"lavel=2\"",
     "25:39: a step “entry-read” has no value “lavel”; did you mean “level”?"},
    {"bad value of a step", "where=\"level=2\"", "where=\"level=two\"",
     "25:45: “two” is not a value of “level”"},
    {"claim is no number", "is=\"0x44332344\"", "is=\"0x4433234z\"",
     "28:29: “0x4433234z” is not a number"},
    {"claim is no word", "is=\"miss\"", "is=\"mist\"",
     "27:30: “mist” is neither a number nor a word for this; did you mean "
     "“miss”?"},

    /* Not well formed */
    {"wrong end tag", "</summary>", "</sumary>",
     "4:48: </sumary> stands where <summary>, opened on line 4, must be "
     "closed"},
    {"never closed", "</sources>\n</lesson>\n", "",
     "44:3: <sources> is never closed"},
    {"closes nothing", "</lesson>", "</lesson></lesson>",
     "47:10: </lesson> closes nothing"},
    {"no quotes", "part=\"2\"", "part=2",
     "2:75: an attribute's value needs quotes"},
    {"a lone less-than", "The load of", "1 < 2, the load of",
     "23:16: “<” begins a tag; in text, write “&lt;”"},
    {"column counts characters", "The load of", "漢字é < 2",
     "23:18: “<” begins a tag; in text, write “&lt;”"},
    {"a lone ampersand", "The load of", "A & B, the load of",
     "23:16: “&” begins a reference, of which there are only &amp; &lt; &gt; "
     "&quot; &apos; and those by number; in text, write “&amp;”"},
    {"an HTML entity", "where=\"level=2\"", "where=\"&nbsp;level=2\"",
     "25:39: “&” begins a reference, of which there are only &amp; &lt; &gt; "
     "&quot; &apos; and those by number; in text, write “&amp;”"},
    {"what only libxml2 finds", "part=\"2\"", "part=\"2\" part=\"3\"",
     "2:99: this is not well-formed XML: Attribute part redefined"},
    {"comment not closed", "<sources>", "<!-- <sources>",
     "44:3: this comment is never closed by “-->”"},
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *lesson = test_spoiled_lesson (c->find, c->replacement);
  g_autofree char *problems = test_problems_of (lesson);

  g_assert_cmpstr (problems, ==, c->problems);
}

static void
test_order (void)
{
  g_autofree char *lesson = test_spoiled_lesson (
      "  <title>One load</title>\n  <summary>A single load, from address to "
      "byte.</summary>",
      "  <summary>A single load.</summary>\n  <title>One load</title>");
  g_autofree char *problems = test_problems_of (lesson);

  g_assert_cmpstr (problems, ==, "4:3: <title> must stand before <summary>");
}

/* One run reports everything, up to the limit. */
static void
test_many (void)
{
  GString *figures = g_string_new ("<stage>");
  for (int i = 0; i < 60; i++)
    g_string_append (figures, "<figure kind=\"x\"/>");
  g_autofree char *text = g_string_free (figures, FALSE);
  g_autofree char *lesson = test_spoiled_lesson ("<stage>", text);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  g_assert_null (
      lesson_document_parse (lesson, strlen (lesson), "L", problems));
  g_assert_cmpuint (problems->list->len, ==, LESSON_MAX_PROBLEMS);
  g_assert_cmpuint (problems->dropped, ==, 10);
  g_assert_cmpuint (lesson_problems_count (problems), ==, 60);
}

static void
test_good (void)
{
  g_autofree char *lesson = test_good_lesson ();
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) d
      = lesson_document_parse (lesson, strlen (lesson), "L", problems);

  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  g_assert_cmpstr (d->id, ==, "one-load");
  g_assert_cmpint (d->part, ==, 2);
  g_assert_cmpint (d->minutes, ==, 5);
  g_assert_cmpuint (d->machine->len, ==, 3);
  g_assert_cmpuint (d->figures->len, ==, 3);
  g_assert_cmpuint (d->sections->len, ==, 1);
  g_assert_cmpuint (d->sources->len, ==, 1);
  g_assert_cmpuint (d->notes->len, ==, 0);

  const LessonSection *section = d->sections->pdata[0];
  g_assert_cmpuint (section->blocks->len, ==, 5);
  const LessonBlock *block = section->blocks->pdata[1];
  g_assert_cmpint (block->kind, ==, LESSON_BLOCK_BEAT);
  const LessonBeat *beat = block->beat;
  g_assert_cmpuint (beat->points->len, ==, 2);
  g_assert_cmpuint (beat->expects->len, ==, 2);
  const LessonDo *operation = beat->dos->pdata[0];
  g_assert_cmpstr (operation->line, ==,
                   "access va=0x11223344 mode=user process=A");
  g_assert_cmpint (operation->place.line, ==, 24);
  g_assert_cmpint (operation->place.column, ==, 11);
}

/* A listing loses its common indentation, and blank lines at the ends. */
static void
test_listing (void)
{
  g_autofree char *lesson = test_spoiled_lesson (
      "<p>The top", "<code highlight=\"3\">\n\n      int\n        x &lt; 1;\n\n"
                    "      done  \n    </code>\n    <p>The top");
  LessonDocument *document;
  g_autoptr (LessonPlay) play = test_play (lesson, &document);
  const LessonSection *section = document->sections->pdata[0];
  const LessonBlock *block = section->blocks->pdata[0];

  g_assert_cmpint (block->kind, ==, LESSON_BLOCK_CODE);
  g_assert_cmpstr (block->code, ==, "int\n  x < 1;\n\ndone");
  g_assert_cmpint (block->highlight, ==, 3);
  g_clear_pointer (&play, lesson_play_free);
  lesson_document_free (document);
}

static void
test_callout (void)
{
  g_autofree char *lesson = test_spoiled_lesson (
      "<p>The top", "<callout kind=\"linux\"><title>Try it</title><p>One.</p>"
                    "<p>Two.</p><code>$ true</code></callout><p>The top");
  LessonDocument *document;
  g_autoptr (LessonPlay) play = test_play (lesson, &document);
  const LessonSection *section = document->sections->pdata[0];
  const LessonBlock *block = section->blocks->pdata[0];

  g_assert_cmpint (block->kind, ==, LESSON_BLOCK_CALLOUT);
  g_assert_cmpint (block->callout, ==, LESSON_CALLOUT_LINUX);
  g_assert_cmpuint (block->blocks->len, ==, 3);
  const LessonBlock *first = block->blocks->pdata[0];
  const LessonBlock *last = block->blocks->pdata[2];
  g_assert_cmpint (first->kind, ==, LESSON_BLOCK_PARAGRAPH);
  g_assert_cmpint (last->kind, ==, LESSON_BLOCK_CODE);
  g_assert_cmpstr (last->code, ==, "$ true");
  g_clear_pointer (&play, lesson_play_free);
  lesson_document_free (document);
}

/* From a folder or from the file itself; the folder is absolute. */
static void
test_load (void)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *folder = g_build_filename (
      g_getenv ("PAGEWALK_SOURCE"), "tests", "lessons", "data", "good", NULL);
  g_autofree char *file = g_build_filename (folder, "lesson.xml", NULL);
  g_autoptr (LessonDocument) one = lesson_document_load (folder, problems);
  g_autoptr (LessonDocument) two = lesson_document_load (file, problems);

  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  g_assert_cmpstr (one->folder, ==, folder);
  g_assert_cmpstr (two->folder, ==, folder);
  g_assert_cmpstr (one->file, ==, file);

  g_assert_null (lesson_document_load ("/nonexistent", problems));
  const LessonProblem *problem = problems->list->pdata[0];
  g_autofree char *text = lesson_problem_to_string (problem);
  g_assert_cmpstr (text, ==, "/nonexistent: No such file or directory");
}

/* A byte-order mark and the line ends of other systems do no harm, and leave
 * every column where it is. */
static void
test_other_editors (void)
{
  g_autofree char *lesson
      = test_spoiled_lesson ("is=\"0x44332344\"", "is=\"0x44332555\"");
  g_auto (GStrv) lines = g_strsplit (lesson, "\n", -1);
  g_autofree char *text = g_strjoinv ("\r\n", lines);
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);
  g_autofree char *problems = test_problems_of (marked);

  g_assert_cmpstr (problems, ==,
                   "28:29: the lesson says pa is 0x44332555; the machine says "
                   "0x44332344");
}

/* The guide for authors shows the very lesson that is tested here. */
static void
test_guide (void)
{
  g_autofree char *path = g_build_filename (
      g_getenv ("PAGEWALK_SOURCE"), "lessons", "schema", "README.md", NULL);
  g_autofree char *lesson = test_good_lesson ();
  g_autofree char *fenced = g_strconcat ("```xml\n", lesson, "```", NULL);
  g_autofree char *guide = NULL;

  g_assert_true (g_file_get_contents (path, &guide, NULL, NULL));
  g_assert_nonnull (strstr (guide, fenced));
}

/* A file that is well formed, but no lesson. */
static void
test_roots (void)
{
  static const char *const rows[][2] = {
      {"<book xmlns=\"https://pagewalk.github.io/ns/lesson/1\"/>",
       "1:1: a lesson begins with <lesson>, not <book>"},
      {"\n <lesson/>", "2:2: <lesson> needs "
                       "xmlns=\"https://pagewalk.github.io/ns/lesson/1\""},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *problems = test_problems_of (rows[i][0]);
    g_assert_cmpstr (problems, ==, rows[i][1]);
  }

  g_autofree char *blanks = g_strnfill (2 * 1024 * 1024 + 1, ' ');
  g_autofree char *problems = test_problems_of (blanks);
  g_assert_cmpstr (problems, ==, " the file is larger than 2 MiB");
}

/* Every lesson of the book, and everything that it claims. */
static void
check_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      check_folder (child);
    if (strcmp (name, "lesson.xml") != 0)
      continue;
    g_autofree char *problems = test_problems_of_file (child);
    if (problems[0] != '\0')
      g_test_message ("%s:\n%s", child, problems);
    g_assert_cmpstr (problems, ==, "");
  }
}

static void
test_book (void)
{
  g_autofree char *content = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                               "lessons", "content", NULL);

  check_folder (content);
}

/* A stage that the lesson arranges itself. */
static void
test_rows (void)
{
  static const struct {
    const char *kind;
    guint row, cell, share;
  } wanted[] = {{"cpu", 1, 0, 1},
                {"tables", 1, 1, 3},
                {"tlb", 2, 0, 2},
                {"address", 2, 0, 2},
                {"memory", 2, 1, 1}};
  g_autofree char *lesson = test_spoiled_lesson (
      "<figure kind=\"cpu\"/>\n    <figure kind=\"address\"/>\n"
      "    <figure kind=\"tables\"/>",
      "<row><figure kind=\"cpu\"/><figure kind=\"tables\" share=\"3\"/></row>"
      "<row><column share=\"2\"><figure kind=\"tlb\"/>"
      "<figure kind=\"address\"/></column><figure kind=\"memory\"/></row>");
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) d
      = lesson_document_parse (lesson, strlen (lesson), "L", problems);

  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  g_assert_cmpuint (d->figures->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < d->figures->len; i++) {
    const LessonFigure *figure = d->figures->pdata[i];
    g_assert_cmpstr (figure->kind, ==, wanted[i].kind);
    g_assert_cmpuint (figure->row, ==, wanted[i].row);
    g_assert_cmpuint (figure->cell, ==, wanted[i].cell);
    g_assert_cmpuint (figure->share, ==, wanted[i].share);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path
        = g_strdup_printf ("/loader/problem/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/loader/problem/order", test_order);
  g_test_add_func ("/loader/problem/many", test_many);
  g_test_add_func ("/loader/good", test_good);
  g_test_add_func ("/loader/rows", test_rows);
  g_test_add_func ("/loader/listing", test_listing);
  g_test_add_func ("/loader/callout", test_callout);
  g_test_add_func ("/loader/load", test_load);
  g_test_add_func ("/loader/other-editors", test_other_editors);
  g_test_add_func ("/loader/roots", test_roots);
  g_test_add_func ("/loader/guide", test_guide);
  g_test_add_func ("/loader/book", test_book);
  return g_test_run ();
}
