/* Gives memory to the kernel's code. */
#include "mm/kmalloc.h"

#include "mm/gfp.h"
#include "mm/kernel_layout.h"
#include "mm/slab.h"

static bool
refuse (struct vm_tape *t, const struct vm_state *s, struct vm_given *given)
{
  *given = (struct vm_given){.frame = VM_NONE};
  vm_put_u64 (t, &s->buddy_counts.refused, s->buddy_counts.refused + 1);
  return false;
}

/* Says what was given, and writes it down. */
static void
grant (struct vm_tape *t, const struct vm_state *s, enum vm_grant_kind kind,
       uint64_t asked, uint32_t module, uint32_t order, vm_paddr pa,
       uint64_t bytes, struct vm_given *given)
{
  vm_vaddr va = vm_vaddr_of (0);
  uint64_t offset = pa.v & ((UINT64_C (1) << s->config.page_shift) - 1);

  vm_kernel_address (s, vm_paddr_frame (pa, s->config.page_shift), &va);
  *given = (struct vm_given){
      .va = va.v == 0 ? 0 : va.v + offset,
      .frame = (uint32_t) (pa.v >> s->config.page_shift),
      .pa = pa.v,
      .bytes = bytes,
  };
  vm_grant_add (t, s,
                &(struct vm_grant){.address = pa.v,
                                   .asked = asked,
                                   .module = module,
                                   .kind = kind,
                                   .order = order});
}

/* Whole frames, for either. */
static bool
give_frames (struct vm_tape *t, const struct vm_state *s,
             enum vm_grant_kind kind, uint32_t order, enum vm_gfp gfp,
             uint64_t asked, uint32_t module, struct vm_given *given)
{
  uint32_t shift = s->config.page_shift;
  struct vm_frame_use use
      = {.role = VM_FRAME_KERNEL, .owner = VM_NONE, .count = 1u << order};
  uint32_t frame = order > VM_BUDDY_MOST ? VM_NONE
                                         : vm_gfp_find (t, s, gfp, order);

  if (frame == VM_NONE)
    return refuse (t, s, given);
  vm_frames_take_at (t, s, &use, vm_frame_of (frame));
  grant (t, s, kind, asked, module, order,
         vm_frame_start (vm_frame_of (frame), shift),
         UINT64_C (1) << (order + shift), given);
  return true;
}

/* The cache for so many bytes: objects for old devices have their own. */
static uint32_t
cache_of (const struct vm_state *s, uint64_t bytes, enum vm_gfp gfp)
{
  bool dma = gfp == VM_GFP_DMA && vm_gfp_zone (s, gfp) == VM_ZONE_DMA;

  return vm_slab_class (bytes) + (dma ? VM_SLAB_CLASSES : 0);
}

static bool
give_object (struct vm_tape *t, const struct vm_state *s, uint64_t bytes,
             enum vm_gfp gfp, uint32_t module, struct vm_given *given)
{
  const struct vm_slab_cache *cache = &s->caches[cache_of (s, bytes, gfp)];
  uint32_t slab;
  vm_paddr object;

  if (!vm_slab_take (t, s, cache_of (s, bytes, gfp), gfp, &object, &slab))
    return refuse (t, s, given);
  vm_put_u64 (t, &cache->asked, cache->asked + bytes);
  grant (t, s, VM_GRANT_OBJECT, bytes, module, slab, object, cache->size,
         given);
  return true;
}

/* Nobody was given that. */
static bool
tell_bad (struct vm_tape *t, const struct vm_state *s,
          enum vm_kernel_function function, uint64_t va)
{
  vm_step_leaf (t, VM_STEP_BAD_FREE, (uint64_t[VM_STEP_VALUES]){function, va});
  vm_put_u64 (t, &s->buddy_counts.bad_frees, s->buddy_counts.bad_frees + 1);
  return false;
}

static void
take_frames_back (struct vm_tape *t, const struct vm_state *s, uint32_t number)
{
  const struct vm_grant *grant = &s->grants[number];
  uint64_t frame = grant->address >> s->config.page_shift;
  uint64_t count = UINT64_C (1) << grant->order;

  vm_step_leaf (t, VM_STEP_FRAME_FREE,
                (uint64_t[VM_STEP_VALUES]){frame, VM_FRAME_KERNEL});
  vm_grant_drop (t, s, number);
  vm_frames_put (t, s, vm_frame_of (frame), count);
}

