/* The replacement policies: the textbooks' counts, and what any must keep. */
#include <glib.h>

#include "mm/pools.h"
#include "policy/string.h"
#include "support.h"

/* What a string of references came to. */
struct outcome {
  uint64_t hits, faults;
};

/* The frame that a page lies in, or VM_NONE. */
static uint32_t
find (const struct vm_pool *pool, uint64_t page)
{
  for (uint32_t i = 0; i < pool->record->frames; i++)
    if (pool->frames[i].used && pool->pages[i] == page)
      return i;
  return VM_NONE;
}

static void
refer (const struct vm_pool *pool, struct vm_reference reference,
       struct outcome *outcome)
{
  enum vm_policy policy = pool->record->policy;
  uint32_t frame = find (pool, reference.page);
  struct vm_eviction victim;

  if (frame != VM_NONE) {
    vm_policy_hit (NULL, policy, pool, frame, reference);
    outcome->hits++;
    return;
  }
  g_assert_cmpuint (vm_policy_fault (NULL, policy, pool, reference, &victim),
                    !=, VM_NONE);
  outcome->faults++;
}

static uint64_t
faults_of (enum vm_policy policy, const char *string, uint32_t frames)
{
  struct vm_pool_config config = {.policy = policy, .frames = frames};
  struct outcome outcome = {0, 0};
  struct vm_pool pool;

  g_assert_true (vm_pool_new (&pool, &config));
  for (const char *c = string; *c != '\0'; c++)
    refer (&pool, (struct vm_reference){.page = (uint64_t) (*c - '0')},
           &outcome);
  g_assert_cmpuint (outcome.hits + outcome.faults, ==, strlen (string));
  vm_pool_done (&pool);
  return outcome.faults;
}

/* The numbers that textbooks print. */
static void
test_textbook (void)
{
  const char *belady = "123412512345";
  const char *silberschatz = "70120304230321201701";

  g_assert_cmpuint (faults_of (VM_POLICY_FIFO, belady, 3), ==, 9);
  g_assert_cmpuint (faults_of (VM_POLICY_FIFO, belady, 4), ==, 10);
  g_assert_cmpuint (faults_of (VM_POLICY_FIFO, belady, 5), ==, 5);
  g_assert_cmpuint (faults_of (VM_POLICY_LRU, belady, 3), ==, 10);
  g_assert_cmpuint (faults_of (VM_POLICY_LRU, belady, 4), ==, 8);
  g_assert_cmpuint (faults_of (VM_POLICY_LRU, belady, 5), ==, 5);
  g_assert_cmpuint (faults_of (VM_POLICY_FIFO, silberschatz, 3), ==, 15);
  g_assert_cmpuint (faults_of (VM_POLICY_LRU, silberschatz, 3), ==, 12);
  g_assert_cmpuint (faults_of (VM_POLICY_CLOCK_SET, silberschatz, 3), ==, 14);
  g_assert_cmpuint (faults_of (VM_POLICY_CLOCK_CLEAR, silberschatz, 3), ==, 11);
}

/* Names are found, and each is its own. */
static void
test_names (void)
{
  for (enum vm_policy i = 0; i < VM_POLICIES; i++) {
    enum vm_policy found;
    g_assert_true (vm_policy_named (vm_policy_info_of (i)->name, &found));
    g_assert_cmpuint (found, ==, i);
  }
  enum vm_policy none;
  g_assert_false (vm_policy_named ("clock", &none));
}

/* A string of references whose pages come back often. */
static void
draw (uint64_t *seed, struct vm_reference *references, uint64_t count)
{
  uint64_t pages = 2 + random_below (seed, 20);

  for (uint64_t i = 0; i < count; i++)
    references[i] = (struct vm_reference){
        .page = i > 3 && random_chance (seed, 40)
                    ? references[i - 1 - random_below (seed, 3)].page
                    : random_below (seed, pages),
        .write = random_chance (seed, 30)};
}

/* One machine with a pool of every policy. */
static struct vm_machine *
machine_with_pools (uint32_t frames)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=64K");
  for (enum vm_policy i = 0; i < VM_POLICIES; i++)
    run (m, "pool name=p%u policy=%s frames=%u", i, vm_policy_info_of (i)->name,
         frames);
  return m;
}

