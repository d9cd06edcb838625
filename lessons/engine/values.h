/* The names that a query can use, and how the machine answers each. */
#ifndef LESSON_VALUES_H
#define LESSON_VALUES_H

#include "query.h"

#define LESSON_MAX_ARGUMENTS 3

/* Answers one name. False and *why, translated, if there is no answer. */
typedef gboolean (*LessonAnswer) (const LessonQueryContext *context,
                                  int subject, const guint64 *arguments,
                                  guint64 *value, char **why);

/* The same for a name that only asks how a processor cuts addresses. */
typedef gboolean (*LessonGeometryAnswer) (const struct vm_geometry *geometry,
                                          int subject, const guint64 *arguments,
                                          guint64 *value, char **why);

/* One name. Each letter of `arguments` is one argument: n a number, c the
 * name of a counter, k of a step kind, v of a value of that kind. */
typedef struct {
  const char *name;
  const char *arguments;
  LessonStyle style;   /* of the answer; with a v, that value's own */
  LessonAnswer answer; /* one of these two is set */
  LessonGeometryAnswer geometry;
  int subject;      /* tells the names apart that share an answer */
  const char *help; /* what the value is; N_() */
} LessonName;

/* All names; ends with a NULL name. */
extern const LessonName lesson_names[];

/* The counters that count () knows, NULL-terminated. */
extern const char *const lesson_counters[];