/* From an address to its frame, the slab's first frame, and the slab. */
static void
take_object_back (struct vm_tape *t, const struct vm_state *s, uint64_t va,
                  uint32_t number)
{
  const struct vm_grant *grant = &s->grants[number];
  vm_paddr pa = vm_paddr_of (grant->address);
  uint32_t slab = vm_slab_of (s, pa);
  const struct vm_slab_cache *cache = &s->caches[s->slabs[slab].cache];

  vm_step_leaf (t, VM_STEP_SLAB_FIND,
                (uint64_t[VM_STEP_VALUES]){cache->size, s->slabs[slab].frame,
                                           va, pa.v >> VM_PAGE_SHIFT,
                                           vm_slab_index (s, slab, pa)});
  vm_slab_put (t, s, slab, pa);
  vm_put_u64 (t, &cache->asked, cache->asked - grant->asked);
  vm_grant_drop (t, s, number);
  vm_slab_trim (t, s, slab);
}

bool
vm_kmalloc_possible (const struct vm_state *s)
{
  struct vm_kernel_layout layout;

  return vm_buddy_on (s) && s->config.page_shift == VM_PAGE_SHIFT
         && vm_kernel_layout_of (s, &layout);
}

bool
vm_pages_give (struct vm_tape *t, const struct vm_state *s, uint32_t order,
               enum vm_gfp gfp, uint32_t module, struct vm_given *given)
{
  return give_frames (t, s, VM_GRANT_PAGES, order, gfp,
                      UINT64_C (1) << (order + s->config.page_shift), module,
                      given);
}

bool
vm_kmalloc (struct vm_tape *t, const struct vm_state *s, uint64_t bytes,
            enum vm_gfp gfp, uint32_t module, struct vm_given *given)
{
  uint64_t page = VM_PAGE_SIZE;

  /* What the kernel has no address for is no use to it: the flag is dropped
   * (kmalloc_fix_flags). */
  if (gfp == VM_GFP_HIGHUSER || gfp == VM_GFP_DMA32)
    gfp = VM_GFP_KERNEL;
  *given = (struct vm_given){.va = VM_KMALLOC_NOTHING, .frame = VM_NONE};
  if (bytes == 0)
    return true;
  if (bytes <= VM_KMALLOC_MOST)
    return give_object (t, s, bytes, gfp, module, given);
  uint64_t frames = bytes / page + (bytes % page != 0);
  return give_frames (t, s, VM_GRANT_LARGE, vm_buddy_order_of (frames), gfp,
                      bytes, module, given);
}

bool
vm_pages_take_back (struct vm_tape *t, const struct vm_state *s, uint64_t va,
                    uint32_t frame, uint32_t order)
{
  vm_paddr pa = vm_frame_start (vm_frame_of (frame), s->config.page_shift);
  uint32_t number = vm_grant_find (s, VM_GRANT_PAGES, pa.v);

  if (frame == VM_NONE || number == 0 || s->grants[number].order != order)
    return tell_bad (t, s, VM_FUNCTION_FREE_PAGES, va);
  take_frames_back (t, s, number);
  return true;
}

bool
vm_kfree (struct vm_tape *t, const struct vm_state *s, uint64_t va)
{
  vm_frame frame;

  if (va == 0 || va == VM_KMALLOC_NOTHING)
    return true;
  if (!vm_kernel_frame (s, vm_vaddr_of (va), &frame))
    return tell_bad (t, s, VM_FUNCTION_KFREE, va);
  uint64_t pa = vm_frame_start (frame, VM_PAGE_SHIFT).v + va % VM_PAGE_SIZE;
  uint32_t object = vm_grant_find (s, VM_GRANT_OBJECT, pa);
  uint32_t large = vm_grant_find (s, VM_GRANT_LARGE, pa);
  if (object != 0)
    take_object_back (t, s, va, object);
  else if (large != 0)
    take_frames_back (t, s, large);
  else
    return tell_bad (t, s, VM_FUNCTION_KFREE, va);
  return true;
}
