/* Names given by the reader, such as a process's, as small numbers.
 *
 * Names are only ever added. They lie outside the state, so that a sentence
 * about a step can be made whatever step the cursor stands at. */
#ifndef VM_NAMES_H
#define VM_NAMES_H

#include "types.h"

#define VM_MAX_NAMES 2048
#define VM_NAME_LENGTH 31

struct vm_names {
  uint32_t count;
  char text[VM_MAX_NAMES][VM_NAME_LENGTH + 1];
};

/* The number of the name, which is added if it is new. VM_NONE if it is
 * empty, too long, or there are too many. */
uint32_t vm_names_intern (struct vm_names *names, const char *name,
                          size_t length);

/* The number of a name that must be there already, or VM_NONE. */
uint32_t vm_names_find (const struct vm_names *names, const char *name,
                        size_t length);

#endif
