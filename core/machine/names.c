/* Keeps given names. */
#include "machine/names.h"

#include "mmu/bus.h"

#include <string.h>

static bool
is_same (const char *text, const char *name, size_t length)
{
  return strlen (text) == length && memcmp (text, name, length) == 0;
}

const char *
vm_names_text (const struct vm_names *names, uint32_t number)
{
  if (number >= VM_NAME_KNOWN && number < VM_NAME_KNOWN_END)
    return vm_bus_name ((enum vm_known_name) number);
  return number < names->count ? names->text[number] : "";
}

uint32_t
vm_names_find (const struct vm_names *names, const char *name, size_t length)
{
  for (uint32_t i = VM_NAME_KNOWN; i < VM_NAME_KNOWN_END; i++)
    if (is_same (vm_bus_name ((enum vm_known_name) i), name, length))
      return i;
  for (uint32_t i = 0; i < names->count; i++)
    if (is_same (names->text[i], name, length))
      return i;
  return VM_NONE;
}

uint32_t
vm_names_intern (struct vm_names *names, const char *name, size_t length)
{
  uint32_t known = vm_names_find (names, name, length);
  if (known != VM_NONE)
    return known;
  if (length == 0 || length > VM_NAME_LENGTH || names->count == VM_MAX_NAMES)
    return VM_NONE;

  memcpy (names->text[names->count], name, length);
  return names->count++;
}

/* Where a list lies already, or VM_NONE. */
static uint32_t
find_list (const struct vm_names *names, const uint64_t *numbers,
           uint32_t count)
{
  for (uint32_t i = 0; i + count <= names->listed; i++)
    if (memcmp (&names->numbers[i], numbers, count * sizeof *numbers) == 0)
      return i;
  return VM_NONE;
}

uint64_t
vm_names_list (struct vm_names *names, const uint64_t *numbers, uint32_t count)
{
  if (count == 0)
    return UINT64_MAX;

  uint32_t first = find_list (names, numbers, count);
  if (first == VM_NONE) {
    if (count > VM_MAX_LISTED - names->listed)
      return UINT64_MAX;
    first = names->listed;
    memcpy (&names->numbers[first], numbers, count * sizeof *numbers);
    names->listed += count;
  }
  return (uint64_t) first << 32 | count;
}
