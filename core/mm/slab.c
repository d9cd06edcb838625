/* Cuts frames into objects. */
#include "mm/slab.h"

#include "mm/gfp.h"
#include "mm/kernel_layout.h"

/* PAGE_ALLOC_COSTLY_ORDER: larger slabs are hard to find frames for. */
#define ORDER_MOST 3u

static const uint16_t sizes[VM_SLAB_CLASSES]
    = {8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192};

static uint32_t
bits_of (uint32_t n)
{
  uint32_t bits = 0;

  for (; n != 0; n >>= 1)
    bits++;
  return bits;
}

static uint32_t
larger (uint32_t a, uint32_t b)
{
  return a > b ? a : b;
}

static uint32_t
smaller (uint32_t a, uint32_t b)
{
  return a < b ? a : b;
}

/* The smallest order with room for as many objects as Linux wants in a slab. It
 * would take a larger one if more than a sixteenth of it were wasted
 * (calc_slab_order): with the sizes of kmalloc it never is. */
static uint32_t
order_of (uint32_t size, uint32_t cpus)
{
  uint32_t objects
      = smaller (4 * (bits_of (cpus) + 1), (VM_PAGE_SIZE << ORDER_MOST) / size);
  uint32_t bytes = objects * size;

  return vm_buddy_order_of ((bytes + VM_PAGE_SIZE - 1) / VM_PAGE_SIZE);
}

static uint32_t
word_of (const struct vm_state *s)
{
  struct vm_geometry room;

  return vm_geometry_configured (&s->config, &room)->word_bits / 8u;
}

/* The first byte of a slab, and the kernel's address of it. */
static vm_paddr
start_of (const struct vm_slab_record *slab)
{
  return vm_frame_start (vm_frame_of (slab->frame), VM_PAGE_SHIFT);
}

static uint64_t
address_of (const struct vm_state *s, const struct vm_slab_record *slab)
{
  vm_vaddr va = vm_vaddr_of (0);

  vm_kernel_address (s, vm_frame_of (slab->frame), &va);
  return va.v;
}

/* Where a free object says which is next: in its middle, where writing beyond
 * the end of its neighbour does not reach so soon. */
static vm_paddr
link_of (const struct vm_state *s, vm_paddr object, uint32_t size)
{
  return vm_paddr_of (object.v + size / 2 / word_of (s) * word_of (s));
}

static void
join (struct vm_tape *t, const struct vm_state *s, uint32_t number)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];

  vm_put_u32 (t, &slab->previous, cache->last);
  vm_put_u32 (t, &slab->next, 0);
  vm_put_u32 (t, &slab->listed, 1);
  vm_put_u32 (t, cache->last == 0 ? &cache->first : &s->slabs[cache->last].next,
              number);
  vm_put_u32 (t, &cache->last, number);
  vm_put_u32 (t, &cache->partial, cache->partial + 1);
}

static void
leave (struct vm_tape *t, const struct vm_state *s, uint32_t number)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];

  vm_put_u32 (
      t, slab->previous == 0 ? &cache->first : &s->slabs[slab->previous].next,
      slab->next);
  vm_put_u32 (t,
              slab->next == 0 ? &cache->last : &s->slabs[slab->next].previous,
              slab->previous);
  vm_put_u32 (t, &slab->listed, 0);
  vm_put_u32 (t, &slab->next, 0);
  vm_put_u32 (t, &slab->previous, 0);
  vm_put_u32 (t, &cache->partial, cache->partial - 1);
}

/* A record for a new slab. There are as many as frames can be written. */
static uint32_t
new_record (struct vm_tape *t, const struct vm_state *s)
{
  uint32_t number = s->slab_free;

  if (number != 0) {
    vm_put_u32 (t, &s->slab_free, s->slabs[number].next);
    return number;
  }
  if (s->slab_end + 1 == VM_MAX_SLABS) {
    vm_tape_fail (t, VM_ERROR_TOO_MANY);
    return 0;
  }
  vm_put_u32 (t, &s->slab_end, s->slab_end + 1);
  return s->slab_end;
}

/* All objects are free, the lowest first. */
static void
cut (struct vm_tape *t, const struct vm_state *s,
     const struct vm_slab_record *slab, const struct vm_slab_cache *cache)
{
  uint64_t start = start_of (slab).v, va = address_of (s, slab);

  vm_put_u64 (t, &slab->free, va);
  for (uint32_t i = 0; i < cache->objects && !vm_tape_failed (t); i++) {
    uint64_t at = (uint64_t) i * cache->size;
    uint64_t next = i + 1 == cache->objects ? 0 : va + at + cache->size;
    vm_memory_write (t, s, link_of (s, vm_paddr_of (start + at), cache->size),
                     word_of (s), next);
  }
}

