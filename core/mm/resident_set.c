/* Keeps a policy's books of the pages in memory. */
#include "mm/resident_set.h"

#include "mm/frames.h"

/* A slot whose page was loaded by the access that is under way: that reference
 * is the load, not a hit (vm_pool_frame.reserved). */
#define FRESH 1

static enum vm_policy
policy_of (const struct vm_state *s)
{
  return (enum vm_policy) s->config.policy;
}

struct vm_pool
vm_set_of (const struct vm_state *s, uint32_t mm)
{
  uint32_t number = s->config.local ? mm : 0;
  uint32_t first = number * VM_MOST_RESIDENT;

  return (struct vm_pool){
      .record = &s->sets[number],
      .pages = &s->set_pages[first],
      .frames = &s->set_frames[first],
      .ranks = &s->set_ranks[first],
      .heap = &s->set_heap[first],
      .ghosts = &s->set_ghosts[first],
      .buckets = &s->set_buckets[first],
  };
}

static void
make_pool (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
           uint32_t name, uint32_t frames)
{
  struct vm_pool pool = vm_set_of (s, mm);
  struct vm_pool_config config = {
      .policy = policy_of (s),
      .frames = frames,
      .name = name,
      .seed = s->config.seed,
      .interval = s->config.interval,
  };

  if (pool.record->frames == 0)
    vm_pool_init (t, &pool, &config);
}

void
vm_set_init (struct vm_tape *t, const struct vm_state *s)
{
  if (vm_set_is_global (s))
    make_pool (t, s, 0, VM_NONE, s->config.frames);
}

/* The pool of a process, made when it is first needed. */
static struct vm_pool
local_pool (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  uint32_t mm = s->processes[process].mm;

  make_pool (t, s, mm, s->processes[process].name, s->config.resident);
  return vm_set_of (s, mm);
}

/* The slot that holds a page, or VM_NONE. */
static uint32_t
find_page (const struct vm_pool *p, uint64_t page)
{
  for (uint32_t i = 0; i < p->record->frames; i++)
    if (p->frames[i].used && p->pages[i] == page)
      return i;
  return VM_NONE;
}

/* When a page is referred to after the reference that is being made; VM_NEVER
 * where the references that were declared do not say. */
static uint64_t
next_use (const struct vm_state *s, uint32_t mm, uint64_t page)
{
  uint32_t at = s->set_courses[mm].position;

  if (policy_of (s) != VM_POLICY_OPT)
    return VM_NEVER;
  while (at < s->string_count && s->string[at].page != page)
    at++;
  return at == s->string_count || s->string[at].next == VM_NONE
             ? VM_NEVER
             : s->string[at].next;
}

static struct vm_reference
reference_to (const struct vm_state *s, uint32_t mm, uint64_t page, bool write)
{
  return (struct vm_reference){page, next_use (s, mm, page), write};
}

/* What the policy remembered of a page that it expects, or remembers now. */
static uint32_t
recalled (struct vm_tape *t, const struct vm_state *s, const struct vm_pool *p,
          uint64_t page)
{
  uint32_t kept = p->record->reserved;

  if (kept == 0)
    return vm_policy_recall (t, policy_of (s), p, page);
  vm_put_u32 (t, &p->record->reserved, 0);
  return kept - 1;
}

static void
load (struct vm_tape *t, const struct vm_state *s, uint32_t mm, uint32_t slot,
      uint64_t page, bool write)
{
  struct vm_pool pool = vm_set_of (s, mm);
  uint32_t known = recalled (t, s, &pool, page);

  vm_policy_load (t, policy_of (s), &pool, slot,
                  reference_to (s, mm, page, write), known);
  vm_put_u16 (t, &pool.frames[slot].reserved, FRESH);
  if (pool.frames[slot].pinned)
    vm_put_u8 (t, &pool.frames[slot].pinned, 0);
}

static void
count (struct vm_tape *t, const uint64_t *counter)
{
  vm_put_u64 (t, counter, *counter + 1);
}

void
vm_set_came (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t va, bool write)
{
  uint32_t mm = s->processes[process].mm;

  if (!vm_set_is_local (s))
    return;
  struct vm_pool pool = local_pool (t, s, process);
  uint32_t slot = vm_pool_empty (&pool);
  /* Whoever maps pages makes room first; more than fit are nobody's. */
  if (slot == VM_NONE || vm_tape_failed (t))
    return;
  load (t, s, mm, slot, va >> VM_PAGE_SHIFT, write);
  count (t, &s->set_courses[mm].faults);
}

void
vm_set_went (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
             uint64_t va)
{
  if (!vm_set_is_local (s))
    return;
  struct vm_pool pool = vm_set_of (s, mm);
  uint32_t slot = find_page (&pool, va >> VM_PAGE_SHIFT);
  if (slot != VM_NONE)
    vm_policy_remove (t, policy_of (s), &pool, slot);
}

void
vm_set_moved (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
              uint64_t from, uint64_t to)
{
  if (!vm_set_is_local (s))
    return;
  struct vm_pool pool = vm_set_of (s, mm);
  uint32_t slot = find_page (&pool, from >> VM_PAGE_SHIFT);
  if (slot == VM_NONE)
    return;
  vm_policy_recall (t, policy_of (s), &pool, to >> VM_PAGE_SHIFT);
  vm_put_u64 (t, &pool.pages[slot], to >> VM_PAGE_SHIFT);
}

