/* Machines that the tests of the stage look at, step by step. */
#include "scenario.h"

#include "program.h"

#include <libintl.h>
#include <locale.h>

/* The load of the flagship lesson, the same page again, a store, and two
 * faults. */
static const char *const two_levels[]
    = {"machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x11223000 frame=0x44332 flags=rwu",
       "map process=A va=0x11221000 frame=0x40 flags=rwu",
       "map process=A va=0x11224000 frame=0x41 flags=rwu",
       "map process=A va=0x08048000 frame=0x21 flags=ru",
       "map process=A va=0xbffff000 frame=0x3e flags=rwu",
       "map process=A va=0xc0000000 frame=0x0 flags=rwg",
       "access va=0x11223344 kind=read mode=user width=4",
       "access va=0x11223348 kind=write mode=user width=4 value=0x2a",
       "access va=0x08048010 kind=write mode=user width=4 value=1",
       "access va=0xc0000123 kind=read mode=user width=1",
       "access va=0x40000000 kind=read mode=user width=4",
       NULL};

/* Four levels, a large page, a fetch, and an address that is not one. */
static const char *const four_levels[]
    = {"machine geometry=x86-64 memory=64M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "process name=B",
       "map process=A va=0x401000 frame=0x123 flags=rxu",
       "map process=A va=0x7ffffffff000 frame=0x200 flags=rwu",
       "map process=A va=0x40200000 frame=0x800 flags=rwu size=2M",
       "map process=B va=0x401000 frame=0x123 flags=rxu",
       "access process=A va=0x40102c kind=fetch mode=user width=4",
       "access process=A va=0x40212345 kind=write mode=user width=1 value=7",
       "access process=B va=0x401000 kind=read mode=kernel width=8",
       "access process=B va=0x800000000000 kind=read mode=user width=8",
       "access process=A va=0x7fffffffeff8 kind=read mode=user width=8",
       NULL};

/* Three processes with frames in common, one of them at other addresses in
 * each; a fourth that comes later. */
static const char *const sharing[]
    = {"machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "process name=B",
       "process name=C",
       "map process=A va=0x08048000 frame=0x20 flags=ru",
       "map process=A va=0x08049000 frame=0x21 flags=rwu",
       "map process=A va=0xb7000000 frame=0x60 flags=rwu",
       "map process=A va=0xbffff000 frame=0x3e flags=rwu",
       "map process=B va=0x08048000 frame=0x20 flags=ru",
       "map process=B va=0x08049000 frame=0x21 flags=ru",
       "map process=B va=0x40000000 frame=0x60 flags=rwu",
       "map process=B va=0xbffff000 frame=0x3f flags=rwu",
       "map process=C va=0x08048000 frame=0x20 flags=ru",
       "map process=C va=0x50000000 frame=0x60 flags=ru",
       "access process=A va=0xb7000010 kind=write mode=user width=4 value=0x2a",
       "access process=B va=0x40000010 kind=read mode=user width=4",
       "access process=B va=0x08049004 kind=write mode=user width=4 value=1",
       "process name=D",
       "map process=D va=0x60000000 frame=0x60 flags=rwu",
       NULL};

/* Three levels, the first of them in registers; NX; a page of 2 MiB. */
static const char *const pae[]
    = {"machine geometry=x86-pae memory=64M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x08048000 frame=0x123 flags=rxu",
       "map process=A va=0x08049000 frame=0x124 flags=rwu",
       "map process=A va=0xbffff000 frame=0x200 flags=rwu",
       "map process=A va=0x40200000 frame=0x800 flags=rwu size=2M",
       "access va=0x08049010 kind=read mode=user width=4",
       "access va=0x08049014 kind=write mode=user width=4 value=7",
       "access va=0xbffff008 kind=fetch mode=user width=4",
       "access va=0x40212345 kind=read mode=user width=1",
       "access va=0x80000000 kind=read mode=user width=4",
       NULL};

/* The same with five levels, and an address that is not one. */
static const char *const five_levels[]
    = {"machine geometry=x86-64-la57 memory=64M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "map process=A va=0x401000 frame=0x123 flags=rwu",
       "map process=A va=0xff000001234000 frame=0x200 flags=ru",
       "map process=A va=0x40000000 frame=0x800 flags=rwu size=2M",
       "access va=0xff000001234010 kind=read mode=user width=8",
       "access va=0xff000001234018 kind=read mode=user width=8",
       "access va=0xff000001234020 kind=write mode=user width=8 value=1",
       "access va=0x40012345 kind=read mode=user width=1",
       "access va=0x100000000000000 kind=read mode=user width=8",
       NULL};

/* RISC-V: two levels, physical addresses of 34 bits, a page of 4 MiB. */
static const char *const sv32[]
    = {"machine geometry=sv32 memory=16M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x10000000 frame=0x45678 flags=rwu",
       "map process=A va=0x10001000 frame=0x21 flags=rxu",
       "map process=A va=0x10400000 frame=0x400 flags=rwu size=4M",
       "access va=0x10000344 kind=read mode=user width=4",
       "access va=0x10000348 kind=write mode=user width=4 value=0x2a",
       "access va=0x10001000 kind=write mode=user width=4 value=1",
       "access va=0x10412340 kind=read mode=user width=4",
       "access va=0x10400000 kind=read mode=kernel width=4",
       "access va=0x20000000 kind=read mode=user width=4",
       NULL};

/* Three levels and a page of 1 GiB. */
static const char *const sv39[]
    = {"machine geometry=sv39 memory=64M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "map process=A va=0x3f0001000 frame=0x123 flags=rwu",
       "map process=A va=0x3f0002000 frame=0x124 flags=rxu",
       "map process=A va=0x80000000 frame=0x40000 flags=rwu size=1G",
       "access va=0x3f0001010 kind=read mode=user width=8",
       "access va=0x3f0001018 kind=read mode=user width=8",
       "access va=0x3f0002000 kind=write mode=user width=4 value=1",
       "access va=0x80012340 kind=write mode=user width=8 value=7",
       "access va=0x3f0001000 kind=fetch mode=user width=4",
       "access va=0x4000000000 kind=read mode=user width=8",
       NULL};

/* Four levels. */
static const char *const sv48[]
    = {"machine geometry=sv48 memory=64M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "map process=A va=0x7ffff0001000 frame=0x123 flags=rwu",
       "map process=A va=0x7ffff0002000 frame=0x124 flags=rxu",
       "map process=A va=0x80000000 frame=0x800 flags=rwu size=2M",
       "access va=0x7ffff0001010 kind=read mode=user width=8",
       "access va=0x7ffff0001018 kind=read mode=user width=8",
       "access va=0x7ffff0002000 kind=write mode=user width=4 value=1",
       "access va=0x80012340 kind=write mode=user width=8 value=7",
       "access va=0x7ffff0001000 kind=fetch mode=user width=4",
       "access va=0x800000000000 kind=read mode=user width=8",
       NULL};

