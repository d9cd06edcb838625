/* What the kernel makes of the segments that are to be mapped.
 *
 *        file  |   p_offset  ....  + p_filesz |
 *              |        \                \    |
 *   memory  |--+---------#################----+------------|
 *           start     p_vaddr          zeroed   anonymous   end
 *
 * A mapping begins and ends at pages, so that bytes of the file around the
 * segment come along. Of the last page the kernel zeroes what lies behind the
 * file's bytes, if the segment is longer in memory and may be written; what no
 * page of the file reaches is anonymous memory (bss).
 * (fs/binfmt_elf.c of Linux 6.x: elf_map, padzero, set_brk.) */
#ifndef VM_ELF_PLAN_H
#define VM_ELF_PLAN_H

#include "elf/elf.h"

#define VM_ELF_PAGE 4096u
/* Where a program goes that can lie anywhere and has an interpreter, with
 * randomisation off (ELF_ET_DYN_BASE, two thirds of user addresses). */
#define VM_ELF_BASE_64 UINT64_C (0x555555554000)
#define VM_ELF_BASE_32 UINT64_C (0x56555000)

/* One mapping: addresses as in the file, to which the bias is added. */
struct vm_elf_mapping {
  uint32_t segment;              /* index; the segment it serves */
  uint64_t start, end;           /* whole pages of the file: [start, end) */
  uint64_t offset;               /* in the file, of start */
  uint64_t zero_start, zero_end; /* zeroed by hand; equal: nothing is */
  uint64_t bss_end; /* anonymous memory goes from end to here; end: none */
  uint32_t flags;   /* VM_ELF_READ ... */
};

struct vm_elf_plan {
  uint32_t count;
  struct vm_elf_mapping *mappings;
  uint64_t first, last; /* addresses of all: [first, last), as in the file */
  uint64_t bias;        /* that is added to them; 0 for EXEC */
  bool floats;    /* without an interpreter it goes among the mapped regions,
                     wherever there is room: the bias is not known, and 0 here */
  uint64_t entry; /* of the program, with the bias */
  uint64_t brk;   /* the heap begins here, with the bias */
  bool executable_stack;
};

/* The plan of a file that loads; false if the host gives no memory. */
bool vm_elf_plan_init (struct vm_elf_plan *plan, const struct vm_elf *elf);
void vm_elf_plan_done (struct vm_elf_plan *plan);

#endif
