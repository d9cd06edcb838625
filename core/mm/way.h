/* Switches the MMU on, off, or over to base and bounds. */
#ifndef VM_WAY_H
#define VM_WAY_H

#include "error.h"
#include "tape/tape.h"

/* True if this geometry's processor can do without paging: not so in the long
 * mode of the x86, which is never without (SDM vol. 3A, 4.1.1). */
bool vm_way_possible (uint32_t geometry, enum vm_way way);

/* From now on addresses are translated that way. Turning paging off empties
 * the TLBs (SDM vol. 3A, 4.10.4.1); turning it on gives processes that have
 * none a root, and loads that of whoever runs. False and *error if no frame is
 * left; the caller rolls back. */
bool vm_way_set (struct vm_tape *t, const struct vm_state *s, enum vm_way way,
                 struct vm_error *error);

/* Gives a process the root table that it was made without, so that pages can be
 * mapped before paging is on. False and *error if no frame is left. */
bool vm_way_prepare (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, struct vm_error *error);

#endif
