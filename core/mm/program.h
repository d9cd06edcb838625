/* Programs in bare memory: each in one piece, with addresses of its own bytes
 * inside it.
 *
 *   base                              base + size / 2                base +
 * size | ... | reference 0 | reference 1 | ... | datum 0 | datum 1 | ... | | ^
 *                +-- linked + offset of it -----+   right only if linked = base
 *
 * A program is linked for some address: the references that it holds are what
 * they must be if it lies there. Loaded anywhere else it needs them patched,
 * each by base - linked. Where translation is by bounds they count from 0, and
 * no move ever changes them.
 *
 * What lies at a reference's target tells whose it is: the number of the
 * process and that of the reference. So it can be seen whether a program finds
 * its own data. */
#ifndef VM_PROGRAM_H
#define VM_PROGRAM_H

#include "error.h"
#include "mm/holes.h"
#include "mmu/geometry.h"
#include "tape/memory.h"

/* Programs begin and end at multiples of this many bytes. */
#define VM_PROGRAM_ALIGN 16u
#define VM_PROGRAM_LEAST 256u
#define VM_PROGRAM_MOST (4u << 20)
#define VM_PROGRAM_REFERENCES 1024u

/* Where a program is to go. */
struct vm_spot {
  bool given;      /* at `at`; else into a hole */
  uint64_t at;     /* physical address */
  enum vm_fit fit; /* which hole */
};

struct vm_program {
  uint32_t process;
  uint64_t size, linked;
  uint32_t references;
};

/* Bytes of a reference: of an address. */
static inline uint32_t
vm_program_word (const struct vm_geometry *g)
{
  return g->word_bits > 32 ? 8 : 4;
}

/* Offsets in the program of a reference, and of what it refers to. */
uint64_t vm_program_reference (const struct vm_image *image,
                               const struct vm_geometry *g, uint32_t index);
uint64_t vm_program_target (const struct vm_image *image, uint32_t index);

/* What lies at the target of a reference. */
uint64_t vm_program_datum (const struct vm_state *s, uint32_t process,
                           uint32_t index);

/* Loads a program for a process, in place of the one that it may have. *placed
 * says whether there was a hole for it: memory may well have room enough, but
 * in pieces. False and *error if it cannot be; the caller rolls back. */
bool vm_program_load (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_program *program,
                      const struct vm_spot *spot, bool *placed,
                      struct vm_error *error);

/* Has a process that ends let go of its program, if it has one. */
void vm_program_drop (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process);

/* Takes a whole program to the disk, and back to some spot. */
bool vm_program_swap_out (struct vm_tape *t, const struct vm_state *s,
                          uint32_t process, struct vm_error *error);
bool vm_program_swap_in (struct vm_tape *t, const struct vm_state *s,
                         uint32_t process, const struct vm_spot *spot,
                         bool *placed, struct vm_error *error);

/* Puts the references of a program right for where it lies. */
bool vm_program_relocate (struct vm_tape *t, const struct vm_state *s,
                          uint32_t process, struct vm_error *error);

/* Pushes all programs together, towards address 0, so that the holes between
 * them become one. References are not put right by it. */
void vm_program_compact (struct vm_tape *t, const struct vm_state *s);

#endif
