/* Reads the lists of versions. */
#include "elf/elf_versions.h"

#include "elf/elf_bytes.h"
#include "elf/elf_dynamic.h"
#include "elf/elf_find.h"

/* Their tags, and how far apart things lie in their entries. */
#define DT_VERDEF 0x6ffffffcu
#define DT_VERNEED 0x6ffffffeu
#define DEFINED_SIZE 20u
#define NEEDED_SIZE 16u
#define MOST                                                                   \
  4096u /* entries of a list that are read; real ones have dozens              \
         */
#define NUMBER 0x7fffu /* without the bit that hides a symbol */

static uint32_t
half (const struct vm_elf *elf, uint64_t at)
{
  return (uint32_t) vm_elf_number (elf, at, 2);
}

/* Versions that are needed of one file. */
static uint32_t
last_of_file (const struct vm_elf *elf, uint64_t at, uint32_t count)
{
  uint32_t last = 0;

  for (uint32_t i = 0; i < count && i < MOST; i++) {
    if (!vm_elf_has (elf, at, NEEDED_SIZE))
      break;
    uint32_t number = half (elf, at + 6) & NUMBER;
    uint64_t next = vm_elf_number (elf, at + 12, 4);
    last = number > last ? number : last;
    if (next == 0)
      break;
    at += next;
  }
  return last;
}

static uint32_t
last_needed (const struct vm_elf *elf, uint64_t at)
{
  uint32_t last = 0;

  for (uint32_t i = 0; i < MOST && vm_elf_has (elf, at, NEEDED_SIZE); i++) {
    uint64_t first = vm_elf_number (elf, at + 8, 4);
    uint64_t next = vm_elf_number (elf, at + 12, 4);
    uint32_t number = last_of_file (elf, at + first, half (elf, at + 2));
    last = number > last ? number : last;
    if (next == 0)
      break;
    at += next;
  }
  return last;
}

static uint32_t
last_defined (const struct vm_elf *elf, uint64_t at)
{
  uint32_t last = 0;

  for (uint32_t i = 0; i < MOST && vm_elf_has (elf, at, DEFINED_SIZE); i++) {
    uint32_t number = half (elf, at + 4) & NUMBER;
    uint64_t next = vm_elf_number (elf, at + 16, 4);
    last = number > last ? number : last;
    if (next == 0)
      break;
    at += next;
  }
  return last;
}

uint32_t
vm_elf_last_version (const struct vm_elf *elf)
{
  struct vm_elf_dynamic dynamic;
  uint32_t last = 0;
  uint64_t at;

  vm_elf_dynamic_init (&dynamic, elf);
  for (uint32_t i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    uint32_t number = 0;
    if (entry.tag == DT_VERNEED && vm_elf_offset_of (elf, entry.value, &at))
      number = last_needed (elf, at);
    if (entry.tag == DT_VERDEF && vm_elf_offset_of (elf, entry.value, &at))
      number = last_defined (elf, at);
    last = number > last ? number : last;
  }
  return last;
}