/* Five levels. */
static const char *const sv57[]
    = {"machine geometry=sv57 memory=64M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "map process=A va=0xff000012341000 frame=0x123 flags=rwu",
       "map process=A va=0xff000012342000 frame=0x124 flags=rxu",
       "map process=A va=0x80000000 frame=0x800 flags=rwu size=2M",
       "access va=0xff000012341010 kind=read mode=user width=8",
       "access va=0xff000012341018 kind=read mode=user width=8",
       "access va=0xff000012342000 kind=write mode=user width=4 value=1",
       "access va=0x80012340 kind=write mode=user width=8 value=7",
       "access va=0xff000012341000 kind=fetch mode=user width=4",
       "access va=0x100000000000000 kind=read mode=user width=8",
       NULL};

/* The Arm: two roots, blocks, and rights that forbid. */
static const char *const aarch64[]
    = {"machine geometry=aarch64 memory=64M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "map process=A va=0x401000 frame=0x123 flags=rxu",
       "map process=A va=0x402000 frame=0x124 flags=rwu",
       "map process=A va=0x40200000 frame=0x800 flags=rwu size=2M",
       "map process=A va=0xffff000008080000 frame=0x90 flags=rwg",
       "access va=0x402010 kind=read mode=user width=4",
       "access va=0x402014 kind=write mode=user width=8 value=7",
       "access va=0xffff000008080010 kind=read mode=kernel width=8",
       "access va=0x401000 kind=write mode=user width=4 value=1",
       "access va=0x40212344 kind=read mode=user width=4",
       "access va=0xffff000008080018 kind=read mode=user width=8",
       "access va=0x1000000000000 kind=read mode=user width=8",
       "access va=0x403000 kind=read mode=user width=4",
       NULL};

/* Two levels of TLBs, the first one split; the walker remembers; PLRU. */
static const char *const two_tlbs[]
    = {"machine geometry=x86-64 memory=16M itlb=2x2 dtlb=1x4 stlb=4x4 "
       "tlb-replacement=plru psc=on",
       "process name=A",
       "map process=A va=0x401000 frame=0x123 flags=rxu",
       "map process=A va=0x402000 frame=0x124 flags=rwu",
       "map process=A va=0x403000 frame=0x125 flags=rwu",
       "map process=A va=0x404000 frame=0x126 flags=rwu",
       "map process=A va=0x405000 frame=0x127 flags=rwu",
       "map process=A va=0x406000 frame=0x128 flags=rwu",
       "access va=0x401000 kind=fetch width=4",
       "access va=0x402000 width=8",
       "access va=0x403000 width=8",
       "access va=0x404000 width=8",
       "access va=0x405000 width=8",
       "access va=0x406000 width=8",
       "access va=0x402008 width=8",
       "access va=0x401004 kind=fetch width=4",
       "flush kind=all",
       NULL};

/* Three processors that share a page, and a fourth with another process: the
 * page is moved, and all must hear of it. */
static const char *const processors[]
    = {"machine geometry=x86-64 memory=16M cpus=4 dtlb=2x2 pcid=on",
       "process name=A",
       "process name=B",
       "map process=A va=0x401000 frame=0x123 flags=rwu",
       "map process=A va=0x402000 frame=0x124 flags=rwu",
       "map process=B va=0x401000 frame=0x130 flags=rwu",
       "map process=A va=0xffffffff81000000 frame=0x90 flags=rg",
       "switch cpu=0 process=A",
       "switch cpu=1 process=A",
       "switch cpu=2 process=A",
       "access cpu=3 process=A va=0x401000 width=8",
       "switch cpu=3 process=B",
       "access cpu=0 va=0x401000 width=8",
       "access cpu=0 va=0xffffffff81000000 mode=kernel width=8",
       "access cpu=1 va=0x401008 width=8",
       "access cpu=2 va=0x402000 width=8",
       "access cpu=3 va=0x401000 width=8",
       "map process=A va=0x401000 frame=0x140 flags=ru cpu=0",
       "access cpu=1 va=0x401008 width=8",
       "switch cpu=3 process=A",
       NULL};

/* The same with nobody told: a write goes to the old frame. */
static const char *const owed[]
    = {"machine geometry=x86-64 memory=16M cpus=2 itlb=1x2 dtlb=2x2 "
       "shootdown=local tlb-replacement=fifo",
       "process name=A",
       "map process=A va=0x401000 frame=0x123 flags=rwu",
       "map process=A va=0x402000 frame=0x124 flags=rwu",
       "switch cpu=0 process=A",
       "switch cpu=1 process=A",
       "access cpu=0 va=0x401000 width=8",
       "access cpu=1 va=0x401008 kind=write width=8 value=1",
       "map process=A va=0x401000 frame=0x140 flags=rwu cpu=0",
       "access cpu=1 va=0x401008 kind=write width=8 value=2",
       "flush cpu=1 kind=address va=0x401000",
       "access cpu=1 va=0x401008 width=8",
       NULL};

/* Two roots for each process, tagged entries, a page for the way in. */
static const char *const two_roots[]
    = {"machine geometry=x86-64 memory=16M tlb-sets=2 tlb-ways=4 stlb=1024x2 "
       "kpti=on pcid=on psc=on",
       "process name=A",
       "process name=B",
       "map process=A va=0x401000 frame=0x123 flags=rxu",
       "map process=A va=0x7ffffffff000 frame=0x124 flags=rwu",
       "map process=A va=0xffffffff81000000 frame=0x90 flags=rx",
       "map process=A va=0xffff888000000000 frame=0x92 flags=rw",
       "map process=A va=0xfffffe0000000000 frame=0x91 flags=rxg trampoline=on",
       "map process=B va=0x401000 frame=0x130 flags=rxu",
       "access process=A va=0x401000 kind=fetch width=4",
       "access va=0xfffffe0000000000 kind=fetch mode=kernel width=4",
       "access va=0xffffffff81000000 kind=fetch mode=kernel width=4",
       "access va=0x401004 kind=fetch width=4",
       "switch process=B",
       "access va=0x401000 kind=fetch width=4",
       "flush kind=asid",
       "flush kind=address process=A va=0x401000",
       "flush kind=noflush",
       "flush kind=all",
       NULL};

