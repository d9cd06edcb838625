/* Tests that beats, points and questions stand at the right steps, and that
 * what the machine does not confirm is refused. */
#include <string.h>

#include "halts.h"
#include "machine/check.h"
#include "support.h"

static const LessonBeatRange *
beat (const LessonPlay *play, guint i)
{
  return &g_array_index (play->beats, LessonBeatRange, i);
}

static enum vm_step_kind
kind_before (const LessonPlay *play, guint64 cursor)
{
  return (enum vm_step_kind) vm_machine_step (play->machine, cursor - 1)->kind;
}

static void
test_ranges (void)
{
  LessonDocument *document;
  g_autofree char *lesson = test_spoiled_lesson (
      "    <question id=\"which-pa\"",
      "    <beat id=\"again\"><title>x</title>"
      "<do>access va=0x11223348</do><do>access va=0x5000</do>"
      "<point step=\"access\">a</point><point step=\"tlb-hit\">b</point>"
      "<point step=\"access\" nth=\"2\">c</point>"
      "<point step=\"fault\" where=\"fault=not-present vector=14\">d</point>"
      "</beat><question id=\"which-pa\"");
  g_autoptr (LessonPlay) play = test_play (lesson, &document);
  const LessonBeatRange *first = beat (play, 0), *again = beat (play, 1);

  g_assert_cmpuint (play->beats->len, ==, 2);
  g_assert_cmpuint (first->first_step, ==, play->first_step);
  g_assert_cmpuint (first->end_step, ==, again->first_step);
  g_assert_cmpuint (again->end_step, ==, play->end_step);
  g_assert_cmpuint (again->end_op - again->first_op, ==, 2);
  g_assert_cmpuint (vm_machine_cursor (play->machine), ==, play->first_step);

  /* A point's cursor is the one that shows its step. */
  g_assert_cmpuint (kind_before (play, first->point_steps[0]), ==,
                    VM_STEP_ENTRY_READ);
  g_assert_cmpuint (first->point_steps[0], <, first->point_steps[1]);
  g_assert_cmpuint (kind_before (play, again->point_steps[1]), ==,
                    VM_STEP_TLB_HIT);
  g_assert_cmpuint (kind_before (play, again->point_steps[2]), ==,
                    VM_STEP_ACCESS);
  g_assert_cmpuint (kind_before (play, again->point_steps[3]), ==,
                    VM_STEP_FAULT);
  lesson_document_free (document);
}

static gboolean
stops_at (const GArray *halts, const LessonPlay *play, guint64 cursor)
{
  for (guint i = 0; i < halts->len; i++)
    if (g_array_index (halts, guint, i) == cursor - play->first_step)
      return TRUE;
  return FALSE;
}

/* A reader stops at points, at the ends of beats and where he is asked; in a
 * beat that names no step at each of them. */
static void
test_halts (void)
{
  LessonDocument *document;
  g_autofree char *lesson = test_spoiled_lesson (
      "    <question id=\"which-pa\"",
      "    <beat id=\"again\"><title>x</title><do>access va=0x11223348</do>"
      "</beat><question id=\"which-pa\"");
  g_autoptr (LessonPlay) play = test_play (lesson, &document);
  g_autoptr (GArray) halts = lesson_halts_new (play);
  const LessonBeatRange *first = beat (play, 0), *again = beat (play, 1);
  guint stops = 0;

  g_assert_cmpuint (g_array_index (halts, guint, 0), ==, 0);
  for (guint i = 1; i < halts->len; i++)
    g_assert_cmpuint (g_array_index (halts, guint, i - 1), <,
                      g_array_index (halts, guint, i));
  for (guint64 at = first->first_step; at < first->end_step; at++)
    stops += stops_at (halts, play, at);
  g_assert_cmpuint (stops, <=,
                    first->beat->points->len + 1 + play->questions->len);
  for (guint i = 0; i < first->beat->points->len; i++)
    g_assert_true (stops_at (halts, play, first->point_steps[i]));
  for (guint64 at = again->first_step; at <= again->end_step; at++)
    g_assert_true (stops_at (halts, play, at));
  lesson_document_free (document);
}

static const char *const book[] = {
    "02-translation/06-page-table-entry",
    "02-translation/08-two-level-walk",
    "02-translation/12-tlb",
    "04-faults/20-four-faults",
    "04-faults/24-choosing-a-victim",
    "05-inside/30-vma-lookup",
    "06-processes/37-fork-cow",
    "06-processes/42-execve",
};

