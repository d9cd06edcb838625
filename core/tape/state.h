/* The whole simulated machine as plain data.
 *
 *   struct vm_state, one zeroed block of about 332 MiB of address space
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

#include "tape/buddy_state.h"
#include "tape/kernel_state.h"
#include "tape/pool_state.h"
#include "tape/reclaim_state.h"
#include "tape/sched_state.h"
#include "types.h"

#define VM_MAX_CPUS 8
#define VM_MAX_PROCESSES 1024
#define VM_MAX_TLB_ENTRIES 4096 /* of one processor */
#define VM_MAX_REGIONS 65536    /* of all processes; number 0 is nobody's */
#define VM_MAX_ANON_VMAS 65536  /* number 0 is nobody's */
#define VM_MAX_FILES 256        /* number 0 is nobody's */
#define VM_CACHE_CHAINS 4096    /* of the page cache's hash table */
#define VM_MAX_OPENS 256        /* open files of all processes */
#define VM_MAX_FDS 16           /* of one process; the first one is 3 */
#define VM_BLOCK_CHAINS 4096    /* of the table of file blocks */
#define VM_ZONES 4
#define VM_HEAP_FAST 254 /* in heap_bins: 2 ends of 127 bins come first */
#define VM_HEAP_BIN_ENDS (VM_HEAP_FAST + 8)
#define VM_PSC_WAYS 4   /* paging-structure entries kept of each level */
#define VM_PSC_LEVELS 4 /* levels above the last */
#define VM_MANAGED_FRAMES (1u << 20) /* that allocators may give */

/* Bytes are kept in slots of 4 KiB, whatever the machine's frames are. */
#define VM_SLOT_SHIFT 12
#define VM_SLOT_SIZE 4096u
#define VM_ADDRESSABLE_SLOTS (1u << 24) /* 64 GiB that bytes may live in */
#define VM_DISK_BLOCKS (1u << 18)       /* 1 GiB of disk, a slot each */
#define VM_FILE_BLOCKS (1u << 16)       /* 256 MiB behind it, for files */
#define VM_MAX_WINDOWS 48
#define VM_MAX_DEVICES 24
#define VM_DEVICE_BYTES 64u /* registers of a device */
#define VM_MAX_SLOTS 32768u /* touched at one time */

/* How the machine was built. Written once, by the operation "machine"; only
 * the way can change later. */
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
                           of its own, or of the kernel's; 0: not so */
  uint32_t itlb_sets, itlb_ways; /* 0: the first level is unified */
  uint32_t stlb_sets, stlb_ways; /* 0: there is no second level */
  uint8_t replacement;           /* enum vm_replacement, of all TLBs */
  uint8_t asids;      /* TLB entries are tagged with address spaces */
  uint8_t psc;        /* the walk keeps entries of upper levels */
  uint8_t kpti;       /* user mode has a root without the kernel's pages */
  uint8_t shootdown;  /* software flushes what it changes, everywhere */
  uint8_t page_shift; /* log2 of the bytes of a frame */
  uint8_t edited;     /* some entry leads where the kernel did not put it */
  uint8_t way;        /* enum vm_way */
  uint32_t cost_tlb, cost_stlb, cost_walk, cost_memory; /* cycles */
  uint64_t cost_disk;
  uint32_t zones;       /* 1: the allocator minds them (mm/zone.h) */
  uint32_t kernel_half; /* 1: all roots name the same tables for the kernel's
                           addresses, and kernel_root is the first of them */
  uint64_t toy;         /* the numbers of a toy geometry, packed (mmu/toy.h) */
  uint64_t failing_write; /* the disk fails at its n-th write; 0: never */
  uint32_t read_ahead;    /* pages at once, at most; 0: none is read ahead */
  uint8_t policy;         /* enum vm_policy, where reclaim goes by one */
  uint8_t local;          /* 1: each process gives up pages of its own */
  uint8_t swappiness;     /* 0 to 200: how gladly anonymous pages go */
  uint8_t page_cluster;   /* log2 of the slots of swap read at once, at most */
  uint32_t resident;      /* pages that a process may have, if local */
  uint32_t watermark_min, watermark_low, watermark_high; /* frames */
  uint32_t interval; /* references between two ticks of the policy */
  uint32_t buddy;    /* 1: free frames lie in blocks (mm/buddy.h) */
  uint64_t seed;     /* of random replacement */
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
  uint64_t disk_writes;            /* pages that had to go there */
  uint64_t readaheads;   /* pages read before anybody had asked for them */
  uint64_t writebacks;   /* dirty pages of files that were written */
  uint64_t write_errors; /* those that the disk would not take */
  uint64_t copies;       /* that read and write made, of a page or less each */
  uint64_t copied_bytes; /* that they copied */
  uint64_t swap_in, swap_out;  /* pages read from swap, written there */
  uint64_t kswapd_runs;        /* in the background, low to high */
  uint64_t direct_runs;        /* by those who needed a frame at once */
  uint64_t scanned, reclaimed; /* pages looked at; that went */
  uint64_t refaults; /* that came back while they would still have been in
                        memory, had it been a little larger */
  uint64_t oom_kills;
  uint64_t swap_ra, swap_ra_hits; /* slots read ahead; those used since */
};

