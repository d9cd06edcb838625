/* Inflates gzip and zstd, piece by piece. */
#ifndef TRACE_INFLATE_H
#define TRACE_INFLATE_H

#include <gio/gio.h>

typedef enum { TRACE_PLAIN, TRACE_GZIP, TRACE_ZSTD } TraceCompression;

typedef struct _TraceInflate TraceInflate;

/* How a file is compressed that begins with these bytes. */
TraceCompression trace_compression_of (const guint8 *bytes, gsize length);

/* NULL and *error if this build cannot inflate it. */
TraceInflate *trace_inflate_new (TraceCompression compression, GError **error);
void trace_inflate_free (TraceInflate *inflate);

/* Inflates from bytes into room. ending: no more bytes come after these. Sets
 * *used. Returns how many bytes were made; -1 and *error if the data is broken,
 * or ends too early, or claims to be more than can be believed. */
gssize trace_inflate_more (TraceInflate *inflate, const guint8 *bytes,
                           gsize length, gboolean ending, gsize *used,
                           guint8 *room, gsize size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceInflate, trace_inflate_free)

#endif
