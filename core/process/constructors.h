/* Constructors of well-known libraries, which run before main and take memory:
 * code is not executed here, but what these do is known. */
#ifndef VM_CONSTRUCTORS_H
#define VM_CONSTRUCTORS_H

#include "types.h"

struct vm_constructors {
  uint32_t bytes; /* that they keep; 0: they are known to allocate none */
  uint32_t piece; /* at most so many at a time */
};

/* What those of a library allocate, by its name ("libstdc++.so.6"). False:
 * nothing is known about them. */
bool vm_constructors_of (const char *name, struct vm_constructors *found);

#endif
