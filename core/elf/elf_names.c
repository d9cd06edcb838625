/* Names of what stands in ELF files. */
#include "elf/elf_names.h"

struct name {
  uint32_t number;
  const char *name;
};

static const char *
find (const struct name *names, uint32_t count, uint32_t number)
{
  for (uint32_t i = 0; i < count; i++)
    if (names[i].number == number)
      return names[i].name;
  return NULL;
}

/* How many rows a table has. */
#define COUNT(names) (sizeof names / sizeof names[0])

const char *
vm_elf_type_name (uint32_t type)
{
  static const struct name names[]
      = {{0, "NONE"}, {1, "REL"}, {2, "EXEC"}, {3, "DYN"}, {4, "CORE"}};
  return find (names, COUNT (names), type);
}

const char *
vm_elf_machine_name (uint32_t machine)
{
  static const struct name names[]
      = {{2, "SPARC"},   {3, "i386"},       {8, "MIPS"},      {20, "PowerPC"},
         {21, "PPC64"},  {22, "S390"},      {40, "ARM"},      {42, "SuperH"},
         {43, "SPARC9"}, {62, "x86-64"},    {183, "AArch64"}, {243, "RISC-V"},
         {247, "BPF"},   {258, "LoongArch"}};
  return find (names, COUNT (names), machine);
}

const char *
vm_elf_segment_type_name (uint32_t type)
{
  static const struct name names[] = {{0, "NULL"},
                                      {1, "LOAD"},
                                      {2, "DYNAMIC"},
                                      {3, "INTERP"},
                                      {4, "NOTE"},
                                      {5, "SHLIB"},
                                      {6, "PHDR"},
                                      {7, "TLS"},
                                      {0x6474e550, "GNU_EH_FRAME"},
                                      {0x6474e551, "GNU_STACK"},
                                      {0x6474e552, "GNU_RELRO"},
                                      {0x6474e553, "GNU_PROPERTY"}};
  return find (names, COUNT (names), type);
}

const char *
vm_elf_section_type_name (uint32_t type)
{
  static const struct name names[] = {{0, "NULL"},
                                      {1, "PROGBITS"},
                                      {2, "SYMTAB"},
                                      {3, "STRTAB"},
                                      {4, "RELA"},
                                      {5, "HASH"},
                                      {6, "DYNAMIC"},
                                      {7, "NOTE"},
                                      {8, "NOBITS"},
                                      {9, "REL"},
                                      {10, "SHLIB"},
                                      {11, "DYNSYM"},
                                      {14, "INIT_ARRAY"},
                                      {15, "FINI_ARRAY"},
                                      {16, "PREINIT_ARRAY"},
                                      {17, "GROUP"},
                                      {18, "SYMTAB SECTION INDICES"},
                                      {19, "RELR"},
                                      {0x6ffffff5, "GNU_ATTRIBUTES"},
                                      {0x6ffffff6, "GNU_HASH"},
                                      {0x6ffffff7, "GNU_LIBLIST"},
                                      {0x6ffffffd, "VERDEF"},
                                      {0x6ffffffe, "VERNEED"},
                                      {0x6fffffff, "VERSYM"}};
  return find (names, COUNT (names), type);
}

const char *
vm_elf_symbol_type_name (uint32_t type)
{
  static const struct name names[]
      = {{0, "NOTYPE"}, {1, "OBJECT"}, {2, "FUNC"}, {3, "SECTION"},
         {4, "FILE"},   {5, "COMMON"}, {6, "TLS"},  {10, "IFUNC"}};
  return find (names, COUNT (names), type);
}

const char *
vm_elf_bind_name (uint32_t bind)
{
  static const struct name names[]
      = {{0, "LOCAL"}, {1, "GLOBAL"}, {2, "WEAK"}, {10, "UNIQUE"}};
  return find (names, COUNT (names), bind);
}

const char *
vm_elf_visibility_name (uint32_t visibility)
{
  static const char *const names[]
      = {"DEFAULT", "INTERNAL", "HIDDEN", "PROTECTED"};
  return names[visibility & 3];
}

const char *
vm_elf_problem_name (enum vm_elf_problem problem)
{
  static const char *const names[VM_ELF_PROBLEMS] = {
      [VM_ELF_FINE] = "fine",
      [VM_ELF_TOO_LARGE] = "too-large",
      [VM_ELF_TOO_SHORT] = "too-short",
      [VM_ELF_BAD_MAGIC] = "bad-magic",
      [VM_ELF_BAD_CLASS] = "bad-class",
      [VM_ELF_BAD_ORDER] = "bad-data",
      [VM_ELF_BAD_VERSION] = "bad-version",
      [VM_ELF_BAD_ENTRY_SIZE] = "bad-entry-size",
      [VM_ELF_TABLE_OUTSIDE] = "table-outside",
      [VM_ELF_TOO_MANY] = "too-many-segments",
      [VM_ELF_NO_SEGMENTS] = "no-segments",
      [VM_ELF_DATA_OUTSIDE] = "data-outside",
      [VM_ELF_FILE_OVER_MEMORY] = "filesz-over-memsz",
      [VM_ELF_MEMORY_HUGE] = "memsz-huge",
      [VM_ELF_BAD_ALIGN] = "bad-align",
      [VM_ELF_INCONGRUENT] = "incongruent",
      [VM_ELF_OVERLAP] = "overlap",
      [VM_ELF_UNSORTED] = "unsorted",
      [VM_ELF_INTERPRETER_SIZE] = "interpreter-size",
      [VM_ELF_INTERPRETER_OPEN] = "interpreter-unterminated",
      [VM_ELF_SECOND_INTERPRETER] = "second-interpreter",
      [VM_ELF_STRINGS_OPEN] = "strings-unterminated",
      [VM_ELF_BAD_STRING] = "bad-string",
      [VM_ELF_BAD_LINK] = "bad-link",
      [VM_ELF_LINK_LOOP] = "link-loop",
      [VM_ELF_SECTIONS_UNUSABLE] = "sections-unusable",
      [VM_ELF_NOTHING_LOADED] = "nothing-loaded",
      [VM_ELF_ENTRY_OUTSIDE] = "entry-outside",
      [VM_ELF_TABLES_OVERLAP] = "tables-overlap",
      [VM_ELF_DYNAMIC_OPEN] = "dynamic-unterminated",
      [VM_ELF_BAD_NOTE] = "bad-note",
  };
  return names[problem];
}

const char *
vm_elf_weight_name (enum vm_elf_weight weight)
{
  static const char *const names[] = {"warning", "refused", "broken"};
  return names[weight];
}
