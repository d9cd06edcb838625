/* Result files: written, read, altered, copied, and marked again. */
#include <glib/gstdio.h>
#include <string.h>

#include "exercise.h"
#include "grade.h"

#define LESSON "two-level-walk"

typedef struct {
  char *folder;
  LessonProblems *problems;
  LessonCatalog *catalog;
  LessonDocument *document;
  LessonPlay *play;
  char *hash;
  GPtrArray *answers; /* of ProgressAnswer */
} Class;

static void
set_up (Class *class, gconstpointer data)
{
  const LessonEntry *entry;

  class->folder = g_dir_make_tmp ("results-XXXXXX", NULL);
  class->problems = lesson_problems_new ();
  class->catalog = lesson_catalog_load (NULL, class->problems);
  entry = lesson_catalog_find (class->catalog, LESSON);
  class->document = lesson_document_load (entry->path, class->problems);
  class->play = lesson_play_new (class->document, class->problems);
  class->hash = progress_hash (class->document);
  class->answers = g_ptr_array_new_with_free_func (progress_answer_free);
  g_assert_nonnull (class->play);
  g_assert_cmpuint (strlen (class->hash), ==, 64);
}

static void
tear_down (Class *class, gconstpointer data)
{
  g_autofree char *remove = g_strdup_printf ("rm -r '%s'", class->folder);

  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  g_ptr_array_unref (class->answers);
  lesson_play_free (class->play);
  lesson_document_free (class->document);
  lesson_catalog_free (class->catalog);
  lesson_problems_free (class->problems);
  g_free (class->hash);
  g_free (class->folder);
}

static void
add (Class *class, const char *question, const char *answer, LessonMark mark)
{
  ProgressAnswer *given = g_new0 (ProgressAnswer, 1);

  given->lesson = g_strdup (LESSON);
  given->hash = g_strdup (class->hash);
  given->question = g_strdup (question);
  given->answer = g_strdup (answer);
  given->mark = mark;
  given->total = 1;
  given->seconds = 10;
  given->time = G_GINT64_CONSTANT (1789000000000000) + class->answers->len;
  g_ptr_array_add (class->answers, given);
}

/* The key of each question of the lesson, as its student would give it. */
static void
answer_all (Class *class)
{
  for (guint i = 0; i < class->play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (class->play->questions, LessonQuestionPlace, i);
    LessonVerdict verdict = lesson_question_mark (class->play, place, NULL);
    add (class, place->question->id, verdict.key, LESSON_MARK_RIGHT);
    lesson_verdict_clear (&verdict);
  }
}

/* One of the lesson's exercises, answered rightly with numbers of its own. */
static void
answer_exercise (Class *class, guint64 seed)
{
  for (guint i = 0; i < class->document->sections->len; i++) {
    const LessonSection *section = class->document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->kind != LESSON_BLOCK_EXERCISE)
        continue;
      guint64 first
          = progress_exercise_seed (seed, LESSON, block->exercise->id);
      g_autoptr (LessonExerciseSheet) sheet = lesson_exercise_new (
          block->exercise->kind, block->exercise->level, first + 1);
      LessonVerdict verdict = lesson_exercise_mark (sheet, NULL);
      add (class, block->exercise->id, verdict.key, LESSON_MARK_RIGHT);
      lesson_verdict_clear (&verdict);
      ProgressAnswer *last = class->answers->pdata[class->answers->len - 1];
      last->generator = g_strdup (block->exercise->kind);
      last->seed = first + 1;
      return;
    }
  }
}

static char *
write_result (const Class *class, const char *name, const char *student,
              const char *salt)
{
  char *path = g_build_filename (class->folder, name, NULL);

  g_assert_true (
      progress_result_write (path, student, salt, class->answers, NULL));
  return path;
}

static ProgressGrade *
grade (ProgressGrader *grader, const char *path)
{
  g_autoptr (GError) error = NULL;
  ProgressGrade *result = progress_grader_mark (grader, path, &error);

  g_assert_no_error (error);
  return result;
}

