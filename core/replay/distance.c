/* Keeps the stack of pages and counts distances. */
#include "replay/distance.h"

#include <stdlib.h>
#include <string.h>

/* Pages of the array on top. */
#define TOP 16u

#define FIRST_PLACES 4096u

struct vm_distance {
  uint32_t top[TOP]; /* pages, the newest first */
  uint32_t top_count;
  uint64_t *hits; /* [d]: accesses at distance d; d >= 1 */
  uint64_t accesses;

  uint32_t *place_of; /* of each page: its place below the top, 0: none */
  uint32_t pages;     /* room in place_of, and in hits */
  uint32_t *page_at;  /* of each place; VM_NONE: nobody */
  uint32_t *sums;     /* the tree */
  uint32_t places;    /* a power of two; from 1 */
  uint32_t now;       /* the place that was taken last */
  uint32_t below;     /* pages below the top */
};

struct vm_distance *
vm_distance_new (void)
{
  return calloc (1, sizeof (struct vm_distance));
}

void
vm_distance_free (struct vm_distance *d)
{
  if (d == NULL)
    return;

  free (d->hits);
  free (d->place_of);
  free (d->page_at);
  free (d->sums);
  free (d);
}

/* Room for pages up to that number. */
static bool
grow_pages (struct vm_distance *d, uint32_t page)
{
  uint32_t room = d->pages == 0 ? 1024 : d->pages;

  while (room <= page + TOP)
    room *= 2;
  uint64_t *hits = realloc (d->hits, room * sizeof *hits);
  if (hits == NULL)
    return false;
  d->hits = hits;
  uint32_t *place_of = realloc (d->place_of, room * sizeof *place_of);
  if (place_of == NULL)
    return false;
  d->place_of = place_of;
  memset (hits + d->pages, 0, (room - d->pages) * sizeof *hits);
  memset (place_of + d->pages, 0, (room - d->pages) * sizeof *place_of);
  d->pages = room;
  return true;
}

static void
change (struct vm_distance *d, uint32_t place, uint32_t by)
{
  for (; place <= d->places; place += place & (0 - place))
    d->sums[place] += by;
}

/* Pages at places up to this one. */
static uint32_t
sum_to (const struct vm_distance *d, uint32_t place)
{
  uint32_t sum = 0;

  for (; place > 0; place &= place - 1)
    sum += d->sums[place];
  return sum;
}

/* Closes the places up, in a tree at least twice as large as the pages. */
static bool
close_up (struct vm_distance *d)
{
  uint32_t places = FIRST_PLACES, last = 0;

  while (places / 2 <= d->below)
    places *= 2;
  uint32_t *sums = calloc ((size_t) places + 1, sizeof *sums);
  uint32_t *page_at = malloc (((size_t) places + 1) * sizeof *page_at);
  if (sums == NULL || page_at == NULL) {
    free (sums);
    free (page_at);
    return false;
  }
  for (uint32_t i = 1; i <= d->now; i++)
    if (d->page_at[i] != VM_NONE) {
      page_at[++last] = d->page_at[i];
      d->place_of[page_at[last]] = last;
    }
  /* The first `last` places are taken: what a node sums up is known. */
  for (uint32_t i = 1; i <= places; i++) {
    uint32_t from = i & (i - 1);
    sums[i] = from >= last ? 0 : (i < last ? i : last) - from;
  }
  free (d->sums);
  free (d->page_at);
  d->sums = sums;
  d->page_at = page_at;
  d->places = places;
  d->now = last;
  return true;
}

/* The page that leaves the top becomes the first below. */
static bool
sink (struct vm_distance *d, uint32_t page)
{
  if (d->now == d->places && !close_up (d))
    return false;
  d->now++;
  d->page_at[d->now] = page;
  d->place_of[page] = d->now;
  d->below++;
  change (d, d->now, 1);
  return true;
}

/* Takes a page out from below the top. Returns its distance. */
static uint32_t
rise (struct vm_distance *d, uint32_t page)
{
  uint32_t place = d->place_of[page];
  uint32_t distance = TOP + d->below - sum_to (d, place) + 1;

  change (d, place, UINT32_MAX);
  d->page_at[place] = VM_NONE;
  d->place_of[page] = 0;
  d->below--;
  return distance;
}

/* The page is not on top: it comes there, and the last of them leaves. */
static bool
bring_up (struct vm_distance *d, uint32_t page)
{
  if (page + TOP >= d->pages && !grow_pages (d, page))
    return false;
  if (d->place_of[page] != 0)
    d->hits[rise (d, page)]++;
  if (d->top_count == TOP && !sink (d, d->top[TOP - 1]))
    return false;
  if (d->top_count < TOP)
    d->top_count++;
  memmove (d->top + 1, d->top, (d->top_count - 1) * sizeof *d->top);
  d->top[0] = page;
  return true;
}

static inline bool
access_page (struct vm_distance *d, uint32_t page)
{
  for (uint32_t i = 0; i < d->top_count; i++) {
    if (d->top[i] != page)
      continue;
    d->hits[i + 1]++;
    for (; i > 0; i--)
      d->top[i] = d->top[i - 1];
    d->top[0] = page;
    return true;
  }
  return bring_up (d, page);
}

bool
vm_distance_add (struct vm_distance *d, const uint32_t *numbers, size_t count)
{
  uint64_t same = 0;

  d->accesses += count;
  for (size_t i = 0; i < count; i++) {
    uint32_t page = numbers[i] >> 2;
    if (d->top_count > 0 && d->top[0] == page)
      same++;
    else if (!access_page (d, page))
      return false;
  }
  if (same > 0)
    d->hits[1] += same;
  return true;
}

uint64_t
vm_distance_faults (const struct vm_distance *d, uint64_t frames)
{
  uint64_t hits = 0;

  for (uint64_t i = 1; i <= frames && i < d->pages; i++)
    hits += d->hits[i];
  return d->accesses - hits;
}
