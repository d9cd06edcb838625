/* Fuzzes replays: one given its records at once, one given each alone, and a
 * copy made on the way must count the same. */
#include <stdlib.h>
#include <string.h>

#include "replay/skim.h"

#define MOST 4096

/* A few bytes say how the machine is made, two each an access. */
#define HEADER 8

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (bool holds)
{
  if (!holds)
    abort ();
}

static struct vm_replay_config
configure (const uint8_t *bytes)
{
  bool second = bytes[3] & 4, split = bytes[3] & 8;

  return (struct vm_replay_config){
      .policy = (enum vm_policy) (bytes[0] % VM_POLICIES),
      .frames = 1 + bytes[1] % 40,
      .geometry = (enum vm_geometry_id) (1 + bytes[2] % (VM_GEOMETRIES - 1)),
      .tlb_sets = 1u << (bytes[3] & 3),
      .tlb_ways = 1 + bytes[4] % 5,
      .itlb_sets = split ? 1u << (bytes[4] >> 6) : 0,
      .itlb_ways = split ? 1 + bytes[4] / 8 % 4 : 0,
      .stlb_sets = second ? 1u << (bytes[5] & 3) : 0,
      .stlb_ways = second ? 1 + bytes[5] / 4 % 8 : 0,
      .interval = bytes[6] & 15,
      .seed = bytes[6],
      .causes = bytes[7] & 1,
      .windows = bytes[7] & 2,
  };
}

/* Pages lie near each other, and far apart. */
static vm_record
record_of (const uint8_t *bytes)
{
  uint64_t page = bytes[0] & 63, far = bytes[0] >> 6;

  return (page << 12 | far << 22 | (uint64_t) (bytes[1] & 0xf8)) << 2
         | (bytes[1] & 3);
}

/* When each record's page comes again, from the first on. */
static void
look_ahead (const vm_record *records, uint32_t *next, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    next[i] = UINT32_MAX;
    for (size_t k = i + 1; k < count && next[i] == UINT32_MAX; k++)
      if (records[k] >> 14 == records[i] >> 14)
        next[i] = (uint32_t) k;
  }
}

static struct vm_replay_stats
stats_of (const struct vm_replay *replay)
{
  struct vm_replay_stats stats;

  vm_replay_stats (replay, &stats);
  return stats;
}

static void
compare (const struct vm_replay *a, const struct vm_replay *b)
{
  struct vm_replay_stats x = stats_of (a), y = stats_of (b);
  uint32_t frame_x, frame_y, process_x, process_y;
  uint64_t page_x, page_y;

  check (memcmp (&x, &y, sizeof x) == 0);
  check (x.tlb_hits + x.tlb_misses == x.accesses);
  check (x.minor + x.major == x.faults && x.minor == x.pages);
  check (x.writebacks <= x.evictions && x.evictions <= x.faults);
  for (uint32_t i = 0; i < 40; i++) {
    bool there = vm_replay_resident (a, i, &frame_x, &page_x, &process_x);
    check (there == vm_replay_resident (b, i, &frame_y, &page_y, &process_y));
    if (there)
      check (frame_x == frame_y && page_x == page_y && process_x == process_y);
  }
}

/* Plays records, so many at a time. */
static void
play (struct vm_replay *replay, const vm_record *records, const uint32_t *next,
      size_t count, size_t piece)
{
  for (size_t at = 0; at < count; at += piece) {
    size_t some = count - at < piece ? count - at : piece;
    check (vm_replay_run_knowing (replay, records + at, next + at, some, NULL));
  }
}

/* Skims the first half: from there on all must be as if it had been run. */
static void
check_skim (const struct vm_replay_config *config, const vm_record *records,
            const uint32_t *next, size_t count)
{
  struct vm_replay *whole = vm_replay_new (config, NULL);
  struct vm_replay *skimmed = vm_replay_new (config, NULL);
  size_t half = count / 2;

  play (whole, records, next, half, half + 1);
  check (vm_replay_skim (skimmed, records, next, half, NULL));
  check (vm_replay_settle (skimmed, NULL));
  play (whole, records + half, next + half, count - half, count);
  play (skimmed, records + half, next + half, count - half, count);
  struct vm_replay_stats x = stats_of (whole), y = stats_of (skimmed);
  memset (x.kinds, 0, sizeof x.kinds);
  memset (y.kinds, 0, sizeof y.kinds);
  x.walks = y.walks = x.entry_reads = y.entry_reads = 0;
  check (memcmp (&x, &y, sizeof x) == 0);
  vm_replay_free (whole);
  vm_replay_free (skimmed);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static vm_record records[MOST];
  static uint32_t next[MOST];
  size_t count = 0;
  if (size < HEADER + 2)
    return 0;

  struct vm_replay_config config = configure (data);
  for (size_t at = HEADER; at + 2 <= size && count < MOST; at += 2)
    records[count++] = record_of (data + at);
  look_ahead (records, next, count);
  size_t half = count / 2;
  struct vm_replay *whole = vm_replay_new (&config, NULL);
  struct vm_replay *single = vm_replay_new (&config, NULL);
  check (whole != NULL && single != NULL);

  play (whole, records, next, half, half + 1);
  play (single, records, next, half, 1);
  compare (whole, single);
  struct vm_replay *copy = vm_replay_copy (whole);
  uint32_t process = data[7] >> 2 & 3;
  check (vm_replay_switch (whole, process, NULL));
  check (vm_replay_switch (single, process, NULL));
  check (vm_replay_switch (copy, process, NULL));
  play (whole, records + half, next + half, count - half, count);
  play (single, records + half, next + half, count - half, 1);
  play (copy, records + half, next + half, count - half, 3);
  compare (whole, single);
  compare (whole, copy);
  vm_replay_free (whole);
  vm_replay_free (single);
  vm_replay_free (copy);
  check_skim (&config, records, next, count);
  return 0;
}
