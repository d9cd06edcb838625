/* Playing a lesson for a reader of text: what comes when, and who prints it. */
#ifndef CLI_LESSON_PLAYER_H
#define CLI_LESSON_PLAYER_H

#include "exercise.h"
#include "lesson.h"
#include "question.h"

/* A step of a beat. Its number is that of the scrub bar: step 0 is the machine
 * that has been set up. */
typedef struct {
  const struct vm_machine *machine; /* its cursor stands behind the step */
  const struct vm_step *step;
  guint64 number;
  const LessonPoint *point; /* the row that stands for it; NULL: none */
} CliLessonStep;

/* A way to print what happens in a lesson, in its order. */
typedef struct {
  void (*begin) (const CliLesson *lesson);
  void (*section) (const LessonSection *section, guint number);
  /* Everything that is only read: paragraph, list, code, table, plot, callout.
   */
  void (*block) (const CliLesson *lesson, const LessonBlock *block);
  void (*beat) (const LessonBeat *beat);
  void (*step) (const CliLessonStep *step);
  void (*question) (LessonPlay *play, const LessonQuestionPlace *place,
                    const LessonVerdict *verdict);
  void (*exercise) (const LessonExercise *exercise,
                    const LessonExerciseSheet *sheet,
                    const LessonVerdict *verdict);
  /* What is for teachers only: a list of notes that stand at a place, an
   * answer to expect from students, and the beginning of what stands behind
   * the sections. */
  void (*presenter) (const GPtrArray *notes);
  void (*teacher) (const LessonDocument *document);
  void (*wrong) (const LessonWrong *wrong);
} CliPlayer;

extern const CliPlayer cli_json_player, cli_text_player;

/* Plays the lesson from its beginning to its end, whatever its cursor; with
 * what is for teachers, if that is wanted. Stops when standard output cannot be
 * written. */
void cli_lesson_play (const CliLesson *lesson, const CliPlayer *player,
                      gboolean notes);

#endif
