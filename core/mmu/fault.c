/* Makes an exception out of a verdict, for each family of processors. */
#include "mmu/fault.h"

static enum vm_fault_kind
kind_of (enum vm_verdict verdict)
{
  switch (verdict) {
  case VM_VERDICT_ALLOWED:
    return VM_FAULT_NONE;
  case VM_VERDICT_NOT_PRESENT:
  case VM_VERDICT_NO_LEAF:
    return VM_FAULT_NOT_PRESENT;
  case VM_VERDICT_RESERVED:
    return VM_FAULT_RESERVED;
  case VM_VERDICT_UPPER_BITS:
    return VM_FAULT_NON_CANONICAL;
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_READ_ONLY:
  case VM_VERDICT_NO_EXECUTE:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_FLAG:
    return VM_FAULT_PROTECTION;
  }
  return VM_FAULT_PROTECTION;
}

/* SDM vol. 3A, 4.7: bit 4 tells a fetch only where no-execute or SMEP is
 * on. */
static uint32_t
x86_error (const struct vm_config *config, enum vm_verdict verdict,
           const struct vm_access *access)
{
  uint32_t error = 0;

  if (verdict != VM_VERDICT_NOT_PRESENT)
    error |= VM_ERROR_CODE_P;
  if (verdict == VM_VERDICT_RESERVED)
    error |= VM_ERROR_CODE_RSVD;
  if (access->kind == VM_WRITE)
    error |= VM_ERROR_CODE_W;
  if (access->mode == VM_USER_MODE)
    error |= VM_ERROR_CODE_U;
  if (access->kind == VM_FETCH && (config->nx || config->smep))
    error |= VM_ERROR_CODE_I;
  return error;
}

static void
tell_x86 (const struct vm_config *config, enum vm_verdict verdict,
          const struct vm_access *access, struct vm_fault *fault)
{
  /* An address that is not canonical never reaches paging. */
  if (verdict == VM_VERDICT_UPPER_BITS) {
    fault->vector = VM_VECTOR_GENERAL_PROTECTION;
    return;
  }
  fault->vector = VM_VECTOR_PAGE_FAULT;
  fault->error = x86_error (config, verdict, access);
}

/* Privileged architecture, table "Supervisor cause register values". */
static uint32_t
riscv_cause (enum vm_access_kind kind)
{
  static const uint32_t causes[]
      = {[VM_READ] = 13, [VM_WRITE] = 15, [VM_FETCH] = 12};

  return causes[kind];
}

static uint32_t
arm_status (enum vm_fault_kind kind, enum vm_verdict verdict)
{
  if (verdict == VM_VERDICT_NO_FLAG)
    return VM_ARM_ACCESS_FLAG_FAULT;
  return kind == VM_FAULT_PROTECTION ? VM_ARM_PERMISSION_FAULT
                                     : VM_ARM_TRANSLATION_FAULT;
}

static void
tell_arm (enum vm_verdict verdict, uint32_t level,
          const struct vm_access *access, struct vm_fault *fault)
{
  uint32_t class = access->kind == VM_FETCH ? 0x20 : 0x24;

  fault->vector = class + (access->mode == VM_KERNEL_MODE);
  fault->error = arm_status (fault->kind, verdict) + (4 - level);
}

void
vm_fault_tell (const struct vm_config *config, const struct vm_geometry *g,
               enum vm_verdict verdict, uint32_t level,
               const struct vm_access *access, struct vm_fault *fault)
{
  fault->kind = kind_of (verdict);
  fault->vector = 0;
  fault->error = 0;
  fault->address = access->va;
  switch (g->family) {
  case VM_FAMILY_X86:
    tell_x86 (config, verdict, access, fault);
    return;
  case VM_FAMILY_RISCV:
    fault->vector = riscv_cause (access->kind);
    return;
  case VM_FAMILY_ARM:
    tell_arm (verdict, level, access, fault);
    return;
  }
}

struct vm_fault
vm_fault_of_bounds (const struct vm_geometry *g, const struct vm_access *access)
{
  static const uint32_t causes[]
      = {[VM_READ] = 5, [VM_WRITE] = 7, [VM_FETCH] = 1};
  struct vm_fault fault = {.kind = VM_FAULT_PROTECTION, .address = access->va};

  switch (g->family) {
  case VM_FAMILY_X86:
    fault.vector = VM_VECTOR_GENERAL_PROTECTION;
    break;
  case VM_FAMILY_RISCV:
    fault.vector = causes[access->kind];
    break;
  case VM_FAMILY_ARM:
    fault.vector = (access->kind == VM_FETCH ? 0x20u : 0x24u)
                   + (access->mode == VM_KERNEL_MODE);
    fault.error = VM_ARM_ADDRESS_SIZE_FAULT;
    break;
  }
  return fault;
}
