/* A device that reads and writes memory by itself, and the IOMMU before it.
 *
 *   device --- bus address ---------------------------> physical address
 *   device --- bus address --- IOMMU: walks a table ---> physical address
 *                                 |
 *                                 refused: the access is blocked
 *
 * Without an IOMMU a bus address is a physical one, and a device reaches all
 * of memory. With one a device has a domain: an address space of its own, with
 * tables of the processor's own format, as the first stage of Intel's VT-d has
 * it (VT-d specification, 3.6). A device asks as user mode does, sets A and D,
 * and nobody gets an exception if it is refused. What it costs is not the
 * processor's cost, and is not counted. There is no cache of these
 * translations here: each access walks. */
#ifndef VM_IOMMU_H
#define VM_IOMMU_H

#include "mmu/bus.h"

/* One access of a device: its address is translated, if the device has a
 * domain, and then put on the bus. Not to cross a page. *before gets the bytes
 * of memory that were there, as vm_cpu_access does. */
struct vm_translation vm_iommu_access (struct vm_tape *t,
                                       const struct vm_state *s,
                                       const struct vm_order *order,
                                       uint64_t *before);

#endif