static void
assert_flag (const ProgressGrade *result, const char *says)
{
  for (guint i = 0; i < result->flags->len; i++)
    if (strstr (result->flags->pdata[i], says) != NULL)
      return;
  g_error ("no flag says “%s”", says);
}

static void
test_honest (Class *class, gconstpointer data)
{
  answer_all (class);
  answer_exercise (class, progress_student_seed ("42", "salt"));
  guint count = class->answers->len;
  add (class, "which-directory-entry", "69", LESSON_MARK_WRONG);
  g_autofree char *path = write_result (class, "a", "42", "salt");
  g_autoptr (ProgressGrader) grader
      = progress_grader_new (class->catalog, "salt");
  g_autoptr (ProgressGrade) result = grade (grader, path);

  for (guint i = 0; i < result->flags->len; i++)
    g_test_message ("%s", (char *) result->flags->pdata[i]);
  g_assert_cmpuint (result->flags->len, ==, 0);
  g_assert_cmpstr (result->student, ==, "42");
  g_assert_cmpuint (result->answers, ==, count + 1);
  g_assert_cmpuint (result->questions, ==, count);
  g_assert_cmpuint (result->right, ==, count);
  g_assert_cmpuint (result->first, ==, count);
}

static void
test_lies (Class *class, gconstpointer data)
{
  add (class, "which-directory-entry", "69", LESSON_MARK_RIGHT);
  add (class, "no-such-question", "1", LESSON_MARK_RIGHT);
  g_autofree char *path = write_result (class, "a", "42", NULL);
  g_autoptr (ProgressGrader) grader
      = progress_grader_new (class->catalog, NULL);
  g_autoptr (ProgressGrade) result = grade (grader, path);

  assert_flag (result, "does not give");
  assert_flag (result, "no-such-question");
  g_assert_cmpuint (result->right, ==, 0);
  g_assert_cmpuint (result->questions, ==, 1);
}

/* Every byte of the file counts: one digit of an answer, one of a time. */
static void
test_altered (Class *class, gconstpointer data)
{
  g_autofree char *text = NULL;

  add (class, "which-directory-entry", "69", LESSON_MARK_WRONG);
  g_autofree char *path = write_result (class, "a", "42", "salt");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  char *answer = strstr (text, "answer=69");
  answer[8] = '8';
  char *mark = strstr (text, "mark=wrong");
  memcpy (mark, "mark=right", 10);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  g_autoptr (ProgressGrader) grader
      = progress_grader_new (class->catalog, "salt");
  g_autoptr (ProgressGrade) result = grade (grader, path);
  assert_flag (result, "altered");
  g_assert_cmpuint (result->right, ==, 1);
}

/* The same answers under another name: made with the salt, or without. */
static void
test_copied (Class *class, gconstpointer data)
{
  answer_all (class);
  answer_exercise (class, progress_student_seed ("42", "salt"));
  g_autofree char *one = write_result (class, "a", "42", "salt");
  g_autofree char *two = write_result (class, "b", "43", "salt");
  g_autofree char *three = write_result (class, "c", "44", "guess");
  g_autoptr (ProgressGrader) grader
      = progress_grader_new (class->catalog, "salt");

  g_autoptr (ProgressGrade) honest = grade (grader, one);
  g_autoptr (ProgressGrade) copy = grade (grader, two);
  g_autoptr (ProgressGrade) guess = grade (grader, three);
  g_assert_cmpuint (honest->flags->len, ==, 0);
  assert_flag (copy, "same answers at the same times");
  assert_flag (copy, "not this student's");
  assert_flag (guess, "altered, or made with another salt");
  assert_flag (guess, "seed is not this student's");
}

