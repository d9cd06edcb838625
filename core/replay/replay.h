/* Replays a trace of memory accesses at full speed, without a tape.
 *
 *   record -> TLB -> walk -> fault? -> victim out, page in -> again
 *
 * The TLB, the walk, the page tables and the policies are the machine's own,
 * given no tape; nothing is modelled twice. Pages are loaded when they are
 * first touched and thrown out by a replacement policy when the frames are
 * full; a dirty victim counts as written back. One replay is one object:
 * nothing is shared, so each thread may have its own.
 *
 * Most accesses go to a page of a moment ago. For those the replay remembers
 * where in the TLB each page was found, looks whether it still lies there and
 * may still be used so, and notes the use, as the long way would have done. */
#ifndef VM_REPLAY_H
#define VM_REPLAY_H

#include "error.h"
#include "mmu/pte.h"
#include "policy/policy.h"
#include "replay/record.h"
#include "replay/shadow.h"

/* As many frames as the trace has pages. */
#define VM_REPLAY_ALL_FRAMES 0x400000u

struct vm_replay_config {
  enum vm_geometry_id geometry;
  uint64_t toy; /* the numbers of VM_GEOMETRY_TOY, packed (mmu/toy.h) */
  uint32_t tlb_sets, tlb_ways;   /* the first level: of all, or of data */
  uint32_t itlb_sets, itlb_ways; /* of instructions; 0: there is none */
  uint32_t stlb_sets, stlb_ways; /* the second level; 0: there is none. All
                                    together at most VM_MAX_TLB_ENTRIES */
  uint32_t frames; /* for pages; page tables come on top. VM_REPLAY_ALL_FRAMES:
                      no page ever has to go */
  enum vm_policy policy; /* OPT needs vm_replay_run_knowing */
  uint32_t interval;     /* between ticks; 0: the policy's own */
  uint64_t seed;         /* of policies that draw */
  bool windows;          /* working sets are wanted */
  bool causes;           /* why the TLB misses is wanted */
};

/* What an access costs, in cycles; see mmu/cost.h. */
struct vm_replay_costs {
  uint32_t tlb, stlb, walk, memory; /* a look each; walk: an entry read */
  uint64_t minor, major;            /* a fault each */
};

struct vm_replay_stats {
  uint64_t accesses;
  uint64_t kinds[4];             /* by the kind of a record */
  uint64_t tlb_hits, tlb_misses; /* an access does one or the other, at any
                                    level; of one that faults only the first
                                    look counts */
  uint64_t itlb_hits, itlb_misses;
  uint64_t stlb_hits, stlb_misses;
  uint64_t causes[VM_MISSES];  /* of misses in the first level */
  uint64_t walks, entry_reads; /* an access that faults walks twice */
  uint64_t pages;              /* different ones */
  uint64_t faults;             /* pages loaded */
  uint64_t minor, major;       /* the first touch of a page; its coming back */
  uint64_t evictions, writebacks; /* victims; those that were dirty */
};

/* What happened since the window before. */
struct vm_replay_window {
  uint64_t accesses, tlb_misses, faults;
  uint64_t working_set; /* different pages touched */
};

/* What one process did. */
struct vm_replay_process {
  uint32_t number; /* in the trace */
  uint64_t accesses, tlb_misses, faults;
};

/* What the latest fault did. */
struct vm_replay_fault {
  uint32_t frame;   /* that the page went to, as entries name it */
  bool evicted;     /* there was a victim: */
  uint64_t victim;  /* its page's number */
  uint32_t process; /* whose it was, by its number in the trace */
};

struct vm_replay;

/* A replay with empty memory. NULL and *error if the configuration is out of
 * bounds or the host gives no memory. */
struct vm_replay *vm_replay_new (const struct vm_replay_config *config,
                                 struct vm_error *error);
void vm_replay_free (struct vm_replay *replay);

/* A second replay that stands where the first does, and goes on by itself; NULL
 * if the host gives no memory. */
struct vm_replay *vm_replay_copy (const struct vm_replay *replay);

/* Bytes of the host's memory that a copy takes, about. */
uint64_t vm_replay_bytes (const struct vm_replay *replay);

/* Replays count records after those before. False and *error if an address
 * does not fit the geometry, or page tables outgrow memory, or there are no
 * frames; the records up to that one have been counted. */
bool vm_replay_run (struct vm_replay *replay, const vm_record *records,
                    size_t count, struct vm_error *error);

/* The same for OPT. next says for each record which later one is the next to
 * the same page, counted from the first of all; UINT32_MAX: none. */
bool vm_replay_run_knowing (struct vm_replay *replay, const vm_record *records,
                            const uint32_t *next, size_t count,
                            struct vm_error *error);

/* The records from now on are those of another process. False and *error if
 * there are too many. */
bool vm_replay_switch (struct vm_replay *replay, uint32_t number,
                       struct vm_error *error);

void vm_replay_stats (const struct vm_replay *replay,
                      struct vm_replay_stats *stats);

/* Ends a window and begins the next. */
void vm_replay_window (struct vm_replay *replay,
                       struct vm_replay_window *window);

/* Process i in order of appearance; false if there are not so many. */
bool vm_replay_process (const struct vm_replay *replay, uint32_t i,
                        struct vm_replay_process *process);

/* The latest fault; meaningless before there was one. */
const struct vm_replay_fault *
vm_replay_last_fault (const struct vm_replay *replay);

/* The page that frame i of the pool holds, as entries name the frame; false if
 * it is empty. *page is its number, *process that of its process. */
bool vm_replay_resident (const struct vm_replay *replay, uint32_t i,
                         uint32_t *frame, uint64_t *page, uint32_t *process);

/* What the page tables say of a page of a process; false if there is no such
 * process. Its present is 0 if it is not mapped. */
bool vm_replay_entry (const struct vm_replay *replay, uint32_t process,
                      uint64_t page, struct vm_pte *pte);

/* The number of the process that runs. */
uint32_t vm_replay_running (const struct vm_replay *replay);

const struct vm_replay_config *
vm_replay_config (const struct vm_replay *replay);

/* How it cuts addresses: a row of the table, or a toy. */
const struct vm_geometry *vm_replay_geometry (const struct vm_replay *replay);

/* Frames of memory that page tables come out of; pages lie behind them. */
uint32_t vm_replay_table_frames (const struct vm_replay *replay);

/* Cycles an access took on average. */
double vm_replay_access_time (const struct vm_replay_stats *stats,
                              const struct vm_replay_costs *costs,
                              bool second_level);

/* The state as it is: for looking at, and for going on narrated. */
const struct vm_state *vm_replay_state (const struct vm_replay *replay);
const struct vm_pool *vm_replay_pool (const struct vm_replay *replay);

#endif
