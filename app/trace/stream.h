/* A trace as batches of records, read ahead of whoever uses them.
 *
 *   file -> pieces -> records -> | batch | batch | batch | -> trace_stream_next
 *           a thread of its own
 */
#ifndef TRACE_STREAM_H
#define TRACE_STREAM_H

#include <gio/gio.h>

#include "replay/reader.h"

/* Records of a batch at most. */
#define TRACE_BATCH 65536

typedef struct {
  guint32 process; /* of all its records */
  gsize count;
  double fraction; /* of the file read so far; negative: unknown */
  vm_record records[TRACE_BATCH];
} TraceBatch;

typedef struct _TraceStream TraceStream;

/* Opens a file ("-": standard input) and begins to read it, for pages of
 * 2^shift bytes. NULL and *error if it cannot be opened. */
TraceStream *trace_stream_open (const char *path, enum vm_trace_format format,
                                guint shift, GError **error);

/* The same from a descriptor, which the stream closes. */
TraceStream *trace_stream_open_fd (int fd, enum vm_trace_format format,
                                   guint shift);

/* Stops reading, wherever it is, and frees the stream. */
void trace_stream_free (TraceStream *stream);

/* The next records, valid until the next call; NULL at the end, or when the
 * trace turned out to be wrong: then trace_stream_problem says so. Waits at
 * most some milliseconds if `patient` is FALSE, and may then give a batch with
 * no records. */
const TraceBatch *trace_stream_next (TraceStream *stream, gboolean patient);

/* What was wrong, in the reader's language, or NULL; *line is set to where (0:
 * nowhere in particular). After the last batch only. */
const char *trace_stream_problem (const TraceStream *stream, guint64 *line);

/* The format; VM_TRACE_AUTO before there was a batch. */
enum vm_trace_format trace_stream_format (const TraceStream *stream);

/* What a reader found wrong, as a sentence; to be freed. */
char *trace_problem_text (const struct vm_reader_error *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceStream, trace_stream_free)

#endif
