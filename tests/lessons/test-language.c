/* Tests what the language has beside beats and questions: tables, figures,
 * links, words, notes. */
#include <string.h>

#include "catalog.h"
#include "plot-data.h"
#include "review.h"
#include "support.h"
#include "text.h"
#include "uri.h"

/* The lesson that has every element, played. */
typedef struct {
  LessonDocument *document;
  LessonPlay *play;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                            "tests", "lessons", "data",
                                            "language", NULL);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  f->document = lesson_document_load (path, problems);
  g_assert_nonnull (f->document);
  f->play = lesson_play_new (f->document, problems);
  g_assert_nonnull (f->play);
  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  lesson_play_free (f->play);
  lesson_document_free (f->document);
}

/* The n-th block of a kind, in remarks, too. */
static const LessonBlock *
find_in (const GPtrArray *blocks, LessonBlockKind kind, guint *n)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++) {
    const LessonBlock *block = blocks->pdata[i];
    if (block->kind == kind && (*n)-- == 0)
      return block;
    const LessonBlock *inner = find_in (block->blocks, kind, n);
    if (inner != NULL)
      return inner;
  }
  return NULL;
}

static const LessonBlock *
find (const Fixture *f, LessonBlockKind kind, guint n)
{
  for (guint i = 0; i < f->document->sections->len; i++) {
    const LessonSection *section = f->document->sections->pdata[i];
    const LessonBlock *block = find_in (section->blocks, kind, &n);
    if (block != NULL)
      return block;
  }
  g_assert_not_reached ();
}

static void
test_table (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const LessonTable *table = find (f, LESSON_BLOCK_TABLE, 0)->table;
  const GPtrArray *row = table->rows->pdata[1];
  g_autofree char *cell = lesson_text_plain (row->pdata[2]);

  g_assert_cmpuint (table->columns, ==, 3);
  g_assert_cmpuint (table->rows->len, ==, 2);
  g_assert_cmpint (table->align[0], ==, LESSON_ALIGN_START);
  g_assert_cmpint (table->align[1], ==, LESSON_ALIGN_END);
  g_assert_cmpint (table->align[2], ==, LESSON_ALIGN_CENTER);
  g_assert_null (table->head->pdata[0]);
  g_assert_cmpstr (cell, ==, "4 KiB");
  g_assert_null (find (f, LESSON_BLOCK_TABLE, 1)->table->head);
}

/* One value of a figure, once more and by itself. */
static double
flat_size (guint bits, guint bytes)
{
  double size = bytes;

  for (guint bit = 12; bit < bits; bit++)
    size *= 2;
  return size;
}

static void
test_lines (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const LessonPlot *plot = find (f, LESSON_BLOCK_PLOT, 0)->plot;
  guint64 cursor = vm_machine_cursor (f->play->machine);
  g_autoptr (LessonPlotData) d = lesson_plot_compute (f->play, plot, NULL);

  g_assert_true (plot->log_y);
  g_assert_cmpuint (d->points, ==, 5);
  g_assert_cmpuint (d->series, ==, 2);
  g_assert_cmpstr (d->labels[4], ==, "48");
  for (guint p = 0; p < 5; p++)
    for (guint s = 0; s < 2; s++)
      g_assert_cmpfloat (d->y[s * 5 + p], ==,
                         flat_size (16 + 8 * p, 4 + 4 * s));
  g_assert_cmpstr (d->texts[2], ==, "4 MiB");
  g_assert_cmpuint (vm_machine_cursor (f->play->machine), ==, cursor);
}

/* Categories ask processors that are not this machine's. */
static void
test_bars (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const LessonPlot *plot = find (f, LESSON_BLOCK_PLOT, 1)->plot;
  g_autoptr (LessonPlotData) d = lesson_plot_compute (f->play, plot, NULL);

  g_assert_cmpint (plot->kind, ==, LESSON_PLOT_BARS);
  g_assert_cmpuint (d->points, ==, 2);
  g_assert_cmpstr (d->labels[1], ==, "x86-64");
  g_assert_cmpstr (d->texts[0], ==, "2");
  g_assert_cmpstr (d->texts[1], ==, "4");
}

/* A figure speaks of the machine as the beat before it has left it. */
static void
test_place (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const LessonPlot *plot = find (f, LESSON_BLOCK_PLOT, 2)->plot;
  g_autoptr (LessonPlotData) d = lesson_plot_compute (f->play, plot, NULL);
  const char *expected[] = {"2", "4", "8", "16"};

  g_assert_cmpuint (d->points, ==, 4);
  for (guint p = 0; p < 4; p++)
    g_assert_cmpstr (d->texts[p], ==, expected[p]);
}

