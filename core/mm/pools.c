/* Runs the pools of the state along their string. */
#include "mm/pools.h"

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject,
        uint64_t value, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, 0, high);
  return false;
}

struct vm_pool
vm_pools_get (const struct vm_state *s, uint32_t index)
{
  uint32_t first = index * VM_POOL_FRAMES;

  return (struct vm_pool){
      .record = &s->pools[index],
      .pages = &s->pool_pages[first],
      .frames = &s->pool_frames[first],
      .ranks = &s->pool_ranks[first],
      .heap = &s->pool_heap[first],
      .ghosts = &s->pool_ghosts[first],
      .buckets = &s->pool_buckets[first],
  };
}

uint32_t
vm_pools_find (const struct vm_state *s, uint32_t name)
{
  for (uint32_t i = 0; i < s->pool_count; i++)
    if (s->pools[i].name == name)
      return i;
  return VM_NONE;
}

bool
vm_pools_add (struct vm_tape *t, const struct vm_state *s,
              const struct vm_pool_config *config, struct vm_error *error)
{
  uint32_t index = s->pool_count;

  if (vm_pools_find (s, config->name) != VM_NONE)
    return refuse (error, VM_ERROR_POOL_EXISTS, NULL, config->name, 0);
  if (index == VM_MAX_POOLS)
    return refuse (error, VM_ERROR_TOO_MANY, "pool", 0, VM_MAX_POOLS);

  struct vm_pool pool = vm_pools_get (s, index);
  vm_step_begin (t, VM_STEP_POOL,
                 (uint64_t[VM_STEP_VALUES]){config->name, config->frames, index,
                                            config->policy});
  vm_pool_init (t, &pool, config);
  vm_put_u32 (t, &s->pool_count, index + 1);
  vm_step_end (t);
  return true;
}

/* Adds one reference to the end of the string. */
static void
append (struct vm_tape *t, const struct vm_state *s, uint64_t record)
{
  uint32_t end = s->string_count;
  const struct vm_string_entry *entry = &s->string[end];
  uint32_t before = end;

  vm_put_u64 (t, &entry->page, record >> 1);
  vm_put_u8 (t, &entry->write, record & 1);
  vm_put_u32 (t, &entry->next, VM_NONE);
  while (before > 0 && s->string[before - 1].page != record >> 1)
    before--;
  if (before > 0)
    vm_put_u32 (t, &s->string[before - 1].next, end);
  vm_put_u32 (t, &s->string_count, end + 1);
}

bool
vm_pools_declare (struct vm_tape *t, const struct vm_state *s,
                  const uint64_t *records, uint32_t count,
                  struct vm_error *error)
{
  if (count > VM_MAX_REFERENCES - s->string_count)
    return refuse (error, VM_ERROR_TOO_MANY, "references", 0,
                   VM_MAX_REFERENCES);
  vm_step_begin (t, VM_STEP_STRING,
                 (uint64_t[VM_STEP_VALUES]){count, s->string_count});
  for (uint32_t i = 0; i < count && !vm_tape_failed (t); i++)
    append (t, s, records[i]);
  vm_step_end (t);
  return true;
}

/* The frame of a pool that holds a page, or VM_NONE. */
static uint32_t
find_page (const struct vm_pool *p, uint64_t page)
{
  for (uint32_t i = 0; i < p->record->frames; i++)
    if (p->frames[i].used && p->pages[i] == page)
      return i;
  return VM_NONE;
}

/* Notes what a reference came to. */
static void
note (struct vm_tape *t, const struct vm_state *s, uint32_t pool,
      const struct vm_pool_event *event)
{
  const struct vm_pool_course *course = &s->pool_courses[pool];
  const struct vm_pool_event *at
      = &s->pool_events[pool * VM_MAX_REFERENCES + course->position];

  vm_put_u64 (t, &at->victim, event->victim);
  vm_put_u32 (t, &at->frame, event->frame);
  vm_put_u8 (t, &at->outcome, event->outcome);
  vm_put_u8 (t, &at->written, event->written);
  if (event->outcome == VM_POOL_HIT)
    vm_put_u64 (t, &course->hits, course->hits + 1);
  else
    vm_put_u64 (t, &course->faults, course->faults + 1);
  if (event->written)
    vm_put_u64 (t, &course->writebacks, course->writebacks + 1);
  vm_put_u32 (t, &course->position, course->position + 1);
}

