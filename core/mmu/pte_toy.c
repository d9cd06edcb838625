/* Toy entries back into bits, and the names of those bits. */
#include "mmu/pte.h"

static const struct vm_pte_field flags[VM_TOY_FLAGS] = {
    [VM_TOY_PRESENT] = {"present", "P", 0, 0},
    [VM_TOY_WRITABLE] = {"rw", "W", 1, 1},
    [VM_TOY_USER] = {"user", "U", 2, 2},
    [VM_TOY_ACCESSED] = {"accessed", "A", 3, 3},
    [VM_TOY_DIRTY] = {"dirty", "D", 4, 4},
    [VM_TOY_NO_EXECUTE] = {"nx", "NX", 5, 5},
    [VM_TOY_GLOBAL] = {"global", "G", 6, 6},
    [VM_TOY_AVAILABLE] = {"avl", "avl", 7, 7},
};

/* What only a leaf has is ignored in an entry that points to a table. */
static struct vm_pte_field
flag_of (uint32_t bit, bool leaf)
{
  if (!leaf && bit == VM_TOY_DIRTY)
    return (struct vm_pte_field){"ignored-4", "-", 4, 4};
  if (!leaf && bit == VM_TOY_GLOBAL)
    return (struct vm_pte_field){"ignored-6", "-", 6, 6};
  return flags[bit];
}

void
vm_pte_toy_lay_out (struct vm_geometry *g)
{
  uint32_t low = vm_pte_toy_flags (g), bits = vm_pte_toy_frame_bits (g);
  uint32_t top = 8u * g->entry_bytes - 1, high = low + bits - 1;

  g->has_nx = low > VM_TOY_NO_EXECUTE;
  for (uint32_t leaf = 0; leaf < 2; leaf++) {
    struct vm_pte_field *field = g->toy_fields[leaf];
    if (high < top)
      *field++ = (struct vm_pte_field){"reserved", "0", (uint8_t) top,
                                       (uint8_t) (high + 1)};
    *field++ = (struct vm_pte_field){"frame", leaf ? "frame" : "table",
                                     (uint8_t) high, (uint8_t) low};
    for (uint32_t bit = low; bit-- > 0;)
      *field++ = flag_of (bit, leaf);
    g->toy_field_count = (uint8_t) (field - g->toy_fields[leaf]);
  }
}

static struct vm_pte_layout
layout (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) leaf;
  return (struct vm_pte_layout){g->toy_fields[level == 1], g->toy_field_count};
}

static uint64_t
frame_bits (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t frame)
{
  uint64_t mask = (UINT64_C (1) << vm_pte_toy_frame_bits (g)) - 1;

  (void) level;
  (void) leaf;
  return (frame & mask) << vm_pte_toy_flags (g);
}

static uint64_t
encode (const struct vm_geometry *g, uint32_t level, const struct vm_pte *pte)
{
  bool leaf = level == 1;
  uint64_t all = (uint64_t) pte->present << VM_TOY_PRESENT
                 | (uint64_t) pte->writable << VM_TOY_WRITABLE
                 | (uint64_t) pte->user << VM_TOY_USER
                 | (uint64_t) pte->accessed << VM_TOY_ACCESSED
                 | (uint64_t) (leaf && pte->dirty) << VM_TOY_DIRTY
                 | (uint64_t) pte->no_execute << VM_TOY_NO_EXECUTE
                 | (uint64_t) (leaf && pte->global) << VM_TOY_GLOBAL
                 | (uint64_t) (pte->available & 1) << VM_TOY_AVAILABLE;

  return frame_bits (g, level, leaf, pte->frame)
         | (all & ((UINT64_C (1) << vm_pte_toy_flags (g)) - 1));
}

static uint64_t
last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) level;
  (void) leaf;
  return (UINT64_C (1) << vm_pte_toy_frame_bits (g)) - 1;
}

/* A page that was written out: its place stands where its frame stood, as
 * textbooks draw it. There is one swap area, number 0. */
static struct vm_swap_slot
swap (const struct vm_geometry *g, uint64_t raw)
{
  return (struct vm_swap_slot){.offset = raw >> vm_pte_toy_flags (g)};
}

static uint64_t
swap_bits (const struct vm_geometry *g, struct vm_swap_slot slot)
{
  return slot.offset << vm_pte_toy_flags (g);
}

const struct vm_pte_codec vm_pte_toy
    = {layout, encode, frame_bits, last_frame, swap, swap_bits};
