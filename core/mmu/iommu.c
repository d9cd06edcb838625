/* A device that reads and writes memory by itself, and the IOMMU before it. */
#include "mmu/iommu.h"

/* The registers of the IOMMU for a domain, like those of a processor. */
static struct vm_cpu
registers_of (const struct vm_state *s, const struct vm_geometry *g,
              uint32_t domain)
{
  vm_frame root = vm_frame_of (vm_mm_of (s, domain)->root);
  struct vm_cpu cpu = {.cr3 = vm_frame_start (root, g->page_shift).v,
                       .process = domain,
                       .mode = VM_USER_MODE};

  for (uint32_t i = 0; g->register_level != 0 && i < 4; i++)
    cpu.pdpte[i]
        = vm_memory_read (s, vm_geometry_entry (g, root, i), g->entry_bytes);
  return cpu;
}

/* The device is told that it may not; the kernel could ask why. */
static void
block (struct vm_tape *t, const struct vm_state *s,
       const struct vm_order *order, enum vm_verdict verdict,
       struct vm_translation *result)
{
  bool absent = verdict == VM_VERDICT_NOT_PRESENT
                || verdict == VM_VERDICT_NO_LEAF;

  vm_step_leaf (t, VM_STEP_BLOCKED,
                (uint64_t[VM_STEP_VALUES]){s->devices[order->device].name,
                                           order->address, order->kind,
                                           verdict});
  result->fault.kind = verdict == VM_VERDICT_RESERVED ? VM_FAULT_RESERVED
                       : verdict == VM_VERDICT_UPPER_BITS
                           ? VM_FAULT_NON_CANONICAL
                       : absent ? VM_FAULT_NOT_PRESENT
                                : VM_FAULT_PROTECTION;
  result->fault.address = vm_vaddr_of (order->address);
}

static void
walk (struct vm_tape *t, const struct vm_state *s, const struct vm_order *order,
      struct vm_translation *result)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_device *device = &s->devices[order->device];
  struct vm_cpu cpu = registers_of (s, g, device->domain);
  struct vm_access access = {.va = vm_vaddr_of (order->address),
                             .kind = order->kind,
                             .mode = VM_USER_MODE};

  if (!vm_geometry_canonical (g, access.va)
      || vm_geometry_is_upper (g, access.va)) {
    block (t, s, order, VM_VERDICT_UPPER_BITS, result);
    return;
  }
  vm_step_begin (t, VM_STEP_IOMMU_WALK,
                 (uint64_t[VM_STEP_VALUES]){device->name, order->address,
                                            vm_mm_of (s, device->domain)->root,
                                            g->levels, device->domain});
  struct vm_walk found = vm_walk_uncounted (t, s, g, &cpu, &access);
  vm_step_end (t);
  result->reads = found.reads;
  if (found.verdict != VM_VERDICT_ALLOWED) {
    block (t, s, order, found.verdict, result);
    return;
  }
  result->ok = true;
  result->page_shift = found.page_shift;
  result->pa = vm_paddr_of (
      (found.leaf.frame << g->page_shift)
      + (order->address & ((UINT64_C (1) << found.page_shift) - 1)));
}

struct vm_translation
vm_iommu_access (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_order *order, uint64_t *before)
{
  struct vm_translation result = {.page_shift = s->config.page_shift};
  struct vm_order on_bus = *order;

  if (s->devices[order->device].domain != VM_NONE)
    walk (t, s, order, &result);
  else {
    result.ok = true;
    result.pa = vm_paddr_of (order->address);
  }
  if (!result.ok)
    return result;
  vm_step_leaf (
      t, VM_STEP_BUS,
      (uint64_t[VM_STEP_VALUES]){order->address, result.pa.v,
                                 s->devices[order->device].domain != VM_NONE});
  on_bus.address = result.pa.v;
  *before = vm_memory_read (s, result.pa, order->width);
  result.value = vm_bus_do (t, s, &on_bus);
  return result;
}