/* What a page is called that may be in several address spaces: by its file or
 * anon_vma, and the place in it. Copies on write have that in common; the
 * second one goes by its frame. */
static uint64_t
page_of_frame (const struct vm_state *s, const struct vm_pool *pool,
               uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  uint64_t kind = record->flags & VM_PAGE_FILE ? 1 : 0;
  uint64_t page = kind << 60 | (uint64_t) record->mapping << 40
                  | (record->offset & ((UINT64_C (1) << 40) - 1));

  return find_page (pool, page) == VM_NONE ? page : UINT64_C (1) << 62 | frame;
}

void
vm_set_filled (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (!vm_set_is_global (s) || s->set_frames[frame].used
      || !(s->frames[frame].flags & (VM_PAGE_ANON | VM_PAGE_FILE)))
    return;
  struct vm_pool pool = vm_set_of (s, 0);
  load (t, s, 0, frame, page_of_frame (s, &pool, frame), false);
  count (t, &s->set_courses[0].faults);
}

void
vm_set_emptied (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  struct vm_pool pool = vm_set_of (s, 0);

  if (vm_set_is_global (s) && s->set_frames[frame].used)
    vm_policy_remove (t, policy_of (s), &pool, frame);
}

/* The next declared reference is behind us, if this was it. */
static void
go_on (struct vm_tape *t, const struct vm_state *s, uint32_t mm, uint64_t page)
{
  const struct vm_pool_course *course = &s->set_courses[mm];

  if (policy_of (s) == VM_POLICY_OPT && course->position < s->string_count
      && s->string[course->position].page == page)
    vm_put_u32 (t, &course->position, course->position + 1);
}

void
vm_set_note (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t va, uint64_t frame, bool write)
{
  if (s->reclaim.how != VM_RECLAIM_POLICY)
    return;
  uint32_t mm = s->config.local ? s->processes[process].mm : 0;
  struct vm_pool pool = vm_set_of (s, mm);
  uint64_t page = va >> VM_PAGE_SHIFT;
  uint32_t slot = (uint32_t) frame;
  if (s->config.local)
    slot = find_page (&pool, page);
  else if (frame >= s->config.frames || !s->set_frames[frame].used)
    slot = VM_NONE;
  if (slot == VM_NONE)
    return;

  if (pool.frames[slot].reserved == FRESH)
    vm_put_u16 (t, &pool.frames[slot].reserved, 0);
  else {
    vm_policy_hit (t, policy_of (s), &pool, slot,
                   reference_to (s, mm, page, write));
    count (t, &s->set_courses[mm].hits);
  }
  go_on (t, s, mm, page);
}

bool
vm_set_expects (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                uint64_t va)
{
  if (!vm_set_is_local (s))
    return false;
  struct vm_pool pool = local_pool (t, s, process);
  /* A pool that could not be made has no buckets to look into. */
  if (vm_tape_failed (t))
    return false;
  uint32_t known
      = vm_policy_recall (t, policy_of (s), &pool, va >> VM_PAGE_SHIFT);
  vm_put_u32 (t, &pool.record->reserved, 1 + known);
  return pool.record->used == pool.record->frames;
}

uint32_t
vm_set_victim (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  struct vm_pool pool = vm_set_of (s, mm);
  uint32_t kept = pool.record->reserved;

  if (pool.record->used == 0)
    return VM_NONE;
  return vm_policy_evict (t, policy_of (s), &pool, kept == 0 ? 0 : kept - 1);
}

void
vm_set_failed (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
               uint32_t slot)
{
  struct vm_pool pool = vm_set_of (s, mm);
  uint64_t page = pool.pages[slot];

  /* Its own ghost, if it has left one, is none. */
  uint32_t known = vm_policy_recall (t, policy_of (s), &pool, page);
  vm_policy_load (t, policy_of (s), &pool, slot,
                  reference_to (s, mm, page, pool.frames[slot].dirty), known);
  vm_put_u8 (t, &pool.frames[slot].pinned, 1);
}

void
vm_set_let_go (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  struct vm_pool pool = vm_set_of (s, mm);

  for (uint32_t i = 0; i < pool.record->frames; i++)
    if (pool.frames[i].pinned)
      vm_put_u8 (t, &pool.frames[i].pinned, 0);
}

static void
clear_words (struct vm_tape *t, const void *bytes, size_t size)
{
  const uint32_t *words = bytes;

  for (size_t i = 0; i < size / sizeof *words; i++)
    if (words[i] != 0)
      vm_put_u32 (t, &words[i], 0);
}

void
vm_set_forget (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  struct vm_pool p = vm_set_of (s, mm);
  size_t n = VM_MOST_RESIDENT;

  if (!vm_set_is_local (s) || p.record->frames == 0)
    return;
  clear_words (t, p.record, sizeof *p.record);
  clear_words (t, p.pages, n * sizeof *p.pages);
  clear_words (t, p.frames, n * sizeof *p.frames);
  clear_words (t, p.ranks, n * sizeof *p.ranks);
  clear_words (t, p.heap, n * sizeof *p.heap);
  clear_words (t, p.ghosts, n * sizeof *p.ghosts);
  clear_words (t, p.buckets, n * sizeof *p.buckets);
  clear_words (t, &s->set_courses[mm], sizeof s->set_courses[mm]);
}