/* Frames become a slab, from which the next objects come. */
static bool
make (struct vm_tape *t, const struct vm_state *s, uint32_t index,
      enum vm_gfp gfp)
{
  const struct vm_slab_cache *cache = &s->caches[index];
  struct vm_frame_use use = {
      .role = VM_FRAME_KERNEL, .owner = VM_NONE, .count = 1u << cache->order};
  uint32_t frame = vm_gfp_find (t, s, gfp, cache->order);

  if (frame == VM_NONE)
    return false;
  vm_frames_take_at (t, s, &use, vm_frame_of (frame));
  vm_step_leaf (t, VM_STEP_SLAB_NEW,
                (uint64_t[VM_STEP_VALUES]){cache->size, frame, cache->order,
                                           cache->objects});
  uint32_t number = new_record (t, s);
  const struct vm_slab_record *slab = &s->slabs[number];
  vm_put_u32 (t, &slab->frame, frame);
  vm_put_u32 (t, &slab->cache, index);
  vm_put_u32 (t, &slab->next, 0);
  vm_put_u16 (t, &s->frames[frame].flags, VM_PAGE_SLAB);
  vm_put_u32 (t, &s->frames[frame].mapping, number);
  vm_put_u32 (t, &cache->active, number);
  vm_put_u32 (t, &cache->slabs, cache->slabs + 1);
  cut (t, s, slab, cache);
  return !vm_tape_failed (t);
}

static void
tell_pick (struct vm_tape *t, const struct vm_state *s, uint32_t number)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];

  vm_step_leaf (t, VM_STEP_SLAB_PICK,
                (uint64_t[VM_STEP_VALUES]){
                    cache->size, slab->frame, cache->order, cache->objects,
                    slab->used, vm_slab_state_of (s, number)});
}

/* The cache has an active slab with a free object: the one that it had, else
 * the first partial one, else a new one. */
static bool
have_active (struct vm_tape *t, const struct vm_state *s, uint32_t index,
             enum vm_gfp gfp)
{
  const struct vm_slab_cache *cache = &s->caches[index];
  uint32_t partial = cache->first;

  if (cache->active != 0 && s->slabs[cache->active].free != 0) {
    tell_pick (t, s, cache->active);
    return true;
  }
  if (partial == 0)
    return make (t, s, index, gfp);
  tell_pick (t, s, partial);
  leave (t, s, partial);
  vm_put_u32 (t, &cache->active, partial);
  return true;
}

/* An empty slab's frames go back. */
static void
discard (struct vm_tape *t, const struct vm_state *s, uint32_t number)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];
  vm_frame frame = vm_frame_of (slab->frame);

  vm_step_leaf (t, VM_STEP_SLAB_GONE,
                (uint64_t[VM_STEP_VALUES]){cache->size, frame.v, cache->order,
                                           cache->objects, 0});
  leave (t, s, number);
  vm_put_u32 (t, &cache->slabs, cache->slabs - 1);
  vm_put_u64 (t, &slab->free, 0);
  vm_put_u32 (t, &slab->frame, 0);
  vm_put_u32 (t, &slab->next, s->slab_free);
  vm_put_u32 (t, &s->slab_free, number);
  vm_put_u16 (t, &s->frames[frame.v].flags, 0);
  vm_frames_put (t, s, frame, UINT64_C (1) << cache->order);
}

uint32_t
vm_slab_class (uint64_t bytes)
{
  uint32_t class = 0;

  while (sizes[class] < bytes)
    class ++;
  return class;
}

uint32_t
vm_slab_class_size (uint32_t class)
{
  return sizes[class];
}

const char *
vm_slab_cache_name (uint32_t cache)
{
  static const char *const names[VM_SLAB_CACHES]
      = {"kmalloc-8",       "kmalloc-16",      "kmalloc-32",
         "kmalloc-64",      "kmalloc-96",      "kmalloc-128",
         "kmalloc-192",     "kmalloc-256",     "kmalloc-512",
         "kmalloc-1k",      "kmalloc-2k",      "kmalloc-4k",
         "kmalloc-8k",      "dma-kmalloc-8",   "dma-kmalloc-16",
         "dma-kmalloc-32",  "dma-kmalloc-64",  "dma-kmalloc-96",
         "dma-kmalloc-128", "dma-kmalloc-192", "dma-kmalloc-256",
         "dma-kmalloc-512", "dma-kmalloc-1k",  "dma-kmalloc-2k",
         "dma-kmalloc-4k",  "dma-kmalloc-8k"};
  return names[cache];
}

struct vm_slab_shape
vm_slab_shape_of (uint32_t size, uint32_t cpus)
{
  uint32_t order = order_of (size, cpus);

  return (struct vm_slab_shape){size, order, (VM_PAGE_SIZE << order) / size};
}

uint32_t
vm_slab_kept (uint32_t size)
{
  return smaller (10, larger (5, (bits_of (size) - 1) / 2));
}

