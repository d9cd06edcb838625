/* Makes geometries out of a few numbers. */
#include "mmu/toy.h"

#include <string.h>

#include "mmu/pte.h"

/* What the levels of a toy are called, by their number. */
static const struct vm_level names[VM_TOY_LEVELS][VM_TOY_LEVELS] = {
    {{"VPN", "page table", 0, 0, true}},
    {{"table", "page table", 0, 0, true},
     {"directory", "page directory", 0, 0, false}},
    {{"L1", "level-1 table", 0, 0, true},
     {"L2", "level-2 table", 0, 0, false},
     {"L3", "level-3 table", 0, 0, false}},
    {{"L1", "level-1 table", 0, 0, true},
     {"L2", "level-2 table", 0, 0, false},
     {"L3", "level-3 table", 0, 0, false},
     {"L4", "level-4 table", 0, 0, false}},
};

uint32_t
vm_toy_va_bits (const struct vm_toy *toy)
{
  uint32_t bits = toy->page_shift;

  for (uint32_t i = 0; i < toy->levels; i++)
    bits += toy->index_bits[i];
  return bits;
}

void
vm_toy_share (struct vm_toy *toy, uint32_t va_bits)
{
  uint32_t bits = va_bits - toy->page_shift;

  for (uint32_t i = 0; i < toy->levels; i++) {
    uint32_t more = toy->levels - i <= bits % toy->levels;
    toy->index_bits[i] = (uint8_t) (bits / toy->levels + more);
  }
}

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject,
        uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

static bool
check_range (struct vm_error *error, const char *subject, uint64_t value,
             uint64_t low, uint64_t high)
{
  if (value >= low && value <= high)
    return true;
  return refuse (error, VM_ERROR_OUT_OF_RANGE, subject, value, low, high);
}

/* A frame number and the present bit are what an entry must have. */
static bool
check_entry (const struct vm_toy *toy, struct vm_error *error)
{
  uint64_t bits = (uint64_t) toy->pa_bits - toy->page_shift + 1;
  uint64_t needed = toy->entry_bytes;

  while (8 * needed < bits)
    needed *= 2;
  return needed == toy->entry_bytes
         || refuse (error, VM_ERROR_ENTRY_TOO_SMALL, "toy-entry",
                    toy->entry_bytes, needed, bits - 1);
}

/* The largest table of all, in pages, within bounds. */
static bool
check_tables (const struct vm_toy *toy, struct vm_error *error)
{
  for (uint32_t i = 0; i < toy->levels; i++) {
    uint32_t bits = toy->index_bits[i];
    if (bits > VM_TOY_INDEX_BITS
        || ((uint64_t) toy->entry_bytes << bits) >> toy->page_shift
               > VM_TOY_TABLE_PAGES)
      return refuse (error, VM_ERROR_TABLE_TOO_LARGE, "toy-levels",
                     UINT64_C (1) << bits, VM_TOY_TABLE_PAGES,
                     UINT64_C (1) << VM_TOY_INDEX_BITS);
  }
  return true;
}

bool
vm_toy_check (const struct vm_toy *toy, struct vm_error *error)
{
  uint32_t shift = toy->page_shift;

  return check_range (error, "toy-page", UINT64_C (1) << (shift & 63),
                      1u << VM_TOY_LEAST_PAGE, 1u << VM_TOY_LARGEST_PAGE)
         && check_range (error, "toy-levels", toy->levels, 1, VM_TOY_LEVELS)
         && check_range (error, "toy-va", vm_toy_va_bits (toy),
                         shift + toy->levels, VM_TOY_VA_BITS)
         && check_range (error, "toy-pa", toy->pa_bits, shift + 1u,
                         VM_TOY_PA_BITS)
         && check_range (error, "toy-entry", toy->entry_bytes, 1, 8)
         && check_entry (toy, error) && check_tables (toy, error);
}

static char *
put_text (char *at, const char *text)
{
  size_t length = strlen (text);

  memcpy (at, text, length + 1);
  return at + length;
}

static char *
put_number (char *at, uint32_t number)
{
  if (number >= 10)
    at = put_number (at, number / 10);
  *at = (char) ('0' + number % 10);
  at[1] = '\0';
  return at + 1;
}

/* True if the bits are shared out as vm_toy_share does it. */
static bool
is_shared (const struct vm_toy *toy)
{
  struct vm_toy other = *toy;

  vm_toy_share (&other, vm_toy_va_bits (toy));
  return memcmp (other.index_bits, toy->index_bits, sizeof other.index_bits)
         == 0;
}

/* As it is written on the command line. */
static void
spell (const struct vm_toy *toy, char *at)
{
  at = put_number (put_text (at, "toy:va="), vm_toy_va_bits (toy));
  at = put_number (put_text (at, ",pa="), toy->pa_bits);
  at = put_number (put_text (at, ",page="), 1u << toy->page_shift);
  at = put_number (put_text (at, ",levels="), toy->levels);
  at = put_number (put_text (at, ",entry="), toy->entry_bytes);
  if (is_shared (toy))
    return;
  at = put_text (at, ",split=");
  for (uint32_t i = 0; i < toy->levels; i++)
    at = put_text (put_number (at, toy->index_bits[i]), "/");
  put_number (at, toy->page_shift);
}

void
vm_toy_make (const struct vm_toy *toy, struct vm_geometry *g)
{
  uint32_t va_bits = vm_toy_va_bits (toy), low = toy->page_shift;

  *g = (struct vm_geometry){
      .id = VM_GEOMETRY_TOY,
      .family = VM_FAMILY_X86,
      .format = VM_PTE_TOY,
      .root_register = "CR3",
      .va_bits = (uint8_t) va_bits,
      .word_bits = (uint8_t) va_bits,
      .pa_bits = toy->pa_bits,
      .page_shift = toy->page_shift,
      .levels = toy->levels,
      .entry_bytes = toy->entry_bytes,
  };
  for (uint32_t level = 1; level <= toy->levels; level++) {
    uint32_t bits = toy->index_bits[toy->levels - level];
    g->level[level] = names[toy->levels - 1][level - 1];
    g->level[level].low = (uint8_t) low;
    g->level[level].high = (uint8_t) (low + bits - 1);
    low += bits;
  }
  spell (toy, g->name);
  vm_pte_toy_lay_out (g);
}

uint64_t
vm_toy_numbers (const struct vm_geometry *g)
{
  struct vm_toy toy = {.page_shift = (uint8_t) g->page_shift,
                       .pa_bits = (uint8_t) g->pa_bits,
                       .entry_bytes = (uint8_t) g->entry_bytes,
                       .levels = (uint8_t) g->levels};

  for (uint32_t i = 0; i < g->levels; i++) {
    const struct vm_level *level = &g->level[g->levels - i];
    toy.index_bits[i] = (uint8_t) (level->high - level->low + 1);
  }
  return vm_toy_pack (&toy);
}
