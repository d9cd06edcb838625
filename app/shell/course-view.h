/* A course in place of the book: its lessons in its order, with their days. */
#ifndef PW_COURSE_VIEW_H
#define PW_COURSE_VIEW_H

#include <gtk/gtk.h>

#include "course.h"
#include "standing.h"

#define PW_TYPE_COURSE_VIEW (pw_course_view_get_type ())
G_DECLARE_FINAL_TYPE (PwCourseView, pw_course_view, PW, COURSE_VIEW, GtkWidget)

/* The card of a course and the way back to the whole book, which activates
 * "win.close-course". Course and catalog must live longer. Lessons that the
 * catalog does not have are left out. */
GtkWidget *pw_course_view_new (const LessonCourse *course,
                               const LessonCatalog *catalog);

void pw_course_view_set_progress (PwCourseView *view,
                                  const PwStandings *standings,
                                  const char *latest);

/* What is said of a lesson's days, on a day: "due 2026-10-12, soon". "" if
 * there is nothing to say; translated, to be freed. */
char *pw_course_day_text (const LessonCourseEntry *entry, LessonDay today,
                          gboolean done);

#endif
