/* Where low memory ends once the version of the kernel is known.
 *
 *   no kernel, 2.6   16M ............ Normal ............ 896M ... HighMem
 *   4.0, 1 GiB       16M ........ Normal ........ 883.99M ........ HighMem
 *                                                 |<-- these -->|
 *
 * Newer 32-bit kernels keep more addresses for themselves, so that their direct
 * map ends before 896 MiB. What is free behind its end becomes high memory as
 * the kernel is built; what the kernel was given there already would lose its
 * address. */
#ifndef VM_LOW_MEMORY_H
#define VM_LOW_MEMORY_H

#include "tape/tape.h"

/* The first frame, of those that would become high memory with that version,
 * that the kernel's own code was given; VM_NONE: there is none. */
uint32_t vm_low_memory_given (const struct vm_state *s, uint32_t version);

/* Makes it the kernel's version, and moves free frames from zone to zone. */
void vm_low_memory_move (struct vm_tape *t, const struct vm_state *s,
                         uint32_t version);

#endif