/* In the book nobody watches more than five steps without being asked. */
static void
test_watched (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("PAGEWALK_SOURCE"),
                                            "lessons", "content", data,
                                            "lesson.xml", NULL);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  LessonDocument *document = lesson_document_load (path, problems);
  g_autoptr (LessonPlay) play = lesson_play_new (document, problems);
  g_autoptr (GArray) halts = lesson_halts_new (play);
  guint last = 0, most = lesson_halts_watched (play, halts, &last);

  if (most > 5)
    g_test_message ("%u halts without a question, up to step %u", most, last);
  g_assert_cmpuint (most, >=, 2);
  g_assert_cmpuint (most, <=, 5);
  lesson_document_free (document);
}

static void
test_beat_at (void)
{
  LessonDocument *document;
  g_autofree char *lesson = test_spoiled_lesson (
      "    <question id=\"which-pa\"",
      "    <beat id=\"again\"><title>x</title><do>access va=0x11223348</do>"
      "</beat><question id=\"which-pa\"");
  g_autoptr (LessonPlay) play = test_play (lesson, &document);

  g_assert_cmpint (lesson_play_beat_at (play, 0), ==, -1);
  g_assert_cmpint (lesson_play_beat_at (play, play->first_step), ==, -1);
  g_assert_cmpint (lesson_play_beat_at (play, play->first_step + 1), ==, 0);
  g_assert_cmpint (lesson_play_beat_at (play, beat (play, 0)->end_step), ==, 0);
  g_assert_cmpint (lesson_play_beat_at (play, beat (play, 1)->first_step + 1),
                   ==, 1);
  g_assert_cmpint (lesson_play_beat_at (play, play->end_step), ==, 1);
  lesson_document_free (document);
}

static void
test_questions (void)
{
  LessonDocument *document;
  g_autofree char *lesson = test_good_lesson ();
  g_autoptr (LessonPlay) play = test_play (lesson, &document);
  const LessonQuestionPlace *predict
      = &g_array_index (play->questions, LessonQuestionPlace, 0);
  const LessonQuestionPlace *choose
      = &g_array_index (play->questions, LessonQuestionPlace, 1);

  /* Asked when the next step would tell; revealed by that very step. */
  g_assert_cmpuint (predict->reveal_at, ==, predict->ask_at + 1);
  g_assert_cmpuint (kind_before (play, predict->reveal_at), ==,
                    VM_STEP_COMPOSE);
  g_assert_cmpuint (choose->ask_at, ==, beat (play, 0)->first_step);
  g_assert_cmpuint (choose->reveal_at, ==, beat (play, 0)->end_step);
  lesson_document_free (document);
}

/* Checking a lesson moves nothing and breaks nothing. */
static void
test_check_leaves_alone (void)
{
  LessonDocument *document;
  g_autofree char *lesson = test_good_lesson ();
  g_autoptr (LessonPlay) play = test_play (lesson, &document);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  struct vm_check_report report;

  g_assert_true (vm_machine_seek (play->machine, play->first_step + 5));
  g_assert_true (lesson_play_check (play, problems));
  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  g_assert_cmpuint (vm_machine_cursor (play->machine), ==,
                    play->first_step + 5);
  g_assert_true (vm_check (play->machine, VM_CHECK_LINKS, &report));
  lesson_document_free (document);
}

/* problems may be a pattern. */
typedef struct {
  const char *name, *find, *replacement, *problems;
} Case;

