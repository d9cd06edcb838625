/* Changing an entry, in a page: which ways to change it there are, and what
 * marking says of each. */
#ifndef EXPORT_HTML_EDIT_H
#define EXPORT_HTML_EDIT_H

#include "html_question.h"

/* A box for each of the entry's low flags, and a choice of frames. */
void export_edit_html (const ExportQuestion *question, GString *out);

/* `"tried":{"0110@0x41":n, …},"says":[["wrong","…"], …]`: each way was tried
 * on a machine. Nothing if the machine has no such entry. */
void export_edit_json (const ExportQuestion *question, GString *out);

#endif
