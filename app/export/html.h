/* A lesson as one page of HTML that needs nothing else: no network, no other
 * file, and no script to be read. */
#ifndef EXPORT_HTML_H
#define EXPORT_HTML_H

#include <gio/gio.h>

#include "export.h"

/* The bytes of the page, in the reader's language. The same lesson gives the
 * same bytes. NULL and *error if it was stopped, or there is no memory. */
GBytes *export_html (const ExportJob *job, GError **error);

#endif
