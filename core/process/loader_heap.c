/* Reckons what the dynamic loader allocates. */
#include "process/loader_heap.h"

#define ALIGNMENT 16u
#define FIRST 560u     /* what came before the first library */
#define LINK_MAP 1217u /* struct link_map, its name's node, a NUL */
#define POINTER 8u
#define VERSION 24u   /* struct r_found_version */
#define SLOT 16u      /* struct dtv_slotinfo */
#define SLOTS 63u     /* beside those in use */
#define SURPLUS 1664u /* kept free in the block */
#define THREAD 2304u  /* struct pthread */
#define THREAD_ALIGN 64u

static uint64_t
round_up (uint64_t value, uint64_t align)
{
  return (value + align - 1) & ~(align - 1);
}

void
vm_loader_heap_init (struct vm_loader_heap *heap)
{
  *heap = (struct vm_loader_heap){.tls_align = THREAD_ALIGN};
}

uint64_t
vm_loader_heap_take (struct vm_loader_heap *heap, uint64_t bytes)
{
  heap->next = round_up (heap->next, ALIGNMENT);
  if (heap->next + bytes >= heap->end)
    return round_up (bytes, VM_PAGE_SIZE) + VM_PAGE_SIZE;
  heap->next += bytes;
  return 0;
}

void
vm_loader_heap_give (struct vm_loader_heap *heap, uint64_t at, uint64_t size,
                     uint64_t bytes)
{
  if (at != heap->end)
    heap->next = at;
  heap->end = at + size;
  heap->next += bytes;
}

uint64_t
vm_loader_heap_first (void)
{
  return FIRST;
}

uint64_t
vm_loader_heap_map (uint64_t name_length)
{
  return LINK_MAP + name_length;
}

uint64_t
vm_loader_heap_needs (uint32_t needs)
{
  return (2 * ((uint64_t) needs + 1) + 1) * POINTER;
}

uint64_t
vm_loader_heap_objects (uint32_t objects)
{
  return (2 * (uint64_t) objects + 1) * POINTER;
}

uint64_t
vm_loader_heap_versions (uint32_t last)
{
  return ((uint64_t) last + 1) * VERSION;
}

void
vm_loader_heap_tls (struct vm_loader_heap *heap, uint64_t bytes, uint64_t align)
{
  bool power = align != 0 && (align & (align - 1)) == 0;

  align = power && align <= VM_PAGE_SIZE ? align : 1;
  heap->tls_align = align > heap->tls_align ? align : heap->tls_align;
  heap->tls = round_up (heap->tls + bytes, align);
  heap->modules++;
}

uint64_t
vm_loader_heap_slots (const struct vm_loader_heap *heap)
{
  return SLOT * ((uint64_t) heap->modules + SLOTS) + 2 * POINTER;
}

uint64_t
vm_loader_heap_block (const struct vm_loader_heap *heap)
{
  return round_up (heap->tls + SURPLUS, heap->tls_align) + THREAD
         + heap->tls_align + POINTER;
}
