/* What happens in user mode before a program's main: the dynamic loader, ld.so,
 * and start-up code, which ask the kernel like any program.
 *
 *   needs of the program --> library --> its needs --> ... breadth first
 *                              |
 *                              +--> mmap: as much room as all of it takes, with
 *                              |    the first segment's bytes and rights
 *                              +--> mmap over that: the other segments
 *                              +--> zeros behind the last one's bytes: its own
 *                              |    write, then anonymous memory
 *   relocation (not told) --> mprotect: PT_GNU_RELRO becomes read-only
 *   constructors ----------> malloc: the heap begins
 *
 * Names are looked for above: in DT_RPATH, LD_LIBRARY_PATH (not here),
 * DT_RUNPATH, /etc/ld.so.cache, and the system's folders, in this order; the
 * library's file has the name that is needed. The cache stays mapped meanwhile,
 * if there is a file ld.so.cache. What ld.so allocates for itself is reckoned
 * (loader_heap.h). A program without a loader does its part itself
 * (startup.c).
 *
 * Code is not executed. Of constructors, only what those of well-known
 * libraries allocate is told; pages that relocation would write stay the
 * file's.
 *
 * Rules: elf/rtld.c, elf/dl-load.c, elf/dl-map-segments.h, elf/dl-reloc.c,
 * elf/dl-minimal-malloc.c, csu/libc-tls.c of glibc 2.36. */
#ifndef VM_LINKER_H
#define VM_LINKER_H

#include "process/user.h"

#define VM_LINK_MOST_NEEDS 2048u

/* "file `by` needs what is called like this". */
struct vm_link_need {
  uint32_t by;
  uint32_t file;    /* that has the name; 0: it is not there, and skipped */
  uint32_t content; /* the name: a content, and where in it */
  uint64_t offset;
  bool known;            /* it was needed before, or is the loader itself */
  uint32_t constructors; /* bytes that the file's are known to allocate... */
  uint32_t piece;        /* ... at most so many at a time */
};

struct vm_link_request {
  uint32_t process, cpu;
  const struct vm_link_need *needs; /* in the order in which they are met */
  uint32_t count;
  uint32_t cache; /* file of /etc/ld.so.cache; 0: there is none */
};

/* Does it. VM_EINVAL if the process executes nothing, or nothing with a loader
 * that is there or start-up code that is known, or is past that already;
 * VM_ENOMEM if there is no room. False and *error if the host gives no memory.
 * user->last says what a page fault on the way ended in. */
bool vm_link (struct vm_tape *t, const struct vm_state *s,
              const struct vm_link_request *request, enum vm_errno *refused,
              struct vm_user *user, struct vm_error *error);

/* Needs of a file, behind those that are listed already (*count of them).
 * False if the host gives no memory. */
bool vm_link_read_needs (const struct vm_tape *t, const struct vm_state *s,
                         uint32_t file, struct vm_link_need *needs,
                         uint32_t *count);

#endif
