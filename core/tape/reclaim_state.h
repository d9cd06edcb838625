/* What the state keeps of reclaim: lists of frames, swap, resident sets.
 *
 *   lists   inactive anon | active anon | inactive file | active file | locked
 *   links   a record per managed frame: its neighbours in one of them, and its
 *           slot, if it is in the swap cache
 *   areas   swap area 0 | area 1 | ...
 *   slots   | header | slot 1 | slot 2 | ...   who names each, and which frame
 *           still has its bytes; those of shared memory are also found by file
 *           and page (slot_chains)
 *   sets    where a policy looks for victims by itself: a pool per address
 *           space, or one for all of memory
 *
 * mm/lru.h, mm/swap.h and mm/resident_set.h say what is done with them. */
#ifndef VM_RECLAIM_STATE_H
#define VM_RECLAIM_STATE_H

#include "tape/pool_state.h"

#define VM_MAX_SWAPS 4       /* swap areas */
#define VM_SWAP_SLOTS 65536u /* of all areas: 256 MiB */
#define VM_SET_FRAMES 65536u /* pages in resident sets, of all processes */
#define VM_MAX_PINS 256      /* pages that devices hold */
#define VM_SLOT_CHAINS 1024  /* of the table of shared memory's slots */

/* Who looks for victims. */
enum vm_reclaim {
  VM_RECLAIM_OFF,   /* nobody: memory that is full is full */
  VM_RECLAIM_LINUX, /* the kernel's lists, by the accessed bits of entries */
  VM_RECLAIM_POLICY /* one of enum vm_policy, which hears of every access */
};

/* Linux's lists of frames (enum lru_list). */
enum vm_lru {
  VM_LRU_INACTIVE_ANON,
  VM_LRU_ACTIVE_ANON,
  VM_LRU_INACTIVE_FILE,
  VM_LRU_ACTIVE_FILE,
  VM_LRU_UNEVICTABLE,
  VM_LRU_NONE
};
#define VM_LRUS VM_LRU_NONE

/* One of them. */
struct vm_lru_list {
  uint32_t newest, oldest; /* frames; 0: it is empty */
  uint32_t size;
  uint32_t reserved;
};

/* What reclaim keeps of a managed frame (also struct page). */
struct vm_frame_link {
  uint32_t older, newer; /* neighbours in its list; 0: none */
  uint32_t slot;         /* in the swap cache: its slot */
  uint32_t pins;         /* references of those who do I/O to it */
  uint8_t list;          /* 1 + enum vm_lru; 0: it is in none */
  uint8_t referenced;    /* found used once, and spared (PG_referenced) */
  uint16_t reserved;
};

/* A swap area: a disk, or a part of it, that pages go to. */
struct vm_swap_area {
  uint32_t first; /* number of its slot 0, which is the header */
  uint32_t slots; /* header included; 0: there is no such area */
  uint32_t used;  /* that hold a page, or are about to */
  uint32_t next;  /* where the search for a free one begins */
  uint32_t block; /* of the disk, that slot 0 is */
  uint32_t writes;
  uint32_t fails;    /* number of the write that goes wrong; 0: none does */
  uint32_t closed;   /* 1: swapoff empties it, and no page goes there */
  uint32_t priority; /* of the next slot, as int32_t: the highest has it */
  uint32_t turn;     /* among areas of one priority: the least has it */
};

/* A slot of an area (swap_map). */
struct vm_swap_record {
  uint32_t count;  /* entries of page tables that name it; and a file may */
  uint32_t frame;  /* in the swap cache that has the same bytes; 0: none */
  uint32_t shadow; /* evictions, when its page went; 0: it did not yet */
  uint32_t file;   /* shared memory: whose page it is; 0: nobody's */
  uint64_t page;   /* and which */
  uint32_t next;   /* in its chain of slot_chains; 0: it is the last */
  uint32_t reserved;
};

/* A page that a device reads or writes (FOLL_LONGTERM). */
struct vm_pin {
  uint64_t va;
  uint32_t mm; /* who asked for it; VM_NONE: this one is free */
  uint32_t frame;
};

/* What reclaim has once. */
struct vm_reclaim_record {
  uint64_t evictions;    /* and activations: the age of the lists */
  uint32_t how;          /* enum vm_reclaim */
  uint32_t turn;         /* of anon and file, by swappiness */
  uint32_t failures;     /* runs of kswapd in a row that freed nothing */
  uint32_t pins;         /* numbers of pins used so far */
  uint32_t ahead_offset; /* in its area, of the slot read last (prev_offset) */
  uint32_t ahead_size;   /* slots of the latest window (last_readahead_pages) */
  uint32_t ahead_hits;   /* pages read ahead that were used since then */
  uint32_t reserved;
};

#endif