static void
declare (struct vm_machine *m, const struct vm_reference *references,
         uint64_t count)
{
  g_autoptr (GString) line = g_string_new ("string references=");

  for (uint64_t i = 0; i < count; i++)
    g_string_append_printf (line, "%s%u%s", i > 0 ? "," : "",
                            (guint) references[i].page,
                            references[i].write ? "w" : "");
  run (m, "%s", line->str);
}

/* The events of a pool are those of a run without a tape. */
static void
assert_same_run (const struct vm_state *s, uint32_t index,
                 const struct vm_string *string, uint32_t frames)
{
  struct vm_pool_config config
      = {.policy = (enum vm_policy) index, .frames = frames};
  const struct vm_pool_course *course = &s->pool_courses[index];
  struct vm_run expected;

  g_assert_true (vm_run_init (&expected, string, &config));
  for (uint64_t i = 0; i < string->count; i++) {
    const struct vm_pool_event *event
        = &s->pool_events[index * VM_MAX_REFERENCES + i];
    struct vm_run_event wanted = vm_run_next (&expected);
    g_assert_cmpuint (event->outcome == VM_POOL_HIT, ==, wanted.hit);
    g_assert_cmpuint (event->frame, ==, wanted.frame);
    if (!wanted.hit && wanted.victim.evicted)
      g_assert_cmpuint (event->victim, ==, string->page_of[wanted.victim.page]);
  }
  g_assert_cmpuint (course->hits, ==, expected.hits);
  g_assert_cmpuint (course->faults, ==, expected.faults);
  g_assert_cmpuint (course->writebacks, ==, expected.writebacks);
  vm_run_done (&expected);
}

/* With a tape the policies decide as without, and every rule holds after each
 * reference. */
static void
test_narrated (void)
{
  uint64_t seed = 5;
  struct vm_reference references[90];

  for (uint32_t round = 0; round < 24; round++) {
    uint32_t frames = 1 + round % 12;
    struct vm_machine *m = machine_with_pools (frames);
    struct vm_string string;

    draw (&seed, references, G_N_ELEMENTS (references));
    g_assert_true (
        vm_string_init (&string, references, G_N_ELEMENTS (references)));
    declare (m, references, G_N_ELEMENTS (references));
    for (guint i = 0; i < G_N_ELEMENTS (references); i++) {
      run (m, "reference");
      assert_holds (m, VM_CHECK_ALL);
    }
    for (uint32_t i = 0; i < VM_POLICIES; i++)
      assert_same_run (vm_machine_state (m), i, &string, frames);
    vm_string_done (&string);
    vm_machine_free (m);
  }
}

/* Any step is reached again, byte by byte, and the links hold there. */
static void
test_seek (void)
{
  uint64_t seed = 11;
  struct vm_reference references[60];
  struct vm_machine *m = machine_with_pools (4);
  struct vm_state *kept;

  draw (&seed, references, G_N_ELEMENTS (references));
  declare (m, references, G_N_ELEMENTS (references));
  run (m, "reference count=30");
  uint64_t middle = vm_machine_cursor (m);
  kept = g_memdup2 (vm_machine_state (m)->pools,
                    offsetof (struct vm_state, frames)
                        - offsetof (struct vm_state, pools));
  run (m, "reference count=30");
  for (uint64_t n = vm_machine_step_count (m) + 1; n-- > 0;) {
    g_assert_true (vm_machine_seek (m, n));
    assert_holds (m, VM_CHECK_LINKS);
    if (n == middle)
      g_assert_cmpmem (vm_machine_state (m)->pools,
                       offsetof (struct vm_state, frames)
                           - offsetof (struct vm_state, pools),
                       kept,
                       offsetof (struct vm_state, frames)
                           - offsetof (struct vm_state, pools));
  }
  g_assert_cmpuint (vm_machine_state (m)->pool_count, ==, 0);
  g_free (kept);
  vm_machine_free (m);
}

/* Pages that are pinned stay, whatever the policy; pages that vanish make
 * room, and leave the rest in order. */
