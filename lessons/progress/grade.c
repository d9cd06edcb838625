/* Marks result files again. */
#include "grade.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "csv.h"
#include "exercise.h"

/* A lesson of the catalog, loaded once for all files. */
typedef struct {
  LessonDocument *document;
  LessonPlay *play;
  char *hash;
} Kept;

struct _ProgressGrader {
  const LessonCatalog *catalog;
  char *salt;
  GHashTable *lessons; /* id to Kept; NULL value: it cannot be loaded */
  GHashTable *tallies; /* "lesson/question" to ProgressDifficulty */
  GHashTable *seen;    /* digest of the answers to the first file with them */
};

/* How one student fared with one question. */
typedef struct {
  gboolean tried, first, right;
} Tally;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  if (kept == NULL)
    return;
  lesson_play_free (kept->play);
  lesson_document_free (kept->document);
  g_free (kept->hash);
  g_free (kept);
}

static void
difficulty_free (gpointer data)
{
  ProgressDifficulty *difficulty = data;

  g_free (difficulty->lesson);
  g_free (difficulty->question);
  g_free (difficulty);
}

/* Lessons ------------------------------------------------------------------ */

static Kept *
load_lesson (const LessonCatalog *catalog, const char *id)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  const LessonEntry *entry = lesson_catalog_find (catalog, id);
  Kept *kept;

  if (entry == NULL || entry->path == NULL)
    return NULL;
  kept = g_new0 (Kept, 1);
  kept->document = lesson_document_load (entry->path, problems);
  if (kept->document != NULL)
    kept->play = lesson_play_new (kept->document, problems);
  if (kept->play == NULL) {
    kept_free (kept);
    return NULL;
  }
  kept->hash = progress_hash (kept->document);
  return kept;
}

static Kept *
lesson_of (ProgressGrader *grader, const char *id)
{
  gpointer kept;

  if (g_hash_table_lookup_extended (grader->lessons, id, NULL, &kept))
    return kept;
  kept = load_lesson (grader->catalog, id);
  g_hash_table_insert (grader->lessons, g_strdup (id), kept);
  return kept;
}

/* Flags -------------------------------------------------------------------- */

static void
flag (ProgressGrade *grade, char *text)
{
  for (guint i = 0; i < grade->flags->len; i++)
    if (strcmp (grade->flags->pdata[i], text) == 0) {
      g_free (text);
      return;
    }
  g_ptr_array_add (grade->flags, text);
}

/* Answers of one file found again in another: the times are equal, too. */
static void
flag_copy (ProgressGrader *grader, ProgressGrade *grade,
           const ProgressResult *result)
{
  g_autofree char *csv = progress_csv (result->answers);
  g_autofree char *sum
      = g_compute_checksum_for_string (G_CHECKSUM_SHA256, csv, -1);
  const char *other = g_hash_table_lookup (grader->seen, sum);

  if (result->answers->len == 0)
    return;
  if (other != NULL)
    /* Translators: the name of a file. */
    flag (grade, g_strdup_printf (_ ("the same answers at the same times as "
                                     "in %s"),
                                  other));
  else
    g_hash_table_insert (grader->seen, g_steal_pointer (&sum),
                         g_strdup (grade->file));
}

static void
flag_head (const ProgressGrader *grader, ProgressGrade *grade,
           const ProgressResult *result)
{
  if (!result->sound)
    flag (grade, g_strdup (_ ("altered, or made with another salt")));
  if (result->seed != progress_student_seed (result->student, grader->salt))
    flag (grade, g_strdup (_ ("the seed is not this student's")));
}

/* Marking ------------------------------------------------------------------ */

/* The exercise element that an answer speaks of, or NULL. */
static const LessonExercise *
find_exercise (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->kind == LESSON_BLOCK_EXERCISE
          && strcmp (block->exercise->id, id) == 0)
        return block->exercise;
    }
  }
  return NULL;
}

static LessonMark
mark_exercise (const ProgressAnswer *answer, const Kept *kept,
               const ProgressResult *result, ProgressGrade *grade)
{
  const LessonExercise *exercise
      = find_exercise (kept->document, answer->question);
  guint64 first
      = progress_exercise_seed (result->seed, answer->lesson, answer->question);
  LessonVerdict verdict;
  LessonMark mark;

  if (exercise == NULL || strcmp (exercise->kind, answer->generator) != 0) {
    flag (grade, g_strdup_printf (_ ("%s has no exercise “%s”"), answer->lesson,
                                  answer->question));
    return LESSON_MARK_UNREADABLE;
  }
  if (answer->seed - first >= PROGRESS_MOST_SETS)
    flag (grade, g_strdup (_ ("numbers of an exercise that are not this "
                              "student's")));
  g_autoptr (LessonExerciseSheet) sheet
      = lesson_exercise_new (answer->generator, exercise->level, answer->seed);
  if (sheet == NULL)
    return LESSON_MARK_UNREADABLE;
  verdict = lesson_exercise_mark (sheet, answer->answer);
  mark = verdict.mark;
  lesson_verdict_clear (&verdict);
  return mark;
}

static LessonMark
mark_question (const ProgressAnswer *answer, const Kept *kept,
               ProgressGrade *grade)
{
  const LessonQuestionPlace *place
      = lesson_play_question (kept->play, answer->question);
  LessonVerdict verdict;
  LessonMark mark;

  if (place == NULL) {
    flag (grade, g_strdup_printf (_ ("%s has no question “%s”"), answer->lesson,
                                  answer->question));
    return LESSON_MARK_UNREADABLE;
  }
  verdict = lesson_question_mark (kept->play, place, answer->answer);
  mark = verdict.mark;
  lesson_verdict_clear (&verdict);
  return mark;
}

