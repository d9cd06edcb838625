/* The table of operations. */
#include "machine/ops.h"

#include "mmu/geometry.h"
#include "tape/steps.h"

#include <assert.h>

static const char *const segments[]
    = {"es", "cs", "ss", "ds", "fs", "gs", NULL};
static const char *const segment_models[] = {"flat", "empty", NULL};
static const char *const segment_types[] = {"code",   "code-only", "conforming",
                                            "data",   "read-only", "stack",
                                            "system", NULL};
static const char *const granularities[] = {"byte", "page", NULL};
static const char *const halves[] = {"own", "shared", NULL};
static const char *const off_on[] = {"off", "on", NULL};
static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const geometry_names[]
    = {"none", "x86-32", "x86-pae", "x86-64",  "x86-64-la57", "sv32",
       "sv39", "sv48",   "sv57",    "aarch64", "toy",         NULL};
static const char *const flag_setters[] = {"hardware", "software", NULL};
static const char *const replacements[]
    = {"lru", "plru", "fifo", "random", NULL};
static const char *const reaches[] = {"on", "local", "off", NULL};
static const char *const flushes[]
    = {"all", "address", "asid", "global", "spaces", "noflush", NULL};
static const char *const kinds[] = {"read", "write", "fetch", NULL};
static const char *const modes[] = {"kernel", "user", NULL};
static const char *const policies[]
    = {"fifo",     "lru",   "mru", "clock-set", "clock-clear", "second-chance",
       "nru",      "aging", "lfu", "lfu-aging", "random",      "opt",
       "two-list", "2q",    "arc", "sieve",     "s3-fifo",     NULL};
static const char *const read_or_write[] = {"read", "write", NULL};
static const char *const layouts[] = {"none", "linux", NULL};
static const char *const rights[] = {"rwx", "none", NULL};
static const char *const sharing[] = {"private", "shared", NULL};
static const char *const placements[] = {"off", "on", "if-free", NULL};
static const char *const file_systems[] = {"ext4", "tmpfs", NULL};
static const char *const advice[]
    = {"dontneed", "hugepage", "nohugepage", "willneed",   "cold", "pageout",
       "free",     "normal",   "random",     "sequential", NULL};
static const char *const reclaims[]
    = {"off",       "linux",       "fifo",          "lru",     "mru",
       "clock-set", "clock-clear", "second-chance", "nru",     "aging",
       "lfu",       "lfu-aging",   "random",        "opt",     "two-list",
       "2q",        "arc",         "sieve",         "s3-fifo", NULL};
static const char *const scopes[] = {"global", "local", NULL};
static const char *const overcommits[] = {"0", "1", "2", NULL};
static const char *const views[]
    = {"maps",  "mm",    "regions", "tables",  "counters", "frames",
       "swap",  "lists", "cache",   "kernel",  "address",  "vmalloc",
       "iomem", "buddy", "slab",    "threads", "cpus",     NULL};
static const char *const ways[] = {"paging", "none", "base-bounds", NULL};
static const char *const maps[] = {"none", "pc", NULL};
static const char *const answers[] = {"ram", "rom", "device", "hole", NULL};
static const char *const spaces[] = {"memory", "ports", NULL};
static const char *const directions[] = {"in", "out", NULL};
static const char *const fits[] = {"first", "best", "worst", NULL};
static const char *const msyncs[] = {"sync", "async", "invalidate", NULL};
static const char *const memories[] = {"posix", "memfd", "sysv", NULL};
static const char *const gfps[] = {"GFP_KERNEL", "GFP_ATOMIC",   "GFP_DMA",
                                   "GFP_DMA32",  "GFP_HIGHUSER", NULL};
static const char *const map_flags[] = {"rwxug", NULL};
static const char *const kernels[] = {"usual", "2.6", "3.16", "4.0", "4.15",
                                      "4.20",  "5.8", "6.5",  "6.7", NULL};
static const char *const windows[] = {"kmap", "local", NULL};
static const char *const clone_flags[]
    = {"vm",    "fs",     "files",         "sighand", "thread",
       "vfork", "parent", "clear-sighand", NULL};

/* Marks a text for the translators; whoever shows the table looks it up. */
#define N_(text) text

#define KIB(n) (UINT64_C (1024) * (n))
#define MIB(n) (KIB (1024) * (n))
#define GIB(n) (MIB (1024) * (n))

