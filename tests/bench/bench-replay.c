/* Times replays: policies and sizes on recorded traces and on Zipf's law, and
 * how the time an access takes grows with the length of a trace and its pages.
 *
 * Times are those of this process alone, so that a busy machine disturbs them
 * less. The floor is a loop that only counts in which page each access lies:
 * no TLB, no table, no check. */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench-read.h"
#include "machine/machine.h"
#include "reopen.h"
#include "replay/distance.h"
#include "replay/future.h"
#include "replay/replay.h"
#include "stream.h"
#include "trail.h"

#define ROUNDS 2
#define SETS 16
#define WAYS 4
#define PIECE 65536
#define TEXT_LINES 20000000

/* Where the growth of time is looked at. */
#define MARKS 3
#define SPREADS 5

static const char *const traces[]
    = {"compiler", "matrix-columns", "sort", "matrix-rows", "hash", "list"};
static const guint32 sizes[] = {64, 256};

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

/* A recorded trace that comes with the book. */
static GArray *
read_trace (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/data/traces/%s.pwt.gz",
                                           g_getenv ("PAGEWALK_SOURCE"), name);
  g_autoptr (TraceStream) stream
      = trace_stream_open (path, VM_TRACE_AUTO, VM_PAGE_SHIFT, NULL);
  GArray *records = g_array_new (FALSE, FALSE, sizeof (vm_record));
  const TraceBatch *batch;

  while (stream != NULL && (batch = trace_stream_next (stream, TRUE)) != NULL)
    g_array_append_vals (records, batch->records, (guint) batch->count);
  return records;
}

/* Accesses to pages after Zipf's law: the n-th page is used 1/n as often as
 * the first. Pages lie in no order. */
typedef struct {
  guint64 seed;
  guint pages;
} Zipf;

static void
make_zipf (Zipf *zipf, vm_record *records, guint count)
{
  double all = log ((double) zipf->pages + 1);

  for (guint i = 0; i < count; i++) {
    zipf->seed = zipf->seed * G_GUINT64_CONSTANT (6364136223846793005)
                 + 1442695040888963407;
    double uniform = (double) (zipf->seed >> 11) / 9007199254740992.0;
    guint64 rank = (guint64) exp (uniform * all) - 1;
    guint64 page = rank * 7919 % zipf->pages;
    records[i] = vm_record_of (vm_vaddr_of (page << 12),
                               zipf->seed >> 40 & 3 ? VM_READ : VM_WRITE);
  }
}

/* Counts changes of the page, which is the least that can be done. */
static double
time_floor (const GArray *records, guint64 *changes)
{
  const vm_record *r = (const vm_record *) (void *) records->data;
  double start = now ();
  guint64 last = 0;

  for (guint i = 0; i < records->len; i++) {
    *changes += r[i] >> 14 != last;
    last = r[i] >> 14;
  }
  return now () - start;
}

/* Replays all; what OPT must know was found out before. */
static double
time_replay (const GArray *records, const guint32 *next,
             const struct vm_replay_config *config,
             struct vm_replay_stats *stats)
{
  const vm_record *r = (const vm_record *) (void *) records->data;
  struct vm_replay *replay = vm_replay_new (config, NULL);
  double start = now ();

  for (guint i = 0; i < records->len; i += PIECE) {
    guint count = MIN (PIECE, records->len - i);
    vm_replay_run_knowing (replay, r + i, next != NULL ? next + i : NULL, count,
                           NULL);
  }
  double seconds = now () - start;
  vm_replay_stats (replay, stats);
  vm_replay_free (replay);
  return seconds;
}

static guint32 *
know_future (const GArray *records)
{
  struct vm_future *future = vm_future_new (12);
  guint32 *next = g_new (guint32, records->len);
  g_autofree vm_record *pages = g_new (vm_record, records->len);
  guint64 at = 0;
  guint32 process;

  vm_future_add (future, 0, (const vm_record *) (void *) records->data,
                 records->len);
  vm_future_finish (future);
  while (at < records->len)
    at += vm_future_get (future, at, pages, next + at, records->len - at,
                         &process);
  vm_future_free (future);
  return next;
}

