/* The bytes of a trace: of a file or a pipe, inflated where they are
 * compressed.
 *
 * They are read in pieces and never mapped into memory, so a file that is cut
 * while it is read is no danger. gzip is recognised by how it begins, and zstd
 * where its library was there when Pagewalk was built. */
#ifndef TRACE_INPUT_H
#define TRACE_INPUT_H

#include <gio/gio.h>

/* What is read at a time. */
#define TRACE_PIECE (256 * 1024)

typedef struct _TraceInput TraceInput;

/* Does a file begin as nothing but a trace would among the files that people
 * open: compressed, or in our own format? */
gboolean trace_input_is_trace (const char *path);

/* Opens a file; "-" is standard input. NULL and *error if it cannot be opened,
 * or is no file to read from. */
TraceInput *trace_input_open (const char *path, GError **error);
/* The same of a pipe that is open already; it is closed in the end. */
TraceInput *trace_input_open_fd (int fd);
void trace_input_free (TraceInput *input);

/* Reads up to TRACE_PIECE bytes. Returns how many; 0 at the end, -1 and *error
 * if they cannot be read or inflated. */
gssize trace_input_read (TraceInput *input, guint8 *bytes, GError **error);

/* How much of the file has been read, from 0 to 1; negative where nobody knows
 * how long it is. */
double trace_input_fraction (const TraceInput *input);

/* "gzip", "zstd", or NULL. Known after the first read. */
const char *trace_input_compression (const TraceInput *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceInput, trace_input_free)

#endif
