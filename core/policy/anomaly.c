/* Searches strings of references, in order of length, for Belady's anomaly. */
#include "policy/anomaly.h"

#include <assert.h>

/* The two pools after each prefix of the string that is tried. */
struct search {
  const struct vm_anomaly_config *config;
  struct vm_anomaly *result;
  struct vm_pool_config pool_config[2];
  struct vm_pool pools[VM_ANOMALY_MOST + 1][2];
  uint32_t faults[VM_ANOMALY_MOST + 1][2];
  uint32_t length; /* of the strings that are tried now */
};

static void
copy_pool (struct search *search, uint32_t depth, uint32_t i)
{
  memcpy ((void *) (uintptr_t) search->pools[depth + 1][i].record,
          search->pools[depth][i].record,
          vm_pool_bytes (&search->pool_config[i]));
}

static uint32_t
find_page (const struct vm_pool *p, uint64_t page)
{
  for (uint32_t i = 0; i < p->record->frames; i++)
    if (p->frames[i].used && p->pages[i] == page)
      return i;
  return VM_NONE;
}

/* Makes the reference after the first depth ones, in both pools. */
static void
refer (struct search *search, uint32_t depth, uint8_t page)
{
  struct vm_reference reference = {.page = page, .next = VM_NEVER};
  enum vm_policy policy = search->config->policy;
  struct vm_eviction victim;

  search->result->pages[depth] = page;
  search->result->tried++;
  for (uint32_t i = 0; i < 2; i++) {
    const struct vm_pool *pool = &search->pools[depth + 1][i];
    copy_pool (search, depth, i);
    uint32_t frame = find_page (pool, page);
    search->faults[depth + 1][i] = search->faults[depth][i];
    if (frame != VM_NONE) {
      vm_policy_hit (NULL, policy, pool, frame, reference);
      continue;
    }
    vm_policy_fault (NULL, policy, pool, reference, &victim);
    search->faults[depth + 1][i]++;
  }
}

/* Can the larger pool still come to more faults than the smaller? */
static bool
is_open (const struct search *search, uint32_t depth)
{
  const uint32_t *faults = search->faults[depth];

  return faults[1] + (search->length - depth) > faults[0];
}

/* Tries all strings that begin with the first depth references, which name
 * the pages 1 ... named. True once the anomaly is found. The depth is bounded
 * by VM_ANOMALY_MOST. */
static bool
extend (struct search *search, uint32_t depth, uint8_t named)
{
  if (depth == search->length)
    return search->faults[depth][1] > search->faults[depth][0];

  for (uint8_t page = 1; page <= named + 1; page++) {
    if (search->result->tried >= search->config->budget) {
      search->result->complete = false;
      return false;
    }
    refer (search, depth, page);
    if (is_open (search, depth + 1)
        && extend (search, depth + 1, page > named ? page : named))
      return true;
  }
  return false;
}

/* Tries length after length. */
static void
deepen (struct search *search)
{
  struct vm_anomaly *result = search->result;

  result->complete = true;
  for (search->length = 1; search->length <= search->config->length;
       search->length++) {
    result->found = extend (search, 0, 0);
    if (!result->complete)
      return;
    result->length = search->length;
    if (!result->found)
      continue;
    memcpy (result->faults, search->faults[search->length],
            sizeof result->faults);
    return;
  }
}

static bool
make_pools (struct search *search)
{
  for (uint32_t depth = 0; depth <= search->config->length; depth++)
    for (uint32_t i = 0; i < 2; i++)
      if (!vm_pool_new (&search->pools[depth][i], &search->pool_config[i]))
        return false;
  return true;
}

bool
vm_anomaly_find (const struct vm_anomaly_config *config,
                 struct vm_anomaly *anomaly)
{
  assert (config->length <= VM_ANOMALY_MOST && config->fewer < config->more
          && config->policy != VM_POLICY_OPT);
  struct search search = {.config = config, .result = anomaly};

  *anomaly = (struct vm_anomaly){.found = false};
  for (uint32_t i = 0; i < 2; i++)
    search.pool_config[i] = (struct vm_pool_config){
        .policy = config->policy,
        .frames = i == 0 ? config->fewer : config->more,
        .seed = config->seed,
        .interval = config->interval};
  bool made = make_pools (&search);
  if (made)
    deepen (&search);
  for (uint32_t depth = 0; depth <= VM_ANOMALY_MOST; depth++)
    for (uint32_t i = 0; i < 2; i++)
      vm_pool_done (&search.pools[depth][i]);
  return made;
}
