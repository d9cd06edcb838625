/* The invariants of tasks: what they share, and who keeps which memory. */
#ifndef VM_CHECK_TASKS_H
#define VM_CHECK_TASKS_H

#include "machine/check.h"

/* Users of address spaces, of descriptors, folders and handlers, threads of
 * groups and references of kernel threads are as many as are counted;
 * processors are lazy only with what they borrow; whoever is not, has heard of
 * each change of what it runs. False and *report if not; else *report stays
 * as it is. */
bool vm_check_tasks (const struct vm_state *s, struct vm_check_report *report);

#endif
