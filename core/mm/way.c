/* Switches the MMU on, off, or over to base and bounds. */
#include "mm/way.h"

#include "mm/space.h"
#include "mmu/bounds.h"
#include "mmu/cpu.h"

bool
vm_way_possible (uint32_t geometry, enum vm_way way)
{
  return way == VM_WAY_PAGING
         || (geometry != VM_GEOMETRY_X86_64
             && geometry != VM_GEOMETRY_X86_64_LA57);
}

bool
vm_way_prepare (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                struct vm_error *error)
{
  if (s->config.kernel_root == 0 && !vm_space_make_kernel_root (t, s, error))
    return false;
  return vm_mm_of (s, process)->root != 0
         || vm_space_make_root (t, s, process, error);
}

static void
empty_tlbs (struct vm_tape *t, const struct vm_state *s)
{
  const struct vm_flush all = {.kind = VM_FLUSH_ALL};

  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    vm_flush_drop (t, s, cpu, &all);
}

/* Has a processor run once more what it runs, the new way. */
static void
run_again (struct vm_tape *t, const struct vm_state *s, uint32_t cpu)
{
  uint32_t process = s->cpus[cpu].process;
  struct vm_fault ignored;

  if (process == VM_NONE)
    return;
  vm_put_u32 (t, &s->cpus[cpu].process, VM_NONE);
  vm_cpu_switch (t, s, cpu, process, &ignored);
}

/* The tables of everybody who has an address space. */
static bool
make_roots (struct vm_tape *t, const struct vm_state *s, struct vm_error *error)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (vm_mm_of (s, i)->users > 0 && !vm_way_prepare (t, s, i, error))
      return false;
  return true;
}

bool
vm_way_set (struct vm_tape *t, const struct vm_state *s, enum vm_way way,
            struct vm_error *error)
{
  enum vm_way before = (enum vm_way) s->config.way;

  if (way == before)
    return true;
  if (way == VM_WAY_PAGING && !make_roots (t, s, error))
    return false;
  if (before == VM_WAY_PAGING)
    empty_tlbs (t, s);
  vm_put_u8 (t, &s->config.way, (uint8_t) way);
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    run_again (t, s, cpu);
  return true;
}
