/* A machine of its own, on which an answer is tried out.
 *
 * It is what the lesson's machine was at a cursor between two operations; it is
 * thrown away when the answer is marked. */
#ifndef LESSON_QUESTION_SCRATCH_H
#define LESSON_QUESTION_SCRATCH_H

#include "query.h"

typedef struct {
  struct vm_machine *machine;
  LessonBeatRange range; /* what was done on it since */
} LessonScratch;

/* NULL if the host gives no memory. Leaves the lesson's cursor alone. */
LessonScratch *lesson_scratch_new (LessonPlay *play, guint64 at);
void lesson_scratch_free (LessonScratch *scratch);

/* Pokes an entry into memory, and makes the TLBs forget all pages, as a kernel
 * does that changes a page table. What is asked about begins after it. False if
 * no entry can be there, or it has more bits than one has. */
gboolean lesson_scratch_write (LessonScratch *scratch, guint64 entry_pa,
                               guint64 raw);

/* Runs an operation; false if it cannot be done (a fault can). */
gboolean lesson_scratch_do (LessonScratch *scratch, const char *line,
                            struct vm_error *error);

/* What the latest operation came to. */
const struct vm_translation *
lesson_scratch_outcome (const LessonScratch *scratch);

/* Asks about what was done. */
gboolean lesson_scratch_ask (LessonScratch *scratch, const char *query,
                             LessonValue *value, LessonQueryFault *fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonScratch, lesson_scratch_free)

#endif
