/* Reads and writes chunks and their lists in a process's memory. */
#include "process/heap_chunk.h"

uint64_t
vm_chunk_get (struct vm_heap_call *call, uint64_t chunk, uint32_t word)
{
  uint32_t width = vm_chunk_word (call);
  uint64_t value = 0;

  if (!call->failed
      && !vm_user_load (call->t, call->s, &call->user,
                        chunk + (uint64_t) word * width, width, &value))
    call->failed = true;
  return value;
}

void
vm_chunk_put (struct vm_heap_call *call, uint64_t chunk, uint32_t word,
              uint64_t value)
{
  uint32_t width = vm_chunk_word (call);

  if (!call->failed
      && !vm_user_store (call->t, call->s, &call->user,
                         chunk + (uint64_t) word * width, width, value))
    call->failed = true;
}

uint64_t
vm_chunk_size (struct vm_heap_call *call, uint64_t chunk)
{
  return vm_chunk_get (call, chunk, VM_CHUNK_SIZE) & ~(uint64_t) VM_CHUNK_BITS;
}

bool
vm_chunk_former_used (struct vm_heap_call *call, uint64_t chunk)
{
  return vm_chunk_get (call, chunk, VM_CHUNK_SIZE) & VM_CHUNK_PREVIOUS_USED;
}

bool
vm_chunk_used (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  return vm_chunk_former_used (call, chunk + size);
}

void
vm_chunk_mark (struct vm_heap_call *call, uint64_t chunk, uint64_t size,
               bool used)
{
  uint64_t head = vm_chunk_get (call, chunk + size, VM_CHUNK_SIZE);

  head &= ~(uint64_t) VM_CHUNK_PREVIOUS_USED;
  vm_chunk_put (call, chunk + size, VM_CHUNK_SIZE, head | used);
}

void
vm_chunk_set (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  vm_chunk_put (call, chunk, VM_CHUNK_SIZE, size | VM_CHUNK_PREVIOUS_USED);
}

void
vm_chunk_set_free (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  vm_chunk_set (call, chunk, size);
  vm_chunk_put (call, chunk + size, VM_CHUNK_FORMER, size);
}

/* With 4-byte words the small sizes begin at 16, and one bin higher. */
static uint32_t
correction (const struct vm_heap_call *call)
{
  return vm_chunk_word (call) == 4;
}

bool
vm_bin_is_small (const struct vm_heap_call *call, uint64_t size)
{
  return size < (64 - correction (call)) * (uint64_t) VM_CHUNK_ALIGN;
}

