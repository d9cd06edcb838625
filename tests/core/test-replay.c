/* The fast path against the narrated machine and against known counts. */
#include <glib.h>
#include <string.h>

#include "machine/machine.h"
#include "replay/replay.h"

static uint64_t
faults_of (const char *references, uint32_t frames)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_32,
                                    .tlb_sets = 1,
                                    .tlb_ways = 2,
                                    .frames = frames};
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  struct vm_replay_stats stats;

  for (const char *c = references; *c != '\0'; c++) {
    vm_record record
        = vm_record_of (vm_vaddr_of ((uint64_t) (*c - '0') << 12), VM_READ);
    g_assert_true (vm_replay_run (replay, &record, 1, NULL));
  }
  vm_replay_stats (replay, &stats);
  vm_replay_free (replay);
  return stats.faults;
}

/* The textbook reference strings, counted by hand. */
static void
test_fifo (void)
{
  g_assert_cmpuint (faults_of ("123412512345", 3), ==, 9);
  g_assert_cmpuint (faults_of ("123412512345", 4), ==, 10);
  g_assert_cmpuint (faults_of ("123412512345", 5), ==, 5);
  g_assert_cmpuint (faults_of ("70120304230321201701", 3), ==, 15);
}

/* A trace with memory for all of it hits and misses in the TLB just as the
 * same accesses do when they are narrated. */
static void
test_same_as_narrated (void)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                    .tlb_sets = 4,
                                    .tlb_ways = 2,
                                    .frames = 64};
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  struct vm_machine *machine = vm_machine_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  struct vm_replay_stats stats;
  struct vm_op op;

  vm_machine_do_line (machine, "machine geometry=x86-64 tlb-sets=4 tlb-ways=2",
                      NULL);
  vm_machine_do_line (machine, "process name=A", NULL);
  for (guint i = 0; i < 64; i++) {
    g_autofree char *line = g_strdup_printf (
        "map process=A va=%#x frame=%#x flags=rwu", i << 12, 0x8000 + i);
    g_assert_true (vm_machine_do_line (machine, line, NULL));
  }
  vm_machine_parse (machine, "access va=0", &op, NULL);
  for (guint i = 0; i < 5000; i++) {
    uint64_t va = (uint64_t) g_rand_int_range (rand, 0, 64) << 12;
    vm_record record = vm_record_of (vm_vaddr_of (va), i % 3 == 0);
    g_assert_true (vm_replay_run (replay, &record, 1, NULL));
    op.values[VM_P_ACCESS_VA] = va;
    op.values[VM_P_ACCESS_KIND] = i % 3 == 0;
    g_assert_true (vm_machine_do (machine, &op, NULL));
  }

  vm_replay_stats (replay, &stats);
  const struct vm_counters *c = &vm_machine_state (machine)->counters;
  g_assert_cmpuint (stats.tlb_hits, ==, c->tlb_hits);
  g_assert_cmpuint (stats.tlb_misses, ==, c->tlb_misses);
  g_assert_cmpuint (stats.tlb_hits + stats.tlb_misses, ==, stats.accesses);
  g_assert_cmpuint (stats.faults, ==, 64);
  g_assert_cmpuint (stats.writebacks, ==, 0);
  vm_replay_free (replay);
  vm_machine_free (machine);
}

/* Every victim that was written to is written back. */
static void
test_writebacks (void)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_32,
                                    .tlb_sets = 1,
                                    .tlb_ways = 4,
                                    .frames = 2};
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  struct vm_replay_stats stats;

  for (guint i = 0; i < 10; i++) {
    vm_record record = vm_record_of (vm_vaddr_of ((uint64_t) i << 12), i % 2);
    g_assert_true (vm_replay_run (replay, &record, 1, NULL));
  }
  vm_replay_stats (replay, &stats);
  g_assert_cmpuint (stats.faults, ==, 10);
  g_assert_cmpuint (stats.writebacks, ==, 4);
  vm_replay_free (replay);
}

static void
test_refusals (void)
{
  struct vm_replay_config config
      = {.geometry = VM_GEOMETRY_X86_64, .tlb_sets = 1, .tlb_ways = 1};
  struct vm_error error;

  g_assert_null (vm_replay_new (&config, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_RANGE);

  config.frames = 1;
  struct vm_replay *replay = vm_replay_new (&config, &error);
  vm_record record = vm_record_of (vm_vaddr_of (1ull << 50), VM_READ);
  g_assert_false (vm_replay_run (replay, &record, 1, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_NOT_AN_ADDRESS);
  g_assert_cmphex (error.value, ==, 1ull << 50);
  vm_replay_free (replay);
}

/* A page in each 2 MiB wants a table of its own: they run out of memory, and
 * that is said. */
static void
test_tables_outgrow_memory (void)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                    .tlb_sets = 1,
                                    .tlb_ways = 1,
                                    .frames = 65536};
  struct vm_replay *replay = vm_replay_new (&config, NULL);
  struct vm_error error = {.code = VM_OK};
  bool going = true;
  uint64_t pages = 0;

  for (; going && pages < 60000; pages++) {
    vm_record record = vm_record_of (vm_vaddr_of (pages << 21), VM_READ);
    going = vm_replay_run (replay, &record, 1, &error);
  }
  g_assert_false (going);
  g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_MEMORY);
  g_assert_cmpuint (pages, >, VM_MAX_SLOTS - 256);
  vm_replay_free (replay);
}

