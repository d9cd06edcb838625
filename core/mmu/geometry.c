/* The table of geometries. */
#include "mmu/geometry.h"

#include <assert.h>
#include <string.h>

static const struct vm_geometry geometries[VM_GEOMETRIES] = {
    [VM_GEOMETRY_X86_32] = {
        .name = "x86-32",
        .id = VM_GEOMETRY_X86_32,
        .format = VM_PTE_X86_32,
        .va_bits = 32,
        .word_bits = 32,
        .pa_bits = 40, /* PSE-36 as far as a 4 MiB entry can reach */
        .levels = 2,
        .entry_bytes = 4,
        .level = {
            [2] = {"directory", "page directory", 31, 22, true},
            [1] = {"table", "page table", 21, 12, true},
        },
    },
    [VM_GEOMETRY_X86_64] = {
        .name = "x86-64",
        .id = VM_GEOMETRY_X86_64,
        .format = VM_PTE_X86_64,
        .va_bits = 48,
        .word_bits = 64,
        .pa_bits = 52,
        .levels = 4,
        .entry_bytes = 8,
        .sign_extended = true,
        .has_nx = true,
        .level = {
            [4] = {"PML4", "PML4 table", 47, 39, false},
            [3] = {"PDPT", "page-directory-pointer table", 38, 30, true},
            [2] = {"PD", "page directory", 29, 21, true},
            [1] = {"PT", "page table", 20, 12, true},
        },
    },
};

const struct vm_geometry *
vm_geometry_of (enum vm_geometry_id id)
{
  assert (id > VM_GEOMETRY_NONE && id < VM_GEOMETRIES);
  return &geometries[id];
}

const struct vm_geometry *
vm_geometry_named (const char *name)
{
  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++)
    if (strcmp (geometries[id].name, name) == 0)
      return &geometries[id];
  return NULL;
}

uint32_t
vm_geometry_leaf_level (const struct vm_geometry *g, uint32_t shift)
{
  for (uint32_t level = 1; level <= g->levels; level++)
    if (g->level[level].leaf && g->level[level].low == shift)
      return level;
  return 0;
}
