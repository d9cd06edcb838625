/* What the state keeps of pools: frames that a replacement policy looks after.
 *
 * policy/pool.h says what the parts are for. A machine has room for
 * VM_MAX_POOLS of them, side by side: pool n's frames begin at
 * n * VM_POOL_FRAMES in each array. They run along one string of references,
 * each at its own pace, and note what came of it. */
#ifndef VM_POOL_STATE_H
#define VM_POOL_STATE_H

#include "types.h"

#define VM_MAX_POOLS 20
#define VM_POOL_FRAMES 64      /* of one pool in the state */
#define VM_MAX_REFERENCES 2048 /* of the string */

enum vm_policy {
  VM_POLICY_FIFO,
  VM_POLICY_LRU,
  VM_POLICY_MRU,
  VM_POLICY_CLOCK_SET,   /* the reference bit is set when a page is loaded */
  VM_POLICY_CLOCK_CLEAR, /* it is set by later references only */
  VM_POLICY_SECOND_CHANCE,
  VM_POLICY_NRU,
  VM_POLICY_AGING,
  VM_POLICY_LFU,
  VM_POLICY_LFU_AGING,
  VM_POLICY_RANDOM,
  VM_POLICY_OPT,
  VM_POLICY_TWO_LIST, /* the active and the inactive list of Linux */
  VM_POLICY_2Q,
  VM_POLICY_ARC,
  VM_POLICY_SIEVE,
  VM_POLICY_S3_FIFO
};
#define VM_POLICIES (VM_POLICY_S3_FIFO + 1)

/* "Never": what the next use of a page is that is not used again. */
#define VM_NEVER UINT64_MAX

/* The ends of a list that runs through frames, or through ghosts. */
struct vm_pool_list {
  uint32_t newest, oldest; /* VM_NONE when the list is empty */
  uint32_t size;
};

/* What a pool has once. */
struct vm_pool_record {
  uint64_t random; /* what random replacement drew last */
  uint64_t tick;   /* references so far, where the policy counts them */
  uint32_t policy; /* enum vm_policy */
  uint32_t name;   /* interned; 0 where nobody asks */
  uint32_t frames;
  uint32_t used;     /* frames that hold a page */
  uint32_t lowest;   /* no frame below this one is empty */
  uint32_t hand;     /* a frame; of a list VM_NONE: it stands at the end */
  uint32_t target;   /* what a policy wants the first list to hold */
  uint32_t interval; /* references between two ticks */
  uint32_t ghosts;   /* pages that left and can be remembered */
  uint32_t buckets;  /* a power of two; 0 where there are no ghosts */
  struct vm_pool_list lists[2];       /* of frames */
  struct vm_pool_list ghost_lists[2]; /* of ghosts */
  uint32_t ghost_free; /* ghosts from here on were never used ... */
  uint32_t ghost_left; /* ... and those from here on are linked by older */
  uint32_t pending;    /* OPT: the frames used since the latest victim */
  uint32_t heaped;     /* frames in the heap */
  uint32_t due;        /* references until the next tick */
  uint32_t reserved;
};

/* What a pool has for each frame. */
struct vm_pool_frame {
  uint32_t older, newer; /* neighbours in a list, or VM_NONE */
  uint8_t used;          /* holds a page */
  uint8_t referenced;    /* the bit that a reference sets */
  uint8_t dirty;         /* was written to since it was loaded */
  uint8_t pinned;        /* may not be evicted */
  uint8_t list;          /* which of the two lists it is in */
  uint8_t count;         /* a small number; its policy says what it counts */
  uint16_t reserved;
};

/* By what frames are compared: the smallest goes, key first. */
struct vm_pool_rank {
  uint64_t key, tie;
};

/* The n-th slot of the heap. Both halves are about different frames: the one
 * that lies in this slot, and the one whose number is n. */
struct vm_pool_slot {
  struct vm_pool_rank rank; /* of the frame that lies here */
  uint32_t frame;           /* which that is */
  uint32_t position;        /* the slot that frame n lies in */
};

/* A page that left. */
struct vm_pool_ghost {
  uint64_t page;
  uint32_t older, newer; /* neighbours in a ghost list */
  uint32_t chain;        /* the next ghost of the same bucket, or VM_NONE */
  uint32_t list;         /* which of the two ghost lists it is in */
};

/* One reference of the string. */
struct vm_string_entry {
  uint64_t page;
  uint32_t next; /* where the page comes again, as far as is known; VM_NONE */
  uint8_t write;
  uint8_t reserved;
  uint16_t reserved16;
};

/* How far a pool has come along the string. */
struct vm_pool_course {
  uint64_t hits, faults, writebacks;
  uint32_t position; /* references made */
  uint32_t reserved;
};

enum vm_pool_outcome {
  VM_POOL_NOTHING, /* not referred to yet */
  VM_POOL_HIT,
  VM_POOL_LOADED,  /* into an empty frame */
  VM_POOL_REPLACED /* in place of a victim */
};

/* What a reference of the string came to in a pool. */
struct vm_pool_event {
  uint64_t victim; /* its page, where there was one */
  uint32_t frame;  /* in which the page lies */
  uint8_t outcome; /* enum vm_pool_outcome */
  uint8_t written; /* the victim was dirty */
  uint16_t reserved;
};

#endif
