/* How each family of processors reports an access that it refuses.
 *
 *   x86      #PF, vector 14, and an error code:
 *              4   3    2 1 0
 *             | I |RSVD|U|W|P|        P = 0: some entry was not present
 *   RISC-V   cause 12 (fetch), 13 (load) or 15 (store), no code
 *   AArch64  exception class 0x20/0x21 (instruction) or 0x24/0x25 (data), from
 *            user mode or the kernel, and a fault status code:
 *              5   2 1 0
 *             | type |LL|             LL: the Arm's level, 0 to 3
 */
#ifndef VM_FAULT_H
#define VM_FAULT_H

#include "mmu/walk.h"

/* Fault status codes of AArch64, to which the level is added (Arm ARM,
 * ESR_ELx, ISS encoding of data aborts). */
enum {
  VM_ARM_ADDRESS_SIZE_FAULT = 0x00,
  VM_ARM_TRANSLATION_FAULT = 0x04,
  VM_ARM_ACCESS_FLAG_FAULT = 0x08,
  VM_ARM_PERMISSION_FAULT = 0x0c
};

/* Says in *fault which exception a refused access ends in. level is that of
 * the entry that refused, 1 being the last. */
void vm_fault_tell (const struct vm_config *config, const struct vm_geometry *g,
                    enum vm_verdict verdict, uint32_t level,
                    const struct vm_access *access, struct vm_fault *fault);

/* The exception of an address that is not below the limit (bounds.h). */
struct vm_fault vm_fault_of_bounds (const struct vm_geometry *g,
                                    const struct vm_access *access);

#endif
