/* What a step of the simulation can be, and what its numbers mean.
 *
 * A step says what happened in numbers, never in words. Every kind is a row
 * of one const table, from which the JSON output, the golden files and the
 * sentences take the names of its values. */
#ifndef VM_STEPS_H
#define VM_STEPS_H

#include "tape/buddy_state.h"
#include "tape/reclaim_state.h"
#include "types.h"

enum vm_step_kind {
  VM_STEP_MACHINE,       /* the machine was built */
  VM_STEP_PROCESS,       /* a process was made */
  VM_STEP_MAP,           /* a page is to be mapped */
  VM_STEP_FRAME_TAKE,    /* the allocator gives a frame */
  VM_STEP_ENTRY_WRITE,   /* software writes a page-table entry */
  VM_STEP_ACCESS,        /* the processor issues an access */
  VM_STEP_SWITCH,        /* CR3 is loaded with another root; the TLB empties */
  VM_STEP_TLB_PROBE,     /* the TLB chooses a set */
  VM_STEP_TLB_COMPARE,   /* one way's tag is compared */
  VM_STEP_TLB_HIT,       /* a way matched */
  VM_STEP_TLB_MISS,      /* no way matched */
  VM_STEP_WALK,          /* the walk begins at the root */
  VM_STEP_REGISTER_LOAD, /* an entry is loaded into a register, with the root */
  VM_STEP_REGISTER_READ, /* the walk takes an entry out of its register */
  VM_STEP_ENTRY_READ,    /* a page-table entry is read */
  VM_STEP_SET_ACCESSED,  /* the walk sets A in an entry */
  VM_STEP_PERMISSION,    /* P, R/W, U/S, NX are held against the access */
  VM_STEP_SET_DIRTY,     /* a write sets D in the leaf entry */
  VM_STEP_COMPOSE,       /* frame and offset are concatenated */
  VM_STEP_TLB_FILL,      /* the translation is remembered */
  VM_STEP_TLB_DROP,      /* an entry leaves the TLB */
  VM_STEP_DATA,          /* the bytes themselves are read or written */
  VM_STEP_FAULT,         /* the access ends in an exception */
  VM_STEP_DUMP,          /* the page tables are printed */
  VM_STEP_SCHEDULE,      /* another process is to run on a processor */
  VM_STEP_MODE,          /* KPTI: the root of the other mode is loaded */
  VM_STEP_TLB_VICTIM,    /* a way is chosen for a new entry */
  VM_STEP_TLB_PROMOTE,   /* the first level takes what the second knew */
  VM_STEP_TLB_PRINT,     /* the contents of the TLBs are printed */
  VM_STEP_FLUSH,         /* software has a processor drop entries */
  VM_STEP_OWE,           /* entries are out of date, and nobody flushes */
  VM_STEP_BEHIND,        /* a processor will flush when the process returns */
  VM_STEP_SHOOTDOWN,     /* other processors must drop entries, too */
  VM_STEP_IPI_SEND,      /* a processor is interrupted */
  VM_STEP_IPI_WAIT,      /* the sender waits for the others */
  VM_STEP_IPI_RECEIVE,   /* an interrupted processor handles it */
  VM_STEP_IPI_ACK,       /* and says that it is done */
  VM_STEP_PSC_HIT,       /* the walk begins below the root */
  VM_STEP_PSC_FILL,      /* an upper entry is remembered */
  VM_STEP_POOL,          /* a pool of frames is made */
  VM_STEP_STRING,        /* references are declared */
  VM_STEP_REFERENCE,     /* the next reference of the string is made */
  VM_STEP_PAGE_HIT,      /* its page lies in a frame of a pool */
  VM_STEP_PAGE_MISS,     /* it does not */
  VM_STEP_PAGE_MARK,     /* the reference bit is set */
  VM_STEP_PAGE_MOVE,     /* a page becomes the newest of a list */
  VM_STEP_PAGE_COUNT,    /* what is counted of a page changes */
  VM_STEP_PAGE_SPARE,    /* the search for a victim passes a page */
  VM_STEP_PAGE_COMPARE,  /* the search looks at a page's rank */
  VM_STEP_PAGE_VICTIM,   /* a page must go */
  VM_STEP_PAGE_LOAD,     /* a page is loaded into a frame */
  VM_STEP_GHOST_KEEP,    /* a page that leaves is remembered */
  VM_STEP_GHOST_DROP,    /* and no longer */
  VM_STEP_GHOST_HIT,     /* a page comes back that is remembered */
  VM_STEP_POOL_TARGET,   /* a border between two lists moves */
  VM_STEP_POOL_TICK,     /* bits, ages or counts of all pages grow old */
  VM_STEP_POKE,          /* somebody writes bytes into memory by hand */
  VM_STEP_ENTRY_CHANGE,  /* an entry of a table was changed by a store */
  VM_STEP_FIELD_CHANGE,  /* one field of it */
  VM_STEP_FRAME_REFS,    /* more or fewer entries name a frame */
  VM_STEP_PSC_OWE,       /* an upper entry that is remembered is out of date */
  VM_STEP_REGISTER_OWE,  /* so is one that was loaded with the root */
  VM_STEP_CALL,          /* a process calls the kernel, or its own library */
  VM_STEP_RETURN,        /* and what the call came to */
  VM_STEP_GAP,           /* room for a new region is found */
  VM_STEP_LIMIT,         /* something is held against a limit */
  VM_STEP_REGION_LOOK,   /* a node of the tree of regions is compared */
  VM_STEP_REGION_FOUND,  /* the look-up ends */
  VM_STEP_REGION_NEW,    /* a region is made */
  VM_STEP_REGION_GONE,   /* a region is removed */
  VM_STEP_REGION_RESIZE, /* its ends move */
  VM_STEP_REGION_FLAGS,  /* what it allows changes */
  VM_STEP_REGION_SPLIT,  /* it is cut in two */
  VM_STEP_REGION_MERGE,  /* it takes in its neighbour */
  VM_STEP_ANON,          /* it gets an anon_vma */
  VM_STEP_HANDLER,       /* the kernel's page-fault handler begins */
  VM_STEP_DECIDE,        /* it asks something, and goes one of two ways */
  VM_STEP_HANDLED,       /* it is done; the access is tried again */
  VM_STEP_SIGNAL,        /* it gives up: the process gets a signal */
  VM_STEP_COPY,          /* a page is copied into another frame */
  VM_STEP_CACHE_READ,    /* a page of a file comes from the disk */
  VM_STEP_FRAME_FREE,    /* nobody needs a frame any more */
  VM_STEP_FORK,          /* a process is doubled */
  VM_STEP_FORK_REGION,   /* a region of it: are its entries copied? */
  VM_STEP_FORK_ENTRY,    /* an entry of it is shared */
  VM_STEP_EXIT,          /* a process ends */
  VM_STEP_WAIT,          /* a parent asks for children that have ended */
  VM_STEP_REAP,          /* its parent learns of it; nothing is left */
  VM_STEP_FILE,          /* a file is made */
  VM_STEP_OVERCOMMIT,    /* how much the kernel promises */
  VM_STEP_SET_LIMITS,    /* a process's limits change */
  VM_STEP_SHOW,          /* what the kernel knows is printed */
  VM_STEP_SEGMENTS,      /* segmentation is turned on */
  VM_STEP_DESCRIPTOR_WRITE,    /* software writes a segment's descriptor */
  VM_STEP_SEGMENT_LOAD,        /* a segment register is to be loaded */
  VM_STEP_SELECTOR,            /* the selector is taken apart */
  VM_STEP_DESCRIPTOR_READ,     /* the descriptor is read */
  VM_STEP_DESCRIPTOR_ACCESSED, /* its A is set */
  VM_STEP_SEGMENT_CACHE,       /* the register keeps it */
  VM_STEP_SEGMENT_USE,         /* an access goes through a segment */
  VM_STEP_SEGMENT_RIGHTS,      /* type and privilege are held against it */
  VM_STEP_SEGMENT_LIMIT,       /* the offset is compared with the limit */
  VM_STEP_SEGMENT_ADD,         /* base and offset are added */
  VM_STEP_WAY,                 /* the MMU is switched on, off, or over */
  VM_STEP_IDENTITY,    /* no MMU: the virtual address is the physical one */
  VM_STEP_BOUND,       /* the address is held against the limit register */
  VM_STEP_BASE,        /* the base register is added */
  VM_STEP_BOUNDS_LOAD, /* base and limit of a program go into registers */
  VM_STEP_TRESPASS,    /* the address belongs to somebody else */
  VM_STEP_PROGRAM,     /* a program is loaded into bare memory */
  VM_STEP_PLACE,       /* a hole is chosen for it */
  VM_STEP_NO_PLACE,    /* no hole is large enough */
  VM_STEP_LEAVE,       /* the program that was there before goes */
  VM_STEP_OVERWRITE,   /* it is laid over another one */
  VM_STEP_RELOCATE,    /* a program's own addresses are put right */
  VM_STEP_PATCH,       /* one of them */
  VM_STEP_SWAP_OUT,    /* a whole program goes to the disk */
  VM_STEP_SWAP_IN,     /* and comes back */
  VM_STEP_DISK,        /* 4 KiB go to or come from the disk */
  VM_STEP_COMPACT,     /* programs are pushed together */
  VM_STEP_MOVE,        /* one of them */
  VM_STEP_RUN,         /* a program uses the addresses that it holds */
  VM_STEP_FOLLOW,      /* one of them */
  VM_STEP_FOUND,       /* is it its own data that lie there? */
  VM_STEP_TRANSFER,    /* bytes go between a file's page and a process */
  VM_STEP_CHUNK_SIZE,  /* malloc rounds a request up to a chunk */
  VM_STEP_CHUNK,       /* a chunk of the heap comes or goes */
  VM_STEP_CHUNK_SPLIT, /* it is cut in two */
  VM_STEP_CHUNK_JOIN,  /* it takes in its neighbour */
  VM_STEP_THRESHOLD,   /* from which size on malloc uses mmap */
  VM_STEP_RMAP,        /* who maps a frame? */
  VM_STEP_RMAP_LOOK,   /* a region that may: does it? */
  VM_STEP_WINDOW,  /* physical addresses, or ports, get somebody who answers */
  VM_STEP_ROUTE,   /* who answers at an address */
  VM_STEP_SILENCE, /* nobody does, or nobody who could be written */
  VM_STEP_DEVICE,  /* a device takes an access as an order */
  VM_STEP_PORT,    /* IN or OUT */
  VM_STEP_INPUT,   /* the world outside gives a device something */
  VM_STEP_IOMMU,   /* a device gets a domain */
  VM_STEP_DMA,     /* a device reads or writes by itself */
  VM_STEP_IOMMU_WALK,  /* the IOMMU walks its tables */
  VM_STEP_BUS,         /* a bus address becomes a physical one */
  VM_STEP_DMA_DATA,    /* a device reads or writes RAM */
  VM_STEP_BLOCKED,     /* the IOMMU refuses it */
  VM_STEP_SWAPON,      /* a swap area is there from now on */
  VM_STEP_SWAPOFF,     /* all that is in one comes back, and it is gone */
  VM_STEP_KSWAPD,      /* the kernel frees frames in the background */
  VM_STEP_DIRECT,      /* whoever needs a frame frees some himself */
  VM_STEP_SCAN,        /* a list is chosen: who looks where for victims */
  VM_STEP_LRU_LOOK,    /* a frame of a list is looked at: may it go? */
  VM_STEP_LRU_MOVE,    /* a frame changes lists, or goes round its own */
  VM_STEP_EVICT,       /* a page is taken away from those who have it */
  VM_STEP_EVICTED,     /* and what came of it */
  VM_STEP_SLOT_TAKE,   /* a page gets a slot in swap */
  VM_STEP_SLOT_FREE,   /* nobody needs a slot any more */
  VM_STEP_SLOT_COUNT,  /* more or fewer entries name a slot */
  VM_STEP_SWAP_ENTRY,  /* an entry says where in swap its page is */
  VM_STEP_SWAP_WRITE,  /* a page is written to its slot */
  VM_STEP_SWAP_READ,   /* and read from there */
  VM_STEP_SWAP_FOUND,  /* its bytes are still in a frame: the swap cache */
  VM_STEP_OOM,         /* nothing can be freed: somebody must die */
  VM_STEP_OOM_SCORE,   /* how much would that free? */
  VM_STEP_OOM_KILL,    /* the kernel kills a process */
  VM_STEP_LOCK,        /* pages of a region may not leave memory, or may */
  VM_STEP_PIN,         /* a device holds a page where it is, or lets go */
  VM_STEP_RESIDENT,    /* a process has as many pages as it may: one must go */
  VM_STEP_EXEC,        /* execve begins */
  VM_STEP_EXEC_HEADER, /* the file's first bytes are looked at */
  VM_STEP_EXEC_INTERPRETER, /* it names an interpreter */
  VM_STEP_EXEC_LEAVE,       /* the old address space goes */
  VM_STEP_EXEC_DRAW,        /* a random number moves something */
  VM_STEP_EXEC_LAYOUT,      /* where things will be put is settled */
  VM_STEP_EXEC_STRINGS,     /* strings are copied onto the new stack */
  VM_STEP_EXEC_STACK,       /* the stack gets its flags and room to grow */
  VM_STEP_EXEC_PLACE,       /* where a file's segments go */
  VM_STEP_EXEC_SEGMENT,     /* one of them is mapped */
  VM_STEP_EXEC_TRIM,        /* what was mapped too much goes again */
  VM_STEP_EXEC_ZERO,        /* the rest of its last page is zeroed */
  VM_STEP_EXEC_BSS,         /* the pages behind it have no bytes in the file */
  VM_STEP_EXEC_SPECIAL,     /* pages of the kernel's own: vvar, vdso */
  VM_STEP_EXEC_TABLES,      /* vectors are laid onto the stack */
  VM_STEP_EXEC_PUT,         /* one of them, or a string */
  VM_STEP_EXEC_AUX,         /* a pair of the auxiliary vector */
  VM_STEP_EXEC_BRK,         /* where the heap will begin */
  VM_STEP_EXEC_NUMBERS,     /* code and data as the mm knows them */
  VM_STEP_EXEC_START,       /* the registers are set: back to user mode */
  VM_STEP_LINK,             /* the dynamic loader begins */
  VM_STEP_LINK_NEED,        /* a file names a library that it needs */
  VM_STEP_LINK_OBJECT,      /* the loader maps a library */
  VM_STEP_LINK_RELRO,       /* what was relocated becomes read-only */
  VM_STEP_START_BLOCK,      /* start-up code takes the first thread's block */
  VM_STEP_START_CONSTRUCT,  /* a library's constructors allocate */
  VM_STEP_READAHEAD,  /* pages of a file are read before they are asked for */
  VM_STEP_AROUND,     /* a read fault maps the cached pages around it, too */
  VM_STEP_DIRTY,      /* a page of a file becomes newer than the disk's */
  VM_STEP_WRITEBACK,  /* a dirty page of a file goes to the disk */
  VM_STEP_CLEAN,      /* an entry may no more write such a page unnoticed */
  VM_STEP_DISK_ERROR, /* the disk does not take it */
  VM_STEP_FLUSHER,    /* somebody has dirty pages written */
  VM_STEP_TICK,       /* time passes */
  VM_STEP_TRUNCATE,   /* a file gets another size */
  VM_STEP_ZERO_TAIL,  /* what lies behind its end in its last page goes */
  VM_STEP_CACHE_DROP, /* the page cache gives clean pages back */
  VM_STEP_CACHE_GONE, /* a page leaves the page cache */
  VM_STEP_UNLINK,     /* a file loses its name */
  VM_STEP_SLOT_FILE,  /* a page of shared memory is in swap, or is no more */
  VM_STEP_SWAP_AHEAD, /* slots of swap are read before they are needed */

