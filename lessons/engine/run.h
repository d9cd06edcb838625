/* A lesson being played: its machine, and which steps belong to which beat. */
#ifndef LESSON_RUN_H
#define LESSON_RUN_H

#include "document.h"
#include "machine/machine.h"

/* The steps of one beat: [first_step, end_step) of the machine. */
typedef struct {
  const LessonBeat *beat;
  const LessonSection *section;
  guint64 first_op, end_op;
  guint64 first_step, end_step;
  guint64 *point_steps; /* one a point: the cursor that shows it, that is the
                           number of the step plus one */
} LessonBeatRange;

/* A question, and the cursor at which the reader is asked: the true step is
 * the next one. reveal is the cursor that shows the answer. */
typedef struct {
  const LessonQuestion *question;
  guint64 ask_at, reveal_at;
  guint beat; /* index of its beat range */
} LessonQuestionPlace;

typedef struct {
  const LessonDocument *document; /* not owned */
  struct vm_machine *machine;     /* owned; at first_step after loading */
  guint64 first_step; /* the lesson's step 0: the machine has been set up */
  guint64 end_step;
  GArray *beats;     /* of LessonBeatRange */
  GArray *questions; /* of LessonQuestionPlace, in reading order */
} LessonPlay;

/* Runs every operation of the lesson. NULL, and problems, if one fails. The
 * machine is left at first_step. Free with lesson_play_free; the document must
 * live longer. */
LessonPlay *lesson_play_new (const LessonDocument *document,
                             LessonProblems *problems);
void lesson_play_free (LessonPlay *play);

/* Recomputes everything that the lesson claims: expects, numbers in the
 * prose, answers. Adds a problem for each that is wrong, with the right
 * value. True if all are right. Leaves the cursor where it was. */
gboolean lesson_play_check (LessonPlay *play, LessonProblems *problems);

/* The beat that a cursor position belongs to: the last one that has begun;
 * -1 before the first. */
int lesson_play_beat_at (const LessonPlay *play, guint64 cursor);

/* The cursor that a <see> of this lesson leads to: where its beat begins, or
 * its step is shown; of a section, where its first beat begins. False if there
 * is no such place, or a section has no beat. */
gboolean lesson_play_find_see (LessonPlay *play, const LessonSee *see,
                               guint64 *cursor);

/* The same for the id of a section or a beat. */
gboolean lesson_play_find_anchor (LessonPlay *play, const char *id,
                                  guint64 *cursor);

/* What whoever presents should be reminded of at a cursor: the notes of the
 * beat, or else of its section; of LessonText, never NULL. */
const GPtrArray *lesson_play_presenter_at (const LessonPlay *play,
                                           guint64 cursor);

/* Answers a query about the machine as it is at the cursor `at`, in the
 * context of one beat (its latest access). False and *why (translated, to be
 * freed) if the query makes no sense there. Leaves the cursor alone. See
 * query.h for the language. */
gboolean lesson_play_query (LessonPlay *play, guint beat, guint64 at,
                            const char *query, guint64 *value, char **why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonPlay, lesson_play_free)

#endif