/* Without tags every way in and out drops all that is not global. */
static const char *const untagged_roots[]
    = {"machine geometry=x86-64 memory=16M tlb-sets=1 tlb-ways=6 kpti=on "
       "tlb-replacement=random cost-tlb=1 cost-walk=30 cost-memory=80",
       "process name=A",
       "map process=A va=0x401000 frame=0x123 flags=rxu",
       "map process=A va=0x7ffffffff000 frame=0x124 flags=rwu",
       "map process=A va=0xffffffff81000000 frame=0x90 flags=rxg",
       "access va=0x401000 kind=fetch width=4",
       "access va=0x7ffffffff000 width=8",
       "access va=0xffffffff81000000 kind=fetch mode=kernel width=4",
       "access va=0x401004 kind=fetch width=4",
       NULL};

/* A toy: one table, larger than a page; two processes. */
static const char *const toy[]
    = {"machine geometry=toy:va=14,pa=12,page=64,levels=1,entry=4 tlb-sets=4 "
       "tlb-ways=2",
       "process name=A",
       "process name=B",
       "map process=A va=0x0 frame=0x28 flags=rxu",
       "map process=A va=0x3c0 frame=0xd flags=rwu",
       "map process=A va=0x3fc0 frame=0x2 flags=rw",
       "map process=B va=0x3c0 frame=0xd flags=ru",
       "access process=A va=0x3d4 kind=read mode=user width=1",
       "access process=A va=0x3d8 kind=write mode=user width=4 value=0x2a",
       "access process=A va=0x3fc0 kind=read mode=user width=1",
       "access process=B va=0x3d8 kind=read mode=user width=4",
       "access process=B va=0x40 kind=read mode=user width=1",
       NULL};

/* A toy of three levels, whose entries have but a frame and a bit. */
static const char *const tiny[]
    = {"machine geometry=toy:split=2/3/4/5,pa=12,entry=1 tlb-sets=1 tlb-ways=2",
       "process name=A",
       "map process=A va=0x0 frame=0x28 flags=r",
       "map process=A va=0x2560 frame=0x11 flags=r",
       "map process=A va=0x3fe0 frame=0x12 flags=r",
       "access va=0x2565 kind=write mode=user width=1 value=7",
       "access va=0x2566 kind=fetch mode=user width=1",
       "access va=0x1000 kind=read mode=user width=1",
       NULL};

/* A toy of two levels, 5/5/5, with frames of 32 bytes. */
static const char *const toy_two_levels[]
    = {"machine geometry=toy:split=5/5/5,pa=12,entry=1 memory=4K "
       "tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x6d20 frame=0x71 flags=r",
       "map process=A va=0x6d40 frame=0x12 flags=r",
       "map process=A va=0x0 frame=0x60 flags=r",
       "access va=0x6d29 kind=read mode=user width=1",
       "access va=0x6d2a kind=write mode=user width=1 value=7",
       "access va=0x6c00 kind=read mode=user width=1",
       NULL};

/* Frames of more than five digits. */
static const char *const wide[]
    = {"machine geometry=x86-64 memory=64M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x401000 frame=0x123456789 flags=rxu",
       "map process=A va=0x402000 frame=0xffffffffff flags=rwu",
       "access va=0x401010 kind=read mode=user width=4",
       "access va=0x402010 kind=write mode=user width=4 value=1",
       NULL};

/* One string under four policies, in lock-step. */
static const char *const pools[]
    = {"machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x08048000 frame=0x20 flags=ru",
       "pool name=fifo policy=fifo frames=3",
       "pool name=clock policy=clock-set frames=3",
       "pool name=opt policy=opt frames=3",
       "string references=1,2,3,4,1,2,5w,1,2,3,4,5",
       "reference count=3",
       "reference",
       "reference count=3",
       "reference",
       "reference count=4",
       NULL};

/* Programs in one piece: two collide, all are moved, bounds keep them apart. */
static const char *const bare[]
    = {"machine geometry=x86-32 memory=64K translation=none cost-disk=2000",
       "process name=A",
       "process name=B",
       "process name=C",
       "program process=A size=16K at=0x3000 linked=0x3000 references=2",
       "program process=B size=12K at=0x9000 linked=0x3000 references=2",
       "relocate process=B",
       "access process=A va=0x9010 kind=write width=4 value=0x2a",
       "program process=C size=16K at=0xa000 linked=0xa000 references=2",
       "swap-out process=A",
       "program process=C size=20K linked=0 references=2",
       "swap-in process=A",
       "swap-out process=B",
       "swap-in process=B at=0xd000",
       "translation by=base-bounds",
       "access process=A va=0x123 kind=read width=4",
       "access process=A va=0x4000 kind=write width=4 value=1",
       "compact",
       NULL};

/* Regions of all sorts, and page faults with all sorts of ends. */
static const char *const faults[]
    = {"machine geometry=x86-64 memory=16M tlb-sets=4 tlb-ways=2",
       "process name=A",
       "file name=libc size=16K",
       "file name=data size=12K cached=off",
       "mmap process=A length=16K prot=rx file=libc",
       "mmap process=A va=0x7ffffffde000 fixed=on length=132K prot=rw "
       "growsdown=on",
       "mmap process=A length=16K prot=rw",
       "mmap process=A length=16K prot=rw type=shared file=data",
       "brk process=A grow=32K",
       "mmap process=A length=4M prot=rw",
       "access va=0x7ffff7ff7010 width=8",
       "access va=0x7ffff7ff7018 kind=write width=8 value=7",
       "access va=0x7ffffffdd008 kind=write width=8 value=1",
       "access va=0x7fffff000000 kind=write width=8 value=1",
       "access va=0x7ffff7ffb000 kind=write width=8 value=1",
       "access va=0x7ffff7ffb000 kind=fetch width=4",
       "access va=0x7ffff7ff3000 width=8",
       "access va=0x7ffff7ff6000 width=8",
       "access va=0x1000 width=8",
       "mprotect process=A va=0x7ffff7ff8000 length=4K prot=r",
       "madvise process=A va=0x7ffff7bf3000 length=4M advice=hugepage",
       "access va=0x7ffff7c00000 kind=write width=8 value=5",
       "fork process=A name=B",
       "access process=A va=0x7ffff7ff7018 kind=write width=8 value=8",
       "access process=B va=0x7ffff7ff7018 kind=write width=8 value=9",
       "access process=A va=0xffffffff81000000 mode=kernel width=8",
       "munmap process=A va=0x7ffff7ff9000 length=4K",
       "mprotect process=A va=0x7ffff7ff8000 length=4K prot=rw",
       "read process=A file=libc va=0x1000 length=8",
       "read process=A file=libc va=0x7ffff7ff8000 length=8",
       NULL};

