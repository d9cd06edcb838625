/* The operations that a machine can do, as one table.
 *
 * The command line, the lessons' schema, the lab's command entry and the
 * reference documentation are all made from it. A line of a script is a name
 * and name=value pairs; numbers are decimal or 0x hexadecimal and may end in
 * K, M, G or T; '#' begins a comment. A choice may bring along parameters whose
 * names begin with it: geometry=toy:va=14,pa=12 is short for geometry=toy
 * toy-va=14 toy-pa=12. */
#ifndef VM_OPS_H
#define VM_OPS_H

#include "error.h"
#include "machine/names.h"
#include "types.h"

enum vm_op_kind {
  VM_OP_NONE,
  VM_OP_MACHINE,
  VM_OP_PROCESS,
  VM_OP_MAP,
  VM_OP_ACCESS,
  VM_OP_DUMP,
  VM_OP_SWITCH,
  VM_OP_FLUSH,
  VM_OP_TLB,
  VM_OP_POOL,
  VM_OP_STRING,
  VM_OP_REFERENCE,
  VM_OP_POKE,
  VM_OP_UNMAP,
  VM_OP_FILE,
  VM_OP_MMAP,
  VM_OP_MUNMAP,
  VM_OP_MPROTECT,
  VM_OP_MREMAP,
  VM_OP_BRK,
  VM_OP_MADVISE,
  VM_OP_FORK,
  VM_OP_VFORK,
  VM_OP_EXIT,
  VM_OP_WAIT,
  VM_OP_OVERCOMMIT,
  VM_OP_LIMIT,
  VM_OP_SHOW,
  VM_OP_SEGMENTS,
  VM_OP_SEGMENT,
  VM_OP_LOAD,
  VM_OP_WAY,
  VM_OP_PROGRAM,
  VM_OP_SWAP_OUT,
  VM_OP_SWAP_IN,
  VM_OP_RELOCATE,
  VM_OP_COMPACT,
  VM_OP_RUN,
  VM_OP_MALLOC,
  VM_OP_FREE,
  VM_OP_READ,
  VM_OP_WRITE,
  VM_OP_RMAP,
  VM_OP_WINDOW,
  VM_OP_PORT,
  VM_OP_INPUT,
  VM_OP_IOMMU,
  VM_OP_DMA,
  VM_OP_SWAPON,
  VM_OP_SWAPOFF,
  VM_OP_MLOCK,
  VM_OP_MUNLOCK,
  VM_OP_MLOCKALL,
  VM_OP_MUNLOCKALL,
  VM_OP_PIN,
  VM_OP_UNPIN,
  VM_OP_OOM_ADJUST,
  VM_OP_EXEC,
  VM_OP_LINK,
  VM_OP_OPEN,
  VM_OP_CLOSE,
  VM_OP_TRUNCATE,
  VM_OP_MSYNC,
  VM_OP_FSYNC,
  VM_OP_SYNC,
  VM_OP_DROP_CACHES,
  VM_OP_TICK,
  VM_OP_SHM,
  VM_OP_UNLINK,
  VM_OP_KERNEL,
  VM_OP_VMALLOC,
  VM_OP_VFREE,
  VM_OP_KMAP,
  VM_OP_KUNMAP,
  VM_OP_KWRITE,
  VM_OP_GET_PAGES,
  VM_OP_FREE_PAGES,
  VM_OP_KMALLOC,
  VM_OP_KFREE,
  VM_OP_RMMOD,
  VM_OP_CLONE,
  VM_OP_KTHREAD,
  VM_OP_CHDIR,
  VM_OP_SIGACTION,
  VM_OP_KINDS
};

#define VM_OP_PARAMETERS 56

enum vm_parameter_type {
  VM_PARAMETER_END,
  VM_PARAMETER_NUMBER,  /* within [low, high] */
  VM_PARAMETER_CHOICE,  /* one of choices; the value is its position */
  VM_PARAMETER_SHAPE,   /* SETSxWAYS; the value is vm_shape_of () of them */
  VM_PARAMETER_SPLIT,   /* numbers of bits, as 5/5/5; the value has a byte of
                           each, the last one lowest */
  VM_PARAMETER_FLAGS,   /* letters out of choices[0], or the word choices[1];
                           the value is a bit set */
  VM_PARAMETER_WORDS,   /* some of choices with commas between, or "none"; the
                           value is a bit set of their positions */
  VM_PARAMETER_NAME,    /* a word; the value is its interned id */
  VM_PARAMETER_CONTENT, /* the name of bytes that were brought in; the value is
                           their number (contents.h) */
  VM_PARAMETER_TEXT,    /* bytes as they stand there, %XX for one in hex; the
                           value is the number of the content */
  VM_PARAMETER_STRINGS, /* the same with commas between strings, which are kept
                           with a NUL behind each */
  VM_PARAMETER_REFERENCES /* pages with commas between them, a w behind those
                             of writes; the value is a list of vm_names */
};

