/* Gives and takes memory in one piece of addresses. */
#include "mm/vmalloc.h"

#include "mm/reclaim.h"
#include "mm/space.h"
#include "mmu/shootdown.h"

/* Bytes of addresses that an area takes, with its guard page. */
static uint64_t
span_of (const struct vm_vmalloc *area)
{
  return (area->pages + UINT64_C (1)) << VM_PAGE_SHIFT;
}

/* The first gap with room for so many bytes, and the areas it lies between; 0:
 * none. */
static uint64_t
find_gap (const struct vm_state *s, const struct vm_kernel_layout *layout,
          uint64_t bytes, uint32_t *before, uint32_t *behind)
{
  uint64_t at = layout->vmalloc_start;

  *before = 0;
  for (*behind = s->kernel.vmalloc_first; *behind != 0;
       *behind = s->vmallocs[*behind].next) {
    const struct vm_vmalloc *area = &s->vmallocs[*behind];
    if (area->va - at >= bytes)
      return at;
    at = area->va + span_of (area);
    *before = *behind;
  }
  return layout->vmalloc_end - at >= bytes ? at : 0;
}

static uint32_t
free_number (const struct vm_state *s)
{
  for (uint32_t i = 1; i < VM_MAX_VMALLOCS; i++)
    if (s->vmallocs[i].bytes == 0)
      return i;
  return 0;
}

static void
link_area (struct vm_tape *t, const struct vm_state *s, uint32_t before,
           uint32_t number)
{
  const uint32_t *link = before == 0 ? &s->kernel.vmalloc_first
                                     : &s->vmallocs[before].next;

  vm_put_u32 (t, link, number);
}

/* A frame for one page, and its entry. */
static bool
map_page (struct vm_tape *t, const struct vm_state *s, vm_vaddr va,
          struct vm_error *error)
{
  const struct vm_frame_use use
      = {.role = VM_FRAME_KERNEL, .owner = VM_NONE, .count = 1, .high = true};
  uint32_t index;
  vm_frame frame, table;

  if (!vm_frames_take (t, s, &use, &frame)
      || !vm_space_reach_kernel (t, s, vm_frame_of (s->config.kernel_root), va,
                                 1, s->kernel.lazy, &table, error)) {
    vm_error_set (error, VM_ERROR_OUT_OF_FRAMES, NULL);
    return false;
  }
  struct vm_pte pte = vm_kernel_leaf (s, frame, true, false);
  vm_kernel_entry (s, va, &table, &index);
  vm_kernel_put_entry (t, s, table, index, &pte);
  return true;
}

/* Tables that an area may need besides its frames. */
static uint64_t
tables_for (const struct vm_state *s, uint64_t pages)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  return pages / vm_geometry_entries (g, 1) + 2 + g->levels;
}

static bool
begin_area (struct vm_tape *t, const struct vm_state *s, uint64_t bytes,
            uint32_t pages, uint32_t owner, vm_vaddr *va)
{
  struct vm_kernel_layout layout;
  uint32_t before, behind, number = free_number (s);
  uint64_t at;

  if (number == 0)
    return false;
  vm_kernel_layout_of (s, &layout);
  at = find_gap (s, &layout, (pages + UINT64_C (1)) << VM_PAGE_SHIFT, &before,
                 &behind);
  if (at == 0)
    return false;
  vm_step_leaf (t, VM_STEP_VMALLOC_AREA,
                (uint64_t[VM_STEP_VALUES]){
                    pages, at, at, at + ((uint64_t) pages << VM_PAGE_SHIFT)});
  const struct vm_vmalloc *area = &s->vmallocs[number];
  vm_put_u64 (t, &area->va, at);
  vm_put_u64 (t, &area->bytes, bytes);
  vm_put_u32 (t, &area->pages, pages);
  vm_put_u32 (t, &area->next, behind);
  vm_put_u32 (t, &area->owner, owner);
  vm_put_u32 (t, &area->leaked, 0);
  link_area (t, s, before, number);
  vm_put_u32 (t, &s->kernel.vmallocs, s->kernel.vmallocs + 1);
  vm_put_u32 (t, &s->kernel.vmalloc_pages, s->kernel.vmalloc_pages + pages);
  *va = vm_vaddr_of (at);
  return true;
}

