/* Blocks for the kernel's code: which zones may serve, and how low they may go.
 *
 *   GFP_HIGHUSER   HighMem -> Normal -> DMA32 -> DMA      what a flag names is
 *   GFP_KERNEL                Normal -> DMA32 -> DMA      the highest; a zone
 *   GFP_DMA32                           DMA32 -> DMA      that the machine does
 *   GFP_DMA                                      DMA      not have: Normal
 *
 *   free frames of the zone
 *   |..................... low      first all zones are tried down to here,
 *   |.............. min             then, once kswapd was woken, to here;
 *   |........ 3/8 of min            GFP_ATOMIC to here, for it cannot wait
 *   +---- 0
 *
 * Each zone has its part of the machine's watermarks. What could have been
 * served by a higher zone must leave it more (lowmem_reserve), lest memory for
 * old devices be used up. Rules: include/linux/gfp.h (gfp_zone),
 * __zone_watermark_ok, setup_per_zone_lowmem_reserve of mm/page_alloc.c, Linux
 * 6.x. What is left out: compaction, so that what lies scattered stays so, and
 * the other marks of high memory. */
#ifndef VM_GFP_H
#define VM_GFP_H

#include "mm/buddy.h"

enum vm_zone_mark { VM_MARK_MIN, VM_MARK_LOW, VM_MARK_HIGH };

/* The highest zone that a request may be served from. */
enum vm_zone vm_gfp_zone (const struct vm_state *s, enum vm_gfp gfp);

/* A zone's part of a watermark, in frames. */
uint32_t vm_zone_mark (const struct vm_state *s, enum vm_zone zone,
                       enum vm_zone_mark mark);

/* Frames that a zone keeps from requests that begin at a higher one. */
uint32_t vm_zone_reserve (const struct vm_state *s, enum vm_zone zone,
                          enum vm_zone highest);

/* Finds the first frame of a block: zone after zone is tried, each told, and
 * frames are freed where the request may wait for that. Nothing is taken yet.
 * VM_NONE: there is none. */
uint32_t vm_gfp_find (struct vm_tape *t, const struct vm_state *s,
                      enum vm_gfp gfp, uint32_t order);

#endif
