/* Draws where the kernel's areas begin. */
#include "mm/kernel_random.h"

#define TIB (UINT64_C (1) << 40)
#define SPARE (10 * TIB) /* for memory that comes later */

/* The next number of a row (splitmix64; Steele, Lea and Flood, 2014). */
static uint64_t
draw (uint64_t *state)
{
  uint64_t x = *state += UINT64_C (0x9e3779b97f4a7c15);

  x = (x ^ x >> 30) * UINT64_C (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C (0x94d049bb133111eb);
  return x ^ x >> 31;
}

static uint64_t
round_up (uint64_t bytes, uint64_t grain)
{
  return (bytes + grain - 1) / grain * grain;
}

void
vm_kernel_random_bases (struct vm_kernel_bases *bases, uint64_t seed,
                        uint64_t memory, uint64_t start, uint64_t end)
{
  bases->direct_bytes = round_up (memory, TIB) + SPARE;
  bases->vmemmap_bytes
      = round_up ((bases->direct_bytes >> VM_PAGE_SHIFT) * VM_STRUCT_PAGE, TIB);

  uint64_t *const base[] = {&bases->direct, &bases->vmalloc, &bases->vmemmap};
  const uint64_t bytes[]
      = {bases->direct_bytes, bases->vmalloc_bytes, bases->vmemmap_bytes};
  uint64_t left = end - start - bytes[0] - bytes[1] - bytes[2];
  uint64_t at = start;

  for (uint32_t i = 0; i < 3; i++) {
    uint64_t share = left / (3 - i);
    uint64_t skipped = draw (&seed) % (share + 1) & ~(VM_KASLR_GRAIN - 1);
    *base[i] = at + skipped;
    /* At least one grain stays between two areas. */
    at = round_up (at + skipped + bytes[i] + 1, VM_KASLR_GRAIN);
    left -= skipped;
  }
}

/* A place for the image: a multiple of the grain in [least, end). */
static uint64_t
draw_place (uint64_t *seed, uint64_t least, uint64_t end, uint64_t bytes)
{
  uint64_t places = (end - least - bytes) / VM_KASLR_TEXT_GRAIN + 1;

  return least + draw (seed) % places * VM_KASLR_TEXT_GRAIN;
}

void
vm_kernel_random_image (uint64_t seed, uint64_t memory, uint64_t least,
                        uint64_t bytes, uint64_t *physical, uint64_t *offset)
{
  uint64_t state = ~seed;

  *physical = draw_place (&state, least, memory, bytes);
  *offset = draw_place (&state, least, VM_KASLR_TEXT_ROOM, bytes);
}
