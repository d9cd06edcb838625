/* Beats and the questions about them. */
#ifndef LESSON_BEATS_H
#define LESSON_BEATS_H

#include "loader.h"

/* Never NULL; what is wrong is reported. */
LessonBeat *lesson_beat_load (LessonLoader *loader, xmlNode *element);
void lesson_beat_free (LessonBeat *beat);

LessonQuestion *lesson_question_load (LessonLoader *loader, xmlNode *element);
void lesson_question_free (LessonQuestion *question);

#endif
