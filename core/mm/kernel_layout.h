/* Where Linux puts things in the kernel's half of an address space.
 *
 *   x86-32, 2.6    0xc0000000          0xf8000000  0xf8800000
 *    | user 3 GiB | direct map, 896 MiB | 8 MiB gap | vmalloc | pkmap | fixmap
 * |
 *
 *   x86-64     0            2^47         ffff888000000000
 *              | user ...... | no such   | LDT | direct map | vmalloc |
 *                              addresses       | vmemmap | ... | text | modules
 * |
 *
 * A layout is made of a row of tables: a geometry and the kernel from which it
 * holds. 64-bit layouts are those of Documentation/arch/x86/x86_64/mm.rst
 * (until Linux 5.1 mm.txt), Documentation/arch/riscv/vm-layout.rst and
 * Documentation/arch/arm64/memory.rst; that of x86-32 follows from
 * arch/x86/include/asm/pgtable_32_types.h (2.6: include/asm-i386/pgtable.h) and
 * depends on how much memory there is. Every address belongs to one range: what
 * the tables do not name is unused.
 *
 * In the direct map an address and what it means differ by a constant: any
 * frame in it has an address without anybody mapping it. Elsewhere only page
 * tables know. */
#ifndef VM_KERNEL_LAYOUT_H
#define VM_KERNEL_LAYOUT_H

#include "mmu/geometry.h"

/* What a range of addresses is for. */
enum vm_kernel_area {
  VM_AREA_USER,          /* processes; another one in each */
  VM_AREA_NON_CANONICAL, /* no address */
  VM_AREA_UNUSED,
  VM_AREA_GUARD,  /* left to a hypervisor, or to nobody */
  VM_AREA_LDT,    /* the LDT of a process, under KPTI */
  VM_AREA_DIRECT, /* physical memory, in order */
  VM_AREA_VMALLOC,
  VM_AREA_VMEMMAP, /* a struct page for each frame */
  VM_AREA_KASAN,
  VM_AREA_CPU_ENTRY, /* what a processor needs to enter the kernel */
  VM_AREA_ESPFIX,
  VM_AREA_EFI,
  VM_AREA_TEXT, /* the kernel's own image */
  VM_AREA_MODULES,
  VM_AREA_PKMAP, /* windows that kmap opens */
  VM_AREA_FIXMAP,
  VM_AREA_VSYSCALL,
  VM_AREA_PCI_IO
};
#define VM_AREAS (VM_AREA_PCI_IO + 1)

/* How an address of an area becomes a physical one. */
enum vm_kernel_rule {
  VM_RULE_LINEAR,    /* minus PAGE_OFFSET */
  VM_RULE_TEXT,      /* minus the image's base, plus phys_base */
  VM_RULE_TABLES,    /* page tables alone know */
  VM_RULE_PROCESS,   /* page tables of the process alone know */
  VM_RULE_NO_MEMORY, /* of the direct map, but behind the end of memory */
  VM_RULE_NOTHING,   /* nothing is mapped there */
  VM_RULE_NO_ADDRESS /* not canonical */
};

/* The least memory for which bases are drawn, and a kernel is put there. */
#define VM_KERNEL_LEAST_MEMORY (UINT64_C (16) << 20)

/* A version of Linux as one number. */
#define VM_KERNEL(major, minor) ((uint32_t) ((major) << 16 | (minor)))

/* Bytes of a struct page with 64 bits (include/linux/mm_types.h). */
#define VM_STRUCT_PAGE UINT64_C (64)

/* Which layout. */
struct vm_kernel_choice {
  enum vm_geometry_id geometry;
  uint32_t version; /* VM_KERNEL (...); 0: the usual one of the geometry */
  uint64_t memory;  /* bytes that the machine has */
  bool random;      /* bases are drawn (KASLR), from the seed; x86-64 only */
  uint64_t seed;
};

