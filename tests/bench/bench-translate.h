/* One loop of translations, compiled with the tape (bench-core.c, given none)
 * and without any tape code (bench-bare.c). */
#ifndef BENCH_TRANSLATE_H
#define BENCH_TRANSLATE_H

#include "mmu/cpu.h"

static inline uint64_t
translate_all (struct vm_tape *t, const struct vm_state *s,
               const uint64_t *addresses, uint32_t count)
{
  const struct vm_geometry *g = vm_geometry_of (s->config.geometry);
  uint64_t sum = 0;

  for (uint32_t i = 0; i < count; i++) {
    struct vm_access access = {.va = vm_vaddr_of (addresses[i]),
                               .kind = i % 4 == 0 ? VM_WRITE : VM_READ,
                               .mode = VM_USER_MODE};
    sum += vm_cpu_translate (t, s, g, 0, &access).pa.v;
  }
  return sum;
}

/* The loop without tape code. Returns the sum of all physical addresses. */
uint64_t bench_translate_bare (const struct vm_state *s,
                               const uint64_t *addresses, uint32_t count);

#endif
