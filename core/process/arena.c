/* malloc and free. */
#include "process/arena.h"

#include "process/heap_parts.h"

/* Chunks of at least this size have free join what lies in the fast bins. */
#define CONSOLIDATION_THRESHOLD 65536u
/* The thresholds follow the largest mapped chunk that was freed, up to here
 * (DEFAULT_MMAP_THRESHOLD_MAX), with words of 8 bytes and of 4. */
#define LARGEST_THRESHOLD (UINT64_C (32) << 20)
#define LARGEST_THRESHOLD_32 (UINT64_C (512) << 10)

static void
tell_split (struct vm_heap_call *call, uint64_t chunk, uint64_t size,
            uint64_t rest)
{
  vm_step_leaf (call->t, VM_STEP_CHUNK_SPLIT,
                (uint64_t[VM_STEP_VALUES]){call->user.process, chunk, size,
                                           chunk + size, rest});
}

/* Fast bins hand over, and fill the cache with what else they have. */
static uint64_t
take_fast (struct vm_heap_call *call, uint64_t size)
{
  uint64_t number = vm_cache_number (call, size);

  if (!vm_fast_suits (call, size) || vm_fast_first (call, size) == 0)
    return 0;
  uint64_t chunk = vm_fast_take (call, size);
  vm_chunk_tell (call, chunk, size, VM_CHUNK_FAST, true);
  while (!call->failed && vm_fast_first (call, size) != 0
         && vm_cache_has_room (call, number))
    vm_cache_put (call, vm_fast_take (call, size), size);
  return chunk;
}

/* So do small bins. */
static uint64_t
take_small (struct vm_heap_call *call, uint64_t size)
{
  uint32_t bin = vm_bin_of (call, size);
  uint64_t number = vm_cache_number (call, size);
  uint64_t chunk = vm_bin_last (call, bin);

  if (chunk == 0)
    return 0;
  vm_chunk_mark (call, chunk, size, true);
  vm_bin_unlink (call, chunk);
  vm_chunk_tell (call, chunk, size, VM_CHUNK_SMALL, true);
  while (!call->failed && vm_bin_last (call, bin) != 0
         && vm_cache_has_room (call, number)) {
    uint64_t other = vm_bin_last (call, bin);
    vm_chunk_mark (call, other, size, true);
    vm_bin_unlink (call, other);
    vm_cache_put (call, other, size);
  }
  return chunk;
}

/* Cuts what is needed off a free chunk that is in no bin; the rest is kept
 * with what was freed lately. */
static void
cut (struct vm_heap_call *call, uint64_t chunk, uint64_t whole, uint64_t size)
{
  uint64_t rest = whole - size;

  if (rest < vm_chunk_least (call)) {
    vm_chunk_mark (call, chunk, whole, true);
    return;
  }
  vm_bin_keep (call, chunk + size, rest);
  vm_chunk_set (call, chunk, size);
  vm_chunk_set_free (call, chunk + size, rest);
  tell_split (call, chunk, size, rest);
}

/* A small request is served from the rest of the chunk that served the former
 * one, if that is all that was freed lately: neighbours in time become
 * neighbours in memory. */
static bool
cut_remainder (struct vm_heap_call *call, uint64_t chunk, uint64_t whole,
               uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);

  if (!vm_bin_is_small (call, size) || chunk != heap->last_remainder
      || vm_bin_first (call, VM_BIN_UNSORTED) != chunk
      || whole <= size + vm_chunk_least (call))
    return false;
  vm_bin_unlink (call, chunk);
  cut (call, chunk, whole, size);
  vm_put_u64 (call->t, &heap->last_remainder, chunk + size);
  return true;
}

/* Goes through what was freed lately, oldest first: what fits exactly fills
 * the cache, and then serves; the others go into the bins of their sizes. */
