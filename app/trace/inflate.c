/* gzip through GIO, zstd through its own library where there is one. */
#include "inflate.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

/* Data that grows more than this is no trace of a program; gzip cannot even do
 * it. Only looked at once it has grown large. */
#define MOST_GROWTH 20000
#define LARGE (G_GUINT64_CONSTANT (1) << 30)

/* What a zstd file may make us keep: 32 MiB. */
#define ZSTD_WINDOW 25

struct _TraceInflate {
  TraceCompression compression;
  GConverter *gzip;
#ifdef HAVE_ZSTD
  ZSTD_DStream *zstd;
#endif
  gboolean between; /* one member has ended, and another may follow */
  guint64 in, out;
};

TraceCompression
trace_compression_of (const guint8 *bytes, gsize length)
{
  static const guint8 gzip[] = {0x1f, 0x8b};
  static const guint8 zstd[] = {0x28, 0xb5, 0x2f, 0xfd};

  if (length >= sizeof gzip && memcmp (bytes, gzip, sizeof gzip) == 0)
    return TRACE_GZIP;
  if (length >= sizeof zstd && memcmp (bytes, zstd, sizeof zstd) == 0)
    return TRACE_ZSTD;
  return TRACE_PLAIN;
}

static gssize
fail (GError **error, const char *what)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, what);
  return -1;
}

TraceInflate *
trace_inflate_new (TraceCompression compression, GError **error)
{
  g_autoptr (TraceInflate) inflate = g_new0 (TraceInflate, 1);

  inflate->compression = compression;
  inflate->between = TRUE;
  if (compression == TRACE_GZIP)
    inflate->gzip
        = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
#ifdef HAVE_ZSTD
  if (compression == TRACE_ZSTD) {
    inflate->zstd = ZSTD_createDStream ();
    ZSTD_DCtx_setParameter (inflate->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW);
  }
#else
  if (compression == TRACE_ZSTD) {
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
        _ ("this is compressed with zstd, and this Pagewalk was built without "
           "it; use “zstd -dc FILE | pagewalk-cli trace -”"));
    return NULL;
  }
#endif
  return g_steal_pointer (&inflate);
}

void
trace_inflate_free (TraceInflate *inflate)
{
  if (inflate == NULL)
    return;

  g_clear_object (&inflate->gzip);
#ifdef HAVE_ZSTD
  ZSTD_freeDStream (inflate->zstd);
#endif
  g_free (inflate);
}

static gssize
inflate_gzip (TraceInflate *inflate, const guint8 *bytes, gsize length,
              gsize *used, guint8 *room, gsize size, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize made = 0;

  GConverterResult result
      = g_converter_convert (inflate->gzip, bytes, length, room, size,
                             G_CONVERTER_NO_FLAGS, used, &made, &why);
  if (result == G_CONVERTER_ERROR
      && g_error_matches (why, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return 0;
  if (result == G_CONVERTER_ERROR)
    return fail (error, _ ("the compressed data is broken"));
  inflate->between = result == G_CONVERTER_FINISHED;
  if (inflate->between)
    g_converter_reset (inflate->gzip);
  return (gssize) made;
}

#ifdef HAVE_ZSTD
static gssize
inflate_zstd (TraceInflate *inflate, const guint8 *bytes, gsize length,
              gsize *used, guint8 *room, gsize size, GError **error)
{
  ZSTD_inBuffer in = {bytes, length, 0};
  ZSTD_outBuffer out = {room, size, 0};
  gsize left = ZSTD_decompressStream (inflate->zstd, &out, &in);

  *used = in.pos;
  if (ZSTD_isError (left))
    return fail (error, _ ("the compressed data is broken, or needs more than "
                           "32 MiB to be inflated"));
  inflate->between = left == 0;
  return (gssize) out.pos;
}
#endif

static gssize
inflate_some (TraceInflate *inflate, const guint8 *bytes, gsize length,
              gsize *used, guint8 *room, gsize size, GError **error)
{
  *used = 0;
#ifdef HAVE_ZSTD
  if (inflate->compression == TRACE_ZSTD)
    return inflate_zstd (inflate, bytes, length, used, room, size, error);
#endif
  if (length == 0)
    return 0;
  return inflate_gzip (inflate, bytes, length, used, room, size, error);
}

gssize
trace_inflate_more (TraceInflate *inflate, const guint8 *bytes, gsize length,
                    gboolean ending, gsize *used, guint8 *room, gsize size,
                    GError **error)
{
  gssize made
      = length == 0 && inflate->between
            ? (*used = 0, 0)
            : inflate_some (inflate, bytes, length, used, room, size, error);
  if (made < 0)
    return -1;

  inflate->in += *used;
  inflate->out += (guint64) made;
  if (inflate->out > LARGE && inflate->out / MOST_GROWTH > inflate->in)
    return fail (error, _ ("the compressed data becomes more than 20000 times "
                           "larger; this is no trace"));
  if (ending && *used == length && made == 0 && !inflate->between)
    return fail (error, _ ("the compressed data ends too early"));
  return made;
}
