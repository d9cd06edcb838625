/* The heap asks the kernel for memory, and gives it back. */
#include "process/heap_parts.h"

#include "mm/mmap.h"

/* Regions that one process may get from malloc (DEFAULT_MMAP_MAX). */
#define MOST_MMAPS 65536u

static uint64_t
whole_pages (uint64_t bytes)
{
  return (bytes + VM_PAGE_SIZE - 1) & ~(uint64_t) (VM_PAGE_SIZE - 1);
}

static void
tell_call (struct vm_heap_call *call, enum vm_call which, uint64_t va,
           uint64_t length, uint64_t flags)
{
  vm_step_begin (
      call->t, VM_STEP_CALL,
      (uint64_t[VM_STEP_VALUES]){which, call->user.process, va, length, flags});
}

static void
end_call (struct vm_heap_call *call, enum vm_call which, enum vm_errno refused,
          uint64_t value)
{
  vm_step_leaf (
      call->t, VM_STEP_RETURN,
      (uint64_t[VM_STEP_VALUES]){which, call->user.process, refused, value});
  vm_step_end (call->t);
}

uint64_t
vm_heap_brk (struct vm_heap_call *call, int64_t increment)
{
  uint64_t old = vm_mm_of (call->s, call->user.process)->brk, end;
  uint64_t wanted = old + (uint64_t) increment;

  if (increment == 0)
    return old;
  tell_call (call, VM_CALL_BRK, wanted, 0, 0);
  vm_brk (call->t, call->s, call->user.process, wanted, &end);
  end_call (call, VM_CALL_BRK, end == wanted ? VM_ERRNO_NONE : VM_ENOMEM, end);
  return end == wanted ? old : VM_HEAP_FAILED;
}

bool
vm_heap_mmap (struct vm_heap_call *call, uint64_t length, uint64_t *address)
{
  struct vm_mmap_request request = {
      .process = call->user.process,
      .length = length,
      .access = VM_REGION_READ | VM_REGION_WRITE,
  };

  tell_call (call, VM_CALL_MMAP, 0, length, request.access);
  enum vm_errno refused = vm_mmap (call->t, call->s, &request, address);
  end_call (call, VM_CALL_MMAP, refused,
            refused == VM_ERRNO_NONE ? *address : 0);
  return refused == VM_ERRNO_NONE;
}

void
vm_heap_munmap (struct vm_heap_call *call, uint64_t va, uint64_t length)
{
  tell_call (call, VM_CALL_MUNMAP, va, length, 0);
  enum vm_errno refused
      = vm_munmap (call->t, call->s, call->user.process, va, length);
  end_call (call, VM_CALL_MUNMAP, refused, 0);
}

/* A chunk in a region of its own (sysmalloc_mmap). With 4-byte words its
 * memory would not be aligned: it begins a little later. */
static uint64_t
map_chunk (struct vm_heap_call *call, uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);
  uint32_t word = vm_chunk_word (call);
  uint64_t slack = word == 4 ? VM_CHUNK_ALIGN - 1 : 0;
  uint64_t length = whole_pages (size + word + slack);
  uint64_t start;

  if (length <= size || !vm_heap_mmap (call, length, &start))
    return 0;
  uint64_t skip = (VM_CHUNK_ALIGN - 2 * word) % VM_CHUNK_ALIGN;
  uint64_t chunk = start + skip;
  vm_chunk_put (call, chunk, VM_CHUNK_FORMER, skip);
  vm_chunk_put (call, chunk, VM_CHUNK_SIZE, (length - skip) | VM_CHUNK_MMAPPED);
  vm_put_u32 (call->t, &heap->mmaps, heap->mmaps + 1);
  vm_chunk_tell (call, chunk, length - skip, VM_CHUNK_MMAP, true);
  return chunk;
}

uint64_t
vm_heap_cut_top (struct vm_heap_call *call, uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);
  uint64_t chunk = heap->top;

  if (chunk == 0)
    return 0;
  uint64_t whole = vm_chunk_size (call, chunk);
  if (whole < size + vm_chunk_least (call))
    return 0;
  vm_put_u64 (call->t, &heap->top, chunk + size);
  vm_chunk_set (call, chunk, size);
  vm_chunk_set (call, chunk + size, whole - size);
  vm_chunk_tell (call, chunk, size, VM_CHUNK_TOP, true);
  return chunk;
}

