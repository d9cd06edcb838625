/* The table of policies, and making pools. */
#include "policy/policy.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct vm_policy_info policies[VM_POLICIES] = {
    [VM_POLICY_FIFO] = {.name = "fifo"},
    [VM_POLICY_LRU] = {.name = "lru"},
    [VM_POLICY_MRU] = {.name = "mru"},
    [VM_POLICY_CLOCK_SET] = {.name = "clock-set"},
    [VM_POLICY_CLOCK_CLEAR] = {.name = "clock-clear"},
    [VM_POLICY_SECOND_CHANCE] = {.name = "second-chance"},
    [VM_POLICY_NRU] = {.name = "nru", .ranks = true},
    [VM_POLICY_AGING] = {.name = "aging", .ranks = true},
    [VM_POLICY_LFU] = {.name = "lfu", .ranks = true},
    [VM_POLICY_LFU_AGING] = {.name = "lfu-aging", .ranks = true},
    [VM_POLICY_RANDOM] = {.name = "random"},
    [VM_POLICY_OPT] = {.name = "opt", .ranks = true},
    [VM_POLICY_TWO_LIST] = {.name = "two-list"},
    [VM_POLICY_2Q] = {.name = "2q", .ghosts = true},
    [VM_POLICY_ARC] = {.name = "arc", .ghosts = true},
    [VM_POLICY_SIEVE] = {.name = "sieve"},
    [VM_POLICY_S3_FIFO] = {.name = "s3-fifo", .ghosts = true},
};

/* Where each part begins in one block of memory; total is its length. */
struct layout {
  size_t pages, frames, ranks, heap, ghosts, buckets, total;
};

static uint32_t
at_least_one (uint64_t number)
{
  return number > 0 ? (uint32_t) number : 1;
}

/* How many pages are remembered after they left. */
static uint32_t
ghosts_for (const struct vm_pool_config *config)
{
  if (config->policy == VM_POLICY_2Q)
    return at_least_one (config->frames / 2);
  if (config->policy == VM_POLICY_ARC)
    return config->frames;
  if (config->policy == VM_POLICY_S3_FIFO)
    return at_least_one (9 * (uint64_t) config->frames / 10);
  return 0;
}

/* References between two ticks. */
static uint32_t
interval_for (const struct vm_pool_config *config)
{
  if (config->interval != 0)
    return config->interval;
  if (config->policy == VM_POLICY_LFU_AGING)
    return at_least_one (4 * (uint64_t) config->frames);
  return config->frames;
}

/* A power of two, so that each bucket has at most one ghost or so. */
static uint32_t
buckets_for (uint32_t ghosts)
{
  uint32_t buckets = 1;

  if (ghosts == 0)
    return 0;
  while (buckets < ghosts)
    buckets *= 2;
  return buckets;
}

static struct layout
lay_out (const struct vm_pool_config *config)
{
  size_t frames = config->frames;
  size_t ranked = policies[config->policy].ranks ? frames : 0;
  size_t ghosts = ghosts_for (config);
  struct layout at;

  at.pages = sizeof (struct vm_pool_record);
  at.frames = at.pages + frames * sizeof (uint64_t);
  at.ranks = at.frames + frames * sizeof (struct vm_pool_frame);
  at.heap = at.ranks + ranked * sizeof (struct vm_pool_rank);
  at.ghosts = at.heap + ranked * sizeof (struct vm_pool_slot);
  at.buckets = at.ghosts + ghosts * sizeof (struct vm_pool_ghost);
  at.total = at.buckets + buckets_for ((uint32_t) ghosts) * sizeof (uint32_t);
  return at;
}

const struct vm_policy_info *
vm_policy_info_of (enum vm_policy policy)
{
  assert (policy < VM_POLICIES);
  return &policies[policy];
}

bool
vm_policy_named (const char *name, enum vm_policy *policy)
{
  for (uint32_t i = 0; i < VM_POLICIES; i++)
    if (strcmp (policies[i].name, name) == 0) {
      *policy = (enum vm_policy) i;
      return true;
    }
  return false;
}

