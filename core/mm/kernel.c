/* Looks into the kernel's half. */
#include "mm/kernel.h"

#include "mm/space.h"

struct vm_pte
vm_kernel_leaf (const struct vm_state *s, vm_frame frame, bool writable,
                bool executable)
{
  return (struct vm_pte){
      .present = 1,
      .leaf = 1,
      .readable = 1,
      .writable = writable,
      .no_execute = s->config.nx && !executable,
      .kernel_no_execute = s->config.nx && !executable,
      .accessed = 1,
      .dirty = writable,
      .global = !s->config.kpti,
      .frame = frame.v,
  };
}

/* Goes down from the kernel's root to the entry that decides about an address;
 * its level. */
static uint32_t
descend (const struct vm_state *s, const struct vm_geometry *g, vm_vaddr va,
         vm_frame *table, struct vm_pte *pte)
{
  uint32_t level = g->levels;

  *table = vm_frame_of (s->config.kernel_root);
  for (;; level--) {
    vm_paddr at
        = vm_geometry_entry (g, *table, vm_geometry_index (g, level, va));
    *pte = vm_pte_decode (g, level, vm_memory_read (s, at, g->entry_bytes),
                          s->config.nx);
    if (!pte->present || pte->leaf || level == 1)
      return level;
    *table = vm_frame_of (pte->frame);
  }
}

bool
vm_kernel_entry (const struct vm_state *s, vm_vaddr va, vm_frame *table,
                 uint32_t *index)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_pte pte;

  *index = vm_geometry_index (g, 1, va);
  return descend (s, g, va, table, &pte) == 1;
}

void
vm_kernel_put_entry (struct vm_tape *t, const struct vm_state *s,
                     vm_frame table, uint32_t index, const struct vm_pte *pte)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  vm_paddr pa = vm_geometry_entry (g, table, index);
  uint64_t raw = vm_pte_encode (g, 1, pte);

  vm_step_leaf (
      t, VM_STEP_ENTRY_WRITE,
      (uint64_t[VM_STEP_VALUES]){1, index, table.v, pa.v, raw, pte->frame});
  vm_memory_write (t, s, pa, g->entry_bytes, raw);
}

bool
vm_kernel_walk (const struct vm_state *s, vm_vaddr va, vm_paddr *pa)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_pte pte;
  vm_frame table;

  if (!s->kernel.on)
    return false;
  uint32_t level = descend (s, g, va, &table, &pte);
  if (!pte.present)
    return false;
  uint64_t size = UINT64_C (1) << g->level[level].low;
  *pa = vm_paddr_of ((pte.frame << g->page_shift) + va.v % size);
  return true;
}

bool
vm_kernel_sync (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                const struct vm_fault *fault)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_kernel_layout layout;

  if (!s->kernel.lazy || fault->kind != VM_FAULT_NOT_PRESENT
      || (fault->error & VM_ERROR_CODE_U) || !vm_kernel_layout_of (s, &layout)
      || fault->address.v < layout.vmalloc_start
      || fault->address.v >= layout.vmalloc_end)
    return false;
  uint32_t index = vm_geometry_index (g, g->levels, fault->address);
  vm_paddr from
      = vm_geometry_entry (g, vm_frame_of (s->config.kernel_root), index);
  vm_paddr to
      = vm_geometry_entry (g, vm_frame_of (vm_mm_of (s, process)->root), index);
  uint64_t raw = vm_memory_read (s, from, g->entry_bytes);
  struct vm_pte link = vm_pte_decode (g, g->levels, raw, s->config.nx);

  if (!link.present || vm_memory_read (s, to, g->entry_bytes) != 0)
    return false;
  vm_step_leaf (
      t, VM_STEP_VMALLOC_SYNC,
      (uint64_t[VM_STEP_VALUES]){process, index, fault->address.v, link.frame});
  vm_frames_get (t, s, vm_frame_of (link.frame), 1, VM_NONE);
  vm_memory_write (t, s, to, g->entry_bytes, raw);
  vm_put_u32 (t, &s->kernel.synced, s->kernel.synced + 1);
  return true;
}