/* One processor: the registers that translation uses. */
struct vm_cpu {
  uint64_t cr2, cr3;    /* address of the latest fault; root's address */
  uint64_t root_high;   /* the upper half's root, where there are two */
  uint64_t pdpte[4];    /* PAE: loaded with CR3 */
  uint64_t base, limit; /* of the program that runs: see bounds.h */
  uint32_t process;     /* index of the process running here, or VM_NONE */
  uint32_t mode;        /* enum vm_mode of the latest access */
  uint32_t asid;        /* of the address space that is loaded: CR3[11:0] */
  uint32_t reserved;
};

/* A segment register of a processor, with its hidden part. */
struct vm_segment {
  uint64_t base;
  uint32_t limit; /* last offset that the descriptor's limit names */
  uint16_t selector;
  uint8_t rights; /* bits 47 to 40 of the descriptor: P DPL S type; 0: empty */
  uint8_t big;    /* its D/B */
};

/* The table of segments, and whether accesses go by way of one at all. */
struct vm_gdt {
  uint64_t base;  /* physical address */
  uint32_t limit; /* its last byte; 0 in long mode, where nothing is read */
  uint32_t on;
};

/* One process (task_struct). */
struct vm_process {
  uint32_t name; /* interned, see machine.h */
  uint32_t pid;
  uint32_t mm;       /* index of its address space in s->mms */
  uint32_t parent;   /* index of the process that forked it, or VM_NONE */
  uint8_t state;     /* enum vm_process_state, process.h */
  uint8_t signal;    /* enum vm_signal that ended it */
  uint16_t status;   /* with which it ended */
  uint32_t children; /* that have not been waited for */
  uint64_t minor_faults, major_faults;
  uint64_t cow_copies, cow_reuses; /* writes to what fork had protected */
  uint64_t zero_maps;              /* reads that got the zero frame */
  uint32_t oom_adjust;             /* -1000 to 1000: oom_score_adj */
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
  uint32_t tree;      /* root of the tree of its regions; 0: it has none */
  uint32_t regions;   /* how many (map_count) */
  uint32_t managed;   /* 1: the kernel knows what belongs there, and answers
                         page faults; 2: the same, but entries were edited by
                         hand, so that what it counts may be wrong; 0: there
                         are only pages mapped by hand */
  uint64_t task_size; /* user addresses lie below */
  uint64_t mmap_base; /* new regions are sought from here downwards */
  uint64_t start_code, end_code, start_data, end_data;
  uint64_t start_brk, brk; /* the heap is [start_brk, brk) */
  uint64_t start_stack;
  uint64_t arg_start, arg_end, env_start, env_end;
  uint64_t total_vm, locked_vm, pinned_vm; /* in pages, as all that follow */
  uint64_t data_vm, exec_vm, stack_vm;
  uint64_t rss_anon, rss_file, rss_shmem;
  uint64_t committed;                 /* that overcommit counts */
  uint64_t stack_limit, memory_limit; /* in bytes: RLIMIT_STACK, RLIMIT_AS */
  uint64_t swapped;                   /* entries that name swap (VmSwap) */
  uint64_t lock_limit;                /* in bytes: RLIMIT_MEMLOCK */
  uint32_t flags; /* that new regions get: locked (mlockall, def_flags) */
  uint32_t reserved;
};

/* One region of an address space (vm_area_struct), a node of its tree. */
struct vm_region {
  uint64_t start, end; /* addresses [start, end) */
  uint64_t offset;     /* in pages: of start in its file; without one, of the
                          address that it was made for */
  uint32_t mm;         /* index; means something while flags are not 0 */
  uint32_t flags;      /* VM_REGION_..., region.h; 0: this one is free */
  uint32_t file;       /* 0: none */
  uint32_t anon;       /* number of its anon_vma; 0: none */
  uint32_t left, right, parent; /* in the tree; of a free one, left: the next */
  uint32_t red;
  uint32_t file_next, file_previous; /* regions that map the same file */
  uint32_t anon_next, anon_previous; /* and those of the same anon_vma */
};

