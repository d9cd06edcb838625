/* What the state keeps of the kernel's own allocators: blocks, slabs, grants.
 *
 *   lists    zone x order -> first block -> next -> ...      (free_area)
 *   blocks   order 0 | order 1 | ... | order 10      a record per possible
 * block caches   kmalloc-8, kmalloc-16 ...  -> partial slab -> next -> ...
 *   slabs    a record per slab: its frames, its first free object
 *   grants   what was given to the kernel's code and has not come back
 *
 * Blocks of one order lie together, so that a large machine's few blocks of the
 * highest order touch few pages of the host. mm/buddy.h, mm/slab.h and
 * mm/grant.h say what is done with them. */
#ifndef VM_BUDDY_STATE_H
#define VM_BUDDY_STATE_H

#include "types.h"

#define VM_BUDDY_ORDERS 11 /* blocks of 1, 2, 4 ... 1,024 frames */
#define VM_BUDDY_ZONES 4   /* as many as VM_ZONES */
/* A record for each block of each order of 2^20 frames. */
#define VM_BUDDY_BLOCKS ((2u << 20) - (1u << 10))
#define VM_SLAB_CLASSES 13                   /* kmalloc-8 ... kmalloc-8k */
#define VM_SLAB_CACHES (2 * VM_SLAB_CLASSES) /* and the same in zone DMA */
#define VM_MAX_SLABS 32768u                  /* number 0 is nobody's */
#define VM_MAX_GRANTS 65536u                 /* number 0 is nobody's */
#define VM_GRANT_CHAINS 4096u

/* A place for a block of 2^order frames. */
struct vm_buddy_block {
  uint32_t next, previous; /* first frames of its neighbours in its list; 0:
                              none */
  uint32_t free;           /* 1: it is in its list */
};

/* The free blocks of an order in a zone. */
struct vm_buddy_list {
  uint32_t first, last; /* first frames of blocks; 0: it is empty */
  uint32_t blocks;
};

/* What has happened since the machine was built. */
struct vm_buddy_counts {
  uint64_t splits, merges;
  uint64_t fallbacks; /* blocks that came from a lower zone than the best */
  uint64_t refused;   /* requests that got nothing */
  uint64_t bad_frees; /* of what nobody had been given */
  uint64_t leaked;    /* grants whose owner went without them */
  uint64_t leaked_bytes;
  uint64_t huge_splits; /* large pages cut into small ones' entries */
  uint64_t taken[VM_BUDDY_ORDERS]; /* blocks given, by order */
};

/* Objects of one size (struct kmem_cache). */
struct vm_slab_cache {
  uint32_t size;        /* bytes of an object; 0: no machine minds it yet */
  uint32_t order;       /* a slab has 2^order frames */
  uint32_t objects;     /* in a slab */
  uint32_t active;      /* slab that objects come from now; 0: none */
  uint32_t first, last; /* partial slabs, empty ones among them; 0: none */
  uint32_t partial;     /* how many */
  uint32_t slabs;       /* of all kinds */
  uint64_t used;        /* objects given out */
  uint64_t asked;       /* bytes that were asked for them */
};

/* Frames cut into objects (struct slab). */
struct vm_slab_record {
  uint64_t free; /* address of its first free object; 0: it is full */
  uint32_t frame;
  uint32_t cache;
  uint32_t used;           /* objects given out */
  uint32_t next, previous; /* in the list of partial ones; of a free record,
                              next: the next one */
  uint32_t listed;         /* 1: it is in that list */
};

/* What the kernel's code was given. */
struct vm_grant {
  uint64_t address; /* physical */
  uint64_t asked;   /* bytes */
  uint32_t module;  /* interned name of who asked; VM_NONE: nobody said */
  uint32_t kind;    /* enum vm_grant_kind, steps.h; 0: this one is free */
  uint32_t order; /* of whole frames: 2^order of them; of an object: its slab */
  uint32_t next;  /* in its chain, or, of a free one, the next; 0: the last */
  uint32_t leaked; /* 1: who asked is gone */
  uint32_t reserved;
};

#endif