/* The old top can grow no more: its end is closed with two chunks that are
 * never free, and the rest of it is freed. */
static void
close_top (struct vm_heap_call *call, uint64_t old, uint64_t old_size)
{
  uint64_t header = 2 * (uint64_t) vm_chunk_word (call);
  uint64_t size = (old_size - 2 * header) & ~(uint64_t) (VM_CHUNK_ALIGN - 1);

  vm_chunk_set (call, old, size);
  vm_chunk_set (call, old + size, header);
  vm_chunk_set (call, old + size + header, header);
  if (size >= vm_chunk_least (call))
    vm_heap_release (call, old, size);
}

/* A heap begins, or goes on behind somebody else's memory. */
static void
begin_top (struct vm_heap_call *call, uint64_t start, uint64_t size,
           uint64_t old, uint64_t old_size, bool from_brk)
{
  uint64_t off = vm_chunk_memory (call, start) % VM_CHUNK_ALIGN;
  uint64_t skip = off != 0 ? VM_CHUNK_ALIGN - off : 0;
  uint64_t end = start + size;

  if (from_brk) {
    uint64_t more = skip + old_size;
    more += whole_pages (end + more) - (end + more);
    if (vm_heap_brk (call, (int64_t) more) != VM_HEAP_FAILED)
      end += more;
  }
  vm_put_u64 (call->t, &vm_heap_of (call)->top, start + skip);
  vm_chunk_set (call, start + skip, end - start - skip);
  if (old_size != 0)
    close_top (call, old, old_size);
}

/* More memory at the end of the heap; where brk does not give it, mmap may. */
static void
grow_top (struct vm_heap_call *call, uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);
  uint64_t old = heap->top;
  uint64_t old_size = old != 0 ? vm_chunk_size (call, old) : 0;
  uint64_t least = UINT64_C (1) << 20;
  uint64_t wanted = size + VM_TOP_PAD + vm_chunk_least (call);
  uint64_t start;

  if (!heap->scattered)
    wanted -= old_size;
  wanted = whole_pages (wanted);
  start = vm_heap_brk (call, (int64_t) wanted);
  if (start == old + old_size && old != 0) {
    vm_chunk_set (call, old, old_size + wanted);
    return;
  }
  if (start != VM_HEAP_FAILED) {
    begin_top (call, start, wanted, old, old_size, !heap->scattered);
    return;
  }
  if (!heap->scattered)
    wanted = whole_pages (wanted + old_size);
  wanted = wanted < least ? least : wanted;
  if (!vm_heap_mmap (call, wanted, &start))
    return;
  vm_put_u32 (call->t, &heap->scattered, 1);
  begin_top (call, start, wanted, old, old_size, false);
}

uint64_t
vm_heap_grow (struct vm_heap_call *call, uint64_t size)
{
  const struct vm_heap *heap = vm_heap_of (call);

  if (size >= heap->mmap_threshold && heap->mmaps < MOST_MMAPS) {
    uint64_t chunk = map_chunk (call, size);
    if (chunk != 0)
      return chunk;
  }
  if (size > (uint64_t) INT64_MAX / 2)
    return 0;
  grow_top (call, size);
  return vm_heap_cut_top (call, size);
}

void
vm_heap_trim (struct vm_heap_call *call)
{
  const struct vm_heap *heap = vm_heap_of (call);
  uint64_t size = vm_chunk_size (call, heap->top);
  uint64_t spare = size - vm_chunk_least (call) - 1;

  if (spare <= VM_TOP_PAD)
    return;
  uint64_t extra = (spare - VM_TOP_PAD) & ~(uint64_t) (VM_PAGE_SIZE - 1);
  if (extra == 0 || vm_heap_brk (call, 0) != heap->top + size)
    return;
  if (vm_heap_brk (call, -(int64_t) extra) != VM_HEAP_FAILED)
    vm_chunk_set (call, heap->top, size - extra);
}
