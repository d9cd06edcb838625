/* What a step of the simulation can be, and what its numbers mean.
 *
 * A step says what happened in numbers, never in words. Every kind is a row
 * of one const table, from which the JSON output, the golden files and the
 * sentences take the names of its values. */
#ifndef VM_STEPS_H
#define VM_STEPS_H

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
  VM_STEP_KINDS
};

#define VM_STEP_VALUES 6

/* How a value is written: in hex as an address, in decimal as a number ... */
enum vm_value_type {
  VM_VALUE_UNUSED,
  VM_VALUE_NUMBER,      /* decimal */
  VM_VALUE_FLAG,        /* 0 or 1 */
  VM_VALUE_VADDR,       /* hex */
  VM_VALUE_PADDR,       /* hex */
  VM_VALUE_FRAME,       /* hex */
  VM_VALUE_RAW,         /* hex, as wide as an entry */
  VM_VALUE_SIZE,        /* bytes */
  VM_VALUE_PROCESS,     /* index of a process */
  VM_VALUE_NAME,        /* interned name */
  VM_VALUE_GEOMETRY,    /* enum vm_geometry_id */
  VM_VALUE_ACCESS_KIND, /* enum vm_access_kind */
  VM_VALUE_MODE,        /* enum vm_mode */
  VM_VALUE_FAULT_KIND,  /* enum vm_fault_kind */
  VM_VALUE_ROLE,        /* enum vm_frame_role */
  VM_VALUE_VERDICT      /* enum vm_verdict */
};

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
  uint32_t cpu;
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
  VM_V_COMPARE_MATCH,
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

  VM_V_DUMP_PROCESS = 0,
  VM_V_DUMP_TABLES
};

/* The row of a kind; kind < VM_STEP_KINDS. */
const struct vm_step_info *vm_step_info_of (enum vm_step_kind kind);

/* Stable English names used by JSON, scripts and queries. */
const char *vm_access_kind_name (enum vm_access_kind kind);
const char *vm_mode_name (enum vm_mode mode);
const char *vm_fault_kind_name (enum vm_fault_kind kind);
const char *vm_frame_role_name (enum vm_frame_role role);
const char *vm_verdict_name (enum vm_verdict verdict);

#endif
