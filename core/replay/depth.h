/* Why a TLB that is only sketched missed a page: what shadow.h tells of a real
 * one, without looking through it.
 *
 *   (head) -- 5 -- 9 -- 2 -- 7 -- | -- 4 -- 8 -- 3 -- (head)
 *             newest        gone  edge          gone
 *
 * One ring holds the pages in the TLB and those thrown out of it but still in
 * memory, in order of use, the latter at most as many as the TLB has entries.
 * The edge lies behind as many pages as there are entries: a page that is
 * missed was gone for lack of sets if it lies before it, for lack of entries
 * otherwise. When a page moves the edge moves by one at most, so nothing is
 * ever counted. Pages go by their frames, as in sketch.h. */
#ifndef VM_DEPTH_H
#define VM_DEPTH_H

#include "replay/shadow.h"
#include "replay/sketch.h"

struct vm_depth_node {
  uint64_t used;
  uint32_t frame;
  uint16_t newer, older;
  bool gone; /* thrown out of the TLB */
  bool near; /* before the edge */
};

struct vm_depth {
  uint32_t entries;            /* of the TLB; 0: there is none */
  uint32_t unit;               /* which of the first level's it is */
  struct vm_depth_node *nodes; /* 0: the head */
  uint32_t free;               /* a node that holds nothing; `older` leads on */
  uint32_t edge;               /* the last one before it; 0: none */
  uint32_t oldest;             /* of those gone; 0: none */
  uint32_t near, gone;         /* how many there are */
};

/* An empty one. False if the host gives no memory; then nothing is to be
 * released. */
bool vm_depth_init (struct vm_depth *depth, uint32_t entries, uint32_t unit);
void vm_depth_done (struct vm_depth *depth);

/* Makes another that knows the same. False as above. */
bool vm_depth_copy (struct vm_depth *to, const struct vm_depth *from);

/* The page in a frame, which is in the TLB now, was used. */
void vm_depth_use (struct vm_depth *depth, struct vm_sketch_frame *frames,
                   uint32_t frame, uint64_t now);

/* The TLB throws the page in a frame out to make room. */
void vm_depth_throw (struct vm_depth *depth, struct vm_sketch_frame *frames,
                     uint32_t frame);

/* The page in a frame is not in the TLB, and is in no way new: why? Forgets it.
 */
enum vm_miss vm_depth_ask (struct vm_depth *depth,
                           struct vm_sketch_frame *frame);

/* A page leaves memory. True if it was in the TLB or remembered. */
bool vm_depth_forget (struct vm_depth *depth, struct vm_sketch_frame *frame);

/* The node of the page that was used next before that of another node; 0: the
 * latest of all. 0 if there is none. */
uint32_t vm_depth_before (const struct vm_depth *depth, uint32_t node);

#endif
