/* Writes and reads result files. */
#include "result.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "csv.h"

#define MOST_BYTES (4 * 1024 * 1024)
#define MOST_ANSWERS 20000u
#define MOST_SECONDS 86400.0 /* of one answer */
#define HEAD "result"

/* Seeds -------------------------------------------------------------------- */

static guint64
seed_of (const char *a, const char *b, const char *c)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *const parts[] = {a, b, c};
  guint8 bytes[32];
  gsize length = sizeof bytes;
  guint64 seed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_checksum_update (sum, (const guint8 *) parts[i],
                         (gssize) strlen (parts[i]) + 1);
  g_checksum_get_digest (sum, bytes, &length);
  for (guint i = 0; i < 8; i++)
    seed = seed << 8 | bytes[i];
  return seed;
}

guint64
progress_student_seed (const char *student, const char *salt)
{
  return seed_of (student, salt != NULL ? salt : "", NULL);
}

guint64
progress_exercise_seed (guint64 student_seed, const char *lesson,
                        const char *exercise)
{
  g_autofree char *number
      = g_strdup_printf ("%" G_GUINT64_FORMAT, student_seed);

  return seed_of (number, lesson, exercise);
}

char *
progress_hash (const LessonDocument *document)
{
  g_autofree char *path
      = g_build_filename (document->folder, "lesson.xml", NULL);
  g_autofree char *data = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) data,
                                      length);
}

/* Writing ------------------------------------------------------------------ */

static void
set_text (GKeyFile *file, const char *group, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, group, key, text);
}

static void
add_answer (GKeyFile *file, guint number, const ProgressAnswer *answer)
{
  g_autofree char *group = g_strdup_printf ("answer %u", number);

  set_text (file, group, "lesson", answer->lesson);
  set_text (file, group, "hash", answer->hash);
  set_text (file, group, "question", answer->question);
  set_text (file, group, "exercise", answer->generator);
  if (answer->generator != NULL)
    g_key_file_set_uint64 (file, group, "seed", answer->seed);
  set_text (file, group, "answer", answer->answer);
  set_text (file, group, "mark", lesson_mark_name (answer->mark));
  g_key_file_set_integer (file, group, "right", (int) answer->right);
  g_key_file_set_integer (file, group, "total", (int) answer->total);
  set_text (file, group, "misconception", answer->misconception);
  g_key_file_set_double (file, group, "seconds", answer->seconds);
  g_key_file_set_int64 (file, group, "time", answer->time);
}

/* Keyed with the salt, over every group and key but the digest itself. */
static char *
digest_of (GKeyFile *file, const char *salt)
{
  const char *key = salt != NULL && *salt != '\0' ? salt : "pagewalk";
  g_autoptr (GHmac) sum
      = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (char **group = groups; *group != NULL; group++) {
    g_auto (GStrv) keys = g_key_file_get_keys (file, *group, NULL, NULL);
    g_hmac_update (sum, (const guchar *) *group, (gssize) strlen (*group) + 1);
    for (char **k = keys; k != NULL && *k != NULL; k++) {
      g_autofree char *value = g_key_file_get_value (file, *group, *k, NULL);
      if (strcmp (*group, HEAD) == 0 && strcmp (*k, "digest") == 0)
        continue;
      g_hmac_update (sum, (const guchar *) *k, (gssize) strlen (*k) + 1);
      g_hmac_update (sum, (const guchar *) value, (gssize) strlen (value) + 1);
    }
  }
  return g_strdup (g_hmac_get_string (sum));
}

char *
progress_result_text (const char *student, const char *salt,
                      const GPtrArray *answers)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *made = progress_time_text (g_get_real_time ());
  g_autofree char *digest = NULL;

  g_key_file_set_integer (file, HEAD, "version", 1);
  g_key_file_set_string (file, HEAD, "student", student);
  g_key_file_set_uint64 (file, HEAD, "seed",
                         progress_student_seed (student, salt));
  g_key_file_set_string (file, HEAD, "made", made);
  for (guint i = 0; i < answers->len; i++)
    add_answer (file, i + 1, answers->pdata[i]);
  digest = digest_of (file, salt);
  g_key_file_set_string (file, HEAD, "digest", digest);
  return g_key_file_to_data (file, NULL, NULL);
}

