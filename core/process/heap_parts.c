/* The heap's cache and fast bins, and what joins free chunks again. */
#include "process/heap_parts.h"

/* Marks what lies in the cache, to notice that it is freed twice; glibc draws
 * it by lot. */
#define CACHE_KEY UINT64_C (0x5ca1ab1e0ddba11d)

/* Links are kept disguised, so that a stray write does not forge one
 * (PROTECT_PTR). */
static uint64_t
disguise (uint64_t place, uint64_t link)
{
  return place >> VM_PAGE_SHIFT ^ link;
}

uint64_t
vm_cache_number (const struct vm_heap_call *call, uint64_t size)
{
  return (size - vm_chunk_least (call) + VM_CHUNK_ALIGN - 1) / VM_CHUNK_ALIGN;
}

/* Where the cache has the number of chunks, and the first of them. */
static uint64_t
count_place (const struct vm_heap_call *call, uint64_t number)
{
  return vm_heap_of (call)->cache + 2 * number;
}

static uint64_t
first_place (const struct vm_heap_call *call, uint64_t number)
{
  return vm_heap_of (call)->cache + (uint64_t) 2 * VM_CACHE_SIZES
         + number * vm_chunk_word (call);
}

static uint64_t
load (struct vm_heap_call *call, uint64_t va, uint32_t width)
{
  uint64_t value = 0;

  if (!call->failed
      && !vm_user_load (call->t, call->s, &call->user, va, width, &value))
    call->failed = true;
  return value;
}

static void
store (struct vm_heap_call *call, uint64_t va, uint32_t width, uint64_t value)
{
  if (!call->failed
      && !vm_user_store (call->t, call->s, &call->user, va, width, value))
    call->failed = true;
}

uint32_t
vm_cache_count (struct vm_heap_call *call, uint64_t number)
{
  if (vm_heap_of (call)->cache == 0 || number >= VM_CACHE_SIZES)
    return 0;
  return (uint32_t) load (call, count_place (call, number), 2);
}

bool
vm_cache_has_room (struct vm_heap_call *call, uint64_t number)
{
  return vm_heap_of (call)->cache != 0 && number < VM_CACHE_SIZES
         && vm_cache_count (call, number) < VM_CACHE_DEPTH;
}

static uint64_t
key (const struct vm_heap_call *call)
{
  return vm_chunk_word (call) == 4 ? (uint32_t) CACHE_KEY : CACHE_KEY;
}

void
vm_cache_put (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  uint64_t number = vm_cache_number (call, size);
  uint64_t memory = vm_chunk_memory (call, chunk);
  uint32_t word = vm_chunk_word (call);
  uint64_t first = load (call, first_place (call, number), word);

  store (call, memory + word, word, key (call));
  store (call, memory, word, disguise (memory, first));
  store (call, first_place (call, number), word, memory);
  store (call, count_place (call, number), 2,
         vm_cache_count (call, number) + 1);
  vm_chunk_tell (call, chunk, size, VM_CHUNK_CACHE, false);
}

uint64_t
vm_cache_take (struct vm_heap_call *call, uint64_t number)
{
  uint32_t word = vm_chunk_word (call);
  uint64_t memory = load (call, first_place (call, number), word);
  uint64_t chunk = memory - 2 * (uint64_t) word;

  store (call, first_place (call, number), word,
         disguise (memory, load (call, memory, word)));
  store (call, count_place (call, number), 2,
         vm_cache_count (call, number) - 1);
  store (call, memory + word, word, 0);
  vm_chunk_tell (call, chunk, vm_chunk_size (call, chunk), VM_CHUNK_CACHE,
                 true);
  return chunk;
}

bool
vm_cache_holds (struct vm_heap_call *call, uint64_t chunk, uint64_t number)
{
  uint32_t word = vm_chunk_word (call);
  uint64_t memory = vm_chunk_memory (call, chunk);
  uint64_t at = load (call, first_place (call, number), word);
  uint32_t left = vm_cache_count (call, number);

  if (load (call, memory + word, word) != key (call))
    return false;
  for (; left > 0 && !call->failed && at != memory; left--)
    at = disguise (at, load (call, at, word));
  return left > 0;
}

