/* Chunks of a heap: their headers, and the lists of those that are free. */
#ifndef VM_HEAP_CHUNK_H
#define VM_HEAP_CHUNK_H

#include "process/arena.h"

/* Low bits of a chunk's size. */
#define VM_CHUNK_PREVIOUS_USED 1u
#define VM_CHUNK_MMAPPED 2u
#define VM_CHUNK_BITS 7u
#define VM_CHUNK_ALIGN 16u

/* Bins: a list of what was freed lately, lists of one size each, lists of
 * ranges of sizes. */
#define VM_BIN_UNSORTED 1u
#define VM_BIN_LAST 126u

static inline const struct vm_heap *
vm_heap_of (const struct vm_heap_call *call)
{
  return &call->s->heaps[call->s->processes[call->user.process].mm];
}

/* Bytes of a pointer. */
static inline uint32_t
vm_heap_word (const struct vm_state *s)
{
  struct vm_geometry room;

  return vm_geometry_configured (&s->config, &room)->word_bits / 8;
}

static inline uint32_t
vm_chunk_word (const struct vm_heap_call *call)
{
  return vm_heap_word (call->s);
}

/* The smallest chunk: header, and the links of a free one. */
static inline uint64_t
vm_chunk_least (const struct vm_heap_call *call)
{
  return 4 * (uint64_t) vm_chunk_word (call);
}

static inline uint64_t
vm_chunk_memory (const struct vm_heap_call *call, uint64_t chunk)
{
  return chunk + 2 * (uint64_t) vm_chunk_word (call);
}

/* A word of a chunk, by its number: 0 and 1 are the header, then come next and
 * previous, and of a large one the next and previous size. */
uint64_t vm_chunk_get (struct vm_heap_call *call, uint64_t chunk,
                       uint32_t word);
void vm_chunk_put (struct vm_heap_call *call, uint64_t chunk, uint32_t word,
                   uint64_t value);
enum {
  VM_CHUNK_FORMER,
  VM_CHUNK_SIZE,
  VM_CHUNK_NEXT,
  VM_CHUNK_PREVIOUS,
  VM_CHUNK_NEXT_SIZE,
  VM_CHUNK_PREVIOUS_SIZE
};

/* Its size without the bits. */
uint64_t vm_chunk_size (struct vm_heap_call *call, uint64_t chunk);

/* Is the chunk before it, or it itself, in use? The chunk behind says the
 * latter. */
bool vm_chunk_former_used (struct vm_heap_call *call, uint64_t chunk);
bool vm_chunk_used (struct vm_heap_call *call, uint64_t chunk, uint64_t size);
void vm_chunk_mark (struct vm_heap_call *call, uint64_t chunk, uint64_t size,
                    bool used);

/* Writes a chunk's own size; of a free one the size also stands behind it. */
void vm_chunk_set (struct vm_heap_call *call, uint64_t chunk, uint64_t size);
void vm_chunk_set_free (struct vm_heap_call *call, uint64_t chunk,
                        uint64_t size);

/* The bin for free chunks of a size, and whether they are all of one size. */
uint32_t vm_bin_of (const struct vm_heap_call *call, uint64_t size);
bool vm_bin_is_small (const struct vm_heap_call *call, uint64_t size);

/* Ends of a bin's list; 0: it is empty. */
uint64_t vm_bin_first (const struct vm_heap_call *call, uint32_t bin);
uint64_t vm_bin_last (const struct vm_heap_call *call, uint32_t bin);

/* Puts a chunk into a bin, behind `before` (0: at the front). */
void vm_bin_insert (struct vm_heap_call *call, uint32_t bin, uint64_t before,
                    uint64_t chunk);
/* At the front of what was freed lately. */
void vm_bin_keep (struct vm_heap_call *call, uint64_t chunk, uint64_t size);
/* Into the bin of its size, in order. */
void vm_bin_sort (struct vm_heap_call *call, uint64_t chunk, uint64_t size);
/* Takes it out of its bin. */
void vm_bin_unlink (struct vm_heap_call *call, uint64_t chunk);

/* Says where a chunk came from, or went. */
void vm_chunk_tell (struct vm_heap_call *call, uint64_t chunk, uint64_t size,
                    enum vm_chunk_place place, bool taken);

#endif
