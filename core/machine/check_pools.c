/* The invariants of pools. */
#include "machine/check_pools.h"

#include "mm/pools.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

static bool
is_index (uint32_t index, uint32_t end)
{
  return index == VM_NONE || index < end;
}

static bool
check_bounds (const struct vm_state *s, uint32_t i,
              struct vm_check_report *report)
{
  const struct vm_pool_record *r = &s->pools[i];
  uint32_t used = 0;

  if (r->policy >= VM_POLICIES || r->frames == 0 || r->frames > VM_POOL_FRAMES
      || r->ghosts > VM_POOL_FRAMES || r->buckets > VM_POOL_FRAMES)
    return broken (report, "a pool is within its limits", i, r->frames,
                   r->policy);
  if (!is_index (r->hand, r->frames))
    return broken (report, "a hand points to a frame", i, r->hand, r->frames);
  for (uint32_t n = 0; n < 2; n++)
    if (!is_index (r->lists[n].oldest, r->frames)
        || !is_index (r->lists[n].newest, r->frames)
        || !is_index (r->ghost_lists[n].oldest, r->ghosts)
        || !is_index (r->ghost_lists[n].newest, r->ghosts))
      return broken (report, "a list ends at a frame, or at a ghost", i, n, 0);
  for (uint32_t f = 0; f < r->frames; f++)
    used += s->pool_frames[i * VM_POOL_FRAMES + f].used;
  if (used != r->used)
    return broken (report, "a pool counts its frames that hold pages", i,
                   r->used, used);
  if (s->pool_courses[i].position > s->string_count)
    return broken (report, "a pool stands within the string", i,
                   s->pool_courses[i].position, s->string_count);
  return true;
}

bool
vm_check_pool_links (const struct vm_state *s, struct vm_check_report *report)
{
  if (s->pool_count > VM_MAX_POOLS || s->string_count > VM_MAX_REFERENCES)
    return broken (report, "pools and string are within their limits",
                   s->pool_count, s->string_count, 0);
  for (uint32_t i = 0; i < s->pool_count; i++)
    if (!check_bounds (s, i, report))
      return false;
  return true;
}

/* A list of frames, from the oldest on: each knows the one before. */
static bool
check_list (const struct vm_pool *p, uint32_t n, struct vm_check_report *report)
{
  const struct vm_pool_list *list = &p->record->lists[n];
  uint32_t before = VM_NONE, count = 0;

  for (uint32_t f = list->oldest; f != VM_NONE; f = p->frames[f].newer) {
    if (f >= p->record->frames || !p->frames[f].used || p->frames[f].list != n
        || p->frames[f].older != before || count == list->size)
      return broken (report, "a list goes through its frames once", n, f,
                     before);
    before = f;
    count++;
  }
  return (count == list->size && before == list->newest)
         || broken (report, "a list counts its frames", n, list->size, count);
}

static bool
check_ghosts (const struct vm_pool *p, uint32_t n,
              struct vm_check_report *report)
{
  const struct vm_pool_list *list = &p->record->ghost_lists[n];
  uint32_t before = VM_NONE, count = 0;

  for (uint32_t g = list->oldest; g != VM_NONE; g = p->ghosts[g].newer) {
    if (g >= p->record->ghosts || p->ghosts[g].list != n
        || p->ghosts[g].older != before || count == list->size)
      return broken (report, "a list goes through its ghosts once", n, g,
                     before);
    if (vm_ghost_find (p, p->ghosts[g].page) != g)
      return broken (report, "a ghost is found by its page", n, g,
                     p->ghosts[g].page);
    before = g;
    count++;
  }
  return (count == list->size && before == list->newest)
         || broken (report, "a list counts its ghosts", n, list->size, count);
}

static bool
check_heap (const struct vm_pool *p, struct vm_check_report *report)
{
  uint32_t end = p->record->heaped;

  if (end != p->record->used)
    return broken (report, "the heap holds the frames in use", end,
                   p->record->used, 0);
  for (uint32_t slot = 0; slot < end; slot++) {
    uint32_t frame = p->heap[slot].frame;
    if (frame >= p->record->frames || p->heap[frame].position != slot)
      return broken (report, "a frame knows its slot", slot, frame, 0);
    if (slot > 0
        && vm_rank_before (&p->heap[slot].rank, &p->heap[(slot - 1) / 2].rank))
      return broken (report, "no rank is smaller than the one above it", slot,
                     p->heap[slot].rank.key, 0);
  }
  return true;
}

/* No page is in two frames, or in a frame and remembered as gone. */
static bool
check_pages (const struct vm_pool *p, struct vm_check_report *report)
{
  for (uint32_t f = 0; f < p->record->frames; f++) {
    if (!p->frames[f].used)
      continue;
    if (p->record->buckets > 0 && vm_ghost_find (p, p->pages[f]) != VM_NONE)
      return broken (report, "a page in a frame has no ghost", f, p->pages[f],
                     0);
    for (uint32_t other = 0; other < f; other++)
      if (p->frames[other].used && p->pages[other] == p->pages[f])
        return broken (report, "a page is in one frame", f, other, p->pages[f]);
  }
  return true;
}

/* Policies that keep their frames in lists have each of them in one. */
static bool
uses_lists (enum vm_policy policy)
{
  return policy != VM_POLICY_CLOCK_SET && policy != VM_POLICY_CLOCK_CLEAR
         && policy != VM_POLICY_RANDOM && !vm_policy_info_of (policy)->ranks;
}

static bool
check_pool (const struct vm_state *s, uint32_t i,
            struct vm_check_report *report)
{
  struct vm_pool p = vm_pools_get (s, i);
  const struct vm_pool_course *course = &s->pool_courses[i];

  if (course->hits + course->faults != course->position)
    return broken (report, "hits and faults are references", i,
                   course->hits + course->faults, course->position);
  return vm_check_pool_books (&p, report);
}

bool
vm_check_pool_books (const struct vm_pool *p, struct vm_check_report *report)
{
  enum vm_policy policy = (enum vm_policy) p->record->policy;

  for (uint32_t n = 0; n < 2; n++)
    if (!check_list (p, n, report))
      return false;
  uint32_t listed = p->record->lists[0].size + p->record->lists[1].size;
  if (uses_lists (policy) && listed != p->record->used)
    return broken (report, "each page is in a list", policy, listed,
                   p->record->used);
  for (uint32_t n = 0; n < 2 && p->record->buckets > 0; n++)
    if (!check_ghosts (p, n, report))
      return false;
  if (vm_policy_info_of (policy)->ranks && !check_heap (p, report))
    return false;
  return check_pages (p, report);
}

bool
vm_check_pool_pages (const struct vm_state *s, struct vm_check_report *report)
{
  for (uint32_t i = 0; i < s->pool_count; i++)
    if (!check_pool (s, i, report))
      return false;
  return true;
}