void
vm_slab_begin (struct vm_tape *t, const struct vm_state *s)
{
  for (uint32_t i = 0; i < VM_SLAB_CACHES; i++) {
    struct vm_slab_shape shape
        = vm_slab_shape_of (sizes[i % VM_SLAB_CLASSES], s->config.cpus);
    vm_put_u32 (t, &s->caches[i].size, shape.size);
    vm_put_u32 (t, &s->caches[i].order, shape.order);
    vm_put_u32 (t, &s->caches[i].objects, shape.objects);
  }
}

bool
vm_slab_take (struct vm_tape *t, const struct vm_state *s, uint32_t cache,
              enum vm_gfp gfp, vm_paddr *object, uint32_t *number)
{
  const struct vm_slab_cache *c = &s->caches[cache];

  if (!have_active (t, s, cache, gfp))
    return false;
  *number = c->active;
  const struct vm_slab_record *slab = &s->slabs[*number];
  bool last = slab->used + 1 == c->objects;
  uint64_t va = slab->free, next = last ? 0 : vm_slab_next (s, *number, va);
  *object = vm_paddr_of (start_of (slab).v + va - address_of (s, slab));
  vm_step_leaf (t, VM_STEP_OBJECT_TAKE,
                (uint64_t[VM_STEP_VALUES]){c->size, slab->frame, va, next,
                                           slab->used + 1, VM_SLAB_ACTIVE});
  vm_put_u64 (t, &slab->free, next);
  vm_put_u32 (t, &slab->used, slab->used + 1);
  vm_put_u64 (t, &c->used, c->used + 1);
  return !vm_tape_failed (t);
}

uint32_t
vm_slab_of (const struct vm_state *s, vm_paddr pa)
{
  uint64_t frame = pa.v >> VM_PAGE_SHIFT;

  if (frame >= s->config.frames || s->frames[frame].role != VM_FRAME_KERNEL)
    return 0;
  const struct vm_frame_record *head = &s->frames[frame];
  head -= head->index <= frame ? head->index : 0;
  return head->flags & VM_PAGE_SLAB ? head->mapping : 0;
}

uint32_t
vm_slab_index (const struct vm_state *s, uint32_t number, vm_paddr pa)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];
  uint64_t start = start_of (slab).v;

  if (pa.v < start || (pa.v - start) % cache->size != 0
      || (pa.v - start) / cache->size >= cache->objects)
    return VM_NONE;
  return (uint32_t) ((pa.v - start) / cache->size);
}

void
vm_slab_put (struct vm_tape *t, const struct vm_state *s, uint32_t number,
             vm_paddr object)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];
  bool active = cache->active == number, was_full = slab->free == 0;
  bool empty = slab->used == 1;
  uint64_t va = address_of (s, slab) + object.v - start_of (slab).v;
  enum vm_slab_state after = active  ? VM_SLAB_ACTIVE
                             : empty ? VM_SLAB_EMPTY
                                     : VM_SLAB_PARTIAL;

  vm_step_leaf (t, VM_STEP_OBJECT_PUT,
                (uint64_t[VM_STEP_VALUES]){cache->size, slab->frame, va,
                                           slab->free, slab->used - 1, after});
  vm_memory_write (t, s, link_of (s, object, cache->size), word_of (s),
                   slab->free);
  vm_put_u64 (t, &slab->free, va);
  vm_put_u32 (t, &slab->used, slab->used - 1);
  vm_put_u64 (t, &cache->used, cache->used - 1);
  if (active)
    return;
  if (was_full)
    join (t, s, number);
}

void
vm_slab_trim (struct vm_tape *t, const struct vm_state *s, uint32_t number)
{
  const struct vm_slab_cache *cache = &s->caches[s->slabs[number].cache];

  if (vm_slab_state_of (s, number) == VM_SLAB_EMPTY
      && cache->partial >= vm_slab_kept (cache->size))
    discard (t, s, number);
}

enum vm_slab_state
vm_slab_state_of (const struct vm_state *s, uint32_t number)
{
  const struct vm_slab_record *slab = &s->slabs[number];

  if (s->caches[slab->cache].active == number)
    return VM_SLAB_ACTIVE;
  if (slab->free == 0)
    return VM_SLAB_FULL;
  return slab->used == 0 ? VM_SLAB_EMPTY : VM_SLAB_PARTIAL;
}

uint64_t
vm_slab_next (const struct vm_state *s, uint32_t number, uint64_t object)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  uint64_t start = start_of (slab).v, va = address_of (s, slab);
  vm_paddr link = link_of (s, vm_paddr_of (start + object - va),
                           s->caches[slab->cache].size);
  uint64_t next = vm_memory_read (s, link, word_of (s));

  return vm_slab_index (s, number, vm_paddr_of (start + next - va)) == VM_NONE
             ? 0
             : next;
}