gboolean
progress_result_write (const char *path, const char *student, const char *salt,
                       const GPtrArray *answers, GError **error)
{
  g_autofree char *text = progress_result_text (student, salt, answers);

  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT
                                       | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/* Reading ------------------------------------------------------------------ */

static LessonMark
mark_named (const char *name)
{
  for (int mark = LESSON_MARK_RIGHT; mark <= LESSON_MARK_NOT_SURE; mark++)
    if (g_strcmp0 (lesson_mark_name ((LessonMark) mark), name) == 0)
      return (LessonMark) mark;
  return LESSON_MARK_UNREADABLE;
}

/* How long somebody took: no day is long enough for more. */
static double
read_seconds (GKeyFile *file, const char *group)
{
  double seconds = g_key_file_get_double (file, group, "seconds", NULL);

  return seconds >= 0 && seconds <= MOST_SECONDS ? seconds : 0;
}

static ProgressAnswer *
read_answer (GKeyFile *file, const char *group)
{
  ProgressAnswer *answer = g_new0 (ProgressAnswer, 1);
  g_autofree char *mark = g_key_file_get_string (file, group, "mark", NULL);

  answer->lesson = g_key_file_get_string (file, group, "lesson", NULL);
  answer->hash = g_key_file_get_string (file, group, "hash", NULL);
  answer->question = g_key_file_get_string (file, group, "question", NULL);
  answer->generator = g_key_file_get_string (file, group, "exercise", NULL);
  answer->seed = g_key_file_get_uint64 (file, group, "seed", NULL);
  answer->answer = g_key_file_get_string (file, group, "answer", NULL);
  answer->mark = mark_named (mark);
  answer->right
      = (guint) MAX (0, g_key_file_get_integer (file, group, "right", NULL));
  answer->total
      = (guint) MAX (0, g_key_file_get_integer (file, group, "total", NULL));
  answer->misconception
      = g_key_file_get_string (file, group, "misconception", NULL);
  answer->seconds = read_seconds (file, group);
  answer->time = g_key_file_get_int64 (file, group, "time", NULL);
  return answer;
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, what);
  return FALSE;
}

/* A regular file of a size that people hand in; never a device or a pipe. */
static gboolean
load (const char *path, char **data, gsize *length, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0 && !S_ISREG (info.st_mode))
    return refuse (error, _ ("It is not a file."));
  if (g_stat (path, &info) == 0 && info.st_size > MOST_BYTES)
    return refuse (error, _ ("It is larger than any result file (4 MiB)."));
  return g_file_get_contents (path, data, length, error);
}

static gboolean
read_head (GKeyFile *file, const char *salt, ProgressResult *result,
           GError **error)
{
  g_autofree char *digest = NULL, *kept = NULL;

  if (!g_key_file_has_group (file, HEAD))
    return refuse (error, _ ("It is not a result file of Pagewalk."));
  if (g_key_file_get_integer (file, HEAD, "version", NULL) != 1)
    return refuse (error, _ ("Another version of Pagewalk wrote it."));
  result->student = g_key_file_get_string (file, HEAD, "student", NULL);
  if (result->student == NULL)
    return refuse (error, _ ("It names no student."));
  result->seed = g_key_file_get_uint64 (file, HEAD, "seed", NULL);
  kept = g_key_file_get_string (file, HEAD, "digest", NULL);
  digest = digest_of (file, salt);
  result->sound = g_strcmp0 (kept, digest) == 0;
  return TRUE;
}

static gboolean
read_answers (GKeyFile *file, ProgressResult *result, GError **error)
{
  gsize count;
  g_auto (GStrv) groups = g_key_file_get_groups (file, &count);

  if (count > MOST_ANSWERS + 1)
    return refuse (error, _ ("It holds more than 20,000 answers."));
  for (char **group = groups; *group != NULL; group++) {
    if (strcmp (*group, HEAD) == 0)
      continue;
    ProgressAnswer *answer = read_answer (file, *group);
    g_ptr_array_add (result->answers, answer);
    if (answer->lesson == NULL || answer->question == NULL)
      return refuse (error, _ ("An answer names no lesson or no question."));
  }
  return TRUE;
}

ProgressResult *
progress_result_read (const char *path, const char *salt, GError **error)
{
  g_autofree char *data = NULL;
  gsize length;

  return load (path, &data, &length, error)
             ? progress_result_parse (data, length, salt, error)
             : NULL;
}

ProgressResult *
progress_result_parse (const char *data, gsize length, const char *salt,
                       GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (ProgressResult) result = g_new0 (ProgressResult, 1);

  result->answers = g_ptr_array_new_with_free_func (progress_answer_free);
  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, error)
      || !read_head (file, salt, result, error)
      || !read_answers (file, result, error))
    return NULL;
  return g_steal_pointer (&result);
}

void
progress_result_free (ProgressResult *result)
{
  if (result == NULL)
    return;
  g_free (result->student);
  g_clear_pointer (&result->answers, g_ptr_array_unref);
  g_free (result);
}