/* Copy-on-write: a page that is written, one that is only read, and a shared
 * one; a fork; then the child writes, then the parent, then the child ends. */
static const char *const fork_and_write[]
    = {"machine geometry=x86-32 memory=1M tlb-sets=1 tlb-ways=4",
       "file name=libc size=32K",
       "process name=P",
       "mmap process=P va=0x08048000 length=8K prot=rx file=libc fixed=on",
       "mmap process=P va=0x0804a000 length=24K prot=rw fixed=on",
       "mmap process=P va=0xb7000000 length=8K prot=rw type=shared "
       "fixed=on",
       "access process=P va=0x0804a02c kind=write mode=user width=4 "
       "value=100",
       "access process=P va=0x0804b000 kind=write mode=user width=4 "
       "value=7",
       "access process=P va=0x0804c000 kind=read mode=user width=4",
       "access process=P va=0xb7000010 kind=write mode=user width=4 "
       "value=5",
       "access process=P va=0x08048010 kind=read mode=user width=4",
       "fork process=P name=C",
       "access process=C va=0x0804a02c kind=write mode=user width=4 "
       "value=200",
       "access process=C va=0xb7000010 kind=read mode=user width=4",
       "access process=P va=0x0804a02c kind=write mode=user width=4 "
       "value=101",
       "fork process=C name=G",
       "access process=G va=0x0804c004 kind=write mode=user width=4 "
       "value=1",
       "exit process=C status=0",
       "exit process=G status=0",
       NULL};

/* Segments before paging: small ones that are loaded, asked and refused. */
static const char *const segments[]
    = {"machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x10000 frame=0x44332 flags=rwu",
       "map process=A va=0x2f000 frame=0x21 flags=rwu",
       "segments model=empty entries=12",
       "segment index=1 type=code base=0 limit=0xfffff dpl=0",
       "segment index=3 type=code base=0x4000 limit=0x3fff granularity=byte",
       "segment index=4 type=data base=0x10000 limit=0x7fff granularity=byte",
       "segment index=5 type=stack base=0x20000 limit=0xe granularity=page",
       "segment index=6 type=read-only base=0x8000 limit=3 granularity=page",
       "segment index=7 type=data base=0x30000 limit=0xf present=off",
       "load register=cs selector=0x1b",
       "load register=ds selector=0x23",
       "load register=ss selector=0x2b",
       "access va=0x344 width=4",
       "access va=0x7ffe width=2 kind=write value=7",
       "access va=0x8000 width=1",
       "access va=0xf010 segment=ss width=4",
       "load register=es selector=0x3b",
       "load register=es selector=0x33",
       "access va=0x10 segment=es kind=write width=1",
       "load register=fs selector=0xab",
       "access va=0 segment=fs width=1",
       NULL};

/* The flat model: segments are there, and change nothing. */
static const char *const flat[]
    = {"machine geometry=x86-pae memory=16M tlb-sets=1 tlb-ways=4 cpus=2",
       "process name=A",
       "map process=A va=0x08048000 frame=0x123 flags=rxu",
       "segments",
       "access va=0x08048010 width=4",
       "access va=0x08048010 kind=fetch width=4",
       NULL};

/* Long mode: only FS and GS have a base. */
static const char *const long_segments[]
    = {"machine geometry=x86-64 memory=16M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "map process=A va=0x7f0000001000 frame=0x123 flags=rwu",
       "segments",
       "load register=fs base=0x7f0000001000",
       "access va=0x10 segment=fs width=8",
       NULL};

/* Where Linux puts things: program, heap, mappings, stack. */
static const char *const linux_layout[]
    = {"machine geometry=x86-64 memory=64M zones=on tlb-sets=4 tlb-ways=2",
       "file name=prog size=32K",
       "file name=libc size=64K",
       "process name=A layout=linux",
       "mmap process=A va=0x555555554000 length=16K prot=rx file=prog fixed=on",
       "mmap process=A va=0x555555558000 length=8K prot=rw file=prog "
       "offset=16K fixed=on",
       "mmap process=A length=64K prot=rx file=libc",
       "access va=0x555555554010 kind=fetch mode=user width=4",
       "access va=0x7fffffffe008 kind=write mode=user width=8 value=1",
       "access va=0x555555558010 kind=write mode=user width=8 value=7",
       NULL};

/* A PC's physical addresses: ROM, devices, a hole; and a device that writes
 * memory by itself, first without an IOMMU. */
static const char *const devices[]
    = {"machine geometry=x86-32 memory=16M windows=pc tlb-sets=2 tlb-ways=2",
       "process name=A",
       "window name=nic kind=device start=0xfd000000 size=4K",
       "map process=A va=0xfa000 frame=0xfa flags=rwu",
       "map process=A va=0x400000 frame=0xfd000 flags=rwu",
       "map process=A va=0x401000 frame=0xfc000 flags=rwu",
       "access process=A va=0xfa010 kind=write width=4 value=0x2a",
       "input device=nic offset=16 width=4 value=0x1c",
       "access process=A va=0x400010 kind=read width=4",
       "access process=A va=0x401000 kind=read width=4",
       "port port=0x64 kind=out value=0xfe",
       "dma device=nic address=0x300008 kind=write width=4 value=0x77",
       "iommu device=nic",
       "map process=nic va=0x5000 frame=0x300 flags=rwu",
       "dma device=nic address=0x5008 kind=read width=4",
       "dma device=nic address=0x300008 kind=write width=4 value=0x99",
       NULL};

/* Frames run out: pages go to swap, and two processes name one slot. */
static const char *const scarce[]
    = {"machine geometry=x86-64 memory=128K watermark-min=8 watermark-low=11 "
       "watermark-high=13",
       "swapon size=80K",
       "file name=table size=12K",
       "process name=shell layout=linux",
       "mmap process=shell va=0x10000000 length=64K fixed=on",
       "mmap process=shell va=0x20000000 length=12K fixed=on file=table prot=r",
       "access process=shell va=0x10000000 kind=write value=1",
       "access process=shell va=0x10001000 kind=write value=2",
       "access process=shell va=0x20000000",
       "access process=shell va=0x20001000",
       "madvise process=shell va=0x10000000 length=8K advice=pageout",
       "fork process=shell name=child",
       "access process=child va=0x10000000",
       "mlock process=shell va=0x10002000 length=4K",
       "access process=shell va=0x10003000 kind=write value=3",
       "access process=shell va=0x10004000 kind=write value=4",
       "access process=shell va=0x10005000 kind=write value=5",
       "access process=shell va=0x10006000 kind=write value=6",
       "access process=shell va=0x10007000 kind=write value=7",
       "access process=shell va=0x10008000 kind=write value=8",
       "access process=shell va=0x10009000 kind=write value=9",
       NULL};