/* Every format can name the frames that its pages lie in: no policy is told of
 * another. */
static void
test_geometries (void)
{
  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRY_TOY; id++) {
    struct vm_replay_config config = {.geometry = (enum vm_geometry_id) id,
                                      .policy = VM_POLICY_LRU,
                                      .tlb_sets = 2,
                                      .tlb_ways = 2,
                                      .frames = 8};
    struct vm_replay *replay = vm_replay_new (&config, NULL);
    uint32_t shift = vm_geometry_of ((enum vm_geometry_id) id)->page_shift;
    struct vm_replay_stats stats;
    for (guint i = 0; i < 1000; i++) {
      uint64_t page = i * i % 23;
      vm_record record = vm_record_of (vm_vaddr_of (page << shift), i % 2);
      g_assert_true (vm_replay_run (replay, &record, 1, NULL));
      uint32_t frame = vm_replay_pool (replay)->record->lists[0].newest, named;
      uint64_t newest;
      uint32_t process;
      struct vm_pte pte;
      g_assert_true (
          vm_replay_resident (replay, frame, &named, &newest, &process));
      g_assert_cmpuint (newest, ==, page);
      g_assert_true (vm_replay_entry (replay, 0, page, &pte));
      g_assert_cmpuint (pte.frame, ==, named);
    }
    vm_replay_stats (replay, &stats);
    g_assert_cmpuint (stats.tlb_hits + stats.tlb_misses, ==, 1000);
    vm_replay_free (replay);
  }
}

/* A copy stands where the first one does, goes on as it does, and leaves it
 * alone. */
static void
check_copy (enum vm_policy policy, GRand *rand)
{
  const bool split = g_rand_boolean (rand);
  struct vm_replay_config config = {
      .geometry = VM_GEOMETRY_X86_64,
      .policy = policy,
      .tlb_sets = 4,
      .tlb_ways = 2,
      .itlb_sets = split ? 2 : 0,
      .itlb_ways = split ? 2 : 0,
      .frames = (uint32_t) g_rand_int_range (rand, 2, 40),
      .causes = g_rand_boolean (rand),
      .windows = g_rand_boolean (rand),
  };
  struct vm_replay *a = vm_replay_new (&config, NULL), *b = NULL;
  struct vm_replay_stats of_a, of_b;
  struct vm_replay_window in_a, in_b;

  for (guint i = 0; i < 6000; i++) {
    uint64_t va = (uint64_t) g_rand_int_range (rand, 0, 60) << 20;
    vm_record record = va << 2 | (uint64_t) g_rand_int_range (rand, 0, 4);
    uint32_t next = i + (uint32_t) g_rand_int_range (rand, 1, 99);
    uint32_t process = i / 500 % 3;
    if (i == 3000)
      b = vm_replay_copy (a);
    g_assert_true (vm_replay_switch (a, process, NULL));
    g_assert_true (vm_replay_run_knowing (a, &record, &next, 1, NULL));
    if (b == NULL)
      continue;
    g_assert_true (vm_replay_switch (b, process, NULL));
    g_assert_true (vm_replay_run_knowing (b, &record, &next, 1, NULL));
  }
  vm_replay_stats (a, &of_a);
  vm_replay_stats (b, &of_b);
  vm_replay_window (a, &in_a);
  vm_replay_window (b, &in_b);
  g_assert_cmpmem (&of_a, sizeof of_a, &of_b, sizeof of_b);
  g_assert_cmpmem (&in_a, sizeof in_a, &in_b, sizeof in_b);
  /* Once is enough for all those bytes. */
  if (policy == VM_POLICY_FIFO)
    g_assert_true (memcmp (vm_replay_state (a), vm_replay_state (b),
                           sizeof (struct vm_state))
                   == 0);
  vm_replay_free (a);
  vm_replay_free (b);
}

static void
test_copies (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (enum vm_policy policy = 0; policy < VM_POLICIES; policy++)
    check_copy (policy, rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/fifo", test_fifo);
  g_test_add_func ("/replay/geometries", test_geometries);
  g_test_add_func ("/replay/copies", test_copies);
  g_test_add_func ("/replay/same-as-narrated", test_same_as_narrated);
  g_test_add_func ("/replay/writebacks", test_writebacks);
  g_test_add_func ("/replay/refusals", test_refusals);
  g_test_add_func ("/replay/tables-outgrow-memory", test_tables_outgrow_memory);
  return g_test_run ();
}
