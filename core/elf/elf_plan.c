/* Rounds segments to pages. */
#include "elf/elf_plan.h"

#include <stdlib.h>

static uint64_t
page_down (uint64_t address)
{
  return address & ~(uint64_t) (VM_ELF_PAGE - 1);
}

static uint64_t
page_up (uint64_t address)
{
  return page_down (address + VM_ELF_PAGE - 1);
}

static struct vm_elf_mapping
mapping_of (const struct vm_elf_segment *s, uint32_t index)
{
  uint64_t file_end = s->vaddr + s->filesz, end = s->vaddr + s->memsz;
  struct vm_elf_mapping m = {
      .segment = index,
      .start = page_down (s->vaddr),
      .end = s->filesz > 0 ? page_up (file_end) : page_down (s->vaddr),
      .offset = page_down (s->offset),
      .flags = s->flags & (VM_ELF_READ | VM_ELF_WRITE | VM_ELF_EXECUTE),
  };
  bool zeroes = s->memsz > s->filesz && s->filesz > 0
                && (s->flags & VM_ELF_WRITE);

  m.zero_start = m.zero_end = file_end;
  if (zeroes && file_end < m.end)
    m.zero_end = m.end;
  m.bss_end = page_up (end) > m.end ? page_up (end) : m.end;
  return m;
}

static void
widen (struct vm_elf_plan *plan, const struct vm_elf_mapping *m)
{
  if (plan->count == 1 || m->start < plan->first)
    plan->first = m->start;
  if (m->bss_end > plan->last)
    plan->last = m->bss_end;
}

/* The largest alignment that a segment asks for, a page at least
 * (maximum_alignment): one that is no power of two does not count. */
static uint64_t
alignment_of (const struct vm_elf *elf)
{
  uint64_t most = VM_ELF_PAGE;

  for (uint32_t i = 0; i < elf->segment_count; i++) {
    uint64_t align = elf->segments[i].align;
    if (elf->segments[i].type == VM_ELF_LOAD && (align & (align - 1)) == 0
        && align > most)
      most = align;
  }
  return most;
}

/* Where it goes: EXEC says so itself. */
static uint64_t
bias_of (const struct vm_elf *elf, const struct vm_elf_plan *plan)
{
  uint64_t base = elf->bits == 32 ? VM_ELF_BASE_32 : VM_ELF_BASE_64;
  bool moves = elf->type == VM_ELF_DYN && plan->count > 0 && !plan->floats;

  return moves ? (base & ~(alignment_of (elf) - 1)) - plan->first : 0;
}

/* Without a GNU_STACK header the stack may be executed. */
static bool
stack_executes (const struct vm_elf *elf)
{
  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == VM_ELF_GNU_STACK)
      return elf->segments[i].flags & VM_ELF_EXECUTE;
  return true;
}

bool
vm_elf_plan_init (struct vm_elf_plan *plan, const struct vm_elf *elf)
{
  *plan = (struct vm_elf_plan){.executable_stack = stack_executes (elf)};
  plan->mappings
      = calloc ((size_t) elf->segment_count + 1, sizeof *plan->mappings);
  if (plan->mappings == NULL)
    return false;
  for (uint32_t i = 0; i < elf->segment_count; i++) {
    if (elf->segments[i].type != VM_ELF_LOAD)
      continue;
    struct vm_elf_mapping m = mapping_of (&elf->segments[i], i);
    plan->mappings[plan->count++] = m;
    widen (plan, &m);
  }
  plan->floats = elf->type == VM_ELF_DYN && elf->interpreter == NULL;
  plan->bias = bias_of (elf, plan);
  plan->entry = elf->entry + plan->bias;
  plan->brk = plan->last + plan->bias;
  return true;
}

void
vm_elf_plan_done (struct vm_elf_plan *plan)
{
  free (plan->mappings);
  plan->mappings = NULL;
}