struct vm_parameter_info {
  const char *name;
  enum vm_parameter_type type;
  bool required;
  uint64_t low, high;
  uint64_t fallback;          /* used when it is not given */
  const char *const *choices; /* NULL-terminated */
  const char *help;           /* one English line; translated by the reader */
};

struct vm_op_info {
  const char *name;
  const char *help;
  struct vm_parameter_info parameters[VM_OP_PARAMETERS];
};

/* Positions of the parameters of each operation. */
enum {
  VM_P_MACHINE_GEOMETRY = 0,
  VM_P_MACHINE_MEMORY,
  VM_P_MACHINE_SETS,
  VM_P_MACHINE_WAYS,
  VM_P_MACHINE_WP,
  VM_P_MACHINE_NX,
  VM_P_MACHINE_SMEP,
  VM_P_MACHINE_SMAP,
  VM_P_MACHINE_SUM,
  VM_P_MACHINE_MXR,
  VM_P_MACHINE_FLAGS,
  VM_P_MACHINE_CPUS,
  VM_P_MACHINE_ITLB,
  VM_P_MACHINE_DTLB,
  VM_P_MACHINE_STLB,
  VM_P_MACHINE_REPLACEMENT,
  VM_P_MACHINE_SEED,
  VM_P_MACHINE_PCID,
  VM_P_MACHINE_KPTI,
  VM_P_MACHINE_PSC,
  VM_P_MACHINE_SHOOTDOWN,
  VM_P_MACHINE_COST_TLB,
  VM_P_MACHINE_COST_STLB,
  VM_P_MACHINE_COST_WALK,
  VM_P_MACHINE_COST_MEMORY,
  VM_P_MACHINE_COST_DISK,
  VM_P_MACHINE_TOY_VA,
  VM_P_MACHINE_TOY_PA,
  VM_P_MACHINE_TOY_PAGE,
  VM_P_MACHINE_TOY_LEVELS,
  VM_P_MACHINE_TOY_ENTRY,
  VM_P_MACHINE_TOY_SPLIT,
  VM_P_MACHINE_WAY,
  VM_P_MACHINE_ZONES,
  VM_P_MACHINE_KERNEL_HALF,
  VM_P_MACHINE_WINDOWS,
  VM_P_MACHINE_RECLAIM,
  VM_P_MACHINE_SCOPE,
  VM_P_MACHINE_RESIDENT,
  VM_P_MACHINE_SWAPPINESS,
  VM_P_MACHINE_MIN,
  VM_P_MACHINE_LOW,
  VM_P_MACHINE_HIGH,
  VM_P_MACHINE_INTERVAL,
  VM_P_MACHINE_READ_AHEAD,
  VM_P_MACHINE_FAILING_WRITE,
  VM_P_MACHINE_PAGE_CLUSTER,
  VM_P_MACHINE_BUDDY,

  VM_P_PROCESS_NAME = 0,
  VM_P_PROCESS_LAYOUT,

  VM_P_MAP_PROCESS = 0,
  VM_P_MAP_VA,
  VM_P_MAP_FRAME,
  VM_P_MAP_FLAGS,
  VM_P_MAP_SIZE,
  VM_P_MAP_CPU,
  VM_P_MAP_TRAMPOLINE,

  VM_P_ACCESS_VA = 0,
  VM_P_ACCESS_KIND,
  VM_P_ACCESS_MODE,
  VM_P_ACCESS_PROCESS,
  VM_P_ACCESS_WIDTH,
  VM_P_ACCESS_VALUE,
  VM_P_ACCESS_CPU,
  VM_P_ACCESS_HANDLE,
  VM_P_ACCESS_SEGMENT,

  VM_P_DUMP_PROCESS = 0,

  VM_P_SWITCH_PROCESS = 0,
  VM_P_SWITCH_CPU,

  VM_P_FLUSH_KIND = 0,
  VM_P_FLUSH_CPU,
  VM_P_FLUSH_VA,
  VM_P_FLUSH_PROCESS,

