/* Misconceptions that have names: the book's own, and those of a lesson. */
#ifndef LESSON_MISCONCEPTION_H
#define LESSON_MISCONCEPTION_H

#include "document.h"

/* The book's: which wrong values they lead to is worked out from the machine,
 * for every question that asks for a value; see question-value.c. */
extern const char LESSON_ORDINAL_NOT_INDEX[];
extern const char LESSON_ADDED_INSTEAD_OF_JOINED[];
extern const char LESSON_ENTRY_FOR_FRAME[];
extern const char LESSON_FRAME_FOR_ADDRESS[];
extern const char LESSON_ADDRESS_FOR_FRAME[];
extern const char LESSON_OFFSET_LEFT_OUT[];
extern const char LESSON_FORGOT_ENTRY_SIZE[];
extern const char LESSON_VIRTUAL_FOR_PHYSICAL[];
extern const char LESSON_PHYSICAL_FOR_VIRTUAL[];
extern const char LESSON_WRONG_LEVEL[];
extern const char LESSON_WRONG_BASE[];
extern const char LESSON_BYTE_ORDER[];

/* The ids of the book's misconceptions, NULL-terminated. */
const char *const *lesson_misconception_ids (void);

/* The id as the lesson or the book keeps it, or NULL if neither knows it. */
const char *lesson_misconception_find (const LessonDocument *document,
                                       const char *id);

/* What is said to a reader who has it, translated; to be freed. NULL if id is
 * NULL or unknown. */
char *lesson_misconception_text (const LessonDocument *document,
                                 const char *id);

#endif
