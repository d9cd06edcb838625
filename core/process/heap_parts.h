/* What malloc and free share beside lists of chunks. */
#ifndef VM_HEAP_PARTS_H
#define VM_HEAP_PARTS_H

#include "process/heap_chunk.h"

/* The thread's cache: so many sizes, so many chunks of each. */
#define VM_CACHE_SIZES 64u
#define VM_CACHE_DEPTH 7u

/* The number of a size in the cache; VM_CACHE_SIZES or more: it is too
 * large. */
uint64_t vm_cache_number (const struct vm_heap_call *call, uint64_t size);
/* Chunks of that number that it holds; 0 before there is a cache. */
uint32_t vm_cache_count (struct vm_heap_call *call, uint64_t number);
bool vm_cache_has_room (struct vm_heap_call *call, uint64_t number);
void vm_cache_put (struct vm_heap_call *call, uint64_t chunk, uint64_t size);
uint64_t vm_cache_take (struct vm_heap_call *call, uint64_t number);
/* Is memory marked as lying in it? */
bool vm_cache_holds (struct vm_heap_call *call, uint64_t chunk,
                     uint64_t number);

/* Small sizes that are freed without being joined with their neighbours. */
bool vm_fast_suits (const struct vm_heap_call *call, uint64_t size);
uint64_t vm_fast_first (const struct vm_heap_call *call, uint64_t size);
void vm_fast_put (struct vm_heap_call *call, uint64_t chunk, uint64_t size);
uint64_t vm_fast_take (struct vm_heap_call *call, uint64_t size);

/* Joins a chunk with its free neighbours, and puts it among those freed
 * lately, or makes it the top. Returns its size then. */
uint64_t vm_heap_join (struct vm_heap_call *call, uint64_t chunk,
                       uint64_t size);

/* Empties the fast bins in that way. */
void vm_heap_consolidate (struct vm_heap_call *call);

/* Frees a chunk that is not mmap's: into the cache, a fast bin, or joined with
 * its neighbours (_int_free). */
void vm_heap_release (struct vm_heap_call *call, uint64_t chunk, uint64_t size);

/* A chunk from the kernel: mmap from the threshold on, else a larger top. 0:
 * there is none. */
uint64_t vm_heap_grow (struct vm_heap_call *call, uint64_t size);

/* Gives pages of the top back to the kernel. */
void vm_heap_trim (struct vm_heap_call *call);

/* Cuts a chunk off the top; 0 if the top is too small. */
uint64_t vm_heap_cut_top (struct vm_heap_call *call, uint64_t size);

/* System calls of the library, told as steps. brk returns the old end, or
 * VM_HEAP_FAILED. */
#define VM_HEAP_FAILED UINT64_MAX
uint64_t vm_heap_brk (struct vm_heap_call *call, int64_t increment);
bool vm_heap_mmap (struct vm_heap_call *call, uint64_t length,
                   uint64_t *address);
void vm_heap_munmap (struct vm_heap_call *call, uint64_t va, uint64_t length);

#endif