uint32_t
vm_bin_of (const struct vm_heap_call *call, uint64_t size)
{
  static const struct {
    uint32_t shift, most, first;
  } ranges[] = {{9, 20, 91}, {12, 10, 110}, {15, 4, 119}, {18, 2, 124}};
  uint32_t narrow = vm_chunk_word (call) == 4 ? 45 : 48;

  if (vm_bin_is_small (call, size))
    return (uint32_t) (size / VM_CHUNK_ALIGN) + correction (call);
  if (size >> 6 <= narrow)
    return (uint32_t) (size >> 6) + (vm_chunk_word (call) == 4 ? 49 : 48);
  for (uint32_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
    if (size >> ranges[i].shift <= ranges[i].most)
      return (uint32_t) (size >> ranges[i].shift) + ranges[i].first;
  return VM_BIN_LAST;
}

static const uint64_t *
end_of (const struct vm_heap_call *call, uint32_t bin, uint32_t which)
{
  uint32_t mm = call->s->processes[call->user.process].mm;

  return &call->s->heap_bins[mm * VM_HEAP_BIN_ENDS + 2 * bin + which];
}

uint64_t
vm_bin_first (const struct vm_heap_call *call, uint32_t bin)
{
  return *end_of (call, bin, 0);
}

uint64_t
vm_bin_last (const struct vm_heap_call *call, uint32_t bin)
{
  return *end_of (call, bin, 1);
}

/* The chunk that follows another in a bin; 0 stands for the list's head. */
static void
set_next (struct vm_heap_call *call, uint32_t bin, uint64_t chunk,
          uint64_t next)
{
  if (chunk != 0)
    vm_chunk_put (call, chunk, VM_CHUNK_NEXT, next);
  else
    vm_put_u64 (call->t, end_of (call, bin, 0), next);
}

static void
set_previous (struct vm_heap_call *call, uint32_t bin, uint64_t chunk,
              uint64_t previous)
{
  if (chunk != 0)
    vm_chunk_put (call, chunk, VM_CHUNK_PREVIOUS, previous);
  else
    vm_put_u64 (call->t, end_of (call, bin, 1), previous);
}

void
vm_bin_insert (struct vm_heap_call *call, uint32_t bin, uint64_t before,
               uint64_t chunk)
{
  uint64_t next = before != 0 ? vm_chunk_get (call, before, VM_CHUNK_NEXT)
                              : vm_bin_first (call, bin);

  vm_chunk_put (call, chunk, VM_CHUNK_NEXT, next);
  vm_chunk_put (call, chunk, VM_CHUNK_PREVIOUS, before);
  set_next (call, bin, before, chunk);
  set_previous (call, bin, next, chunk);
}

/* Only the first chunk of each size of a large bin has links by size. */
static void
clear_sizes (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  if (vm_bin_is_small (call, size))
    return;
  vm_chunk_put (call, chunk, VM_CHUNK_NEXT_SIZE, 0);
  vm_chunk_put (call, chunk, VM_CHUNK_PREVIOUS_SIZE, 0);
}

void
vm_bin_keep (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  vm_bin_insert (call, VM_BIN_UNSORTED, 0, chunk);
  clear_sizes (call, chunk, size);
}

/* Links a chunk between two others in the circle of sizes. */
static void
link_sizes (struct vm_heap_call *call, uint64_t chunk, uint64_t next,
            uint64_t previous)
{
  vm_chunk_put (call, chunk, VM_CHUNK_NEXT_SIZE, next);
  vm_chunk_put (call, chunk, VM_CHUNK_PREVIOUS_SIZE, previous);
  vm_chunk_put (call, next, VM_CHUNK_PREVIOUS_SIZE, chunk);
  vm_chunk_put (call, previous, VM_CHUNK_NEXT_SIZE, chunk);
}

/* The chunk behind which one of a size belongs, the largest sizes being first;
 * links it by size if it is the first of its size. */
static uint64_t
place_by_size (struct vm_heap_call *call, uint32_t bin, uint64_t chunk,
               uint64_t size)
{
  uint64_t at = vm_bin_first (call, bin);

  clear_sizes (call, chunk, size);
  if (at == 0) {
    link_sizes (call, chunk, chunk, chunk);
    return 0;
  }
  if (size < vm_chunk_size (call, vm_bin_last (call, bin))) {
    link_sizes (call, chunk, at,
                vm_chunk_get (call, at, VM_CHUNK_PREVIOUS_SIZE));
    return vm_bin_last (call, bin);
  }
  while (!call->failed && size < vm_chunk_size (call, at))
    at = vm_chunk_get (call, at, VM_CHUNK_NEXT_SIZE);
  if (size == vm_chunk_size (call, at))
    return at;
  link_sizes (call, chunk, at, vm_chunk_get (call, at, VM_CHUNK_PREVIOUS_SIZE));
  return vm_chunk_get (call, at, VM_CHUNK_PREVIOUS);
}

void
vm_bin_sort (struct vm_heap_call *call, uint64_t chunk, uint64_t size)
{
  uint32_t bin = vm_bin_of (call, size);
  bool small = vm_bin_is_small (call, size);
  uint64_t before = small ? 0 : place_by_size (call, bin, chunk, size);

  vm_bin_insert (call, bin, before, chunk);
  vm_chunk_tell (call, chunk, size, small ? VM_CHUNK_SMALL : VM_CHUNK_LARGE,
                 false);
}

/* The first of its size goes: the next of its size takes its place in the
 * circle, if there is one. */
static void
unlink_sizes (struct vm_heap_call *call, uint64_t chunk, uint64_t next)
{
  uint64_t larger = vm_chunk_get (call, chunk, VM_CHUNK_PREVIOUS_SIZE);
  uint64_t smaller = vm_chunk_get (call, chunk, VM_CHUNK_NEXT_SIZE);

  if (next == 0 || vm_chunk_get (call, next, VM_CHUNK_NEXT_SIZE) != 0) {
    vm_chunk_put (call, smaller, VM_CHUNK_PREVIOUS_SIZE, larger);
    vm_chunk_put (call, larger, VM_CHUNK_NEXT_SIZE, smaller);
    return;
  }
  if (smaller == chunk)
    link_sizes (call, next, next, next);
  else
    link_sizes (call, next, smaller, larger);
}

void
vm_bin_unlink (struct vm_heap_call *call, uint64_t chunk)
{
  uint64_t size = vm_chunk_size (call, chunk);
  uint64_t next = vm_chunk_get (call, chunk, VM_CHUNK_NEXT);
  uint64_t previous = vm_chunk_get (call, chunk, VM_CHUNK_PREVIOUS);
  bool unsorted
      = (previous == 0 && vm_bin_first (call, VM_BIN_UNSORTED) == chunk)
        || (next == 0 && vm_bin_last (call, VM_BIN_UNSORTED) == chunk);
  uint32_t bin = unsorted ? VM_BIN_UNSORTED : vm_bin_of (call, size);

  set_next (call, bin, previous, next);
  set_previous (call, bin, next, previous);
  if (!vm_bin_is_small (call, size)
      && vm_chunk_get (call, chunk, VM_CHUNK_NEXT_SIZE) != 0)
    unlink_sizes (call, chunk, next);
}

void
vm_chunk_tell (struct vm_heap_call *call, uint64_t chunk, uint64_t size,
               enum vm_chunk_place place, bool taken)
{
  vm_step_leaf (call->t, VM_STEP_CHUNK,
                (uint64_t[VM_STEP_VALUES]){call->user.process, chunk, size,
                                           place, taken});
}