/* The best of a few rounds, in millions a second. */
static double
rate_of (const GArray *records, const guint32 *next, enum vm_policy policy,
         guint32 frames, struct vm_replay_stats *stats)
{
  const struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                          .tlb_sets = SETS,
                                          .tlb_ways = WAYS,
                                          .frames = frames,
                                          .policy = policy};
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    best = MIN (best,
                time_replay (records, policy == VM_POLICY_OPT ? next : NULL,
                             &config, stats));
  return records->len / best / 1e6;
}

/* FIFO, LRU and Clock, which are compared with other simulators. */
static gboolean
is_common (enum vm_policy policy)
{
  return policy == VM_POLICY_FIFO || policy == VM_POLICY_LRU
         || policy == VM_POLICY_CLOCK_SET;
}

/* One line for each policy and size. Returns the smallest rate of FIFO, LRU and
 * Clock, and OPT's. */
static double
bench_trace (const char *name, const GArray *records, double *opt)
{
  g_autofree guint32 *next = know_future (records);
  struct vm_replay_stats stats;
  double least = G_MAXDOUBLE;
  guint64 changes = 0;

  *opt = G_MAXDOUBLE;
  double floor = records->len / time_floor (records, &changes) / 1e6;
  printf ("# %-15s %u accesses, %.0f %% to the page of the one before; floor "
          "%.0f M/s\n",
          name, records->len, 100 - 100.0 * (double) changes / records->len,
          floor);
  for (enum vm_policy p = 0; p < VM_POLICIES; p++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
      double rate = rate_of (records, next, p, sizes[s], &stats);
      printf ("#   %-13s %4u frames  %7.1f M/s   %8" G_GUINT64_FORMAT
              " faults, %" G_GUINT64_FORMAT " TLB misses\n",
              vm_policy_info_of (p)->name, sizes[s], rate, stats.faults,
              stats.tlb_misses);
      if (p == VM_POLICY_OPT)
        *opt = MIN (*opt, rate);
      if (is_common (p))
        least = MIN (least, rate);
    }
  return least;
}

/* Replays a long trace that is made piece by piece, and notes the nanoseconds
 * an access took up to 1, 10 and 100 million of them. */
static void
time_growth (guint pages, guint64 most, double *nanoseconds)
{
  const struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                          .tlb_sets = SETS,
                                          .tlb_ways = WAYS,
                                          .frames = pages,
                                          .policy = VM_POLICY_LRU};
  static vm_record records[PIECE];
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  Zipf zipf = {.seed = 42, .pages = pages};
  double seconds = 0;
  guint64 done = 0, mark = 1000000;

  for (guint i = 0; i < MARKS && mark <= most; mark *= 10, i++) {
    while (done < mark) {
      guint count = (guint) MIN (PIECE, mark - done);
      make_zipf (&zipf, records, count);
      double start = now ();
      vm_replay_run (replay, records, count, NULL);
      seconds += now () - start;
      done += count;
    }
    nanoseconds[i] = seconds / (double) done * 1e9;
  }
  vm_replay_free (replay);
}

/* How the time of an access grows. */
static void
bench_growth (guint64 most)
{
  double table[SPREADS][MARKS] = {0};
  guint64 mark = 1000000;
  guint pages = 100;

  for (guint i = 0; i < SPREADS; i++, pages *= 10)
    time_growth (pages, most, table[i]);
  puts ("# ns an access (LRU, a frame for each page; Zipf)");
  puts ("#     accesses    10^2    10^3    10^4    10^5    10^6 pages");
  for (guint m = 0; m < MARKS && mark <= most; mark *= 10, m++) {
    printf ("# %12" G_GUINT64_FORMAT, mark);
    for (guint i = 0; i < SPREADS; i++)
      printf (" %7.1f", table[i][m]);
    putchar ('\n');
  }
  puts ("# Nothing grows with the accesses. More pages take longer: by Zipf's "
        "law they miss");
  puts ("# the TLB more often, each miss walks, and from some 10^5 pages on "
        "entries, frames'");
  puts ("# records and tables lie in no cache.");
}

