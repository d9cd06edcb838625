/* Building page tables, in a page: what its script must know to walk what a
 * reader builds. */
#ifndef EXPORT_HTML_BUILD_H
#define EXPORT_HTML_BUILD_H

#include "html_question.h"

/* The pages that are asked for, and, for the script, an entry to be copied. */
void export_build_html (const ExportQuestion *question, GString *out);

/* `"build":{…}`: what bits mean at each level, what memory holds, what each
 * access may find; all of it asked of the machine. Nothing if a page cannot
 * mark the question: because a kernel answers the faults of that process, or
 * because memory holds too much. */
void export_build_json (const ExportQuestion *question, GString *out);
gboolean export_build_can (const ExportQuestion *question);

#endif
