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
 *   frames, or room in the resident set? -no----------> starved: see reclaim.h
 *     | yes
 *   entry empty? -no-> in swap? cached -> mapped again: a minor fault
 *     |                         else   -> read: a major fault
 *     |                protected page: zero frame?     -> new frame
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
 * Whenever no frame is left the outcome is VM_SIGKILL, NO_MEMORY; where reclaim
 * is on, starved as well. Rules:
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
  bool starved;  /* not solved, as no frame could be freed: whoever can end a
                    process does, and tries again; else the signal counts */
  bool confined; /* starved because the process itself may have no more */
  enum vm_signal signal; /* if it was not solved */
  enum vm_signal_code code;
};

struct vm_handled vm_handle_fault (struct vm_tape *t, const struct vm_state *s,
                                   const struct vm_fault_case *what);

/* Brings the page at an address, which is in swap, back for good (swapoff): it
 * gives its slot back as soon as no other entry names it. */
struct vm_handled vm_handler_bring_back (struct vm_tape *t,
                                         const struct vm_state *s,
                                         uint32_t process, vm_vaddr va);

/* Touches each page of [start, end) as the regions there allow, the way
 * MAP_POPULATE does: a private region that may be written is written. What is
 * locked on fault, and holes, are passed over. Stops where no frame is left:
 * the result says whether for want of frames that reclaim could not free. */
struct vm_handled vm_handler_populate (struct vm_tape *t,
                                       const struct vm_state *s,
                                       uint32_t process, uint64_t start,
                                       uint64_t end);

#endif
