/* Fuzzes the reader of ELF files: whatever it takes can be asked everything. */
#include <stdint.h>
#include <stdlib.h>

#include "elf/elf.h"
#include "elf/elf_plan.h"

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

  require (vm_elf_section_name (elf, section) != NULL);
  for (uint32_t i = 0; i < count; i++) {
    vm_elf_symbol (elf, section, i, &symbol);
    require (vm_elf_symbol_name (elf, section, &symbol) != NULL);
  }
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
  require (vm_elf_plan_init (&plan, elf));
  for (uint32_t i = 0; vm_elf_loads (elf) && i < plan.count; i++)
    require (plan.mappings[i].start <= plan.mappings[i].end
             && plan.mappings[i].end <= plan.mappings[i].bss_end);
  vm_elf_plan_done (&plan);
  vm_elf_free (elf);
  return 0;
}