  VM_STEP_KERNEL,         /* the kernel's half is built */
  VM_STEP_KERNEL_OWN,     /* frames in a row become the kernel's own */
  VM_STEP_KERNEL_MAPS,    /* entries in a row of a table, frames in a row */
  VM_STEP_KERNEL_USER,    /* KPTI: what user mode's root has of it */
  VM_STEP_VMALLOC,        /* the kernel asks for memory in one piece */
  VM_STEP_VMALLOC_AREA,   /* addresses for it, frames come one by one */
  VM_STEP_VFREE,          /* it gives it back */
  VM_STEP_VMALLOC_SYNC,   /* a root learns of a table for vmalloc */
  VM_STEP_KMAP,           /* a frame gets an address in the kernel's half */
  VM_STEP_KUNMAP,         /* and needs it no more */
  VM_STEP_KMAP_FLUSH,     /* all windows are used up: old ones are cleared */
  VM_STEP_KERNEL_ADDRESS, /* what an address of the kernel's is */
  VM_STEP_KERNEL_COPY,    /* a new root gets what the kernel's own has */
  VM_STEP_ZONE_TRY,       /* a zone is asked for a block of frames */
  VM_STEP_BLOCK_SPLIT,    /* a free block becomes two */
  VM_STEP_BLOCK_MERGE,    /* two become one */
  VM_STEP_KERNEL_CALL,    /* the kernel's code asks for memory, or frees some */
  VM_STEP_KERNEL_RETURN,  /* what it gets */
  VM_STEP_SLAB_NEW,       /* frames are cut into objects */
  VM_STEP_SLAB_PICK,      /* the slab that an object will come from */
  VM_STEP_SLAB_FIND,      /* the slab that an address lies in */
  VM_STEP_OBJECT_TAKE,    /* its first free object is given */
  VM_STEP_OBJECT_PUT,     /* an object becomes its first free one */
  VM_STEP_SLAB_GONE,      /* an empty slab's frames go back */
  VM_STEP_BAD_FREE,       /* what is to be freed was never given */
  VM_STEP_RMMOD,          /* a module of the kernel goes */
  VM_STEP_LEAK,           /* what nobody can free any more */
  VM_STEP_HUGE_SPLIT,     /* a large page's entry gives way to a table */
  VM_STEP_CLONE,          /* a task is made that may share with its parent */
  VM_STEP_CLONE_REFUSED,  /* the flags contradict each other */
  VM_STEP_CLONE_OBJECT,   /* the child shares something, or gets a copy */
  VM_STEP_CLONE_WAIT,     /* the parent waits until the child has left memory */
  VM_STEP_DETHREAD,       /* execve ends the other threads */
  VM_STEP_KTHREAD,        /* a kernel thread is made */
  VM_STEP_TASK_SAVE,      /* what a task had in registers goes to its stack */
  VM_STEP_TASK_LOAD,      /* and what another one had comes from there */
  VM_STEP_SAME_SPACE,     /* a switch that needs no other root */
  VM_STEP_BORROW,         /* a kernel thread takes what is loaded */
  VM_STEP_GENERATION,     /* back to a space that was kept: did it change? */
  VM_STEP_LAZY_SKIP,      /* a lazy processor is not told of a change */
  VM_STEP_LAZY_LEAVE,     /* a lazy processor gives up what it kept */
  VM_STEP_MM_DROP,        /* a kernel thread gives its reference back */
  VM_STEP_MM_FREE,        /* the last reference is gone */
  VM_STEP_CHDIR,          /* a task's current folder is set */
  VM_STEP_SIGACTION,      /* what it does on a signal is set */
  VM_STEP_KINDS
};

#define VM_STEP_VALUES 6

