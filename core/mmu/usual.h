/* The usual geometry, x86-64 with four levels, as a constant.
 *
 * Code that is folded into its caller together with this constant asks it
 * nothing at run time: which format, how many levels, which bits. That is for
 * the fast path alone; elsewhere a geometry is a row of the table in
 * geometry.c, which this one is, too. */
#ifndef VM_USUAL_H
#define VM_USUAL_H

#include "mmu/geometry.h"

#define VM_USUAL_ROW                                                           \
  {                                                                            \
    .name = "x86-64", .id = VM_GEOMETRY_X86_64, .family = VM_FAMILY_X86,       \
    .format = VM_PTE_X86_64, .root_register = "CR3", .va_bits = 48,            \
    .word_bits = 64, .pa_bits = 52, .page_shift = VM_PAGE_SHIFT, .levels = 4,  \
    .entry_bytes = 8, .sign_extended = true, .has_nx = true,                   \
    .level = {                                                                 \
        [4] = {"PML4", "PML4 table", 47, 39, false},                           \
        [3] = {"PDPT", "page-directory-pointer table", 38, 30, true},          \
        [2] = {"PD", "page directory", 29, 21, true},                          \
        [1] = {"PT", "page table", 20, 12, true},                              \
    },                                                                         \
  }

static const struct vm_geometry vm_geometry_usual = VM_USUAL_ROW;

#endif
