/* The page tables of a question that has them built: what is written into
 * them, and what they then map. */
#ifndef LESSON_QUESTION_TABLES_H
#define LESSON_QUESTION_TABLES_H

#include "question-entry.h"
#include "question-scratch.h"
#include "question.h"

/* A table that may be written: the first is the root. */
typedef struct {
  LessonEntryForm form; /* of its entries, where the question says so */
  guint64 frame;
} LessonBuiltTable;

/* An entry that was written. */
typedef struct {
  guint table; /* its place in the question */
  guint index;
  guint64 before, raw;
} LessonBuiltEntry;

/* A page that is mapped. */
typedef struct {
  guint64 va, frame;
  guint shift;
} LessonBuiltPage;

/* The tables of the question; of LessonBuiltTable. NULL, and *why (to be
 * freed) if it is not NULL, if the machine has no such frames. */
GArray *lesson_built_tables (LessonPlay *play, const LessonQuestionPlace *place,
                             char **why);

/* Reads "0x1[68] frame=0x2 +present; ..."; of LessonBuiltEntry. NULL, and *why
 * (translated, to be freed), if it cannot be read. */
GArray *lesson_built_read (LessonPlay *play, const LessonQuestionPlace *place,
                           const GArray *tables, const char *answer,
                           char **why);

/* Writes it; to be freed. */
char *lesson_built_words (const GArray *tables, const GArray *entries);

/* An entry as it is when the question is asked, not changed. */
LessonBuiltEntry lesson_built_entry (LessonPlay *play,
                                     const LessonQuestionPlace *place,
                                     const GArray *tables, guint table,
                                     guint index);

/* Entries that map what the question asks for; NULL if its tables are too few
 * for that. */
GArray *lesson_built_key (LessonPlay *play, const LessonQuestionPlace *place,
                          const GArray *tables);

/* Where an entry of a table lies. */
guint64 lesson_built_pa (const LessonBuiltTable *table, guint index);

/* All pages that a walk from the root finds; of LessonBuiltPage. Ends after
 * a few thousand. */
GArray *lesson_built_pages (const LessonScratch *scratch, guint64 root);

/* The root of the process that the question's beat is about; false if there is
 * none. And the name of the process with a root. */
gboolean lesson_built_root (LessonPlay *play, const LessonQuestionPlace *place,
                            guint64 *root);
const char *lesson_built_process (const LessonScratch *scratch, guint64 root);

#endif