/* How a value is written: in hex as an address, in decimal as a number ... */
enum vm_value_type {
  VM_VALUE_UNUSED,
  VM_VALUE_NUMBER,       /* decimal */
  VM_VALUE_FLAG,         /* 1: true; mostly 0 or 1 */
  VM_VALUE_VADDR,        /* hex */
  VM_VALUE_PADDR,        /* hex */
  VM_VALUE_FRAME,        /* hex */
  VM_VALUE_RAW,          /* hex, as wide as an entry */
  VM_VALUE_SIZE,         /* bytes */
  VM_VALUE_PROCESS,      /* index of a process */
  VM_VALUE_NAME,         /* interned name */
  VM_VALUE_GEOMETRY,     /* enum vm_geometry_id */
  VM_VALUE_ACCESS_KIND,  /* enum vm_access_kind */
  VM_VALUE_MODE,         /* enum vm_mode */
  VM_VALUE_FAULT_KIND,   /* enum vm_fault_kind */
  VM_VALUE_ROLE,         /* enum vm_frame_role */
  VM_VALUE_VERDICT,      /* enum vm_verdict */
  VM_VALUE_CPU,          /* decimal; VM_NONE: none */
  VM_VALUE_FLUSH,        /* enum vm_flush_kind */
  VM_VALUE_REASON,       /* enum vm_victim_reason */
  VM_VALUE_POLICY,       /* enum vm_policy */
  VM_VALUE_CALL,         /* enum vm_call */
  VM_VALUE_ERRNO,        /* enum vm_errno */
  VM_VALUE_LIMIT,        /* enum vm_limit */
  VM_VALUE_LOOK,         /* enum vm_look */
  VM_VALUE_QUESTION,     /* enum vm_question */
  VM_VALUE_ACTION,       /* enum vm_action */
  VM_VALUE_SIGNAL,       /* enum vm_signal */
  VM_VALUE_CODE,         /* enum vm_signal_code */
  VM_VALUE_REGION_FLAGS, /* VM_REGION_..., mm/region.h */
  VM_VALUE_REGISTER,     /* enum vm_segment_register */
  VM_VALUE_SEGMENT,      /* enum vm_segment_verdict */
  VM_VALUE_WAY,          /* enum vm_way */
  VM_VALUE_FIT,          /* enum vm_fit */
  VM_VALUE_PLACE,        /* enum vm_chunk_place */
  VM_VALUE_WINDOW,       /* enum vm_window_kind */
  VM_VALUE_SPACE,        /* enum vm_space */
  VM_VALUE_LRU,          /* enum vm_lru */
  VM_VALUE_FATE,         /* enum vm_fate */
  VM_VALUE_SIGNED,       /* decimal; two's complement */
  VM_VALUE_PART,         /* enum vm_part */
  VM_VALUE_AUX,          /* type of a pair of the auxiliary vector */
  VM_VALUE_READAHEAD,    /* enum vm_readahead_why */
  VM_VALUE_FLUSHER,      /* enum vm_flusher_why */
  VM_VALUE_AREA,         /* enum vm_kernel_area, mm/kernel_layout.h */
  VM_VALUE_RULE,         /* enum vm_kernel_rule */
  VM_VALUE_VERSION,      /* of Linux, VM_KERNEL () */
  VM_VALUE_KMAP,         /* enum vm_kmap_kind */
  VM_VALUE_ZONE,         /* enum vm_zone, mm/zone.h */
  VM_VALUE_GFP,          /* enum vm_gfp */
  VM_VALUE_FUNCTION,     /* enum vm_kernel_function */
  VM_VALUE_TRY,          /* enum vm_zone_try */
  VM_VALUE_SLAB_STATE,   /* enum vm_slab_state */
  VM_VALUE_GRANT,        /* enum vm_grant_kind */
  VM_VALUE_OBJECT,       /* enum vm_object */
  VM_VALUE_CLONE_FLAGS,  /* enum vm_clone_flag, several */
  VM_VALUE_CLONE_RULE    /* enum vm_clone_rule */
};

/* What a child can share with its parent. */
enum vm_object {
  VM_OBJECT_MM,      /* the address space */
  VM_OBJECT_FILES,   /* descriptors */
  VM_OBJECT_FS,      /* current folder */
  VM_OBJECT_SIGHAND, /* signal handlers */
  VM_OBJECT_GROUP,   /* the thread group */
  VM_OBJECTS
};

/* Why clone refuses flags. */
enum vm_clone_rule {
  VM_CLONE_RULE_NONE,
  VM_CLONE_RULE_THREAD,  /* thread without sighand */
  VM_CLONE_RULE_SIGHAND, /* sighand without vm */
  VM_CLONE_RULE_CLEAR,   /* sighand, and handlers cleared */
  VM_CLONE_RULES
};

/* For what the kernel's code wants memory, and what it would do for it
 * (include/linux/gfp_types.h): the flags that code passes, not single bits. */
enum vm_gfp {
  VM_GFP_KERNEL,  /* for the kernel itself, which may wait */
  VM_GFP_ATOMIC,  /* which may not wait, and reaches into the reserve */
  VM_GFP_DMA,     /* for devices that reach 16 MiB */
  VM_GFP_DMA32,   /* for devices that reach 4 GiB */
  VM_GFP_HIGHUSER /* for pages of processes: high memory will do */
};
#define VM_GFPS (VM_GFP_HIGHUSER + 1)

/* What the kernel's code calls. */
enum vm_kernel_function {
  VM_FUNCTION_GET_PAGES,
  VM_FUNCTION_FREE_PAGES,
  VM_FUNCTION_KMALLOC,
  VM_FUNCTION_KFREE
};
#define VM_FUNCTIONS (VM_FUNCTION_KFREE + 1)

/* What a zone says that is asked for a block. */
enum vm_zone_try {
  VM_ZONE_GIVES,
  VM_ZONE_TOO_LOW,  /* it would have too little left */
  VM_ZONE_NO_BLOCK, /* frames enough, but none in one piece */
  VM_ZONE_TAKES_MIN /* it would not, but for the reserve */
};
#define VM_ZONE_TRIES (VM_ZONE_TAKES_MIN + 1)

/* How much of a slab is given out. */
enum vm_slab_state {
  VM_SLAB_ACTIVE, /* objects come from this one now */
  VM_SLAB_PARTIAL,
  VM_SLAB_FULL,
  VM_SLAB_EMPTY
};
#define VM_SLAB_STATES (VM_SLAB_EMPTY + 1)

/* What kind of memory the kernel's code was given. */
enum vm_grant_kind {
  VM_GRANT_NONE,
  VM_GRANT_PAGES,  /* get_pages */
  VM_GRANT_OBJECT, /* kmalloc: an object of a slab */
  VM_GRANT_LARGE,  /* kmalloc: whole frames */
  VM_GRANT_VMALLOC /* vmalloc: an area, no grant (mm/vmalloc.h) */
};
#define VM_GRANTS (VM_GRANT_VMALLOC + 1)

/* How the kernel reaches a frame. */
enum vm_kmap_kind {
  VM_KMAP_DIRECT, /* the direct map has it: nothing is to be done */
  VM_KMAP_PKMAP,  /* kmap: a window that all processors see */
  VM_KMAP_LOCAL   /* kmap_local, kmap_atomic: a window of this processor */
};
#define VM_KMAP_KINDS (VM_KMAP_LOCAL + 1)

/* What becomes of a page that reclaim looks at. */
enum vm_fate {
  VM_FATE_EVICT,    /* it goes */
  VM_FATE_ACTIVATE, /* it was used more than once: to the active list */
  VM_FATE_KEEP,     /* it was used once: round again */
  VM_FATE_LOCKED,   /* mlock: it may not go */
  VM_FATE_PINNED,   /* a device, or somebody else, holds it */
  VM_FATE_FREED,    /* its frame is free */
  VM_FATE_DROPPED,  /* free, and nothing had to be written */
  VM_FATE_SHARED,   /* another process still has it */
  VM_FATE_NO_SLOT,  /* there is no room in swap */
  VM_FATE_NO_WRITE, /* writing it failed: its frame keeps it */
  VM_FATE_DIRTY,    /* of a file: it must be written first */
  VM_FATE_NO_TABLE, /* a large page, and no frame to take it apart with */
  VM_FATES
};

/* Segment registers, as the processor numbers them. */
enum vm_segment_register {
  VM_SEGMENT_ES,
  VM_SEGMENT_CS,
  VM_SEGMENT_SS,
  VM_SEGMENT_DS,
  VM_SEGMENT_FS,
  VM_SEGMENT_GS
};

/* What the rights check of a segment came to. */
enum vm_segment_verdict {
  VM_SEGMENT_ALLOWED,
  VM_SEGMENT_NULL,         /* no segment: a null selector */
  VM_SEGMENT_BEYOND_TABLE, /* the table has no such entry */
  VM_SEGMENT_SYSTEM,       /* S = 0: neither code nor data */
  VM_SEGMENT_WRONG_TYPE,   /* not one for this register */
  VM_SEGMENT_PRIVILEGE,    /* CPL, RPL and DPL do not go together */
  VM_SEGMENT_NOT_PRESENT,  /* P = 0 */
  VM_SEGMENT_NO_READ,      /* code that can only be executed */
  VM_SEGMENT_NO_WRITE      /* code, or data that can only be read */
};
#define VM_SEGMENT_VERDICTS (VM_SEGMENT_NO_WRITE + 1)

/* The TLBs of a processor. A unified first level is the data TLB. */
enum vm_tlb_unit { VM_TLB_DATA, VM_TLB_CODE, VM_TLB_SECOND };
#define VM_TLB_UNITS 3

/* How a TLB chooses the way that a new entry takes when its set is full. */
enum vm_replacement {
  VM_REPLACE_LRU,
  VM_REPLACE_PLRU, /* binary tree of one bit a node */
  VM_REPLACE_FIFO,
  VM_REPLACE_RANDOM
};
#define VM_REPLACEMENTS (VM_REPLACE_RANDOM + 1)

/* Why that way: it was empty (then no step says so), or the policy says so. */
enum vm_victim_reason {
  VM_VICTIM_LRU,
  VM_VICTIM_PLRU,
  VM_VICTIM_FIFO,
  VM_VICTIM_RANDOM,
  VM_VICTIM_EMPTY
};

/* What comparing a way came to; where it is another page, or one of another
 * size, the tags say which. */
enum vm_comparison {
  VM_COMPARED_OTHER,
  VM_COMPARED_MATCH,
  VM_COMPARED_OTHER_SPACE /* the page, but of another address space */
};

/* Which of the holes that are large enough a program gets. */
enum vm_fit { VM_FIT_FIRST, VM_FIT_BEST, VM_FIT_WORST };
#define VM_FITS (VM_FIT_WORST + 1)

/* Why a fault that has nothing to do with pages came. */
enum vm_fault_why {
  VM_WHY_PAGES,  /* it has */
  VM_WHY_BOUNDS, /* the address is not below the limit */
  VM_WHY_PORT    /* user mode may not use ports */
};

/* What software asks of a TLB, and what instruction does it (flush.h). */
enum vm_flush_kind {
  VM_FLUSH_ALL,     /* everything */
  VM_FLUSH_ADDRESS, /* one page of one address space, global ones, too */
  VM_FLUSH_ASID,    /* one address space, but not global ones */
  VM_FLUSH_GLOBAL,  /* everything, by way of CR4.PGE */
  VM_FLUSH_SPACES,  /* all address spaces, but not global ones */
  VM_FLUSH_NOFLUSH  /* nothing: CR3 is written with bit 63 */
};
#define VM_FLUSH_KINDS (VM_FLUSH_NOFLUSH + 1)

/* What a process asks for. */
enum vm_call {
  VM_CALL_MMAP,
  VM_CALL_MUNMAP,
  VM_CALL_MPROTECT,
  VM_CALL_MREMAP,
  VM_CALL_BRK,
  VM_CALL_MADVISE,
  VM_CALL_READ,
  VM_CALL_WRITE,
  VM_CALL_MALLOC, /* these two: of the C library, not of the kernel */
  VM_CALL_FREE,
  VM_CALL_MLOCK,
  VM_CALL_MUNLOCK,
  VM_CALL_MLOCKALL,
  VM_CALL_MUNLOCKALL,
  VM_CALL_OPEN,
  VM_CALL_CLOSE,
  VM_CALL_TRUNCATE,
  VM_CALL_MSYNC,
  VM_CALL_FSYNC,
  VM_CALLS
};

