/* Keeps given names. */
#include "machine/names.h"

#include <string.h>

uint32_t
vm_names_find (const struct vm_names *names, const char *name, size_t length)
{
  for (uint32_t i = 0; i < names->count; i++)
    if (strlen (names->text[i]) == length
        && memcmp (names->text[i], name, length) == 0)
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