static uint64_t
sort_unsorted (struct vm_heap_call *call, uint64_t size)
{
  uint64_t number = vm_cache_number (call, size);
  bool cached = false;
  uint64_t chunk;

  while (!call->failed && !vm_tape_failed (call->t)
         && (chunk = vm_bin_last (call, VM_BIN_UNSORTED)) != 0) {
    uint64_t whole = vm_chunk_size (call, chunk);
    if (cut_remainder (call, chunk, whole, size))
      return chunk;
    vm_bin_unlink (call, chunk);
    if (whole != size) {
      vm_bin_sort (call, chunk, whole);
      continue;
    }
    vm_chunk_mark (call, chunk, size, true);
    vm_chunk_tell (call, chunk, size, VM_CHUNK_UNSORTED, true);
    if (!vm_cache_has_room (call, number))
      return chunk;
    vm_cache_put (call, chunk, size);
    cached = true;
  }
  return cached && !call->failed ? vm_cache_take (call, number) : 0;
}

/* The smallest that suffices, of a large size; among equals not the one that
 * has the links by size. */
static uint64_t
best_in_bin (struct vm_heap_call *call, uint32_t bin, uint64_t size)
{
  uint64_t chunk = vm_bin_first (call, bin);

  if (chunk == 0 || vm_chunk_size (call, chunk) < size)
    return 0;
  chunk = vm_chunk_get (call, chunk, VM_CHUNK_PREVIOUS_SIZE);
  while (!call->failed && vm_chunk_size (call, chunk) < size)
    chunk = vm_chunk_get (call, chunk, VM_CHUNK_PREVIOUS_SIZE);
  uint64_t next = vm_chunk_get (call, chunk, VM_CHUNK_NEXT);
  if (next != 0 && vm_chunk_size (call, next) == vm_chunk_size (call, chunk))
    return next;
  return chunk;
}

/* A chunk of a bin for this size, or the last of the next bin that has any. */
static uint64_t
take_larger (struct vm_heap_call *call, uint64_t size)
{
  uint32_t bin = vm_bin_of (call, size);
  bool small = vm_bin_is_small (call, size);
  uint64_t chunk = small ? 0 : best_in_bin (call, bin, size);
  bool exact = chunk != 0;

  while (chunk == 0 && ++bin <= VM_BIN_LAST)
    chunk = vm_bin_last (call, bin);
  if (chunk == 0 || call->failed)
    return 0;
  uint64_t whole = vm_chunk_size (call, chunk);
  vm_bin_unlink (call, chunk);
  vm_chunk_tell (
      call, chunk, whole,
      vm_bin_is_small (call, whole) ? VM_CHUNK_SMALL : VM_CHUNK_LARGE, true);
  cut (call, chunk, whole, size);
  if (!exact && small && whole >= size + vm_chunk_least (call))
    vm_put_u64 (call->t, &vm_heap_of (call)->last_remainder, chunk + size);
  return chunk;
}

/* _int_malloc */
static uint64_t
find_chunk (struct vm_heap_call *call, uint64_t size)
{
  uint64_t chunk = take_fast (call, size);

  if (chunk == 0 && vm_bin_is_small (call, size))
    chunk = take_small (call, size);
  if (chunk == 0 && !vm_bin_is_small (call, size)
      && vm_heap_of (call)->has_fast)
    vm_heap_consolidate (call);
  while (chunk == 0 && !call->failed && !vm_tape_failed (call->t)) {
    chunk = sort_unsorted (call, size);
    if (chunk == 0)
      chunk = take_larger (call, size);
    if (chunk == 0)
      chunk = vm_heap_cut_top (call, size);
    if (chunk != 0 || !vm_heap_of (call)->has_fast)
      break;
    vm_heap_consolidate (call);
  }
  if (chunk == 0 && !call->failed && !vm_tape_failed (call->t))
    chunk = vm_heap_grow (call, size);
  return call->failed ? 0 : chunk;
}

