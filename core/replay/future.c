/* Keeps a trace in blocks. */
#include "replay/future.h"

#include <stdlib.h>
#include <string.h>

/* Accesses of a block: 4 MiB of them. */
#define BLOCK (1u << 20)

#define MOST_PROCESSES 4096u

/* Accesses between one that is added and one that is prepared. */
#define AHEAD 16u

struct vm_future {
  uint32_t shift;
  struct vm_pages pages;
  uint64_t count;
  uint32_t **numbers, **next; /* blocks */
  uint32_t blocks, room;
  uint32_t *coming; /* while it is found out when pages come again: of each */
  uint32_t unknown; /* blocks of which it is not */
  uint32_t *processes; /* their numbers in the trace */
  uint32_t process_count, process;
};

struct vm_future *
vm_future_new (uint32_t shift)
{
  struct vm_future *f = calloc (1, sizeof *f);
  if (f == NULL)
    return NULL;

  f->shift = shift;
  f->processes = calloc (MOST_PROCESSES, sizeof *f->processes);
  if (f->processes != NULL && vm_pages_init (&f->pages))
    return f;
  free (f->processes);
  free (f);
  return NULL;
}

void
vm_future_free (struct vm_future *f)
{
  if (f == NULL)
    return;

  for (uint32_t i = 0; i < f->blocks; i++) {
    free (f->numbers[i]);
    free (f->next[i]);
  }
  free (f->numbers);
  free (f->next);
  free (f->coming);
  free (f->processes);
  vm_pages_done (&f->pages);
  free (f);
}

static bool
grow_lists (struct vm_future *f)
{
  uint32_t room = f->room == 0 ? 16 : f->room * 2;

  if (f->blocks < f->room)
    return true;
  uint32_t **numbers = realloc (f->numbers, room * sizeof *numbers);
  if (numbers == NULL)
    return false;
  f->numbers = numbers;
  uint32_t **next = realloc (f->next, room * sizeof *next);
  if (next == NULL)
    return false;
  f->next = next;
  f->room = room;
  return true;
}

static bool
add_block (struct vm_future *f)
{
  if (!grow_lists (f))
    return false;

  uint32_t *numbers = malloc (BLOCK * sizeof *numbers);
  if (numbers == NULL)
    return false;
  f->numbers[f->blocks] = numbers;
  f->next[f->blocks] = NULL;
  f->blocks++;
  return true;
}

/* The index of a process, which is added if it is new. */
static bool
find_process (struct vm_future *f, uint32_t number)
{
  for (f->process = 0; f->process < f->process_count; f->process++)
    if (f->processes[f->process] == number)
      return true;
  if (f->process_count == MOST_PROCESSES)
    return false;
  f->processes[f->process_count++] = number;
  return true;
}

static bool
add_one (struct vm_future *f, uint64_t page, uint32_t kind)
{
  if (f->count % BLOCK == 0 && !add_block (f))
    return false;
  uint32_t number = vm_pages_number (&f->pages, vm_page_key (page, f->process));
  if (number == VM_NONE)
    return false;
  f->numbers[f->count / BLOCK][f->count % BLOCK] = number << 2 | kind;
  f->count++;
  return true;
}

/* Has the host fetch where the page of an access that is still to come will be
 * looked for. */
static inline void
fetch (const struct vm_future *f, vm_record record)
{
  uint64_t page = vm_record_va (record) >> f->shift;

  __builtin_prefetch (&f->pages.buckets[vm_pages_bucket (
      &f->pages, vm_page_key (page, f->process))]);
}

bool
vm_future_add (struct vm_future *f, uint32_t process, const vm_record *records,
               size_t count)
{
  uint64_t last = UINT64_MAX;

  if (count > VM_FUTURE_MOST - f->count || !find_process (f, process))
    return false;
  for (size_t i = 0; i < count; i++) {
    uint64_t page = vm_record_va (records[i]) >> f->shift;
    uint32_t kind = records[i] & 3;
    if (i + AHEAD < count)
      fetch (f, records[i + AHEAD]);
    /* The page of the access before needs no search. */
    if (page != last || f->count % BLOCK == 0) {
      if (!add_one (f, page, kind))
        return false;
      last = page;
      continue;
    }
    uint32_t *numbers = f->numbers[f->count / BLOCK] + f->count % BLOCK;
    numbers[0] = (numbers[-1] & ~3u) | kind;
    f->count++;
  }
  return true;
}

