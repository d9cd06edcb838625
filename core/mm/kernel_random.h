/* Draws where the kernel's areas begin (KASLR).
 *
 *   page_offset_base        vmalloc_base          vmemmap_base      end
 *   |--- some GiB ---| direct |--- some GiB ---| vmalloc |---| vmemmap |...|
 *
 * The areas keep their order. Each gets its share of the room that is left, at
 * a multiple of 1 GiB (arch/x86/mm/kaslr.c, kernel_randomize_memory; since
 * Linux 4.20 from where the direct map begins otherwise up to the
 * cpu_entry_area). The direct map needs as much as there is memory, in TiB, and
 * 10 TiB for memory that is plugged in later
 * (CONFIG_RANDOMIZE_MEMORY_PHYSICAL_PADDING). The image lies at a multiple of 2
 * MiB, in memory and in its range of 1 GiB, drawn independently
 * (arch/x86/boot/compressed/kaslr.c). The numbers follow from a seed
 * (splitmix64); a real kernel takes them from its processor and its clock.
 */
#ifndef VM_KERNEL_RANDOM_H
#define VM_KERNEL_RANDOM_H

#include "mm/kernel_layout.h"

#define VM_KASLR_GRAIN (UINT64_C (1) << 30)      /* of the three areas */
#define VM_KASLR_TEXT_GRAIN (UINT64_C (2) << 20) /* CONFIG_PHYSICAL_ALIGN */
#define VM_KASLR_TEXT_ROOM (UINT64_C (1) << 30)  /* KERNEL_IMAGE_SIZE */

/* The three areas, in their order. */
struct vm_kernel_bases {
  uint64_t direct, vmalloc, vmemmap;
  uint64_t direct_bytes, vmalloc_bytes, vmemmap_bytes;
};

/* Draws them between start and end, for so much memory; vmalloc_bytes of bases
 * is given. */
void vm_kernel_random_bases (struct vm_kernel_bases *bases, uint64_t seed,
                             uint64_t memory, uint64_t start, uint64_t end);

/* Where an image of so many bytes lies in memory, and in its range: an offset
 * from its beginning. */
void vm_kernel_random_image (uint64_t seed, uint64_t memory, uint64_t least,
                             uint64_t bytes, uint64_t *physical,
                             uint64_t *offset);

#endif