/* The first call makes the cache, which is a chunk itself. */
static void
begin_heap (struct vm_heap_call *call)
{
  const struct vm_heap *heap = vm_heap_of (call);
  uint32_t word = vm_chunk_word (call);
  uint64_t bytes = VM_CACHE_SIZES * (uint64_t) (2 + word);

  vm_put_u64 (call->t, &heap->mmap_threshold, VM_MMAP_THRESHOLD);
  vm_put_u64 (call->t, &heap->trim_threshold, VM_MMAP_THRESHOLD);
  uint64_t chunk = find_chunk (call, vm_heap_chunk_size (call->s, bytes));
  if (chunk == 0)
    return;
  uint64_t memory = vm_chunk_memory (call, chunk);
  for (uint64_t i = 0; i < bytes && !call->failed; i += word)
    call->failed
        |= !vm_user_store (call->t, call->s, &call->user, memory + i, word, 0);
  vm_put_u64 (call->t, &heap->cache, memory);
}

enum vm_errno
vm_heap_malloc (struct vm_heap_call *call, uint64_t bytes, uint64_t *address)
{
  const struct vm_heap *heap = vm_heap_of (call);
  uint64_t most = vm_chunk_word (call) == 4 ? INT32_MAX : INT64_MAX;
  uint64_t size = vm_heap_chunk_size (call->s, bytes);
  uint64_t number = vm_cache_number (call, size);

  *address = 0;
  if (bytes > most)
    return VM_ENOMEM;
  vm_step_leaf (call->t, VM_STEP_CHUNK_SIZE,
                (uint64_t[VM_STEP_VALUES]){
                    call->user.process, bytes, size, vm_chunk_word (call),
                    heap->mmap_threshold != 0 ? heap->mmap_threshold
                                              : VM_MMAP_THRESHOLD});
  if (heap->mmap_threshold == 0)
    begin_heap (call);
  uint64_t chunk = vm_cache_count (call, number) > 0
                       ? vm_cache_take (call, number)
                       : find_chunk (call, size);
  if (chunk == 0 || call->failed)
    return VM_ENOMEM;
  *address = vm_chunk_memory (call, chunk);
  return VM_ERRNO_NONE;
}

/* A region of its own goes at once; from then on the thresholds are as high as
 * it was large. */
static void
unmap_chunk (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);
  uint64_t skip = vm_chunk_get (call, chunk, VM_CHUNK_FORMER);
  uint64_t most = vm_chunk_word (call) == 4 ? LARGEST_THRESHOLD_32
                                            : LARGEST_THRESHOLD;

  vm_chunk_tell (call, chunk, size, VM_CHUNK_MMAP, false);
  if (size > heap->mmap_threshold && size < most) {
    vm_step_leaf (call->t, VM_STEP_THRESHOLD,
                  (uint64_t[VM_STEP_VALUES]){call->user.process,
                                             heap->mmap_threshold, size});
    vm_put_u64 (call->t, &heap->mmap_threshold, size);
    vm_put_u64 (call->t, &heap->trim_threshold, 2 * size);
  }
  vm_heap_munmap (call, chunk - skip, skip + size);
  vm_put_u32 (call->t, &heap->mmaps, heap->mmaps - 1);
}

/* Does the library notice that a chunk is free already? It looks where it is
 * about to put it, and no further. */
static bool
was_freed (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  uint64_t number = vm_cache_number (call, size);

  if (number < VM_CACHE_SIZES && vm_heap_of (call)->cache != 0
      && vm_cache_holds (call, chunk, number))
    return true;
  if (vm_cache_has_room (call, number))
    return false;
  if (vm_fast_suits (call, size))
    return vm_fast_first (call, size) == chunk;
  return chunk == vm_heap_of (call)->top || !vm_chunk_used (call, chunk, size);
}

