/* Stands in for the real tape.h when the bench compiles the walk and the TLB
 * without any tape code: puts are plain stores, steps are nothing. */
#ifndef VM_TAPE_H
#define VM_TAPE_H

#include <string.h>

#include "error.h"
#include "tape/state.h"
#include "tape/steps.h"
#include "types.h"

struct vm_tape;

static inline void
vm_put_u8 (struct vm_tape *tape, const uint8_t *address, uint8_t value)
{
  memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

static inline void
vm_put_u16 (struct vm_tape *tape, const uint16_t *address, uint16_t value)
{
  memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

static inline void
vm_put_u32 (struct vm_tape *tape, const uint32_t *address, uint32_t value)
{
  memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

static inline void
vm_put_u64 (struct vm_tape *tape, const uint64_t *address, uint64_t value)
{
  memcpy ((void *) (uintptr_t) address, &value, sizeof value);
}

static inline void
vm_tape_at (struct vm_tape *tape, uint32_t cpu, enum vm_tlb_unit unit)
{
}

static inline void
vm_step_begin (struct vm_tape *tape, enum vm_step_kind kind,
               const uint64_t values[VM_STEP_VALUES])
{
}

static inline void
vm_step_end (struct vm_tape *tape)
{
}

static inline void
vm_step_leaf (struct vm_tape *tape, enum vm_step_kind kind,
              const uint64_t values[VM_STEP_VALUES])
{
}

#endif
