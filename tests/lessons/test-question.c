/* Tests how answers are marked, however they are spelled. */
#include "question.h"
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
  return g_test_run ();
}
