/* The table of codecs, asked by whoever does not decode. */
#include "mmu/pte.h"

static const struct vm_pte_codec *
codec_of (const struct vm_geometry *g)
{
  switch (g->format) {
  case VM_PTE_X86_32:
    return &vm_pte_x86_32;
  case VM_PTE_X86_PAE:
    return &vm_pte_x86_pae;
  case VM_PTE_X86_64:
    return &vm_pte_x86_64;
  case VM_PTE_RISCV:
    return &vm_pte_riscv;
  case VM_PTE_AARCH64:
    return &vm_pte_aarch64;
  case VM_PTE_TOY:
    return &vm_pte_toy;
  }
  return &vm_pte_x86_32;
}

/* 0: there is none. Linux calls it _PAGE_PROTNONE, _PAGE_PROT_NONE and
 * PTE_PROT_NONE. */
static uint64_t
untouchable_bit (const struct vm_geometry *g)
{
  if (g->format == VM_PTE_TOY)
    return 0;
  switch (g->family) {
  case VM_FAMILY_X86:
    return UINT64_C (1) << 8;
  case VM_FAMILY_RISCV:
    return UINT64_C (1) << 5;
  case VM_FAMILY_ARM:
    return UINT64_C (1) << 58;
  }
  return 0;
}

const struct vm_pte_field *
vm_pte_fields (const struct vm_geometry *g, uint32_t level, bool leaf,
               uint32_t *count)
{
  struct vm_pte_layout layout = codec_of (g)->layout (g, level, leaf);

  *count = layout.count;
  return layout.fields;
}

struct vm_pte
vm_pte_decode_other (const struct vm_geometry *g, uint32_t level, uint64_t raw,
                     bool nx)
{
  switch (g->format) {
  case VM_PTE_X86_32:
    return vm_pte_x86_32_decode (level, raw);
  case VM_PTE_X86_PAE:
    return vm_pte_x86_pae_decode (level, raw, nx);
  case VM_PTE_X86_64:
    return vm_pte_x86_64_decode (level, raw, nx);
  case VM_PTE_RISCV:
    return vm_pte_riscv_decode (g, level, raw);
  case VM_PTE_AARCH64:
    return vm_pte_aarch64_decode (level, raw);
  case VM_PTE_TOY:
    return vm_pte_toy_decode (g, level, raw, nx);
  }
  return (struct vm_pte){.raw = raw};
}

uint64_t
vm_pte_encode_other (const struct vm_geometry *g, uint32_t level,
                     const struct vm_pte *pte)
{
  return codec_of (g)->encode (g, level, pte);
}

uint64_t
vm_pte_frame_bits (const struct vm_geometry *g, uint32_t level, bool leaf,
                   uint64_t frame)
{
  return codec_of (g)->frame_bits (g, level, leaf, frame);
}

uint64_t
vm_pte_last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  return codec_of (g)->last_frame (g, level, leaf);
}

bool
vm_pte_swap (const struct vm_geometry *g, uint64_t raw,
             struct vm_swap_slot *slot)
{
  *slot = codec_of (g)->swap (g, raw);
  return raw != 0 && !(raw & (1 | untouchable_bit (g)));
}

uint64_t
vm_pte_encode_swap (const struct vm_geometry *g, struct vm_swap_slot slot)
{
  return codec_of (g)->swap_bits (g, slot);
}

static bool
inverts (const struct vm_geometry *g)
{
  return g->format == VM_PTE_X86_64 || g->format == VM_PTE_X86_PAE;
}

static uint64_t
all_frame_bits (const struct vm_geometry *g, uint32_t level)
{
  return vm_pte_frame_bits (g, level, true, vm_pte_last_frame (g, level, true));
}

uint64_t
vm_pte_encode_kept (const struct vm_geometry *g, uint32_t level,
                    const struct vm_pte *pte)
{
  struct vm_pte there = *pte;
  there.present = 1;
  there.global = 0;
  uint64_t raw = vm_pte_encode (g, level, &there);

  if (inverts (g))
    raw ^= all_frame_bits (g, level);
  return (raw & ~UINT64_C (1)) | untouchable_bit (g);
}

bool
vm_pte_decode_kept (const struct vm_geometry *g, uint32_t level, uint64_t raw,
                    bool nx, struct vm_pte *pte)
{
  uint64_t bit = untouchable_bit (g);

  if ((raw & 1) || !(raw & bit))
    return false;
  uint64_t there = (raw & ~bit) | 1;
  if (inverts (g))
    there ^= all_frame_bits (g, level);
  *pte = vm_pte_decode (g, level, there, nx);
  pte->raw = raw;
  pte->present = 0;
  pte->global = 0;
  return true;
}
