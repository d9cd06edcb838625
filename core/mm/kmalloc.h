/* What the kernel's code calls for memory: __get_free_pages, kmalloc, and to
 * give it back.
 *
 *   kmalloc (100)   --> kmalloc-128 --> an object of a slab
 *   kmalloc (10000) --> 4 frames in a row     (above 8 KiB, at most 4 MiB)
 *   get_pages (2)   --> 4 frames in a row
 *                       all have addresses in the direct map, and lie in a row
 *                       in physical memory, too
 *
 * Rules: mm/slab_common.c, mm/page_alloc.c of Linux 6.x; __get_free_pages
 * takes no high memory, alloc_pages with GFP_HIGHUSER does: what lies there has
 * no address. */
#ifndef VM_KMALLOC_H
#define VM_KMALLOC_H

#include "mm/grant.h"

/* What kmalloc (0) returns: no memory, and may be freed (ZERO_SIZE_PTR). */
#define VM_KMALLOC_NOTHING UINT64_C (16)

/* What was given. */
struct vm_given {
  uint64_t va;    /* 0: NULL, or no address */
  uint32_t frame; /* VM_NONE: nothing */
  uint64_t pa;
  uint64_t bytes; /* that it really has */
};

/* True if this machine's kernel can be asked: it has blocks, and addresses. */
bool vm_kmalloc_possible (const struct vm_state *s);

/* 2^order frames for a module (a name, or VM_NONE). False: there are none. */
bool vm_pages_give (struct vm_tape *t, const struct vm_state *s, uint32_t order,
                    enum vm_gfp gfp, uint32_t module, struct vm_given *given);

/* The same for so many bytes; frame is the one that they begin in. */
bool vm_kmalloc (struct vm_tape *t, const struct vm_state *s, uint64_t bytes,
                 enum vm_gfp gfp, uint32_t module, struct vm_given *given);

/* Gives 2^order frames back, by their first one. False, and told, if no such
 * block was given by vm_pages_give. */
bool vm_pages_take_back (struct vm_tape *t, const struct vm_state *s,
                         uint64_t va, uint32_t frame, uint32_t order);

/* Gives back what kmalloc returned; NULL is harmless. False, and told, if that
 * was never returned, or is free already. */
bool vm_kfree (struct vm_tape *t, const struct vm_state *s, uint64_t va);

#endif
