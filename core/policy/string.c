/* Numbers the pages of a string, and runs policies along it. */
#include "policy/string.h"

#include <assert.h>
#include <stdlib.h>

/* Where numbers are looked for by page: open addressing, half full at most. */
struct index {
  uint32_t *slots; /* a number, or VM_NONE */
  uint64_t mask;
};

static bool
index_init (struct index *index, uint64_t count)
{
  uint64_t size = 2;

  while (size < 2 * count)
    size *= 2;
  index->mask = size - 1;
  index->slots = malloc (size * sizeof *index->slots);
  if (index->slots == NULL)
    return false;
  memset (index->slots, 0xff, size * sizeof *index->slots);
  return true;
}

/* The number of a page, which gets the next one if it is new. */
static uint32_t
number_of (struct vm_string *s, struct index *index, uint64_t page)
{
  uint64_t slot = page * UINT64_C (0x9e3779b97f4a7c15) >> 32 & index->mask;

  while (index->slots[slot] != VM_NONE
         && s->page_of[index->slots[slot]] != page)
    slot = (slot + 1) & index->mask;
  if (index->slots[slot] == VM_NONE) {
    index->slots[slot] = s->pages;
    s->page_of[s->pages++] = page;
  }
  return index->slots[slot];
}

/* Fills next from behind; last has a place for each number. */
static void
find_next (struct vm_string *s, uint64_t *last)
{
  for (uint32_t i = 0; i < s->pages; i++)
    last[i] = VM_NEVER;
  for (uint64_t i = s->count; i-- > 0;) {
    s->next[i] = last[s->numbers[i]];
    last[s->numbers[i]] = i;
  }
}

static bool
take_all (struct vm_string *s, const struct vm_reference *references)
{
  struct index index;

  if (!index_init (&index, s->count))
    return false;
  for (uint64_t i = 0; i < s->count; i++) {
    s->numbers[i] = number_of (s, &index, references[i].page);
    s->writes[i] = references[i].write;
  }
  free (index.slots);

  uint64_t *last = calloc (s->pages + 1u, sizeof *last);
  if (last == NULL)
    return false;
  find_next (s, last);
  free (last);
  return true;
}

bool
vm_string_init (struct vm_string *s, const struct vm_reference *references,
                uint64_t count)
{
  assert (count <= VM_STRING_MOST);
  *s = (struct vm_string){
      .count = count,
      .numbers = calloc (count + 1, sizeof *s->numbers),
      .next = calloc (count + 1, sizeof *s->next),
      .writes = calloc (count + 1, sizeof *s->writes),
      .page_of = calloc (count + 1, sizeof *s->page_of),
  };
  if (s->numbers != NULL && s->next != NULL && s->writes != NULL
      && s->page_of != NULL && take_all (s, references))
    return true;
  vm_string_done (s);
  return false;
}

void
vm_string_done (struct vm_string *s)
{
  free (s->numbers);
  free (s->next);
  free (s->writes);
  free (s->page_of);
  *s = (struct vm_string){0};
}

bool
vm_run_init (struct vm_run *run, const struct vm_string *string,
             const struct vm_pool_config *config)
{
  *run = (struct vm_run){.string = string};
  if (!vm_pool_new (&run->pool, config))
    return false;
  run->frame_of = malloc ((string->pages + 1u) * sizeof *run->frame_of);
  if (run->frame_of == NULL) {
    vm_pool_done (&run->pool);
    return false;
  }
  memset (run->frame_of, 0xff, (string->pages + 1u) * sizeof *run->frame_of);
  return true;
}

void
vm_run_done (struct vm_run *run)
{
  vm_pool_done (&run->pool);
  free (run->frame_of);
  *run = (struct vm_run){0};
}

struct vm_run_event
vm_run_next (struct vm_run *run)
{
  const struct vm_string *s = run->string;
  uint64_t i = run->position++;
  assert (i < s->count);
  struct vm_reference reference = {s->numbers[i], s->next[i], s->writes[i]};
  enum vm_policy policy = (enum vm_policy) run->pool.record->policy;
  struct vm_run_event event = {.frame = run->frame_of[reference.page]};

  event.hit = event.frame != VM_NONE;
  if (event.hit) {
    vm_policy_hit (NULL, policy, &run->pool, event.frame, reference);
    run->hits++;
    return event;
  }
  event.frame
      = vm_policy_fault (NULL, policy, &run->pool, reference, &event.victim);
  run->frame_of[reference.page] = event.frame;
  run->faults++;
  if (event.victim.evicted) {
    run->frame_of[event.victim.page] = VM_NONE;
    run->writebacks += event.victim.dirty;
  }
  return event;
}
