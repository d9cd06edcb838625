/* The table of geometries. */
#include "mmu/geometry.h"

#include <assert.h>
#include <string.h>

#include "mmu/toy.h"
#include "mmu/usual.h"

static const struct vm_geometry geometries[VM_GEOMETRIES] = {
    [VM_GEOMETRY_X86_32] = {
        .name = "x86-32",
        .id = VM_GEOMETRY_X86_32,
        .family = VM_FAMILY_X86,
        .format = VM_PTE_X86_32,
        .root_register = "CR3",
        .va_bits = 32,
        .word_bits = 32,
        .pa_bits = 40, /* PSE-36 as far as a 4 MiB entry can reach */
        .page_shift = VM_PAGE_SHIFT,
        .levels = 2,
        .entry_bytes = 4,
        .level = {
            [2] = {"directory", "page directory", 31, 22, true},
            [1] = {"table", "page table", 21, 12, true},
        },
    },
    [VM_GEOMETRY_X86_PAE] = {
        .name = "x86-pae",
        .id = VM_GEOMETRY_X86_PAE,
        .family = VM_FAMILY_X86,
        .format = VM_PTE_X86_PAE,
        .root_register = "CR3",
        .va_bits = 32,
        .word_bits = 32,
        .pa_bits = 52,
        .page_shift = VM_PAGE_SHIFT,
        .levels = 3,
        .entry_bytes = 8,
        .has_nx = true,
        .register_level = 3,
        .level = {
            [3] = {"PDPT", "page-directory-pointer table", 31, 30, false},
            [2] = {"PD", "page directory", 29, 21, true},
            [1] = {"PT", "page table", 20, 12, true},
        },
    },
    [VM_GEOMETRY_X86_64] = VM_USUAL_ROW,
    [VM_GEOMETRY_X86_64_LA57] = {
        .name = "x86-64-la57",
        .id = VM_GEOMETRY_X86_64_LA57,
        .family = VM_FAMILY_X86,
        .format = VM_PTE_X86_64,
        .root_register = "CR3",
        .va_bits = 57,
        .word_bits = 64,
        .pa_bits = 52,
        .page_shift = VM_PAGE_SHIFT,
        .levels = 5,
        .entry_bytes = 8,
        .sign_extended = true,
        .has_nx = true,
        .level = {
            [5] = {"PML5", "PML5 table", 56, 48, false},
            [4] = {"PML4", "PML4 table", 47, 39, false},
            [3] = {"PDPT", "page-directory-pointer table", 38, 30, true},
            [2] = {"PD", "page directory", 29, 21, true},
            [1] = {"PT", "page table", 20, 12, true},
        },
    },
    [VM_GEOMETRY_SV32] = {
        .name = "sv32",
        .id = VM_GEOMETRY_SV32,
        .family = VM_FAMILY_RISCV,
        .format = VM_PTE_RISCV,
        .root_register = "satp",
        .va_bits = 32,
        .word_bits = 32,
        .pa_bits = 34,
        .page_shift = VM_PAGE_SHIFT,
        .levels = 2,
        .entry_bytes = 4,
        .has_nx = true,
        .level = {
            [2] = {"VPN[1]", "level-1 table", 31, 22, true},
            [1] = {"VPN[0]", "level-0 table", 21, 12, true},
        },
    },
    [VM_GEOMETRY_SV39] = {
        .name = "sv39",
        .id = VM_GEOMETRY_SV39,
        .family = VM_FAMILY_RISCV,
        .format = VM_PTE_RISCV,
        .root_register = "satp",
        .va_bits = 39,
        .word_bits = 64,
        .pa_bits = 56,
        .page_shift = VM_PAGE_SHIFT,
        .levels = 3,
        .entry_bytes = 8,
        .sign_extended = true,
        .has_nx = true,
        .level = {
            [3] = {"VPN[2]", "level-2 table", 38, 30, true},
            [2] = {"VPN[1]", "level-1 table", 29, 21, true},
            [1] = {"VPN[0]", "level-0 table", 20, 12, true},
        },
    },
    [VM_GEOMETRY_SV48] = {
        .name = "sv48",
        .id = VM_GEOMETRY_SV48,
        .family = VM_FAMILY_RISCV,
        .format = VM_PTE_RISCV,
        .root_register = "satp",
        .va_bits = 48,
        .word_bits = 64,
        .pa_bits = 56,
        .page_shift = VM_PAGE_SHIFT,
        .levels = 4,
        .entry_bytes = 8,
        .sign_extended = true,
        .has_nx = true,
        .level = {
            [4] = {"VPN[3]", "level-3 table", 47, 39, true},
            [3] = {"VPN[2]", "level-2 table", 38, 30, true},
            [2] = {"VPN[1]", "level-1 table", 29, 21, true},
            [1] = {"VPN[0]", "level-0 table", 20, 12, true},
        },
    },
    [VM_GEOMETRY_SV57] = {
        .name = "sv57",
        .id = VM_GEOMETRY_SV57,
        .family = VM_FAMILY_RISCV,
        .format = VM_PTE_RISCV,
        .root_register = "satp",
        .va_bits = 57,
        .word_bits = 64,
        .pa_bits = 56,
        .page_shift = VM_PAGE_SHIFT,
        .levels = 5,
        .entry_bytes = 8,
        .sign_extended = true,
        .has_nx = true,
        .level = {
            [5] = {"VPN[4]", "level-4 table", 56, 48, true},
            [4] = {"VPN[3]", "level-3 table", 47, 39, true},
            [3] = {"VPN[2]", "level-2 table", 38, 30, true},
            [2] = {"VPN[1]", "level-1 table", 29, 21, true},
            [1] = {"VPN[0]", "level-0 table", 20, 12, true},
        },
    },
    [VM_GEOMETRY_AARCH64] = {
        .name = "aarch64",
        .id = VM_GEOMETRY_AARCH64,
        .family = VM_FAMILY_ARM,
        .format = VM_PTE_AARCH64,
        .root_register = "TTBR0",
        .va_bits = 48,
        .word_bits = 64,
        .pa_bits = 48,
        .page_shift = VM_PAGE_SHIFT,
        .levels = 4,
        .entry_bytes = 8,
        .sign_extended = true,
        .has_nx = true,
        .two_roots = true,
        .level = {
            [4] = {"L0", "level-0 table", 47, 39, false},
            [3] = {"L1", "level-1 table", 38, 30, true},
            [2] = {"L2", "level-2 table", 29, 21, true},
            [1] = {"L3", "level-3 table", 20, 12, true},
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
vm_geometry_configured (const struct vm_config *config,
                        struct vm_geometry *room)
{
  if (config->geometry != VM_GEOMETRY_TOY)
    return vm_geometry_of ((enum vm_geometry_id) config->geometry);

  struct vm_toy toy = vm_toy_unpack (config->toy);
  vm_toy_make (&toy, room);
  return room;
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
