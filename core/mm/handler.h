/* The kernel's page-fault handler: one way of decisions, each of them a step.
 *
 *   user address? -no-> kernel's own: fix-up, or the end
 *     | yes
 *   region above? -no---------------------------------> SIGSEGV, MAPERR
 *     | yes
 *   inside it? -no-> grows down? limit? gap? -no------> SIGSEGV, MAPERR
 *     | yes            | yes: it grows
 *   allowed? -no--------------------------------------> SIGSEGV, ACCERR
 *     | yes
 *   entry empty? -no-> protected page: zero frame?     -> new frame
 *     | yes                            nobody else's?  -> writable again
 *     |                                shared mapping? -> writable, dirty
 *     |                                else            -> copy
 *   file? -no-> read?  -> the zero frame
 *     |         write? -> a new frame of zeros
 *     | yes
 *   in the file? -no----------------------------------> SIGBUS, ADRERR
 *     | yes
 *   cached? -no-> read it: a major fault
 *     | read, or shared: the cache's frame; private write: a copy of it
 *
 * Whenever no frame is left the outcome is VM_SIGKILL, NO_MEMORY. Rules:
 * arch/x86/mm/fault.c and mm/memory.c of Linux 6.x. */
#ifndef VM_HANDLER_H
#define VM_HANDLER_H

#include "mm/region.h"
#include "mmu/walk.h"

/* What an access was refused for. */
struct vm_fault_case {
  uint32_t process, cpu;
  vm_vaddr va;
  enum vm_access_kind kind;
  enum vm_mode mode;
  struct vm_fault fault; /* as the processor told it */
  bool fixup;            /* the kernel touched it where it had to reckon with a
                            bad pointer: there is a way out (EFAULT) */
};

/* What became of it. */
struct vm_handled {
  bool solved; /* the access may be tried again */
  bool major;  /* something had to be read from a disk */
  bool grew;   /* a stack grew */
  bool fixed;  /* not solved, but the kernel goes on: EFAULT */
  enum vm_action action;
  enum vm_signal signal; /* if it was not solved */
  enum vm_signal_code code;
};

struct vm_handled vm_handle_fault (struct vm_tape *t, const struct vm_state *s,
                                   const struct vm_fault_case *what);

/* Touches each page of [start, end) as the regions there allow, the way
 * MAP_POPULATE does: a private region that may be written is written. Stops
 * where no frame is left. */
void vm_handler_populate (struct vm_tape *t, const struct vm_state *s,
                          uint32_t process, uint64_t start, uint64_t end);

#endif
