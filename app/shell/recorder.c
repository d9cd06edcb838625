/* Writes down what the reader does in a lesson. */

#include "recorder.h"

/* Seconds between two writings; time alone is worth one less often. */
#define EVERY 5
#define EVERY_TIME 30

struct _PwRecorder {
  ProgressStore *store;
  char *notice; /* not told yet */
  PwRecorderTell tell;
  gpointer data;
  char *told; /* the last complaint, until something could be written */

  char *lesson, *hash;
  guint steps, questions;
  guint step;      /* where the reader is */
  GArray *seen;    /* of guint: steps that are not written yet, each once */
  double seconds;  /* spent, and not written yet */
  double thinking; /* spent since the step was come to, or the last answer */
  gint64 since;    /* monotonic time from which on it counts; 0: it does not */
  gboolean active;
  guint timer;
};

static void
say (PwRecorder *recorder, const char *message)
{
  if (recorder->tell != NULL)
    recorder->tell (message, recorder->data);
}

/* A full disk would otherwise be told every few seconds. */
static void
complain (PwRecorder *recorder, const char *message)
{
  if (g_strcmp0 (recorder->told, message) == 0)
    return;
  g_free (recorder->told);
  recorder->told = g_strdup (message);
  say (recorder, message);
}

static void
count_time (PwRecorder *recorder)
{
  gint64 now = g_get_monotonic_time ();

  if (recorder->since != 0) {
    double seconds = (double) (now - recorder->since) / G_USEC_PER_SEC;

    recorder->seconds += seconds;
    recorder->thinking += seconds;
  }
  recorder->since = recorder->active && recorder->lesson != NULL ? now : 0;
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

static gboolean
write_range (PwRecorder *recorder, guint first, guint last, double seconds,
             GError **error)
{
  return progress_store_see (recorder->store, recorder->lesson, first, last,
                             recorder->steps, recorder->questions, seconds,
                             error);
}

/* The steps in order, neighbours at one go; the last writing says where the
 * reader is, and carries the time. */
static gboolean
write_steps (PwRecorder *recorder, GError **error)
{
  const GArray *seen = recorder->seen;

  g_array_sort (recorder->seen, compare_steps);
  for (guint i = 0, first = 0; i < seen->len; i++) {
    guint step = g_array_index (seen, guint, i);
    gboolean more = i + 1 < seen->len
                    && g_array_index (seen, guint, i + 1) <= step + 1;

    if (more)
      continue;
    if (!write_range (recorder, g_array_index (seen, guint, first), step, 0,
                      error))
      return FALSE;
    first = i + 1;
  }
  return write_range (recorder, recorder->step, recorder->step,
                      recorder->seconds, error);
}

static gboolean
on_timer (gpointer data)
{
  PwRecorder *recorder = data;

  count_time (recorder);
  if (recorder->seen->len > 0 || recorder->seconds >= EVERY_TIME)
    pw_recorder_flush (recorder);
  if (recorder->active)
    return G_SOURCE_CONTINUE;
  recorder->timer = 0;
  return G_SOURCE_REMOVE;
}

/* Nobody is woken while nobody reads. */
static void
run_timer (PwRecorder *recorder)
{
  if (recorder->timer == 0 && recorder->lesson != NULL)
    recorder->timer = g_timeout_add_seconds (EVERY, on_timer, recorder);
}

PwRecorder *
pw_recorder_new (const char *path)
{
  PwRecorder *recorder = g_new0 (PwRecorder, 1);

  recorder->store = progress_store_open (path, &recorder->notice);
  recorder->seen = g_array_new (FALSE, FALSE, sizeof (guint));
  return recorder;
}

void
pw_recorder_free (PwRecorder *recorder)
{
  if (recorder == NULL)
    return;
  pw_recorder_end (recorder);
  progress_store_free (recorder->store);
  g_array_unref (recorder->seen);
  g_free (recorder->notice);
  g_free (recorder->told);
  g_free (recorder);
}

void
pw_recorder_set_tell (PwRecorder *recorder, PwRecorderTell tell, gpointer data)
{
  recorder->tell = tell;
  recorder->data = data;
  if (tell == NULL || recorder->notice == NULL)
    return;
  say (recorder, recorder->notice);
  g_clear_pointer (&recorder->notice, g_free);
}

ProgressStore *
pw_recorder_get_store (PwRecorder *recorder)
{
  return recorder->store;
}

void
pw_recorder_begin (PwRecorder *recorder, const char *lesson, const char *hash,
                   guint steps, guint questions)
{
  pw_recorder_end (recorder);
  recorder->lesson = g_strdup (lesson);
  recorder->hash = g_strdup (hash);
  recorder->steps = steps;
  recorder->questions = questions;
  recorder->step = 0;
  recorder->seconds = recorder->thinking = 0;
  count_time (recorder);
  run_timer (recorder);
}

void
pw_recorder_end (PwRecorder *recorder)
{
  if (recorder->lesson == NULL)
    return;
  pw_recorder_flush (recorder);
  g_clear_pointer (&recorder->lesson, g_free);
  g_clear_pointer (&recorder->hash, g_free);
  g_array_set_size (recorder->seen, 0);
  g_clear_handle_id (&recorder->timer, g_source_remove);
  recorder->since = 0;
}

static void
see (PwRecorder *recorder, guint step)
{
  for (guint i = 0; i < recorder->seen->len; i++)
    if (g_array_index (recorder->seen, guint, i) == step)
      return;
  g_array_append_val (recorder->seen, step);
  run_timer (recorder);
}

void
pw_recorder_step (PwRecorder *recorder, guint first, guint step)
{
  if (recorder->lesson == NULL)
    return;
  count_time (recorder);
  recorder->step = step;
  recorder->thinking = 0;
  for (guint i = first; i <= step; i++)
    see (recorder, i);
}

void
pw_recorder_set_active (PwRecorder *recorder, gboolean active)
{
  if (recorder->active == active)
    return;
  /* What was spent until now counts as before. */
  count_time (recorder);
  recorder->active = active;
  recorder->since = active && recorder->lesson != NULL ? g_get_monotonic_time ()
                                                       : 0;
  if (active)
    run_timer (recorder);
}

gboolean
pw_recorder_answer (PwRecorder *recorder, const ProgressAnswer *answer)
{
  ProgressAnswer whole = *answer;
  g_autoptr (GError) error = NULL;

  if (recorder->lesson == NULL)
    return FALSE;
  count_time (recorder);
  whole.lesson = recorder->lesson;
  whole.hash = recorder->hash;
  whole.seconds = recorder->thinking;
  recorder->thinking = 0;
  if (!progress_store_answer (recorder->store, &whole, &error)) {
    say (recorder, error->message);
    return FALSE;
  }
  g_clear_pointer (&recorder->told, g_free);
  return TRUE;
}

gboolean
pw_recorder_flush (PwRecorder *recorder)
{
  g_autoptr (GError) error = NULL;

  if (recorder->lesson == NULL)
    return TRUE;
  count_time (recorder);
  if (recorder->seen->len == 0 && recorder->seconds == 0)
    return TRUE;
  if (!write_steps (recorder, &error)) {
    complain (recorder, error->message);
    return FALSE;
  }
  g_array_set_size (recorder->seen, 0);
  recorder->seconds = 0;
  g_clear_pointer (&recorder->told, g_free);
  return TRUE;
}
