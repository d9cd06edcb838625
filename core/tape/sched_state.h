/* What the state keeps of tasks: what they share, and whose memory processors
 * have loaded.
 *
 *   tasks       a record per process (struct task_struct): its thread group and
 *               its three objects; a kernel thread's borrowed address space
 *   shares      how many tasks have the files_struct, fs_struct, sighand_struct
 *               that were made for the process with that index
 *   handlers    of each sighand_struct
 *   mm_uses     what of an mm_struct is about who uses it without owning it
 *   runs, seen  of each processor: lazy or not, what its switches cost, and how
 *               much of each address space's changes it has heard of
 *
 * process/task.h and mmu/lazy.h say what is done with them. */
#ifndef VM_SCHED_STATE_H
#define VM_SCHED_STATE_H

#include <stdint.h>

#define VM_SIGNAL_NUMBERS 32 /* number 0 is none */

enum vm_process_state {
  VM_PROCESS_FREE, /* there is no such process (any more) */
  VM_PROCESS_RUNNING,
  VM_PROCESS_WAITING, /* it called vfork */
  VM_PROCESS_ZOMBIE,  /* ended; its parent has not asked yet */
  VM_PROCESS_DOMAIN,  /* none: the address space of a device (iommu.h) */
  VM_PROCESS_KERNEL   /* a kernel thread: its mm is that which it borrows */
};

/* What clone is asked to share (CLONE_...). Without a bit the child gets a copy
 * of its own. */
enum vm_clone_flag {
  VM_CLONE_VM = 1 << 0,
  VM_CLONE_FS = 1 << 1,
  VM_CLONE_FILES = 1 << 2,
  VM_CLONE_SIGHAND = 1 << 3,
  VM_CLONE_THREAD = 1 << 4,
  VM_CLONE_VFORK = 1 << 5,
  VM_CLONE_PARENT = 1 << 6,
  VM_CLONE_CLEAR_SIGHAND = 1 << 7
};

/* What of a process is about others. Places are an index plus 1. */
struct vm_task {
  uint32_t group;   /* place of its thread group's leader; 0: itself */
  uint32_t files;   /* place for which its descriptors were made; 0: its own */
  uint32_t fs;      /* the same of its current folder */
  uint32_t sighand; /* and of its signal handlers */
  uint32_t active;  /* of a kernel thread: place of the address space to which
                       it keeps a reference (active_mm); 0: none */
  uint32_t waiter;  /* place of who waits for it to leave memory (vfork) */
  uint32_t flags;   /* enum vm_clone_flag that it was made with */
  uint32_t threads; /* of a leader: others of its group that live */
};

/* Who has the objects that were made for a process. 0: only the process
 * itself, or nobody; else how many tasks. */
struct vm_shares {
  uint32_t files, fs, sighand;
  uint32_t folder; /* of the fs_struct: interned name plus 1; 0: the root */
};

/* Who may look at an address space that is not theirs. mm_count is one for all
 * users together, and one for each borrower. */
struct vm_mm_use {
  uint64_t generation; /* flushes that it has been through (tlb_gen) */
  uint32_t borrowers;  /* kernel threads that keep a reference */
  uint32_t reserved;
};

/* What a processor's switches have come to (cpu_tlbstate, and counts). */
struct vm_cpu_run {
  uint32_t lazy; /* 1: a kernel thread runs, the address space before
                    it stays loaded (TLBSTATE lazy) */
  uint32_t reserved;
  uint64_t switches;      /* another task runs */
  uint64_t root_writes;   /* of CR3, on account of a switch */
  uint64_t same_space;    /* switches to a task with the same address space */
  uint64_t lazy_switches; /* to a kernel thread, which needed no root */
  uint64_t flushes;       /* switches that cost the TLB its entries */
  uint64_t avoided;       /* switches that would have, by a plain root write */
  uint64_t skipped;       /* interrupts that it was spared, being lazy */
  uint64_t late;          /* flushes made up for when it ceased to be lazy */
  uint64_t left;          /* times that it gave up what it was lazy with */
};

#endif
