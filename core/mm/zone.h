/* Zones: which frames can serve what.
 *
 *   x86-32, PAE   0 ....... 16M ............ 896M or less ...............
 *                 |   DMA    |        Normal         |     HighMem
 *   x86-64        0 ....... 16M .............................. 4G .......
 *                 |   DMA    |             DMA32                | Normal
 *   AArch64, 64-bit RISC-V   0 ............................... 4G .......
 *                            |              DMA32               | Normal
 *
 * Old devices reach 16 MiB, later ones 4 GiB. A 32-bit kernel maps low memory
 * for good, which ends at 896 MiB or, where its own addresses leave less room
 * (mm/kernel_layout.h), before that; what lies above it maps for a moment at a
 * time, and so takes for pages of processes first. An allocator that minds
 * zones begins with the highest one that suits, and falls back to lower ones
 * (include/linux/mmzone.h; arch/x86/mm/init.c, zone_sizes_init; Linux 6.x). */
#ifndef VM_ZONE_H
#define VM_ZONE_H

#include "mmu/geometry.h"
#include "tape/tape.h"

enum vm_zone {
  VM_ZONE_DMA,
  VM_ZONE_DMA32,
  VM_ZONE_NORMAL,
  VM_ZONE_HIGHMEM
}; /* VM_ZONES of them */

/* "DMA", "DMA32", "Normal", "HighMem" */
const char *vm_zone_name (enum vm_zone zone);

/* Does a machine of this geometry have a zone, if it is large enough? */
bool vm_zone_exists (const struct vm_geometry *g, enum vm_zone zone);

/* The zone of a frame. */
enum vm_zone vm_zone_of (const struct vm_state *s, uint64_t frame);

/* The managed frames [*first, *end) of a zone; empty if it has none. */
void vm_zone_range (const struct vm_state *s, enum vm_zone zone,
                    uint32_t *first, uint32_t *end);

/* The zone to begin with: for pages of data the highest, for what the kernel
 * must reach at any time the highest below HighMem. */
enum vm_zone vm_zone_preferred (enum vm_frame_role role);

#endif
