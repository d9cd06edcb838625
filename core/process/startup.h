/* Programs that need no loader: their C library is part of them. */
#ifndef VM_STARTUP_H
#define VM_STARTUP_H

#include "elf/elf.h"

/* Can a program begin by itself: has it no interpreter, and the marks of the C
 * library whose start-up code is known here? */
bool vm_startup_is_alone (const struct vm_elf *elf);

#endif
