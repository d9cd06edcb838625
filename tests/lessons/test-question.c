/* Tests how answers are marked, however they are spelled. */
#include "exercise.h"
#include "support.h"

#include <string.h>

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *lesson = data != NULL ? test_spoiled_lesson (
                                "format=\"hex\"", (const char *) data)
                                         : test_good_lesson ();

  f->play = test_play (lesson, &f->document);
}

static void
tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  lesson_play_free (f->play);
  lesson_document_free (f->document);
}

/* Marks; *why gets the text that is shown, "" if none is. */
static LessonMark
mark (Fixture *f, guint question, const char *answer, char **key, char **why)
{
  const LessonQuestionPlace *place
      = &g_array_index (f->play->questions, LessonQuestionPlace, question);
  guint64 before = vm_machine_cursor (f->play->machine);
  LessonVerdict verdict = lesson_question_mark (f->play, place, answer);

  *key = g_strdup (verdict.key);
  *why = lesson_text_plain (verdict.why);
  lesson_verdict_clear (&verdict);
  g_assert_null (verdict.key);
  g_assert_cmpuint (vm_machine_cursor (f->play->machine), ==, before);
  return verdict.mark;
}

typedef struct {
  const char *answer;
  LessonMark mark;
  const char *why; /* its beginning */
} Row;

static void
check (Fixture *f, guint question, const char *key, const Row *rows,
       guint count)
{
  for (guint i = 0; i < count; i++) {
    g_autofree char *found_key = NULL;
    g_autofree char *why = NULL;
    g_test_message ("“%s”", rows[i].answer);
    g_assert_cmpint (mark (f, question, rows[i].answer, &found_key, &why), ==,
                     rows[i].mark);
    g_assert_cmpstr (found_key, ==, key);
    g_assert_true (g_str_has_prefix (why, rows[i].why));
    g_assert_cmpint (rows[i].why[0] == '\0', ==, why[0] == '\0');
  }
}

static void
test_predict (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"0x44332344", LESSON_MARK_RIGHT, "Frame and offset"},
      {" 0X4433 2344 ", LESSON_MARK_RIGHT, "Frame and offset"},
      {"44332344", LESSON_MARK_RIGHT, "Frame and offset"},
      {"1144202052", LESSON_MARK_RIGHT, "Frame and offset"},
      {"1,144,202,052", LESSON_MARK_RIGHT, "Frame and offset"},
      {"0b0100_0100_0011_0011_0010_0011_0100_0100", LESSON_MARK_RIGHT,
       "Frame and offset"},
      {"0x44332344.", LESSON_MARK_UNREADABLE, ""},
      {"", LESSON_MARK_UNREADABLE, ""},
      {"no idea", LESSON_MARK_UNREADABLE, ""},
      {"0x44332345", LESSON_MARK_WRONG, ""},
      {"4K", LESSON_MARK_WRONG, ""},
      /* The named mistake: entry plus index. */
      {"0x4433224a", LESSON_MARK_WRONG, "That adds a number"},
      {"4433224A", LESSON_MARK_WRONG, "That adds a number"},
      {NULL, LESSON_MARK_NOT_SURE, "Frame and offset"},
  };

  check (f, 0, "0x44332344", rows, G_N_ELEMENTS (rows));
}

/* With a decimal key, digits are decimal. */
static void
test_decimal (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"44332344", LESSON_MARK_WRONG, ""},
      {"1144202052", LESSON_MARK_RIGHT, "Frame and offset"},
      {"0x44332344", LESSON_MARK_RIGHT, "Frame and offset"},
      {"abc", LESSON_MARK_UNREADABLE, ""},
  };

  check (f, 0, "1144202052", rows, G_N_ELEMENTS (rows));
}

/* Without a format, an address is printed as one. */
static void
test_usual_format (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[]
      = {{"44332344", LESSON_MARK_RIGHT, "Frame and offset"}};

  check (f, 0, "0x44332344", rows, G_N_ELEMENTS (rows));
}

