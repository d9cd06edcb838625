/* Writes a long trace to standard output, which nothing has to keep.
 *
 *   trace-maker zipf ACCESSES PAGES     pages by Zipf's law, in no order
 *   trace-maker mix ACCESSES TRACE...   recorded traces by turns, each of them
 * a process, over and over
 *
 * The format is our own: plain for zipf, delta for the mix, which changes
 * processes. */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "replay/binary.h"
#include "stream.h"

#define PIECE 8192

/* Accesses before another process has its turn. */
#define TURN 20000

/* Steps in which the law is kept: between two of them it is a straight line. */
#define STEPS 65536

static void
put (const void *bytes, gsize length)
{
  if (fwrite (bytes, 1, length, stdout) != length)
    exit (1);
}

static void
begin (struct vm_binary_writer *writer, enum vm_binary_coding coding,
       guint64 count)
{
  guint8 header[VM_BINARY_HEADER];

  put (header, vm_binary_begin (writer, coding, count, header));
}

static void
put_records (struct vm_binary_writer *writer, const vm_record *records,
             gsize count)
{
  static guint8 bytes[PIECE * VM_BINARY_CODE];

  put (bytes, vm_binary_write (writer, records, count, bytes));
}

/* Where ranks begin: [i] is the rank below which i / STEPS of the accesses go,
 * where the n-th page is used 1/n as often as the first. */
static double *
make_ranks (double pages)
{
  double *ranks = g_new (double, STEPS + 1);
  double all = log (pages + 1);

  for (guint i = 0; i <= STEPS; i++)
    ranks[i] = exp (all * i / STEPS) - 1;
  return ranks;
}

static vm_record
draw (const double *ranks, guint64 pages, guint64 *seed)
{
  *seed = *seed * G_GUINT64_CONSTANT (6364136223846793005)
          + 1442695040888963407;
  double at = (double) (*seed >> 11) / 9007199254740992.0 * STEPS;
  guint step = (guint) at;
  double rank = ranks[step] + (at - step) * (ranks[step + 1] - ranks[step]);
  guint64 page = MIN ((guint64) rank, pages - 1) * 7919 % pages;

  return vm_record_of (vm_vaddr_of (page << 12),
                       *seed >> 40 & 3 ? VM_READ : VM_WRITE);
}

static void
write_zipf (guint64 count, guint64 pages)
{
  static vm_record records[PIECE];
  g_autofree double *ranks = make_ranks ((double) pages);
  struct vm_binary_writer writer;
  guint64 seed = 42;

  begin (&writer, VM_BINARY_PLAIN, count);
  for (guint64 done = 0; done < count;) {
    gsize some = (gsize) MIN (PIECE, count - done);
    for (gsize i = 0; i < some; i++)
      records[i] = draw (ranks, pages, &seed);
    put_records (&writer, records, some);
    done += some;
  }
}

static GArray *
read_trace (const char *path)
{
  g_autoptr (TraceStream) stream
      = trace_stream_open (path, VM_TRACE_AUTO, VM_PAGE_SHIFT, NULL);
  GArray *records = g_array_new (FALSE, FALSE, sizeof (vm_record));
  const TraceBatch *batch;

  while (stream != NULL && (batch = trace_stream_next (stream, TRUE)) != NULL)
    g_array_append_vals (records, batch->records, (guint) batch->count);
  return records;
}

/* The turn of one process; it goes on where it was, from the start again at its
 * end. Returns the accesses it made. */
static guint64
write_turn (struct vm_binary_writer *writer, guint32 process,
            const GArray *records, guint64 position, guint64 most)
{
  guint8 code[VM_BINARY_CODE];
  guint64 some = MIN (MIN (most, TURN), records->len - position);

  put (code, vm_binary_switch (writer, process, code));
  for (guint64 done = 0; done < some; done += PIECE)
    put_records (writer, &g_array_index (records, vm_record, position + done),
                 (gsize) MIN (PIECE, some - done));
  return some;
}

static void
write_mix (guint64 count, char **paths, guint n)
{
  GArray **traces = g_new (GArray *, n);
  g_autofree guint64 *positions = g_new0 (guint64, n);
  struct vm_binary_writer writer;
  guint8 code[VM_BINARY_CODE];

  for (guint i = 0; i < n; i++)
    traces[i] = read_trace (paths[i]);
  begin (&writer, VM_BINARY_DELTA, UINT64_MAX);
  for (guint64 done = 0, turn = 0; done < count; turn++) {
    guint i = (guint) (turn % n);
    guint64 some
        = write_turn (&writer, i + 1, traces[i], positions[i], count - done);
    positions[i] = (positions[i] + some) % traces[i]->len;
    done += some;
  }
  put (code, vm_binary_finish (&writer, code));
  for (guint i = 0; i < n; i++)
    g_array_unref (traces[i]);
  g_free (traces);
}

int
main (int argc, char **argv)
{
  guint64 count = argc > 3 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;

  if (count != 0 && strcmp (argv[1], "zipf") == 0)
    write_zipf (count, g_ascii_strtoull (argv[3], NULL, 10));
  else if (count != 0 && strcmp (argv[1], "mix") == 0)
    write_mix (count, argv + 3, (guint) argc - 3);
  else {
    fputs ("Usage: trace-maker zipf ACCESSES PAGES\n"
           "       trace-maker mix ACCESSES TRACE...\n",
           stderr);
    return 2;
  }
  return fflush (stdout) == 0 ? 0 : 1;
}
