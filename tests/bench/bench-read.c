/* Reads lackey's text beside `wc -l`, both from the system's cache. */
#include "bench-read.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "replay/reader.h"
#include "replay/replay.h"

#define ROUNDS 5
#define PIECE (256 * 1024)
#define ROOM 65536

static double
seconds_of (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

/* A text that lackey might have written, and how large accesses are. */
static gboolean
write_text (const char *path, const GArray *records, guint lines)
{
  static const char *const kinds[4] = {" L", " S", "I ", " M"};
  static const guint sizes[8] = {4, 8, 3, 5, 1, 7, 2, 10};
  FILE *file = g_fopen (path, "w");

  for (guint i = 0; i < lines && file != NULL; i++) {
    vm_record record = g_array_index (records, vm_record, i % records->len);
    fprintf (file, "%s %08" PRIx64 ",%u\n", kinds[record & 3],
             vm_record_va (record), sizes[(record >> 2 ^ i) & 7]);
  }
  return file != NULL && fclose (file) == 0;
}

/* Reads the text; replay may be NULL. Returns the seconds that it took. */
static double
read_text (const char *path, struct vm_replay *replay)
{
  static guint8 piece[PIECE];
  static vm_record records[ROOM];
  struct vm_reader *reader = vm_reader_new (VM_TRACE_LACKEY, VM_PAGE_SHIFT);
  double start = seconds_of (RUSAGE_SELF);
  int fd = g_open (path, O_RDONLY, 0);
  gssize length;

  while ((length = read (fd, piece, PIECE)) > 0)
    for (gsize at = 0, used, count; at < (gsize) length; at += used) {
      g_assert_true (vm_reader_push (reader, piece + at, (gsize) length - at,
                                     &used, records, ROOM, &count));
      if (replay != NULL)
        vm_replay_run (replay, records, count, NULL);
    }
  close (fd);
  vm_reader_free (reader);
  return seconds_of (RUSAGE_SELF) - start;
}

/* What `wc -l` takes. */
static double
count_lines (const char *path)
{
  const char *command[] = {"wc", "-l", path, NULL};
  double start = seconds_of (RUSAGE_CHILDREN);

  g_spawn_sync (NULL, (char **) command, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                NULL, NULL, NULL, NULL);
  return seconds_of (RUSAGE_CHILDREN) - start;
}

/* As above, to the statistics that it comes to. */
static double
replay_text (const char *path)
{
  const struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                          .tlb_sets = 16,
                                          .tlb_ways = 4,
                                          .frames = 256,
                                          .policy = VM_POLICY_LRU,
                                          .causes = true};
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  double seconds = read_text (path, replay);

  vm_replay_free (replay);
  return seconds;
}

double
bench_read (const GArray *records, guint lines)
{
  double reading = G_MAXDOUBLE, counting = G_MAXDOUBLE, all = G_MAXDOUBLE;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("bench-XXXXXX.lackey", &path, NULL);
  if (fd == -1)
    return 0;

  close (fd);
  gboolean written = write_text (path, records, lines);
  for (guint i = 0; i < ROUNDS && written; i++) {
    reading = MIN (reading, read_text (path, NULL));
    counting = MIN (counting, count_lines (path));
    all = MIN (all, replay_text (path));
  }
  g_unlink (path);
  if (!written)
    return 0;
  printf ("# %u lines of lackey: read in %.3f s, %.1f ns a line; replayed in "
          "%.3f s; wc -l takes %.3f s\n",
          lines, reading, reading / lines * 1e9, all, counting);
  return reading / counting;
}