static const Case cases[] = {
    {"wrong address", "is=\"0x44332344\"", "is=\"0x44332555\"",
     "28:29: the lesson says pa is 0x44332555; the machine says 0x44332344"},
    {"wrong word", "is=\"miss\"", "is=\"hit\"",
     "27:30: the lesson says tlb is hit; the machine says miss"},
    {"wrong in decimal", "<expect that=\"tlb\" is=\"miss\"/>",
     "<expect that=\"offset\" is=\"837\"/>",
     "27:33: the lesson says offset is 837; the machine says 836"},
    {"number in the prose", ">68</num>.</p>", ">67</num>.</p>",
     "21:38: the lesson says split(0x11223344, 2) is 67; the machine says 68"},
    {"number in a point", ">547</num>", ">0x224</num>",
     "26:79: the lesson says index(1) is 0x224; the machine says 0x223"},
    {"no number in the prose", ">547</num>", ">many</num>",
     "26:79: “many” is not a number"},
    {"number in a title", "The load of",
     "The load of <num is=\"count(walks)\">0</num>",
     "23:49: the lesson says count(walks) is 0; the machine says 1"},
    /* The point at level 2 is shown before level 1 is read. */
    {"number too early", "Directory entry <num is=\"index(2)\">68",
     "Entry <num is=\"count(entry-reads)\">2",
     "25:83: the lesson says count(entry-reads) is 2; the machine says 1"},
    {"number in a question", "The frame number is",
     "<num is=\"accessed(1)\">0</num> The frame number is",
     "34:35: the lesson says accessed(1) is 0; the machine says 1"},
    {"number before the first beat", "A single load",
     "<num is=\"pa\">1</num> load",
     "4:25: “pa” has no answer here: no access has been made yet"},
    {"mistake that is right", "entry(1) + index(1)",
     "entry-frame(1) &lt;&lt; "
     "12 | offset",
     "33:20: this mistake is the right answer"},
    {"two mistakes alike", "<hint>",
     "<mistake is=\"index(1) + entry(1)\">x</mistake><hint>",
     "34:20: another mistake has the same value already"},
    {"no choice is right", "is=\"cached(0x11223344)\"", "is=\"0\"",
     "37:5: one choice must be right; the machine says that 0 are"},
    {"two choices are right", "is=\"!cached(0x11223344)\"", "is=\"1\"",
     "37:5: one choice must be right; the machine says that 2 are"},
    {"step that never comes", "where=\"level=2\"", "where=\"level=3\"",
     "25:7: the beat “first” has no such step: entry-read level=3; its steps "
     "are: access, *"},
    {"question about no step", "step=\"compose\"", "step=\"fault\"",
     "30:5: the beat “first” has no such step: fault; its steps are: access, "
     "*"},
    {"operation that fails", "va=0x11223000 frame", "va=0x11223004 frame",
     "11:9: “va” must be a multiple of 0x1000; 0x11223004 is not"},
    {"no such process", "mode=user process=A", "mode=user process=B",
     "24:11: there is no process “B”"},
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *lesson = test_spoiled_lesson (c->find, c->replacement);
  g_autofree char *problems = test_problems_of (lesson);

  if (strchr (c->problems, '*') == NULL)
    g_assert_cmpstr (problems, ==, c->problems);
  else
    g_assert_true (g_pattern_match_simple (c->problems, problems));
}

static void
test_points_in_disorder (void)
{
  g_autofree char *lesson
      = test_spoiled_lesson ("<point step=\"entry-read\" where=\"level=2\"",
                             "<point step=\"data\">x</point>"
                             "<point step=\"entry-read\" where=\"level=2\"");
  g_autofree char *problems = test_problems_of (lesson);

  g_assert_cmpstr (problems, ==,
                   "25:35: this point's step comes before that of the point "
                   "above it; put them in the order of the steps");
}

/* A lesson stays within what the tape remembers. */
static void
test_too_long (void)
{
  GString *dos = g_string_new ("<do>access va=0x11223344</do>");
  for (int i = 0; i < 15; i++) {
    g_autofree char *half = g_strdup (dos->str);
    g_string_append (dos, half);
  }
  g_autofree char *text = g_string_free (dos, FALSE);
  g_autofree char *lesson = test_spoiled_lesson (
      "<do>access va=0x11223344 mode=user process=A</do>", text);
  g_autofree char *problems = test_problems_of (lesson);

  g_assert_true (g_str_has_suffix (
      problems, "the lesson takes more than 100000 steps; make it shorter"));
}

/* Every error of the simulation has a sentence of its own. */
static void
test_error_texts (void)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = VM_OK; code <= VM_ERROR_NOT_AT_OPERATION; code++) {
    struct vm_error error = {.code = (enum vm_error_code) code,
                             .value = 7,
                             .low = 1,
                             .high = 9,
                             .subject = "thing"};
    char *text = lesson_error_text (&error);
    g_assert_cmpuint (strlen (text), >, 8);
    g_assert_true (g_hash_table_add (seen, text));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/play/ranges", test_ranges);
  g_test_add_func ("/play/halts", test_halts);
  g_test_add_func ("/play/beat-at", test_beat_at);
  for (guint i = 0; i < G_N_ELEMENTS (book); i++) {
    g_autofree char *name = g_strdup_printf ("/play/watched/%s", book[i]);

    g_test_add_data_func (name, book[i], test_watched);
  }
  g_test_add_func ("/play/questions", test_questions);
  g_test_add_func ("/play/check-leaves-alone", test_check_leaves_alone);
  g_test_add_func ("/play/too-long", test_too_long);
  g_test_add_func ("/play/error-texts", test_error_texts);
  g_test_add_func ("/play/refused/points in disorder", test_points_in_disorder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/play/refused/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  return g_test_run ();
}