static void
test_pinned_and_removed (void)
{
  uint64_t seed = 3;

  for (enum vm_policy policy = 0; policy < VM_POLICIES; policy++) {
    struct vm_pool_config config = {.policy = policy, .frames = 6};
    struct outcome outcome = {0, 0};
    struct vm_pool pool;
    g_assert_true (vm_pool_new (&pool, &config));
    for (uint32_t i = 0; i < 6; i++)
      refer (&pool, (struct vm_reference){.page = i, .next = VM_NEVER},
             &outcome);
    ((struct vm_pool_frame *) (uintptr_t) pool.frames)[2].pinned = 1;
    for (uint32_t i = 0; i < 2000; i++) {
      uint32_t gone = (uint32_t) random_below (&seed, 6);
      if (random_chance (&seed, 10) && gone != 2 && pool.frames[gone].used)
        vm_policy_remove (NULL, policy, &pool, gone);
      refer (&pool,
             (struct vm_reference){.page = random_below (&seed, 14),
                                   .next = i + 1 + random_below (&seed, 50)},
             &outcome);
      g_assert_true (pool.frames[2].used && pool.pages[2] == 2);
    }
    g_assert_cmpuint (outcome.hits, >, 0);
    for (uint32_t i = 0; i < 6; i++)
      ((struct vm_pool_frame *) (uintptr_t) pool.frames)[i].pinned = 1;
    while (vm_pool_empty (&pool) != VM_NONE)
      refer (&pool, (struct vm_reference){.page = 100 + outcome.faults},
             &outcome);
    g_assert_cmpuint (vm_policy_evict (NULL, policy, &pool, 0), ==, VM_NONE);
    vm_pool_done (&pool);
  }
}

/* No policy faults less than OPT. */
static void
test_opt_is_best (void)
{
  uint64_t seed = 17;
  struct vm_reference references[200];

  for (uint32_t round = 0; round < 50; round++) {
    uint64_t best = 0;
    struct vm_string string;
    draw (&seed, references, G_N_ELEMENTS (references));
    g_assert_true (
        vm_string_init (&string, references, G_N_ELEMENTS (references)));
    for (enum vm_policy i = VM_POLICIES; i-- > 0;) {
      struct vm_pool_config config = {.policy = i, .frames = 1 + round % 12};
      struct vm_run one;
      g_assert_true (vm_run_init (&one, &string, &config));
      while (one.position < string.count)
        vm_run_next (&one);
      best = i == VM_POLICIES - 1 ? one.faults : MIN (best, one.faults);
      if (i == 0) {
        config.policy = VM_POLICY_OPT;
        vm_run_done (&one);
        g_assert_true (vm_run_init (&one, &string, &config));
        while (one.position < string.count)
          vm_run_next (&one);
        g_assert_cmpuint (one.faults, ==, best);
      }
      vm_run_done (&one);
    }
    vm_string_done (&string);
  }
}

/* What references may be asked for. */
static void
test_operations (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32");
  refused (m, VM_ERROR_NO_POOL, "reference page=1");
  run (m, "pool name=a policy=fifo frames=2");
  refused (m, VM_ERROR_POOL_EXISTS, "pool name=a policy=lru frames=2");
  refused (m, VM_ERROR_STRING_ENDS, "reference");
  refused (m, VM_ERROR_UNKNOWN_POOL, "reference page=1 pool=b");
  refused (m, VM_ERROR_OUT_OF_RANGE, "pool name=b policy=lru frames=65");
  refused (m, VM_ERROR_BAD_REFERENCES, "string references=1,,2");
  refused (m, VM_ERROR_BAD_REFERENCES, "string references=1,x");
  run (m, "reference page=7 kind=write");
  run (m, "reference page=8");
  run (m, "string references=7w,9");
  refused (m, VM_ERROR_STRING_DIFFERS, "reference page=7");
  refused (m, VM_ERROR_STRING_ENDS, "reference count=3");
  run (m, "reference page=7 kind=write");
  run (m, "pool name=o policy=opt frames=2");
  run (m, "reference pool=o count=3");
  run (m, "reference");
  g_assert_cmpuint (vm_machine_state (m)->pool_courses[0].position, ==, 4);
  g_assert_cmpuint (vm_machine_state (m)->pool_courses[0].writebacks, ==, 1);
  g_assert_cmpuint (vm_machine_state (m)->pool_courses[1].hits, ==, 1);
  refused (m, VM_ERROR_NO_FUTURE, "reference page=1");
  run (m, "reference page=1 pool=a");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/textbook", test_textbook);
  g_test_add_func ("/policy/names", test_names);
  g_test_add_func ("/policy/narrated", test_narrated);
  g_test_add_func ("/policy/seek", test_seek);
  g_test_add_func ("/policy/pinned-and-removed", test_pinned_and_removed);
  g_test_add_func ("/policy/opt-is-best", test_opt_is_best);
  g_test_add_func ("/policy/operations", test_operations);
  return g_test_run ();
}
