/* Where execve puts things: stack, mappings and heap, random or not. */
#include "process/exec_parts.h"

#include "mm/layout.h"

#define COMPAT_END UINT64_C (0xffffe000) /* IA32_PAGE_OFFSET */
#define LEAST_GAP (UINT64_C (128) << 20)
#define GUARD_GAP (UINT64_C (256) << VM_PAGE_SHIFT)

/* Bits of a random number, and what is added up so often: a page, or a byte. */
#define STACK_BITS(w) ((w)->word == 8 ? 22u : 11u)
#define MMAP_BITS(w) ((w)->word == 8 ? 28u : 8u)
#define STACK_BYTES 8192u

static uint64_t
page_down (uint64_t address)
{
  return address & ~(uint64_t) (VM_PAGE_SIZE - 1);
}

static uint64_t
page_up (uint64_t address)
{
  return page_down (address + VM_PAGE_SIZE - 1);
}

static uint64_t
low_bits (uint64_t number, uint32_t bits)
{
  return number & ((UINT64_C (1) << bits) - 1);
}

/* The end of the stack, moved down by pages and then by bytes
 * (randomize_stack_top, arch_align_stack). */
static uint64_t
stack_end (const struct vm_exec_work *w)
{
  uint64_t pages = low_bits (vm_exec_draw (w, VM_PART_STACK), STACK_BITS (w))
                   << VM_PAGE_SHIFT;
  uint64_t bytes = vm_exec_draw (w, VM_PART_STACK_BYTES) >> 32;
  uint64_t end
      = page_down (w->top - pages - bytes % STACK_BYTES + VM_PAGE_SIZE - 1);

  vm_exec_tell_draw (w, VM_PART_STACK, STACK_BITS (w), w->top - end, end);
  return end;
}

/* Bytes below the end that mappings keep clear of (mmap_base). */
static uint64_t
gap_of (const struct vm_exec_work *w, uint64_t limit)
{
  uint64_t pad = GUARD_GAP, most = w->task_size / 6 * 5, gap = limit;

  if (w->request->random)
    pad += ((UINT64_C (1) << STACK_BITS (w)) - 1) << VM_PAGE_SHIFT;
  if (gap + pad > gap)
    gap += pad;
  if (gap < LEAST_GAP)
    gap = LEAST_GAP;
  return gap > most ? most : gap;
}

static uint64_t
mmap_base (const struct vm_exec_work *w, uint64_t gap)
{
  uint64_t pages = low_bits (vm_exec_draw (w, VM_PART_MMAP_BASE), MMAP_BITS (w))
                   << VM_PAGE_SHIFT;
  uint64_t base = page_up (w->task_size - gap - pages);

  vm_exec_tell_draw (w, VM_PART_MMAP_BASE, MMAP_BITS (w), pages, base);
  return base;
}

void
vm_exec_lay_out (struct vm_exec_work *w)
{
  const struct vm_mm *mm = vm_mm_of (w->s, w->request->process);
  uint64_t limit = mm->stack_limit;

  w->task_size = w->record.flags & VM_EXEC_COMPAT ? COMPAT_END
                                                  : mm->mmap_base + LEAST_GAP;
  w->top = w->task_size;
  if (w->record.flags & VM_EXEC_COMPAT)
    vm_put_u64 (w->t, &mm->task_size, COMPAT_END);
  uint64_t gap = gap_of (w, limit);
  uint64_t base = mmap_base (w, gap);
  w->record.stack_end = stack_end (w);
  w->sp = w->record.stack_end;
  vm_put_u64 (w->t, &mm->mmap_base, base);
  vm_step_leaf (w->t, VM_STEP_EXEC_LAYOUT,
                (uint64_t[VM_STEP_VALUES]){w->request->process, mm->task_size,
                                           w->record.stack_end, gap, base});
}

/* Is the program itself what a loader runs: among the mappings, without an
 * interpreter? Then its heap goes elsewhere: always since Linux 6.15, before
 * only where all is random. */
static bool
heap_moves (const struct vm_exec_work *w)
{
  return w->elf->type == VM_ELF_DYN && w->elf->interpreter == NULL
         && (w->request->kernel >= 15 || w->request->random);
}

/* arch_randomize_brk: up to 32 MiB further, with 64 bits up to 1 GiB since
 * Linux 6.9; since then, too, a page always stays free before it. */
static uint64_t
random_heap (const struct vm_exec_work *w, uint64_t start, bool moved)
{
  bool wide = w->word == 8 && w->request->kernel >= 9;
  uint32_t bits = wide ? 18 : 13;

  if (!moved && w->request->kernel >= 9)
    start += VM_PAGE_SIZE;
  uint64_t bytes = low_bits (vm_exec_draw (w, VM_PART_BRK), bits)
                   << VM_PAGE_SHIFT;
  vm_exec_tell_draw (w, VM_PART_BRK, bits, bytes, start + bytes);
  return start + bytes;
}

void
vm_exec_place_heap (struct vm_exec_work *w)
{
  const struct vm_mm *mm = vm_mm_of (w->s, w->request->process);
  uint64_t end = page_up (w->program_end), start = end;
  bool moved = heap_moves (w);

  if (moved)
    start = page_up (vm_exec_high_place (w));
  if (w->request->random)
    start = random_heap (w, start, moved);
  vm_put_u64 (w->t, &mm->start_brk, start);
  vm_put_u64 (w->t, &mm->brk, start);
  vm_step_leaf (
      w->t, VM_STEP_EXEC_BRK,
      (uint64_t[VM_STEP_VALUES]){w->request->process, start, end, moved});
}

uint64_t
vm_exec_high_place (const struct vm_exec_work *w)
{
  /* ELF_ET_DYN_BASE, COMPAT_ELF_ET_DYN_BASE */
  if (w->record.flags & VM_EXEC_COMPAT)
    return page_up (COMPAT_END / 3) + (UINT64_C (1) << 24);
  return w->word == 4 ? UINT64_C (0x400000) : w->task_size / 3 * 2;
}

uint64_t
vm_exec_random_place (const struct vm_exec_work *w, uint64_t place)
{
  uint64_t pages = low_bits (vm_exec_draw (w, VM_PART_PROGRAM), MMAP_BITS (w))
                   << VM_PAGE_SHIFT;

  vm_exec_tell_draw (w, VM_PART_PROGRAM, MMAP_BITS (w), pages,
                     page_down (place + pages));
  return place + pages;
}