/* One pool makes a reference. The tape's copy of the policies is not folded
 * by policy: it need not be fast. */
static void
refer_in (struct vm_tape *t, const struct vm_state *s, uint32_t index)
{
  uint32_t number = s->pool_courses[index].position;
  const struct vm_string_entry *entry = &s->string[number];
  struct vm_reference reference
      = {entry->page, entry->next == VM_NONE ? VM_NEVER : entry->next,
         entry->write};
  struct vm_pool pool = vm_pools_get (s, index);
  enum vm_policy policy = (enum vm_policy) pool.record->policy;
  uint32_t frame = find_page (&pool, entry->page);
  bool hit = frame != VM_NONE;
  struct vm_eviction victim = {.evicted = false};

  vm_step_begin (t, hit ? VM_STEP_PAGE_HIT : VM_STEP_PAGE_MISS,
                 (uint64_t[VM_STEP_VALUES]){pool.record->name, entry->page,
                                            hit ? frame : pool.record->used,
                                            policy, number + 1,
                                            entry->write ? VM_WRITE : VM_READ});
  if (hit)
    vm_policy_hit (t, policy, &pool, frame, reference);
  else
    frame = vm_policy_fault (t, policy, &pool, reference, &victim);
  struct vm_pool_event event = {
      .frame = frame,
      .outcome = hit              ? VM_POOL_HIT
                 : victim.evicted ? VM_POOL_REPLACED
                                  : VM_POOL_LOADED,
      .victim = victim.evicted ? victim.page : 0,
      .written = victim.evicted && victim.dirty,
  };
  note (t, s, index, &event);
  vm_step_end (t);
}

/* The range of pools that is meant: [*first, *end). */
static bool
range (const struct vm_state *s, uint32_t pool, uint32_t *first, uint32_t *end,
       struct vm_error *error)
{
  if (s->pool_count == 0)
    return refuse (error, VM_ERROR_NO_POOL, NULL, 0, 0);
  *first = pool == VM_NONE ? 0 : pool;
  *end = pool == VM_NONE ? s->pool_count : pool + 1;
  return true;
}

bool
vm_pools_refer (struct vm_tape *t, const struct vm_state *s, uint32_t pool,
                struct vm_error *error)
{
  uint32_t first, end;

  if (!range (s, pool, &first, &end, error))
    return false;
  for (uint32_t i = first; i < end; i++)
    if (s->pool_courses[i].position >= s->string_count)
      return refuse (error, VM_ERROR_STRING_ENDS, NULL, s->string_count, 0);

  uint32_t number = s->pool_courses[first].position;
  const struct vm_string_entry *entry = &s->string[number];
  vm_step_begin (t, VM_STEP_REFERENCE,
                 (uint64_t[VM_STEP_VALUES]){number + 1, entry->page,
                                            entry->write ? VM_WRITE : VM_READ,
                                            end - first});
  for (uint32_t i = first; i < end && !vm_tape_failed (t); i++)
    refer_in (t, s, i);
  vm_step_end (t);
  return true;
}

bool
vm_pools_refer_to (struct vm_tape *t, const struct vm_state *s, uint32_t pool,
                   uint64_t record, struct vm_error *error)
{
  uint32_t first, end;
  bool at_end = false;

  if (!range (s, pool, &first, &end, error))
    return false;
  for (uint32_t i = first; i < end; i++) {
    uint32_t position = s->pool_courses[i].position;
    const struct vm_string_entry *entry = &s->string[position];
    at_end = at_end || position == s->string_count;
    if (position < s->string_count
        && vm_pools_record (entry->page, entry->write) != record)
      return refuse (error, VM_ERROR_STRING_DIFFERS, NULL, record >> 1,
                     entry->page);
    if (position == s->string_count && s->pools[i].policy == VM_POLICY_OPT)
      return refuse (error, VM_ERROR_NO_FUTURE, NULL, 0, 0);
  }
  if (at_end && s->string_count == VM_MAX_REFERENCES)
    return refuse (error, VM_ERROR_TOO_MANY, "references", 0,
                   VM_MAX_REFERENCES);
  if (at_end)
    append (t, s, record);
  return vm_pools_refer (t, s, pool, error);
}
