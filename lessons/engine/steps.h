/* Finding steps by what they are: "the second entry-read with level=1". */
#ifndef LESSON_STEPS_H
#define LESSON_STEPS_H

#include "machine/machine.h"
#include "query.h"

typedef struct {
  enum vm_step_kind kind;
  guint count;                    /* of values that must fit */
  guint value[VM_STEP_VALUES];    /* which */
  guint64 equals[VM_STEP_VALUES]; /* what */
  guint64 nth;                    /* from 1 */
} LessonStepFilter;

/* Reads "level=2 index=68" for steps of filter->kind; NULL asks for nothing.
 * False and *fault (to be cleared) if it cannot be read. */
gboolean lesson_step_filter_read (LessonStepFilter *filter, const char *where,
                                  LessonQueryFault *fault);

/* The n-th step in [first, end) that fits. Moves the machine's cursor. */
gboolean lesson_find_step (struct vm_machine *machine, guint64 first,
                           guint64 end, const LessonStepFilter *filter,
                           guint64 *found);

/* Step n, which must exist, even if the tape has forgotten it. Moves the
 * machine's cursor then; valid until the cursor moves again. */
const struct vm_step *lesson_step_at (struct vm_machine *machine, guint64 n);

#endif
