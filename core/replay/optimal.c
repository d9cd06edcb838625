/* Keeps OPT's stack. */
#include "replay/optimal.h"

#include <stdlib.h>

/* A page, and when it comes again: both in one place, for they move together.
 */
struct held {
  uint32_t page, next;
};

struct vm_optimal {
  struct held *stack; /* the top first */
  uint64_t *hits;     /* [d]: accesses found in depth d, from 0 */
  uint64_t accesses;
  uint32_t count, limit;
};

struct vm_optimal *
vm_optimal_new (uint32_t frames)
{
  struct vm_optimal *o = calloc (1, sizeof *o);
  if (o == NULL)
    return NULL;

  o->limit = frames;
  o->stack = calloc (frames, sizeof *o->stack);
  o->hits = calloc (frames, sizeof *o->hits);
  if (o->stack != NULL && o->hits != NULL)
    return o;
  vm_optimal_free (o);
  return NULL;
}

void
vm_optimal_free (struct vm_optimal *o)
{
  if (o == NULL)
    return;

  free (o->stack);
  free (o->hits);
  free (o);
}

/* The page comes to the top; what was there goes down, up to where the page was
 * found, and at each place the one that is used sooner stays. */
static void
bring_up (struct vm_optimal *o, struct held new)
{
  struct held going = o->stack[0];
  uint32_t depth;

  o->stack[0] = new;
  for (depth = 1; depth < o->count; depth++) {
    struct held here = o->stack[depth];
    if (here.page == new.page) {
      o->stack[depth] = going;
      o->hits[depth]++;
      return;
    }
    if (going.next < here.next) {
      o->stack[depth] = going;
      going = here;
    }
  }
  if (o->count < o->limit)
    o->stack[o->count++] = going;
}

bool
vm_optimal_add (struct vm_optimal *o, const uint32_t *numbers,
                const uint32_t *next, size_t count)
{
  o->accesses += count;
  for (size_t i = 0; i < count; i++) {
    struct held new = {numbers[i] >> 2, next[i]};
    if (o->count == 0) {
      o->stack[o->count++] = new;
    } else if (o->stack[0].page == new.page) {
      o->stack[0] = new;
      o->hits[0]++;
    } else
      bring_up (o, new);
  }
  return true;
}

uint64_t
vm_optimal_faults (const struct vm_optimal *o, uint32_t frames)
{
  uint64_t hits = 0;

  for (uint32_t depth = 0; depth < frames; depth++)
    hits += o->hits[depth];
  return o->accesses - hits;
}
