/* The words every part of the simulation speaks: addresses, frames, modes.
 *
 * A virtual address, a physical address and a frame number are all plain
 * 64-bit numbers to a processor. Mixing them up is the commonest mistake in
 * memory-management code, so here each is a struct of its own and the
 * compiler refuses the mix. */
#ifndef VM_TYPES_H
#define VM_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t v;
} vm_vaddr;

typedef struct {
  uint64_t v;
} vm_paddr;

/* A frame of physical memory, as large as the machine's smallest page: physical
 * address >> page shift. */
typedef struct {
  uint64_t v;
} vm_frame;

/* For the few functions that the compiler must fold into their caller, so that
 * a constant argument (no tape) makes a second, leaner copy of them. */
#define VM_ALWAYS_INLINE static inline __attribute__ ((always_inline))

/* The smallest page of every real processor here. A toy has its own size: ask
 * the geometry (page_shift). */
#define VM_PAGE_SHIFT 12
#define VM_PAGE_SIZE 4096u

/* Segment registers of an x86 processor. */
#define VM_SEGMENT_REGISTERS 6

/* "No index": what an index holds when it refers to nothing. */
#define VM_NONE UINT32_MAX

enum vm_access_kind { VM_READ, VM_WRITE, VM_FETCH };

enum vm_mode { VM_KERNEL_MODE, VM_USER_MODE };

/* Why a translation ended without a physical address. */
enum vm_fault_kind {
  VM_FAULT_NONE,
  VM_FAULT_NOT_PRESENT,
  VM_FAULT_PROTECTION,
  VM_FAULT_RESERVED,
  VM_FAULT_NON_CANONICAL,
  VM_FAULT_SEGMENT /* before paging: segment.h */
};

/* How a virtual address becomes a physical one. */
enum vm_way {
  VM_WAY_PAGING, /* page tables say so */
  VM_WAY_NONE,   /* it is one: there is no MMU, or it is off */
  VM_WAY_BOUNDS  /* it is held against a limit, and a base is added */
};
#define VM_WAYS (VM_WAY_BOUNDS + 1)

/* Where the program of a process is, where each is in one piece. */
enum vm_image_place { VM_IMAGE_NOWHERE, VM_IMAGE_MEMORY, VM_IMAGE_DISK };

/* Whose addresses: those of memory and of devices that stand among it, or the
 * ports of the x86. */
enum vm_space { VM_SPACE_MEMORY, VM_SPACE_PORTS };
#define VM_SPACES (VM_SPACE_PORTS + 1)

/* Who answers in a window of addresses. */
enum vm_window_kind {
  VM_WINDOW_RAM,
  VM_WINDOW_ROM,
  VM_WINDOW_DEVICE,
  VM_WINDOW_HOLE /* nobody */
};
#define VM_WINDOW_KINDS (VM_WINDOW_HOLE + 1)

/* What a managed frame is used for. */
enum vm_frame_role {
  VM_FRAME_FREE,
  VM_FRAME_KERNEL,
  VM_FRAME_TABLE,
  VM_FRAME_DATA
};

/* A flag of a managed frame: not all of it is RAM, nobody gives it (bus.h). */
#define VM_FRAME_RESERVED 0x8000u

/* A flag of a page table of the kernel's half: what its entries map they do not
 * count as a reference (mm/kernel.h). */
#define VM_FRAME_UNCOUNTED 0x4000u

/* Exception vectors of the x86 (Intel SDM vol. 3A, table 6-1). */
#define VM_VECTOR_SEGMENT_NOT_PRESENT 11
#define VM_VECTOR_STACK_SEGMENT 12
#define VM_VECTOR_GENERAL_PROTECTION 13
#define VM_VECTOR_PAGE_FAULT 14

/* Bits of the error code a page fault pushes (SDM vol. 3A, 4.7). */
enum {
  VM_ERROR_CODE_P = 1 << 0,    /* the entry was present */
  VM_ERROR_CODE_W = 1 << 1,    /* the access was a write */
  VM_ERROR_CODE_U = 1 << 2,    /* the access came from user mode */
  VM_ERROR_CODE_RSVD = 1 << 3, /* a reserved bit was set in an entry */
  VM_ERROR_CODE_I = 1 << 4     /* the access was an instruction fetch */
};

struct vm_fault {
  enum vm_fault_kind kind;
  uint32_t vector;
  uint32_t error; /* VM_ERROR_CODE_*; a selector; or 0 */
  vm_vaddr address;
};

/* What one access came to. A fault is a result, not an error. */
struct vm_translation {
  bool ok;
  bool tlb_hit;
  uint32_t tlb_level; /* of the TLB that hit: 1 or 2; 0: none */
  uint32_t reads;     /* page-table entries read; 0 on a TLB hit */
  uint32_t page_shift;
  vm_paddr pa;           /* meaningful when ok */
  uint64_t value;        /* the bytes read or written, when a width was given */
  struct vm_fault fault; /* meaningful when not ok */
};

static inline vm_vaddr
vm_vaddr_of (uint64_t v)
{
  return (vm_vaddr){v};
}

static inline vm_paddr
vm_paddr_of (uint64_t v)
{
  return (vm_paddr){v};
}

static inline vm_frame
vm_frame_of (uint64_t v)
{
  return (vm_frame){v};
}

/* The frame a physical address lies in, of a machine whose frames have
 * 2^page_shift bytes. */
static inline vm_frame
vm_paddr_frame (vm_paddr pa, uint32_t page_shift)
{
  return vm_frame_of (pa.v >> page_shift);
}

/* The first byte of a frame. */
static inline vm_paddr
vm_frame_start (vm_frame frame, uint32_t page_shift)
{
  return vm_paddr_of (frame.v << page_shift);
}

#endif
