/* A lesson's steps as sentences: plain text. */
#ifndef EXPORT_TRANSCRIPT_H
#define EXPORT_TRANSCRIPT_H

#include "export.h"

/* UTF-8: the title, then each beat with its steps, numbered, indented by how
 * deep they lie. Leaves the machine where it was. NULL and *error. */
GBytes *export_transcript (const ExportJob *job, const GArray *steps,
                           GError **error);

#endif
