/* Plays a lesson: runs its operations, and finds the steps it speaks of. */
#include "run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "content.h"
#include "links.h"
#include "query.h"
#include "steps.h"

static void
problem_at (LessonProblems *problems, const LessonDocument *document,
            LessonPlace place, const char *what)
{
  lesson_problems_add (problems, document->file, place.line, place.column, "%s",
                       what);
}

/* So many steps the tape remembers at one time; a lesson is read, not
 * awaited. */
#define MAX_STEPS 100000
#define MAX_POINTS 500 /* of one beat */

static void
report_error (const LessonPlay *play, LessonPlace place,
              const struct vm_error *error, LessonProblems *problems)
{
  g_autofree char *why = lesson_error_text (error);

  if (error->column > 0)
    place.column += (int) error->column - 1;
  problem_at (problems, play->document, place, why);
}

/* Runs one operation; a problem if it cannot be done. */
static gboolean
run_do (LessonPlay *play, const LessonDo *operation, LessonProblems *problems)
{
  struct vm_error error = {0};
  struct vm_op op;

  if (!lesson_content_parse (play->machine, play->document->folder,
                             operation->line, &op, &error)
      || !vm_machine_do (play->machine, &op, &error)) {
    report_error (play, operation->place, &error, problems);
    return FALSE;
  }
  if (vm_machine_step_count (play->machine) <= MAX_STEPS)
    return TRUE;

  g_autofree char *what = g_strdup_printf (
      _ ("the lesson takes more than %d steps; make it shorter"), MAX_STEPS);
  problem_at (problems, play->document, operation->place, what);
  return FALSE;
}

static gboolean
run_dos (LessonPlay *play, const GPtrArray *dos, LessonProblems *problems)
{
  for (guint i = 0; i < dos->len; i++)
    if (!run_do (play, dos->pdata[i], problems))
      return FALSE;
  return TRUE;
}

static gboolean
run_beat (LessonPlay *play, const LessonSection *section,
          const LessonBeat *beat, LessonProblems *problems)
{
  LessonBeatRange range = {
      .beat = beat,
      .section = section,
      .first_op = vm_machine_op_count (play->machine),
      .first_step = vm_machine_step_count (play->machine),
      .point_steps = g_new0 (guint64, beat->points->len),
  };

  gboolean done = run_dos (play, beat->dos, problems);
  range.end_op = vm_machine_op_count (play->machine);
  range.end_step = vm_machine_step_count (play->machine);
  g_array_append_val (play->beats, range);
  return done;
}

static gboolean
run_section (LessonPlay *play, const LessonSection *section,
             LessonProblems *problems)
{
  for (guint i = 0; i < section->blocks->len; i++) {
    const LessonBlock *block = section->blocks->pdata[i];
    if (block->kind == LESSON_BLOCK_BEAT
        && !run_beat (play, section, block->beat, problems))
      return FALSE;
  }
  return TRUE;
}

/* The machine is built, then every beat is run, in reading order. */
static gboolean
run_all (LessonPlay *play, LessonProblems *problems)
{
  const LessonDocument *document = play->document;

  if (!run_dos (play, document->machine, problems))
    return FALSE;
  play->first_step = vm_machine_step_count (play->machine);
  for (guint i = 0; i < document->sections->len; i++)
    if (!run_section (play, document->sections->pdata[i], problems))
      return FALSE;
  play->end_step = vm_machine_step_count (play->machine);
  return TRUE;
}

/* Finding steps ----------------------------------------------------------- */

/* "entry-read level=2, entry-read level=1": what the beat could be asked for
 * instead. */
static char *
list_steps (LessonPlay *play, const LessonBeatRange *range)
{
  GString *list = g_string_new (NULL);
  const char *before = NULL;

  for (guint64 n = range->first_step; n < range->end_step; n++) {
    const struct vm_step *step = lesson_step_at (play->machine, n);
    if (step == NULL || list->len > 300)
      break;
    const char *name = vm_step_info_of ((enum vm_step_kind) step->kind)->name;
    if (before != name)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
    before = name;
  }
  return g_string_free (list, FALSE);
}

/* The step of a beat with that name, values and number. The loader has checked
 * that they can be read. */