/* A program whose segments are mapped by hand: code, data and bss. */
static const char *const loaded[]
    = {"machine geometry=x86-64 memory=64M tlb-sets=1 tlb-ways=4",
       "process name=A",
       "file name=ls content=program path=/bin/ls",
       "mmap process=A va=0x555555554000 length=4K prot=r file=ls fixed=on",
       "mmap process=A va=0x555555555000 length=4K prot=rx file=ls "
       "offset=4K fixed=on",
       "mmap process=A va=0x555555557000 length=8K prot=rw file=ls "
       "offset=8K fixed=on",
       "access process=A va=0x555555555170 kind=fetch mode=user width=4",
       "access process=A va=0x5555555553d4 kind=fetch mode=user width=4",
       "access process=A va=0x555555558000 kind=write mode=user width=8 "
       "value=80",
       "exec process=A file=ls argv=ls,-l env=HOME=/root",
       NULL};

/* A file of pages becomes memory of two processes, dirty, and clean again;
 * memory that they share goes to swap. */
static const char *const cached[]
    = {"machine geometry=x86-64 memory=512K page-cluster=2 read-ahead=16K",
       "swapon size=48K",
       "file name=notes size=40K cached=off",
       "shm name=pool size=12K",
       "process name=A layout=linux",
       "process name=B layout=linux",
       "mmap process=A va=0x10000000 length=40K fixed=on file=notes "
       "type=shared",
       "mmap process=B va=0x20000000 length=40K fixed=on file=notes "
       "type=shared",
       "mmap process=A va=0x30000000 length=12K fixed=on file=pool type=shared",
       "access process=A va=0x10002000 mode=user",
       "access process=A va=0x10001000 mode=user kind=write",
       "access process=B va=0x20001000 mode=user",
       "access process=B va=0x20003000 mode=user kind=write",
       "msync process=A va=0x10000000 length=8K",
       "access process=A va=0x30000000 mode=user kind=write",
       "access process=A va=0x30001000 mode=user kind=write",
       "madvise process=A va=0x30000000 length=12K advice=pageout",
       "access process=A va=0x30001000 mode=user",
       "truncate process=A file=notes size=8K",
       NULL};

/* Two processes that may have three pages each, by the clock. */
static const char *const clock_local[]
    = {"machine geometry=x86-64 memory=1M reclaim=clock-clear scope=local "
       "resident=3",
       "swapon size=64K",
       "process name=A layout=linux",
       "process name=B layout=linux",
       "mmap process=A va=0x10000000 length=32K fixed=on",
       "mmap process=B va=0x10000000 length=32K fixed=on",
       "access process=A va=0x10000000 mode=user kind=write",
       "access process=A va=0x10001000 mode=user kind=write",
       "access process=A va=0x10002000 mode=user kind=write",
       "access process=B va=0x10004000 mode=user kind=write",
       "access process=A va=0x10000000 mode=user",
       "access process=A va=0x10003000 mode=user kind=write",
       "access process=A va=0x10001000 mode=user",
       "access process=B va=0x10004000 mode=user",
       NULL};

/* All frames in one book, by LRU. */
static const char *const lru_global[]
    = {"machine geometry=x86-64 memory=64K reclaim=lru watermark-min=1 "
       "watermark-low=2 watermark-high=3",
       "swapon size=64K",
       "process name=A",
       "mmap process=A va=0x10000000 length=64K fixed=on",
       "access process=A va=0x10000000 kind=write",
       "access process=A va=0x10001000 kind=write",
       "access process=A va=0x10002000 kind=write",
       "access process=A va=0x10000000",
       "access process=A va=0x10003000 kind=write",
       "access process=A va=0x10004000 kind=write",
       "access process=A va=0x10005000 kind=write",
       "access process=A va=0x10006000 kind=write",
       "access process=A va=0x10007000 kind=write",
       NULL};

/* The kernel's half with 32 bits: areas of vmalloc, windows on high memory. */
static const char *const kernel_32[]
    = {"machine geometry=x86-32 memory=1G zones=on",
       "kernel",
       "process name=A",
       "vmalloc bytes=4096",
       "vmalloc bytes=4096",
       "vmalloc bytes=4096",
       "vfree va=0xf8802000",
       "vmalloc bytes=20000",
       "access process=A va=0xf8807010 mode=kernel kind=write value=7",
       "show what=address va=0xf3211000",
       "kmap frame=0x38100",
       "kmap frame=0x38101",
       "kunmap va=0xff801000",
       "kmap frame=0x38102 kind=local",
       NULL};

/* With 64 bits, and two roots. */
static const char *const kernel_64[]
    = {"machine geometry=x86-64 memory=256M kpti=on",
       "kernel",
       "process name=A",
       "access process=A va=0xffff888000123456 mode=kernel",
       "access process=A va=0xffffea0000000040 mode=kernel",
       "show what=address va=0xffffffff81000000",
       "vmalloc bytes=9000",
       NULL};

/* The kernel's own memory: blocks are split, two slabs are cut, an object and
 * a frame come back. */
static const char *const blocks[]
    = {"machine geometry=x86-64 memory=256K buddy=on",
       "process name=A",
       "kmalloc size=100",
       "kmalloc size=60",
       "kmalloc size=128",
       "get_pages",
       "get_pages order=2",
       "kfree va=0xffff888000002000",
       "free_pages va=0xffff888000004000",
       NULL};

/* Threads of one memory on two processors, a kernel thread that borrows it,
 * changes meanwhile, and tables that are freed under it. */
static const char *const tasks[]
    = {"machine geometry=x86-64 memory=16M cpus=3",
       "process name=A",
       "mmap process=A length=64K prot=rw va=0x10000000 fixed=on",
       "access process=A va=0x10000000 kind=write",
       "clone process=A name=T flags=vm,fs,files,sighand,thread",
       "clone process=A name=B flags=none",
       "kthread name=k",
       "switch process=T cpu=2",
       "access process=T va=0x10000000 cpu=2",
       "switch process=A cpu=1",
       "switch process=k cpu=1",
       "mprotect process=A va=0x10000000 length=4K prot=r",
       "switch process=A cpu=1",
       "switch process=B cpu=2",
       "clone process=B name=V flags=vm,vfork,clear-sighand",
       "switch process=k cpu=2",
       "exit process=V",
       "exit process=B",
       "switch process=T",
       NULL};

