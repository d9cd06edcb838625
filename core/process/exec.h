/* execve: a file takes the place of what a process executed before.
 *
 *   file --header--> refused? -> ENOEXEC, E2BIG: the caller goes on
 *     | interpreter: its file, or named and skipped
 *     v
 *   old address space goes ............ from here on there is no way back
 *     v
 *   layout: stack top, mmap_base ...... random, or not
 *     v
 *   strings -> stack -> segments -> bss -> interpreter -> vdso
 *     v
 *   argc argv envp auxv -> heap -> registers: the first instruction
 *
 * The stack as it is then, from its end down:
 *
 *   stack_end  8 bytes of zeros (4 where the kernel has 32 bits)
 *              execfn, the strings of the environment, those of argv
 *              room up to a multiple of 16 (random: up to 8 KiB)
 *              platform, 16 random bytes, room up to a multiple of 16
 *              auxv: pairs of type and value, AT_NULL last
 *              envp: pointers, 0 last;  argv: pointers, 0 last;  argc
 *   start_stack
 *
 * The kernel fills the new address space before the old one goes; here the old
 * one goes first, so that never both are there. What can still be refused is
 * looked at before. x86-64 and i386, and i386 files on x86-64 (compat).
 *
 * Rules: fs/exec.c (bprm_execve, setup_arg_pages), fs/binfmt_elf.c
 * (load_elf_binary, elf_load, create_elf_tables), arch/x86/mm/mmap.c,
 * arch/x86/kernel/process.c (arch_align_stack, arch_randomize_brk),
 * arch/x86/entry/vdso/vma.c, arch/x86/include/asm/elf.h of Linux 6.x. What
 * changed between versions: request.kernel. */
#ifndef VM_EXEC_H
#define VM_EXEC_H

#include "process/user.h"

#define VM_EXEC_KERNEL 18 /* Linux 6.N, where nothing is said */

/* vm_exec.flags */
enum {
  VM_EXEC_32 = 0x1,              /* an i386 program */
  VM_EXEC_COMPAT = 0x2,          /* on a kernel of 64 bits */
  VM_EXEC_RANDOM = 0x4,          /* things lie where a random number says */
  VM_EXEC_STACK_EXECUTES = 0x8,  /* PT_GNU_STACK says so, or is missing */
  VM_EXEC_READ_EXECUTES = 0x10,  /* READ_IMPLIES_EXEC */
  VM_EXEC_NO_INTERPRETER = 0x20, /* it names one that is not there */
  VM_EXEC_LINKED = 0x40          /* the loader has done its part */
};

/* Strings with a NUL behind each. */
struct vm_exec_strings {
  const uint8_t *bytes;
  uint64_t size;
};

/* How many there are. */
uint32_t vm_exec_count (const struct vm_exec_strings *strings);

struct vm_exec_request {
  uint32_t process, cpu;
  uint32_t file, interpreter; /* interpreter: 0: it is not there */
  uint32_t name;              /* of the file, interned */
  struct vm_exec_strings execfn, argv, envp;
  uint32_t kernel; /* N */
  bool random;
  bool fetch; /* the first instruction, too */
  uint64_t seed;
  uint32_t vvar_pages, vclock_pages, vdso_pages; /* the last one 0: no vdso */
  uint64_t uid, gid;
  uint64_t hwcap, hwcap2, signal_stack; /* AT_HWCAP ..., AT_MINSIGSTKSZ */
};

/* What it came to. */
struct vm_exec_done {
  enum vm_errno refused;         /* the process goes on as it was */
  enum vm_signal signal;         /* too late for that: it has ended */
  struct vm_handled last;        /* of the fetch */
  struct vm_translation fetched; /* where the first instruction lies */
};

/* False and *error if the host gives no memory, or no frame is left for a new
 * root; the caller rolls back. */
bool vm_exec (struct vm_tape *t, const struct vm_state *s,
              const struct vm_exec_request *request, struct vm_exec_done *done,
              struct vm_error *error);

/* The path that a program names its interpreter by: a content and where in it
 * the text begins. False if the file has no such bytes or names none. */
bool vm_exec_interpreter (const struct vm_tape *t, const struct vm_state *s,
                          uint32_t file, uint32_t *content, uint64_t *offset);

/* Pages of vvar, vvar_vclock and vdso that Linux 6.N has. */
void vm_exec_special_pages (struct vm_exec_request *request);

/* Forgets what an address space executes. */
void vm_exec_forget (struct vm_tape *t, const struct vm_state *s, uint32_t mm);

/* A child of fork executes what its parent does. */
void vm_exec_copy (struct vm_tape *t, const struct vm_state *s, uint32_t from,
                   uint32_t to);

#endif