/* The regions that may map the same anonymous pages (anon_vma). */
struct vm_anon {
  uint32_t first;   /* region; 0: this one is free */
  uint32_t regions; /* how many; of a free one: the next */
};

/* What the C library of an address space keeps of its heap (process/arena.h);
 * has the same index as the address space. */
struct vm_heap {
  uint64_t top;            /* the last chunk, which grows; 0: no heap yet */
  uint64_t cache;          /* memory of the thread's cache */
  uint64_t last_remainder; /* what was left when a chunk was cut last */
  uint64_t mmap_threshold, trim_threshold; /* bytes; 0: no call yet */
  uint32_t mmaps;     /* regions that hold one chunk each */
  uint32_t has_fast;  /* some fast bin holds a chunk */
  uint32_t scattered; /* brk failed once: the heap has holes */
  uint32_t reserved;
};

/* One file (inode and address_space). */
struct vm_file {
  uint64_t size;    /* bytes */
  uint64_t on_disk; /* bytes that it had at first, which follow from its seed */
  uint64_t promised; /* pages of shared memory that overcommit counts */
  uint32_t name;     /* interned; VM_NONE: shared memory without one */
  uint32_t kind;     /* enum vm_file_kind, files.h; 0: this one is free */
  uint32_t first;    /* region that maps it; 0: none */
  uint32_t regions;  /* how many do */
  uint32_t pages;    /* that are in the page cache */
  uint32_t seed;     /* its contents follow from it, without content */
  uint64_t dirtied;  /* the second in which its first dirty page became so */
  uint32_t dirty;    /* pages that are newer than what the disk has */
  uint32_t blocks;   /* of the disk that were written for it */
  uint32_t errors;   /* writes of it that failed */
  uint32_t opens;    /* open files that lead to it */
  uint32_t origin;   /* enum vm_file_origin, files.h */
  uint32_t unlinked; /* 1: it has lost its name, and goes with its last user */
  uint32_t content;  /* its bytes on the disk (contents.h), then zeros; 0: what
                        follows from its seed */
  uint32_t path;     /* content with the text that maps show; 0: its name */
  uint32_t swapped;  /* pages of it that are in swap (shmem_inode_info) */
  uint32_t reserved;
};

/* Where somebody is in a file, and what was read ahead for him (struct file
 * and its file_ra_state). Number f is for whoever names file f itself, and for
 * its mappings; those from VM_MAX_FILES on are opened by open. */
struct vm_stream {
  uint64_t position;    /* the next byte that read or write takes */
  uint64_t previous;    /* byte behind the latest that was read */
  uint32_t file;        /* 0: this one is free */
  uint32_t users;       /* descriptors that lead here */
  uint32_t start, size; /* pages of the latest window */
  uint32_t async;       /* so many of them are still to be asked for when the
                           next window is read */
  uint32_t misses;      /* page faults that the cache could not answer, less
                           those that it could */
  uint32_t errors;      /* of the file's, those that were reported here */
  uint32_t reserved;
};

/* A block of the disk that holds a page of a file. */
struct vm_block {
  uint32_t file; /* 0: this one is free */
  uint32_t next; /* in its chain, plus 1; 0: it is the last */
  uint64_t page;
};

/* What execve made of an address space; has the same index (process/exec.h).
 * Addresses, where nothing else is said. */
struct vm_exec {
  uint32_t file;        /* the program; 0: the process executes none */
  uint32_t interpreter; /* file; 0: it has none, or it is not there */
  uint32_t flags;       /* VM_EXEC_..., exec.h */
  uint32_t argc, envc;  /* strings */
  uint32_t auxc;        /* pairs of the auxiliary vector, AT_NULL included */
  uint64_t bias, entry; /* what is added to the program's own addresses; where
                           it begins */
  uint64_t linker;      /* the interpreter's bias */
  uint64_t start;       /* of the first instruction in user mode */
  uint64_t headers;     /* the program's own program headers: AT_PHDR */
  uint64_t stack_end;   /* behind the highest byte of the strings */
  uint64_t execfn, platform, random;
  uint64_t argv, envp, auxv; /* vectors; argc lies at start_stack */
  uint64_t vdso;             /* its ELF header; 0: there is none */
  uint32_t libraries;        /* that the loader has mapped */
  uint32_t kernel;           /* N of Linux 6.N, whose rules were followed */
};

