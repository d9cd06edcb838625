/* A replay that skims most of its way against one that was really run. */
#include <glib.h>
#include <string.h>

#include "replay/future.h"
#include "replay/skim.h"

#define COUNT 3000
#define FRAMES 24

/* How both are made. */
typedef struct {
  struct vm_replay_config config;
  guint pages, processes;
} Shape;

typedef struct {
  vm_record records[COUNT];
  guint32 process[COUNT], next[COUNT];
} Trace;

/* Runs of accesses near each other, to pages of a few processes. */
static void
make_trace (Trace *trace, const Shape *shape, GRand *rand)
{
  guint32 process = 0;
  guint64 page = 0;

  for (guint i = 0; i < COUNT; i++) {
    if (g_rand_int_range (rand, 0, 400) == 0)
      process = (guint32) g_rand_int_range (rand, 0, (gint) shape->processes);
    if (g_rand_int_range (rand, 0, 3) == 0)
      page = (guint64) g_rand_int_range (rand, 0, (gint) shape->pages);
    trace->process[i] = process;
    trace->records[i] = page << 12 << 2 | g_rand_int (rand) % 4;
  }
  for (guint i = COUNT; i-- > 0;) {
    trace->next[i] = VM_FUTURE_NEVER;
    for (guint k = i + 1; k < COUNT && trace->next[i] == VM_FUTURE_NEVER; k++)
      if (trace->records[i] >> 14 == trace->records[k] >> 14
          && trace->process[i] == trace->process[k])
        trace->next[i] = k;
  }
}

static void
go (struct vm_replay *replay, const Trace *trace, guint from, guint to,
    gboolean skimming)
{
  for (guint i = from; i < to; i++) {
    const vm_record *record = &trace->records[i];
    g_assert_true (vm_replay_switch (replay, trace->process[i], NULL));
    g_assert_true (
        skimming
            ? vm_replay_skim (replay, record, &trace->next[i], 1, NULL)
            : vm_replay_run_knowing (replay, record, &trace->next[i], 1, NULL));
  }
}

/* Memory, and what page tables say of it. */
static void
compare_memory (const struct vm_replay *a, const struct vm_replay *b)
{
  guint32 frame[2], process[2];
  guint64 page[2];
  struct vm_pte pte[2];

  for (guint i = 0; i < FRAMES; i++) {
    gboolean there
        = vm_replay_resident (a, i, &frame[0], &page[0], &process[0]);
    g_assert_cmpint (
        there, ==, vm_replay_resident (b, i, &frame[1], &page[1], &process[1]));
    if (!there)
      continue;
    g_assert_cmpuint (page[0], ==, page[1]);
    g_assert_cmpuint (process[0], ==, process[1]);
    g_assert_true (vm_replay_entry (a, process[0], page[0], &pte[0]));
    g_assert_true (vm_replay_entry (b, process[0], page[0], &pte[1]));
    g_assert_true (pte[0].present && pte[1].present);
    g_assert_cmpuint (pte[0].frame, ==, pte[1].frame);
    g_assert_cmpuint (pte[0].dirty, ==, pte[1].dirty);
    g_assert_cmpuint (pte[0].accessed, ==, pte[1].accessed);
  }
}

/* How many pages of a set are in it that were used later than this one. */
static guint
rank_of (const struct vm_state *s, const struct vm_tlb *tlb, guint set,
         const struct vm_tlb_entry *entry)
{
  guint first = vm_tlb_first_way (tlb, set), rank = 0;

  for (guint i = first; i < first + tlb->ways; i++)
    rank += s->tlb[i].valid && s->tlb[i].used > entry->used;
  return rank;
}

/* The same pages in the same order of use; which way each is in does not
 * matter. */
static void
compare_tlb (const struct vm_state *a, const struct vm_state *b,
             enum vm_tlb_unit unit)
{
  struct vm_tlb tlb = vm_tlb_of (a, 0, unit);

  for (guint i = tlb.first; i < tlb.first + tlb.sets * tlb.ways; i++) {
    const struct vm_tlb_entry *entry = &a->tlb[i];
    if (!entry->valid)
      continue;
    guint set = vm_tlb_set_of (&tlb, entry->page), found = 0;
    guint first = vm_tlb_first_way (&tlb, set);
    for (guint k = first; k < first + tlb.ways; k++)
      if (b->tlb[k].valid && b->tlb[k].page == entry->page) {
        g_assert_cmpuint (rank_of (b, &tlb, set, &b->tlb[k]), ==,
                          rank_of (a, &tlb, set, entry));
        found++;
      }
    g_assert_cmpuint (found, ==, 1);
  }
}

