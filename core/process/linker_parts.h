/* What the parts of the dynamic loader share: the one at work, and the system
 * calls that it makes. */
#ifndef VM_LINKER_PARTS_H
#define VM_LINKER_PARTS_H

#include "elf/elf.h"
#include "process/linker.h"
#include "process/loader_heap.h"

/* One loader at work. */
struct vm_linking {
  struct vm_tape *t;
  const struct vm_state *s;
  const struct vm_link_request *request;
  struct vm_user *user; /* the loader runs in user mode */
  const struct vm_exec *exec;
  struct vm_loader_heap heap;
  uint32_t objects;
  uint32_t files[VM_MAX_FILES]; /* in the order in which they were mapped; the
                                   program is first */
  uint64_t biases[VM_MAX_FILES];
  uint32_t place; /* objects there when the loader itself was needed; 0: not */
  uint64_t cache; /* where it is mapped; 0: not */
  uint32_t asked; /* the last file on whose behalf something was looked for */
  bool no_memory; /* of the host */
};

/* Reads a file's headers; NULL: it is no ELF file, or the host gives no
 * memory. To be freed. */
struct vm_elf *vm_link_read (const struct vm_linking *l, uint32_t file);

/* A call, told as a step around what it does: its beginning, and its end, which
 * returns false if it was refused or the tape is full. */
void vm_link_tell_call (const struct vm_linking *l, enum vm_call call,
                        uint64_t va, uint64_t length, uint64_t access,
                        uint32_t file);
bool vm_link_end_call (const struct vm_linking *l, enum vm_call call,
                       enum vm_errno refused, uint64_t value);

/* Where mmap is to choose. */
#define VM_LINK_ANYWHERE 0

/* mmap, of a file or (0) of zeros; *at gets where it is. False: refused. */
bool vm_link_map (struct vm_linking *l, uint64_t va, uint64_t length,
                  uint32_t access, uint32_t file, uint64_t offset,
                  uint64_t *at);
bool vm_link_unmap (struct vm_linking *l, uint64_t va, uint64_t length);
bool vm_link_protect (struct vm_linking *l, uint64_t va, uint64_t length,
                      uint32_t access);

/* Memory of the loader's own. */
bool vm_link_allocate (struct vm_linking *l, uint64_t bytes);

/* PT_GNU_RELRO of an object: whole pages only (_dl_protect_relro). */
bool vm_link_protect_relro (struct vm_linking *l, uint32_t file,
                            const struct vm_elf *elf, uint64_t bias);

/* startup.c: what start-up code of a program without a loader does before main:
 * the first thread's block, the heap, read-only relocated data. */
bool vm_startup_alone (struct vm_linking *l, const struct vm_elf *elf);

/* Constructors of a library allocate need->constructors bytes. */
bool vm_startup_construct (struct vm_linking *l,
                           const struct vm_link_need *need);

#endif