/* The program of the process with the same index, in one piece: somewhere in
 * memory, or on the disk. */
struct vm_image {
  uint64_t base;       /* physical address of its first byte, while in memory */
  uint64_t size;       /* bytes; 0: the process has none */
  uint64_t linked;     /* where it must lie for its own addresses to be right */
  uint32_t references; /* addresses of its own bytes that it holds */
  uint32_t block;      /* first of its blocks on the disk */
  uint32_t blocks;     /* how many it has there; 0: none yet */
  uint8_t place;       /* enum vm_image_place */
  uint8_t reserved;
  uint16_t reserved16;
};

/* A window of the physical address map, or of the ports: bus.h. */
struct vm_window {
  uint64_t first, last; /* addresses, both included */
  uint32_t name;
  uint32_t device; /* index; VM_NONE: no device */
  uint8_t space;   /* enum vm_space */
  uint8_t kind;    /* enum vm_window_kind */
  uint16_t reserved;
  uint32_t reserved32;
  uint64_t origin; /* where it began before another one covered a part */
};

/* A device. What it has for whoever reads it, and what it was told last, are
 * two things. */
struct vm_device {
  uint32_t name;
  uint32_t domain; /* index of the process that is its address space behind the
                      IOMMU; VM_NONE: there is no IOMMU before it */
  uint64_t reads, writes;
  uint64_t written, written_at; /* by the latest write: value, offset */
  uint8_t in[VM_DEVICE_BYTES];
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
  uint32_t refs;    /* entries that name it; a root counts its process, and the
                       page cache counts */
  uint32_t owner;   /* index of the process that first used it, or VM_NONE */
  uint8_t role;     /* enum vm_frame_role */
  uint8_t level;    /* of a page table: 1 = last; otherwise 0 */
  uint16_t flags;   /* VM_PAGE_..., frames.h; or VM_FRAME_... of types.h */
  uint32_t index;   /* of a table below the root: the entry that it was made
                       for, or that named it first after none had */
  uint32_t mapping; /* its anon_vma or its file, as the flags say */
  uint32_t next;    /* in its chain of the page cache; 0: it is the last */
  uint64_t offset;  /* in pages: where in its mapping */
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
  uint32_t next_pid;
  uint32_t zero_frame; /* that reads of untouched memory share; 0: not yet */
  uint32_t region_end, region_free; /* numbers used so far; one given back */
  uint32_t anon_end, anon_free;
  uint32_t file_end;
  uint32_t overcommit;       /* enum vm_overcommit_mode */
  uint32_t overcommit_ratio; /* per cent of memory, for mode 2 */
  uint32_t disk_used;     /* no block of the disk from this one on is in use */
  uint64_t committed;     /* pages promised to all address spaces */
  uint64_t content_pages; /* of contents that files have, each counted once */
  struct vm_region regions[VM_MAX_REGIONS];
  struct vm_anon anons[VM_MAX_ANON_VMAS];
  struct vm_file files[VM_MAX_FILES];
  struct vm_exec execs[VM_MAX_PROCESSES];
  uint32_t cache[VM_CACHE_CHAINS]; /* page cache: frame that begins a chain */
  struct vm_heap heaps[VM_MAX_PROCESSES];
  uint64_t heap_bins[VM_MAX_PROCESSES * VM_HEAP_BIN_ENDS]; /* chunks */
  uint32_t zone_hints[VM_ZONES]; /* no frame of the zone below it is free */
  struct vm_stream streams[VM_MAX_FILES + VM_MAX_OPENS];
  uint32_t fds[VM_MAX_PROCESSES * VM_MAX_FDS]; /* stream; 0: not open */
  uint64_t seconds;               /* that have passed (operation tick) */
  uint32_t dirty_pages;           /* of files on the disk */
  uint32_t file_blocks;           /* of the disk that hold pages of files */
  uint32_t block_end, block_free; /* numbers used so far; one given back, plus
                                     1, the next of it in its next */
  struct vm_block blocks[VM_FILE_BLOCKS];
  uint32_t block_chains[VM_BLOCK_CHAINS]; /* block, plus 1 */
  struct vm_gdt gdt;
  struct vm_segment segments[VM_MAX_CPUS * VM_SEGMENT_REGISTERS];
  struct vm_image images[VM_MAX_PROCESSES];
  uint32_t window_count, device_count;
  struct vm_window windows[VM_MAX_WINDOWS]; /* by space, then by address */
  struct vm_device devices[VM_MAX_DEVICES];
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
  struct vm_reclaim_record reclaim;
  struct vm_lru_list lists[VM_LRUS];
  struct vm_swap_area areas[VM_MAX_SWAPS];
  struct vm_pin pins[VM_MAX_PINS];
  struct vm_pool_record sets[VM_MAX_PROCESSES]; /* of all, or one for all */
  struct vm_pool_course set_courses[VM_MAX_PROCESSES];
  struct vm_swap_record slots[VM_SWAP_SLOTS];
  uint32_t slot_chains[VM_SLOT_CHAINS]; /* slot that begins a chain; 0: none */
  uint64_t set_pages[VM_SET_FRAMES];
  struct vm_pool_frame set_frames[VM_SET_FRAMES];
  struct vm_pool_rank set_ranks[VM_SET_FRAMES];
  struct vm_pool_slot set_heap[VM_SET_FRAMES];
  struct vm_pool_ghost set_ghosts[VM_SET_FRAMES];
  uint32_t set_buckets[VM_SET_FRAMES];
  struct vm_kernel_record kernel;
  struct vm_kernel_run kernel_runs[VM_MAX_KERNEL_RUNS];
  struct vm_vmalloc vmallocs[VM_MAX_VMALLOCS];
  struct vm_pkmap pkmaps[VM_MAX_PKMAPS];
  uint32_t kmap_slots[VM_MAX_CPUS * VM_KMAP_DEPTH]; /* frame, plus 1 */
  uint32_t kmap_depth[VM_MAX_CPUS]; /* windows that are open there */
  struct vm_buddy_counts buddy_counts;
  struct vm_buddy_list buddy_lists[VM_BUDDY_ZONES * VM_BUDDY_ORDERS];
  struct vm_slab_cache caches[VM_SLAB_CACHES];
  uint32_t slab_end, slab_free;   /* numbers used so far; one given back */
  uint32_t grant_end, grant_free; /* the same */
  uint32_t grant_chains[VM_GRANT_CHAINS]; /* by address */
  struct vm_slab_record slabs[VM_MAX_SLABS];
  struct vm_grant grants[VM_MAX_GRANTS];
  struct vm_buddy_block buddy_blocks[VM_BUDDY_BLOCKS];
  uint32_t kernel_threads; /* that there are */
  uint32_t reserved;
  struct vm_cpu_run runs[VM_MAX_CPUS];
  struct vm_task tasks[VM_MAX_PROCESSES];
  struct vm_shares shares[VM_MAX_PROCESSES];
  struct vm_mm_use mm_uses[VM_MAX_PROCESSES];
  uint64_t handlers[VM_MAX_PROCESSES
                    * VM_SIGNAL_NUMBERS];        /* 0: default; 1: ignored */
  uint64_t seen[VM_MAX_CPUS * VM_MAX_PROCESSES]; /* generations of mms */
  struct vm_frame_link links[VM_MANAGED_FRAMES];
  struct vm_frame_record frames[VM_MANAGED_FRAMES];
  uint32_t slot_of[VM_ADDRESSABLE_SLOTS      /* 0: never touched, all zero; */
                   + VM_DISK_BLOCKS          /* then the same for the disk, */
                   + VM_FILE_BLOCKS];        /* and for blocks of files */
  uint32_t slot_frame[VM_MAX_SLOTS];         /* the way back: address >> 12 */
  uint8_t bytes[VM_MAX_SLOTS][VM_SLOT_SIZE]; /* slot 0 stays zero for ever */
};

/* The address space of a process. */
static inline const struct vm_mm *
vm_mm_of (const struct vm_state *s, uint32_t process)
{
  return &s->mms[s->processes[process].mm];
}

/* Does a process count among the users of an address space? */
static inline bool
vm_process_has_space (const struct vm_process *process)
{
  return process->state == VM_PROCESS_RUNNING
         || process->state == VM_PROCESS_WAITING
         || process->state == VM_PROCESS_DOMAIN;
}

/* Is there anything left of an address space? Its users may be gone while a
 * kernel thread still keeps a reference. */
static inline bool
vm_mm_lives (const struct vm_state *s, uint32_t mm)
{
  return s->mms[mm].users > 0 || s->mm_uses[mm].borrowers > 0;
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
