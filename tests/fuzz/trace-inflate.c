/* Fuzzes what inflates traces: bytes given at once, and bytes given few at a
 * time into little room, must become the same. */
#include <stdint.h>
#include <stdlib.h>

#include "inflate.h"

/* What is made of a few hundred bytes is looked at up to here. */
#define MOST (256 * 1024)

/* What became of the bytes, as a digest. */
typedef struct {
  guint64 made, digest;
  gboolean refused;
} Made;

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
take (Made *made, const guint8 *bytes, gsize count)
{
  for (gsize i = 0; i < count && made->made < MOST; i++, made->made++)
    made->digest = (made->digest ^ bytes[i]) * 0x100000001b3u;
}

/* Inflates one piece after the other. Room is a block of its own, so that what
 * is written behind it is seen. */
static Made
inflate (TraceCompression compression, const guint8 *data, gsize length,
         gsize piece, gsize room)
{
  g_autoptr (TraceInflate) inflate = trace_inflate_new (compression, NULL);
  g_autofree guint8 *bytes = malloc (room);
  Made made = {.digest = 1};
  gsize at = 0, used = 1;
  gssize count = 1;

  if (inflate == NULL)
    return made;
  while (count >= 0 && made.made < MOST
         && (count > 0 || used > 0 || at < length)) {
    gsize some = MIN (piece, length - at);
    count = trace_inflate_more (inflate, data + at, some, at + some == length,
                                &used, bytes, room, NULL);
    if (used > some || count > (gssize) room)
      abort ();
    if (count <= 0 && used == 0 && some < length - at)
      piece++;
    at += count >= 0 ? used : 0;
    take (&made, bytes, count > 0 ? (gsize) count : 0);
  }
  made.refused = count < 0;
  return made;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  TraceCompression compression = trace_compression_of (data, size);
  if (compression == TRACE_PLAIN)
    return 0;

  Made whole = inflate (compression, data, size, size, 65536);
  Made cut = inflate (compression, data, size, 7, 600);
  if (whole.refused != cut.refused
      || (!whole.refused
          && (whole.made != cut.made || whole.digest != cut.digest)))
    abort ();
  return 0;
}
