/* Notes: what a file's makers tell the kernel, the loader and the debugger. */
#ifndef VM_ELF_NOTES_H
#define VM_ELF_NOTES_H

#include "elf/elf.h"

/* What a note is known to say. */
enum vm_elf_note_kind {
  VM_ELF_NOTE_OTHER,
  VM_ELF_NOTE_ABI,      /* "GNU" 1: the oldest kernel it runs on */
  VM_ELF_NOTE_BUILD_ID, /* "GNU" 3: a number of its own */
  VM_ELF_NOTE_GOLD,     /* "GNU" 4: who linked it */
  VM_ELF_NOTE_PROPERTY  /* "GNU" 5: what it needs of the processor */
};

struct vm_elf_note {
  enum vm_elf_note_kind kind;
  uint64_t at; /* offset of its header in the file */
  uint32_t type;
  uint64_t name;         /* offset of its owner's name in the file */
  uint32_t name_size;    /* without the NUL */
  uint64_t offset, size; /* what it says, in the file */
};

/* Where the next is looked for; zeroed to begin. */
struct vm_elf_note_walk {
  uint32_t source; /* section or segment, as far as it has come */
  uint64_t inside; /* offset in it */
};

/* The next note: of the sections of type NOTE, or where there is none, of the
 * segments. False: there are no more; one that goes past the end of its notes
 * ends them. */
bool vm_elf_next_note (const struct vm_elf *elf, struct vm_elf_note_walk *walk,
                       struct vm_elf_note *note);

/* One thing that a property note says. */
struct vm_elf_property {
  uint32_t type;
  uint64_t offset, size; /* what about it, in the file */
};

/* The next property of a note at *inside, which begins at 0; false: there is
 * none. */
bool vm_elf_next_property (const struct vm_elf *elf,
                           const struct vm_elf_note *note, uint64_t *inside,
                           struct vm_elf_property *property);

#endif
