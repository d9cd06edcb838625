/* The prose of a lesson as HTML. */
#ifndef EXPORT_HTML_PROSE_H
#define EXPORT_HTML_PROSE_H

#include "document.h"
#include "run.h" /* of the lesson engine */
#include "svg_item.h"

/* Where the pictures of computed figures get their fonts and colours. */
typedef struct {
  LessonPlay *play;
  const SceneMetrics *metrics;
  SceneSvgInks *inks;
  guint plots; /* so many were drawn */
} ExportProse;

/* Everything that is only read: paragraph, list, listing, table, computed
 * figure, remark. Other blocks give nothing. */
void export_html_block (GString *out, ExportProse *prose,
                        const LessonBlock *block);

/* A title and what stands below it, folded away; nothing if there are no
 * items. */
void export_html_folded (GString *out, LessonPlay *play, const char *title,
                         const GPtrArray *items);

/* The words that a lesson explains. */
void export_html_definitions (GString *out, LessonPlay *play);

#endif
