/* What the lesson commands share: finding a lesson, telling its problems. */
#ifndef CLI_LESSON_H
#define CLI_LESSON_H

#include "catalog.h"
#include "report.h"
#include "run.h" /* of the lesson engine */

/* A lesson that was loaded and run. */
typedef struct {
  LessonDocument *document;
  LessonPlay *play;
} CliLesson;

/* The path that a word means: that of the lesson with this id, or else the word
 * itself. NULL, after messages on standard error, if no lesson has that id and
 * nothing lies at that path. To be freed. */
char *cli_lesson_path (const char *word);

/* Loads and runs the lesson that a word means. NULL after messages on standard
 * error. Free with cli_lesson_free. */
CliLesson *cli_lesson_open (const char *word);
void cli_lesson_free (CliLesson *lesson);

/* Writes all problems to standard error. */
void cli_lesson_tell (const LessonProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliLesson, cli_lesson_free)

#endif
