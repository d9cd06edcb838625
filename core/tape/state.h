/* The whole simulated machine as plain data.
 *
 *   struct vm_state, one zeroed block of about 272 MiB of address space
 *   +--------+----------+------+-----------+-----+--------+---------+-------+
 *   | config | counters | cpus | processes | tlb | frames | slot_of | bytes |
 *   +--------+----------+------+-----------+-----+--------+---------+-------+
 *                                             |        |         |
 *                       a record per managed frame     |   4 KiB of contents
 *                          4 KiB of addressable memory -> slot     per slot
 *
 * Nothing in it is a pointer: things refer to each other by index, so the
 * state can be compared, hashed, copied and rewound byte by byte. Every array
 * stands at its limit's size and never moves; the host gives memory only to
 * the pages that are touched. No struct has padding.
 *
 * Outside core/tape/ the state is always const. It changes through
 * vm_put_u8 ... vm_put_u64 and vm_put_page of tape.h, which record the change;
 * a direct store does not compile. */
#ifndef VM_STATE_H
#define VM_STATE_H

#include "tape/pool_state.h"
#include "types.h"

#define VM_MAX_CPUS 8
#define VM_MAX_PROCESSES 1024
#define VM_MAX_TLB_ENTRIES 4096 /* of one processor */
#define VM_PSC_WAYS 4   /* paging-structure entries kept of each level */
#define VM_PSC_LEVELS 4 /* levels above the last */
#define VM_MANAGED_FRAMES (1u << 20) /* that allocators may give */

/* Bytes are kept in slots of 4 KiB, whatever the machine's frames are. */
#define VM_SLOT_SHIFT 12
#define VM_SLOT_SIZE 4096u
#define VM_ADDRESSABLE_SLOTS (1u << 24) /* 64 GiB that bytes may live in */
#define VM_MAX_SLOTS 49152u             /* touched at one time */

/* How the machine was built. Written once, by the operation "machine". */
struct vm_config {
  uint32_t geometry; /* enum vm_geometry_id; 0 before there is a machine */
  uint32_t frames;   /* the allocator may give: memory= / their size */
  uint32_t tlb_sets, tlb_ways;
  uint8_t wp, nx, smep, smap; /* CR0.WP, EFER.NXE, CR4.SMEP, CR4.SMAP */
  uint8_t sum, mxr;           /* sstatus.SUM, sstatus.MXR */
  uint8_t set_flags; /* the processor sets A and D itself; else it faults */
  uint8_t organised; /* not just one LRU TLB: see vm_cpu_translate */
  uint32_t cpus;
  uint32_t kernel_root; /* frame of the upper half's root, where that has one
                           of its own; 0: not so */
  uint32_t itlb_sets, itlb_ways; /* 0: the first level is unified */
  uint32_t stlb_sets, stlb_ways; /* 0: there is no second level */
  uint8_t replacement;           /* enum vm_replacement, of all TLBs */
  uint8_t asids;      /* TLB entries are tagged with address spaces */
  uint8_t psc;        /* the walk keeps entries of upper levels */
  uint8_t kpti;       /* user mode has a root without the kernel's pages */
  uint8_t shootdown;  /* software flushes what it changes, everywhere */
  uint8_t page_shift; /* log2 of the bytes of a frame */
  uint8_t edited;     /* some entry leads where the kernel did not put it */
  uint8_t reserved;
  uint32_t cost_tlb, cost_stlb, cost_walk, cost_memory; /* cycles */
  uint64_t cost_disk;
  uint64_t toy; /* the numbers of a toy geometry, packed (mmu/toy.h) */
};

/* Running totals. tick counts accesses and is the machine's only clock. */
struct vm_counters {
  uint64_t tick;
  uint64_t tlb_hits, tlb_misses;
  uint64_t walks, entry_reads;
  uint64_t faults;
  uint64_t memory_accesses;        /* entry reads plus the data accesses */
  uint64_t itlb_hits, itlb_misses; /* where the first level is split */
  uint64_t stlb_hits, stlb_misses; /* where there is a second level */
  uint64_t psc_hits;               /* walks that began below the root */
  uint64_t interrupts;             /* sent to have a TLB flushed */
  uint64_t disk_reads;             /* pages that had to come from the disk */
};

/* One processor: the registers that translation uses. */
struct vm_cpu {
  uint64_t cr2, cr3;  /* address of the latest fault; root's address */
  uint64_t root_high; /* the upper half's root, where there are two */
  uint64_t pdpte[4];  /* PAE: loaded with CR3 */
  uint32_t process;   /* index of the process running here, or VM_NONE */
  uint32_t mode;      /* enum vm_mode of the latest access */
  uint32_t asid;      /* of the address space that is loaded: CR3[11:0] */
  uint32_t reserved;
};

/* One process (task_struct). */
struct vm_process {
  uint32_t name; /* interned, see machine.h */
  uint32_t pid;
  uint32_t mm; /* index of its address space in s->mms */
  uint32_t reserved;
};

/* One address space (mm_struct). It has the index of the process that it was
 * made for; others may share it. */
struct vm_mm {
  uint32_t root;      /* frame of its top-level page table */
  uint32_t tables;    /* page-table frames, the root included */
  uint32_t user_root; /* with KPTI: frame of the root that user mode has */
  uint32_t behind;    /* bit n: processor n must flush before it runs this */
  uint32_t users;     /* processes that have it; 0: there is none here */
  uint32_t reserved;
};

