/* Which steps are wanted: "12", "3,8-11", "all", "beats", "points", "none". */
#ifndef EXPORT_CHOSEN_H
#define EXPORT_CHOSEN_H

#include "export.h"

/* Reads such words for a lesson: "all" are all, the start among them; "beats"
 * the last step of each beat, "points" those that have a row of their own. The
 * steps in ascending order, of guint64; free with g_array_unref. NULL and
 * *error if they cannot be read, or the lesson has no such step. */
GArray *export_chosen (const LessonPlay *play, const char *words,
                       GError **error);

/* False if such words can be no steps of any lesson. */
gboolean export_chosen_is_good (const char *words);

#endif
