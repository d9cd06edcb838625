/* What the tests of lessons share: a good lesson, and ways to spoil it. */
#ifndef TEST_LESSONS_SUPPORT_H
#define TEST_LESSONS_SUPPORT_H

#include "question.h"

/* The text of data/good/lesson.xml; to be freed. */
char *test_good_lesson (void);

/* That of data/questions/lesson.xml, which has questions of every kind. */
char *test_questions_lesson (void);

/* A lesson with the first `find`, which must be there, replaced. */
char *test_spoil (const char *lesson, const char *find,
                  const char *replacement);

/* The good lesson with the first `find`, which must be there, replaced. */
char *test_spoiled_lesson (const char *find, const char *replacement);

/* Everything that is wrong with a lesson, claims included: one problem a
 * line, as "LINE:COLUMN: what". To be freed. */
char *test_problems_of (const char *lesson);

/* The same of a file, which may use others beside it. */
char *test_problems_of_file (const char *path);

/* Loads and plays a lesson that must be good. */
LessonPlay *test_play (const char *lesson, LessonDocument **document);

#endif