/* One range, both ends included. */
struct vm_kernel_range {
  uint64_t first, last;
  enum vm_kernel_area area;
  bool about; /* where it begins depends on how the kernel was built */
};

#define VM_KERNEL_RANGES 48

struct vm_kernel_layout {
  struct vm_kernel_choice choice;
  uint32_t since;         /* Linux from which this row holds ... */
  uint32_t until;         /* ... and the last one; 0: the newest */
  uint64_t page_offset;   /* of physical address 0 */
  uint64_t direct;        /* bytes of memory that the direct map holds */
  uint64_t vmalloc_start; /* VMALLOC_START */
  uint64_t vmalloc_end;   /* the first byte behind the area */
  uint64_t vmemmap;       /* the struct page of frame 0; 0: not here */
  uint64_t image;         /* where the kernel's own image lies in memory */
  uint64_t image_bytes;   /* how large it is taken to be */
  uint64_t text_map;      /* __START_KERNEL_map; 0: it has no range of its own,
                             and is found in the direct map */
  uint64_t text;          /* address of the image's first byte there */
  uint64_t phys_base;     /* what a rule for it adds, modulo 2^64 */
  uint64_t pkmap_base;    /* 0: there is no high memory */
  uint32_t pkmap_slots;   /* LAST_PKMAP */
  uint64_t fixmap_start;  /* FIXADDR_START */
  uint64_t fixmap_top;    /* FIXADDR_TOP; 0: the tables say nothing */
  uint64_t cpu_entry;     /* 0: there is no such area */
  uint32_t count;
  struct vm_kernel_range ranges[VM_KERNEL_RANGES]; /* ascending, without gaps */
};

/* Makes the layout. False if none is written down for that geometry, that
 * version or, where bases are to be random, that kind of processor. */
bool vm_kernel_layout_make (struct vm_kernel_layout *layout,
                            const struct vm_kernel_choice *choice);

/* Where low memory ends, for the direct map of that version holds no more: on
 * the x86 with 32 bits; UINT64_MAX elsewhere. A version without a layout, as 0,
 * means the usual one. */
uint64_t vm_kernel_low_memory (enum vm_geometry_id geometry, uint32_t version);

/* The versions from which the n-th layout of a geometry holds, the oldest
 * first; 0: there is no further one. */
uint32_t vm_kernel_layout_version (enum vm_geometry_id geometry, uint32_t n);

/* The range of an address of that geometry. */
const struct vm_kernel_range *
vm_kernel_layout_find (const struct vm_kernel_layout *layout, uint64_t address);

/* The rule by which an address becomes a physical one; *pa is set with
 * VM_RULE_LINEAR and VM_RULE_TEXT. */
enum vm_kernel_rule
vm_kernel_layout_rule (const struct vm_kernel_layout *layout, uint64_t address,
                       uint64_t *pa);

/* The frame whose struct page an address of vmemmap is in (page_to_pfn): that
 * of frame n lies n * VM_STRUCT_PAGE bytes behind the first. False if it is in
 * none of this machine's. */
bool vm_kernel_layout_page (const struct vm_kernel_layout *layout,
                            uint64_t address, vm_frame *frame);

/* English names that do not change: "direct-map", "linear". */
const char *vm_kernel_area_name (enum vm_kernel_area area);
const char *vm_kernel_rule_name (enum vm_kernel_rule rule);

/* The layout of a machine: of the kernel that was put into it, else the usual
 * one. False if there is none for its geometry. */
bool vm_kernel_layout_of (const struct vm_state *s,
                          struct vm_kernel_layout *layout);

/* The kernel's address of a frame (page_address). False if the direct map does
 * not hold it: high memory, or a geometry without a layout. */
bool vm_kernel_address (const struct vm_state *s, vm_frame frame, vm_vaddr *va);

/* The way back (virt_to_page): the frame of an address in the direct map. False
 * if it is not in there. */
bool vm_kernel_frame (const struct vm_state *s, vm_vaddr va, vm_frame *frame);

#endif