bool
vm_vmalloc (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
            uint64_t bytes, uint32_t owner, vm_vaddr *va,
            enum vm_errno *refused, struct vm_error *error)
{
  uint64_t pages = (bytes + VM_PAGE_SIZE - 1) >> VM_PAGE_SHIFT;
  uint64_t needed = pages + tables_for (s, pages);

  *va = vm_vaddr_of (0);
  *refused = VM_ENOMEM;
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (t, VM_STEP_VMALLOC,
                 (uint64_t[VM_STEP_VALUES]){bytes, pages, 0, owner});
  bool room = needed <= s->config.frames
              && vm_reclaim_prepare (t, s, VM_NONE, (uint32_t) needed)
              && needed <= s->free_count
              && begin_area (t, s, bytes, (uint32_t) pages, owner, va);
  bool mapped = true;
  for (uint64_t i = 0; room && mapped && i < pages && !vm_tape_failed (t); i++)
    mapped = map_page (t, s, vm_vaddr_of (va->v + (i << VM_PAGE_SHIFT)), error);
  vm_step_end (t);
  if (room)
    *refused = VM_ERRNO_NONE;
  return mapped;
}

/* Clears the entry of a page, and lets its frame go. */
static void
unmap_page (struct vm_tape *t, const struct vm_state *s, vm_vaddr va)
{
  const struct vm_pte empty = {.raw = 0};
  uint32_t index;
  vm_frame table;
  vm_paddr pa;

  if (!vm_kernel_walk (s, va, &pa) || !vm_kernel_entry (s, va, &table, &index))
    return;
  vm_kernel_put_entry (t, s, table, index, &empty);
  vm_frames_put (t, s, vm_paddr_frame (pa, VM_PAGE_SHIFT), 1);
}

bool
vm_vfree (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
          vm_vaddr va)
{
  uint32_t number = vm_vmalloc_at (s, va), before = 0;
  const struct vm_vmalloc *area = &s->vmallocs[number];

  if (number == 0 || area->va != va.v)
    return false;
  uint32_t pages = area->pages;
  for (uint32_t i = s->kernel.vmalloc_first; i != number;
       i = s->vmallocs[i].next)
    before = i;
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (
      t, VM_STEP_VFREE,
      (uint64_t[VM_STEP_VALUES]){area->bytes, pages, va.v, area->owner});
  for (uint64_t i = 0; i < pages && !vm_tape_failed (t); i++)
    unmap_page (t, s, vm_vaddr_of (va.v + (i << VM_PAGE_SHIFT)));
  vm_shootdown (t, s,
                &(struct vm_changed){.cpu = cpu,
                                     .process = s->cpus[cpu].process,
                                     .va = va,
                                     .shared = true,
                                     .pages = pages});
  link_area (t, s, before, area->next);
  vm_put_u32 (t, &s->kernel.vmallocs, s->kernel.vmallocs - 1);
  vm_put_u32 (t, &s->kernel.vmalloc_pages, s->kernel.vmalloc_pages - pages);
  vm_put_u64 (t, &area->va, 0);
  vm_put_u64 (t, &area->bytes, 0);
  vm_put_u32 (t, &area->pages, 0);
  vm_put_u32 (t, &area->next, 0);
  vm_put_u32 (t, &area->owner, 0);
  vm_step_end (t);
  return true;
}

uint32_t
vm_vmalloc_at (const struct vm_state *s, vm_vaddr va)
{
  for (uint32_t i = s->kernel.vmalloc_first; i != 0; i = s->vmallocs[i].next)
    if (va.v - s->vmallocs[i].va < span_of (&s->vmallocs[i]))
      return i;
  return 0;
}
