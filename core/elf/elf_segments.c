/* Holds program headers against each other, the file and the kernel's rules. */
#include <string.h>

#include "elf/elf_bytes.h"

/* PATH_MAX of Linux, the NUL included. */
#define LONGEST_NAME 4096u
#define PAGE 4096u
/* The end of user addresses on x86: what no segment may reach. */
#define TASK_SIZE_32 UINT64_C (0xffffe000)
#define TASK_SIZE_64 UINT64_C (0x7ffffffff000)

/* Where the fields of a program header lie in it. */
struct places {
  uint32_t offset, vaddr, filesz, memsz, align;
};

static const struct places places_32 = {4, 8, 16, 20, 28};
static const struct places places_64 = {8, 16, 32, 40, 48};

static void
refuse (struct vm_elf *elf, enum vm_elf_problem problem, const char *field,
        uint64_t offset, uint64_t value, uint64_t limit)
{
  vm_elf_note (elf, VM_ELF_REFUSED, problem, field, offset, value, limit);
}

static void
warn (struct vm_elf *elf, enum vm_elf_problem problem, const char *field,
      uint64_t offset, uint64_t value, uint64_t limit)
{
  vm_elf_note (elf, VM_ELF_WARNING, problem, field, offset, value, limit);
}

/* One that is to be mapped (elf_map and set_brk of fs/binfmt_elf.c). */
static void
check_load (struct vm_elf *elf, const struct vm_elf_segment *s,
            const struct places *at)
{
  uint64_t end = elf->bits == 32 ? TASK_SIZE_32 : TASK_SIZE_64;

  if (s->filesz > s->memsz)
    refuse (elf, VM_ELF_FILE_OVER_MEMORY, "p_filesz", s->at + at->filesz,
            s->filesz, s->memsz);
  if (s->memsz > end || s->vaddr > end - s->memsz)
    refuse (elf, VM_ELF_MEMORY_HUGE, "p_memsz", s->at + at->memsz, s->memsz,
            s->vaddr > end ? 0 : end - s->vaddr);
  if (s->filesz > 0 && s->offset % PAGE != s->vaddr % PAGE)
    refuse (elf, VM_ELF_INCONGRUENT, "p_offset", s->at + at->offset,
            s->offset % PAGE, s->vaddr % PAGE);
  if (s->align > 1 && (s->align & (s->align - 1)) != 0)
    warn (elf, VM_ELF_BAD_ALIGN, "p_align", s->at + at->align, s->align, 0);
}

/* Against the one before it. Later ones are mapped over earlier ones. */
static void
check_order (struct vm_elf *elf, const struct vm_elf_segment *s,
             const struct vm_elf_segment *before, const struct places *at)
{
  if (before == NULL)
    return;
  if (s->vaddr < before->vaddr)
    warn (elf, VM_ELF_UNSORTED, "p_vaddr", s->at + at->vaddr, s->vaddr,
          before->vaddr);
  else if (s->vaddr - before->vaddr < before->memsz)
    warn (elf, VM_ELF_OVERLAP, "p_vaddr", s->at + at->vaddr, s->vaddr,
          before->vaddr + before->memsz);
}

/* The interpreter's name; the kernel takes the first one. */
static void
read_interpreter (struct vm_elf *elf, const struct vm_elf_segment *s,
                  const struct places *at)
{
  if (elf->interpreter != NULL) {
    warn (elf, VM_ELF_SECOND_INTERPRETER, "p_type", s->at, s->type, 1);
    return;
  }
  if (s->filesz > LONGEST_NAME || s->filesz < 2) {
    refuse (elf, VM_ELF_INTERPRETER_SIZE, "p_filesz", s->at + at->filesz,
            s->filesz, LONGEST_NAME);
    return;
  }
  if (!vm_elf_has (elf, s->offset, s->filesz))
    return;
  const char *name = (const char *) elf->bytes + s->offset;
  if (name[s->filesz - 1] != '\0')
    refuse (elf, VM_ELF_INTERPRETER_OPEN, "interpreter",
            s->offset + s->filesz - 1, (uint8_t) name[s->filesz - 1], 0);
  else
    elf->interpreter = name;
}

/* Whether something is mapped, and the program begins there. The kernel maps
 * nothing for DYN without a segment to load, and looks at no entry point. */
static void
check_runs (struct vm_elf *elf)
{
  uint32_t loads = 0;
  bool entered = false;

  for (uint32_t i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *s = &elf->segments[i];
    if (s->type != VM_ELF_LOAD)
      continue;
    loads++;
    entered |= (s->flags & VM_ELF_EXECUTE) != 0 && elf->entry >= s->vaddr
               && elf->entry - s->vaddr < s->memsz;
  }
  if (elf->segment_count == 0)
    refuse (elf, VM_ELF_NO_SEGMENTS, "e_phnum", elf->bits == 32 ? 44 : 56, 0,
            1);
  else if (loads == 0)
    vm_elf_note (elf, elf->type == VM_ELF_DYN ? VM_ELF_REFUSED : VM_ELF_WARNING,
                 VM_ELF_NOTHING_LOADED, "p_type", elf->segments[0].at,
                 elf->segments[0].type, VM_ELF_LOAD);
  /* Libraries have none. */
  else if (!entered && (elf->entry != 0 || elf->type == VM_ELF_EXEC))
    warn (elf, VM_ELF_ENTRY_OUTSIDE, "e_entry", 24, elf->entry, 0);
}

void
vm_elf_check_segments (struct vm_elf *elf)
{
  const struct places *at = elf->bits == 32 ? &places_32 : &places_64;
  const struct vm_elf_segment *before = NULL;

  if (elf->type == VM_ELF_EXEC || elf->type == VM_ELF_DYN)
    check_runs (elf);
  for (uint32_t i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *s = &elf->segments[i];
    if (s->filesz > 0 && !vm_elf_has (elf, s->offset, s->filesz))
      vm_elf_note (elf,
                   s->type == VM_ELF_INTERP ? VM_ELF_REFUSED : VM_ELF_WARNING,
                   VM_ELF_DATA_OUTSIDE, "p_offset", s->at + at->offset,
                   s->offset, elf->length);
    if (s->type == VM_ELF_INTERP)
      read_interpreter (elf, s, at);
    if (s->type != VM_ELF_LOAD)
      continue;
    check_load (elf, s, at);
    check_order (elf, s, before, at);
    before = s;
  }
}
