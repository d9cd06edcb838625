/* Pages that may not leave memory: locked ones, and those that a device holds.
 *
 *   mlock     regions are marked (VM_LOCKED); the pages come at once, and their
 *             frames go to the list that reclaim never looks at
 *   pin       one page's frame is held by a device that reads or writes it; a
 *             frame with such a reference goes nowhere
 *
 *   locked_vm     pages of the regions that are marked; RLIMIT_MEMLOCK bounds
 * it pinned_vm     pages that devices hold for the address space
 *
 * Processes here have no special rights: without CAP_IPC_LOCK the limit counts.
 * Rules: mm/mlock.c, mm/gup.c of Linux 6.x. */
#ifndef VM_MLOCK_H
#define VM_MLOCK_H

#include "mm/region.h"

#define VM_LOCK_LIMIT (UINT64_C (8) << 20) /* RLIMIT_MEMLOCK, in bytes */

/* What mlockall is asked for: MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT. */
struct vm_lock_all {
  bool current, future, on_fault;
};

/* Marks, or unmarks, the regions of a range that need not be whole pages. The
 * caller lets the pages come (vm_handler_populate). VM_EPERM: nothing may be
 * locked at all; VM_ENOMEM: too much, or the range has a hole, before which all
 * was marked; VM_EINVAL: it wraps around. */
enum vm_errno vm_mlock (struct vm_tape *t, const struct vm_state *s,
                        uint32_t process, uint64_t va, uint64_t length,
                        bool on_fault);
enum vm_errno vm_munlock (struct vm_tape *t, const struct vm_state *s,
                          uint32_t process, uint64_t va, uint64_t length);

/* The same for all regions there are, and, with future, for those to come. */
enum vm_errno vm_mlock_all (struct vm_tape *t, const struct vm_state *s,
                            uint32_t process, const struct vm_lock_all *what);
void vm_munlock_all (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process);

/* May so many pages more be locked (mlock_future_ok)? What refuses is told. */
bool vm_mlock_has_room (struct vm_tape *t, const struct vm_state *s,
                        uint32_t mm, uint64_t pages);

/* True if some region that is locked maps a frame. */
bool vm_mlock_holds (const struct vm_state *s, uint32_t frame);

/* Puts a frame on the unevictable list, or back, if that has changed. */
void vm_mlock_settle (struct vm_tape *t, const struct vm_state *s,
                      uint32_t frame);

/* A device holds the page that is mapped at an address, for a process:
 * VM_EFAULT if none is, VM_ENOMEM if too many pages are held or locked. */
enum vm_errno vm_pin (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process, uint64_t va);

/* It lets go of all pages that it holds in [start, end) for an address space;
 * returns how many. */
uint32_t vm_unpin (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process, uint64_t start, uint64_t end);

#endif