const Scenario scenarios[] = {{"two-levels", 8, two_levels},
                              {"four-levels", 7, four_levels},
                              {"sharing", 14, sharing},
                              {"x86-pae", 6, pae},
                              {"x86-64-la57", 5, five_levels},
                              {"sv32", 5, sv32},
                              {"sv39", 5, sv39},
                              {"sv48", 5, sv48},
                              {"sv57", 5, sv57},
                              {"aarch64", 6, aarch64},
                              {"two-tlbs", 8, two_tlbs},
                              {"processors", 7, processors},
                              {"owed", 6, owed},
                              {"two-roots", 9, two_roots},
                              {"untagged-roots", 5, untagged_roots},
                              {"toy", 7, toy},
                              {"toy-three-levels", 5, tiny},
                              {"wide-frames", 4, wide},
                              {"pools", 7, pools},
                              {"bare", 4, bare},
                              {"fork", 11, fork_and_write},
                              {"segments", 11, segments},
                              {"flat-segments", 3, flat},
                              {"long-segments", 3, long_segments},
                              {"toy-two-levels", 5, toy_two_levels},
                              {"faults", 4, faults},
                              {"linux", 7, linux_layout},
                              {"devices", 6, devices},
                              {"scarce", 7, scarce},
                              {"loaded", 6, loaded},
                              {"cached", 9, cached},
                              {"clock-local", 6, clock_local},
                              {"lru-global", 4, lru_global},
                              {"kernel-32", 3, kernel_32},
                              {"kernel-64", 3, kernel_64},
                              {"blocks", 2, blocks},
                              {"tasks", 4, tasks}};
const guint scenario_count = G_N_ELEMENTS (scenarios);