/* Goes through a block from its end. */
static void
look_back (struct vm_future *f, uint32_t block)
{
  const uint32_t *numbers = f->numbers[block];
  uint32_t *next = f->next[block];
  uint64_t first = (uint64_t) block * BLOCK;
  uint64_t end = block + 1 == f->blocks ? f->count : first + BLOCK;

  for (uint64_t i = end; i-- > first;) {
    uint32_t page = numbers[i - first] >> 2;
    next[i - first] = f->coming[page];
    f->coming[page] = (uint32_t) i;
  }
}

/* No page comes behind the end. */
static bool
begin_to_look (struct vm_future *f)
{
  size_t bytes = f->pages.count * sizeof *f->coming;
  bool enough = true;

  for (uint32_t i = 0; i < f->blocks && enough; i++) {
    f->next[i] = malloc (BLOCK * sizeof **f->next);
    enough = f->next[i] != NULL;
  }
  f->coming = malloc (bytes + 1);
  if (!enough || f->coming == NULL)
    return false;
  memset (f->coming, 0xff, bytes);
  f->unknown = f->blocks;
  return true;
}

bool
vm_future_finish_some (struct vm_future *f, uint64_t *left)
{
  if (f->coming == NULL && !begin_to_look (f))
    return false;

  if (f->unknown > 0)
    look_back (f, --f->unknown);
  *left = (uint64_t) f->unknown * BLOCK;
  return true;
}

bool
vm_future_finish (struct vm_future *f)
{
  uint64_t left;

  do {
    if (!vm_future_finish_some (f, &left))
      return false;
  } while (left > 0);
  return true;
}

uint64_t
vm_future_key (const struct vm_future *f, uint32_t page)
{
  return f->pages.page[page].key;
}

uint32_t
vm_future_process (const struct vm_future *f, uint32_t page)
{
  return f->processes[f->pages.page[page].key & 0xfff];
}

uint64_t
vm_future_count (const struct vm_future *f)
{
  return f->count;
}

uint32_t
vm_future_pages (const struct vm_future *f)
{
  return f->pages.count;
}

uint64_t
vm_future_bytes (uint64_t accesses)
{
  return (accesses + BLOCK - 1) / BLOCK * BLOCK * 8;
}

size_t
vm_future_block (const struct vm_future *f, uint64_t position,
                 const uint32_t **numbers, const uint32_t **next)
{
  uint64_t block = position / BLOCK, left = f->count - position;

  if (position >= f->count)
    return 0;
  *numbers = f->numbers[block] + position % BLOCK;
  *next = f->next[block] != NULL ? f->next[block] + position % BLOCK : NULL;
  uint64_t here = BLOCK - position % BLOCK;
  return (size_t) (here < left ? here : left);
}

size_t
vm_future_get (const struct vm_future *f, uint64_t position, vm_record *records,
               uint32_t *next, size_t room, uint32_t *process)
{
  const uint32_t *numbers, *coming;
  size_t count = vm_future_block (f, position, &numbers, &coming);
  uint32_t of = 0;
  size_t i;

  for (i = 0; i < count && i < room; i++) {
    uint64_t key = f->pages.page[numbers[i] >> 2].key;
    if (i == 0)
      of = key & 0xfff;
    if ((key & 0xfff) != of)
      break;
    /* The key is the page << 12, whatever the size of a page is. */
    records[i] = key >> 12 << f->shift << 2 | (numbers[i] & 3);
    next[i] = coming != NULL ? coming[i] : VM_FUTURE_NEVER;
  }
  if (i > 0)
    *process = f->processes[of];
  return i;
}
