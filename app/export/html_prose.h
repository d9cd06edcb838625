/* The prose of a lesson as HTML. */
#ifndef EXPORT_HTML_PROSE_H
#define EXPORT_HTML_PROSE_H

#include "document.h"
#include "run.h" /* of the lesson engine */

/* Everything that is only read: paragraph, list, listing, table, computed
 * figure, remark. Other blocks give nothing. */
void export_html_block (GString *out, LessonPlay *play,
                        const LessonBlock *block);

/* A title and what stands below it, folded away; nothing if there are no
 * items. */
void export_html_folded (GString *out, LessonPlay *play, const char *title,
                         const GPtrArray *items);

/* The words that a lesson explains. */
void export_html_definitions (GString *out, LessonPlay *play);

#endif
