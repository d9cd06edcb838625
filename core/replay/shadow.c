/* Keeps the pages that were thrown out of a TLB in order of their last use. */
#include "replay/shadow.h"

#include <stdlib.h>

static uint32_t
entries_of (const struct vm_shadow *shadow)
{
  return shadow->tlb.sets * shadow->tlb.ways;
}

static uint32_t
place_of (const struct vm_shadow *shadow, uint64_t page)
{
  for (uint32_t i = 0; i < shadow->count; i++)
    if (shadow->gone[i].page == page)
      return i;
  return VM_NONE;
}

static void
remove_at (struct vm_shadow *shadow, uint32_t i)
{
  shadow->count--;
  memmove (&shadow->gone[i], &shadow->gone[i + 1],
           (shadow->count - i) * sizeof *shadow->gone);
}

bool
vm_shadow_init (struct vm_shadow *shadow, const struct vm_tlb *tlb)
{
  *shadow = (struct vm_shadow){.tlb = *tlb};
  shadow->gone = calloc (entries_of (shadow), sizeof *shadow->gone);
  return shadow->gone != NULL;
}

void
vm_shadow_done (struct vm_shadow *shadow)
{
  free (shadow->gone);
  *shadow = (struct vm_shadow){0};
}

bool
vm_shadow_copy (struct vm_shadow *to, const struct vm_shadow *from)
{
  if (!vm_shadow_init (to, &from->tlb))
    return false;

  memcpy (to->gone, from->gone, from->count * sizeof *to->gone);
  to->count = from->count;
  return true;
}

enum vm_miss
vm_shadow_ask (struct vm_shadow *shadow, const struct vm_state *s,
               uint64_t page)
{
  uint32_t place = place_of (shadow, page), entries = entries_of (shadow);
  if (place == VM_NONE)
    return VM_MISS_CAPACITY;

  uint64_t used = shadow->gone[place].used;
  uint32_t later = place;
  const struct vm_tlb_entry *entry = &s->tlb[shadow->tlb.first];
  for (uint32_t i = 0; i < entries; i++)
    later += entry[i].valid && entry[i].used > used;
  remove_at (shadow, place);
  return later < entries ? VM_MISS_CONFLICT : VM_MISS_CAPACITY;
}

void
vm_shadow_throw (struct vm_shadow *shadow, const struct vm_tlb_entry *entry)
{
  uint32_t place = shadow->count;

  while (place > 0 && shadow->gone[place - 1].used < entry->used)
    place--;
  if (place == entries_of (shadow))
    return;
  if (shadow->count == entries_of (shadow))
    shadow->count--;
  memmove (&shadow->gone[place + 1], &shadow->gone[place],
           (shadow->count - place) * sizeof *shadow->gone);
  shadow->gone[place]
      = (struct vm_shadow_page){.page = entry->page, .used = entry->used};
  shadow->count++;
}

bool
vm_shadow_forget (struct vm_shadow *shadow, uint64_t page)
{
  uint32_t place = place_of (shadow, page);

  if (place == VM_NONE)
    return false;
  remove_at (shadow, place);
  return true;
}
