/* Translation without pages: by nothing at all, or by base and bounds.
 *
 *   no MMU            virtual address -----------------------> physical address
 *
 *   base and bounds   virtual address --- below limit? --yes--> + base
 * -------->
 *                                              |
 *                                              no: protection fault
 *
 * Base and limit are two registers of the processor. They belong to the
 * program that runs (struct vm_image) and are loaded when another one does.
 * The kernel is not bound: its addresses are physical ones.
 *
 * An address beyond the limit is a protection fault: on the x86 a general
 * protection fault, as a segment's limit gives it (SDM vol. 3A, 5.3); on
 * RISC-V an access fault, as physical memory protection gives it (privileged
 * architecture, 3.7.1); on the Arm an address size fault (Arm ARM, D8.15). */
#ifndef VM_BOUNDS_H
#define VM_BOUNDS_H

#include "mmu/walk.h"

/* Translates one access of width bytes on a machine whose way is not paging,
 * and says so on the tape. */
struct vm_translation
vm_bounds_translate (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                     const struct vm_access *access, uint32_t width);

/* Has a processor run a process: loads its base and limit, if the way is by
 * bounds. A process whose program is not in memory gets a limit of 0. */
void vm_bounds_switch (struct vm_tape *t, const struct vm_state *s,
                       uint32_t cpu, uint32_t process);

/* The program of a process is somewhere else now: the processors that run it
 * load their registers again. */
void vm_bounds_moved (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process);

/* The index of the process whose program holds a physical address: `self` if
 * its program does, else the first other one; VM_NONE if none does. */
uint32_t vm_image_at (const struct vm_state *s, uint64_t pa, uint32_t self);

/* True if the program of a process is in memory and holds the address. */
static inline bool
vm_image_holds (const struct vm_state *s, uint32_t process, uint64_t pa)
{
  const struct vm_image *image = &s->images[process];

  return image->place == VM_IMAGE_MEMORY && pa >= image->base
         && pa - image->base < image->size;
}

#endif