/* LRU's curve of all sizes, in millions of accesses a second. */
static double
bench_curve (const GArray *records)
{
  g_autofree guint32 *numbers = g_new (guint32, records->len);
  struct vm_pages pages;
  struct vm_distance *distance = vm_distance_new ();

  vm_pages_init (&pages);
  double start = now ();
  for (guint i = 0; i < records->len; i++)
    numbers[i] = vm_pages_number (&pages, g_array_index (records, vm_record, i)
                                              >> 14 << 12)
                 << 2;
  vm_distance_add (distance, numbers, records->len);
  double rate = records->len / (now () - start) / 1e6;
  vm_distance_free (distance);
  vm_pages_done (&pages);
  return rate;
}

/* Brings a machine to where a replay stands. */
static void
bring_about (const struct vm_replay *replay)
{
  g_autoptr (GPtrArray) lines = trace_reopen_setup (replay);
  struct vm_machine *machine = vm_machine_new ();

  for (guint i = 0; i < lines->len; i++)
    vm_machine_do_line (machine, g_ptr_array_index (lines, i), NULL);
  vm_machine_free (machine);
}

/* The longest that it takes to open one of 10 million accesses as a machine
 * that narrates, in seconds. */
static double
bench_opening (guint pages, guint32 frames)
{
  const struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                          .tlb_sets = SETS,
                                          .tlb_ways = WAYS,
                                          .frames = frames,
                                          .policy = VM_POLICY_LRU};
  g_autoptr (TraceShelf) shelf = trace_shelf_new (128 << 20);
  g_autoptr (TraceTrail) trail = trace_trail_new (shelf, 128 << 20);
  static vm_record records[PIECE];
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  Zipf zipf = {.seed = 42, .pages = pages};
  double worst = 0;

  for (guint64 done = 0; done < 10000000; done += PIECE) {
    make_zipf (&zipf, records, PIECE);
    trace_trail_mark (trail, replay, done);
    vm_replay_run (replay, records, PIECE, NULL);
    trace_shelf_add (shelf, 0, records, PIECE);
  }
  vm_replay_free (replay);
  for (guint64 at = 12345; at < 10000000; at += 1234567) {
    double start = now ();
    replay = trace_trail_open (trail, at, NULL);
    bring_about (replay);
    worst = MAX (worst, now () - start);
    vm_replay_free (replay);
  }
  printf ("# one of 10 M accesses to %u pages, %u frames, opens in %.0f ms at "
          "most; kept in %.0f MiB\n",
          pages, frames, worst * 1e3,
          (double) (trace_shelf_bytes (shelf) + trace_trail_bytes (trail))
              / (1 << 20));
  return worst;
}

static void
tell (int number, gboolean met, const char *claim)
{
  printf ("%s %d - %s\n", met ? "ok" : "not ok", number, claim);
}

int
main (int argc, char **argv)
{
  guint64 most = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 100000000;
  double least = 0, opt = 0, curve = 0, reading = 0, unused;

  setvbuf (stdout, NULL, _IOLBF, 0);
  puts ("1..5");
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++) {
    g_autoptr (GArray) records = read_trace (traces[i]);
    double rate = bench_trace (traces[i], records, i == 0 ? &opt : &unused);
    if (i > 0)
      continue;
    least = rate;
    curve = bench_curve (records);
    printf ("#   LRU's whole curve     %7.1f M/s\n", curve);
    reading = bench_read (records, TEXT_LINES);
  }
  Zipf zipf = {.seed = 42, .pages = 4000};
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (vm_record));
  g_array_set_size (records, 1000000);
  make_zipf (&zipf, (vm_record *) (void *) records->data, records->len);
  bench_trace ("zipf", records, &unused);
  double few = bench_opening (4000, 256);
  double many = bench_opening (40000, 4096);
  bench_growth (most);
  tell (1, least >= 140,
        "the compiler's trace: FIFO, LRU, Clock at least 140 M accesses/s");
  tell (2, opt >= 36, "the compiler's trace: OPT at least 36 M accesses/s");
  tell (3, curve >= 20, "LRU's whole curve: at least 20 M accesses/s");
  tell (4, MAX (few, many) <= 0.5, "any of 10 M accesses opens within 0.5 s");
  g_autofree char *claim
      = g_strdup_printf ("lackey's text is read in %.1f times what wc -l "
                         "takes, at most 8",
                         reading);
  tell (5, reading > 0 && reading <= 8, claim);
  return 0;
}