static void
test_hardest (Class *class, gconstpointer data)
{
  g_autoptr (ProgressGrader) grader
      = progress_grader_new (class->catalog, NULL);

  for (guint student = 0; student < 4; student++) {
    g_autofree char *name = g_strdup_printf ("%u", student);
    g_ptr_array_set_size (class->answers, 0);
    add (class, "which-directory-entry", student < 3 ? "68" : "69",
         student < 3 ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);
    add (class, "which-physical-address", student < 1 ? "0x44332344" : "1",
         student < 1 ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);
    g_autofree char *path = write_result (class, name, name, NULL);
    progress_grade_free (grade (grader, path));
  }
  g_autoptr (GPtrArray) hardest = progress_grader_hardest (grader);
  const ProgressDifficulty *first = hardest->pdata[0];
  const ProgressDifficulty *second = hardest->pdata[1];
  g_assert_cmpuint (hardest->len, ==, 2);
  g_assert_cmpstr (first->question, ==, "which-physical-address");
  g_assert_cmpuint (first->first, ==, 1);
  g_assert_cmpuint (first->students, ==, 4);
  g_assert_cmpuint (second->first, ==, 3);
}

static void
refuse (Class *class, const char *text, gssize length, const char *says)
{
  g_autofree char *path = g_build_filename (class->folder, "x", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  g_assert_null (progress_result_read (path, NULL, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_strangers (Class *class, gconstpointer data)
{
  g_autofree char *large = g_strnfill (5 * 1024 * 1024, 'x');
  g_autoptr (GError) error = NULL;

  refuse (class, "", 0, "not a result file");
  refuse (class, "[something]\nelse=1\n", -1, "not a result file");
  refuse (class, "[result]\nversion=2\nstudent=1\n", -1, "Another version");
  refuse (class, "[result]\nversion=1\n", -1, "names no student");
  refuse (class, "[result]\nversion=1\nstudent=1\n[answer 1]\nlesson=a\n", -1,
          "names no lesson or no question");
  refuse (class, "\x00\x01\xff\xfe[result]", 12, "");
  refuse (class, large, -1, "larger");
  g_assert_null (progress_result_read (class->folder, NULL, &error));
  g_clear_error (&error);
  g_assert_null (progress_result_read ("/dev/zero", NULL, &error));
  g_assert_nonnull (strstr (error->message, "not a file"));
}

/* Times that nobody can have taken count as none. */
static void
test_seconds (void)
{
  static const char *const odd[] = {"nan", "inf", "-inf", "-1", "1e300", "x"};

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    g_autofree char *text
        = g_strdup_printf ("[result]\nversion=1\nstudent=1\n[answer 1]\n"
                           "lesson=a\nquestion=b\nseconds=%s\n",
                           odd[i]);
    g_autoptr (ProgressResult) result
        = progress_result_parse (text, strlen (text), NULL, NULL);
    const ProgressAnswer *answer = result->answers->pdata[0];

    g_assert_true (answer->seconds == 0);
  }
}

/* Answers with every sort of letters come back as they were. */
static void
test_letters (Class *class, gconstpointer data)
{
  const char *odd = " [x]\n=; #\t\"\\s 页 \x01 ";

  add (class, "which-directory-entry", odd, LESSON_MARK_WRONG);
  g_autofree char *path = write_result (class, "a", "学生 [1]", "盐");
  g_autoptr (ProgressResult) result = progress_result_read (path, "盐", NULL);
  g_assert_true (result->sound);
  g_assert_cmpstr (result->student, ==, "学生 [1]");
  g_assert_cmpstr (((ProgressAnswer *) result->answers->pdata[0])->answer, ==,
                   odd);
  g_assert_cmpuint (result->seed, ==, progress_student_seed ("学生 [1]", "盐"));
  g_assert_cmpuint (progress_student_seed ("a", "b"), !=,
                    progress_student_seed ("ab", ""));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Class *, gconstpointer);
  } tests[] = {
      {"/result/honest", test_honest},   {"/result/lies", test_lies},
      {"/result/altered", test_altered}, {"/result/copied", test_copied},
      {"/result/hardest", test_hardest}, {"/result/strangers", test_strangers},
      {"/result/letters", test_letters},
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Class, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/result/seconds", test_seconds);
  return g_test_run ();
}