/* Where malloc has its chunks. */
enum vm_chunk_place {
  VM_CHUNK_CACHE,    /* of the thread (tcache) */
  VM_CHUNK_FAST,     /* in a fast bin */
  VM_CHUNK_SMALL,    /* in a bin of its size */
  VM_CHUNK_LARGE,    /* in a bin of a range of sizes */
  VM_CHUNK_UNSORTED, /* among those freed lately */
  VM_CHUNK_TOP,      /* at the end of the heap */
  VM_CHUNK_MMAP,     /* in a region of its own */
  VM_CHUNK_PLACES
};

/* What execve lays onto the stack, maps beside the program, or moves by a
 * random number. */
enum vm_part {
  VM_PART_EXECFN, /* the path that execve was given */
  VM_PART_ENVIRONMENT,
  VM_PART_ARGUMENTS,
  VM_PART_PLATFORM,
  VM_PART_RANDOM_BYTES,
  VM_PART_AUXV,
  VM_PART_ENVP,
  VM_PART_ARGV,
  VM_PART_ARGC,
  VM_PART_STACK,       /* its top, by pages */
  VM_PART_STACK_BYTES, /* by bytes, within a page or two */
  VM_PART_MMAP_BASE,
  VM_PART_PROGRAM, /* one that can lie anywhere */
  VM_PART_BRK,
  VM_PART_VVAR,
  VM_PART_VVAR_VCLOCK,
  VM_PART_VDSO,
  VM_PARTS
};

/* How the place of a file that execve maps is found. */
enum vm_place_rule {
  VM_RULE_AS_LINKED, /* ET_EXEC: where its addresses say */
  VM_RULE_HIGH,      /* ET_DYN with an interpreter: at two thirds */
  VM_RULE_GAP        /* ET_DYN without one: among what is mmapped */
};

/* How it is refused (errno). */
enum vm_errno {
  VM_ERRNO_NONE,
  VM_EPERM,
  VM_EAGAIN,
  VM_ENOMEM,
  VM_EACCES,
  VM_EFAULT,
  VM_EEXIST,
  VM_EINVAL,
  VM_ECHILD,
  VM_E2BIG,
  VM_ENOEXEC,
  VM_EIO,
  VM_EBADF,
  VM_EMFILE,
  VM_EBUSY,
  VM_ERRNOS
};

/* What VM_STEP_LIMIT is about. */
enum vm_limit {
  VM_LIMIT_REGIONS,    /* max_map_count */
  VM_LIMIT_ADDRESSES,  /* RLIMIT_AS */
  VM_LIMIT_OVERCOMMIT, /* what is promised in all */
  VM_LIMIT_STACK,      /* RLIMIT_STACK */
  VM_LIMIT_LOWEST,     /* mmap_min_addr */
  VM_LIMIT_TASK_SIZE,  /* the end of user addresses */
  VM_LIMIT_LOCKED,     /* RLIMIT_MEMLOCK */
  VM_LIMITS
};

/* Why pages of a file are read ahead. */
enum vm_readahead_why {
  VM_READAHEAD_FIRST,      /* a reader begins: a first window */
  VM_READAHEAD_SEQUENTIAL, /* he goes on in order: the next window */
  VM_READAHEAD_CONTEXT,    /* the pages before it are cached: so somebody did */
  VM_READAHEAD_RANDOM,     /* it fits to nothing: what he wants, and no more */
  VM_READAHEAD_AROUND,     /* a page fault: the pages on both sides of it */
  VM_READAHEAD_ADVICE,     /* he said that he would need them */
  VM_READAHEADS
};

/* Who has dirty pages written. */
enum vm_flusher_why {
  VM_FLUSHER_BACKGROUND, /* the flusher: there are too many */
  VM_FLUSHER_OLD,        /* the flusher: they have been dirty for long */
  VM_FLUSHER_THROTTLE,   /* whoever dirtied them: there are far too many */
  VM_FLUSHER_SYNC,       /* somebody who asked for it */
  VM_FLUSHERS
};

/* Where find_vma goes from a node. */
enum vm_look { VM_LOOK_LEFT, VM_LOOK_RIGHT, VM_LOOK_INSIDE };

/* What the page-fault handler asks on its way. */
enum vm_question {
  VM_ASK_USER_ADDRESS, /* does the address belong to user space? */
  VM_ASK_FIXUP,        /* the kernel itself touched it: is there a way out? */
  VM_ASK_REGION,       /* does any region end above the address? */
  VM_ASK_INSIDE,       /* does the address lie in it? */
  VM_ASK_GROWS_DOWN,   /* if not: does it grow down? */
  VM_ASK_STACK_LIMIT,  /* does it stay within RLIMIT_STACK? */
  VM_ASK_GUARD_GAP,    /* does it keep its distance from the one below? */
  VM_ASK_ALLOWED,      /* does the region allow the access? */
  VM_ASK_HUGE,         /* can a large page be had here? */
  VM_ASK_EMPTY,        /* is the entry empty? */
  VM_ASK_SWAPPED,      /* does it name a place in swap? */
  VM_ASK_FILE,         /* does the region map a file? */
  VM_ASK_IN_FILE,      /* does the file reach that far? */
  VM_ASK_CACHED,       /* is the page in the page cache? */
  VM_ASK_WRITE,        /* is it a write? */
  VM_ASK_SHARED,       /* is the region shared? */
  VM_ASK_PROTECTED,    /* is the page there, but protected from writing? */
  VM_ASK_ZERO,         /* is it the zero frame? */
  VM_ASK_SOLE,         /* does nobody else have the frame? */
  VM_ASK_MEMORY,       /* is there a free frame? */
  VM_ASK_SWAP_CACHED,  /* is the page still in the swap cache? */
  VM_QUESTIONS
};

/* What the handler did. */
enum vm_action {
  VM_DID_NOTHING,      /* the entry was right already */
  VM_DID_ZERO,         /* mapped the zero frame */
  VM_DID_ANONYMOUS,    /* a new frame of zeros */
  VM_DID_REPLACE_ZERO, /* a new frame in place of the zero frame */
  VM_DID_HUGE,         /* a large page of zeros */
  VM_DID_COPY,         /* a copy of a frame that others have, too */
  VM_DID_REUSE,        /* made writable: nobody else has it */
  VM_DID_FILE,         /* mapped pages from the page cache */
  VM_DID_FILE_COPY,    /* a private copy of a file's page */
  VM_DID_NOTIFY,       /* told the file system, made writable */
  VM_DID_SWAP_IN,      /* brought the page back from swap */
  VM_ACTIONS
};

/* How a program learns of it, and why. */
enum vm_signal { VM_SIGNAL_NONE, VM_SIGKILL, VM_SIGBUS, VM_SIGSEGV };
#define VM_SIGNALS (VM_SIGSEGV + 1)
enum vm_signal_code {
  VM_CODE_MAPERR,   /* there is no region */
  VM_CODE_ACCERR,   /* the region does not allow it */
  VM_CODE_KERNEL,   /* SI_KERNEL: no address is told */
  VM_CODE_ADRERR,   /* BUS_ADRERR: beyond the end of the file */
  VM_CODE_NO_MEMORY /* the machine has no frame left */
};
#define VM_SIGNAL_CODES (VM_CODE_NO_MEMORY + 1)

/* What the permission check of VM_STEP_PERMISSION came to. */
enum vm_verdict {
  VM_VERDICT_ALLOWED,
  VM_VERDICT_NOT_PRESENT, /* an entry has P = 0 */
  VM_VERDICT_RESERVED,    /* an entry has a reserved bit set */
  VM_VERDICT_SUPERVISOR,  /* user mode, and some level has U/S = 0 */
  VM_VERDICT_READ_ONLY,   /* a write, and some level has R/W = 0 */
  VM_VERDICT_NO_EXECUTE,  /* a fetch, and some level has NX = 1 */
  VM_VERDICT_SMEP,        /* the kernel fetches from a user page */
  VM_VERDICT_SMAP,        /* the kernel touches a user page */
  VM_VERDICT_USER_PAGE,   /* RISC-V: the kernel touches a user page, SUM = 0,
                             or executes one */
  VM_VERDICT_NO_READ,     /* a read of a page with R = 0 */
  VM_VERDICT_NO_FLAG,     /* A or D would have to be set, by software */
  VM_VERDICT_NO_LEAF,     /* the last table's entry points on */
  VM_VERDICT_UPPER_BITS   /* the address has bits above those translated */
};

#define VM_VERDICTS (VM_VERDICT_UPPER_BITS + 1)

struct vm_value_info {
  const char *name; /* as in JSON; NULL when unused */
  enum vm_value_type type;
};

struct vm_step_info {
  const char *name; /* as in JSON, such as "entry-read" */
  struct vm_value_info values[VM_STEP_VALUES];
};

/* One recorded step. */
struct vm_step {
  uint64_t first_delta;            /* number of the first delta under it */
  uint64_t parent;                 /* step it is nested in; itself at depth 0 */
  uint64_t values[VM_STEP_VALUES]; /* named by vm_step_info_of (kind) */
  uint16_t kind;                   /* enum vm_step_kind */
  uint16_t depth;                  /* 0: the operation itself */
  uint16_t cpu;                    /* on which processor */
  uint16_t unit;                   /* enum vm_tlb_unit: in which TLB of it */
};

/* Where each kind keeps its values. */
enum {
  VM_V_MACHINE_GEOMETRY = 0,
  VM_V_MACHINE_MEMORY,
  VM_V_MACHINE_SETS,
  VM_V_MACHINE_WAYS,

  VM_V_PROCESS_PROCESS = 0,
  VM_V_PROCESS_PID,
  VM_V_PROCESS_ROOT,
  VM_V_PROCESS_NAME,

  VM_V_MAP_PROCESS = 0,
  VM_V_MAP_VA,
  VM_V_MAP_FRAME,
  VM_V_MAP_SIZE,

  VM_V_TAKE_FRAME = 0,
  VM_V_TAKE_ROLE,
  VM_V_TAKE_LEVEL,
  VM_V_TAKE_PROCESS,

  /* shared by ENTRY_WRITE, ENTRY_READ, SET_ACCESSED, SET_DIRTY and the two
     of registers */
  VM_V_ENTRY_LEVEL = 0,
  VM_V_ENTRY_INDEX,
  VM_V_ENTRY_TABLE,
  VM_V_ENTRY_PA,
  VM_V_ENTRY_RAW,
  VM_V_ENTRY_FRAME,

  VM_V_ACCESS_VA = 0,
  VM_V_ACCESS_KIND,
  VM_V_ACCESS_MODE,
  VM_V_ACCESS_WIDTH,
  VM_V_ACCESS_PROCESS,

  VM_V_SWITCH_PROCESS = 0,
  VM_V_SWITCH_ROOT,
  VM_V_SWITCH_DROPPED,

