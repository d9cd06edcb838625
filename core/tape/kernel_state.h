/* What the state keeps of the kernel's half: what was built there, and what is
 * mapped there for a while.
 *
 *   kernel      which Linux, where its bases are, frames that are its own
 *   vmallocs    areas of the vmalloc space, in a list by address
 *   pkmaps      windows that kmap opens, one page each; all processors' own
 *   kmap_slots  windows of a processor, the first ones opened the last to close
 *
 * mm/kernel.h, mm/vmalloc.h and mm/kmap.h say what is done with them. */
#ifndef VM_KERNEL_STATE_H
#define VM_KERNEL_STATE_H

#include "types.h"

#define VM_MAX_VMALLOCS 256 /* areas; number 0 is nobody's */
#define VM_MAX_PKMAPS 1024  /* LAST_PKMAP, without PAE */
#define VM_KMAP_DEPTH 16    /* windows of a processor (KM_MAX_IDX) */
#define VM_MAX_KERNEL_RUNS                                                     \
  64 /* runs of frames that the kernel took when it                            \
        began */

struct vm_kernel_record {
  uint64_t seed;      /* of random bases */
  uint32_t version;   /* VM_KERNEL (), kernel_layout.h */
  uint8_t on;         /* 1: it was built */
  uint8_t random;     /* 1: bases were drawn */
  uint8_t leaf;       /* log2 of the largest pages of the direct map */
  uint8_t lazy;       /* 1: roots learn of new tables for vmalloc at a fault */
  uint32_t user_root; /* KPTI: what user mode's roots have of this half */
  uint32_t runs;      /* of frames, in kernel_runs */
  uint32_t vmalloc_first; /* the area with the lowest address; 0: none */
  uint32_t vmallocs;      /* how many areas there are */
  uint32_t vmalloc_pages; /* of all areas */
  uint32_t pkmap_last;    /* where the search for a window began last */
  uint32_t pkmap_flushes; /* times that all windows were gone through */
  uint32_t synced;        /* entries that roots got at a fault */
};

/* Frames in a row that are the kernel's own. */
struct vm_kernel_run {
  uint32_t first, count;
  uint32_t area; /* enum vm_kernel_area that they serve */
  uint32_t reserved;
};

/* An area of the vmalloc space (vm_struct). */
struct vm_vmalloc {
  uint64_t va;
  uint64_t bytes;  /* that were asked for; 0: this one is free */
  uint32_t pages;  /* with frames; one more, without, guards its end */
  uint32_t next;   /* by address; 0: it is the last */
  uint32_t owner;  /* interned name of the module that asked, or VM_NONE */
  uint32_t leaked; /* 1: that module is gone */
};

/* A window of kmap's (pkmap_count). */
struct vm_pkmap {
  uint32_t frame;
  uint32_t count; /* 0: free; 1: nobody uses it, but TLBs may still have it; n:
                     n - 1 use it */
};

#endif
