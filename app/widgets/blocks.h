/* The parts of a lesson's prose that are only read. */
#ifndef PW_BLOCKS_H
#define PW_BLOCKS_H

#include "reading.h"

/* The widget of a paragraph, a list, a listing, a table, a figure or a remark;
 * NULL for other blocks. */
GtkWidget *pw_block_new (const PwReading *reading, const LessonBlock *block);

/* A list of texts with dots before them. */
GtkWidget *pw_list_new (const PwReading *reading, const GPtrArray *items);

/* The answers that a teacher should expect, as cards. */
GtkWidget *pw_wrongs_new (const PwReading *reading, const GPtrArray *wrongs);

#endif
