/* What is tried on tables that were built, and what is said of it. */
#ifndef LESSON_QUESTION_BUILD_H
#define LESSON_QUESTION_BUILD_H

#include <glib.h>

#include "machine/machine.h"

/* One access that shows whether a page is mapped as it should be. */
typedef struct {
  enum vm_access_kind kind;
  enum vm_mode mode;
  gboolean allowed;
} LessonProbe;

#define LESSON_PROBES 4 /* of one page, at most */
#define LESSON_BUILT_MORE                                                      \
  4 /* pages that nobody asked for: so many are told                           \
     */

/* The accesses that a page's flags (VM_MAP_...) allow, then those that they
 * forbid; returns their number. Kernel and user are told apart by U/S, read and
 * write by R/W. nx: entries can say that a page is not executed. */
guint lesson_built_probes (guint flags, gboolean nx,
                           LessonProbe probes[LESSON_PROBES]);

/* "access process=A va=0x11223000 kind=write mode=user"; to be freed. */
char *lesson_built_operation (const LessonProbe *probe, const char *process,
                              guint64 va);

/* Sentences, translated, to be freed: an operation succeeds although it should
 * not; ends in a fault although it should succeed; reaches another address than
 * it should; a page that nobody asked for leads to a frame. */
char *lesson_built_allowed (const char *operation);
char *lesson_built_refused (const char *operation, enum vm_fault_kind kind);
char *lesson_built_elsewhere (const char *operation, const char *reached,
                              const char *wanted);
char *lesson_built_excess (const char *frame);

#endif