const ScenarioState scenario_states[]
    = {{"no-machine", NULL, 0, SCENARIO_END},
       {"empty", &scenarios[0], 1, SCENARIO_END},
       {"cold", &scenarios[0], 7, SCENARIO_END},
       {"probe", &scenarios[0], 8, VM_STEP_TLB_PROBE},
       {"miss", &scenarios[0], 8, VM_STEP_TLB_MISS},
       {"mid-walk", &scenarios[0], 8, VM_STEP_ENTRY_READ},
       {"allowed", &scenarios[0], 8, VM_STEP_PERMISSION},
       {"composed", &scenarios[0], 8, VM_STEP_COMPOSE},
       {"loaded", &scenarios[0], 8, SCENARIO_END},
       {"compare", &scenarios[0], 9, VM_STEP_TLB_COMPARE},
       {"hit", &scenarios[0], 9, VM_STEP_TLB_HIT},
       {"refused", &scenarios[0], 10, SCENARIO_END},
       {"not-present", &scenarios[0], 12, SCENARIO_END},
       {"deep-walk", &scenarios[1], 7, VM_STEP_COMPOSE},
       {"large-page", &scenarios[1], 8, SCENARIO_END},
       {"processes", &scenarios[1], 9, SCENARIO_END},
       {"not-canonical", &scenarios[1], 10, SCENARIO_END},
       {"stack", &scenarios[1], 11, SCENARIO_END},
       {"apart", &scenarios[2], 4, SCENARIO_END},
       {"shared", &scenarios[2], 13, SCENARIO_END},
       {"stored", &scenarios[2], 14, VM_STEP_DATA},
       {"read-by-other", &scenarios[2], 15, VM_STEP_COMPOSE},
       {"read-only", &scenarios[2], 16, SCENARIO_END},
       {"fourth", &scenarios[2], 18, SCENARIO_END},
       {"registers", &scenarios[3], 9, VM_STEP_REGISTER_READ},
       {"pae-nx", &scenarios[3], 8, SCENARIO_END},
       {"la57-walk", &scenarios[4], 5, VM_STEP_COMPOSE},
       {"sv32-walk", &scenarios[5], 5, VM_STEP_COMPOSE},
       {"sv32-kernel", &scenarios[5], 9, SCENARIO_END},
       {"sv39-refused", &scenarios[6], 7, SCENARIO_END},
       {"sv48-large", &scenarios[7], 8, SCENARIO_END},
       {"sv57-walk", &scenarios[8], 5, VM_STEP_PERMISSION},
       {"arm-upper", &scenarios[9], 8, VM_STEP_COMPOSE},
       {"arm-refused", &scenarios[9], 9, SCENARIO_END},
       {"arm-block", &scenarios[9], 10, SCENARIO_END},
       {"arm-invalid", &scenarios[9], 13, SCENARIO_END},
       {"two-tlbs-miss", &scenarios[10], 8, VM_STEP_TLB_FILL},
       {"two-tlbs-victim", &scenarios[10], 13, VM_STEP_TLB_VICTIM},
       {"two-tlbs-copy", &scenarios[10], 14, VM_STEP_TLB_PROMOTE},
       {"two-tlbs-known", &scenarios[10], 10, VM_STEP_PSC_HIT},
       {"two-tlbs-flush", &scenarios[10], 16, SCENARIO_END},
       {"shootdown-send", &scenarios[11], 17, VM_STEP_IPI_SEND},
       {"shootdown-wait", &scenarios[11], 17, VM_STEP_IPI_WAIT},
       {"shootdown-stop", &scenarios[11], 17, VM_STEP_IPI_RECEIVE},
       {"shootdown-done", &scenarios[11], 17, SCENARIO_END},
       {"catch-up", &scenarios[11], 19, SCENARIO_END},
       {"owed", &scenarios[12], 8, SCENARIO_END},
       {"owed-flush", &scenarios[12], 10, SCENARIO_END},
       {"kpti-user", &scenarios[13], 9, SCENARIO_END},
       {"kpti-kernel", &scenarios[13], 10, VM_STEP_MODE},
       {"kpti-back", &scenarios[13], 12, VM_STEP_TLB_HIT},
       {"kpti-switch", &scenarios[13], 13, SCENARIO_END},
       {"flush-asid", &scenarios[13], 15, SCENARIO_END},
       {"flush-address", &scenarios[13], 16, SCENARIO_END},
       {"flush-nothing", &scenarios[13], 17, SCENARIO_END},
       {"flush-all", &scenarios[13], 18, SCENARIO_END},
       {"untagged-in", &scenarios[14], 7, VM_STEP_MODE},
       {"toy-walk", &scenarios[15], 7, VM_STEP_COMPOSE},
       {"toy-hit", &scenarios[15], 8, VM_STEP_TLB_HIT},
       {"toy-shared", &scenarios[15], 10, SCENARIO_END},
       {"toy-refused", &scenarios[15], 11, SCENARIO_END},
       {"toy-levels", &scenarios[16], 5, VM_STEP_COMPOSE},
       {"wide-frames", &scenarios[17], 5, SCENARIO_END},
       {"pools-empty", &scenarios[18], 6, SCENARIO_END},
       {"pools-victim", &scenarios[18], 8, VM_STEP_PAGE_VICTIM},
       {"pools-hand", &scenarios[18], 8, VM_STEP_PAGE_SPARE},
       {"pools-hit", &scenarios[18], 10, SCENARIO_END},
       {"pools-end", &scenarios[18], 11, SCENARIO_END},
       {"bare-loaded", &scenarios[19], 5, SCENARIO_END},
       {"bare-patched", &scenarios[19], 6, VM_STEP_PATCH},
       {"bare-trespass", &scenarios[19], 7, VM_STEP_TRESPASS},
       {"bare-collision", &scenarios[19], 8, SCENARIO_END},
       {"bare-swapped", &scenarios[19], 9, SCENARIO_END},
       {"bare-bounds", &scenarios[19], 15, VM_STEP_BASE},
       {"bare-refused", &scenarios[19], 16, SCENARIO_END},
       {"bare-compact", &scenarios[19], 17, SCENARIO_END},
       {"cow-before", &scenarios[20], 10, SCENARIO_END},
       {"cow-entry", &scenarios[20], 11, VM_STEP_FORK_ENTRY},
       {"cow-forked", &scenarios[20], 11, SCENARIO_END},
       {"cow-fault", &scenarios[20], 12, VM_STEP_FAULT},
       {"cow-decide", &scenarios[20], 12, VM_STEP_FRAME_TAKE},
       {"cow-copy", &scenarios[20], 12, VM_STEP_COPY},
       {"cow-mapped", &scenarios[20], 12, VM_STEP_HANDLED},
       {"cow-written", &scenarios[20], 12, SCENARIO_END},
       {"cow-shared", &scenarios[20], 13, SCENARIO_END},
       {"cow-reuse", &scenarios[20], 14, VM_STEP_HANDLED},
       {"cow-three", &scenarios[20], 15, SCENARIO_END},
       {"cow-zero", &scenarios[20], 16, VM_STEP_HANDLED},
       {"cow-exit", &scenarios[20], 17, VM_STEP_FRAME_FREE},
       {"cow-freed", &scenarios[20], 18, VM_STEP_FRAME_FREE},
       {"cow-end", &scenarios[20], 18, SCENARIO_END},
       {"segments-none", &scenarios[21], 3, SCENARIO_END},
       {"segments-selector", &scenarios[21], 12, VM_STEP_SELECTOR},
       {"segments-read", &scenarios[21], 12, VM_STEP_DESCRIPTOR_READ},
       {"segments-rights", &scenarios[21], 12, VM_STEP_SEGMENT_RIGHTS},
       {"segments-kept", &scenarios[21], 12, SCENARIO_END},
       {"segments-limit", &scenarios[21], 14, VM_STEP_SEGMENT_LIMIT},
       {"segments-add", &scenarios[21], 14, VM_STEP_SEGMENT_ADD},
       {"segments-walk", &scenarios[21], 14, VM_STEP_ACCESS},
       {"segments-beyond", &scenarios[21], 16, SCENARIO_END},
       {"segments-down", &scenarios[21], 17, SCENARIO_END},
       {"segments-absent", &scenarios[21], 18, SCENARIO_END},
       {"segments-read-only", &scenarios[21], 20, SCENARIO_END},
       {"segments-no-entry", &scenarios[21], 21, SCENARIO_END},
       {"segments-empty", &scenarios[21], 22, SCENARIO_END},
       {"flat-model", &scenarios[22], 3, SCENARIO_END},
       {"flat-access", &scenarios[22], 5, SCENARIO_END},
       {"long-segments", &scenarios[23], 5, SCENARIO_END},
       {"toy-two-levels", &scenarios[24], 5, VM_STEP_COMPOSE},
       {"fault-begins", &scenarios[25], 10, VM_STEP_HANDLER},
       {"fault-looks", &scenarios[25], 10, VM_STEP_REGION_LOOK},
       {"fault-zeros", &scenarios[25], 10, SCENARIO_END},
       {"fault-stack", &scenarios[25], 12, SCENARIO_END},
       {"fault-limit", &scenarios[25], 13, SCENARIO_END},
       {"fault-refused", &scenarios[25], 14, SCENARIO_END},
       {"fault-file", &scenarios[25], 16, SCENARIO_END},
       {"fault-beyond", &scenarios[25], 17, SCENARIO_END},
       {"region-flags", &scenarios[25], 19, VM_STEP_REGION_FLAGS},
       {"fault-large", &scenarios[25], 21, SCENARIO_END},
       {"fork-regions", &scenarios[25], 22, VM_STEP_REGION_NEW},
       {"fault-copy", &scenarios[25], 23, VM_STEP_HANDLED},
       {"fault-reuse", &scenarios[25], 24, VM_STEP_HANDLED},
       {"fault-kernel", &scenarios[25], 25, SCENARIO_END},
       {"region-split", &scenarios[25], 26, VM_STEP_REGION_SPLIT},
       {"region-merge", &scenarios[25], 27, VM_STEP_REGION_MERGE},
       {"fault-fixed", &scenarios[25], 28, SCENARIO_END},
       {"linux-text", &scenarios[26], 7, SCENARIO_END},
       {"linux-stack", &scenarios[26], 8, SCENARIO_END},
       {"linux-data", &scenarios[26], 9, SCENARIO_END},
       {"devices-map", &scenarios[27], 3, SCENARIO_END},
       {"devices-rom", &scenarios[27], 6, SCENARIO_END},
       {"devices-order", &scenarios[27], 8, VM_STEP_DEVICE},
       {"devices-hole", &scenarios[27], 9, SCENARIO_END},
       {"devices-port", &scenarios[27], 10, SCENARIO_END},
       {"devices-dma", &scenarios[27], 11, SCENARIO_END},
       {"devices-iommu", &scenarios[27], 14, VM_STEP_BUS},
       {"devices-blocked", &scenarios[27], 15, SCENARIO_END},
       {"swap-slot", &scenarios[28], 10, VM_STEP_SLOT_TAKE},
       {"swap-forked", &scenarios[28], 11, SCENARIO_END},
       {"swap-read", &scenarios[28], 12, VM_STEP_SWAP_READ},
       {"lists-look", &scenarios[28], 20, VM_STEP_LRU_LOOK},
       {"lists-evict", &scenarios[28], 20, VM_STEP_EVICT},
       {"scarce-end", &scenarios[28], 20, SCENARIO_END},
       {"program-new", &scenarios[29], 5, SCENARIO_END},
       {"program-entry", &scenarios[29], 6, SCENARIO_END},
       {"program-within", &scenarios[29], 7, SCENARIO_END},
       {"program-segments", &scenarios[29], 9, VM_STEP_EXEC_ZERO},
       {"program-started", &scenarios[29], 9, VM_STEP_EXEC_START},
       {"cache-read", &scenarios[30], 9, VM_STEP_CACHE_READ},
       {"cache-around", &scenarios[30], 9, SCENARIO_END},
       {"cache-dirty", &scenarios[30], 12, SCENARIO_END},
       {"cache-writeback", &scenarios[30], 13, VM_STEP_WRITEBACK},
       {"cache-clean", &scenarios[30], 13, SCENARIO_END},
       {"shared-out", &scenarios[30], 16, SCENARIO_END},
       {"shared-ahead", &scenarios[30], 17, SCENARIO_END},
       {"cache-cut", &scenarios[30], 18, SCENARIO_END},
       {"clock-spared", &scenarios[31], 10, SCENARIO_END},
       {"clock-victim", &scenarios[31], 11, SCENARIO_END},
       {"clock-end", &scenarios[31], 13, SCENARIO_END},
       {"lru-victim", &scenarios[32], 12, SCENARIO_END},
       {"kernel-built", &scenarios[33], 1, VM_STEP_KERNEL_MAPS},
       {"kernel-area", &scenarios[33], 7, SCENARIO_END},
       {"kernel-store", &scenarios[33], 8, VM_STEP_COMPOSE},
       {"kernel-address", &scenarios[33], 9, SCENARIO_END},
       {"kernel-window", &scenarios[33], 11, SCENARIO_END},
       {"kernel-closed", &scenarios[33], 13, SCENARIO_END},
       {"kernel-wide", &scenarios[34], 4, VM_STEP_COMPOSE},
       {"kernel-text", &scenarios[34], 5, SCENARIO_END},
       {"block-split", &scenarios[35], 6, VM_STEP_BLOCK_SPLIT},
       {"slab-given", &scenarios[35], 4, VM_STEP_OBJECT_TAKE},
       {"slab-find", &scenarios[35], 7, VM_STEP_SLAB_FIND},
       {"block-merge", &scenarios[35], 8, SCENARIO_END},
       {"task-thread", &scenarios[36], 4, SCENARIO_END},
       {"task-borrow", &scenarios[36], 10, SCENARIO_END},
       {"task-told", &scenarios[36], 11, SCENARIO_END},
       {"task-vfork", &scenarios[36], 14, SCENARIO_END},
       {"task-end", &scenarios[36], 18, SCENARIO_END}};