static LessonMark
mark_again (ProgressGrader *grader, const ProgressAnswer *answer,
            const ProgressResult *result, ProgressGrade *grade)
{
  const Kept *kept = lesson_of (grader, answer->lesson);
  gboolean same;
  LessonMark mark;

  if (kept == NULL) {
    flag (grade,
          g_strdup_printf (_ ("there is no lesson “%s” here"), answer->lesson));
    return LESSON_MARK_UNREADABLE;
  }
  same = g_strcmp0 (kept->hash, answer->hash) == 0;
  if (!same)
    flag (grade,
          g_strdup_printf (_ ("%s is another version here"), answer->lesson));
  mark = answer->generator != NULL ? mark_exercise (answer, kept, result, grade)
                                   : mark_question (answer, kept, grade);
  if (mark != answer->mark && same)
    flag (grade, g_strdup (_ ("a mark that the simulation does not give")));
  return mark;
}

/* Tallies ------------------------------------------------------------------ */

static void
tally (GHashTable *tallies, const ProgressAnswer *answer, LessonMark mark)
{
  g_autofree char *key
      = g_strdup_printf ("%s/%s", answer->lesson, answer->question);
  Tally *own = g_hash_table_lookup (tallies, key);

  if (mark == LESSON_MARK_UNREADABLE)
    return;
  if (own == NULL) {
    own = g_new0 (Tally, 1);
    g_hash_table_insert (tallies, g_steal_pointer (&key), own);
  }
  if (!own->tried)
    own->first = mark == LESSON_MARK_RIGHT;
  own->tried = TRUE;
  own->right = own->right || mark == LESSON_MARK_RIGHT;
}

static ProgressDifficulty *
difficulty_of (ProgressGrader *grader, const char *key)
{
  ProgressDifficulty *difficulty = g_hash_table_lookup (grader->tallies, key);
  const char *slash = strchr (key, '/');

  if (difficulty != NULL)
    return difficulty;
  difficulty = g_new0 (ProgressDifficulty, 1);
  difficulty->lesson = g_strndup (key, (gsize) (slash - key));
  difficulty->question = g_strdup (slash + 1);
  g_hash_table_insert (grader->tallies, g_strdup (key), difficulty);
  return difficulty;
}

static void
add_up (ProgressGrader *grader, GHashTable *tallies, ProgressGrade *grade)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, tallies);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    const Tally *own = value;
    ProgressDifficulty *difficulty = difficulty_of (grader, key);
    grade->questions++;
    grade->right += own->right;
    grade->first += own->first;
    difficulty->students++;
    difficulty->right += own->right;
    difficulty->first += own->first;
  }
}

/* Public ------------------------------------------------------------------- */

ProgressGrader *
progress_grader_new (const LessonCatalog *catalog, const char *salt)
{
  ProgressGrader *grader = g_new0 (ProgressGrader, 1);

  grader->catalog = catalog;
  grader->salt = g_strdup (salt);
  grader->lessons
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
  grader->tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           difficulty_free);
  grader->seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return grader;
}

void
progress_grader_free (ProgressGrader *grader)
{
  if (grader == NULL)
    return;
  g_hash_table_unref (grader->lessons);
  g_hash_table_unref (grader->tallies);
  g_hash_table_unref (grader->seen);
  g_free (grader->salt);
  g_free (grader);
}

ProgressGrade *
progress_grader_mark (ProgressGrader *grader, const char *path, GError **error)
{
  g_autoptr (ProgressResult) result
      = progress_result_read (path, grader->salt, error);
  g_autoptr (GHashTable) tallies
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ProgressGrade *grade;

  if (result == NULL)
    return NULL;
  grade = g_new0 (ProgressGrade, 1);
  grade->file = g_strdup (path);
  grade->student = g_strdup (result->student);
  grade->answers = result->answers->len;
  grade->flags = g_ptr_array_new_with_free_func (g_free);
  flag_head (grader, grade, result);
  flag_copy (grader, grade, result);
  for (guint i = 0; i < result->answers->len; i++) {
    const ProgressAnswer *answer = result->answers->pdata[i];
    tally (tallies, answer, mark_again (grader, answer, result, grade));
    grade->seconds += answer->seconds;
  }
  add_up (grader, tallies, grade);
  return grade;
}

void
progress_grade_free (ProgressGrade *grade)
{
  if (grade == NULL)
    return;
  g_free (grade->file);
  g_free (grade->student);
  g_ptr_array_unref (grade->flags);
  g_free (grade);
}

/* By the share that was right at first, then by name, for a steady order. */
static int
compare_difficulty (gconstpointer a, gconstpointer b)
{
  const ProgressDifficulty *x = *(ProgressDifficulty *const *) a;
  const ProgressDifficulty *y = *(ProgressDifficulty *const *) b;
  guint64 left = (guint64) x->first * y->students;
  guint64 right = (guint64) y->first * x->students;
  int by_lesson = strcmp (x->lesson, y->lesson);

  if (left != right)
    return left < right ? -1 : 1;
  return by_lesson != 0 ? by_lesson : strcmp (x->question, y->question);
}

GPtrArray *
progress_grader_hardest (const ProgressGrader *grader)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (difficulty_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, grader->tallies);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const ProgressDifficulty *difficulty = value;
    ProgressDifficulty *copy = g_memdup2 (difficulty, sizeof *difficulty);
    copy->lesson = g_strdup (difficulty->lesson);
    copy->question = g_strdup (difficulty->question);
    g_ptr_array_add (list, copy);
  }
  g_ptr_array_sort (list, compare_difficulty);
  return list;
}