/* Sets *why; returns false. */
gboolean lesson_no_answer (char **why, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* The access that a query is about: the beat's latest that has begun at the
 * cursor; before all of them, its first; in a beat without one, the latest
 * before the cursor. *op is its number in the machine. */
gboolean lesson_find_access (const LessonQueryContext *context, guint64 *op,
                             char **why);

/* The process that a query is about: that of the access, else the one that
 * runs, else the first. */
gboolean lesson_find_process (const LessonQueryContext *context,
                              guint32 *process, char **why);

/* What an access was and came to. */
enum {
  LESSON_ACCESS_VA,
  LESSON_ACCESS_KIND,
  LESSON_ACCESS_MODE,
  LESSON_ACCESS_OK,
  LESSON_ACCESS_PA,
  LESSON_ACCESS_OFFSET,
  LESSON_ACCESS_VALUE,
  LESSON_ACCESS_TLB,
  LESSON_ACCESS_READS,
  LESSON_ACCESS_FAULT,
  LESSON_ACCESS_VECTOR,
  LESSON_ACCESS_ERROR
};
gboolean lesson_answer_access (const LessonQueryContext *context, int subject,
                               const guint64 *arguments, guint64 *value,
                               char **why);

/* What stands in the page tables at the cursor. */
enum {
  LESSON_ENTRY_TABLE,
  LESSON_ENTRY_PA,
  LESSON_ENTRY_RAW,
  LESSON_ENTRY_FRAME,
  LESSON_ENTRY_PRESENT,
  LESSON_ENTRY_WRITABLE,
  LESSON_ENTRY_USER,
  LESSON_ENTRY_ACCESSED,
  LESSON_ENTRY_DIRTY,
  LESSON_ENTRY_EXECUTABLE,
  LESSON_ENTRY_GLOBAL
};
gboolean lesson_answer_entry (const LessonQueryContext *context, int subject,
                              const guint64 *arguments, guint64 *value,
                              char **why);

enum { LESSON_TABLES_ROOT, LESSON_TABLES_COUNT, LESSON_TABLES_TRANSLATE };
gboolean lesson_answer_tables (const LessonQueryContext *context, int subject,
                               const guint64 *arguments, guint64 *value,
                               char **why);

/* Regions and counters of the process, and how many processes there are. */
enum {
  LESSON_SPACE_PROCESSES,
  LESSON_SPACE_REGIONS,
  LESSON_SPACE_BELOW,
  LESSON_SPACE_RANGES,
  LESSON_SPACE_START, /* these three: of the region that holds an address */
  LESSON_SPACE_END,
  LESSON_SPACE_OFFSET,
  LESSON_SPACE_MINOR,
  LESSON_SPACE_MAJOR,
  LESSON_SPACE_COPIES,
  LESSON_SPACE_REUSES,
  LESSON_SPACE_ZEROS,
  LESSON_SPACE_RSS,
  LESSON_SPACE_TOTAL
};
gboolean lesson_answer_space (const LessonQueryContext *context, int subject,
                              const guint64 *arguments, guint64 *value,
                              char **why);

/* How the processor cuts addresses. */
enum {
  LESSON_GEOMETRY_LEVELS,
  LESSON_GEOMETRY_ENTRY_BYTES,
  LESSON_GEOMETRY_PAGE_SIZE,
  LESSON_GEOMETRY_PAGE_OFFSET,
  LESSON_GEOMETRY_FLAT_BYTES,
  LESSON_GEOMETRY_VA_BITS,
  LESSON_GEOMETRY_PA_BITS
};
gboolean lesson_answer_geometry (const struct vm_geometry *geometry,
                                 int subject, const guint64 *arguments,
                                 guint64 *value, char **why);

/* The same for one level, which is the last argument. */
enum { LESSON_LEVEL_SPLIT, LESSON_LEVEL_ENTRIES, LESSON_LEVEL_REACH };
gboolean lesson_answer_level (const struct vm_geometry *geometry, int subject,
                              const guint64 *arguments, guint64 *value,
                              char **why);

/* The index that the access's address selects at a level. */
gboolean lesson_answer_index (const LessonQueryContext *context, int subject,
                              const guint64 *arguments, guint64 *value,
                              char **why);

/* The rest of the machine. */
enum {
  LESSON_MACHINE_CACHED,
  LESSON_MACHINE_REFS,
  LESSON_MACHINE_SETS,
  LESSON_MACHINE_WAYS,
  LESSON_MACHINE_FRAMES
};
gboolean lesson_answer_machine (const LessonQueryContext *context, int subject,
                                const guint64 *arguments, guint64 *value,
                                char **why);

enum { LESSON_COUNT_TOTAL, LESSON_COUNT_BEAT };
gboolean lesson_answer_count (const LessonQueryContext *context, int subject,
                              const guint64 *arguments, guint64 *value,
                              char **why);

/* What one of the beat's references came to in one of the pools; both from 1.
 */
enum { LESSON_REFERENCE_HIT, LESSON_REFERENCE_FRAME, LESSON_REFERENCE_VICTIM };
gboolean lesson_answer_reference (const LessonQueryContext *context,
                                  int subject, const guint64 *arguments,
                                  guint64 *value, char **why);

/* What a pool, from 1, has come to, and what its frames hold, from 0. */
enum {
  LESSON_POOL_HITS,
  LESSON_POOL_FAULTS,
  LESSON_POOL_PAGE,
  LESSON_POOL_FAULTS_WITH
};
gboolean lesson_answer_pool (const LessonQueryContext *context, int subject,
                             const guint64 *arguments, guint64 *value,
                             char **why);

/* What one of the beat's accesses came to; from 1. */
enum { LESSON_EACH_TLB, LESSON_EACH_SET, LESSON_EACH_WAY, LESSON_EACH_READS };
gboolean lesson_answer_each (const LessonQueryContext *context, int subject,
                             const guint64 *arguments, guint64 *value,
                             char **why);

/* The page that a way of a set of the TLB holds. */
gboolean lesson_answer_way (const LessonQueryContext *context, int subject,
                            const guint64 *arguments, guint64 *value,
                            char **why);

/* A value of a step of the beat, or its place among the beat's steps. */
enum { LESSON_STEP_VALUE, LESSON_STEP_WHEN };
gboolean lesson_answer_step (const LessonQueryContext *context, int subject,
                             const guint64 *arguments, guint64 *value,
                             char **why);

/* False and *why if the processor has no such level. */
gboolean lesson_check_level (const struct vm_geometry *geometry, guint64 level,
                             char **why);

#endif
