/* Sorts symbols by address and searches them. */
#include "elf/elf_index.h"

#include <stdlib.h>
#include <string.h>

/* Rows before the one found that may reach further: symbols within symbols. */
#define MOST_OUTER 64u

/* What a symbol stands for, as the ABI numbers it. */
enum { NOTYPE = 0, OBJECT = 1, FUNC = 2, IFUNC = 10 };
enum { GLOBAL = 1 };

/* The first table of a type; 0: there is none. */
static uint32_t
table_of (const struct vm_elf *elf, uint32_t type)
{
  for (uint32_t i = 1; i < elf->section_count; i++)
    if (elf->sections[i].type == type && vm_elf_symbol_count (elf, i) > 0)
      return i;
  return 0;
}

/* Named functions and variables first, global ones before local ones. */
static uint32_t
rank_of (const struct vm_elf_symbol *symbol)
{
  bool plain = symbol->type == NOTYPE;

  return (plain ? 4u : 0u) + (symbol->size == 0 ? 2u : 0u)
         + (symbol->bind == GLOBAL ? 0u : 1u);
}

static bool
has_place (const struct vm_elf *elf, uint32_t table,
           const struct vm_elf_symbol *symbol)
{
  bool kind = symbol->type == NOTYPE || symbol->type == OBJECT
              || symbol->type == FUNC || symbol->type == IFUNC;

  return kind && symbol->section != VM_ELF_UNDEFINED
         && symbol->section < VM_ELF_RESERVED
         && vm_elf_symbol_name (elf, table, symbol)[0] != '\0';
}

static int
compare (const void *a, const void *b)
{
  const struct vm_elf_place *x = a, *y = b;

  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return x->symbol < y->symbol ? -1 : x->symbol > y->symbol;
}

static uint64_t
end_of (const struct vm_elf_place *place)
{
  return place->size > UINT64_MAX - place->value ? UINT64_MAX
                                                 : place->value + place->size;
}

/* Where each ends, once they are sorted. */
static void
measure (struct vm_elf_index *index)
{
  uint64_t reach = 0;

  for (uint32_t i = 0; i < index->count; i++) {
    uint64_t end = end_of (&index->places[i]);
    reach = end > reach ? end : reach;
    index->places[i].reach = reach;
  }
}

bool
vm_elf_index_init (struct vm_elf_index *index, const struct vm_elf *elf)
{
  uint32_t table = table_of (elf, VM_ELF_SYMTAB);
  struct vm_elf_symbol symbol;

  if (table == 0)
    table = table_of (elf, VM_ELF_DYNSYM);
  uint32_t count = vm_elf_symbol_count (elf, table);
  *index = (struct vm_elf_index){.count = 0};
  index->places = calloc ((size_t) count + 1, sizeof *index->places);
  if (index->places == NULL)
    return false;
  for (uint32_t i = 0; i < count; i++) {
    vm_elf_symbol (elf, table, i, &symbol);
    if (has_place (elf, table, &symbol))
      index->places[index->count++]
          = (struct vm_elf_place){.value = symbol.value,
                                  .size = symbol.size,
                                  .table = table,
                                  .symbol = i,
                                  .rank = rank_of (&symbol)};
  }
  qsort (index->places, index->count, sizeof *index->places, compare);
  measure (index);
  return true;
}

void
vm_elf_index_done (struct vm_elf_index *index)
{
  free (index->places);
  index->places = NULL;
  index->count = 0;
}

/* The best row that holds an address, of `before` and those in front of it. */
static uint32_t
holder (const struct vm_elf_index *index, uint32_t before, uint64_t address)
{
  const struct vm_elf_place *places = index->places;
  uint32_t best = VM_NONE;

  for (uint32_t n = 0; n < MOST_OUTER && n <= before; n++) {
    const struct vm_elf_place *place = &places[before - n];
    bool holds = address - place->value < place->size
                 || (place->size == 0 && place->value == places[before].value);
    bool nearer = best == VM_NONE || place->value == places[best].value;
    if (holds && nearer)
      best = before - n;
    if (place->reach <= address && place->value != places[before].value)
      break;
  }
  return best;
}

void
vm_elf_index_search (const struct vm_elf_index *index, uint64_t address,
                     struct vm_elf_search *search)
{
  uint32_t low = 0, high = index->count;

  *search = (struct vm_elf_search){.found = VM_NONE};
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (search->count < VM_ELF_MOST_PROBES)
      search->probes[search->count++]
          = (struct vm_elf_probe){low, high, middle};
    if (index->places[middle].value <= address)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > 0)
    search->found = holder (index, low - 1, address);
}

uint32_t
vm_elf_index_named (const struct vm_elf_index *index, const struct vm_elf *elf,
                    const char *name)
{
  struct vm_elf_symbol symbol;

  for (uint32_t i = 0; i < index->count; i++) {
    const struct vm_elf_place *place = &index->places[i];
    vm_elf_symbol (elf, place->table, place->symbol, &symbol);
    if (strcmp (vm_elf_symbol_name (elf, place->table, &symbol), name) == 0)
      return i;
  }
  return VM_NONE;
}