  VM_P_TLB_CPU = 0,

  VM_P_POOL_NAME = 0,
  VM_P_POOL_POLICY,
  VM_P_POOL_FRAMES,
  VM_P_POOL_SEED,
  VM_P_POOL_INTERVAL,

  VM_P_STRING_REFERENCES = 0,

  VM_P_REFERENCE_PAGE = 0,
  VM_P_REFERENCE_KIND,
  VM_P_REFERENCE_POOL,
  VM_P_REFERENCE_COUNT,

  VM_P_POKE_PA = 0,
  VM_P_POKE_VALUE,
  VM_P_POKE_WIDTH,

  VM_P_UNMAP_PROCESS = 0,
  VM_P_UNMAP_VA,
  VM_P_SEGMENTS_MODEL = 0,
  VM_P_SEGMENTS_ENTRIES,

  VM_P_SEGMENT_INDEX = 0,
  VM_P_SEGMENT_TYPE,
  VM_P_SEGMENT_BASE,
  VM_P_SEGMENT_LIMIT,
  VM_P_SEGMENT_DPL,
  VM_P_SEGMENT_GRANULARITY,
  VM_P_SEGMENT_PRESENT,

  VM_P_LOAD_REGISTER = 0,
  VM_P_LOAD_SELECTOR,
  VM_P_LOAD_MODE,
  VM_P_LOAD_CPU,
  VM_P_LOAD_BASE,

  VM_P_WAY_WAY = 0,

  VM_P_PROGRAM_PROCESS = 0,
  VM_P_PROGRAM_SIZE,
  VM_P_PROGRAM_AT,
  VM_P_PROGRAM_LINKED,
  VM_P_PROGRAM_REFERENCES,
  VM_P_PROGRAM_FIT,

  /* swap-out has the first alone */
  VM_P_SWAP_PROCESS = 0,
  VM_P_SWAP_AT,
  VM_P_SWAP_FIT,

  VM_P_RELOCATE_PROCESS = 0,

  VM_P_RUN_PROCESS = 0,

  VM_P_WINDOW_NAME = 0,
  VM_P_WINDOW_KIND,
  VM_P_WINDOW_START,
  VM_P_WINDOW_SIZE,
  VM_P_WINDOW_SPACE,

  VM_P_PORT_PORT = 0,
  VM_P_PORT_KIND,
  VM_P_PORT_WIDTH,
  VM_P_PORT_VALUE,
  VM_P_PORT_MODE,

  VM_P_INPUT_DEVICE = 0,
  VM_P_INPUT_OFFSET,
  VM_P_INPUT_WIDTH,
  VM_P_INPUT_VALUE,

  VM_P_IOMMU_DEVICE = 0,

  VM_P_DMA_DEVICE = 0,
  VM_P_DMA_ADDRESS,
  VM_P_DMA_KIND,
  VM_P_DMA_WIDTH,
  VM_P_DMA_VALUE
};

/* Those of the operations on address spaces and processes. */
enum {
  VM_P_FILE_NAME = 0,
  VM_P_FILE_SIZE,
  VM_P_FILE_FS,
  VM_P_FILE_CACHED,
  VM_P_FILE_CONTENT,
  VM_P_FILE_TEXT,
  VM_P_FILE_PATH,

  VM_P_MMAP_PROCESS = 0,
  VM_P_MMAP_LENGTH,
  VM_P_MMAP_VA,
  VM_P_MMAP_PROT,
  VM_P_MMAP_TYPE,
  VM_P_MMAP_FILE,
  VM_P_MMAP_OFFSET,
  VM_P_MMAP_FIXED,
  VM_P_MMAP_POPULATE,
  VM_P_MMAP_GROWSDOWN,
  VM_P_MMAP_NORESERVE,
  VM_P_MMAP_LOCKED,
  VM_P_MMAP_FD,

  VM_P_MUNMAP_PROCESS = 0, /* these three begin alike */
  VM_P_MUNMAP_VA,
  VM_P_MUNMAP_LENGTH,
  VM_P_MPROTECT_PROT = 3,
  VM_P_MADVISE_ADVICE = 3,

  VM_P_MREMAP_PROCESS = 0,
  VM_P_MREMAP_VA,
  VM_P_MREMAP_OLD,
  VM_P_MREMAP_NEW,
  VM_P_MREMAP_MAYMOVE,
  VM_P_MREMAP_TO,

