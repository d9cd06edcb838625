/* Keeps what was brought in. */
#include "tape/contents.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Bytes, and how many stores have them. Machines of several threads may share
 * them. */
struct block {
  atomic_uint users;
  uint64_t size, kept; /* bytes; those in pages that are not all zeros */
  uint8_t bytes[];
};

struct name {
  char text[VM_CONTENT_NAME + 1];
  uint32_t number;
};

struct vm_contents {
  uint32_t count, names;
  uint64_t total;
  struct block *blocks[VM_MAX_CONTENTS];
  struct name *name_list; /* VM_MAX_CONTENTS of them, once there is one */
};

static bool
is_zero (const uint8_t *bytes, uint64_t size)
{
  return bytes[0] == 0 && memcmp (bytes, bytes + 1, size - 1) == 0;
}

/* Bytes of a content's pages that are not all zeros. */
static uint64_t
count_kept (const uint8_t *bytes, uint64_t size)
{
  uint64_t kept = 0;

  for (uint64_t at = 0; at < size; at += VM_PAGE_SIZE) {
    uint64_t part = size - at < VM_PAGE_SIZE ? size - at : VM_PAGE_SIZE;
    if (!is_zero (bytes + at, part))
      kept += part;
  }
  return kept;
}

/* The host gives memory only to pages that are written. */
static struct block *
block_new (const uint8_t *bytes, uint64_t size, uint64_t kept)
{
  struct block *block = calloc (1, sizeof *block + size);

  if (block == NULL)
    return NULL;
  atomic_init (&block->users, 1);
  block->size = size;
  block->kept = kept;
  for (uint64_t at = 0; at < size; at += VM_PAGE_SIZE) {
    uint64_t part = size - at < VM_PAGE_SIZE ? size - at : VM_PAGE_SIZE;
    if (!is_zero (bytes + at, part))
      memcpy (block->bytes + at, bytes + at, part);
  }
  return block;
}

static void
block_drop (struct block *block)
{
  if (atomic_fetch_sub (&block->users, 1) == 1)
    free (block);
}

/* The number of bytes that are there already, or 0. */
static uint32_t
find_bytes (const struct vm_contents *c, const uint8_t *bytes, uint64_t size)
{
  for (uint32_t i = 0; i < c->count; i++)
    if (c->blocks[i]->size == size
        && (size == 0 || memcmp (c->blocks[i]->bytes, bytes, size) == 0))
      return i + 1;
  return 0;
}

/* Makes room for names. */
static bool
have_names (struct vm_contents *c)
{
  if (c->name_list == NULL)
    c->name_list = calloc (VM_MAX_CONTENTS, sizeof *c->name_list);
  return c->name_list != NULL;
}

struct vm_contents *
vm_contents_new (void)
{
  return calloc (1, sizeof (struct vm_contents));
}

void
vm_contents_free (struct vm_contents *c)
{
  if (c == NULL)
    return;
  for (uint32_t i = 0; i < c->count; i++)
    block_drop (c->blocks[i]);
  free (c->name_list);
  free (c);
}

struct vm_contents *
vm_contents_copy (const struct vm_contents *from)
{
  struct vm_contents *to = vm_contents_new ();

  if (to == NULL || (from->names > 0 && !have_names (to))) {
    vm_contents_free (to);
    return NULL;
  }
  for (uint32_t i = 0; i < from->count; i++) {
    to->blocks[i] = from->blocks[i];
    atomic_fetch_add (&to->blocks[i]->users, 1);
  }
  if (from->names > 0)
    memcpy (to->name_list, from->name_list,
            from->names * sizeof *to->name_list);
  to->count = from->count;
  to->names = from->names;
  to->total = from->total;
  return to;
}

uint32_t
vm_contents_add (struct vm_contents *c, const uint8_t *bytes, uint64_t size,
                 struct vm_error *error)
{
  uint32_t number = find_bytes (c, bytes, size);
  uint64_t room = VM_CONTENTS_MOST_BYTES - c->total;
  uint64_t kept = count_kept (bytes, size);

  if (number != 0)
    return number;
  if (kept > room || size > VM_CONTENT_MOST_BYTES) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "content",
                        kept > room ? kept : size, 0,
                        kept > room ? room : VM_CONTENT_MOST_BYTES);
    return 0;
  }
  if (c->count == VM_MAX_CONTENTS) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "content", 0, 0,
                        VM_MAX_CONTENTS);
    return 0;
  }
  struct block *block = block_new (bytes, size, kept);
  if (block == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return 0;
  }
  c->blocks[c->count++] = block;
  c->total += kept;
  return c->count;
}

bool
vm_contents_name (struct vm_contents *c, const char *name, uint32_t number,
                  struct vm_error *error)
{
  size_t length = strlen (name);
  uint32_t known = vm_contents_find (c, name, length);

  if (known != 0 && known != number)
    vm_error_set (error, VM_ERROR_CONTENT_DIFFERS, name);
  if (known != 0)
    return known == number;
  if (length == 0 || length > VM_CONTENT_NAME) {
    vm_error_set (error, VM_ERROR_BAD_NAME, "content");
    return false;
  }
  if (c->names == VM_MAX_CONTENTS || !have_names (c)) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "content", 0, 0,
                        VM_MAX_CONTENTS);
    return false;
  }
  struct name *entry = &c->name_list[c->names++];
  memcpy (entry->text, name, length + 1);
  entry->number = number;
  return true;
}

uint32_t
vm_contents_find (const struct vm_contents *c, const char *name, size_t length)
{
  for (uint32_t i = 0; i < c->names; i++)
    if (strlen (c->name_list[i].text) == length
        && memcmp (c->name_list[i].text, name, length) == 0)
      return c->name_list[i].number;
  return 0;
}

const uint8_t *
vm_contents_bytes (const struct vm_contents *c, uint32_t number, uint64_t *size)
{
  static const uint8_t nothing[1] = {0};

  *size = 0;
  if (c == NULL || number == 0 || number > c->count)
    return nothing;
  *size = c->blocks[number - 1]->size;
  return c->blocks[number - 1]->bytes;
}

uint64_t
vm_contents_kept (const struct vm_contents *c, uint32_t number)
{
  return c == NULL || number == 0 || number > c->count
             ? 0
             : c->blocks[number - 1]->kept;
}

uint64_t
vm_contents_total (const struct vm_contents *c)
{
  return c->total;
}
