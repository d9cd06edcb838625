/* Counts symbols of which a process has one each. */
#include "elf/elf_unique.h"

#include <stdlib.h>
#include <string.h>

#include "elf/elf_bytes.h"
#include "elf/elf_dynamic.h"
#include "elf/elf_find.h"

enum {
  DT_HASH = 4,
  DT_SYMTAB = 6,
  DT_RELA = 7,
  DT_RELASZ = 8,
  DT_REL = 17,
  DT_RELSZ = 18,
  DT_GNU_HASH = 0x6ffffef5
};
enum { GLOBAL = 1, WEAK = 2, UNIQUE = 10 };
enum { STV_DEFAULT = 0, STV_PROTECTED = 3 };

/* A name that some object has as such a symbol. */
struct entry {
  const char *name;
  bool defined; /* an object before, or this one, has it... */
  bool unique;  /* ... and the first to have it has it as such a symbol */
  bool counted;
};

struct table {
  struct entry *entries; /* open addressing; room is a power of two */
  uint32_t room, count;
};

/* What relocation reads of an object; numbers of bytes are within the file. */
struct object {
  const struct vm_elf *elf;
  struct vm_elf_dynamic dynamic;
  uint64_t symbols; /* offset of its table */
  uint32_t symbol_count;
  uint64_t relocations, relocations_size;
  uint32_t relocation; /* bytes of one */
};

static uint32_t
hash_of (const char *name)
{
  uint32_t hash = 5381;

  for (; *name != '\0'; name++)
    hash = hash * 33 + (uint8_t) *name;
  return hash;
}

/* Where a name is, or would be. */
static struct entry *
slot_of (const struct table *table, const char *name)
{
  uint32_t at = hash_of (name) & (table->room - 1);

  while (table->entries[at].name != NULL
         && strcmp (table->entries[at].name, name) != 0)
    at = (at + 1) & (table->room - 1);
  return &table->entries[at];
}

/* Twice the room. */
static bool
grow (struct table *table)
{
  struct table new = {.room = table->room == 0 ? 256 : 2 * table->room,
                      .count = table->count};

  new.entries = calloc (new.room, sizeof *new.entries);
  if (new.entries == NULL)
    return false;
  for (uint32_t i = 0; i < table->room; i++)
    if (table->entries[i].name != NULL)
      *slot_of (&new, table->entries[i].name) = table->entries[i];
  free (table->entries);
  *table = new;
  return true;
}

static bool
add_name (struct table *table, const char *name)
{
  if (2 * table->count >= table->room && !grow (table))
    return false;
  struct entry *entry = slot_of (table, name);
  table->count += entry->name == NULL;
  entry->name = name;
  return true;
}

static uint32_t
symbol_size (const struct vm_elf *elf)
{
  return elf->bits == 64 ? 24 : 16;
}

/* The last symbol that a table of hashes leads to: its chains are as long as
 * the lowest bits of their words are 0. */
static uint32_t
count_by_gnu_hash (const struct vm_elf *elf, uint64_t at)
{
  uint32_t last = 0;

  if (!vm_elf_has (elf, at, 16))
    return 0;
  uint32_t buckets = (uint32_t) vm_elf_number (elf, at, 4);
  uint32_t first = (uint32_t) vm_elf_number (elf, at + 4, 4);
  uint64_t words = vm_elf_number (elf, at + 8, 4);
  uint64_t table = at + 16 + words * (elf->bits / 8);
  if (!vm_elf_has (elf, table, UINT64_C (4) * buckets))
    return first;
  for (uint32_t i = 0; i < buckets; i++) {
    uint32_t start = (uint32_t) vm_elf_number (elf, table + 4u * i, 4);
    last = start > last ? start : last;
  }
  if (last < first)
    return first;
  uint64_t chain = table + UINT64_C (4) * buckets
                   + UINT64_C (4) * (last - first);
  while (vm_elf_has (elf, chain, 4)
         && (vm_elf_number (elf, chain, 4) & 1) == 0) {
    chain += 4;
    last++;
  }
  return last + 1;
}

/* How many symbols an object has: no tag says. */
static uint32_t
count_symbols (const struct object *o, uint64_t hash, uint64_t gnu_hash)
{
  uint64_t count = 0, at;

  if (gnu_hash != 0 && vm_elf_offset_of (o->elf, gnu_hash, &at))
    count = count_by_gnu_hash (o->elf, at);
  else if (hash != 0 && vm_elf_offset_of (o->elf, hash, &at)
           && vm_elf_has (o->elf, at, 8))
    count = vm_elf_number (o->elf, at + 4, 4);
  uint64_t most = (o->elf->length - o->symbols) / symbol_size (o->elf);
  return (uint32_t) (count < most ? count : most);
}

