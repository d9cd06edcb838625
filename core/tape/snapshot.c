/* Copies, compares and digests the touched pages of a state. */
#include "tape/snapshot.h"

#include <stdlib.h>

static bool
is_touched (const struct vm_tape *tape, uint64_t page)
{
  return tape->touched[page / 64] >> (page % 64) & 1;
}

/* The first touched page from number page on; 64 untouched ones are passed
 * over at once. */
static uint64_t
touched_from (const struct vm_tape *tape, uint64_t page)
{
  while (page / 64 < VM_TOUCHED_WORDS && !is_touched (tape, page))
    page = tape->touched[page / 64] >> (page % 64) == 0 ? (page / 64 + 1) * 64
                                                        : page + 1;
  return page;
}

static uint64_t
page_count (void)
{
  return (sizeof (struct vm_state) + VM_SLOT_SIZE - 1) / VM_SLOT_SIZE;
}

/* Bytes of a page of the block: the last one may be shorter. */
static size_t
page_length (uint64_t page)
{
  size_t start = page * VM_SLOT_SIZE;
  size_t left = sizeof (struct vm_state) - start;
  return left < VM_SLOT_SIZE ? left : VM_SLOT_SIZE;
}

static uint8_t *
page_at (const struct vm_tape *tape, uint64_t page)
{
  return (uint8_t *) tape->state + page * VM_SLOT_SIZE;
}

static uint32_t
count_touched (const struct vm_tape *tape)
{
  uint32_t count = 0;

  for (uint64_t page = touched_from (tape, 0); page < page_count ();
       page = touched_from (tape, page + 1))
    count++;
  return count;
}

bool
vm_snapshot_take (struct vm_snapshot *snapshot, const struct vm_tape *tape)
{
  uint32_t count = count_touched (tape);

  *snapshot = (struct vm_snapshot){.operation = tape->end_operation,
                                   .step = tape->cursor_step};
  snapshot->pages = calloc (count + 1, sizeof *snapshot->pages);
  snapshot->contents = calloc (count + 1, sizeof *snapshot->contents);
  if (snapshot->pages == NULL || snapshot->contents == NULL) {
    vm_snapshot_done (snapshot);
    return false;
  }

  for (uint64_t page = touched_from (tape, 0); page < page_count ();
       page = touched_from (tape, page + 1)) {
    uint32_t i = snapshot->page_count++;
    snapshot->pages[i] = (uint32_t) page;
    memcpy (snapshot->contents[i], page_at (tape, page), page_length (page));
  }
  return true;
}

void
vm_snapshot_done (struct vm_snapshot *snapshot)
{
  free (snapshot->pages);
  free (snapshot->contents);
  *snapshot = (struct vm_snapshot){.pages = NULL};
}

void
vm_snapshot_restore (const struct vm_snapshot *snapshot, struct vm_tape *tape)
{
  for (uint64_t page = touched_from (tape, 0); page < page_count ();
       page = touched_from (tape, page + 1))
    memset (page_at (tape, page), 0, page_length (page));

  for (uint32_t i = 0; i < snapshot->page_count; i++) {
    uint32_t page = snapshot->pages[i];
    memcpy (page_at (tape, page), snapshot->contents[i], page_length (page));
    tape->touched[page / 64] |= UINT64_C (1) << (page % 64);
  }
  vm_tape_restart (tape, snapshot->operation, snapshot->step);
}

uint64_t
vm_snapshot_size (const struct vm_tape *tape)
{
  return count_touched (tape) * (sizeof (uint32_t) + VM_SLOT_SIZE);
}

uint64_t
vm_snapshot_bytes (const struct vm_snapshot *snapshot)
{
  return snapshot->page_count
         * (sizeof *snapshot->pages + sizeof *snapshot->contents);
}

bool
vm_state_equal (const struct vm_tape *a, const struct vm_tape *b)
{
  for (uint64_t page = 0; page < page_count (); page++)
    if ((is_touched (a, page) || is_touched (b, page))
        && memcmp (page_at (a, page), page_at (b, page), page_length (page)))
      return false;
  return true;
}

/* FNV-1a over 8-byte words, mixed once more so that high bits count. */
static uint64_t
hash_page (const uint8_t *bytes, size_t length, uint64_t number)
{
  uint64_t hash = UINT64_C (0xcbf29ce484222325) ^ number;
  uint64_t any = 0;

  for (size_t i = 0; i + 8 <= length; i += 8) {
    uint64_t word;
    memcpy (&word, bytes + i, 8);
    any |= word;
    hash = (hash ^ word) * UINT64_C (0x100000001b3);
    hash ^= hash >> 29;
  }
  return any == 0 ? 0 : hash;
}

uint64_t
vm_state_hash (const struct vm_tape *tape)
{
  uint64_t hash = 0;

  for (uint64_t page = touched_from (tape, 0); page < page_count ();
       page = touched_from (tape, page + 1))
    hash += hash_page (page_at (tape, page), page_length (page), page);
  return hash;
}
