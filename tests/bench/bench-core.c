/* Times the core against loops that do the same with nothing around it.
 *
 * Every figure is a ratio of two loops run in turn, several times, in this one
 * process; the median is printed. Absolute figures hold only on the machine
 * that printed them. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench-translate.h"
#include "machine/machine.h"
#include "process/process.h"
#include "replay/replay.h"

#define ROUNDS 7
#define ACCESSES 4000000u
#define PAGES 512u
#define FRAMES 256u
#define SETS 16u
#define WAYS 4u

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

static uint64_t seed = 42;

static uint32_t
random_below (uint32_t limit)
{
  seed = seed * UINT64_C (6364136223846793005) + 1442695040888963407u;
  return (uint32_t) ((seed >> 33) % limit);
}

/* Accesses as local as a compiler's: half hit the page of the one before,
 * most others one of a few recent pages, few go anywhere. */
static vm_record *
make_trace (void)
{
  vm_record *trace = malloc (ACCESSES * sizeof *trace);
  uint64_t recent[8] = {0};
  uint64_t page = 0;

  for (uint32_t i = 0; i < ACCESSES; i++) {
    uint32_t dice = random_below (1000);
    if (dice >= 500 && dice < 990)
      page = recent[random_below (8)];
    else if (dice >= 990)
      page = recent[random_below (8)] = random_below (PAGES);
    enum vm_access_kind kind = dice % 4 == 0   ? VM_WRITE
                               : dice % 4 == 1 ? VM_FETCH
                                               : VM_READ;
    trace[i] = vm_record_of (
        vm_vaddr_of ((page << 12) + random_below (4096) + 0x400000), kind);
  }
  return trace;
}

/* The same replay in plain arrays: no checks, no page tables in memory. */
struct plain {
  uint64_t tag[SETS][WAYS], used[SETS][WAYS];
  uint32_t frame[SETS][WAYS];
  uint32_t *table[512]; /* two levels; 0: not present, 1 dirty */
  uint64_t page_in[FRAMES];
  uint32_t hand;
  uint64_t tick, hits, faults, writebacks;
};

static uint32_t *
plain_entry (struct plain *p, uint64_t page)
{
  uint32_t **table = &p->table[page >> 9 & 511];
  if (*table == NULL)
    *table = calloc (512, sizeof **table);
  return &(*table)[page & 511];
}

static void
plain_fault (struct plain *p, uint64_t page, uint32_t *entry)
{
  uint64_t old = p->page_in[p->hand];
  if (old != 0) {
    uint32_t *gone = plain_entry (p, old - 1);
    p->writebacks += *gone & 1;
    *gone = 0;
    for (uint32_t w = 0; w < WAYS; w++)
      if (p->tag[(old - 1) % SETS][w] == old)
        p->tag[(old - 1) % SETS][w] = 0;
  }
  p->page_in[p->hand] = page + 1;
  *entry = (p->hand + 1) << 1;
  p->hand = (p->hand + 1) % FRAMES;
  p->faults++;
}

static void
plain_access (struct plain *p, vm_record record)
{
  uint64_t page = record >> 14;
  uint64_t *tag = p->tag[page % SETS], *used = p->used[page % SETS];
  uint32_t victim = 0;

  p->tick++;
  for (uint32_t w = 0; w < WAYS; w++) {
    if (tag[w] == page + 1) {
      p->hits++;
      used[w] = p->tick;
      if (record & 1)
        *plain_entry (p, page) |= 1;
      return;
    }
    if (used[w] < used[victim])
      victim = w;
  }

  uint32_t *entry = plain_entry (p, page);
  if (*entry == 0)
    plain_fault (p, page, entry);
  *entry |= record & 1;
  tag[victim] = page + 1;
  used[victim] = p->tick;
}

static double
time_plain (const vm_record *trace, struct plain *p)
{
  double start = now ();
  for (uint32_t i = 0; i < ACCESSES; i++)
    plain_access (p, trace[i]);
  return now () - start;
}

static double
time_replay (const vm_record *trace, struct vm_replay_stats *stats)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                    .tlb_sets = SETS,
                                    .tlb_ways = WAYS,
                                    .frames = FRAMES};
  struct vm_replay *replay = vm_replay_new (&config, NULL);

  double start = now ();
  vm_replay_run (replay, trace, ACCESSES, NULL);
  double seconds = now () - start;
  vm_replay_stats (replay, stats);
  vm_replay_free (replay);
  return seconds;
}

static bool
bench_replay (void)
{
  vm_record *trace = make_trace ();
  double ours[ROUNDS], plain[ROUNDS];
  struct vm_replay_stats stats;
  struct plain *p = NULL;

  for (int i = 0; i < ROUNDS; i++) {
    free (p);
    p = calloc (1, sizeof *p);
    plain[i] = time_plain (trace, p);
    ours[i] = time_replay (trace, &stats);
  }
  double rate = ACCESSES / median (ours) / 1e6;
  double floor = ACCESSES / median (plain) / 1e6;
  bool equal = stats.faults == p->faults && stats.writebacks == p->writebacks;
  printf ("# replay: TLB + walk + FIFO   %7.1f M accesses/s   unchecked loop "
          "%7.1f M/s   ratio %.2f\n",
          rate, floor, rate / floor);
  printf ("#         faults %llu, write-backs %llu: %s\n",
          (unsigned long long) stats.faults,
          (unsigned long long) stats.writebacks,
          equal ? "both loops agree" : "THE LOOPS DIFFER");
  free (p);
  free (trace);
  return equal && rate >= 60;
}

