/* Memory that the dynamic loader allocates for itself before the C library is
 * there: what is left of its own last page, then two pages and more at a time,
 * none of which is ever given back.
 *
 *   loader's data | taken ..... | to its page's end    then   two pages | ...
 *
 * Sizes are those of glibc 2.36 on x86-64 (elf/dl-minimal-malloc.c,
 * elf/dl-object.c, elf/dl-tls.c, elf/dl-lookup.c, elf/dl-find_object.c), and of
 * its lists of folders on a processor of level x86-64-v4; on another they are
 * some hundred bytes smaller. For an i386 program they are too large, so that
 * its loader takes a few pages too many. */
#ifndef VM_LOADER_HEAP_H
#define VM_LOADER_HEAP_H

#include "types.h"

struct vm_loader_heap {
  uint64_t next, end;
  uint64_t tls, tls_align;        /* bytes of all objects so far; the largest */
  uint64_t free_top, free_bottom; /* what alignment left free among them */
  uint32_t modules;               /* that have some */
};

/* Nothing is taken yet; own: where the loader's own variables end. */
void vm_loader_heap_init (struct vm_loader_heap *heap, uint64_t own);

/* Takes bytes; returns 0, or how many bytes of new memory must be had first,
 * and given to vm_loader_heap_give, which takes them then. */
uint64_t vm_loader_heap_take (struct vm_loader_heap *heap, uint64_t bytes);
void vm_loader_heap_give (struct vm_loader_heap *heap, uint64_t at,
                          uint64_t size, uint64_t bytes);

/* What is taken before the first library is looked for, one after the other:
 * the records of the program and of the vdso, where libraries are looked for.
 * 0: that was all. */
uint64_t vm_loader_heap_first (uint32_t index);

/* Bytes for the record of an object (struct link_map) whose name has so many
 * letters; for the list of an object's needs, and the one of all objects; for
 * the versions of an object's symbols; for how so many objects are found by
 * their addresses. */
uint64_t vm_loader_heap_map (uint64_t name_length);
uint64_t vm_loader_heap_needs (uint32_t needs);
uint64_t vm_loader_heap_objects (uint32_t objects);
uint64_t vm_loader_heap_versions (uint32_t last);
uint64_t vm_loader_heap_found (uint32_t objects);

/* One folder of an object's own list (DT_RUNPATH), and letters of the object's
 * path: its record; a list of so many, without its text. */
uint64_t vm_loader_heap_folder (uint64_t name_length, uint64_t by_length);
uint64_t vm_loader_heap_folders (uint32_t folders);

/* The table of symbols of which the whole process has one each
 * (STB_GNU_UNIQUE): bytes for table `index`, each larger than the one before,
 * until so many symbols fit. 0: the one before is large enough. */
uint64_t vm_loader_heap_unique (uint32_t index, uint32_t symbols);

/* One more object has thread-local storage: so many bytes, where they would
 * lie in the file's addresses, and their alignment. */
void vm_loader_heap_tls (struct vm_loader_heap *heap, uint64_t bytes,
                         uint64_t address, uint64_t align);

/* Bytes for the list of them; for the first thread's block, with the surplus
 * for libraries that come later and struct pthread; for its table of blocks. */
uint64_t vm_loader_heap_slots (const struct vm_loader_heap *heap);
uint64_t vm_loader_heap_block (const struct vm_loader_heap *heap);
uint64_t vm_loader_heap_vector (const struct vm_loader_heap *heap);

/* Bytes of the first thread's block in a program without a loader, whose own
 * start-up code takes it. */
uint64_t vm_loader_heap_alone (uint64_t bytes, uint64_t align);

#endif
