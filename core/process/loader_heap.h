/* Memory that the dynamic loader allocates for itself before the C library is
 * there: from its own last page, then two pages and more at a time, none of
 * which is ever given back.
 *
 * Sizes are those of glibc 2.36 on x86-64 (elf/dl-minimal-malloc.c,
 * elf/dl-object.c, elf/dl-tls.c). For an i386 program they are too large, so
 * that its loader takes a few pages too many. */
#ifndef VM_LOADER_HEAP_H
#define VM_LOADER_HEAP_H

#include "types.h"

struct vm_loader_heap {
  uint64_t next, end;
  uint64_t tls, tls_align; /* bytes of all objects so far; the largest */
  uint32_t modules;        /* that have some */
};

/* Nothing yet: its own last page is used up before the first library. */
void vm_loader_heap_init (struct vm_loader_heap *heap);

/* Takes bytes; returns 0, or how many bytes of new memory must be had first,
 * and given to vm_loader_heap_give, which takes them then. */
uint64_t vm_loader_heap_take (struct vm_loader_heap *heap, uint64_t bytes);
void vm_loader_heap_give (struct vm_loader_heap *heap, uint64_t at,
                          uint64_t size, uint64_t bytes);

/* Bytes that the first pages have given away when the first library comes; for
 * the record of an object (struct link_map) whose name has so many letters; for
 * the list of an object's needs, and the one of all objects; for the versions
 * of an object's symbols. */
uint64_t vm_loader_heap_first (void);
uint64_t vm_loader_heap_map (uint64_t name_length);
uint64_t vm_loader_heap_needs (uint32_t needs);
uint64_t vm_loader_heap_objects (uint32_t objects);
uint64_t vm_loader_heap_versions (uint32_t last);

/* One more object has thread-local storage. */
void vm_loader_heap_tls (struct vm_loader_heap *heap, uint64_t bytes,
                         uint64_t align);

/* Bytes for the list of them; for the first thread's block, with the surplus
 * for libraries that come later and struct pthread. */
uint64_t vm_loader_heap_slots (const struct vm_loader_heap *heap);
uint64_t vm_loader_heap_block (const struct vm_loader_heap *heap);

#endif