static void
compare_counts (const struct vm_replay *a, const struct vm_replay *b)
{
  struct vm_replay_stats x, y;

  vm_replay_stats (a, &x);
  vm_replay_stats (b, &y);
  g_assert_cmpuint (x.accesses, ==, y.accesses);
  g_assert_cmpuint (x.pages, ==, y.pages);
  g_assert_cmpuint (x.faults, ==, y.faults);
  g_assert_cmpuint (x.minor, ==, y.minor);
  g_assert_cmpuint (x.major, ==, y.major);
  g_assert_cmpuint (x.evictions, ==, y.evictions);
  g_assert_cmpuint (x.writebacks, ==, y.writebacks);
  g_assert_cmpuint (x.tlb_hits, ==, y.tlb_hits);
  g_assert_cmpuint (x.tlb_misses, ==, y.tlb_misses);
  g_assert_cmpuint (x.itlb_hits, ==, y.itlb_hits);
  g_assert_cmpuint (x.itlb_misses, ==, y.itlb_misses);
  g_assert_cmpuint (x.stlb_hits, ==, y.stlb_hits);
  g_assert_cmpuint (x.stlb_misses, ==, y.stlb_misses);
  g_assert_cmpmem (x.causes, sizeof x.causes, y.causes, sizeof y.causes);
}

static void
compare_tlbs (const struct vm_replay *a, const struct vm_replay *b)
{
  const struct vm_state *x = vm_replay_state (a), *y = vm_replay_state (b);

  for (guint unit = VM_TLB_DATA; unit <= VM_TLB_SECOND; unit++) {
    compare_tlb (x, y, (enum vm_tlb_unit) unit);
    compare_tlb (y, x, (enum vm_tlb_unit) unit);
  }
}

/* Skims so far, by a copy from the middle on, then runs: all is as if it had
 * run all the time. */
static void
check (const Shape *shape, const Trace *trace, guint skimmed)
{
  struct vm_replay *true_one = vm_replay_new (&shape->config, NULL);
  struct vm_replay *first = vm_replay_new (&shape->config, NULL);

  go (true_one, trace, 0, skimmed, FALSE);
  go (first, trace, 0, skimmed / 2, TRUE);
  struct vm_replay *other = vm_replay_copy (first);
  vm_replay_free (first);
  go (other, trace, skimmed / 2, skimmed, TRUE);
  compare_counts (true_one, other);
  g_assert_true (vm_replay_settle (other, NULL));
  for (guint i = skimmed; i < COUNT; i++) {
    compare_tlbs (true_one, other);
    go (true_one, trace, i, i + 1, FALSE);
    go (other, trace, i, i + 1, FALSE);
  }
  compare_counts (true_one, other);
  compare_memory (true_one, other);
  vm_replay_free (true_one);
  vm_replay_free (other);
}

static void
test_policies (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autofree Trace *trace = g_new (Trace, 1);

  for (enum vm_policy policy = 0; policy < VM_POLICIES; policy++) {
    Shape shape = {.config = {.geometry = VM_GEOMETRY_X86_64,
                              .tlb_sets = 4,
                              .tlb_ways = 2,
                              .frames = FRAMES,
                              .policy = policy,
                              .seed = 5},
                   .pages = 80,
                   .processes = 1};
    make_trace (trace, &shape, rand);
    check (&shape, trace, COUNT / 2);
  }
}

/* Split TLBs, second levels, more room than pages, several processes, other
 * geometries. */
static void
test_machines (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autofree Trace *trace = g_new (Trace, 1);

  for (enum vm_geometry_id id = VM_GEOMETRY_X86_32; id < VM_GEOMETRIES; id++) {
    Shape shape = {.config = {.geometry = id,
                              .tlb_sets = 1u << id % 4,
                              .tlb_ways = 1 + id % 5,
                              .itlb_sets = id % 2 * 2,
                              .itlb_ways = id % 2 * 2,
                              .stlb_sets = id % 3 * 4,
                              .stlb_ways = id % 3 * 2,
                              .frames = 1 + (guint32) id * 5 % FRAMES,
                              .causes = id % 2 == 0},
                   .pages = id % 3 == 0 ? 200 : 12,
                   .processes = 1 + id % 4};
    make_trace (trace, &shape, rand);
    check (&shape, trace, COUNT - 1 - 100 * (guint) id);
    check (&shape, trace, 1 + (guint) id);
  }
}

