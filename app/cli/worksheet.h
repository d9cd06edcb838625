/* A worksheet: exercises of one kind, and the ways to print them. */
#ifndef CLI_WORKSHEET_H
#define CLI_WORKSHEET_H

#include "exercise.h"
#include "page.h"
#include "report.h"

typedef struct {
  const char *kind;
  const char *call;           /* the command that prints the same once more */
  const ScenePaperSize *size; /* of a PDF */
  gboolean answers;           /* with a key */
  GPtrArray *sheets;          /* of LessonExerciseSheet */
} CliWorksheet;

/* Each prints the worksheet on standard output. JSON: an object a question. */
void cli_worksheet_text (const CliWorksheet *worksheet);
void cli_worksheet_json (const CliWorksheet *worksheet);

/* As a PDF into a file, which is replaced as a whole or left as it was; NULL:
 * on standard output. */
CliStatus cli_worksheet_pdf (const CliWorksheet *worksheet, const char *path);

/* As a quiz for learning platforms: Moodle's XML, or else GIFT. */
CliStatus cli_worksheet_quiz (const CliWorksheet *worksheet, gboolean moodle,
                              const char *path);

#endif