const guint scenario_state_count = G_N_ELEMENTS (scenario_states);

struct vm_machine *
scenario_machine (const Scenario *scenario, guint64 *first)
{
  struct vm_machine *machine = vm_machine_new ();
  struct vm_error error = {0};

  g_autoptr (GBytes) program = program_new ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (program, &size);

  g_assert_nonnull (machine);
  if (g_strcmp0 (scenario->name, "loaded") == 0)
    g_assert_true (
        vm_machine_bring (machine, PROGRAM_NAME, bytes, size, NULL, &error));
  for (guint i = 0; scenario->lines[i] != NULL; i++) {
    if (!vm_machine_do_line (machine, scenario->lines[i], &error))
      g_error ("%s: error %d (%s)", scenario->lines[i], (int) error.code,
               error.subject);
    if (i + 1 == scenario->set_up)
      *first = vm_machine_step_count (machine);
  }
  return machine;
}

const ScenarioSize scenario_sizes[SCENARIO_SIZES]
    = {{"0360", 360, 1, 360, 0},
       {"1080", 940, 1, 1920, 1080},
       {"2160", 1880, 2, 3840, 2160}};

/* The cursor just behind the first step of a kind in an operation. */
static guint64
behind_step (const struct vm_machine *machine, const struct vm_result *result,
             enum vm_step_kind kind)
{
  for (guint64 n = result->first_step; n < result->end_step; n++)
    if (kind != SCENARIO_END && vm_machine_step (machine, n)->kind == kind)
      return n + 1;
  g_assert_cmpint (kind, ==, SCENARIO_END);
  return result->end_step;
}

struct vm_machine *
scenario_state_machine (const ScenarioState *state)
{
  guint64 first = 0;

  if (state->scenario == NULL)
    return vm_machine_new ();
  struct vm_machine *machine = scenario_machine (state->scenario, &first);
  const struct vm_result *result
      = vm_machine_result (machine, state->operation);
  g_assert_true (
      vm_machine_seek (machine, behind_step (machine, result, state->step)));
  return machine;
}

char **
scenario_geometry (const struct vm_geometry *geometry)
{
  guint64 top = vm_geometry_last_address (geometry) & ~(guint64) 0xfff;
  guint64 middle = (G_GUINT64_CONSTANT (1) << (geometry->va_bits - 1)) - 8;
  char **lines = g_new0 (char *, 8);

  lines[0] = g_strdup_printf ("machine geometry=%s memory=64M", geometry->name);
  lines[1] = g_strdup ("process name=A");
  lines[2] = g_strdup ("map process=A va=0x401000 frame=0x123 flags=rwu");
  lines[3] = g_strdup_printf (
      "map process=A va=0x%" G_GINT64_MODIFIER "x frame=0x124 flags=rw", top);
  lines[4] = g_strdup ("access va=0x401010 kind=read mode=user width=4");
  lines[5] = g_strdup_printf ("access va=0x%" G_GINT64_MODIFIER
                              "x kind=read mode=kernel width=8",
                              top + 0xff8);
  lines[6] = g_strdup_printf ("access va=0x%" G_GINT64_MODIFIER
                              "x kind=read mode=user width=8",
                              middle);
  return lines;
}

SceneStage *
scenario_stage (guint64 set)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (g_free);
  LessonDocument document = {.figures = figures};

  for (guint id = 1; id < SCENE_FIGURES; id++) {
    if (!(set >> id & 1))
      continue;
    LessonFigure *figure = g_new0 (LessonFigure, 1);
    figure->kind = (char *) scene_figure_of (id)->kind;
    g_ptr_array_add (figures, figure);
  }
  return scene_stage_new (&document);
}

guint64
scenario_all_figures (void)
{
  return (G_GUINT64_CONSTANT (1) << SCENE_FIGURES) - 2;
}

const char *
scenario_set_up_language (void)
{
  const char *language = g_getenv ("LANGUAGE");
  const char *folder = g_getenv ("PAGEWALK_LOCALE");

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  if (folder != NULL)
    bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return language == NULL || *language == '\0' ? "en" : language;
}
