/* Reckons what the dynamic loader allocates. */
#include "process/loader_heap.h"

#define ALIGNMENT 16u
#define LINK_MAP 1225u /* struct link_map, its name's node, a NUL */
#define AUDITS 256u    /* more of it where auditors may come yet */
#define POINTER 8u
#define VERSION 24u        /* struct r_found_version */
#define FOUND 32u          /* struct dl_find_object_internal */
#define FOLDER 87u         /* struct r_search_path_elem, a slash, two NULs */
#define UNIQUE 32u         /* struct unique_sym */
#define SLOT 16u           /* struct dtv_slotinfo */
#define SLOTS 63u          /* beside those in use */
#define VECTOR 16u         /* an entry of the dtv */
#define VECTORS 16u        /* beside those in use */
#define SURPLUS 1664u      /* kept free in the block */
#define SURPLUS_ALONE 800u /* likewise, where no namespaces can come */
#define THREAD 2368u       /* struct pthread */
#define THREAD_ALIGN 64u

static uint64_t
round_up (uint64_t value, uint64_t align)
{
  return (value + align - 1) & ~(align - 1);
}

static uint64_t
usable_align (uint64_t align)
{
  bool power = align != 0 && (align & (align - 1)) == 0;

  return power && align <= VM_PAGE_SIZE ? align : 1;
}

void
vm_loader_heap_init (struct vm_loader_heap *heap, uint64_t own)
{
  *heap = (struct vm_loader_heap){.next = own,
                                  .end = round_up (own, VM_PAGE_SIZE),
                                  .tls_align = THREAD_ALIGN};
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
vm_loader_heap_first (uint32_t index)
{
  /* Two records; then the list of kinds of processors, their names, the list
   * of usual folders, the folders. */
  static const uint64_t bytes[]
      = {LINK_MAP + AUDITS, LINK_MAP + AUDITS, 48, 274, 40, 480, 0};

  return bytes[index];
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

uint64_t
vm_loader_heap_found (uint32_t objects)
{
  return (uint64_t) objects * FOUND;
}

uint64_t
vm_loader_heap_folder (uint64_t name_length, uint64_t by_length)
{
  return FOLDER + name_length + by_length;
}

uint64_t
vm_loader_heap_folders (uint32_t folders)
{
  return ((uint64_t) folders + 1) * POINTER;
}

uint64_t
vm_loader_heap_unique (uint32_t index, uint32_t symbols)
{
  /* Primes close to powers of two; a table is left when it is three quarters
   * full. */
  static const uint32_t sizes[] = {31,    61,    127,    251,   509,
                                   1021,  2039,  4093,   8191,  16381,
                                   32749, 65521, 131071, 262139};

  if (index >= sizeof sizes / sizeof *sizes || symbols == 0)
    return 0;
  if (index > 0
      && (uint64_t) sizes[index - 1] * 3 > (symbols - 1) * UINT64_C (4))
    return 0;
  return (uint64_t) sizes[index] * UNIQUE;
}

/* Blocks lie before the thread pointer, the first one next to it
 * (_dl_determine_tlsoffset). */
void
vm_loader_heap_tls (struct vm_loader_heap *heap, uint64_t bytes,
                    uint64_t address, uint64_t align)
{
  align = usable_align (align);
  uint64_t first = -(address & (align - 1)) & (align - 1), off;

  heap->modules++;
  heap->tls_align = align > heap->tls_align ? align : heap->tls_align;
  if (heap->free_bottom - heap->free_top >= bytes) {
    off = round_up (heap->free_top + bytes - first, align) + first;
    if (off <= heap->free_bottom) {
      heap->free_top = off;
      return;
    }
  }
  off = round_up (heap->tls + bytes - first, align) + first;
  if (off > heap->tls + bytes + (heap->free_bottom - heap->free_top)) {
    heap->free_top = heap->tls;
    heap->free_bottom = off - bytes;
  }
  heap->tls = off;
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

uint64_t
vm_loader_heap_vector (const struct vm_loader_heap *heap)
{
  return VECTOR * ((uint64_t) heap->modules + VECTORS);
}

uint64_t
vm_loader_heap_alone (uint64_t bytes, uint64_t align)
{
  align = usable_align (align);
  align = align > THREAD_ALIGN ? align : THREAD_ALIGN;
  return round_up (bytes + SURPLUS_ALONE, align) + THREAD + align;
}
