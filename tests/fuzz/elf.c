/* Fuzzes the reader of ELF files: whatever it takes can be asked everything. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "elf/elf.h"
#include "elf/elf_dynamic.h"
#include "elf/elf_find.h"
#include "elf/elf_index.h"
#include "elf/elf_notes.h"
#include "elf/elf_plan.h"
#include "elf/elf_ranges.h"

static void
require (int condition)
{
  if (!condition)
    abort ();
}

static void
ask_section (const struct vm_elf *elf, uint32_t section)
{
  uint32_t count = vm_elf_symbol_count (elf, section);
  struct vm_elf_symbol symbol;
  struct vm_elf_relocations relocations;

  require (vm_elf_section_name (elf, section) != NULL);
  vm_elf_count_relocations (elf, section, &relocations);
  for (uint32_t i = 0; i < count; i++) {
    vm_elf_symbol (elf, section, i, &symbol);
    require (vm_elf_symbol_name (elf, section, &symbol) != NULL);
  }
}

static void
ask_parts (const struct vm_elf *elf)
{
  struct vm_elf_note_walk walk = {0};
  struct vm_elf_note note;
  struct vm_elf_property property;
  struct vm_elf_dynamic dynamic;

  while (vm_elf_next_note (elf, &walk, &note)) {
    uint64_t inside = 0;
    require (note.offset + note.size <= elf->length);
    while (vm_elf_next_property (elf, &note, &inside, &property))
      require (property.offset + property.size <= elf->length);
  }
  vm_elf_dynamic_init (&dynamic, elf);
  for (uint32_t i = 0; i < dynamic.count; i++)
    vm_elf_dynamic_string (elf, &dynamic,
                           vm_elf_dynamic_entry (elf, &dynamic, i).value);
}

/* Each symbol's address is found; where a byte of the file has an address, the
 * address has a byte. */
static void
ask_places (const struct vm_elf *elf)
{
  struct vm_elf_index index;
  struct vm_elf_search search;
  uint64_t offset;

  require (vm_elf_index_init (&index, elf));
  for (uint32_t i = 0; i < index.count; i++) {
    vm_elf_index_search (&index, index.places[i].value, &search);
    require (search.found < index.count);
    vm_elf_section_of (elf, index.places[i].value);
    if (vm_elf_offset_of (elf, index.places[i].value, &offset))
      require (offset < elf->length);
  }
  vm_elf_index_done (&index);
}

/* Read from nothing but the ranges that were asked for, it is the same. */
static void
ask_ranges (const struct vm_elf *elf)
{
  uint8_t *part = calloc (elf->length + 1, 1);
  struct vm_elf_walk walk = {0};
  struct vm_elf_range range;
  struct vm_elf_verdict broken;

  require (part != NULL);
  while (vm_elf_wants (part, elf->length, &walk, &range))
    memcpy (part + range.offset, elf->bytes + range.offset, range.size);
  struct vm_elf *again = vm_elf_new (part, elf->length, &broken);
  require (again != NULL && again->verdict_count == elf->verdict_count
           && memcmp (again->verdicts, elf->verdicts, sizeof elf->verdicts)
                  == 0);
  vm_elf_free (again);
  free (part);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  struct vm_elf_verdict broken;
  struct vm_elf_plan plan;
  struct vm_elf *elf = vm_elf_new (data, size, &broken);

  require ((elf == NULL) == (broken.problem != VM_ELF_FINE));
  if (elf == NULL)
    return 0;
  for (uint32_t i = 0; i < elf->section_count; i++)
    ask_section (elf, i);
  ask_parts (elf);
  ask_places (elf);
  ask_ranges (elf);
  require (vm_elf_plan_init (&plan, elf));
  for (uint32_t i = 0; vm_elf_loads (elf) && i < plan.count; i++)
    require (plan.mappings[i].start <= plan.mappings[i].end
             && plan.mappings[i].end <= plan.mappings[i].bss_end);
  vm_elf_plan_done (&plan);
  vm_elf_free (elf);
  return 0;
}
