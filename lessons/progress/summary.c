/* What a reader has done: looked up again. */
#include "store.h"

#include "database.h"
#include "private.h"

/* One row a lesson, with what its answers add up to. A question counts as
 * right if it was answered rightly at some time. */
static const char lessons_sql[]
    = "SELECT l.id, l.step, l.steps, l.questions, l.seen, l.seconds, l.opened,"
      " l.last,"
      " (SELECT count (DISTINCT question) FROM answer"
      "  WHERE lesson = l.id AND generator IS NULL),"
      " (SELECT count (DISTINCT question) FROM answer"
      "  WHERE lesson = l.id AND generator IS NULL AND mark = 'right'),"
      " (SELECT count (*) FROM answer WHERE lesson = l.id)"
      " FROM lesson AS l WHERE ?1 IS NULL OR l.id = ?1"
      " ORDER BY l.last DESC, l.id";

static const char answers_sql[]
    = "SELECT lesson, hash, question, generator, seed, answer, mark, right,"
      " total, misconception, seconds, time FROM answer"
      " WHERE ?1 IS NULL OR lesson = ?1 ORDER BY number";

static const char latest_sql[]
    = "SELECT lesson, hash, question, generator, seed, answer, mark, right,"
      " total, misconception, seconds, time FROM answer"
      " WHERE lesson = ?1 AND question = ?2 ORDER BY number DESC LIMIT 1";

static char *
text (sqlite3_stmt *row, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (row, column));
}

static guint
number (sqlite3_stmt *row, int column)
{
  return (guint) CLAMP (sqlite3_column_int64 (row, column), 0, G_MAXINT);
}

static guint
count_bits (const guint8 *bytes, int length)
{
  guint bits = 0;

  for (int i = 0; i < length; i++)
    bits += (guint) __builtin_popcount (bytes[i]);
  return bits;
}

static gboolean
has_bit (const guint8 *bytes, int length, guint bit)
{
  return (int) (bit / 8) < length && (bytes[bit / 8] >> bit % 8 & 1) != 0;
}

static void
read_lesson (sqlite3_stmt *row, ProgressLesson *lesson)
{
  const guint8 *seen = sqlite3_column_blob (row, 4);
  int length = sqlite3_column_bytes (row, 4);

  *lesson = (ProgressLesson){
      .lesson = text (row, 0),
      .step = number (row, 1),
      .steps = number (row, 2),
      .asked = number (row, 3),
      .seen = count_bits (seen, length),
      .ended = has_bit (seen, length, number (row, 2)),
      .seconds = sqlite3_column_double (row, 5),
      .opened = sqlite3_column_int64 (row, 6),
      .last = sqlite3_column_int64 (row, 7),
      .answered = number (row, 8),
      .right = number (row, 9),
      .attempts = number (row, 10),
  };
}

static LessonMark
mark_named (const char *name)
{
  for (int mark = LESSON_MARK_RIGHT; mark <= LESSON_MARK_NOT_SURE; mark++)
    if (g_strcmp0 (lesson_mark_name ((LessonMark) mark), name) == 0)
      return (LessonMark) mark;
  return LESSON_MARK_UNREADABLE;
}

static ProgressAnswer *
read_answer (sqlite3_stmt *row)
{
  ProgressAnswer *answer = g_new0 (ProgressAnswer, 1);

  answer->lesson = text (row, 0);
  answer->hash = text (row, 1);
  answer->question = text (row, 2);
  answer->generator = text (row, 3);
  answer->seed = (guint64) sqlite3_column_int64 (row, 4);
  answer->answer = text (row, 5);
  answer->mark = mark_named ((const char *) sqlite3_column_text (row, 6));
  answer->right = number (row, 7);
  answer->total = number (row, 8);
  answer->misconception = text (row, 9);
  answer->seconds = sqlite3_column_double (row, 10);
  answer->time = sqlite3_column_int64 (row, 11);
  return answer;
}

gboolean
progress_store_lesson (ProgressStore *store, const char *lesson,
                       ProgressLesson *progress)
{
  sqlite3_stmt *ask
      = progress_database_ask (store->database, NULL, lessons_sql, "s", lesson);
  gboolean found = ask != NULL && sqlite3_step (ask) == SQLITE_ROW;

  *progress = (ProgressLesson){0};
  if (found)
    read_lesson (ask, progress);
  sqlite3_finalize (ask);
  return found;
}

static void
free_lesson (gpointer data)
{
  progress_lesson_clear (data);
  g_free (data);
}

GPtrArray *
progress_store_lessons (ProgressStore *store)
{
  GPtrArray *lessons = g_ptr_array_new_with_free_func (free_lesson);
  sqlite3_stmt *ask
      = progress_database_ask (store->database, NULL, lessons_sql, "s", NULL);

  while (ask != NULL && sqlite3_step (ask) == SQLITE_ROW) {
    ProgressLesson *lesson = g_new (ProgressLesson, 1);
    read_lesson (ask, lesson);
    g_ptr_array_add (lessons, lesson);
  }
  sqlite3_finalize (ask);
  return lessons;
}

GPtrArray *
progress_store_answers (ProgressStore *store, const char *lesson)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func (progress_answer_free);
  sqlite3_stmt *ask
      = progress_database_ask (store->database, NULL, answers_sql, "s", lesson);

  while (ask != NULL && sqlite3_step (ask) == SQLITE_ROW)
    g_ptr_array_add (answers, read_answer (ask));
  sqlite3_finalize (ask);
  return answers;
}

ProgressAnswer *
progress_store_latest (ProgressStore *store, const char *lesson,
                       const char *question)
{
  ProgressAnswer *answer = NULL;
  sqlite3_stmt *ask = progress_database_ask (store->database, NULL, latest_sql,
                                             "ss", lesson, question);

  if (ask != NULL && sqlite3_step (ask) == SQLITE_ROW)
    answer = read_answer (ask);
  sqlite3_finalize (ask);
  return answer;
}

void
progress_lesson_clear (ProgressLesson *progress)
{
  g_clear_pointer (&progress->lesson, g_free);
}

void
progress_answer_free (gpointer data)
{
  ProgressAnswer *answer = data;

  if (answer == NULL)
    return;
  g_free ((char *) answer->lesson);
  g_free ((char *) answer->hash);
  g_free ((char *) answer->question);
  g_free ((char *) answer->generator);
  g_free ((char *) answer->answer);
  g_free ((char *) answer->misconception);
  g_free (answer);
}