  /* PROBE, COMPARE, HIT, MISS, FILL, DROP start alike */
  VM_V_TLB_SET = 0,
  VM_V_TLB_PAGE,
  VM_V_TLB_SHIFT,
  VM_V_PROBE_VALID = 3, /* ways that hold an entry */
  VM_V_COMPARE_WAY = 3,
  VM_V_COMPARE_TAG,
  VM_V_COMPARE_MATCH, /* enum vm_comparison */
  VM_V_TLB_WAY = 3,
  VM_V_TLB_FRAME,        /* HIT, FILL, DROP */
  VM_V_FILL_EVICTED = 5, /* FILL: 1 if a page lost its place */

  VM_V_WALK_PROCESS = 0,
  VM_V_WALK_ROOT,
  VM_V_WALK_LEVELS,
  VM_V_WALK_UPPER, /* 1: with the root of the upper half */

  VM_V_PERMISSION_VERDICT = 0,
  VM_V_PERMISSION_WRITABLE,
  VM_V_PERMISSION_USER,
  VM_V_PERMISSION_NX, /* for the mode that asks */
  VM_V_PERMISSION_KIND,
  VM_V_PERMISSION_MODE,

  VM_V_COMPOSE_FRAME = 0,
  VM_V_COMPOSE_OFFSET,
  VM_V_COMPOSE_PA,
  VM_V_COMPOSE_SHIFT,

  VM_V_DATA_PA = 0,
  VM_V_DATA_KIND,
  VM_V_DATA_WIDTH,
  VM_V_DATA_VALUE,

  VM_V_FAULT_KIND = 0,
  VM_V_FAULT_VECTOR,
  VM_V_FAULT_ERROR,
  VM_V_FAULT_ADDRESS,
  VM_V_FAULT_WHY, /* enum vm_fault_why; not printed */

  VM_V_DUMP_PROCESS = 0,
  VM_V_DUMP_TABLES,

  VM_V_SCHEDULE_PROCESS = 0,
  VM_V_SCHEDULE_BEFORE, /* who ran there; VM_NONE: nobody */

  VM_V_MODE_MODE = 0,
  VM_V_MODE_ROOT,
  VM_V_MODE_DROPPED,
  VM_V_MODE_PROCESS,

  /* VICTIM starts like PROBE; PROMOTE is like FILL */
  VM_V_VICTIM_REASON = 4,
  VM_V_VICTIM_NEW = 5, /* page for whose sake the one named goes */

  VM_V_PRINT_ENTRIES = 0,

  VM_V_FLUSH_KIND = 0,
  VM_V_FLUSH_VA,
  VM_V_FLUSH_ASID,
  VM_V_FLUSH_DROPPED,
  VM_V_FLUSH_PROCESS, /* named by the instruction; VM_NONE: the one loaded */

  /* OWE, BEHIND, SHOOTDOWN and the IPIs are about a page of a process */
  VM_V_IPI_PROCESS = 0,
  VM_V_IPI_VA,
  VM_V_IPI_COUNT, /* entries owed; processors to be told, or still awaited */
  VM_V_IPI_OTHER, /* the processor at the other end */

  VM_V_PSC_LEVEL = 0, /* of the entry that is known */
  VM_V_PSC_PREFIX,
  VM_V_PSC_TABLE, /* that it points to */
  VM_V_PSC_SAVED, /* entry reads saved */

  VM_V_POOL_POOL = 0, /* name of the pool, in all steps about pools */
  VM_V_POOL_FRAMES,
  VM_V_POOL_NUMBER,     /* from 0 */
  VM_V_POOL_POLICY = 3, /* in all of them */

  VM_V_STRING_COUNT = 0, /* references declared */
  VM_V_STRING_FIRST,     /* number of the first of them */

  VM_V_REFERENCE_NUMBER = 0, /* in the string, from 1 */
  VM_V_REFERENCE_PAGE,
  VM_V_REFERENCE_KIND,
  VM_V_REFERENCE_POOLS, /* that are referred to */

  /* the kinds PAGE_* */
  VM_V_PAGE_PAGE = 1,
  VM_V_PAGE_FRAME,      /* MISS: frames that hold pages */
  VM_V_PAGE_NUMBER = 4, /* HIT, MISS: of the reference */
  VM_V_PAGE_KIND,
  VM_V_PAGE_LIST = 4,  /* MOVE, LOAD: the list it joins */
  VM_V_PAGE_COUNT = 4, /* COUNT, SPARE */
  VM_V_PAGE_KEY = 4,   /* COMPARE, VICTIM: its rank */
  VM_V_PAGE_TIE = 5,   /* COMPARE */
  VM_V_PAGE_DIRTY = 5, /* VICTIM, LOAD */

  VM_V_GHOST_LIST = 2, /* and the page, as in PAGE_* */

  VM_V_TARGET_AFTER = 1,
  VM_V_TARGET_BEFORE,

  VM_V_TICK_INTERVAL = 1,
  VM_V_TICK_USED,

  VM_V_POKE_PA = 0,
  VM_V_POKE_WIDTH,
  VM_V_POKE_BEFORE,
  VM_V_POKE_VALUE,
  VM_V_POKE_ENTRIES, /* of a page table that it touches */

  /* CHANGE and REGISTER_OWE begin like ENTRY_READ */
  VM_V_CHANGE_BEFORE = 5,
  VM_V_REGISTER_OWE_MEMORY = 5, /* what memory holds instead */

  VM_V_FIELD_LEVEL = 0,
  VM_V_FIELD_LEAF, /* the entry maps a page: which layout it has */
  VM_V_FIELD_HIGH,
  VM_V_FIELD_LOW,
  VM_V_FIELD_BEFORE,
  VM_V_FIELD_AFTER,

  VM_V_REFS_FRAME = 0,
  VM_V_REFS_COUNT, /* frames from that one on of which it is true */
  VM_V_REFS_BEFORE,
  VM_V_REFS_AFTER,
  VM_V_REFS_ROLE, /* as it is now */

  VM_V_CALL_CALL = 0, /* CALL and RETURN */
  VM_V_CALL_PROCESS,
  VM_V_CALL_VA,
  VM_V_CALL_LENGTH,
  VM_V_CALL_FLAGS, /* of the region; MREMAP: the new length */
  VM_V_CALL_FILE,
  VM_V_RETURN_ERRNO = 2,
  VM_V_RETURN_VALUE,

  VM_V_GAP_VA = 0,
  VM_V_GAP_LENGTH,
  VM_V_GAP_BELOW, /* region or limit that it ends at */

  VM_V_LIMIT_LIMIT = 0,
  VM_V_LIMIT_VALUE,
  VM_V_LIMIT_MOST,
  VM_V_LIMIT_WITHIN, /* 1: it is kept */

  VM_V_REGION_REGION = 0, /* all that are about regions begin alike */
  VM_V_REGION_START,
  VM_V_REGION_END,
  VM_V_LOOK_VA,   /* LOOK and FOUND */
  VM_V_LOOK_LOOK, /* FOUND: 1 if the address lies inside */
  VM_V_LOOK_FLAGS,
  VM_V_REGION_FLAGS = 3, /* NEW, GONE, FLAGS, MERGE */
  VM_V_REGION_FILE,      /* NEW, GONE */
  VM_V_REGION_MM,        /* NEW, GONE, FLAGS, RESIZE, SPLIT */
  VM_V_FLAGS_NEW = 4,
  VM_V_RESIZE_START = 3,
  VM_V_RESIZE_END,
  VM_V_SPLIT_AT = 3,
  VM_V_SPLIT_FLAGS,
  VM_V_MERGE_OTHER = 4,
  VM_V_MERGE_AT, /* where the other began */
  VM_V_ANON_ANON = 3,
  VM_V_ANON_REGIONS, /* that had it before */

  VM_V_HANDLER_PROCESS = 0, /* HANDLER and HANDLED */
  VM_V_HANDLER_VA,
  VM_V_HANDLER_KIND,
  VM_V_HANDLER_MODE,
  VM_V_HANDLER_ERROR,
  VM_V_HANDLED_ACTION = 2,
  VM_V_HANDLED_FRAME,
  VM_V_HANDLED_PAGES,
  VM_V_HANDLED_MAJOR,

  VM_V_DECIDE_QUESTION = 0,
  VM_V_DECIDE_ANSWER, /* 1: yes */
  VM_V_DECIDE_VA,
  VM_V_DECIDE_REGION,
  VM_V_DECIDE_VALUE, /* what the question is about: a frame, a distance ... */
  VM_V_DECIDE_MOST,  /* the limit it is held against; else 0 */

  VM_V_SIGNAL_PROCESS = 0,
  VM_V_SIGNAL_SIGNAL,
  VM_V_SIGNAL_CODE,
  VM_V_SIGNAL_ADDRESS,

  VM_V_COPY_FROM = 0,
  VM_V_COPY_TO,
  VM_V_COPY_VA,
  VM_V_COPY_PROCESS,

  VM_V_CACHE_FILE = 0,
  VM_V_CACHE_PAGE,
  VM_V_CACHE_FRAME,

  VM_V_FREE_FRAME = 0,
  VM_V_FREE_ROLE,

  VM_V_FORK_PARENT = 0,
  VM_V_FORK_CHILD,
  VM_V_FORK_PID,
  VM_V_FORK_NAME,
  VM_V_FORK_SHARED, /* 1: vfork, the child has the parent's address space */

  VM_V_FORK_REGION_COPIED = 4, /* after region, start, end, flags */
  VM_V_FORK_REGION_ANON,       /* its anon_vma; 0: none */

  VM_V_SHARE_VA = 0,
  VM_V_SHARE_FRAME,
  VM_V_SHARE_REFS,
  VM_V_SHARE_PROTECTED, /* 1: it may no more be written */
  VM_V_SHARE_PROCESS,   /* the child */

  VM_V_EXIT_PROCESS = 0, /* EXIT and REAP */
  VM_V_EXIT_STATUS,
  VM_V_EXIT_PARENT,

  VM_V_WAIT_PROCESS = 0,
  VM_V_WAIT_CHILDREN,

  VM_V_FILE_NAME = 0,
  VM_V_FILE_SIZE,
  VM_V_FILE_FS, /* 0: on a disk, 1: in memory */
  VM_V_FILE_CACHED,

  VM_V_OVERCOMMIT_MODE = 0,
  VM_V_OVERCOMMIT_RATIO,

  VM_V_SET_LIMITS_PROCESS = 0,
  VM_V_SET_LIMITS_STACK,
  VM_V_SET_LIMITS_MEMORY,

  VM_V_SHOW_PROCESS = 0,
  VM_V_SHOW_WHAT,

  VM_V_SEGMENTS_FLAT = 0,
  VM_V_SEGMENTS_ENTRIES,
  VM_V_SEGMENTS_TABLE, /* 0: long mode has none */