/* A machine with PAGES mapped pages, and its first process running. */
static struct vm_machine *
make_machine (void)
{
  struct vm_machine *m = vm_machine_new ();
  char line[128];

  vm_machine_do_line (m, "machine geometry=x86-64 tlb-sets=16 tlb-ways=4",
                      NULL);
  vm_machine_do_line (m, "process name=A", NULL);
  for (uint32_t i = 0; i < PAGES; i++) {
    snprintf (line, sizeof line, "map process=A va=%#x frame=%#x flags=rwxu",
              (i + 0x400) << 12, i + 0x8000);
    vm_machine_do_line (m, line, NULL);
  }
  vm_machine_do_line (m, "access va=0x400000", NULL);
  return m;
}

static bool
bench_narrated (void)
{
  const uint32_t count = 400000;
  struct vm_machine *m = make_machine ();
  double seconds[ROUNDS];
  struct vm_op op;

  vm_machine_parse (m, "access va=0x400000", &op, NULL);
  for (int round = 0; round < ROUNDS; round++) {
    double start = now ();
    for (uint32_t i = 0; i < count; i++) {
      uint32_t page = i % 8 == 0 ? random_below (PAGES) : i % 4;
      op.values[VM_P_ACCESS_VA] = ((uint64_t) (page + 0x400) << 12) + i % 4096;
      vm_machine_do (m, &op, NULL);
    }
    seconds[round] = now () - start;
  }
  double rate = count / median (seconds) / 1e6;
  printf ("# narrated: full tape         %7.2f M translations/s   tape and "
          "snapshots %.1f MiB\n",
          rate, (double) vm_machine_bytes (m) / 1048576);
  vm_machine_free (m);
  return rate >= 1;
}

static bool
bench_seek (void)
{
  struct vm_machine *m = make_machine ();
  double worst = 0, total = 0;

  for (uint32_t i = 0; i < 2000; i++) {
    struct vm_op op;
    vm_machine_parse (m, "access va=0x400000 kind=write", &op, NULL);
    op.values[VM_P_ACCESS_VA] = (uint64_t) (random_below (PAGES) + 0x400) << 12;
    vm_machine_do (m, &op, NULL);
  }
  uint64_t steps = vm_machine_step_count (m);
  for (uint32_t i = 0; i < 2000; i++) {
    uint64_t to = random_below ((uint32_t) steps);
    double start = now ();
    vm_machine_seek (m, to);
    double seconds = now () - start;
    worst = seconds > worst ? seconds : worst;
    total += seconds;
  }
  printf ("# seek: %llu steps             mean %.3f ms   worst %.3f ms\n",
          (unsigned long long) steps, total / 2000 * 1e3, worst * 1e3);
  vm_machine_free (m);
  return total / 2000 < 1e-3;
}

static bool
bench_tape_off (void)
{
  const uint32_t count = 4000000;
  struct vm_machine *m = make_machine ();
  uint64_t *trace = malloc (count * sizeof *trace);
  double off[ROUNDS], bare[ROUNDS];
  uint64_t a = 0, b = 0;

  for (uint32_t i = 0, page = 0; i < count; i++) {
    page = i % 2 ? page : i % 16 == 0 ? random_below (PAGES) : i % 8;
    trace[i] = ((uint64_t) (page + 0x400) << 12) + random_below (4096);
  }
  /* volatile: the compiler must not know that there is no tape. */
  struct vm_tape *volatile none = NULL;
  const struct vm_state *s = vm_machine_state (m);
  translate_all (none, s, trace, count);
  for (int i = 0; i < ROUNDS; i++) {
    double start = now ();
    b = bench_translate_bare (s, trace, count);
    bare[i] = now () - start;
    start = now ();
    a = translate_all (none, s, trace, count);
    off[i] = now () - start;
  }
  double ratio = median (bare) / median (off);
  printf ("# tape off:                   %7.1f M translations/s   without any "
          "tape code %7.1f M/s   ratio %.2f%s\n",
          count / median (off) / 1e6, count / median (bare) / 1e6, ratio,
          a == b ? "" : "   THE LOOPS DIFFER");
  free (trace);
  vm_machine_free (m);
  return ratio >= 0.6 && a == b;
}

static void
tell (int number, bool met, const char *claim)
{
  printf ("%s %d - %s\n", met ? "ok" : "not ok", number, claim);
}

int
main (void)
{
  puts ("1..4");
  tell (1, bench_narrated (), "at least 1 M narrated translations/s");
  tell (2, bench_tape_off (), "tape off: at least 0.6 of a loop without tape");
  tell (3, bench_replay (), "replay: at least 60 M accesses/s, equal counts");
  tell (4, bench_seek (), "a seek takes less than 1 ms");
  return 0;
}
