/* Proves that the physical address map and the devices are what they should
 * be. */
#ifndef VM_CHECK_BUS_H
#define VM_CHECK_BUS_H

#include "machine/check.h"

/* True if windows stand in order and none on another, and lead to devices that
 * there are, whose domains are theirs; otherwise fills *report. */
bool vm_check_bus_links (const struct vm_state *s,
                         struct vm_check_report *report);

/* True if the frames that are no RAM, and only those, are kept from the
 * allocator; otherwise fills *report. The map's own reference to each of them
 * is added to refs. */
bool vm_check_bus_frames (const struct vm_state *s, uint32_t *refs,
                          struct vm_check_report *report);

#endif