static void
check_unit (LessonUnit unit, double value, const char *expected)
{
  g_autofree char *text = lesson_unit_text (unit, value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_units (void)
{
  check_unit (LESSON_UNIT_DECIMAL, 0, "0");
  check_unit (LESSON_UNIT_DECIMAL, 1048576, "1048576");
  check_unit (LESSON_UNIT_DECIMAL, 2.5, "2.5");
  check_unit (LESSON_UNIT_DECIMAL, 100, "100");
  check_unit (LESSON_UNIT_HEX, 4096, "0x1000");
  check_unit (LESSON_UNIT_BYTES, 1023, "1023 B");
  check_unit (LESSON_UNIT_BYTES, 1536, "1.5 KiB");
  check_unit (LESSON_UNIT_BYTES, 4294967296., "4 GiB");
  check_unit (LESSON_UNIT_PERCENT, 99.25, "99.25 %");
}

/* Links ------------------------------------------------------------------- */

static const LessonSee *
see (const Fixture *f, guint n)
{
  const LessonText *text = find (f, LESSON_BLOCK_PARAGRAPH, 0)->text;

  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = text->runs->pdata[i];
    if (run->see != NULL && n-- == 0)
      return run->see;
  }
  g_assert_not_reached ();
}

static void
test_see (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const LessonBeatRange *load
      = &g_array_index (f->play->beats, LessonBeatRange, 0);
  guint64 cursor = G_MAXUINT64;

  /* A section without a beat is nowhere on the tape. */
  g_assert_false (lesson_play_find_see (f->play, see (f, 0), &cursor));
  g_assert_true (lesson_play_find_see (f->play, see (f, 1), &cursor));
  g_assert_cmpuint (cursor, ==, load->first_step);
  g_assert_true (lesson_play_find_see (f->play, see (f, 2), &cursor));
  g_assert_cmpuint (cursor, ==, load->point_steps[1]);
  g_assert_cmpuint (vm_machine_cursor (f->play->machine), ==,
                    f->play->first_step);
}

/* An address leads where its <see> does. */
static void
test_uri (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const char *expected[] = {"pagewalk:#prose", "pagewalk:#load",
                            "pagewalk:#load/entry-read/1/level=1",
                            "pagewalk:two-level-walk#holes"};
  guint64 one = 0, two = 0;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *uri = lesson_see_uri (see (f, i));
    g_autofree char *lesson = NULL, *place = NULL;
    g_assert_cmpstr (uri, ==, expected[i]);
    g_assert_true (lesson_uri_read (uri, &lesson, &place));
    g_assert_cmpstr (lesson, ==, i == 3 ? "two-level-walk" : "");
    if (i != 1 && i != 2)
      continue;
    g_assert_true (lesson_play_find_see (f->play, see (f, i), &one));
    g_assert_true (lesson_play_find_place (f->play, place, &two));
    g_assert_cmpuint (one, ==, two);
  }
}

static void
test_places (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const nowhere[] = {"none",
                                        "-1",
                                        "99999",
                                        "load/walk",
                                        "load/wolk/1/",
                                        "load/walk/0/",
                                        "load/walk/1/x",
                                        "load/entry-read/1/level=9",
                                        "none/walk/1/",
                                        "load/walk/1/%zz",
                                        "18446744073709551617"};
  g_autofree char *lesson = NULL, *place = NULL;
  guint64 cursor = 0;

  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    g_assert_false (lesson_play_find_place (f->play, nowhere[i], &cursor));
  g_assert_true (lesson_play_find_place (f->play, "", &cursor));
  g_assert_cmpuint (cursor, ==, f->play->first_step);
  g_assert_true (lesson_play_find_place (f->play, "3", &cursor));
  g_assert_cmpuint (cursor, ==, f->play->first_step + 3);
  g_assert_false (lesson_uri_read ("https://x.org/#load", &lesson, &place));
}

/* Notes and words --------------------------------------------------------- */

static void
test_presenter (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  guint64 first = f->play->first_step;
  const GPtrArray *notes = lesson_play_presenter_at (f->play, first);
  g_autofree char *before = lesson_text_plain (notes->pdata[0]);
  notes = lesson_play_presenter_at (f->play, first + 1);
  g_autofree char *in_beat = lesson_text_plain (notes->pdata[0]);

  g_assert_cmpstr (before, ==, "Ask who has seen a page.");
  g_assert_cmpstr (in_beat, ==, "Count aloud.");
}

static void
test_words (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const LessonDefinition *page
      = lesson_document_definition (f->document, "page");
  const LessonWrong *wrong = f->document->wrongs->pdata[0];
  g_autofree char *title = lesson_text_plain (page->title);

  g_assert_cmpstr (title, ==, "Page");
  g_assert_null (lesson_document_definition (f->document, "frame"));
  g_assert_cmpstr (wrong->question, ==, "how-many");
  g_assert_cmpuint (f->document->reading->len, ==, 1);
}

