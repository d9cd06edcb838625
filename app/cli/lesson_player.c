/* Goes through a lesson in reading order. */
#include "lesson_player.h"

static const LessonBeatRange *
range_of (const LessonPlay *play, const LessonBeat *beat)
{
  for (guint i = 0; i < play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (play->beats, LessonBeatRange, i);
    if (range->beat == beat)
      return range;
  }
  return NULL;
}

static const LessonQuestionPlace *
place_of (const LessonPlay *play, const LessonQuestion *question)
{
  for (guint i = 0; i < play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (play->questions, LessonQuestionPlace, i);
    if (place->question == question)
      return place;
  }
  return NULL;
}

static const LessonPoint *
point_at (const LessonBeatRange *range, guint64 cursor)
{
  for (guint i = 0; i < range->beat->points->len; i++)
    if (range->point_steps[i] == cursor)
      return g_ptr_array_index (range->beat->points, i);
  return NULL;
}

/* What is played, for whom. */
typedef struct {
  const CliLesson *lesson;
  const CliPlayer *player;
  gboolean notes;
} Playing;

static void
play_notes (const Playing *p, const GPtrArray *notes)
{
  if (p->notes && notes->len > 0)
    p->player->presenter (notes);
}

/* The wrong answers to a question; NULL: those that belong to none. */
static void
play_wrongs (const Playing *p, const char *question)
{
  const GPtrArray *wrongs = p->lesson->document->wrongs;

  for (guint i = 0; p->notes && i < wrongs->len; i++) {
    const LessonWrong *wrong = g_ptr_array_index (wrongs, i);
    if (g_strcmp0 (wrong->question, question) == 0)
      p->player->wrong (wrong);
  }
}

static void
play_beat (const Playing *p, const LessonBeat *beat)
{
  LessonPlay *play = p->lesson->play;
  const CliPlayer *player = p->player;
  const LessonBeatRange *range = range_of (play, beat);

  player->beat (beat);
  play_notes (p, beat->presenter);
  if (range == NULL)
    return;
  for (guint64 n = range->first_step; n < range->end_step; n++) {
    if (!vm_machine_seek (play->machine, n + 1))
      return;
    const CliLessonStep step = {
        .machine = play->machine,
        .step = vm_machine_step (play->machine, n),
        .number = n + 1 - play->first_step,
        .point = point_at (range, n + 1),
    };
    player->step (&step);
  }
}

static void
play_question (const Playing *p, const LessonQuestion *question)
{
  LessonPlay *play = p->lesson->play;
  const LessonQuestionPlace *place = place_of (play, question);

  if (place == NULL)
    return;
  LessonVerdict verdict = lesson_question_mark (play, place, NULL);
  p->player->question (play, place, &verdict);
  lesson_verdict_clear (&verdict);
  play_wrongs (p, question->id);
}

static void
play_exercise (const CliPlayer *player, const LessonExercise *exercise)
{
  g_autoptr (LessonExerciseSheet) sheet
      = lesson_exercise_new (exercise->kind, exercise->level, exercise->seed);

  if (sheet == NULL)
    return;
  LessonVerdict verdict = lesson_exercise_mark (sheet, NULL);
  player->exercise (exercise, sheet, &verdict);
  lesson_verdict_clear (&verdict);
}

static void
play_block (const Playing *p, const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
  case LESSON_BLOCK_LIST:
  case LESSON_BLOCK_CODE:
  case LESSON_BLOCK_TABLE:
  case LESSON_BLOCK_PLOT:
  case LESSON_BLOCK_CALLOUT:
    p->player->block (p->lesson, block);
    break;
  case LESSON_BLOCK_BEAT:
    play_beat (p, block->beat);
    break;
  case LESSON_BLOCK_QUESTION:
    play_question (p, block->question);
    break;
  case LESSON_BLOCK_EXERCISE:
    play_exercise (p->player, block->exercise);
    break;
  }
}

static gboolean
play_section (const Playing *p, guint index)
{
  const LessonSection *section
      = g_ptr_array_index (p->lesson->document->sections, index);

  p->player->section (section, index + 1);
  play_notes (p, section->presenter);
  for (guint i = 0; i < section->blocks->len; i++) {
    play_block (p, g_ptr_array_index (section->blocks, i));
    if (!cli_flush ())
      return FALSE;
  }
  return TRUE;
}

void
cli_lesson_play (const CliLesson *lesson, const CliPlayer *player,
                 gboolean notes)
{
  const Playing playing = {lesson, player, notes};

  player->begin (lesson);
  for (guint i = 0; i < lesson->document->sections->len; i++)
    if (!play_section (&playing, i))
      return;
  if (!notes)
    return;
  player->teacher (lesson->document);
  play_wrongs (&playing, NULL);
}