static void
test_choose (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"1", LESSON_MARK_RIGHT, ""},      {"2", LESSON_MARK_WRONG, ""},
      {"a", LESSON_MARK_RIGHT, ""},      {" B ", LESSON_MARK_WRONG, ""},
      {"3", LESSON_MARK_UNREADABLE, ""}, {"0", LESSON_MARK_UNREADABLE, ""},
      {"c", LESSON_MARK_UNREADABLE, ""}, {NULL, LESSON_MARK_NOT_SURE, ""},
  };

  check (f, 1, "a", rows, G_N_ELEMENTS (rows));
}

/* Exercises --------------------------------------------------------------- */

static void
check_sheet (const LessonExerciseSheet *sheet)
{
  g_autofree char *why = NULL;

  g_assert_cmpuint (strlen (sheet->ask), >, 20);
  g_assert_cmpuint (sheet->mistakes->len, >=, 2);
  g_assert_cmpint (lesson_exercise_mark (sheet, sheet->key_text, &why), ==,
                   LESSON_MARK_RIGHT);
  g_assert_null (why);
  g_assert_cmpint (lesson_exercise_mark (sheet, NULL, &why), ==,
                   LESSON_MARK_NOT_SURE);
  g_assert_cmpint (lesson_exercise_mark (sheet, "?", &why), ==,
                   LESSON_MARK_UNREADABLE);

  for (guint i = 0; i < sheet->mistakes->len; i++) {
    const LessonExerciseMistake *mistake = sheet->mistakes->pdata[i];
    g_autofree char *answer
        = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", mistake->value);
    g_autofree char *text = NULL;
    g_assert_cmpint (lesson_exercise_mark (sheet, answer, &text), ==,
                     LESSON_MARK_WRONG);
    g_assert_cmpstr (text, ==, mistake->text);
  }
}

/* The machine under a sheet confirms the key by a query of its own. */
static void
test_exercises (void)
{
  for (guint k = 0; lesson_exercise_kinds ()[k] != NULL; k++) {
    g_autoptr (GHashTable) asked
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint64 seed = 0; seed < 60; seed++) {
      const char *kind = lesson_exercise_kinds ()[k];
      LessonExerciseSheet *a = lesson_exercise_new (kind, seed);
      LessonExerciseSheet *b = lesson_exercise_new (kind, seed);
      check_sheet (a);
      g_assert_cmpstr (a->ask, ==, b->ask);
      g_assert_cmpuint (a->key, ==, b->key);
      g_hash_table_add (asked, g_strdup (a->ask));
      lesson_exercise_free (a);
      lesson_exercise_free (b);
    }
    g_assert_cmpuint (g_hash_table_size (asked), ==, 60);
  }
  g_assert_null (lesson_exercise_new ("sums", 1));
}

/* The very numbers of one seed: the same on every machine, for ever. */
static void
test_exercise_numbers (void)
{
  LessonExerciseSheet *sheet = lesson_exercise_new ("translate-two-level", 2);

  g_assert_cmpstr (
      sheet->ask, ==,
      "CR3 names frame 0x1. Entry 930 of the page directory there holds "
      "0x2007, and entry 479 of the page table that it points to holds "
      "0x1b29007. Which physical address does a load from 0xe89df43f reach?");
  g_assert_cmpstr (sheet->key_text, ==, "0x1b2943f");

  g_autofree char *why = NULL;
  g_assert_cmpint (lesson_exercise_mark (sheet, "1B29446", &why), ==,
                   LESSON_MARK_WRONG);
  g_assert_true (g_str_has_prefix (why, "That adds the offset to the whole"));
  lesson_exercise_free (sheet);
}

#define ADD(path, data, function)                                              \
  g_test_add (path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("/question/predict", NULL, test_predict);
  ADD ("/question/decimal", "format=\"dec\"", test_decimal);
  ADD ("/question/usual-format", "", test_usual_format);
  ADD ("/question/choose", NULL, test_choose);
  g_test_add_func ("/exercise/all", test_exercises);
  g_test_add_func ("/exercise/numbers", test_exercise_numbers);
  return g_test_run ();
}