bool
vm_fast_suits (const struct vm_heap_call *call, uint64_t size)
{
  return size <= 16 * (uint64_t) vm_chunk_word (call);
}

static const uint64_t *
fast_place (const struct vm_heap_call *call, uint64_t size)
{
  uint32_t mm = call->s->processes[call->user.process].mm;
  uint64_t number = size / (2 * (uint64_t) vm_chunk_word (call)) - 2;

  return &call->s->heap_bins[mm * VM_HEAP_BIN_ENDS + VM_HEAP_FAST + number];
}

uint64_t
vm_fast_first (const struct vm_heap_call *call, uint64_t size)
{
  return *fast_place (call, size);
}

void
vm_fast_put (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  const uint64_t *place = fast_place (call, size);
  uint64_t link = vm_chunk_memory (call, chunk);

  vm_chunk_put (call, chunk, VM_CHUNK_NEXT, disguise (link, *place));
  vm_put_u64 (call->t, place, chunk);
  vm_put_u32 (call->t, &vm_heap_of (call)->has_fast, 1);
  vm_chunk_tell (call, chunk, size, VM_CHUNK_FAST, false);
}

uint64_t
vm_fast_take (struct vm_heap_call *call, uint64_t size)
{
  const uint64_t *place = fast_place (call, size);
  uint64_t chunk = *place;
  uint64_t next = vm_chunk_get (call, chunk, VM_CHUNK_NEXT);

  vm_put_u64 (call->t, place, disguise (vm_chunk_memory (call, chunk), next));
  return chunk;
}

static void
tell_join (struct vm_heap_call *call, uint64_t chunk, uint64_t size,
           uint64_t other, uint64_t other_size)
{
  vm_step_leaf (call->t, VM_STEP_CHUNK_JOIN,
                (uint64_t[VM_STEP_VALUES]){call->user.process, chunk, size,
                                           other, other_size});
}

uint64_t
vm_heap_join (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);

  if (!vm_chunk_former_used (call, chunk)) {
    uint64_t before = vm_chunk_get (call, chunk, VM_CHUNK_FORMER);
    tell_join (call, chunk, size, chunk - before, before);
    chunk -= before;
    size += before;
    vm_bin_unlink (call, chunk);
  }
  uint64_t behind = chunk + size;
  uint64_t behind_size = vm_chunk_size (call, behind);
  if (behind == heap->top) {
    tell_join (call, chunk, size, behind, behind_size);
    vm_put_u64 (call->t, &heap->top, chunk);
    vm_chunk_set (call, chunk, size + behind_size);
    vm_chunk_tell (call, chunk, size + behind_size, VM_CHUNK_TOP, false);
    return size + behind_size;
  }
  if (vm_chunk_used (call, behind, behind_size))
    vm_chunk_mark (call, chunk, size, false);
  else {
    tell_join (call, chunk, size, behind, behind_size);
    vm_bin_unlink (call, behind);
    size += behind_size;
  }
  vm_bin_keep (call, chunk, size);
  vm_chunk_set_free (call, chunk, size);
  vm_chunk_tell (call, chunk, size, VM_CHUNK_UNSORTED, false);
  return size;
}

void
vm_heap_consolidate (struct vm_heap_call *call)
{
  uint64_t step = 2 * (uint64_t) vm_chunk_word (call);

  vm_put_u32 (call->t, &vm_heap_of (call)->has_fast, 0);
  for (uint64_t fast = 2 * step; vm_fast_suits (call, fast); fast += step) {
    uint64_t chunk = vm_fast_first (call, fast);
    vm_put_u64 (call->t, fast_place (call, fast), 0);
    while (chunk != 0 && !call->failed && !vm_tape_failed (call->t)) {
      uint64_t size = vm_chunk_size (call, chunk);
      uint64_t link = vm_chunk_get (call, chunk, VM_CHUNK_NEXT);
      uint64_t next = disguise (vm_chunk_memory (call, chunk), link);
      vm_chunk_tell (call, chunk, size, VM_CHUNK_FAST, true);
      vm_heap_join (call, chunk, size);
      chunk = next;
    }
  }
}