/* One way of one set of the TLB. */
struct vm_tlb_entry {
  uint64_t page;  /* virtual address >> shift */
  uint64_t frame; /* first frame of the page */
  uint64_t used;  /* tick of the latest use: the smallest is the LRU victim */
  uint64_t entry; /* physical address of the leaf entry it came from */
  uint8_t valid;
  uint8_t shift; /* log2 of the page size: 12, 21, 22, 30 ... */
  uint8_t readable, writable, user, no_execute, kernel_no_execute;
  uint8_t dirty, global;
  uint8_t level;    /* of the entry it came from */
  uint16_t asid;    /* of the address space it belongs to */
  uint8_t let_pass; /* without a tape: the kinds of access that were allowed
                       before, so that they need not be judged again */
  uint8_t tree;     /* tree-PLRU: the inner node with this way's number; 1:
                       its right half was used longer ago */
  uint8_t stale;    /* the tables changed, and no flush came: it is owed */
  uint8_t reserved;
};

/* An entry of an upper level that a walk has seen: where to go on. */
struct vm_psc_entry {
  uint64_t prefix; /* virtual address >> the level's lowest bit */
  uint64_t table;  /* frame of the table that the entry points to */
  uint64_t used;   /* tick of the latest use */
  uint16_t asid;
  uint8_t valid;
  uint8_t rights; /* gathered down to there, packed (psc.c) */
  uint8_t global;
  uint8_t stale; /* the tables changed, and no flush came: it is owed */
  uint16_t reserved16;
};

/* One managed frame (struct page). */
struct vm_frame_record {
  uint32_t refs;  /* entries that name it; a root counts its process */
  uint32_t owner; /* index of the process that first used it, or VM_NONE */
  uint8_t role;   /* enum vm_frame_role */
  uint8_t level;  /* of a page table: 1 = last; otherwise 0 */
  uint16_t reserved;
  uint32_t index; /* of a table below the root: the entry that it was made
                     for, or that named it first after none had */
};

struct vm_state {
  struct vm_config config;
  struct vm_counters counters;
  struct vm_cpu cpus[VM_MAX_CPUS];
  uint32_t process_count;
  uint32_t free_hint;  /* no managed frame below this one is free */
  uint32_t free_count; /* managed frames whose role is VM_FRAME_FREE */
  uint32_t slot_count; /* slots in use, slot 0 included */
  uint64_t tlb_shifts; /* bit n: some page of 2^n bytes was ever filled */
  uint64_t random;     /* what random replacement drew last */
  struct vm_process processes[VM_MAX_PROCESSES];
  struct vm_mm mms[VM_MAX_PROCESSES];
  struct vm_psc_entry psc[VM_MAX_CPUS * VM_PSC_LEVELS * VM_PSC_WAYS];
  struct vm_tlb_entry tlb[VM_MAX_CPUS * VM_MAX_TLB_ENTRIES]; /* tlb.h */
  uint32_t pool_count;
  uint32_t string_count; /* references of the string */
  struct vm_pool_record pools[VM_MAX_POOLS];
  struct vm_pool_course pool_courses[VM_MAX_POOLS];
  struct vm_string_entry string[VM_MAX_REFERENCES];
  struct vm_pool_event pool_events[VM_MAX_POOLS * VM_MAX_REFERENCES];
  uint64_t pool_pages[VM_MAX_POOLS * VM_POOL_FRAMES];
  struct vm_pool_frame pool_frames[VM_MAX_POOLS * VM_POOL_FRAMES];
  struct vm_pool_rank pool_ranks[VM_MAX_POOLS * VM_POOL_FRAMES];
  struct vm_pool_slot pool_heap[VM_MAX_POOLS * VM_POOL_FRAMES];
  struct vm_pool_ghost pool_ghosts[VM_MAX_POOLS * VM_POOL_FRAMES];
  uint32_t pool_buckets[VM_MAX_POOLS * VM_POOL_FRAMES];
  struct vm_frame_record frames[VM_MANAGED_FRAMES];
  uint32_t slot_of[VM_ADDRESSABLE_SLOTS];    /* 0: never touched, all zero */
  uint32_t slot_frame[VM_MAX_SLOTS];         /* the way back: address >> 12 */
  uint8_t bytes[VM_MAX_SLOTS][VM_SLOT_SIZE]; /* slot 0 stays zero for ever */
};

/* The address space of a process. */
static inline const struct vm_mm *
vm_mm_of (const struct vm_state *s, uint32_t process)
{
  return &s->mms[s->processes[process].mm];
}

/* What a field is called and where it lies in its struct. */
struct vm_field_info {
  const char *name;
  uint16_t offset, width; /* bytes; width 4096 for a page of bytes */
};

/* What an array of the state is called and how it is laid out. A struct that
 * stands alone is an array of one. */
struct vm_array_info {
  const char *name;
  uint32_t offset; /* of element 0 from the start of the state */
  uint32_t stride, count;
  const struct vm_field_info *fields;
  uint32_t field_count;
};

/* A place in the state, taken apart: array, index, field. */
struct vm_place_info {
  const struct vm_array_info *array;
  const struct vm_field_info *field;
  uint32_t index;
};

/* The const table of all arrays, which covers every byte of the state exactly
 * once. Sets *count. */
const struct vm_array_info *vm_state_arrays (uint32_t *count);

/* Takes apart the byte offset place. False if it is outside the state. */
bool vm_place_describe (uint32_t place, struct vm_place_info *info);

/* A zeroed state, or NULL if the host has no address space left. */
struct vm_state *vm_state_new (void);
void vm_state_free (struct vm_state *state);

#endif