static void
empty_list (struct vm_tape *t, const struct vm_pool_list *list)
{
  vm_put_u32 (t, &list->newest, VM_NONE);
  vm_put_u32 (t, &list->oldest, VM_NONE);
}

void
vm_pool_init (struct vm_tape *t, const struct vm_pool *p,
              const struct vm_pool_config *config)
{
  const struct vm_pool_record *r = p->record;

  vm_put_u32 (t, &r->policy, config->policy);
  vm_put_u32 (t, &r->name, config->name);
  vm_put_u32 (t, &r->frames, config->frames);
  vm_put_u64 (t, &r->random, config->seed != 0 ? config->seed : 1);
  vm_put_u32 (t, &r->ghosts, ghosts_for (config));
  vm_put_u32 (t, &r->buckets, buckets_for (ghosts_for (config)));
  vm_put_u32 (t, &r->pending, VM_NONE);
  vm_put_u32 (t, &r->interval, interval_for (config));
  vm_put_u32 (t, &r->due, r->interval);
  if (config->policy == VM_POLICY_2Q)
    vm_put_u32 (t, &r->target, at_least_one (config->frames / 4));
  if (config->policy == VM_POLICY_SIEVE)
    vm_put_u32 (t, &r->hand, VM_NONE);
  vm_put_u32 (t, &r->ghost_left, VM_NONE);
  for (uint32_t i = 0; i < 2; i++) {
    empty_list (t, &r->lists[i]);
    empty_list (t, &r->ghost_lists[i]);
  }
  for (uint32_t i = 0; i < r->buckets; i++)
    vm_put_u32 (t, &p->buckets[i], VM_NONE);
}

bool
vm_pool_new (struct vm_pool *pool, const struct vm_pool_config *config)
{
  struct layout at = lay_out (config);
  char *block = calloc (1, at.total);
  if (block == NULL)
    return false;

  *pool = (struct vm_pool){
      .record = (void *) block,
      .pages = (void *) (block + at.pages),
      .frames = (void *) (block + at.frames),
      .ranks = (void *) (block + at.ranks),
      .heap = (void *) (block + at.heap),
      .ghosts = (void *) (block + at.ghosts),
      .buckets = (void *) (block + at.buckets),
  };
  vm_pool_init (NULL, pool, config);
  return true;
}

void
vm_pool_done (struct vm_pool *pool)
{
  free ((void *) (uintptr_t) pool->record);
  *pool = (struct vm_pool){0};
}

static void
copy_part (const void *to, const void *from, size_t length)
{
  memcpy ((void *) (uintptr_t) to, from, length);
}

bool
vm_pool_copy (struct vm_pool *to, const struct vm_pool *from,
              const struct vm_pool_config *config)
{
  if (!vm_pool_new (to, config))
    return false;

  /* Frames are filled from the lowest on: behind those all is as it was made,
     unless a page vanished from among them. */
  const struct vm_pool_record *r = from->record;
  size_t frames = r->lowest == r->used ? r->used : r->frames;
  copy_part (to->record, r, sizeof *r);
  copy_part (to->pages, from->pages, frames * sizeof *to->pages);
  copy_part (to->frames, from->frames, frames * sizeof *to->frames);
  if (vm_policy_info_of (config->policy)->ranks) {
    copy_part (to->ranks, from->ranks, frames * sizeof *to->ranks);
    copy_part (to->heap, from->heap, frames * sizeof *to->heap);
  }
  if (vm_policy_info_of (config->policy)->ghosts) {
    copy_part (to->ghosts, from->ghosts, r->ghosts * sizeof *to->ghosts);
    copy_part (to->buckets, from->buckets, r->buckets * sizeof *to->buckets);
  }
  return true;
}

uint64_t
vm_pool_bytes (const struct vm_pool_config *config)
{
  return lay_out (config).total;
}
