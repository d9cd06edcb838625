/* What a step of a lesson says: to the caption, to the transcript. */
#ifndef PW_SENTENCE_H
#define PW_SENTENCE_H

#include "run.h"
#include "scene.h"

/* The sentence at a cursor of a lesson; at its beginning, that nothing has
 * happened yet. To be freed with g_free, as *more (the quieter line, or NULL).
 * Either of more and role may be NULL. The machine's cursor is left where it
 * was. */
char *pw_sentence_at (LessonPlay *play, guint64 cursor, char **more,
                      SceneRole *role);

/* The sentences of a lesson, and in *mores its quieter lines, to learn how long
 * they become; of a very long lesson those of its beginning. Both to be freed
 * with g_strfreev. */
char **pw_sentences (LessonPlay *play, char ***mores);

/* How deep the step that leads to a cursor is nested: 0 is an operation. */
guint pw_sentence_depth (LessonPlay *play, guint64 cursor);

#endif