static void
read_object (struct object *o, const struct vm_elf *elf)
{
  uint64_t symbols = 0, hash = 0, gnu_hash = 0, start = 0, size = 0;
  uint32_t word = elf->bits / 8;

  *o = (struct object){.elf = elf};
  vm_elf_dynamic_init (&o->dynamic, elf);
  for (uint32_t i = 0; i < o->dynamic.count; i++) {
    struct vm_elf_entry e = vm_elf_dynamic_entry (elf, &o->dynamic, i);
    bool rela = e.tag == DT_RELA;
    symbols = e.tag == DT_SYMTAB ? e.value : symbols;
    hash = e.tag == DT_HASH ? e.value : hash;
    gnu_hash = e.tag == DT_GNU_HASH ? e.value : gnu_hash;
    size = e.tag == DT_RELASZ || e.tag == DT_RELSZ ? e.value : size;
    if (!rela && e.tag != DT_REL)
      continue;
    start = e.value;
    o->relocation = (rela ? 3 : 2) * word;
  }
  if (vm_elf_offset_of (elf, symbols, &o->symbols))
    o->symbol_count = count_symbols (o, hash, gnu_hash);
  if (o->relocation != 0 && vm_elf_offset_of (elf, start, &o->relocations)
      && vm_elf_has (elf, o->relocations, size))
    o->relocations_size = size;
}

/* Bytes of a symbol: its name's offset, what it is, and the section that it is
 * in (0: another object's). */
struct fields {
  uint64_t name;
  uint32_t bind, visibility, section;
};

static struct fields
symbol_at (const struct object *o, uint32_t index)
{
  uint64_t at = o->symbols + (uint64_t) index * symbol_size (o->elf);
  uint64_t info = at + (o->elf->bits == 64 ? 4 : 12);

  return (struct fields){
      vm_elf_number (o->elf, at, 4),
      (uint32_t) vm_elf_number (o->elf, info, 1) >> 4,
      (uint32_t) vm_elf_number (o->elf, info + 1, 1) & 3,
      (uint32_t) vm_elf_number (o->elf, info + 2, 2),
  };
}

static const char *
name_of (const struct object *o, const struct fields *symbol)
{
  return vm_elf_dynamic_string (o->elf, &o->dynamic, symbol->name);
}

static bool
is_seen (const struct fields *symbol)
{
  bool bind = symbol->bind == GLOBAL || symbol->bind == WEAK
              || symbol->bind == UNIQUE;

  return bind
         && (symbol->visibility == STV_DEFAULT
             || symbol->visibility == STV_PROTECTED);
}

/* Names that an object has as such symbols. */
static bool
gather (struct table *table, const struct object *o)
{
  for (uint32_t i = 1; i < o->symbol_count; i++) {
    struct fields symbol = symbol_at (o, i);
    if (symbol.bind != UNIQUE || symbol.section == 0)
      continue;
    const char *name = name_of (o, &symbol);
    if (name != NULL && !add_name (table, name))
      return false;
  }
  return true;
}

/* Which of the names an object is the first to define. */
static void
settle (const struct table *table, const struct object *o)
{
  for (uint32_t i = 1; i < o->symbol_count; i++) {
    struct fields symbol = symbol_at (o, i);
    const char *name = symbol.section != 0 && is_seen (&symbol)
                           ? name_of (o, &symbol)
                           : NULL;
    struct entry *entry = name != NULL ? slot_of (table, name) : NULL;
    if (entry == NULL || entry->name == NULL || entry->defined)
      continue;
    entry->defined = true;
    entry->unique = symbol.bind == UNIQUE;
  }
}

/* Does a relocation's symbol come into the table by it? */
static bool
enters (const struct table *table, const struct object *o, uint64_t at)
{
  uint32_t word = o->elf->bits / 8;
  uint64_t info = vm_elf_number (o->elf, at + word, word);
  uint64_t index = word == 8 ? info >> 32 : info >> 8;

  if (index == 0 || index >= o->symbol_count)
    return false;
  struct fields symbol = symbol_at (o, (uint32_t) index);
  const char *name = is_seen (&symbol) ? name_of (o, &symbol) : NULL;
  struct entry *entry = name != NULL ? slot_of (table, name) : NULL;
  if (entry == NULL || entry->name == NULL || !entry->unique || entry->counted)
    return false;
  entry->counted = true;
  return true;
}

static uint32_t
count_entered (const struct table *table, const struct object *o)
{
  uint32_t count = 0;

  for (uint64_t done = 0; done + o->relocation <= o->relocations_size;
       done += o->relocation)
    count += enters (table, o, o->relocations + done);
  return count;
}

/* Each object in turn, three times: whose names, who has them first, who asks
 * for them. */
static bool
count_all (struct table *table, const struct object *objects, uint32_t count,
           uint32_t *found)
{
  for (uint32_t i = 0; i < count; i++)
    if (!gather (table, &objects[i]))
      return false;
  for (uint32_t i = 0; i < count && table->count > 0; i++)
    settle (table, &objects[i]);
  for (uint32_t i = 0; i < count && table->count > 0; i++)
    if (objects[i].relocation != 0)
      *found += count_entered (table, &objects[i]);
  return true;
}

uint32_t
vm_elf_count_unique (struct vm_elf *const *elfs, uint32_t count)
{
  struct object *objects = calloc (count > 0 ? count : 1, sizeof *objects);
  struct table table = {.room = 0};
  uint32_t found = 0;

  if (objects == NULL)
    return VM_NONE;
  for (uint32_t i = 0; i < count; i++)
    read_object (&objects[i], elfs[i]);
  if (!count_all (&table, objects, count, &found))
    found = VM_NONE;
  free (table.entries);
  free (objects);
  return found;
}