  VM_P_BRK_PROCESS = 0,
  VM_P_BRK_TO,
  VM_P_BRK_GROW,

  VM_P_FORK_PROCESS = 0, /* vfork likewise */
  VM_P_FORK_NAME,

  VM_P_EXIT_PROCESS = 0,
  VM_P_EXIT_STATUS,
  VM_P_EXIT_GROUP,

  VM_P_WAIT_PROCESS = 0,

  VM_P_OVERCOMMIT_MODE = 0,
  VM_P_OVERCOMMIT_RATIO,

  VM_P_LIMIT_PROCESS = 0,
  VM_P_LIMIT_STACK,
  VM_P_LIMIT_MEMORY,
  VM_P_LIMIT_LOCKED,

  VM_P_SHOW_PROCESS = 0,
  VM_P_SHOW_WHAT,
  VM_P_SHOW_VA,

  VM_P_MALLOC_PROCESS = 0,
  VM_P_MALLOC_BYTES,

  VM_P_FREE_PROCESS = 0,
  VM_P_FREE_VA,

  VM_P_READ_PROCESS = 0, /* write likewise */
  VM_P_READ_FILE,
  VM_P_READ_VA,
  VM_P_READ_LENGTH,
  VM_P_READ_OFFSET,
  VM_P_READ_FD,

  VM_P_RMAP_FRAME = 0,

  VM_P_SWAPON_SIZE = 0,
  VM_P_SWAPON_FAILS,
  VM_P_SWAPON_PRIORITY,

  VM_P_SWAPOFF_AREA = 0,

  /* mlock, munlock, pin and unpin begin like munmap */
  VM_P_MLOCK_ON_FAULT = 3,

  VM_P_MLOCKALL_PROCESS = 0,
  VM_P_MLOCKALL_CURRENT,
  VM_P_MLOCKALL_FUTURE,
  VM_P_MLOCKALL_ON_FAULT,

  VM_P_OOM_PROCESS = 0,
  VM_P_OOM_RAISE,
  VM_P_OOM_LOWER,
  VM_P_EXEC_PROCESS = 0,
  VM_P_EXEC_FILE,
  VM_P_EXEC_ARGV,
  VM_P_EXEC_ENV,
  VM_P_EXEC_EXECFN,
  VM_P_EXEC_INTERPRETER,
  VM_P_EXEC_ASLR,
  VM_P_EXEC_SEED,
  VM_P_EXEC_KERNEL,
  VM_P_EXEC_VVAR,
  VM_P_EXEC_VCLOCK,
  VM_P_EXEC_VDSO,
  VM_P_EXEC_UID,
  VM_P_EXEC_GID,
  VM_P_EXEC_HWCAP,
  VM_P_EXEC_HWCAP2,
  VM_P_EXEC_SIGNAL_STACK,
  VM_P_EXEC_FETCH,

  VM_P_LINK_PROCESS = 0,
  VM_P_OPEN_PROCESS = 0,
  VM_P_OPEN_FILE,

  VM_P_CLOSE_PROCESS = 0,
  VM_P_CLOSE_FD,

  VM_P_TRUNCATE_PROCESS = 0,
  VM_P_TRUNCATE_FILE,
  VM_P_TRUNCATE_SIZE,

  VM_P_MSYNC_MODE = 3, /* begins as munmap does */

  VM_P_FSYNC_PROCESS = 0,
  VM_P_FSYNC_FILE,
  VM_P_FSYNC_FD,

  VM_P_DROP_FILE = 0,

  VM_P_TICK_SECONDS = 0,

  VM_P_SHM_NAME = 0,
  VM_P_SHM_SIZE,
  VM_P_SHM_KIND,

  VM_P_UNLINK_NAME = 0,

  VM_P_KERNEL_VERSION = 0,
  VM_P_KERNEL_KASLR,
  VM_P_KERNEL_SEED,
  VM_P_KERNEL_DIRECT,

  VM_P_VMALLOC_BYTES = 0,
  VM_P_VMALLOC_OWNER,
  VM_P_VMALLOC_CPU,

  VM_P_VFREE_VA = 0, /* kunmap likewise */
  VM_P_VFREE_CPU,

  VM_P_KMAP_FRAME = 0,
  VM_P_KMAP_PROCESS,
  VM_P_KMAP_VA,
  VM_P_KMAP_KIND,
  VM_P_KMAP_CPU,

