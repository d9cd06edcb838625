/* Which operations made a machine's processes. */
#ifndef VM_MAKERS_H
#define VM_MAKERS_H

#include "machine/machine.h"

/* The latest operation before number end of those that may make a process, or a
 * device's domain; UINT64_MAX if there is none. Its result says which it made.
 * Quick, however long the list is. */
uint64_t vm_machine_maker (const struct vm_machine *machine, uint64_t end);

#endif
