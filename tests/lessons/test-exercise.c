/* Tests that exercises are what their seed says, and are marked rightly. */
#include "exercise.h"
#include "support.h"

#include <glib/gstdio.h>
#include <string.h>

/* The key is right, "not sure" shows it, and the same three give the same. */
static void
check_twice (const char *kind, guint level, guint64 seed)
{
  g_autoptr (LessonExerciseSheet) a = lesson_exercise_new (kind, level, seed);
  g_autoptr (LessonExerciseSheet) b = lesson_exercise_new (kind, level, seed);
  LessonVerdict shown = lesson_exercise_mark (a, NULL);
  LessonVerdict marked = lesson_exercise_mark (b, shown.key);
  g_autofree char *ask_a = lesson_text_plain (a->place->question->ask);
  g_autofree char *ask_b = lesson_text_plain (b->place->question->ask);

  g_assert_cmpstr (ask_a, ==, ask_b);
  g_assert_null (strpbrk (ask_a, "{}"));
  g_assert_cmpint (shown.mark, ==, LESSON_MARK_NOT_SURE);
  g_assert_cmpint (marked.mark, ==, LESSON_MARK_RIGHT);
  lesson_verdict_clear (&shown);
  lesson_verdict_clear (&marked);
}

static void
test_kinds (void)
{
  g_auto (GStrv) kinds = lesson_exercise_kinds ();

  g_assert_cmpuint (g_strv_length (kinds), >=, 13);
  for (guint k = 0; kinds[k] != NULL; k++)
    for (guint level = 1; level <= LESSON_EXERCISE_LEVELS; level++)
      for (guint64 seed = 0; seed < 12; seed++)
        check_twice (kinds[k], level, seed);
}

static void
test_unknown (void)
{
  g_assert_null (lesson_exercise_new ("sums", 1, 1));
  g_assert_null (lesson_exercise_new ("../content/book", 1, 1));
  g_assert_null (lesson_exercise_new ("split", 0, 1));
  g_assert_null (lesson_exercise_new ("split", 4, 1));
}

/* The very numbers of one seed: the same on every machine, for ever. */
static void
test_numbers (void)
{
  g_autoptr (LessonExerciseSheet) sheet
      = lesson_exercise_new ("translate-two-level", 1, 5);
  g_autofree char *ask = lesson_text_plain (sheet->place->question->ask);
  LessonVerdict verdict = lesson_exercise_mark (sheet, "0x212b");

  g_assert_cmpstr (ask, ==,
                   "The walk for 0x6d2b3f2 has read directory entry 27, which "
                   "holds 0x2007. At which physical address does the processor "
                   "read the page-table entry?");
  g_assert_cmpstr (verdict.key, ==, "0x24ac");
  g_assert_cmpint (verdict.mark, ==, LESSON_MARK_WRONG);
  g_assert_cmpstr (verdict.misconception, ==, "forgot-entry-size");
  lesson_verdict_clear (&verdict);
}

/* A worksheet's questions have seeds of their own, the first the worksheet's.
 */
static void
test_seeds (void)
{
  g_assert_cmpuint (lesson_exercise_seed (7, 0), ==, 7);
  for (guint i = 1; i < 50; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpuint (lesson_exercise_seed (7, i), !=,
                        lesson_exercise_seed (7, j));
  g_assert_cmpuint (lesson_exercise_seed (8, 1), !=,
                    lesson_exercise_seed (7, 1));
}

/* Broken generators ------------------------------------------------------- */

#define FRAME(numbers, rest)                                                   \
  "<generator xmlns=\"https://pagewalk.github.io/ns/lesson/1\" id=\"own\">\n"  \
  "<title>T</title>\n<summary>S</summary>\n<numbers>" numbers                  \
  "</numbers>\n<machine><do>machine geometry=x86-32</do>"                      \
  "<do>process name=A</do></machine>\n" rest "</generator>"
#define BEAT                                                                   \
  "<beat id=\"b\"><title>B</title><do>map process=A va=0x1000 frame={f} "      \
  "flags=ru</do><do>access process=A va=0x1000</do></beat>\n"
#define QUESTION                                                               \
  "<question id=\"q\" kind=\"predict\" beat=\"b\"><ask>{f}?</ask>"             \
  "<answer is=\"pa\"/></question>"
#define GOOD "<vary name=\"f\" from=\"2\" to=\"9\"/>"

typedef struct {
  const char *name, *file, *told;
} Broken;

static const Broken broken[] = {
    {"good", FRAME (GOOD, BEAT QUESTION), ""},
    {"never met", FRAME (GOOD "<require that=\"f > 9\"/>", BEAT QUESTION),
     "none of 2000 rolls meets this"},
    {"machine in numbers",
     FRAME (GOOD "<let name=\"x\" is=\"pa\"/>", BEAT QUESTION),
     "asks a machine"},
    {"no name",
     FRAME (GOOD, BEAT "<question id=\"q\" kind=\"predict\" "
                       "beat=\"b\"><ask>{g}?</ask><answer "
                       "is=\"pa\"/></question>"),
     "the machine has no “g”"},
    {"open brace",
     FRAME (GOOD, "<beat id=\"b\"><title>B</title><do>access "
                  "process=A va={f</do></beat>" QUESTION),
     "“}” is missing"},
    {"from and to",
     FRAME ("<vary name=\"f\" from=\"9\" to=\"2\"/>", BEAT QUESTION),
     "must not be less"},
    {"no range", FRAME ("<vary name=\"f\"/>", BEAT QUESTION), "needs “from”"},
    {"a level",
     FRAME (GOOD, BEAT "<question for=\"4\" id=\"q\" kind=\"predict\" "
                       "beat=\"b\"><ask>?</ask><answer "
                       "is=\"pa\"/></question>"),
     "is not a level"},
    {"none left",
     FRAME (GOOD, BEAT "<question only=\"f &lt; 0\" id=\"q\" "
                       "kind=\"predict\" beat=\"b\"><ask>?</ask>"
                       "<answer is=\"pa\"/></question>"),
     "no <question> is left"},
    {"too often",
     FRAME (GOOD, "<beat id=\"b\"><title>B</title><do each=\"i\" "
                  "times=\"65\">access process=A va={i}</do></beat>" QUESTION),
     "at most 64 times"},
    {"no answer",
     FRAME (GOOD, "<beat id=\"b\"><title>B</title><do>access "
                  "process=A va={f}</do></beat>" QUESTION),
     "has no answer here"},
    {"root", "<lesson xmlns=\"https://pagewalk.github.io/ns/lesson/1\"/>",
     "begins with <generator"},
};

static void
test_broken (gconstpointer data)
{
  const Broken *it = data;
  g_autofree char *folder = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "own.xml", NULL);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  g_assert_true (g_file_set_contents (path, it->file, -1, NULL));
  gboolean good = lesson_exercise_check (path, 5, problems);
  g_assert_cmpint (good, ==, *it->told == '\0');
  if (!good) {
    const LessonProblem *first = problems->list->pdata[0];
    g_assert_nonnull (strstr (first->what, it->told));
    g_assert_cmpint (first->line, >, 0);
  }
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/exercise/kinds", test_kinds);
  g_test_add_func ("/exercise/unknown", test_unknown);
  g_test_add_func ("/exercise/numbers", test_numbers);
  g_test_add_func ("/exercise/seeds", test_seeds);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autofree char *path
        = g_strconcat ("/exercise/broken/", broken[i].name, NULL);
    g_test_add_data_func (path, &broken[i], test_broken);
  }
  return g_test_run ();
}
