/* Names given by the reader, such as a process's, as small numbers.
 *
 * Names are only ever added. They lie outside the state, so that a sentence
 * about a step can be made whatever step the cursor stands at. The windows and
 * devices of a PC have names that are always there (bus.h). */
#ifndef VM_NAMES_H
#define VM_NAMES_H

#include "tape/contents.h"

#define VM_MAX_NAMES 2048
#define VM_NAME_LENGTH 31

/* Numbers that all lists of a machine's operations have together. */
#define VM_MAX_LISTED 8192

struct vm_names {
  struct vm_contents *contents; /* the machine's; NULL: texts are read, and not
                                   kept */
  uint32_t count;
  uint32_t listed; /* numbers in use */
  char text[VM_MAX_NAMES][VM_NAME_LENGTH + 1];
  uint64_t numbers[VM_MAX_LISTED]; /* of the lists, one behind the other */
};

/* The number of the name, which is added if it is new. VM_NONE if it is
 * empty, too long, or there are too many. */
uint32_t vm_names_intern (struct vm_names *names, const char *name,
                          size_t length);

/* The name of a number; "" of one that was not given out. */
const char *vm_names_text (const struct vm_names *names, uint32_t number);

/* The number of a name that must be there already, or VM_NONE. */
uint32_t vm_names_find (const struct vm_names *names, const char *name,
                        size_t length);

/* Keeps a list of numbers, as one number that stands for it; the same list is
 * kept once. UINT64_MAX if it is empty, or there is no room. */
uint64_t vm_names_list (struct vm_names *names, const uint64_t *numbers,
                        uint32_t count);

/* The numbers of a list, and how many they are. */
static inline const uint64_t *
vm_names_listed (const struct vm_names *names, uint64_t list, uint32_t *count)
{
  *count = (uint32_t) list;
  return &names->numbers[list >> 32];
}

#endif