  /* LOAD, CACHE, USE, LIMIT and ADD begin with the register */
  VM_V_SEGMENT_REGISTER = 0,
  VM_V_SEGMENT_SELECTOR, /* LOAD and CACHE */
  VM_V_SEGMENT_MODE,     /* LOAD */

  VM_V_SELECTOR_SELECTOR = 0,
  VM_V_SELECTOR_INDEX,
  VM_V_SELECTOR_TABLE,
  VM_V_SELECTOR_RPL,

  /* WRITE, READ and ACCESSED of descriptors */
  VM_V_DESCRIPTOR_INDEX = 0,
  VM_V_DESCRIPTOR_PA,
  VM_V_DESCRIPTOR_RAW,
  VM_V_DESCRIPTOR_BASE,
  VM_V_DESCRIPTOR_LAST, /* offset that the limit names */

  VM_V_TRANSFER_PROCESS = 0,
  VM_V_TRANSFER_VA,
  VM_V_TRANSFER_FILE,
  VM_V_TRANSFER_OFFSET, /* in the file, bytes */
  VM_V_TRANSFER_BYTES,
  VM_V_TRANSFER_TO_FILE, /* 1: write; 0: read */

  /* CHUNK, CHUNK_SPLIT, CHUNK_JOIN begin alike */
  VM_V_CHUNK_PROCESS = 0,
  VM_V_CHUNK_ADDRESS,
  VM_V_CHUNK_BYTES,
  VM_V_CHUNK_PLACE,
  VM_V_CHUNK_TAKEN,     /* 1: it comes from there; 0: it goes there */
  VM_V_CHUNK_OTHER = 3, /* the rest, or the neighbour */
  VM_V_CHUNK_OTHER_BYTES,

  VM_V_REQUEST_PROCESS = 0,
  VM_V_REQUEST_BYTES,
  VM_V_REQUEST_CHUNK,
  VM_V_REQUEST_WORD, /* bytes of its header that are its own */
  VM_V_REQUEST_THRESHOLD,

  VM_V_THRESHOLD_PROCESS = 0,
  VM_V_THRESHOLD_OLD,
  VM_V_THRESHOLD_NEW,

  VM_V_RMAP_FRAME = 0,
  VM_V_RMAP_FLAGS,   /* VM_PAGE_..., mm/frames.h */
  VM_V_RMAP_MAPPING, /* number of its anon_vma or its file */
  VM_V_RMAP_REGIONS, /* that may map it */
  VM_V_RMAP_MAPPED,  /* entries that do */

  VM_V_LOOKS_PROCESS = 0,
  VM_V_LOOKS_REGION,
  VM_V_LOOKS_VA, /* where the page would be in it */
  VM_V_LOOKS_FOUND,
  VM_V_LOOKS_PA, /* of the entry */
  VM_V_LOOKS_WRITABLE,

  VM_V_CACHE_BASE = 2,
  VM_V_CACHE_LAST,

  VM_V_USE_OFFSET = 1,
  VM_V_USE_KIND,
  VM_V_USE_MODE,
  VM_V_USE_WIDTH,
  VM_V_USE_PROCESS,

  VM_V_SEGMENT_VERDICT = 0,
  VM_V_SEGMENT_RIGHTS_REGISTER,
  VM_V_SEGMENT_CPL,
  VM_V_SEGMENT_DPL,
  VM_V_SEGMENT_TYPE,
  VM_V_SEGMENT_LOADING, /* 1: a load asks, 0: an access */

  VM_V_LIMIT_OFFSET = 1,
  VM_V_LIMIT_LAST,
  VM_V_LIMIT_LOWEST,
  VM_V_LIMIT_HIGHEST,
  VM_V_LIMIT_INSIDE,

  VM_V_ADD_BASE = 1,
  VM_V_ADD_OFFSET,
  VM_V_ADD_LINEAR,

  VM_V_WAY_WAY = 0,
  VM_V_WAY_BEFORE,

  /* IDENTITY, LIMIT and BASE */
  VM_V_BARE_VA = 0,
  VM_V_BARE_PA = 1, /* IDENTITY */
  VM_V_BOUND_LIMIT = 1,
  VM_V_BOUND_WIDTH,
  VM_V_BOUND_BELOW, /* 1: the access goes on */
  VM_V_BASE_BASE = 1,
  VM_V_BASE_PA,

  VM_V_BOUNDS_PROCESS = 0,
  VM_V_BOUNDS_BASE,
  VM_V_BOUNDS_LIMIT,

  VM_V_TRESPASS_PROCESS = 0,
  VM_V_TRESPASS_PA,
  VM_V_TRESPASS_OWNER, /* VM_NONE: the kernel */

  /* PROGRAM, LEAVE, OVERWRITE, RELOCATE, SWAP_OUT, SWAP_IN, COMPACT, MOVE and
     RUN are about a program: whose, where, how large */
  VM_V_IMAGE_PROCESS = 0,
  VM_V_IMAGE_BASE,
  VM_V_IMAGE_SIZE,
  VM_V_PROGRAM_LINKED = 3,
  VM_V_PROGRAM_REFERENCES,
  VM_V_OVERWRITE_OWNER = 3,
  VM_V_RELOCATE_REFERENCES = 3,
  VM_V_RELOCATE_FROM, /* where it had to lie before */
  VM_V_SWAP_BLOCK = 3,
  VM_V_SWAP_BLOCKS,
  VM_V_MOVE_FROM = 3,
  VM_V_RUN_REFERENCES = 3,

  VM_V_PLACE_BASE = 0,
  VM_V_PLACE_SIZE,
  VM_V_PLACE_HOLE, /* size of the hole */
  VM_V_PLACE_FIT,

  VM_V_NO_PLACE_PROCESS = 0,
  VM_V_NO_PLACE_SIZE,
  VM_V_NO_PLACE_LARGEST,
  VM_V_NO_PLACE_FREE,
  VM_V_NO_PLACE_HOLES,

  VM_V_PATCH_INDEX = 0,
  VM_V_PATCH_PA,
  VM_V_PATCH_BEFORE,
  VM_V_PATCH_AFTER,

  VM_V_DISK_BLOCK = 0,
  VM_V_DISK_PA,
  VM_V_DISK_WRITE,

  VM_V_COMPACT_HOLES = 0,
  VM_V_COMPACT_FREE,

  VM_V_FOLLOW_PROCESS = 0,
  VM_V_FOLLOW_INDEX,
  VM_V_FOLLOW_VA, /* where the program holds the address */

  VM_V_FOUND_INDEX = 0,
  VM_V_FOUND_VALUE,
  VM_V_FOUND_EXPECTED,
  VM_V_FOUND_RIGHT,

  VM_V_WINDOW_FIRST = 0,
  VM_V_WINDOW_LAST,
  VM_V_WINDOW_NAME,
  VM_V_WINDOW_KIND,
  VM_V_WINDOW_SPACE,

  VM_V_ROUTE_ADDRESS = 0,
  VM_V_ROUTE_NAME, /* VM_NONE: no window is there */
  VM_V_ROUTE_KIND,
  VM_V_ROUTE_SPACE,

  VM_V_SILENCE_ADDRESS = 0,
  VM_V_SILENCE_KIND,
  VM_V_SILENCE_WIDTH,
  VM_V_SILENCE_VALUE,
  VM_V_SILENCE_WINDOW, /* ROM, or HOLE */
  VM_V_SILENCE_SPACE,

  VM_V_DEVICE_NAME = 0,
  VM_V_DEVICE_OFFSET,
  VM_V_DEVICE_KIND,
  VM_V_DEVICE_WIDTH,
  VM_V_DEVICE_VALUE,
  VM_V_DEVICE_COUNT, /* of its reads or of its writes, this one included */

  VM_V_PORT_PORT = 0,
  VM_V_PORT_KIND,
  VM_V_PORT_WIDTH,
  VM_V_PORT_MODE,

  VM_V_INPUT_NAME = 0,
  VM_V_INPUT_OFFSET,
  VM_V_INPUT_WIDTH,
  VM_V_INPUT_VALUE,

  VM_V_IOMMU_NAME = 0,
  VM_V_IOMMU_DOMAIN,

  VM_V_DMA_NAME = 0,
  VM_V_DMA_ADDRESS,
  VM_V_DMA_KIND,
  VM_V_DMA_WIDTH,

  VM_V_IOMMU_WALK_NAME = 0,
  VM_V_IOMMU_WALK_ADDRESS,
  VM_V_IOMMU_WALK_ROOT,
  VM_V_IOMMU_WALK_LEVELS,
  VM_V_IOMMU_WALK_DOMAIN,

  VM_V_BUS_ADDRESS = 0,
  VM_V_BUS_PA,
  VM_V_BUS_TRANSLATED,

  VM_V_DMA_DATA_NAME = 0,
  VM_V_DMA_DATA_PA,
  VM_V_DMA_DATA_KIND,
  VM_V_DMA_DATA_WIDTH,
  VM_V_DMA_DATA_VALUE,

  /* the kinds about a page of a file begin with the file's name */
  VM_V_FILE_PAGE_FILE = 0,
  VM_V_FILE_PAGE_PAGE,
  VM_V_FILE_PAGE_FRAME,
  VM_V_READAHEAD_PAGES = 2, /* that the window has */
  VM_V_READAHEAD_MARKER,    /* page that has the next one read; VM_NONE: none */
  VM_V_READAHEAD_WHY,
  VM_V_READAHEAD_ASKED, /* page for which it is done */
  VM_V_AROUND_PAGES = 2,
  VM_V_AROUND_MAPPED, /* of them by this */
  VM_V_AROUND_VA,     /* of the first */
  VM_V_AROUND_PROCESS,
  VM_V_DIRTY_COUNT = 3, /* dirty pages that the file has now */
  VM_V_WRITEBACK_BLOCK = 3,
  VM_V_CLEAN_PROCESS = 3,
  VM_V_CLEAN_VA,
  VM_V_ERROR_COUNT = 3, /* writes of the file that failed so far */
  VM_V_ZERO_FROM = 3,   /* byte of the page */

  VM_V_FLUSHER_WHY = 0,
  VM_V_FLUSHER_DIRTY,
  VM_V_FLUSHER_LIMIT, /* pages that may be dirty */

  VM_V_TICK_SECONDS = 0,
  VM_V_TICK_NOW,

  VM_V_TRUNCATE_FILE = 0,
  VM_V_TRUNCATE_SIZE,
  VM_V_TRUNCATE_OLD,

  VM_V_UNLINK_FILE = 0,
  VM_V_UNLINK_USERS, /* mappings and open files that keep it */

  VM_V_DROP_FILE = 0,
  VM_V_DROP_PAGES,
  VM_V_DROP_KEPT, /* cached, but dirty or mapped */

  VM_V_BLOCKED_NAME = 0,
  VM_V_BLOCKED_ADDRESS,
  VM_V_BLOCKED_KIND,
  VM_V_BLOCKED_VERDICT,

