/* The invariants of the kernel's half. */
#include "machine/check_kernel.h"

#include "mm/kmap.h"
#include "mm/vmalloc.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

bool
vm_check_kernel_links (const struct vm_state *s, struct vm_check_report *report)
{
  const struct vm_kernel_record *kernel = &s->kernel;
  uint64_t end = 0, pages = 0;
  uint32_t areas = 0;

  if (kernel->runs > VM_MAX_KERNEL_RUNS)
    return broken (report, "the kernel's own frames have room", kernel->runs,
                   VM_MAX_KERNEL_RUNS, 0);
  for (uint32_t i = kernel->vmalloc_first; i != 0; i = s->vmallocs[i].next) {
    const struct vm_vmalloc *area = &s->vmallocs[i];
    if (i >= VM_MAX_VMALLOCS || area->va < end || area->bytes == 0
        || area->bytes > (uint64_t) area->pages << VM_PAGE_SHIFT)
      return broken (report, "areas of vmalloc follow each other", i, area->va,
                     end);
    end = area->va + ((area->pages + UINT64_C (1)) << VM_PAGE_SHIFT);
    areas++;
    pages += area->pages;
  }
  if (areas != kernel->vmallocs || pages != kernel->vmalloc_pages)
    return broken (report, "areas of vmalloc are counted", areas, pages,
                   kernel->vmalloc_pages);
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (s->kmap_depth[cpu] > VM_KMAP_DEPTH)
      return broken (report, "a processor's windows have room", cpu,
                     s->kmap_depth[cpu], 0);
  return true;
}

/* An address leads to a physical one, or, if that is UINT64_MAX, nowhere. */
static bool
leads (const struct vm_state *s, uint64_t va, uint64_t pa)
{
  vm_paddr found = {UINT64_MAX};

  if (!vm_kernel_walk (s, vm_vaddr_of (va), &found))
    found = vm_paddr_of (UINT64_MAX);
  return found.v == pa;
}

/* Every 2 MiB of it, and its end. */
static bool
check_direct (const struct vm_state *s, const struct vm_kernel_layout *l,
              struct vm_check_report *report)
{
  for (uint64_t at = 0; at < l->direct; at += UINT64_C (2) << 20)
    if (!leads (s, l->page_offset + at, at))
      return broken (report, "the direct map is linear", l->page_offset + at,
                     at, 0);
  return (leads (s, l->page_offset + l->direct - 1, l->direct - 1)
          && leads (s, l->page_offset + l->direct, UINT64_MAX))
         || broken (report, "the direct map ends with memory",
                    l->page_offset + l->direct, l->direct, 0);
}

static bool
check_areas (const struct vm_state *s, struct vm_check_report *report)
{
  vm_paddr pa;

  for (uint32_t i = s->kernel.vmalloc_first; i != 0; i = s->vmallocs[i].next) {
    const struct vm_vmalloc *area = &s->vmallocs[i];
    for (uint32_t page = 0; page < area->pages; page++)
      if (!vm_kernel_walk (
              s, vm_vaddr_of (area->va + (uint64_t) page * VM_PAGE_SIZE), &pa))
        return broken (report, "vmalloc's pages have frames", i, page, 0);
    if (!leads (s, area->va + (uint64_t) area->pages * VM_PAGE_SIZE,
                UINT64_MAX))
      return broken (report, "a guard page is never mapped", i, area->pages, 0);
  }
  return true;
}

static bool
check_windows (const struct vm_state *s, const struct vm_kernel_layout *l,
               struct vm_check_report *report)
{
  for (uint32_t i = 0; i < l->pkmap_slots; i++) {
    const struct vm_pkmap *window = &s->pkmaps[i];
    uint64_t pa = window->count == 0
                      ? UINT64_MAX
                      : (uint64_t) window->frame << VM_PAGE_SHIFT;
    if (!leads (s, l->pkmap_base + (uint64_t) i * VM_PAGE_SIZE, pa))
      return broken (report, "a window of kmap leads to its frame", i,
                     window->frame, window->count);
  }
  for (uint32_t i = 0; l->pkmap_base != 0 && i < s->config.cpus * VM_KMAP_DEPTH;
       i++) {
    uint32_t cpu = i / VM_KMAP_DEPTH, slot = i % VM_KMAP_DEPTH;
    bool open = slot < s->kmap_depth[cpu];
    uint64_t pa = open ? (uint64_t) (s->kmap_slots[i] - 1) << VM_PAGE_SHIFT
                       : UINT64_MAX;
    if (!leads (s, vm_kmap_window (l, cpu, slot).v, pa))
      return broken (report, "a processor's window leads to its frame", cpu,
                     slot, s->kmap_slots[i]);
  }
  return true;
}

bool
vm_check_kernel_frames (const struct vm_state *s, uint32_t *refs,
                        struct vm_check_report *report)
{
  struct vm_kernel_layout layout;

  for (uint32_t i = 0; i < s->kernel.runs; i++)
    for (uint32_t f = 0; f < s->kernel_runs[i].count; f++)
      refs[s->kernel_runs[i].first + f]++;
  /* Who changes entries by hand is answerable for what they say. */
  if (!s->kernel.on || s->config.edited)
    return true;
  return (vm_kernel_layout_of (s, &layout)
          || broken (report, "the kernel's layout is known", 0, 0, 0))
         && check_direct (s, &layout, report) && check_areas (s, report)
         && check_windows (s, &layout, report);
}
