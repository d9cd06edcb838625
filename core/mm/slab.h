/* Slabs: frames cut into objects of one size, for kmalloc.
 *
 *   cache kmalloc-96     active -> | o o o . . |      objects come from here
 *                        partial -> | o . . o . | -> | . . . . . |   (one
 * empty) full      | o o o o o |      in no list
 *
 *   a slab of 2^order frames, head first
 *   | object | object | free: next ------> free: next --> 0 | object | rest |
 *            ^                                                        unused
 *            the first free one is known; the others by a pointer that lies in
 *            the middle of each
 *
 * 100 bytes come from the smallest size that holds them, 128; above 8 KiB whole
 * frames are given. From an address its frame follows, from that the slab's
 * first one (compound_head), from that the slab and its cache. Rules: mm/slub.c
 * and mm/slab_common.c of Linux 6.x (calculate_order, __slab_free,
 * set_min_partial). What is left out: a slab for each processor, hardened and
 * shuffled lists of free objects, smaller slabs where memory is scarce, caches
 * with names of their own. */
#ifndef VM_SLAB_H
#define VM_SLAB_H

#include "mm/frames.h"

#define VM_KMALLOC_MOST UINT64_C (8192)

/* How a cache's slabs are cut. */
struct vm_slab_shape {
  uint32_t size, order, objects;
};

/* The class of so many bytes, 0 < bytes <= VM_KMALLOC_MOST; and what its
 * objects have. */
uint32_t vm_slab_class (uint64_t bytes);
uint32_t vm_slab_class_size (uint32_t class);

/* "kmalloc-1k" of a cache, "dma-kmalloc-1k"; as long as the name is used. */
const char *vm_slab_cache_name (uint32_t cache);

/* The shape that a machine with so many processors chooses for objects of a
 * size (calculate_order). */
struct vm_slab_shape vm_slab_shape_of (uint32_t size, uint32_t cpus);

/* Partial slabs that a cache of objects of a size has at least before empty
 * ones among them are given back (min_partial). */
uint32_t vm_slab_kept (uint32_t size);

/* Gives all caches their shapes. */
void vm_slab_begin (struct vm_tape *t, const struct vm_state *s);

/* Gives an object of a cache; *slab gets its slab's number. False: there is no
 * block of frames for a new slab. */
bool vm_slab_take (struct vm_tape *t, const struct vm_state *s, uint32_t cache,
                   enum vm_gfp gfp, vm_paddr *object, uint32_t *slab);

/* The slab that an address lies in; 0: in none. */
uint32_t vm_slab_of (const struct vm_state *s, vm_paddr pa);

/* Which object of a slab begins at an address; VM_NONE: none. */
uint32_t vm_slab_index (const struct vm_state *s, uint32_t slab, vm_paddr pa);

/* Takes an object of a slab back. */
void vm_slab_put (struct vm_tape *t, const struct vm_state *s, uint32_t slab,
                  vm_paddr object);

/* Gives the frames of a slab back, if it is empty and its cache has others
 * enough. */
void vm_slab_trim (struct vm_tape *t, const struct vm_state *s, uint32_t slab);

enum vm_slab_state vm_slab_state_of (const struct vm_state *s, uint32_t slab);

/* The free object behind a free one of a slab, by its address, as it stands
 * there; 0: none, or somebody wrote into memory that he had freed, and nobody
 * knows any more. */
uint64_t vm_slab_next (const struct vm_state *s, uint32_t slab,
                       uint64_t object);

#endif