  /* All that are about slots begin alike; SWAPON and SWAPOFF with the area */
  VM_V_SLOT_AREA = 0,
  VM_V_SLOT_SLOT,
  VM_V_SLOT_FRAME,      /* TAKE, WRITE, READ, FOUND */
  VM_V_SLOT_USED = 3,   /* TAKE, FREE: of the area, then */
  VM_V_SLOT_BEFORE = 2, /* COUNT */
  VM_V_SLOT_AFTER,
  VM_V_SLOT_BLOCK = 3, /* WRITE, READ */
  VM_V_SLOT_OK,
  VM_V_SWAPON_SLOTS = 1,
  VM_V_SWAPON_BLOCK,
  VM_V_SWAPON_FAILS,
  VM_V_SWAPOFF_USED = 1,

  VM_V_KSWAPD_FREE = 0,
  VM_V_KSWAPD_LOW,
  VM_V_KSWAPD_HIGH,

  VM_V_DIRECT_PROCESS = 0,
  VM_V_DIRECT_FREE,
  VM_V_DIRECT_MIN,
  VM_V_DIRECT_NEED,

  VM_V_SCAN_LIST = 0,
  VM_V_SCAN_SIZE,
  VM_V_SCAN_ACTIVE, /* frames of the active list beside it */
  VM_V_SCAN_LOW,    /* 1: that one is longer, and gives up its oldest first */

  VM_V_LRU_FRAME = 0,
  VM_V_LRU_LIST,
  VM_V_LRU_USED,   /* LOOK: entries with A set */
  VM_V_LRU_SPARED, /* LOOK: it was found used before */
  VM_V_LRU_FATE,   /* LOOK */
  VM_V_LRU_TO = 2, /* MOVE */

  VM_V_EVICT_FRAME = 0,
  VM_V_EVICT_FLAGS, /* VM_PAGE_..., mm/frames.h */
  VM_V_EVICT_MAPPING,
  VM_V_EVICT_PAGE,
  VM_V_EVICT_MAPPED,  /* entries that name it */
  VM_V_EVICT_PROCESS, /* VM_NONE: from all */
  VM_V_EVICTED_FATE = 1,

  VM_V_SWAP_ENTRY_PROCESS = 0,
  VM_V_SWAP_ENTRY_VA,
  VM_V_SWAP_ENTRY_AREA,
  VM_V_SWAP_ENTRY_SLOT,
  VM_V_SWAP_ENTRY_RAW,
  VM_V_SWAP_ENTRY_PA,

  VM_V_OOM_PROCESS = 0, /* OOM, SCORE, KILL */
  VM_V_OOM_FREE = 1,
  VM_V_OOM_SCORE = 1, /* SCORE, KILL */
  VM_V_OOM_RSS,
  VM_V_OOM_SWAP,
  VM_V_OOM_TABLES,
  VM_V_OOM_ADJUST,
  VM_V_OOM_FREED = 2, /* KILL: free frames, then */

  VM_V_LOCK_PROCESS = 0,
  VM_V_LOCK_START,
  VM_V_LOCK_END,
  VM_V_LOCK_LOCKED, /* 1: from now on; 0: no more */
  VM_V_LOCK_PAGES,  /* locked in all, then */

  VM_V_PIN_PROCESS = 0,
  VM_V_PIN_VA,
  VM_V_PIN_FRAME,
  VM_V_PIN_PINS, /* of that frame, then */

  VM_V_RESIDENT_PROCESS = 0,
  VM_V_RESIDENT_PAGES,
  VM_V_RESIDENT_MOST,

  VM_V_EXEC_PROCESS = 0,
  VM_V_EXEC_FILE,   /* interned name */
  VM_V_EXEC_KERNEL, /* N of Linux 6.N */
  VM_V_EXEC_RANDOM,
  VM_V_EXEC_SEED,

  VM_V_HEADER_FILE = 0, /* interned name, as all files here */
  VM_V_HEADER_BITS,
  VM_V_HEADER_MOVES, /* ET_DYN */
  VM_V_HEADER_ENTRY,
  VM_V_HEADER_SEGMENTS, /* that are to be mapped */
  VM_V_HEADER_CONTENT,

  VM_V_INTERPRETER_CONTENT = 0, /* that has its path */
  VM_V_INTERPRETER_OFFSET,      /* in it */
  VM_V_INTERPRETER_FILE,        /* VM_NONE: it is not there, and skipped */

  VM_V_LEAVE_PROCESS = 0, /* of EXEC_LEAVE */
  VM_V_LEAVE_REGIONS,
  VM_V_LEAVE_PAGES,
  VM_V_LEAVE_SHARED, /* others still use it */

  VM_V_DRAW_PART = 0,
  VM_V_DRAW_BITS,  /* as many values as that are possible; 0: so many that are
                      no power of two */
  VM_V_DRAW_BYTES, /* by how much it moves */
  VM_V_DRAW_RESULT,

  VM_V_LAYOUT_PROCESS = 0,
  VM_V_LAYOUT_TASK_SIZE,
  VM_V_LAYOUT_STACK_TOP,
  VM_V_LAYOUT_GAP, /* bytes that the stack gets to itself */
  VM_V_LAYOUT_MMAP_BASE,

  VM_V_STRINGS_PART = 0,
  VM_V_STRINGS_ADDRESS, /* the lowest byte */
  VM_V_STRINGS_BYTES,
  VM_V_STRINGS_COUNT,

  VM_V_STACK_PROCESS = 0,
  VM_V_STACK_START,
  VM_V_STACK_END,
  VM_V_STACK_FLAGS,
  VM_V_STACK_HEADER, /* the file says whether it may be executed */

  VM_V_EXEC_PLACE_FILE = 0,
  VM_V_EXEC_PLACE_START,
  VM_V_EXEC_PLACE_SIZE, /* bytes from the first page to the last */
  VM_V_EXEC_PLACE_BIAS, /* that is added to the file's addresses */
  VM_V_EXEC_PLACE_RULE, /* enum vm_place_rule */
  VM_V_EXEC_PLACE_ALIGN,

  VM_V_EXEC_SEGMENT_INDEX = 0,
  VM_V_EXEC_SEGMENT_START,
  VM_V_EXEC_SEGMENT_END,
  VM_V_EXEC_SEGMENT_OFFSET,
  VM_V_EXEC_SEGMENT_FLAGS,
  VM_V_EXEC_SEGMENT_FILE,

  VM_V_TRIM_START = 0,
  VM_V_TRIM_END,

  VM_V_ZERO_START = 0,
  VM_V_ZERO_END,
  VM_V_ZERO_SEGMENT,
  VM_V_ZERO_WRITES, /* 0: the segment may not be written, and nothing is */

  VM_V_BSS_START = 0,
  VM_V_BSS_END,
  VM_V_BSS_SEGMENT,
  VM_V_BSS_FLAGS,

  VM_V_SPECIAL_PART = 0,
  VM_V_SPECIAL_START,
  VM_V_SPECIAL_END,

  VM_V_TABLES_PROCESS = 0,
  VM_V_TABLES_STACK, /* the stack pointer, where argc lies */
  VM_V_TABLES_ARGC,
  VM_V_TABLES_ENVC,
  VM_V_TABLES_AUXC,

  VM_V_PUT_PART = 0,
  VM_V_PUT_ADDRESS,
  VM_V_PUT_BYTES,
  VM_V_PUT_COUNT,

  VM_V_AUX_ADDRESS = 0,
  VM_V_AUX_TYPE,
  VM_V_AUX_VALUE,

  VM_V_EXEC_BRK_PROCESS = 0,
  VM_V_EXEC_BRK_START,
  VM_V_EXEC_BRK_END,   /* of the program, where it would be otherwise */
  VM_V_EXEC_BRK_MOVED, /* away from a program that lies among the mappings */

  VM_V_NUMBERS_PROCESS = 0,
  VM_V_NUMBERS_START_CODE,
  VM_V_NUMBERS_END_CODE,
  VM_V_NUMBERS_START_DATA,
  VM_V_NUMBERS_END_DATA,

  VM_V_START_PROCESS = 0,
  VM_V_START_INSTRUCTION,
  VM_V_START_STACK,
  VM_V_START_ENTRY,  /* the program's own */
  VM_V_START_LINKER, /* the interpreter is what runs first */

  VM_V_LINK_PROCESS = 0,
  VM_V_LINK_FILE, /* the program */

  VM_V_NEED_CONTENT = 0, /* that has the name */
  VM_V_NEED_OFFSET,      /* in it */
  VM_V_NEED_FILE,        /* VM_NONE: it is not there, and skipped */
  VM_V_NEED_KNOWN,       /* it is mapped already, or will be */
  VM_V_NEED_BY,          /* file that needs it */

  VM_V_OBJECT_FILE = 0,
  VM_V_OBJECT_START,
  VM_V_OBJECT_SIZE,
  VM_V_OBJECT_BIAS,
  VM_V_OBJECT_SEGMENTS,

  VM_V_RELRO_FILE = 0,
  VM_V_RELRO_START,
  VM_V_RELRO_END,

  /* SLOT_FILE, SWAP_AHEAD begin with area and slot */
  VM_V_SLOT_FILE_FILE = 2, /* name; VM_NONE: it has none */
  VM_V_SLOT_FILE_PAGE,
  VM_V_SLOT_FILE_OUT, /* it is in swap now */

  VM_V_SWAP_AHEAD_SIZE = 2, /* of the window */
  VM_V_SWAP_AHEAD_ASKED,    /* slot that was needed */
  VM_V_SWAP_AHEAD_PAGES,    /* that are read */
  VM_V_SWAP_AHEAD_HITS,     /* read ahead before, and used since */

  VM_V_KERNEL_VERSION = 0,
  VM_V_KERNEL_RANDOM,
  VM_V_KERNEL_OFFSET, /* PAGE_OFFSET */
  VM_V_KERNEL_DIRECT, /* bytes of the direct map */
  VM_V_KERNEL_LEAF,   /* bytes of its largest pages */

  VM_V_KERNEL_OWN_FRAME = 0,
  VM_V_KERNEL_OWN_COUNT,
  VM_V_KERNEL_OWN_AREA,

  VM_V_KERNEL_MAPS_VA = 0,
  VM_V_KERNEL_MAPS_FRAME,
  VM_V_KERNEL_MAPS_COUNT, /* entries */
  VM_V_KERNEL_MAPS_SIZE,  /* bytes of the page of each */
  VM_V_KERNEL_MAPS_TABLE,
  VM_V_KERNEL_MAPS_AREA,

  VM_V_KERNEL_USER_ROOT = 0,
  VM_V_KERNEL_USER_VA, /* of the cpu_entry_area */
  VM_V_KERNEL_USER_TEXT,
  VM_V_KERNEL_USER_SIZE, /* bytes of the text's page */