  VM_P_KWRITE_PROCESS = 0,
  VM_P_KWRITE_VA,
  VM_P_KWRITE_VALUE,
  VM_P_KWRITE_WIDTH,
  VM_P_KWRITE_CPU,

  VM_P_GET_PAGES_ORDER = 0,
  VM_P_GET_PAGES_GFP,
  VM_P_GET_PAGES_MODULE,

  VM_P_FREE_PAGES_VA = 0,
  VM_P_FREE_PAGES_FRAME,
  VM_P_FREE_PAGES_ORDER,

  VM_P_KMALLOC_SIZE = 0,
  VM_P_KMALLOC_GFP,
  VM_P_KMALLOC_MODULE,

  VM_P_KFREE_VA = 0,

  VM_P_RMMOD_NAME = 0,
  VM_P_CLONE_PROCESS = 0,
  VM_P_CLONE_NAME,
  VM_P_CLONE_FLAGS,

  VM_P_KTHREAD_NAME = 0,

  VM_P_CHDIR_PROCESS = 0,
  VM_P_CHDIR_TO,

  VM_P_SIGACTION_PROCESS = 0,
  VM_P_SIGACTION_SIGNAL,
  VM_P_SIGACTION_HANDLER
};

/* What msync is asked for. */
enum { VM_MSYNC_SYNC, VM_MSYNC_ASYNC, VM_MSYNC_INVALIDATE };

/* How mmap's fixed= is answered. */
enum { VM_FIXED_OFF, VM_FIXED_ON, VM_FIXED_IF_FREE };

/* What show prints; the last two are no process's. */
enum vm_show_what {
  VM_SHOW_MAPS,
  VM_SHOW_MM,
  VM_SHOW_REGIONS,
  VM_SHOW_TABLES,
  VM_SHOW_COUNTERS,
  VM_SHOW_FRAMES,
  VM_SHOW_SWAP,
  VM_SHOW_LISTS,
  VM_SHOW_CACHE,
  VM_SHOW_KERNEL, /* these four: of no process */
  VM_SHOW_ADDRESS,
  VM_SHOW_VMALLOC,
  VM_SHOW_IOMEM,
  VM_SHOW_BUDDY,
  VM_SHOW_SLAB,
  VM_SHOW_THREADS,
  VM_SHOW_CPUS
};

/* Bits of map's flags, in the order of the letters "rwxug". */
enum {
  VM_MAP_READ = 1 << 0,
  VM_MAP_WRITE = 1 << 1,
  VM_MAP_EXECUTE = 1 << 2,
  VM_MAP_USER = 1 << 3,
  VM_MAP_GLOBAL = 1 << 4
};

/* The shape of a TLB as one number, and back. 0: there is none. */
static inline uint64_t
vm_shape_of (uint32_t sets, uint32_t ways)
{
  return (uint64_t) sets << 32 | ways;
}

static inline uint32_t
vm_shape_sets (uint64_t shape)
{
  return (uint32_t) (shape >> 32);
}

static inline uint32_t
vm_shape_ways (uint64_t shape)
{
  return (uint32_t) shape;
}

/* The numbers in the value of a split. */
static inline uint32_t
vm_split_fields (uint64_t split)
{
  uint32_t fields = 0;

  for (; split != 0; split >>= 8)
    fields++;
  return fields;
}

/* A parsed operation. */
struct vm_op {
  enum vm_op_kind kind;
  uint64_t given; /* bit i: parameter i was given */
  uint64_t values[VM_OP_PARAMETERS];
};

/* True if a parameter was given. */
static inline bool
vm_op_gives (const struct vm_op *op, uint32_t parameter)
{
  return op->given >> parameter & 1;
}

/* Bytes of an operation that mean something: its values beyond the parameters
 * of its kind do not. */
size_t vm_op_size (enum vm_op_kind kind);

/* The row of a kind other than VM_OP_NONE. */
const struct vm_op_info *vm_op_info_of (enum vm_op_kind kind);

/* Parses a line of a script (or of a lesson). An empty line or a comment
 * gives VM_OP_NONE. Names are interned in names. False and *error, with the
 * column, if it is malformed. */
bool vm_op_parse (const char *line, struct vm_names *names, struct vm_op *op,
                  struct vm_error *error);

/* Reads a number as scripts write them: decimal, 0x hexadecimal or 0b binary,
 * K M G T behind it. False if text is anything else or exceeds 64 bits. */
bool vm_number_parse (const char *text, size_t length, uint64_t *value);

#endif