enum vm_errno
vm_heap_free (struct vm_heap_call *call, uint64_t address)
{
  uint64_t header = 2 * (uint64_t) vm_chunk_word (call);
  uint64_t chunk = address - header;

  if (address == 0)
    return VM_ERRNO_NONE;
  if (address < header || address % VM_CHUNK_ALIGN != 0)
    return VM_EINVAL;
  uint64_t size = vm_chunk_size (call, chunk);
  if (call->failed)
    return VM_ERRNO_NONE;
  if (vm_chunk_get (call, chunk, VM_CHUNK_SIZE) & VM_CHUNK_MMAPPED) {
    unmap_chunk (call, chunk, size);
    return VM_ERRNO_NONE;
  }
  if (size < vm_chunk_least (call) || size % VM_CHUNK_ALIGN != 0
      || chunk > UINT64_MAX - size)
    return VM_EINVAL;
  if (was_freed (call, chunk, size))
    return VM_EINVAL;
  vm_heap_release (call, chunk, size);
  return VM_ERRNO_NONE;
}

void
vm_heap_release (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);

  if (vm_cache_has_room (call, vm_cache_number (call, size))) {
    vm_cache_put (call, chunk, size);
    return;
  }
  if (vm_fast_suits (call, size)) {
    vm_fast_put (call, chunk, size);
    return;
  }
  if (vm_heap_join (call, chunk, size) < CONSOLIDATION_THRESHOLD)
    return;
  if (heap->has_fast)
    vm_heap_consolidate (call);
  if (!call->failed && vm_chunk_size (call, heap->top) >= heap->trim_threshold)
    vm_heap_trim (call);
}

uint64_t
vm_heap_chunk_size (const struct vm_state *s, uint64_t bytes)
{
  uint64_t word = vm_heap_word (s);
  uint64_t size = (bytes + word + VM_CHUNK_ALIGN - 1)
                  & ~(uint64_t) (VM_CHUNK_ALIGN - 1);

  return size < 4 * word ? 4 * word : size;
}

void
vm_heap_copy (struct vm_tape *t, const struct vm_state *s, uint32_t from,
              uint32_t to)
{
  const struct vm_heap *a = &s->heaps[from], *b = &s->heaps[to];

  vm_put_u64 (t, &b->top, a->top);
  vm_put_u64 (t, &b->cache, a->cache);
  vm_put_u64 (t, &b->last_remainder, a->last_remainder);
  vm_put_u64 (t, &b->mmap_threshold, a->mmap_threshold);
  vm_put_u64 (t, &b->trim_threshold, a->trim_threshold);
  vm_put_u32 (t, &b->mmaps, a->mmaps);
  vm_put_u32 (t, &b->has_fast, a->has_fast);
  vm_put_u32 (t, &b->scattered, a->scattered);
  for (uint32_t i = 0; i < VM_HEAP_BIN_ENDS && a->top != 0; i++)
    if (s->heap_bins[from * VM_HEAP_BIN_ENDS + i]
        != s->heap_bins[to * VM_HEAP_BIN_ENDS + i])
      vm_put_u64 (t, &s->heap_bins[to * VM_HEAP_BIN_ENDS + i],
                  s->heap_bins[from * VM_HEAP_BIN_ENDS + i]);
}

void
vm_heap_forget (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  const struct vm_heap *heap = &s->heaps[mm];

  if (heap->mmap_threshold == 0)
    return;
  for (uint32_t i = 0; i < VM_HEAP_BIN_ENDS; i++)
    if (s->heap_bins[mm * VM_HEAP_BIN_ENDS + i] != 0)
      vm_put_u64 (t, &s->heap_bins[mm * VM_HEAP_BIN_ENDS + i], 0);
  vm_put_u64 (t, &heap->top, 0);
  vm_put_u64 (t, &heap->cache, 0);
  vm_put_u64 (t, &heap->last_remainder, 0);
  vm_put_u64 (t, &heap->mmap_threshold, 0);
  vm_put_u64 (t, &heap->trim_threshold, 0);
  vm_put_u32 (t, &heap->mmaps, 0);
  vm_put_u32 (t, &heap->has_fast, 0);
  vm_put_u32 (t, &heap->scattered, 0);
}
