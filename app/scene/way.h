/* The worked way: what the machine did, sentence by sentence, so that the
 * answer of a question came about. */
#ifndef SCENE_WAY_H
#define SCENE_WAY_H

#include "run.h"

/* The sentences of the beat that a question is about, of char *, translated;
 * free with g_ptr_array_unref. Of one access every step is told; of several
 * only what the TLB made of each. Leaves the machine's cursor where it was. */
GPtrArray *scene_way (LessonPlay *play, const LessonQuestionPlace *place);

#endif
