/* The replacement policies: the textbooks' counts, and what any must keep. */
#include <glib.h>

#include "policy/policy.h"
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/textbook", test_textbook);
  g_test_add_func ("/policy/names", test_names);
  return g_test_run ();
}
