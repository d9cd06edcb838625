/* What the parts of execve share. */
#ifndef VM_EXEC_PARTS_H
#define VM_EXEC_PARTS_H

#include "elf/elf.h"
#include "process/exec.h"

/* Where an i386 vdso has its entry for system calls (__kernel_vsyscall), which
 * AT_SYSINFO names. It differs between builds of the kernel. */
#define VM_EXEC_SYSINFO 0x560u

/* One execve on its way. */
struct vm_exec_work {
  struct vm_tape *t;
  const struct vm_state *s;
  const struct vm_exec_request *request;
  struct vm_user user; /* the kernel, on behalf of the process */
  struct vm_elf *elf, *linker;
  struct vm_exec record; /* what will be kept */
  uint32_t word;         /* bytes of a pointer of the program */
  uint32_t kernel_word;  /* and of the kernel */
  uint64_t task_size;    /* user addresses, as far as things are put there */
  uint64_t top;          /* where the stack would end without randomness */
  uint64_t sp;           /* the lowest byte of the stack in use */
  uint64_t program_end;  /* behind the highest byte of its segments */
  uint64_t arg_start, env_start, env_end;
};

/* A file that is mapped: how, and what it came to. */
struct vm_exec_image {
  const struct vm_elf *elf;
  uint32_t file;
  bool implies; /* what may be read may be executed */
  uint64_t bias;
};

/* A number that the seed decides, another one for each part; 0 without
 * randomness. */
uint64_t vm_exec_draw (const struct vm_exec_work *w, enum vm_part part);

/* Says by how much a draw moved something, and where to. Without randomness it
 * is silent. */
void vm_exec_tell_draw (const struct vm_exec_work *w, enum vm_part part,
                        uint32_t bits, uint64_t bytes, uint64_t result);

/* Puts the record into the state, as far as it is known. */
void vm_exec_keep (const struct vm_exec_work *w);

/* exec_layout.c: settles where things go, and where the heap begins. */
void vm_exec_lay_out (struct vm_exec_work *w);
void vm_exec_place_heap (struct vm_exec_work *w);

/* Where a program goes that can lie anywhere and has an interpreter; and the
 * same moved by a draw. */
uint64_t vm_exec_high_place (const struct vm_exec_work *w);
uint64_t vm_exec_random_place (const struct vm_exec_work *w, uint64_t place);

/* exec_map.c: maps all segments of the program, or of its interpreter. */
enum vm_errno vm_exec_map (struct vm_exec_work *w, struct vm_exec_image *image,
                           bool program);

/* A free place for so many bytes of a file from an offset on. Where a large
 * page would fit, it is placed so that one could be used
 * (thp_get_unmapped_area). 0: there is none. */
uint64_t vm_exec_find_place (struct vm_tape *t, const struct vm_state *s,
                             uint32_t process, uint64_t length,
                             uint64_t offset);

/* vvar and vdso. */
enum vm_errno vm_exec_map_special (struct vm_exec_work *w);

/* exec_stack.c: is the room that strings may have too small? */
bool vm_exec_too_big (const struct vm_exec_work *w);
enum vm_errno vm_exec_copy_strings (struct vm_exec_work *w);
enum vm_errno vm_exec_make_tables (struct vm_exec_work *w);

#endif