/* Why the TLB missed: with sets, without, and with pages that come and go. */
static void
test_causes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  g_autofree Trace *trace = g_new (Trace, 1);

  for (guint i = 0; i < 24; i++) {
    Shape shape
        = {.config = {.geometry = VM_GEOMETRY_X86_64,
                      .policy = i % 2 == 0 ? VM_POLICY_LRU : VM_POLICY_RANDOM,
                      .tlb_sets = 1u << i % 4,
                      .tlb_ways = 1 + i % 3,
                      .itlb_sets = i % 5 == 0 ? 2 : 0,
                      .itlb_ways = i % 5 == 0 ? 2 : 0,
                      .frames = 4 + i % FRAMES,
                      .causes = true},
           .pages = 10 + 3 * i,
           .processes = 1 + i % 2};
    make_trace (trace, &shape, rand);
    check (&shape, trace, COUNT - 20 * i);
  }
}

/* With PAE a first table goes into a register, which empties the TLBs. */
static void
test_registers (void)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_PAE,
                                    .tlb_sets = 1,
                                    .tlb_ways = 8,
                                    .frames = 2,
                                    .causes = true};
  static const guint pages[] = {0,       1, 0x40000, 0,       1,
                                0x80000, 1, 0x40001, 0xc0000, 0,
                                0x80001, 2, 0x40000, 0xc0000};
  g_autofree Trace *trace = g_new (Trace, 1);
  Shape shape = {.config = config};

  for (guint i = 0; i < COUNT; i++) {
    trace->records[i] = (guint64) pages[i % G_N_ELEMENTS (pages)] << 12 << 2
                        | i % 3;
    trace->process[i] = i / 500 % 2;
    trace->next[i] = VM_FUTURE_NEVER;
  }
  for (guint skimmed = 1; skimmed < 40; skimmed++)
    check (&shape, trace, skimmed);
  check (&shape, trace, COUNT - 1);
}

/* The same from accesses that are kept, of two processes. */
static void
test_kept (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (14);
  g_autofree Trace *trace = g_new (Trace, 1);
  Shape shape = {.config = {.geometry = VM_GEOMETRY_X86_64,
                            .policy = VM_POLICY_OPT,
                            .tlb_sets = 4,
                            .tlb_ways = 2,
                            .frames = FRAMES},
                 .pages = 80,
                 .processes = 2};
  struct vm_future *future = vm_future_new (12);

  make_trace (trace, &shape, rand);
  for (guint i = 0; i < COUNT; i++)
    vm_future_add (future, trace->process[i], &trace->records[i], 1);
  g_assert_true (vm_future_finish (future));
  struct vm_replay *true_one = vm_replay_new (&shape.config, NULL);
  struct vm_replay *other = vm_replay_new (&shape.config, NULL);
  for (guint i = 0; i < COUNT; i += 500) {
    go (true_one, trace, i, i + 500, FALSE);
    g_assert_true (vm_replay_skim_kept (other, future, 500, NULL));
    compare_counts (true_one, other);
  }
  g_assert_true (vm_replay_settle (other, NULL));
  compare_memory (true_one, other);
  compare_tlbs (true_one, other);
  vm_replay_free (true_one);
  vm_replay_free (other);
  vm_future_free (future);
}

static void
test_no_address (void)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                    .tlb_sets = 1,
                                    .tlb_ways = 1,
                                    .frames = 3};
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  const vm_record record = UINT64_C (0x800000000000) << 2;
  struct vm_error error = {.code = VM_OK};

  g_assert_false (vm_replay_skim (replay, &record, NULL, 1, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_NOT_AN_ADDRESS);
  vm_replay_free (replay);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skim/policies", test_policies);
  g_test_add_func ("/skim/machines", test_machines);
  g_test_add_func ("/skim/causes", test_causes);
  g_test_add_func ("/skim/registers", test_registers);
  g_test_add_func ("/skim/kept", test_kept);
  g_test_add_func ("/skim/no-address", test_no_address);
  return g_test_run ();
}