static gboolean
find_step (LessonPlay *play, const LessonBeatRange *range, const char *step,
           const char *where, int nth, guint64 *found)
{
  LessonStepFilter filter
      = {.kind = lesson_step_kind (step, strlen (step)), .nth = (guint64) nth};
  LessonQueryFault fault = {0};

  gboolean readable = lesson_step_filter_read (&filter, where, &fault);
  lesson_query_fault_clear (&fault);
  return readable
         && lesson_find_step (play->machine, range->first_step, range->end_step,
                              &filter, found);
}

static void
report_no_step (LessonPlay *play, const LessonBeatRange *range,
                LessonPlace place, const char *step, const char *where,
                LessonProblems *problems)
{
  g_autofree char *list = list_steps (play, range);
  g_autofree char *what = g_strdup_printf (
      _ ("the beat “%s” has no such step: %s%s%s; its steps are: %s"),
      range->beat->id, step, where != NULL ? " " : "",
      where != NULL ? where : "", list);

  problem_at (problems, play->document, place, what);
}

static void
find_points (LessonPlay *play, LessonBeatRange *range, LessonProblems *problems)
{
  const GPtrArray *points = range->beat->points;

  if (points->len > MAX_POINTS) {
    g_autofree char *what = g_strdup_printf (
        _ ("the beat has too many points; at most %d"), MAX_POINTS);
    problem_at (problems, play->document, range->beat->place, what);
    return;
  }
  for (guint i = 0; i < points->len; i++) {
    const LessonPoint *point = points->pdata[i];
    guint64 step;
    if (!find_step (play, range, point->step, point->where, point->nth,
                    &step)) {
      report_no_step (play, range, point->place, point->step, point->where,
                      problems);
      continue;
    }
    range->point_steps[i] = step + 1;
    if (i > 0 && range->point_steps[i - 1] > step + 1)
      problem_at (problems, play->document, point->place,
                  _ ("this point's step comes before that of the point above "
                     "it; put them in the order of the steps"));
  }
}

static gboolean
find_beat (const LessonPlay *play, const char *id, guint *index)
{
  for (guint i = 0; i < play->beats->len; i++) {
    if (strcmp (g_array_index (play->beats, LessonBeatRange, i).beat->id, id)
        != 0)
      continue;
    *index = i;
    return TRUE;
  }
  return FALSE;
}

static void
find_question (LessonPlay *play, const LessonQuestion *question,
               LessonProblems *problems)
{
  LessonQuestionPlace place = {.question = question};
  guint64 step;

  if (!find_beat (play, question->beat, &place.beat))
    return; /* the loader has refused it */

  const LessonBeatRange *range
      = &g_array_index (play->beats, LessonBeatRange, place.beat);
  place.ask_at = range->first_step;
  place.reveal_at = range->end_step;
  if (question->point_step != NULL) {
    if (!find_step (play, range, question->point_step, question->point_where,
                    question->point_nth, &step)) {
      report_no_step (play, range, question->place, question->point_step,
                      question->point_where, problems);
      return;
    }
    place.ask_at = step;
    place.reveal_at = step + 1;
  }
  g_array_append_val (play->questions, place);
}

static void
find_questions (LessonPlay *play, const LessonSection *section,
                LessonProblems *problems)
{
  for (guint i = 0; i < section->blocks->len; i++) {
    const LessonBlock *block = section->blocks->pdata[i];
    if (block->kind == LESSON_BLOCK_QUESTION)
      find_question (play, block->question, problems);
  }
}

static void
find_all (LessonPlay *play, LessonProblems *problems)
{
  const GPtrArray *sections = play->document->sections;

  for (guint i = 0; i < play->beats->len; i++)
    find_points (play, &g_array_index (play->beats, LessonBeatRange, i),
                 problems);
  for (guint i = 0; i < sections->len; i++)
    find_questions (play, sections->pdata[i], problems);
}

static void
beat_range_clear (gpointer data)
{
  LessonBeatRange *range = data;

  g_free (range->point_steps);
}

/* Public ------------------------------------------------------------------ */

