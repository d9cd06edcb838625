/* The pages that a trace has touched so far, and what is kept of each.
 *
 *   key = page number << 12 | process        buckets | 3 | . | 0 | . | ...
 *                                            pages   | page 0 | page 1 | ...
 *
 * Pages are numbered in order of appearance, without gaps. */
#ifndef VM_PAGES_H
#define VM_PAGES_H

#include "types.h"

/* Pages that keys can tell apart: those of 4 KiB that there can be. */
#define VM_PAGE_NUMBERS (UINT64_C (1) << 52)

struct vm_page {
  uint64_t key;
  uint64_t entry;  /* where the entry lies that maps it; 0: it never was */
  uint32_t window; /* the latest in which it was touched; 0: none */
  uint32_t frame;  /* while accesses are skimmed: 1 + its frame; 0: none */
  uint8_t seen;    /* bit n: TLB n of the first level was asked for it */
  uint8_t dropped; /* bit n: it left that TLB because it left memory */
  uint16_t reserved;
};

struct vm_pages {
  struct vm_page *page;
  uint32_t count, room;
  uint32_t *buckets; /* number of a page + 1; 0: empty */
  uint32_t mask;     /* buckets - 1 */
};

/* Of a page too small and too far away for a key, which no processor has, it
 * stays one that none has. */
static inline uint64_t
vm_page_key (uint64_t page, uint32_t process)
{
  return (page < VM_PAGE_NUMBERS ? page : VM_PAGE_NUMBERS - 1) << 12 | process;
}

/* An empty table. False if the host gives no memory; then nothing is to be
 * released. */
bool vm_pages_init (struct vm_pages *pages);
void vm_pages_done (struct vm_pages *pages);

/* Makes another of the same pages. False as above. */
bool vm_pages_copy (struct vm_pages *to, const struct vm_pages *from);

/* Makes room for one more. Returns its number, or VM_NONE if the host gives no
 * memory. */
uint32_t vm_pages_add (struct vm_pages *pages, uint64_t key);

static inline uint32_t
vm_pages_bucket (const struct vm_pages *pages, uint64_t key)
{
  return (uint32_t) (key * UINT64_C (0x9e3779b97f4a7c15) >> 32) & pages->mask;
}

/* The number of a page, or VM_NONE. */
static inline uint32_t
vm_pages_find (const struct vm_pages *pages, uint64_t key)
{
  uint32_t i = vm_pages_bucket (pages, key);

  while (pages->buckets[i] != 0) {
    uint32_t number = pages->buckets[i] - 1;
    if (pages->page[number].key == key)
      return number;
    i = (i + 1) & pages->mask;
  }
  return VM_NONE;
}

/* The number of a page, which is added if it is new; VM_NONE if the host gives
 * no memory. */
static inline uint32_t
vm_pages_number (struct vm_pages *pages, uint64_t key)
{
  uint32_t number = vm_pages_find (pages, key);

  return number != VM_NONE ? number : vm_pages_add (pages, key);
}

#endif
