/* A course: which lessons a class reads, in which order and by when.
 *
 *   <course xmlns="https://pagewalk.github.io/ns/lesson/1" salt="os-2026">
 *     <title>Operating systems</title>
 *     <lesson id="two-level-walk" from="2026-10-05" due="2026-10-12"/>
 *     <lesson id="tlb"/>
 *   </course>
 *
 * The salt goes into the seeds of exercises and the digests of result files:
 * see lessons/progress/result.h. A teacher writes one file and gives it to the
 * class. */
#ifndef LESSON_COURSE_H
#define LESSON_COURSE_H

#include "catalog.h"

#define LESSON_MAX_COURSE 500u

/* A day as YYYYMMDD: days compare as numbers do. */
typedef guint32 LessonDay;
#define LESSON_NO_DAY 0u

typedef struct {
  char *id;
  LessonDay from, due; /* first and last day; LESSON_NO_DAY: not said */
  LessonPlace place;   /* of the id */
} LessonCourseEntry;

typedef struct {
  char *file;
  char *title;        /* as written: a course is in one language */
  char *salt;         /* NULL: none */
  GPtrArray *lessons; /* of LessonCourseEntry, in order */
} LessonCourse;

/* What a lesson is on a day. */
typedef enum {
  LESSON_DUE_OPEN,  /* it may be read, and nothing is due */
  LESSON_DUE_EARLY, /* its first day is still to come */
  LESSON_DUE_SOON,  /* due within a week, today included */
  LESSON_DUE_LATE   /* its last day has passed */
} LessonDue;

/* Reads a course file. NULL, and problems with line and column, if anything is
 * wrong with it. Free with lesson_course_free. */
LessonCourse *lesson_course_load (const char *path, LessonProblems *problems);

/* The same from bytes; `file` is what problems call them. */
LessonCourse *lesson_course_parse (const char *data, gsize length,
                                   const char *file, LessonProblems *problems);
void lesson_course_free (LessonCourse *course);

/* Reports every lesson that the catalog does not have, or that is not written
 * yet. */
void lesson_course_check (const LessonCourse *course,
                          const LessonCatalog *catalog,
                          LessonProblems *problems);

/* What an entry is on a day, such as lesson_course_today. */
LessonDue lesson_course_due (const LessonCourseEntry *entry, LessonDay day);

/* The reader's own day, in the local time zone. */
LessonDay lesson_course_today (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonCourse, lesson_course_free)

#endif
