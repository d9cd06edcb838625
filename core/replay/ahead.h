/* Has the host fetch what is kept of the pages that come next.
 *
 *   records   | now          | next         | after that   |
 *             | entries      | pages        | buckets      |
 *               whose place    whose place    whose place
 *               the page says  a bucket says  the key says
 *
 * What is kept of many pages lies in none of the host's caches, and waiting for
 * one after the other would take most of the time. Nothing depends on this; a
 * compiler would drop calls of it, so it is folded into its callers. */
#ifndef VM_AHEAD_H
#define VM_AHEAD_H

#include "replay/player.h"
#include "tape/memory.h"

/* Records at a time, and pages of which all that is kept lies in the host's
 * caches. */
#define VM_AHEAD 16u
#define VM_AHEAD_FEW_PAGES 4096u

VM_ALWAYS_INLINE uint32_t
vm_ahead_bucket (const struct vm_replay *r, vm_record record)
{
  uint64_t page = vm_record_va (record) >> r->geometry->page_shift;

  return vm_pages_bucket (&r->pages, vm_page_key (page, r->current));
}

/* So many of the records behind a position as there are. */
VM_ALWAYS_INLINE size_t
vm_ahead_end (size_t from, size_t count)
{
  size_t left = from < count ? count - from : 0;

  return from + (left < VM_AHEAD ? left : VM_AHEAD);
}

/* For count records from here on. entries: page tables are used, too. */
VM_ALWAYS_INLINE void
vm_ahead_fetch (const struct vm_replay *r, const vm_record *records,
                size_t count, bool entries)
{
  const struct vm_pages *pages = &r->pages;
  size_t first = entries ? VM_AHEAD : 0, i;

  if (pages->count <= VM_AHEAD_FEW_PAGES)
    return;
  for (i = 0; i < vm_ahead_end (0, count) && entries; i++) {
    uint32_t number = pages->buckets[vm_ahead_bucket (r, records[i])];
    if (number == 0)
      continue;
    vm_paddr entry = vm_paddr_of (pages->page[number - 1].entry);
    __builtin_prefetch (vm_memory_bytes (r->state, entry));
  }
  for (i = first; i < vm_ahead_end (first, count); i++) {
    uint32_t number = pages->buckets[vm_ahead_bucket (r, records[i])];
    if (number != 0)
      __builtin_prefetch (&pages->page[number - 1]);
  }
  first += VM_AHEAD;
  for (i = first; i < vm_ahead_end (first, count); i++)
    __builtin_prefetch (&pages->buckets[vm_ahead_bucket (r, records[i])]);
}

#endif
