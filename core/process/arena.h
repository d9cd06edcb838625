/* malloc and free, as the C library does them in the memory of a process.
 *
 *   chunk -> +--------------------+
 *            | size of the former | only while the former one is free
 *            | own size       | P | P: the former one is in use
 *  memory -> +--------------------+
 *            | next, previous     | only while this one is free
 *            | ...                |
 *   chunk -> +--------------------+ of the next one
 *
 *   malloc -> cache of the thread (7 of each size)
 *          -> fast bins -> small bins -> unsorted -> large bins
 *          -> the chunk at the top -> brk
 *             from the threshold on: mmap, a region of its own
 *
 * Sizes, headers and links lie in the process's memory, so that the pages they
 * touch are touched, and a child of fork inherits its heap. What the library
 * keeps in memory of its own (struct malloc_state) is struct vm_heap. Links
 * that would lead to a list's head, which lies there, are 0 here.
 *
 * Rules: malloc/malloc.c of glibc 2.36, with one thread and no tunables. */
#ifndef VM_ARENA_H
#define VM_ARENA_H

#include "mm/region.h"
#include "process/user.h"

#define VM_MMAP_THRESHOLD (UINT64_C (128) << 10) /* of chunks, in bytes */
#define VM_TOP_PAD (UINT64_C (128) << 10)

/* What malloc and free come to, beside what user->last says. */
struct vm_heap_call {
  struct vm_tape *t;
  const struct vm_state *s;
  struct vm_user user;
  bool failed; /* the process got a signal on the way */
};

/* Memory of `bytes` bytes: *address gets where it begins. VM_ENOMEM if none is
 * to be had. If call->failed the process got a signal on the way, and
 * user.last says which. */
enum vm_errno vm_heap_malloc (struct vm_heap_call *call, uint64_t bytes,
                              uint64_t *address);

/* Gives it back; 0 gives nothing back. VM_EINVAL where the library notices that
 * malloc never gave the address, or that it was given back already, and aborts
 * the process. */
enum vm_errno vm_heap_free (struct vm_heap_call *call, uint64_t address);

/* The size of the chunk that holds memory of `bytes` bytes. */
uint64_t vm_heap_chunk_size (const struct vm_state *s, uint64_t bytes);

/* A child of fork has what its parent has. */
void vm_heap_copy (struct vm_tape *t, const struct vm_state *s, uint32_t from,
                   uint32_t to);

/* The address space is gone, and the heap with it. */
void vm_heap_forget (struct vm_tape *t, const struct vm_state *s, uint32_t mm);

#endif
