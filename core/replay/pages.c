/* Lets the table of pages grow. */
#include "replay/pages.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 1024u

/* More cannot be numbered. */
#define MOST (1u << 30)

static void
enter (struct vm_pages *pages, uint32_t number)
{
  uint32_t i = vm_pages_bucket (pages, pages->page[number].key);

  while (pages->buckets[i] != 0)
    i = (i + 1) & pages->mask;
  pages->buckets[i] = number + 1;
}

/* Twice the pages; at most half of the buckets are ever in use. */
static bool
grow (struct vm_pages *pages)
{
  uint32_t room = pages->room == 0 ? FIRST_ROOM : pages->room * 2;
  if (room > MOST)
    return false;

  uint32_t *buckets = calloc ((size_t) room * 2, sizeof *buckets);
  struct vm_page *page = realloc (pages->page, room * sizeof *page);
  if (page != NULL)
    pages->page = page;
  if (buckets == NULL || page == NULL) {
    free (buckets);
    return false;
  }
  free (pages->buckets);
  pages->buckets = buckets;
  pages->mask = room * 2 - 1;
  pages->room = room;
  for (uint32_t i = 0; i < pages->count; i++)
    enter (pages, i);
  return true;
}

bool
vm_pages_init (struct vm_pages *pages)
{
  *pages = (struct vm_pages){0};
  if (grow (pages))
    return true;
  vm_pages_done (pages);
  return false;
}

void
vm_pages_done (struct vm_pages *pages)
{
  free (pages->page);
  free (pages->buckets);
  *pages = (struct vm_pages){0};
}

bool
vm_pages_copy (struct vm_pages *to, const struct vm_pages *from)
{
  size_t buckets = (size_t) from->mask + 1;

  *to = *from;
  to->page = malloc (from->room * sizeof *to->page);
  to->buckets = malloc (buckets * sizeof *to->buckets);
  if (to->page == NULL || to->buckets == NULL) {
    vm_pages_done (to);
    return false;
  }
  memcpy (to->page, from->page, from->count * sizeof *to->page);
  memcpy (to->buckets, from->buckets, buckets * sizeof *to->buckets);
  return true;
}

uint32_t
vm_pages_add (struct vm_pages *pages, uint64_t key)
{
  if (pages->count == pages->room && !grow (pages))
    return VM_NONE;
  pages->page[pages->count] = (struct vm_page){.key = key};
  enter (pages, pages->count);
  return pages->count++;
}
