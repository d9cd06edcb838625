/* A lesson page that is recorded. */

#include "recording.h"

#include "question-card.h"
#include "result.h"

struct _PwRecording {
  PwLessonPage *page;
  PwRecorder *recorder;
  char *student, *salt;
  char *lesson; /* its identity; NULL: none is open */
};

/* Answers ------------------------------------------------------------------
 */

/* What has not the form of an answer is none: the reader tries again. */
static void
on_marked (PwQuestion *card, const char *answer, const LessonVerdict *verdict,
           PwRecording *recording)
{
  const LessonExercise *exercise = pw_question_get_exercise (card);
  const LessonQuestionPlace *place = pw_question_get_place (card);
  ProgressAnswer given = {
      .question = exercise != NULL ? exercise->id : place->question->id,
      .generator = exercise != NULL ? exercise->kind : NULL,
      .seed = pw_question_get_seed (card),
      .answer = answer,
      .mark = verdict->mark,
      .right = verdict->right,
      .total = verdict->total,
      .misconception = verdict->misconception,
  };

  if (verdict->mark != LESSON_MARK_UNREADABLE)
    pw_recorder_answer (recording->recorder, &given);
}

static guint64
seed_of (PwRecording *recording, const LessonExercise *exercise)
{
  if (recording->student[0] == '\0')
    return exercise->seed;
  return progress_exercise_seed (
      progress_student_seed (recording->student, recording->salt),
      recording->lesson, exercise->id);
}

/* Whether numbers are of the same reader's: the n-th set has seed + n. */
static gboolean
is_set_of (guint64 base, guint64 seed)
{
  return seed - base < PROGRESS_MOST_SETS;
}

static void
restore_exercise (PwRecording *recording, PwQuestion *card,
                  const ProgressAnswer *latest)
{
  guint64 base = seed_of (recording, pw_question_get_exercise (card));

  if (latest == NULL || !is_set_of (base, latest->seed)) {
    pw_question_set_seed (card, base);
    return;
  }
  pw_question_set_seed (card, latest->seed);
  pw_question_restore (card, latest->answer);
}

static void
on_card (PwLessonPage *page, PwQuestion *card, PwRecording *recording)
{
  const LessonExercise *exercise = pw_question_get_exercise (card);
  const LessonQuestionPlace *place = pw_question_get_place (card);
  const char *id = exercise != NULL ? exercise->id : place->question->id;
  ProgressAnswer *latest;

  if (recording->lesson == NULL)
    return;
  latest = progress_store_latest (pw_recorder_get_store (recording->recorder),
                                  recording->lesson, id);
  if (exercise != NULL)
    restore_exercise (recording, card, latest);
  else if (latest != NULL)
    pw_question_restore (card, latest->answer);
  if (latest != NULL)
    progress_answer_free (latest);
  g_signal_connect (card, "marked", G_CALLBACK (on_marked), recording);
}

static void
on_step (PwLessonPage *page, PwRecording *recording)
{
  PwPlayhead *head = pw_lesson_page_get_playhead (page);

  if (recording->lesson != NULL && head != NULL)
    pw_recorder_step (recording->recorder, pw_playhead_get_first (head),
                      pw_playhead_get_step (head));
}

PwRecording *
pw_recording_new (PwLessonPage *page, PwRecorder *recorder)
{
  PwRecording *recording = g_new0 (PwRecording, 1);

  recording->page = page;
  recording->recorder = recorder;
  recording->student = g_strdup ("");
  g_signal_connect (page, "card", G_CALLBACK (on_card), recording);
  g_signal_connect (page, "step", G_CALLBACK (on_step), recording);
  return recording;
}

void
pw_recording_free (PwRecording *recording)
{
  if (recording == NULL)
    return;
  pw_recording_end (recording);
  g_signal_handlers_disconnect_by_data (recording->page, recording);
  g_free (recording->student);
  g_free (recording->salt);
  g_free (recording);
}

void
pw_recording_set_student (PwRecording *recording, const char *student,
                          const char *salt)
{
  g_autofree char *old_student = g_steal_pointer (&recording->student);
  g_autofree char *old_salt = g_steal_pointer (&recording->salt);

  recording->student = g_strdup (student);
  recording->salt = g_strdup (salt);
}

void
pw_recording_begin (PwRecording *recording, const LessonDocument *document,
                    const LessonPlay *play)
{
  g_autofree char *hash = progress_hash (document);

  pw_recording_end (recording);
  recording->lesson = g_strdup (document->id);
  pw_recorder_begin (recording->recorder, document->id, hash,
                     (guint) (play->end_step - play->first_step),
                     play->questions->len);
}

void
pw_recording_end (PwRecording *recording)
{
  pw_recorder_end (recording->recorder);
  g_clear_pointer (&recording->lesson, g_free);
}

guint
pw_recording_resume (PwRecording *recording, const char *lesson, guint steps)
{
  ProgressLesson progress;
  gboolean known = progress_store_lesson (
      pw_recorder_get_store (recording->recorder), lesson, &progress);
  guint step = known && progress.steps == steps && progress.step < steps
                   ? progress.step
                   : 0;

  progress_lesson_clear (&progress);
  return step;
}