/* A translation must lead where the original does, and name what it names. */
static void
test_translated_links (void)
{
  const char *msgid = "See <see beat=\"load\">it</see>, <man>mmap(2)</man> "
                      "and a <term id=\"page\">page</term>.";
  const LessonPlace place = {1, 1};
  g_autoptr (GPtrArray) good = lesson_text_translate (
      msgid,
      "<term id=\"page\">Seite</term>, <man>mmap(2)</man>, <see "
      "beat=\"load\">hier</see>.",
      place);

  g_assert_nonnull (good);
  g_assert_null (lesson_text_translate (
      msgid,
      "<term id=\"page\">Seite</term>, <man>mmap(2)</man>, <see "
      "beat=\"store\">hier</see>.",
      place));
  g_assert_null (lesson_text_translate (
      msgid,
      "<term id=\"page\">Seite</term>, <man>munmap(2)</man>, <see "
      "beat=\"load\">hier</see>.",
      place));
  g_assert_null (
      lesson_text_translate (msgid,
                             "<term>Seite</term>, <man>mmap(2)</man>, <see "
                             "beat=\"load\">hier</see>.",
                             place));
}

/* Nothing is false in a lesson whose title is too long: it can be read. */
static void
test_long_title (void)
{
  g_autofree char *lesson = test_spoiled_lesson (
      "<title>One load</title>",
      "<title>One load and its walk, told at much greater length than "
      "any title needs</title>");
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  LessonDocument *document;
  LessonPlay *play = test_play (lesson, &document);

  g_assert_true (lesson_play_check (play, problems));
  lesson_review (play, problems);
  g_assert_cmpuint (lesson_problems_count (problems), ==, 1);
  lesson_play_free (play);
  lesson_document_free (document);
}

static void
note_role (const LessonText *text G_GNUC_UNUSED, LessonRole role, gpointer data)
{
  g_hash_table_add (data, (gpointer) lesson_role_name (role));
}

/* Every text is gone through, and called by what it is. */
static void
test_roles (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *questions = test_questions_lesson ();
  LessonDocument *other;
  LessonPlay *play = test_play (questions, &other);

  lesson_document_each_text (f->document, note_role, seen);
  lesson_document_each_text (other, note_role, seen);
  g_autoptr (GList) keys = g_hash_table_get_keys (seen);
  g_autoptr (GString) list = g_string_new (NULL);
  keys = g_list_sort (keys, (GCompareFunc) strcmp);
  for (const GList *i = keys; i != NULL; i = i->next)
    g_string_append_printf (list, "%s; ", (const char *) i->data);
  g_assert_cmpstr (
      list->str, ==,
      "a beat's title; a caption; a cell; a choice; a definition; a label; a "
      "note for the presenter; a note for the teacher; a paragraph; a point; "
      "a question; a remark about an answer; a remark's title; a section's "
      "title; a source; an alternative text; an item; an objective; the "
      "lesson's title; the summary; ");
  lesson_play_free (play);
  lesson_document_free (other);
}

static void
test_untranslated (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  lesson_review_translation (f->document, "tlh", problems);
  const LessonProblem *problem = problems->list->pdata[0];
  g_assert_cmpint (problem->line, ==, 3);
  g_assert_cmpstr (problem->what, ==,
                   "the lesson's title has no translation in “tlh”: Every "
                   "element");
}

/* What no operation does today: a beat in which nothing happens. */
static void
test_beat_without_steps (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  LessonBeatRange *range = &g_array_index (f->play->beats, LessonBeatRange, 0);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  lesson_review (f->play, problems);
  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  range->end_step = range->first_step;
  lesson_review (f->play, problems);
  g_assert_cmpuint (lesson_problems_count (problems), ==, 1);
  const LessonProblem *problem = problems->list->pdata[0];
  g_assert_cmpint (problem->line, ==, 75);
  g_assert_nonnull (strstr (problem->what, "can never be reached"));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/language/%s", name);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("table", test_table);
  add ("lines", test_lines);
  add ("bars", test_bars);
  add ("place", test_place);
  g_test_add_func ("/language/units", test_units);
  add ("see", test_see);
  add ("uri", test_uri);
  add ("places", test_places);
  add ("presenter", test_presenter);
  add ("words", test_words);
  g_test_add_func ("/language/translated-links", test_translated_links);
  g_test_add_func ("/language/long-title", test_long_title);
  add ("roles", test_roles);
  add ("untranslated", test_untranslated);
  add ("beat-without-steps", test_beat_without_steps);
  return g_test_run ();
}
