/* Which pages a TLB holds, in order of use, and nothing else of it.
 *
 *   set 0   (head) -- frame 7 -- frame 2 -- empty -- empty -- (head)
 *   set 1   (head) -- ...
 *             newest                         oldest
 *
 * Skimming (skim.h) needs no more: with the least recently used thrown out,
 * what a set holds depends on that order alone. Each set is a ring, so any
 * number of ways costs the same. Only pages in memory are held, so they go by
 * their frames: what is kept of those lies closer together than pages do. */
#ifndef VM_SKETCH_H
#define VM_SKETCH_H

#include "mmu/tlb.h"

/* TLBs: of data or all, of instructions, the second level. */
#define VM_SKETCHES 3u

/* What is kept of a frame. */
struct vm_sketch_frame {
  uint32_t page;               /* number of the page in it */
  uint16_t place[VM_SKETCHES]; /* its way in each TLB; 0: not there */
  uint16_t node[2];            /* where the first level's depths have it */
  uint16_t reserved;
};

struct vm_sketch_way {
  uint32_t frame;        /* VM_NONE: empty */
  uint16_t newer, older; /* in the ring of its set */
  uint64_t used;         /* when it was used last */
};

struct vm_sketch {
  struct vm_tlb tlb;          /* sets 0: there is no such TLB */
  uint32_t unit;              /* which of them it is */
  struct vm_sketch_way *ways; /* the heads of all sets come first */
};

/* An empty one. False if the host gives no memory; then nothing is to be
 * released. */
bool vm_sketch_init (struct vm_sketch *sketch, const struct vm_tlb *tlb,
                     uint32_t unit);
void vm_sketch_done (struct vm_sketch *sketch);

/* Makes another that holds the same. False as above. */
bool vm_sketch_copy (struct vm_sketch *to, const struct vm_sketch *from);

/* Nothing is held any more. */
void vm_sketch_empty (struct vm_sketch *sketch, struct vm_sketch_frame *frames);

/* The head of the ring that a page belongs to. */
static inline uint32_t
vm_sketch_head (const struct vm_sketch *sketch, uint64_t key)
{
  return vm_tlb_set_of (&sketch->tlb, key >> 12);
}

/* Moves a way between a neighbour and the one that is older than it. */
VM_ALWAYS_INLINE void
vm_sketch_move (struct vm_sketch *sketch, uint32_t way, uint32_t newer)
{
  struct vm_sketch_way *ways = sketch->ways, *w = &ways[way];

  ways[w->newer].older = w->older;
  ways[w->older].newer = w->newer;
  w->newer = (uint16_t) newer;
  w->older = ways[newer].older;
  ways[w->older].newer = (uint16_t) way;
  ways[newer].older = (uint16_t) way;
}

/* The way, not 0, that holds a page was used. */
VM_ALWAYS_INLINE void
vm_sketch_use (struct vm_sketch *sketch, uint64_t key, uint32_t way,
               uint64_t now)
{
  sketch->ways[way].used = now;
  /* Heads come first: the newest follows one. */
  if (sketch->ways[way].newer >= sketch->tlb.sets)
    vm_sketch_move (sketch, way, vm_sketch_head (sketch, key));
}

/* The page in a frame comes in, in place of the oldest of its set. Returns the
 * frame of that, or VM_NONE. */
static inline uint32_t
vm_sketch_fill (struct vm_sketch *sketch, struct vm_sketch_frame *frames,
                uint64_t key, uint32_t frame, uint64_t now)
{
  uint32_t head = vm_sketch_head (sketch, key);
  uint32_t way = sketch->ways[head].newer;
  uint32_t out = sketch->ways[way].frame;

  if (out != VM_NONE)
    frames[out].place[sketch->unit] = 0;
  frames[frame].place[sketch->unit] = (uint16_t) way;
  sketch->ways[way].frame = frame;
  sketch->ways[way].used = now;
  vm_sketch_move (sketch, way, head);
  return out;
}

/* The page in a frame, which is held, goes: its way becomes the first to be
 * filled. */
static inline void
vm_sketch_drop (struct vm_sketch *sketch, struct vm_sketch_frame *frame,
                uint64_t key)
{
  uint32_t way = frame->place[sketch->unit];
  uint32_t oldest = sketch->ways[vm_sketch_head (sketch, key)].newer;

  frame->place[sketch->unit] = 0;
  sketch->ways[way].frame = VM_NONE;
  if (way != oldest)
    vm_sketch_move (sketch, way, oldest);
}

#endif
