/* What must happen to TLBs when software has changed a mapping.
 *
 *   CPU 0  entry written -> drop -> interrupt 1, 2 -> wait ........... go on
 *   CPU 1                              drop -> acknowledge   |
 *   CPU 2                                       drop -> acknowledge
 *   CPU 3  runs another process: will flush when this one returns to it
 *
 * Processors that run the address space are interrupted. Others may hold
 * entries tagged with its number: they are not disturbed, but flush it before
 * they run it again, as Linux does. */
#ifndef VM_SHOOTDOWN_H
#define VM_SHOOTDOWN_H

#include "mmu/flush.h"

/* How far software goes (shootdown=). */
enum vm_shootdown_reach {
  VM_SHOOTDOWN_ON,    /* everywhere */
  VM_SHOOTDOWN_LOCAL, /* on the processor that changed the mapping */
  VM_SHOOTDOWN_OFF    /* nowhere: all flushes are owed */
};

/* A mapping that was there is no longer what it was. */
struct vm_changed {
  uint32_t cpu;     /* that changed it */
  uint32_t process; /* whose it was */
  vm_vaddr va;      /* in the page */
  bool shared;      /* global, or of the half that all processes share */
  uint64_t pages;   /* so many from va on; 0 is one */
};

/* Drops the page from the TLBs that may hold it, or notes what is owed. */
void vm_shootdown (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_changed *changed);

/* Before a processor runs a process: flushes what was put off. */
void vm_shootdown_catch_up (struct vm_tape *t, const struct vm_state *s,
                            uint32_t cpu, uint32_t process);

#endif
