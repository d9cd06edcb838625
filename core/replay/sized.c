/* Runs a policy on numbers of pages. */
#include "replay/sized.h"

#include <stdlib.h>

bool
vm_sized_init (struct vm_sized *sized, const struct vm_pool_config *config)
{
  *sized = (struct vm_sized){.policy = config->policy};
  return vm_pool_new (&sized->pool, config);
}

void
vm_sized_done (struct vm_sized *sized)
{
  if (sized->pool.record != NULL)
    vm_pool_done (&sized->pool);
  free (sized->frame_of);
  *sized = (struct vm_sized){0};
}

static bool
grow (struct vm_sized *sized, uint32_t pages)
{
  uint32_t room = sized->pages == 0 ? 1024 : sized->pages;

  if (pages <= sized->pages)
    return true;
  while (room < pages)
    room *= 2;
  uint32_t *frame_of = realloc (sized->frame_of, room * sizeof *frame_of);
  if (frame_of == NULL)
    return false;
  for (uint32_t i = sized->pages; i < room; i++)
    frame_of[i] = VM_NONE;
  sized->frame_of = frame_of;
  sized->pages = room;
  return true;
}

static void
fault (struct vm_sized *sized, struct vm_reference reference)
{
  struct vm_eviction victim;
  uint32_t frame
      = vm_policy_fault (NULL, sized->policy, &sized->pool, reference, &victim);

  if (victim.evicted) {
    sized->frame_of[victim.page] = VM_NONE;
    sized->writebacks += victim.dirty;
  }
  sized->frame_of[reference.page] = frame;
  sized->faults++;
}

VM_ALWAYS_INLINE void
run_with (struct vm_sized *sized, enum vm_policy policy,
          const uint32_t *numbers, const uint32_t *next, size_t count)
{
  const struct vm_pool pool = sized->pool;

  for (size_t i = 0; i < count; i++) {
    uint32_t page = numbers[i] >> 2;
    struct vm_reference reference
        = {.page = page,
           .next = next != NULL && next[i] != UINT32_MAX ? next[i] : VM_NEVER,
           .write = numbers[i] & 1};
    uint32_t frame = sized->frame_of[page];
    if (frame == VM_NONE)
      fault (sized, reference);
    else
      vm_policy_hit (NULL, policy, &pool, frame, reference);
  }
}

bool
vm_sized_run (struct vm_sized *sized, const uint32_t *numbers,
              const uint32_t *next, size_t count, uint32_t pages)
{
  if (!grow (sized, pages))
    return false;
  if (sized->policy == VM_POLICY_FIFO)
    run_with (sized, VM_POLICY_FIFO, numbers, NULL, count);
  else if (sized->policy == VM_POLICY_CLOCK_SET
           || sized->policy == VM_POLICY_CLOCK_CLEAR)
    run_with (sized, VM_POLICY_CLOCK_SET, numbers, NULL, count);
  else
    run_with (sized, sized->policy, numbers, next, count);
  return true;
}