LessonPlay *
lesson_play_new (const LessonDocument *document, LessonProblems *problems)
{
  guint before = lesson_problems_count (problems);
  g_autoptr (LessonPlay) play = g_new0 (LessonPlay, 1);

  play->document = document;
  play->beats = g_array_new (FALSE, FALSE, sizeof (LessonBeatRange));
  g_array_set_clear_func (play->beats, beat_range_clear);
  play->questions = g_array_new (FALSE, FALSE, sizeof (LessonQuestionPlace));
  play->machine = vm_machine_new ();
  if (play->machine == NULL) {
    const struct vm_error error = {.code = VM_ERROR_OUT_OF_MEMORY};
    g_autofree char *why = lesson_error_text (&error);
    problem_at (problems, document, (LessonPlace){0, 0}, why);
    return NULL;
  }

  if (!run_all (play, problems))
    return NULL;
  find_all (play, problems);
  lesson_links_check_steps (play, problems);
  if (lesson_problems_count (problems) > before
      || !vm_machine_seek (play->machine, play->first_step))
    return NULL;
  return g_steal_pointer (&play);
}

void
lesson_play_free (LessonPlay *play)
{
  if (play == NULL)
    return;

  vm_machine_free (play->machine);
  g_array_unref (play->beats);
  g_array_unref (play->questions);
  g_free (play);
}

static gboolean
find_section (const LessonPlay *play, const char *id, guint *index)
{
  for (guint i = 0; i < play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (play->beats, LessonBeatRange, i);
    if (g_strcmp0 (range->section->id, id) != 0)
      continue;
    *index = i;
    return TRUE;
  }
  return FALSE;
}

gboolean
lesson_play_find_anchor (LessonPlay *play, const char *id, guint64 *cursor)
{
  guint index;

  if (!find_beat (play, id, &index) && !find_section (play, id, &index))
    return FALSE;
  *cursor = g_array_index (play->beats, LessonBeatRange, index).first_step;
  return TRUE;
}

gboolean
lesson_play_find_see (LessonPlay *play, const LessonSee *see, guint64 *cursor)
{
  const char *id = see->beat != NULL ? see->beat : see->section;
  guint64 here = vm_machine_cursor (play->machine), step;
  guint index;

  if (id == NULL || see->step == NULL)
    return id != NULL && lesson_play_find_anchor (play, id, cursor);
  if (!find_beat (play, id, &index))
    return FALSE;
  gboolean found
      = find_step (play, &g_array_index (play->beats, LessonBeatRange, index),
                   see->step, see->where, see->nth, &step);
  vm_machine_seek (play->machine, here);
  if (found)
    *cursor = step + 1;
  return found;
}

const GPtrArray *
lesson_play_presenter_at (const LessonPlay *play, guint64 cursor)
{
  int beat = lesson_play_beat_at (play, cursor);

  if (beat < 0)
    return ((LessonSection *) play->document->sections->pdata[0])->presenter;
  const LessonBeatRange *range
      = &g_array_index (play->beats, LessonBeatRange, beat);
  return range->beat->presenter->len > 0 ? range->beat->presenter
                                         : range->section->presenter;
}

int
lesson_play_beat_at (const LessonPlay *play, guint64 cursor)
{
  int beat = -1;

  while ((guint) (beat + 1) < play->beats->len
         && g_array_index (play->beats, LessonBeatRange, beat + 1).first_step
                < cursor)
    beat++;
  return beat;
}

gboolean
lesson_play_ask (LessonPlay *play, int beat, guint64 at, const char *query,
                 LessonValue *value, LessonQueryFault *fault)
{
  guint64 cursor = vm_machine_cursor (play->machine);
  LessonQueryContext context = {.machine = play->machine, .at = at};

  if (beat >= 0)
    context.beat = &g_array_index (play->beats, LessonBeatRange, beat);
  if (!vm_machine_seek (play->machine, at)) {
    *fault = (LessonQueryFault){
        .why = g_strdup (_ ("the lesson has no such step"))};
    return FALSE;
  }
  gboolean answered = lesson_query_ask (query, &context, value, fault);
  vm_machine_seek (play->machine, cursor);
  return answered;
}

gboolean
lesson_play_query (LessonPlay *play, guint beat, guint64 at, const char *query,
                   guint64 *value, char **why)
{
  LessonQueryFault fault = {0};
  LessonValue answer = {0};

  gboolean answered
      = lesson_play_ask (play, (int) beat, at, query, &answer, &fault);
  if (answered)
    *value = answer.v;
  else if (why != NULL)
    *why = g_steal_pointer (&fault.why);
  lesson_query_fault_clear (&fault);
  return answered;
}
