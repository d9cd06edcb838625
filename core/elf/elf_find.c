/* Finds what lies at an address of a file, and the address of its bytes. */
#include "elf/elf_find.h"

static bool
within (uint64_t number, uint64_t start, uint64_t size)
{
  return number >= start && number - start < size;
}

uint32_t
vm_elf_segment_of (const struct vm_elf *elf, uint64_t address)
{
  for (uint32_t i = elf->segment_count; i-- > 0;) {
    const struct vm_elf_segment *s = &elf->segments[i];
    if (s->type == VM_ELF_LOAD && within (address, s->vaddr, s->memsz))
      return i;
  }
  return VM_NONE;
}

/* Zeros of each thread's copy (.tbss) have addresses, but take none. */
uint32_t
vm_elf_section_of (const struct vm_elf *elf, uint64_t address)
{
  for (uint32_t i = 1; i < elf->section_count; i++) {
    const struct vm_elf_section *s = &elf->sections[i];
    bool takes_none = s->type == VM_ELF_NOBITS && (s->flags & VM_ELF_THREAD);
    if ((s->flags & VM_ELF_ALLOC) && !takes_none
        && within (address, s->addr, s->size))
      return i;
  }
  return VM_NONE;
}

uint32_t
vm_elf_section_with (const struct vm_elf *elf, uint64_t offset)
{
  for (uint32_t i = 1; i < elf->section_count; i++) {
    const struct vm_elf_section *s = &elf->sections[i];
    if (s->type != VM_ELF_NOBITS && within (offset, s->offset, s->size))
      return i;
  }
  return VM_NONE;
}

bool
vm_elf_offset_of (const struct vm_elf *elf, uint64_t address, uint64_t *offset)
{
  uint32_t segment = vm_elf_segment_of (elf, address);

  if (segment == VM_NONE)
    return false;
  const struct vm_elf_segment *s = &elf->segments[segment];
  *offset = s->offset + (address - s->vaddr);
  return address - s->vaddr < s->filesz && *offset >= s->offset
         && *offset < elf->length;
}

bool
vm_elf_address_of (const struct vm_elf *elf, uint64_t offset, uint64_t *address)
{
  for (uint32_t i = elf->segment_count; i-- > 0;) {
    const struct vm_elf_segment *s = &elf->segments[i];
    if (s->type != VM_ELF_LOAD || !within (offset, s->offset, s->filesz))
      continue;
    *address = s->vaddr + (offset - s->offset);
    return true;
  }
  return false;
}
