/* Addresses of places in lessons: pagewalk:LESSON#PLACE. */
#ifndef LESSON_URI_H
#define LESSON_URI_H

#include "run.h"

/* The address that a <see> leads to; to be freed. LESSON is empty for the
 * lesson that is read. PLACE is the id of a section or a beat, the latter
 * perhaps followed by "/STEP/NTH/WHERE". */
char *lesson_see_uri (const LessonSee *see);

/* What an address means: the lesson's id in *lesson, "" for this one, and in
 * *place what stands behind the "#", "" for its beginning; both to be freed.
 * False if it is no such address. */
gboolean lesson_uri_read (const char *uri, char **lesson, char **place);

/* The cursor of a place in a lesson: an id, as above, or the number of a step,
 * counted from the lesson's beginning. False if the lesson has no such place.
 * Leaves the machine's cursor alone. */
gboolean lesson_play_find_place (LessonPlay *play, const char *place,
                                 guint64 *cursor);

#endif
