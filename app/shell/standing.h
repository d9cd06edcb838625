/* How far the reader is, as the library and "My progress" say it. */
#ifndef PW_STANDING_H
#define PW_STANDING_H

#include "catalog.h"
#include "store.h"

/* All lessons that were opened; free with pw_standings_free. */
typedef struct {
  GPtrArray *lessons; /* of ProgressLesson, the latest first */
} PwStandings;

PwStandings *pw_standings_new (ProgressStore *store);
void pw_standings_free (PwStandings *standings);

/* How far a lesson is; NULL if it was never opened. */
const ProgressLesson *pw_standings_find (const PwStandings *standings,
                                         const char *lesson);

/* The lesson that was read last, of those that the catalog can open; or NULL.
 */
const ProgressLesson *pw_standings_latest (const PwStandings *standings,
                                           const LessonCatalog *catalog);

/* Its end was seen, and each of its questions answered, be it by "not sure".
 * NULL is not done. */
gboolean pw_standing_is_done (const ProgressLesson *lesson);

/* The steps that were seen, of all, between 0 and 1; 0 for NULL. */
double pw_standing_share (const ProgressLesson *lesson);

/* "31 of 78 steps · 2 of 3 questions right", translated; to be freed. */
char *pw_standing_text (const ProgressLesson *lesson);

/* What several lessons of a part add up to. */
typedef struct {
  guint lessons, begun, done;
  guint seen, steps, right, asked; /* of those that were begun */
  double share;                    /* 1 for each lesson that was seen whole */
} PwSum;

/* Adds a lesson; NULL is one that was not begun. */
void pw_sum_add (PwSum *sum, const ProgressLesson *lesson);

/* As pw_standing_text, for all lessons that were begun; to be freed. */
char *pw_sum_text (const PwSum *sum);

/* A time spent, "25 min" or "1 h 5 min"; translated, to be freed. */
char *pw_time_text (double seconds);

/* A moment as a reader says it: "today, 14:05", "yesterday, 9:30", or a date.
 * Both are microseconds UTC; to be freed. */
char *pw_moment_text (gint64 moment, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PwStandings, pw_standings_free)

#endif
