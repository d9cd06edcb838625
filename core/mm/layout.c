/* Knows the layouts of address spaces. */
#include "mm/layout.h"

#include "mm/mlock.h"

#define MMAP_GAP (UINT64_C (128) << 20)
#define NO_LIMIT UINT64_MAX

static uint64_t
task_size_of (const struct vm_geometry *g)
{
  uint64_t half = UINT64_C (1) << (g->va_bits - 1);

  if (g->word_bits == 32)
    return UINT64_C (0xc0000000);
  if (g->two_roots)
    return half << 1;
  return g->family == VM_FAMILY_X86 ? half - VM_PAGE_SIZE : half;
}

/* Five levels do not change where things are put, unless a program asks for an
 * address above 2^47 (Documentation/arch/x86/x86_64/5level-paging.rst). */
static uint64_t
usual_end (const struct vm_geometry *g)
{
  uint64_t task_size = task_size_of (g);
  uint64_t usual = (UINT64_C (1) << 47) - VM_PAGE_SIZE;

  return g->family == VM_FAMILY_X86 && task_size > usual ? usual : task_size;
}

struct vm_layout
vm_layout_of (const struct vm_geometry *g)
{
  uint64_t end = usual_end (g);
  uint64_t program = g->word_bits == 32
                         ? UINT64_C (0x08048000)
                         : (end / 3 * 2) & ~(uint64_t) (VM_PAGE_SIZE - 1);

  return (struct vm_layout){
      .task_size = task_size_of (g),
      .mmap_base = end - MMAP_GAP,
      .stack_top = end,
      .program = program,
      .heap = program + VM_PAGE_SIZE,
  };
}

bool
vm_layout_suits (const struct vm_geometry *g)
{
  return g->page_shift == VM_PAGE_SHIFT && g->va_bits >= 32;
}

void
vm_layout_edited (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  if (s->mms[mm].managed == 1)
    vm_put_u32 (t, &s->mms[mm].managed, 2);
}

void
vm_layout_manage (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_mm *mm = vm_mm_of (s, process);

  if (mm->managed)
    return;
  struct vm_geometry room;
  struct vm_layout layout
      = vm_layout_of (vm_geometry_configured (&s->config, &room));
  vm_put_u32 (t, &mm->managed, 1);
  vm_put_u64 (t, &mm->task_size, layout.task_size);
  vm_put_u64 (t, &mm->mmap_base, layout.mmap_base);
  vm_put_u64 (t, &mm->start_brk, layout.heap);
  vm_put_u64 (t, &mm->brk, layout.heap);
  vm_put_u64 (t, &mm->stack_limit, VM_STACK_LIMIT);
  vm_put_u64 (t, &mm->memory_limit, NO_LIMIT);
  vm_put_u64 (t, &mm->lock_limit, VM_LOCK_LIMIT);
}