static const struct vm_op_info operations[VM_OP_KINDS] = {
    [VM_OP_MACHINE] = {
        "machine", N_ ("builds the machine; comes first, and once"),
        {
            {"geometry", VM_PARAMETER_CHOICE, true, 1, VM_GEOMETRY_TOY, 0, geometry_names,
             N_ ("how the processor cuts a virtual address; toy:va=14,pa=12 is short "
             "for geometry=toy toy-va=14 toy-pa=12")},
            {"memory", VM_PARAMETER_NUMBER, false, 32, GIB (4), MIB (64),
             NULL, N_ ("bytes that the frame allocator may give, whole frames: at least "
             "64K but of a toy; of a toy by default all that it can address")},
            {"tlb-sets", VM_PARAMETER_NUMBER, false, 1, 1024, 4, NULL,
             N_ ("sets of the TLB")},
            {"tlb-ways", VM_PARAMETER_NUMBER, false, 1, 4096, 4, NULL,
             N_ ("ways of each set; sets times ways is at most 4096")},
            {"wp", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("CR0.WP: the kernel, too, obeys read-only pages")},
            {"nx", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("EFER.NXE: pages without x cannot be executed, where entries "
             "have such a bit")},
            {"smep", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("CR4.SMEP: the kernel cannot execute user pages")},
            {"smap", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("CR4.SMAP: the kernel cannot touch user pages")},
            {"sum", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("sstatus.SUM of RISC-V: the kernel can touch user pages")},
            {"mxr", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("sstatus.MXR of RISC-V: what can be executed can be read")},
            {"flags", VM_PARAMETER_CHOICE, false, 0, 1, 0, flag_setters,
             N_ ("who sets the accessed and dirty flags of RISC-V and AArch64; "
             "where software does, the processor faults")},
            {"cpus", VM_PARAMETER_NUMBER, false, 1, 8, 1, NULL,
             N_ ("processors, each with TLBs of its own")},
            {"itlb", VM_PARAMETER_SHAPE, false, 1, 4096, 0, NULL,
             N_ ("TLB for instructions, as SETSxWAYS: the first level is split")},
            {"dtlb", VM_PARAMETER_SHAPE, false, 1, 4096, 0, NULL,
             N_ ("TLB for data, or for everything where there is no itlb; in "
             "place of tlb-sets and tlb-ways")},
            {"stlb", VM_PARAMETER_SHAPE, false, 1, 4096, 0, NULL,
             N_ ("second-level TLB behind them, for everything")},
            {"tlb-replacement", VM_PARAMETER_CHOICE, false, 0, 3, 0, replacements,
             N_ ("which way of a full set goes; plru needs powers of two")},
            {"seed", VM_PARAMETER_NUMBER, false, 1, UINT64_MAX, 1, NULL,
             N_ ("where the numbers of random replacement begin")},
            {"pcid", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("TLB entries are tagged with address spaces, and a switch keeps "
             "them: CR4.PCIDE of x86-64, ASIDs of RISC-V and AArch64")},
            {"kpti", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("x86-64: user mode has a root of its own, without the kernel")},
            {"psc", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("paging-structure caches: a walk can begin below the root")},
            {"shootdown", VM_PARAMETER_CHOICE, false, 0, 2, 0, reaches,
             N_ ("who drops a mapping that changed: every processor, only the one "
             "that changed it, or none, which leaves a flush owed")},
            {"cost-tlb", VM_PARAMETER_NUMBER, false, 0, 1000000, 1, NULL,
             N_ ("cycles to ask the first level of the TLB")},
            {"cost-stlb", VM_PARAMETER_NUMBER, false, 0, 1000000, 7, NULL,
             N_ ("cycles to ask the second level")},
            {"cost-walk", VM_PARAMETER_NUMBER, false, 0, 1000000, 100, NULL,
             N_ ("cycles for each entry that a walk reads")},
            {"cost-memory", VM_PARAMETER_NUMBER, false, 0, 1000000, 100, NULL,
             N_ ("cycles for the data themselves")},
            {"cost-disk", VM_PARAMETER_NUMBER, false, 0, 1000000000000, 10000000, NULL,
             N_ ("cycles for a page from the disk")},
            {"toy-va", VM_PARAMETER_NUMBER, false, 5, 48, 14, NULL,
             N_ ("bits of a toy's virtual addresses")},
            {"toy-pa", VM_PARAMETER_NUMBER, false, 5, 36, 12, NULL,
             N_ ("bits of its physical addresses")},
            {"toy-page", VM_PARAMETER_NUMBER, false, 16, KIB (64), 64, NULL,
             N_ ("bytes of its pages, a power of two")},
            {"toy-levels", VM_PARAMETER_NUMBER, false, 1, 4, 1, NULL,
             N_ ("levels of its page tables, which share the bits above the offset")},
            {"toy-entry", VM_PARAMETER_NUMBER, false, 1, 8, 4, NULL,
             N_ ("bytes of a page-table entry: 1, 2, 4 or 8")},
            {"toy-split", VM_PARAMETER_SPLIT, false, 1, 48, 0, NULL,
             N_ ("bits of each index from the root on, then of the offset, as 5/5/5; in "
             "place of toy-va, toy-page and toy-levels")},
            {"translation", VM_PARAMETER_CHOICE, false, 0, 2, VM_WAY_PAGING, ways,
             N_ ("how virtual addresses become physical ones: by pages; not at "
             "all, because the MMU is off; or by a base and a limit register")},
            {"zones", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("frames come from the zones DMA, DMA32, Normal and HighMem, the "
             "highest that suits first; off: the lowest frame that is free")},
            {"kernel-half", VM_PARAMETER_CHOICE, false, 0, 1, 0, halves,
             N_ ("the kernel's addresses: own, each process maps them for itself; "
             "shared, all processes have the same tables there, as in Linux")},
            {"windows", VM_PARAMETER_CHOICE, false, 0, 1, 0, maps,
             N_ ("who answers at physical addresses: RAM everywhere, or what a PC "
             "has there, with its ports")},
            {"reclaim", VM_PARAMETER_CHOICE, false, 0, 18, 0, reclaims,
             N_ ("who chooses the pages that leave memory when it is full: nobody, "
             "Linux's lists, or a replacement policy, which hears of every "
             "access")},
            {"scope", VM_PARAMETER_CHOICE, false, 0, 1, 0, scopes,
             N_ ("a policy's choice: among the pages of all, or of the process "
             "that needs one")},
            {"resident", VM_PARAMETER_NUMBER, false, 1, 64, 64, NULL,
             N_ ("pages that a process may have in memory, with scope=local")},
            {"swappiness", VM_PARAMETER_NUMBER, false, 0, 200, 60, NULL,
             N_ ("how gladly pages of processes go to swap, where pages of files "
             "could go instead: of 200")},
            {"watermark-min", VM_PARAMETER_NUMBER, false, 1, UINT32_MAX / 4, 0, NULL,
             N_ ("free frames below which whoever needs one frees some himself; by "
             "default what Linux would choose, as the next two")},
            {"watermark-low", VM_PARAMETER_NUMBER, false, 1, UINT32_MAX / 4, 0, NULL,
             N_ ("free frames below which kswapd is woken")},
            {"watermark-high", VM_PARAMETER_NUMBER, false, 1, UINT32_MAX / 4, 0, NULL,
             N_ ("free frames at which it is done")},
            {"interval", VM_PARAMETER_NUMBER, false, 1, UINT32_MAX, 0, NULL,
             N_ ("references between two ticks of nru, aging and lfu-aging")},
            {"read-ahead", VM_PARAMETER_NUMBER, false, 0, MIB (8), KIB (128), NULL,
             N_ ("bytes of a file that are read ahead at once, at most "
             "(read_ahead_kb)")},
            {"failing-write", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("the disk fails at so many-th write of a page; 0: never")},
            {"page-cluster", VM_PARAMETER_NUMBER, false, 0, 5, 0, NULL,
             N_ ("up to 2 to this power slots of swap are read at once; Linux has "
             "3, 0 is one")},
            {"buddy", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("free frames lie in blocks of 1, 2, 4 ... 1,024, in zones, and all "
             "frames come from those; then the kernel can be asked for memory, "
             "too (get_pages, kmalloc)")},
        },
    },
    [VM_OP_PROCESS] = {
        "process", N_ ("makes a process with an empty address space"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call it")},
            {"layout", VM_PARAMETER_CHOICE, false, 0, 1, 0, layouts,
             N_ ("linux: the kernel manages it, and it has a stack")},
        },
    },
    [VM_OP_MAP] = {
        "map", N_ ("maps a page to frames, making the tables that are missing"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("virtual address of the page's first byte")},
            {"frame", VM_PARAMETER_NUMBER, true, 0, UINT64_C (0xfffffffffff), 0,
             NULL, N_ ("number of the page's first frame")},
            {"flags", VM_PARAMETER_FLAGS, true, 0, 0, 0, map_flags,
             N_ ("r read, w write, x execute, u user, g global; r is required")},
            {"size", VM_PARAMETER_NUMBER, false, 16, GIB (1) << 18, KIB (4),
             NULL, N_ ("bytes of the page: 4K, 2M, 4M, 1G ... as the geometry has; of a "
             "toy its one page size")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("the processor whose kernel does it; by default the first that "
             "runs the process, else processor 0")},
            {"trampoline", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("KPTI: user mode's root has this page of the kernel's half, too")},
        },
    },
    [VM_OP_ACCESS] = {
        "access", N_ ("one access by the processor"),
        {
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("virtual address")},
            {"kind", VM_PARAMETER_CHOICE, false, 0, 2, VM_READ, kinds,
             N_ ("what the processor wants to do")},
            {"mode", VM_PARAMETER_CHOICE, false, 0, 1, VM_USER_MODE, modes,
             N_ ("the mode that it is in")},
            {"process", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("whose address space; by default that of the running process, "
             "or of the first")},
            {"width", VM_PARAMETER_NUMBER, false, 1, 8, 1, NULL,
             N_ ("bytes: 1, 2, 4 or 8, within one page")},
            {"value", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("what a write stores; without it the bytes stay as they are")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
            {"handle", VM_PARAMETER_CHOICE, false, 0, 1, 1, no_yes,
             N_ ("the kernel answers page faults, where it manages the "
             "process; no stops at the first")},
            {"segment", VM_PARAMETER_CHOICE, false, 0, 5, VM_SEGMENT_DS, segments,
             N_ ("the segment that it goes through, where “segments” was done: va "
             "is then an offset in it; by default cs for a fetch, else ds")},
        },
    },
    [VM_OP_DUMP] = {
        "dump", N_ ("prints the page tables of a process, frame by frame"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose tables")},
        },
    },
    [VM_OP_SWITCH] = {
        "switch", N_ ("lets a process run on a processor"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which process")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
        },
    },
    [VM_OP_FLUSH] = {
        "flush", N_ ("has a processor drop entries of its TLBs"),
        {
            {"kind", VM_PARAMETER_CHOICE, false, 0, 5, VM_FLUSH_ALL, flushes,
             N_ ("all: everything; address: one page; asid: one address space; "
             "global: everything, by CR4.PGE; spaces: all but global entries; "
             "noflush: a load of CR3 that drops nothing")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
            {"va", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("an address in the page; kind=address needs it")},
            {"process", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("whose address space the instruction names, for address and asid: "
             "global entries then stay; by default the one that is loaded")},
        },
    },
    [VM_OP_TLB] = {
        "tlb", N_ ("prints what the TLBs of a processor hold, and the costs so far"),
        {
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
        },
    },
    [VM_OP_POOL] = {
        "pool", N_ ("makes a pool of frames that a replacement policy looks after"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call it")},
            {"policy", VM_PARAMETER_CHOICE, true, 0, 16, 0, policies,
             N_ ("which page goes when all frames hold pages")},
            {"frames", VM_PARAMETER_NUMBER, true, 1, 64, 0, NULL,
             N_ ("how many frames it has")},
            {"seed", VM_PARAMETER_NUMBER, false, 1, UINT64_MAX, 1, NULL,
             N_ ("where the lots of the policy random begin")},
            {"interval", VM_PARAMETER_NUMBER, false, 0, 1000000, 0, NULL,
             N_ ("references between two ticks of nru, aging and lfu-aging; 0 "
             "for the policy's own number")},
        },
    },
    [VM_OP_STRING] = {
        "string", N_ ("declares the references that are to come, so that OPT knows them"),
        {
            {"references", VM_PARAMETER_REFERENCES, true, 0, 0, 0, NULL,
             N_ ("page numbers with commas between them, with a w behind those of "
             "writes; they come after those declared before")},
        },
    },
    [VM_OP_REFERENCE] = {
        "reference", N_ ("refers to a page in all pools, or in one"),
        {
            {"page", VM_PARAMETER_NUMBER, false, 0, (UINT64_C (1) << 52) - 1, 0, NULL,
             N_ ("number of the page; by default the next of the string")},
            {"kind", VM_PARAMETER_CHOICE, false, 0, 1, VM_READ, read_or_write,
             N_ ("what is done to the page that is named")},
            {"pool", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("in which pool; by default in all, in lock-step")},
            {"count", VM_PARAMETER_NUMBER, false, 1, 2048, 1, NULL,
             N_ ("how many references of the string are made")},
        },
    },
    [VM_OP_POKE] = {
        "poke", N_ ("writes bytes into memory by hand, such as an entry of a page "
                "table; no TLB is told"),
        {
            {"pa", VM_PARAMETER_NUMBER, true, 0, (UINT64_C (1) << 36) - 1, 0, NULL,
             N_ ("physical address, a multiple of the width")},
            {"value", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("what to write, little-endian")},
            {"width", VM_PARAMETER_NUMBER, false, 1, 8, 4, NULL,
             N_ ("bytes: 1, 2, 4 or 8; by default as many as a page-table entry "
             "has")},
        },
    },
    [VM_OP_UNMAP] = {
        "unmap", N_ ("clears the entry of a page, and drops it from the TLBs"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose page")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("an address in the page")},
        },
    },
    [VM_OP_FILE] = {
        "file", N_ ("makes a file that can be mapped"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call it")},
            {"size", VM_PARAMETER_NUMBER, false, 0, UINT64_C (1) << 40, 0, NULL,
             N_ ("bytes; if it is not given, as many as content or text has")},
            {"fs", VM_PARAMETER_CHOICE, false, 0, 1, 0, file_systems,
             N_ ("the file system: ext4 wants to be told of the first write to "
             "a page, tmpfs does not")},
            {"cached", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("all its pages are in the page cache already")},
            {"content", VM_PARAMETER_CONTENT, false, 0, 0, 0, NULL,
             N_ ("the name of a real file whose bytes it has: one beside the "
             "script or in the lesson's folder, or one that was opened")},
            {"text", VM_PARAMETER_TEXT, false, 0, 0, 0, NULL,
             N_ ("or these bytes; %20 is the one with that number in hex")},
            {"path", VM_PARAMETER_TEXT, false, 0, 0, 0, NULL,
             N_ ("what a list of regions calls it, if not by its name")},
        },
    },
    [VM_OP_MMAP] = {
        "mmap", N_ ("a process asks for a new region; pages come at the first "
        "touch"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes; rounded up to whole pages")},
            {"va", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("where it would like it; 0: anywhere")},
            {"prot", VM_PARAMETER_FLAGS, false, 0, 0, 3, rights,
             N_ ("what is allowed: r read, w write, x execute; or none")},
            {"type", VM_PARAMETER_CHOICE, false, 0, 1, 0, sharing,
             N_ ("who sees what is written")},
            {"file", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("which file it shows; without one, memory of zeros")},
            {"offset", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("where in the file, in bytes, a multiple of 4K")},
            {"fixed", VM_PARAMETER_CHOICE, false, 0, 2, 0, placements,
             N_ ("exactly at va: on takes away what is there, if-free fails "
             "then")},
            {"populate", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("touches all its pages at once")},
            {"growsdown", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("grows downwards by itself, as a stack does")},
            {"noreserve", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("overcommit does not count its pages")},
            {"locked", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("MAP_LOCKED: its pages come at once and may not leave memory")},
            {"fd", VM_PARAMETER_NUMBER, false, 3, 3 + VM_MAX_FDS - 1, 0, NULL,
             N_ ("the descriptor of an open file, in place of file")},
        },
    },
    [VM_OP_MUNMAP] = {
        "munmap", N_ ("a process gives addresses back"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("first address, a multiple of 4K")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes; rounded up to whole pages")},
        },
    },
    [VM_OP_MPROTECT] = {
        "mprotect", N_ ("a process changes what is allowed"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("first address, a multiple of 4K")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes; rounded up to whole pages")},
            {"prot", VM_PARAMETER_FLAGS, true, 0, 0, 0, rights,
             N_ ("what is allowed from now on: r, w, x; or none")},
        },
    },
    [VM_OP_MREMAP] = {
        "mremap", N_ ("a process moves a region, or changes its length"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("first address, a multiple of 4K")},
            {"old-length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes it has now")},
            {"new-length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes it shall have")},
            {"maymove", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("it may get other addresses")},
            {"to", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("which ones; what is there goes")},
        },
    },
    [VM_OP_BRK] = {
        "brk", N_ ("a process moves the end of its heap; without to= and grow= "
        "it asks where that is"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"to", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("the new end")},
            {"grow", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("so many bytes more, as sbrk does")},
        },
    },
    [VM_OP_MADVISE] = {
        "madvise", N_ ("a process tells what it will do with its pages"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("first address, a multiple of 4K")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes; rounded up to whole pages")},
            {"advice", VM_PARAMETER_CHOICE, true, 0, 9, 0, advice,
             N_ ("dontneed gives them back at once; hugepage and nohugepage say "
             "whether large pages may be used; willneed reads what is in swap, or "
             "in the file; cold has them go next, pageout at once; free says that "
             "their contents are needed no more; normal, random and sequential say "
             "how a file will be read")},
        },
    },
    [VM_OP_FORK] = {
        "fork", N_ ("doubles a process; private pages are shared until "
        "somebody writes"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call the child")},
        },
    },
    [VM_OP_VFORK] = {
        "vfork", N_ ("makes a child in the same address space; the parent "
        "waits until it exits"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("the parent")},
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call the child")},
        },
    },
    [VM_OP_EXIT] = {
        "exit", N_ ("ends a process"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"status", VM_PARAMETER_NUMBER, false, 0, 255, 0, NULL,
             N_ ("what its parent will be told")},
            {"group", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("on: all threads of its group end, too (exit_group)")},
        },
    },
    [VM_OP_WAIT] = {
        "wait", N_ ("a process asks for a child that has ended"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("the parent")},
        },
    },
    [VM_OP_OVERCOMMIT] = {
        "overcommit", N_ ("how much memory the kernel promises "
        "(vm.overcommit_memory)"),
        {
            {"mode", VM_PARAMETER_CHOICE, true, 0, 2, 0, overcommits,
             N_ ("0 refuses what exceeds all memory at once, 1 refuses "
             "nothing, 2 counts")},
            {"ratio", VM_PARAMETER_NUMBER, false, 0, 10000, 50, NULL,
             N_ ("per cent of memory that mode 2 promises")},
        },
    },
    [VM_OP_LIMIT] = {
        "limit", N_ ("sets the limits of a process (setrlimit)"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"stack", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes that its stack may grow to")},
            {"memory", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes of addresses that it may have")},
            {"memlock", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes that may be locked in memory, RLIMIT_MEMLOCK")},
        },
    },
    [VM_OP_SHOW] = {
        "show", N_ ("prints what the kernel knows of a process"),
        {
            {"process", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("which; of what is no process's, none need be given")},
            {"what", VM_PARAMETER_CHOICE, false, 0, 16, 0, views,
             N_ ("maps, as /proc has it; the mm; its regions; its page tables, or "
             "the kernel's; "
             "counters; frames; swap; the lists of frames; the page cache; the "
             "kernel's half; what an address is; areas of vmalloc; who answers "
             "at physical addresses; the kernel's free blocks; its slabs; all "
             "tasks and what they share; processors and whose memory they "
             "have")},
            {"va", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("the address that what=address is about")},
        },
    },
    [VM_OP_SEGMENTS] = {
        "segments", N_ ("x86: makes a table of segments; from then on every access "
                    "goes by way of one"),
        {
            {"model", VM_PARAMETER_CHOICE, false, 0, 1, 0, segment_models,
             N_ ("flat: code and data for kernel and user, from 0 to the end, "
             "loaded everywhere; empty: no entries")},
            {"entries", VM_PARAMETER_NUMBER, false, 2, 512, 8, NULL,
             N_ ("entries of the table, the empty one included")},
        },
    },
    [VM_OP_SEGMENT] = {
        "segment", N_ ("writes an entry of the table of segments"),
        {
            {"index", VM_PARAMETER_NUMBER, true, 1, 511, 0, NULL,
             N_ ("which entry")},
            {"type", VM_PARAMETER_CHOICE, true, 0, 6, 0, segment_types,
             N_ ("code that can be read, code that cannot, conforming code; data, "
             "data that can only be read; a stack, which grows down; something "
             "of the system's")},
            {"base", VM_PARAMETER_NUMBER, false, 0, UINT32_MAX, 0, NULL,
             N_ ("linear address of offset 0")},
            {"limit", VM_PARAMETER_NUMBER, false, 0, 0xfffff, 0xfffff, NULL,
             N_ ("last byte, or last page, by the granularity; of a stack the last "
             "that is not part of it")},
            {"dpl", VM_PARAMETER_NUMBER, false, 0, 3, 3, NULL,
             N_ ("level of privilege")},
            {"granularity", VM_PARAMETER_CHOICE, false, 0, 1, 1, granularities,
             N_ ("what the limit counts")},
            {"present", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("whether it can be loaded")},
        },
    },
    [VM_OP_LOAD] = {
        "load", N_ ("loads a segment register"),
        {
            {"register", VM_PARAMETER_CHOICE, true, 0, 5, 0, segments,
             N_ ("which one")},
            {"selector", VM_PARAMETER_NUMBER, false, 0, 0xffff, 0, NULL,
             N_ ("index × 8, plus the RPL; needed but in long mode")},
            {"mode", VM_PARAMETER_CHOICE, false, 0, 1, VM_USER_MODE, modes,
             N_ ("the mode of the program that loads it: CPL 0 or 3")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
            {"base", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("long mode: the base of fs or gs")},
        },
    },
    [VM_OP_WAY] = {
        "translation", N_ ("switches the MMU on, off, or over to base and bounds"),
        {
            {"by", VM_PARAMETER_CHOICE, true, 0, 2, VM_WAY_PAGING, ways,
             N_ ("how virtual addresses become physical ones from now on")},
        },
    },
    [VM_OP_PROGRAM] = {
        "program", N_ ("loads a program into bare memory, in one piece"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which process it is for")},
            {"size", VM_PARAMETER_NUMBER, true, 256, MIB (4), 0, NULL,
             N_ ("its bytes, a multiple of 16")},
            {"at", VM_PARAMETER_NUMBER, false, 0, GIB (4), 0, NULL,
             N_ ("physical address of its first byte; by default the start of a "
             "hole")},
            {"linked", VM_PARAMETER_NUMBER, false, 0, GIB (4), 0, NULL,
             N_ ("the address for which its own addresses were worked out; they "
             "count from 0 where there is a base register")},
            {"references", VM_PARAMETER_NUMBER, false, 1, 1024, 4, NULL,
             N_ ("how many addresses of its own bytes it holds")},
            {"fit", VM_PARAMETER_CHOICE, false, 0, 2, VM_FIT_FIRST, fits,
             N_ ("which hole: the first that is large enough, the smallest, or "
             "the largest")},
        },
    },
    [VM_OP_SWAP_OUT] = {
        "swap-out", N_ ("takes a whole program to the disk"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose program")},
        },
    },
    [VM_OP_SWAP_IN] = {
        "swap-in", N_ ("brings a whole program back from the disk"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose program")},
            {"at", VM_PARAMETER_NUMBER, false, 0, GIB (4), 0, NULL,
             N_ ("physical address of its first byte; by default the start of a "
             "hole")},
            {"fit", VM_PARAMETER_CHOICE, false, 0, 2, VM_FIT_FIRST, fits,
             N_ ("which hole: the first that is large enough, the smallest, or "
             "the largest")},
        },
    },
    [VM_OP_RELOCATE] = {
        "relocate", N_ ("puts the addresses in a program right for where it lies"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose program")},
        },
    },
    [VM_OP_COMPACT] = {
        "compact", N_ ("pushes all programs together, so that the holes become one"),
        {{NULL, VM_PARAMETER_END, false, 0, 0, 0, NULL, NULL}},
    },
    [VM_OP_RUN] = {
        "run", N_ ("has a program use all addresses that it holds"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose program")},
        },
    },
    [VM_OP_MALLOC] = {
        "malloc", N_ ("a process asks its C library (glibc) for memory"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"bytes", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("how many")},
        },
    },
    [VM_OP_FREE] = {
        "free", N_ ("a process gives memory back to its C library"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("the address that malloc returned; 0 gives nothing back")},
        },
    },
    [VM_OP_READ] = {
        "read", N_ ("the kernel copies bytes of a file into a process's memory"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"file", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("from which file; or fd")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("to which address; a bad one is no crash, but EFAULT")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_C (1) << 30, 0, NULL,
             N_ ("bytes, at most")},
            {"offset", VM_PARAMETER_NUMBER, false, 0, UINT64_C (1) << 40, 0, NULL,
             N_ ("where in the file, in bytes; with fd by default where that "
             "is")},
            {"fd", VM_PARAMETER_NUMBER, false, 3, 3 + VM_MAX_FDS - 1, 0, NULL,
             N_ ("which open file of the process")},
        },
    },
    [VM_OP_WRITE] = {
        "write", N_ ("the kernel copies bytes of a process's memory into a file"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"file", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("into which file; or fd")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("from which address; a bad one is no crash, but EFAULT")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_C (1) << 30, 0, NULL,
             N_ ("bytes, at most")},
            {"offset", VM_PARAMETER_NUMBER, false, 0, UINT64_C (1) << 40, 0, NULL,
             N_ ("where in the file, in bytes; with fd by default where that "
             "is")},
            {"fd", VM_PARAMETER_NUMBER, false, 3, 3 + VM_MAX_FDS - 1, 0, NULL,
             N_ ("which open file of the process")},
        },
    },
    [VM_OP_RMAP] = {
        "rmap", N_ ("asks which entries map a frame (reverse mapping)"),
        {
            {"frame", VM_PARAMETER_NUMBER, true, 0, UINT32_MAX, 0, NULL,
             N_ ("which frame")},
        },
    },
    [VM_OP_WINDOW] = {
        "window", N_ ("says who answers at physical addresses, or at ports"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call it; windows of one name lead to one device")},
            {"kind", VM_PARAMETER_CHOICE, true, 0, 3, 0, answers,
             N_ ("RAM keeps what is written; ROM ignores it; a device takes "
             "every access as an order; in a hole nobody answers")},
            {"start", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("first address")},
            {"size", VM_PARAMETER_NUMBER, true, 1, UINT64_C (1) << 52, 0, NULL,
             N_ ("how many")},
            {"space", VM_PARAMETER_CHOICE, false, 0, 1, 0, spaces,
             N_ ("addresses of memory, or ports of the x86")},
        },
    },
    [VM_OP_PORT] = {
        "port", N_ ("x86: reads or writes a port"),
        {
            {"port", VM_PARAMETER_NUMBER, true, 0, 0xffff, 0, NULL,
             N_ ("which one")},
            {"kind", VM_PARAMETER_CHOICE, false, 0, 1, 0, directions,
             N_ ("the instruction IN or OUT")},
            {"width", VM_PARAMETER_NUMBER, false, 1, 4, 1, NULL,
             N_ ("bytes: 1, 2 or 4")},
            {"value", VM_PARAMETER_NUMBER, false, 0, UINT32_MAX, 0, NULL,
             N_ ("what OUT writes")},
            {"mode", VM_PARAMETER_CHOICE, false, 0, 1, VM_KERNEL_MODE, modes,
             N_ ("the mode of the program: user mode may not")},
        },
    },
    [VM_OP_INPUT] = {
        "input", N_ ("the world outside gives a device something to be read"),
        {
            {"device", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"offset", VM_PARAMETER_NUMBER, false, 0, 63, 0, NULL,
             N_ ("of the register, in bytes")},
            {"width", VM_PARAMETER_NUMBER, false, 1, 8, 1, NULL,
             N_ ("bytes: 1, 2, 4 or 8")},
            {"value", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("what")},
        },
    },
    [VM_OP_IOMMU] = {
        "iommu", N_ ("puts an IOMMU before a device: it gets an address space of "
        "its own, which “map process=” of the device's name fills"),
        {
            {"device", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
        },
    },
    [VM_OP_DMA] = {
        "dma", N_ ("a device reads or writes memory by itself"),
        {
            {"device", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"address", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("the address that it puts on the bus")},
            {"kind", VM_PARAMETER_CHOICE, false, 0, 1, 0, read_or_write,
             N_ ("what it does")},
            {"width", VM_PARAMETER_NUMBER, false, 1, 8, 4, NULL,
             N_ ("bytes: 1, 2, 4 or 8, within a page")},
            {"value", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("what it writes")},
        },
    },
    [VM_OP_SWAPON] = {
        "swapon", N_ ("gives the machine a swap area; where nothing else was said, "
        "Linux's lists choose from now on what leaves memory"),
        {
            {"size", VM_PARAMETER_NUMBER, true, KIB (8), MIB (256), 0, NULL,
             N_ ("bytes, whole pages; the first one is the header")},
            {"fails", VM_PARAMETER_NUMBER, false, 1, UINT32_MAX, 0, NULL,
             N_ ("which write to it goes wrong")},
            {"priority", VM_PARAMETER_NUMBER, false, 0, 32767, 0, NULL,
             N_ ("the area with the highest one gets pages first, areas with the "
             "same in turn; without one, behind all areas before it")},
        },
    },
    [VM_OP_SWAPOFF] = {
        "swapoff", N_ ("takes a swap area away, after reading back all that is in it"),
        {
            {"area", VM_PARAMETER_NUMBER, false, 0, 3, 0, NULL, N_ ("which")},
        },
    },
    [VM_OP_MLOCK] = {
        "mlock", N_ ("a process has pages stay in memory"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("from which address")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes")},
            {"onfault", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("MLOCK_ONFAULT: pages come when they are touched")},
        },
    },
    [VM_OP_MUNLOCK] = {
        "munlock", N_ ("a process lets pages leave memory again"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("from which address")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes")},
        },
    },
    [VM_OP_MLOCKALL] = {
        "mlockall", N_ ("a process has all its pages stay in memory"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"current", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("MCL_CURRENT: those that it has")},
            {"future", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("MCL_FUTURE: those that it will have")},
            {"onfault", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("MCL_ONFAULT: pages come when they are touched")},
        },
    },
    [VM_OP_MUNLOCKALL] = {
        "munlockall", N_ ("a process lets all its pages leave memory again"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
        },
    },
    [VM_OP_PIN] = {
        "pin", N_ ("a device is given pages of a process to read and write: they "
        "stay where they are"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("from which address")},
            {"length", VM_PARAMETER_NUMBER, true, 1, MIB (1), 0, NULL,
             N_ ("bytes")},
        },
    },
    [VM_OP_UNPIN] = {
        "unpin", N_ ("the device is done with them"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("from which address")},
            {"length", VM_PARAMETER_NUMBER, true, 1, UINT64_MAX, 0, NULL,
             N_ ("bytes")},
        },
    },
    [VM_OP_OOM_ADJUST] = {
        "oom-adjust", N_ ("makes the out-of-memory killer choose a process sooner, or "
        "later (oom_score_adj)"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"raise", VM_PARAMETER_NUMBER, false, 0, 1000, 0, NULL,
             N_ ("thousandths of all memory and swap that are added to its score")},
            {"lower", VM_PARAMETER_NUMBER, false, 0, 1000, 0, NULL,
             N_ ("that are taken away; 1000: it is never killed")},
        },
    },
    [VM_OP_EXEC] = {
        "exec", N_ ("a process executes a real file (execve): its address space "
        "is made anew"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"file", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which file; it has the bytes of an ELF file")},
            {"argv", VM_PARAMETER_STRINGS, false, 0, 0, 0, NULL,
             N_ ("arguments, with commas between them; the first one is the "
             "program's name")},
            {"env", VM_PARAMETER_STRINGS, false, 0, 0, 0, NULL,
             N_ ("the environment, with commas between strings")},
            {"execfn", VM_PARAMETER_TEXT, false, 0, 0, 0, NULL,
             N_ ("the path that execve is given, if not the file's")},
            {"interpreter", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("file of the interpreter, if not the one with its name")},
            {"aslr", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("random numbers move stack, mappings, program and heap")},
            {"seed", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 1, NULL,
             N_ ("which numbers")},
            {"kernel", VM_PARAMETER_NUMBER, false, 1, 99, 18, NULL,
             N_ ("N of Linux 6.N, whose rules are followed")},
            {"vvar", VM_PARAMETER_NUMBER, false, 0, 64, 4, NULL,
             N_ ("pages of the kernel's data; usually as that kernel has them")},
            {"vclock", VM_PARAMETER_NUMBER, false, 0, 64, 2, NULL,
             N_ ("pages of virtual clocks behind them; likewise")},
            {"vdso", VM_PARAMETER_NUMBER, false, 0, 64, 2, NULL,
             N_ ("pages of the kernel's code; likewise; 0: there is none")},
            {"uid", VM_PARAMETER_NUMBER, false, 0, UINT32_MAX, 1000, NULL,
             N_ ("the user, as the auxiliary vector says")},
            {"gid", VM_PARAMETER_NUMBER, false, 0, UINT32_MAX, 1000, NULL,
             N_ ("the group, as the auxiliary vector says")},
            {"hwcap", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0x178bfbff,
             NULL, N_ ("what the processor can do, as it says")},
            {"hwcap2", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 2, NULL,
             N_ ("what else, as the kernel says")},
            {"signal-stack", VM_PARAMETER_NUMBER, false, 0, 1 << 20, 3376, NULL,
             N_ ("bytes that a signal needs of a stack, as it says")},
            {"fetch", VM_PARAMETER_CHOICE, false, 0, 1, 1, off_on,
             N_ ("the first instruction is fetched, too")},
        },
    },
    [VM_OP_LINK] = {
        "link", N_ ("the dynamic loader maps the libraries that a process needs"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which; it executes a file")},
        },
    },
    [VM_OP_OPEN] = {
        "open", N_ ("a process opens a file, and gets a descriptor"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"file", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which file")},
        },
    },
    [VM_OP_CLOSE] = {
        "close", N_ ("a process closes a file that it has opened"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"fd", VM_PARAMETER_NUMBER, true, 3, 3 + VM_MAX_FDS - 1, 0, NULL,
             N_ ("its descriptor")},
        },
    },
    [VM_OP_TRUNCATE] = {
        "truncate", N_ ("a process gives a file another size; what lies beyond "
        "its end goes, from memory, too"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"file", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which file")},
            {"size", VM_PARAMETER_NUMBER, true, 0, UINT64_C (1) << 40, 0, NULL,
             N_ ("bytes")},
        },
    },
    [VM_OP_MSYNC] = {
        "msync", N_ ("a process has what it wrote into a shared mapping taken "
        "to the disk"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose address space")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("first address, a multiple of 4K")},
            {"length", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("bytes; rounded up to whole pages")},
            {"mode", VM_PARAMETER_CHOICE, false, 0, 2, 0, msyncs,
             N_ ("sync waits for the disk; async leaves it to the flusher; "
             "invalidate is refused where pages are locked")},
        },
    },
    [VM_OP_FSYNC] = {
        "fsync", N_ ("a process has the dirty pages of a file taken to the disk"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"file", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("which file; or fd")},
            {"fd", VM_PARAMETER_NUMBER, false, 3, 3 + VM_MAX_FDS - 1, 0, NULL,
             N_ ("which open file of the process")},
        },
    },
    [VM_OP_SYNC] = {
        "sync", N_ ("has the dirty pages of all files taken to the disk"),
        {{NULL, VM_PARAMETER_END, false, 0, 0, 0, NULL, NULL}},
    },
    [VM_OP_DROP_CACHES] = {
        "drop-caches", N_ ("the page cache gives back what is clean and not "
        "mapped"),
        {
            {"file", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("of this file only")},
        },
    },
    [VM_OP_TICK] = {
        "tick", N_ ("time passes, and the kernel does what it does by the clock"),
        {
            {"n", VM_PARAMETER_NUMBER, false, 1, 86400, 1, NULL,
             N_ ("how many seconds")},
        },
    },
    [VM_OP_SHM] = {
        "shm", N_ ("makes memory that processes can share by its name"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call it; “mmap file=” maps it")},
            {"size", VM_PARAMETER_NUMBER, true, 1, UINT64_C (1) << 40, 0, NULL,
             N_ ("bytes")},
            {"kind", VM_PARAMETER_CHOICE, false, 0, 2, 0, memories,
             N_ ("posix: shm_open and ftruncate, stays until unlink; memfd: "
             "memfd_create, goes with its last user; sysv: shmget, stays until "
             "unlink (IPC_RMID)")},
        },
    },
    [VM_OP_UNLINK] = {
        "unlink", N_ ("takes away the name of a file, or of shared memory; it goes "
        "with its last user"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which")},
        },
    },
    [VM_OP_KERNEL] = {
        "kernel", N_ ("builds the kernel's half of the address space: direct map, "
        "image, struct pages; comes before the first process"),
        {
            {"version", VM_PARAMETER_CHOICE, false, 0, 8, 0, kernels,
             N_ ("whose layout: that of a Linux; usual, the one that is shown most "
             "for this processor")},
            {"kaslr", VM_PARAMETER_CHOICE, false, 0, 1, 0, off_on,
             N_ ("x86-64: bases of the areas and of the image are drawn")},
            {"seed", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 1, NULL,
             N_ ("they follow from it")},
            {"direct", VM_PARAMETER_NUMBER, false, KIB (4), GIB (1), 0, NULL,
             N_ ("bytes of the largest pages of the direct map; by default the "
             "largest that the geometry has")},
        },
    },
    [VM_OP_VMALLOC] = {
        "vmalloc", N_ ("gives the kernel memory in one piece of addresses, of frames "
        "from anywhere"),
        {
            {"bytes", VM_PARAMETER_NUMBER, true, 1, GIB (4), 0, NULL,
             N_ ("how much; whole pages are given")},
            {"module", VM_PARAMETER_NAME, false, 0, 0, VM_NONE, NULL,
             N_ ("the module that asks for it")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
        },
    },
    [VM_OP_VFREE] = {
        "vfree", N_ ("takes what vmalloc gave"),
        {
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("where it begins; of 0 nothing is freed")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
        },
    },
    [VM_OP_KMAP] = {
        "kmap", N_ ("gives the kernel an address for a frame, by a window if the "
        "direct map does not hold it"),
        {
            {"frame", VM_PARAMETER_NUMBER, false, 0, UINT64_C (0xfffffffffff), 0,
             NULL, N_ ("which frame")},
            {"process", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("or that of a page of this process")},
            {"va", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("the page's address there")},
            {"kind", VM_PARAMETER_CHOICE, false, 0, 1, 0, windows,
             N_ ("kmap: a window that all processors see; local: one of this "
             "processor's (kmap_local, kmap_atomic)")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
        },
    },
    [VM_OP_KUNMAP] = {
        "kunmap", N_ ("takes leave of an address that kmap gave"),
        {
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("which")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
        },
    },
    [VM_OP_KWRITE] = {
        "kwrite", N_ ("the kernel writes into a page of a process, by way of an "
        "address of its own"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("whose page")},
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("where in its address space; the page must be there, and "
             "writable")},
            {"value", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("what")},
            {"width", VM_PARAMETER_NUMBER, false, 1, 8, 1, NULL,
             N_ ("bytes: 1, 2, 4 or 8, within one page")},
            {"cpu", VM_PARAMETER_NUMBER, false, 0, 7, 0, NULL,
             N_ ("which processor")},
        },
    },
    [VM_OP_GET_PAGES] = {
        "get_pages", N_ ("the kernel's code asks for frames in a row "
        "(__get_free_pages); the machine needs buddy=on"),
        {
            {"order", VM_PARAMETER_NUMBER, false, 0, 20, 0, NULL,
             N_ ("2^order frames; above 10 it gets none")},
            {"gfp", VM_PARAMETER_CHOICE, false, 0, 4, 0, gfps,
             N_ ("for what, and whether it can wait: this chooses the zones and how "
             "low they may get")},
            {"module", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("the module that asks, for rmmod")},
        },
    },
    [VM_OP_FREE_PAGES] = {
        "free_pages", N_ ("the kernel's code gives frames back that get_pages gave"),
        {
            {"va", VM_PARAMETER_NUMBER, false, 0, UINT64_MAX, 0, NULL,
             N_ ("their address; 0 is harmless")},
            {"frame", VM_PARAMETER_NUMBER, false, 0, UINT32_MAX - 1, 0, NULL,
             N_ ("or the first of them, where they have no address")},
            {"order", VM_PARAMETER_NUMBER, false, 0, 20, 0, NULL,
             N_ ("2^order frames, as they were given")},
        },
    },
    [VM_OP_KMALLOC] = {
        "kmalloc", N_ ("the kernel's code asks for bytes: an object of a slab, or "
        "whole frames; the machine needs buddy=on"),
        {
            {"size", VM_PARAMETER_NUMBER, true, 0, UINT64_C (1) << 40, 0, NULL,
             N_ ("bytes; more than 4M it does not get")},
            {"gfp", VM_PARAMETER_CHOICE, false, 0, 4, 0, gfps,
             N_ ("for what, and whether it can wait")},
            {"module", VM_PARAMETER_NAME, false, 0, 0, 0, NULL,
             N_ ("the module that asks, for rmmod")},
        },
    },
    [VM_OP_KFREE] = {
        "kfree", N_ ("the kernel's code gives back what kmalloc gave"),
        {
            {"va", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("its address; 0 is harmless")},
        },
    },
    [VM_OP_RMMOD] = {
        "rmmod", N_ ("a module of the kernel goes; what it was given and has not "
        "given back is lost"),
        {
            {"module", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("which")},
        },
    },
    [VM_OP_CLONE] = {
        "clone", N_ ("makes a task that shares with its parent what the flags "
        "say"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("the parent")},
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call the child")},
            {"flags", VM_PARAMETER_WORDS, false, 0, 7, 0, clone_flags,
             N_ ("words with commas between: vm: the address space; fs: the "
             "current folder; files: descriptors; sighand: signal handlers; "
             "thread: it joins the thread group; vfork: the parent waits; "
             "parent: it gets the same parent; clear-sighand: no handlers; "
             "none: all is copied, as fork does")},
        },
    },
    [VM_OP_KTHREAD] = {
        "kthread", N_ ("makes a kernel thread: a task without memory of its own"),
        {
            {"name", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("what to call it; “switch process=” runs it")},
        },
    },
    [VM_OP_CHDIR] = {
        "chdir", N_ ("sets the current folder of a process"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"to", VM_PARAMETER_NAME, true, 0, 0, 0, NULL,
             N_ ("a folder, in one word")},
        },
    },
    [VM_OP_SIGACTION] = {
        "sigaction", N_ ("sets what a process does on a signal"),
        {
            {"process", VM_PARAMETER_NAME, true, 0, 0, 0, NULL, N_ ("which")},
            {"signal", VM_PARAMETER_NUMBER, true, 1, 31, 0, NULL,
             N_ ("number of the signal; 9 and 19 are refused")},
            {"handler", VM_PARAMETER_NUMBER, true, 0, UINT64_MAX, 0, NULL,
             N_ ("address of the handler; 0: the default, 1: nothing")},
        },
    },
};

const struct vm_op_info *
vm_op_info_of (enum vm_op_kind kind)
{
  assert (kind > VM_OP_NONE && kind < VM_OP_KINDS);
  return &operations[kind];
}

size_t
vm_op_size (enum vm_op_kind kind)
{
  const struct vm_parameter_info *parameters = vm_op_info_of (kind)->parameters;
  size_t count = 0;

  while (count < VM_OP_PARAMETERS && parameters[count].type != VM_PARAMETER_END)
    count++;
  return offsetof (struct vm_op, values) + count * sizeof (uint64_t);
}