  VM_V_VMALLOC_BYTES = 0, /* of VMALLOC and VFREE */
  VM_V_VMALLOC_PAGES,
  VM_V_VMALLOC_VA, /* of VFREE and _AREA */
  VM_V_VMALLOC_OWNER,

  VM_V_VMALLOC_AREA_PAGES = 0,
  VM_V_VMALLOC_AREA_BEHIND, /* where the area before it ends, guard included;
                               VMALLOC_START: there is none */
  VM_V_VMALLOC_AREA_VA,
  VM_V_VMALLOC_AREA_GUARD,

  VM_V_VMALLOC_SYNC_PROCESS = 0,
  VM_V_VMALLOC_SYNC_INDEX,
  VM_V_VMALLOC_SYNC_VA,
  VM_V_VMALLOC_SYNC_TABLE,

  VM_V_KMAP_FRAME = 0, /* of KMAP and KUNMAP */
  VM_V_KMAP_VA,
  VM_V_KMAP_KIND,
  VM_V_KMAP_SLOT,
  VM_V_KMAP_USERS, /* from now on */

  VM_V_KMAP_FLUSH_CLEARED = 0, /* windows */
  VM_V_KMAP_FLUSH_SLOTS,

  VM_V_KERNEL_ADDRESS_VA = 0,
  VM_V_KERNEL_ADDRESS_AREA,
  VM_V_KERNEL_ADDRESS_RULE,
  VM_V_KERNEL_ADDRESS_PA,
  VM_V_KERNEL_ADDRESS_MAPPED, /* 1: tables map it, to that address */

  VM_V_KERNEL_COPY_ROOT = 0,
  VM_V_KERNEL_COPY_FROM,
  VM_V_KERNEL_COPY_FIRST, /* entry */
  VM_V_KERNEL_COPY_COUNT, /* entries that are present */

  VM_V_BLOCK_FILE = 0,
  VM_V_BLOCK_START,
  VM_V_BLOCK_SIZE,
  VM_V_BLOCK_VARIABLES, /* bytes of thread-local variables in it */

  VM_V_CONSTRUCT_FILE = 0,
  VM_V_CONSTRUCT_BYTES,

  VM_V_TRY_ZONE = 0,
  VM_V_TRY_ORDER,
  VM_V_TRY_FREE,    /* frames of the zone */
  VM_V_TRY_MARK,    /* that must stay free */
  VM_V_TRY_VERDICT, /* enum vm_zone_try */
  VM_V_TRY_GFP,     /* VM_NONE: a page of a process, or the kernel's own */

  VM_V_BLOCK_FRAME = 0, /* first of the two halves */
  VM_V_BLOCK_BUDDY,     /* first of the upper half */
  VM_V_BLOCK_ORDER,     /* of the whole */
  VM_V_BLOCK_ZONE,

  VM_V_FUNCTION = 0,
  VM_V_FUNCTION_ARGUMENT, /* an order, bytes, or an address */
  VM_V_FUNCTION_GFP,      /* VM_NONE: it takes none */
  VM_V_FUNCTION_MODULE,   /* interned; VM_NONE: nobody said */

  VM_V_GIVEN_ADDRESS = 1, /* of KERNEL_RETURN, which begins with the function;
                             0: NULL, or no address */
  VM_V_GIVEN_FRAME,       /* VM_NONE: nothing */
  VM_V_GIVEN_BYTES,       /* that it really has */
  VM_V_GIVEN_ASKED,
  VM_V_GIVEN_ERROR, /* enum vm_errno */

  VM_V_SLAB_SIZE = 0, /* of an object; all of SLAB_ begin so */
  VM_V_SLAB_FRAME,
  VM_V_SLAB_ORDER,
  VM_V_SLAB_OBJECTS,
  VM_V_SLAB_USED = 4, /* of SLAB_PICK and SLAB_GONE */
  VM_V_SLAB_STATE,    /* of SLAB_PICK: what it was */

  VM_V_FIND_ADDRESS = 2, /* of SLAB_FIND */
  VM_V_FIND_TAIL,        /* frame that it lies in */
  VM_V_FIND_INDEX,       /* of the object */

  VM_V_OBJECT_ADDRESS = 2,
  VM_V_OBJECT_NEXT,  /* free one behind it; 0: none */
  VM_V_OBJECT_USED,  /* given out after this */
  VM_V_OBJECT_STATE, /* of the slab after this */

  VM_V_BAD_FUNCTION = 0,
  VM_V_BAD_ADDRESS,

  VM_V_RMMOD_MODULE = 0,
  VM_V_RMMOD_GRANTS,

  VM_V_LEAK_MODULE = 0,
  VM_V_LEAK_KIND,
  VM_V_LEAK_ADDRESS,
  VM_V_LEAK_BYTES,

  VM_V_HUGE_PROCESS = 0,
  VM_V_HUGE_VA,
  VM_V_HUGE_FRAME,
  VM_V_HUGE_PAGES,
  VM_V_CLONE_PARENT = 0,
  VM_V_CLONE_CHILD,
  VM_V_CLONE_PID,
  VM_V_CLONE_NAME,
  VM_V_CLONE_FLAGS,
  VM_V_CLONE_TGID,

  VM_V_CLONE_REFUSED_PROCESS = 0,
  VM_V_CLONE_REFUSED_FLAGS,
  VM_V_CLONE_REFUSED_RULE,

  VM_V_CLONE_OBJECT_KIND = 0, /* enum vm_object */
  VM_V_CLONE_OBJECT_SHARED,
  VM_V_CLONE_OBJECT_PLACE, /* index that it was made for */
  VM_V_CLONE_OBJECT_USERS, /* that it has now */
  VM_V_CLONE_OBJECT_CHILD,

  VM_V_CLONE_WAIT_PARENT = 0,
  VM_V_CLONE_WAIT_CHILD,

  VM_V_DETHREAD_PROCESS = 0,
  VM_V_DETHREAD_LEADER,
  VM_V_DETHREAD_THREADS, /* of the group besides its leader */

  VM_V_KTHREAD_PROCESS = 0,
  VM_V_KTHREAD_PID,
  VM_V_KTHREAD_NAME,

  VM_V_TASK_PROCESS = 0,
  VM_V_TASK_SWITCHES, /* of the processor, so far */

  VM_V_SAME_PROCESS = 0,
  VM_V_SAME_BEFORE,
  VM_V_SAME_ROOT,

  VM_V_BORROW_PROCESS = 0,
  VM_V_BORROW_MM,    /* VM_NONE: none is loaded but the kernel's own */
  VM_V_BORROW_COUNT, /* references to it (mm_count) */
  VM_V_BORROW_ROOT,

  VM_V_GENERATION_PROCESS = 0,
  VM_V_GENERATION_SEEN,
  VM_V_GENERATION_NOW,
  VM_V_GENERATION_STALE, /* 1: the TLB must be flushed */
  VM_V_GENERATION_ROOT,

  /* LAZY_SKIP begins like the IPIs */
  VM_V_SKIP_GENERATION = 3,

  VM_V_LAZY_LEAVE_PROCESS = 0, /* the kernel thread */
  VM_V_LAZY_LEAVE_MM,
  VM_V_LAZY_LEAVE_DROPPED,
  VM_V_LAZY_LEAVE_FROM,

  VM_V_MM_DROP_PROCESS = 0,
  VM_V_MM_DROP_MM,
  VM_V_MM_DROP_LEFT, /* references that are left */

  VM_V_MM_FREE_MM = 0,
  VM_V_MM_FREE_ROOT,

  VM_V_CHDIR_PROCESS = 0,
  VM_V_CHDIR_FOLDER,
  VM_V_CHDIR_USERS,
  VM_V_CHDIR_PLACE,

  VM_V_SIGACTION_PROCESS = 0,
  VM_V_SIGACTION_NUMBER,
  VM_V_SIGACTION_HANDLER,
  VM_V_SIGACTION_USERS,
  VM_V_SIGACTION_PLACE,
  VM_V_SIGACTION_REFUSED
};

/* The row of a kind; kind < VM_STEP_KINDS. */
const struct vm_step_info *vm_step_info_of (enum vm_step_kind kind);

/* Stable English names used by JSON, scripts and queries. */
const char *vm_access_kind_name (enum vm_access_kind kind);
const char *vm_mode_name (enum vm_mode mode);
const char *vm_fault_kind_name (enum vm_fault_kind kind);
const char *vm_frame_role_name (enum vm_frame_role role);
const char *vm_verdict_name (enum vm_verdict verdict);
const char *vm_flush_kind_name (enum vm_flush_kind kind);
const char *vm_victim_reason_name (enum vm_victim_reason reason);
const char *vm_call_name (enum vm_call call);
const char *vm_chunk_place_name (enum vm_chunk_place place);
const char *vm_errno_name (enum vm_errno errno_code); /* "ENOMEM" */
const char *vm_limit_name (enum vm_limit limit);
const char *vm_look_name (enum vm_look look);
const char *vm_question_name (enum vm_question question);
const char *vm_action_name (enum vm_action action);
const char *vm_signal_name (enum vm_signal signal);         /* "SIGSEGV" */
const char *vm_signal_code_name (enum vm_signal_code code); /* "MAPERR" */
const char *vm_segment_register_name (enum vm_segment_register which);
const char *vm_segment_verdict_name (enum vm_segment_verdict verdict);
const char *vm_way_name (enum vm_way way);
const char *vm_fit_name (enum vm_fit fit);
const char *vm_window_kind_name (enum vm_window_kind kind);
const char *vm_space_name (enum vm_space space);
const char *vm_lru_name (enum vm_lru list); /* "inactive-anon" */
const char *vm_fate_name (enum vm_fate fate);
const char *vm_part_name (enum vm_part part); /* "argv" */
const char *vm_aux_name (uint64_t type);      /* "AT_PHDR"; "" if unknown */
const char *vm_readahead_why_name (enum vm_readahead_why why);
const char *vm_flusher_why_name (enum vm_flusher_why why);
const char *vm_kmap_kind_name (enum vm_kmap_kind kind);
const char *vm_gfp_name (enum vm_gfp gfp); /* "GFP_KERNEL" */
const char *vm_kernel_function_name (enum vm_kernel_function function);
const char *vm_zone_try_name (enum vm_zone_try verdict);
const char *vm_slab_state_name (enum vm_slab_state state);
const char *vm_grant_kind_name (enum vm_grant_kind kind);
const char *vm_object_name (enum vm_object object);
const char *vm_clone_rule_name (enum vm_clone_rule rule);
const char *vm_clone_flag_name (uint32_t bit); /* number of the bit, from 0 */
#define VM_CLONE_FLAGS 8

#endif
